//! Released programmes; there is no way to change one.

use diesel::{ExpressionMethods, OptionalExtension, QueryDsl, RunQueryDsl};
use domain::{EditionId, programme::Release};

use crate::{
    column::{Col, Json},
    db::Conn,
    error::Result,
    schema::release,
};

/// Stores a release. Its number must be free.
pub fn insert(c: &mut Conn, value: &Release) -> Result<()> {
    diesel::insert_into(release::table)
        .values((
            release::id.eq(Col(value.id)),
            release::edition_id.eq(Col(value.edition)),
            release::number.eq(value.number),
            release::version.eq(1),
            release::doc.eq(Json(value.clone())),
        ))
        .execute(c)?;
    Ok(())
}

/// One release by its number.
pub fn numbered(c: &mut Conn, edition: EditionId, number: i32) -> Result<Option<Release>> {
    let row = release::table
        .filter(release::edition_id.eq(Col(edition)))
        .filter(release::number.eq(number))
        .select(release::doc)
        .first::<Json<Release>>(c)
        .optional()?;
    Ok(row.map(|Json(release)| release))
}

/// The newest release.
pub fn newest(c: &mut Conn, edition: EditionId) -> Result<Option<Release>> {
    let row = release::table
        .filter(release::edition_id.eq(Col(edition)))
        .order(release::number.desc())
        .select(release::doc)
        .first::<Json<Release>>(c)
        .optional()?;
    Ok(row.map(|Json(release)| release))
}
