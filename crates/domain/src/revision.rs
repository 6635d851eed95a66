//! A value and how often it was changed: whoever saves names the version that they saw.

use serde::{Deserialize, Serialize};

/// A stored value with its version, counted from 1.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Versioned<T> {
    /// The value.
    pub value: T,
    /// Goes up by one with every change.
    pub version: i32,
}

/// What became of a save.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Saved<T> {
    /// It is stored under this version.
    Stored(i32),
    /// Somebody else saved in between; this is what stands now. Nothing was stored.
    Moved(Versioned<T>),
}
