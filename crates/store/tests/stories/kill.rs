//! A process that is killed at any moment has lost nothing that it confirmed, and nothing is half
//! written.

use std::{
    collections::BTreeSet,
    io::{BufRead as _, BufReader, Write as _},
    process::{Child, Command, Stdio},
};

use domain::{SeriesId, edition::Series, event::Event};
use jiff::Timestamp;
use serde_json::Value;
use store::Db;

use crate::{
    engines,
    sample::{id, words},
};

const ADDRESS: &str = "STORY_OF_THE_KILLED";
const ROUNDS: usize = 50;

/// What the killed process does: two rows in one write, then a line that confirms them.
#[test]
fn writes_until_it_is_killed() {
    let Ok(address) = std::env::var(ADDRESS) else { return };
    let db = Db::open(&address, 1).unwrap();
    let mut out = std::io::stdout();
    loop {
        let series = Series { id: id(), name: words() };
        let event = Event {
            at: Timestamp::UNIX_EPOCH,
            by: None,
            edition: None,
            noun: "series",
            object: series.id.to_string(),
            verb: "opened",
            detail: Value::Null,
        };
        db.write(|c| {
            store::series::insert(c, &series)?;
            store::event::append(c, id(), &event)
        })
        .unwrap();
        writeln!(out, "confirmed {}", series.id).unwrap();
        out.flush().unwrap();
    }
}

fn start(address: &str) -> Child {
    Command::new(std::env::current_exe().expect("this program"))
        .args(["--exact", "kill::writes_until_it_is_killed", "--nocapture"])
        .env(ADDRESS, address)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("a process")
}

/// Kills the process after a few confirmed writes; gives all that it confirmed.
fn killed_after(address: &str, writes: usize) -> Vec<SeriesId> {
    let mut child = start(address);
    let lines = BufReader::new(child.stdout.take().expect("its output")).lines();
    let mut confirmed = Vec::new();
    for line in lines.map_while(Result::ok) {
        let Some(id) = line.split("confirmed ").nth(1) else { continue };
        confirmed.extend(id.parse::<SeriesId>());
        if confirmed.len() == writes {
            child.kill().expect("a kill");
        }
    }
    child.wait().expect("an end");
    assert!(confirmed.len() >= writes, "the child ended by itself");
    confirmed
}

#[test]
fn nothing_confirmed_is_lost_when_the_process_is_killed() {
    for fresh in engines::each() {
        let mut confirmed = BTreeSet::new();
        for round in 0..ROUNDS {
            confirmed.extend(killed_after(&fresh.address, 1 + round % 5));
        }
        assert!(confirmed.len() >= ROUNDS);
        fresh
            .db
            .read(|c| {
                let stored: BTreeSet<SeriesId> =
                    store::series::all(c)?.into_iter().map(|s| s.value.id).collect();
                assert!(confirmed.is_subset(&stored));
                for id in stored {
                    let told = store::event::of_object(c, "series", &id.to_string())?.len();
                    assert_eq!(told, 1, "a series without its event");
                }
                Ok(())
            })
            .unwrap();
    }
}
