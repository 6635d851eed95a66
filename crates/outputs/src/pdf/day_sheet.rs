//! Working sheets on A4: a hall's day, the journeys of a day, what has changed since a release.

use jiff::Timestamp;
use serde::Serialize;

use super::{Fonts, PdfError, Said};

const TEMPLATE: &str = include_str!("../../templates/day_sheet.typ");

/// A working sheet. Every word is in the sheet's language or says in which it is.
#[derive(Clone, Debug, Serialize)]
pub struct DaySheet {
    /// The sheet's language, as a two-letter code.
    pub lang: &'static str,
    /// The document's title.
    pub title: String,
    /// Whether it was made for the exercise.
    pub exercise: bool,
    /// The foot of every page: which release, of when.
    pub footer: String,
    /// The edition.
    pub edition: Said,
    /// Whether each part is for other hands and begins a page with its own head.
    pub apart: bool,
    /// Its parts; at least one.
    pub parts: Vec<Part>,
    /// What is said of a part without lines.
    pub none: String,
}

/// A part of a sheet.
#[derive(Clone, Debug, Serialize)]
pub struct Part {
    /// What it is about: a hall, a delegation, the edition.
    pub subject: Said,
    /// A heading above its lines, such as a day; may be empty.
    pub heading: String,
    /// Its lines, by time.
    pub lines: Vec<Row>,
}

/// One line.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    /// When.
    pub time: String,
    /// What.
    pub title: Said,
    /// A word beside it, such as what kind of change it is; may be empty.
    pub mark: String,
    /// What else has to be known; empty ones are left out.
    pub facts: Vec<Said>,
}

impl DaySheet {
    /// The sheet as a PDF, dated `at`.
    pub fn pdf(&self, fonts: &Fonts, at: Timestamp) -> Result<Vec<u8>, PdfError> {
        super::print(TEMPLATE, self, fonts, at)
    }
}
