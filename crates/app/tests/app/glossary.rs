//! Agreed terms and earlier translations: kept, compared with, in files and out of them.

use domain::{Lang, glossary::Concept};

use crate::harness::{
    Persona, TestApp,
    declaration::{CONCEPT, DECLARATION, UNIT, UNIT_STALE},
    fixture::{EDITION, SERIES},
};

fn home() -> String {
    format!("/editions/{EDITION}/glossary")
}

fn concepts(app: &TestApp) -> Vec<Concept> {
    let entries = app.read(|c| store::glossary::of_series(c, SERIES));
    entries.into_iter().map(|entry| entry.value.concept).collect()
}

#[test]
fn a_concept_is_added_changed_and_removed() {
    let app = TestApp::new();
    let officer = app.as_(Persona::Officer);
    let one = [("preferred.zh", "节水"), ("preferred.ru", "")];
    assert_eq!(officer.post(&format!("{}/new", home()), &one).status, 422, "nothing to compare");
    let two = [("preferred.zh", "节水"), ("preferred.ru", "водосбережение\r\nбережение воды")];
    officer.post(&format!("{}/new", home()), &two).location();
    assert_eq!(concepts(&app)[1].terms[&Lang::Ru].len(), 2);
    let page = app.as_(Persona::FocalA).get(&home());
    assert!(page.text().contains("водосбережение") && page.text().contains("Not to be used"));
    assert!(!page.text().contains("Import terms"));
    let edit = format!("{}/{CONCEPT}", home());
    let changed = [("preferred.zh", "市长理事会"), ("preferred.ru", "совет мэров"), ("seen", "1")];
    officer.post(&edit, &changed).location();
    let late = officer.post(&edit, &changed);
    assert_eq!(late.status, 422, "somebody else was first");
    let hostile = [("preferred.zh", "a\u{202e}"), ("preferred.ru", "б"), ("seen", "2")];
    assert!(officer.post(&edit, &hostile).text().contains("U+202E"));
    officer.post(&format!("{edit}/remove"), &[]).location();
    assert_eq!(concepts(&app).len(), 1);
}

#[test]
fn terms_go_out_as_tbx_and_new_ones_come_in() {
    let app = TestApp::new();
    let file = app.as_(Persona::FocalA).get(&format!("{}/export/tbx", home()));
    assert!(file.text().contains("совет мэров"));
    let mine = outputs::tbx::read(&file.body).unwrap();
    let mut other = mine[0].clone();
    other.id = "another".to_owned();
    let bytes = outputs::tbx::write(&[mine[0].clone(), other], "x");
    let officer = app.as_(Persona::Officer);
    let upload =
        |bytes: &[u8]| officer.upload(&format!("{}/import", home()), &[], ("file", "t.tbx", bytes));
    let made = upload(&bytes).location().to_owned();
    assert!(
        officer
            .get(&made)
            .text()
            .contains("New concepts: 1. Here already and left as they are: 1.")
    );
    assert_eq!(concepts(&app).len(), 2);
    for bad in [&b""[..], b"<tbx", b"<html></html>"] {
        assert_eq!(upload(bad).status, 422);
    }
    assert_eq!(concepts(&app).len(), 2);
}

#[test]
fn what_was_once_translated_is_shown_to_whoever_writes_the_like() {
    let app = TestApp::new();
    let officer = app.as_(Persona::Officer);
    let memory = format!("/editions/{EDITION}/memory");
    let saved = officer.get(&format!("{memory}/export/tmx"));
    assert!(saved.text().contains("Города учреждают совет мэров"));
    let tmx = r#"<tmx version="1.4"><header srclang="zh"/><body>
        <tu tuid="7"><tuv xml:lang="zh"><seg>各城市每三年报告用水和节水情况。</seg></tuv>
        <tuv xml:lang="ru"><seg>Города раз в три года отчитываются о воде.</seg></tuv></tu></body></tmx>"#;
    let upload = |bytes: &str| officer.upload(&memory, &[], ("file", "m.tmx", bytes.as_bytes()));
    let made = upload(tmx).location().to_owned();
    assert!(officer.get(&made).text().contains("New paragraphs: 1"));
    assert!(upload(tmx).location().contains("added=0&kept=1"));
    let units = format!("/editions/{EDITION}/declarations/{DECLARATION}/units");
    let page = officer.get(&format!("{units}/{UNIT_STALE}/write?in=ru"));
    assert!(page.text().contains("раз в три года отчитываются"), "{}", page.text());
    assert_eq!(upload("<tmx").status, 422);
    officer.post(&format!("{memory}/clear"), &[]).location();
    let page = officer.get(&format!("{units}/{UNIT_STALE}/write?in=ru"));
    assert!(!page.text().contains("раз в три года"));
}

#[test]
fn a_slip_against_the_glossary_is_a_hint_before_concordance() {
    let app = TestApp::new();
    let unit = {
        let dossier = crate::harness::declaration::dossier();
        let reading = app.read(|c| app.app.readings.read(c, &dossier));
        reading.negotiation.text.unit(UNIT).unwrap().clone()
    };
    let address = format!("/editions/{EDITION}/declarations/{DECLARATION}/units/{UNIT}");
    let (base, turn) = (unit.seal(Lang::Ru).hex().to_owned(), unit.turn.to_string());
    let fields = [
        ("lang", "ru"),
        ("manner", "follows"),
        ("text", "Города учреждают комитет мэров, который проводит 1 заседание в год."),
        ("base", base.as_str()),
        ("turn", turn.as_str()),
    ];
    app.as_(Persona::Secretariat).post(&format!("{address}/write"), &fields).location();
    let page = app.as_(Persona::Officer).get(&address);
    assert!(page.text().contains("Write “совет мэров” instead of “комитет мэров”"));
}
