//! Values to bytes: every file that leaves the house, as pure functions (fonts are read once).

pub mod ics;
pub mod map;
pub mod pdf;
pub mod sheet;
pub mod workbook;
