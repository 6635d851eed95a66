//! Ties between two cities.

use domain::{
    CityId, TieId,
    city::{City, Tie},
};

use crate::{noun::noun, schema::city};

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

/// The ties of one city, each with the city at its other end.
pub fn with_partners(c: &mut Conn, id: CityId) -> Result<Vec<(Tie, City)>> {
    use diesel::{BoolExpressionMethods, JoinOnDsl};
    let either = city::id.eq(tie::a_id).or(city::id.eq(tie::b_id));
    let rows = tie::table
        .inner_join(city::table.on(either))
        .filter(tie::a_id.eq(Col(id)).or(tie::b_id.eq(Col(id))))
        .filter(city::id.ne(Col(id)))
        .order(tie::id)
        .select((tie::doc, city::doc))
        .load::<(Json<Tie>, Json<City>)>(c)?;
    Ok(rows.into_iter().map(|(Json(tie), Json(city))| (tie, city)).collect())
}
