//! The one binary.

use std::sync::Arc;

use caravanserai::{app, web};

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let db = store::Db::open("demo.db", 8)?;
    db.migrate()?;
    let config = app::Config {
        public_url: "http://127.0.0.1:8080".to_owned(),
        demo: true,
        trusted_proxy: None,
        smtp: None,
        mail_from: "caravanserai@localhost".to_owned(),
    };
    let app = app::App { db, config: Arc::new(config), fonts: outputs::pdf::Fonts::default() };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:8080").await?;
    axum::serve(listener, web::serve::router(app)).await?;
    Ok(())
}
