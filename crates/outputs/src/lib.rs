//! Values to bytes: every file that leaves the house, as pure functions.

pub mod map;
pub mod sheet;
