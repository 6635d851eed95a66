//! Ties between two cities.

use domain::{CityId, TieId, city::Tie};

use crate::noun::noun;

noun!(
    tie, TieId, Tie,
    [a_id = |v: &Tie| Col(v.a), b_id = |v: &Tie| Col(v.b)],
    by []
);

/// The ties of one city, whichever end it stands at.
pub fn of_city(c: &mut Conn, id: CityId) -> Result<Vec<Tie>> {
    use diesel::BoolExpressionMethods;
    let rows = tie::table
        .filter(tie::a_id.eq(Col(id)).or(tie::b_id.eq(Col(id))))
        .order(tie::id)
        .select(tie::doc)
        .load::<Json<Tie>>(c)?;
    Ok(rows.into_iter().map(|Json(tie)| tie).collect())
}
