//! Going on after a release when something happened: two or three ways, each with as few changes as its
//! aim allows. What has begun stays. Pure, and the same for the same brief, release, news and time.

use std::{collections::BTreeSet, time::Duration};

use domain::{
    PlanId,
    brief::Brief,
    disruption::{Disruption, Stood, Subject},
    meeting::Wish,
    programme::{Activity, Hours, Pin, Plan, Slot},
    session::Session,
    team::Team,
};
use jiff::Timestamp;
use planner::{Effort, Event, Faults, News, Proved};

use super::{Task, bilateral, given, interpretation, kept, key, stand_in};

/// Work on each way, and the seed of chance: fixed, so that whoever asks again is shown the same ways, but
/// for a limit of time that keeps a page from waiting.
const EFFORT: Effort = Effort { steps: 600, seed: 1, cpu: Some(Duration::from_secs(4)) };
/// The shortest that a session is cut to, in minutes.
const MIN_MINUTES: i64 = 10;
/// Most ways that are offered.
const MOST: usize = 3;
/// Most activities without a place that are tried where something was called off.
const MOST_HEIRS: usize = 100;

/// One way to go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Way {
    /// The brief as it stands if this way is gone: the news, and what had to give way to it.
    pub brief: Brief,
    /// Where everything is, by start.
    pub slots: Vec<Slot>,
    /// Who interprets it.
    pub teams: Vec<Team>,
    /// Whether it is proved that none drops less.
    pub least: bool,
}

impl Way {
    /// In one order, so that the same way found twice is seen to be the same.
    fn new(brief: &Brief, mut slots: Vec<Slot>, mut teams: Vec<Team>) -> Self {
        slots.sort_by_key(|s| (s.start, s.hall, s.activity));
        teams.sort_by_key(|team| team.activity);
        Self { brief: brief.clone(), slots, teams, least: false }
    }

    /// The way as a draft, with reasons for what has no place.
    pub fn plan(&self, hours: &Hours, id: PlanId, at: Timestamp) -> Result<Plan, Faults> {
        let task = Task::over(&self.brief, hours, &self.slots)?;
        let mut plan = task.draft(&task.adopt(&self.slots, &self.teams), id, at);
        plan.slots.clone_from(&self.slots);
        plan.teams.clone_from(&self.teams);
        plan.unplaced.retain(|u| self.slots.iter().all(|s| s.activity != u.activity));
        Ok(plan)
    }

    /// What is held of `released` no longer: the sessions, and all activities.
    fn lost(&self, released: &[Slot]) -> Vec<Activity> {
        let here: BTreeSet<Activity> = self.slots.iter().map(|s| s.activity).collect();
        released.iter().map(|s| s.activity).filter(|a| !here.contains(a)).collect()
    }

    /// Gives sessions whose start was taken back the start that they got.
    fn fasten(&mut self, before: &Brief) {
        for slot in &self.slots {
            let Activity::Session(id) = slot.activity else { continue };
            let had = before.session(id).is_some_and(|session| session.fixed.is_some());
            let start = self.brief.civil(slot.start);
            for session in self.brief.sessions.iter_mut().filter(|it| had && it.id == id) {
                if session.fixed.is_none() {
                    (session.fixed, session.days) = (Some(start), Vec::new());
                }
            }
        }
    }

    /// What it costs: activities lost, delegations of whatever has another place, and teams that change.
    fn cost(&self, released: &[Slot], before: &[Team]) -> [usize; 3] {
        let there: BTreeSet<_> = released.iter().map(place).collect();
        let moved = self.slots.iter().filter(|s| !there.contains(&place(s)));
        let lost = self.lost(released);
        let changed = moved.map(|s| s.activity).chain(lost.iter().copied());
        let touched: BTreeSet<_> = changed.flat_map(|a| self.brief.company(a)).collect();
        let restaffed = self.teams.iter().filter(|team| !before.contains(team)).count();
        [lost.len(), touched.len(), restaffed]
    }
}

fn place(slot: &Slot) -> (Activity, domain::HallId, Timestamp) {
    (slot.activity, slot.hall, slot.start)
}

/// What of a release does not stand as things are filed by now, before any news: it was called off, or a
/// rule forbids it where it is. What has begun is left aside.
pub fn stale(brief: &Brief, released: &[Slot], now: Timestamp) -> BTreeSet<Activity> {
    let there: BTreeSet<Activity> = brief.activities().into_iter().collect();
    let lasts = |slot: &Slot| Some(Slot { minutes: brief.minutes(slot.activity)?, ..*slot });
    let ahead = released.iter().filter(|slot| slot.start >= now);
    let (stands, gone): (Vec<&Slot>, Vec<&Slot>) =
        ahead.partition(|slot| there.contains(&slot.activity));
    let stands: Vec<Slot> = stands.into_iter().filter_map(lasts).collect();
    let clashes = brief.clashes(&stands);
    let broken = clashes.iter().flat_map(|clash| [Some(clash.activity), clash.other]).flatten();
    broken.chain(gone.into_iter().map(|slot| slot.activity)).collect()
}

/// What every way begins with.
struct Ground<'a> {
    brief: Brief,
    hours: &'a Hours,
    /// What was released and can still be told apart, with the lengths that things have now.
    standing: Vec<Slot>,
    /// Who was to interpret it.
    teams: Vec<Team>,
    news: &'a Disruption,
    now: Timestamp,
}

/// The ways to go on, the one that loses least first, then the one that touches fewest delegations and teams.
/// When the news changes nothing there is one way, and it changes nothing either.
pub fn repair(
    brief: &Brief,
    hours: &Hours,
    (released, teams): (&[Slot], &[Team]),
    news: &Disruption,
    now: Timestamp,
) -> Result<Vec<Way>, Faults> {
    let mut after = brief.clone();
    news.apply(&mut after, released, now);
    let lasts = |slot: &Slot| Some(Slot { minutes: after.minutes(slot.activity)?, ..*slot });
    let standing: Vec<Slot> = released.iter().filter_map(lasts).collect();
    let teams = teams.to_vec();
    let mut ground = Ground { brief: after, hours, standing, teams, news, now };
    let hit = ground.hit();
    let begun = |activity| ground.begun(activity);
    // A pin that can no longer be kept must not stand in the way.
    let kept = |activity: Activity| !hit.contains(&activity) || begun(activity);
    let pins = ground.brief.pins.iter().copied().filter(|pin| kept(pin.activity)).collect();
    ground.brief.pins = pins;
    let before = ground.teams.clone();
    if matches!(news, Disruption::Interpreter { .. }) {
        ground.teams = stand_in::teams(&ground.brief, &ground.standing, &ground.teams, now);
    }
    let mut ways = ground.ways()?;
    ways.extend(ground.shedding());
    let shortened = ground.shortening();
    for yields in [Yields::Waiting, Yields::Day, Yields::All] {
        let sound = ways.iter().filter(|way| ground.sound(way));
        let lost = sound.map(|way| way.lost(&ground.standing));
        let lost = lost.min_by_key(|lost| (sessions(lost), lost.len())).unwrap_or_default();
        if sessions(&lost) == 0 {
            break;
        }
        if ground.loosen(hit.iter().chain(&lost), yields) {
            for way in &mut ways {
                way.least = false;
            }
            ways.extend(ground.ways()?);
        }
    }
    ways.extend(shortened);
    ways.extend(ground.filling(released)?);
    ways.extend(ground.restoring());
    ways.retain(|way| ground.sound(way));
    // Nobody is offered to lose a session that need not be lost.
    let given_up = |way: &Way| sessions(&way.lost(&ground.standing));
    let fewest = ways.iter().map(given_up).min();
    ways.retain(|way| Some(given_up(way)) == fewest);
    for way in &mut ways {
        way.fasten(brief);
    }
    Ok(choice(ways, |way| way.cost(&ground.standing, &before)))
}

/// How many of some activities are sessions.
fn sessions(activities: &[Activity]) -> usize {
    activities.iter().filter(|a| matches!(a, Activity::Session(_))).count()
}

/// The ways that are offered: each once, first those than which no other is better in every respect; of
/// those the one that loses least, then the one that touches fewest delegations and teams.
fn choice(mut ways: Vec<Way>, cost: impl Fn(&Way) -> [usize; 3]) -> Vec<Way> {
    ways.sort_by_cached_key(|way| {
        let [lost, touched, restaffed] = cost(way);
        (lost, touched + restaffed)
    });
    let mut different: Vec<Way> = Vec::new();
    for way in ways {
        let same = |other: &Way| (&other.slots, &other.teams) == (&way.slots, &way.teams);
        if !different.iter().any(same) {
            different.push(way);
        }
    }
    let costs: Vec<[usize; 3]> = different.iter().map(&cost).collect();
    let beaten = |own: &[usize; 3]| {
        let better =
            |other: &&[usize; 3]| *other != own && other.iter().zip(own).all(|(a, b)| a <= b);
        costs.iter().any(|other| better(&other))
    };
    let (first, rest): (Vec<_>, Vec<_>) =
        different.into_iter().zip(&costs).partition(|(_, own)| !beaten(own));
    first.into_iter().chain(rest).map(|(way, _)| way).take(MOST).collect()
}

/// Which given starts are taken back, fewest first. What the news is about keeps its own as long as can be:
/// everybody came for it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Yields {
    /// Those of what cannot stand and of what waits for it.
    Waiting,
    /// Those of all that is later on its day, too.
    Day,
    /// Its own, too.
    All,
}

impl Ground<'_> {
    /// Whether something has begun.
    fn begun(&self, activity: Activity) -> bool {
        self.standing.iter().any(|s| s.activity == activity && s.start < self.now)
    }

    /// What can no longer stand where it was released.
    fn hit(&self) -> BTreeSet<Activity> {
        let clashes = self.brief.clashes(&self.standing);
        clashes.iter().flat_map(|c| [Some(c.activity), c.other]).flatten().collect()
    }

    /// Whether a way breaks a rule by anything that has not begun.
    fn sound(&self, way: &Way) -> bool {
        let clashes = way.brief.clashes_of(&way.slots, &way.teams);
        clashes.iter().all(|c| self.begun(c.activity) && c.other.is_none_or(|o| self.begun(o)))
    }

    /// Takes back the given starts of sessions because some activities cannot stand; they stay on their day.
    /// Whether there were any.
    fn loosen<'a>(&mut self, hit: impl Iterator<Item = &'a Activity>, yields: Yields) -> bool {
        let mut free: BTreeSet<Activity> = hit.copied().collect();
        for _ in &self.brief.sessions {
            let waits =
                |s: &&Session| s.after.iter().any(|id| free.contains(&Activity::Session(*id)));
            let waiting = self.brief.sessions.iter().filter(waits).map(|s| Activity::Session(s.id));
            let waiting: Vec<Activity> = waiting.collect();
            free.extend(waiting);
        }
        let date = |slot: &Slot| self.brief.civil(slot.start).date();
        if yields >= Yields::Day {
            let stood = self.standing.iter().filter(|slot| free.contains(&slot.activity));
            let from: Vec<_> = stood.map(|slot| (date(slot), slot.start)).collect();
            let later = |s: &&Slot| from.iter().any(|(day, at)| *day == date(s) && *at <= s.start);
            free.extend(self.standing.iter().filter(later).map(|slot| slot.activity));
        }
        if let (true, Some(Subject::Session(own))) = (yields < Yields::All, self.news.about()) {
            free.remove(&Activity::Session(own));
        }
        free.retain(|activity| !self.begun(*activity));
        // A start that was given since the release is a newer word than the release.
        let as_given = |slot: &&Slot| match slot.activity {
            Activity::Session(id) => {
                self.brief.session(id).and_then(|s| s.fixed) == Some(self.brief.civil(slot.start))
            }
            Activity::Meeting(_) => false,
        };
        let as_given: BTreeSet<Activity> =
            self.standing.iter().filter(as_given).map(|slot| slot.activity).collect();
        free.retain(|activity| as_given.contains(activity));
        let mut any = false;
        for session in &mut self.brief.sessions {
            let given = session.fixed.filter(|_| free.contains(&Activity::Session(session.id)));
            if let Some(start) = given {
                (session.fixed, session.days) = (None, vec![start.date()]);
                any = true;
            }
        }
        any
    }

    /// The planner's ways.
    fn ways(&self) -> Result<Vec<Way>, Faults> {
        let mut known = self.brief.clone();
        let new = match self.news {
            Disruption::Meeting(meeting) => Some(meeting),
            _ => None,
        };
        // What the release left out is left out still: placing it would disturb others for no news.
        let here: BTreeSet<Activity> = self.standing.iter().map(|s| s.activity).collect();
        known.sessions.retain(|s| here.contains(&Activity::Session(s.id)));
        known.meetings.retain(|m| here.contains(&Activity::Meeting(m.id)));
        let task = Task::over(&known, self.hours, &self.standing)?;
        let added = new.map(|m| (m, Activity::Meeting(m.id)));
        let added = added.filter(|(_, activity)| self.brief.halls_for(*activity).is_ok());
        let news = added.map_or(News::Told, |(meeting, activity)| {
            News::NewActivity(Box::new(bilateral(&self.brief, meeting, activity, &task.grid)))
        });
        let event = Event { now: task.grid.at_or_after(self.brief.civil(self.now)), news };
        let base = task.adopt(&self.standing, &self.teams);
        let (_, repairs) = planner::repair(task.problem.clone(), &base, &event, &EFFORT)?;
        let way = |repair: &planner::Repair| Way {
            least: repair.proved >= Proved::Dropped,
            ..self.way(&task, &repair.plan)
        };
        Ok(repairs.iter().map(way).collect())
    }

    /// A plan of the planner's as a way. What has begun stays where it was released, even where the
    /// planner was not asked.
    fn way(&self, task: &Task<'_>, plan: &planner::Plan) -> Way {
        let mut slots: Vec<Slot> =
            self.standing.iter().filter(|s| s.start < self.now).copied().collect();
        let mut teams = self.teams.clone();
        teams.retain(|team| self.begun(team.activity));
        for activity in self.brief.activities() {
            let Some(placed) = plan.activities.get(&key(activity)) else { continue };
            let (Ok(hall), Some(minutes)) =
                (placed.hall.as_str().parse(), self.brief.minutes(activity))
            else {
                continue;
            };
            if !self.begun(activity) {
                let start = self.brief.instant(task.grid.civil(placed.start));
                slots.push(Slot { activity, hall, start, minutes });
                teams.extend(interpretation::team(&self.brief, activity, &placed.interpreters));
            }
        }
        Way::new(&self.brief, slots, teams)
    }

    /// The way that moves nothing and gives the place of what was called off to something that had none, and
    /// its time to whatever else finds a place then.
    fn filling(&self, released: &[Slot]) -> Result<Option<Way>, Faults> {
        let Disruption::CalledOff { activity, .. } = self.news else { return Ok(None) };
        let here: BTreeSet<Activity> = self.standing.iter().map(|s| s.activity).collect();
        let mut waiting = self.brief.activities();
        waiting.retain(|activity| !here.contains(activity));
        let freed = released.iter().find(|slot| slot.activity == *activity);
        let Some(freed) = freed.filter(|_| !waiting.is_empty()) else { return Ok(None) };
        let mut held = kept::held(&self.brief, self.hours, &self.standing, &self.teams)?;
        if let Some(activity) = self.heir(&waiting, freed) {
            held.pins.push(Pin { activity, hall: freed.hall, start: freed.start });
            held.pins.sort_by_key(|pin| pin.activity);
        }
        let task = Task::over(&held, self.hours, &self.standing)?;
        let all: Vec<Slot> = self.standing.iter().copied().chain(given(&held)).collect();
        let full = self.way(&task, &kept::filled(&task, &all, &self.teams));
        let new = |slot: &&Slot| {
            let meets = slot.start < freed.end() && freed.start < slot.end();
            meets && slot.start >= self.now && !here.contains(&slot.activity)
        };
        let new: Vec<Slot> = full.slots.iter().filter(new).copied().collect();
        let teams = full.teams.iter().filter(|t| new.iter().any(|s| s.activity == t.activity));
        let teams = self.teams.iter().chain(teams).cloned().collect();
        let slots = self.standing.iter().chain(&new).copied().collect();
        Ok((!new.is_empty()).then(|| Way::new(&self.brief, slots, teams)))
    }

    /// The way that gives back what earlier news of the same arrival moved or dropped, where all of it is
    /// still to come.
    fn restoring(&self) -> Option<Way> {
        let Disruption::Late { earlier: Some(noted), .. } = self.news else { return None };
        let (mut slots, mut teams) = (self.standing.clone(), self.teams.clone());
        for Stood { slot, team } in &noted.stood {
            let activity = slot.activity;
            let same = self.brief.minutes(activity) == Some(slot.minutes);
            if !same || slot.start < self.now || self.begun(activity) {
                return None;
            }
            slots.retain(|s| s.activity != activity);
            slots.push(*slot);
            teams.retain(|t| t.activity != activity);
            teams.extend(team.clone());
        }
        (!noted.stood.is_empty()).then(|| Way::new(&self.brief, slots, teams))
    }

    /// What fits where something was called off, sessions and what has to take place first.
    fn heir(&self, waiting: &[Activity], freed: &Slot) -> Option<Activity> {
        let nice = |activity: &Activity| match activity {
            Activity::Session(_) => false,
            Activity::Meeting(id) => self.brief.meeting(*id).is_some_and(|m| m.wish == Wish::Nice),
        };
        let mut waiting: Vec<Activity> = waiting.to_vec();
        waiting.sort_by_key(|activity| (nice(activity), *activity));
        waiting.into_iter().take(MOST_HEIRS).find(|activity| {
            let minutes = self.brief.minutes(*activity).filter(|n| *n <= freed.minutes);
            let Some(minutes) = minutes else { return false };
            let mut slots = self.standing.clone();
            slots.push(Slot { activity: *activity, minutes, ..*freed });
            let clashes = self.brief.clashes(&slots);
            clashes.iter().all(|c| c.activity != *activity && c.other != Some(*activity))
        })
    }

    /// The way on which the sessions that a longer one runs into begin when it ends and end when they would
    /// have, where at least half of each is left.
    fn shortening(&self) -> Option<Way> {
        let Disruption::Longer { session: own, .. } = self.news else { return None };
        let own = Activity::Session(*own);
        let longer = self.standing.iter().find(|slot| slot.activity == own)?;
        let (begins, over) = (longer.start, longer.end());
        let mut way = Way::new(&self.brief, self.standing.clone(), self.teams.clone());
        let clashes = self.brief.clashes(&self.standing);
        let cut: BTreeSet<Activity> = clashes
            .iter()
            .flat_map(|clash| [Some(clash.activity), clash.other])
            .flatten()
            .filter(|activity| *activity != own)
            .collect();
        // What is broken elsewhere, for another reason, is not this news's to mend.
        let met = |slot: &&mut Slot| begins < slot.start && slot.start < over;
        for slot in way.slots.iter_mut().filter(met).filter(|slot| cut.contains(&slot.activity)) {
            let Activity::Session(id) = slot.activity else { return None };
            let left = slot.end().duration_since(over).as_mins();
            if left < MIN_MINUTES || 2 * left < slot.minutes {
                return None;
            }
            (slot.start, slot.minutes) = (over, left);
            let start = self.brief.civil(over);
            for session in way.brief.sessions.iter_mut().filter(|it| it.id == id) {
                session.minutes = left;
                session.fixed = session.fixed.map(|_| start);
            }
        }
        (!cut.is_empty()).then_some(way)
    }

    /// The way that moves nothing and drops the meetings that no longer fit, where that is enough.
    fn shedding(&self) -> Option<Way> {
        let clashes = self.brief.clashes_of(&self.standing, &self.teams);
        let shed = |activity: Activity| {
            let meeting = matches!(activity, Activity::Meeting(_)) && !self.begun(activity);
            meeting && clashes.iter().any(|c| c.activity == activity || c.other == Some(activity))
        };
        let mut slots = self.standing.clone();
        slots.retain(|slot| !shed(slot.activity));
        let mut teams = self.teams.clone();
        teams.retain(|team| slots.iter().any(|slot| slot.activity == team.activity));
        let fewer = slots.len() < self.standing.len();
        fewer.then(|| Way::new(&self.brief, slots, teams))
    }
}
