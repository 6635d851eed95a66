//! Commitments: read from a text, reported by their owners alone, assessed, and shown only when the owner
//! could reply.

use domain::{
    CommitmentId, Lang,
    commitment::{Commitment, Progress},
    unit::Manner,
};

use crate::harness::{
    Answer, Persona, TestApp,
    declaration::{DECLARATION, UNIT, UNIT_STALE},
    fixture::{DELEGATION_A, DELEGATION_B, EDITION},
    instrument::COMMITMENT,
};

const GROUNDS: &str = "walnut grounds seven";

fn home() -> String {
    format!("/editions/{EDITION}/commitments")
}

fn read(app: &TestApp, id: CommitmentId) -> (Commitment, i32) {
    let found = app.read(|c| store::commitment::need(c, id));
    (found.value, found.version)
}

fn report(app: &TestApp, by: Persona, progress: &str, seen: i32) -> Answer {
    let (own, seen) = (DELEGATION_A.to_string(), seen.to_string());
    let fields = [
        ("as", own.as_str()),
        ("seen", seen.as_str()),
        ("progress", progress),
        ("note.ru", "Совет учреждён"),
        ("evidence", "https://example.org/report"),
    ];
    app.as_(by).post(&format!("{}/{COMMITMENT}/claim", home()), &fields)
}

#[test]
fn a_paragraph_suggests_and_an_editor_confirms() {
    let app = TestApp::new();
    let from = format!("{}/from/{DECLARATION}", home());
    let page = app.as_(Persona::Secretariat).in_(Lang::Zh).get(&from);
    assert!(page.text().contains("各城市决定设立市长理事会"), "{}", page.text());
    let new = format!("{from}/{UNIT}");
    let form = app.as_(Persona::Secretariat).get(&new);
    assert!(form.text().contains("council of mayors"), "{}", form.text());
    let a = DELEGATION_A.to_string();
    let mut fields = vec![
        ("what.zh", "设立理事会"),
        ("owners", a.as_str()),
        ("due", "soon"),
        ("strength", "binding"),
        ("lang", "ru"),
    ];
    let wrong = app.as_(Persona::Secretariat).post(&new, &fields);
    assert!(wrong.status == 422 && wrong.text().contains("设立理事会"), "{}", wrong.text());
    fields[2].1 = "2091-12-31";
    let made = app.as_(Persona::Secretariat).post(&new, &fields);
    let id: CommitmentId = made.location().rsplit('/').next().unwrap().parse().unwrap();
    let (made, _) = read(&app, id);
    assert_eq!((made.clause.unit, made.clause.lang), (UNIT, Lang::Ru));
    assert!(made.clause.words.starts_with("Города учреждают"));
    let page = app.as_(Persona::FocalC).get(&format!("{}/{id}", home()));
    assert!(page.text().contains("The words stand unchanged"), "{}", page.text());
    assert_ne!(app.get(&format!("{}/{id}", home())).status, 200, "its text is not public");
    assert!(!app.get(&home()).text().contains("设立理事会"));
}

#[test]
fn that_languages_bind_differently_is_told_to_the_language_officer_alone() {
    let app = TestApp::new();
    let hint = "The languages bind differently";
    // The paragraph that is stale decides nothing in any language; make the Chinese bind.
    app.write(|c| {
        let dossier = store::dossier::need(c, DECLARATION)?.value;
        let there = app.app.readings.read(c, &dossier)?.negotiation;
        let unit = there.text.unit(UNIT_STALE).expect("a paragraph");
        let change = domain::change::Change::Wrote {
            unit: unit.id,
            lang: Lang::Zh,
            text: "各城市应每两年报告用水情况。".to_owned(),
            manner: Manner::Leads,
            base: unit.seal(Lang::Zh),
            turn: unit.turn,
            by: dossier.by,
            second: None,
            at: there.latest,
        };
        let deed = domain::negotiation::Deed::Text(change);
        let event = domain::negotiation::Event { at: there.latest, deed };
        app.app.readings.act(c, &dossier, None, &[event]).map(|_| ())
    });
    let from = format!("{}/from/{DECLARATION}", home());
    assert!(app.as_(Persona::Officer).get(&from).text().contains(hint));
    assert!(!app.as_(Persona::Secretariat).get(&from).text().contains(hint));
}

#[test]
fn only_its_owner_reports_and_the_second_of_two_sees_the_first() {
    let app = TestApp::new();
    let seen = read(&app, COMMITMENT).1;
    assert_eq!(report(&app, Persona::FocalB, "complete", seen).status, 403);
    assert_eq!(report(&app, Persona::Secretariat, "complete", seen).status, 403);
    let wrong = report(&app, Persona::FocalA, "nearly", seen);
    assert!(wrong.status == 422 && wrong.text().contains("Совет учреждён"));
    assert_eq!(report(&app, Persona::FocalA, "complete", seen).status, 303);
    let second = report(&app, Persona::FocalA, "suspended", seen);
    assert_eq!(second.status, 422, "reported on an older state");
    assert_eq!(read(&app, COMMITMENT).0.claims[&DELEGATION_A].progress, Progress::Complete);
    let list = app.as_(Persona::FocalB).get(&format!("{}/export/csv", home()));
    assert!(list.text().contains("reported done"), "{}", list.text());
    let filtered = app.as_(Persona::FocalB).get(&format!("{}?owner={DELEGATION_B}", home()));
    assert!(filtered.text().contains("No commitment matches"), "{}", filtered.text());
}

#[test]
fn an_assessment_is_for_others_only_when_its_owner_could_reply() {
    let app = TestApp::new();
    let address = format!("{}/{COMMITMENT}", home());
    let seen = read(&app, COMMITMENT).1.to_string();
    let fields = [("seen", seen.as_str()), ("progress", "substantial"), ("grounds.en", GROUNDS)];
    let assess = format!("{address}/assessment");
    assert_eq!(app.as_(Persona::Secretariat).post(&assess, &fields).status, 303);
    let shows = |who: Persona| app.as_(who).get(&address).text().contains(GROUNDS);
    assert!(shows(Persona::FocalA), "the owner first");
    for who in [Persona::FocalB, Persona::FocalC, Persona::Host, Persona::Chair] {
        assert!(!shows(who), "{who:?}");
        let list = app.as_(who).get(&format!("{}/export/csv", home()));
        assert!(!list.text().contains("largely done"), "{who:?}");
    }
    let own = DELEGATION_A.to_string();
    let look = |reply: &str| {
        let fields = [("as", own.as_str()), ("reply", reply)];
        app.as_(Persona::FocalA).post(&format!("{address}/seen"), &fields).status
    };
    assert_eq!(look(""), 303);
    assert!(!shows(Persona::FocalB), "seen, but the time to reply is not over");
    assert_eq!(look("We have done more."), 303);
    let page = app.as_(Persona::FocalB).get(&address);
    assert!(page.text().contains(GROUNDS) && page.text().contains("We have done more."));
}
