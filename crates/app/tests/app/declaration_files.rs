//! A text as files in every format and language, and what a delegation sends back.

use domain::{
    Lang, UnitId,
    amendment::{AmendmentState, Operation},
    proposal::Proposal,
};
use outputs::{
    akn, answer,
    carrier::{Carrier, Labels},
    docx::{self, Mark, Paper},
    tmx,
};

use crate::harness::{
    Answer, Persona, TestApp,
    declaration::{DECLARATION, UNIT, UNIT_STALE, deeds, dossier},
    fixture::EDITION,
};

fn at(path: &str) -> String {
    format!("/editions/{EDITION}/declarations/{DECLARATION}{path}")
}

fn carrier() -> Carrier {
    let state = dossier().begin().unwrap().replay(&deeds()).unwrap();
    Carrier::of(&dossier(), &state)
}

/// The Word file of a language with tracked changes by somebody at a ministry.
fn tracked(lang: Lang, changes: &[(UnitId, &str)]) -> Vec<u8> {
    let labels = Labels {
        lang: "en",
        standing: String::new(),
        seal: String::new(),
        stale: "Changed since".to_owned(),
        missing: "No words".to_owned(),
        authentic: String::new(),
        translation: String::new(),
    };
    let mark = |(unit, text): &(UnitId, &str)| Mark {
        author: "Отдел протокола".to_owned(),
        at: jiff::Timestamp::UNIX_EPOCH,
        lang,
        operation: Operation::Replace { unit: *unit, text: (*text).to_owned() },
        note: String::new(),
    };
    let marks: Vec<Mark> = changes.iter().map(mark).collect();
    let carrier = carrier();
    Paper { carrier: &carrier, langs: &[lang], marks: &marks, labels: &labels }.docx().unwrap()
}

fn send(app: &TestApp, name: &str, bytes: &[u8]) -> Answer {
    app.as_(Persona::FocalA).in_(Lang::En).upload(&at("/answer"), &[], ("file", name, bytes))
}

/// The proposals that a page offers, as its form would bring them back.
fn offered(page: &str) -> Vec<(String, String)> {
    let value = |rest: &str| rest.split("value=\"").nth(1)?.split('"').next().map(str::to_owned);
    let plain =
        |text: String| text.replace("&quot;", "\"").replace("&lt;", "<").replace("&amp;", "&");
    let inputs = page.split("name=\"amendment.").skip(1);
    inputs
        .filter_map(|rest| Some((rest.split('"').next()?.to_owned(), plain(value(rest)?))))
        .collect()
}

fn keep(app: &TestApp, offered: &[(String, String)]) -> Answer {
    let mut fields = vec![("do".to_owned(), "draft".to_owned())];
    for (at, amendment) in offered {
        fields.push(("pick".to_owned(), at.clone()));
        fields.push((format!("amendment.{at}"), amendment.clone()));
        fields.push((format!("reason.{at}"), "Так точнее.".to_owned()));
    }
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    app.as_(Persona::FocalA).in_(Lang::En).post(&at("/answer"), &fields)
}

fn drafts(app: &TestApp) -> Vec<Proposal> {
    let all = app.read(|c| store::amendment::of_dossier(c, DECLARATION));
    let all = all.into_iter().map(|found| found.value);
    all.filter(|proposal| proposal.state() == AmendmentState::Draft).collect()
}

#[test]
fn every_file_of_the_page_is_there_in_every_language() {
    let app = TestApp::new();
    let me = app.as_(Persona::Interpreter).in_(Lang::Ru);
    let page = me.get(&at("/files"));
    assert_eq!(page.status, 200);
    let page = page.text().into_owned();
    let links: Vec<&str> = page
        .split("href=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .filter(|address| address.contains("/files/"))
        .collect();
    assert!(links.len() > 25, "{links:?}");
    for link in links {
        let file = me.get(link);
        assert_eq!(file.status, 200, "{link}: {}", file.text());
        let named = file.header("content-disposition").contains("ex-2090-l-1");
        assert!(named && file.header("content-disposition").contains("EXERCISE"), "{link}");
        assert!(!file.body.is_empty());
    }
    let public = app.as_(Persona::Stranger).get(&at("/files/zh.docx"));
    assert_eq!(public.status, 404);
    assert_eq!(me.get(&at("/files/fa.docx")).status, 404, "no such language in this text");
}

#[test]
fn files_hold_the_text_and_what_is_before_the_meeting() {
    let app = TestApp::new();
    let me = app.as_(Persona::DelegateA);
    let document = akn::read(&me.get(&at("/files/ru.akn.xml")).body).unwrap();
    assert_eq!(document, akn::Document::of(&carrier(), Lang::Ru));
    let memory = tmx::read(&me.get(&at("/files/all-memory.tmx")).body).unwrap();
    assert_eq!(memory, tmx::of(&carrier()));
    let marked = docx::read(&me.get(&at("/files/zh-marked.docx")).body).unwrap();
    let unit = marked.paragraphs.iter().find(|p| p.place == docx::Place::Unit(UNIT)).unwrap();
    assert!(unit.with(|_| true).contains("2次") && unit.before().contains("1次"), "{unit:?}");
    let page = me.get(&at("/files/all.html"));
    assert!(page.text().contains("УЧЕБНЫЙ ТЕКСТ"));
}

#[test]
fn what_a_ministry_tracks_in_word_becomes_drafts_and_nothing_else() {
    let app = TestApp::new();
    let words = "Города учреждают совет мэров, который проводит 3 заседания в год.";
    let page = send(&app, "Правка.docx", &tracked(Lang::Ru, &[(UNIT, words)]));
    assert_eq!(page.status, 200, "{}", page.text());
    let text = page.text().into_owned();
    assert!(text.contains("<ins>") && text.contains("Отдел протокола"), "{text}");
    assert_eq!(drafts(&app), [], "looking keeps nothing");
    let offered = offered(&text);
    assert_eq!(offered.len(), 1, "{text}");
    let kept = keep(&app, &offered);
    assert_eq!(kept.status, 303, "{}", kept.text());
    let drafts = drafts(&app);
    let [draft] = drafts.as_slice() else { panic!("{drafts:?}") };
    let expected = Operation::Replace { unit: UNIT, text: words.to_owned() };
    assert_eq!((&draft.amendment.operation, draft.amendment.lang), (&expected, Lang::Ru));
    assert_eq!(draft.explanation, "Так точнее.");
    // A draft is a secret of its side.
    let other = app.as_(Persona::FocalB).get(&at("/amendments"));
    assert!(!other.text().contains("3 заседания"));
}

#[test]
fn the_answer_sheet_comes_back_with_its_base() {
    let app = TestApp::new();
    let headings = [(); 7].map(|()| String::new());
    let mut sheet = answer::sheet(&carrier(), Lang::Zh, &headings).unwrap();
    sheet.rows[2][5] = "各城市每三年报告用水和节水情况。".into();
    sheet.rows[2][6] = "三年更合适".into();
    let page = send(&app, "answer.csv", &sheet.csv().unwrap()).text().into_owned();
    assert!(page.contains("三年更合适"), "{page}");
    assert_eq!(keep(&app, &offered(&page)).status, 303);
    let drafts = drafts(&app);
    assert!(matches!(&drafts[0].amendment.operation,
        Operation::Replace { unit, text } if *unit == UNIT_STALE && text.contains("每三年")));
    // Words that stood there before, changed where the text changed too, are left to a person.
    let old = "unit,base,lang,proposed,reason\n".to_owned();
    let unit = carrier().paragraphs.iter().find(|p| p.id == UNIT_STALE).cloned().unwrap();
    let mut before = unit.clone();
    before.words.insert(Lang::Zh, "各城市每年报告用水情况。".to_owned());
    let seal = before.seal(Lang::Zh);
    let row = format!("{UNIT_STALE},{},zh,各城市每五年报告用水情况。,\n", seal.hex());
    let page = send(&app, "answer.csv", format!("{old}{row}").as_bytes()).text().into_owned();
    assert!(page.contains("write the amendment by hand"), "{page}");
    assert_eq!(offered(&page), []);
}

#[test]
fn what_cannot_be_read_is_said_in_one_sentence() {
    let app = TestApp::new();
    let zip = |name: &str, bytes: &[u8]| outputs::archive::pack([(name, bytes)]).unwrap();
    let bomb = zip("word/document.xml", &vec![b' '; 40 * 1024 * 1024]);
    let external = "<!DOCTYPE d [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><d>&x;</d>";
    for (name, bytes, said) in [
        ("a.docx", b"not a file".to_vec(), "cannot be read"),
        ("a.doc", vec![0xD0, 0xCF, 0x11, 0xE0, 0], "old Word format"),
        ("a.docx", bomb, "too large"),
        ("a.docx", zip("word/document.xml", external.as_bytes()), "outside of itself"),
        ("a.docx", zip("a.txt", b"x"), "not a file of the kind Word"),
        ("a.csv", b"a,b\n1,2\n".to_vec(), "not the answer sheet"),
        ("a.docx", Vec::new(), "Choose"),
    ] {
        let answer = send(&app, name, &bytes);
        assert_eq!(answer.status, 422, "{name} {said}");
        assert!(answer.text().contains(said), "{name} {said}: {}", answer.text());
    }
    let huge = vec![b'<'; 100 * 1024 * 1024];
    let answer = send(&app, "memory.tmx", &huge);
    assert!(matches!(answer.status, 413 | 422), "{}", answer.status);
    assert_eq!(drafts(&app), []);
}

#[test]
fn another_text_and_another_script_are_noticed() {
    let app = TestApp::new();
    let page = send(&app, "a.docx", &tracked(Lang::Ru, &[(UNIT, "各城市")])).text().into_owned();
    assert!(!page.contains("another script"), "three letters tell nothing");
    let page = send(&app, "a.docx", &tracked(Lang::Ru, &[(UNIT, "各城市设立理事会")]));
    assert!(page.text().contains("another script"), "{}", page.text());
    let raw = format!(
        "unit,base,lang,proposed,reason\n{},x,zh,别的,\n",
        UnitId(uuid::Uuid::from_u128(9))
    );
    let answer = send(&app, "a.csv", raw.as_bytes());
    assert!(answer.text().contains("belongs to another text"), "{}", answer.text());
}
