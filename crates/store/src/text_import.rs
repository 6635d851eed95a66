//! Texts that wait for a look before they are taken in, paragraph by paragraph.

use std::ops::RangeInclusive;

use domain::{
    DeclarationId, TextImportId, document::Paragraph, paragraph::Row, text_import::TextImport,
    unit::UnitKind,
};
use jiff::Timestamp;
use serde_json::json;

use crate::{noun::noun, schema::text_import_row as row};

noun!(
    text_import, TextImportId, TextImport,
    [
        dossier_id = |v: &TextImport| Col(v.declaration),
        person_id = |v: &TextImport| Col(v.by),
        at = |v: &TextImport| v.at.as_microsecond(),
    ],
    by [of_dossier(dossier_id: DeclarationId)]
);

/// Stores the paragraphs of an import that was just inserted.
pub fn fill(c: &mut Conn, import: &TextImport, paragraphs: &[Paragraph]) -> Result<()> {
    let mut rows = Vec::new();
    for (number, paragraph) in (1_usize..).zip(paragraphs) {
        let apart = i32::from(paragraph.words.len() < import.langs.len());
        let doc = serde_json::to_string(&paragraph.words)?;
        rows.push(json!({
            "import_id": import.id, "number": number, "kind": paragraph.kind, "apart": apart, "doc": doc,
        }));
    }
    crate::backup::insert(c, "text_import_row", rows)
}

type Line = (i32, Col<UnitKind>, Json<Row>);

fn numbered((number, Col(kind), Json(words)): Line) -> (usize, Paragraph) {
    (usize::try_from(number).unwrap_or_default(), Paragraph { kind, words })
}

/// So many paragraphs behind the first `from`, with their numbers from 1: all, or those apart.
pub fn page(
    c: &mut Conn,
    import: TextImportId,
    apart: bool,
    (from, most): (usize, usize),
) -> Result<Vec<(usize, Paragraph)>> {
    let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let rows = row::table
        .filter(row::import_id.eq(Col(import)))
        .filter(row::apart.ge(i32::from(apart)))
        .order(row::number)
        .offset(number(from))
        .limit(number(most))
        .select((row::number, row::kind, row::doc))
        .load::<Line>(c)?;
    Ok(rows.into_iter().map(numbered).collect())
}

/// All paragraphs of an import.
pub fn paragraphs(c: &mut Conn, import: TextImportId) -> Result<Vec<Paragraph>> {
    let rows = row::table
        .filter(row::import_id.eq(Col(import)))
        .order(row::number)
        .select((row::number, row::kind, row::doc))
        .load::<Line>(c)?;
    Ok(rows.into_iter().map(|line| numbered(line).1).collect())
}

/// Says of what kind the paragraphs with these numbers are.
pub fn say_kind(
    c: &mut Conn,
    import: TextImportId,
    numbers: &RangeInclusive<usize>,
    kind: UnitKind,
) -> Result<()> {
    let number = |n: &usize| i32::try_from(*n).unwrap_or(i32::MAX);
    let these = row::table
        .filter(row::import_id.eq(Col(import)))
        .filter(row::number.between(number(numbers.start()), number(numbers.end())));
    diesel::update(these).set(row::kind.eq(Col(kind))).execute(c)?;
    Ok(())
}

/// Takes an import away with its paragraphs: it was taken in, or given up.
pub fn remove(c: &mut Conn, import: TextImportId) -> Result<()> {
    diesel::delete(row::table.filter(row::import_id.eq(Col(import)))).execute(c)?;
    let gone = text_import::table.filter(text_import::id.eq(Col(import)));
    if diesel::delete(gone).execute(c)? == 1 { Ok(()) } else { Err(Error::Missing) }
}

/// Takes away what was brought before this instant; gives how many.
pub fn purge(c: &mut Conn, before: Timestamp) -> Result<usize> {
    let old = text_import::table.filter(text_import::at.lt(before.as_microsecond()));
    let ids = old.select(text_import::id).load::<Col<TextImportId>>(c)?;
    for Col(id) in &ids {
        remove(c, *id)?;
    }
    Ok(ids.len())
}
