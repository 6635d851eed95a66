//! What happens after a programme was released, as an office is told of it, and the brief as it stands
//! then. Who has to move is not decided here.

mod amount;
pub(crate) mod name;
mod noted;
mod time;
mod words;

use jiff::{Timestamp, civil::DateTime};

use crate::{
    DelegationId, FieldRefusals, HallId, InterpreterId, Refusal, SessionId,
    brief::Brief,
    coded,
    meeting::Meeting,
    programme::{Activity, Slot},
    session::{Attendance, Session, SessionKind},
    venue::Closed,
};

pub use noted::{Noted, Stood};
pub use time::{Calendar, Stretch};
pub use words::{Arrival, Subject, Understood, understand};

coded! {
    /// What kind of thing happened.
    pub enum DisruptionKind {
        /// A delegation arrives later.
        Late = "late",
        /// A delegation leaves earlier, or later.
        Leaving = "leaving",
        /// A hall cannot be used.
        Hall = "hall",
        /// A delegation has other things to do.
        Busy = "busy",
        /// A delegation no longer takes part.
        Withdrawn = "withdrawn",
        /// A session takes longer.
        Longer = "longer",
        /// A session or a meeting is not held.
        CalledOff = "called-off",
        /// Two delegations agreed to meet.
        Meeting = "meeting",
        /// An interpreter cannot work.
        Interpreter = "interpreter",
    }
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Disruption {
    /// A delegation arrives later, or in time after all.
    Late {
        /// Which.
        delegation: DelegationId,
        /// When, in the edition's zone.
        arrival: DateTime,
        /// Earlier news of its arrival that is in force: what it took can be given back.
        earlier: Option<Noted>,
    },
    /// A delegation leaves earlier, or later.
    Leaving {
        /// Which.
        delegation: DelegationId,
        /// When, in the edition's zone.
        departure: DateTime,
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
    /// A session or a meeting is not held.
    CalledOff {
        /// Which.
        activity: Activity,
        /// The side of a meeting that calls it off; none where both agree.
        by: Option<DelegationId>,
    },
    /// Two delegations agreed to meet.
    Meeting(Meeting),
    /// An interpreter cannot work.
    Interpreter {
        /// Who.
        interpreter: InterpreterId,
        /// When.
        away: Closed,
    },
}

impl Disruption {
    /// What news of an arrival leaves, of a brief as it was and as it is now, each with its places. Other
    /// news leaves nothing.
    pub fn noted(
        &self,
        (before, stood): (&Brief, &[Stood]),
        (after, stand): (&Brief, &[Stood]),
    ) -> Option<Noted> {
        let Self::Late { delegation, arrival, earlier } = self else { return None };
        let names = |brief: &Brief, id| {
            let session = brief.session(id).map(|s| &s.attendance);
            matches!(session, Some(Attendance::Delegations(named)) if named.contains(delegation))
        };
        let excused = earlier.as_ref().map_or(&[][..], |noted| &noted.excused);
        let was = |id| excused.contains(&id) || names(before, id);
        let missed =
            after.sessions.iter().map(|s| s.id).filter(|id| was(*id) && !names(after, *id));
        let stated = before.delegation(*delegation).and_then(|d| d.arrival);
        Some(Noted {
            declared: Noted::declared(earlier.as_ref(), stated),
            arrival: *arrival,
            excused: missed.collect(),
            stood: Noted::moved(earlier.as_ref(), stood, stand),
        })
    }

    /// What kind of thing happened.
    pub fn kind(&self) -> DisruptionKind {
        match self {
            Self::Late { .. } => DisruptionKind::Late,
            Self::Leaving { .. } => DisruptionKind::Leaving,
            Self::Hall { .. } => DisruptionKind::Hall,
            Self::Busy { .. } => DisruptionKind::Busy,
            Self::Withdrawn { .. } => DisruptionKind::Withdrawn,
            Self::Longer { .. } => DisruptionKind::Longer,
            Self::CalledOff { .. } => DisruptionKind::CalledOff,
            Self::Meeting(_) => DisruptionKind::Meeting,
            Self::Interpreter { .. } => DisruptionKind::Interpreter,
        }
    }

    /// Whom or what it is about; of a meeting that is told to nobody.
    pub fn about(&self) -> Option<Subject> {
        match self {
            Self::Late { delegation, .. }
            | Self::Leaving { delegation, .. }
            | Self::Busy { delegation, .. }
            | Self::Withdrawn { delegation } => Some(Subject::Delegation(*delegation)),
            Self::Hall { hall, .. } => Some(Subject::Hall(*hall)),
            Self::Longer { session, .. }
            | Self::CalledOff { activity: Activity::Session(session), .. } => {
                Some(Subject::Session(*session))
            }
            Self::Interpreter { interpreter, .. } => Some(Subject::Interpreter(*interpreter)),
            Self::CalledOff { activity: Activity::Meeting(_), .. } | Self::Meeting(_) => None,
        }
    }

    /// Whether a delegation comes earlier than was planned for.
    pub fn is_earlier(&self, brief: &Brief) -> bool {
        let Self::Late { delegation, arrival, .. } = self else { return false };
        let before = brief.delegation(*delegation).and_then(|d| d.arrival);
        before.is_some_and(|before| *arrival < before)
    }

    /// The delegation that is no longer where it was expected, when it is about one.
    fn absent(&self) -> Option<DelegationId> {
        match self {
            Self::Late { delegation, .. }
            | Self::Leaving { delegation, .. }
            | Self::Busy { delegation, .. }
            | Self::Withdrawn { delegation } => Some(*delegation),
            _ => None,
        }
    }

    /// Whether it can have happened to what there is, of which `released` takes place and what starts before
    /// `now` has begun. The fields are named as the form names them.
    pub fn check(
        &self,
        brief: &Brief,
        released: &[Slot],
        now: Timestamp,
    ) -> Result<(), FieldRefusals> {
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
            Self::Late { delegation, arrival, .. } => {
                let leaves = brief.delegation(*delegation).and_then(|d| d.departure);
                if leaves.is_some_and(|leaves| leaves <= *arrival) {
                    return refuse("arrival", "arrives-after-leaving");
                }
                Ok(())
            }
            Self::Leaving { delegation, departure } => {
                let arrives = brief.delegation(*delegation).and_then(|d| d.arrival);
                if arrives.is_some_and(|arrives| *departure <= arrives) {
                    return refuse("departure", "leaves-before-arriving");
                }
                Ok(())
            }
            Self::Hall { hall, .. } if brief.hall(*hall).is_none() => refuse("hall", "choose"),
            Self::Interpreter { interpreter, .. } if brief.interpreter(*interpreter).is_none() => {
                refuse("interpreter", "choose")
            }
            Self::Hall { closed: span, .. }
            | Self::Busy { busy: span, .. }
            | Self::Interpreter { away: span, .. } => ends(span),
            Self::Withdrawn { .. } => Ok(()),
            Self::Longer { session, minutes } => match brief.session(*session) {
                None => refuse("session", "choose"),
                Some(found) if !held(released, found) => refuse("session", "session-not-held"),
                Some(found) if found.minutes == *minutes => refuse("minutes", "same-length"),
                Some(found) => Session { minutes: *minutes, ..found.clone() }
                    .check()
                    .map_err(|refusal| ("minutes", refusal).into()),
            },
            Self::CalledOff { activity, by } => {
                let Some(slot) = released.iter().find(|slot| slot.activity == *activity) else {
                    return refuse("activity", "not-released");
                };
                if brief.minutes(*activity).is_none() {
                    return refuse("activity", "called-off-already");
                }
                if slot.start < now {
                    return refuse("activity", "begun-already");
                }
                let Activity::Meeting(id) = *activity else { return Ok(()) };
                let side = |by| brief.meeting(id).is_some_and(|m| m.concerns(by));
                if by.is_none_or(side) { Ok(()) } else { refuse("by", "not-a-side") }
            }
            Self::Meeting(meeting) => {
                meeting.ask(&brief.meetings).map_err(|refusal| ("to", refusal).into())
            }
        }
    }

    /// The brief as it stands after the news. `released` says where everything was, and nothing that
    /// began before `now` is changed.
    pub fn apply(&self, brief: &mut Brief, released: &[Slot], now: Timestamp) {
        match self {
            Self::Late { delegation, arrival, earlier } => {
                for it in brief.delegations.iter_mut().filter(|it| it.id == *delegation) {
                    it.arrival = Some(*arrival);
                }
                let begun = |id| {
                    let activity = Activity::Session(id);
                    released.iter().any(|slot| slot.activity == activity && slot.start < now)
                };
                let excused = earlier.iter().flat_map(|noted| &noted.excused).copied();
                for session in excused.filter(|id| !begun(*id)) {
                    invite(brief, *delegation, session, released);
                }
            }
            Self::Leaving { delegation, departure } => {
                for it in brief.delegations.iter_mut().filter(|it| it.id == *delegation) {
                    it.departure = Some(*departure);
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
            Self::CalledOff { activity, by } => call_off(brief, *activity, *by),
            Self::Meeting(meeting) => {
                brief.meetings.push(meeting.clone());
                brief.meetings.sort_by_key(|m| m.id);
            }
            Self::Interpreter { interpreter, away } => {
                for it in brief.interpreters.iter_mut().filter(|it| it.id == *interpreter) {
                    it.away.push(*away);
                }
            }
        }
        if let Some(delegation) = self.absent() {
            excuse(brief, delegation, released, now);
        }
    }
}

/// Whether a session has its place in what was released.
pub fn held(released: &[Slot], session: &Session) -> bool {
    released.iter().any(|slot| slot.activity == Activity::Session(session.id))
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
            meeting.state = meeting.ended_by(delegation);
        }
    }
}

/// Takes out what is not held, as its own page does: a session goes, and a meeting ends by one side's answer.
fn call_off(brief: &mut Brief, activity: Activity, by: Option<DelegationId>) {
    brief.pins.retain(|pin| pin.activity != activity);
    match activity {
        Activity::Session(id) => {
            brief.sessions.retain(|session| session.id != id);
            for session in &mut brief.sessions {
                session.forget(id);
            }
        }
        Activity::Meeting(id) => {
            for meeting in brief.meetings.iter_mut().filter(|m| m.id == id) {
                // Where both agree, whoever asked takes it back: nobody has refused anything.
                meeting.state = meeting.ended_by(by.unwrap_or(meeting.from));
            }
        }
    }
}

/// Expects a delegation at a session again, unless something else of its own has taken that time.
fn invite(brief: &mut Brief, delegation: DelegationId, session: SessionId, released: &[Slot]) {
    let before = brief.clashes(released);
    let Some(at) = brief.sessions.iter().position(|s| s.id == session) else { return };
    let kept = brief.sessions[at].attendance.clone();
    match &mut brief.sessions[at].attendance {
        Attendance::Delegations(named) if !named.contains(&delegation) => named.push(delegation),
        _ => return,
    }
    if brief.clashes(released).iter().any(|clash| !before.contains(clash)) {
        brief.sessions[at].attendance = kept;
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

#[cfg(test)]
pub(crate) mod tests;
