//! A party of an instrument, and what is recorded of it: four facts, each of its own.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use crate::{CityId, DelegationId, Lang, PersonId, Text, coded, person::PersonName, unit::Seal};

coded! {
    /// What a party is.
    pub enum PartyKind {
        /// A city.
        City = "city",
        /// A development zone or park.
        Zone = "zone",
        /// A university or institute.
        University = "university",
        /// A chamber or association.
        Chamber = "chamber",
        /// A firm.
        Firm = "firm",
    }
}

/// The authority that has to agree has agreed that the party signs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clearance {
    /// Which authority.
    pub authority: Text,
    /// On which day.
    pub on: Date,
    /// Number or name of its decision.
    pub reference: String,
    /// Who recorded it.
    pub by: PersonId,
}

/// A signature by pen, as it was recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// On which day.
    pub on: Date,
    /// Who signed, with the office, as filed.
    pub signer: PersonName,
    /// Who recorded it.
    pub by: PersonId,
}

/// A party's contact says that these are the words that it signed. A fact of its own, beside the pen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirmation {
    /// The words.
    pub seal: Seal,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: PersonId,
}

/// A party agrees that the instrument and its text are public.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    /// When.
    pub at: Timestamp,
    /// Who said or recorded it.
    pub by: PersonId,
    /// The letter that says so, for a party without a contact of its own.
    pub reference: String,
}

/// A side of an instrument.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// The delegation whose contact acts for it: its own, or the one that brings it.
    pub delegation: Option<DelegationId>,
    /// The city that it is.
    pub city: Option<CityId>,
    /// What it is.
    pub kind: PartyKind,
    /// Its name, per language as it states it.
    pub name: Text,
    /// The language of its own column.
    pub lang: Lang,
    /// Cleared by its authority.
    pub clearance: Option<Clearance>,
    /// Signed by pen.
    pub signature: Option<Signature>,
    /// Confirmed by its contact.
    pub confirmation: Option<Confirmation>,
    /// Agreed to be public.
    pub consent: Option<Consent>,
}

impl Party {
    /// A party to which nothing has happened yet.
    pub fn new(kind: PartyKind, name: Text, lang: Lang) -> Self {
        Party {
            delegation: None,
            city: None,
            kind,
            name,
            lang,
            clearance: None,
            signature: None,
            confirmation: None,
            consent: None,
        }
    }

    /// Whether another party is the same one.
    pub fn same(&self, other: &Party) -> bool {
        let is = |party: &Party| (party.delegation, party.kind, party.name.words());
        is(self) == is(other)
    }
}
