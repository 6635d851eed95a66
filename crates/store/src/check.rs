//! Whether what is stored can still be read.

use domain::EditionId;

use crate::{Conn, Result, release};

/// Reads every document of every noun; gives what cannot be read, and how many there are.
pub fn documents(c: &mut Conn) -> (Vec<String>, usize) {
    let (mut faults, mut rows) = (Vec::new(), 0);
    macro_rules! read {
        ($($noun:ident),+) => {$(
            match crate::$noun::all(c) {
                Ok(all) => rows += all.len(),
                Err(error) => faults.push(format!("{}: {error}", stringify!($noun))),
            }
        )+};
    }
    read!(city, state, offering, tie, body, series, edition, delegation, delegate, topic);
    read!(invitation, meeting, venue, hall, session, plan, person, interpreter, interpretation);
    read!(dossier, amendment, correction, statement, support_group, text_import, glossary, memory);
    read!(sitting, instrument, paper, commitment);
    if let Err(error) = crate::person::all_grants(c) {
        faults.push(format!("access_grant: {error}"));
    }
    (faults, rows)
}

/// What is wrong with the releases of an edition: each says of itself what its row says, and their
/// numbers leave no gap.
pub fn releases(c: &mut Conn, edition: EditionId) -> Result<Vec<String>> {
    let mut faults = Vec::new();
    let heads = release::heads(c, edition)?;
    for (number, head) in (1..).zip(heads.iter().rev()) {
        if head.number != number {
            faults.push(format!("release {} stands where {number} should", head.number));
        }
        match release::need(c, head.id) {
            Ok(r)
                if (r.id, r.number, r.at, &r.note)
                    == (head.id, head.number, head.at, &head.note) => {}
            Ok(_) => faults.push(format!("release {} is not what its row says", head.number)),
            Err(error) => faults.push(format!("release {}: {error}", head.number)),
        }
    }
    Ok(faults)
}
