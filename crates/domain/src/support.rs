//! How much a statement is supported, across groups: advice for the chair, never a decision.
//!
//! A statement that one large group likes is not consensus. So support is measured in every declared
//! group (states, regions, sizes of cities) and the measures are multiplied, after the group-informed
//! consensus that pol.is published; we take the geometric mean, so that more groups do not mean less
//! support, and half a voice for either side, so that small groups are not drowned. Below
//! [`FEWEST`] voices there is no measure at all, only the count; and a group of fewer than
//! [`ALONE`] voices is told to others than the chair only together with further groups.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{DelegationId, coded};

/// Fewest voices of which a measure is told.
pub const FEWEST: usize = 15;

/// Fewest voices of a group that is told by itself.
pub const ALONE: usize = 3;

coded! {
    /// What a delegation says to a statement.
    pub enum Stance {
        /// It can live with it.
        Agree = "agree",
        /// It cannot.
        Disagree = "disagree",
        /// It has no view.
        Pass = "pass",
    }
}

/// The voices of a group.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// Who can live with it.
    pub agree: usize,
    /// Who cannot.
    pub disagree: usize,
    /// Who has no view.
    pub pass: usize,
}

impl Count {
    /// All voices.
    pub fn voices(&self) -> usize {
        self.agree + self.disagree + self.pass
    }

    fn hear(&mut self, stance: Stance) {
        match stance {
            Stance::Agree => self.agree += 1,
            Stance::Disagree => self.disagree += 1,
            Stance::Pass => self.pass += 1,
        }
    }

    fn add(&mut self, other: Count) {
        self.agree += other.agree;
        self.disagree += other.disagree;
        self.pass += other.pass;
    }

    /// The share that agrees, between 0 and 1, half a voice added to either side.
    #[expect(clippy::cast_precision_loss, reason = "delegations are fewer than 2^52")]
    pub fn share(&self) -> f64 {
        (self.agree as f64 + 0.5) / (self.voices() as f64 + 1.0)
    }
}

/// A measure over all groups that spoke.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Measure {
    /// The geometric mean of the groups' shares, between 0 and 1.
    pub mean: f64,
    /// The group that agrees least, and its share; no name where it is the smaller groups together.
    pub least: (Option<String>, f64),
}

/// What is known of the support for a statement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Support {
    /// The voices of groups that are told by themselves.
    pub groups: BTreeMap<String, Count>,
    /// The voices of the smaller groups together.
    pub smaller: Count,
    /// All voices.
    pub all: Count,
    /// The measure; nothing below [`FEWEST`] voices.
    pub measure: Option<Measure>,
    /// Who still cannot live with it: for the chair alone.
    pub objecting: Vec<DelegationId>,
}

/// Measures the support; `voices` are delegations with their group and what they say. Groups of fewer than
/// `alone` voices are counted and measured together, with the smallest of the others where they would
/// still be fewer: nobody can work out what a single delegation said from what is told of its group.
pub fn support(voices: &BTreeMap<DelegationId, (String, Stance)>, alone: usize) -> Support {
    let mut groups: BTreeMap<String, Count> = BTreeMap::new();
    let mut all = Count::default();
    for (group, stance) in voices.values() {
        for count in [groups.entry(group.clone()).or_default(), &mut all] {
            count.hear(*stance);
        }
    }
    let smaller = apart(&mut groups, alone);
    let against = voices.iter().filter(|(_, (_, stance))| *stance == Stance::Disagree);
    let objecting = against.map(|(by, _)| *by).collect();
    let measure = if voices.len() < FEWEST { None } else { measure(&groups, smaller) };
    Support { groups, smaller, all, measure, objecting }
}

/// Takes the groups out that are not told by themselves; gives their voices.
fn apart(groups: &mut BTreeMap<String, Count>, alone: usize) -> Count {
    let mut by_size: Vec<(usize, String)> =
        groups.iter().map(|(group, count)| (count.voices(), group.clone())).collect();
    by_size.sort();
    let mut smaller = Count::default();
    for (voices, group) in by_size {
        let too_few = smaller.voices() > 0 && smaller.voices() < alone;
        if voices < alone || too_few {
            smaller.add(groups.remove(&group).unwrap_or_default());
        }
    }
    smaller
}

#[expect(clippy::cast_precision_loss, reason = "groups are fewer than 2^52")]
fn measure(groups: &BTreeMap<String, Count>, smaller: Count) -> Option<Measure> {
    let named = groups.iter().map(|(group, count)| (Some(group.clone()), count.share()));
    let rest = (smaller.voices() > 0).then(|| (None, smaller.share()));
    let shares: Vec<(Option<String>, f64)> = named.chain(rest).collect();
    let logarithms: f64 = shares.iter().map(|(_, share)| share.ln()).sum();
    let mean = (logarithms / shares.len().max(1) as f64).exp();
    let least = shares.into_iter().min_by(|a, b| a.1.total_cmp(&b.1))?;
    Some(Measure { mean, least })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn voices(all: &[(u8, Stance)]) -> BTreeMap<DelegationId, (String, Stance)> {
        let id = |n: usize| DelegationId(Uuid::from_u128(u128::try_from(n).unwrap()));
        let voice =
            |(n, (group, stance)): (usize, &(u8, Stance))| (id(n), (format!("g{group}"), *stance));
        all.iter().enumerate().map(voice).collect()
    }

    #[test]
    fn a_large_group_alone_is_not_consensus() {
        let mut all = vec![(0, Stance::Agree); 18];
        all.extend([(1, Stance::Disagree), (1, Stance::Disagree)]);
        let divided = support(&voices(&all), 1);
        let measure = divided.measure.unwrap();
        assert_eq!(measure.least.0.as_deref(), Some("g1"));
        assert!(measure.mean < 0.5, "{}", measure.mean);
        assert_eq!(divided.objecting.len(), 2);
        let united = support(&voices(&[(0, Stance::Agree); 20]), 1).measure.unwrap();
        assert!(united.mean > 0.95);
    }

    #[test]
    fn few_voices_are_counted_and_not_measured() {
        let few = support(&voices(&[(0, Stance::Agree); FEWEST - 1]), 1);
        assert_eq!((few.measure, few.groups["g0"].agree), (None, FEWEST - 1));
        assert!(support(&voices(&[(0, Stance::Agree); FEWEST]), ALONE).measure.is_some());
        assert_eq!(support(&BTreeMap::new(), 1).measure, None);
    }

    proptest! {
        #[test]
        fn more_agreement_is_never_less_support(
            all in prop::collection::vec((0_u8..4, prop::sample::select(Stance::ALL)), 15..60),
            at: prop::sample::Index,
            alone in 1_usize..4,
        ) {
            let before = support(&voices(&all), alone).measure.unwrap();
            prop_assert!(before.mean > 0.0 && before.mean < 1.0 && before.least.1 <= before.mean + 1e-9);
            let mut better = all.clone();
            better[at.index(all.len())].1 = Stance::Agree;
            let after = support(&voices(&better), alone).measure.unwrap();
            prop_assert!(after.mean + 1e-9 >= before.mean && after.least.1 >= before.least.1);
        }

        /// What is told of groups tells of no single delegation, and no voice is left out.
        #[test]
        fn few_voices_hide_among_others(
            all in prop::collection::vec((0_u8..9, prop::sample::select(Stance::ALL)), 0..40),
        ) {
            let found = support(&voices(&all), ALONE);
            let told = found.groups.values().copied().chain([found.smaller]);
            let told: Vec<Count> = told.filter(|count| count.voices() > 0).collect();
            let hidden = told.iter().all(|count| count.voices() >= ALONE.min(all.len()));
            prop_assert!(hidden, "{:?}", told);
            let mut sum = Count::default();
            for count in told {
                sum.add(count);
            }
            prop_assert_eq!((sum, sum.voices()), (found.all, all.len()));
        }
    }
}
