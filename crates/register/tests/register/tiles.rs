//! Paths, widths and bundles as the specification of tlog-tiles gives them.

use proptest::prelude::*;
use register::{
    Fault,
    tile::{self, Content, Tile},
};

use crate::log::{Log, entry};

fn hashes(level: u8, index: u64, width: u16) -> Tile {
    Tile { content: Content::Hashes(level), index, width }
}

#[test]
fn paths_are_those_of_the_specification() {
    let rows = [
        (hashes(0, 1_234_067, 256), "tile/0/x001/x234/067"),
        (hashes(0, 0, 256), "tile/0/000"),
        (hashes(3, 999, 1), "tile/3/999.p/1"),
        (hashes(63, 1_000, 255), "tile/63/x001/000.p/255"),
        (Tile { content: Content::Entries, index: 273, width: 112 }, "tile/entries/273.p/112"),
    ];
    for (tile, path) in rows {
        assert_eq!(tile.to_string(), path);
        assert_eq!(path.parse(), Ok(tile));
    }
    let wrong = [
        "",
        "tile/",
        "tile/0",
        "tile/0/",
        "tile/00/000",
        "tile/64/000",
        "tile/+1/000",
        "tile/0/0",
        "tile/0/0000",
        "tile/0/x000/000",
        "tile/0/001/000",
        "tile/0/x001/x000",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/000.p/07",
        "tile/0/000.p/7.p/7",
        "tile/0/000/",
        "/tile/0/000",
        "tile/Entries/000",
        "tile/0/x99/x999/x999/x999/x999/x999/x999/999",
        "tile/0/../000",
    ];
    for path in wrong {
        assert!(path.parse::<Tile>().is_err(), "{path}");
    }
}

#[test]
fn widths_are_those_of_the_specification() {
    let width = |level, index| Tile::within(level, index, 70_000).map(|tile| tile.width);
    assert_eq!(width(0, 272), Some(256));
    assert_eq!(width(0, 273), Some(112));
    assert_eq!(width(0, 274), None);
    assert_eq!(width(1, 0), Some(256));
    assert_eq!(width(1, 1), Some(17));
    assert_eq!(width(2, 0), Some(1));
    assert_eq!(width(3, 0), None);
    assert_eq!(Tile::within(63, u64::MAX, u64::MAX), None);
    let full = Tile::within(1, 0, 256).map(|tile| tile.width);
    assert_eq!(full, Some(1));
}

#[test]
fn a_tree_of_70_000_has_the_tiles_of_the_specification() {
    let log = Log::of(70_000);
    let level = |level| log.store.0.keys().filter(|(l, _)| *l == level).count();
    assert_eq!((level(0), level(1), level(2), level(3)), (274, 2, 1, 0));
    assert_eq!(log.store.0[&(1, 1)].len(), 17 * 32);
}

#[test]
fn an_entry_too_long_for_a_bundle_is_refused() {
    let bytes = 65_536;
    let longest = vec![7; bytes - 1];
    let bundle = tile::write_entries(&[&longest]).unwrap();
    assert_eq!(tile::read_entries(&bundle).unwrap(), [longest.as_slice()]);
    assert_eq!(tile::write_entries(&[vec![7; bytes]]), Err(Fault::EntryTooLong { bytes }));
    let many = tile::write_entries(&(0..257).map(entry).collect::<Vec<_>>()).unwrap();
    assert!(tile::read_entries(&many).is_err());
    assert!(tile::read_entries(&[]).is_err());
}

proptest! {
    #[test]
    fn every_tile_has_one_path(level in 0_u8..64, index: u64, width in 1_u16..=256, data: bool) {
        let content = if data { Content::Entries } else { Content::Hashes(level) };
        let tile = Tile { content, index, width };
        prop_assert_eq!(tile.to_string().parse(), Ok(tile));
    }

    #[test]
    fn bundles_read_back(seeds in prop::collection::vec((any::<u8>(), 0_usize..400), 1..=256)) {
        let entries: Vec<Vec<u8>> = seeds.into_iter().map(|(byte, n)| vec![byte; n]).collect();
        let bytes = tile::write_entries(&entries).unwrap();
        prop_assert_eq!(tile::read_entries(&bytes).unwrap(), entries);
    }
}
