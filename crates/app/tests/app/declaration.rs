//! Texts: opened, listed, read by those who may.

use domain::{
    Lang,
    declaration::Authority,
    negotiation::{Deed, Event},
    procedure::{Phase, Step},
};

use crate::{
    declaration_import::taken,
    harness::{
        Answer, Persona, TestApp,
        declaration::{DECLARATION, STALE_ZH, UNIT, UNIT_STALE, wrote},
        fixture::EDITION,
    },
};

fn list() -> String {
    format!("/editions/{EDITION}/declarations")
}

fn text() -> String {
    format!("{}/{DECLARATION}", list())
}

/// A text opened by the secretariat, with other fields than usual.
pub(crate) fn open(app: &TestApp, changes: &[(&str, &str)]) -> Answer {
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
        ("symbol", "", "Fill this in"),
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

/// Adopts and publishes the text, past the rules of its procedure.
pub(crate) fn publish(app: &TestApp) {
    let dossier = app.read(|c| store::dossier::need(c, DECLARATION)).value;
    let mut reading = app.read(|c| app.app.readings.read(c, &dossier));
    let negotiation = std::sync::Arc::make_mut(&mut reading.negotiation);
    let seal = negotiation.text.seal();
    let by = crate::harness::fixture::person(Persona::Chair);
    let gavel = domain::procedure::Gavel { seal, by, at: dossier.opened, silence: None };
    let adoption = domain::procedure::Adoption { gavel, recorded_by: by, at: dossier.opened };
    negotiation.consensus.phase = Phase::Published(adoption);
    app.app.readings.keep(DECLARATION, &reading);
}

#[test]
fn a_text_is_public_once_it_is_published_and_not_before() {
    let app = TestApp::new();
    assert!(app.get(&text()).location().starts_with("/sign-in"));
    assert_eq!(app.as_(Persona::Stranger).get(&text()).status, 404);
    assert!(!app.get(&list()).text().contains("EX/2090/L.1"));
    publish(&app);
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

#[test]
fn any_earlier_state_is_shown_and_what_changed_since() {
    let app = TestApp::new();
    let reader = app.as_(Persona::FocalB);
    let deeds = app.read(|c| store::deed::count(c, DECLARATION));
    let history = reader.get(&format!("{}/history", text()));
    assert!(history.text().contains(&format!("Step {deeds}")));
    assert!(history.text().contains("Revision 1"));
    let before = deeds - 1;
    let then = reader.get(&format!("{}/as-of?deed={before}&view=zh", text()));
    assert!(then.text().contains("各城市每年报告用水情况。") && !then.text().contains(STALE_ZH));
    let day = reader.get(&format!("{}/as-of?day=2026-01-02&view=zh", text()));
    assert!(day.text().contains(STALE_ZH));
    let empty = reader.get(&format!("{}/as-of?day=2026-01-01", text()));
    assert!(empty.text().contains("no paragraphs then"));
    let changes = reader.get(&format!("{}/changes?from={before}&to={deeds}&view=zh", text()));
    assert!(changes.text().contains("每<ins>两</ins>年报告"), "{}", changes.text());
    let same = reader.get(&format!("{}/changes?from={before}&to={deeds}&view=ru", text()));
    assert!(same.text().contains("Nothing differs"));
    for bad in
        ["as-of?deed=100000", "as-of?deed=x", "as-of?day=2026-13-01", "as-of", "changes?from=1"]
    {
        assert_eq!(reader.get(&format!("{}/{bad}", text())).status, 422, "{bad}");
    }
}

#[test]
fn the_deeds_given_again_make_the_text_that_is_shown() {
    let app = TestApp::new();
    let made = open(&app, &[]).location().to_owned();
    let id = made.rsplit('/').next().unwrap().parse().unwrap();
    let lines: Vec<String> = (0..40).map(|n| format!("第{n}段。")).collect();
    let text = lines.join("\n");
    taken(&app, &made, &[("text.zh", &text)]).location();
    let dossier = app.read(|c| store::dossier::need(c, id)).value;
    let events: Vec<Event> =
        app.read(|c| store::deed::since(c, id, 0)).into_iter().map(|line| line.event).collect();
    let again = dossier.begin().unwrap().replay(&events).unwrap();
    let kept = app.read(|c| app.app.readings.read(c, &dossier));
    assert_eq!(*kept.negotiation, again);
    assert_eq!(again.text.units.len(), 40);
}

#[test]
fn a_removed_paragraph_comes_back_where_it_is_put() {
    let app = TestApp::new();
    let officer = app.as_(Persona::Officer);
    let removed = format!("{}/removed", text());
    assert!(officer.get(&removed).text().contains("No paragraph of this text was removed"));
    let dossier = app.read(|c| store::dossier::need(c, DECLARATION)).value;
    let gone = Deed::Text(domain::change::Change::Removed { unit: UNIT_STALE });
    let gone = Event { at: dossier.opened, deed: gone };
    app.write(|c| app.app.readings.act(c, &dossier, None, std::slice::from_ref(&gone)));
    assert!(!officer.get(&format!("{}?view=zh", text())).text().contains(STALE_ZH));
    let page = officer.in_(Lang::Zh).get(&removed);
    assert!(page.text().contains(STALE_ZH) && page.text().contains(&UNIT_STALE.to_string()));
    assert!(officer.get(&text()).text().contains("/removed\""), "the page is linked");
    let unit = UNIT_STALE.to_string();
    for wrong in [("unit", ""), ("after", "01980000-0000-7000-8000-ffffffffffff")] {
        let mut fields = vec![("unit", unit.as_str()), ("after", "")];
        fields.retain(|(name, _)| *name != wrong.0);
        fields.push(wrong);
        assert_eq!(officer.post(&removed, &fields).status, 422, "{wrong:?}");
    }
    let back = officer.post(&removed, &[("unit", &unit), ("after", "")]);
    assert!(back.location().ends_with(&format!("#u-{UNIT_STALE}")), "{}", back.location());
    assert!(officer.get(&format!("{}?view=zh", text())).text().contains(STALE_ZH));
    let history = officer.get(&format!("{}/history", text()));
    assert!(history.text().contains("Paragraph brought back"));
    assert_eq!(officer.post(&removed, &[("unit", &unit), ("after", "")]).status, 422, "once");
    // Given again, the deeds make the same text.
    let kept = app.read(|c| app.app.readings.read(c, &dossier));
    let events = app.read(|c| store::deed::since(c, DECLARATION, 0));
    let events: Vec<Event> = events.into_iter().map(|line| line.event).collect();
    assert_eq!(*kept.negotiation, dossier.begin().unwrap().replay(&events).unwrap());
}

#[test]
fn a_merged_paragraph_comes_back_by_undoing_the_merging() {
    let app = TestApp::new();
    let officer = app.as_(Persona::Officer);
    let dossier = app.read(|c| store::dossier::need(c, DECLARATION)).value;
    let whole = || {
        let reading = app.read(|c| app.app.readings.read(c, &dossier));
        Lang::COMPLETE.map(|lang| reading.negotiation.text.canonical(lang))
    };
    let before = whole();
    let place = format!("{}/units/{UNIT}/place", text());
    let merge = |app: &TestApp| {
        let page = app.as_(Persona::Officer).get(&place).text().into_owned();
        let hidden = |name: &str| {
            let (_, rest) = page.split_once(&format!("name=\"{name}\" value=\"")).unwrap();
            rest.split('"').next().unwrap().to_owned()
        };
        let (seen, next, there) = (hidden("seen"), hidden("next"), hidden("next-seen"));
        let fields = [("seen", &*seen), ("next", &*next), ("next-seen", &*there)];
        app.as_(Persona::Officer).post(&place.replace("/place", "/merge"), &fields).location();
    };
    merge(&app);
    assert_ne!(whole(), before);
    let removed = format!("{}/removed", text());
    let page = officer.get(&removed);
    assert!(page.text().contains("Merged into: Paragraph 1."), "{}", page.text());
    let unit = UNIT_STALE.to_string();
    // Wherever it was asked for, it stands where it was.
    officer.post(&removed, &[("unit", &unit), ("after", "")]).location();
    assert_eq!(whole(), before);
    merge(&app);
    let taken = app.read(|c| app.app.readings.read(c, &dossier)).negotiation;
    let words = "各城市决定设立市长理事会。";
    let wrote = wrote(&taken, UNIT, Lang::Zh, words, domain::unit::Manner::Leads);
    let event = Event { at: dossier.opened, deed: Deed::Text(wrote) };
    app.write(|c| app.app.readings.act(c, &dossier, None, std::slice::from_ref(&event)));
    let refused = officer.post(&removed, &[("unit", &unit), ("after", "")]);
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("Split that paragraph instead"), "{}", refused.text());
}

#[test]
fn name_and_symbol_are_mended_until_adoption_and_nobody_is_overwritten() {
    let app = TestApp::new();
    let office = app.as_(Persona::Secretariat);
    let edit = format!("{}/edit", text());
    assert!(office.get(&text()).text().contains("/edit\""), "the page is linked");
    assert!(!app.as_(Persona::Officer).get(&text()).text().contains("/edit\""));
    let page = office.get(&edit);
    assert!(page.text().contains("EX/2090/L.1"));
    let fields = |symbol: &'static str, seen: &'static str| {
        [("title.ru", "Новое имя"), ("title.zh", "新名称"), ("symbol", symbol), ("seen", seen)]
    };
    assert_eq!(office.post(&edit, &fields("", "1")).status, 422);
    assert_eq!(office.post(&edit, &fields("EX/2090/L.7", "1")).location(), text());
    assert!(office.in_(Lang::Ru).get(&list()).text().contains("Новое имя"));
    let late = office.post(&edit, &fields("EX/2090/L.8", "1"));
    assert_eq!(late.status, 422);
    assert!(late.text().contains("EX/2090/L.8") && late.text().contains("EX/2090/L.7"));
    assert_eq!(office.post(&edit, &fields("EX/2090/L.8", "2")).location(), text());
    publish(&app);
    for answer in [office.get(&edit), office.post(&edit, &fields("EX/2090/L.9", "3"))] {
        assert_eq!(answer.status, 409, "{}", answer.text());
    }
    assert!(!office.get(&text()).text().contains("/edit\""));
}
