//! What can happen after a plan was released, and the problem as it stands then.

use std::collections::{BTreeSet, HashMap};

use serde::{Deserialize, Serialize};

use crate::problem::{
    Problem,
    fault::Faults,
    id::{ActivityId, DelegationId, HallId, InterpreterId, PersonId},
    interpretation::{Need, Provider},
    plan::Plan,
    spec::{Activity, Person, Slot, Span, Spec},
};

/// News, and when it came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// The slot at which it came: what began before stays.
    pub now: Slot,
    /// What happened.
    pub news: News,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum News {
    /// Nothing that the problem does not say already.
    Told,
    /// A person lands later. They are excused from pinned plenaries and culture that begin before.
    ArrivalDelayed {
        /// The person.
        person: PersonId,
        /// First slot present.
        arrive: Slot,
    },
    /// A hall cannot be used.
    HallLost {
        /// The hall.
        hall: HallId,
        /// When.
        span: Span,
    },
    /// An interpreter falls out for a day.
    InterpreterOut {
        /// The interpreter.
        interpreter: InterpreterId,
        /// The day, from 0.
        day: u32,
    },
    /// A person has other things to do.
    PersonBusy {
        /// The person.
        person: PersonId,
        /// When.
        span: Span,
    },
    /// A delegation leaves with its interpreters: its people are excused, and small activities that have
    /// fewer than two delegations left fall away. Where it was to bring interpreters, the pool does.
    DelegationWithdrawn {
        /// The delegation.
        delegation: DelegationId,
    },
    /// An activity takes longer.
    SessionLonger {
        /// The activity.
        activity: ActivityId,
        /// Its new duration.
        duration: Slot,
    },
    /// An activity is added.
    NewActivity(Box<Activity>),
}

impl Event {
    /// The problem after the news, which leave as it was what `base` had begun by then; an event that names
    /// something unknown, or makes the problem unsound, is a fault. Slots beyond the grid and empty spans say
    /// nothing.
    pub fn apply(&self, problem: Problem, base: &Plan) -> Result<Problem, Faults> {
        self.known(&problem)?;
        match &self.news {
            News::Told => Ok(problem),
            News::ArrivalDelayed { person, arrive } => {
                let tasks = attended(&problem, person);
                if tasks.iter().all(|&at| may_spare(&problem.spec().activities[at])) {
                    return problem.revise(&tasks, |spec| delay(spec, person, *arrive));
                }
                let mut spec = problem.into_spec();
                delay(&mut spec, person, *arrive);
                provide(&mut spec);
                Problem::new(spec)
            }
            News::HallLost { hall, span } => problem.revise(&[], |spec| {
                let it = spec.halls.iter_mut().find(|it| it.id == *hall);
                if let Some(it) = it.filter(|_| span.0 < span.1) {
                    it.closed.push(*span);
                }
            }),
            News::InterpreterOut { interpreter, day } => problem.revise(&[], |spec| {
                for it in spec.interpreters.iter_mut().filter(|it| it.id == *interpreter) {
                    it.off.push(*day);
                }
            }),
            News::PersonBusy { person, span } => {
                let tasks = attended(&problem, person);
                problem.revise(&tasks, |spec| {
                    let it = spec.people.iter_mut().find(|it| it.id == *person);
                    if let Some(it) = it.filter(|_| span.0 < span.1) {
                        it.busy.push(*span);
                    }
                })
            }
            News::DelegationWithdrawn { delegation } => {
                let mut spec = problem.into_spec();
                let begun = |id: &ActivityId| {
                    base.activities.get(id).is_some_and(|placed| placed.start < self.now)
                };
                withdraw(&mut spec, delegation, self.now, begun);
                Problem::new(spec)
            }
            News::SessionLonger { activity, duration } => {
                let mut spec = problem.into_spec();
                for it in spec.activities.iter_mut().filter(|it| it.id == *activity) {
                    it.duration = *duration;
                }
                Problem::new(spec)
            }
            News::NewActivity(activity) => {
                let mut spec = problem.into_spec();
                spec.activities.push((**activity).clone());
                Problem::new(spec)
            }
        }
    }

    fn known(&self, problem: &Problem) -> Result<(), Faults> {
        use crate::problem::{
            fault::{Defect, Fault},
            id::Object,
        };
        let index = &problem.index;
        let (object, known) = match &self.news {
            News::ArrivalDelayed { person, .. } | News::PersonBusy { person, .. } => {
                (Object::Person(person.clone()), index.person(person).is_some())
            }
            News::HallLost { hall, .. } => (Object::Hall(hall.clone()), index.hall(hall).is_some()),
            News::InterpreterOut { interpreter: id, .. } => {
                (Object::Interpreter(id.clone()), index.interpreter(id).is_some())
            }
            News::DelegationWithdrawn { delegation: id } => {
                (Object::Delegation(id.clone()), index.delegation(id).is_some())
            }
            News::SessionLonger { activity, .. } => {
                (Object::Activity(activity.clone()), index.activity(activity).is_some())
            }
            News::Told | News::NewActivity(_) => return Ok(()),
        };
        if known {
            return Ok(());
        }
        Err(Faults(vec![Fault::new(object, Defect::Unknown, "event")]))
    }
}

fn delay(spec: &mut Spec, person: &PersonId, arrive: Slot) {
    for it in spec.people.iter_mut().filter(|it| it.id == *person) {
        it.arrive = arrive;
    }
    for activity in &mut spec.activities {
        let before = activity.pin.start.is_some_and(|start| start < arrive);
        if activity.kind.excuses() && before {
            activity.people.retain(|other| other != person);
        }
    }
}

/// The activities at which a person is expected.
fn attended(problem: &Problem, person: &PersonId) -> Vec<usize> {
    let activities = &problem.spec().activities;
    (0..activities.len()).filter(|&at| activities[at].people.contains(person)).collect()
}

/// Whether it does not matter to an activity's interpretation who is late.
fn may_spare(activity: &Activity) -> bool {
    let pool = |need: &Need| need.by().is_none_or(|by| *by == Provider::Pool);
    !activity.kind.excuses() || activity.interpretation.iter().all(pool)
}

/// By person: their delegation.
fn sides(spec: &Spec) -> HashMap<PersonId, DelegationId> {
    let side = |person: &Person| (person.id.clone(), person.delegation.clone());
    spec.people.iter().map(side).collect()
}

/// Lets the pool provide what the sides of an activity no longer can.
fn provide(spec: &mut Spec) {
    let sides = sides(spec);
    for activity in &mut spec.activities {
        let here: BTreeSet<_> = activity.people.iter().filter_map(|it| sides.get(it)).collect();
        for by in activity.interpretation.iter_mut().filter_map(Need::by_mut) {
            let fits = match by {
                Provider::Pool => true,
                Provider::EachSide => here.len() == 2,
                Provider::OneSide(side) => here.contains(side),
            };
            if !fits {
                *by = Provider::Pool;
            }
        }
    }
}

fn withdraw(
    spec: &mut Spec,
    delegation: &DelegationId,
    now: Slot,
    begun: impl Fn(&ActivityId) -> bool,
) {
    let sides = sides(spec);
    let of = |person: &PersonId| sides.get(person);
    let mut gone = Vec::new();
    for activity in spec.activities.iter_mut().filter(|it| !begun(&it.id)) {
        if activity.people.iter().all(|person| of(person) != Some(delegation)) {
            continue;
        }
        activity.people.retain(|person| of(person) != Some(delegation));
        let mut left: Vec<_> = activity.people.iter().filter_map(of).collect();
        left.sort();
        left.dedup();
        if left.len() < 2 && activity.kind.small() {
            gone.push(activity.id.clone());
        }
    }
    spec.activities.retain(|activity| !gone.contains(&activity.id));
    for activity in &mut spec.activities {
        activity.after.retain(|before| !gone.contains(before));
    }
    let from = now.min(spec.grid.slots);
    for one in spec.interpreters.iter_mut().filter(|it| it.of.as_ref() == Some(delegation)) {
        one.busy.push((from, spec.grid.slots));
    }
    provide(spec);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Event, News};
    use crate::{
        problem::{Problem, plan::Plan},
        sample::{self, Size},
    };

    proptest! {
        #[test]
        fn a_revised_problem_is_the_same_as_one_made_anew(
            seed in 0..1_000_u64, which in 0..4, pick in 0..1_000_usize, at in 0..90_u32,
        ) {
            let problem = Problem::new(sample::problem(Size::SMALL, seed)).expect("samples are sound");
            let spec = problem.spec();
            let person = spec.people[pick % spec.people.len()].id.clone();
            let hall = spec.halls[pick % spec.halls.len()].id.clone();
            let interpreter = spec.interpreters[pick % spec.interpreters.len()].id.clone();
            let news = match which {
                0 => News::ArrivalDelayed { person, arrive: at },
                1 => News::HallLost { hall, span: (at, at + 7) },
                2 => News::InterpreterOut { interpreter, day: at % 3 },
                _ => News::PersonBusy { person, span: (at, at + 7) },
            };
            let revised = Event { now: 0, news }.apply(problem, &Plan::default());
            let revised = revised.expect("the news are sound");
            let anew = Problem::new(revised.spec().clone()).expect("still sound");
            prop_assert_eq!(revised.model, anew.model);
        }
    }
}
