//! The table of a day's journeys for whoever sends the cars: several delegations on a page, by time, with
//! room for car and driver.

use jiff::Timestamp;
use serde::Serialize;

use super::{Fonts, PdfError, Said};

const TEMPLATE: &str = include_str!("../../templates/dispatch.typ");

/// The table. Every word is in the sheet's language or says in which it is.
#[derive(Clone, Debug, Serialize)]
pub struct Dispatch {
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
    /// For whom the table is.
    pub lead: String,
    /// The heads of the columns: time, delegation, way, car and driver.
    pub headings: [String; 4],
    /// Its lines, by time.
    pub lines: Vec<Ride>,
    /// What is said when there are none.
    pub none: String,
}

/// One journey.
#[derive(Clone, Debug, Serialize)]
pub struct Ride {
    /// When.
    pub time: String,
    /// Whose.
    pub delegation: Said,
    /// From where.
    pub from: Said,
    /// To where.
    pub to: Said,
    /// What has to be known of it.
    pub facts: Vec<Said>,
}

impl Dispatch {
    /// The table as a PDF, dated `at`.
    pub fn pdf(&self, fonts: &Fonts, at: Timestamp) -> Result<Vec<u8>, PdfError> {
        super::print(TEMPLATE, self, fonts, at)
    }
}
