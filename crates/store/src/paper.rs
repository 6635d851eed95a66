//! Documents filed beside instruments. Their bytes stand in parts, so that neither a row nor a line of a
//! copy is as long as a file.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use domain::{InstrumentId, PaperId, paper::Paper};

use crate::{noun::noun, schema::paper_part};

/// Bytes in one part.
const PART: usize = 48 * 1024;

noun!(
    paper, PaperId, Paper,
    [instrument_id = |v: &Paper| Col(v.instrument)],
    by [of_instrument(instrument_id: InstrumentId)]
);

/// Stores the bytes of a document that was just inserted.
pub fn fill(c: &mut Conn, id: PaperId, bytes: &[u8]) -> Result<()> {
    for (number, part) in (1_i32..).zip(bytes.chunks(PART)) {
        diesel::insert_into(paper_part::table)
            .values((
                paper_part::paper_id.eq(Col(id)),
                paper_part::number.eq(number),
                paper_part::data.eq(STANDARD.encode(part)),
            ))
            .execute(c)?;
    }
    Ok(())
}

/// The bytes of a document.
pub fn bytes(c: &mut Conn, id: PaperId) -> Result<Vec<u8>> {
    let parts = paper_part::table
        .filter(paper_part::paper_id.eq(Col(id)))
        .order(paper_part::number)
        .select(paper_part::data)
        .load::<String>(c)?;
    let mut bytes = Vec::new();
    for part in parts {
        let part =
            STANDARD.decode(part).map_err(|e| Error::Unusable(format!("paper {id}: {e}")))?;
        bytes.extend(part);
    }
    Ok(bytes)
}
