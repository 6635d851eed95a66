//! Groups of delegations as the secretariat declared them.

use domain::{EditionId, SupportGroupId, support_group::SupportGroup};

use crate::noun::noun;

noun!(
    support_group, SupportGroupId, SupportGroup,
    [edition_id = |v: &SupportGroup| Col(v.edition)],
    by [of_edition(edition_id: EditionId)]
);

/// Takes a group away; statements that were put before keep their groups.
pub fn remove(c: &mut Conn, id: SupportGroupId) -> Result<()> {
    let gone = support_group::table.filter(support_group::id.eq(Col(id)));
    if diesel::delete(gone).execute(c)? == 1 { Ok(()) } else { Err(Error::Missing) }
}
