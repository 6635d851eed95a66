//! Editions.

use domain::{EditionId, edition::Edition};

use crate::{noun::noun, schema};

noun!(
    edition, EditionId, Edition,
    [series_id = |v: &Edition| Col(v.series), host_id = |v: &Edition| Col(v.host)],
    by []
);

/// How far the work on an edition has come, in rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Delegations formed.
    pub delegations: i64,
    /// People filed.
    pub delegates: i64,
    /// Bilaterals in any state.
    pub meetings: i64,
    /// Halls.
    pub halls: i64,
    /// Sessions.
    pub sessions: i64,
    /// Plans computed.
    pub plans: i64,
    /// Programmes released.
    pub releases: i64,
}

/// Counts the rows of an edition.
pub fn tally(c: &mut Conn, of: EditionId) -> Result<Tally> {
    use schema::{delegate, delegation, hall, meeting, plan, release, session};
    macro_rules! count {
        ($table:ident) => {
            $table::table.filter($table::edition_id.eq(Col(of))).count().get_result(c)?
        };
    }
    let people = delegate::table.inner_join(delegation::table);
    Ok(Tally {
        delegations: count!(delegation),
        delegates: people.filter(delegation::edition_id.eq(Col(of))).count().get_result(c)?,
        meetings: count!(meeting),
        halls: count!(hall),
        sessions: count!(session),
        plans: count!(plan),
        releases: count!(release),
    })
}
