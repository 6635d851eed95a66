//! Corrections of writing that wait for a second person.

use domain::{CorrectionId, DeclarationId, correction::Correction};

use crate::noun::noun;

noun!(
    correction, CorrectionId, Correction,
    [dossier_id = |v: &Correction| Col(v.declaration)],
    by [of_text(dossier_id: DeclarationId)]
);

/// Takes a correction away: it was taken in, or declined; the trail has the rest.
pub fn remove(c: &mut Conn, id: CorrectionId) -> Result<()> {
    let gone = diesel::delete(correction::table.filter(correction::id.eq(Col(id)))).execute(c)?;
    if gone == 1 { Ok(()) } else { Err(Error::Missing) }
}
