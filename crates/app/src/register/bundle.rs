//! One act as a package that anybody can read and check without a network and without us.

use outputs::archive;
use store::{Conn, Result, leaf::Leaf};

use super::{handout, unusable};

/// The name of the file that tells how to check the others; it is not checked itself.
pub const README: &str = "README.txt";

/// How to check a package, in three languages.
const HOW: &str = include_str!("readme.txt");

/// The package of an act: its documents, description, proof, and whom to trust. Nothing while the act
/// waits, or once it is erased. The same act and the same signatures make the same bytes.
pub fn bundle(c: &mut Conn, leaf: &Leaf) -> Result<Option<Vec<u8>>> {
    let log = store::log::get(c)?;
    let (Some(policy), Some(act)) = (handout::policy(&log), &leaf.act) else { return Ok(None) };
    let Some((proof, _)) = handout::proof(c, &log, leaf)? else { return Ok(None) };
    let mut parts = vec![
        (README.to_owned(), HOW.to_owned()),
        ("act.manifest".to_owned(), act.manifest.clone()),
        ("act.tlog-proof".to_owned(), proof.to_string()),
        ("policy.txt".to_owned(), policy),
    ];
    let rotations = (1..).zip(&log.rotations);
    parts.extend(rotations.map(|(n, note)| (format!("rotation-{n}.txt"), note.clone())));
    for document in store::leaf::documents(c, leaf.id)? {
        parts.push((file_name(&document.lang, &document.format), document.body));
    }
    let parts = parts.iter().map(|(name, text)| (name.as_str(), text.as_bytes()));
    archive::pack(parts).map(Some).map_err(|error| unusable(&error))
}

/// The name of a document in a package; canonical texts have no format.
pub fn file_name(lang: &str, format: &str) -> String {
    format!("texts/{lang}.{}", if format.is_empty() { "txt" } else { format })
}
