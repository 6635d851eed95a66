//! A log in memory, the smallest thing that keeps tiles.

use std::collections::BTreeMap;

use register::{
    Hash,
    checkpoint::Checkpoint,
    edge::Edge,
    key::{Algorithm, Signer},
    note::Note,
    proof::Proof,
    tile::{self, Content, Reader, Tile, Tiles},
    tree,
};

pub(crate) const ORIGIN: &str = "register.example/exercise";

/// Tiles by their place; a wider one replaces a narrower one.
#[derive(Clone, Default)]
pub(crate) struct Store(pub(crate) BTreeMap<(u8, u64), Vec<u8>>);

impl Store {
    pub(crate) fn keep(&mut self, tiles: Vec<(Tile, Vec<Hash>)>) {
        for (tile, hashes) in tiles {
            if let Content::Hashes(level) = tile.content {
                self.0.insert((level, tile.index), tile::write(&hashes));
            }
        }
    }
}

impl Tiles for &Store {
    fn tile(&self, level: u8, index: u64) -> Option<Vec<u8>> {
        self.0.get(&(level, index)).cloned()
    }
}

#[derive(Clone, Default)]
pub(crate) struct Log {
    pub(crate) edge: Edge,
    pub(crate) store: Store,
}

impl Log {
    pub(crate) fn append(&mut self, entry: &[u8]) {
        let full = self.edge.append(tree::leaf(entry));
        self.store.keep(full);
    }

    /// Makes the partial tiles readable.
    pub(crate) fn publish(&mut self) {
        self.store.keep(self.edge.partial());
    }

    /// `count` entries that differ, published.
    pub(crate) fn of(count: u64) -> Self {
        let mut log = Log::default();
        for index in 0..count {
            log.append(&entry(index));
        }
        log.publish();
        log
    }

    pub(crate) fn reader(&self) -> Reader<&Store> {
        Reader::new(&self.store, self.edge.size())
    }

    pub(crate) fn checkpoint(&self) -> Checkpoint {
        Checkpoint::of(ORIGIN, &mut self.reader(), self.edge.size()).expect("sound")
    }

    pub(crate) fn note(&self, signer: &Signer) -> Note {
        Note::sign(self.checkpoint().to_string(), signer).expect("sound")
    }

    pub(crate) fn proof(&self, index: u64, note: Note, salt: Option<[u8; 32]>) -> Proof {
        let path = tree::inclusion(&mut self.reader(), index, self.edge.size()).expect("sound");
        Proof { extra: salt.map(Vec::from), index, path, note }
    }
}

pub(crate) fn entry(index: u64) -> Vec<u8> {
    format!("entry {index}").into_bytes()
}

/// The key of the log in these tests; other numbers are other keys.
pub(crate) fn log_key(number: u8) -> Signer {
    Signer::new(ORIGIN, Algorithm::Note, [number; 32]).expect("sound")
}

pub(crate) fn witness_key(name: &str) -> Signer {
    let seed = Hash::of(&[name.as_bytes()]).0;
    Signer::new(name, Algorithm::Cosignature, seed).expect("sound")
}
