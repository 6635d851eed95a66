//! Files that are kept beside a formal act: a signed scan, a signature of another kind. The register does
//! not vouch for them; it says what they are labelled as and what their hash is.

use diesel::{ExpressionMethods, OptionalExtension, QueryDsl, RunQueryDsl};
use domain::{EvidenceId, LeafId, evidence::Evidence};

use crate::{
    column::{Col, Json},
    db::Conn,
    error::{Error, Result},
    schema::evidence,
};

/// Stores a file; `body` is its content as text.
pub fn insert(c: &mut Conn, value: &Evidence, body: &str) -> Result<()> {
    diesel::insert_into(evidence::table)
        .values((
            evidence::id.eq(Col(value.id)),
            evidence::leaf_id.eq(Col(value.leaf)),
            evidence::doc.eq(Json(value.clone())),
            evidence::body.eq(body),
        ))
        .execute(c)?;
    Ok(())
}

/// The files beside an act, in the order in which they came.
pub fn of_leaf(c: &mut Conn, leaf: LeafId) -> Result<Vec<Evidence>> {
    let rows = evidence::table
        .filter(evidence::leaf_id.eq(Col(leaf)))
        .order(evidence::id)
        .select(evidence::doc)
        .load::<Json<Evidence>>(c)?;
    Ok(rows.into_iter().map(|Json(evidence)| evidence).collect())
}

/// One file with its content as text.
pub fn need(c: &mut Conn, id: EvidenceId) -> Result<(Evidence, String)> {
    let row = evidence::table
        .filter(evidence::id.eq(Col(id)))
        .select((evidence::doc, evidence::body))
        .first::<(Json<Evidence>, String)>(c)
        .optional()?;
    row.map(|(Json(evidence), body)| (evidence, body)).ok_or(Error::Missing)
}
