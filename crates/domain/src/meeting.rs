//! A bilateral meeting: asked for by one delegation, answered by the other, known to nobody else.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    DelegationId, EditionId, MeetingId, Refusal, Text,
    access::{Object, Visibility},
    city::{Offering, Side},
    coded,
    edition::Edition,
};

coded! {
    /// How much the asking side wishes it.
    pub enum Wish {
        /// It came for this.
        Must = "must",
        /// It would be good.
        Nice = "nice",
    }
}

/// Where a request stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum MeetingState {
    /// Neither side has asked: the organisers propose it, and it waits for both.
    Proposed,
    /// One side did not take up what the organisers proposed; nobody had asked.
    Dropped,
    /// Waits for the other side.
    Requested,
    /// The other side proposes another length; waits for the asking side.
    Countered {
        /// Minutes proposed.
        minutes: i64,
    },
    /// Both agree: it will be planned.
    Accepted,
    /// The other side does not wish it.
    Declined,
    /// The asking side took it back.
    Withdrawn,
}

impl MeetingState {
    /// Every code that [`MeetingState::code`] gives, in the order of the overview.
    pub const CODES: [&'static str; 7] =
        ["accepted", "requested", "proposed", "countered", "declined", "dropped", "withdrawn"];

    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            MeetingState::Proposed => "proposed",
            MeetingState::Dropped => "dropped",
            MeetingState::Requested => "requested",
            MeetingState::Countered { .. } => "countered",
            MeetingState::Accepted => "accepted",
            MeetingState::Declined => "declined",
            MeetingState::Withdrawn => "withdrawn",
        }
    }
}

coded! {
    /// What a side can do with a request.
    pub enum Response {
        /// Agree to it as it stands.
        Accept = "accept",
        /// Say no; no reason is asked.
        Decline = "decline",
        /// Propose another length.
        Counter = "counter",
        /// Take one's own request back.
        Withdraw = "withdraw",
    }
}

/// A meeting of two delegations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meeting {
    /// Its identifier.
    pub id: MeetingId,
    /// In which edition.
    pub edition: EditionId,
    /// The side that asked.
    pub from: DelegationId,
    /// The side that was asked.
    pub to: DelegationId,
    /// About what.
    pub purpose: Text,
    /// How much it is wished.
    pub wish: Wish,
    /// How long, in minutes.
    pub minutes: i64,
    /// Where it stands.
    pub state: MeetingState,
    /// What the office noted of it, in words; neither side is shown it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub remark: String,
}

/// Seats that a meeting takes at least: two a side.
pub const SEATS: i64 = 4;
/// Shortest and longest meeting, in minutes.
pub const MINUTES: std::ops::RangeInclusive<i64> = 10..=120;

impl Meeting {
    /// A request is between two different delegations and of a bearable length.
    pub fn check(&self) -> Result<(), Refusal> {
        if self.from == self.to {
            return Err(Refusal::new("meets-itself"));
        }
        if !MINUTES.contains(&self.minutes) {
            let refusal = Refusal::new("out-of-range");
            return Err(refusal.with("least", MINUTES.start()).with("most", MINUTES.end()));
        }
        Ok(())
    }

    /// Whether it waits for an answer or will take place.
    pub fn is_open(&self) -> bool {
        use MeetingState::{Accepted, Countered, Proposed, Requested};
        matches!(self.state, Proposed | Requested | Countered { .. } | Accepted)
    }

    /// The side that asked; none of what the organisers proposed and nobody has agreed to.
    pub fn asker(&self) -> Option<DelegationId> {
        let proposed = matches!(self.state, MeetingState::Proposed | MeetingState::Dropped);
        (!proposed).then_some(self.from)
    }

    /// Whether it waits for this side's answer.
    pub fn waits_for(&self, side: DelegationId) -> bool {
        self.concerns(side) && self.open_to(side).contains(&Response::Accept)
    }

    /// Whether a request can be made beside the meetings that there are: two delegations have one
    /// open meeting at a time, whoever asked for it.
    pub fn ask(&self, there: &[Meeting]) -> Result<(), Refusal> {
        self.check()?;
        let same = |m: &Meeting| m.id != self.id && m.concerns(self.from) && m.concerns(self.to);
        if there.iter().any(|m| same(m) && m.is_open()) {
            return Err(Refusal::new("meeting-open"));
        }
        Ok(())
    }

    /// Whether a delegation is one of the two sides.
    pub fn concerns(&self, delegation: DelegationId) -> bool {
        self.from == delegation || self.to == delegation
    }

    /// Its two sides, the lesser first.
    fn pair(&self) -> [DelegationId; 2] {
        [self.from.min(self.to), self.from.max(self.to)]
    }

    /// The other side.
    pub fn other(&self, side: DelegationId) -> DelegationId {
        if self.from == side { self.to } else { self.from }
    }

    /// As the access table sees it.
    pub fn object(&self, edition: &Edition) -> Object {
        let visibility = Visibility::Parties(vec![self.from, self.to]);
        Object { place: edition.place(), visibility }
    }

    /// What a side may do now: the side whose turn it is answers, the asking side may withdraw. What the
    /// organisers propose is the request of whichever side agrees first.
    pub fn open_to(&self, side: DelegationId) -> &'static [Response] {
        use Response::{Accept, Counter, Decline, Withdraw};
        let asked = self.to == side;
        match (&self.state, asked) {
            (MeetingState::Proposed, _) => &[Accept, Decline],
            (MeetingState::Requested, true) => &[Accept, Counter, Decline],
            (MeetingState::Countered { .. }, false) => &[Accept, Withdraw],
            (MeetingState::Accepted, true) => &[Decline],
            (MeetingState::Requested | MeetingState::Accepted, false) => &[Withdraw],
            _ => &[],
        }
    }

    /// Where it stands once a side has ended it: whoever asked takes it back, the other side declines.
    pub fn ended_by(&self, side: DelegationId) -> MeetingState {
        match self.asker() {
            None => MeetingState::Dropped,
            Some(asker) if asker == side => MeetingState::Withdrawn,
            Some(_) => MeetingState::Declined,
        }
    }

    /// Takes a response of one side. `minutes` counts for a counter-proposal alone.
    pub fn respond(
        &mut self,
        side: DelegationId,
        what: Response,
        minutes: i64,
    ) -> Result<(), Refusal> {
        if !self.concerns(side) || !self.open_to(side).contains(&what) {
            return Err(Refusal::new("not-your-turn"));
        }
        self.state = match (what, &self.state) {
            (Response::Accept, MeetingState::Countered { minutes }) => {
                self.minutes = *minutes;
                MeetingState::Accepted
            }
            (Response::Accept, MeetingState::Proposed) => {
                (self.from, self.to) = (side, self.other(side));
                MeetingState::Requested
            }
            (Response::Accept, _) => MeetingState::Accepted,
            (Response::Decline | Response::Withdraw, _) => self.ended_by(side),
            (Response::Counter, _) => {
                let proposal = Meeting { minutes, ..self.clone() };
                proposal.check()?;
                MeetingState::Countered { minutes }
            }
        };
        Ok(())
    }
}

/// The meetings that there are, so that a list of requests adds none of them again, however long it is.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// The two sides of each open meeting, the lesser first.
    open: BTreeMap<[DelegationId; 2], MeetingId>,
    /// Who asked whom in each closed one, and how it ended.
    closed: BTreeMap<(DelegationId, DelegationId, &'static str), MeetingId>,
}

impl Known {
    /// The meetings that there are.
    pub fn of(there: &[Meeting]) -> Self {
        let mut known = Self::default();
        for meeting in there {
            known.add(meeting);
        }
        known
    }

    /// Takes a meeting, unless it is unsound or there already: then the one that is there. Two delegations
    /// have one open meeting at a time; one that did not come about is told once, and not beside an open one.
    pub fn admit(&mut self, meeting: &Meeting) -> Result<Option<MeetingId>, Refusal> {
        meeting.check()?;
        let open = self.open.get(&meeting.pair()).copied();
        Ok(open.or_else(|| self.add(meeting)))
    }

    /// The one that is there already.
    fn add(&mut self, meeting: &Meeting) -> Option<MeetingId> {
        let ended = (meeting.from, meeting.to, meeting.state.code());
        let there = if meeting.is_open() {
            self.open.get(&meeting.pair())
        } else {
            self.closed.get(&ended)
        };
        if let Some(there) = there {
            return Some(*there);
        }
        if meeting.is_open() {
            self.open.insert(meeting.pair(), meeting.id);
        } else {
            self.closed.insert(ended, meeting.id);
        }
        None
    }
}

/// Why two delegations should meet: what one offers the other needs, on one theme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match<'a> {
    /// What is offered.
    pub offer: &'a Offering,
    /// What is needed.
    pub need: &'a Offering,
}

/// The matches between two parties in both directions, own offers first.
pub fn matches<'a>(own: &'a [Offering], theirs: &'a [Offering]) -> Vec<Match<'a>> {
    let one_way = |givers: &'a [Offering], takers: &'a [Offering]| {
        givers.iter().filter(|o| o.side == Side::Offer).flat_map(move |offer| {
            let fits = move |n: &&Offering| n.side == Side::Need && n.theme == offer.theme;
            takers.iter().filter(fits).map(move |need| Match { offer, need })
        })
    };
    one_way(own, theirs).chain(one_way(theirs, own)).collect()
}

/// Somebody worth meeting, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion<'a> {
    /// Whom to meet.
    pub with: DelegationId,
    /// What they offer that is needed here.
    pub take: Vec<Match<'a>>,
    /// What is offered here that they need.
    pub give: Vec<Match<'a>>,
}

/// Whom a delegation should meet: those with whom something matches, both ways first, then by the
/// number of matches, then as they were given.
pub fn suggestions<'a>(
    own: &'a [Offering],
    others: &'a [(DelegationId, Vec<Offering>)],
) -> Vec<Suggestion<'a>> {
    let suggest = |(with, theirs): &'a (DelegationId, Vec<Offering>)| {
        let mine = |m: &Match<'_>| own.iter().any(|o| o.id == m.offer.id);
        let (give, take) = matches(own, theirs).into_iter().partition(mine);
        Suggestion { with: *with, take, give }
    };
    let all = others.iter().map(suggest);
    let mut found: Vec<_> = all.filter(|s| !(s.take.is_empty() && s.give.is_empty())).collect();
    found.sort_by_key(|s| {
        let both = !s.take.is_empty() && !s.give.is_empty();
        (!both, std::cmp::Reverse(s.take.len() + s.give.len()))
    });
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        CityId, Lang, OfferingId,
        city::{Origin, Theme},
    };
    use proptest::prelude::*;
    use uuid::Uuid;

    fn side(n: u128) -> DelegationId {
        DelegationId(Uuid::from_u128(n))
    }

    fn request() -> Meeting {
        Meeting {
            id: MeetingId(Uuid::nil()),
            edition: EditionId(Uuid::nil()),
            from: side(1),
            to: side(2),
            purpose: Text::new(Lang::En, "air"),
            wish: Wish::Must,
            minutes: 30,
            state: MeetingState::Requested,
            remark: String::new(),
        }
    }

    #[test]
    fn what_the_organisers_propose_is_asked_by_whoever_agrees_first() {
        for (first, second) in [(1, 2), (2, 1)] {
            let mut meeting = Meeting { state: MeetingState::Proposed, ..request() };
            assert!(meeting.is_open() && meeting.waits_for(side(1)) && meeting.waits_for(side(2)));
            assert!(meeting.respond(side(first), Response::Counter, 45).is_err());
            let mut dropped = meeting.clone();
            dropped.respond(side(first), Response::Decline, 30).unwrap();
            assert_eq!((dropped.state.code(), dropped.asker()), ("dropped", None));
            assert!(!dropped.is_open());
            meeting.respond(side(first), Response::Accept, 30).unwrap();
            assert_eq!((meeting.asker(), meeting.to), (Some(side(first)), side(second)));
            assert_eq!(meeting.state, MeetingState::Requested);
            assert!(meeting.respond(side(first), Response::Accept, 30).is_err());
            meeting.respond(side(second), Response::Accept, 30).unwrap();
            assert_eq!(meeting.state, MeetingState::Accepted);
        }
    }

    proptest! {
        /// Whatever is tried in whatever order: a meeting is accepted only by the side whose turn
        /// it was, a stranger never changes it, and its length stays within bounds.
        #[test]
        fn only_the_side_whose_turn_it_is_changes_it(
            tries in prop::collection::vec((1..4_u128, 0..4_usize, 0..200_i64), 0..20)
        ) {
            let mut meeting = request();
            for (who, what, minutes) in tries {
                let before = meeting.clone();
                let response = Response::ALL[what];
                let allowed = before.open_to(side(who)).contains(&response);
                let done = meeting.respond(side(who), response, minutes).is_ok();
                prop_assert!(!done || allowed);
                prop_assert!(who != 3 || !done);
                prop_assert!(done || meeting == before);
                let ends = matches!(response, Response::Decline | Response::Withdraw);
                prop_assert!(!done || !ends || meeting.state == before.ended_by(side(who)));
                prop_assert!(meeting.check().is_ok());
            }
        }
    }

    proptest! {
        /// A list taken twice adds nothing the second time, and no pair has two open meetings.
        #[test]
        fn a_list_adds_each_meeting_once(
            rows in prop::collection::vec((1..4_u128, 1..4_u128, 0..3_usize), 0..20)
        ) {
            use MeetingState::{Accepted, Declined, Requested};
            let states = [Requested, Accepted, Declined];
            let list: Vec<Meeting> = rows
                .into_iter()
                .enumerate()
                .map(|(n, (from, to, state))| {
                    let id = MeetingId(Uuid::from_u128(n as u128));
                    let state = states[state].clone();
                    Meeting { id, from: side(from), to: side(to), state, ..request() }
                })
                .collect();
            let mut known = Known::default();
            let new: Vec<Meeting> =
                list.iter().filter(|m| known.admit(m) == Ok(None)).cloned().collect();
            for (at, meeting) in new.iter().enumerate().filter(|(_, m)| m.is_open()) {
                prop_assert!(meeting.ask(&new[..at]).is_ok());
            }
            let mut known = Known::of(&new);
            prop_assert!(list.iter().all(|m| known.admit(m) != Ok(None)));
        }
    }

    fn offering(n: u128, side: Side, theme: Theme) -> Offering {
        Offering {
            id: OfferingId(Uuid::from_u128(n)),
            city: CityId(Uuid::from_u128(n / 10)),
            side,
            theme,
            text: Text::new(Lang::En, "x"),
            source: None,
            origin: Origin::Demonstration,
        }
    }

    #[test]
    fn who_should_meet_is_found_both_ways() {
        use Side::{Need, Offer};
        use Theme::{Energy, Trade, Water};
        let own = [offering(10, Offer, Energy), offering(11, Need, Water)];
        let others = [
            (side(2), vec![offering(20, Offer, Trade)]),
            (side(3), vec![offering(30, Need, Energy), offering(31, Need, Energy)]),
            (side(4), vec![offering(40, Need, Energy), offering(41, Offer, Water)]),
        ];
        let found = suggestions(&own, &others);
        let short = |s: &Suggestion<'_>| (s.with, s.take.len(), s.give.len());
        let short: Vec<_> = found.iter().map(short).collect();
        assert_eq!(short, [(side(4), 1, 1), (side(3), 0, 2)]);
    }

    #[test]
    fn two_delegations_have_one_open_meeting() {
        let mut first = request();
        let back =
            Meeting { id: MeetingId(Uuid::from_u128(9)), from: side(2), to: side(1), ..request() };
        assert_eq!(back.ask(std::slice::from_ref(&first)).unwrap_err().code, "meeting-open");
        first.respond(side(2), Response::Decline, 0).unwrap();
        assert!(back.ask(&[first]).is_ok());
        let third = Meeting { to: side(3), ..back.clone() };
        assert!(third.ask(&[request()]).is_ok());
    }
}
