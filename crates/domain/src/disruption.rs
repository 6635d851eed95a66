//! What happens after a programme was released, as an office is told of it, and the brief as it stands
//! then. Who has to move is not decided here.

use jiff::{Timestamp, civil::DateTime};

use crate::{
    DelegationId, FieldRefusals, HallId, Refusal, SessionId,
    brief::Brief,
    coded,
    meeting::{Meeting, MeetingState},
    programme::{Activity, Slot},
    session::{Attendance, Session, SessionKind},
    venue::Closed,
};

pub use crate::disruption_words::{Understood, understand};

coded! {
    /// What kind of thing happened.
    pub enum DisruptionKind {
        /// A delegation arrives later.
        Late = "late",
        /// A hall cannot be used.
        Hall = "hall",
        /// A delegation has other things to do.
        Busy = "busy",
        /// A delegation no longer takes part.
        Withdrawn = "withdrawn",
        /// A session takes longer.
        Longer = "longer",
        /// Two delegations agreed to meet.
        Meeting = "meeting",
    }
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Disruption {
    /// A delegation arrives later.
    Late {
        /// Which.
        delegation: DelegationId,
        /// When, in the edition's zone.
        arrival: DateTime,
    },
    /// A hall cannot be used.
    Hall {
        /// Which.
        hall: HallId,
        /// When.
        closed: Closed,
    },
    /// A delegation has other things to do.
    Busy {
        /// Which.
        delegation: DelegationId,
        /// When.
        busy: Closed,
    },
    /// A delegation no longer takes part.
    Withdrawn {
        /// Which.
        delegation: DelegationId,
    },
    /// A session takes longer, or less long.
    Longer {
        /// Which.
        session: SessionId,
        /// Its new length, in minutes.
        minutes: i64,
    },
    /// Two delegations agreed to meet.
    Meeting(Meeting),
}

impl Disruption {
    /// What kind of thing happened.
    pub fn kind(&self) -> DisruptionKind {
        match self {
            Self::Late { .. } => DisruptionKind::Late,
            Self::Hall { .. } => DisruptionKind::Hall,
            Self::Busy { .. } => DisruptionKind::Busy,
            Self::Withdrawn { .. } => DisruptionKind::Withdrawn,
            Self::Longer { .. } => DisruptionKind::Longer,
            Self::Meeting(_) => DisruptionKind::Meeting,
        }
    }

    /// The delegation that is no longer where it was expected, when it is about one.
    fn absent(&self) -> Option<DelegationId> {
        match self {
            Self::Late { delegation, .. }
            | Self::Busy { delegation, .. }
            | Self::Withdrawn { delegation } => Some(*delegation),
            _ => None,
        }
    }

    /// Whether it can have happened to what there is. The fields are named as the form names them.
    pub fn check(&self, brief: &Brief) -> Result<(), FieldRefusals> {
        let refuse = |field: &str, code| Err((field, Refusal::new(code)).into());
        let ends = |span: &Closed| {
            if span.until <= span.from { refuse("until", "ends-before-start") } else { Ok(()) }
        };
        if let Some(id) = self.absent() {
            match brief.delegation(id) {
                None => return refuse("delegation", "choose"),
                Some(found) if found.withdrawn => return refuse("delegation", "withdrawn-already"),
                Some(_) => {}
            }
        }
        match self {
            Self::Late { delegation, arrival } => {
                let leaves = brief.delegation(*delegation).and_then(|d| d.departure);
                if leaves.is_some_and(|leaves| leaves <= *arrival) {
                    return refuse("arrival", "arrives-after-leaving");
                }
                Ok(())
            }
            Self::Hall { hall, .. } if brief.hall(*hall).is_none() => refuse("hall", "choose"),
            Self::Hall { closed: span, .. } | Self::Busy { busy: span, .. } => ends(span),
            Self::Withdrawn { .. } => Ok(()),
            Self::Longer { session, minutes } => match brief.session(*session) {
                None => refuse("session", "choose"),
                Some(found) if found.minutes == *minutes => refuse("minutes", "same-length"),
                Some(found) => Session { minutes: *minutes, ..found.clone() }
                    .check()
                    .map_err(|refusal| ("minutes", refusal).into()),
            },
            Self::Meeting(meeting) => {
                meeting.ask(&brief.meetings).map_err(|refusal| ("to", refusal).into())
            }
        }
    }

    /// The brief as it stands after the news. `released` says where everything was, and nothing that
    /// began before `now` is changed.
    pub fn apply(&self, brief: &mut Brief, released: &[Slot], now: Timestamp) {
        match self {
            Self::Late { delegation, arrival } => {
                for it in brief.delegations.iter_mut().filter(|it| it.id == *delegation) {
                    it.arrival = Some(*arrival);
                }
            }
            Self::Hall { hall, closed } => {
                for it in brief.halls.iter_mut().filter(|it| it.id == *hall) {
                    it.closed.push(*closed);
                }
            }
            Self::Busy { delegation, busy } => {
                for it in brief.delegations.iter_mut().filter(|it| it.id == *delegation) {
                    it.busy.push(*busy);
                }
            }
            Self::Withdrawn { delegation } => withdraw(brief, *delegation, released, now),
            Self::Longer { session, minutes } => {
                for it in brief.sessions.iter_mut().filter(|it| it.id == *session) {
                    it.minutes = *minutes;
                }
            }
            Self::Meeting(meeting) => {
                brief.meetings.push(meeting.clone());
                brief.meetings.sort_by_key(|m| m.id);
            }
        }
        if let Some(delegation) = self.absent() {
            excuse(brief, delegation, released, now);
        }
    }
}

/// Takes a delegation out, with the meetings that have not begun.
fn withdraw(brief: &mut Brief, delegation: DelegationId, released: &[Slot], now: Timestamp) {
    for it in brief.delegations.iter_mut().filter(|it| it.id == delegation) {
        it.withdrawn = true;
    }
    let begun = |meeting: &Meeting| {
        let activity = Activity::Meeting(meeting.id);
        released.iter().any(|slot| slot.activity == activity && slot.start < now)
    };
    for meeting in brief.meetings.iter_mut().filter(|m| m.concerns(delegation) && m.is_open()) {
        if !begun(meeting) {
            let own = meeting.from == delegation;
            meeting.state = if own { MeetingState::Withdrawn } else { MeetingState::Declined };
        }
    }
}

/// A session of several delegations does not wait for one that cannot be there when it is held.
fn excuse(brief: &mut Brief, delegation: DelegationId, released: &[Slot], now: Timestamp) {
    let Some(absent) = brief.delegation(delegation).cloned() else { return };
    let missed: Vec<SessionId> = released
        .iter()
        .filter(|slot| slot.start >= now)
        .filter_map(|slot| match slot.activity {
            Activity::Session(id) => {
                let (from, until) = (brief.civil(slot.start), brief.civil(slot.end()));
                let there = absent.stays(from, until) && !absent.is_busy(from, until);
                (absent.withdrawn || !there).then_some(id)
            }
            Activity::Meeting(_) => None,
        })
        .collect();
    for session in brief.sessions.iter_mut().filter(|s| missed.contains(&s.id)) {
        let needs_all = session.kind == SessionKind::Signing && !absent.withdrawn;
        if let Attendance::Delegations(named) = &mut session.attendance
            && (named.len() > 2 && !needs_all || absent.withdrawn)
        {
            named.retain(|id| *id != delegation);
        }
    }
}
