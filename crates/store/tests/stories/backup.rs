//! A copy of a full database is given back whole on either engine, and a damaged one is refused.

use std::io::{Cursor, Write as _};

use domain::{
    account::Purpose,
    event::Event,
    evidence::{Evidence, EvidenceKind},
    programme::{Activity, Pin},
};
use jiff::Timestamp;
use serde_json::json;
use store::{
    Db, Error,
    checkpoint::{Checkpoint, Cosignature},
    leaf::Document,
};

use crate::{
    engines,
    sample::{World, account, id, words},
};

/// A row in every table but those of jobs and mails, which the leases' stories fill.
fn fill(db: &Db) {
    let world = World::new();
    let (who, topic, hall, session) = (account(), world.topic(), world.hall(), world.session());
    let at = Timestamp::UNIX_EPOCH;
    db.write(|c| {
        world.store(c)?;
        let state =
            domain::city::State { iso2: "CN".to_owned(), name: words(), history: Vec::new() };
        store::state::set(c, &state)?;
        store::offering::insert(c, &world.offering())?;
        store::tie::insert(c, &world.tie())?;
        store::delegate::insert(c, &world.delegate())?;
        store::interpreter::insert(c, &world.interpreter())?;
        let rules = domain::interpretation::Interpretation::of(world.edition.id);
        store::interpretation::insert(c, &rules)?;
        store::topic::insert(c, &topic)?;
        store::topic::support(c, topic.id, world.delegations[1].id, at)?;
        store::invitation::insert(c, &world.invitation())?;
        store::meeting::insert(c, &world.meeting())?;
        store::hall::insert(c, &hall)?;
        store::session::insert(c, &session)?;
        store::plan::insert(c, &world.plan())?;
        let pin = Pin { activity: Activity::Session(session.id), hall: hall.id, start: at };
        store::pin::set(c, world.edition.id, &pin)?;
        let (instrument, dossier) = (world.instrument(), world.dossier());
        store::dossier::insert(c, &dossier)?;
        store::commitment::insert(c, &crate::sample::commitment(&dossier))?;
        store::instrument::insert(c, &instrument)?;
        let paper = crate::sample::paper(&instrument);
        store::paper::insert(c, &paper)?;
        store::paper::fill(c, paper.id, &vec![7; 100_000])?;
        store::person::insert(c, &who)?;
        store::support_group::insert(c, &world.support_group())?;
        let (import, paragraphs) = crate::sample::text_import(&dossier, who.id, 600);
        store::text_import::insert(c, &import)?;
        store::text_import::fill(c, &import, &paragraphs)?;
        store::person::sign_in(c, "login", who.id, at)?;
        store::token::insert(c, "token", Purpose::Feed, "subject", at)?;
        store::token::set_code(c, who.id, "code", at)?;
        register(c, &world)?;
        for round in 0..1_200 {
            let event = Event {
                at,
                by: Some(who.id),
                edition: None,
                noun: "topic",
                object: topic.id.to_string(),
                verb: "proposed",
                detail: json!({ "round": round }),
            };
            store::event::append(c, id(), &event)?;
        }
        Ok(())
    })
    .expect("rows");
}

/// Rows of the register; its log has not begun.
fn register(c: &mut store::Conn, world: &World) -> store::Result<()> {
    let (leaf, at) = (crate::leaf::leaf(world), Timestamp::UNIX_EPOCH);
    let text = Document { lang: "zh".to_owned(), format: String::new(), body: "样\n".to_owned() };
    store::leaf::insert(c, &leaf, &[text])?;
    store::leaf::number(c, leaf.id, 0)?;
    let scan = Evidence {
        id: id(),
        leaf: leaf.id,
        kind: EvidenceKind::Scan,
        name: "签字页.pdf".to_owned(),
        bytes: 3,
        sha256: "00".repeat(32),
        at,
        by: None,
    };
    store::evidence::insert(c, &scan, "YWJj")?;
    for place in 0..12 {
        store::tile::set(c, 0, place, "half")?;
        store::tile::set(c, 0, place, "whole")?;
        let note = format!("note {place}\n");
        store::checkpoint::insert(c, &Checkpoint { size: place, at, note })?;
    }
    let (signer, line) = ("city+1+key".to_owned(), "— city sig\n".to_owned());
    store::checkpoint::cosign(c, 9, &Cosignature { signer, line, at })?;
    store::log::save(c, &store::log::Log::default())
}

fn copy(db: &Db) -> Vec<u8> {
    let mut bytes = Vec::new();
    store::backup::write(db, Timestamp::UNIX_EPOCH, &mut bytes).expect("a copy");
    bytes
}

fn restore(db: &Db, bytes: &[u8]) -> store::Result<store::backup::Counts> {
    store::backup::restore(db, Timestamp::UNIX_EPOCH, || Ok(Cursor::new(bytes)))
}

#[test]
fn a_copy_is_given_back_whole_on_every_engine() {
    for from in engines::each() {
        fill(&from.db);
        let bytes = copy(&from.db);
        for to in engines::each() {
            let counts = restore(&to.db, &bytes).unwrap();
            assert_eq!(counts["event"], 1_200);
            assert_eq!(
                String::from_utf8(copy(&to.db)).unwrap(),
                String::from_utf8(bytes.clone()).unwrap()
            );
            assert!(matches!(restore(&to.db, &bytes), Err(Error::Unusable(_))), "it is not empty");
        }
    }
}

#[test]
fn a_copy_that_was_changed_or_cut_is_refused_and_nothing_is_stored() {
    let from = engines::sqlite();
    fill(&from.db);
    let bytes = copy(&from.db);
    let text = String::from_utf8(bytes.clone()).unwrap();
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let mut longer = bytes.clone();
    longer.write_all(b"{}\n").unwrap();
    let bad = [
        text.replacen("Пример", "пример", 1).into_bytes(),
        lines[..lines.len() - 1].concat().into_bytes(),
        [lines[..3].concat(), lines[4..].concat()].concat().into_bytes(),
        bytes[..bytes.len() / 2].to_vec(),
        longer,
        Vec::new(),
        b"\n".to_vec(),
        text.replacen("\"schema\":\"0", "\"schema\":\"9", 1).into_bytes(),
        text.replacen("\"caravanserai_backup\":1", "\"caravanserai_backup\":2", 1).into_bytes(),
    ];
    for (number, bytes) in bad.iter().enumerate() {
        let to = engines::sqlite();
        assert_ne!(bytes, text.as_bytes(), "{number}");
        assert!(matches!(restore(&to.db, bytes), Err(Error::Unusable(_))), "{number}");
        assert!(to.db.read(store::city::all).unwrap().is_empty(), "{number}");
    }
}
