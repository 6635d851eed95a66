//! A text that was read from elsewhere and waits for a look: what is known of it beside its paragraphs.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{DeclarationId, Lang, PersonId, TextImportId, document::Alignment};

/// Days for which it waits.
pub const WAITS_DAYS: i64 = 7;

/// A text on its way in. Only whoever brought it looks at it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextImport {
    /// Its identifier.
    pub id: TextImportId,
    /// The text that it is to become a part of.
    pub declaration: DeclarationId,
    /// Who brought it.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
    /// The languages that it has, in the order of the text.
    pub langs: Vec<Lang>,
    /// How many paragraphs it has.
    pub paragraphs: usize,
    /// How many of them a language lacks.
    pub apart: usize,
    /// By what documents were laid side by side; nothing for plain texts.
    pub alignment: Option<Alignment>,
}

impl TextImport {
    /// The instant before which those were brought that have waited long enough.
    pub fn over(now: Timestamp) -> Timestamp {
        now - SignedDuration::from_hours(24 * WAITS_DAYS)
    }
}
