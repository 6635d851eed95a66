//! What has to go goes by itself: people whose deletion day has come, secrets that are over, and texts that
//! somebody brought and never took in.

use std::time::Duration;

use domain::{event::Event, text_import::TextImport};
use jiff::{Timestamp, tz::TimeZone};
use serde_json::json;
use store::Db;
use tokio::sync::watch;

use crate::{app::App, chance};

/// Often enough that a node started at any hour keeps the day.
const PAUSE: Duration = Duration::from_hours(1);

/// Deletes what is over; gives the number of people and of secrets.
pub fn sweep(db: &Db, now: Timestamp) -> store::Result<(usize, usize)> {
    let today = now.to_zoned(TimeZone::UTC).date();
    db.write(|c| {
        let people = store::delegate::purge(c, today)? + store::interpreter::purge(c, today)?;
        if people > 0 {
            let event = Event {
                at: now,
                by: None,
                edition: None,
                noun: "delegate",
                object: String::new(),
                verb: "purged",
                detail: json!({ "people": people }),
            };
            store::event::append(c, chance::id(), &event)?;
        }
        store::text_import::purge(c, TextImport::over(now))?;
        Ok((people, store::token::purge(c, now)?))
    })
}

/// Sweeps every hour until `stop` says so.
pub async fn run(app: App, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        let db = app.db.clone();
        match tokio::task::spawn_blocking(move || sweep(&db, chance::now())).await {
            Ok(Ok((0, 0))) => {}
            Ok(Ok((people, secrets))) => tracing::info!(people, secrets, "deleted what was over"),
            Ok(Err(error)) => tracing::error!(%error, "what is over cannot be deleted"),
            Err(error) => tracing::error!(%error, "the sweep ended without an answer"),
        }
        tokio::select! {
            () = tokio::time::sleep(PAUSE) => {}
            _ = stop.changed() => {}
        }
    }
}
