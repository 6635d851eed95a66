//! A text's dossier, its deeds, and what helps to write it, on either engine.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    Lang, UnitId,
    change::Change,
    correction::Correction,
    declaration::Authority,
    dossier::{Dossier, DossierKind},
    glossary::{Concept, Entry, Term, TermStanding},
    memory::{Remembered, Segment},
    negotiation::{Deed, Event},
    procedure::{Rules, Step},
    unit::{Manner, UnitKind},
};
use jiff::Timestamp;
use store::{Conn, Result};

use crate::{
    engines,
    sample::{World, account, id, words},
};

/// A dossier of the world, opened by somebody.
fn dossier(c: &mut Conn, world: &World) -> Result<Dossier> {
    let who = account();
    store::person::insert(c, &who)?;
    let dossier = Dossier {
        id: id(),
        edition: world.edition.id,
        kind: DossierKind::Declaration,
        title: words(),
        symbol: "EX/1".to_owned(),
        languages: BTreeMap::from([
            (Lang::Zh, Authority::Authentic),
            (Lang::Fa, Authority::Translation),
        ]),
        rules: Rules::sco(),
        parties: BTreeSet::from([world.delegations[0].id]),
        officers: BTreeSet::new(),
        settled: None,
        exercise: true,
        opened: Timestamp::UNIX_EPOCH,
        by: who.id,
    };
    store::dossier::insert(c, &dossier)?;
    Ok(dossier)
}

/// A few deeds that every text begins with.
fn deeds(dossier: &Dossier) -> Vec<Event> {
    let mut state = dossier.begin().expect("a dossier");
    let mut done = Vec::new();
    let mut after = None;
    let (by, at, second) = (dossier.by, Timestamp::UNIX_EPOCH, None);
    for n in 0..20 {
        let unit: UnitId = id();
        let kind = if n == 0 { UnitKind::Title } else { UnitKind::Operative };
        let base = domain::unit::Unit::new(unit, kind).seal(Lang::Zh);
        let (lang, text, manner) = (Lang::Zh, format!("第{n}段\u{3000}‘’\\"), Manner::Leads);
        let wrote = Change::Wrote { unit, lang, text, manner, base, turn: 0, by, second, at };
        for change in [Change::Added { unit, kind, after }, wrote] {
            done.push(Event { at, deed: Deed::Text(change) });
        }
        after = Some(unit);
    }
    done.push(Event { at, deed: Deed::Step(Step::Revised) });
    for event in &done {
        state.act(event).expect("an accepted deed");
    }
    done
}

#[test]
fn stored_deeds_given_again_make_the_state() {
    for fresh in engines::each() {
        let db = &fresh.db;
        let world = World::new();
        let dossier = db
            .write(|c| {
                world.store(c)?;
                dossier(c, &world)
            })
            .unwrap();
        let done = deeds(&dossier);
        db.write(|c| {
            for (seen, event) in (0_u32..).zip(&done) {
                store::deed::append(
                    c,
                    dossier.id,
                    seen,
                    Some(dossier.by),
                    std::slice::from_ref(event),
                )?;
            }
            Ok(())
        })
        .unwrap();
        let lines = db.read(|c| store::deed::since(c, dossier.id, 0)).unwrap();
        let events: Vec<Event> = lines.into_iter().map(|line| line.event).collect();
        let state = |events: &[Event]| dossier.begin().unwrap().replay(events).unwrap();
        assert_eq!(state(&events), state(&done));
        assert_eq!(state(&events).text.seal(), state(&done).text.seal());
        let count = u32::try_from(done.len()).unwrap();
        assert_eq!(db.read(|c| store::deed::count(c, dossier.id)).unwrap(), count);
        // Whoever knew fewer deeds is refused: nobody takes a number twice.
        let late = db.write(|c| store::deed::append(c, dossier.id, count - 1, None, &done[..1]));
        assert!(late.is_err());
        let found = db.read(|c| store::dossier::of_edition(c, world.edition.id)).unwrap();
        assert_eq!(found[0].value, dossier);
    }
}

#[test]
fn terms_translations_and_corrections_belong_to_their_series_and_text() {
    for fresh in engines::each() {
        let db = &fresh.db;
        let (world, other) = (World::new(), World::new());
        let series = world.series.id;
        let dossier = db
            .write(|c| {
                world.store(c)?;
                store::series::insert(c, &other.series)?;
                dossier(c, &world)
            })
            .unwrap();
        let entry = |series| Entry {
            id: id(),
            series,
            concept: Concept {
                id: "1".to_owned(),
                terms: BTreeMap::from([(
                    Lang::Ru,
                    vec![Term { text: "совет".to_owned(), standing: TermStanding::Preferred }],
                )]),
            },
            note: String::new(),
        };
        let texts = BTreeMap::from([(Lang::Zh, "甲".to_owned()), (Lang::Fa, "الف".to_owned())]);
        let segment = Segment { id: "7".to_owned(), texts };
        let source = "m.tmx".to_owned();
        let remembered = |series| Remembered {
            id: id(),
            series,
            segment: segment.clone(),
            source: source.clone(),
        };
        let correction = Correction {
            id: id(),
            declaration: dossier.id,
            unit: id(),
            lang: Lang::Zh,
            text: "文".to_owned(),
            base: domain::unit::Seal::of(""),
            turn: 1,
            by: dossier.by,
            at: Timestamp::UNIX_EPOCH,
        };
        let all = [None, Some(series), Some(other.series.id)];
        let (entries, kept) = (all.map(entry), all.map(remembered));
        db.write(|c| {
            entries.iter().try_for_each(|entry| store::glossary::insert(c, entry))?;
            kept.iter().try_for_each(|one| store::memory::insert(c, one))?;
            store::correction::insert(c, &correction)
        })
        .unwrap();
        db.write(|c| {
            let terms = store::glossary::of_series(c, series)?;
            let terms: Vec<Entry> = terms.into_iter().map(|entry| entry.value).collect();
            assert_eq!(terms, entries[..2]);
            assert_eq!(store::memory::of_series(c, series)?, kept[..2]);
            assert_eq!(store::memory::count(c, series)?, 2);
            assert_eq!(store::memory::clear(c, series)?, 1);
            assert_eq!(store::memory::count(c, series)?, 1);
            store::glossary::remove(c, entries[1].id)?;
            assert!(store::glossary::remove(c, entries[1].id).is_err());
            let waiting = store::correction::of_text(c, dossier.id)?;
            assert_eq!(waiting[0].value, correction);
            store::correction::remove(c, correction.id)?;
            assert!(store::correction::of_text(c, dossier.id)?.is_empty());
            let names = store::person::names(c, &[dossier.by, id()])?;
            assert_eq!(names.len(), 1);
            Ok(())
        })
        .unwrap();
    }
}
