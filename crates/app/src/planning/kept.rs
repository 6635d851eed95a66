//! What stays where it is when a draft is made anew: pins, and what was released.

use std::{collections::BTreeSet, ops::ControlFlow};

use domain::{
    brief::Brief,
    interpretation::Arrangement,
    programme::{Activity, Hours, Pin, Plan, Slot},
    team::Team,
};
use jiff::Timestamp;
use planner::{Budget, Faults, Progress};

use super::{Task, grid, key};

/// Nothing moves that need not.
const STILL: Budget = Budget { steps: Some(0), seed: 1, threads: 1, cpu: None };

fn go_on(_: Progress) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

/// The places that are given whole: pins. They stand or fall together, whatever the draft is.
pub fn given(brief: &Brief) -> Vec<Slot> {
    let slot = |pin: &Pin| {
        let minutes = brief.minutes(pin.activity)?;
        Some(Slot { activity: pin.activity, hall: pin.hall, start: pin.start, minutes })
    };
    brief.pins.iter().filter_map(slot).collect()
}

/// The brief with what was released held where it is, with its team, as far as it stands beside the pins:
/// so planning again adds to a programme that people have, and does not shuffle it. Whatever is held is as
/// good as pinned, so that the planner is asked first what of it leaves room for the pins and for what else
/// has to take place.
pub fn held(
    brief: &Brief,
    hours: &Hours,
    released: &[Slot],
    teams: &[Team],
) -> Result<Brief, Faults> {
    let task = Task::over(brief, hours, released)?;
    let same = |slot: &&Slot| brief.minutes(slot.activity) == Some(slot.minutes);
    let stands: Vec<Slot> =
        released.iter().filter(same).filter(|s| brief.pin(s.activity).is_none()).copied().collect();
    let mut all = given(brief);
    all.extend(&stands);
    let base = task.adopt(&all, teams);
    let kept = filled(&task, &all, teams);
    let mut held = brief.clone();
    for Slot { activity, hall, start, .. } in stands {
        let places = [&base, &kept].map(|plan| plan.activities.get(&key(activity)));
        let [Some(before), Some(after)] = places else { continue };
        if (&before.hall, before.start) != (&after.hall, after.start) {
            continue;
        }
        held.pins.push(Pin { activity, hall, start });
        let team = teams.iter().find(|team| team.activity == activity).map(Team::members);
        if team.is_some() && before.interpreters == after.interpreters {
            let usual = brief.interpretation.arrangement(activity);
            held.interpretation.arrange(Arrangement { team, ..usual });
        }
    }
    // A pin is looked up by halves.
    held.pins.sort_by_key(|pin| pin.activity);
    Ok(held)
}

/// What stands, and whatever else finds a place beside it.
pub(super) fn filled(task: &Task<'_>, standing: &[Slot], teams: &[Team]) -> planner::Plan {
    let base = task.adopt(standing, teams);
    planner::improve(&task.problem, &base, &STILL, &mut go_on).plan
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
    let base = task.adopt(&slots, &old.teams);
    let outcome = planner::improve(&task.problem, &base, &STILL, &mut go_on);
    Ok(task.draft(&outcome.plan, old.id, at))
}
