//! Statements and stances: counts below fifteen voices, advice above, and who objects for the chair alone.

use domain::StatementId;
use uuid::Uuid;

use crate::harness::{
    Persona, TestApp,
    fixture::{DELEGATION_A, DELEGATION_B},
    negotiation::{TEXT, at, lay},
};

/// A page without the list of who belongs to which group, which names everybody.
fn without_groups(page: &str) -> String {
    let mut parts = page.split("<details>");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |all, part| all + part.split_once("</details>").map_or("", |(_, rest)| rest))
}

fn put(app: &TestApp, who: Persona) -> u16 {
    let fields =
        [("text.en", "Reports every year are feasible."), ("grouping", "size"), ("unit", "")];
    app.as_(who).post(&at("/support"), &fields).status
}

#[test]
fn support_is_advice_and_who_objects_is_told_to_the_chair_alone() {
    let app = TestApp::new();
    lay(&app);
    for who in [Persona::Secretariat, Persona::FocalA, Persona::Host] {
        assert_eq!(put(&app, who), 403, "{who:?}");
    }
    assert_eq!(put(&app, Persona::Chair), 303);
    let wrong = [("text.en", ""), ("grouping", "x"), ("unit", "y")];
    assert_eq!(app.as_(Persona::Chair).post(&at("/support"), &wrong).status, 422);
    let statement = app.read(|c| store::statement::of_dossier(c, TEXT))[0].value.id;
    let say = |who, by: &str, what: &str| {
        let path = at(&format!("/support/{statement}/say"));
        app.as_(who).post(&path, &[("delegation", by), ("stance", what)]).status
    };
    let (a, b) = (DELEGATION_A.to_string(), DELEGATION_B.to_string());
    assert_eq!(say(Persona::FocalA, &b, "agree"), 403);
    assert_eq!(say(Persona::FocalA, &a, "perhaps"), 409);
    assert_eq!(say(Persona::FocalA, &a, "agree"), 303);
    assert_eq!(say(Persona::FocalB, &b, "disagree"), 303);
    let whole = |who| app.as_(who).get(&at("/support")).text().into_owned();
    assert!(whole(Persona::FocalC).contains("Apricot"), "the groups are declared to all");
    let page = |who| without_groups(&whole(who));
    for who in [Persona::FocalC, Persona::Secretariat, Persona::Host, Persona::Officer] {
        let text = page(who);
        assert!(text.contains("never a decision") && text.contains("Voices so far: 2"));
        assert!(!text.contains("Apricot"), "{who:?} is told who objects");
        assert!(!text.contains("% support"), "fewer than fifteen voices are counted, not measured");
    }
    assert!(page(Persona::Chair).contains("Apricot"));
    let close = at(&format!("/support/{statement}/close"));
    app.as_(Persona::Chair).post(&close, &[]).location();
    assert_eq!(say(Persona::FocalA, &a, "pass"), 409);
    let none = StatementId(Uuid::now_v7());
    let path = at(&format!("/support/{none}/close"));
    assert_eq!(app.as_(Persona::Chair).post(&path, &[]).status, 404);
}
