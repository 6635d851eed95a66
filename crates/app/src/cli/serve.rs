//! `serve`: the platform on an address.

use std::{
    net::{IpAddr, SocketAddr},
    path::PathBuf,
    sync::Arc,
};

use anyhow::Context as _;
use clap::Args as ClapArgs;
use outputs::pdf::Fonts;
use tokio::net::TcpListener;

use super::database::Database;
use crate::{
    app::{App, Config},
    jobs, web,
};

/// `serve`
#[derive(Debug, ClapArgs)]
pub(super) struct Args {
    #[command(flatten)]
    database: Database,
    /// Address to listen on
    #[arg(long, env = "CARAVANSERAI_LISTEN", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    #[arg(
        long,
        env = "CARAVANSERAI_PUBLIC_URL",
        help = "The address that links in mails begin with, such as https://dialogue.example.org"
    )]
    public_url: String,
    /// The proxy whose X-Forwarded-For header is believed
    #[arg(long, env = "CARAVANSERAI_TRUSTED_PROXY")]
    trusted_proxy: Option<IpAddr>,
    #[arg(
        long,
        env = "CARAVANSERAI_SMTP",
        hide_env_values = true,
        help = "Where mails leave, such as smtps://user:password@mail.example.org"
    )]
    smtp: String,
    /// The sender's address
    #[arg(long, env = "CARAVANSERAI_MAIL_FROM")]
    mail_from: String,
    /// Folder of fonts for printed documents, looked through before the system's
    #[arg(long, env = "CARAVANSERAI_FONTS")]
    fonts: Vec<PathBuf>,
}

/// Serves until told to stop.
pub(super) fn run(args: &Args) -> anyhow::Result<()> {
    let config = Config {
        public_url: args.public_url.trim_end_matches('/').to_owned(),
        demo: false,
        trusted_proxy: args.trusted_proxy,
        smtp: Some(args.smtp.clone()),
        mail_from: args.mail_from.clone(),
    };
    let fonts = Fonts::in_folders(args.fonts.iter().cloned());
    let app = App { db: args.database.ready()?, config: Arc::new(config), fonts };
    runtime()?.block_on(async {
        let listener = TcpListener::bind(args.listen).await;
        let listener = listener.with_context(|| format!("cannot listen on {}", args.listen))?;
        until_stopped(listener, app).await
    })
}

/// The threads that requests run on.
pub(super) fn runtime() -> anyhow::Result<tokio::runtime::Runtime> {
    let built = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    built.context("cannot start threads")
}

/// Answers requests until SIGINT or SIGTERM, then finishes those that have begun.
pub(super) async fn until_stopped(listener: TcpListener, app: App) -> anyhow::Result<()> {
    let worker = tokio::spawn(jobs::run(app.clone()));
    let router = web::serve::router(app);
    axum::serve(listener, router).with_graceful_shutdown(stop()).await?;
    worker.abort();
    Ok(())
}

async fn stop() {
    use tokio::signal::unix::{SignalKind, signal};
    let terminated = async {
        match signal(SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(error) => {
                tracing::warn!(%error, "SIGTERM is not listened to");
                std::future::pending::<()>().await;
            }
        }
    };
    tokio::select! {
        () = terminated => {}
        interrupted = tokio::signal::ctrl_c() => {
            if let Err(error) = interrupted {
                tracing::warn!(%error, "SIGINT is not listened to");
            }
        }
    }
}
