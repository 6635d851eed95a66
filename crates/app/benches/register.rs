//! What the register costs with 200,000 acts in an SQLite file: recording and signing one more, its proof,
//! and the check of that.
//!
//! `cargo bench --profile dev -p caravanserai --bench register`

mod cost;

use std::{fs, hint::black_box};

use ::register::{
    key::{Algorithm, Signer},
    manifest::Kind,
    verify::verify,
};
use caravanserai::register::{Act, handout, key::Keyholder, record, sequencer};
use cost::Cost;
use domain::{Lang, access::Visibility, declaration::Authority};
use store::Db;

const ACTS: usize = 200_000;
const AT_ONCE: usize = 1_000;
const TIMES: u32 = 1_000;

/// Does it and prints the mean of one, as a row of a table.
fn measure(what: &str, mut once: impl FnMut(usize)) {
    let cost = Cost::of_each(TIMES, |n| once(n as usize));
    println!("| {what} | {cost} |");
}

fn act(n: usize) -> Act {
    let text = (Authority::Authentic, format!("unit {n} title 1\n演示文本\n"));
    Act {
        kind: Kind::Report,
        object: format!("report-{n}"),
        revision: 1,
        edition: None,
        readers: Visibility::Public,
        texts: [(Lang::Zh, text)].into(),
        files: Vec::new(),
        hashes: Vec::new(),
        record: None,
        at: "2027-05-18T09:00:00Z".parse().expect("an instant"),
    }
}

fn main() {
    // `cargo test --benches` only asks whether it runs.
    if std::env::args().any(|arg| arg == "--test" || arg == "--list") {
        return;
    }
    let folder = std::env::temp_dir().join(format!("register-bench-{}", std::process::id()));
    fs::create_dir(&folder).expect("a folder");
    let db =
        Db::open(folder.join("one.db").to_str().expect("a plain path"), 2).expect("a database");
    db.migrate().expect("the schema");
    let signer = Signer::new("bench.example/register", Algorithm::Note, [3; 32]).expect("a key");
    let holder = Keyholder::new(signer);
    for round in 0..ACTS / AT_ONCE {
        let acts = round * AT_ONCE..(round + 1) * AT_ONCE;
        db.write(|c| acts.clone().try_for_each(|n| record(c, &act(n)).map(|_| ()))).expect("acts");
        sequencer::turn(&db, &holder).expect("a turn");
    }
    let mut ids = Vec::new();
    measure("record one more act and sign the log", |n| {
        ids.push(db.write(|c| record(c, &act(ACTS + n))).expect("an act"));
        sequencer::turn(&db, &holder).expect("a turn");
    });
    let log = db.read(store::log::get).expect("the log");
    let spread = |n: usize| (n * 7_919 % ACTS) as u64;
    measure("proof of an act", |n| {
        let proof = db.read(|c| {
            let leaf = store::leaf::numbered(c, spread(n))?.ok_or(store::Error::Missing)?;
            handout::proof(c, &log, &leaf)
        });
        black_box(proof.expect("a proof").expect("a proof").0.to_string());
    });
    let (leaf, proof, documents) = db
        .read(|c| {
            let leaf = store::leaf::need(c, ids[0])?;
            let proof = handout::proof(c, &log, &leaf)?.ok_or(store::Error::Missing)?.0;
            let documents = store::leaf::documents(c, leaf.id)?;
            Ok((leaf, proof.to_string(), documents))
        })
        .expect("an act");
    let trust = handout::trust(&log).expect("a policy").expect("a policy");
    let manifest = leaf.act.expect("an act").manifest;
    measure("check a document with its proof", |_| {
        let document = documents[0].body.as_bytes();
        assert!(verify(document, manifest.as_bytes(), proof.as_bytes(), &trust).sound());
    });
    measure("a full tile", |n| {
        let path = format!("tile/0/{:03}", n % 700);
        let tile = path.parse().expect("a tile");
        black_box(db.read(|c| handout::tile(c, tile)).expect("a tile"));
    });
    fs::remove_dir_all(&folder).ok();
}
