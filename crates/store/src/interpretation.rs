//! How editions are interpreted: one row for an edition, once something was arranged.

use domain::{EditionId, interpretation::Interpretation};

use crate::noun::noun;

noun!(interpretation, EditionId, Interpretation, [], by []);

/// That of an edition, version 0 before anything was arranged.
pub fn of(c: &mut Conn, edition: EditionId) -> Result<Versioned<Interpretation>> {
    let usual = || Versioned { value: Interpretation::of(edition), version: 0 };
    Ok(get(c, edition)?.unwrap_or_else(usual))
}

/// Stores it over the version that was seen, or for the first time.
pub fn keep(c: &mut Conn, value: &Interpretation, seen: i32) -> Result<Saved<Interpretation>> {
    match (seen, get(c, value.id)?) {
        (0, None) => {
            insert(c, value)?;
            Ok(Saved::Stored(1))
        }
        (_, Some(_)) => save(c, value, seen),
        (_, None) => Err(Error::Missing),
    }
}
