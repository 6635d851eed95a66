//! Sessions.

use domain::programme::Activity;

use crate::harness::{
    Persona, TestApp,
    fixture::{EDITION, HALL, SESSION},
};

fn list() -> String {
    format!("/editions/{EDITION}/sessions")
}

#[test]
fn a_session_is_added_read_and_deleted_with_every_mention() {
    let app = TestApp::new();
    let host = app.as_(Persona::Host);
    let (session, hall) = (SESSION.to_string(), HALL.to_string());
    let fields = [
        ("title.zh", "闭幕式"),
        ("title.ru", "Закрытие"),
        ("kind", "closing"),
        ("minutes", "45"),
        ("people", "10"),
        ("attendance", "everyone"),
        ("halls", &hall),
        ("days", "2090-05-19"),
        ("after", &session),
        ("fixed", "2090-05-19T16:05"),
    ];
    host.post(&format!("{}/new", list()), &fields).location();
    let all = app.read(|c| store::session::of_edition(c, EDITION));
    let new = all.iter().find(|s| s.value.id != SESSION).expect("the new one").value.clone();
    assert_eq!((new.minutes, new.after.as_slice()), (45, &[SESSION][..]));
    let page = host.get(&format!("{}/{}", list(), new.id));
    assert!(page.text().contains("2090-05-19T16:05"), "{}", page.text());
    app.write(|c| {
        let start = new.fixed.expect("given").in_tz("Asia/Shanghai").expect("a zone").timestamp();
        let pin =
            domain::programme::Pin { activity: Activity::Session(SESSION), hall: HALL, start };
        store::pin::set(c, EDITION, &pin)
    });
    host.post(&format!("{}/{SESSION}/delete", list()), &[]).location();
    let left = app.read(|c| store::session::of_edition(c, EDITION));
    assert_eq!(left.len(), 1);
    assert!(left[0].value.after.is_empty());
    assert!(app.read(|c| store::pin::of_edition(c, EDITION)).is_empty());
}

#[test]
fn what_cannot_be_is_refused_with_a_sentence() {
    let app = TestApp::new();
    let (session, hall) = (SESSION.to_string(), HALL.to_string());
    let fields = [
        ("title.en", "A <b>forum</b>"),
        ("kind", "forum"),
        ("minutes", "5"),
        ("people", "1"),
        ("attendance", "delegations"),
        ("halls", &hall),
        ("after", &session),
        ("fixed", "2091-01-01T09:02"),
    ];
    let answer = app.as_(Persona::Host).post(&format!("{}/new", list()), &fields);
    assert_eq!(answer.status, 422);
    let text = answer.text();
    for said in
        ["Give a number from 10 to 600", "Choose one from the list", "not a day of the edition"]
    {
        assert!(text.contains(said), "{said}: {text}");
    }
    assert!(text.contains("A &lt;b&gt;forum"), "{text}");
}

#[test]
fn a_session_of_another_edition_does_not_exist_here() {
    let app = TestApp::new();
    let other = domain::EditionId(uuid::Uuid::nil());
    let path = format!("/editions/{other}/sessions/{SESSION}");
    assert_eq!(app.as_(Persona::Host).get(&path).status, 404);
}
