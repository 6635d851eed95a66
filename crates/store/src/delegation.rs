//! Delegations.

use domain::{
    CityId, DelegationId, EditionId, SeriesId,
    access::Place,
    delegation::{Delegation, Party},
};

use crate::{noun::noun, schema::edition};

noun!(
    delegation, DelegationId, Delegation,
    [
        edition_id = |v: &Delegation| Col(v.edition),
        city_id = city_of,
        body_id = body_of,
    ],
    by [of_edition(edition_id: EditionId)]
);

fn city_of(delegation: &Delegation) -> Option<Col<CityId>> {
    match delegation.party {
        Party::City(id) => Some(Col(id)),
        Party::Body(_) => None,
    }
}

fn body_of(delegation: &Delegation) -> Option<Col<domain::BodyId>> {
    match delegation.party {
        Party::Body(id) => Some(Col(id)),
        Party::City(_) => None,
    }
}

/// Where a city takes part: its delegations, and their places in the access table.
pub fn places_of_city(c: &mut Conn, city: CityId) -> Result<Vec<(DelegationId, Place)>> {
    use diesel::JoinOnDsl;
    let rows = delegation::table
        .inner_join(edition::table.on(edition::id.eq(delegation::edition_id)))
        .filter(delegation::city_id.eq(Col(city)))
        .order(delegation::id)
        .select((delegation::id, edition::series_id, edition::id))
        .load::<(Col<DelegationId>, Col<SeriesId>, Col<EditionId>)>(c)?;
    let place = |(Col(id), Col(series), Col(edition))| (id, Place::Edition(series, edition));
    Ok(rows.into_iter().map(place).collect())
}
