//! How much a statement is supported, across groups: advice for the chair, never a decision.
//!
//! A statement that one large group likes is not consensus. So support is measured in every declared
//! group (states, regions, sizes of cities) and the measures are multiplied, after the group-informed
//! consensus that pol.is published; we take the geometric mean, so that more groups do not mean less
//! support, and half a voice for either side, so that small groups are not drowned. Below
//! [`FEWEST`] voices there is no measure at all, only the count.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{DelegationId, coded};

/// Fewest voices of which a measure is told.
pub const FEWEST: usize = 15;

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
    /// The group that agrees least, and its share.
    pub least: (String, f64),
}

/// What is known of the support for a statement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Support {
    /// The voices by group.
    pub groups: BTreeMap<String, Count>,
    /// The measure; nothing below [`FEWEST`] voices.
    pub measure: Option<Measure>,
    /// Who still cannot live with it: for the chair alone.
    pub objecting: Vec<DelegationId>,
}

/// Measures the support; `voices` are delegations with their group and what they say.
pub fn support(voices: &BTreeMap<DelegationId, (String, Stance)>) -> Support {
    let mut groups: BTreeMap<String, Count> = BTreeMap::new();
    for (group, stance) in voices.values() {
        let count = groups.entry(group.clone()).or_default();
        match stance {
            Stance::Agree => count.agree += 1,
            Stance::Disagree => count.disagree += 1,
            Stance::Pass => count.pass += 1,
        }
    }
    let against = voices.iter().filter(|(_, (_, stance))| *stance == Stance::Disagree);
    let objecting = against.map(|(by, _)| *by).collect();
    let measure = if voices.len() < FEWEST { None } else { measure(&groups) };
    Support { groups, measure, objecting }
}

#[expect(clippy::cast_precision_loss, reason = "groups are fewer than 2^52")]
fn measure(groups: &BTreeMap<String, Count>) -> Option<Measure> {
    let shares = groups.iter().map(|(group, count)| (group.clone(), count.share()));
    let least = shares.min_by(|a, b| a.1.total_cmp(&b.1))?;
    let logarithms: f64 = groups.values().map(|count| count.share().ln()).sum();
    Some(Measure { mean: (logarithms / groups.len() as f64).exp(), least })
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
        let divided = support(&voices(&all));
        let measure = divided.measure.unwrap();
        assert_eq!(measure.least.0, "g1");
        assert!(measure.mean < 0.5, "{}", measure.mean);
        assert_eq!(divided.objecting.len(), 2);
        let united = support(&voices(&[(0, Stance::Agree); 20])).measure.unwrap();
        assert!(united.mean > 0.95);
    }

    #[test]
    fn few_voices_are_counted_and_not_measured() {
        let few = support(&voices(&[(0, Stance::Agree); FEWEST - 1]));
        assert_eq!((few.measure, few.groups["g0"].agree), (None, FEWEST - 1));
        assert!(support(&voices(&[(0, Stance::Agree); FEWEST])).measure.is_some());
        assert_eq!(support(&BTreeMap::new()).measure, None);
    }

    proptest! {
        #[test]
        fn more_agreement_is_never_less_support(
            all in prop::collection::vec((0_u8..4, prop::sample::select(Stance::ALL)), 15..60),
            at: prop::sample::Index,
        ) {
            let before = support(&voices(&all)).measure.unwrap();
            prop_assert!(before.mean > 0.0 && before.mean < 1.0 && before.least.1 <= before.mean + 1e-9);
            let mut better = all.clone();
            better[at.index(all.len())].1 = Stance::Agree;
            let after = support(&voices(&better)).measure.unwrap();
            prop_assert!(after.mean + 1e-9 >= before.mean && after.least.1 >= before.least.1);
        }
    }
}
