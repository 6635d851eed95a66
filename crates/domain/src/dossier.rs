//! The dossier of a text: what is kept beside its words and its procedure.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    DeclarationId, DelegationId, EditionId, InstrumentId, Lang, PersonId, Refusal, Text,
    access::{Object, Place, Visibility},
    coded,
    declaration::Authority,
    edition::Edition,
    negotiation::Negotiation,
    procedure::Rules,
};

coded! {
    /// What a text is to become.
    pub enum DossierKind {
        /// A declaration of mayors.
        Declaration = "declaration",
        /// A consensus: what all hold, without the form of a declaration.
        Consensus = "consensus",
        /// The text of an instrument that its parties sign.
        Instrument = "instrument",
    }
}

/// One text of an edition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dossier {
    /// Its identifier.
    pub id: DeclarationId,
    /// The edition that it belongs to.
    pub edition: EditionId,
    /// What it is to become.
    pub kind: DossierKind,
    /// What it is called in lists; its words begin with a title of their own.
    pub title: Text,
    /// The symbol printed on every page, such as `GMD/2026/L.1`.
    pub symbol: String,
    /// Its languages; those that are authentic bind equally.
    pub languages: BTreeMap<Lang, Authority>,
    /// The rules of its procedure.
    pub rules: Rules,
    /// Who is to sign; nobody where adoption is the end.
    pub parties: BTreeSet<DelegationId>,
    /// The language officers who were appointed for the text of an instrument; other texts need none.
    #[serde(default)]
    pub officers: BTreeSet<PersonId>,
    /// The instrument whose final words these are: nothing changes until it takes them back.
    #[serde(default)]
    pub settled: Option<InstrumentId>,
    /// Whether every page and print says that this is an exercise.
    pub exercise: bool,
    /// When it was opened.
    pub opened: Timestamp,
    /// By whom.
    pub by: PersonId,
}

impl Dossier {
    /// The negotiation before its first deed.
    pub fn begin(&self) -> Result<Negotiation, Refusal> {
        Negotiation::new(self.languages.clone(), self.rules.clone(), self.parties.clone())
    }

    /// Whether anything may be done to the text: not while it is the final words of an instrument.
    pub fn may_change(&self) -> Result<(), Refusal> {
        match self.settled {
            Some(_) => Err(Refusal::new("instrument-words-final")),
            None => Ok(()),
        }
    }

    /// The text as the access table sees it, before it is published: for those taking part, or, where it is
    /// an instrument, for its parties and the language officers appointed for it.
    pub fn object(&self, edition: &Edition) -> Object {
        let visibility = match self.kind {
            DossierKind::Instrument => Visibility::Entrusted {
                parties: self.parties.iter().copied().collect(),
                officers: self.officers.iter().copied().collect(),
            },
            DossierKind::Declaration | DossierKind::Consensus => Visibility::Participants,
        };
        Object { place: Place::Edition(edition.series, edition.id), visibility }
    }
}
