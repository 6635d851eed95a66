//! Halls.

use domain::{EditionId, HallId, venue::Hall};

use crate::noun::noun;

noun!(
    hall, HallId, Hall,
    [edition_id = |v: &Hall| Col(v.edition), venue_id = |v: &Hall| Col(v.venue)],
    by [of_edition(edition_id: EditionId)]
);
