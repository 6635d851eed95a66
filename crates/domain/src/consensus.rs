//! How a text becomes agreed: nobody objects, and two people say so.
//!
//! zero → revision n → agreed unit by unit → silence → adopted → signed → published. Consensus is the
//! absence of objection: nothing here counts votes. A silence and an adoption are bound to the
//! hash of all languages together, so that what was silently agreed to is what is adopted.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{
    DelegationId, ObjectionId, PersonId, Refusal, UnitId,
    declaration::Declaration,
    numbering::{Numbers, anew},
    procedure::{
        Adoption, Agreement, End, Ended, Gavel, Objection, Outcome, Phase, Position, Rules,
        Silence, Step,
    },
    unit::{Seal, Unit},
};

/// The state of the procedure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consensus {
    /// The rules it follows.
    pub rules: Rules,
    /// Who is to sign; nobody where adoption is the end.
    pub parties: BTreeSet<DelegationId>,
    /// Where the text stands.
    pub phase: Phase,
    /// The last printed revision; 0 is the zero draft.
    pub revision: u32,
    /// Its numbers.
    pub numbers: Numbers,
    /// Units that all agree on.
    pub agreed: BTreeMap<UnitId, Agreement>,
    /// All objections ever made.
    pub objections: BTreeMap<ObjectionId, Objection>,
    /// Who has signed, and when.
    pub signed: BTreeMap<DelegationId, Timestamp>,
    /// Silences so far.
    pub silences: u32,
    /// Those that are over, and how they ended.
    pub past: Vec<Ended>,
    /// What delegations had attached to the adopted text.
    pub positions: Vec<Position>,
}

impl Consensus {
    /// A zero draft.
    pub fn new(rules: Rules, parties: BTreeSet<DelegationId>) -> Self {
        Consensus {
            rules,
            parties,
            phase: Phase::Open,
            revision: 0,
            numbers: Numbers::default(),
            agreed: BTreeMap::new(),
            objections: BTreeMap::new(),
            signed: BTreeMap::new(),
            silences: 0,
            past: Vec::new(),
            positions: Vec::new(),
        }
    }

    /// Whether all agree on a unit as it stands, nobody at home still being asked.
    pub fn is_agreed(&self, text: &Declaration, unit: UnitId) -> bool {
        text.unit(unit).is_some_and(|unit| self.agrees_on(unit))
    }

    /// The same of a unit that is at hand.
    pub fn agrees_on(&self, unit: &Unit) -> bool {
        let agreement = self.agreed.get(&unit.id);
        agreement.is_some_and(|a| a.turn == unit.turn && a.ad_referendum.is_none())
    }

    /// Objections over which nobody may adopt.
    pub fn open_objections(&self) -> impl Iterator<Item = (&ObjectionId, &Objection)> {
        self.objections.iter().filter(|(_, objection)| objection.outcome == Outcome::Open)
    }

    /// The adopted text's seal and history, once there is one.
    pub fn adoption(&self) -> Option<&Adoption> {
        match &self.phase {
            Phase::Adopted(adoption) | Phase::Signed(adoption) | Phase::Published(adoption) => {
                Some(adoption)
            }
            Phase::Open | Phase::Silence(_) | Phase::Gavelled(_) => None,
        }
    }

    /// Whether the text as it stands could be adopted: printed, agreed throughout, all authentic
    /// languages concordant, nobody objecting, and the very text that is meant.
    fn ready(&self, text: &Declaration, seal: &Seal) -> Result<(), Refusal> {
        if text.units.is_empty() || self.revision == 0 {
            return Err(Refusal::new("consensus-no-revision"));
        }
        if text.seal() != *seal {
            return Err(Refusal::new("declaration-moved"));
        }
        let objections = self.open_objections().count();
        if objections > 0 {
            return Err(Refusal::new("consensus-objections").with("n", objections));
        }
        let apart = text.unready().len();
        if apart > 0 {
            return Err(Refusal::new("consensus-not-concordant").with("n", apart));
        }
        let open = text.units.iter().filter(|unit| !self.agrees_on(unit)).count();
        if open > 0 {
            return Err(Refusal::new("consensus-not-agreed").with("n", open));
        }
        Ok(())
    }

    /// Whether the text may still change: not once it is adopted.
    pub fn may_change(&self) -> Result<(), Refusal> {
        match self.adoption() {
            Some(_) => Err(Refusal::new("consensus-adopted")),
            None => Ok(()),
        }
    }

    /// The text changed: a silence or a gavel over the old one is void.
    pub(crate) fn text_changed(&mut self, at: Timestamp) {
        self.end_silence(End::Voided, at);
        self.phase = Phase::Open;
    }

    /// Notes how the running silence ended, if one is running.
    fn end_silence(&mut self, end: End, at: Timestamp) {
        if let Phase::Silence(silence) = &self.phase {
            self.past.push(Ended { silence: silence.clone(), at, end });
        }
    }

    fn open(&self) -> Result<(), Refusal> {
        match self.phase {
            Phase::Open => Ok(()),
            Phase::Silence(_) => Err(Refusal::new("consensus-silence")),
            Phase::Gavelled(_) => Err(Refusal::new("consensus-gavelled")),
            _ => Err(Refusal::new("consensus-adopted")),
        }
    }

    /// Takes a step at an instant, or refuses it and changes nothing.
    pub fn act(&mut self, step: &Step, text: &Declaration, at: Timestamp) -> Result<(), Refusal> {
        match step {
            Step::Revised => {
                self.open()?;
                self.revision = self.revision.saturating_add(1);
                self.numbers = anew(text);
            }
            Step::Agreed { unit, turn, ad_referendum } => {
                self.open()?;
                let seen = text.unit(*unit).ok_or(Refusal::new("declaration-unit-gone"))?.turn;
                if *turn != seen || seen == 0 {
                    return Err(Refusal::new("declaration-moved"));
                }
                if ad_referendum.as_ref().is_some_and(|(_, _, until)| *until <= at) {
                    return Err(Refusal::new("consensus-expiry"));
                }
                let ad_referendum = ad_referendum.clone();
                self.agreed.insert(*unit, Agreement { turn: *turn, ad_referendum });
            }
            Step::Confirmed { unit, by } => self.confirm(*unit, *by, at)?,
            Step::Reopened { unit } => {
                self.open()?;
                self.agreed
                    .remove(unit)
                    .ok_or(Refusal::new("consensus-not-agreed").with("n", 1))?;
            }
            Step::Silenced { seal, until } => {
                self.open()?;
                self.ready(text, seal)?;
                let least = SignedDuration::from_hours(self.rules.least_hours.max(0));
                if !self.rules.correspondence {
                    return Err(Refusal::new("consensus-no-correspondence"));
                }
                if until.duration_since(at) < least || *until <= at {
                    let refusal = Refusal::new("consensus-expiry-early");
                    return Err(refusal.with("n", self.rules.least_hours));
                }
                self.silences = self.silences.saturating_add(1);
                let (number, seal, until) = (self.silences, seal.clone(), *until);
                self.phase = Phase::Silence(Silence { number, seal, from: at, until });
            }
            Step::Objected { .. } => self.object(step, text, at)?,
            Step::Resolved { id, by, outcome } => {
                let objection = self.objections.get_mut(id).filter(|o| o.by == *by);
                let objection = objection.ok_or(Refusal::new("consensus-not-yours"))?;
                if objection.outcome != Outcome::Open || *outcome == Outcome::Open {
                    return Err(Refusal::new("consensus-resolved"));
                }
                objection.outcome = *outcome;
            }
            Step::Gavelled { seal, by } => self.gavel(text, seal, *by, at)?,
            Step::Recorded { seal, by } => self.record(text, seal, *by, at)?,
            Step::Signed { by, seal } => self.sign(*by, seal, at)?,
            Step::Explained { by, kind, lang, text } => {
                if !matches!(self.phase, Phase::Adopted(_) | Phase::Signed(_)) {
                    let code = if self.adoption().is_some() {
                        "consensus-published"
                    } else {
                        "consensus-not-adopted"
                    };
                    return Err(Refusal::new(code));
                }
                if text.trim().is_empty() {
                    return Err(Refusal::new("missing"));
                }
                let (by, kind, lang, text) = (*by, *kind, *lang, text.clone());
                self.positions.push(Position { by, kind, lang, text, at });
            }
            Step::Published => {
                self.phase = match &self.phase {
                    Phase::Signed(adoption) => Phase::Published(adoption.clone()),
                    Phase::Adopted(adoption) if self.parties.is_empty() => {
                        Phase::Published(adoption.clone())
                    }
                    _ => return Err(Refusal::new("consensus-not-signed")),
                };
            }
        }
        Ok(())
    }

    fn confirm(&mut self, unit: UnitId, by: DelegationId, at: Timestamp) -> Result<(), Refusal> {
        self.open()?;
        let agreement = self.agreed.get_mut(&unit);
        let asked = agreement.and_then(|a| a.ad_referendum.clone().map(|asked| (a, asked)));
        match asked {
            Some((agreement, (owner, _, until))) if owner == by => {
                if until <= at {
                    return Err(Refusal::new("consensus-expiry"));
                }
                agreement.ad_referendum = None;
                Ok(())
            }
            _ => Err(Refusal::new("consensus-not-yours")),
        }
    }

    /// Everybody who objects before the end is heard, also the second one in the same second.
    fn object(&mut self, step: &Step, text: &Declaration, at: Timestamp) -> Result<(), Refusal> {
        let Step::Objected { id, by, kind, unit, reason } = step else { return Ok(()) };
        let broke = match &self.phase {
            Phase::Open => None,
            Phase::Silence(silence) if at < silence.until => Some(silence.number),
            // In the hall, hands are raised until the secretary has written.
            Phase::Gavelled(gavel) if gavel.silence.is_none() => None,
            Phase::Silence(_) | Phase::Gavelled(_) => {
                return Err(Refusal::new("consensus-objection-late"));
            }
            _ => return Err(Refusal::new("consensus-adopted")),
        };
        if unit.is_some_and(|unit| text.unit(unit).is_none()) {
            return Err(Refusal::new("declaration-unit-gone"));
        }
        if reason.trim().is_empty() || self.objections.contains_key(id) {
            return Err(Refusal::new("missing"));
        }
        let (by, kind, unit, reason) = (*by, *kind, *unit, reason.clone());
        let outcome = Outcome::Open;
        self.objections.insert(*id, Objection { by, kind, unit, reason, at, broke, outcome });
        self.end_silence(End::Broken, at);
        self.phase = Phase::Open;
        Ok(())
    }

    fn gavel(
        &mut self,
        text: &Declaration,
        seal: &Seal,
        by: PersonId,
        at: Timestamp,
    ) -> Result<(), Refusal> {
        let silence = match &self.phase {
            Phase::Open if self.rules.hall => None,
            Phase::Silence(silence) if at >= silence.until => Some(silence),
            Phase::Silence(_) => return Err(Refusal::new("consensus-silence")),
            Phase::Open => return Err(Refusal::new("consensus-no-hall")),
            Phase::Gavelled(_) => return Err(Refusal::new("consensus-gavelled")),
            _ => return Err(Refusal::new("consensus-adopted")),
        };
        if silence.is_some_and(|silence| silence.seal != *seal) {
            return Err(Refusal::new("declaration-moved"));
        }
        self.ready(text, seal)?;
        let silence = silence.map(|silence| silence.number);
        self.end_silence(End::Lapsed, at);
        self.phase = Phase::Gavelled(Gavel { seal: seal.clone(), by, at, silence });
        Ok(())
    }

    fn record(
        &mut self,
        text: &Declaration,
        seal: &Seal,
        by: PersonId,
        at: Timestamp,
    ) -> Result<(), Refusal> {
        let Phase::Gavelled(gavel) = &self.phase else {
            return Err(Refusal::new("consensus-no-gavel"));
        };
        if gavel.by == by {
            return Err(Refusal::new("consensus-second-person"));
        }
        if gavel.seal != *seal {
            return Err(Refusal::new("declaration-moved"));
        }
        self.ready(text, seal)?;
        let gavel = gavel.clone();
        self.phase = Phase::Adopted(Adoption { gavel, recorded_by: by, at });
        Ok(())
    }

    fn sign(&mut self, by: DelegationId, seal: &Seal, at: Timestamp) -> Result<(), Refusal> {
        let Phase::Adopted(adoption) = &self.phase else {
            return Err(Refusal::new("consensus-not-adopted"));
        };
        if adoption.gavel.seal != *seal {
            return Err(Refusal::new("declaration-moved"));
        }
        if !self.parties.contains(&by) || self.signed.contains_key(&by) {
            return Err(Refusal::new("consensus-not-yours"));
        }
        self.signed.insert(by, at);
        if self.signed.len() == self.parties.len() {
            self.phase = Phase::Signed(adoption.clone());
        }
        Ok(())
    }
}
