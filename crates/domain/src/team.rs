//! Who takes the seats of an activity's interpretation, and their turns.

use serde::{Deserialize, Serialize};

use crate::{
    DelegationId, InterpreterId,
    interpretation::Mode,
    interpreter::{Interpreter, Pair},
    programme::Activity,
};

/// One interpreter's place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Seat {
    /// Between which languages.
    pub pair: Pair,
    /// Brought by which delegation; the pool when by none.
    pub of: Option<DelegationId>,
}

impl Seat {
    /// Whether somebody can take it, whatever the time.
    pub fn suits(&self, one: &Interpreter) -> bool {
        one.of == self.of && one.pairs().contains(&self.pair)
    }
}

/// Who sits where.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Filled {
    /// Who.
    pub interpreter: InterpreterId,
    /// Between which languages.
    pub pair: Pair,
}

/// The team of an activity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Team {
    /// Of which.
    pub activity: Activity,
    /// How it is interpreted.
    pub mode: Mode,
    /// Who sits where, booth by booth.
    pub seats: Vec<Filled>,
}

impl Team {
    /// Who is in it.
    pub fn members(&self) -> Vec<InterpreterId> {
        self.seats.iter().map(|seat| seat.interpreter).collect()
    }

    /// The pair of a member.
    pub fn pair_of(&self, one: InterpreterId) -> Option<Pair> {
        self.seats.iter().find(|seat| seat.interpreter == one).map(|seat| seat.pair)
    }

    /// Those who share a member's booth, the member among them, in the order of their turns.
    pub fn booth_of(&self, one: InterpreterId) -> Vec<InterpreterId> {
        let own = self.pair_of(one);
        let booth = self.seats.iter().filter(|seat| Some(seat.pair) == own);
        booth.map(|seat| seat.interpreter).collect()
    }

    /// The turns of a member: minutes from the start, from and until. A booth takes turns in its order,
    /// equal ones where time is short; never longer than `longest`.
    pub fn turns(&self, one: InterpreterId, minutes: i64, longest: i64) -> Vec<(i64, i64)> {
        let booth = self.booth_of(one);
        let count = i64::try_from(booth.len()).unwrap_or(1).max(1);
        let Some(place) = booth.iter().position(|i| *i == one) else { return Vec::new() };
        if count == 1 {
            return vec![(0, minutes)];
        }
        let equal = (minutes + count - 1) / count;
        let length = ((equal + 4) / 5 * 5).clamp(1, longest.max(1));
        let place = i64::try_from(place).unwrap_or(0);
        let starts = (0..).map(|n| (n * count + place) * length).take_while(|from| *from < minutes);
        starts.map(|from| (from, (from + length).min(minutes))).collect()
    }
}

/// Seats some people so that each list has its own; `None` when somebody is too many or cannot be seated.
pub fn seat(seats: &[Seat], team: &[&Interpreter]) -> Option<Vec<Filled>> {
    let taken = taken(seats, team);
    let whole = seats.len() == team.len() && taken.iter().all(Option::is_some);
    let filled = taken
        .iter()
        .zip(seats)
        .filter_map(|(who, seat)| Some(Filled { interpreter: team[(*who)?].id, pair: seat.pair }));
    whole.then(|| filled.collect())
}

/// The most seats that some people can take, one each (augmenting paths).
pub fn taken(seats: &[Seat], team: &[&Interpreter]) -> Vec<Option<usize>> {
    let mut seat_of: Vec<Option<usize>> = vec![None; team.len()];
    for seat in 0..seats.len() {
        augment(seat, seats, team, &mut seat_of, &mut vec![false; team.len()]);
    }
    (0..seats.len()).map(|seat| seat_of.iter().position(|at| *at == Some(seat))).collect()
}

fn augment(
    seat: usize,
    seats: &[Seat],
    team: &[&Interpreter],
    seat_of: &mut [Option<usize>],
    seen: &mut [bool],
) -> bool {
    for (at, one) in team.iter().enumerate() {
        if seen[at] || !seats[seat].suits(one) {
            continue;
        }
        seen[at] = true;
        let free = seat_of[at].is_none_or(|held| augment(held, seats, team, seat_of, seen));
        if free {
            seat_of[at] = Some(seat);
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Lang;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn one(n: usize) -> InterpreterId {
        InterpreterId(Uuid::from_u128(n as u128))
    }

    fn team(size: usize) -> Team {
        let activity = Activity::Meeting(Uuid::nil().into());
        let filled = |n| Filled { interpreter: one(n), pair: [Lang::Zh, Lang::Ru] };
        Team { activity, mode: Mode::Simultaneous, seats: (0..size).map(filled).collect() }
    }

    proptest! {
        /// Whatever the length and the booth: its members' turns cover the whole work, one at a time, and
        /// none is longer than it may be.
        #[test]
        fn the_turns_of_a_booth_cover_the_work(size in 1..6_usize, minutes in 5..500_i64) {
            let team = team(size);
            let mut all: Vec<(i64, i64)> =
                (0..size).flat_map(|n| team.turns(one(n), minutes, 30)).collect();
            all.sort_unstable();
            prop_assert_eq!(all.first().map(|t| t.0), Some(0));
            prop_assert_eq!(all.last().map(|t| t.1), Some(minutes));
            prop_assert!(all.windows(2).all(|two| two[0].1 == two[1].0));
            prop_assert!(size == 1 || all.iter().all(|(from, until)| until - from <= 30));
        }
    }
}
