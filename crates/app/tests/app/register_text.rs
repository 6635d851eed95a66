//! A text that is adopted stands in the register by that very deed, whoever takes it.

use caravanserai::{chance, reading::Reading, register::sequencer};
use domain::{
    Lang,
    change::Change,
    negotiation::{Deed, Event},
    procedure::Step,
};

use crate::harness::{
    Persona, TestApp,
    declaration::{DECLARATION, UNIT, UNIT_STALE, UNIT_TITLE},
    fixture::{EDITION, person},
    register::check,
};

fn act(app: &TestApp, deed: &Deed) -> Reading {
    let event = Event { at: chance::now(), deed: deed.clone() };
    let reading = app.write(|c| {
        let dossier = store::dossier::need(c, DECLARATION)?.value;
        let by = Some(person(Persona::Secretariat));
        app.app.readings.act(c, &dossier, by, std::slice::from_ref(&event))
    });
    app.app.readings.keep(DECLARATION, &reading);
    reading
}

#[test]
fn an_adopted_text_is_recorded_by_its_deed_and_its_page_says_so() {
    let app = TestApp::new();
    let page = format!("/editions/{EDITION}/declarations/{DECLARATION}");
    let seen = || app.as_(Persona::FocalA).get(&page).text().into_owned();
    act(&app, &Deed::Text(Change::Removed { unit: UNIT_STALE }));
    let reading = act(&app, &Deed::Step(Step::Revised));
    let text = &reading.negotiation.text;
    for unit in [UNIT_TITLE, UNIT] {
        let turn = text.unit(unit).expect("a unit").turn;
        act(&app, &Deed::Step(Step::Agreed { unit, turn, ad_referendum: None }));
    }
    let seal = text.seal();
    let by = person(Persona::Chair);
    act(&app, &Deed::Step(Step::Gavelled { seal: seal.clone(), by }));
    assert!(!seen().contains("/register/acts/"));
    act(&app, &Deed::Step(Step::Recorded { seal, by: person(Persona::Secretariat) }));
    assert!(seen().contains("signature of the register follows"), "{}", seen());
    let holder = app.app.signer.as_ref().expect("a key");
    sequencer::turn(&app.app.db, holder).expect("a turn");
    let shown = seen();
    assert!(shown.contains("Unchanged since it was adopted on"), "{shown}");
    let links = shown.split("href=\"").filter_map(|part| part.split('"').next());
    let bundle = links.into_iter().find(|link| link.ends_with("/bundle")).expect("a package");
    let package = app.as_(Persona::FocalA).get(bundle).body;
    let verdict = check(package, Lang::En);
    assert!(verdict.sound, "{:?}", verdict.lines);
    // In each of three languages, the canonical text and the page for reading.
    let checked = verdict.lines.iter().filter(|line| line.starts_with("texts/")).count();
    assert_eq!(checked, 6, "{:?}", verdict.lines);
    // The page for reading is the one that everybody saves: readable offline, and it says what it is.
    let leaf = app.read(|c| store::leaf::of_object(c, &DECLARATION.to_string())).remove(0);
    let documents = app.read(|c| store::leaf::documents(c, leaf.id));
    let page = documents.iter().find(|file| file.lang == "ru" && file.format == "html");
    let page = &page.expect("a page").body;
    assert!(page.contains("УЧЕБНЫЙ ТЕКСТ") && page.contains("<style>") && page.contains("Принято"));
    assert!(!page.contains("href=") && !page.contains("src="), "{page}");
    assert_ne!(app.get(bundle).status, 200, "not published yet");
    act(&app, &Deed::Step(Step::Published));
    assert_eq!(app.get(bundle).status, 200);
}
