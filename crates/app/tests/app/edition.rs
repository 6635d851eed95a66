//! Opening an edition, changing it, calling for topics.

use domain::{
    EditionId, Lang,
    edition::{Edition, Mode},
    precedence::Among,
};
use jiff::civil::date;

use crate::harness::{
    Answer, Persona, TestApp,
    fixture::{CITY_B, EDITION, SERIES},
};

/// A form that is in order; `changes` replace its fields.
fn opened(app: &TestApp, changes: &[(&'static str, &'static str)]) -> Answer {
    let series = SERIES.to_string();
    let mut fields = vec![
        ("series", series.as_str()),
        ("title.zh", "第二届示例对话"),
        ("title.ru", "Второй пример диалога"),
        ("host", "абрикосово"),
        ("mode", "hybrid"),
        ("zone", ""),
        ("first_day", "2091-05-17"),
        ("last_day", "2091-05-19"),
        ("initiators.0.zh", "示例秘书处"),
        ("initiators.1.ru", "Пример"),
        ("languages", "zh"),
        ("languages", "ru"),
        ("order", "zh"),
    ];
    for (name, value) in changes {
        fields.retain(|(n, _)| n != name);
        fields.push((name, value));
    }
    app.as_(Persona::Secretariat).post("/editions/new", &fields)
}

fn count(app: &TestApp) -> usize {
    app.read(store::edition::all).len()
}

#[test]
fn the_secretariat_opens_an_edition_in_the_host_citys_zone() {
    let app = TestApp::new();
    let answer = opened(&app, &[]);
    let id: EditionId = answer.location().rsplit('/').next().unwrap().parse().unwrap();
    let edition: Edition = app.read(|c| store::edition::need(c, id)).value;
    assert_eq!((edition.host, edition.mode), (CITY_B, Mode::Hybrid));
    assert_eq!(edition.zone, "Asia/Shanghai");
    assert_eq!(edition.initiators.len(), 2);
    assert_eq!(edition.precedence.among, Among::Alphabet { lang: Lang::Zh });
    for lang in Lang::ALL {
        let page = app.as_(Persona::Secretariat).in_(lang).get(answer.location());
        assert_eq!(page.status, 200);
        assert!(page.text().contains("第二届示例对话") || page.text().contains("Второй"));
    }
    assert!(app.get("/editions").text().contains(&id.to_string()));
}

#[test]
fn a_new_series_is_opened_with_its_first_edition() {
    let app = TestApp::new();
    assert_eq!(opened(&app, &[("series", "new")]).status, 422);
    opened(&app, &[("series", "new"), ("series_name.ru", "Новый цикл")]).location();
    assert_eq!(app.read(store::series::all).len(), 2);
}

#[test]
fn what_cannot_be_read_comes_back_as_typed_and_nothing_is_stored() {
    let app = TestApp::new();
    let long: &str = Box::leak("长".repeat(201).into_boxed_str());
    let cases: [(&str, &str, &str); 12] = [
        ("title.zh", "<script>alert(1)</script>\u{202E}", "U+202E"),
        ("title.zh", long, "201"),
        ("host", "Atlantis <b>", "Choose from the suggestions"),
        ("host", "", "Fill this in"),
        ("mode", "by-balloon", "Choose one"),
        ("zone", "Mars/Olympus", "no such time zone"),
        ("first_day", "17.05.2091", "year-month-day"),
        ("last_day", "2091-05-16", "ends before it begins"),
        ("last_day", "2091-06-30", "at most 14 days"),
        ("languages", "en", "choose both"),
        ("order", "chance", "Choose one"),
        ("series", "0198", "Choose one"),
    ];
    for (field, value, sentence) in cases {
        let answer = opened(&app, &[(field, value)]);
        assert_eq!(answer.status, 422, "{field}={value}");
        let page = answer.text();
        assert!(page.contains(sentence), "{field}={value}: {sentence}");
        assert!(page.contains("Второй пример диалога"), "what was typed is kept");
        assert!(!page.contains("<script>alert"), "what was typed is escaped");
    }
    let none = [("initiators.0.zh", ""), ("initiators.1.ru", " ")];
    assert_eq!(opened(&app, &none).status, 422);
    assert_eq!(count(&app), 1);
}

#[test]
fn only_the_secretariat_opens_and_changes() {
    let app = TestApp::new();
    for persona in Persona::ALL.into_iter().filter(|p| *p != Persona::Secretariat) {
        let client = app.as_(persona);
        for path in ["/editions/new", &format!("/editions/{EDITION}/edit")] {
            assert_ne!(client.get(path).status, 200, "{persona:?} {path}");
            assert_ne!(client.post(path, &[]).status, 422, "{persona:?} {path}");
        }
        assert_eq!(client.get(&format!("/editions/{EDITION}")).status, 200);
    }
}

/// The fields of a form as the browser would send them, from its page.
fn call(app: &TestApp, seen: &str, closes: &str) -> Answer {
    let fields = [
        ("seen", seen),
        ("brief.zh", "请提出新的议题。"),
        ("brief.ru", "Предложите тему."),
        ("opens", "2020-01-01"),
        ("closes", closes),
    ];
    app.as_(Persona::Secretariat).post(&format!("/editions/{EDITION}/call"), &fields)
}

#[test]
fn the_second_to_save_sees_what_stands_and_then_decides() {
    let app = TestApp::new();
    call(&app, "1", "2090-02-01").location();
    let second = call(&app, "1", "2090-02-02");
    assert_eq!(second.status, 422);
    let page = second.text();
    assert!(page.contains("2090-02-01") && page.contains("2090-02-02"));
    assert!(page.contains(r#"name="seen" value="2""#));
    call(&app, "2", "2090-02-02").location();
    let edition = app.read(|c| store::edition::need(c, EDITION)).value;
    let call = edition.call.expect("a call");
    assert_eq!(call.closes, date(2090, 2, 2));
    // The source changed, the Russian words did not.
    assert!(call.brief.shown(Lang::Ru).stale);
}

#[test]
fn a_call_cannot_close_before_it_opens() {
    let app = TestApp::new();
    assert_eq!(call(&app, "1", "2019-12-31").status, 422);
}
