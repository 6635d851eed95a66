//! People in delegations.

use domain::{DelegateId, DelegationId, EditionId, delegation::Delegate};
use jiff::civil::Date;

use crate::noun::noun;

noun!(
    delegate, DelegateId, Delegate,
    [delegation_id = |v: &Delegate| Col(v.delegation), purge_on = |v: &Delegate| Col(v.purge_on)],
    by [of_delegation(delegation_id: DelegationId)]
);

/// Everyone filed for an edition.
pub fn of_edition(c: &mut Conn, edition: EditionId) -> Result<Vec<Versioned<Delegate>>> {
    use crate::schema::delegation;
    let rows = delegate::table
        .inner_join(delegation::table)
        .filter(delegation::edition_id.eq(Col(edition)))
        .order(delegate::id)
        .select((delegate::version, delegate::doc))
        .load::<(i32, Json<Delegate>)>(c)?;
    Ok(rows.into_iter().map(versioned).collect())
}

/// Takes a person off the list.
pub fn delete(c: &mut Conn, id: DelegateId) -> Result<()> {
    diesel::delete(delegate::table.filter(delegate::id.eq(Col(id)))).execute(c)?;
    Ok(())
}

/// Deletes everyone whose time has come; returns how many.
pub fn purge(c: &mut Conn, today: Date) -> Result<usize> {
    Ok(diesel::delete(delegate::table.filter(delegate::purge_on.le(Col(today)))).execute(c)?)
}
