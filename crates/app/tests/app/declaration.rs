//! Texts: opened, listed, read by those who may.

use domain::{
    Lang,
    declaration::Authority,
    negotiation::{Deed, Event},
    procedure::{Phase, Step},
};

use crate::harness::{
    Answer, Persona, TestApp,
    declaration::{DECLARATION, STALE_ZH, UNIT_STALE},
    fixture::EDITION,
};

fn list() -> String {
    format!("/editions/{EDITION}/declarations")
}

fn text() -> String {
    format!("{}/{DECLARATION}", list())
}

fn open(app: &TestApp, changes: &[(&str, &str)]) -> Answer {
    let mut fields = vec![
        ("kind", "declaration"),
        ("title.zh", "样本共识"),
        ("title.ru", "Образец"),
        ("symbol", "EX/2090/L.2"),
        ("authority.zh", "authentic"),
        ("authority.ru", "authentic"),
        ("authority.fa", "translation"),
        ("house", "osce"),
        ("hours", ""),
    ];
    for (name, value) in changes {
        fields.retain(|(n, _)| n != name);
        fields.push((name, value));
    }
    app.as_(Persona::Secretariat).post(&format!("{}/new", list()), &fields)
}

#[test]
fn a_text_is_opened_with_its_languages_and_rules() {
    let app = TestApp::new();
    let made = open(&app, &[("hours", "48")]).location().to_owned();
    let id = made.rsplit('/').next().unwrap().parse().unwrap();
    let dossier = app.read(|c| store::dossier::need(c, id)).value;
    assert_eq!(dossier.rules.least_hours, 48);
    assert!(dossier.rules.source.contains("OSCE"));
    assert!(dossier.exercise, "everything in an exercise is one");
    assert_eq!(dossier.languages.get(&Lang::Fa), Some(&Authority::Translation));
    assert!(!dossier.languages.contains_key(&Lang::En));
    let page = app.as_(Persona::FocalA).in_(Lang::Ru).get(&made);
    assert!(page.text().contains("Образец") && page.text().contains("УЧЕБНЫЙ ТЕКСТ"));
    assert!(app.as_(Persona::FocalA).get(&list()).text().contains("EX/2090/L.2"));
}

#[test]
fn what_is_wrong_comes_back_and_nothing_is_opened() {
    let app = TestApp::new();
    let long = "я".repeat(41);
    for (name, value, sentence) in [
        ("symbol", "", "required"),
        ("symbol", long.as_str(), "41"),
        ("title.zh", "a\u{202e}b", "U+202E"),
        ("house", "nowhere", "Choose"),
        ("hours", "0", "1"),
        ("authority.zh", "holy", "Choose"),
        ("party", "01980000-0000-7000-8000-ffffffffffff", "Choose"),
    ] {
        let answer = open(&app, &[(name, value)]);
        assert_eq!(answer.status, 422, "{name} {value}");
        assert!(answer.text().contains(sentence), "{name}: {sentence}");
    }
    let none = [("authority.zh", ""), ("authority.ru", "translation")];
    assert!(open(&app, &none).text().contains("at least one authentic language"));
    assert_eq!(app.read(store::dossier::all).len(), 1);
}

#[test]
fn a_text_is_read_in_one_language_or_side_by_side() {
    let app = TestApp::new();
    let reader = app.as_(Persona::DelegateA);
    let ru = reader.in_(Lang::Ru).get(&text());
    assert!(ru.text().contains("Города учреждают совет мэров"));
    assert!(!ru.text().contains("设立市长理事会"));
    let side = reader.get(&format!("{}?view=side", text()));
    for words in ["Города учреждают", "设立市长理事会", "The cities establish", STALE_ZH]
    {
        assert!(side.text().contains(words), "{words}");
    }
    // The state stands in words, and so does what is in the way.
    let office = app.as_(Persona::Officer).get(&format!("{}?view=ru", text()));
    assert!(office.text().contains("Behind: another language changed"));
    assert!(office.text().contains("3 paragraphs are not agreed yet"));
    assert!(office.text().contains(&format!("id=\"u-{UNIT_STALE}\"")));
    assert!(office.text().contains("Revision 1"));
    assert_eq!(reader.get(&format!("{}?view=%3Cb%3E", text())).status, 200);
}

#[test]
fn a_text_is_public_once_it_is_published_and_not_before() {
    let app = TestApp::new();
    assert!(app.get(&text()).location().starts_with("/sign-in"));
    assert_eq!(app.as_(Persona::Stranger).get(&text()).status, 404);
    assert!(!app.get(&list()).text().contains("EX/2090/L.1"));
    // A text without units would never be adopted: the procedure is bent here, past its rules.
    let dossier = app.read(|c| store::dossier::need(c, DECLARATION)).value;
    let mut reading = app.read(|c| app.app.readings.read(c, &dossier));
    let negotiation = std::sync::Arc::make_mut(&mut reading.negotiation);
    let seal = negotiation.text.seal();
    let by = crate::harness::fixture::person(Persona::Chair);
    let gavel = domain::procedure::Gavel { seal, by, at: dossier.opened, silence: None };
    let adoption = domain::procedure::Adoption { gavel, recorded_by: by, at: dossier.opened };
    negotiation.consensus.phase = Phase::Published(adoption);
    app.app.readings.keep(DECLARATION, &reading);
    let page = app.get(&text());
    assert_eq!(page.status, 200);
    assert!(page.text().contains("The cities establish"));
    assert!(!page.text().contains("Behind: another language"));
    assert!(app.get(&list()).text().contains("EX/2090/L.1"));
}

#[test]
fn an_unwritten_text_says_what_to_do_next() {
    let app = TestApp::new();
    let made = open(&app, &[]).location().to_owned();
    let page = app.as_(Persona::Secretariat).get(&made);
    assert!(page.text().contains("Add the first paragraph"));
    let page = app.as_(Persona::FocalA).get(&made);
    assert!(page.text().contains("has no words yet") && !page.text().contains("Add the first"));
}

#[test]
fn a_revision_freezes_the_numbers_that_delegates_hold() {
    let app = TestApp::new();
    let dossier = app.read(|c| store::dossier::need(c, DECLARATION)).value;
    let added = app
        .as_(Persona::Officer)
        .post(
            &format!("{}/units/new", text()),
            &[
                ("after", &crate::harness::declaration::UNIT.to_string()),
                ("kind", "operative"),
                ("lang", "zh"),
                ("text", "新段落"),
            ],
        )
        .location()
        .to_owned();
    let numbers = |app: &TestApp| {
        let page = app.as_(Persona::Officer).get(&format!("{}?view=zh", text()));
        let text = page.text().into_owned();
        ["<bdi>1</bdi>", "<bdi>1 bis</bdi>", "<bdi>2</bdi>", "<bdi>3</bdi>"]
            .map(|n| text.contains(n))
    };
    assert!(added.contains("/units/"));
    assert_eq!(numbers(&app), [true, true, true, false]);
    let revised = Event { at: dossier.opened, deed: Deed::Step(Step::Revised) };
    app.write(|c| app.app.readings.act(c, &dossier, None, std::slice::from_ref(&revised)));
    assert_eq!(numbers(&app), [true, false, true, true]);
}
