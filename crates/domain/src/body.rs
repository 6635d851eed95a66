//! An organisation that takes part without being a city: an institute, an embassy, a media house.

use serde::{Deserialize, Serialize};

use crate::{BodyId, Text, city::Origin};

/// An organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Body {
    /// Its identifier.
    pub id: BodyId,
    /// Its name, per language as it states it.
    pub name: Text,
    /// Whether the record is a fact or part of a demonstration.
    pub origin: Origin,
}
