//! An amendment on its way: who proposes it and why, with whom, and what became of it.
//!
//! Until it is tabled it is its own side's draft, and nobody else knows that there is one. Tabled, it is
//! before the meeting: the chair decides it, or its proposer takes it back. An amendment is about the text
//! and never about another amendment; whoever wants other words tables a rival.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    AmendmentId, DeclarationId, DelegationId, Lang, PersonId, Refusal, UnitId,
    amendment::{Amendment, AmendmentState, Operation},
    declaration::Declaration,
};

/// How an amendment was settled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// The chair, or whoever took it back.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
    /// Why; may be empty where it was accepted or taken back.
    pub reason: String,
}

/// An amendment with its proposer and its history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// That of the amendment.
    pub id: AmendmentId,
    /// The text that it would change.
    pub declaration: DeclarationId,
    /// What it would do, and its state.
    pub amendment: Amendment,
    /// Why, in the language of the amendment.
    pub explanation: String,
    /// Who drafted it.
    pub author: PersonId,
    /// Its number within the text, given when it was first tabled.
    pub number: Option<u32>,
    /// When it was last tabled.
    pub tabled: Option<Timestamp>,
    /// Delegations that propose it too.
    pub sponsors: BTreeSet<DelegationId>,
    /// How it was settled.
    pub decision: Option<Decision>,
    /// The same proposal as it was tabled for earlier words of the text, oldest first.
    pub earlier: Vec<Amendment>,
}

impl Proposal {
    /// A draft of its own side.
    pub fn draft(
        declaration: DeclarationId,
        amendment: Amendment,
        explanation: String,
        author: PersonId,
    ) -> Self {
        Proposal {
            id: amendment.id,
            declaration,
            amendment: Amendment { state: AmendmentState::Draft, ..amendment },
            explanation,
            author,
            number: None,
            tabled: None,
            sponsors: BTreeSet::new(),
            decision: None,
            earlier: Vec::new(),
        }
    }

    /// Where it stands.
    pub fn state(&self) -> AmendmentState {
        self.amendment.state
    }

    /// Whether it waits for the chair.
    pub fn is_open(&self) -> bool {
        self.state() == AmendmentState::Tabled
    }

    /// Whether somebody who speaks for these delegations may know of it: everybody once it was
    /// tabled, its own side before.
    pub fn is_known_to(&self, sides: &[DelegationId]) -> bool {
        self.number.is_some() || sides.contains(&self.amendment.by)
    }

    /// Other words for a draft.
    pub fn redraft(&mut self, amendment: Amendment, explanation: String) -> Result<(), Refusal> {
        self.need(AmendmentState::Draft)?;
        self.amendment = Amendment { id: self.id, state: AmendmentState::Draft, ..amendment };
        self.explanation = explanation;
        Ok(())
    }

    /// Puts it before the meeting: it has an explanation, and the text as it stands would take it.
    pub fn table(&mut self, number: u32, text: &Declaration, at: Timestamp) -> Result<(), Refusal> {
        self.need(AmendmentState::Draft)?;
        if self.explanation.trim().is_empty() {
            return Err(Refusal::new("reason-missing"));
        }
        self.amendment.try_on(text, self.author, at)?;
        self.amendment.state = AmendmentState::Tabled;
        (self.number, self.tabled) = (Some(number), Some(at));
        Ok(())
    }

    /// Tables the same proposal anew for words that moved on: a person has seen both changes and says
    /// what it is to be now.
    pub fn retable(
        &mut self,
        amendment: Amendment,
        text: &Declaration,
        at: Timestamp,
    ) -> Result<(), Refusal> {
        self.need(AmendmentState::Tabled)?;
        if self.amendment.fits(text) {
            return Err(Refusal::new("amendment-not-moved"));
        }
        let next = Amendment {
            id: self.id,
            by: self.amendment.by,
            state: AmendmentState::Tabled,
            ..amendment
        };
        next.try_on(text, self.author, at)?;
        self.earlier.push(std::mem::replace(&mut self.amendment, next));
        self.tabled = Some(at);
        Ok(())
    }

    /// Takes it back.
    pub fn withdraw(&mut self, by: PersonId, at: Timestamp) -> Result<(), Refusal> {
        if !matches!(self.state(), AmendmentState::Draft | AmendmentState::Tabled) {
            return Err(Refusal::new("amendment-settled"));
        }
        self.settle(AmendmentState::Withdrawn, Decision { by, at, reason: String::new() });
        Ok(())
    }

    /// The chair settles it. What is not taken up has a reason.
    pub fn decide(&mut self, outcome: AmendmentState, decision: Decision) -> Result<(), Refusal> {
        self.need(AmendmentState::Tabled)?;
        match outcome {
            AmendmentState::Accepted => {}
            AmendmentState::Rejected | AmendmentState::Moot => {
                if decision.reason.trim().is_empty() {
                    return Err(Refusal::new("reason-missing"));
                }
            }
            _ => return Err(Refusal::new("choose")),
        }
        self.settle(outcome, decision);
        Ok(())
    }

    /// A delegation proposes it too, or no longer.
    pub fn sponsor(&mut self, by: DelegationId, proposes: bool) -> Result<(), Refusal> {
        self.need(AmendmentState::Tabled)?;
        if by == self.amendment.by {
            return Err(Refusal::new("amendment-own"));
        }
        if proposes {
            self.sponsors.insert(by);
        } else {
            self.sponsors.remove(&by);
        }
        Ok(())
    }

    fn settle(&mut self, state: AmendmentState, decision: Decision) {
        self.amendment.state = state;
        self.decision = Some(decision);
    }

    fn need(&self, state: AmendmentState) -> Result<(), Refusal> {
        match (self.state(), state) {
            (now, needed) if now == needed => Ok(()),
            (AmendmentState::Draft, _) => Err(Refusal::new("amendment-not-tabled")),
            (AmendmentState::Tabled, _) => Err(Refusal::new("amendment-tabled")),
            _ => Err(Refusal::new("amendment-settled")),
        }
    }
}

/// The number of the next amendment to be tabled.
pub fn next_number(proposals: &[Proposal]) -> u32 {
    proposals.iter().filter_map(|proposal| proposal.number).max().unwrap_or(0).saturating_add(1)
}

/// Refuses a unit that is itself only proposed: there are no amendments to amendments.
pub fn first_level<'a>(
    proposals: impl IntoIterator<Item = &'a Proposal>,
    unit: UnitId,
) -> Result<(), Refusal> {
    let brings = |proposal: &Proposal| {
        proposal.is_open() && proposal.amendment.operation.brings() == Some(unit)
    };
    match proposals.into_iter().find(|proposal| brings(proposal)) {
        Some(proposal) => {
            let number = proposal.number.unwrap_or_default();
            Err(Refusal::new("amendment-second-level").with("number", number))
        }
        None => Ok(()),
    }
}

/// An amendment as it is carried out now: a unit that comes in stands behind those that earlier amendments
/// brought to the same place, in whatever order the chair takes them.
pub fn in_place<'a>(
    amendment: &Amendment,
    proposals: impl IntoIterator<Item = &'a Proposal>,
    text: &Declaration,
) -> Amendment {
    let mut placed = amendment.clone();
    let Operation::Insert { after, .. } = &mut placed.operation else { return placed };
    let wanted = *after;
    let earlier = |proposal: &Proposal| match &proposal.amendment.operation {
        Operation::Insert { new, after: same, .. }
            if proposal.state() == AmendmentState::Accepted
                && *same == wanted
                && proposal.amendment.id < amendment.id =>
        {
            Some(*new)
        }
        _ => None,
    };
    let earlier: Vec<UnitId> = proposals.into_iter().filter_map(earlier).collect();
    let behind = text.units.iter().skip_while(|unit| wanted.is_some_and(|id| id != unit.id));
    let behind = behind.skip(usize::from(wanted.is_some()));
    let last = behind.take_while(|unit| earlier.contains(&unit.id)).last();
    *after = last.map(|unit| unit.id).or(wanted);
    placed
}

/// The other wordings of a unit that are before the meeting in a language, for the words that stand
/// there: what goes into brackets beside the text.
pub fn rivals<'a>(
    proposals: impl IntoIterator<Item = &'a Proposal>,
    text: &Declaration,
    unit: UnitId,
    lang: Lang,
) -> Vec<(&'a Proposal, &'a str)> {
    let words = |proposal: &'a Proposal| {
        let own = proposal.is_open() && proposal.amendment.lang == lang;
        match &proposal.amendment.operation {
            Operation::Replace { unit: of, text: words }
                if own && *of == unit && proposal.amendment.fits(text) =>
            {
                Some((proposal, words.as_str()))
            }
            Operation::Delete { unit: of }
                if own && *of == unit && proposal.amendment.fits(text) =>
            {
                Some((proposal, ""))
            }
            _ => None,
        }
    };
    proposals.into_iter().filter_map(words).collect()
}
