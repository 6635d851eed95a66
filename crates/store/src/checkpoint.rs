//! The states of the register that were signed, and what its witnesses signed beside.

use diesel::{ExpressionMethods, OptionalExtension, QueryDsl, RunQueryDsl};
use jiff::Timestamp;

use crate::{
    column::Instant,
    db::Conn,
    error::Result,
    leaf::column,
    schema::{checkpoint, cosignature},
};

/// One signed state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// Entries in the tree.
    pub size: u64,
    /// When it was signed.
    pub at: Timestamp,
    /// The signed note.
    pub note: String,
}

/// What a witness signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cosignature {
    /// The witness's public key.
    pub signer: String,
    /// The line of the note, with its newline.
    pub line: String,
    /// When the witness signed, as it says.
    pub at: Timestamp,
}

fn read((size, at, note): (i64, Instant, String)) -> Checkpoint {
    Checkpoint { size: u64::try_from(size).unwrap_or_default(), at: at.timestamp(), note }
}

/// Stores a signed state. Its size must be a new one.
pub fn insert(c: &mut Conn, value: &Checkpoint) -> Result<()> {
    diesel::insert_into(checkpoint::table)
        .values((
            checkpoint::size.eq(column(value.size)),
            checkpoint::at.eq(Instant::from(value.at)),
            checkpoint::note.eq(&value.note),
        ))
        .execute(c)?;
    Ok(())
}

/// The newest state.
pub fn newest(c: &mut Conn) -> Result<Option<Checkpoint>> {
    let row = checkpoint::table
        .order(checkpoint::size.desc())
        .select((checkpoint::size, checkpoint::at, checkpoint::note))
        .first(c)
        .optional()?;
    Ok(row.map(read))
}

/// The state of a size, if that was signed.
pub fn get(c: &mut Conn, size: u64) -> Result<Option<Checkpoint>> {
    let row = checkpoint::table
        .filter(checkpoint::size.eq(column(size)))
        .select((checkpoint::size, checkpoint::at, checkpoint::note))
        .first(c)
        .optional()?;
    Ok(row.map(read))
}

/// Keeps what a witness signed, in place of what it signed of this state before.
pub fn cosign(c: &mut Conn, size: u64, value: &Cosignature) -> Result<()> {
    let before = cosignature::table
        .filter(cosignature::size.eq(column(size)))
        .filter(cosignature::signer.eq(&value.signer));
    diesel::delete(before).execute(c)?;
    diesel::insert_into(cosignature::table)
        .values((
            cosignature::size.eq(column(size)),
            cosignature::signer.eq(&value.signer),
            cosignature::line.eq(&value.line),
            cosignature::at.eq(Instant::from(value.at)),
        ))
        .execute(c)?;
    Ok(())
}

/// What witnesses signed of one state, by key.
pub fn cosignatures(c: &mut Conn, size: u64) -> Result<Vec<Cosignature>> {
    let rows = cosignature::table
        .filter(cosignature::size.eq(column(size)))
        .order(cosignature::signer)
        .select((cosignature::signer, cosignature::line, cosignature::at))
        .load::<(String, String, Instant)>(c)?;
    let cosigned = |(signer, line, at): (String, String, Instant)| {
        let at = at.timestamp();
        Cosignature { signer, line, at }
    };
    Ok(rows.into_iter().map(cosigned).collect())
}

/// The sizes of states that a witness signed, largest first.
pub fn cosigned(c: &mut Conn, most: i64) -> Result<Vec<u64>> {
    let sizes: Vec<i64> = cosignature::table
        .order(cosignature::size.desc())
        .select(cosignature::size)
        .distinct()
        .limit(most)
        .load(c)?;
    Ok(sizes.into_iter().filter_map(|size| u64::try_from(size).ok()).collect())
}
