//! What cities offer and need.

use domain::{CityId, OfferingId, city::Offering};

use crate::noun::noun;

noun!(offering, OfferingId, Offering, [city_id = |v: &Offering| Col(v.city)], by [of_city(city_id: CityId)]);
