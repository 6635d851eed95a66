//! Lets stored mails leave. A mail is leased, sent and marked; what fails is tried again later, each
//! time after twice as long. A mail may leave twice after a crash, and then under one Message-ID.
//! In the demonstration nothing leaves: mails stay where its mailbox shows them.

use std::time::Duration;

use anyhow::Context as _;
use domain::mail::Mail;
use jiff::{SignedDuration, Timestamp};
use lettre::{
    Message, SmtpTransport, Transport as _,
    message::{
        Mailbox,
        header::{ContentType, HeaderName, HeaderValue},
    },
};
use store::Db;
use tokio::sync::watch;

use crate::{
    app::{App, Config},
    chance,
};

/// How long a lease lasts: longer than any server takes to answer.
const HOLD: SignedDuration = SignedDuration::from_mins(5);
/// How often the outbox is looked at.
const PAUSE: Duration = Duration::from_secs(5);

/// Sends the next mail that is due. `false` when there is none.
pub fn deliver(
    db: &Db,
    now: Timestamp,
    send: impl FnOnce(&Mail) -> anyhow::Result<()>,
) -> store::Result<bool> {
    let Some(mail) = db.write(|c| store::mail::lease(c, now, HOLD))? else { return Ok(false) };
    match send(&mail) {
        Ok(()) => db.write(|c| store::mail::sent(c, mail.id))?,
        Err(error) => {
            tracing::warn!(mail = %mail.id, error = format!("{error:#}"), "a mail has not left");
            db.write(|c| store::mail::failed(c, mail.id, now))?;
        }
    }
    Ok(true)
}

/// The letter as it leaves. Its Message-ID is that of the stored mail, under the product's host.
pub fn message(mail: &Mail, config: &Config, date: Timestamp) -> anyhow::Result<Message> {
    let from: Mailbox = config.mail_from.parse().context("the sender's address")?;
    let host = from.email.domain().to_owned();
    let header = |name: &'static str, value: &str| {
        HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
    };
    Message::builder()
        .from(from)
        .to(mail.recipient.parse().context("the recipient's address")?)
        .subject(&mail.subject)
        .date(date.into())
        .message_id(Some(format!("<{}@{host}>", mail.id)))
        .raw_header(header("Auto-Submitted", "auto-generated"))
        .raw_header(header("Content-Language", mail.lang.tag()))
        .header(ContentType::TEXT_PLAIN)
        .body(mail.body.clone())
        .context("the letter")
}

/// Whether mails can leave as configured; asks no server.
pub fn check(config: &Config) -> anyhow::Result<()> {
    let _: Mailbox = config.mail_from.parse().context("the sender's address")?;
    if let Some(address) = &config.smtp {
        SmtpTransport::from_url(address).context("the mail server's address")?;
    }
    Ok(())
}

/// Whether a mail server answers at an address.
pub fn answers(address: &str) -> anyhow::Result<bool> {
    let transport = SmtpTransport::from_url(address).context("the mail server's address")?.build();
    transport.test_connection().context("the mail server")
}

/// Sends what is due until `stop` says so. Returns at once in the demonstration.
pub async fn run(app: App, mut stop: watch::Receiver<bool>) -> anyhow::Result<()> {
    let Some(address) = app.config.smtp.clone().filter(|_| !app.config.demo) else { return Ok(()) };
    let transport = SmtpTransport::from_url(&address).context("the mail server's address")?.build();
    while !*stop.borrow() {
        let (app, transport, stopped) = (app.clone(), transport.clone(), stop.clone());
        let round = move || {
            let send = |mail: &Mail| {
                let letter = message(mail, &app.config, chance::now())?;
                transport.send(&letter).map(|_| ()).context("the mail server")
            };
            while !*stopped.borrow() && deliver(&app.db, chance::now(), send)? {}
            Ok::<(), store::Error>(())
        };
        if let Err(error) = tokio::task::spawn_blocking(round).await? {
            tracing::error!(%error, "the outbox cannot be read");
        }
        tokio::select! {
            () = tokio::time::sleep(PAUSE) => {}
            _ = stop.changed() => {}
        }
    }
    Ok(())
}
