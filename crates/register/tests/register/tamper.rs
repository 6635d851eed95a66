//! Every changed bit of a tile, a checkpoint, a proof or a manifest is noticed.

use register::{
    Fault, Hash,
    edge::Edge,
    mirror::{audit, follow, resume},
    note::Note,
    rotation::Trust,
    tile,
    tree::{self, verify_consistency, verify_inclusion},
    verify::verify,
};

use crate::{
    log::{Log, ORIGIN, entry, log_key},
    story::{act, document, recorded, trust},
};

/// Every way to change one bit.
fn flips(bytes: &[u8]) -> impl Iterator<Item = Vec<u8>> {
    (0..bytes.len() * 8).map(|bit| {
        let mut changed = bytes.to_vec();
        changed[bit / 8] ^= 1 << (bit % 8);
        changed
    })
}

#[test]
fn every_bit_of_every_hash_of_a_path_counts() {
    for size in [1, 2, 3, 7, 8, 100, 257] {
        let log = Log::of(size);
        let (root, mut reader) = (log.edge.root(), log.reader());
        for place in [0, size / 3, size - 1] {
            let leaf = tree::leaf(&entry(place));
            let path = tree::inclusion(&mut reader, place, size).unwrap();
            for changed in flips(&tile::write(&path)) {
                let path: Vec<Hash> =
                    changed.chunks(32).map(|hash| Hash(hash.try_into().unwrap())).collect();
                let checked = verify_inclusion(leaf, place, size, &path, root);
                assert_eq!(checked, Err(Fault::Inclusion));
            }
            let old = place + 1;
            let known = (old, tree::root(&mut reader, old).unwrap());
            let path = tree::consistency(&mut reader, old, size).unwrap();
            for changed in flips(&tile::write(&path)) {
                let path: Vec<Hash> =
                    changed.chunks(32).map(|hash| Hash(hash.try_into().unwrap())).collect();
                let checked = verify_consistency(known, (size, root), &path);
                assert_eq!(checked, Err(Fault::Forked { old, new: size }));
            }
        }
    }
}

#[test]
fn every_bit_of_every_tile_counts() {
    let log = Log::of(600);
    let root = log.edge.root();
    audit(&log.store, 600, root).unwrap();
    for (place, bytes) in log.store.0.clone() {
        // Every bit of narrow tiles, every 61st of wide ones: all positions in a byte occur.
        let step = if bytes.len() > 2_000 { 61 } else { 1 };
        for changed in flips(&bytes).step_by(step) {
            let mut store = log.store.clone();
            store.0.insert(place, changed);
            assert!(audit(&store, 600, root).is_err(), "{place:?}");
        }
    }
}

#[test]
fn every_bit_of_a_bundle_counts() {
    let log = Log::of(40);
    let entries: Vec<Vec<u8>> = (0..40).map(entry).collect();
    let bundle = tile::write_entries(&entries).unwrap();
    let (edge, _) = follow(&Edge::default(), &entries, &log.checkpoint()).unwrap();
    assert_eq!(edge, log.edge);
    for changed in flips(&bundle) {
        let Ok(entries) = tile::read_entries(&changed) else { continue };
        assert!(follow(&Edge::default(), entries, &log.checkpoint()).is_err());
    }
}

#[test]
fn every_bit_of_a_signed_checkpoint_counts() {
    let (log, key) = (Log::of(40), log_key(1));
    let note = log.note(&key);
    let known = |note: &Note| {
        let text = register::checkpoint::Checkpoint::parse(&note.text)?;
        trust_log().signed(note, &text.origin, text.size).map(|_| ())
    };
    known(&note).unwrap();
    for changed in flips(note.to_string().as_bytes()) {
        let checked = Note::parse(&changed).and_then(|note| known(&note));
        assert!(checked.is_err(), "{}", String::from_utf8_lossy(&changed));
    }
}

fn trust_log() -> Trust {
    let policy = format!("log {}\nquorum none\n", log_key(1).key());
    Trust::new(policy.parse().expect("sound"))
}

#[test]
fn every_bit_of_proof_manifest_and_document_counts() {
    let (proof, trust) = (recorded(), trust());
    let sound = verify(document(), &act(), &proof, &trust);
    assert!(sound.sound(), "{:?}", sound.fault);
    for changed in flips(&proof) {
        let report = verify(document(), &act(), &changed, &trust);
        assert!(!report.sound(), "{}", String::from_utf8_lossy(&changed));
    }
    for changed in flips(&act()) {
        assert!(!verify(document(), &changed, &proof, &trust).sound());
    }
    for changed in flips(document()) {
        let report = verify(&changed, &act(), &proof, &trust);
        assert_eq!(report.fault, Some(Fault::OtherDocument));
    }
}

#[test]
fn a_log_restored_from_an_older_copy_does_not_sign() {
    let (older, newer) = (Log::of(300), Log::of(600));
    let held = newer.checkpoint();
    assert_eq!(resume(&older.store, 300, [&held]), Err(Fault::Behind { own: 300, held: 600 }));
    resume(&newer.store, 600, [&older.checkpoint(), &held]).unwrap();
    let mut other = Log::of(299);
    (299..700).for_each(|index| other.append(&entry(index + 1)));
    other.publish();
    let forked = resume(&other.store, 700, [&older.checkpoint()]);
    assert_eq!(forked, Err(Fault::Forked { old: 300, new: 700 }));
}

#[test]
fn a_mirror_grows_only_by_what_was_signed() {
    let (old, new) = (Log::of(300), Log::of(600));
    let entries: Vec<Vec<u8>> = (300..600).map(entry).collect();
    let (edge, tiles) = follow(&old.edge, &entries, &new.checkpoint()).unwrap();
    let mut copy = old.clone();
    copy.store.keep(tiles);
    assert_eq!((edge, copy.store.0), (new.edge.clone(), new.store.0.clone()));
    let short = follow(&old.edge, &entries[..299], &new.checkpoint());
    assert_eq!(short.unwrap_err(), Fault::Behind { own: 599, held: 600 });
    let long = follow(&old.edge, (300..601).map(entry), &new.checkpoint());
    assert_eq!(long.unwrap_err(), Fault::Sizes { old: 601, new: 600 });
    let forked = follow(&old.edge, (301..601).map(entry), &new.checkpoint());
    assert_eq!(forked.unwrap_err(), Fault::Forked { old: 300, new: 600 });
    let back = follow(&new.edge, Vec::<Vec<u8>>::new(), &old.checkpoint());
    assert_eq!(back.unwrap_err(), Fault::Behind { own: 300, held: 600 });
}

/// Two witnesses were shown different histories; side by side, their checkpoints prove it.
#[test]
fn a_split_view_is_proven_by_two_checkpoints() {
    let (one, key) = (Log::of(50), log_key(1));
    let mut other = Log::of(49);
    other.append(b"another entry 49");
    other.publish();
    let (a, b) = (one.checkpoint(), other.checkpoint());
    assert_eq!(a.leads_to(&b, &[]), Err(Fault::Forked { old: 50, new: 50 }));
    for log in [&one, &other] {
        let note = log.note(&key);
        trust_log().signed(&note, ORIGIN, 50).unwrap();
    }
    let mut longer = other.clone();
    longer.append(b"and one more");
    longer.publish();
    let path = tree::consistency(&mut longer.reader(), 50, 51).unwrap();
    b.leads_to(&longer.checkpoint(), &path).unwrap();
    let torn = a.leads_to(&longer.checkpoint(), &path);
    assert_eq!(torn, Err(Fault::Forked { old: 50, new: 51 }));
}
