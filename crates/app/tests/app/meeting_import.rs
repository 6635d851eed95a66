//! Requests for meetings from a workbook as an office has it: titles above the heading, merged sides, several
//! partners in a cell, sections and sums; in Chinese and in Russian.

use domain::{
    Lang,
    meeting::{Meeting, MeetingState, Wish},
};
use rust_xlsxwriter::{Format, Workbook};

use crate::harness::{
    Answer, Persona, TestApp,
    fixture::{DELEGATION_A, DELEGATION_B, DELEGATION_C, EDITION},
};

fn path() -> String {
    format!("/editions/{EDITION}/meetings/import")
}

/// A sheet that is no list, and a list under a merged title, in which the first side is merged over two rows.
fn workbook(title: &str, rows: &[&[&str]]) -> Vec<u8> {
    let (mut book, plain) = (Workbook::new(), Format::new());
    book.add_worksheet().write(3, 2, "2090").expect("a cell");
    let sheet = book.add_worksheet();
    sheet.merge_range(0, 0, 0, 6, title, &plain).expect("a title");
    for (at, row) in (2..).zip(rows) {
        for (column, cell) in (0..).zip(*row) {
            sheet.write(at, column, *cell).expect("a cell");
        }
    }
    sheet.merge_range(3, 1, 4, 1, rows[1][1], &plain).expect("a side");
    book.save_to_buffer().expect("a workbook")
}

fn russian() -> Vec<u8> {
    workbook(
        "ЗАЯВКИ НА ДВУСТОРОННИЕ ВСТРЕЧИ (учебный список)",
        &[
            &["№", "Кто просит", "С кем", "Тема", "Минут", "Важность", "Дата и время"],
            &[
                "1",
                "г. Гранатовск",
                "Институт шелковицы",
                "озеленение",
                "45",
                "высокая",
                "18.05.2090 10:00",
            ],
            &["2", "", "Абрикосово", "", "", "", "18.05.2090 10:30"],
            &["3", "Город Абрикосово", "Институт шелковицы", "", "1 час", "", "18.05.2090 10:30"],
            &["4", "Абрикосово", "Несуществующий", "", "30", "", ""],
            &["Итого", "", "", "", "3", "", ""],
        ],
    )
}

fn chinese() -> Vec<u8> {
    workbook(
        "双边会见请求汇总表（演示）",
        &[
            &["序号", "请求方", "会见对象", "议题", "时长（分钟）", "状态"],
            &["1", "杏城市", "桑园研究所、榴城代表团", "垃圾分类", "30", "已同意"],
            &["2", "", "杏城", "本方", "30", ""],
            &["3", "桑园研究所", "榴城", "城市绿化", "很久", ""],
        ],
    )
}

fn send(app: &TestApp, lang: Lang, bytes: &[u8]) -> Answer {
    app.as_(Persona::Host).in_(lang).upload(&path(), &[], ("file", "requests.xlsx", bytes))
}

/// The list as the page carries it on.
fn grid(page: &Answer) -> String {
    let text = page.text().into_owned();
    let value = text.split("name=\"grid\" value=\"").nth(1).expect("a grid");
    let value = value.split('"').next().expect("a value");
    value.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

fn meetings(app: &TestApp) -> Vec<Meeting> {
    let all = app.read(|c| store::meeting::of_edition(c, EDITION));
    all.into_iter().map(|one| one.value).collect()
}

fn store_list(app: &TestApp, page: &Answer, otherwise: &str) -> Answer {
    let grid = grid(page);
    let fields = [("grid", &*grid), ("otherwise", otherwise), ("do", "store")];
    app.as_(Persona::Host).post(&path(), &fields)
}

#[test]
fn an_untidy_russian_list_is_shown_with_its_clashes_and_stored_whole() {
    let app = TestApp::new();
    let before = meetings(&app).len();
    let page = send(&app, Lang::Ru, &russian());
    let text = page.text();
    assert_eq!(page.status, 200, "{text}");
    for said in ["озеленение", "Строка 7:", "Несуществующий", "строки 4 и 5", "Строка 5:"]
    {
        assert!(text.contains(said), "{said} in {text}");
    }
    assert_eq!(meetings(&app).len(), before, "nothing is stored before it was seen");
    assert_eq!(store_list(&app, &page, "requested").status, 303);
    let all = meetings(&app);
    assert_eq!(all.len(), before + 2, "the pair that has a meeting already is left alone");
    let found = |a, b| all.iter().find(|m| m.from == a && m.to == b).expect("a meeting");
    let green = found(DELEGATION_A, DELEGATION_C);
    assert_eq!((green.minutes, green.wish), (45, Wish::Must));
    assert_eq!(green.state, MeetingState::Requested);
    let other = found(DELEGATION_B, DELEGATION_C);
    assert_eq!((other.minutes, other.wish), (60, Wish::Nice));
    assert!(other.purpose.get(Lang::Zh).is_some(), "what is not said has words in each language");
    let mails = app.as_(Persona::FocalC).get(&format!("/editions/{EDITION}/meetings"));
    assert!(mails.text().contains("Pomegrad") || mails.text().contains("Гранатовск"));
}

#[test]
fn a_chinese_list_names_several_partners_and_says_what_is_agreed() {
    let app = TestApp::new();
    let page = send(&app, Lang::Zh, &chinese());
    let text = page.text();
    assert_eq!(page.status, 200, "{text}");
    assert!(text.contains("第5行：") && text.contains("第6行："), "{text}");
    assert!(text.contains("很久"), "what cannot be read is quoted: {text}");
    assert_eq!(store_list(&app, &page, "accepted").status, 303);
    let all = meetings(&app);
    let new = all.iter().find(|m| m.from == DELEGATION_B && m.to == DELEGATION_C);
    assert_eq!(new.map(|m| &m.state), Some(&MeetingState::Accepted));
    // Stored again, everything is there already.
    let again = send(&app, Lang::Zh, &chinese());
    assert!(!again.text().contains("name=\"grid\""), "nothing to store a second time");
}

#[test]
fn what_did_not_come_about_is_told_once_and_marks_alone_name_nobody() {
    let app = TestApp::new();
    let list = workbook(
        "учебный список",
        &[
            &["№", "Кто просит", "С кем", "Статус"],
            &["1", "Гранатовск", "Институт шелковицы", "отклонена"],
            &["2", "", "; ;", ""],
        ],
    );
    let page = send(&app, Lang::Ru, &list);
    assert!(page.text().contains("Строка 5:"), "{}", page.text());
    assert_eq!(store_list(&app, &page, "requested").status, 303);
    let declined = |m: &Meeting| m.state == MeetingState::Declined;
    assert_eq!(meetings(&app).into_iter().filter(declined).count(), 1);
    let again = send(&app, Lang::Ru, &list);
    assert!(!again.text().contains("name=\"grid\""), "nothing to store a second time");
}

#[test]
fn what_was_exported_is_read_in_again_in_every_language() {
    for lang in Lang::COMPLETE {
        let app = TestApp::new();
        let export = format!("/editions/{EDITION}/meetings/export/xlsx");
        let file = app.as_(Persona::Secretariat).in_(lang).get(&export);
        assert_eq!(file.status, 200);
        let page = send(&app, lang, &file.body);
        assert_eq!(page.status, 200, "{lang}: {}", page.text());
        assert!(!page.text().contains("name=\"grid\""), "{lang}: all of it is known already");
        assert!(page.text().contains("<details"), "{lang}: what is known is told");
    }
}

#[test]
fn a_file_that_is_no_list_says_what_is_missing() {
    let app = TestApp::new();
    let mut book = Workbook::new();
    book.add_worksheet().write(0, 0, "Обед").expect("a cell");
    let bytes = book.save_to_buffer().expect("a workbook");
    for (lang, said) in [(Lang::Zh, "请求方"), (Lang::Ru, "Кто просит"), (Lang::En, "Asked by")]
    {
        let page = send(&app, lang, &bytes);
        assert_eq!(page.status, 422, "{}", page.text());
        assert!(page.text().contains(said), "{}", page.text());
    }
    let none = app.as_(Persona::Host).post(&path(), &[("grid", "[[1]]"), ("do", "store")]);
    assert_eq!(none.status, 422);
}
