//! Proposals for all delegations: the office sees them with their reasons and asks for those it ticks; nobody
//! else sees them, and whoever has met is left alone.

use domain::{
    DelegationId, Lang, OfferingId, Text,
    city::{Offering, Origin, Side, Theme},
    meeting::{Meeting, MeetingState, Wish},
};
use uuid::Uuid;

use crate::harness::{
    Persona, TestApp,
    fixture::{CITY_B, DELEGATION_A, DELEGATION_B, DELEGATION_C, EDITION, MEETING, withdraw},
};

const REASON: &str = "Pomegrad offers what Apricot looks for";

fn path() -> String {
    format!("/editions/{EDITION}/meetings/proposals")
}

/// A and B, as a box says it.
fn pair() -> String {
    format!("{DELEGATION_A}:{DELEGATION_B}")
}

/// City B needs what city A offers, and the meeting of the two is as told.
fn app(change: impl Fn(&mut Meeting)) -> TestApp {
    let app = TestApp::new();
    let need = Offering {
        id: OfferingId(Uuid::from_u128(1)),
        city: CITY_B,
        side: Side::Need,
        theme: Theme::ALL[0],
        text: Text::new(Lang::Ru, "ищем опыт поиска утечек"),
        source: None,
        origin: Origin::Demonstration,
    };
    app.write(|c| {
        store::offering::insert(c, &need)?;
        let mut old = store::meeting::need(c, MEETING)?;
        change(&mut old.value);
        store::meeting::save(c, &old.value, old.version).map(|_| ())
    });
    app
}

/// The same where the two have never dealt with each other.
fn fresh() -> TestApp {
    app(|meeting| meeting.to = DELEGATION_C)
}

fn asked(app: &TestApp) -> Vec<Meeting> {
    let all = app.read(|c| store::meeting::of_edition(c, EDITION));
    all.into_iter().map(|m| m.value).filter(|m| m.id != MEETING).collect()
}

#[test]
fn the_office_sees_pairs_with_their_reasons_and_asks_for_them() {
    let app = fresh();
    for persona in [Persona::Secretariat, Persona::Host] {
        let page = app.as_(persona).get(&path());
        let text = page.text();
        assert!(text.contains(REASON) && text.contains(&pair()), "{text}");
        assert!(text.contains("ищем опыт поиска утечек"), "the words of both sides are there");
    }
    let host = app.as_(Persona::Host);
    assert!(host.get(&format!("/editions/{EDITION}/meetings")).text().contains(&path()));
    let done = host.post(&path(), &[("most", "3"), ("pair", &pair())]);
    assert_eq!(done.status, 303);
    let list = host.get(done.header("location"));
    assert!(list.text().contains("One request was sent"), "{}", list.text());
    let stored = asked(&app);
    let [meeting] = stored.as_slice() else { panic!("{stored:?}") };
    assert_eq!((meeting.from, meeting.to), (DELEGATION_B, DELEGATION_A), "whose need is met asks");
    assert_eq!((meeting.wish, meeting.minutes), (Wish::Nice, 30));
    assert_eq!(meeting.state, MeetingState::Proposed);
    assert!(Lang::COMPLETE.iter().all(|lang| meeting.purpose.get(*lang).is_some()));
    let mut told: Vec<(String, String)> = app
        .read(|c| store::mail::newest(c, 50))
        .into_iter()
        .map(|(mail, _)| (mail.recipient, mail.subject))
        .collect();
    told.sort();
    let said = |who: &str, other: &str| {
        let mark = "[演示 · УЧЕБНЫЙ · EXERCISE]";
        (who.to_owned(), format!("{mark} The organisers propose a meeting with {other}"))
    };
    assert_eq!(
        told,
        [said("focala@example.org", "Apricot"), said("focalb@example.org", "Pomegrad")]
    );
    // Nobody is said to have asked before somebody has: whoever agrees first asks, the other one answers.
    let its = format!("/editions/{EDITION}/meetings/{}", meeting.id);
    for persona in [Persona::FocalA, Persona::FocalB] {
        let page = app.as_(persona).get(&its);
        assert!(!page.text().contains("Asked by"), "{}", page.text());
    }
    let agree = |persona, side: DelegationId, seen: &str| {
        let side = side.to_string();
        let fields = [("as", side.as_str()), ("what", "accept"), ("seen", seen)];
        app.as_(persona).post(&its, &fields).location();
        app.read(|c| store::meeting::need(c, meeting.id)).value
    };
    let first = agree(Persona::FocalA, DELEGATION_A, "1");
    assert_eq!((first.from, first.state), (DELEGATION_A, MeetingState::Requested));
    let second = agree(Persona::FocalB, DELEGATION_B, "2");
    assert_eq!(second.state, MeetingState::Accepted);
    // What was asked for meanwhile is passed over and said.
    assert!(!host.get(&path()).text().contains(REASON));
    let again = host.post(&path(), &[("pair", &pair())]);
    let list = host.get(again.header("location"));
    assert!(list.text().contains("No request was sent"), "{}", list.text());
    assert!(list.text().contains("One pair was passed over"), "{}", list.text());
    assert_eq!(asked(&app).len(), 1);
}

#[test]
fn who_has_dealt_with_each_other_or_withdrew_is_not_proposed() {
    let refused = |app: &TestApp| {
        let office = app.as_(Persona::Secretariat);
        let page = office.get(&path());
        assert_eq!(page.status, 200);
        assert!(page.text().contains("There is nobody to propose"), "{}", page.text());
        assert_eq!(office.post(&path(), &[("pair", &pair())]).status, 303);
        assert!(asked(app).is_empty());
    };
    for state in [MeetingState::Accepted, MeetingState::Declined, MeetingState::Withdrawn] {
        refused(&app(|meeting| meeting.state = state.clone()));
    }
    let app = fresh();
    app.write(|c| withdraw(c, DELEGATION_B));
    refused(&app);
}

#[test]
fn no_delegation_sees_proposals_or_makes_them() {
    use Persona::{Chair, DelegateA, FocalA, FocalB, FocalC, Interpreter};
    let app = fresh();
    for persona in [FocalA, FocalB, FocalC, DelegateA, Chair, Interpreter] {
        let who = app.as_(persona);
        let page = who.get(&path());
        assert_eq!(page.status, 403, "{persona:?}");
        assert!(!page.text().contains(REASON));
        assert_eq!(who.post(&path(), &[("pair", &pair())]).status, 403, "{persona:?}");
        let list = who.get(&format!("/editions/{EDITION}/meetings"));
        assert!(!list.text().contains("/meetings/proposals"), "{persona:?}");
    }
    assert!(asked(&app).is_empty());
}

#[test]
fn bad_input_gets_a_sentence_and_stores_nothing() {
    let app = fresh();
    let office = app.as_(Persona::Secretariat);
    for (most, said) in [("0", "from 1 to 8"), ("9", "from 1 to 8"), ("many", "whole number")] {
        let page = office.get(&format!("{}?most={most}", path()));
        assert_eq!(page.status, 422, "{most}");
        assert!(page.text().contains(&format!("value=\"{most}\"")), "{most} is kept");
        assert!(page.text().contains(said), "{}", page.text());
        assert!(!page.text().contains(REASON));
    }
    assert_eq!(office.get(&format!("{}?most=1", path())).status, 200);
    let own = format!("{DELEGATION_A}:{DELEGATION_A}");
    for fields in [vec![], vec![("pair", "x")], vec![("pair", ":")]] {
        let page = office.post(&path(), &fields);
        assert_eq!(page.status, 422);
        assert!(page.text().contains("No pair is ticked"), "{}", page.text());
        assert!(!page.text().contains(" checked"), "what was not ticked comes back so");
    }
    assert_eq!(office.post(&path(), &[("pair", &own)]).status, 303);
    assert!(asked(&app).is_empty());
}
