//! Statements and stances: counts below fifteen voices, advice above, and who objects for the chair alone.

use domain::{
    BodyId, DelegationId, Lang, StatementId, Text,
    body::Body,
    delegation::{Delegation, Party},
    support::Stance,
};
use uuid::Uuid;

use crate::harness::{
    Persona, TestApp,
    fixture::{DELEGATION_A, DELEGATION_B, EDITION},
    negotiation::{GROUP, TEXT, at, lay},
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

/// So many delegations more.
fn gather(app: &TestApp, count: u32) -> Vec<DelegationId> {
    let like = app.read(|c| store::delegation::need(c, DELEGATION_A)).value;
    let of = |n: u32| {
        let name = Text::new(Lang::En, format!("Example {n}"));
        let body = Body { id: BodyId(Uuid::now_v7()), name: name.clone(), origin: like.origin };
        let (id, party) = (DelegationId(Uuid::now_v7()), Party::Body(body.id));
        (body, Delegation { id, party, name, ..like.clone() })
    };
    let all: Vec<(Body, Delegation)> = (0..count).map(of).collect();
    app.write(|c| {
        all.iter().try_for_each(|(body, delegation)| {
            store::body::insert(c, body)?;
            store::delegation::insert(c, delegation)
        })
    });
    all.into_iter().map(|(_, delegation)| delegation.id).collect()
}

#[test]
fn the_secretariat_declares_groups_and_a_statement_keeps_them() {
    let app = TestApp::new();
    lay(&app);
    let office = app.as_(Persona::Secretariat);
    let home = format!("/editions/{EDITION}/support-groups");
    assert!(office.get(&at("/support")).text().contains(&home), "the page is linked");
    assert!(!app.as_(Persona::Chair).get(&at("/support")).text().contains(&home));
    let (a, b, new) = (DELEGATION_A.to_string(), DELEGATION_B.to_string(), format!("{home}/new"));
    let named = [("name.zh", "山城"), ("name.ru", "Горные города"), ("name.en", "Hill cities")];
    let send = |path: &str, members: &[&str]| {
        let mut fields = named.to_vec();
        fields.extend(members.iter().map(|member| ("member", *member)));
        office.post(path, &fields)
    };
    for (members, sentence) in [
        (vec![], "at least one delegation"),
        (vec![a.as_str(), b.as_str()], "belongs to another group already"),
        (vec!["nobody"], "Choose one from the list"),
    ] {
        let answer = send(&new, &members);
        assert_eq!(answer.status, 422, "{members:?}");
        assert!(answer.text().contains(sentence), "{sentence}: {}", answer.text());
        assert!(answer.text().contains("Горные города"), "what was typed is there");
    }
    assert_eq!(send(&new, &[&a]).location(), home);
    let list = office.in_(Lang::Zh).get(&home);
    assert!(list.text().contains("山城") && list.text().contains("沿河城市"));
    let fields = [("text.en", "Reports are feasible."), ("grouping", "declared"), ("unit", "")];
    app.as_(Persona::Chair).post(&at("/support"), &fields).location();
    let page = app.as_(Persona::FocalC).get(&at("/support"));
    assert!(page.text().contains("<dt>Hill cities</dt>"), "{}", page.text());
    // Afterwards groups may change; what was put before keeps those that it was put with.
    let group = app.read(|c| store::support_group::of_edition(c, EDITION));
    let group = group.iter().find(|group| group.value.id != GROUP).unwrap().value.id;
    let edit = format!("{home}/{group}");
    assert!(office.get(&edit).text().contains("Hill cities"));
    let late = [("name.en", "Valley cities"), ("member", a.as_str()), ("seen", "1")];
    assert_eq!(office.post(&edit, &late).location(), home);
    let moved = office.post(&edit, &[("name.en", "Plain cities"), ("member", &a), ("seen", "1")]);
    assert_eq!(moved.status, 422);
    assert!(moved.text().contains("Valley cities") && moved.text().contains("Plain cities"));
    assert_eq!(office.post(&format!("{edit}/remove"), &[]).location(), home);
    assert_eq!(office.post(&format!("{edit}/remove"), &[]).status, 404);
    let page = app.as_(Persona::FocalC).get(&at("/support"));
    assert!(page.text().contains("<dt>Hill cities</dt>"), "{}", page.text());
}

#[test]
fn nobody_but_the_chair_can_work_out_what_a_small_group_said() {
    let app = TestApp::new();
    lay(&app);
    let more = gather(&app, 14);
    // Group GROUP is B alone; everybody else is in none.
    let fields = [("text.en", "Reports are feasible."), ("grouping", "declared"), ("unit", "")];
    app.as_(Persona::Chair).post(&at("/support"), &fields).location();
    let to = app.read(|c| store::statement::of_dossier(c, TEXT))[0].value.id;
    let read = |who| without_groups(&app.as_(who).get(&at("/support")).text());
    let say = |by, what| app.write(|c| store::statement::say(c, to, by, what));
    for by in &more[..13] {
        say(*by, Stance::Agree);
    }
    say(DELEGATION_B, Stance::Disagree);
    for who in [Persona::FocalC, Persona::Secretariat, Persona::Officer] {
        let page = read(who);
        assert!(page.contains("Voices so far: 14"), "{page}");
        assert!(!page.contains("<table") && !page.contains("River cities"), "{page}");
    }
    say(more[13], Stance::Agree);
    for who in [Persona::FocalC, Persona::Secretariat, Persona::Officer, Persona::Host] {
        let page = read(who);
        assert!(page.contains("support across groups, from 15 voices"), "{page}");
        assert!(!page.contains("River cities"), "one voice stands for its delegation: {page}");
        // Only the sum of all is told: the rest of it would be the one voice.
        assert_eq!(page.matches("<th scope=\"row\"").count(), 1, "{page}");
    }
    let chair = read(Persona::Chair);
    assert!(chair.contains("River cities, 25 %") && chair.contains("Apricot"), "{chair}");
}
