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

/// Every city with its folded names, in the order of making.
pub fn register(c: &mut Conn) -> Result<Vec<(String, City)>> {
    let rows = city::table
        .order(city::id)
        .select((city::search, city::doc))
        .load::<(String, Json<City>)>(c)?;
    Ok(rows.into_iter().map(|(search, Json(city))| (search, city)).collect())
}
