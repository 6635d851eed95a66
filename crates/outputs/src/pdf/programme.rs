//! The printed programme: days and sessions, and for participants the delegations in the declared
//! order with their leaders' titles as stated.

use jiff::Timestamp;
use serde::Serialize;

use super::{Fonts, PdfError, Said, card::Line};

const TEMPLATE: &str = include_str!("../../templates/programme.typ");

/// A programme. Every word is in its language or says in which it is.
#[derive(Clone, Debug, Serialize)]
pub struct Programme {
    /// The language, as a two-letter code.
    pub lang: &'static str,
    /// The document's title.
    pub title: String,
    /// Whether it was made for the exercise.
    pub exercise: bool,
    /// The foot of every page: which release, of when.
    pub footer: String,
    /// The initiators, line by line.
    pub letterhead: Vec<Said>,
    /// The edition.
    pub edition: Said,
    /// From when until when.
    pub span: String,
    /// In which zone its times are told.
    pub zone: String,
    /// The days.
    pub days: Vec<Day>,
    /// The delegations, for participants; empty for the public.
    pub delegations: Vec<Party>,
    /// Headings of the list of delegations: title, delegation, leader, office.
    pub headings: [String; 4],
}

/// One day.
#[derive(Clone, Debug, Serialize)]
pub struct Day {
    /// Its date.
    pub day: String,
    /// Its lines, by time.
    pub lines: Vec<Line>,
}

/// A delegation in the declared order.
#[derive(Clone, Debug, Serialize)]
pub struct Party {
    /// Its place in the order, from 1.
    pub place: usize,
    /// Its name.
    pub name: Said,
    /// Its leader, when filed: name and office as stated.
    pub leader: Option<(Said, Said)>,
}

impl Programme {
    /// The programme as a PDF, dated `at`.
    pub fn pdf(&self, fonts: &Fonts, at: Timestamp) -> Result<Vec<u8>, PdfError> {
        super::print(TEMPLATE, self, fonts, at)
    }
}
