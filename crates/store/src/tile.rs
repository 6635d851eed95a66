//! The tree of the register in tiles. A tile only grows until it is full, so one row is kept for each
//! place; its hashes are text, since a copy of the database is.

use diesel::{ExpressionMethods, OptionalExtension, QueryDsl, RunQueryDsl};

use crate::{db::Conn, error::Result, leaf::column, schema::tile};

/// The hashes of a tile as far as they are known.
pub fn get(c: &mut Conn, level: u8, place: u64) -> Result<Option<String>> {
    let row = tile::table
        .filter(tile::level.eq(i32::from(level)))
        .filter(tile::place.eq(column(place)))
        .select(tile::hashes);
    Ok(row.first(c).optional()?)
}

/// Stores a tile that is new or has grown.
pub fn set(c: &mut Conn, level: u8, place: u64, hashes: &str) -> Result<()> {
    let row =
        tile::table.filter(tile::level.eq(i32::from(level))).filter(tile::place.eq(column(place)));
    let changed = diesel::update(row).set(tile::hashes.eq(hashes)).execute(c)?;
    if changed == 0 {
        diesel::insert_into(tile::table)
            .values((
                tile::level.eq(i32::from(level)),
                tile::place.eq(column(place)),
                tile::hashes.eq(hashes),
            ))
            .execute(c)?;
    }
    Ok(())
}
