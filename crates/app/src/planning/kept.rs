//! What stays where it is when a draft is made anew: pins, and what was released.

use std::collections::BTreeSet;

use domain::{
    brief::Brief,
    interpretation::Arrangement,
    programme::{Activity, Hours, Pin, Plan, Slot},
    team::Team,
};
use jiff::Timestamp;
use planner::{Budget, Faults};

use super::{Task, grid};

/// The places that are given whole: pins. They stand or fall together, whatever the draft is.
pub fn given(brief: &Brief) -> Vec<Slot> {
    let slot = |pin: &Pin| {
        let minutes = brief.minutes(pin.activity)?;
        Some(Slot { activity: pin.activity, hall: pin.hall, start: pin.start, minutes })
    };
    brief.pins.iter().filter_map(slot).collect()
}

/// The brief with what was released held where it is, with its team, as far as that breaks no rule: so
/// planning again adds to a programme that people have, and does not shuffle it.
pub fn held(brief: &Brief, released: &[Slot], teams: &[Team]) -> Brief {
    let mut held = brief.clone();
    let same = |slot: &&Slot| brief.minutes(slot.activity) == Some(slot.minutes);
    let stands: Vec<Slot> =
        released.iter().filter(same).filter(|s| brief.pin(s.activity).is_none()).copied().collect();
    let mut all = given(brief);
    all.extend(&stands);
    let clashes = brief.clashes_of(&all, teams);
    let hit: BTreeSet<Activity> =
        clashes.iter().flat_map(|clash| [Some(clash.activity), clash.other]).flatten().collect();
    for Slot { activity, hall, start, .. } in
        stands.into_iter().filter(|s| !hit.contains(&s.activity))
    {
        held.pins.push(Pin { activity, hall, start });
        let team = teams.iter().find(|team| team.activity == activity).map(Team::members);
        if team.is_some() {
            let usual = brief.interpretation.arrangement(activity);
            held.interpretation.arrange(Arrangement { team, ..usual });
        }
    }
    // A pin is looked up by halves.
    held.pins.sort_by_key(|pin| pin.activity);
    held
}

/// The same draft after a pin was set: the pinned things stand where they were put, what they push
/// away is put elsewhere, and everything else stays.
pub fn refit(brief: &Brief, hours: &Hours, old: &Plan, at: Timestamp) -> Result<Plan, Faults> {
    let task = Task::new(brief, hours)?;
    let anchored = |activity: Activity| grid::anchor(brief, activity).is_some();
    let mut slots: Vec<Slot> = old.slots.clone();
    slots.retain(|s| brief.minutes(s.activity).is_some() && brief.pin(s.activity).is_none());
    let hopeful = |s: &Slot| !task.impossible.contains_key(&s.activity);
    slots.extend(given(brief).into_iter().filter(hopeful));
    let pushed: BTreeSet<Activity> = brief
        .clashes(&slots)
        .iter()
        .flat_map(|clash| [Some(clash.activity), clash.other])
        .flatten()
        .filter(|activity| !anchored(*activity))
        .collect();
    slots.retain(|s| !pushed.contains(&s.activity));
    let still = Budget { steps: Some(0), ..Budget::default() };
    let go_on = &mut |_| std::ops::ControlFlow::Continue(());
    let base = task.adopt(&slots, &old.teams);
    let outcome = planner::improve(&task.problem, &base, &still, go_on);
    Ok(task.draft(&outcome.plan, old.id, at))
}
