//! ZIP packages: written so that the same parts make the same bytes, read with every part measured.

use std::{
    collections::BTreeMap,
    io::{Cursor, Read, Write},
};

use domain::Refusal;
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

use crate::xml::{MOST, UNPACKED, too_large, unreadable};

/// Most parts of a package.
const PARTS: usize = 1_000;

/// Packs parts under their names, in their order and without a date.
pub fn pack<'a>(
    parts: impl IntoIterator<Item = (&'a str, &'a [u8])>,
) -> Result<Vec<u8>, std::io::Error> {
    let mut package = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        package.start_file(name, SimpleFileOptions::default())?;
        package.write_all(bytes)?;
    }
    Ok(package.finish()?.into_inner())
}

/// The wanted parts of a package that somebody sent; what is not there is left out. The size of a
/// part is what it unpacks to, not what the package says.
pub(crate) fn unpack(bytes: &[u8], wanted: &[&str]) -> Result<BTreeMap<String, Vec<u8>>, Refusal> {
    if bytes.len() > MOST {
        return Err(too_large());
    }
    let mut package = ZipArchive::new(Cursor::new(bytes)).map_err(|_| unreadable())?;
    if package.len() > PARTS {
        return Err(too_large());
    }
    let (mut parts, mut left) = (BTreeMap::new(), UNPACKED);
    for name in wanted {
        let Some(at) = package.index_for_name(name) else { continue };
        let mut part = Vec::new();
        let open = package.by_index(at).map_err(|_| unreadable())?;
        let most = u64::try_from(left).unwrap_or(u64::MAX).saturating_add(1);
        open.take(most).read_to_end(&mut part).map_err(|_| unreadable())?;
        left = left.checked_sub(part.len()).ok_or_else(too_large)?;
        parts.insert((*name).to_owned(), part);
    }
    Ok(parts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_bomb_is_refused_before_it_fills_the_memory() {
        let zeros = vec![0; UNPACKED + 1];
        let bomb = pack([("word/document.xml", zeros.as_slice())]).unwrap();
        assert!(bomb.len() < MOST / 50);
        assert_eq!(unpack(&bomb, &["word/document.xml"]).unwrap_err().code, "file-too-large");
        assert!(unpack(&bomb, &["other.xml"]).unwrap().is_empty());
        assert_eq!(unpack(&vec![0; MOST + 1], &[]).unwrap_err().code, "file-too-large");
    }

    proptest! {
        #[test]
        fn no_bytes_bring_the_reader_down(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let _ = unpack(&bytes, &["a"]);
            let _ = unpack(&[b"PK\x03\x04", bytes.as_slice()].concat(), &["a"]);
        }
    }
}
