//! What happens after a programme was released, as an office is told of it, and the brief as it stands
//! then. Who has to move is not decided here.

mod amount;
pub(crate) mod name;
mod time;
mod words;

use jiff::{Timestamp, civil::DateTime};

use crate::{
    DelegationId, FieldRefusals, HallId, InterpreterId, Refusal, SessionId,
    brief::Brief,
    coded,
    meeting::{Meeting, MeetingState},
    programme::{Activity, Slot},
    session::{Attendance, Session, SessionKind},
    venue::Closed,
};

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
        /// Two delegations agreed to meet.
        Meeting = "meeting",
        /// An interpreter cannot work.
        Interpreter = "interpreter",
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
    /// What kind of thing happened.
    pub fn kind(&self) -> DisruptionKind {
        match self {
            Self::Late { .. } => DisruptionKind::Late,
            Self::Leaving { .. } => DisruptionKind::Leaving,
            Self::Hall { .. } => DisruptionKind::Hall,
            Self::Busy { .. } => DisruptionKind::Busy,
            Self::Withdrawn { .. } => DisruptionKind::Withdrawn,
            Self::Longer { .. } => DisruptionKind::Longer,
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
            Self::Longer { session, .. } => Some(Subject::Session(*session)),
            Self::Interpreter { interpreter, .. } => Some(Subject::Interpreter(*interpreter)),
            Self::Meeting(_) => None,
        }
    }

    /// Whether a delegation comes earlier than was planned for.
    pub fn is_earlier(&self, brief: &Brief) -> bool {
        let Self::Late { delegation, arrival } = self else { return false };
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

    /// Whether it can have happened to what there is, of which `released` takes place. The fields are named
    /// as the form names them.
    pub fn check(&self, brief: &Brief, released: &[Slot]) -> Result<(), FieldRefusals> {
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
            meeting.state = match meeting.asker() {
                None => MeetingState::Dropped,
                Some(asker) if asker == delegation => MeetingState::Withdrawn,
                Some(_) => MeetingState::Declined,
            };
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

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::{
        CityId, EditionId, Lang, MeetingId, SeriesId, Text,
        city::Origin,
        delegation::{Delegation, Party},
        edition::{Edition, Mode},
        meeting::Wish,
        precedence::{Among, Precedence, Rank},
    };
    use jiff::civil::date;
    use uuid::Uuid;

    fn id<T: From<Uuid>>(n: u128) -> T {
        T::from(Uuid::from_u128(n))
    }

    fn text() -> Text {
        Text::new(Lang::En, "x")
    }

    fn hour(hour: i8) -> DateTime {
        date(2027, 5, 18).at(hour, 0, 0, 0)
    }

    fn delegation(n: u128) -> Delegation {
        Delegation {
            id: id(n),
            edition: id(0),
            party: Party::City(CityId(Uuid::nil())),
            name: text(),
            rank: Rank::Head,
            quota: 5,
            languages: Vec::new(),
            arrival: Some(hour(8)),
            departure: Some(hour(20)),
            busy: Vec::new(),
            withdrawn: false,
            origin: Origin::Demonstration,
        }
    }

    fn session(n: u128, kind: SessionKind, guests: &[u128]) -> Session {
        Session {
            id: id(n),
            edition: id(0),
            kind,
            title: text(),
            minutes: 60,
            people: 10,
            halls: Vec::new(),
            languages: Vec::new(),
            attendance: Attendance::Delegations(guests.iter().copied().map(id).collect()),
            days: Vec::new(),
            after: Vec::new(),
            fixed: None,
        }
    }

    fn meeting(n: u128, from: u128, to: u128) -> Meeting {
        Meeting {
            id: id(n),
            edition: id(0),
            from: id(from),
            to: id(to),
            purpose: text(),
            wish: Wish::Nice,
            minutes: 30,
            state: MeetingState::Accepted,
            remark: String::new(),
        }
    }

    /// Delegations 1 to 3; at ten a forum of all, a signing of all and a talk of 1 and 2.
    pub(crate) fn brief() -> Brief {
        let edition = Edition {
            id: EditionId(Uuid::nil()),
            series: SeriesId(Uuid::nil()),
            title: text(),
            host: CityId(Uuid::nil()),
            mode: Mode::InPerson,
            zone: "UTC".to_owned(),
            first_day: date(2027, 5, 18),
            last_day: date(2027, 5, 18),
            initiators: vec![text()],
            languages: vec![Lang::Zh, Lang::Ru],
            precedence: Precedence {
                among: Among::Alphabet { lang: Lang::Ru },
                overrides: Vec::new(),
            },
            call: None,
            origin: Origin::Demonstration,
        };
        Brief {
            edition,
            venues: Vec::new(),
            halls: Vec::new(),
            sessions: vec![
                session(11, SessionKind::Forum, &[1, 2, 3]),
                session(12, SessionKind::Signing, &[1, 2, 3]),
                session(13, SessionKind::Roundtable, &[1, 2]),
            ],
            meetings: vec![meeting(21, 1, 2), meeting(22, 3, 1)],
            delegations: vec![delegation(1), delegation(2), delegation(3)],
            pins: Vec::new(),
            interpreters: Vec::new(),
            interpretation: crate::interpretation::Interpretation::of(id(0)),
        }
    }

    fn released(brief: &Brief) -> Vec<Slot> {
        let start = brief.instant(hour(10));
        let slot = |activity| Slot { activity, hall: id(9), start, minutes: 60 };
        brief.activities().into_iter().map(slot).collect()
    }

    /// How many each session expects after the news, told at an hour.
    fn guests(news: &Disruption, told: i8) -> [usize; 3] {
        let mut brief = brief();
        let (released, now) = (released(&brief), brief.instant(hour(told)));
        news.apply(&mut brief, &released, now);
        [11, 12, 13].map(|n| brief.company(Activity::Session(id(n))).len())
    }

    #[test]
    fn many_do_not_wait_for_one_and_two_or_a_signing_do() {
        let late = |arrival| Disruption::Late { delegation: id(1), arrival: hour(arrival) };
        assert_eq!(guests(&late(12), 8), [2, 3, 2]);
        assert_eq!(guests(&late(9), 8), [3, 3, 2], "in time all the same");
        assert_eq!(guests(&late(12), 11), [3, 3, 2], "what has begun stays as it was");
        let busy = Closed { from: hour(10), until: hour(11) };
        assert_eq!(guests(&Disruption::Busy { delegation: id(1), busy }, 8), [2, 3, 2]);
        assert_eq!(guests(&Disruption::Withdrawn { delegation: id(1) }, 8), [2, 2, 1]);
    }

    #[test]
    fn who_withdraws_takes_back_what_has_not_begun() {
        let mut brief = brief();
        let mut released = released(&brief);
        let later = MeetingId(Uuid::from_u128(22));
        for slot in released.iter_mut().filter(|s| s.activity == Activity::Meeting(later)) {
            slot.start = brief.edition.ends();
        }
        let now = brief.instant(hour(11));
        Disruption::Withdrawn { delegation: id(1) }.apply(&mut brief, &released, now);
        let state = |n| brief.meeting(id(n)).map(|m| m.state.clone());
        assert_eq!(state(21), Some(MeetingState::Accepted), "it has begun");
        assert_eq!(state(22), Some(MeetingState::Declined), "asked of it, and not begun");
    }

    #[test]
    fn what_cannot_have_happened_is_told_by_field() {
        let brief = brief();
        let mut released = released(&brief);
        released.retain(|slot| slot.activity != Activity::Session(id(12)));
        let wrong = |news: Disruption| {
            let refused = news.check(&brief, &released).err()?.0.into_iter().next()?;
            Some((refused.0, refused.1.code))
        };
        let told = |field: &str, code: &str| Some((field.to_owned(), code.to_owned()));
        let late = |n, arrival| Disruption::Late { delegation: id(n), arrival: hour(arrival) };
        assert_eq!(wrong(late(1, 12)), None);
        assert_eq!(wrong(late(9, 12)), told("delegation", "choose"));
        assert_eq!(wrong(late(1, 20)), told("arrival", "arrives-after-leaving"));
        let closed = Closed { from: hour(10), until: hour(10) };
        assert_eq!(wrong(Disruption::Hall { hall: id(1), closed }), told("hall", "choose"));
        let backwards = Disruption::Busy { delegation: id(1), busy: closed };
        assert_eq!(wrong(backwards), told("until", "ends-before-start"));
        let longer = |minutes| Disruption::Longer { session: id(11), minutes };
        assert_eq!(wrong(longer(60)), told("minutes", "same-length"));
        assert_eq!(wrong(longer(5000)), told("minutes", "out-of-range"));
        let left_out = Disruption::Longer { session: id(12), minutes: 90 };
        assert_eq!(wrong(left_out), told("session", "session-not-held"));
        let again = Disruption::Meeting(meeting(30, 2, 1));
        assert_eq!(wrong(again), told("to", "meeting-open"));
    }
}
