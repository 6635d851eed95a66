use std::collections::BTreeMap;

use domain::{UnitId, unit::UnitKind};
use proptest::prelude::*;

use super::*;
use crate::carrier::sample;

fn written(carrier: &Carrier, langs: &[Lang], marks: &[Mark]) -> Vec<u8> {
    Paper { carrier, langs, marks, labels: &sample::labels() }.docx().unwrap()
}

fn id(n: u128) -> UnitId {
    UnitId(Uuid::from_u128(n))
}

fn mark(author: &str, lang: Lang, operation: Operation) -> Mark {
    let at = "2027-05-01T10:00:00Z".parse().unwrap();
    Mark { author: author.to_owned(), at, lang, operation, note: "Move it".to_owned() }
}

/// The text of a part, for a look at what a program will see.
fn part(file: &[u8], name: &str) -> String {
    let parts = crate::archive::unpack(file, &[name]).unwrap();
    String::from_utf8(parts[name].clone()).unwrap()
}

#[test]
fn every_page_says_what_it_is() {
    let file = written(&sample::carrier(), &[Lang::Fa], &[]);
    let (head, foot) = (part(&file, "word/header1.xml"), part(&file, "word/footer1.xml"));
    assert!(head.contains("GMD/2027/L.1/Rev.2") && head.contains("УЧЕБНЫЙ ТЕКСТ"), "{head}");
    assert!(foot.contains(&sample::carrier().short_seal()), "{foot}");
    let body = part(&file, "word/document.xml");
    assert!(body.contains("<w:bidi/>") && body.contains("<w:rtl/>"));
    assert!(part(&file, "word/numbering.xml").contains("w:val=\"1 bis.\""));
    assert!(part(&file, "word/settings.xml").contains("trackRevisions"));
    assert_eq!(file, written(&sample::carrier(), &[Lang::Fa], &[]), "the same bytes each time");
}

#[test]
fn amendments_go_out_as_tracked_changes_and_come_back() {
    let carrier = sample::carrier();
    let (zh, ru) = (Lang::Zh, Lang::Ru);
    let words = "决定设立市长理事会，每两年报告一次。".to_owned();
    let rival = "决定设立市长联席会。".to_owned();
    let marks = [
        mark("演示城甲", zh, Operation::Replace { unit: id(4), text: words.clone() }),
        mark("演示城乙", zh, Operation::Replace { unit: id(4), text: rival.clone() }),
        mark("演示城乙", zh, Operation::Delete { unit: id(5) }),
        mark("演示城丙", zh, Operation::Move { unit: id(3), after: Some(id(4)) }),
        mark(
            "演示城甲",
            zh,
            Operation::Insert {
                new: id(50),
                kind: UnitKind::Operative,
                after: Some(id(5)),
                text: "新的一段。".to_owned(),
            },
        ),
        mark("Город Б", ru, Operation::Delete { unit: id(2) }),
    ];
    for langs in [&[zh][..], &[zh, ru, Lang::En]] {
        let file = written(&carrier, langs, &marks);
        let reply = read(&file).unwrap();
        assert_eq!(
            (reply.text, reply.seal.as_deref()),
            (Some(carrier.id), Some(carrier.seal.hex()))
        );
        let find = |place, lang| {
            let found = reply.paragraphs.iter().find(|p| p.place == place && p.lang == lang);
            found.unwrap_or_else(|| panic!("{place:?} {lang}"))
        };
        let changed = find(Place::Unit(id(4)), zh);
        assert_eq!(changed.before(), carrier.paragraphs[3].text(zh));
        assert_eq!(changed.with(|author| author == "演示城甲"), words);
        assert_eq!(changed.authors().into_iter().collect::<Vec<_>>(), ["演示城甲"]);
        assert_eq!(find(Place::Rival(id(4)), zh).with(|_| true), rival);
        let gone = find(Place::Unit(id(5)), zh);
        assert_eq!(
            (gone.with(|_| true), gone.before()),
            (String::new(), carrier.paragraphs[4].text(zh).to_owned())
        );
        assert_eq!(find(Place::Proposed(id(50)), zh).with(|_| true), "新的一段。");
        let moved = find(Place::Unit(id(3)), zh);
        let remark = Remark { author: "演示城丙".to_owned(), text: "Move it".to_owned() };
        assert_eq!(
            (moved.remarks.as_slice(), moved.with(|_| true)),
            (&[remark][..], "行动".to_owned())
        );
        let after = reply.paragraphs.iter().filter(|p| matches!(p.place, Place::After(_)));
        assert_eq!(after.count(), 0);
    }
}

/// A body as another program would write it, around these paragraphs.
fn foreign(paragraphs: &str) -> Result<Reply, domain::Refusal> {
    let body = format!(
        "<d:document xmlns:d=\"{}\" xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\">\
         <d:body>{paragraphs}</d:body></d:document>",
        write::W
    );
    read(&crate::archive::pack([("word/document.xml", body.as_bytes())]).unwrap())
}

fn start(n: u128) -> String {
    format!("<d:bookmarkStart d:id=\"7\" d:name=\"u{}_ru\"/>", id(n).0.simple())
}

#[test]
fn what_other_programs_write_is_understood() {
    let ins = |words: &str| {
        format!("<d:ins d:author=\" Город А \"><d:r><d:t>{words}</d:t></d:r></d:ins>")
    };
    let split = "<d:pPr><d:rPr><d:ins d:author=\"Город А\"/></d:rPr></d:pPr>";
    let reply = foreign(&format!(
        "<d:p>{}<d:r><d:t>Первый </d:t><d:tab/></d:r><d:moveFrom d:author=\"Город Б\"><d:r><d:delText>\
         абзац</d:delText></d:r></d:moveFrom>{}<d:bookmarkEnd d:id=\"7\"/>{}</d:p>\
         <d:p>{}</d:p><d:p><d:r><d:t>наша строка</d:t></d:r></d:p>\
         <d:p>{}{split}<d:r><d:t>Второй</d:t></d:r></d:p>\
         <d:p><d:r><d:t>абзац</d:t></d:r><mc:AlternateContent><d:r><d:t>нет</d:t></d:r>\
         </mc:AlternateContent><d:bookmarkEnd d:id=\"7\"/></d:p>",
        start(4),
        ins("пункт"),
        ins(" и хвост"),
        ins("Новый абзац."),
        start(5),
    ))
    .unwrap();
    let [one, new, two] = reply.paragraphs.as_slice() else { panic!("{reply:?}") };
    assert_eq!((one.before(), one.lang), ("Первый \tабзац".to_owned(), Lang::Ru));
    // What was typed behind the bookmark belongs to the paragraph all the same.
    assert_eq!(one.with(|_| true), "Первый \tпункт и хвост");
    assert_eq!(one.authors().into_iter().collect::<Vec<_>>(), ["Город А", "Город Б"]);
    assert_eq!(new.place, Place::After(Some(id(4))));
    assert_eq!(new.with(|_| true), "Новый абзац.");
    assert_eq!(
        (two.before(), two.with(|_| true)),
        ("Второйабзац".to_owned(), "Второй\nабзац".to_owned())
    );
}

#[test]
fn what_cannot_be_read_is_refused_in_words() {
    let code = |bytes: &[u8]| read(bytes).unwrap_err().code;
    assert_eq!(code(b"{\\rtf1 text}"), "file-unreadable");
    assert_eq!(code(&[0xD0, 0xCF, 0x11, 0xE0, 0]), "word-old-format");
    assert_eq!(code(&vec![b'P'; 10 * 1024 * 1024]), "file-too-large");
    let pack = |name, body: &str| crate::archive::pack([(name, body.as_bytes())]).unwrap();
    assert_eq!(code(&pack("xl/workbook.xml", "<a/>")), "file-other-kind");
    assert_eq!(code(&pack("word/document.xml", "<a/>")), "file-other-kind");
    let bomb = "<!DOCTYPE d [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><d>&b;</d>";
    assert_eq!(code(&pack("word/document.xml", bomb)), "file-entities");
    let external = "<!DOCTYPE d SYSTEM \"file:///etc/passwd\"><d/>";
    assert_eq!(code(&pack("word/document.xml", external)), "file-entities");
    let bare = foreign("<d:p><d:r><d:t>Без закладок</d:t></d:r></d:p>").unwrap_err();
    assert_eq!(bare.code, "word-no-marks");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_written_is_read_back(carrier in sample::any_carrier(), columns in any::<bool>()) {
        prop_assume!(!carrier.paragraphs.is_empty());
        let columns: Vec<Vec<Lang>> = if columns {
            vec![vec![Lang::Zh, Lang::Ru, Lang::En], vec![Lang::Fa, Lang::Zh]]
        } else {
            Lang::ALL.map(|lang| vec![lang]).to_vec()
        };
        for langs in columns {
            let reply = read(&written(&carrier, &langs, &[])).unwrap();
            let found: BTreeMap<(UnitId, Lang), String> = reply.paragraphs.iter().map(|p| {
                let Place::Unit(unit) = p.place else { panic!("{p:?}") };
                ((unit, p.lang), p.before())
            }).collect();
            prop_assert!(reply.paragraphs.iter().all(|p| p.authors().is_empty()));
            let all = carrier.paragraphs.iter().flat_map(|p| langs.iter().map(move |l| (p, *l)));
            let sent = all.map(|(p, lang)| ((p.id, lang), p.text(lang).to_owned())).collect();
            prop_assert_eq!(found, sent);
        }
    }

    #[test]
    fn any_new_wording_comes_back(old in "[а-я ,]{0,20}|\\PC{0,12}", new in "[а-я ,]{0,20}|\\PC{0,12}") {
        let mut carrier = sample::carrier();
        carrier.paragraphs[3].words.insert(Lang::Ru, old.clone());
        let operation = Operation::Replace { unit: id(4), text: new.clone() };
        let file = written(&carrier, &[Lang::Ru], &[mark("Город А", Lang::Ru, operation)]);
        let reply = read(&file).unwrap();
        let mut found = reply.paragraphs.iter().filter(|p| p.place == Place::Unit(id(4)));
        let one = found.next().unwrap();
        prop_assert_eq!((one.before(), one.with(|_| true)), (old, new));
    }

    #[test]
    fn no_markup_brings_the_reader_down(
        parts in prop::collection::vec(prop::sample::select(vec![
            "<d:p>", "</d:p>", "<d:r>", "</d:r>", "<d:t>x</d:t>", "<d:tc>", "</d:tc>", "<d:br/>",
            "<d:ins d:author=\"a\">", "</d:ins>", "<d:bookmarkEnd d:id=\"7\"/>", "<d:del>", "</d:del>",
            "<d:bookmarkStart d:id=\"7\" d:name=\"u00000000000000000000000000000004_ru\"/>", "<d:pPr/>",
        ]), 0..30),
    ) {
        let _ = foreign(&parts.concat());
    }
}
