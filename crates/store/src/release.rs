//! Released programmes; there is no way to change one. Number, day and note are also columns, so that
//! a list of releases reads none of them whole.

use diesel::{ExpressionMethods, OptionalExtension, QueryDsl, RunQueryDsl};
use domain::{
    EditionId, ReleaseId,
    release::{Head, Release},
};

use crate::{
    column::{Col, Instant, Json},
    db::Conn,
    error::{Error, Result},
    schema::release,
};

/// Stores a release. Its number must be free.
pub fn insert(c: &mut Conn, value: &Release) -> Result<()> {
    diesel::insert_into(release::table)
        .values((
            release::id.eq(Col(value.id)),
            release::edition_id.eq(Col(value.edition)),
            release::number.eq(value.number),
            release::at.eq(Instant::from(value.at)),
            release::note.eq(Json(value.note.clone())),
            release::doc.eq(Json(value.clone())),
        ))
        .execute(c)?;
    Ok(())
}

/// The releases of an edition, newest first.
pub fn heads(c: &mut Conn, edition: EditionId) -> Result<Vec<Head>> {
    let rows = release::table
        .filter(release::edition_id.eq(Col(edition)))
        .order(release::number.desc())
        .select((release::id, release::number, release::at, release::note))
        .load::<(Col<ReleaseId>, i32, Instant, Json<Option<domain::Text>>)>(c)?;
    Ok(rows
        .into_iter()
        .map(|(Col(id), number, at, Json(note))| Head { id, number, at: at.timestamp(), note })
        .collect())
}

/// One release that has to be there.
pub fn need(c: &mut Conn, id: ReleaseId) -> Result<Release> {
    let row = release::table
        .filter(release::id.eq(Col(id)))
        .select(release::doc)
        .first::<Json<Release>>(c)
        .optional()?;
    row.map(|Json(release)| release).ok_or(Error::Missing)
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
