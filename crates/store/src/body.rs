//! Organisations that are not cities.

use domain::{BodyId, body::Body};

use crate::noun::noun;

noun!(body, BodyId, Body, [], by []);
