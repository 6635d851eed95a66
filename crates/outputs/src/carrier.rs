//! A text on its way out: what every format of it is made of.
//!
//! The text and its procedure live in `domain`; a document that carries them has a symbol, a revision
//! and the hash of all languages on every page, and shows paragraphs with the numbers that delegates
//! hold in their hands.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    DeclarationId, Lang, Text, UnitId,
    declaration::Authority,
    dossier::Dossier,
    negotiation::Negotiation,
    numbering,
    procedure::Phase,
    unit::{CellState, Seal, UnitKind},
};
use jiff::Timestamp;
use serde::Serialize;

/// A text as it stands, ready to be written in any format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carrier {
    /// The text's identifier.
    pub id: DeclarationId,
    /// What it is called in lists.
    pub title: Text,
    /// The symbol on every page.
    pub symbol: String,
    /// The last printed revision; 0 is the zero draft.
    pub revision: u32,
    /// The hash of all languages.
    pub seal: Seal,
    /// Its languages.
    pub languages: BTreeMap<Lang, Authority>,
    /// Its paragraphs in their order.
    pub paragraphs: Vec<Paragraph>,
    /// What happened to it, in order of time: at least its opening.
    pub landmarks: Vec<(Landmark, Timestamp)>,
    /// Whether every page says that this is an exercise.
    pub exercise: bool,
}

/// Something that happened to a text as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Landmark {
    /// It was opened.
    Opened,
    /// The chair struck the gavel.
    Gavelled,
    /// A second person recorded the adoption.
    Adopted,
    /// A party signed.
    Signed,
}

/// A paragraph in all its languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// Stays the same for ever.
    pub id: UnitId,
    /// What it is.
    pub kind: UnitKind,
    /// Its printed number.
    pub number: Option<String>,
    /// Its words by language; a language without words is missing.
    pub words: BTreeMap<Lang, String>,
    /// The languages whose words lag behind the substance.
    pub stale: BTreeSet<Lang>,
}

impl Paragraph {
    /// Its words in a language; empty if there are none.
    pub fn text(&self, lang: Lang) -> &str {
        self.words.get(&lang).map_or("", String::as_str)
    }

    /// The hash of its words in a language, as amendments name it.
    pub fn seal(&self, lang: Lang) -> Seal {
        domain::unit::Unit::new(self.id, self.kind).seal_of(lang, self.text(lang))
    }
}

impl Carrier {
    /// The text of a dossier as it stands.
    pub fn of(dossier: &Dossier, negotiation: &Negotiation) -> Self {
        let (text, consensus) = (&negotiation.text, &negotiation.consensus);
        let numbers = if consensus.revision == 0 {
            numbering::anew(text)
        } else {
            numbering::kept(&consensus.numbers, text)
        };
        let paragraph = |unit: &domain::unit::Unit| Paragraph {
            id: unit.id,
            kind: unit.kind,
            number: numbers.0.get(&unit.id).cloned(),
            words: unit.chains.keys().map(|l| (*l, unit.text(*l).to_owned())).collect(),
            stale: unit
                .chains
                .keys()
                .copied()
                .filter(|l| unit.state(*l) == CellState::Stale)
                .collect(),
        };
        let mut landmarks = vec![(Landmark::Opened, dossier.opened)];
        match &consensus.phase {
            Phase::Open | Phase::Silence(_) => {}
            Phase::Gavelled(gavel) => landmarks.push((Landmark::Gavelled, gavel.at)),
            Phase::Adopted(adoption) | Phase::Signed(adoption) | Phase::Published(adoption) => {
                landmarks.push((Landmark::Gavelled, adoption.gavel.at));
                landmarks.push((Landmark::Adopted, adoption.at));
            }
        }
        landmarks.extend(consensus.signed.values().map(|at| (Landmark::Signed, *at)));
        landmarks.sort_by_key(|(_, at)| *at);
        Carrier {
            id: dossier.id,
            title: dossier.title.clone(),
            symbol: dossier.symbol.clone(),
            revision: consensus.revision,
            seal: text.seal(),
            languages: text.languages.clone(),
            paragraphs: text.units.iter().map(paragraph).collect(),
            landmarks,
            exercise: dossier.exercise,
        }
    }

    /// When it was opened.
    pub fn opened(&self) -> Timestamp {
        self.landmarks.first().map_or(Timestamp::UNIX_EPOCH, |(_, at)| *at)
    }

    /// When the last thing happened to it as a whole.
    pub fn latest(&self) -> Timestamp {
        self.landmarks.last().map_or(Timestamp::UNIX_EPOCH, |(_, at)| *at)
    }

    /// When it was adopted, if it was.
    pub fn adopted(&self) -> Option<Timestamp> {
        self.landmarks.iter().find(|(mark, _)| *mark == Landmark::Adopted).map(|(_, at)| *at)
    }

    /// The first authentic language: the one that a translation is said to be from.
    pub fn source(&self) -> Lang {
        let authentic = |(_, authority): &(&Lang, &Authority)| **authority == Authority::Authentic;
        self.languages.iter().find(authentic).map_or(Lang::En, |(lang, _)| *lang)
    }

    /// The symbol and the revision: what people call this paper.
    pub fn reference(&self) -> String {
        match self.revision {
            0 => self.symbol.clone(),
            n => format!("{}/Rev.{n}", self.symbol),
        }
    }

    /// The beginning of the hash, as it is printed at the foot of every page.
    pub fn short_seal(&self) -> String {
        short(&self.seal)
    }

    /// A name for its files, of letters, digits and hyphens.
    pub fn file_stem(&self) -> String {
        let mut stem = String::new();
        for letter in self.reference().to_lowercase().chars() {
            if letter.is_alphanumeric() {
                stem.push(letter);
            } else if !stem.is_empty() && !stem.ends_with('-') {
                stem.push('-');
            }
        }
        let stem = stem.trim_end_matches('-');
        let stem = if stem.is_empty() { "text" } else { stem };
        if self.exercise { format!("{stem}-EXERCISE") } else { stem.to_owned() }
    }
}

/// Words of ours that stand beside a text, in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Labels {
    /// Their language, as a two-letter code.
    pub lang: &'static str,
    /// Which paper this is, and of when: the zero draft, a revision, adopted on.
    pub standing: String,
    /// What the beginning of the hash is called.
    pub seal: String,
    /// That a wording is stale.
    pub stale: String,
    /// That there is no wording yet.
    pub missing: String,
    /// What an authentic language is called.
    pub authentic: String,
    /// What any other language is called.
    pub translation: String,
}

/// The first sixteen digits of a hash, in fours.
pub fn short(seal: &Seal) -> String {
    let digits: Vec<char> = seal.hex().chars().take(16).collect();
    let groups = digits.chunks(4).map(|four| four.iter().collect::<String>());
    groups.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
pub(crate) mod sample;
