//! Releases, their differences and their mails: each reader meets what that reader may know.

use domain::{
    delegation::{Delegate, Task},
    precedence::Rank,
    programme::{Activity, Company, Plan},
    release::Release,
};
use jiff::SignedDuration;

use crate::harness::{
    Persona, TestApp,
    fixture::{CONFIDENTIAL, EDITION, LEADER_A, MEETING, PERSONAL, PLAN, SESSION, text},
};

fn at(path: &str) -> String {
    format!("/editions/{EDITION}/programme{path}")
}

/// A newer draft than the fixture's, changed.
fn replan(app: &TestApp, change: impl FnOnce(&mut Plan)) {
    let mut plan = app.read(|c| store::plan::need(c, PLAN)).value;
    plan.id = caravanserai::chance::id();
    change(&mut plan);
    app.write(|c| store::plan::insert(c, &plan));
}

fn later(plan: &mut Plan, activity: Activity, minutes: i64) {
    for slot in plan.slots.iter_mut().filter(|s| s.activity == activity) {
        slot.start =
            slot.start.checked_add(SignedDuration::from_mins(minutes)).expect("an instant");
    }
}

/// What the release form says that its reader has seen.
fn sight(app: &TestApp) -> String {
    let page = app.as_(Persona::Secretariat).get(&at("/release"));
    assert_eq!(page.status, 200, "{}", page.text());
    let text = page.text().into_owned();
    let value = text.split("name=\"sight\" value=\"").nth(1).expect("a hidden field");
    value.split('"').next().unwrap_or_default().to_owned()
}

fn release(app: &TestApp, note: &str) -> u16 {
    let sight = sight(app);
    let fields = [("sight", sight.as_str()), ("note.en", note)];
    app.as_(Persona::Secretariat).post(&at("/release"), &fields).status
}

fn newest(app: &TestApp) -> Release {
    app.read(|c| store::release::newest(c, EDITION)).expect("a release")
}

/// The mails since the fixture, as recipient and words.
fn mails(app: &TestApp) -> Vec<(String, String)> {
    let all = app.read(|c| store::mail::newest(c, 100));
    let mut told: Vec<_> =
        all.into_iter().map(|(m, _)| (m.recipient, format!("{}\n{}", m.subject, m.body))).collect();
    told.sort();
    told
}

#[test]
fn everyone_reads_the_sessions_and_only_the_sides_and_the_office_a_bilateral() {
    let app = TestApp::new();
    for persona in Persona::ALL {
        let page = app.as_(persona).get(&at(""));
        assert_eq!(page.status, 200);
        assert!(page.text().contains("Opening"), "{persona:?}");
        assert!(page.text().contains("09:00–09:30"), "{persona:?}");
        let office = matches!(persona, Persona::Secretariat | Persona::Host);
        let sides = matches!(persona, Persona::FocalA | Persona::FocalB | Persona::DelegateA);
        let may = office || sides;
        assert_eq!(page.text().contains("Apricot"), may, "{persona:?}");
    }
}

#[test]
fn a_release_is_numbered_and_its_address_stays() {
    let app = TestApp::new();
    let first = app.get(&at("/1")).text().into_owned();
    replan(&app, |plan| later(plan, Activity::Session(SESSION), 60));
    assert_eq!(release(&app, "Opening an hour later"), 303);
    let second = newest(&app);
    assert_eq!((second.number, second.entries.len()), (2, 2));
    assert!(app.get(&at("")).text().contains("10:00–10:30"));
    assert!(app.get(&at("")).text().contains("Opening an hour later"));
    let again = app.get(&at("/1")).text().into_owned();
    assert!(first.contains("09:00–09:30") && again.contains("09:00–09:30"));
    assert!(again.contains("not the newest"));
    assert_eq!(app.get(&at("/3")).status, 404);
    assert_eq!(app.get(&at("/x")).status, 404);
}

#[test]
fn what_did_not_change_is_not_released() {
    let app = TestApp::new();
    assert_eq!(app.as_(Persona::Secretariat).get(&at("/release")).status, 200);
    let sight = format!("{PLAN}/2");
    let answer = app.as_(Persona::Secretariat).post(&at("/release"), &[("sight", &sight)]);
    assert_eq!(answer.status, 409);
    assert_eq!(newest(&app).number, 1);
}

#[test]
fn only_the_secretariat_releases_and_only_what_it_has_seen() {
    let app = TestApp::new();
    replan(&app, |plan| later(plan, Activity::Session(SESSION), 60));
    let stale = sight(&app);
    for persona in Persona::ALL.into_iter().filter(|p| *p != Persona::Secretariat) {
        let answer = app.as_(persona).post(&at("/release"), &[("sight", &stale)]);
        assert!([303, 403].contains(&answer.status), "{persona:?}");
    }
    replan(&app, |plan| later(plan, Activity::Session(SESSION), 120));
    let answer = app.as_(Persona::Secretariat).post(&at("/release"), &[("sight", &stale)]);
    assert_eq!(answer.status, 422);
    assert_eq!(newest(&app).number, 1);
    assert!(mails(&app).is_empty());
}

#[test]
fn mails_go_to_exactly_those_concerned() {
    let app = TestApp::new();
    replan(&app, |plan| later(plan, Activity::Meeting(MEETING), 30));
    assert_eq!(release(&app, ""), 303);
    let told = mails(&app);
    let to: Vec<&str> = told.iter().map(|(to, _)| to.as_str()).collect();
    let expected = [
        "confidant@example.org",
        "delegatea@example.org",
        "focala@example.org",
        "focalb@example.org",
        PERSONAL,
    ];
    assert_eq!(to, expected);
    assert!(told[0].1.contains("杏城"), "{}", told[0].1);
    for (to, words) in &told {
        assert!(!CONFIDENTIAL.iter().any(|c| words.contains(c)), "{to}: {words}");
        assert!(words.contains("EXERCISE TEXT"), "{to}: {words}");
    }
    assert!(told[2].1.contains("Bilateral meeting: Apricot"), "{}", told[2].1);
    assert!(
        told[1].1.contains("10:30–11:00") && told[1].1.contains("was: 17 May 2090, 10:00–10:30")
    );
    assert!(told[4].1.contains("Абрикосово"), "in the language of the person: {}", told[4].1);
}

#[test]
fn firms_and_the_press_hear_of_no_bilateral() {
    let app = TestApp::new();
    let (id, address) = (caravanserai::chance::id(), "press.of.a@example.org");
    let leader = app.read(|c| store::delegate::need(c, LEADER_A)).value;
    let (rank, task, email) = (Rank::Media, Task::Member, address.to_owned());
    let press = Delegate { id, rank, task, email, ..leader };
    app.write(|c| store::delegate::insert(c, &press));
    replan(&app, |plan| later(plan, Activity::Meeting(MEETING), 30));
    assert_eq!(release(&app, ""), 303);
    let told = mails(&app);
    assert!(told.iter().all(|(to, _)| to != address), "the bilateral is not the press's to know");
    let head = told.iter().find(|(to, _)| to == PERSONAL).map(|(_, words)| words);
    assert!(head.is_some_and(|words| words.contains("просим не разглашать")));
    replan(&app, |plan| later(plan, Activity::Session(SESSION), -30));
    assert_eq!(release(&app, ""), 303);
    let told = mails(&app);
    let press = told.iter().find(|(to, _)| to == address).map(|(_, words)| words);
    let words = press.expect("sessions are");
    assert!(words.contains("Открытие") && !words.contains("Абрикосово"), "{words}");
    assert!(!words.contains("просим не разглашать"), "{words}");
}

#[test]
fn a_third_delegation_hears_of_its_own_changes_alone() {
    let app = TestApp::new();
    replan(&app, |plan| {
        later(plan, Activity::Meeting(MEETING), 30);
        later(plan, Activity::Session(SESSION), -30);
    });
    assert_eq!(release(&app, ""), 303);
    let told = mails(&app);
    let words = told.iter().find(|(to, _)| to == "focalc@example.org").map(|(_, words)| words);
    let words = words.expect("a mail about the opening");
    assert!(
        words.contains("Opening")
            && !words.contains("Apricot")
            && !words.contains("Bilateral meeting")
    );
    for persona in [Persona::Public, Persona::FocalC, Persona::Stranger] {
        let page = app.as_(persona).get(&at("/changes?from=1&to=2")).text().into_owned();
        assert!(page.contains("Opening") && page.contains("1 change"), "{persona:?}");
        assert!(!page.contains("Apricot") && !page.contains("Bilateral meeting"), "{persona:?}");
    }
    let sides = app.as_(Persona::FocalB).get(&at("/changes?from=1&to=2")).text().into_owned();
    assert!(sides.contains("2 changes") && sides.contains("Pomegrad"));
}

#[test]
fn a_meeting_taken_back_since_is_not_released() {
    let app = TestApp::new();
    let meeting = app.read(|c| store::meeting::need(c, MEETING));
    let mut declined = meeting.value;
    declined.state = domain::meeting::MeetingState::Declined;
    app.write(|c| store::meeting::save(c, &declined, meeting.version));
    assert_eq!(release(&app, ""), 303);
    let bilateral = |e: &domain::programme::Entry| matches!(&*e.company, Company::Bilateral(_));
    assert!(!newest(&app).entries.iter().any(bilateral));
}

#[test]
fn the_draft_is_compared_for_the_office_alone() {
    let app = TestApp::new();
    replan(&app, |plan| later(plan, Activity::Session(SESSION), 60));
    for persona in Persona::ALL {
        let answer = app.as_(persona).get(&at("/changes?from=1&to=draft"));
        let office = matches!(persona, Persona::Secretariat | Persona::Host);
        assert_eq!(answer.status == 200, office, "{persona:?}");
    }
}

#[test]
fn filters_choose_by_kind_and_language() {
    let app = TestApp::new();
    assert!(app.get(&at("?kind=opening&in=ru")).text().contains("09:00–09:30"));
    for nothing in ["?kind=forum", "?in=fa"] {
        assert!(!app.get(&at(nothing)).text().contains("09:00–09:30"), "{nothing}");
    }
}

/// The programme with as many entries as asked for.
fn enlarge(app: &TestApp, entries: usize) {
    let mut large = newest(app);
    let one = large.entries[0].clone();
    large.id = caravanserai::chance::id();
    large.number += 1;
    large.entries = (0..entries)
        .map(|n| {
            let mut entry = one.clone();
            entry.slot.activity = Activity::Session(caravanserai::chance::id());
            let minutes = SignedDuration::from_mins(i64::try_from(n % 96).unwrap_or(0) * 15);
            entry.slot.start = one.slot.start.checked_add(minutes).expect("an instant");
            entry.title = text(&format!("论坛{n}"), &format!("Форум {n}"), &format!("Forum {n}"));
            entry
        })
        .collect();
    app.write(|c| store::release::insert(c, &large));
}

#[test]
fn a_page_asks_few_questions_whatever_its_length() {
    let app = TestApp::new();
    for entries in [4, 400] {
        enlarge(&app, entries);
        for persona in [Persona::Public, Persona::FocalA] {
            let before = store::statements();
            let page = app.as_(persona).get(&at(""));
            let asked = store::statements() - before;
            assert!(page.text().matches("<time").count() >= entries);
            // Four of them begin and end its two transactions.
            assert!(asked - 4 <= 8, "{asked} statements for {entries} entries");
        }
    }
}

#[test]
fn files_of_the_programme_hold_what_the_reader_may_know() {
    let app = TestApp::new();
    for (persona, may) in
        [(Persona::Public, false), (Persona::FocalC, false), (Persona::FocalB, true)]
    {
        let csv = app.as_(persona).get(&at("/1/export/csv"));
        assert_eq!(csv.status, 200);
        assert!(csv.text().contains("Opening") && csv.text().contains("EXERCISE"));
        assert_eq!(csv.text().contains("Apricot"), may, "{persona:?}");
    }
    if outputs::pdf::BUILT {
        let pdf = app.get(&at("/1/pdf?in=ru"));
        assert_eq!((pdf.status, pdf.header("content-type")), (200, "application/pdf"));
        assert!(pdf.body.starts_with(b"%PDF-"));
    }
}

#[test]
fn what_is_cancelled_comes_first_and_asks_for_no_interpreters() {
    let app = TestApp::new();
    let mut next = newest(&app);
    (next.id, next.number) = (caravanserai::chance::id(), 2);
    next.entries.retain(|e| e.kind().is_some());
    for entry in &mut next.entries {
        entry.slot.start += SignedDuration::from_hours(5);
    }
    app.write(|c| store::release::insert(c, &next));
    let page = app.as_(Persona::Secretariat).get(&at("/changes?from=1&to=2"));
    let text = page.text().into_owned();
    let heads = ["<h3>Cancelled", "<h3>Moved"].map(|head| text.find(head));
    assert!(heads.iter().all(Option::is_some) && heads.is_sorted(), "{text}");
    assert!(!text.contains("Interpreters:"), "{text}");
    assert_eq!(app.get(&at("/changes?from=1&to=2")).text().matches("<h3>").count(), 1);
}
