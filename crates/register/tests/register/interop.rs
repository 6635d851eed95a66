//! Others read what we write and we read what they write: the crates of another log operator, and a
//! checker in Python written from the specifications alone.

use std::{fs, path::Path, process::Command};

use register::{
    Hash, key::Key, note::Note, proof::Proof, rotation::Trust, tile::Content, tile::Tile as Ours,
    tree,
};
use signed_note::{StandardSigner, StandardVerifier, VerifierList};
use tlog_tiles::{
    tile::{Tile, TileHashReader, TileReader},
    tlog::{self, Error, HashReader},
};

use crate::{
    log::{Log, ORIGIN, entry, log_key},
    story::{act, document, recorded},
};

impl TileReader for Log {
    fn height(&self) -> u8 {
        8
    }

    fn read_tiles(&self, tiles: &[Tile]) -> Result<Vec<Vec<u8>>, Error> {
        let bytes = |tile: &Tile| {
            let place = (tile.level(), tile.level_index());
            let bytes = self.store.0.get(&place).ok_or(Error::InvalidTile)?;
            let width = usize::try_from(tile.width()).map_err(|_| Error::InvalidTile)?;
            bytes.get(..32 * width).map(Vec::from).ok_or(Error::InvalidTile)
        };
        tiles.iter().map(bytes).collect()
    }

    fn save_tiles(&self, _: &[Tile], _: &[Vec<u8>]) {}
}

fn theirs(hash: Hash) -> tlog::Hash {
    tlog::Hash(hash.0)
}

#[test]
fn the_other_implementation_reads_our_tiles_and_makes_the_same_proofs() {
    for size in [1, 2, 255, 256, 257, 1_000, 65_536, 70_000] {
        let log = Log::of(size);
        let root = log.edge.root();
        let their = TileHashReader::new(size, theirs(root), &log);
        assert_eq!(tlog::tree_hash(size, &their).unwrap().0, root.0);
        let mut ours = log.reader();
        for place in [0, size / 3, size / 2, size - 1] {
            let path = tree::inclusion(&mut ours, place, size).unwrap();
            let same: Vec<tlog::Hash> = path.iter().copied().map(theirs).collect();
            let made = tlog::prove_record(size, place, &their).unwrap();
            assert_eq!(
                made.iter().map(|h| h.0).collect::<Vec<_>>(),
                path.iter().map(|h| h.0).collect::<Vec<_>>()
            );
            let leaf = tlog::record_hash(&entry(place));
            tlog::check_record(&same, size, theirs(root), place, leaf).unwrap();

            let old = place + 1;
            let path = tree::consistency(&mut ours, old, size).unwrap();
            let made = tlog::prove_tree(size, old, &their).unwrap();
            assert_eq!(
                made.iter().map(|h| h.0).collect::<Vec<_>>(),
                path.iter().map(|h| h.0).collect::<Vec<_>>()
            );
        }
        let leaves = their.read_hashes(&[tlog::stored_hash_index(0, size - 1)]).unwrap();
        assert_eq!(leaves[0].0, tree::leaf(&entry(size - 1)).0);
    }
}

/// Their paths have the height of tiles as a further part, as Go's checksum database has.
#[test]
fn paths_agree() {
    for (level, index, width) in [(0, 0, 256), (0, 999, 7), (1, 1_000, 255), (2, 1_234_067, 1)] {
        let ours = Ours { content: Content::Hashes(level), index, width };
        let their = Tile::new(8, level, index, width.into(), false);
        assert_eq!(their.path(), ours.to_string().replacen("tile/", "tile/8/", 1));
    }
}

#[test]
fn notes_are_signed_here_and_verified_there_and_back() {
    let (log, ours) = (Log::of(40), log_key(1));
    let verifier = StandardVerifier::new(&ours.key().to_string()).unwrap();
    let known = VerifierList::new(vec![Box::new(verifier)]);
    let note = log.note(&ours).to_string();
    let their = signed_note::Note::from_bytes(note.as_bytes()).unwrap();
    assert_eq!(their.verify(&known).unwrap().0.len(), 1);
    let checkpoint = tlog_tiles::checkpoint::Checkpoint::from_bytes(their.text()).unwrap();
    assert_eq!((checkpoint.origin(), checkpoint.size()), (ORIGIN, 40));
    assert_eq!(checkpoint.hash().0, log.edge.root().0);

    let signer = StandardSigner::new(&ours.secret()).unwrap();
    let text = log.checkpoint().to_string();
    let mut made = signed_note::Note::new(text.as_bytes(), &[]).unwrap();
    made.add_sigs(&[&signer]).unwrap();
    assert_eq!(made.to_bytes(), note.as_bytes());
    let key: Key = ours.key().to_string().parse().unwrap();
    assert_eq!(Note::parse(&made.to_bytes()).unwrap().signed_by(&key), Ok(Some(0)));
}

/// A checker of which we wrote no line together with the Rust one: standard library only.
#[test]
fn a_checker_in_another_language_comes_to_the_same_verdict() {
    let folder = std::env::temp_dir().join(format!("register-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let policy = crate::story::policy("group all all kg cn1 cn2\nquorum all\n");
    let check = |document: &[u8], act: &[u8], proof: &[u8], policy: &str| {
        let files =
            [("document", document), ("act", act), ("proof", proof), ("policy", policy.as_bytes())];
        for (name, bytes) in files {
            fs::write(folder.join(name), bytes).unwrap();
        }
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/check.py");
        let names = files.map(|(name, _)| folder.join(name));
        let output = Command::new("python3").arg(script).args(names).output().expect("python3");
        (output.status.success(), String::from_utf8_lossy(&output.stdout).into_owned())
    };
    let (sound, said) = check(document(), &act(), &recorded(), &policy);
    assert!(sound, "{said}");
    assert!(said.contains("entry 20 of 40") && said.contains("kg cn1 cn2"), "{said}");

    let trust = Trust::new(policy.parse().unwrap());
    let agree = |document: &[u8], act: &[u8], proof: &[u8]| {
        let ours = register::verify::verify(document, act, proof, &trust).sound();
        let (theirs, said) = check(document, act, proof, &policy);
        assert_eq!((ours, theirs), (false, false), "{said}");
    };
    agree(b"another document", &act(), &recorded());
    let mut changed = act();
    changed[40] ^= 1;
    agree(document(), &changed, &recorded());
    for step in 1..8 {
        let mut changed = recorded();
        let at = step * changed.len() / 8;
        changed[at] ^= 1;
        agree(document(), &act(), &changed);
    }
    let proof = Proof::parse(&recorded()).unwrap();
    for index in [0, 19, 21, 40] {
        agree(document(), &act(), Proof { index, ..proof.clone() }.to_string().as_bytes());
    }
    fs::remove_dir_all(&folder).unwrap();
}
