//! From keys to positions in the lists of a description.

use std::{collections::HashMap, hash::Hash};

use foldhash::fast::RandomState;

use crate::{
    fault::{Defect, Fault},
    id::{ActivityId, DelegationId, HallId, InterpreterId, Object, PersonId, SiteId},
    spec::{Activity, Spec},
};

/// Every rule looks names up, so that the hash weighs; nothing ever runs through a table in its order.
type Positions<K> = HashMap<K, usize, RandomState>;

#[derive(Clone, Debug)]
pub(crate) struct Index {
    activities: Positions<ActivityId>,
    delegations: Positions<DelegationId>,
    halls: Positions<HallId>,
    interpreters: Positions<InterpreterId>,
    people: Positions<PersonId>,
    sites: Positions<SiteId>,
}

fn number<K: Clone + Eq + Hash>(
    keys: impl Iterator<Item = K>,
    object: impl Fn(K) -> Object,
    faults: &mut Vec<Fault>,
) -> Positions<K> {
    let mut map = Positions::default();
    for (i, key) in keys.enumerate() {
        if map.insert(key.clone(), i).is_some() {
            faults.push(Fault::new(object(key), Defect::Duplicate, "id"));
        }
    }
    map
}

impl Index {
    pub(crate) fn new(spec: &Spec) -> (Self, Vec<Fault>) {
        let mut faults = Vec::new();
        let f = &mut faults;
        let index = Self {
            activities: number(spec.activities.iter().map(|x| x.id.clone()), Object::Activity, f),
            delegations: number(
                spec.delegations.iter().map(|x| x.id.clone()),
                Object::Delegation,
                f,
            ),
            halls: number(spec.halls.iter().map(|x| x.id.clone()), Object::Hall, f),
            interpreters: number(
                spec.interpreters.iter().map(|x| x.id.clone()),
                Object::Interpreter,
                f,
            ),
            people: number(spec.people.iter().map(|x| x.id.clone()), Object::Person, f),
            sites: number(spec.sites.iter().map(|x| x.id.clone()), Object::Site, f),
        };
        (index, faults)
    }

    pub(crate) fn activity(&self, id: &ActivityId) -> Option<usize> {
        self.activities.get(id).copied()
    }

    pub(crate) fn delegation(&self, id: &DelegationId) -> Option<usize> {
        self.delegations.get(id).copied()
    }

    pub(crate) fn hall(&self, id: &HallId) -> Option<usize> {
        self.halls.get(id).copied()
    }

    pub(crate) fn interpreter(&self, id: &InterpreterId) -> Option<usize> {
        self.interpreters.get(id).copied()
    }

    pub(crate) fn person(&self, id: &PersonId) -> Option<usize> {
        self.people.get(id).copied()
    }

    pub(crate) fn site(&self, id: &SiteId) -> Option<usize> {
        self.sites.get(id).copied()
    }

    /// The delegations of an activity's people, each once, in order.
    pub(crate) fn delegations_of(&self, spec: &Spec, activity: &Activity) -> Vec<usize> {
        let people = activity.people.iter().filter_map(|p| self.person(p));
        let mut all: Vec<_> =
            people.filter_map(|p| self.delegation(&spec.people[p].delegation)).collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}
