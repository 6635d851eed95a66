//! When a delegation is there and free, and what it is excused from because it is not.

use jiff::{ToSpan, civil::DateTime};
use serde::{Deserialize, Serialize};

use crate::{
    coded,
    delegation::{Delegation, TRANSFER},
    venue::Closed,
};

/// When a delegation is there, on the edition's clocks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Presence {
    /// It arrives.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arrival: Option<DateTime>,
    /// It leaves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub departure: Option<DateTime>,
    /// It has other things to do.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub busy: Vec<Closed>,
}

coded! {
    /// Why a delegation is not expected at something that names it.
    pub enum Excuse {
        /// It has not arrived when it begins.
        Later = "later",
        /// It has to leave before it ends.
        Leaves = "leaves",
        /// It has other things to do.
        Busy = "busy",
    }
}

impl Presence {
    /// When a delegation is there, as it stands now.
    pub fn of(delegation: &Delegation) -> Self {
        let Delegation { arrival, departure, busy, .. } = delegation;
        Self { arrival: *arrival, departure: *departure, busy: busy.clone() }
    }

    /// From when it can attend anything.
    pub fn ready(&self) -> Option<DateTime> {
        self.arrival.map(|arrival| arrival.saturating_add(TRANSFER.minutes()))
    }

    /// By when it has to go.
    pub fn leaves(&self) -> Option<DateTime> {
        self.departure.map(|departure| departure.saturating_sub(TRANSFER.minutes()))
    }

    /// Why it is not expected from the one moment to the other. Whoever is there for a part alone is
    /// not expected either: plans reckon the same way ([`Delegation::stays`]).
    pub fn excuse(&self, from: DateTime, until: DateTime) -> Option<Excuse> {
        if self.ready().is_some_and(|ready| from < ready) {
            return Some(Excuse::Later);
        }
        if self.leaves().is_some_and(|leaves| leaves < until) {
            return Some(Excuse::Leaves);
        }
        self.busy.iter().any(|busy| busy.meets(from, until)).then_some(Excuse::Busy)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{CityId, Lang, Text, city::Origin, delegation::Party, precedence::Rank};
    use jiff::{ToSpan, civil::date};
    use proptest::prelude::*;
    use uuid::Uuid;

    fn hour(hour: i64) -> DateTime {
        date(2027, 5, 18).at(0, 0, 0, 0).saturating_add(hour.hours())
    }

    proptest! {
        /// What a sheet leaves out is what a plan counts as not attended, whatever the hours.
        #[test]
        fn who_is_excused_is_who_a_plan_does_not_count(
            stay in (prop::option::of(0..60_i64), prop::option::of(0..60_i64)),
            busy in prop::collection::vec((0..60_i64, 1..9_i64), 0..3),
            from in 0..60_i64,
            length in 1..9_i64,
        ) {
            let delegation = Delegation {
                id: Uuid::nil().into(),
                edition: Uuid::nil().into(),
                party: Party::City(CityId(Uuid::nil())),
                name: Text::new(Lang::En, "x"),
                rank: Rank::Head,
                quota: 5,
                languages: Vec::new(),
                arrival: stay.0.map(hour),
                departure: stay.1.map(hour),
                busy: busy.iter().map(|(at, n)| Closed { from: hour(*at), until: hour(at + n) }).collect(),
                withdrawn: false,
                origin: Origin::Demonstration,
            };
            let (from, until) = (hour(from), hour(from + length));
            let counted = delegation.stays(from, until) && !delegation.is_busy(from, until);
            prop_assert_eq!(Presence::of(&delegation).excuse(from, until).is_none(), counted);
        }
    }
}
