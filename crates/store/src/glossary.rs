//! Agreed terms, of a series or of the platform.

use diesel::BoolExpressionMethods;
use domain::{ConceptId, SeriesId, glossary::Entry};

use crate::noun::noun;

noun!(glossary, ConceptId, Entry, [series_id = |v: &Entry| v.series.map(Col)], by []);

/// The terms that count in a series: its own and those of the platform.
pub fn of_series(c: &mut Conn, series: SeriesId) -> Result<Vec<Versioned<Entry>>> {
    let rows = glossary::table
        .filter(glossary::series_id.is_null().or(glossary::series_id.eq(Col(series))))
        .order(glossary::id)
        .select((glossary::version, glossary::doc))
        .load::<(i32, Json<Entry>)>(c)?;
    Ok(rows.into_iter().map(versioned).collect())
}

/// Takes an entry away; the trail has what it said.
pub fn remove(c: &mut Conn, id: ConceptId) -> Result<()> {
    let gone = diesel::delete(glossary::table.filter(glossary::id.eq(Col(id)))).execute(c)?;
    if gone == 1 { Ok(()) } else { Err(Error::Missing) }
}
