//! Interpretation in the planner's words, and its teams in ours.

use domain::{
    InterpreterId, Lang,
    brief::Brief,
    coverage::Lack,
    interpretation::{By, LONG, Mode, Norm, Rule, Work},
    interpreter::Interpreter,
    programme::{Activity, Reason},
    team::{Seat, Team, seat, taken},
    venue::Closed,
};
use planner::{Need, Provider, TeamSize};

use super::grid::{self, Grid};

/// A language.
pub(super) fn language(lang: Lang) -> planner::Language {
    planner::Language::new(lang.code())
}

fn pair(pair: [Lang; 2]) -> [planner::Language; 2] {
    pair.map(language)
}

fn interpreter(id: InterpreterId) -> planner::InterpreterId {
    planner::InterpreterId::new(id.to_string())
}

fn known(id: &planner::InterpreterId) -> Option<InterpreterId> {
    id.as_str().parse().ok()
}

/// Whoever can be assigned at all: both ways between two languages, and brought by a delegation that is
/// there.
fn able(brief: &Brief) -> impl Iterator<Item = &Interpreter> {
    let here = |one: &&Interpreter| {
        one.of.is_none_or(|id| brief.delegation(id).is_some()) && !one.pairs().is_empty()
    };
    let planned = brief.interpretation.planned;
    brief.interpreters.iter().filter(move |one| planned && here(one))
}

/// The roster, each with the times at which he or she cannot be counted on.
pub(super) fn roster(brief: &Brief, grid: &Grid) -> Vec<planner::Interpreter> {
    let one = |one: &Interpreter| {
        let mut busy = spans(&one.away, grid);
        if !one.presence.is_empty() {
            // What is not wholly inside the presence is outside.
            let there = |c: &Closed| (grid.at_or_after(c.from), grid.at_or_before(c.until));
            let there: Vec<_> =
                one.presence.iter().map(there).filter(|(from, until)| from < until).collect();
            busy.extend(grid::without(&[(0, grid.slots())], &there));
        }
        planner::Interpreter {
            id: interpreter(one.id),
            pairs: one.pairs().into_iter().map(pair).collect(),
            off: Vec::new(),
            busy,
            of: one.of.map(|of| planner::DelegationId::new(of.to_string())),
        }
    };
    able(brief).map(one).collect()
}

fn spans(times: &[Closed], grid: &Grid) -> Vec<planner::Span> {
    super::spans(times, grid)
}

fn ruled<T>(value: T, source: String) -> planner::Norm<T> {
    planner::Norm { value, source }
}

/// The rules in force, in slots: what is rounded makes them stricter.
pub(super) fn profile(brief: &Brief, grid: &Grid) -> planner::Profile {
    let rules = &brief.interpretation;
    let count = |norm| u32::try_from(rules.norm(norm)).unwrap_or(0);
    let size = |norm: Norm| TeamSize { from: 0, size: count(norm) };
    let long = TeamSize { from: grid.lasts(LONG + 1), size: count(Norm::LongBooth) };
    let norm = |norm: Norm| norm.source().to_owned();
    let slots = |minutes: u32| minutes.div_ceil(grid.minutes);
    planner::Profile {
        name: "edition".to_owned(),
        simultaneous: ruled(vec![size(Norm::Booth), long], norm(Norm::Booth)),
        consecutive: ruled(vec![size(Norm::Consecutive)], norm(Norm::Consecutive)),
        whispered: ruled(vec![size(Norm::Whispered)], norm(Norm::Whispered)),
        listeners: ruled(count(Norm::Listeners), norm(Norm::Listeners)),
        relay: ruled(rules.norm(Norm::Relay) == 1, norm(Norm::Relay)),
        day: ruled(count(Norm::Day) / grid.minutes, norm(Norm::Day)),
        rest_after: ruled(slots(count(Norm::LongWork)), norm(Norm::LongWork)),
        rest: ruled(slots(count(Norm::Rest)), norm(Norm::Rest)),
    }
}

/// What an activity asks of interpreters.
pub(super) fn needs(brief: &Brief, work: &Work) -> Vec<Need> {
    let by = || match work.arranged.by {
        By::Pool => Provider::Pool,
        By::EachSide => Provider::EachSide,
        By::OneSide(side) => Provider::OneSide(planner::DelegationId::new(side.to_string())),
    };
    let listeners = u32::try_from(work.arranged.listeners).unwrap_or(1);
    let spoken = |two: [Lang; 2]| match work.mode {
        Mode::Whispered => Need::Whispered { pair: pair(two), listeners, by: by() },
        Mode::Escort => Need::Escort { pair: pair(two), by: by() },
        _ => Need::Consecutive { pair: pair(two), by: by() },
    };
    if work.mode == Mode::Simultaneous {
        let pivot = brief.interpretation.pivot;
        let others = work.pairs.iter().flatten().filter(|lang| **lang != pivot);
        return vec![Need::Simultaneous { languages: others.copied().map(language).collect() }];
    }
    work.pairs.iter().copied().map(spoken).collect()
}

/// The rules that rest for it.
pub(super) fn waivers(work: &Work) -> Vec<planner::Waiver> {
    let rule = |rule| match rule {
        Rule::Team => Some(planner::Rule::Team),
        Rule::Relay => Some(planner::Rule::Relay),
        Rule::Listeners => Some(planner::Rule::Whisper),
        Rule::Booths => Some(planner::Rule::Booths),
        Rule::Rest => Some(planner::Rule::InterpreterRest),
        Rule::Day => Some(planner::Rule::InterpreterDay),
        Rule::Free => None,
    };
    let waivers = work.arranged.waivers.iter();
    waivers
        .filter_map(|w| Some(planner::Waiver { rule: rule(w.rule)?, reason: w.reason.clone() }))
        .collect()
}

/// The team that is decided, as far as the roster still has it.
pub(super) fn pinned(brief: &Brief, work: &Work) -> Option<Vec<planner::InterpreterId>> {
    let team = work.arranged.team.as_ref()?;
    let here = |id: &&InterpreterId| able(brief).any(|one| one.id == **id);
    Some(team.iter().filter(here).copied().map(interpreter).collect())
}

/// The planner's team as one of ours, seated.
pub(super) fn team(
    brief: &Brief,
    activity: Activity,
    team: &[planner::InterpreterId],
) -> Option<Team> {
    let work = brief.needs(activity)?;
    let here: Vec<&Interpreter> =
        team.iter().filter_map(known).filter_map(|id| brief.interpreter(id)).collect();
    let seats = work.alternatives.iter().find_map(|seats| seat(seats, &here))?;
    Some(Team { activity, mode: work.mode, seats })
}

/// Our team as the planner's, sorted as it sorts them.
pub(super) fn adopted(
    brief: &Brief,
    activity: Activity,
    teams: &[Team],
) -> Vec<planner::InterpreterId> {
    if !brief.interpretation.planned {
        return Vec::new();
    }
    let team = teams.iter().find(|team| team.activity == activity);
    let mut team: Vec<_> = team.iter().flat_map(|team| team.members()).map(interpreter).collect();
    team.sort();
    team
}

/// What no plan can give an activity: more people than the whole roster has for it, or a decided team that
/// does not fit.
pub(super) fn hopeless(brief: &Brief, activity: Activity) -> Vec<Reason> {
    let Some(work) = brief.needs(activity) else { return Vec::new() };
    let all: Vec<&Interpreter> = able(brief).collect();
    let decided = work.arranged.team.as_ref().map(|team| {
        let decided = |one: &&&Interpreter| team.contains(&one.id);
        all.iter().filter(decided).copied().collect::<Vec<_>>()
    });
    let fits = |seats: &Vec<Seat>| match &decided {
        Some(team) => seat(seats, team).is_some(),
        None => taken(seats, &all).iter().all(Option::is_some),
    };
    if work.alternatives.iter().any(fits) {
        return Vec::new();
    }
    let seats = work.alternatives.first().map_or(&[][..], Vec::as_slice);
    let held = taken(seats, decided.as_ref().unwrap_or(&all));
    let free = held.iter().zip(seats).filter(|(who, _)| who.is_none());
    let mut missing: Vec<[Lang; 2]> = free.map(|(_, seat)| seat.pair).collect();
    missing.dedup();
    let days = (brief.edition.first_day, brief.edition.last_day);
    let whole = |day: jiff::civil::Date| brief.instant(day.at(0, 0, 0, 0));
    let (from, until) = (whole(days.0), whole(days.1.tomorrow().unwrap_or(days.1)));
    let lack = |two: Option<[Lang; 2]>| {
        let more = held
            .iter()
            .zip(seats)
            .filter(|(who, seat)| who.is_none() && two.is_none_or(|two| seat.pair == two));
        let more = i64::try_from(more.count()).unwrap_or(0);
        Lack { rule: Rule::Team, pair: two, interpreter: None, more, from, until }.reason()
    };
    if missing.is_empty() {
        return vec![lack(None)];
    }
    missing.into_iter().map(|two| lack(Some(two))).collect()
}
