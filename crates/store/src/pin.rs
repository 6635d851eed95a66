//! What a planner must leave alone.

use diesel::{ExpressionMethods, QueryDsl, RunQueryDsl};
use domain::{
    EditionId,
    programme::{Activity, Pin},
};

use crate::{
    column::{Col, Json},
    db::Conn,
    error::Result,
    schema::pin,
};

/// Pins an activity, in place of an earlier pin.
pub fn set(c: &mut Conn, edition: EditionId, value: &Pin) -> Result<()> {
    remove(c, edition, value.activity)?;
    diesel::insert_into(pin::table)
        .values((
            pin::edition_id.eq(Col(edition)),
            pin::activity.eq(Col(value.activity)),
            pin::doc.eq(Json(*value)),
        ))
        .execute(c)?;
    Ok(())
}

/// Takes a pin out.
pub fn remove(c: &mut Conn, edition: EditionId, activity: Activity) -> Result<()> {
    let row =
        pin::table.filter(pin::edition_id.eq(Col(edition))).filter(pin::activity.eq(Col(activity)));
    diesel::delete(row).execute(c)?;
    Ok(())
}

/// The pins of an edition.
pub fn of_edition(c: &mut Conn, edition: EditionId) -> Result<Vec<Pin>> {
    let rows = pin::table
        .filter(pin::edition_id.eq(Col(edition)))
        .order(pin::activity)
        .select(pin::doc)
        .load::<Json<Pin>>(c)?;
    Ok(rows.into_iter().map(|Json(pin)| pin).collect())
}
