//! What happened, and the brief after it.

use super::*;
use crate::{
    CityId, EditionId, Lang, MeetingId, SeriesId, Text,
    city::Origin,
    delegation::{Delegation, Party},
    edition::{Edition, Mode},
    meeting::{MeetingState, Response, Wish},
    precedence::{Among, Precedence, Rank},
};
use jiff::civil::date;
use proptest::prelude::*;
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
        precedence: Precedence { among: Among::Alphabet { lang: Lang::Ru }, overrides: Vec::new() },
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

fn late(n: u128, arrival: i8, earlier: Option<&Noted>) -> Disruption {
    Disruption::Late { delegation: id(n), arrival: hour(arrival), earlier: earlier.cloned() }
}

#[test]
fn a_false_alarm_gives_back_what_was_taken() {
    let (before, now) = (brief(), brief().instant(hour(8)));
    // Nothing else of its own stands at that time.
    let mut all = released(&before);
    all.retain(|slot| slot.activity == Activity::Session(id(11)));
    let mut after = before.clone();
    let news = late(1, 12, None);
    news.apply(&mut after, &all, now);
    let declared = before.delegations[0].arrival;
    let noted = news.noted((&before, &[]), (&after, &[])).expect("news of an arrival");
    assert_eq!((noted.declared, &*noted.excused), (declared, &[id(11)][..]));
    let mut again = after.clone();
    let twice = late(1, 12, Some(&noted));
    twice.apply(&mut again, &all, now);
    assert_eq!(
        (&again, twice.noted((&after, &[]), (&again, &[]))),
        (&after, Some(noted.clone())),
        "told twice"
    );
    let alarm = late(1, 8, Some(&noted));
    let mut in_time = after.clone();
    alarm.apply(&mut in_time, &all, now);
    let guests = |brief: &Brief| {
        let mut guests = brief.company(Activity::Session(id(11)));
        guests.sort();
        guests
    };
    assert_eq!(guests(&in_time), guests(&before));
    assert_eq!(alarm.noted((&after, &[]), (&in_time, &[])).map(|n| n.excused), Some(Vec::new()));
    let meeting = Slot { activity: Activity::Meeting(id(21)), ..all[0] };
    let mut taken = after.clone();
    alarm.apply(&mut taken, &[all[0], meeting], now);
    assert_eq!(guests(&taken), guests(&after), "a meeting has taken that time");
    let mut begun = after.clone();
    alarm.apply(&mut begun, &all, before.instant(hour(11)));
    assert_eq!(guests(&begun), guests(&after), "it has begun without");
}

#[test]
fn many_do_not_wait_for_one_and_two_or_a_signing_do() {
    let late = |arrival| late(1, arrival, None);
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
        let now = brief.instant(hour(9));
        let refused = news.check(&brief, &released, now).err()?.0.into_iter().next()?;
        Some((refused.0, refused.1.code))
    };
    let told = |field: &str, code: &str| Some((field.to_owned(), code.to_owned()));
    let late = |n, arrival| late(n, arrival, None);
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

#[test]
fn what_is_called_off_ends_as_on_its_own_page() {
    let mut brief = brief();
    brief.sessions[1].after = vec![id(11)];
    let off = |activity, by: Option<u128>| Disruption::CalledOff { activity, by: by.map(id) };
    let (forum, talk) = (Activity::Session(id(11)), Activity::Meeting(id(21)));
    let all = released(&brief);
    let told = |news: Disruption, brief: &Brief, at| {
        let refused =
            news.check(brief, &all, brief.instant(hour(at))).err()?.0.into_iter().next()?;
        Some((refused.0, refused.1.code))
    };
    let code = |field: &str, code: &str| Some((field.to_owned(), code.to_owned()));
    assert_eq!(told(off(talk, Some(1)), &brief, 10), None, "it begins at ten");
    assert_eq!(told(off(talk, Some(1)), &brief, 11), code("activity", "begun-already"));
    assert_eq!(told(off(talk, Some(3)), &brief, 9), code("by", "not-a-side"));
    let unknown = Activity::Session(id(99));
    assert_eq!(told(off(unknown, None), &brief, 9), code("activity", "not-released"));
    let now = brief.instant(hour(9));
    for news in [off(forum, None), off(talk, Some(2))] {
        news.apply(&mut brief, &all, now);
    }
    assert_eq!(told(off(talk, None), &brief, 9), code("activity", "called-off-already"));
    assert!(brief.session(id(11)).is_none());
    assert!(brief.sessions.iter().all(|session| session.after.is_empty()), "nothing waits for it");
    assert_eq!(brief.meeting(id(21)).map(|m| m.state.clone()), Some(MeetingState::Declined));
}

proptest! {
    /// Whoever calls it off: the meeting stands as if that side had answered itself, and all else as before.
    #[test]
    fn a_meeting_called_off_ends_by_an_answer_of_its_side(
        by in prop::option::of(1..3_u128), n in 0..2_usize
    ) {
        let before = brief();
        let (meeting, all) = (&before.meetings[n], released(&before));
        let by = by.map(|by| if by == 1 { meeting.from } else { meeting.to });
        let news = Disruption::CalledOff { activity: Activity::Meeting(meeting.id), by };
        let mut after = before.clone();
        news.apply(&mut after, &all, before.instant(hour(9)));
        let mut answered = meeting.clone();
        let what =
            if by == Some(meeting.to) { Response::Decline } else { Response::Withdraw };
        answered.respond(by.unwrap_or(meeting.from), what, 30).unwrap();
        prop_assert_eq!(&after.meetings[n], &answered);
        after.meetings[n] = meeting.clone();
        prop_assert_eq!(after, before);
    }
}
