//! Bilateral meetings: what the sides can do, who is told, and that a third delegation learns nothing.

use domain::{
    DelegationId, Lang, MeetingId, OfferingId, Text,
    access::{Grant, Role, Scope},
    city::{Offering, Origin, Side, Theme},
    meeting::MeetingState,
};
use uuid::Uuid;

use crate::harness::{
    Persona, TestApp,
    fixture::{
        CITY_A, CITY_B, CONFIDENTIAL, DELEGATION_A, DELEGATION_B, DELEGATION_C, EDITION, MEETING,
        withdraw,
    },
};

const CANARY: &str = "canary purpose seven";

fn home() -> String {
    format!("/editions/{EDITION}/meetings")
}

fn ask(app: &TestApp, persona: Persona, from: DelegationId, to: DelegationId) -> u16 {
    let (from, to) = (from.to_string(), to.to_string());
    let fields =
        [("as", &*from), ("to", &*to), ("purpose.en", CANARY), ("wish", "must"), ("minutes", "30")];
    app.as_(persona).post(&format!("{}/new", home()), &fields).status
}

fn answer(app: &TestApp, persona: Persona, of: DelegationId, what: &str, minutes: &str) -> u16 {
    let (id, meeting) = newest(app);
    let (side, seen) = (of.to_string(), meeting.to_string());
    let fields = [("as", &*side), ("what", what), ("minutes", minutes), ("seen", &*seen)];
    app.as_(persona).post(&format!("{}/{id}", home()), &fields).status
}

/// The meeting asked for last, and its version.
fn newest(app: &TestApp) -> (MeetingId, i32) {
    let all = app.read(|c| store::meeting::of_edition(c, EDITION));
    let last = all.into_iter().rfind(|m| m.value.id != MEETING).expect("a request");
    (last.value.id, last.version)
}

fn state(app: &TestApp) -> MeetingState {
    let (id, _) = newest(app);
    app.read(|c| store::meeting::need(c, id)).value.state
}

fn mails(app: &TestApp) -> Vec<(String, String)> {
    let mails = app.read(|c| store::mail::newest(c, 50));
    mails.into_iter().map(|(m, _)| (m.recipient, format!("{}\n{}", m.subject, m.body))).collect()
}

/// A and B part first, so that they can meet anew.
fn free(app: &TestApp) {
    app.write(|c| {
        let mut old = store::meeting::need(c, MEETING)?;
        old.value.state = MeetingState::Withdrawn;
        store::meeting::save(c, &old.value, old.version).map(|_| ())
    });
}

#[test]
fn a_request_is_countered_and_agreed_by_those_whose_turn_it_is() {
    let app = TestApp::new();
    assert_eq!(ask(&app, Persona::FocalA, DELEGATION_A, DELEGATION_B), 422, "one is open already");
    free(&app);
    assert_eq!(ask(&app, Persona::FocalA, DELEGATION_A, DELEGATION_B), 303);
    assert_eq!(answer(&app, Persona::FocalA, DELEGATION_A, "accept", ""), 409);
    assert_eq!(answer(&app, Persona::FocalB, DELEGATION_B, "counter", "7"), 422);
    assert_eq!(answer(&app, Persona::FocalB, DELEGATION_B, "counter", "45"), 303);
    assert_eq!(state(&app), MeetingState::Countered { minutes: 45 });
    let page = app.as_(Persona::FocalA).get(&home()).text().into_owned();
    assert!(page.contains("waits for your answer") && page.contains("45 min proposed"));
    assert_eq!(answer(&app, Persona::FocalA, DELEGATION_A, "accept", ""), 303);
    let (id, _) = newest(&app);
    let stored = app.read(|c| store::meeting::need(c, id)).value;
    assert_eq!((stored.state, stored.minutes), (MeetingState::Accepted, 45));
}

#[test]
fn an_answer_to_what_has_changed_since_is_not_taken() {
    let app = TestApp::new();
    free(&app);
    ask(&app, Persona::FocalA, DELEGATION_A, DELEGATION_B);
    let (id, seen) = newest(&app);
    assert_eq!(answer(&app, Persona::FocalA, DELEGATION_A, "withdraw", ""), 303);
    let (side, seen) = (DELEGATION_B.to_string(), seen.to_string());
    let late = [("as", &*side), ("what", "accept"), ("seen", &*seen)];
    let answer = app.as_(Persona::FocalB).post(&format!("{}/{id}", home()), &late);
    assert_eq!(answer.status, 409);
    assert!(answer.text().contains("not your turn"));
    assert_eq!(state(&app), MeetingState::Withdrawn);
}

#[test]
fn mail_goes_to_the_other_side_alone_in_its_language_and_without_the_purpose() {
    let app = TestApp::new();
    free(&app);
    app.write(|c| {
        let mut b = store::person::of_email(c, "focalb@example.org")?.expect("an account");
        b.value.lang = Lang::Ru;
        store::person::save(c, &b.value, b.version).map(|_| ())
    });
    ask(&app, Persona::FocalA, DELEGATION_A, DELEGATION_B);
    answer(&app, Persona::FocalB, DELEGATION_B, "accept", "");
    let mails = mails(&app);
    let to: Vec<&str> = mails.iter().map(|(to, _)| to.as_str()).collect();
    assert_eq!(to, ["focala@example.org", "focalb@example.org"], "newest first");
    assert!(mails[1].1.contains("Запрос о встрече: Гранатовск"), "{}", mails[1].1);
    assert!(mails[0].1.contains("Apricot agrees"), "{}", mails[0].1);
    assert!(mails.iter().all(|(_, words)| !words.contains(CANARY)));
}

#[test]
fn nobody_meets_a_delegation_that_has_withdrawn() {
    let app = TestApp::new();
    free(&app);
    app.write(|c| withdraw(c, DELEGATION_B));
    assert_eq!(ask(&app, Persona::FocalA, DELEGATION_A, DELEGATION_B), 422);
    assert_eq!(ask(&app, Persona::FocalB, DELEGATION_B, DELEGATION_C), 422);
    let mut open = app.read(|c| store::meeting::need(c, MEETING));
    open.value.state = MeetingState::Requested;
    app.write(|c| store::meeting::save(c, &open.value, open.version));
    let seen = app.read(|c| store::meeting::need(c, MEETING)).version.to_string();
    let b = DELEGATION_B.to_string();
    let say = |what| {
        let fields =
            [("as", b.as_str()), ("what", what), ("minutes", "30"), ("seen", seen.as_str())];
        app.as_(Persona::FocalB).post(&format!("{}/{MEETING}", home()), &fields).status
    };
    assert_eq!((say("accept"), say("decline")), (409, 303));
    let form = app.as_(Persona::FocalA).get(&format!("{}/new", home()));
    assert!(!form.text().contains(&format!("value=\"{DELEGATION_B}\"")));
    assert!(form.text().contains(&format!("value=\"{DELEGATION_C}\"")));
    let list = "from,to\nPomegrad,Apricot\n".as_bytes();
    let host = app.as_(Persona::Host);
    let page = host.upload(&format!("{}/import", home()), &[], ("file", "list.csv", list));
    assert!(page.text().contains("no longer takes part"), "{}", page.text());
}

#[test]
fn a_third_delegation_learns_nothing() {
    let app = TestApp::new();
    free(&app);
    ask(&app, Persona::FocalA, DELEGATION_A, DELEGATION_B);
    let (id, _) = newest(&app);
    let secrets = [CANARY, CONFIDENTIAL[2], CONFIDENTIAL[1], &id.to_string(), &MEETING.to_string()];
    for persona in [Persona::FocalC, Persona::Stranger, Persona::Public] {
        let who = app.as_(persona);
        for path in [
            home(),
            format!("{}?as={DELEGATION_A}", home()),
            format!("{}/export/csv?as={DELEGATION_B}", home()),
            format!("{}/export/csv", home()),
            format!("{}/new?as={DELEGATION_C}", home()),
            format!("{}/{id}", home()),
            format!("{}/{MEETING}", home()),
        ] {
            let answer = who.get(&path);
            for secret in secrets {
                // The address that was asked comes back in the links to other languages.
                let told = answer.text().replace(&path, "");
                assert!(!told.contains(secret), "{persona:?} reads {secret} at {path}");
            }
        }
        let there = if persona == Persona::FocalC { 404 } else { who.get(&home()).status };
        assert_eq!(who.get(&format!("{}/{id}", home())).status, there);
        // A meeting that is not theirs answers as one that does not exist.
        let nowhere = format!("{}/{}", home(), Uuid::from_u128(7));
        assert_eq!(who.get(&nowhere).status, there);
        assert_eq!(answer(&app, persona, DELEGATION_A, "withdraw", "") / 100 % 5, {
            if persona == Persona::Public { 3 } else { 4 }
        });
    }
    assert_eq!(ask(&app, Persona::FocalC, DELEGATION_A, DELEGATION_B), 404);
    assert_eq!(state(&app), MeetingState::Requested);
    for persona in [Persona::FocalA, Persona::FocalB, Persona::DelegateA, Persona::Host] {
        assert_eq!(app.as_(persona).get(&format!("{}/{id}", home())).status, 200, "{persona:?}");
    }
}

#[test]
fn a_member_reads_and_does_not_answer() {
    let app = TestApp::new();
    let member = app.as_(Persona::DelegateA);
    let page = member.get(&home());
    assert!(page.text().contains(CONFIDENTIAL[2]));
    assert!(!page.text().contains("Ask for a meeting"));
    assert_eq!(ask(&app, Persona::DelegateA, DELEGATION_A, DELEGATION_C), 403);
}

#[test]
fn who_speaks_for_several_chooses_which_one_acts() {
    let app = TestApp::new();
    app.write(|c| {
        let a = store::person::of_email(c, "focala@example.org")?.expect("an account");
        let scope = Scope::Delegation(EDITION, DELEGATION_C);
        let from = "2020-01-01T00:00:00Z".parse().expect("an instant");
        let grant = Grant { role: Role::FocalPoint, scope, from, until: None };
        store::person::grant(c, Uuid::from_u128(77).into(), a.value.id, &grant)
    });
    let me = app.as_(Persona::FocalA);
    let as_a = me.get(&home()).text().into_owned();
    assert!(as_a.contains(CONFIDENTIAL[2]) && as_a.contains("Mulberry Institute"));
    let as_c = me.get(&format!("{}?as={DELEGATION_C}", home())).text().into_owned();
    assert!(!as_c.contains(CONFIDENTIAL[2]));
    assert_eq!(ask(&app, Persona::FocalA, DELEGATION_C, DELEGATION_B), 303);
    let (id, _) = newest(&app);
    assert_eq!(app.read(|c| store::meeting::need(c, id)).value.from, DELEGATION_C);
    assert_eq!(app.as_(Persona::FocalC).get(&format!("{}/{id}", home())).status, 200);
}

#[test]
fn suggestions_come_with_their_reason_until_the_two_have_met() {
    let app = TestApp::new();
    let offering = |n: u128, city, side, words: &str| Offering {
        id: OfferingId(Uuid::from_u128(n)),
        city,
        side,
        theme: Theme::Water,
        text: Text::new(Lang::Ru, words),
        source: None,
        origin: Origin::Demonstration,
    };
    app.write(|c| {
        store::offering::insert(c, &offering(1, CITY_A, Side::Need, "ищем опыт водоснабжения"))?;
        store::offering::insert(c, &offering(2, CITY_B, Side::Offer, "опыт водоснабжения"))
    });
    let page = |app: &TestApp| app.as_(Persona::FocalA).get(&home()).text().into_owned();
    assert!(!page(&app).contains("They offer what you look for"));
    app.write(|c| {
        let mut old = store::meeting::need(c, MEETING)?.value;
        old.to = DELEGATION_C;
        store::meeting::save(c, &old, 1).map(|_| ())
    });
    let shown = page(&app);
    assert!(shown.contains("They offer what you look for"), "{shown}");
    assert!(shown.contains("lang=\"ru\""), "a text of another language is marked");
    let form = app.as_(Persona::FocalA);
    let form = form.get(&format!("{}/new?to={DELEGATION_B}&theme=water", home()));
    assert!(form.text().contains("Обмен опытом"));
    assert_eq!(ask(&app, Persona::FocalA, DELEGATION_A, DELEGATION_B), 303);
    assert!(!page(&app).contains("They offer what you look for"));
}
