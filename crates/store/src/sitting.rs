//! How the meeting goes through each text.

use domain::{DeclarationId, sitting::Sitting};

use crate::noun::noun;

noun!(sitting, DeclarationId, Sitting, [], by []);

/// The sitting over a text; a new one, as version 0, where nobody has begun.
pub fn of(c: &mut Conn, dossier: DeclarationId) -> Result<Versioned<Sitting>> {
    let new = || Versioned { value: Sitting::new(dossier), version: 0 };
    Ok(get(c, dossier)?.unwrap_or_else(new))
}

/// Stores what was changed in a sitting, in the transaction that read it.
pub fn put(c: &mut Conn, sitting: &Versioned<Sitting>) -> Result<()> {
    if sitting.version == 0 {
        return insert(c, &sitting.value);
    }
    save(c, &sitting.value, sitting.version).map(|_| ())
}
