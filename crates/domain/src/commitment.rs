//! A commitment: what a paragraph of a text obliges somebody to do, confirmed by an editor, tied to the
//! words from which it was read.
//!
//! How far it has come is told by three voices that are never mixed: the owner claims, a reviewer
//! assesses, and the calendar is computed. Nothing assessed is for others before the owners have seen it
//! and could reply.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use crate::{
    CommitmentId, DeclarationId, DelegationId, EditionId, Lang, PersonId, Refusal, Text, UnitId,
    coded, undertaking::Strength, unit::Seal,
};

/// The words from which a commitment was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clause {
    /// Which text.
    pub dossier: DeclarationId,
    /// Which paragraph.
    pub unit: UnitId,
    /// In which language it was read.
    pub lang: Lang,
    /// The hash of the paragraph in that language.
    pub seal: Seal,
    /// The words.
    pub words: String,
}

coded! {
    /// How far a commitment has come, as somebody says.
    pub enum Progress {
        /// Not begun.
        NotStarted = "not-started",
        /// Under way.
        InProgress = "in-progress",
        /// Largely done.
        Substantial = "substantial",
        /// Done.
        Complete = "complete",
        /// At rest, to be taken up again.
        Suspended = "suspended",
        /// Given up.
        Cancelled = "cancelled",
        /// Taken on by another commitment.
        Merged = "merged",
    }
}

coded! {
    /// What the calendar says; nobody can talk it up or down.
    pub enum Timeliness {
        /// It has no date.
        Undated = "undated",
        /// Its date is more than a month ahead.
        Ahead = "ahead",
        /// Its date is near.
        Near = "near",
        /// Its date has passed.
        Past = "past",
        /// Every owner has reported it done.
        Reported = "reported",
    }
}

/// Days before its date from which a commitment counts as near.
const NEAR_DAYS: i32 = 30;
/// Days that an owner has to reply, once it has seen an assessment.
pub const REPLY_DAYS: i64 = 14;

/// What an owner says of its own commitment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// How far it has come.
    pub progress: Progress,
    /// What was done.
    pub note: Text,
    /// Where it can be seen: an address or the name of a document; may be empty.
    pub evidence: String,
    /// When it was said.
    pub at: Timestamp,
    /// By whom.
    pub by: PersonId,
}

/// What an owner did about an assessment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// When it saw it.
    pub at: Timestamp,
    /// What it replied; empty if it has not.
    pub reply: String,
}

/// What a reviewer says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assessment {
    /// How far it has come.
    pub progress: Progress,
    /// On what grounds.
    pub grounds: Text,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: PersonId,
    /// Which owners have seen it.
    pub seen: BTreeMap<DelegationId, Seen>,
}

/// A commitment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Commitment {
    /// Its identifier.
    pub id: CommitmentId,
    /// In which edition.
    pub edition: EditionId,
    /// From which words.
    pub clause: Clause,
    /// How strongly they bind, as its editor reads them.
    pub strength: Strength,
    /// Its owners; nobody named means every delegation.
    pub owners: Vec<DelegationId>,
    /// What is to be done.
    pub what: Text,
    /// By what it is measured.
    pub measure: Option<Text>,
    /// By when.
    pub due: Option<Date>,
    /// What each owner says.
    pub claims: BTreeMap<DelegationId, Claim>,
    /// What a reviewer says.
    pub assessment: Option<Assessment>,
    /// Who confirmed it.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
}

impl Commitment {
    /// Whether a delegation is an owner.
    pub fn binds(&self, delegation: DelegationId) -> bool {
        self.owners.is_empty() || self.owners.contains(&delegation)
    }

    /// Whoever must see an assessment: the named owners, or those who have reported.
    fn concerned(&self) -> Vec<DelegationId> {
        if self.owners.is_empty() {
            self.claims.keys().copied().collect()
        } else {
            self.owners.clone()
        }
    }

    /// What the calendar says on a day.
    pub fn timeliness(&self, today: Date) -> Timeliness {
        let done = |owner: &DelegationId| {
            self.claims.get(owner).is_some_and(|claim| claim.progress == Progress::Complete)
        };
        if !self.owners.is_empty() && self.owners.iter().all(done) {
            return Timeliness::Reported;
        }
        match self.due {
            None => Timeliness::Undated,
            Some(due) if due < today => Timeliness::Past,
            Some(due) if due <= today.saturating_add(jiff::Span::new().days(NEAR_DAYS)) => {
                Timeliness::Near
            }
            Some(_) => Timeliness::Ahead,
        }
    }

    /// An owner says how far it has come.
    pub fn claim(&mut self, owner: DelegationId, claim: Claim) -> Result<(), Refusal> {
        if !self.binds(owner) {
            return Err(Refusal::new("commitment-not-yours"));
        }
        self.claims.insert(owner, claim);
        Ok(())
    }

    /// A reviewer, who is not one of those who report, says how far it has come.
    pub fn assess(
        &mut self,
        progress: Progress,
        grounds: Text,
        at: Timestamp,
        by: PersonId,
    ) -> Result<(), Refusal> {
        if self.claims.values().any(|claim| claim.by == by) {
            return Err(Refusal::new("commitment-own-claim"));
        }
        self.assessment = Some(Assessment { progress, grounds, at, by, seen: BTreeMap::new() });
        Ok(())
    }

    /// An owner has seen the assessment, and may reply to it.
    pub fn see(
        &mut self,
        owner: DelegationId,
        at: Timestamp,
        reply: String,
    ) -> Result<(), Refusal> {
        if !self.binds(owner) {
            return Err(Refusal::new("commitment-not-yours"));
        }
        let Some(assessment) = &mut self.assessment else {
            return Err(Refusal::new("commitment-not-assessed"));
        };
        let seen = assessment.seen.entry(owner).or_insert(Seen { at, reply: String::new() });
        if !reply.is_empty() {
            seen.reply = reply;
        }
        Ok(())
    }

    /// The assessment, once it is for others: every owner has replied, or has had the time to.
    pub fn assessed(&self, now: Timestamp) -> Option<&Assessment> {
        let assessment = self.assessment.as_ref()?;
        let wait = SignedDuration::from_hours(24 * REPLY_DAYS);
        let heard = |owner: &DelegationId| {
            let answered = |seen: &Seen| {
                let end = seen.at.saturating_add(wait).unwrap_or(Timestamp::MAX);
                !seen.reply.is_empty() || end <= now
            };
            assessment.seen.get(owner).is_some_and(answered)
        };
        let concerned = self.concerned();
        (!concerned.is_empty() && concerned.iter().all(heard)).then_some(assessment)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn side(n: u128) -> DelegationId {
        DelegationId(Uuid::from_u128(n))
    }

    fn person(n: u128) -> PersonId {
        PersonId(Uuid::from_u128(n))
    }

    fn at(days: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + SignedDuration::from_hours(24 * days)
    }

    fn commitment(owners: &[u128]) -> Commitment {
        let words = "各城市应在2027年底前报告。";
        Commitment {
            id: CommitmentId(Uuid::nil()),
            edition: EditionId(Uuid::nil()),
            clause: Clause {
                dossier: DeclarationId(Uuid::nil()),
                unit: UnitId(Uuid::nil()),
                lang: Lang::Zh,
                seal: Seal::of(words),
                words: words.to_owned(),
            },
            strength: Strength::Binding,
            owners: owners.iter().map(|n| side(*n)).collect(),
            what: Text::new(Lang::Zh, "报告"),
            measure: None,
            due: Some(date(2027, 12, 31)),
            claims: BTreeMap::new(),
            assessment: None,
            by: person(9),
            at: at(0),
        }
    }

    fn claim(progress: Progress) -> Claim {
        let note = Text::new(Lang::Ru, "Отчёт подан");
        Claim { progress, note, evidence: String::new(), at: at(1), by: person(1) }
    }

    #[test]
    fn the_calendar_is_computed_and_only_a_report_of_all_owners_ends_it() {
        let mut one = commitment(&[1, 2]);
        assert_eq!(one.timeliness(date(2027, 6, 1)), Timeliness::Ahead);
        assert_eq!(one.timeliness(date(2027, 12, 1)), Timeliness::Near);
        assert_eq!(one.timeliness(date(2027, 12, 31)), Timeliness::Near);
        assert_eq!(one.timeliness(date(2028, 1, 1)), Timeliness::Past);
        one.claim(side(1), claim(Progress::Complete)).unwrap();
        assert_eq!(one.timeliness(date(2028, 1, 1)), Timeliness::Past);
        one.claim(side(2), claim(Progress::Complete)).unwrap();
        assert_eq!(one.timeliness(date(2028, 1, 1)), Timeliness::Reported);
        assert_eq!(
            Commitment { due: None, ..commitment(&[]) }.timeliness(date(2028, 1, 1)),
            Timeliness::Undated
        );
    }

    #[test]
    fn only_owners_report_and_nobody_assesses_an_own_report() {
        let mut one = commitment(&[1]);
        let refused = one.claim(side(2), claim(Progress::Complete)).unwrap_err();
        assert_eq!(refused.code, "commitment-not-yours");
        one.claim(side(1), claim(Progress::Substantial)).unwrap();
        let grounds = Text::new(Lang::Ru, "По документам");
        let own = one.assess(Progress::Complete, grounds, at(2), person(1)).unwrap_err();
        assert_eq!(own.code, "commitment-own-claim");
    }

    proptest! {
        /// Whatever owners do and whenever it is asked: an assessment is for others only when every owner
        /// has replied or has had fourteen days since it saw it; a new one begins anew.
        #[test]
        fn nothing_assessed_is_shown_before_its_owners_could_reply(
            deeds in prop::collection::vec((0..4_u128, 0..60_i64, any::<bool>()), 0..12),
            asked in 0..90_i64,
        ) {
            let mut one = commitment(&[1, 2]);
            let grounds = || Text::new(Lang::Ru, "По документам");
            one.assess(Progress::Substantial, grounds(), at(0), person(9)).unwrap();
            let mut seen: BTreeMap<u128, (i64, bool)> = BTreeMap::new();
            for (owner, day, replies) in deeds {
                let reply = if replies { "Ответ".to_owned() } else { String::new() };
                let done = one.see(side(owner), at(day), reply).is_ok();
                prop_assert_eq!(done, [1, 2].contains(&owner));
                if done {
                    let entry = seen.entry(owner).or_insert((day, false));
                    entry.1 |= replies;
                }
            }
            let heard = |n: u128| {
                seen.get(&n).is_some_and(|(day, replied)| *replied || day + REPLY_DAYS <= asked)
            };
            prop_assert_eq!(one.assessed(at(asked)).is_some(), heard(1) && heard(2));
            one.assess(Progress::Complete, grounds(), at(asked), person(9)).unwrap();
            prop_assert_eq!(one.assessed(at(asked)), None);
        }
    }
}
