//! Every noun is stored, found, changed, and protected from a change that saw an older version.

use domain::{
    revision::{Saved, Versioned},
    support::Stance,
    unit::UnitKind,
};
use store::Db;

use crate::{
    engines,
    sample::{World, account, statement},
};

/// Stores a value, changes it, and tries the change of somebody who saw the first version.
macro_rules! story {
    ($db:expr, $noun:ident, $value:expr, |$v:ident| $change:expr) => {{
        let (db, value): (&Db, _) = ($db, $value);
        let changed = {
            let mut $v = value.clone();
            $change;
            $v
        };
        assert_ne!(value, changed);
        db.write(|c| store::$noun::insert(c, &value)).unwrap();
        let found = db.read(|c| store::$noun::need(c, value.id)).unwrap();
        assert_eq!(found, Versioned { value: value.clone(), version: 1 }, stringify!($noun));
        let saved = db.write(|c| store::$noun::save(c, &changed, 1)).unwrap();
        assert_eq!(saved, Saved::Stored(2));
        let late = db.write(|c| store::$noun::save(c, &value, 1)).unwrap();
        let now = Versioned { value: changed, version: 2 };
        assert_eq!(late, Saved::Moved(now.clone()), stringify!($noun));
        assert!(db.read(store::$noun::all).unwrap().contains(&now), stringify!($noun));
    }};
}

#[test]
fn every_noun_is_stored_changed_and_protected() {
    for fresh in engines::each() {
        let db = &fresh.db;
        let world = World::new();
        db.write(|c| world.store(c)).unwrap();
        let other = World::new();
        story!(db, city, crate::sample::city(None), |v| v.population = None);
        story!(db, offering, world.offering(), |v| v.text = v.text.and(domain::Lang::Fa, "آب"));
        story!(db, tie, world.tie(), |v| v.since = String::new());
        story!(db, body, other.body, |v| v.name = v.name.and(domain::Lang::En, "b"));
        story!(db, series, other.series, |v| v.name = v.name.and(domain::Lang::En, "s"));
        story!(db, delegate, world.delegate(), |v| v.email = String::new());
        story!(db, interpreter, world.interpreter(), |v| v.contact = "x".to_owned());
        let arranged = domain::interpretation::Interpretation::of(world.edition.id);
        story!(db, interpretation, arranged, |v| v.planned = true);
        story!(db, topic, world.topic(), |v| v.summary = Some(crate::sample::words()));
        story!(db, invitation, world.invitation(), |v| v.quota = 7);
        story!(db, meeting, world.meeting(), |v| v.minutes = 45);
        story!(db, hall, world.hall(), |v| v.booths = 0);
        story!(db, session, world.session(), |v| v.fixed = None);
        story!(db, plan, world.plan(), |v| v.terms.clear());
        story!(db, person, account(), |v| v.name = "Пример".to_owned());
    }
}

#[test]
fn a_text_on_its_way_in_is_stored_in_pieces_and_goes_as_a_whole() {
    for fresh in engines::each() {
        let (db, world, who) = (&fresh.db, World::new(), account());
        let dossier = world.dossier();
        let (import, all) = crate::sample::text_import(&dossier, who.id, 1_201);
        db.write(|c| {
            world.store(c)?;
            store::person::insert(c, &who)?;
            store::dossier::insert(c, &dossier)
        })
        .unwrap();
        story!(db, text_import, import.clone(), |v| v.apart = 2);
        story!(db, support_group, world.support_group(), |v| v.members.clear());
        db.write(|c| store::text_import::fill(c, &import, &all)).unwrap();
        assert_eq!(db.read(|c| store::text_import::paragraphs(c, import.id)).unwrap(), all);
        db.write(|c| store::text_import::say_kind(c, import.id, &(2..=1_200), UnitKind::Annex))
            .unwrap();
        let page =
            |apart, from| db.read(|c| store::text_import::page(c, import.id, apart, from)).unwrap();
        let last = page(false, (1_199, 100));
        let kinds: Vec<_> = last.iter().map(|(number, p)| (*number, p.kind)).collect();
        assert_eq!(kinds, [(1_200, UnitKind::Annex), (1_201, UnitKind::Operative)]);
        assert_eq!(page(true, (0, 100)), [(1, all[0].clone())]);
        assert_eq!(page(true, (1, 100)), []);
        let (second, few) = crate::sample::text_import(&dossier, who.id, 1);
        db.write(|c| {
            store::text_import::insert(c, &second)?;
            store::text_import::fill(c, &second, &few)?;
            store::text_import::remove(c, import.id)
        })
        .unwrap();
        assert!(db.read(|c| store::text_import::paragraphs(c, import.id)).unwrap().is_empty());
        let later = import.at + jiff::SignedDuration::from_secs(1);
        assert_eq!(db.write(|c| store::text_import::purge(c, import.at)).unwrap(), 0);
        assert_eq!(db.write(|c| store::text_import::purge(c, later)).unwrap(), 1);
        assert!(matches!(
            db.write(|c| store::text_import::remove(c, second.id)),
            Err(store::Error::Missing)
        ));
    }
}

#[test]
fn instruments_their_documents_and_commitments_are_stored_changed_and_protected() {
    for fresh in engines::each() {
        let db = &fresh.db;
        let world = World::new();
        db.write(|c| world.store(c)).unwrap();
        let (instrument, dossier) = (world.instrument(), world.dossier());
        let id = instrument.id;
        story!(db, instrument, instrument.clone(), |v| v.originals = 3);
        story!(db, dossier, dossier.clone(), |v| v.exercise = false);
        story!(db, commitment, crate::sample::commitment(&dossier), |v| v.due = None);
        let of_dossier = db.read(|c| store::commitment::of_dossier(c, dossier.id)).unwrap();
        assert_eq!(of_dossier.len(), 1);
        let paper = crate::sample::paper(&instrument);
        story!(db, paper, paper.clone(), |v| v.note = "n".to_owned());
        // Longer than one part, and no text at all.
        let bytes: Vec<u8> = (0..70_000_u32).flat_map(u32::to_le_bytes).collect();
        db.write(|c| store::paper::fill(c, paper.id, &bytes)).unwrap();
        assert_eq!(db.read(|c| store::paper::bytes(c, paper.id)).unwrap(), bytes);
        for (city, other) in [(0, 1), (1, 0)] {
            let ties = db.read(|c| store::instrument::of_city(c, world.cities[city].id)).unwrap();
            let [(found, partner)] = ties.as_slice() else { panic!("one tie: {ties:?}") };
            assert_eq!((found.id, partner.id), (id, world.cities[other].id));
        }
    }
}

#[test]
fn what_belongs_to_an_edition_is_stored_changed_and_protected() {
    for fresh in engines::each() {
        let db = &fresh.db;
        let world = World::new();
        db.write(|c| {
            world.cities.iter().try_for_each(|city| store::city::insert(c, city))?;
            store::body::insert(c, &world.body)?;
            store::series::insert(c, &world.series)
        })
        .unwrap();
        story!(db, edition, world.edition.clone(), |v| v.zone = "UTC".to_owned());
        let [first, second] = world.delegations.clone();
        story!(db, delegation, first, |v| v.quota = 2);
        story!(db, delegation, second, |v| v.arrival = None);
        story!(db, venue, world.venue.clone(), |v| v.name = v.name.and(domain::Lang::En, "v"));
        let found = db.read(|c| store::delegation::of_edition(c, world.edition.id)).unwrap();
        assert_eq!(found.len(), 2);
    }
}

#[test]
fn what_is_done_around_a_text_is_stored_changed_and_protected() {
    for fresh in engines::each() {
        let db = &fresh.db;
        let (world, at) = (World::new(), jiff::Timestamp::UNIX_EPOCH);
        let dossier = world.dossier();
        db.write(|c| {
            world.store(c)?;
            store::dossier::insert(c, &dossier)
        })
        .unwrap();
        story!(db, amendment, world.proposal(&dossier), |v| v.number = Some(1));
        let found = db.read(|c| store::amendment::of_dossier(c, dossier.id)).unwrap();
        assert_eq!(found.len(), 1);
        story!(db, statement, statement(&dossier), |v| v.closed = Some(at));
        let put = statement(&dossier);
        db.write(|c| store::statement::insert(c, &put)).unwrap();
        let by = world.delegations[1].id;
        for said in [Stance::Agree, Stance::Pass] {
            db.write(|c| store::statement::say(c, put.id, by, said)).unwrap();
        }
        let stances = db.read(|c| store::statement::stances(c, dossier.id)).unwrap();
        assert_eq!(stances, [(put.id, by, Stance::Pass)]);
        for shown in [Some(crate::sample::id()), None] {
            let mut sitting = db.read(|c| store::sitting::of(c, dossier.id)).unwrap();
            sitting.value.shown = shown;
            db.write(|c| store::sitting::put(c, &sitting)).unwrap();
            assert_eq!(db.read(|c| store::sitting::of(c, dossier.id)).unwrap().value.shown, shown);
        }
    }
}

#[test]
fn a_reference_to_nothing_is_refused() {
    for fresh in engines::each() {
        let world = World::new();
        assert!(fresh.db.write(|c| store::edition::insert(c, &world.edition)).is_err());
        assert!(fresh.db.write(|c| store::topic::insert(c, &world.topic())).is_err());
        assert!(fresh.db.read(store::edition::all).unwrap().is_empty());
    }
}

#[test]
fn a_refusal_leaves_nothing_behind() {
    for fresh in engines::each() {
        let world = World::new();
        let refused = fresh.db.write(|c| {
            world.store(c)?;
            Err::<(), _>(domain::Refusal::new("test").into())
        });
        assert!(matches!(refused, Err(store::Error::Refused(r)) if r.code == "test"));
        assert!(fresh.db.read(store::city::all).unwrap().is_empty());
    }
}
