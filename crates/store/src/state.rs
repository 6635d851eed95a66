//! States, labelled as the secretariat's list has them.

use diesel::{ExpressionMethods, OptionalExtension, QueryDsl, RunQueryDsl};
use domain::city::State;

use crate::{column::Json, db::Conn, error::Result, schema::state};

/// Stores a state, in place of an earlier record.
pub fn set(c: &mut Conn, value: &State) -> Result<()> {
    diesel::delete(state::table.filter(state::id.eq(&value.iso2))).execute(c)?;
    diesel::insert_into(state::table)
        .values((
            state::id.eq(&value.iso2),
            state::version.eq(1),
            state::doc.eq(Json(value.clone())),
        ))
        .execute(c)?;
    Ok(())
}

/// Every state, by code.
pub fn all(c: &mut Conn) -> Result<Vec<State>> {
    let rows = state::table.order(state::id).select(state::doc).load::<Json<State>>(c)?;
    Ok(rows.into_iter().map(|Json(state)| state).collect())
}

/// The state of a code, if it is on the list.
pub fn get(c: &mut Conn, iso2: &str) -> Result<Option<State>> {
    let row = state::table
        .filter(state::id.eq(iso2))
        .select(state::doc)
        .first::<Json<State>>(c)
        .optional()?;
    Ok(row.map(|Json(state)| state))
}
