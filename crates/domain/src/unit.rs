//! One paragraph of a text in all its languages, and whether they still say the same.
//!
//! Substance is counted in *turns*: whoever changes the substance in one language begins the unit's next
//! turn, and every other language is stale until it follows into that turn. So "stale" is computed from
//! two numbers and cannot be forgotten.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{Lang, PersonId, UnitId, coded};

/// A SHA-256 hash of canonical text, in hex.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Seal(String);

impl Seal {
    /// The hash of a text.
    pub fn of(text: &str) -> Self {
        Seal::of_bytes(text.as_bytes())
    }

    /// The hash of a file.
    pub fn of_bytes(bytes: &[u8]) -> Self {
        let hash = Sha256::digest(bytes);
        let digits = hash.iter().flat_map(|byte| [byte >> 4, byte & 15]);
        Seal(digits.filter_map(|digit| char::from_digit(digit.into(), 16)).collect())
    }

    /// The 64 hexadecimal digits, as `sha256sum` prints them.
    pub fn hex(&self) -> &str {
        &self.0
    }
}

coded! {
    /// What a unit is in the text.
    pub enum UnitKind {
        /// The title of the whole.
        Title = "title",
        /// A recital: whereas, recalling.
        Preambular = "preambular",
        /// A heading.
        Heading = "heading",
        /// What is decided, undertaken or called for.
        Operative = "operative",
        /// A part of an annex.
        Annex = "annex",
    }
}

coded! {
    /// What a new wording does to the other languages.
    pub enum Manner {
        /// It changes the substance: the others become stale.
        Leads = "leads",
        /// It brings this language in line with the current substance.
        Follows = "follows",
        /// A machine's attempt to do so.
        Machine = "machine",
        /// It corrects the writing and not the substance; two people say so.
        Editorial = "editorial",
    }
}

coded! {
    /// Where a unit stands in one language.
    pub enum CellState {
        /// There is no wording yet.
        Missing = "missing",
        /// A machine wrote it, nobody has checked it.
        MachineDraft = "machine-draft",
        /// Somebody is at work on it.
        InWork = "in-work",
        /// The substance changed elsewhere since.
        Stale = "stale",
        /// Offered to the language officer as complete.
        Revised = "revised",
        /// A language officer, who did not write it, signed that it says the same.
        Concordant = "concordant",
    }
}

/// One wording in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wording {
    /// The words.
    pub text: String,
    /// Who wrote them.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
    /// What it did to the other languages.
    pub manner: Manner,
    /// Which turn of the unit's substance it says.
    pub turn: u32,
}

/// How far the last wording has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// A machine's draft.
    Machine,
    /// In work.
    Work,
    /// Offered for concordance.
    Offered,
    /// Signed by a language officer.
    Concordant {
        /// Who signed.
        by: PersonId,
        /// When.
        at: Timestamp,
    },
}

/// All wordings of a unit in one language, oldest first; never empty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chain {
    /// The wordings.
    pub wordings: Vec<Wording>,
    /// How far the last one has come.
    pub stage: Stage,
}

impl Chain {
    /// The last wording.
    pub fn last(&self) -> Option<&Wording> {
        self.wordings.last()
    }
}

/// A unit with its languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// Stays the same for ever, whatever number is printed.
    pub id: UnitId,
    /// What it is.
    pub kind: UnitKind,
    /// How often the substance changed; 0 before the first wording.
    pub turn: u32,
    /// The wordings by language.
    pub chains: BTreeMap<Lang, Chain>,
    /// The units that it came from by splitting or merging.
    pub from: Vec<UnitId>,
}

impl Unit {
    /// A unit without words.
    pub fn new(id: UnitId, kind: UnitKind) -> Self {
        Unit { id, kind, turn: 0, chains: BTreeMap::new(), from: Vec::new() }
    }

    /// The last wording in a language.
    pub fn wording(&self, lang: Lang) -> Option<&Wording> {
        self.chains.get(&lang).and_then(Chain::last)
    }

    /// The last words in a language; empty if there are none.
    pub fn text(&self, lang: Lang) -> &str {
        self.wording(lang).map_or("", |wording| &wording.text)
    }

    /// The hash of what stands in a language now, to which a change refers.
    pub fn seal(&self, lang: Lang) -> Seal {
        self.seal_of(lang, self.text(lang))
    }

    /// The hash of other words in this place.
    pub fn seal_of(&self, lang: Lang, text: &str) -> Seal {
        Seal::of(&format!("{}\n{}\n{lang}\n{text}", self.id, self.kind))
    }

    /// Where the unit stands in a language.
    pub fn state(&self, lang: Lang) -> CellState {
        let Some(chain) = self.chains.get(&lang) else { return CellState::Missing };
        let stale = chain.last().is_none_or(|last| last.turn < self.turn);
        match chain.stage {
            _ if stale => CellState::Stale,
            Stage::Machine => CellState::MachineDraft,
            Stage::Work => CellState::InWork,
            Stage::Offered => CellState::Revised,
            Stage::Concordant { .. } => CellState::Concordant,
        }
    }

    /// What changed in substance since a language was last in line: for every other language that led
    /// since then, its words before and now. This is what a language officer must look at.
    pub fn source_changes(&self, lang: Lang) -> Vec<(Lang, &str, &str)> {
        let seen = self.wording(lang).map_or(0, |wording| wording.turn);
        let changed = |(other, chain): (&Lang, &'_ Chain)| {
            let led = chain.wordings.iter().any(|w| w.manner == Manner::Leads && w.turn > seen);
            (led && *other != lang).then_some(*other)
        };
        let before = |other: Lang| {
            let chain = self.chains.get(&other)?;
            chain.wordings.iter().rfind(|w| w.turn <= seen).map(|w| w.text.as_str())
        };
        let langs = self.chains.iter().filter_map(changed);
        langs.map(|other| (other, before(other).unwrap_or_default(), self.text(other))).collect()
    }

    /// Whether this person wrote in this language what stands there, or a part of it, in this turn.
    pub fn wrote(&self, lang: Lang, person: PersonId) -> bool {
        let Some(chain) = self.chains.get(&lang) else { return false };
        chain.wordings.iter().any(|w| w.by == person && w.turn == self.turn)
    }

    /// What was signed against other words of this language must be signed again.
    pub(crate) fn withdraw_concordance(&mut self, changed: Lang) {
        for (_, chain) in self.chains.iter_mut().filter(|(lang, _)| **lang != changed) {
            if matches!(chain.stage, Stage::Concordant { .. }) {
                chain.stage = Stage::Offered;
            }
        }
    }

    /// Puts a wording at the end of a chain.
    pub(crate) fn push(&mut self, lang: Lang, wording: Wording, stage: Stage) {
        let chain = self.chains.entry(lang);
        let chain = chain.or_insert_with(|| Chain { wordings: Vec::new(), stage });
        chain.stage = stage;
        chain.wordings.push(wording);
    }
}
