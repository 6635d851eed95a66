//! The facts that can stand in an activity's way, how hard each is to change, and what changing it means.

use serde::{Deserialize, Serialize};

use crate::problem::{
    Problem,
    id::{ActivityId, DelegationId, HallId, InterpreterId, Language, Object, PersonId},
    interpretation::Waiver,
    plan::Plan,
    rule::Rule,
    spec::{Interpreter, Pin, Slot, Span, Spec},
};

/// Something that stands in the way.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "fact", rename_all = "snake_case")]
pub enum Fact {
    /// Another activity has the people, the hall or the interpreters.
    Taken {
        /// That activity.
        by: ActivityId,
    },
    /// A person is not there.
    Away {
        /// The person.
        person: PersonId,
        /// When they would have to be.
        needed: Span,
    },
    /// A person has other things to do.
    Busy {
        /// The person.
        person: PersonId,
        /// When.
        span: Span,
    },
    /// A person's day would be too long. The limit is one for all, and so is what would have to change.
    PersonDay {
        /// The person.
        person: PersonId,
        /// The slots that the day would have.
        needed: Slot,
    },
    /// A hall is closed.
    Closed {
        /// The hall.
        hall: HallId,
        /// When.
        span: Span,
    },
    /// A hall is too small.
    Capacity {
        /// The hall.
        hall: HallId,
        /// The people that it would have to hold.
        needed: u32,
    },
    /// All units of a hall are in use: one more would do.
    Units {
        /// The hall.
        hall: HallId,
    },
    /// A hall has too few booths.
    Booths {
        /// The hall.
        hall: HallId,
        /// The booths that it would need.
        needed: u32,
    },
    /// The activity may not take place then.
    Window {
        /// The activity.
        activity: ActivityId,
        /// When it would.
        needed: Span,
    },
    /// The activity is pinned elsewhere.
    Pinned {
        /// The activity.
        activity: ActivityId,
    },
    /// The activity may not run over lunch.
    Lunch {
        /// The activity.
        activity: ActivityId,
    },
    /// Two delegations of the activity itself are kept apart.
    Apart {
        /// The two.
        pair: (DelegationId, DelegationId),
    },
    /// An activity has to come first that is not placed or ends too late.
    After {
        /// What comes first.
        before: ActivityId,
        /// What waits for it.
        after: ActivityId,
    },
    /// Too few interpreters of a pair.
    Interpreters {
        /// The pair.
        pair: [Language; 2],
        /// The delegation that would bring them; the pool when left out.
        of: Option<DelegationId>,
        /// How many more.
        more: u32,
    },
    /// The activity alone is longer than the day of an interpreter.
    InterpreterDay {
        /// The activity.
        activity: ActivityId,
        /// The slots that the day would have.
        needed: Slot,
    },
    /// More people listen to whispering than the norm says.
    Listeners {
        /// The activity.
        activity: ActivityId,
        /// How many would have to be allowed.
        needed: u32,
    },
    /// The breaks of two people would differ by more than the limit.
    Breaks {
        /// By how much they would.
        needed: u32,
    },
}

impl Fact {
    /// The rule behind the fact.
    pub const fn rule(&self) -> Rule {
        match self {
            Self::Taken { .. } => Rule::Overlap,
            Self::Away { .. } | Self::Busy { .. } => Rule::Presence,
            Self::PersonDay { .. } => Rule::PersonDay,
            Self::Closed { .. } => Rule::HallClosed,
            Self::Capacity { .. } => Rule::HallCapacity,
            Self::Units { .. } => Rule::HallUnits,
            Self::Booths { .. } => Rule::Booths,
            Self::Window { .. } => Rule::Window,
            Self::Pinned { .. } => Rule::Pin,
            Self::Lunch { .. } => Rule::Lunch,
            Self::Apart { .. } => Rule::KeepApart,
            Self::After { .. } => Rule::After,
            Self::Interpreters { .. } => Rule::Team,
            Self::InterpreterDay { .. } => Rule::InterpreterDay,
            Self::Listeners { .. } => Rule::Whisper,
            Self::Breaks { .. } => Rule::BreakSpread,
        }
    }

    /// The objects that the fact is about: what a viewer must be allowed to know to be shown it.
    pub fn objects(&self) -> Vec<Object> {
        match self {
            Self::Taken { by: activity }
            | Self::Window { activity, .. }
            | Self::Pinned { activity }
            | Self::Lunch { activity }
            | Self::InterpreterDay { activity, .. }
            | Self::Listeners { activity, .. } => vec![Object::Activity(activity.clone())],
            Self::Away { person, .. }
            | Self::Busy { person, .. }
            | Self::PersonDay { person, .. } => {
                vec![Object::Person(person.clone())]
            }
            Self::Closed { hall, .. }
            | Self::Capacity { hall, .. }
            | Self::Units { hall }
            | Self::Booths { hall, .. } => vec![Object::Hall(hall.clone())],
            Self::Apart { pair: (a, b) } => {
                vec![Object::Delegation(a.clone()), Object::Delegation(b.clone())]
            }
            Self::After { before, after } => {
                vec![Object::Activity(before.clone()), Object::Activity(after.clone())]
            }
            Self::Interpreters { of, .. } => {
                of.iter().map(|of| Object::Delegation(of.clone())).collect()
            }
            Self::Breaks { .. } => vec![Object::Problem],
        }
    }

    /// How hard it is to change, on the scale of the score: by judgement, ordered as a host office would.
    pub fn cost(&self, problem: &Problem) -> f64 {
        let spec = problem.spec();
        let rank = |person: &PersonId| {
            problem.index.person(person).map_or(1.0, |p| f64::from(spec.people[p].rank.max(1)))
        };
        match self {
            Self::Taken { by } => {
                let at = problem.index.activity(by).map(|a| &spec.activities[a]);
                let heavy = at.is_none_or(|a| a.mandatory);
                let weight = at.map_or(1, |a| a.weight.max(1));
                if heavy { 1e6 } else { f64::from(weight) * spec.weights.unplaced.max(1.0) }
            }
            Self::Lunch { .. } | Self::Listeners { .. } => 150.0,
            Self::Window { .. } => 200.0,
            Self::Busy { person, .. } => 200.0 * rank(person),
            Self::Pinned { .. } => 250.0,
            Self::PersonDay { person, .. } | Self::Away { person, .. } => 300.0 * rank(person),
            Self::Interpreters { more, .. } => 300.0 * f64::from(*more),
            Self::InterpreterDay { .. } | Self::Closed { .. } => 400.0,
            Self::Units { .. } | Self::Booths { .. } => 500.0,
            Self::Capacity { .. } | Self::Breaks { .. } => 800.0,
            Self::After { .. } => 1000.0,
            Self::Apart { .. } => 5000.0,
        }
    }

    fn apply(&self, spec: &mut Spec, plan: &mut Plan) {
        let slots = spec.grid.slots;
        match self {
            Self::Taken { by } => {
                plan.activities.remove(by);
            }
            Self::Away { person, needed } => {
                for person in spec.people.iter_mut().filter(|p| p.id == *person) {
                    person.arrive = person.arrive.min(needed.0);
                    person.depart = Some(person.depart.unwrap_or(slots).max(needed.1));
                }
            }
            Self::Busy { person, span } => {
                for person in spec.people.iter_mut().filter(|p| p.id == *person) {
                    person.busy.retain(|busy| busy != span);
                }
            }
            Self::PersonDay { needed, .. } => {
                spec.limits.person_day = spec.limits.person_day.map(|most| most.max(*needed));
            }
            Self::Closed { .. }
            | Self::Capacity { .. }
            | Self::Units { .. }
            | Self::Booths { .. } => {
                self.apply_to_hall(spec);
            }
            Self::Window { activity, .. }
            | Self::Pinned { activity }
            | Self::Lunch { activity }
            | Self::InterpreterDay { activity, .. }
            | Self::Listeners { activity, .. } => {
                self.apply_to_activity(spec, activity);
            }
            Self::Breaks { needed } => {
                spec.limits.break_spread = spec.limits.break_spread.map(|most| most.max(*needed));
            }
            Self::Apart { pair } => {
                spec.keep_apart
                    .retain(|(a, b)| (a, b) != (&pair.0, &pair.1) && (b, a) != (&pair.0, &pair.1));
            }
            Self::After { before, after } => {
                for activity in spec.activities.iter_mut().filter(|a| a.id == *after) {
                    activity.after.retain(|id| id != before);
                }
            }
            Self::Interpreters { pair, of, more } => hire(spec, pair, of.as_ref(), *more),
        }
    }

    fn apply_to_hall(&self, spec: &mut Spec) {
        for it in &mut spec.halls {
            match self {
                Self::Closed { hall, span } if it.id == *hall => {
                    it.closed.retain(|closed| closed != span);
                }
                Self::Capacity { hall, needed } if it.id == *hall => {
                    it.capacity = it.capacity.max(*needed);
                }
                Self::Units { hall } if it.id == *hall => it.units += 1,
                Self::Booths { hall, needed } if it.id == *hall => {
                    it.booths = it.booths.max(*needed);
                }
                _ => {}
            }
        }
    }

    fn apply_to_activity(&self, spec: &mut Spec, activity: &ActivityId) {
        for it in spec.activities.iter_mut().filter(|a| a.id == *activity) {
            match self {
                Self::Window { needed, .. } => {
                    it.window = it.window.map(|w| (w.0.min(needed.0), w.1.max(needed.1)));
                }
                Self::Pinned { .. } => it.pin = Pin::default(),
                Self::Lunch { .. } => it.over_lunch = Some(true),
                // As the chief interpreter would do it: for this activity alone.
                Self::InterpreterDay { .. } | Self::Listeners { .. } => {
                    let reason = "asked for".to_owned();
                    it.waivers.push(Waiver { rule: self.rule(), reason });
                }
                _ => {}
            }
        }
    }
}

fn hire(spec: &mut Spec, pair: &[Language; 2], of: Option<&DelegationId>, more: u32) {
    for _ in 0..more {
        let taken = |id: &InterpreterId| spec.interpreters.iter().any(|one| one.id == *id);
        let mut number = spec.interpreters.len();
        let mut id = InterpreterId::new(format!("more-{number}"));
        while taken(&id) {
            number += 1;
            id = InterpreterId::new(format!("more-{number}"));
        }
        let (pairs, of) = (vec![pair.clone()], of.cloned());
        spec.interpreters.push(Interpreter { id, pairs, off: Vec::new(), busy: Vec::new(), of });
    }
}

/// The problem and the plan in which the facts no longer hold.
pub fn relax(problem: &Problem, plan: &Plan, facts: &[Fact]) -> (Spec, Plan) {
    let (mut spec, mut plan) = (problem.spec().clone(), plan.clone());
    for fact in facts {
        fact.apply(&mut spec, &mut plan);
    }
    (spec, plan)
}
