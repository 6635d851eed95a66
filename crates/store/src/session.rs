//! Sessions.

use domain::{EditionId, SessionId, session::Session};

use crate::noun::noun;

noun!(
    session, SessionId, Session,
    [edition_id = |v: &Session| Col(v.edition)],
    by [of_edition(edition_id: EditionId)]
);

/// Takes a session out.
pub fn delete(c: &mut Conn, id: SessionId) -> Result<()> {
    diesel::delete(session::table.filter(session::id.eq(Col(id)))).execute(c)?;
    Ok(())
}
