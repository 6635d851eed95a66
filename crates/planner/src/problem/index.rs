//! From keys to positions in the lists of a description.

use std::{collections::HashMap, hash::Hash};

use foldhash::fast::RandomState;

use crate::problem::{
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
    /// By person: their delegation.
    sides: Vec<Option<usize>>,
    /// By hall: its site.
    places: Vec<Option<usize>>,
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
        let delegations =
            number(spec.delegations.iter().map(|x| x.id.clone()), Object::Delegation, f);
        let sites = number(spec.sites.iter().map(|x| x.id.clone()), Object::Site, f);
        let index = Self {
            places: spec.halls.iter().map(|hall| sites.get(&hall.site).copied()).collect(),
            sides: spec.people.iter().map(|p| delegations.get(&p.delegation).copied()).collect(),
            activities: number(spec.activities.iter().map(|x| x.id.clone()), Object::Activity, f),
            delegations,
            halls: number(spec.halls.iter().map(|x| x.id.clone()), Object::Hall, f),
            interpreters: number(
                spec.interpreters.iter().map(|x| x.id.clone()),
                Object::Interpreter,
                f,
            ),
            people: number(spec.people.iter().map(|x| x.id.clone()), Object::Person, f),
            sites,
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

    /// The site of a hall.
    pub(crate) fn site_of(&self, hall: usize) -> usize {
        self.places[hall].unwrap_or_default()
    }

    /// The delegations of an activity's people, each once, in order.
    pub(crate) fn delegations_of(&self, activity: &Activity) -> Vec<usize> {
        let people = activity.people.iter().filter_map(|p| self.person(p));
        let mut all: Vec<usize> = people.filter_map(|p| self.sides[p]).collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}
