//! Values to bytes: every file that leaves the house, as pure functions (fonts are read once).

pub mod akn;
pub mod answer;
pub mod archive;
pub mod carrier;
pub mod docx;
pub mod html;
pub mod ics;
pub mod map;
pub mod pdf;
pub mod sheet;
pub mod tbx;
pub mod tmx;
pub mod workbook;
mod xml;
