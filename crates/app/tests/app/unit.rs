//! One paragraph in its languages: written, offered, signed, moved; and two who write at once.

use domain::{
    Lang, UnitId,
    unit::{CellState, Manner, Unit},
};

use crate::harness::{
    Answer, Client, Persona, TestApp,
    declaration::{DECLARATION, UNIT, UNIT_STALE, UNIT_TITLE, dossier},
    fixture::EDITION,
    service::whole_request,
};

fn text() -> String {
    format!("/editions/{EDITION}/declarations/{DECLARATION}")
}

fn address(unit: UnitId) -> String {
    format!("{}/units/{unit}", text())
}

fn unit(app: &TestApp, id: UnitId) -> Unit {
    let reading = app.read(|c| app.app.readings.read(c, &dossier()));
    reading.negotiation.text.unit(id).expect("a unit").clone()
}

fn write(
    app: &TestApp,
    who: Persona,
    seen: &Unit,
    (lang, manner, text): (Lang, Manner, &str),
) -> Answer {
    let (base, turn) = (seen.seal(lang).hex().to_owned(), seen.turn.to_string());
    let fields = [
        ("lang", lang.code()),
        ("manner", manner.code()),
        ("text", text),
        ("base", &base),
        ("turn", &turn),
    ];
    app.as_(who).post(&format!("{}/write", address(seen.id)), &fields)
}

#[test]
fn a_change_in_one_language_leaves_the_others_behind_and_shows_them_what_changed() {
    let app = TestApp::new();
    let seen = unit(&app, UNIT);
    let words = "各城市决定设立市长理事会，每年举行2次会议。";
    write(&app, Persona::Officer, &seen, (Lang::Zh, Manner::Leads, words)).location();
    let now = unit(&app, UNIT);
    let states = [Lang::Zh, Lang::Ru, Lang::En].map(|lang| now.state(lang));
    assert_eq!(states, [CellState::InWork, CellState::Stale, CellState::Stale]);
    let page = app.as_(Persona::Officer).get(&address(UNIT));
    assert!(page.text().contains("<del>1</del><ins>2</ins>"), "the change of the source");
    let page = app.as_(Persona::Officer).get(&format!("{}/write?in=ru", address(UNIT)));
    assert!(page.text().contains("<del>1</del><ins>2</ins>"));
    assert!(page.text().contains("Numbers differ: only here 1; only in the text compared 2"));
    // A reader sees the words, not how they came about; what was proposed is another section.
    let page = app.as_(Persona::FocalA).get(&address(UNIT));
    let text = page.text();
    let side = |lang: &str| {
        let (_, rest) = text.split_once(&format!("data-lang=\"{lang}\"")).expect("a language");
        rest.split("</section>").next().unwrap_or_default().to_owned()
    };
    assert!(side("zh").contains(words));
    assert!(!["zh", "ru", "en"].map(side).concat().contains("<del>"));
    assert!(!page.text().contains("Officer</bdi>"));
}

#[test]
fn the_writer_never_signs_and_the_officer_signs_what_they_read() {
    let app = TestApp::new();
    let seen = unit(&app, UNIT_STALE);
    let ru = "Города раз в два года отчитываются о воде и её сбережении.";
    write(&app, Persona::Secretariat, &seen, (Lang::Ru, Manner::Follows, ru)).location();
    let secretariat = app.as_(Persona::Secretariat);
    let offer =
        |lang: &str| secretariat.post(&format!("{}/offer", address(UNIT_STALE)), &[("lang", lang)]);
    offer("ru").location();
    offer("zh").location();
    assert_eq!(offer("zh").status, 409, "offered already");
    let now = unit(&app, UNIT_STALE);
    let sign = |who: Client<'_>, base: &str| {
        who.post(&format!("{}/concord", address(UNIT_STALE)), &[("lang", "ru"), ("base", base)])
    };
    let officer = app.as_(Persona::Officer);
    assert_eq!(sign(officer, "0").status, 409);
    let page = officer.get(&address(UNIT_STALE));
    assert!(page.text().contains("Confirm that the languages agree"));
    sign(officer, now.seal(Lang::Ru).hex()).location();
    assert_eq!(unit(&app, UNIT_STALE).state(Lang::Ru), CellState::Concordant);
    assert!(officer.get(&address(UNIT_STALE)).text().contains("Confirmed as concordant by"));
    // Words of the officer's own wait for another officer.
    let seen = unit(&app, UNIT);
    write(&app, Persona::Officer, &seen, (Lang::Ru, Manner::Follows, "Совет мэров")).location();
    officer.post(&format!("{}/offer", address(UNIT)), &[("lang", "ru")]).location();
    let base = unit(&app, UNIT).seal(Lang::Ru).hex().to_owned();
    let own =
        officer.post(&format!("{}/concord", address(UNIT)), &[("lang", "ru"), ("base", &base)]);
    assert_eq!(own.status, 409);
    assert!(own.text().contains("who did not write these words"));
}

#[test]
fn two_who_write_at_once_lose_nothing() {
    let app = TestApp::new();
    let seen = unit(&app, UNIT);
    let theirs = "The cities establish a standing council of mayors, which holds 1 meeting a year.";
    let ours = "The cities establish a council of mayors, which holds 1 meeting in every year.";
    write(&app, Persona::Secretariat, &seen, (Lang::En, Manner::Follows, theirs)).location();
    let answer = write(&app, Persona::Officer, &seen, (Lang::En, Manner::Follows, ours));
    assert_eq!(answer.status, 422);
    let page = answer.text();
    assert!(page.contains("<ins>standing </ins>"), "{page}");
    assert!(page.contains(ours), "what was typed is still there");
    let both =
        "The cities establish a standing council of mayors, which holds 1 meeting in every year.";
    assert!(page.contains(both), "both changes together are offered");
    assert_eq!(unit(&app, UNIT).text(Lang::En), theirs);
    let now = unit(&app, UNIT);
    write(&app, Persona::Officer, &now, (Lang::En, Manner::Follows, both)).location();
    assert_eq!(unit(&app, UNIT).text(Lang::En), both);
}

#[test]
fn a_correction_of_writing_needs_a_second_person() {
    let app = TestApp::new();
    let seen = unit(&app, UNIT_TITLE);
    let fixed = "Example Declaration";
    write(&app, Persona::Officer, &seen, (Lang::En, Manner::Editorial, fixed)).location();
    assert_eq!(unit(&app, UNIT_TITLE).text(Lang::En), "Example declaration");
    let dossier = dossier();
    let waiting = app.read(|c| store::correction::of_text(c, dossier.id));
    let id = waiting[0].value.id.to_string();
    let answer = |who: Persona, answer: &str| {
        let fields = [("correction", id.as_str()), ("answer", answer)];
        app.as_(who).post(&format!("{}/correction", address(UNIT_TITLE)), &fields)
    };
    assert_eq!(answer(Persona::Officer, "confirm").status, 409);
    let page = app.as_(Persona::Secretariat).get(&address(UNIT_TITLE));
    assert!(page.text().contains("<del>declaration</del><ins>Declaration</ins>"));
    answer(Persona::Secretariat, "confirm").location();
    let now = unit(&app, UNIT_TITLE);
    assert_eq!((now.text(Lang::En), now.state(Lang::En)), (fixed, CellState::Concordant));
    assert_eq!(answer(Persona::Secretariat, "confirm").status, 409, "dealt with already");
    assert!(app.read(|c| store::correction::of_text(c, dossier.id)).is_empty());
}

#[test]
fn hostile_and_endless_words_come_back() {
    let app = TestApp::new();
    let seen = unit(&app, UNIT);
    let long = "字".repeat(20_001);
    for (text, sentence) in [
        ("a\u{202e}b", "U+202E"),
        ("a\u{200b}b", "U+200B"),
        (long.as_str(), "20001"),
        ("", "Fill this in"),
    ] {
        let answer = write(&app, Persona::Officer, &seen, (Lang::Zh, Manner::Leads, text));
        assert_eq!(answer.status, 422, "{sentence}");
        let page = answer.text().replace(['\u{a0}', ','], "");
        assert!(page.contains(sentence), "{sentence}");
    }
    assert_eq!(unit(&app, UNIT), seen);
    let markup = "<script>alert(1)</script>";
    write(&app, Persona::Officer, &seen, (Lang::Zh, Manner::Leads, markup)).location();
    let page = app.as_(Persona::Officer).get(&address(UNIT));
    assert!(page.text().contains("&lt;script") && !page.text().contains("<script>alert"));
}

#[test]
fn the_order_of_the_text_changes_only_as_its_writer_saw_it() {
    let app = TestApp::new();
    let officer = app.as_(Persona::Officer);
    let act = |what: &str, fields: &[(&str, &str)]| {
        officer.post(&format!("{}/{what}", address(UNIT)), fields)
    };
    let order = || {
        let reading = app.read(|c| app.app.readings.read(c, &dossier()));
        reading.negotiation.text.units.iter().map(|unit| unit.id).collect::<Vec<_>>()
    };
    assert_eq!(act("remove", &[("seen", "0")]).status, 422);
    act("move", &[("after", &UNIT_STALE.to_string())]).location();
    assert_eq!(order(), [UNIT_TITLE, UNIT_STALE, UNIT]);
    let base = unit(&app, UNIT).seal(Lang::Zh).hex().to_owned();
    let lost = [("lang", "zh"), ("base", base.as_str()), ("first", "各城市"), ("second", "决定")];
    assert_eq!(act("split", &lost).status, 422);
    let parts = [
        ("lang", "zh"),
        ("base", base.as_str()),
        ("first", "各城市决定设立市长理事会，"),
        ("second", "每年举行1次会议。"),
    ];
    act("split", &parts).location();
    assert_eq!(order().len(), 4);
    let page = officer.get(&format!("{}/place", address(UNIT)));
    let page = page.text().into_owned();
    let hidden = |name: &str| {
        let begin = format!("name=\"{name}\" value=\"");
        let (_, rest) = page.split_once(&begin).expect("a field");
        rest.split('"').next().unwrap_or_default().to_owned()
    };
    let (seen, next, there) = (hidden("seen"), hidden("next"), hidden("next-seen"));
    act("merge", &[("seen", &seen), ("next", &next), ("next-seen", &there)]).location();
    assert_eq!(order(), [UNIT_TITLE, UNIT_STALE, UNIT]);
    assert_eq!(act("remove", &[("seen", &seen)]).status, 422, "the words changed since");
}

#[test]
fn a_machine_is_asked_only_where_there_is_one_and_its_words_are_a_draft() {
    use std::io::Write as _;
    let app = TestApp::new();
    let ask = |app: &TestApp| {
        app.as_(Persona::Officer)
            .post(&format!("{}/machine", address(UNIT_STALE)), &[("lang", "ru")])
    };
    assert_eq!(ask(&app).status, 409, "off by default");
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let service = format!("http://{}", listener.local_addr().unwrap());
    let service = caravanserai::machine::Service::at(&service).unwrap();
    let app = TestApp::translating(service);
    let answering = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        whole_request(&stream).unwrap();
        let answer = "HTTP/1.0 200 OK\r\n\r\n{\"translatedText\":\"Города отчитываются.\"}";
        stream.write_all(answer.as_bytes()).unwrap();
    });
    ask(&app).location();
    answering.join().unwrap();
    let now = unit(&app, UNIT_STALE);
    assert_eq!(
        (now.text(Lang::Ru), now.state(Lang::Ru)),
        ("Города отчитываются.", CellState::MachineDraft)
    );
    let page = app.as_(Persona::Officer).get(&address(UNIT_STALE));
    assert!(page.text().contains("Machine draft, unchecked"));
    // Nobody answers any more: nothing changes, and the page says so.
    let silent = ask(&app);
    assert_eq!(silent.status, 409);
    assert!(silent.text().contains("did not answer"));
    assert_eq!(unit(&app, UNIT_STALE), now);
    // A text that is neither public nor an exercise leaves the house on no account.
    app.write(|c| {
        let mut dossier = store::dossier::need(c, DECLARATION)?;
        dossier.value.exercise = false;
        store::dossier::save(c, &dossier.value, dossier.version).map(|_| ())
    });
    assert!(ask(&app).text().contains("neither public nor an exercise"));
}
