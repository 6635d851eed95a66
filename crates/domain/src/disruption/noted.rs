//! An arrival that was declared and one that was noted since: a delay counts from the one that was declared,
//! however often it is told, and a false alarm brings it back.

use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

use crate::{SessionId, programme::Slot, team::Team};

/// Where something stood, and who was to interpret it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stood {
    /// Where and when.
    pub slot: Slot,
    /// By whom.
    pub team: Option<Team>,
}

impl Stood {
    /// Everything that stands in a programme.
    pub fn all(slots: &[Slot], teams: &[Team]) -> Vec<Self> {
        let team = |slot: &Slot| teams.iter().find(|t| t.activity == slot.activity).cloned();
        slots.iter().map(|slot| Self { slot: *slot, team: team(slot) }).collect()
    }
}

/// What the last news of a delegation's arrival left; kept with the record of that news.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Noted {
    /// The arrival that had been declared before any news of it.
    pub declared: Option<DateTime>,
    /// The arrival that was noted instead.
    pub arrival: DateTime,
    /// The sessions from which the delegation was excused because of it.
    #[serde(default)]
    pub excused: Vec<SessionId>,
    /// What stood elsewhere before any news of it, as it stood then.
    #[serde(default)]
    pub stood: Vec<Stood>,
}

impl Noted {
    /// The last news, as long as it is in force: an arrival stated by other means since is a declared one.
    pub fn in_force(last: Option<Self>, stated: Option<DateTime>) -> Option<Self> {
        last.filter(|noted| Some(noted.arrival) == stated)
    }

    /// What stood elsewhere before this news and the one before it that is in force.
    pub fn moved(in_force: Option<&Self>, before: &[Stood], after: &[Stood]) -> Vec<Stood> {
        let earlier = in_force.map_or(&[][..], |noted| &noted.stood);
        let known = |it: &Stood| earlier.iter().any(|e| e.slot.activity == it.slot.activity);
        let before = before.iter().filter(|it| !known(it));
        earlier.iter().chain(before).filter(|it| !after.contains(it)).cloned().collect()
    }

    /// The arrival from which delays are counted.
    pub fn declared(in_force: Option<&Self>, stated: Option<DateTime>) -> Option<DateTime> {
        in_force.map_or(stated, |noted| noted.declared)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::{ToSpan, civil::date};
    use proptest::prelude::*;

    /// What happens to an arrival: news of so many minutes, or somebody states another one.
    #[derive(Clone, Debug)]
    enum Step {
        Late(i64),
        Stated(i64),
    }

    proptest! {
        /// Whatever was told before: so many minutes late is so many after what was declared last.
        #[test]
        fn a_delay_counts_from_what_was_declared(
            steps in prop::collection::vec(
                prop_oneof![(0..9_i64).prop_map(Step::Late), (0..9_i64).prop_map(Step::Stated)],
                0..9,
            )
        ) {
            let at = |hours: i64| date(2027, 5, 18).at(9, 0, 0, 0).saturating_add(hours.hours());
            let (mut stated, mut last, mut expected) = (Some(at(0)), None, Some(at(0)));
            for step in steps {
                let in_force = Noted::in_force(last.clone(), stated);
                let declared = Noted::declared(in_force.as_ref(), stated);
                match step {
                    Step::Late(hours) => {
                        let arrival = declared.expect("an arrival").saturating_add(hours.hours());
                        last = Some(Noted { declared, arrival, excused: Vec::new(), stood: Vec::new() });
                        stated = Some(arrival);
                        prop_assert_eq!(declared, expected);
                    }
                    Step::Stated(hours) => {
                        stated = Some(at(hours));
                        // Whoever states what was noted last states nothing new.
                        let noted = last.as_ref().filter(|noted| noted.arrival == at(hours));
                        expected = noted.map_or(stated, |noted| noted.declared);
                    }
                }
            }
        }
    }
}
