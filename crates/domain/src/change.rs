//! Every change that a text can undergo.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    Lang, PersonId, UnitId,
    unit::{Manner, Seal, UnitKind},
};

/// A change of the text. With the place it was made on, so that nobody writes over what they never saw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "change")]
pub enum Change {
    /// A unit without words comes in.
    Added {
        /// Its identifier, never used before.
        unit: UnitId,
        /// What it is.
        kind: UnitKind,
        /// The unit before it; nothing for the beginning.
        after: Option<UnitId>,
    },
    /// A unit goes out; its wordings are kept.
    Removed {
        /// Which.
        unit: UnitId,
    },
    /// A unit that went out comes back with its wordings; whether all agree on it is asked anew. If it went
    /// out by merging, that is undone: the unit that took it in has its former words again.
    Restored {
        /// Which.
        unit: UnitId,
        /// The unit before it; nothing for the beginning.
        after: Option<UnitId>,
    },
    /// A unit moves.
    Shifted {
        /// Which.
        unit: UnitId,
        /// The unit before its new place; nothing for the beginning.
        after: Option<UnitId>,
    },
    /// A wording in one language.
    Wrote {
        /// Which unit.
        unit: UnitId,
        /// In which language.
        lang: Lang,
        /// The words.
        text: String,
        /// What it does to the other languages.
        manner: Manner,
        /// What stood there when it was written.
        base: Seal,
        /// The turn of the unit that its writer saw.
        turn: u32,
        /// Who wrote it.
        by: PersonId,
        /// Who else vouches that it is editorial only.
        second: Option<PersonId>,
        /// When.
        at: Timestamp,
    },
    /// A wording is complete and waits for the language officer.
    Offered {
        /// Which unit.
        unit: UnitId,
        /// In which language.
        lang: Lang,
    },
    /// A language officer signs that a wording says what the other authentic ones say.
    Concorded {
        /// Which unit.
        unit: UnitId,
        /// In which language.
        lang: Lang,
        /// What the officer read.
        base: Seal,
        /// Who.
        by: PersonId,
        /// When.
        at: Timestamp,
    },
    /// A unit becomes two. Other languages keep all their words in the first and are stale.
    Split {
        /// Which unit.
        unit: UnitId,
        /// The new one, right behind it.
        new: UnitId,
        /// In which language.
        lang: Lang,
        /// What stood there.
        base: Seal,
        /// The words of both; together those of before.
        parts: (String, String),
        /// Who.
        by: PersonId,
        /// When.
        at: Timestamp,
    },
    /// A unit takes in the one behind it, in all languages.
    Merged {
        /// The unit that stays.
        unit: UnitId,
        /// The unit behind it that goes out.
        next: UnitId,
        /// Who.
        by: PersonId,
        /// When.
        at: Timestamp,
    },
}
