//! Rows of editions.

use domain::{SeriesId, edition::Series};

use crate::noun::noun;

noun!(series, SeriesId, Series, [], by []);
