//! Agendas, day cards and calendars: a delegation's own, and nobody else's.

use domain::{access::Scope, release::Release};
use jiff::{SignedDuration, Timestamp};

use crate::harness::{
    Persona, TestApp,
    fixture::{CONFIDENTIAL, DELEGATION_A, DELEGATION_C, EDITION, FEED_SECRET, person},
};

fn at(path: &str) -> String {
    format!("/editions/{EDITION}/agenda{path}")
}

fn of(delegation: domain::DelegationId) -> String {
    at(&format!("?delegation={delegation}"))
}

fn card(delegation: domain::DelegationId) -> String {
    at(&format!("/{delegation}/2090-05-17/card?in=ru"))
}

/// Makes a calendar address and gives its path.
fn feed(app: &TestApp, persona: Persona, delegation: domain::DelegationId) -> String {
    let page = app.as_(persona).post(&at(&format!("/{delegation}/feed")), &[]);
    assert_eq!(page.status, 200, "{}", page.text());
    let text = page.text().into_owned();
    let address = text.split("value=\"http://localhost").nth(1).expect("an address");
    address.split('"').next().unwrap_or_default().to_owned()
}

#[test]
fn a_delegation_sees_when_where_and_whom_it_meets() {
    let app = TestApp::new();
    for persona in [Persona::FocalA, Persona::DelegateA] {
        let page = app.as_(persona).get(&at(""));
        assert_eq!(page.status, 200);
        for words in ["Pomegrad", "10:00–10:30", "Apricot", CONFIDENTIAL[2], "Hall 1", "Русский"]
        {
            assert!(page.text().contains(words), "{persona:?} {words}");
        }
    }
}

#[test]
fn the_office_chooses_and_a_stranger_does_not_enter() {
    let app = TestApp::new();
    for persona in [Persona::Secretariat, Persona::Host] {
        assert!(app.as_(persona).get(&at("")).text().contains("Whose agenda?"));
        assert!(app.as_(persona).get(&of(DELEGATION_A)).text().contains("Apricot"));
    }
    assert_eq!(app.as_(Persona::Stranger).get(&at("")).status, 403);
    assert_eq!(app.as_(Persona::FocalC).get(&of(DELEGATION_A)).status, 404);
    assert_eq!(app.as_(Persona::FocalC).get(&card(DELEGATION_A)).status, 404);
    let answer = app.as_(Persona::FocalC).post(&at(&format!("/{DELEGATION_A}/feed")), &[]);
    assert_eq!(answer.status, 404);
    let answer = app.as_(Persona::FocalC).get(&at("/not-an-id/2090-05-17/card"));
    assert_eq!(answer.status, 404);
}

/// A newer release in two worlds: one with the bilateral of A and B, one where there was never any.
fn world(bilateral: bool) -> TestApp {
    let app = TestApp::new();
    let mut release: Release = app.read(|c| store::release::newest(c, EDITION)).expect("a release");
    release.id = caravanserai::chance::id();
    release.number = 2;
    release.entries.retain(|e| bilateral || e.kind().is_some());
    app.write(|c| store::release::insert(c, &release));
    app
}

/// Whatever a third delegation or the public can ask for is the same to the last byte, whether A
/// meets B or not.
#[test]
fn nothing_that_a_third_delegation_gets_depends_on_a_bilateral() {
    let worlds = [world(true), world(false)];
    let feeds = worlds.each_ref().map(|app| feed(app, Persona::FocalC, DELEGATION_C));
    let mut asked = vec![
        (Persona::FocalC, at("")),
        (Persona::FocalC, format!("/editions/{EDITION}/programme")),
        (Persona::FocalC, format!("/editions/{EDITION}/programme/2/export/csv")),
        (Persona::Public, format!("/editions/{EDITION}/programme")),
        (Persona::Public, format!("/editions/{EDITION}/programme/changes?from=1&to=2")),
        (Persona::FocalC, format!("/editions/{EDITION}/programme/changes?from=1&to=2")),
    ];
    if outputs::pdf::BUILT {
        asked.push((Persona::FocalC, card(DELEGATION_C)));
        asked.push((Persona::FocalC, format!("/editions/{EDITION}/programme/2/pdf?in=zh")));
        asked.push((Persona::Public, format!("/editions/{EDITION}/programme/2/pdf?in=zh")));
    }
    for (persona, path) in asked {
        let [with, without] = worlds.each_ref().map(|app| app.as_(persona).get(&path));
        assert_eq!(with.status, 200, "{path}");
        assert!(with.body == without.body, "{persona:?} {path}");
    }
    let [with, without] = [0, 1].map(|n| worlds[n].get(&feeds[n]).body);
    assert!(with == without);
}

#[test]
fn a_day_card_is_printed_in_each_language() {
    let app = TestApp::new();
    for lang in domain::Lang::COMPLETE {
        let path = at(&format!("/{DELEGATION_A}/2090-05-17/card?in={lang}"));
        let answer = app.as_(Persona::DelegateA).get(&path);
        if outputs::pdf::BUILT {
            assert_eq!(answer.status, 200, "{}", answer.text());
            assert!(answer.body.starts_with(b"%PDF-"));
            assert!(answer.header("content-disposition").contains("EXERCISE"));
        } else {
            assert!(answer.text().contains("not in this build"));
        }
    }
    let outside = at(&format!("/{DELEGATION_A}/2091-01-01/card"));
    assert_eq!(app.as_(Persona::DelegateA).get(&outside).status, 404);
}

#[test]
fn a_calendar_belongs_to_its_address_and_ends_with_it() {
    let app = TestApp::new();
    let first = feed(&app, Persona::FocalA, DELEGATION_A);
    let answer = app.get(&first);
    assert_eq!(
        (answer.status, answer.header("content-type")),
        (200, "text/calendar; charset=utf-8")
    );
    let text = answer.text().replace("\r\n ", "");
    for words in
        ["Bilateral meeting: Apricot", "TZID=Asia/Shanghai:20900517T100000", "SEQUENCE:1\r\n"]
    {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert_eq!(
        app.get(&format!("/feed/{FEED_SECRET}.ics")).status,
        404,
        "an older address is void"
    );
    let second = feed(&app, Persona::FocalA, DELEGATION_A);
    assert_eq!(app.get(&first).status, 404);
    let end = at(&format!("/{DELEGATION_A}/feed/end"));
    assert_eq!(app.as_(Persona::FocalA).post(&end, &[]).status, 303);
    assert_eq!(app.get(&second).status, 404);
    assert!(!app.as_(Persona::FocalA).get(&at("")).text().contains(&second));
}

#[test]
fn a_calendar_ends_with_the_role_of_its_holder() {
    let app = TestApp::new();
    let address = format!("/feed/{FEED_SECRET}.ics");
    assert_eq!(app.get(&address).status, 200);
    let other = Scope::Delegation(EDITION, DELEGATION_C);
    let role = domain::access::Role::FocalPoint;
    let grant =
        domain::access::Grant { role, scope: other, from: Timestamp::UNIX_EPOCH, until: None };
    let stranger = person(Persona::Stranger);
    app.write(|c| store::person::grant(c, caravanserai::chance::id(), stranger, &grant));
    let subject = caravanserai::web::meet::feed::subject(DELEGATION_A, stranger);
    let until = Timestamp::now().saturating_add(SignedDuration::from_hours(1)).expect("an instant");
    app.write(|c| {
        let hash = caravanserai::chance::hash("other");
        store::token::insert(c, &hash, domain::account::Purpose::Feed, &subject, until)
    });
    assert_eq!(app.get("/feed/other.ics").status, 404, "no role in A, no calendar of A");
}

#[test]
fn a_calendar_tells_of_what_no_longer_takes_place() {
    let app = world(false);
    let text = app.get(&format!("/feed/{FEED_SECRET}.ics")).text().replace("\r\n ", "");
    let bilateral = text.split("BEGIN:VEVENT").find(|e| e.contains("Apricot")).expect("an event");
    assert!(
        bilateral.contains("STATUS:CANCELLED") && bilateral.contains("SEQUENCE:2"),
        "{bilateral}"
    );
    let opening = text.split("BEGIN:VEVENT").find(|e| e.contains("SUMMARY;LANGUAGE=en:Opening"));
    assert!(opening.is_some_and(|e| e.contains("STATUS:CONFIRMED") && e.contains("SEQUENCE:1")));
}
