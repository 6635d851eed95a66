//! No reader panics, whatever it is given; and what it accepts is written back byte for byte.

use std::fmt::Display;

use proptest::prelude::*;
use register::{
    Fault, Hash,
    checkpoint::Checkpoint,
    edge::Edge,
    key::{Key, Signer},
    manifest::Manifest,
    mirror::{audit, follow, resume},
    note::{Note, Signature},
    policy::Policy,
    proof::Proof,
    rotation::Rotation,
    tile::{self, Reader, Tile},
    tree,
    verify::verify,
    witness::{Request, Seen, consider},
};

use crate::{
    log::{Log, log_key, witness_key},
    story::{act, document, recorded, trust},
};

fn same<T: Display>(read: Result<T, Fault>, bytes: &[u8]) {
    if let Ok(value) = read {
        assert_eq!(value.to_string().as_bytes(), bytes);
    }
}

/// Gives these bytes to every reader.
fn read_all(bytes: &[u8]) {
    same(Note::parse(bytes), bytes);
    same(Proof::parse(bytes), bytes);
    same(Request::parse(bytes), bytes);
    same(Manifest::parse(bytes), bytes);
    same(Rotation::parse(bytes), bytes);
    if let Ok(hashes) = tile::read(bytes) {
        assert_eq!(tile::write(&hashes), bytes);
    }
    if let Ok(entries) = tile::read_entries(bytes) {
        assert_eq!(tile::write_entries(&entries).as_deref(), Ok(bytes));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        same(Checkpoint::parse(text), bytes);
        same(text.parse::<Key>(), bytes);
        same(text.parse::<Signer>().map(|signer| signer.secret()), bytes);
        same(text.parse::<Tile>(), bytes);
        same(text.parse::<Hash>().map_err(|()| Fault::Inclusion), bytes);
        if let Some(signature) = Signature::parse(text) {
            assert_eq!(signature.to_string(), format!("{text}\n"));
        }
        if let Some(hash) = Hash::from_hex(text) {
            assert_eq!(hash.hex(), text);
        }
        let _ = text.parse::<Policy>();
    }
    for (document, manifest, proof) in [
        (bytes, &act()[..], &recorded()[..]),
        (document(), bytes, &recorded()[..]),
        (document(), &act()[..], bytes),
    ] {
        let report = verify(document, manifest, proof, &trust());
        let whole = (document, manifest, proof) == (self::document(), &act(), &recorded());
        assert_eq!(report.sound(), whole);
    }
}

/// Texts in the right form, to be changed a little.
fn examples() -> Vec<Vec<u8>> {
    let log = Log::of(30);
    let path = tree::consistency(&mut log.reader(), 20, 30).expect("sound");
    let request = Request { old: 20, path, note: log.note(&log_key(1)) };
    let policy = format!("log {}\nquorum none\n", log_key(1).key());
    let rotation = Rotation::new(40, &log_key(1), &log_key(2)).expect("sound");
    let texts = [
        request.to_string(),
        policy,
        rotation.to_string(),
        log_key(1).key().to_string(),
        log_key(1).secret(),
        "tile/0/x001/234.p/5".to_owned(),
        Hash([3; 32]).hex(),
        Hash([3; 32]).to_string(),
    ];
    let mut all: Vec<Vec<u8>> = texts.into_iter().map(String::into_bytes).collect();
    all.extend([recorded(), act(), log.store.0[&(0, 0)].clone()]);
    all.push(tile::write_entries(&[b"one".to_vec(), vec![], vec![1; 300]]).expect("sound"));
    all
}

fn pieces() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        Just("\n"),
        Just("\n\n"),
        Just(" "),
        Just("+"),
        Just("— "),
        Just("old 0"),
        Just("index 0"),
        Just("extra"),
        Just("size 18446744073709551616"),
        Just("18446744073709551615"),
        Just("c2sp.org/tlog-proof@v1\n"),
        Just("caravanserai-act/v1\n"),
        Just("caravanserai-rotation/v1\n"),
        Just("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="),
        Just("tile/"),
        Just("000"),
        Just("quorum none"),
        Just("group g any "),
        Just("\u{a0}"),
        Just("\u{85}"),
    ];
    prop::collection::vec(piece, 0..20).prop_map(|pieces| pieces.concat().into_bytes())
}

proptest! {
    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        read_all(&bytes);
    }

    #[test]
    fn any_text(text in "\\PC{0,80}") {
        read_all(text.as_bytes());
    }

    #[test]
    fn any_pieces(bytes in pieces()) {
        read_all(&bytes);
    }

    #[test]
    fn changed_examples(which: prop::sample::Index, at: prop::sample::Index, end: prop::sample::Index,
                        with in prop_oneof![pieces(), prop::collection::vec(any::<u8>(), 0..4)]) {
        let examples = examples();
        let mut bytes = which.get(&examples).clone();
        let (a, b) = (at.index(bytes.len()), end.index(bytes.len()));
        bytes.splice(a.min(b)..a.max(b).min(a.min(b) + 40), with);
        read_all(&bytes);
    }

    #[test]
    fn any_sizes_and_hashes(sizes: [u64; 3], path in prop::collection::vec(any::<[u8; 32]>(), 0..70)) {
        let [index, old, new] = sizes;
        let path: Vec<Hash> = path.into_iter().map(Hash).collect();
        let hash = Hash([1; 32]);
        prop_assert!(tree::verify_inclusion(hash, index, new, &path, hash).is_err());
        prop_assert!(tree::verify_consistency((old, hash), (new, hash), &path).is_err());
        // Tiles that lie about how wide they are.
        let tiles = |_: u8, _: u64| Some(tile::write(&path));
        let mut reader = Reader::new(tiles, new);
        let _ = (tree::root(&mut reader, new), tree::root(&mut reader, old));
        let _ = (tree::inclusion(&mut reader, index, new), tree::consistency(&mut reader, old, new));
        let _ = Edge::load(tiles, new);
        let state = Checkpoint { origin: "a".to_owned(), size: old, root: hash, extension: String::new() };
        prop_assert!(resume(tiles, new, [&state]).is_err());
        prop_assert!(follow(&Edge::default(), [b"a"], &state).is_err());
        prop_assert!(audit(tiles, new % 2_000 + 1, hash).is_err());
        let request = Request { old, path: path.clone(), note: Log::of(1).note(&log_key(1)) };
        let seen = Seen { size: old, root: hash };
        prop_assert!(consider(&request, &trust(), seen, &witness_key("w"), index).is_err());
    }
}
