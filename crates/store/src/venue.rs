//! Sites.

use domain::{EditionId, VenueId, venue::Venue};

use crate::noun::noun;

noun!(
    venue, VenueId, Venue,
    [edition_id = |v: &Venue| Col(v.edition)],
    by [of_edition(edition_id: EditionId)]
);
