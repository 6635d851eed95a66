//! Offices of an edition: given by e-mail address with a link that serves once, dated, and ended.

use domain::access::Role;

use crate::harness::{Persona, TestApp, fixture::EDITION};

fn offices() -> String {
    format!("/editions/{EDITION}/offices")
}

#[test]
fn the_secretariat_gives_an_office_and_ends_it() {
    let app = TestApp::new();
    let fields = [
        ("role", "chair"),
        ("name", "Пример Образцов"),
        ("email", "chair.two@example.org"),
        ("lang", "ru"),
        ("until", "2090-05-20"),
    ];
    for who in [Persona::Host, Persona::Chair, Persona::FocalA, Persona::Stranger] {
        assert_eq!(app.as_(who).post(&offices(), &fields).status, 403, "{who:?}");
    }
    let wrong = [("role", "secretariat"), ("email", "x"), ("lang", "zh"), ("until", "2020-01-01")];
    let answer = app.as_(Persona::Secretariat).post(&offices(), &wrong);
    assert_eq!(answer.status, 422);
    for sentence in ["Choose one", "Fill this in", "whole address", "limit has passed"] {
        assert!(answer.text().contains(sentence), "{sentence}");
    }
    for _ in 0..2 {
        app.as_(Persona::Secretariat).post(&offices(), &fields).location();
    }
    let account = app.read(|c| store::person::of_email(c, "chair.two@example.org")).unwrap().value;
    let grants = app.read(|c| store::person::grants(c, account.id));
    assert_eq!(grants.len(), 1, "given once, though sent twice");
    assert_eq!(grants[0].role, Role::Chair);
    let mail = app.read(|c| store::mail::newest(c, 10));
    let mail = mail.iter().map(|(m, _)| m).find(|m| m.recipient == account.email).expect("a mail");
    assert!(mail.body.contains("/sign-in/") && mail.body.contains("Председатель"));
    let page = app.as_(Persona::Secretariat).get(&offices());
    assert!(page.text().contains("Пример Образцов") && page.text().contains("20 May 2090"));
    let held = app.read(|c| store::person::held_in(c, domain::access::Scope::Edition(EDITION)));
    let held = held.iter().find(|held| held.account.id == account.id).unwrap().id.to_string();
    let end = format!("{}/end", offices());
    app.as_(Persona::Secretariat).post(&end, &[("grant", &held)]).location();
    assert!(app.as_(Persona::Secretariat).get(&offices()).text().contains("Ended"));
    assert_eq!(app.as_(Persona::Secretariat).post(&end, &[("grant", "x")]).status, 409);
}
