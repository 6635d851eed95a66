//! Proposing, supporting and deciding topics.

use domain::{
    Lang, TopicId,
    topic::{Proposer, TopicState},
};

use crate::harness::{
    Answer, Persona, TestApp,
    fixture::{DELEGATION_A, DELEGATION_B, EDITION, TOPIC},
};

fn topics() -> String {
    format!("/editions/{EDITION}/topics")
}

fn propose(app: &TestApp, who: Persona, changes: &[(&str, &str)]) -> Answer {
    let delegation = DELEGATION_B.to_string();
    let mut fields = vec![("title.zh", "清洁空气"), ("proposer", delegation.as_str())];
    for (name, value) in changes {
        fields.retain(|(n, _)| n != name);
        fields.push((name, value));
    }
    app.as_(who).post(&topics(), &fields)
}

fn count(app: &TestApp) -> usize {
    app.read(|c| store::topic::of_edition(c, EDITION)).len()
}

#[test]
fn a_contact_proposes_for_its_own_delegation_only() {
    let app = TestApp::new();
    assert_eq!(propose(&app, Persona::FocalA, &[]).status, 422);
    assert_eq!(propose(&app, Persona::FocalA, &[("proposer", "quoted")]).status, 422);
    for outsider in [Persona::Public, Persona::DelegateA, Persona::Stranger] {
        assert_ne!(propose(&app, outsider, &[]).status, 200);
    }
    assert_eq!(count(&app), 1);
    let made = propose(&app, Persona::FocalB, &[]).location().to_owned();
    let id: TopicId = made.rsplit('/').next().unwrap().parse().unwrap();
    let topic = app.read(|c| store::topic::need(c, id)).value;
    assert_eq!(topic.proposer, Proposer::Delegation(DELEGATION_B));
    let page = app.get(&made);
    assert!(page.text().contains("清洁空气") && page.text().contains("Apricot"));
}

#[test]
fn hostile_and_long_titles_come_back_and_nothing_is_stored() {
    let app = TestApp::new();
    let long = "я".repeat(201);
    for (value, sentence) in
        [("a\u{2066}b", "U+2066"), (long.as_str(), "201"), ("", "at least one language")]
    {
        let answer = propose(&app, Persona::FocalB, &[("title.zh", value)]);
        assert_eq!(answer.status, 422);
        assert!(answer.text().contains(sentence), "{sentence}");
    }
    assert_eq!(count(&app), 1);
    let made = propose(&app, Persona::FocalB, &[("title.zh", "<img src=x onerror=alert(1)>")]);
    let page = app.get(made.location());
    assert!(page.text().contains("&lt;img") && !page.text().contains("<img"));
}

#[test]
fn a_closed_call_takes_topics_from_the_organisers_alone() {
    let app = TestApp::new();
    app.write(|c| {
        let mut edition = store::edition::need(c, EDITION)?;
        edition.value.call = None;
        store::edition::save(c, &edition.value, edition.version)?;
        Ok(())
    });
    assert_eq!(propose(&app, Persona::FocalB, &[]).status, 409);
    assert_eq!(app.as_(Persona::FocalB).get(&format!("{}/new", topics())).status, 409);
    let quoted = [
        ("proposer", "quoted"),
        ("who.ru", "Бывший генеральный секретарь"),
        ("source.zh", "《示例日报》"),
    ];
    assert_eq!(propose(&app, Persona::Secretariat, &quoted[..2]).status, 422);
    let made = propose(&app, Persona::Secretariat, &quoted).location().to_owned();
    let page = app.as_(Persona::Public).in_(Lang::Ru).get(&made);
    let shown = "Предложение. Автор: <bdi>Бывший";
    assert!(page.text().contains(shown) && page.text().contains("《示例日报》"));
}

#[test]
fn others_support_and_withdraw_but_never_their_own() {
    let app = TestApp::new();
    let path = format!("{}/{TOPIC}/support", topics());
    let (a, b) = (DELEGATION_A.to_string(), DELEGATION_B.to_string());
    assert_eq!(app.as_(Persona::FocalA).post(&path, &[("delegation", &a)]).status, 409);
    assert_eq!(app.as_(Persona::FocalA).post(&path, &[("delegation", &b)]).status, 403);
    assert_eq!(app.as_(Persona::Secretariat).post(&path, &[("delegation", &b)]).status, 403);
    let supports = || app.read(|c| store::topic::supports(c, EDITION)).len();
    assert_eq!(supports(), 0);
    for _ in 0..2 {
        app.as_(Persona::FocalB).post(&path, &[("delegation", &b)]).location();
    }
    assert_eq!(supports(), 1);
    let page = format!("{}/{TOPIC}", topics());
    assert!(!app.get(&page).text().contains("Apricot"), "who supports is between participants");
    assert!(app.as_(Persona::FocalC).get(&page).text().contains("Apricot"));
    let back = format!("{}/{TOPIC}/unsupport", topics());
    app.as_(Persona::FocalB).post(&back, &[("delegation", &b)]).location();
    assert_eq!(supports(), 0);
}

#[test]
fn a_decision_has_a_reason_and_a_second_one_sees_the_first() {
    let app = TestApp::new();
    let path = format!("{}/{TOPIC}/decision", topics());
    let decide = |who, code: &str, reason: &str, seen: &str| {
        let fields = [("decision", code), ("reason.zh", reason), ("seen", seen)];
        app.as_(who).post(&path, &fields)
    };
    assert_eq!(decide(Persona::Host, "chosen", "好", "1").status, 403);
    assert_eq!(decide(Persona::Secretariat, "chosen", "", "1").status, 422);
    assert_eq!(decide(Persona::Secretariat, "", "理由充分", "1").status, 422);
    decide(Persona::Secretariat, "set_aside", "留待下届", "1").location();
    let second = decide(Persona::Secretariat, "chosen", "理由充分", "1");
    assert_eq!(second.status, 422);
    assert!(second.text().contains("留待下届") && second.text().contains("理由充分"));
    let page = format!("{}/{TOPIC}", topics());
    assert!(!app.get(&page).text().contains("留待下届"), "no reason against a topic is public");
    assert!(app.as_(Persona::FocalA).get(&page).text().contains("留待下届"));
    decide(Persona::Secretariat, "chosen", "理由充分", "2").location();
    assert!(app.get(&page).text().contains("理由充分"));
    let topic = app.read(|c| store::topic::need(c, TOPIC)).value;
    assert!(matches!(topic.state, TopicState::Chosen { .. }));
    let b = DELEGATION_B.to_string();
    let late = format!("{}/{TOPIC}/support", topics());
    assert_eq!(app.as_(Persona::FocalB).post(&late, &[("delegation", &b)]).status, 409);
}

#[test]
fn the_proposer_mends_until_the_decision_and_nobody_else_does() {
    let app = TestApp::new();
    let path = format!("{}/{TOPIC}/edit", topics());
    let fields = [("title.zh", "节约用水"), ("title.ru", "Бережём воду"), ("seen", "1")];
    assert_eq!(app.as_(Persona::FocalB).get(&path).status, 403);
    assert_eq!(app.as_(Persona::FocalB).post(&path, &fields).status, 403);
    assert_eq!(app.as_(Persona::FocalA).get(&path).status, 200);
    app.as_(Persona::FocalA).post(&path, &fields).location();
    let second = app.as_(Persona::Secretariat).post(&path, &fields);
    assert_eq!(second.status, 422);
    let decided = [("decision", "chosen"), ("reason.ru", "да"), ("seen", "2")];
    let decision = format!("{}/{TOPIC}/decision", topics());
    app.as_(Persona::Secretariat).post(&decision, &decided).location();
    assert_eq!(app.as_(Persona::FocalA).post(&path, &fields).status, 403);
}

#[test]
fn the_list_is_saved_with_its_filters() {
    let app = TestApp::new();
    let csv = app.get(&format!("{}/export/csv", topics()));
    assert_eq!(csv.status, 200);
    assert!(csv.text().contains("节水") && csv.text().contains("EXERCISE"));
    let none = app.get(&format!("{}/export/csv?state=chosen", topics()));
    assert!(!none.text().contains("节水"));
    assert_eq!(app.get(&format!("{}?state=%3Cb%3E&q=%E2%80%AE", topics())).status, 200);
    assert_eq!(app.get(&format!("{}/0198", topics())).status, 404);
}
