//! Roots and proofs of every size up to 2,000, against the definition of RFC 6962 itself.

use register::{
    Fault, Hash,
    edge::Edge,
    tile::Reader,
    tree::{self, empty, leaf, node, verify_consistency, verify_inclusion},
};

use crate::log::{Log, entry};

const MOST: u64 = 2_000;

/// MTH of RFC 6962, section 2.1, word for word.
fn defined(leaves: &[Hash]) -> Hash {
    match leaves.len() {
        0 => empty(),
        1 => leaves[0],
        n => {
            let k = (0..63).map(|i| 1 << i).filter(|k| *k < n).max().expect("two or more");
            node(defined(&leaves[..k]), defined(&leaves[k..]))
        }
    }
}

/// All places of small trees; of larger ones the borders and two that differ from size to size.
/// `REGISTER_EVERY_PLACE=1` asks for all of every tree, which takes minutes.
fn places(size: u64) -> Vec<u64> {
    if size <= 70 || std::env::var_os("REGISTER_EVERY_PLACE").is_some() {
        return (0..=size).collect();
    }
    let power = size.next_power_of_two() / 2;
    let mut all = vec![0, 256, power, size - 1, size, size * 37 % 997, size * 7_919 % size];
    all.retain(|place| *place <= size);
    all.sort_unstable();
    all.dedup();
    all
}

#[test]
fn every_size_has_the_defined_root_and_right_proofs() {
    let leaves: Vec<Hash> = (0..MOST).map(|index| leaf(&entry(index))).collect();
    let roots: Vec<Hash> = (0..=leaves.len()).map(|size| defined(&leaves[..size])).collect();
    let root = |size: u64| roots[usize::try_from(size).unwrap()];
    let mut log = Log::default();
    for size in 0..=MOST {
        log.publish();
        let mut reader = log.reader();
        assert_eq!(log.edge.root(), root(size), "{size}");
        assert_eq!(tree::root(&mut reader, size).unwrap(), root(size), "{size}");
        for place in places(size) {
            if place < size {
                let path = tree::inclusion(&mut reader, place, size).unwrap();
                let leaf = leaves[usize::try_from(place).unwrap()];
                verify_inclusion(leaf, place, size, &path, root(size)).unwrap();
                let elsewhere = (place + 1) % size;
                if elsewhere != place {
                    let moved = verify_inclusion(leaf, elsewhere, size, &path, root(size));
                    assert_eq!(moved, Err(Fault::Inclusion));
                }
            }
            let path = tree::consistency(&mut reader, place, size).unwrap();
            verify_consistency((place, root(place)), (size, root(size)), &path).unwrap();
            if place > 0 {
                let other = (place, root(place - 1));
                assert!(verify_consistency(other, (size, root(size)), &path).is_err());
            }
        }
        assert_eq!(Edge::load(&log.store, size).unwrap(), log.edge, "{size}");
        log.append(&entry(size));
    }
}

/// The leaves that the certificate transparency project tests with, and their root.
#[test]
fn the_published_example_has_its_published_root() {
    let rows = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657"];
    let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap();
    let mut leaves: Vec<Hash> = rows
        .iter()
        .map(|row| leaf(&row.as_bytes().chunks(2).map(byte).collect::<Vec<_>>()))
        .collect();
    leaves.push(leaf(&(0x60..0x70).collect::<Vec<u8>>()));
    let one = "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d";
    let eight = "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328";
    assert_eq!(leaves[0].hex(), one);
    assert_eq!(tree::fold(&leaves).hex(), eight);
    assert_eq!(Hash::from_hex(eight), Some(tree::fold(&leaves)));
}

#[test]
fn nonsense_is_refused() {
    let log = Log::of(10);
    let root = log.edge.root();
    let mut reader = log.reader();
    assert_eq!(tree::inclusion(&mut reader, 10, 10), Err(Fault::Index { index: 10, size: 10 }));
    assert_eq!(tree::consistency(&mut reader, 11, 10), Err(Fault::Sizes { old: 11, new: 10 }));
    let missing = Fault::MissingTile { level: 0, index: 0 };
    assert_eq!(tree::root(&mut Reader::new(&log.store, 11), 11), Err(missing));
    let outside = verify_inclusion(root, 0, 0, &[], root);
    assert_eq!(outside, Err(Fault::Index { index: 0, size: 0 }));
    let path = vec![root; 64];
    for size in [1, 2, 3, u64::MAX - 1, u64::MAX] {
        assert_eq!(verify_inclusion(root, 0, size, &path, root), Err(Fault::Inclusion));
        assert!(verify_consistency((1, empty()), (size, root), &path).is_err());
        assert!(verify_consistency((0, empty()), (size, root), &path).is_err());
    }
    assert!(verify_consistency((0, root), (10, root), &[]).is_err());
    assert!(verify_consistency((0, empty()), (0, root), &[]).is_err());
    assert!(Edge::load(&log.store, u64::MAX).is_err());
}
