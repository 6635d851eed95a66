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

/// Takes what was laid into the text.
fn take(app: &TestApp, review: &str) -> Answer {
    app.as_(Persona::Officer).post(&format!("{review}/take"), &[])
}

/// The paragraphs that wait behind the address of a review.
fn laid(app: &TestApp, review: &str) -> Vec<Paragraph> {
    let id = review.rsplit('/').next().unwrap().parse().unwrap();
    app.read(|c| store::text_import::paragraphs(c, id))
}

/// Looks at texts, then takes them in.
pub(crate) fn taken(app: &TestApp, made: &str, fields: &[(&str, &str)]) -> Answer {
    take(app, import(app, made, fields).location())
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
    let officer = app.as_(Persona::Officer);
    let review = import(&app, &made, &fields).location().to_owned();
    let page = officer.get(&review);
    assert!(page.text().contains("3 paragraphs were found"));
    assert!(page.text().contains("have no counterpart"));
    assert!(officer.get(&made).text().contains("has no words yet"), "only a look");
    let apart = officer.get(&format!("{review}?apart=yes"));
    assert!(apart.text().contains("回顾以往") && !apart.text().contains("样本宣言</"));
    let waits = officer.get(&format!("{made}/import"));
    assert!(waits.text().contains("3 paragraphs that you laid") && waits.text().contains(&review));
    let back = officer.get(&format!("{made}/import?of=last"));
    assert!(back.text().contains("回顾以往，"), "what was typed is there");
    assert!(back.text().contains("Образец декларации\n\n—\n\nПостановляют"), "as it was laid");
    take(&app, &review).location();
    assert_eq!(take(&app, &review).status, 404, "once");
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
    let page = app.as_(Persona::Officer).get(answer.location());
    assert!(page.text().contains("2 paragraphs were found"));
}

#[test]
fn what_each_paragraph_is_can_be_said_one_by_one_and_for_many() {
    use UnitKind::{Annex, Heading, Operative, Preambular};
    let app = TestApp::new();
    let made = open(&app, &[]).location().to_owned();
    let lines: Vec<String> = (1..=250).map(|n| format!("第{n}条：各城市每年交流经验。")).collect();
    let review = import(&app, &made, &[("text.zh", &lines.join("\n"))]).location().to_owned();
    let officer = app.as_(Persona::Officer);
    let say =
        |path: &str, fields: &[(&str, &str)]| officer.post(&format!("{review}{path}"), fields);
    // The last page of three; what the form says of other pages is taken, too.
    let page = officer.get(&format!("{review}?page=3"));
    assert!(
        page.text().contains("name=\"kind.250\"") && !page.text().contains("name=\"kind.200\"")
    );
    assert!(!page.text().contains("第200条"), "the form carries no text");
    let next = say("?page=1", &[("kind.1", "heading"), ("kind.2", "nonsense"), ("next", "2")]);
    assert_eq!(next.location(), format!("{review}?page=2"));
    say("/range", &[("from", "249"), ("to", "101"), ("kind", "annex")]).location();
    for (from, to, kind) in
        [("", "9", "annex"), ("0", "9", "annex"), ("1", "251", "annex"), ("1", "2", "x")]
    {
        let fields = [("from", from), ("to", to), ("kind", kind)];
        let again = say("/range", &fields);
        assert_eq!(again.status, 422, "{fields:?}");
        assert!(again.text().contains(&format!("value=\"{to}\"")), "{fields:?} stays typed");
    }
    let kinds = |app: &TestApp| -> Vec<UnitKind> {
        laid(app, &review).into_iter().map(|paragraph| paragraph.kind).collect()
    };
    let found = kinds(&app);
    assert_eq!((found[0], found[1]), (Heading, Operative));
    assert!(found[100..249].iter().all(|kind| *kind == Annex));
    assert_eq!((found[99], found[249]), (Operative, Operative));
    // What is chosen on the page and not saved counts when the text is taken in.
    say("/take", &[("kind.2", "preambular")]).location();
    let text = negotiation(&app, &made).text;
    let taken: Vec<UnitKind> = text.units.iter().map(|unit| unit.kind).collect();
    assert_eq!((taken.len(), taken[0], taken[1]), (250, Heading, Preambular));
    assert_eq!(taken[2..], found[2..]);
}

#[test]
fn an_import_is_seen_by_whoever_brought_it_and_goes_after_a_week() {
    let app = TestApp::new();
    let made = open(&app, &[]).location().to_owned();
    let review = import(&app, &made, &[("text.zh", "样本宣言")]).location().to_owned();
    let office = app.as_(Persona::Secretariat);
    for answer in [office.get(&review), office.post(&format!("{review}/take"), &[])] {
        assert_eq!(answer.status, 404);
    }
    assert!(!office.get(&format!("{made}/import")).text().contains("you laid"));
    let again = import(&app, &made, &[("text.zh", "另一宣言")]).location().to_owned();
    assert_eq!(app.as_(Persona::Officer).get(&review).status, 404, "another one took its place");
    let text = made.rsplit('/').next().unwrap().parse().unwrap();
    let all = |app: &TestApp| app.read(|c| store::text_import::of_dossier(c, text));
    let count = |app: &TestApp| all(app).len();
    let at = all(&app)[0].value.at;
    let sweep = |hours| {
        caravanserai::upkeep::sweep(&app.app.db, at + jiff::SignedDuration::from_hours(hours))
    };
    sweep(7 * 24).unwrap();
    assert_eq!(count(&app), 1);
    sweep(7 * 24 + 1).unwrap();
    assert_eq!(count(&app), 0);
    assert_eq!(app.as_(Persona::Officer).get(&again).status, 404);
    let review = import(&app, &made, &[("text.zh", "样本宣言")]).location().to_owned();
    let dropped = app.as_(Persona::Officer).post(&format!("{review}/drop"), &[]);
    assert_eq!((dropped.location(), count(&app)), (format!("{made}/import").as_str(), 0));
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
    let review = review.location().to_owned();
    let page = app.as_(Persona::Officer).get(&review);
    assert!(page.text().contains("by the names (eId)"), "{}", page.text());
    let laid = laid(&app, &review);
    assert!(laid.iter().any(|p| p.words.len() == 3));
    assert!(negotiation(&app, &made).text.units.is_empty(), "only a look");
    take(&app, &review).location();
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
    let review = review.location().to_owned();
    assert!(app.as_(Persona::Officer).get(&review).text().contains("Look closely"));
    take(&app, &review).location();
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
    let review = review.location().to_owned();
    let page = app.as_(Persona::Officer).get(&format!("{review}?page=50"));
    assert!(page.text().contains("5000 paragraphs were found") || page.text().contains("5,000"));
    assert!(page.text().contains("Item 5000:") && page.body.len() < 200_000, "{}", page.body.len());
    assert_eq!(take(app, &review).location(), made);
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
    let review = review.location().to_owned();
    assert!(app.as_(Persona::Officer).get(&review).text().contains("by the names (eId)"));
    let laid = laid(app, &review);
    assert!(laid.len() == 5_000 && laid.iter().all(|p| p.words.len() == 3));
}

#[test]
fn whatever_fits_into_an_upload_can_be_taken_in() {
    let app = TestApp::new();
    let made = open(&app, &[]).location().to_owned();
    let line = "город ".repeat(180);
    let text = vec![line.trim(); 5_000].join("\n");
    let file = ("file.ru", "text.txt", text.as_bytes());
    let review = app.as_(Persona::Officer).upload(&format!("{made}/import"), &[], file);
    take(&app, review.location()).location();
    assert_eq!(negotiation(&app, &made).text.units.len(), 5_000);
    let sheet = app.as_(Persona::FocalA).get(&format!("{made}/files/ru-answer.xlsx"));
    assert_eq!(sheet.status, 409);
    assert!(sheet.text().contains("too long for an answer sheet"), "{}", sheet.text());
    let more = vec![b' '; caravanserai::web::serve::BODY_LIMIT];
    let file = ("file.ru", "text.txt", more.as_slice());
    let answer = app.as_(Persona::Officer).upload(&format!("{made}/import"), &[], file);
    assert_eq!(answer.status, 413);
    assert!(answer.text().contains("at most 11 MB"), "{}", answer.text());
}
