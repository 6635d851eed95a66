//! A problem: a description that has been checked. Whoever holds one may plan without further ado.

pub(crate) mod event;
pub(crate) mod fact;
pub(crate) mod fault;
pub(crate) mod id;
pub(crate) mod index;
pub(crate) mod interpretation;
pub(crate) mod plan;
pub(crate) mod rule;
pub(crate) mod spec;
pub(crate) mod validate;

use crate::{
    model::Model,
    problem::{
        fault::Faults,
        id::DelegationId,
        index::Index,
        interpretation::{Profile, Seat, Setting},
        spec::{Activity, Spec},
    },
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

    /// The problem after a change of times or presence, which leaves every list and name as it is. `tasks`
    /// are the activities of which more changes than the halls and interpreters they may have.
    pub(crate) fn revise(
        mut self,
        tasks: &[usize],
        change: impl FnOnce(&mut Spec),
    ) -> Result<Self, Faults> {
        change(&mut self.spec);
        let mut faults = validate::size(&self.spec);
        faults.extend(validate::parts(&self.spec, &self.index, tasks));
        if !faults.is_empty() {
            return Err(Faults(faults));
        }
        self.model.revise(&self.spec, &self.profile, &self.index, tasks);
        Ok(self)
    }

    /// The description alone.
    pub(crate) fn into_spec(self) -> Spec {
        self.spec
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
    let id = |delegation: usize| spec.delegations[delegation].id.clone();
    let setting = Setting {
        duration: activity.duration,
        delegations: &|| index.delegations_of(activity).into_iter().map(id).collect(),
        waived: &|rule| activity.waives(rule),
        pivot: &spec.pivot,
    };
    profile.alternatives(&activity.interpretation, &setting)
}
