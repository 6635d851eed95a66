//! A process that records and signs is killed at any moment: nothing acknowledged is lost, and the tree is
//! whole.

use std::{
    collections::BTreeSet,
    io::{BufRead as _, BufReader, Write as _},
    process::{Child, Command, Stdio},
};

use ::register::manifest::Kind;
use caravanserai::{
    chance,
    register::{
        Act,
        key::Keyholder,
        record,
        sequencer::{self, Turn},
    },
};
use domain::{LeafId, access::Visibility};
use store::Db;

use crate::harness::{TestApp, register::register_key};

const ADDRESS: &str = "REGISTER_OF_THE_KILLED";
/// Acts that are acknowledged in all.
const APPENDS: usize = 1_000;
/// Acts between two kills.
const LIFE: usize = 50;

fn act() -> Act {
    Act {
        kind: Kind::Report,
        object: "report".to_owned(),
        revision: 1,
        edition: None,
        readers: Visibility::Public,
        texts: std::collections::BTreeMap::new(),
        files: vec![("en".to_owned(), "txt".to_owned(), "a report\n".to_owned())],
        hashes: Vec::new(),
        record: None,
        at: chance::now(),
    }
}

/// What the killed process does: records an act and acknowledges it, and signs what waits.
#[test]
fn appends_until_it_is_killed() {
    let Ok(address) = std::env::var(ADDRESS) else { return };
    let db = Db::open(&address, 2).unwrap();
    let holder = Keyholder::new(register_key());
    let mut out = std::io::stdout();
    loop {
        let id = db.write(|c| record(c, &act())).unwrap();
        writeln!(out, "acknowledged {id}").unwrap();
        out.flush().unwrap();
        sequencer::turn(&db, &holder).unwrap();
    }
}

fn start(address: &str) -> Child {
    Command::new(std::env::current_exe().expect("this program"))
        .args(["--exact", "register_kill::appends_until_it_is_killed", "--nocapture"])
        .env(ADDRESS, address)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("a process")
}

/// Kills the process after so many acts; gives all that it acknowledged.
fn killed_after(address: &str, acts: usize) -> Vec<LeafId> {
    let mut child = start(address);
    let lines = BufReader::new(child.stdout.take().expect("its output")).lines();
    let mut acknowledged = Vec::new();
    for line in lines.map_while(std::result::Result::ok) {
        let Some(id) = line.split("acknowledged ").nth(1) else { continue };
        acknowledged.extend(id.parse::<LeafId>());
        if acknowledged.len() == acts {
            child.kill().expect("a kill");
        }
    }
    child.wait().expect("an end");
    assert!(acknowledged.len() >= acts, "the child ended by itself");
    acknowledged
}

#[test]
fn nothing_acknowledged_is_lost_and_the_tree_is_whole() {
    let app = TestApp::new();
    let address = app.address();
    let mut acknowledged = BTreeSet::new();
    for round in 0..APPENDS / LIFE {
        acknowledged.extend(killed_after(&address, LIFE + round % 3));
        // The lease of the dead node ends by itself; a test does not wait for it.
        app.write(store::log::release);
        let faults = app.read(caravanserai::register::faults);
        assert!(faults.is_empty(), "{faults:?}");
    }
    let turn = sequencer::turn(&app.app.db, &Keyholder::new(register_key())).unwrap();
    assert!(matches!(turn, Turn::Signed(_) | Turn::Idle), "{turn:?}");
    assert!(acknowledged.len() >= APPENDS);
    let stored = app.read(|c| store::leaf::newest(c, i64::MAX));
    let numbers: BTreeSet<u64> = stored.iter().filter_map(|leaf| leaf.number).collect();
    assert_eq!(numbers.len(), stored.len(), "each has a number, and its own");
    let ids: BTreeSet<LeafId> = stored.iter().map(|leaf| leaf.id).collect();
    assert!(acknowledged.is_subset(&ids));
    let faults = app.read(caravanserai::register::faults);
    assert!(faults.is_empty(), "{faults:?}");
    let (size, _) = app.read(sequencer::last);
    assert_eq!(numbers.last(), Some(&(size - 1)), "everything numbered is signed");
}
