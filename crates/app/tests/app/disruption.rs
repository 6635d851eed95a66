//! Something happens after the release: what the office is shown, what becomes of its choice, who hears of
//! it, and that nobody else learns anything.

use std::sync::atomic::AtomicBool;

use caravanserai::jobs;
use domain::{
    Lang,
    disruption::DisruptionKind,
    meeting::MeetingState,
    programme::{Activity, Entry, Pin},
    release::Release,
    venue::{Hall, HallKind},
};

use crate::harness::{
    Answer, Persona, TestApp,
    fixture::{
        self, CONFIDENTIAL, DELEGATION_A, DELEGATION_B, DELEGATION_C, EDITION, HALL, MEETING,
        PERSONAL, SESSION, VENUE,
    },
};

const ROOM: domain::HallId = domain::HallId(uuid::Uuid::from_u128(77));
/// A session without a place in the programme.
const LEFT_OUT: domain::SessionId = domain::SessionId(uuid::Uuid::from_u128(79));
const TABLES: domain::HallId = domain::HallId(uuid::Uuid::from_u128(78));

pub(crate) fn at(path: &str) -> String {
    format!("/editions/{EDITION}{path}")
}

fn room(id: domain::HallId, kind: HallKind, parallel: i64) -> Hall {
    let name = match kind {
        HallKind::Tables => fixture::text("会谈桌", "Столы переговоров", "Meeting tables"),
        _ => fixture::text("松室", "Комната «Сосна»", "Pine Room"),
    };
    Hall {
        id,
        edition: EDITION,
        venue: VENUE,
        name,
        kind,
        capacity: 12,
        booths: 0,
        parallel,
        closed: Vec::new(),
    }
}

/// A product with rooms for bilaterals, a programme that was planned with or without the meeting of A and
/// B at ten, after the opening, and its release, number 2.
pub(crate) fn world(bilateral: bool) -> TestApp {
    let app = TestApp::new();
    app.write(|c| store::hall::insert(c, &room(ROOM, HallKind::Room, 1)));
    app.write(|c| store::hall::insert(c, &room(TABLES, HallKind::Tables, 3)));
    let session = app.read(|c| store::session::need(c, SESSION));
    let fixed = Some(jiff::civil::date(2090, 5, 17).at(9, 0, 0, 0));
    let opening = domain::session::Session { fixed, ..session.value };
    app.write(|c| store::session::save(c, &opening, session.version));
    let start = "2090-05-17T02:00:00Z".parse().expect("an instant");
    let pin = Pin { activity: Activity::Meeting(MEETING), hall: ROOM, start };
    app.write(|c| store::pin::set(c, EDITION, &pin));
    if !bilateral {
        let meeting = app.read(|c| store::meeting::need(c, MEETING));
        let declined = domain::meeting::Meeting { state: MeetingState::Declined, ..meeting.value };
        app.write(|c| store::meeting::save(c, &declined, meeting.version));
    }
    let hours =
        [("from", "09:00"), ("until", "18:00"), ("lunch_from", "12:00"), ("lunch_until", "13:00")];
    let office = app.as_(Persona::Secretariat);
    office.post(&at("/plan"), &hours).location();
    office.post(&at("/plan/wish"), &[("wish", "enough")]).location();
    assert!(jobs::turn(&app.app, &AtomicBool::new(false)).expect("a turn"));
    app.write(|c| store::pin::remove(c, EDITION, pin.activity));
    let sight = hidden(&office.get(&at("/programme/release")), "sight");
    office.post(&at("/programme/release"), &[("sight", &sight)]).location();
    app
}

/// The value of the first hidden field of a name.
pub(crate) fn hidden(page: &Answer, name: &str) -> String {
    let text = page.text().into_owned();
    let mark = format!("name=\"{name}\" value=\"");
    let value = text.split(mark.as_str()).nth(1).unwrap_or_else(|| panic!("no {name} in {text}"));
    value.split('"').next().unwrap_or_default().to_owned()
}

pub(crate) fn newest(app: &TestApp) -> Release {
    app.read(|c| store::release::newest(c, EDITION)).expect("a release")
}

pub(crate) fn entry(release: &Release, activity: Activity) -> Option<&Entry> {
    release.entries.iter().find(|e| e.slot.activity == activity)
}

/// Who was written to after so many mails, and what.
pub(crate) fn mails(app: &TestApp, before: usize) -> Vec<(String, String)> {
    let all = app.read(|c| store::mail::newest(c, 100));
    let new = all.len() - before;
    let mut told: Vec<_> = all
        .into_iter()
        .take(new)
        .map(|(m, _)| (m.recipient, format!("{}\n{}", m.subject, m.body)))
        .collect();
    told.sort();
    told
}

/// Asks, and goes the first way.
pub(crate) fn answered(
    app: &TestApp,
    persona: Persona,
    kind: &str,
    fields: &[(&str, &str)],
) -> Answer {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(fields);
    let page = app.as_(persona).get(&at(&format!("/disruptions/{kind}?{}", query.finish())));
    assert_eq!(page.status, 200, "{}", page.text());
    let sight = hidden(&page, "sight");
    let mut fields = fields.to_vec();
    fields.push(("sight", &sight));
    app.as_(persona).post(&at(&format!("/disruptions/{kind}")), &fields)
}

#[test]
fn a_sentence_leads_to_the_ways_and_a_choice_to_a_release_and_its_mails() {
    let app = world(true);
    let old = entry(&newest(&app), Activity::Meeting(MEETING)).expect("a meeting").slot;
    let before = app.read(|c| store::mail::newest(c, 100)).len();
    let office = app.as_(Persona::Secretariat);
    // It stated to arrive at three in the afternoon of the day before.
    let said = office.get(&at("/disruptions?said=Pomegrad+lands+24+hours+late"));
    let asked = said.location().to_owned();
    assert!(asked.contains(&format!("late?delegation={DELEGATION_A}&hours=24%3A00")), "{asked}");
    let page = office.get(&asked);
    assert_eq!(page.status, 200, "{}", page.text());
    for words in [
        "Pomegrad: arrival 17 May 2090 15:00 (before: 16 May 2090 15:00)",
        "moves 1 meeting",
        "Apricot",
    ] {
        assert!(page.text().contains(words), "{words}: {}", page.text());
    }
    let delegation = DELEGATION_A.to_string();
    let fields = [("delegation", delegation.as_str()), ("hours", "24:00")];
    let done = answered(&app, Persona::Secretariat, "late", &fields);
    assert_eq!(done.location(), at("/programme/3/sheets"));
    let release = newest(&app);
    let new = entry(&release, Activity::Meeting(MEETING)).expect("a meeting").slot;
    assert!(
        release.number == 3 && new.start >= "2090-05-17T07:00:00Z".parse().expect("an instant")
    );
    assert!(old.start < new.start);
    let arrival = app.read(|c| store::delegation::need(c, DELEGATION_A)).value.arrival;
    assert_eq!(arrival, Some(jiff::civil::date(2090, 5, 17).at(15, 0, 0, 0)));
    let told = mails(&app, before);
    let to: Vec<&str> = told.iter().map(|(to, _)| to.as_str()).collect();
    assert_eq!(to, ["delegatea@example.org", "focala@example.org", "focalb@example.org", PERSONAL]);
    let page = office.get(&at("/disruptions"));
    assert!(
        page.text().contains("A delegation arrives at another time")
            && page.text().contains("Release 3")
    );
}

#[test]
fn the_sheets_name_whom_it_concerns_and_are_printed_in_each_language() {
    let app = world(true);
    let delegation = DELEGATION_A.to_string();
    let fields = [("delegation", delegation.as_str()), ("hours", "24")];
    answered(&app, Persona::Secretariat, "late", &fields).location();
    for lang in Lang::COMPLETE {
        let page = app.as_(Persona::Host).in_(lang).get(&at("/programme/3/sheets"));
        assert!(page.status == 200 && !page.text().contains('⟦'), "{}", page.text());
        let own = |id| page.text().contains(&format!("/notice/{id}"));
        let concerned = [DELEGATION_A, DELEGATION_B, DELEGATION_C].map(own);
        assert_eq!(concerned, [true, true, false].map(|yes| yes && outputs::pdf::BUILT));
        let sheets = [
            "/notice".to_owned(),
            format!("/notice/{DELEGATION_A}"),
            format!("/halls/{ROOM}/2090-05-17"),
            "/transfers/2090-05-17".to_owned(),
        ];
        for path in sheets.iter().filter(|_| outputs::pdf::BUILT) {
            let path = at(&format!("/programme/3{path}?in={lang}"));
            let sheet = app.as_(Persona::Host).get(&path);
            assert_eq!(sheet.status, 200, "{path} {}", sheet.text());
            assert!(sheet.body.starts_with(b"%PDF-"), "{path}");
        }
    }
    for wrong in ["/programme/9/sheets", "/programme/3/transfers/2091-01-01"] {
        assert_eq!(app.as_(Persona::Host).get(&at(wrong)).status, 404, "{wrong}");
    }
}

/// Whatever a third delegation or the public can ask for, and every mail that they get, is the same to the
/// last byte, whether A meets B or not.
#[test]
fn nothing_that_a_third_delegation_gets_depends_on_a_bilateral_that_was_moved() {
    let worlds = [world(true), world(false)];
    let (room, session) = (ROOM.to_string(), SESSION.to_string());
    let lost =
        [("hall", room.as_str()), ("from", "2090-05-17T08:00"), ("until", "2090-05-20T08:00")];
    let longer = [("session", session.as_str()), ("minutes", "75")];
    let before = worlds.each_ref().map(|app| app.read(|c| store::mail::newest(c, 100)).len());
    for app in &worlds {
        answered(app, Persona::Secretariat, "hall", &lost).location();
        answered(app, Persona::Secretariat, "longer", &longer).location();
    }
    let third = |app: &TestApp, before: usize| {
        let mut told = mails(app, before);
        told.retain(|(to, _)| to == "focalc@example.org");
        told.into_iter().map(|(_, words)| without_numbers(&words)).collect::<Vec<_>>()
    };
    assert!(!third(&worlds[0], before[0]).is_empty(), "the opening takes longer");
    assert_eq!(third(&worlds[0], before[0]), third(&worlds[1], before[1]));
    let [with, without] = worlds.each_ref().map(|app| newest(app).number);
    assert!(with > without, "the bilateral had to move");
    for (persona, path) in [
        (Persona::FocalC, at("/agenda")),
        (Persona::FocalC, at("/programme")),
        (Persona::Public, at("/programme")),
    ] {
        let [with, without] = worlds.each_ref().map(|app| app.as_(persona).get(&path));
        assert_eq!(with.status, 200, "{path}");
        for words in ["Apricot", CONFIDENTIAL[2], &MEETING.to_string()] {
            let both = [&with, &without].map(|page| page.text().matches(words).count());
            assert_eq!(both[0], both[1], "{persona:?} {path} {words}");
        }
    }
    for persona in [Persona::FocalC, Persona::Public, Persona::Stranger] {
        let app = &worlds[0];
        for path in ["/disruptions", "/disruptions/hall", "/programme/3/sheets"] {
            let answer = app.as_(persona).get(&at(path));
            assert!([303, 403].contains(&answer.status), "{persona:?} {path}");
        }
        let path = at(&format!("/programme/3/notice/{DELEGATION_A}"));
        assert!([303, 403, 404].contains(&app.as_(persona).get(&path).status), "{persona:?}");
        let path = at(&format!("/programme/changes?from=2&to={}", newest(app).number));
        let page = app.as_(persona).get(&path);
        assert!(
            !page.text().contains("Bilateral meeting") && !page.text().contains("Apricot"),
            "{persona:?}"
        );
    }
}

/// The numbers of releases are no secret, and differ when there was one more.
fn without_numbers(words: &str) -> String {
    words.lines().filter(|line| !line.contains("elease")).collect::<Vec<_>>().join("\n")
}

/// Halls and drivers are told the same, whoever meets whom.
#[test]
fn a_hall_sheet_and_the_journeys_say_nothing_of_the_sides() {
    let app = world(true);
    let other = world(true);
    let mut release = newest(&other);
    release.id = caravanserai::chance::id();
    release.number = 3;
    let swapped = domain::programme::Company::Bilateral([DELEGATION_B, DELEGATION_A]);
    for entry in release.entries.iter_mut().filter(|e| e.kind().is_none()) {
        entry.company = swapped.clone().into();
        entry.title = fixture::text("别的", "Другое", "Something else");
    }
    other.write(|c| store::release::insert(c, &release));
    let mut first = newest(&app);
    (first.id, first.number, first.at) = (caravanserai::chance::id(), 3, release.at);
    app.write(|c| store::release::insert(c, &first));
    let day = jiff::civil::date(2090, 5, 17);
    for path in [
        format!("/halls/{ROOM}/{day}"),
        format!("/halls/{TABLES}/{day}"),
        format!("/transfers/{day}"),
    ] {
        let path = at(&format!("/programme/3{path}?in=zh"));
        let [one, two] = [&app, &other].map(|app| app.as_(Persona::Host).get(&path));
        assert_eq!(
            one.status,
            if outputs::pdf::BUILT { 200 } else { one.status },
            "{}",
            one.text()
        );
        assert!(one.body == two.body, "{path}");
    }
}

#[test]
fn the_host_office_chooses_and_the_secretariat_releases() {
    let app = world(true);
    let delegation = DELEGATION_B.to_string();
    let fields = [("delegation", delegation.as_str())];
    let done = answered(&app, Persona::Host, "withdrawn", &fields);
    assert_eq!((done.location(), newest(&app).number), (at("/plan").as_str(), 2));
    let (brief, draft) = app.read(|c| store::brief::load(c, &fixture::edition()));
    assert!(brief.delegation(DELEGATION_B).is_some_and(|d| d.withdrawn));
    let meeting = brief.meeting(MEETING).map(|m| m.state.clone());
    assert!(
        matches!(meeting, Some(MeetingState::Declined | MeetingState::Withdrawn)),
        "{meeting:?}"
    );
    let draft = draft.expect("a draft").value;
    assert!(draft.slots.iter().all(|s| s.activity != Activity::Meeting(MEETING)));
    let page = app.as_(Persona::Secretariat).get(&at("/disruptions"));
    assert!(page.text().contains("not been released"), "the draft waits: {}", page.text());
    let again = app
        .as_(Persona::Secretariat)
        .get(&at(&format!("/disruptions/withdrawn?delegation={delegation}")));
    assert_eq!(again.status, 422);
    assert!(again.text().contains("has withdrawn already"), "{}", again.text());
}

#[test]
fn a_way_that_was_not_seen_is_not_gone() {
    let app = world(true);
    let hall = ROOM.to_string();
    let fields =
        [("hall", hall.as_str()), ("from", "2090-05-17T08:00"), ("until", "2090-05-17T18:00")];
    let office = app.as_(Persona::Secretariat);
    let mut stale = fields.to_vec();
    stale.push(("sight", "something else"));
    let answer = office.post(&at("/disruptions/hall"), &stale);
    assert_eq!((answer.status, newest(&app).number), (422, 2));
    assert!(answer.text().contains("has just changed"), "{}", answer.text());
    let hall = app.read(|c| store::hall::need(c, ROOM));
    assert!(hall.value.closed.is_empty(), "nothing is stored");
}

#[test]
fn what_has_begun_stays_and_what_changes_nothing_is_noted() {
    let app = world(true);
    let delegation = DELEGATION_A.to_string();
    let fields = [
        ("delegation", delegation.as_str()),
        ("from", "2090-05-17T08:00"),
        ("until", "2090-05-19T18:00"),
        ("at", "2090-05-19T18:00"),
    ];
    let done = answered(&app, Persona::Secretariat, "busy", &fields);
    assert_eq!((done.location(), newest(&app).number), (at("/disruptions").as_str(), 2));
    let busy = app.read(|c| store::delegation::need(c, DELEGATION_A)).value.busy;
    assert_eq!(busy.len(), 1, "the news is kept");
}

#[test]
fn a_longer_opening_and_a_new_meeting_find_their_places() {
    let app = world(true);
    let session = SESSION.to_string();
    let fields = [("session", session.as_str()), ("minutes", "75")];
    answered(&app, Persona::Secretariat, "longer", &fields).location();
    let opening = entry(&newest(&app), Activity::Session(SESSION)).expect("an opening").slot;
    assert_eq!(opening.minutes, 75);
    let (a, c) = (DELEGATION_A.to_string(), DELEGATION_C.to_string());
    let id = uuid::Uuid::from_u128(99).to_string();
    let fields = [
        ("meeting", id.as_str()),
        ("side", a.as_str()),
        ("to", c.as_str()),
        ("purpose.en", "trams"),
        ("minutes", "30"),
    ];
    answered(&app, Persona::Secretariat, "meeting", &fields).location();
    let meeting = Activity::Meeting(id.parse().expect("an id"));
    let release = newest(&app);
    assert!(release.number == 4 && entry(&release, meeting).is_some());
    let clashes = app.read(|c| store::brief::load(c, &fixture::edition()));
    assert_eq!(clashes.0.clashes(&clashes.1.expect("a draft").value.slots), Vec::new());
}

#[test]
fn what_was_understood_is_filled_in_and_what_was_left_open_is_asked() {
    let app = world(true);
    let office = app.as_(Persona::Secretariat);
    let said = |words: &str| {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair("said", words);
        office.get(&at(&format!("/disruptions?{}", query.finish())))
    };
    let known = format!("delegation={DELEGATION_A}&fill=1");
    let asked = said("Pomegrad lands late").location().to_owned();
    assert!(asked.ends_with(&format!("late?{known}")), "{asked}");
    let page = office.get(&asked);
    assert_eq!(page.status, 200, "{}", page.text());
    assert!(page.text().contains("Not everything was said"), "{}", page.text());
    assert!(page.text().contains(&format!("value=\"{DELEGATION_A}\" selected")), "{}", page.text());
    let page = said("Pomegrad will not be three hours late");
    assert!(page.text().contains("This is about Pomegrad"), "{}", page.text());
    for kind in ["late", "leaving", "busy", "withdrawn"] {
        assert!(page.text().contains(&format!("{kind}?delegation={DELEGATION_A}")), "{kind}");
    }
    let asked = said("Pine Room is closed on 17 May from 14 to 16").location().to_owned();
    assert!(asked.contains(&format!("hall?hall={ROOM}&from=2090-05-17T14%3A00")), "{asked}");
    assert!(asked.ends_with("until=2090-05-17T16%3A00"), "{asked}");
    assert_eq!(office.get(&asked).status, 200);
    let asked = said("Гранатовск уезжает 17 мая в 11 часов").location().to_owned();
    assert!(
        asked.ends_with(&format!("leaving?delegation={DELEGATION_A}&departure=2090-05-17T11%3A00"))
    );
    // The meeting at ten ends half an hour before, too late to reach the airport.
    let page = office.get(&asked);
    for words in ["Pomegrad: departure 17 May 2090 11:00", "Option 1"] {
        assert!(page.text().contains(words), "{words}: {}", page.text());
    }
}

#[test]
fn a_way_says_when_none_drops_less() {
    let app = world(true);
    let tables = app.read(|c| store::hall::need(c, TABLES));
    let from = jiff::civil::date(2090, 5, 1).at(0, 0, 0, 0);
    let until = jiff::civil::date(2090, 6, 1).at(0, 0, 0, 0);
    let shut = Hall { closed: vec![domain::venue::Closed { from, until }], ..tables.value };
    app.write(|c| store::hall::save(c, &shut, tables.version));
    let asked = format!("/disruptions/hall?hall={ROOM}&from=2090-05-16T00:00&until=");
    let page = app.as_(Persona::Secretariat).get(&at(&asked));
    for words in ["drops 1 meeting", "Fewer cancellations are not possible"] {
        assert!(page.text().contains(words), "{words}: {}", page.text());
    }
}

/// People have the programme in their pockets: what was added is put beside it.
#[test]
fn planning_again_keeps_what_was_released_and_says_what_it_could_not() {
    let app = world(true);
    let office = app.as_(Persona::Secretariat);
    let old = entry(&newest(&app), Activity::Meeting(MEETING)).expect("a meeting").slot;
    let again = |keep: &[(&str, &str)]| {
        let mut fields = vec![
            ("from", "09:00"),
            ("until", "18:00"),
            ("lunch_from", "12:00"),
            ("lunch_until", "13:00"),
        ];
        fields.extend(keep);
        office.post(&at("/plan"), &fields).location();
        office.post(&at("/plan/wish"), &[("wish", "enough")]).location();
        assert!(jobs::turn(&app.app, &AtomicBool::new(false)).expect("a turn"));
        app.read(|c| store::brief::load(c, &fixture::edition())).1.expect("a draft").value
    };
    let ticked = "name=\"keep\" value=\"yes\" checked";
    let draft = again(&[("keep", "yes")]);
    assert!(draft.slots.contains(&old), "{draft:?}");
    again(&[]);
    assert!(!office.get(&at("/plan")).text().contains(ticked));
    let room = app.read(|c| store::hall::need(c, ROOM));
    let from = jiff::civil::date(2090, 5, 17).at(0, 0, 0, 0);
    let until = jiff::civil::date(2090, 5, 25).at(0, 0, 0, 0);
    let closed = vec![domain::venue::Closed { from, until }];
    app.write(|c| {
        store::hall::save(c, &Hall { closed: closed.clone(), ..room.value.clone() }, room.version)
    });
    let tables = app.read(|c| store::hall::need(c, TABLES));
    let shut = Hall { closed, ..tables.value };
    app.write(|c| store::hall::save(c, &shut, tables.version));
    let draft = again(&[("keep", "yes")]);
    assert!(draft.slots.iter().all(|s| s.activity != Activity::Meeting(MEETING)), "{draft:?}");
    let page = office.get(&at("/plan"));
    assert!(page.text().contains("1 activity of release 2 has no place"), "{}", page.text());
}

#[test]
fn every_form_opens_in_each_language_and_bad_input_is_told_field_by_field() {
    let app = world(false);
    let left_out = domain::session::Session { id: LEFT_OUT, ..fixture::session() };
    app.write(|c| store::session::insert(c, &left_out));
    for lang in Lang::COMPLETE {
        let office = app.as_(Persona::Host).in_(lang);
        for path in DisruptionKind::ALL.iter().map(|kind| format!("/{kind}")).chain([String::new()])
        {
            let page = office.get(&at(&format!("/disruptions{path}")));
            assert!(page.status == 200 && !page.text().contains('⟦'), "{path} {}", page.text());
            let wrong = office.get(&at(&format!("/disruptions{path}?at=never&said=never")));
            assert!([200, 422].contains(&wrong.status) && !wrong.text().contains('⟦'), "{path}");
        }
    }
    let a = DELEGATION_A;
    let cases = [
        (format!("late?delegation={a}&hours=many"), "Give the delay in hours"),
        (format!("late?delegation={a}&arrival=2091-01-01T10:00"), "after the delegation leaves"),
        ("late?delegation=x&hours=3".to_owned(), "Choose"),
        (format!("hall?hall={HALL}&from=2090-05-17T10:00&until=2090-05-17T10:00"), "before"),
        (format!("longer?session={SESSION}&minutes=30"), "planned at this length"),
        (format!("longer?session={LEFT_OUT}&minutes=90"), "not in the released programme"),
        (format!("meeting?meeting={VENUE}&side={a}&to={a}&purpose.en=x&minutes=30"), "itself"),
    ];
    for (query, words) in cases {
        let page = app.as_(Persona::Host).get(&at(&format!("/disruptions/{query}")));
        assert_eq!(page.status, 422, "{query}");
        assert!(page.text().contains(words), "{query}: {}", page.text());
    }
    assert_eq!(app.as_(Persona::Host).get(&at("/disruptions/flood")).status, 404);
    let page = app.as_(Persona::Host).get(&at("/disruptions?said=the+dog+ate+it"));
    assert!(page.text().contains("This was not understood"));
    let long = format!("/disruptions?said={}+lands+three+hours+late", "Pomegrad+".repeat(100));
    let page = app.as_(Persona::Host).get(&at(&long));
    assert!(page.status == 200 && page.text().contains("This was not understood"));
}
