//! Editions.

use domain::{EditionId, edition::Edition};

use crate::noun::noun;

noun!(
    edition, EditionId, Edition,
    [series_id = |v: &Edition| Col(v.series), host_id = |v: &Edition| Col(v.host)],
    by []
);
