//! The programme: where and when each activity is, and how much of an entry a reader may see.

use std::{collections::BTreeMap, sync::Arc};

use jiff::{Timestamp, ToSpan, civil::Time};
use serde::{Deserialize, Serialize};

use crate::{
    DelegationId, EditionId, FieldRefusals, HallId, InterpreterId, Lang, MeetingId, PlanId,
    Refusal, SessionId, Text,
    access::{Action, Actor, Object, Visibility, may},
    coded,
    coverage::Lack,
    edition::Edition,
    session::{Attendance, SessionKind},
    team::Team,
};

/// Something that needs a place and a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Activity {
    /// A session.
    Session(SessionId),
    /// A bilateral meeting.
    Meeting(MeetingId),
}

impl std::fmt::Display for Activity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Activity::Session(id) => write!(f, "session-{id}"),
            Activity::Meeting(id) => write!(f, "meeting-{id}"),
        }
    }
}

impl std::str::FromStr for Activity {
    type Err = crate::NotAnId;

    fn from_str(s: &str) -> Result<Self, Self::Err> {
        match s.split_once('-') {
            Some(("session", id)) => id.parse().map(Activity::Session),
            Some(("meeting", id)) => id.parse().map(Activity::Meeting),
            _ => Err(crate::NotAnId),
        }
    }
}

/// An activity's place and time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slot {
    /// What.
    pub activity: Activity,
    /// Where.
    pub hall: HallId,
    /// From.
    pub start: Timestamp,
    /// How long, in minutes.
    pub minutes: i64,
}

impl Slot {
    /// The first instant after it.
    pub fn end(&self) -> Timestamp {
        self.start.saturating_add(self.minutes.minutes()).unwrap_or(self.start)
    }
}

/// The hours of a working day, on the edition's clocks. What has a given start may lie outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hours {
    /// Nothing is put before this.
    pub from: Time,
    /// Nothing is put after this.
    pub until: Time,
    /// Kept free for lunch, from and until.
    pub lunch: (Time, Time),
}

impl Default for Hours {
    /// Nine to six, with an hour from noon.
    fn default() -> Self {
        let at = |hour| Time::constant(hour, 0, 0, 0);
        Self { from: at(9), until: at(18), lunch: (at(12), at(13)) }
    }
}

impl Hours {
    /// A day begins before it ends, and lunch lies within it.
    pub fn check(&self) -> Result<(), FieldRefusals> {
        let mut refused = FieldRefusals::default();
        if self.until <= self.from {
            refused.add("until", Refusal::new("ends-before-start"));
        }
        if self.lunch.1 < self.lunch.0 {
            refused.add("lunch_until", Refusal::new("ends-before-start"));
        }
        if refused.is_empty() { Ok(()) } else { Err(refused) }
    }
}

/// What a planner must leave alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pin {
    /// What.
    pub activity: Activity,
    /// In this hall.
    pub hall: HallId,
    /// From this instant.
    pub start: Timestamp,
}

coded! {
    /// Why an activity has no place, in the planner's own terms.
    pub enum Hindrance {
        /// A delegation is in another activity.
        Busy = "busy",
        /// A delegation has not arrived, or has left.
        Absent = "absent",
        /// Every suitable hall is taken.
        HallTaken = "hall_taken",
        /// No hall is allowed and large enough.
        NoHall = "no_hall",
        /// The hall is closed.
        Closed = "closed",
        /// Not enough booths for its languages.
        NoBooth = "no_booth",
        /// What must come before it leaves no time.
        Order = "order",
        /// The road between two sites takes too long.
        Travel = "travel",
        /// Outside the working hours, or on another day than allowed.
        Hours = "hours",
        /// In the lunch break.
        Lunch = "lunch",
        /// A pin that cannot be kept together with the others.
        Pinned = "pinned",
        /// Interpreters are missing, or may not work then.
        Interpreters = "interpreters",
    }
}

/// One thing in the way of an activity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Reason {
    /// What kind of thing.
    pub hindrance: Hindrance,
    /// The delegation concerned.
    pub delegation: Option<DelegationId>,
    /// The hall concerned.
    pub hall: Option<HallId>,
    /// What interpreters lack.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lack: Option<Lack>,
    /// The other activity that has what this one needs: for those who plan, nobody else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Activity>,
}

impl Reason {
    /// A reason that concerns nobody in particular.
    pub fn alone(hindrance: Hindrance) -> Self {
        Self { hindrance, delegation: None, hall: None, lack: None, by: None }
    }
}

/// An activity without a place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unplaced {
    /// What.
    pub activity: Activity,
    /// What stands in the way, where that is easiest to change.
    pub reasons: Vec<Reason>,
    /// Places that it could have, the easiest first.
    #[serde(default)]
    pub openings: Vec<Opening>,
}

/// A place that an activity could have if some things gave way, everything else staying where it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opening {
    /// Where.
    pub hall: HallId,
    /// From.
    pub start: Timestamp,
    /// What would have to give way.
    pub reasons: Vec<Reason>,
}

/// A computed draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// Its identifier.
    pub id: PlanId,
    /// For which edition.
    pub edition: EditionId,
    /// When it was computed.
    pub at: Timestamp,
    /// Places found, by start.
    pub slots: Vec<Slot>,
    /// Activities without one.
    pub unplaced: Vec<Unplaced>,
    /// Who interprets what was placed.
    #[serde(default)]
    pub teams: Vec<Team>,
    /// Cost by term; lower is better.
    pub terms: BTreeMap<String, i64>,
}

/// Who an entry is about: everyone named by its session, or the two sides of a bilateral.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Company {
    /// A session's attendance.
    Session(SessionKind, Attendance),
    /// The two sides of a bilateral, in the order of asking.
    Bilateral([DelegationId; 2]),
}

/// One line of a released programme. It carries every word it needs, so that a release reads the
/// same for ever.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Place and time.
    pub slot: Slot,
    /// Who; lines with the same people share it.
    pub company: Arc<Company>,
    /// What.
    pub title: Text,
    /// The hall's name; the lines of a hall share it.
    pub hall: Arc<Text>,
    /// The site's name, shared alike.
    pub venue: Arc<Text>,
    /// Languages spoken and interpreted, shared alike.
    pub languages: Arc<[Lang]>,
    /// Who interprets; told to the office and to the team alone.
    pub team: Option<Team>,
}

impl Entry {
    /// Whether somebody interprets there.
    pub fn engages(&self, interpreter: InterpreterId) -> bool {
        self.team.as_ref().is_some_and(|team| team.pair_of(interpreter).is_some())
    }

    /// Whether a delegation is expected there.
    pub fn expects(&self, delegation: DelegationId) -> bool {
        match &*self.company {
            Company::Session(_, attendance) => attendance.expects(delegation),
            Company::Bilateral(sides) => sides.contains(&delegation),
        }
    }

    /// As the access table sees it: a released session is public, a bilateral is its parties'.
    pub fn object(&self, edition: &Edition) -> Object {
        let visibility = match &*self.company {
            Company::Session(..) => Visibility::Public,
            Company::Bilateral(sides) => Visibility::Parties(sides.to_vec()),
        };
        Object { place: edition.place(), visibility }
    }
}

/// How much of an entry a reader sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sight {
    /// All of it.
    Full,
    /// That the hall is occupied.
    Occupied,
    /// Nothing.
    Hidden,
}

/// How much of an entry `actor` sees. Participants may know that a hall is taken, the public not
/// even that.
pub fn sight(entry: &Entry, actor: &Actor, edition: &Edition) -> Sight {
    if may(actor, Action::Read, &entry.object(edition)) {
        return Sight::Full;
    }
    let participants = Object { place: edition.place(), visibility: Visibility::Participants };
    if may(actor, Action::Read, &participants) { Sight::Occupied } else { Sight::Hidden }
}
