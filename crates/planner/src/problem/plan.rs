//! A plan: where, when and with which interpreters each placed activity takes place.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::problem::{
    id::{ActivityId, HallId, InterpreterId},
    spec::Slot,
};

/// The place of one activity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placement {
    /// First slot.
    pub start: Slot,
    /// Hall.
    pub hall: HallId,
    /// Interpreters, sorted.
    #[serde(default)]
    pub interpreters: Vec<InterpreterId>,
}

/// What is placed; an activity that is not named is not placed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// By activity.
    pub activities: BTreeMap<ActivityId, Placement>,
}
