//! An instrument: what two or more parties sign, from a letter of intent to a sister-city agreement.
//!
//! That it exists, and what it says, is known to its parties and the office until every party has agreed
//! that it be public. What happens to it stands in [`Step`].

use std::collections::BTreeSet;

use jiff::{
    Timestamp,
    civil::{Date, DateTime},
};
use serde::{Deserialize, Serialize};

use crate::{
    DeclarationId, DelegationId, EditionId, InstrumentId, Lang, PersonId, Refusal, SessionId, Text,
    TieId,
    access::{Object, Visibility},
    city::{Tie, TieKind},
    coded,
    declaration::Declaration,
    edition::Edition,
    person::PersonName,
    safety::{self, Confusable, Likeness},
    unit::{CellState, Seal},
};
pub use crate::{
    instrument_party::{Clearance, Confirmation, Consent, Party, PartyKind, Signature},
    instrument_step::Step,
    instrument_told::Told,
};

coded! {
    /// What kind of instrument it is.
    pub enum InstrumentKind {
        /// A memorandum of understanding.
        Memorandum = "memorandum",
        /// It makes sister cities, 友好城市.
        SisterCity = "sister-city",
        /// It makes friendly-exchange cities, 友好交流城市: another kind of tie, counted apart.
        FriendlyExchange = "friendly-exchange",
        /// It begins a joint project.
        Project = "project",
        /// On training and exchange of people.
        Training = "training",
        /// A contract.
        Contract = "contract",
        /// What the parties intend, before they agree on it.
        LetterOfIntent = "letter-of-intent",
    }
}

impl InstrumentKind {
    /// The tie that it makes between two cities, if it makes one.
    pub fn tie(self) -> Option<TieKind> {
        match self {
            InstrumentKind::SisterCity => Some(TieKind::Sister),
            InstrumentKind::FriendlyExchange => Some(TieKind::FriendlyExchange),
            _ => None,
        }
    }
}

/// Where the words are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Words {
    /// Nowhere yet.
    None,
    /// In a text that is written here.
    Dossier(DeclarationId),
    /// In documents that were filed.
    Filed,
}

/// Where, when and in which turn it is signed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ceremony {
    /// The place, as it stands in the document.
    pub place: Option<Text>,
    /// The moment, in the edition's zone.
    pub at: Option<DateTime>,
    /// The session of the programme in which it is signed.
    pub session: Option<SessionId>,
    /// Its turn in the signing run, from 1; 0 until the office has ordered it.
    pub turn: u32,
}

/// How far it has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "stage")]
pub enum Stage {
    /// The parties prepare it.
    Draft,
    /// Every party's authority has cleared it.
    Cleared,
    /// The words are final.
    Negotiated {
        /// The words, with the names of the parties.
        seal: Seal,
    },
    /// Every party has signed.
    Signed {
        /// What was signed.
        seal: Seal,
        /// The day of the last signature.
        on: Date,
    },
    /// It counts.
    InForce {
        /// What was signed.
        seal: Seal,
        /// The day of the last signature.
        signed: Date,
        /// From which day.
        since: Date,
        /// The first day on which it no longer counts; nothing while it has no end.
        until: Option<Date>,
        /// How often it was renewed.
        renewals: u32,
    },
    /// A party, or all, ended it.
    Terminated {
        /// What was signed.
        seal: Seal,
        /// The day of the last signature.
        signed: Date,
        /// The first day on which it no longer counts.
        on: Date,
        /// As the parties put it.
        reason: String,
    },
}

impl Stage {
    /// The words that are final.
    pub fn seal(&self) -> Option<&Seal> {
        match self {
            Stage::Draft | Stage::Cleared => None,
            Stage::Negotiated { seal }
            | Stage::Signed { seal, .. }
            | Stage::InForce { seal, .. }
            | Stage::Terminated { seal, .. } => Some(seal),
        }
    }

    /// The day of the last signature.
    pub fn signed(&self) -> Option<Date> {
        match self {
            Stage::Draft | Stage::Cleared | Stage::Negotiated { .. } => None,
            Stage::Signed { on, .. } => Some(*on),
            Stage::InForce { signed, .. } | Stage::Terminated { signed, .. } => Some(*signed),
        }
    }
}

coded! {
    /// How an instrument stands on a day.
    pub enum Standing {
        /// Prepared.
        Draft = "draft",
        /// Cleared by all.
        Cleared = "cleared",
        /// Its words are final.
        Negotiated = "negotiated",
        /// Signed by all, and not yet in force.
        Signed = "signed",
        /// In force.
        InForce = "in-force",
        /// In force, after it was renewed.
        Renewed = "renewed",
        /// Its time is over.
        Expired = "expired",
        /// Ended by its parties.
        Terminated = "terminated",
    }
}

/// An instrument.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Instrument {
    /// Its identifier.
    pub id: InstrumentId,
    /// The edition in which it is prepared.
    pub edition: EditionId,
    /// What kind.
    pub kind: InstrumentKind,
    /// What it is called.
    pub title: Text,
    /// Its parties, as they were listed.
    pub parties: Vec<Party>,
    /// The languages in which it is signed, equally authentic.
    pub languages: Vec<Lang>,
    /// Where its words are.
    pub words: Words,
    /// How many originals are signed.
    pub originals: u32,
    /// Before whom, by name and office as filed.
    pub witnesses: Vec<PersonName>,
    /// Whether protocol puts flags on the table.
    pub flags: bool,
    /// The signing.
    pub ceremony: Ceremony,
    /// How far it has come.
    pub stage: Stage,
    /// Whether every page and print says that this is an exercise.
    pub exercise: bool,
    /// When it was opened.
    pub opened: Timestamp,
    /// By whom.
    pub by: PersonId,
}

/// Most parties of one instrument.
pub const MOST_PARTIES: usize = 30;
/// Most originals.
pub const MOST_ORIGINALS: u32 = 60;
/// Most witnesses.
pub const MOST_WITNESSES: usize = 20;

impl Instrument {
    /// Whether it can be cleared and signed: a draft may still lack a party.
    pub fn ready(&self) -> Result<(), Refusal> {
        if self.parties.len() < 2 {
            return Err(Refusal::new("instrument-two-parties"));
        }
        self.check()
    }

    /// Checks what no single field can know.
    pub fn check(&self) -> Result<(), Refusal> {
        if self.parties.len() > MOST_PARTIES {
            return Err(Refusal::new("instrument-too-many").with("most", MOST_PARTIES));
        }
        let twice = |(n, party): (usize, &Party)| self.parties[..n].iter().any(|p| p.same(party));
        if self.parties.iter().enumerate().any(twice) {
            return Err(Refusal::new("instrument-party-twice"));
        }
        let cities = self.parties.iter().all(|party| party.kind == PartyKind::City);
        if self.kind.tie().is_some() && !cities {
            return Err(Refusal::new("instrument-cities-only"));
        }
        let distinct: BTreeSet<&Lang> = self.languages.iter().collect();
        if self.languages.is_empty() || distinct.len() != self.languages.len() {
            return Err(Refusal::new("instrument-languages"));
        }
        let each = u32::try_from(self.parties.len()).unwrap_or(u32::MAX);
        if !(each..=MOST_ORIGINALS).contains(&self.originals) {
            let refusal = Refusal::new("instrument-originals");
            return Err(refusal.with("least", each).with("most", MOST_ORIGINALS));
        }
        Ok(())
    }

    /// Whether everybody may know of it: its words are final and every party agrees.
    pub fn is_public(&self) -> bool {
        self.stage.seal().is_some() && self.parties.iter().all(|party| party.consent.is_some())
    }

    /// As the access table sees it.
    pub fn object(&self, edition: &Edition) -> Object {
        if self.is_public() {
            Object { place: edition.place(), visibility: Visibility::Public }
        } else {
            self.inner(edition)
        }
    }

    /// What is for the parties and the office even after the text is public.
    pub fn inner(&self, edition: &Edition) -> Object {
        let sides = self.parties.iter().filter_map(|party| party.delegation).collect();
        Object { place: edition.place(), visibility: Visibility::Parties(sides) }
    }

    /// How it stands on a day.
    pub fn standing(&self, today: Date) -> Standing {
        match &self.stage {
            Stage::Draft => Standing::Draft,
            Stage::Cleared => Standing::Cleared,
            Stage::Negotiated { .. } => Standing::Negotiated,
            Stage::Signed { .. } => Standing::Signed,
            Stage::InForce { until: Some(until), .. } if *until <= today => Standing::Expired,
            Stage::InForce { since, .. } if today < *since => Standing::Signed,
            Stage::InForce { renewals: 0, .. } => Standing::InForce,
            Stage::InForce { .. } => Standing::Renewed,
            Stage::Terminated { on, .. } if today < *on => Standing::InForce,
            Stage::Terminated { .. } => Standing::Terminated,
        }
    }

    /// The tie that it makes between two cities, while it is in force and public.
    pub fn tie(&self, today: Date) -> Option<Tie> {
        let kind = self.kind.tie()?;
        let ([a, b], Stage::InForce { since, .. }) = (self.parties.as_slice(), &self.stage) else {
            return None;
        };
        let counts = matches!(self.standing(today), Standing::InForce | Standing::Renewed);
        (counts && self.is_public()).then_some(Tie {
            id: TieId(self.id.0),
            a: a.city?,
            b: b.city?,
            kind: Some(kind),
            since: since.year().to_string(),
            note: None,
            source: self.title.clone(),
        })
    }

    /// What is sealed: the parties as they are named in every language, and the hash of the words.
    pub fn seal_of(&self, words: &Seal) -> Seal {
        let named = |party: &Party| -> String {
            let name = |(lang, version): (Lang, &crate::text::Version)| {
                format!("party {lang} {}\n", version.text)
            };
            party.name.versions.iter().map(name).collect()
        };
        let parties: String = self.parties.iter().map(named).collect();
        Seal::of(&format!("{parties}words {}\n", words.hex()))
    }

    /// The hash of words that are written here, once every language says all of them and nothing in them
    /// is unsafe to sign.
    pub fn complete(&self, text: &Declaration) -> Result<Seal, Refusal> {
        if text.units.is_empty() {
            return Err(Refusal::new("instrument-words-missing"));
        }
        for lang in text.authentic() {
            for unit in &text.units {
                let state = unit.state(lang);
                if matches!(state, CellState::Missing | CellState::MachineDraft | CellState::Stale)
                {
                    return Err(
                        Refusal::new("instrument-words-apart").with("lang", lang.own_name())
                    );
                }
                safety::check(unit.text(lang), lang)?;
            }
        }
        Ok(text.seal())
    }

    /// The places of the parties in the declared order of an edition; those without a delegation follow
    /// as they were listed.
    pub fn declared(&self, order: &[DelegationId]) -> Vec<usize> {
        let place = |at: &usize| {
            let of = self.parties[*at].delegation;
            of.and_then(|id| order.iter().position(|other| *other == id)).unwrap_or(order.len())
        };
        let mut places: Vec<usize> = (0..self.parties.len()).collect();
        places.sort_by_key(place);
        places
    }

    /// Names of parties that look like another party's or like another name that is known, but are
    /// written with other characters; names that mix scripts.
    pub fn confusable(&self, known: &[&str]) -> Vec<Confusable> {
        let names = self.parties.iter().flat_map(|party| party.name.versions.values());
        let names: Vec<&str> = names.map(|version| version.text.as_str()).collect();
        let all: BTreeSet<&str> = names.iter().chain(known).copied().collect();
        let all: Vec<&str> = all.into_iter().collect();
        let mut found: Vec<Confusable> = Vec::new();
        for name in names {
            for one in safety::confusables(name, &all) {
                let whole = one.likeness == Likeness::Mixed || one.word == name;
                if whole && !found.contains(&one) {
                    found.push(one);
                }
            }
        }
        found
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::CityId;
    use uuid::Uuid;

    pub(crate) fn two() -> Instrument {
        let party = |n: u128, name: &str| Party {
            delegation: Some(DelegationId(Uuid::from_u128(n))),
            city: Some(CityId(Uuid::from_u128(n))),
            ..Party::new(PartyKind::City, Text::new(Lang::Ru, name), Lang::Ru)
        };
        Instrument {
            id: InstrumentId(Uuid::nil()),
            edition: EditionId(Uuid::nil()),
            kind: InstrumentKind::SisterCity,
            title: Text::new(Lang::Ru, "Соглашение"),
            parties: vec![party(1, "Примеровск"), party(2, "Вымыслоград")],
            languages: vec![Lang::Zh, Lang::Ru],
            words: Words::Filed,
            originals: 2,
            witnesses: Vec::new(),
            flags: false,
            ceremony: Ceremony::default(),
            stage: Stage::Draft,
            exercise: true,
            opened: Timestamp::UNIX_EPOCH,
            by: PersonId(Uuid::nil()),
        }
    }

    #[test]
    fn an_instrument_has_two_different_parties_of_the_right_kind() {
        let refused = |change: fn(&mut Instrument)| {
            let mut instrument = two();
            change(&mut instrument);
            instrument.ready().err().map(|refusal| refusal.code)
        };
        assert_eq!(refused(|_| ()), None);
        let one = refused(|i| i.parties.truncate(1));
        assert_eq!(one.as_deref(), Some("instrument-two-parties"));
        let twice = refused(|i| i.parties[1] = i.parties[0].clone());
        assert_eq!(twice.as_deref(), Some("instrument-party-twice"));
        let firm = refused(|i| i.parties[1].kind = PartyKind::Firm);
        assert_eq!(firm.as_deref(), Some("instrument-cities-only"));
        let few = refused(|i| i.originals = 1);
        assert_eq!(few.as_deref(), Some("instrument-originals"));
        let mute = refused(|i| i.languages.clear());
        assert_eq!(mute.as_deref(), Some("instrument-languages"));
    }

    #[test]
    fn the_declared_order_counts_and_guests_without_a_delegation_follow() {
        let mut instrument = two();
        let name = Text::new(Lang::Ru, "Гость");
        instrument.parties.insert(0, Party::new(PartyKind::Firm, name, Lang::Ru));
        let order = [2, 1].map(|n| DelegationId(Uuid::from_u128(n)));
        assert_eq!(instrument.declared(&order), [2, 1, 0]);
    }

    #[test]
    fn a_name_that_only_looks_like_another_is_reported() {
        let mut instrument = two();
        assert!(instrument.confusable(&["Примеровск", "Вымыслоград"]).is_empty());
        // A Latin "p" in the second letter.
        instrument.parties[0].name = Text::new(Lang::Ru, "Пpимеровск");
        let found = instrument.confusable(&["Примеровск"]);
        assert!(found.iter().any(|one| one.like == "Примеровск"), "{found:?}");
    }
}
