//! Who stands in for an interpreter who falls out: whoever is free; for a session also somebody whose
//! meetings can be held at another time. Found before the planner is asked, so that it need not turn over
//! the whole programme for one person. Pure, and the same for the same brief, release and time.

use std::cmp::Reverse;

use domain::{
    InterpreterId,
    brief::Brief,
    interpreter::Interpreter,
    programme::{Activity, Slot},
    team::{Seat, Team},
};
use jiff::Timestamp;

/// Most meetings that one stand-in gives up.
const MOST: usize = 3;

/// The teams with stand-ins. What nobody can take over, and what a stand-in gives up for a session, is left
/// to whoever is out: so it cannot stand as it is, and the planner looks for another place or team.
pub(super) fn teams(brief: &Brief, slots: &[Slot], teams: &[Team], now: Timestamp) -> Vec<Team> {
    let mut hit: Vec<&Slot> = slots.iter().filter(|slot| slot.start >= now).collect();
    hit.retain(|slot| out(brief, slot, teams).is_some());
    hit.sort_by_key(|s| (matches!(s.activity, Activity::Meeting(_)), s.start, s.activity));
    let mut teams = teams.to_vec();
    for slot in hit {
        while let Some(seat) = out(brief, slot, &teams) {
            let Some(next) = replaced(brief, slots, &teams, (slot, seat, now)) else { break };
            teams = next;
        }
    }
    teams
}

/// The first seat of an activity's team whose holder cannot be there.
fn out(brief: &Brief, slot: &Slot, teams: &[Team]) -> Option<usize> {
    let (from, until) = (brief.civil(slot.start), brief.civil(slot.end()));
    let team = teams.iter().find(|team| team.activity == slot.activity)?;
    let there = |id| brief.interpreter(id).is_some_and(|one| one.is_there(from, until));
    team.seats.iter().position(|seat| !there(seat.interpreter))
}

/// The teams with a stand-in on one seat: the one who gives up fewest meetings, then who works least.
fn replaced(
    brief: &Brief,
    slots: &[Slot],
    teams: &[Team],
    (slot, seat, now): (&Slot, usize, Timestamp),
) -> Option<Vec<Team>> {
    let team = teams.iter().find(|team| team.activity == slot.activity)?;
    let filled = team.seats.get(seat)?;
    let sick = filled.interpreter;
    let of = brief.interpreter(sick).and_then(|one| one.of);
    let needed = Seat { pair: filled.pair, of };
    let suits = |one: &&Interpreter| needed.suits(one) && team.pair_of(one.id).is_none();
    let tried = brief.interpreters.iter().filter(suits).filter_map(|one| {
        let mut next = teams.to_vec();
        let mine = next.iter_mut().find(|team| team.activity == slot.activity)?;
        mine.seats[seat].interpreter = one.id;
        let given = make_room(brief, slots, &mut next, (slot, [one.id, sick], now))?;
        let load = next.iter().filter(|team| team.pair_of(one.id).is_some()).count();
        Some(((given, load, one.id), next))
    });
    tried.min_by_key(|(cost, _)| *cost).map(|(_, next)| next)
}

/// Gives up meetings of somebody, the nearest in time first, until he or she keeps all rules; how many. A
/// meeting gives up nothing for another.
fn make_room(
    brief: &Brief,
    slots: &[Slot],
    teams: &mut [Team],
    (slot, [one, sick], now): (&Slot, [InterpreterId; 2], Timestamp),
) -> Option<usize> {
    for given in 0..=MOST {
        let duties: Vec<Slot> = slots
            .iter()
            .filter(|s| teams.iter().any(|t| t.activity == s.activity && t.pair_of(one).is_some()))
            .copied()
            .collect();
        let lacks = brief.lacks(&duties, teams);
        if lacks.iter().all(|(_, lack)| lack.interpreter != Some(one)) {
            return Some(given);
        }
        let session = matches!(slot.activity, Activity::Session(_));
        let day = |s: &Slot| brief.civil(s.start).date();
        let free = |s: &&Slot| {
            matches!(s.activity, Activity::Meeting(_)) && s.start >= now && day(s) == day(slot)
        };
        let near = |s: &&Slot| {
            let apart = s.start.duration_since(slot.start).abs();
            (Reverse(apart), s.activity)
        };
        let nearest = duties.iter().filter(free).max_by_key(near).filter(|_| session)?;
        let left = teams.iter_mut().filter(|team| team.activity == nearest.activity);
        let seats = left.flat_map(|team| &mut team.seats).filter(|seat| seat.interpreter == one);
        seats.for_each(|seat| seat.interpreter = sick);
    }
    None
}
