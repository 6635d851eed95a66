//! Earlier translations, of a series or of the platform.

use diesel::BoolExpressionMethods;
use domain::{SegmentId, SeriesId, memory::Remembered};

use crate::noun::noun;

noun!(memory, SegmentId, Remembered, [series_id = |v: &Remembered| v.series.map(Col)], by []);

/// The translations that help in a series: its own and those of the platform.
pub fn of_series(c: &mut Conn, series: SeriesId) -> Result<Vec<Remembered>> {
    let rows = memory::table
        .filter(memory::series_id.is_null().or(memory::series_id.eq(Col(series))))
        .order(memory::id)
        .select(memory::doc)
        .load::<Json<Remembered>>(c)?;
    Ok(rows.into_iter().map(|Json(value)| value).collect())
}

/// How many there are in a series or on the platform.
pub fn count(c: &mut Conn, series: SeriesId) -> Result<i64> {
    let mine = memory::series_id.is_null().or(memory::series_id.eq(Col(series)));
    Ok(memory::table.filter(mine).count().get_result(c)?)
}

/// Takes away those of a series.
pub fn clear(c: &mut Conn, series: SeriesId) -> Result<usize> {
    Ok(diesel::delete(memory::table.filter(memory::series_id.eq(Col(series)))).execute(c)?)
}
