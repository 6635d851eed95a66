//! A filled database of every earlier schema comes up to this one, on every engine, and every value in it
//! can still be read. `releases/SCHEMA.jsonl` is a copy that was written when that schema was the newest.

use std::{fs, io::Cursor, path::Path};

use domain::{
    dossier::{Dossier, DossierKind},
    instrument::{Instrument, Stage, Words},
};

use crate::{
    engines,
    sample::{World, id},
};

/// The copies, oldest schema first.
fn copies() -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/releases");
    let files = fs::read_dir(folder).expect("the folder of copies");
    let mut copies: Vec<(String, Vec<u8>)> = files
        .map(|file| file.expect("a file").path())
        .filter(|path| path.extension().is_some_and(|e| e == "jsonl"))
        .map(|path| {
            let schema = path.file_stem().expect("a name").to_string_lossy().into_owned();
            (schema, fs::read(&path).expect("a copy"))
        })
        .collect();
    copies.sort();
    copies
}

#[test]
fn a_filled_database_of_every_earlier_schema_comes_up_to_this_one() {
    let copies = copies();
    assert!(!copies.is_empty(), "no copy to begin from");
    for (schema, copy) in copies {
        for fresh in engines::bare() {
            let (db, now) = (&fresh.db, jiff::Timestamp::UNIX_EPOCH);
            let counts = store::backup::restore(db, now, || Ok(Cursor::new(&copy)))
                .unwrap_or_else(|e| panic!("{schema}: {e}"));
            assert!(fresh.db.pending().expect("a schema").is_empty(), "{schema}: still behind");
            let mut again = Vec::new();
            let now = store::backup::write(db, now, &mut again)
                .unwrap_or_else(|e| panic!("{schema}: {e}"));
            for (table, rows) in &counts {
                assert!(now[table] >= *rows, "{schema}: rows of {table} were lost");
            }
            let mut wrong = fresh.db.read(|c| Ok(store::check::documents(c).0)).expect("documents");
            let editions = fresh.db.read(store::edition::all).expect("editions");
            for edition in editions {
                let releases = |c: &mut _| store::check::releases(c, edition.value.id);
                wrong.extend(fresh.db.read(releases).expect("releases"));
            }
            assert!(wrong.is_empty(), "{schema}: {wrong:?}");
        }
    }
}

/// An earlier binary made words final without holding their text.
#[test]
fn final_words_of_an_earlier_binary_are_held_once_it_is_upgraded() {
    for fresh in engines::each() {
        let (db, world) = (&fresh.db, World::new());
        let text = |instrument: &Instrument| Dossier {
            kind: DossierKind::Instrument,
            parties: instrument.parties.iter().filter_map(|party| party.delegation).collect(),
            ..world.dossier()
        };
        let made = |stage: Stage| {
            let instrument = Instrument { id: id(), stage, ..world.instrument() };
            let text = text(&instrument);
            (Instrument { words: Words::Dossier(text.id), ..instrument }, text)
        };
        let (last, last_text) = made(world.instrument().stage);
        let (open, open_text) = made(Stage::Cleared);
        db.write(|c| {
            world.store(c)?;
            for (instrument, text) in [(&last, &last_text), (&open, &open_text)] {
                store::dossier::insert(c, text)?;
                store::instrument::insert(c, instrument)?;
            }
            Ok(())
        })
        .expect("two instruments");
        db.migrate().expect("up to date");
        let settled = |text: &Dossier| {
            db.read(|c| store::dossier::need(c, text.id)).expect("a text").value.settled
        };
        assert_eq!((settled(&last_text), settled(&open_text)), (Some(last.id), None));
    }
}
