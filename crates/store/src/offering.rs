//! What cities offer and need.

use domain::{CityId, OfferingId, city::Offering};

use crate::noun::noun;

noun!(offering, OfferingId, Offering, [city_id = |v: &Offering| Col(v.city)], by [of_city(city_id: CityId)]);

/// Takes an offer or a need back, if `seen` is still its version; `false` when it is not.
pub fn delete(c: &mut Conn, id: OfferingId, seen: i32) -> Result<bool> {
    let row = offering::table.filter(offering::id.eq(Col(id))).filter(offering::version.eq(seen));
    Ok(diesel::delete(row).execute(c)? == 1)
}
