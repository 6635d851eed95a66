//! Formal acts, as the leaves of the register's log: written with the act, numbered later, never altered
//! but by erasing all that the log does not hold.

use diesel::{ExpressionMethods, OptionalExtension, QueryDsl, RunQueryDsl};
use domain::{EditionId, LeafId, access::Visibility};
use jiff::Timestamp;

use crate::{
    column::{Col, Instant, Json},
    db::Conn,
    error::{Error, Result},
    schema::{evidence, leaf, leaf_document},
};

/// What is known of a leaf's act until it is erased.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act {
    /// What was done.
    pub kind: String,
    /// To what.
    pub object: String,
    /// The description that the leaf commits to.
    pub manifest: String,
    /// The secret that stands before it in the hash, as text.
    pub salt: String,
}

/// One leaf.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaf {
    /// Its identifier.
    pub id: LeafId,
    /// Its place in the log, from 0; nothing while it waits.
    pub number: Option<u64>,
    /// What the log holds of it, in hex.
    pub hash: String,
    /// What it stands for; nothing where that was erased or never known here.
    pub act: Option<Act>,
    /// The edition that it belongs to.
    pub edition: Option<EditionId>,
    /// Who may read the act.
    pub readers: Visibility,
    /// When it was recorded.
    pub at: Timestamp,
}

/// A document that a leaf's manifest names, byte for byte.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// Its language.
    pub lang: String,
    /// Its format; empty for the canonical text.
    pub format: String,
    /// What it says.
    pub body: String,
}

type Row = (
    Col<LeafId>,
    Option<i64>,
    String,
    (Option<String>, Option<String>, Option<String>, Option<String>),
    Option<Col<EditionId>>,
    Json<Visibility>,
    Instant,
);

type Columns = (
    leaf::id,
    leaf::number,
    leaf::hash,
    (leaf::kind, leaf::object, leaf::manifest, leaf::salt),
    leaf::edition_id,
    leaf::readers,
    leaf::at,
);
const COLUMNS: Columns = (
    leaf::id,
    leaf::number,
    leaf::hash,
    (leaf::kind, leaf::object, leaf::manifest, leaf::salt),
    leaf::edition_id,
    leaf::readers,
    leaf::at,
);

fn read((Col(id), number, hash, act, edition, Json(readers), at): Row) -> Leaf {
    let act = match act {
        (Some(kind), Some(object), Some(manifest), Some(salt)) => {
            Some(Act { kind, object, manifest, salt })
        }
        _ => None,
    };
    let number = number.and_then(|n| u64::try_from(n).ok());
    let edition = edition.map(|Col(edition)| edition);
    Leaf { id, number, hash, act, edition, readers, at: at.timestamp() }
}

/// A number as a column holds it; no log will ever reach the largest one.
pub(crate) fn column(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// Stores a leaf with the documents that its manifest names.
pub fn insert(c: &mut Conn, value: &Leaf, documents: &[Document]) -> Result<()> {
    let act = value.act.as_ref();
    diesel::insert_into(leaf::table)
        .values((
            leaf::id.eq(Col(value.id)),
            leaf::number.eq(value.number.map(column)),
            leaf::hash.eq(&value.hash),
            leaf::kind.eq(act.map(|a| &a.kind)),
            leaf::object.eq(act.map(|a| &a.object)),
            leaf::edition_id.eq(value.edition.map(Col)),
            leaf::readers.eq(Json(value.readers.clone())),
            leaf::salt.eq(act.map(|a| &a.salt)),
            leaf::manifest.eq(act.map(|a| &a.manifest)),
            leaf::at.eq(Instant::from(value.at)),
        ))
        .execute(c)?;
    for document in documents {
        diesel::insert_into(leaf_document::table)
            .values((
                leaf_document::leaf_id.eq(Col(value.id)),
                leaf_document::lang.eq(&document.lang),
                leaf_document::format.eq(&document.format),
                leaf_document::body.eq(&document.body),
            ))
            .execute(c)?;
    }
    Ok(())
}

/// One leaf that has to be there.
pub fn need(c: &mut Conn, id: LeafId) -> Result<Leaf> {
    let row =
        leaf::table.filter(leaf::id.eq(Col(id))).select(COLUMNS).first::<Row>(c).optional()?;
    row.map(read).ok_or(Error::Missing)
}

/// The leaves that stand in the log as this hash; mostly one.
pub fn with_hash(c: &mut Conn, hash: &str) -> Result<Vec<Leaf>> {
    let rows = leaf::table.filter(leaf::hash.eq(hash)).order(leaf::id).select(COLUMNS);
    Ok(rows.load::<Row>(c)?.into_iter().map(read).collect())
}

/// The leaf with a number.
pub fn numbered(c: &mut Conn, number: u64) -> Result<Option<Leaf>> {
    let row = leaf::table.filter(leaf::number.eq(column(number))).select(COLUMNS);
    Ok(row.first::<Row>(c).optional()?.map(read))
}

/// The documents of a leaf, texts before files of each language.
pub fn documents(c: &mut Conn, id: LeafId) -> Result<Vec<Document>> {
    let rows = leaf_document::table
        .filter(leaf_document::leaf_id.eq(Col(id)))
        .order((leaf_document::lang, leaf_document::format))
        .select((leaf_document::lang, leaf_document::format, leaf_document::body))
        .load::<(String, String, String)>(c)?;
    let document = |(lang, format, body)| Document { lang, format, body };
    Ok(rows.into_iter().map(document).collect())
}

/// What was done to one object, oldest first.
pub fn of_object(c: &mut Conn, object: &str) -> Result<Vec<Leaf>> {
    let rows = leaf::table.filter(leaf::object.eq(object)).order(leaf::id).select(COLUMNS);
    Ok(rows.load::<Row>(c)?.into_iter().map(read).collect())
}

/// The newest leaves, newest first.
pub fn newest(c: &mut Conn, most: i64) -> Result<Vec<Leaf>> {
    let rows = leaf::table.order(leaf::id.desc()).limit(most).select(COLUMNS).load::<Row>(c)?;
    Ok(rows.into_iter().map(read).collect())
}

/// How many leaves have no number yet.
pub fn waiting(c: &mut Conn) -> Result<i64> {
    Ok(leaf::table.filter(leaf::number.is_null()).count().get_result(c)?)
}

/// The identifiers and hashes of leaves without a number, in the order in which they will get one.
pub fn queue(c: &mut Conn, most: i64) -> Result<Vec<(LeafId, String)>> {
    let rows = leaf::table
        .filter(leaf::number.is_null())
        .order(leaf::id)
        .limit(most)
        .select((leaf::id, leaf::hash))
        .load::<(Col<LeafId>, String)>(c)?;
    Ok(rows.into_iter().map(|(Col(id), hash)| (id, hash)).collect())
}

/// Gives a leaf its number, once and for ever.
pub fn number(c: &mut Conn, id: LeafId, number: u64) -> Result<()> {
    let waits = leaf::table.filter(leaf::id.eq(Col(id))).filter(leaf::number.is_null());
    let changed = diesel::update(waits).set(leaf::number.eq(column(number))).execute(c)?;
    if changed == 1 { Ok(()) } else { Err(Error::Missing) }
}

/// What the log holds from one number to before another, in order.
pub fn hashes(c: &mut Conn, from: u64, until: u64) -> Result<Vec<String>> {
    let rows = leaf::table
        .filter(leaf::number.ge(column(from)))
        .filter(leaf::number.lt(column(until)))
        .order(leaf::number)
        .select(leaf::hash);
    Ok(rows.load(c)?)
}

/// Lets everyone read the acts done to an object.
pub fn publish(c: &mut Conn, object: &str) -> Result<usize> {
    let all = leaf::table.filter(leaf::object.eq(object));
    Ok(diesel::update(all).set(leaf::readers.eq(Json(Visibility::Public))).execute(c)?)
}

/// Erases what a leaf stands for. The log goes on saying that something was recorded, and no more.
pub fn erase(c: &mut Conn, id: LeafId) -> Result<()> {
    let nothing = None::<String>;
    diesel::delete(leaf_document::table.filter(leaf_document::leaf_id.eq(Col(id)))).execute(c)?;
    diesel::delete(evidence::table.filter(evidence::leaf_id.eq(Col(id)))).execute(c)?;
    diesel::update(leaf::table.filter(leaf::id.eq(Col(id))))
        .set((
            leaf::kind.eq(&nothing),
            leaf::object.eq(&nothing),
            leaf::edition_id.eq(&nothing),
            leaf::salt.eq(&nothing),
            leaf::manifest.eq(&nothing),
            leaf::readers.eq(Json(Visibility::Public)),
        ))
        .execute(c)?;
    Ok(())
}
