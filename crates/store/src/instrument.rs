//! Instruments.

use domain::{
    CityId, EditionId, InstrumentId,
    dossier::Dossier,
    instrument::{Instrument, Words},
};

use crate::{noun::noun, schema::city};

/// A city of a tie, by the place of its party.
fn end(v: &Instrument, at: usize) -> Option<Col<CityId>> {
    v.kind.tie()?;
    v.parties.get(at)?.city.map(Col)
}

noun!(
    instrument, InstrumentId, Instrument,
    [
        edition_id = |v: &Instrument| Col(v.edition),
        a_id = |v: &Instrument| end(v, 0),
        b_id = |v: &Instrument| end(v, 1),
    ],
    by [of_edition(edition_id: EditionId)]
);

/// The instruments by which a city has ties, each with the city at the other end, whatever their stage.
pub fn of_city(c: &mut Conn, id: CityId) -> Result<Vec<(Instrument, domain::city::City)>> {
    use diesel::{BoolExpressionMethods, JoinOnDsl, NullableExpressionMethods};
    let either =
        city::id.nullable().eq(instrument::a_id).or(city::id.nullable().eq(instrument::b_id));
    let rows = instrument::table
        .inner_join(city::table.on(either))
        .filter(instrument::a_id.eq(Col(id)).or(instrument::b_id.eq(Col(id))))
        .filter(city::id.ne(Col(id)))
        .order(instrument::id)
        .select((instrument::doc, city::doc))
        .load::<(Json<Instrument>, Json<domain::city::City>)>(c)?;
    Ok(rows.into_iter().map(|(Json(instrument), Json(city))| (instrument, city)).collect())
}

/// The text of an instrument follows it: it has the same parties, and while it is the final words nobody
/// changes it.
pub fn hold_text(c: &mut Conn, one: &Instrument) -> Result<()> {
    let Words::Dossier(id) = one.words else { return Ok(()) };
    let found = crate::dossier::need(c, id)?;
    let parties = one.parties.iter().filter_map(|party| party.delegation).collect();
    let settled = one.stage.seal().map(|_| one.id);
    let dossier = Dossier { parties, settled, ..found.value.clone() };
    if dossier != found.value {
        crate::dossier::save(c, &dossier, found.version)?;
    }
    Ok(())
}

/// The same of all, for a database in which final words were not held yet.
pub(crate) fn hold_texts(c: &mut Conn) -> Result<()> {
    all(c)?.iter().try_for_each(|one| hold_text(c, &one.value))
}
