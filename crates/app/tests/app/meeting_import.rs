//! Requests for meetings from a workbook as an office has it: titles above the heading, merged sides, several
//! partners in a cell, sections and sums; in Chinese and in Russian.

use domain::{
    Lang,
    meeting::{Meeting, MeetingState, Wish},
};
use rust_xlsxwriter::{Format, Workbook};

use crate::{
    delegation::fields,
    harness::{
        Answer, Persona, TestApp,
        fixture::{DELEGATION_A, DELEGATION_B, DELEGATION_C, EDITION},
    },
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

fn meetings(app: &TestApp) -> Vec<Meeting> {
    let all = app.read(|c| store::meeting::of_edition(c, EDITION));
    all.into_iter().map(|one| one.value).collect()
}

/// Sends the page back as a browser would, with more; where it leads, or what it says.
fn back(app: &TestApp, lang: Lang, page: &str, more: &[(&str, &str)]) -> (u16, String) {
    let fields = fields(page);
    let own = fields.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let all: Vec<(&str, &str)> = own.chain(more.iter().copied()).collect();
    let answer = app.as_(Persona::Host).in_(lang).post(&path(), &all);
    let page = answer.text().into_owned();
    (answer.status, if answer.status == 303 { answer.location().to_owned() } else { page })
}

/// Leaves out every row that waits, and stores the rest.
fn store_list(app: &TestApp, page: &Answer, otherwise: &str) -> (u16, String) {
    let more = [("leave-all", "yes"), ("otherwise", otherwise), ("do", "check")];
    let (status, page) = back(app, Lang::En, &page.text(), &more);
    assert_eq!(status, 200, "{page}");
    let leave = page.split("name=\"leave\" value=\"").skip(1);
    let rows: Vec<&str> = leave.filter_map(|rest| rest.split('"').next()).collect();
    let left = rows.iter().map(|row| ("leave", *row));
    let store = [("otherwise", otherwise), ("do", "store")];
    back(app, Lang::En, &page, &left.chain(store).collect::<Vec<_>>())
}

/// Whether a page offers to store.
fn stores(page: &Answer) -> bool {
    page.text().contains("value=\"store\"")
}

#[test]
fn an_untidy_russian_list_is_shown_with_its_clashes_and_stored_whole() {
    let app = TestApp::new();
    let before = meetings(&app).len();
    let page = send(&app, Lang::Ru, &russian());
    let text = page.text();
    assert_eq!(page.status, 200, "{text}");
    for said in [
        "озеленение",
        "Несуществующий</bdi> · 1 строка",
        "Несуществующий",
        "строки 4 и 5",
        "Строка 5:",
    ] {
        assert!(text.contains(said), "{said} in {text}");
    }
    assert_eq!(meetings(&app).len(), before, "nothing is stored before it was seen");
    let (status, said) = back(&app, Lang::Ru, &text, &[("do", "store")]);
    assert_eq!((status, meetings(&app).len()), (422, before), "a row waits: {said}");
    let (status, said) = store_list(&app, &page, "requested");
    assert_eq!(status, 303, "{said}");
    let done = app.as_(Persona::Host).in_(Lang::Ru).get(&said);
    assert!(
        done.text()
            .contains("новых запросов — 2, уже есть или повторяются — 1, не взято строк — 1")
    );
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
    assert!(text.contains("第 5 行") && text.contains("第 6 行"), "{text}");
    assert!(text.contains("很久"), "what cannot be read is quoted: {text}");
    assert_eq!(store_list(&app, &page, "accepted").0, 303);
    let all = meetings(&app);
    let new = all.iter().find(|m| m.from == DELEGATION_B && m.to == DELEGATION_C);
    assert_eq!(new.map(|m| &m.state), Some(&MeetingState::Accepted));
    // Stored again, everything is there already.
    let again = send(&app, Lang::Zh, &chinese());
    assert!(!stores(&again), "nothing to store a second time");
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
    assert!(page.text().contains("Строка 5"), "{}", page.text());
    assert_eq!(store_list(&app, &page, "requested").0, 303);
    let declined = |m: &Meeting| m.state == MeetingState::Declined;
    assert_eq!(meetings(&app).into_iter().filter(declined).count(), 1);
    let again = send(&app, Lang::Ru, &list);
    assert!(!stores(&again), "nothing to store a second time");
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
        assert!(!stores(&page), "{lang}: all of it is known already");
        assert!(page.text().contains("<details"), "{lang}: what is known is told");
    }
}

/// A list as a host office keeps it, with words of its own, nicknames and what is off.
fn own_list() -> Vec<u8> {
    workbook(
        "双边会见意向（演示）",
        &[
            &["来函", "提出方", "希望见谁", "谈什么", "多长时间", "急不急", "意愿/备注", "承办人"],
            &["4.1", "榴城", "桑园", "供水", "20-30分钟", "★", "18日下午3点以后", "小李"],
            &["4.2", "", "杏城", "港口", "30", "", "", "老周"],
            &["4.3", "杏城", "桑园", "旅游", "看情况", "", "", ""],
            &["4.4", "杏城", "榴城", "防洪", "一小时", "", "杏城不来了", ""],
            &["", "", "共4件", "", "", "", "", ""],
        ],
    )
}

#[test]
fn nothing_of_an_office_s_own_list_is_lost_in_silence() {
    let app = TestApp::new();
    let before = meetings(&app).len();
    let page = send(&app, Lang::Zh, &own_list());
    let text = page.text().into_owned();
    assert_eq!(page.status, 200, "{text}");
    for said in [
        "A <bdi>来函</bdi> · 4个单元格",
        "H <bdi>承办人</bdi> · 2个单元格",
        "此行写着“杏城不来了”：仍然采用",
        "“看情况”不是可识别的时长",
        "<bdi>桑园</bdi> · 2行",
        "标题、小计等不含内容的行：1",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    assert!(!text.contains("value=\"store\""), "rows wait: {text}");
    assert!(!text.contains("没有名为“桑园”"), "asked once, not row by row: {text}");
    let (_, left) = back(&app, Lang::Zh, &text, &[("means.桑园", "leave"), ("do", "check")]);
    assert!(
        left.contains("value=\"leave\" selected")
            && left.contains("name=\"leave\" value=\"3\" checked")
    );
    // A nickname is answered once for all rows, and the unread length left empty by one tick.
    let c = DELEGATION_C.to_string();
    let answers = [("means.桑园", c.as_str()), ("blank", "4"), ("do", "check")];
    let (status, shown) = back(&app, Lang::Zh, &text, &answers);
    assert_eq!(status, 200, "{shown}");
    for said in [
        "“20-30分钟”：按 30 分钟记入",
        "时间要求“18日下午3点以后”不会自动进入排期",
        "“看情况”没有采用，该处留空",
        "已有会见：",
    ] {
        assert!(shown.contains(said), "{said}: {shown}");
    }
    let more = [&answers[..2], &[("do", "store")]].concat();
    let (status, said) = back(&app, Lang::Zh, &shown, &more);
    assert_eq!((status, said.ends_with("?stored=2&known=1&untaken=1")), (303, true), "{said}");
    let all = meetings(&app);
    assert_eq!(all.len(), before + 2, "what is cancelled is not taken");
    let found = |a, b| all.iter().find(|m| m.from == a && m.to == b).expect("a meeting");
    let water = found(DELEGATION_A, DELEGATION_C);
    assert_eq!((water.minutes, water.wish), (30, Wish::Must));
    assert_eq!((water.purpose.get(Lang::Zh), &*water.remark), (Some("供水"), "18日下午3点以后"));
    // What the office noted is shown to the office alone: neither side's page nor its list has it.
    let one = format!("/editions/{EDITION}/meetings/{}", water.id);
    let list = format!("/editions/{EDITION}/meetings/export/csv");
    for (persona, shown) in
        [(Persona::Host, true), (Persona::FocalA, false), (Persona::FocalC, false)]
    {
        for path in [&one, &list] {
            let page = app.as_(persona).get(path);
            assert_eq!(page.status, 200, "{persona:?} {path}");
            assert_eq!(page.text().contains("18日下午3点以后"), shown, "{persona:?} {path}");
        }
    }
}

#[test]
fn a_row_that_is_off_is_taken_when_the_reader_says_so() {
    let app = TestApp::new();
    let list = "Кто просит;С кем;Тема;Статус;Примечание\n\
                Гранатовск;Институт шелковицы;порт;;делегация снялась\n\
                Гранатовск;Институт шелковицы;порт ещё раз;;\n";
    let page = send(&app, Lang::Ru, list.as_bytes());
    let (status, _) = back(&app, Lang::Ru, &page.text(), &[("take", "1"), ("do", "check")]);
    assert_eq!(status, 200);
    let (_, page) = back(&app, Lang::Ru, &page.text(), &[("take", "1"), ("do", "check")]);
    assert!(page.contains("повторяет строку 2"), "{page}");
    let (status, said) = back(&app, Lang::Ru, &page, &[("take", "1"), ("do", "store")]);
    assert_eq!((status, said.ends_with("?stored=1&known=1&untaken=0")), (303, true), "{said}");
    let port = meetings(&app).into_iter().find(|m| m.purpose.get(Lang::Ru) == Some("порт"));
    assert_eq!(port.map(|m| m.remark), Some("делегация снялась".to_owned()));
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
        assert_eq!(page.status, 200, "{}", page.text());
        assert!(page.text().contains(said) && !stores(&page), "{}", page.text());
        assert!(page.text().contains("name=\"column.0\""), "the columns can be named");
    }
    let none = app.as_(Persona::Host).post(&path(), &[("grid", "[[1]]"), ("do", "store")]);
    assert_eq!(none.status, 422);
}
