//! Where the rules of convening meet the planner: a brief becomes a problem, and the planner's plan
//! a draft. Pure functions; whatever they give keeps the rules of both (property tests).
//!
//! A delegation is one person to the planner. A session that has no given start is also attended by
//! a *clock*: a person of nobody's who is busy outside the working hours and on unwished days.

mod grid;
mod interpretation;
mod kept;
pub mod matching;
mod reason;
mod repair;
mod stand_in;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    DelegationId, PlanId, SessionId,
    brief::Brief,
    delegation::Delegation,
    meeting::{self, Wish},
    precedence::Rank,
    programme::{Activity, Hindrance, Hours, Plan, Reason, Slot, Unplaced},
    session::{Attendance, Session, SessionKind},
    team::Team,
    venue::{Closed, Hall},
};
use jiff::{Timestamp, civil::Date};
use planner::{Faults, Kind, Problem, Spec};

pub use kept::{given, held, refit};
pub use repair::{Way, repair, stale};

use grid::Grid;

/// Most activities without a place for which reasons are looked for; each costs a search of its own.
const MOST_REASONS: usize = 300;
/// Whose clocks are: nobody's.
const NOBODY: &str = "nobody";

/// A brief made ready for the planner.
pub struct Task<'a> {
    brief: &'a Brief,
    grid: Grid,
    /// The problem.
    pub problem: Problem,
    /// What the planner is not even asked, with the reasons.
    impossible: BTreeMap<Activity, Vec<Reason>>,
}

impl<'a> Task<'a> {
    /// Makes a brief ready. The faults are ours, not the reader's: what readers can get wrong is
    /// told as a reason.
    pub fn new(brief: &'a Brief, hours: &Hours) -> Result<Self, Faults> {
        Self::over(brief, hours, &[])
    }

    /// The same, on a grid on which these places stand, too.
    pub fn over(brief: &'a Brief, hours: &Hours, standing: &[Slot]) -> Result<Self, Faults> {
        let grid = Grid::new(brief, hours, standing);
        let impossible = impossible(brief, &grid);
        let problem = Problem::new(spec(brief, &grid, &impossible))?;
        Ok(Self { brief, grid, problem, impossible })
    }

    /// How many activities there are, those without hope included.
    pub fn total(&self) -> usize {
        self.problem.spec().activities.len() + self.impossible.len()
    }

    /// How many have no place when the planner leaves out `unplaced` of its own.
    pub fn placed(&self, unplaced: usize) -> usize {
        self.problem.spec().activities.len().saturating_sub(unplaced)
    }

    /// A draft in the planner's words: what of it stands on the grid.
    pub fn adopt(&self, slots: &[Slot], teams: &[Team]) -> planner::Plan {
        let place = |slot: &Slot| {
            let start = self.grid.slot(self.brief.civil(slot.start))?;
            let hall = planner::HallId::new(slot.hall.to_string());
            let interpreters = interpretation::adopted(self.brief, slot.activity, teams);
            Some((key(slot.activity), planner::Placement { start, hall, interpreters }))
        };
        planner::Plan { activities: slots.iter().filter_map(place).collect() }
    }

    /// The planner's plan as a draft, with reasons for what has no place.
    pub fn draft(&self, plan: &planner::Plan, id: PlanId, at: Timestamp) -> Plan {
        let (mut slots, mut teams) = (Vec::new(), Vec::new());
        let mut unplaced: Vec<Unplaced> = self
            .impossible
            .iter()
            .map(|(activity, reasons)| Unplaced {
                activity: *activity,
                reasons: reasons.clone(),
                openings: Vec::new(),
            })
            .collect();
        for activity in self.brief.activities() {
            let placed = plan.activities.get(&key(activity));
            let minutes = self.brief.minutes(activity).unwrap_or(0);
            if let Some(placed) = placed
                && let Ok(hall) = placed.hall.as_str().parse()
            {
                let start = self.brief.instant(self.grid.civil(placed.start));
                slots.push(Slot { activity, hall, start, minutes });
                teams.extend(interpretation::team(self.brief, activity, &placed.interpreters));
            } else if !self.impossible.contains_key(&activity) {
                unplaced.push(if unplaced.len() < MOST_REASONS {
                    self.explained(plan, activity)
                } else {
                    Unplaced { activity, reasons: Vec::new(), openings: Vec::new() }
                });
            }
        }
        slots.sort_by_key(|s| (s.start, s.hall, s.activity));
        unplaced.sort_by_key(|u| u.activity);
        let terms = terms(&planner::score(&self.problem, plan));
        Plan { id, edition: self.brief.edition.id, at, slots, unplaced, teams, terms }
    }

    /// An activity that has no place, with the reasons.
    fn explained(&self, plan: &planner::Plan, activity: Activity) -> Unplaced {
        let openings = reason::of(self.brief, &self.grid, &self.problem, plan, activity);
        let easiest = openings.first().map(|opening| opening.reasons.clone());
        let reasons = easiest.unwrap_or_else(|| vec![Reason::alone(Hindrance::Hours)]);
        Unplaced { activity, reasons, openings }
    }
}

fn key(activity: Activity) -> planner::ActivityId {
    planner::ActivityId::new(activity.to_string())
}

fn person(delegation: DelegationId) -> planner::PersonId {
    planner::PersonId::new(delegation.to_string())
}

fn clock(activity: Activity) -> planner::PersonId {
    planner::PersonId::new(format!("clock-{activity}"))
}

/// Scores as whole numbers, by the planner's own names.
fn terms(score: &planner::Score) -> BTreeMap<String, i64> {
    #[expect(clippy::cast_possible_truncation, reason = "costs stay far below 2^53")]
    let whole = |cost: f64| cost.round() as i64;
    let terms = [
        ("total", score.total),
        ("unplaced", score.unplaced.cost),
        ("idle", score.idle.cost),
        ("hall_moves", score.hall_moves.cost),
        ("unfairness", score.unfairness.cost),
    ];
    terms.map(|(name, cost)| (name.to_owned(), whole(cost))).into()
}

/// What no plan can place, and why: no hall, a pin or a given start against a rule, a time that is
/// not on the grid, or something of the kind that has to come first.
fn impossible(brief: &Brief, grid: &Grid) -> BTreeMap<Activity, Vec<Reason>> {
    let alone = Reason::alone;
    let mut found = BTreeMap::new();
    for activity in brief.activities() {
        let minutes = brief.minutes(activity).unwrap_or(0);
        let mut reasons = Vec::new();
        if let Err(hindrance) = brief.halls_for(activity) {
            reasons.push(alone(hindrance));
        }
        if let Some(pin) = brief.pin(activity) {
            let slot = Slot { activity, hall: pin.hall, start: pin.start, minutes };
            let broken = brief.clashes(&[slot]);
            if !broken.is_empty() {
                reasons.push(Reason { hall: Some(pin.hall), ..alone(Hindrance::Pinned) });
                reasons.extend(broken.iter().map(|clash| clash.reason));
            }
        }
        let start = grid::anchor(brief, activity);
        let fits = |slot| slot % grid.per_day + grid.lasts(minutes) <= grid.per_day;
        let misplaced = start.is_some_and(|at| grid.slot(at).is_none_or(|slot| !fits(slot)));
        if misplaced || grid.lasts(minutes) > grid.per_day {
            reasons.push(alone(Hindrance::Hours));
        }
        reasons.extend(interpretation::hopeless(brief, activity));
        if !reasons.is_empty() {
            reasons.sort();
            reasons.dedup();
            found.insert(activity, reasons);
        }
    }
    while let Some(next) = waiting(brief, &found) {
        found.insert(next, vec![alone(Hindrance::Order)]);
    }
    found
}

/// A session that waits for one without a place.
fn waiting(brief: &Brief, impossible: &BTreeMap<Activity, Vec<Reason>>) -> Option<Activity> {
    let gone = |id| impossible.contains_key(&Activity::Session(id));
    let waits = |s: &&Session| !gone(s.id) && s.after.iter().any(|before| gone(*before));
    brief.sessions.iter().find(waits).map(|s| Activity::Session(s.id))
}

fn spec(brief: &Brief, grid: &Grid, impossible: &BTreeMap<Activity, Vec<Reason>>) -> Spec {
    let nobody = planner::DelegationId::from(NOBODY);
    let mut delegations: Vec<planner::Delegation> = brief
        .delegations
        .iter()
        .map(|d| planner::Delegation { id: planner::DelegationId::new(d.id.to_string()) })
        .collect();
    delegations.push(planner::Delegation { id: nobody });
    let mut people: Vec<planner::Person> =
        brief.delegations.iter().map(|d| guest(d, grid)).collect();
    let mut activities = Vec::new();
    let latest = deadlines(brief, grid, impossible);
    for session in &brief.sessions {
        let activity = Activity::Session(session.id);
        if impossible.contains_key(&activity) {
            continue;
        }
        if grid::anchor(brief, activity).is_none() {
            people.push(timekeeper(session, grid));
        }
        let window = latest.get(&session.id).map(|end| (0, *end));
        activities.push(planner::Activity { window, ..sitting(brief, session, grid) });
    }
    let accepted = brief.accepted().map(|m| (Activity::Meeting(m.id), m));
    for (activity, meeting) in accepted.filter(|(a, _)| !impossible.contains_key(a)) {
        activities.push(bilateral(brief, meeting, activity, grid));
    }
    Spec {
        name: String::new(),
        grid: planner::Grid {
            slot_minutes: grid.minutes,
            slots_per_day: grid.per_day,
            slots: grid.slots(),
            lunch: grid.lunch(),
        },
        sites: brief.venues.iter().map(|v| site(v.id)).collect(),
        travel: roads(brief, grid),
        halls: brief.halls.iter().map(|h| hall(brief, h, grid)).collect(),
        delegations,
        people,
        interpreters: interpretation::roster(brief, grid),
        activities,
        keep_apart: Vec::new(),
        pivot: interpretation::language(brief.interpretation.pivot),
        profile: Some(interpretation::profile(brief, grid)),
        limits: planner::Limits::default(),
        weights: planner::Weights::default(),
    }
}

/// By when sessions must have ended because others that wait for them have a given start. The rule
/// follows from the order; telling it spares the planner the search for it.
fn deadlines(
    brief: &Brief,
    grid: &Grid,
    impossible: &BTreeMap<Activity, Vec<Reason>>,
) -> BTreeMap<SessionId, planner::Slot> {
    let mut latest: BTreeMap<SessionId, planner::Slot> = BTreeMap::new();
    // Once round for every link of the longest chain; it ends at the first round without news.
    for _ in &brief.sessions {
        let before = latest.clone();
        for session in &brief.sessions {
            let activity = Activity::Session(session.id);
            if impossible.contains_key(&activity) {
                continue;
            }
            let given = grid::anchor(brief, activity).and_then(|at| grid.slot(at));
            let ends = latest.get(&session.id).copied();
            let lasts = grid.lasts(session.minutes);
            let Some(start) = given.or(ends.map(|end| end.saturating_sub(lasts))) else { continue };
            for id in &session.after {
                let end = latest.entry(*id).or_insert(start);
                *end = start.min(*end);
            }
        }
        if before == latest {
            break;
        }
    }
    latest
}

fn site(id: domain::VenueId) -> planner::Site {
    planner::Site { id: planner::SiteId::new(id.to_string()), access: 0 }
}

fn roads(brief: &Brief, grid: &Grid) -> Vec<planner::Travel> {
    let ids: Vec<_> = brief.venues.iter().map(|v| v.id).collect();
    let pairs =
        ids.iter().enumerate().flat_map(|(at, a)| ids[at + 1..].iter().map(move |b| (*a, *b)));
    let road = |(a, b)| {
        let minutes = brief.travel(a, b);
        let between = (site(a).id, site(b).id);
        (minutes > 0).then(|| planner::Travel { between, slots: grid.lasts(minutes) })
    };
    pairs.filter_map(road).collect()
}

/// The slots that some times touch.
fn spans(times: &[Closed], grid: &Grid) -> Vec<planner::Span> {
    times.iter().map(|c| grid.touched(c.from, c.until)).filter(|(a, b)| a < b).collect()
}

/// A hall with its closed times. Where meetings are put, nights are closed too, but for what has a
/// given start there.
fn hall(brief: &Brief, hall: &Hall, grid: &Grid) -> planner::Hall {
    let count = |n: i64| u32::try_from(n).unwrap_or(0);
    let mut closed = spans(&hall.closed, grid);
    if hall.takes_meetings() {
        let here =
            |activity| brief.halls_for(activity).is_ok_and(|hs| hs.iter().any(|h| h.id == hall.id));
        let given = grid::anchors(brief).filter(|(activity, ..)| here(*activity));
        let holes: Vec<_> = given
            .filter_map(|(_, start, minutes)| {
                let slot = grid.slot(start)?;
                Some((slot, slot + grid.lasts(minutes)))
            })
            .collect();
        closed.extend(grid::without(&grid.off(&[]), &holes));
    }
    planner::Hall {
        id: planner::HallId::new(hall.id.to_string()),
        site: planner::SiteId::new(hall.venue.to_string()),
        capacity: count(hall.capacity),
        units: count(hall.parallel).max(1),
        booths: count(hall.booths),
        closed,
    }
}

/// A delegation, for as long as it stays.
fn guest(delegation: &Delegation, grid: &Grid) -> planner::Person {
    let rank = Rank::ALL.len() - Rank::ALL.iter().position(|r| *r == delegation.rank).unwrap_or(0);
    planner::Person {
        id: person(delegation.id),
        delegation: planner::DelegationId::new(delegation.id.to_string()),
        rank: u32::try_from(rank).unwrap_or(1),
        arrive: delegation.ready().map_or(0, |at| grid.at_or_after(at)),
        depart: delegation.leaves().map(|at| grid.at_or_before(at)),
        busy: spans(&delegation.busy, grid),
    }
}

/// The clock of a session without a given start.
fn timekeeper(session: &Session, grid: &Grid) -> planner::Person {
    planner::Person {
        id: clock(Activity::Session(session.id)),
        delegation: planner::DelegationId::from(NOBODY),
        rank: 0,
        arrive: 0,
        depart: None,
        busy: grid.off(&session.days),
    }
}

fn kind(session: SessionKind) -> Kind {
    match session {
        SessionKind::Opening | SessionKind::Plenary | SessionKind::Closing => Kind::Plenary,
        SessionKind::Forum | SessionKind::Press | SessionKind::WorkingGroup => Kind::Forum,
        SessionKind::Roundtable => Kind::Roundtable,
        SessionKind::Matching => Kind::Matching,
        SessionKind::Culture | SessionKind::Meal => Kind::Culture,
        SessionKind::Visit => Kind::Visit,
        SessionKind::Signing => Kind::Signing,
    }
}

/// Whom the planner has to bring to a session. Nobody waits for a delegation that cannot be there at
/// any time when everyone is asked to come; and where something stands already, not for one that cannot
/// be there then.
fn attendees(brief: &Brief, session: &Session, grid: &Grid) -> Vec<planner::PersonId> {
    let activity = Activity::Session(session.id);
    let given = grid::anchor(brief, activity).and_then(|at| grid.slot(at));
    let start = given.or(grid.standing(activity));
    let lasts = grid.lasts(session.minutes);
    let off = grid.off(&session.days);
    let open = |slot| off.iter().all(|(a, b)| slot + lasts <= *a || *b <= slot);
    let can = |d: &Delegation| {
        let stay = guest(d, grid);
        let free = |slot| stay.busy.iter().all(|(from, to)| slot + lasts <= *from || *to <= slot);
        let there = |slot| {
            stay.arrive <= slot && stay.depart.is_none_or(|out| slot + lasts <= out) && free(slot)
        };
        match start {
            Some(slot) => there(slot),
            None => (0..grid.slots()).any(|slot| open(slot) && there(slot)),
        }
    };
    let everyone = session.attendance == Attendance::Everyone;
    let company = brief.company(activity).into_iter();
    let named = company.filter_map(|id| brief.delegation(id));
    let mut people: Vec<_> = named.filter(|d| !everyone || can(d)).map(|d| person(d.id)).collect();
    people.sort();
    people.dedup();
    people
}

fn sitting(brief: &Brief, session: &Session, grid: &Grid) -> planner::Activity {
    let activity = Activity::Session(session.id);
    let given = grid::anchor(brief, activity);
    let mut people = attendees(brief, session, grid);
    if given.is_none() {
        people.push(clock(activity));
    }
    let after = session.after.iter().filter(|id| brief.session(**id).is_some());
    let meal = matches!(session.kind, SessionKind::Meal | SessionKind::Culture);
    planner::Activity {
        kind: kind(session.kind),
        people,
        mandatory: true,
        after: after.map(|id| key(Activity::Session(*id))).collect(),
        head: Some(u32::try_from(session.people).unwrap_or(u32::MAX)),
        over_lunch: Some(meal || given.is_some() || dines(brief, session)),
        ..plain(brief, activity, grid)
    }
}

/// Whether at least half of those whom a session concerns lunch together on any day that it can be on: then
/// nobody needs the usual hours of lunch free beside that.
fn dines(brief: &Brief, session: &Session) -> bool {
    let company = |id| brief.company(Activity::Session(id));
    let own: BTreeSet<_> = company(session.id).into_iter().collect();
    let together = |meal: &&Session| {
        let guests = company(meal.id).into_iter().filter(|id| own.contains(id)).count();
        meal.kind == SessionKind::Meal && meal.id != session.id && 2 * guests >= own.len()
    };
    let on = |meal: &Session| match (meal.fixed, meal.days.as_slice()) {
        (Some(fixed), _) => Some(fixed.date()),
        (None, [day]) => Some(*day),
        (None, _) => None,
    };
    let fed: BTreeSet<Date> = brief.sessions.iter().filter(together).filter_map(on).collect();
    let any = if session.days.is_empty() { brief.edition.days() } else { session.days.clone() };
    any.iter().all(|day| fed.contains(day))
}

fn bilateral(
    brief: &Brief,
    meeting: &meeting::Meeting,
    activity: Activity,
    grid: &Grid,
) -> planner::Activity {
    let pinned = brief.pin(activity).is_some();
    planner::Activity {
        people: vec![person(meeting.from), person(meeting.to)],
        weight: match meeting.wish {
            Wish::Must => 5,
            Wish::Nice => 2,
        },
        mandatory: pinned,
        head: u32::try_from(meeting::SEATS).ok(),
        over_lunch: Some(pinned),
        ..plain(brief, activity, grid)
    }
}

/// What every activity has: its length, its halls (the smallest first), its pin.
fn plain(brief: &Brief, activity: Activity, grid: &Grid) -> planner::Activity {
    let mut halls = brief.halls_for(activity).unwrap_or_default();
    halls.sort_by_key(|h| (h.capacity, h.id));
    let pin = brief.pin(activity);
    let work = brief.needs(activity);
    planner::Activity {
        id: key(activity),
        kind: Kind::Bilateral,
        duration: grid.lasts(brief.minutes(activity).unwrap_or(0)),
        people: Vec::new(),
        halls: halls.iter().map(|h| planner::HallId::new(h.id.to_string())).collect(),
        window: None,
        weight: 1,
        mandatory: false,
        after: Vec::new(),
        head: None,
        interpretation: work.as_ref().map_or(Vec::new(), |work| interpretation::needs(brief, work)),
        waivers: work.as_ref().map_or(Vec::new(), interpretation::waivers),
        over_lunch: None,
        pin: planner::Pin {
            start: grid::anchor(brief, activity).and_then(|at| grid.slot(at)),
            hall: pin.map(|p| planner::HallId::new(p.hall.to_string())),
            interpreters: work.and_then(|work| interpretation::pinned(brief, &work)),
        },
    }
}
