//! A problem: a description that has been checked. Whoever holds one may plan without further ado.

use std::collections::HashSet;

use crate::{
    fault::Faults,
    id::DelegationId,
    index::Index,
    interpretation::{Profile, Seat, Setting},
    model::Model,
    rule::Rule,
    spec::{Activity, Spec},
    validate,
};

/// A checked problem.
#[derive(Clone, Debug)]
pub struct Problem {
    spec: Spec,
    profile: Profile,
    /// Pairs kept apart, each once.
    pub(crate) apart: Vec<(usize, usize)>,
    pub(crate) index: Index,
    pub(crate) model: Model,
}

impl Problem {
    /// Checks a description; the error names every fault found.
    pub fn new(spec: Spec) -> Result<Self, Faults> {
        let faults = validate::size(&spec);
        if !faults.is_empty() {
            return Err(Faults(faults));
        }
        let (index, mut faults) = Index::new(&spec);
        faults.extend(validate::content(&spec, &index));
        if !faults.is_empty() {
            return Err(Faults(faults));
        }
        let profile =
            spec.profile.clone().unwrap_or_else(|| Profile::strict(spec.grid.slot_minutes));
        let model = Model::new(&spec, &profile, &index);
        let pair = |(a, b): &(DelegationId, DelegationId)| {
            let (a, b) = (index.delegation(a)?, index.delegation(b)?);
            Some((a.min(b), a.max(b)))
        };
        let mut apart: Vec<_> = spec.keep_apart.iter().filter_map(pair).collect();
        apart.sort_unstable();
        apart.dedup();
        Ok(Self { spec, profile, apart, index, model })
    }

    /// The description.
    pub fn spec(&self) -> &Spec {
        &self.spec
    }

    /// The rules for interpreters in force.
    pub fn profile(&self) -> &Profile {
        &self.profile
    }
}

/// The alternatives of seats that an activity needs.
pub(crate) fn seats(
    spec: &Spec,
    profile: &Profile,
    index: &Index,
    activity: &Activity,
) -> Vec<Vec<Seat>> {
    if activity.interpretation.is_empty() {
        return vec![Vec::new()];
    }
    let waived: HashSet<Rule> = activity.waivers.iter().map(|w| w.rule).collect();
    let delegations = index.delegations_of(spec, activity).into_iter();
    let delegations: Vec<_> = delegations.map(|d| spec.delegations[d].id.clone()).collect();
    let setting = Setting {
        duration: activity.duration,
        delegations: &delegations,
        waived: &|rule| waived.contains(&rule),
        pivot: &spec.pivot,
    };
    profile.alternatives(&activity.interpretation, &setting)
}
