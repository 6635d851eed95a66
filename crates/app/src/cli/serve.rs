//! `serve`: the platform on an address.

use std::{
    net::{IpAddr, SocketAddr},
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::Context as _;
use clap::Args as ClapArgs;
use outputs::pdf::Fonts;
use store::Db;
use tokio::{net::TcpListener, sync::watch};
use tracing_subscriber::EnvFilter;

use super::database::Database;
use crate::{
    app::{App, Config},
    jobs,
    machine::Service,
    outbox,
    register::{erased, key::Keyholder, sequencer},
    upkeep, web,
};

/// How long requests and jobs that have begun may take to end.
const GRACE: Duration = Duration::from_secs(10);

/// `serve`
#[derive(Debug, ClapArgs)]
pub(super) struct Args {
    #[command(flatten)]
    database: Database,
    #[command(flatten)]
    public: Public,
    /// Address to listen on
    #[arg(long, env = "CARAVANSERAI_LISTEN", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// The proxy whose X-Forwarded-For header is believed
    #[arg(long, env = "CARAVANSERAI_TRUSTED_PROXY")]
    trusted_proxy: Option<IpAddr>,
    #[command(flatten)]
    mail: Mail,
    #[command(flatten)]
    key: RegisterKey,
    /// What is logged, as JSON lines to standard error: a level, or levels by module
    #[arg(long, env = "CARAVANSERAI_LOG", default_value = "info")]
    log: String,
    #[command(flatten)]
    fonts: FontFolders,
    #[arg(
        long,
        env = "CARAVANSERAI_TRANSLATION_URL",
        help = "A LibreTranslate-style service on your own network, such as http://127.0.0.1:5000; \
                it is asked for drafts of exercise texts and public texts alone"
    )]
    translation_url: Option<String>,
}

/// How readers reach the platform.
#[derive(Clone, Debug, ClapArgs)]
pub(super) struct Public {
    #[arg(
        long,
        env = "CARAVANSERAI_PUBLIC_URL",
        help = "The address that links in mails begin with, such as https://dialogue.example.org"
    )]
    public_url: String,
}

impl Public {
    /// The address without a stroke at its end.
    pub(super) fn url(&self) -> anyhow::Result<String> {
        let url = self.public_url.trim_end_matches('/');
        anyhow::ensure!(
            url.starts_with("https://") || url.starts_with("http://"),
            "the public address has to begin with https:// or http://"
        );
        Ok(url.to_owned())
    }
}

/// Who signs the register.
#[derive(Clone, Debug, Default, ClapArgs)]
pub(super) struct RegisterKey {
    /// The key that signs the register, made by `register key new`; without it formal acts are recorded
    /// and wait for their signature. Beside it stands what was erased, so that no restore brings it back
    #[arg(long, env = "CARAVANSERAI_REGISTER_KEY")]
    register_key: Option<PathBuf>,
}

impl RegisterKey {
    /// Opens the key, if there is one.
    pub(super) fn open(&self) -> anyhow::Result<Option<Keyholder>> {
        self.register_key.as_deref().map(Keyholder::open).transpose()
    }

    /// Where it is, if there is one.
    pub(super) fn path(&self) -> Option<&Path> {
        self.register_key.as_deref()
    }

    /// Erases again what was erased before; gives how many acts a restored database still knew.
    pub(super) fn forget(&self, db: &Db) -> anyhow::Result<usize> {
        let known = self.path().map(erased::known).transpose()?.unwrap_or_default();
        Ok(db.write(|c| erased::apply(c, &known))?)
    }
}

/// How mails leave.
#[derive(Clone, Debug, ClapArgs)]
pub(super) struct Mail {
    #[arg(
        long,
        env = "CARAVANSERAI_SMTP",
        hide_env_values = true,
        help = "Where mails leave, such as smtps://user:password@mail.example.org; sign-in needs it"
    )]
    pub(super) smtp: String,
    /// The sender of mails
    #[arg(long, env = "CARAVANSERAI_MAIL_FROM")]
    pub(super) mail_from: String,
}

/// Begins to log.
pub(super) fn start_log(level: &str) -> anyhow::Result<()> {
    let filter = EnvFilter::try_new(level).context("the level of the log")?;
    let lines = tracing_subscriber::fmt().json().with_env_filter(filter);
    let lines = lines.with_writer(std::io::stderr).flatten_event(true);
    lines.try_init().map_err(|e| anyhow::anyhow!("cannot begin to log: {e}"))
}

/// Where fonts are.
#[derive(Clone, Debug, Default, ClapArgs)]
pub(super) struct FontFolders {
    /// Folder of fonts for printed documents, looked through before the system's
    #[arg(long, env = "CARAVANSERAI_FONTS")]
    fonts: Vec<PathBuf>,
}

impl FontFolders {
    pub(super) fn find(&self) -> Fonts {
        Fonts::in_folders(self.fonts.iter().cloned())
    }
}

/// Serves until told to stop.
pub(super) fn run(args: &Args) -> anyhow::Result<()> {
    start_log(&args.log)?;
    let config = Config {
        public_url: args.public.url()?,
        demo: false,
        trusted_proxy: args.trusted_proxy,
        smtp: Some(args.mail.smtp.clone()),
        mail_from: args.mail.mail_from.clone(),
    };
    outbox::check(&config)?;
    let signer = args.key.open()?;
    let service = args.translation_url.as_deref().map(Service::at).transpose()?;
    let db = args.database.ready()?;
    args.key.forget(&db)?;
    let app = App::new(db, config, args.fonts.find()).signing(signer).translating(service);
    blocking(async {
        let listener = TcpListener::bind(args.listen).await;
        let listener = listener.with_context(|| format!("cannot listen on {}", args.listen))?;
        tracing::info!(address = %listener.local_addr()?, "listening");
        until_stopped(listener, app).await
    })
}

/// Runs on threads of its own, and gives those that block a moment to end.
pub(super) fn blocking<T>(work: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    let built = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = built.context("cannot start threads")?;
    let done = runtime.block_on(work);
    runtime.shutdown_timeout(GRACE);
    done
}

/// Answers requests and does background work until SIGINT or SIGTERM, then ends what has begun.
pub(super) async fn until_stopped(listener: TcpListener, app: App) -> anyhow::Result<()> {
    let (stop, stopped) = watch::channel(false);
    let work = [
        tokio::spawn(upkeep::run(app.clone(), stopped.clone())),
        tokio::spawn(jobs::run(app.clone())),
        tokio::spawn(sequencer::run(app.clone())),
        tokio::spawn(mails(app.clone(), stopped.clone())),
    ];
    let mut told = stopped;
    let router = web::serve::router(app).into_make_service_with_connect_info::<SocketAddr>();
    let answers = axum::serve(listener, router).with_graceful_shutdown(async move {
        // An error says that nobody can stop us any more: stop.
        told.wait_for(|stop| *stop).await.ok();
    });
    let mut answers = tokio::spawn(answers.into_future());
    tokio::select! {
        ended = &mut answers => ended??,
        () = signalled() => {
            tracing::info!("stopping");
            stop.send(true)?;
            if tokio::time::timeout(GRACE, &mut answers).await.is_err() {
                tracing::warn!("some requests were cut off");
            }
        }
    }
    // A job that is dropped gives its lease back at its next report.
    work.iter().for_each(tokio::task::JoinHandle::abort);
    Ok(())
}

async fn mails(app: App, stop: watch::Receiver<bool>) {
    if let Err(error) = outbox::run(app, stop).await {
        tracing::error!(error = format!("{error:#}"), "mails do not leave");
    }
}

async fn signalled() {
    use tokio::signal::unix::{SignalKind, signal};
    let terminated = async {
        match signal(SignalKind::terminate()) {
            Ok(mut signal) => drop(signal.recv().await),
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
