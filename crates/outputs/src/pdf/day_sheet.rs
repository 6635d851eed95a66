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
    /// The head and foot of an official paper, when it is one.
    pub official: Option<Official>,
}

/// What makes a sheet an official paper.
#[derive(Clone, Debug, Serialize)]
pub struct Official {
    /// Whose paper it is: the lines of its head and of its signature.
    pub letterhead: Vec<Said>,
    /// Its number.
    pub reference: String,
    /// Its day.
    pub date: String,
    /// What stands before the line for the signature.
    pub signature: String,
}

/// A part of a sheet.
#[derive(Clone, Debug, Serialize)]
pub struct Part {
    /// What it is about: a hall, a delegation, the edition.
    pub subject: Said,
    /// A heading above its lines, such as a day; may be empty.
    pub heading: String,
    /// What is to be filled in by hand above its lines.
    pub blanks: Vec<String>,
    /// Its lines, by time.
    pub lines: Vec<Row>,
}

impl Part {
    /// A part of lines alone.
    pub fn new(subject: Said, heading: impl Into<String>, lines: Vec<Row>) -> Self {
        Self { subject, heading: heading.into(), blanks: Vec::new(), lines }
    }
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
    /// What must not be overlooked, each on a line of its own; empty ones are left out.
    pub strong: Vec<Said>,
    /// What has to be known, each on a line of its own; empty ones are left out.
    pub notes: Vec<Said>,
    /// What else has to be known, in a row; empty ones are left out.
    pub facts: Vec<Said>,
    /// What is to be filled in by hand.
    pub blanks: Vec<String>,
    /// Whether it does not take place any more, or not here.
    pub gone: bool,
}

impl Row {
    /// A line with its time and title alone.
    pub fn new(time: impl Into<String>, title: Said) -> Self {
        Self {
            time: time.into(),
            title,
            mark: String::new(),
            strong: Vec::new(),
            notes: Vec::new(),
            facts: Vec::new(),
            blanks: Vec::new(),
            gone: false,
        }
    }
}

impl DaySheet {
    /// The sheet as a PDF, dated `at`.
    pub fn pdf(&self, fonts: &Fonts, at: Timestamp) -> Result<Vec<u8>, PdfError> {
        super::print(TEMPLATE, self, fonts, at)
    }
}
