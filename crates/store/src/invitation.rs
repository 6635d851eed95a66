//! Invitations.

use domain::{DelegationId, EditionId, InvitationId, invitation::Invitation};

use crate::noun::noun;

noun!(
    invitation, InvitationId, Invitation,
    [
        edition_id = |v: &Invitation| Col(v.edition),
        delegation_id = |v: &Invitation| Col(v.delegation),
        number = |v: &Invitation| v.number,
    ],
    by [of_edition(edition_id: EditionId), of_delegation(delegation_id: DelegationId)]
);

/// The next outgoing number of an edition.
pub fn next_number(c: &mut Conn, edition: EditionId) -> Result<i32> {
    let last = invitation::table
        .filter(invitation::edition_id.eq(Col(edition)))
        .select(diesel::dsl::max(invitation::number))
        .first::<Option<i32>>(c)?;
    Ok(last.unwrap_or(0) + 1)
}
