//! A text that was written elsewhere: pasted, uploaded, looked at, taken in.

use domain::{
    Lang, UnitId,
    declaration::Declaration,
    document::Paragraph,
    negotiation::Negotiation,
    unit::{CellState, Unit, UnitKind},
};
use outputs::{akn, carrier::Carrier};

use crate::{
    declaration::open,
    harness::{Answer, Persona, TestApp},
};

fn import(app: &TestApp, made: &str, fields: &[(&str, &str)]) -> Answer {
    app.as_(Persona::Officer).post(&format!("{made}/import"), fields)
}

/// The paragraphs as the page of the review carries them.
fn carried(review: &Answer) -> String {
    let page = review.text();
    let value = page.split("name=\"paragraphs\" value=\"").nth(1).expect("a review");
    let value = value.split('"').next().expect("a value");
    value.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

fn confirm(app: &TestApp, made: &str, paragraphs: &str) -> Answer {
    app.as_(Persona::Officer).upload_all(
        &format!("{made}/import/confirm"),
        &[("paragraphs", paragraphs)],
        &[],
    )
}

/// Looks at texts, then takes them in.
pub(crate) fn taken(app: &TestApp, made: &str, fields: &[(&str, &str)]) -> Answer {
    confirm(app, made, &carried(&import(app, made, fields)))
}

#[test]
fn a_text_is_imported_in_three_languages_after_a_look() {
    let app = TestApp::new();
    let made = open(&app, &[("authority.en", "translation")]).location().to_owned();
    let fields = [
        ("text.zh", "样本宣言\n\n回顾以往，\n\n决定每年举行2次会议；"),
        ("text.ru", "Образец декларации\r\n\r\n—\r\n\r\nПостановляют собираться 2 раза в год;"),
        ("text.fa", "بیانیه نمونه"),
    ];
    let review = import(&app, &made, &fields);
    assert_eq!(review.status, 200);
    assert!(review.text().contains("3 paragraphs were found"));
    assert!(review.text().contains("have no counterpart"));
    assert!(
        app.as_(Persona::Officer).get(&made).text().contains("has no words yet"),
        "only a look"
    );
    let carried = carried(&review);
    let back = import(&app, &made, &[("paragraphs", &carried), ("step", "back")]);
    assert!(back.text().contains("回顾以往，"), "what was typed is there");
    assert!(back.text().contains("Образец декларации\n\n—\n\nПостановляют"), "as it was laid");
    confirm(&app, &made, &carried).location();
    let page = app.as_(Persona::FocalA).get(&format!("{made}?view=side"));
    let page = page.text();
    assert!(page.contains("决定每年举行2次会议；") && page.contains("Постановляют собираться"));
    // Persian is written from right to left, whatever the language of the page.
    assert!(page.contains("lang=\"fa\" dir=\"rtl\">بیانیه نمونه"));
}

#[test]
fn what_cannot_be_imported_comes_back_whole() {
    let app = TestApp::new();
    let made = open(&app, &[]).location().to_owned();
    let many = "第一段\n".repeat(5_001);
    let long = "字".repeat(20_001);
    for (words, sentence) in [
        ("", "Fill this in"),
        ("a\u{202e}b", "U+202E"),
        (long.as_str(), "20001"),
        (many.as_str(), "at most 5000 paragraphs"),
    ] {
        let answer = import(&app, &made, &[("text.zh", words)]);
        assert_eq!(answer.status, 422, "{sentence}");
        assert!(answer.text().replace(['\u{a0}', ','], "").contains(sentence), "{sentence}");
    }
    let file = ("file.zh", "text.txt", &b"\xff\xfe\x00"[..]);
    let answer = app.as_(Persona::Officer).upload(&format!("{made}/import"), &[], file);
    assert_eq!(answer.status, 422);
    assert!(answer.text().contains("UTF-8"));
    let file = ("file.zh", "text.txt", "样本\n正文。".as_bytes());
    let answer = app.as_(Persona::Officer).upload(&format!("{made}/import"), &[], file);
    assert!(answer.text().contains("2 paragraphs were found"));
}

#[test]
fn what_comes_back_from_the_review_is_judged_anew() {
    let app = TestApp::new();
    let made = open(&app, &[]).location().to_owned();
    let long =
        format!("[{{\"kind\":\"operative\",\"words\":{{\"zh\":\"{}\"}}}}]", "字".repeat(20_001));
    for (paragraphs, sentence) in [
        ("", "cannot be read"),
        ("[]", "cannot be read"),
        (
            r#"[{"kind":"operative","words":{"en":"Not a language of this text"}}]"#,
            "cannot be read",
        ),
        ("[{\"kind\":\"operative\",\"words\":{\"zh\":\"a\u{202e}b\"}}]", "U+202E"),
        (long.as_str(), "20001"),
    ] {
        let answer = confirm(&app, &made, paragraphs);
        assert_eq!(answer.status, 422, "{sentence}: {}", answer.text());
        let text = answer.text().replace(['\u{a0}', ','], "");
        assert!(text.contains(sentence), "{sentence}: {text}");
    }
    assert!(app.as_(Persona::Officer).get(&made).text().contains("has no words yet"));
}

/// The text that an address shows.
fn negotiation(app: &TestApp, made: &str) -> Negotiation {
    let id = made.rsplit('/').next().unwrap().parse().unwrap();
    let dossier = app.read(|c| store::dossier::need(c, id)).value;
    (*app.read(|c| app.app.readings.read(c, &dossier)).negotiation).clone()
}

/// A text of the fixture as documents of Akoma Ntoso.
fn documents(app: &TestApp, langs: &[Lang]) -> Vec<Vec<u8>> {
    let dossier =
        app.read(|c| store::dossier::need(c, crate::harness::declaration::DECLARATION)).value;
    let reading = app.read(|c| app.app.readings.read(c, &dossier));
    let carrier = Carrier::of(&dossier, &reading.negotiation);
    langs.iter().map(|lang| akn::write(&carrier, *lang)).collect()
}

fn send(app: &TestApp, made: &str, files: &[Vec<u8>]) -> Answer {
    let files: Vec<_> =
        files.iter().map(|bytes| ("documents", "text.akn.xml", bytes.as_slice())).collect();
    app.as_(Persona::Officer).upload_all(&format!("{made}/import"), &[], &files)
}

#[test]
fn akoma_ntoso_in_three_languages_is_laid_side_by_side_by_its_names() {
    let app = TestApp::new();
    let made = open(&app, &[("authority.en", "translation")]).location().to_owned();
    let review = send(&app, &made, &documents(&app, &[Lang::En, Lang::Ru, Lang::Zh]));
    assert_eq!(review.status, 200, "{}", review.text());
    assert!(review.text().contains("by the names (eId)"), "{}", review.text());
    let carried = carried(&review);
    let laid: Vec<Paragraph> = serde_json::from_str(&carried).unwrap();
    assert!(laid.iter().any(|p| p.words.len() == 3));
    assert!(negotiation(&app, &made).text.units.is_empty(), "only a look");
    confirm(&app, &made, &carried).location();
    let text = negotiation(&app, &made).text;
    let here = text.units.iter().map(|unit| {
        let words = Lang::COMPLETE.map(|lang| unit.text(lang).to_owned());
        (unit.kind, words)
    });
    let sent = laid.iter().map(|p| {
        let words = Lang::COMPLETE.map(|lang| p.words.get(&lang).cloned().unwrap_or_default());
        (p.kind, words)
    });
    assert!(here.eq(sent));
    let whole = text.units.iter().find(|unit| unit.chains.len() == 3).unwrap();
    assert_eq!((whole.kind, whole.state(Lang::En)), (UnitKind::Title, CellState::InWork));
}

#[test]
fn documents_of_other_houses_are_laid_by_order_and_said_so() {
    let app = TestApp::new();
    let made = open(&app, &[]).location().to_owned();
    let foreign = |lang: &str, words: [&str; 2]| {
        format!(
            r##"<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><statement name="x">
            <meta><identification source="#o"><FRBRWork/><FRBRExpression><FRBRlanguage language="{lang}"/>
            </FRBRExpression><FRBRManifestation/></identification></meta>
            <preface><p><docTitle>{}</docTitle></p></preface><mainBody><p>{}</p></mainBody>
            </statement></akomaNtoso>"##,
            words[0], words[1]
        )
        .into_bytes()
    };
    let zh = foreign("zho", ["样本宣言", "决定每年举行2次会议。"]);
    let ru = foreign("rus", ["Образец", "Постановляют собираться 2 раза в год."]);
    let review = send(&app, &made, &[zh.clone(), ru.clone()]);
    assert!(review.text().contains("Look closely"), "{}", review.text());
    confirm(&app, &made, &carried(&review)).location();
    let text = negotiation(&app, &made).text;
    assert_eq!(text.units.len(), 2);
    assert_eq!(text.units[1].text(Lang::Ru), "Постановляют собираться 2 раза в год.");
    let zip = outputs::archive::pack([("a.xml", zh.as_slice())]).unwrap();
    let bomb = outputs::archive::pack([("a.xml", vec![b' '; 40 << 20].as_slice())]).unwrap();
    let entity = "<!DOCTYPE d [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><d>&x;</d>";
    let deep = "<a>".repeat(200_000);
    let large = vec![b' '; (8 << 20) + 1];
    let other = foreign("eng", ["Sample", "Decide to meet."]);
    for (files, sentence) in [
        (vec![entity.as_bytes().to_vec()], "refers to definitions outside of itself"),
        (vec![zip], "cannot be read"),
        (vec![bomb], "cannot be read"),
        (vec![deep.into_bytes()], "no program for texts writes"),
        (vec![large], "too large"),
        (vec![b"<html/>".to_vec()], "not a file of the kind Akoma Ntoso"),
        (vec![other], "a language that this text does not have: English"),
        (vec![ru.clone(), ru.clone()], "in the same language: Русский"),
    ] {
        let answer = send(&app, &made, &files);
        assert_eq!(answer.status, 422, "{sentence}");
        assert!(answer.text().contains(sentence), "{sentence}: {}", answer.text());
    }
    let both = app.as_(Persona::Officer).upload(
        &format!("{made}/import"),
        &[("text.zh", "样本")],
        ("documents", "a.xml", ru.as_slice()),
    );
    assert!(both.text().contains("not both") && both.text().contains("样本"));
    assert_eq!(negotiation(&app, &made).text.units.len(), 2, "nothing more was kept");
}

/// The longest text that there can be, in three languages.
fn longest(app: &TestApp) -> String {
    let made = open(app, &[("authority.en", "translation")]).location().to_owned();
    let lines = |line: &dyn Fn(usize) -> String| -> String {
        (1..=5_000).map(line).collect::<Vec<_>>().join("\n")
    };
    let zh = lines(&|n| {
        format!("第{n}条：各城市每年就用水情况、节水措施及公共绿地建设交流经验，并互派专家。")
    });
    let ru = lines(&|n| {
        format!(
            "Пункт {n}: города ежегодно обмениваются опытом водоснабжения и направляют экспертов."
        )
    });
    let en =
        lines(&|n| format!("Item {n}: the cities share their experience of water every year."));
    let files = [("file.zh", &zh), ("file.ru", &ru), ("file.en", &en)]
        .map(|(field, text)| (field, "t.txt", text.as_bytes()));
    let review = app.as_(Persona::Officer).upload_all(&format!("{made}/import"), &[], &files);
    assert_eq!(review.status, 200);
    assert!(
        review.text().contains("5000 paragraphs were found") || review.text().contains("5,000")
    );
    let shown = review.text().matches("class=\"cell\"").count();
    assert!(shown < 1_000, "{shown} cells of the review are shown");
    let done = confirm(app, &made, &carried(&review));
    assert_eq!(done.location(), made);
    made
}

#[test]
fn the_longest_text_is_imported_read_page_by_page_and_answered_offline() {
    let app = TestApp::new();
    let made = longest(&app);
    let text = negotiation(&app, &made).text;
    assert_eq!(text.units.len(), 5_000);
    assert!(text.units.iter().all(|unit| unit.chains.len() == 3));
    every_page_stays_short(&app, &made, text.units[4_999].id);
    its_answer_sheet_comes_back(&app, &made, &text);
    its_files_come_back(&app, &made);
    let more = import(&app, &made, &[("text.zh", "再一条。")]);
    assert_eq!(more.status, 422, "not one paragraph more");
}

fn every_page_stays_short(app: &TestApp, made: &str, last: UnitId) {
    let [officer, chair] = [Persona::Officer, Persona::Chair].map(|persona| app.as_(persona));
    let contact = app.as_(Persona::FocalA);
    let of_unit = |page: &str| format!("/units/{last}{page}");
    for (reader, page) in [
        (&officer, "?view=side".to_owned()),
        (&officer, "?view=side&page=34".to_owned()),
        (&officer, "/history".to_owned()),
        (&officer, "/as-of?deed=20000&view=side".to_owned()),
        (&officer, "/changes?from=0&to=20000".to_owned()),
        (&officer, "/wordings".to_owned()),
        (&officer, "/amendments".to_owned()),
        (&officer, "/files".to_owned()),
        (&officer, "/support".to_owned()),
        (&officer, "/display".to_owned()),
        (&officer, "/units/new".to_owned()),
        (&officer, of_unit("/place")),
        (&officer, of_unit("/write?in=ru")),
        (&contact, "/consensus".to_owned()),
        (&contact, of_unit("/amend")),
        (&chair, "/console".to_owned()),
        (&chair, format!("/console/{last}")),
    ] {
        let answer = reader.get(&format!("{made}{page}"));
        assert_eq!(answer.status, 200, "{page}");
        assert!(answer.body.len() < 1_500_000, "{page}: {} bytes", answer.body.len());
    }
    let there = officer.get(&format!("{made}/units/{last}"));
    assert!(there.text().contains(&format!("{made}?page=34#u-{last}")), "{}", there.text());
    assert!(officer.get(&format!("{made}?page=34")).text().contains(&format!("id=\"u-{last}\"")));
}

/// The sheet has room for all of it, and its last row is read; too many answers are refused at once.
fn its_answer_sheet_comes_back(app: &TestApp, made: &str, text: &Declaration) {
    let me = app.as_(Persona::FocalA);
    let send =
        |name: &str, bytes: &[u8]| me.upload(&format!("{made}/answer"), &[], ("file", name, bytes));
    for file in ["zh-answer.xlsx", "zh-answer.csv"] {
        let sheet = me.get(&format!("{made}/files/{file}"));
        assert_eq!(sheet.status, 200, "{file}");
        let page = send(file, &sheet.body);
        assert!(page.text().contains("The file proposes nothing"), "{file}: {}", page.text());
    }
    let row = |unit: &Unit| {
        format!("{},{},zh,各城市每季度就用水情况交流一次。,\n", unit.id, unit.seal(Lang::Zh).hex())
    };
    let head = "unit,base,lang,proposed,reason\n";
    let one = send("a.csv", format!("{head}{}", row(&text.units[4_999])).as_bytes());
    assert!(one.text().contains("每季度"), "{}", one.text());
    let all: String = text.units.iter().map(row).collect();
    let all = send("a.csv", format!("{head}{all}").as_bytes());
    let said = all.text().replace(['\u{a0}', ','], "");
    assert!(all.status == 422 && said.contains("changes 5000 paragraphs"), "{said}");
}

/// The Word file is known again, and Akoma Ntoso makes a second text like the first.
fn its_files_come_back(app: &TestApp, made: &str) {
    let me = app.as_(Persona::FocalA);
    let word = me.get(&format!("{made}/files/ru.docx")).body;
    let page = me.upload(&format!("{made}/answer"), &[], ("file", "a.docx", word.as_slice()));
    assert!(page.text().contains("The file proposes nothing"), "{}", page.text());
    let second = open(app, &[("authority.en", "translation")]).location().to_owned();
    let files = Lang::COMPLETE.map(|lang| me.get(&format!("{made}/files/{lang}.akn.xml")).body);
    let review = send(app, &second, &files);
    assert!(review.text().contains("by the names (eId)"), "{}", review.status);
    let laid: Vec<Paragraph> = serde_json::from_str(&carried(&review)).unwrap();
    assert!(laid.len() == 5_000 && laid.iter().all(|p| p.words.len() == 3));
}

#[test]
fn what_could_not_come_back_from_the_review_is_refused_before_it() {
    let app = TestApp::new();
    let made = open(&app, &[]).location().to_owned();
    let line = "город ".repeat(206);
    let text = vec![line.trim(); 5_000].join("\n");
    assert!(text.len() < caravanserai::web::serve::BODY_LIMIT, "it does come in");
    let file = ("file.ru", "text.txt", text.as_bytes());
    let answer = app.as_(Persona::Officer).upload(&format!("{made}/import"), &[], file);
    assert_eq!(answer.status, 422);
    assert!(answer.text().contains("at most 11 MB"), "{}", answer.text().len());
}
