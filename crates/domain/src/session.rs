//! A part of the programme with a title: an opening, a forum, a visit, a lunch.

use std::collections::BTreeSet;

use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};

use crate::{DelegationId, EditionId, HallId, Lang, Refusal, SessionId, Text, coded};

coded! {
    /// What kind of session it is.
    pub enum SessionKind {
        /// Opening ceremony.
        Opening = "opening",
        /// Everyone in one hall.
        Plenary = "plenary",
        /// One of several parallel forums.
        Forum = "forum",
        /// The mayors at one table.
        Roundtable = "roundtable",
        /// A block of business matching.
        Matching = "matching",
        /// A cultural event.
        Culture = "culture",
        /// A visit in the city.
        Visit = "visit",
        /// A meal.
        Meal = "meal",
        /// Signing of instruments.
        Signing = "signing",
        /// Meeting the press.
        Press = "press",
        /// A working group.
        WorkingGroup = "working_group",
        /// Closing ceremony.
        Closing = "closing",
    }
}

/// Who comes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Attendance {
    /// Every delegation.
    Everyone,
    /// The named delegations.
    Delegations(Vec<DelegationId>),
}

impl Attendance {
    /// Whether a delegation is expected.
    pub fn expects(&self, delegation: DelegationId) -> bool {
        match self {
            Attendance::Everyone => true,
            Attendance::Delegations(list) => list.contains(&delegation),
        }
    }
}

/// A session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// Its identifier.
    pub id: SessionId,
    /// In which edition.
    pub edition: EditionId,
    /// What kind.
    pub kind: SessionKind,
    /// Its title.
    pub title: Text,
    /// How long, in minutes.
    pub minutes: i64,
    /// People expected.
    pub people: i64,
    /// Halls it can take place in; empty means any that is large enough.
    pub halls: Vec<HallId>,
    /// Languages spoken and interpreted.
    pub languages: Vec<Lang>,
    /// Who comes.
    pub attendance: Attendance,
    /// Days on which it can take place; empty means any day of the edition.
    #[serde(default)]
    pub days: Vec<Date>,
    /// Sessions that must have ended before.
    pub after: Vec<SessionId>,
    /// A start that is given, in the edition's zone.
    pub fixed: Option<DateTime>,
}

/// Shortest and longest session, in minutes.
pub const MINUTES: std::ops::RangeInclusive<i64> = 10..=600;

impl Session {
    /// No longer waits for a session that is not held; says whether it did.
    pub fn forget(&mut self, gone: SessionId) -> bool {
        let before = self.after.len();
        self.after.retain(|id| *id != gone);
        self.after.len() < before
    }

    /// Booths for simultaneous interpretation that its hall must have: one for every language but
    /// the first, where people sit and listen. Visits, meals and the like are interpreted on foot.
    pub fn booths(&self) -> i64 {
        use SessionKind::{Closing, Forum, Opening, Plenary, Roundtable, Signing, WorkingGroup};
        let seated = matches!(
            self.kind,
            Opening | Plenary | Forum | Roundtable | Signing | WorkingGroup | Closing
        );
        let others = self.languages.len().saturating_sub(1);
        if seated { i64::try_from(others).unwrap_or(i64::MAX) } else { 0 }
    }

    /// Checks what no single field can know.
    pub fn check(&self) -> Result<(), Refusal> {
        if self.after.contains(&self.id) {
            return Err(Refusal::new("after-itself"));
        }
        if !MINUTES.contains(&self.minutes) {
            let refusal = Refusal::new("out-of-range");
            return Err(refusal.with("least", MINUTES.start()).with("most", MINUTES.end()));
        }
        if self.fixed.is_some_and(|at| at.minute() % 5 != 0 || at.second() != 0) {
            return Err(Refusal::new("five-minutes"));
        }
        Ok(())
    }
}

/// Whether the order that these sessions ask for goes in a circle through one of them.
pub fn circular(sessions: &[Session], through: SessionId) -> bool {
    let after = |id: SessionId| {
        sessions.iter().filter(move |s| s.id == id).flat_map(|s| s.after.iter().copied())
    };
    let mut seen = BTreeSet::new();
    let mut open: Vec<SessionId> = after(through).collect();
    while let Some(id) = open.pop() {
        if id == through {
            return true;
        }
        if seen.insert(id) {
            open.extend(after(id));
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn id(n: usize) -> SessionId {
        SessionId(Uuid::from_u128(n as u128))
    }

    fn session(n: usize, after: Vec<SessionId>) -> Session {
        Session {
            id: id(n),
            edition: EditionId(Uuid::nil()),
            kind: SessionKind::Forum,
            title: Text::new(Lang::En, "x"),
            minutes: 60,
            people: 10,
            halls: Vec::new(),
            languages: vec![Lang::Zh, Lang::Ru, Lang::En],
            attendance: Attendance::Everyone,
            days: Vec::new(),
            after,
            fixed: None,
        }
    }

    #[test]
    fn three_languages_in_seats_need_two_booths_and_on_foot_none() {
        let forum = session(1, Vec::new());
        assert_eq!(forum.booths(), 2);
        assert_eq!(Session { kind: SessionKind::Visit, ..forum.clone() }.booths(), 0);
        assert_eq!(Session { languages: Vec::new(), ..forum }.booths(), 0);
    }

    #[test]
    fn a_given_start_stands_on_five_full_minutes() {
        let at = |minute| Some(jiff::civil::date(2027, 5, 18).at(9, minute, 0, 0));
        let forum = session(1, Vec::new());
        assert!(Session { fixed: at(25), ..forum.clone() }.check().is_ok());
        assert_eq!(Session { fixed: at(7), ..forum }.check().unwrap_err().code, "five-minutes");
    }

    proptest! {
        /// Sessions that only follow earlier ones never go in a circle; one more link back does.
        #[test]
        fn a_circle_is_found_and_an_order_is_not_taken_for_one(
            links in prop::collection::vec((0..8_usize, 0..8_usize), 0..20), last in 1..8_usize
        ) {
            let mut sessions: Vec<Session> = (0..8).map(|n| session(n, Vec::new())).collect();
            for (a, b) in links.iter().filter(|(a, b)| a < b) {
                sessions[*b].after.push(id(*a));
            }
            prop_assert!((0..8).all(|n| !circular(&sessions, id(n))));
            sessions[last].after.push(id(0));
            sessions[0].after.push(id(last));
            prop_assert!(circular(&sessions, id(0)) && circular(&sessions, id(last)));
        }
    }
}
