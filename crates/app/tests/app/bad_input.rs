//! What must not get in, with the sentence that whoever sent it reads. Further cases stand with their noun:
//! late objections and signatures in `consensus`, altered tiles, forks, split views and foreign proofs in
//! `register`, Word files in `declaration_files`, Akoma Ntoso and the longest text in `declaration_import`.

use domain::Lang;

use crate::harness::{
    Answer, Persona, TestApp,
    declaration::{DECLARATION, UNIT},
    fixture::EDITION,
};

fn at(path: &str) -> String {
    format!("/editions/{EDITION}{path}")
}

/// Sends a file and gives the answer without the marks that Fluent puts around values.
fn send(app: &TestApp, who: Persona, path: &str, name: &str, bytes: &[u8]) -> (u16, String) {
    let answer: Answer = app.as_(who).upload(&at(path), &[], ("file", name, bytes));
    let text = answer.text().replace(['\u{2068}', '\u{2069}', '\u{a0}', '\u{202f}'], "");
    (answer.status, text.replace(',', ""))
}

/// A file of this size that begins like a memory of translations.
fn tmx(size: usize) -> Vec<u8> {
    let mut bytes = br#"<tmx version="1.4"><header srclang="zh"/><body>"#.to_vec();
    let one = r#"<tu><tuv xml:lang="zh"><seg>水</seg></tuv><tuv xml:lang="ru"><seg>вода</seg></tuv></tu>"#;
    while bytes.len() < size {
        bytes.extend_from_slice(one.as_bytes());
    }
    bytes.extend_from_slice(b"</body></tmx>");
    bytes
}

#[test]
fn a_memory_of_translations_of_100_mb_is_turned_away_in_every_language() {
    let app = TestApp::new();
    for (lang, sentence) in
        [(Lang::Zh, "最多 11 MB"), (Lang::Ru, "не более 11 МБ"), (Lang::En, "at most 11 MB")]
    {
        let file = ("file", "m.tmx", &*tmx(100 * 1024 * 1024));
        let answer = app.as_(Persona::Officer).in_(lang).upload(&at("/memory"), &[], file);
        let text = answer.text().replace(['\u{2068}', '\u{2069}', '\u{a0}'], " ");
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(answer.status, 413, "{lang}");
        assert!(text.contains(sentence), "{lang}: {text}");
    }
    // What does come in is measured before it is read.
    let (status, text) = send(&app, Persona::Officer, "/memory", "m.tmx", &tmx(9 * 1024 * 1024));
    assert!(status == 422 && text.contains("At most 8 MB can be read"), "{status} {text}");
    let (status, text) = send(&app, Persona::Officer, "/memory", "m.tmx", &tmx(7 * 1024 * 1024));
    assert!(status == 422 && text.contains("holds at most 20000 paragraphs"), "{status} {text}");
}

#[test]
fn terms_and_memories_that_refer_to_other_files_are_not_opened() {
    let app = TestApp::new();
    let external = "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>";
    let nested =
        "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">]>";
    for declared in [external, nested] {
        for (path, body) in [
            ("/memory", "<tmx version=\"1.4\"><header/><body><tu>&e;&b;</tu></body></tmx>"),
            ("/glossary/import", "<tbx type=\"TBX-Basic\"><text><body>&e;&b;</body></text></tbx>"),
        ] {
            let file = format!("{declared}{body}");
            let (status, text) = send(&app, Persona::Officer, path, "x.xml", file.as_bytes());
            assert_eq!(status, 422, "{path}");
            assert!(text.contains("refers to definitions outside of itself"), "{path}: {text}");
            assert!(!text.contains("root:"), "{path}");
        }
    }
}

#[test]
fn an_answer_sheet_that_is_too_large_says_what_is_too_much() {
    let app = TestApp::new();
    let path = format!("/declarations/{DECLARATION}/answer");
    let head = "unit,base,lang,proposed,reason\n";
    let rows = format!("{head}{}", format!("{UNIT},x,zh,,\n").repeat(20_001));
    let (status, text) = send(&app, Persona::FocalA, &path, "a.csv", rows.as_bytes());
    assert!(status == 422 && text.contains("at most 20000 rows"), "{status} {text}");
    let words = format!("{head}{UNIT},x,zh,{},\n", "字".repeat(3 * 1024 * 1024));
    let (status, text) = send(&app, Persona::FocalA, &path, "a.csv", words.as_bytes());
    assert!(status == 422 && text.contains("too large"), "{status} {text}");
    let (status, text) = send(&app, Persona::FocalA, &path, "a.csv", &vec![b'x'; 12 << 20]);
    assert!(status == 413 && text.contains("at most 11 MB"), "{status} {text}");
    let form = app.as_(Persona::FocalA).get(&at(&path));
    assert_eq!(form.status, 200, "and another one can be chosen");
}
