//! Cities of the register.

use domain::{CityId, city::City};

use crate::noun::noun;

noun!(
    city, CityId, City,
    [
        geonames = |v: &City| v.geonames,
        iso2 = |v: &City| v.iso2.clone(),
        search = search_words,
    ],
    by []
);

/// Every name a city may be asked for, folded.
fn search_words(city: &City) -> String {
    let local = city.local.as_ref().map_or("", |(_, name)| name.as_str());
    domain::search::fold(&format!("{} {local}", city.name.words()))
}

/// The city with a `GeoNames` number.
pub fn of_geonames(c: &mut Conn, number: i64) -> Result<Option<Versioned<City>>> {
    let row = city::table
        .filter(city::geonames.eq(number))
        .select((city::version, city::doc))
        .first::<(i32, Json<City>)>(c)
        .optional()?;
    Ok(row.map(versioned))
}
