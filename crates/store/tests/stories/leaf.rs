//! The rows of the register: a number is given once, an erased leaf keeps its hash alone, a restored log
//! is held back.

use std::io::Cursor;

use domain::{LeafId, access::Visibility};
use jiff::{SignedDuration, Timestamp};
use store::{
    Error,
    leaf::{Act, Document, Leaf},
};

use crate::{
    engines,
    sample::{World, id, words},
};

const HOLD: SignedDuration = SignedDuration::from_secs(10);

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).expect("an instant")
}

/// A leaf of an edition, not yet numbered.
pub(crate) fn leaf(world: &World) -> Leaf {
    let act = Act {
        kind: "adopted".to_owned(),
        object: "a-text".to_owned(),
        manifest: words().get(domain::Lang::Zh).unwrap_or_default().to_owned(),
        salt: "salt".to_owned(),
    };
    Leaf {
        id: id::<LeafId>(),
        number: None,
        hash: "00".repeat(32),
        act: Some(act),
        edition: Some(world.edition.id),
        readers: Visibility::Parties(vec![world.delegations[0].id]),
        at: at(7),
    }
}

fn document() -> Document {
    let body = "unit 1 title 1\n样城\n".to_owned();
    Document { lang: "zh".to_owned(), format: String::new(), body }
}

#[test]
fn a_leaf_is_numbered_once_published_and_erased() {
    for fresh in engines::each() {
        let (db, world) = (&fresh.db, World::new());
        let (first, second) = (leaf(&world), leaf(&world));
        db.write(|c| {
            world.store(c)?;
            store::leaf::insert(c, &first, &[document()])?;
            store::leaf::insert(c, &second, &[])
        })
        .unwrap();
        let need = |id| db.read(|c| store::leaf::need(c, id)).unwrap();
        assert_eq!(need(first.id), first);
        let queue = db.read(|c| store::leaf::queue(c, 10)).unwrap();
        assert_eq!(queue.iter().map(|(id, _)| *id).collect::<Vec<_>>(), [first.id, second.id]);
        db.write(|c| store::leaf::number(c, first.id, 0)).unwrap();
        assert!(db.write(|c| store::leaf::number(c, first.id, 1)).is_err(), "numbered twice");
        assert!(db.write(|c| store::leaf::number(c, second.id, 0)).is_err(), "a number twice");
        assert_eq!(db.read(store::leaf::waiting).unwrap(), 1);
        db.write(|c| store::leaf::publish(c, "a-text")).unwrap();
        assert_eq!(need(second.id).readers, Visibility::Public);
        db.write(|c| store::leaf::erase(c, first.id)).unwrap();
        let left = need(first.id);
        assert_eq!((&left.act, &left.edition, &left.hash), (&None, &None, &first.hash));
        let known = db.read(|c| store::leaf::with_hash(c, &first.hash)).unwrap();
        assert!(known.contains(&left), "it is found again by its hash");
        assert!(db.read(|c| store::leaf::documents(c, first.id)).unwrap().is_empty());
        assert_eq!(db.read(|c| store::leaf::hashes(c, 0, 9)).unwrap().len(), 1);
    }
}

#[test]
fn one_node_has_the_log_until_its_lease_is_over() {
    for fresh in engines::each() {
        let lease =
            |node, now| fresh.db.write(|c| store::log::lease(c, node, at(now), HOLD)).unwrap();
        assert!(lease("one", 0).is_some());
        assert!(lease("two", 9).is_none());
        assert!(lease("one", 9).is_some());
        assert!(lease("two", 18).is_none());
        assert!(lease("two", 19).is_some());
    }
}

#[test]
fn a_restored_log_is_held_back_once_it_had_begun() {
    for fresh in engines::each() {
        let copied = |db: &store::Db| {
            let mut bytes = Vec::new();
            store::backup::write(db, at(0), &mut bytes).unwrap();
            bytes
        };
        let given_back = |bytes: &[u8]| {
            let to = engines::sqlite();
            store::backup::restore(&to.db, at(77), || Ok(Cursor::new(bytes))).unwrap();
            to.db.read(store::log::get).unwrap().held_back
        };
        assert_eq!(given_back(&copied(&fresh.db)), None);
        let log = store::log::Log { keys: vec!["key".to_owned()], ..store::log::Log::default() };
        fresh.db.write(|c| store::log::save(c, &log)).unwrap();
        assert_eq!(given_back(&copied(&fresh.db)), Some(at(77)));
        let missing = fresh.db.read(|c| store::leaf::need(c, id()));
        assert!(matches!(missing, Err(Error::Missing)));
    }
}
