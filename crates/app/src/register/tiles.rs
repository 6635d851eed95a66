//! The tree's tiles as the database keeps them.

use std::cell::RefCell;

use ::register::{
    Hash,
    tile::{self, Content, Tile, Tiles},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use store::{Conn, Error, Result};

/// The tiles of one transaction. A statement that fails is remembered, and looks like a missing tile.
pub struct Stored<'c> {
    c: RefCell<&'c mut Conn>,
    failed: RefCell<Option<Error>>,
}

impl<'c> Stored<'c> {
    /// Reads through this connection.
    pub fn new(c: &'c mut Conn) -> Self {
        Self { c: RefCell::new(c), failed: RefCell::new(None) }
    }

    /// What was computed, unless the database failed meanwhile.
    pub fn checked<T>(&self, value: T) -> Result<T> {
        match self.failed.take() {
            Some(error) => Err(error),
            None => Ok(value),
        }
    }
}

impl Tiles for &Stored<'_> {
    fn tile(&self, level: u8, index: u64) -> Option<Vec<u8>> {
        match store::tile::get(&mut self.c.borrow_mut(), level, index) {
            Ok(hashes) => STANDARD.decode(hashes?).ok(),
            Err(error) => {
                self.failed.replace(Some(error));
                None
            }
        }
    }
}

/// Stores tiles of hashes that are new or have grown.
pub fn keep(c: &mut Conn, tiles: &[(Tile, Vec<Hash>)]) -> Result<()> {
    for (tile, hashes) in tiles {
        if let Content::Hashes(level) = tile.content {
            store::tile::set(c, level, tile.index, &STANDARD.encode(tile::write(hashes)))?;
        }
    }
    Ok(())
}
