//! Word files (OOXML) of a text: written clean or with amendments as tracked changes, and read back
//! when a ministry has worked on one.
//!
//! Every paragraph carries a bookmark made of its unit's identifier and its language, so that it is known
//! again wherever it stands. What comes back is a list of wordings with who wrote what; it is never
//! merged, only proposed.

mod marks;
mod package;
mod read;
mod write;

use std::collections::BTreeSet;

use domain::{DeclarationId, Lang, UnitId, amendment::Operation};
use jiff::Timestamp;
use uuid::Uuid;

use crate::carrier::{Carrier, Labels};

pub use read::read;

/// An amendment, as it is shown in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The delegation that proposes it.
    pub author: String,
    /// When it was tabled.
    pub at: Timestamp,
    /// The language it is written in.
    pub lang: Lang,
    /// What it would do.
    pub operation: Operation,
    /// The same in words, for a comment, where tracked changes cannot show it.
    pub note: String,
}

/// A Word file to be written.
#[derive(Clone, Copy, Debug)]
pub struct Paper<'a> {
    /// The text.
    pub carrier: &'a Carrier,
    /// Its languages in this file: one, or several as columns.
    pub langs: &'a [Lang],
    /// Amendments to show; none for a clean file.
    pub marks: &'a [Mark],
    /// Words beside the text.
    pub labels: &'a Labels,
}

impl Paper<'_> {
    /// The file.
    pub fn docx(&self) -> Result<Vec<u8>, std::io::Error> {
        package::whole(self)
    }
}

/// A stretch of a paragraph that came back, and who inserted or deleted it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// The words.
    pub text: String,
    /// Who put them in; nobody if they were there.
    pub inserted: Option<String>,
    /// Who took them out; nobody if they still stand.
    pub deleted: Option<String>,
}

/// Which paragraph it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A unit of the text.
    Unit(UnitId),
    /// A rival wording of a unit, which stood in the file as a paragraph of its own.
    Rival(UnitId),
    /// A proposed unit, which stood in the file already.
    Proposed(UnitId),
    /// A new paragraph behind a unit, or at the beginning.
    After(Option<UnitId>),
}

/// What somebody wrote in the margin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// Who.
    pub author: String,
    /// What.
    pub text: String,
}

/// A paragraph that came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Returned {
    /// Which it is.
    pub place: Place,
    /// Its language.
    pub lang: Lang,
    /// Its words with everybody's changes.
    pub spans: Vec<Span>,
    /// Remarks beside it.
    pub remarks: Vec<Remark>,
}

impl Returned {
    /// The words as they were before anybody's tracked change.
    pub fn before(&self) -> String {
        self.with(|_| false)
    }

    /// The words with the changes of some of the authors.
    pub fn with(&self, accepts: impl Fn(&str) -> bool) -> String {
        let stands = |span: &&Span| {
            span.inserted.as_deref().is_none_or(&accepts)
                && !span.deleted.as_deref().is_some_and(&accepts)
        };
        self.spans.iter().filter(stands).map(|span| span.text.as_str()).collect()
    }

    /// Whoever changed something.
    pub fn authors(&self) -> BTreeSet<&str> {
        let inserted = self.spans.iter().filter_map(|span| span.inserted.as_deref());
        inserted.chain(self.spans.iter().filter_map(|span| span.deleted.as_deref())).collect()
    }
}

/// A file that came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// The text that it was written of; nothing if the file no longer says.
    pub text: Option<DeclarationId>,
    /// The hash of all languages at that time.
    pub seal: Option<String>,
    /// Its paragraphs in their order.
    pub paragraphs: Vec<Returned>,
}

/// The name of a paragraph's bookmark: Word allows forty letters, digits and underscores.
fn bookmark(place: Place, lang: Lang, rival: usize) -> Option<String> {
    let (letter, id) = match place {
        Place::Unit(id) => ("u".to_owned(), id),
        Place::Rival(id) => (format!("r{rival}_"), id),
        Place::Proposed(id) => ("n".to_owned(), id),
        Place::After(_) => return None,
    };
    Some(format!("{letter}{}_{lang}", id.0.simple()))
}

/// The paragraph that a bookmark names.
fn named(name: &str) -> Option<(Place, Lang)> {
    let (rest, lang) = name.rsplit_once('_')?;
    let lang: Lang = Lang::ALL.into_iter().find(|known| known.code() == lang)?;
    let id = |text: &str| Uuid::try_parse(text).ok().map(UnitId);
    let place = match rest.split_at_checked(1)? {
        ("u", text) => Place::Unit(id(text)?),
        ("n", text) => Place::Proposed(id(text)?),
        ("r", text) => Place::Rival(id(text.split_once('_')?.1)?),
        _ => return None,
    };
    Some((place, lang))
}

/// The property under which a file keeps the text's identifier.
const TEXT: &str = "CaravanseraiText";
/// The property under which it keeps the hash of all languages.
const SEAL: &str = "CaravanseraiSeal";

#[cfg(test)]
mod tests;
