//! A proposed change of a text: an operation on units, against what its proposer read.
//!
//! An amendment is applied only to the words that it was written for. When those moved on, it is rebased:
//! shown with both changes side by side, and tabled anew by a person. Nothing is merged in silence.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    AmendmentId, DelegationId, Lang, PersonId, Refusal, UnitId,
    align::{align, cost},
    change::Change,
    coded,
    declaration::Declaration,
    merge::{Piece, merge, merged},
    token::tokens,
    unit::{Manner, Seal, Unit, UnitKind},
};

/// What an amendment would do, in its language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "do")]
pub enum Operation {
    /// Other words.
    Replace {
        /// Of which unit.
        unit: UnitId,
        /// Which.
        text: String,
    },
    /// A further unit.
    Insert {
        /// Its identifier.
        new: UnitId,
        /// What it is.
        kind: UnitKind,
        /// The unit before it; nothing for the beginning.
        after: Option<UnitId>,
        /// Its words.
        text: String,
    },
    /// A unit goes out.
    Delete {
        /// Which.
        unit: UnitId,
    },
    /// A unit moves.
    Move {
        /// Which.
        unit: UnitId,
        /// The unit before its new place; nothing for the beginning.
        after: Option<UnitId>,
    },
    /// A unit becomes two.
    Split {
        /// Which.
        unit: UnitId,
        /// The second one.
        new: UnitId,
        /// The words of both.
        parts: (String, String),
    },
    /// A unit takes in the one behind it.
    Merge {
        /// Which.
        unit: UnitId,
        /// The one behind it.
        next: UnitId,
    },
}

impl Operation {
    /// The units whose words it is about.
    pub fn reads(&self) -> Vec<UnitId> {
        match self {
            Operation::Replace { unit, .. }
            | Operation::Delete { unit }
            | Operation::Move { unit, .. }
            | Operation::Split { unit, .. } => vec![*unit],
            Operation::Merge { unit, next } => vec![*unit, *next],
            Operation::Insert { .. } => Vec::new(),
        }
    }

    /// The unit under which it is discussed; nothing where it comes in at the beginning.
    pub fn place(&self) -> Option<UnitId> {
        match self {
            Operation::Insert { after, .. } => *after,
            other => other.reads().first().copied(),
        }
    }

    /// The unit that would come in, which is not in the text yet.
    pub fn brings(&self) -> Option<UnitId> {
        match self {
            Operation::Insert { new, .. } | Operation::Split { new, .. } => Some(*new),
            _ => None,
        }
    }

    /// The stable code of what it does, used in message keys and forms.
    pub fn code(&self) -> &'static str {
        match self {
            Operation::Replace { .. } => "replace",
            Operation::Insert { .. } => "insert",
            Operation::Delete { .. } => "delete",
            Operation::Move { .. } => "move",
            Operation::Split { .. } => "split",
            Operation::Merge { .. } => "merge",
        }
    }

    /// How far it goes by its nature: what strikes a unit out goes furthest.
    fn scope(&self) -> u8 {
        match self {
            Operation::Delete { .. } => 0,
            Operation::Replace { .. } => 1,
            Operation::Move { .. } | Operation::Split { .. } | Operation::Merge { .. } => 2,
            Operation::Insert { .. } => 3,
        }
    }
}

coded! {
    /// What became of an amendment.
    pub enum AmendmentState {
        /// Its own side's draft; nobody else knows of it.
        Draft = "draft",
        /// Before the meeting.
        Tabled = "tabled",
        /// In the text.
        Accepted = "accepted",
        /// Not taken up.
        Rejected = "rejected",
        /// Taken back by its proposer.
        Withdrawn = "withdrawn",
        /// Excluded by another that was accepted; the chair says so.
        Moot = "moot",
    }
}

/// A proposed change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amendment {
    /// Its identifier.
    pub id: AmendmentId,
    /// Who proposes it.
    pub by: DelegationId,
    /// The language it is written in.
    pub lang: Lang,
    /// What it would do.
    pub operation: Operation,
    /// The words that it was written for, by unit.
    pub base: BTreeMap<UnitId, Seal>,
    /// What became of it.
    pub state: AmendmentState,
}

/// An amendment whose words moved on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rebased {
    /// It says the same of the present text; to be tabled after a look at both changes.
    Fits(Amendment, Vec<Piece>),
    /// Both changed the same place: a person writes the words.
    Conflict(Vec<Piece>),
}

impl Amendment {
    /// A new amendment to the text as it stands.
    pub fn new(
        id: AmendmentId,
        by: DelegationId,
        lang: Lang,
        operation: Operation,
        text: &Declaration,
    ) -> Result<Self, Refusal> {
        let seal = |id: UnitId| Ok((id, need(text, id)?.seal(lang)));
        let base = operation.reads().into_iter().map(seal).collect::<Result<_, Refusal>>()?;
        Ok(Amendment { id, by, lang, operation, base, state: AmendmentState::Tabled })
    }

    /// Whether the text still has the words that it was written for.
    pub fn fits(&self, text: &Declaration) -> bool {
        let same = |(id, seal): (&UnitId, &Seal)| {
            text.unit(*id).is_some_and(|unit| unit.seal(self.lang) == *seal)
        };
        self.base.iter().all(same)
    }

    /// Whether accepting it would be a change that the text takes.
    pub fn try_on(&self, text: &Declaration, by: PersonId, at: Timestamp) -> Result<(), Refusal> {
        let tabled = Amendment { state: AmendmentState::Tabled, ..self.clone() };
        let mut text = text.clone();
        tabled.changes(&text, by, at)?.iter().try_for_each(|change| text.act(change))
    }

    /// The changes of the text that accepting it makes, in order. Refused when the words moved on.
    pub fn changes(
        &self,
        text: &Declaration,
        by: PersonId,
        at: Timestamp,
    ) -> Result<Vec<Change>, Refusal> {
        if self.state != AmendmentState::Tabled {
            return Err(Refusal::new("amendment-settled"));
        }
        if !self.fits(text) {
            return Err(Refusal::new("declaration-moved"));
        }
        let lang = self.lang;
        let write = |unit: &Unit, text: &str| Change::Wrote {
            unit: unit.id,
            lang,
            text: text.to_owned(),
            manner: Manner::Leads,
            base: unit.seal(lang),
            turn: unit.turn,
            by,
            second: None,
            at,
        };
        Ok(match &self.operation {
            Operation::Replace { unit, text: words } => vec![write(need(text, *unit)?, words)],
            Operation::Insert { new, kind, after, text: words } => {
                let (unit, kind, after) = (*new, *kind, *after);
                vec![Change::Added { unit, kind, after }, write(&Unit::new(unit, kind), words)]
            }
            Operation::Delete { unit } => vec![Change::Removed { unit: *unit }],
            Operation::Move { unit, after } => vec![Change::Shifted { unit: *unit, after: *after }],
            Operation::Split { unit, new, parts } => {
                let base = need(text, *unit)?.seal(lang);
                let (unit, new, parts) = (*unit, *new, parts.clone());
                vec![Change::Split { unit, new, lang, base, parts, by, at }]
            }
            Operation::Merge { unit, next } => {
                vec![Change::Merged { unit: *unit, next: *next, by, at }]
            }
        })
    }

    /// The words that it was written for, if they ever stood in the text.
    fn written_for<'a>(&self, unit: &'a Unit) -> Result<&'a str, Refusal> {
        let moved = || Refusal::new("declaration-moved");
        let base = self.base.get(&unit.id).ok_or_else(moved)?;
        let wordings = unit.chains.get(&self.lang).map(|chain| chain.wordings.as_slice());
        let mut texts = wordings.unwrap_or_default().iter().map(|wording| wording.text.as_str());
        let found = texts.rfind(|text| unit.seal_of(self.lang, text) == *base);
        // Before the first wording there were no words.
        let none = || (unit.seal_of(self.lang, "") == *base).then_some("");
        found.or_else(none).ok_or_else(moved)
    }

    /// The same proposal for the text as it stands now. Refused when a unit it is about has gone.
    pub fn rebased(&self, text: &Declaration) -> Result<Rebased, Refusal> {
        let (mut next, mut pieces) = (self.clone(), Vec::new());
        for id in self.operation.reads() {
            let unit = need(text, id)?;
            let (before, now) = (self.written_for(unit)?, unit.text(self.lang));
            next.base.insert(id, unit.seal(self.lang));
            match &self.operation {
                Operation::Replace { text: ours, .. } => {
                    pieces = merge(before, now, ours);
                    match merged(&pieces) {
                        Some(text) => next.operation = Operation::Replace { unit: id, text },
                        None => return Ok(Rebased::Conflict(pieces)),
                    }
                }
                Operation::Split { new, parts, .. } => {
                    pieces = merge(before, now, before);
                    let Some(parts) = parted(before, now, parts) else {
                        return Ok(Rebased::Conflict(pieces));
                    };
                    next.operation = Operation::Split { unit: id, new: *new, parts };
                }
                // Whoever strikes words out must have seen them.
                Operation::Delete { .. } if before != now => {
                    return Ok(Rebased::Conflict(merge(before, now, "")));
                }
                _ => pieces.extend(merge(before, now, before)),
            }
        }
        Ok(Rebased::Fits(next, pieces))
    }
}

fn need(text: &Declaration, id: UnitId) -> Result<&Unit, Refusal> {
    text.unit(id).ok_or_else(|| Refusal::new("declaration-unit-gone"))
}

/// The present words, divided where the former ones were; nothing if somebody wrote across that place,
/// or if the parts are not the former words.
fn parted(before: &str, now: &str, parts: &(String, String)) -> Option<(String, String)> {
    let (old, new) = (tokens(before), tokens(now));
    let first = tokens(&parts.0);
    let rest = before.strip_prefix(parts.0.as_str())?;
    if rest.trim() != parts.1.trim() || !old.starts_with(&first) {
        return None;
    }
    let (cut, mut place) = (first.len(), first.len());
    for hunk in align(&old, &new) {
        if hunk.old.start <= cut && cut <= hunk.old.end {
            return None;
        }
        if hunk.old.end < cut {
            place = place + hunk.new.len() - hunk.old.len();
        }
    }
    Some((new[..place].concat(), new[place..].concat().trim_start().to_owned()))
}

/// The order in which amendments are proposed for decision: what goes furthest from the text first.
///
/// Striking out before other words, before moving, before adding; then by the share of words that would
/// differ; then by identifier, which is the order of tabling. The chair may choose another order.
pub fn furthest_first(amendments: &[Amendment], text: &Declaration) -> Vec<AmendmentId> {
    let key = |amendment: &Amendment| {
        let distance = match &amendment.operation {
            Operation::Replace { unit, text: words } => {
                let now = text.unit(*unit).map_or("", |unit| unit.text(amendment.lang));
                let (old, new) = (tokens(now), tokens(words));
                let whole = u32::try_from(old.len() + new.len()).unwrap_or(u32::MAX).max(1);
                // In thousandths, so that the order does not hang on rounding.
                u64::from(cost(&align(&old, &new))) * 1_000 / u64::from(whole)
            }
            _ => 0,
        };
        (amendment.operation.scope(), std::cmp::Reverse(distance), amendment.id)
    };
    let mut order: Vec<_> = amendments.iter().map(key).collect();
    order.sort();
    order.into_iter().map(|(_, _, id)| id).collect()
}

/// The order that the chair chose: the same amendments, and a reason where it differs from the proposed.
pub fn chosen_order(
    proposed: &[AmendmentId],
    chosen: &[AmendmentId],
    reason: &str,
) -> Result<(), Refusal> {
    let sorted = |ids: &[AmendmentId]| {
        let mut ids = ids.to_vec();
        ids.sort();
        ids
    };
    if sorted(proposed) != sorted(chosen) {
        return Err(Refusal::new("amendment-order"));
    }
    if proposed != chosen && reason.trim().is_empty() {
        return Err(Refusal::new("missing"));
    }
    Ok(())
}
