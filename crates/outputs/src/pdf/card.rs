//! The day card: one delegation's day on a sheet of A5, for a pocket.

use jiff::Timestamp;
use serde::Serialize;

use super::{Fonts, PdfError, Said};

const TEMPLATE: &str = include_str!("../../templates/card.typ");

/// A day card. Every word is in the card's language or says in which it is.
#[derive(Clone, Debug, Serialize)]
pub struct Card {
    /// The card's language, as a two-letter code.
    pub lang: &'static str,
    /// The document's title.
    pub title: String,
    /// Whether it was made for the exercise.
    pub exercise: bool,
    /// The foot of every page: which release, of when.
    pub footer: String,
    /// The edition.
    pub edition: Said,
    /// The delegation.
    pub delegation: Said,
    /// Its leader, when filed: name and office as stated.
    pub leader: Option<(Said, Said)>,
    /// The day.
    pub day: String,
    /// Its lines, by time.
    pub lines: Vec<Line>,
    /// What is said when there are none.
    pub none: String,
}

/// One activity.
#[derive(Clone, Debug, Serialize)]
pub struct Line {
    /// From and until.
    pub time: String,
    /// What: a title, or the other side of a bilateral.
    pub title: Said,
    /// What kind; may be empty.
    pub kind: String,
    /// The hall and the site, where it has one.
    pub place: Vec<Said>,
    /// Languages, in the words of the sheet's language.
    pub languages: String,
    /// What else has to be known, each on a line of its own.
    pub notes: Vec<Said>,
    /// Whether it is there to be known and not to be attended.
    pub quiet: bool,
}

impl Card {
    /// The card as a PDF, dated `at`.
    pub fn pdf(&self, fonts: &Fonts, at: Timestamp) -> Result<Vec<u8>, PdfError> {
        super::print(TEMPLATE, self, fonts, at)
    }
}
