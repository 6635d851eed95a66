//! The list of everybody from an office's own workbook: in Chinese under merged names, in Russian under
//! sections, a sheet for each delegation; shown, corrected, stored whole; and the saved list sent back.

use domain::{
    Lang,
    delegation::{Delegation, Party, Task},
    precedence::Rank,
};
use rust_xlsxwriter::{Format, Workbook};

use crate::{
    delegation::fields,
    harness::{
        Persona, TestApp,
        fixture::{DELEGATION_A, DELEGATION_B, EDITION, LEADER_A, withdraw},
    },
};

fn home() -> String {
    format!("/editions/{EDITION}/delegations")
}

fn import() -> String {
    format!("{}/import", home())
}

/// A workbook of one sheet for each name; the first row of a sheet is a title over its whole width.
fn workbook(sheets: &[(&str, &[&[&str]])]) -> Vec<u8> {
    let (mut book, plain) = (Workbook::new(), Format::new());
    for (name, rows) in sheets {
        let sheet = book.add_worksheet().set_name(*name).expect("a name");
        sheet.merge_range(0, 0, 0, 5, rows[0][0], &plain).expect("a title");
        for (at, row) in (1..).zip(&rows[1..]) {
            for (column, cell) in (0..).zip(*row) {
                sheet.write(at, column, *cell).expect("a cell");
            }
        }
    }
    book.save_to_buffer().expect("a workbook")
}

fn russian() -> Vec<u8> {
    let rows: &[&[&str]] = &[
        &["УЧАСТНИКИ ВСТРЕЧИ (учебный список)"],
        &["№", "ФИО", "Должность", "Категория", "Прибытие", "Номер паспорта"],
        &["Делегация города Гранатовск", "", "", "", "", ""],
        &["1", "Черновиков Набросок", "советник", "официальное лицо", "17.05.2090", "№ 1"],
        &["Город Абрикосово (2 чел.)", "", "", "", "", ""],
        &["2", "Эскизова Проба", "заместитель главы", "глава делегации", "17.05.2090 20:10", ""],
        &["3", "Макетов Образец", "переводчик", "сопровождающий", "послезавтра", ""],
        &["Институт облаков", "", "", "", "", ""],
        &["4", "Шаблонов Пример", "директор", "глава делегации", "", ""],
        &["Итого", "", "", "", "4", ""],
    ];
    workbook(&[("Указания", &[&["Заполните лист «Состав»"]]), ("Состав", rows)])
}

fn delegations(app: &TestApp) -> Vec<Delegation> {
    let all = app.read(|c| store::delegation::of_edition(c, EDITION));
    all.into_iter().map(|v| v.value).collect()
}

fn upload(app: &TestApp, bytes: &[u8]) -> String {
    let answer = app.as_(Persona::Host).upload(&import(), &[], ("file", "list.xlsx", bytes));
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.text().into_owned()
}

fn send(app: &TestApp, page: &str, more: &[(&str, &str)]) -> (u16, String) {
    let fields = fields(page);
    let own = fields.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let all: Vec<(&str, &str)> = own.chain(more.iter().copied()).collect();
    let answer = app.as_(Persona::Host).post(&import(), &all);
    let page = answer.text().into_owned();
    (answer.status, if answer.status == 303 { answer.location().to_owned() } else { page })
}

#[test]
fn a_list_under_sections_is_corrected_and_stored_whole() {
    let app = TestApp::new();
    let before = delegations(&app).len();
    let page = upload(&app, &russian());
    for said in [
        "Институт облаков",
        "is no date",
        "These columns are not stored",
        "These columns are not used",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
    assert!(!page.contains("№ 1"), "a passport");
    let (status, said) = send(&app, &page, &[("do", "store")]);
    assert_eq!((status, said.contains("Nothing is stored yet")), (422, true), "{said}");
    assert_eq!(delegations(&app).len(), before);
    let mended = [("new", "Институт облаков"), ("fix.6.4", "18.05.2090"), ("do", "check")];
    let (status, shown) = send(&app, &page, &mended);
    assert_eq!(status, 200, "{shown}");
    assert!(shown.contains("to be formed") && shown.contains("20:10"));
    let (status, said) = send(&app, &shown, &[("new", "Институт облаков"), ("do", "store")]);
    assert_eq!(status, 303, "{said}");
    assert!(said.ends_with("formed=1&altered=1&added=4&changed=0"), "{said}");
    let done = app.as_(Persona::Host).get(&said);
    let done = done.text();
    let said = "Delegations formed: 1; delegations changed: 1; people added: 4";
    assert!(done.contains(said), "{done}");
    let all = delegations(&app);
    let formed = all.iter().find(|d| d.name.get(Lang::Ru) == Some("Институт облаков")).unwrap();
    assert!(matches!(formed.party, Party::Body(id) if !id.0.is_nil()));
    assert_eq!((formed.rank, formed.quota), (Rank::Head, 8));
    let people = app.read(|c| store::delegate::of_delegation(c, formed.id));
    assert_eq!(people[0].value.task, Task::Leader);
    // Sent once more it changes nothing, and so there is nothing to store.
    let again = upload(&app, &russian());
    let (_, again) = send(&app, &again, &[("fix.6.4", "18.05.2090"), ("do", "check")]);
    assert!(!again.contains("value=\"store\"") && again.contains("as the list says"), "{again}");
}

#[test]
fn a_sheet_for_each_delegation_and_a_row_for_each() {
    let app = TestApp::new();
    let head: &[&str] = &["姓名", "职务", "级别", "电子邮箱", "", ""];
    let sheets = workbook(&[
        ("榴城", &[&["榴城代表团名单"], head, &["余想象", "处长", "官员", "yu@example.org"]]),
        (
            "杏城市",
            &[&["名单（演示）"], head, &["范例明", "副市长", "团长", ""], &["盛虚名", "", "", ""]],
        ),
    ]);
    let (status, said) = send(&app, &upload(&app, &sheets), &[("do", "store")]);
    assert_eq!(
        (status, said.ends_with("formed=0&altered=0&added=3&changed=0")),
        (303, true),
        "{said}"
    );
    let lines = "Город;Глава делегации;Должность;Кол-во;Квота;Рабочий язык;Отбытие\n\
                 Абрикосово;;;3 чел.;9;русский, китайский;21.05.2090 18:00\n";
    let (status, said) = send(&app, &upload(&app, lines.as_bytes()), &[("do", "store")]);
    assert_eq!(
        (status, said.ends_with("formed=0&altered=1&added=0&changed=0")),
        (303, true),
        "{said}"
    );
    let changed = app.read(|c| store::delegation::need(c, DELEGATION_B)).value;
    assert_eq!((changed.quota, changed.languages), (9, vec![Lang::Ru, Lang::Zh]));
    assert_eq!(changed.departure.map(|at| at.to_string()).as_deref(), Some("2090-05-21T18:00:00"));
}

#[test]
fn what_is_saved_is_sent_back_and_only_the_office_may() {
    let app = TestApp::new();
    let host = app.as_(Persona::Host);
    for lang in Lang::COMPLETE {
        for path in ["people/export/xlsx", "export/xlsx"] {
            let file = host.in_(lang).get(&format!("{}/{path}", home()));
            let page = upload(&app, &file.body);
            assert!(!page.contains("value=\"store\""), "{lang} {path}: {page}");
            assert!(
                page.contains("<strong>0</strong><span>rows need you"),
                "{lang} {path}: {page}"
            );
        }
    }
    let file = host.get(&format!("{}/people/export/csv", home()));
    let stood = app.read(|c| store::delegate::need(c, LEADER_A)).value;
    let list = file.text().replace(&stood.name.styled[&Lang::Ru].office, "аким");
    let (status, said) = send(&app, &upload(&app, list.as_bytes()), &[("do", "store")]);
    assert_eq!(
        (status, said.ends_with("formed=0&altered=0&added=0&changed=1")),
        (303, true),
        "{said}"
    );
    let now = app.read(|c| store::delegate::need(c, LEADER_A)).value;
    assert_eq!((&*now.name.styled[&Lang::Ru].office, now.delegation), ("аким", DELEGATION_A));
    for persona in [Persona::FocalA, Persona::DelegateA, Persona::Stranger] {
        assert_eq!(app.as_(persona).get(&import()).status, 403, "{persona:?}");
        let page = app.as_(persona).get(&home());
        assert!(!page.text().contains("delegations/import"), "{persona:?}");
        let file = app.as_(persona).get(&format!("{}/people/export/csv", home()));
        assert_eq!(file.status, 403, "{persona:?}");
    }
}

#[test]
fn bad_lists_come_back_in_one_sentence() {
    let app = TestApp::new();
    let host = app.as_(Persona::Host);
    for (bytes, said) in [
        (&b""[..], "Choose a file first"),
        (b"PK\x03\x04nonsense", "cannot be read"),
        (b"\n\n", "holds nothing"),
    ] {
        let answer = host.upload(&import(), &[], ("file", "list.xlsx", bytes));
        assert_eq!((answer.status, answer.text().contains(said)), (422, true), "{said}");
    }
    app.write(|c| withdraw(c, DELEGATION_B));
    let list = "城市,姓名,人数\n杏城,余想象,\n无名城,盛虚名,\n榴城,梅想好,9999\n,,\n";
    let page = upload(&app, list.as_bytes());
    for said in ["no longer takes part", "neither a city", "无名城", "<strong>3</strong>"] {
        assert!(page.contains(said), "{said}: {page}");
    }
    // A page that was tampered with, and a list that is stored already.
    let (status, _) = send(&app, &page, &[("leave", "18446744073709551615"), ("leave", "-1")]);
    assert_eq!(status, 200);
    let tall = [("head", "1"), ("body", "2000"), ("do", "store")];
    assert_eq!(send(&app, &page, &tall).0, 422);
    let list = "城市,姓名\n新研究所,余想象\n";
    let page = upload(&app, list.as_bytes());
    let (_, page) = send(&app, &page, &[("new", "新研究所"), ("do", "check")]);
    let again = [("new", "新研究所"), ("do", "store")];
    assert_eq!(send(&app, &page, &again).0, 303);
    let (status, said) = send(&app, &page, &again);
    assert_eq!((status, said.contains("as the list says")), (422, true), "{said}");
    let named = |d: &&Delegation| d.name.get(Lang::Zh) == Some("新研究所");
    assert_eq!(delegations(&app).iter().filter(named).count(), 1);
    let list = "城市,姓名\n杏花村,余想象\n";
    let page = upload(&app, list.as_bytes());
    let (_, wrong) = send(&app, &page, &[("means.杏花村", "无此城"), ("do", "check")]);
    assert!(wrong.contains("“无此城” is neither") && wrong.contains("value=\"无此城\""), "{wrong}");
    let (_, right) = send(&app, &page, &[("means.杏花村", "榴城"), ("do", "check")]);
    assert_eq!(figures(&right)[4], "0", "{right}");
    let headless = upload(&app, "1,2\n3,4\n".as_bytes());
    assert!(headless.contains("No heading was recognised"));
    let broken = [("grid", "[]"), ("do", "store")];
    assert_eq!(host.post(&import(), &broken).status, 422);
}

/// A list as a host office keeps it: what is said many times is asked about once, what is off is not taken.
#[test]
fn one_answer_serves_every_row_and_nothing_is_guessed() {
    let app = TestApp::new();
    crate::delegation::in_2027(&app);
    let list = "城市,姓名,职务,级别,职责,离津,接待备注\n\
                榴城,余想象,副部长,副部级,团长,会后次日,清真餐\n\
                榴城,盛虚名,翻译,,,,\n\
                榴城,梅想好,外事办主任,,,5月20日晚,\n\
                杏城,范例明,处长,副部级,,会后次日,\n\
                杏城,施样本,处长,正处级,,,来函：不来了\n";
    let page = upload(&app, list.as_bytes());
    for said in [
        "<bdi>副部级</bdi> · 2 rows",
        "This row says “来函：不来了”: take it all the same",
        "G <bdi>接待备注</bdi> · 2 cells",
        "“5月20日晚”: only the day is stored; “晚” is no hour and is not.",
        "1 person whose category could not be read from the office either is filed",
        "1 person is filed by the office stated.",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
    let answers = [("rank.副部级", "deputy"), ("blank", "5")];
    let (status, page) = send(&app, &page, &[&answers[..], &[("do", "check")]].concat());
    assert_eq!(status, 200, "{page}");
    assert!(page.contains("name=\"lead.1\"") && figures(&page)[4] == "1", "{page}");
    let all = [&answers[..], &[("lead-all", "replace"), ("do", "check")]].concat();
    let (_, page) = send(&app, &page, &all);
    assert!(page.contains("name=\"lead.1\" value=\"replace\" checked"), "{page}");
    let answers = [&answers[..], &[("lead.1", "replace")]].concat();
    let (status, said) = send(&app, &page, &[&answers[..], &[("do", "store")]].concat());
    assert_eq!(
        (status, said.ends_with("formed=0&altered=1&added=4&changed=1")),
        (303, true),
        "{said}"
    );
    let before = app.read(|c| store::delegate::need(c, LEADER_A)).value;
    assert_eq!(before.task, Task::Member, "whoever led steps back");
    let people = app.read(|c| store::delegate::of_delegation(c, DELEGATION_A));
    let named = |name: &str| {
        let found = people
            .iter()
            .find(|p| p.value.name.styled.get(&Lang::Zh).is_some_and(|s| s.name == name));
        found.map(|p| (p.value.rank, p.value.task, p.value.stay.departure.map(|m| m.time)))
    };
    assert_eq!(named("余想象"), Some((Rank::Deputy, Task::Leader, None)));
    assert_eq!(named("盛虚名"), Some((Rank::Companion, Task::Interpreter, None)));
    assert_eq!(named("梅想好"), Some((Rank::Official, Task::Member, Some(None))));
}

/// A list with a row for each delegation: when it comes and goes is the delegation's own, and its level is
/// that of its new head; what is not plain is asked about.
#[test]
fn a_delegation_comes_when_its_row_says_and_is_ranked_as_its_head() {
    let app = TestApp::new();
    crate::delegation::in_2027(&app);
    let may = |day, hour, minute| Some(jiff::civil::date(2027, 5, day).at(hour, minute, 0, 0));
    app.write(|c| {
        let there = store::delegation::need(c, DELEGATION_B)?;
        let (rank, arrival, departure) = (Rank::Official, may(18, 14, 30), may(20, 21, 30));
        let new = Delegation { rank, arrival, departure, ..there.value };
        store::delegation::save(c, &new, there.version)
    });
    let list = |departure: &str| {
        format!(
            "Город;Глава делегации;Должность;Прибытие дата;Прибытие время, рейс;Отъезд\n\
             Абрикосово;Эскизова Проба Ивановна;мэр города;17.05;09:40 SU-204;{departure}\n"
        )
    };
    let page = upload(&app, list("21.05").as_bytes());
    for said in ["name=\"fix.1.5\"", "“21.05” names no hour, and another day is stored"] {
        assert!(page.contains(said), "{said}: {page}");
    }
    assert_eq!(send(&app, &page, &[("do", "store")]).0, 422);
    let stood = || app.read(|c| store::delegation::need(c, DELEGATION_B)).value;
    assert_eq!((stood().arrival, stood().rank), (may(18, 14, 30), Rank::Official));
    // The cell is emptied in its field, or with all those of its column.
    for answer in [("fix.1.5", ""), ("blank", "5")] {
        let (_, page) = send(&app, &page, &[answer, ("do", "check")]);
        assert_eq!(figures(&page), ["0", "1", "1", "0", "0"], "{page}");
        let stay = "17 May 2027 09:40 – 20 May 2027 21:30<br><del>18 May 2027 14:30";
        assert!(page.contains(stay), "{page}");
        assert!(page.contains("“SU-204” is not"), "{page}");
    }
    let (_, page) = send(&app, &page, &[("fix.1.5", "?"), ("do", "check")]);
    assert!(page.contains("“?” names no time yet"), "{page}");
    let (status, said) = send(&app, &page, &[("do", "store")]);
    assert_eq!((status, said.ends_with("altered=1&added=1&changed=0")), (303, true), "{said}");
    let done = app.as_(Persona::Host).get(&said);
    assert!(
        done.text().contains("Delegations formed: 0; delegations changed: 1"),
        "{}",
        done.text()
    );
    let now = stood();
    assert_eq!((now.arrival, now.departure), (may(17, 9, 40), may(20, 21, 30)));
    assert_eq!(now.rank, Rank::Head, "as its head is");
    // The day of what stands is no change; another row of the same delegation must not say another time.
    let again = upload(&app, list("20.05.2027").as_bytes());
    assert_eq!(figures(&again), ["0", "0", "0", "1", "0"], "{again}");
    let two = format!("{}Абрикосово;;;17.05;10:00;\n", list(""));
    let page = upload(&app, two.as_bytes());
    assert!(page.contains("row 2 names another time for the same delegation"), "{page}");
}

#[test]
fn a_slip_of_a_name_is_suggested_and_never_taken() {
    let app = TestApp::new();
    let page = upload(&app, "Город,ФИО\nАбрикосвово,Эскизова Проба\n".as_bytes());
    let named = "name=\"means.Абрикосвово\"";
    let box_ = format!("type=\"checkbox\" {named} value=\"");
    let meant = page.split(&box_).nth(1).and_then(|rest| rest.split('"').next());
    let meant = meant.unwrap_or_else(|| panic!("no suggestion: {page}"));
    assert_eq!((figures(&page)[2], figures(&page)[4]), ("0", "1"), "{page}");
    let (_, page) = send(&app, &page, &[("means.Абрикосвово", meant), ("do", "check")]);
    assert_eq!((figures(&page)[2], figures(&page)[4]), ("1", "0"), "{page}");
    assert!(!page.contains(&box_) && page.contains(named), "{page}");
}

/// The numbers above a preview.
fn figures(page: &str) -> Vec<&str> {
    let all = page.split("<div class=\"figure\"><strong>").skip(1);
    all.filter_map(|rest| rest.split('<').next()).collect()
}

const SUMMIT: [(Lang, &[u8]); 2] = [
    (Lang::Zh, include_bytes!("../../../../data/demo/workbooks/summit-zh.xlsx")),
    (Lang::Ru, include_bytes!("../../../../data/demo/workbooks/summit-ru.xlsx")),
];

/// The hour of a protocol officer: one workbook of the last summit, first its people, then its meetings.
#[test]
fn the_workbook_of_a_whole_summit_is_taken() {
    for (lang, bytes) in SUMMIT {
        let app = TestApp::new();
        crate::delegation::in_2027(&app);
        app.write(caravanserai::seed::real);
        let before = delegations(&app).len();
        let page = upload(&app, bytes);
        assert_eq!(figures(&page), ["40", "0", "117", "0", "2"], "{lang}");
        let leave = page.split("name=\"leave\" value=\"").skip(1);
        let leave: Vec<&str> = leave.filter_map(|rest| rest.split('"').next()).collect();
        let left: Vec<(&str, &str)> = leave.iter().map(|row| ("leave", *row)).collect();
        let (_, page) = send(&app, &page, &[&left[..], &[("do", "check")]].concat());
        let (status, said) = send(&app, &page, &[&left[..], &[("do", "store")]].concat());
        assert_eq!(
            (status, said.ends_with("formed=40&altered=0&added=117&changed=0")),
            (303, true),
            "{said}"
        );
        let all = delegations(&app);
        assert_eq!(all.len(), before + 40);
        let formed: Vec<&Delegation> =
            all.iter().filter(|d| d.arrival.is_some_and(|at| at.year() == 2027)).collect();
        assert!(formed.len() >= 38, "{lang}: {}", formed.len());
        assert!(formed.iter().all(|d| d.rank == Rank::Head && d.departure.is_some()));
        let path = format!("/editions/{EDITION}/meetings/import");
        let host = app.as_(Persona::Host);
        let page = host.upload(&path, &[], ("file", "summit.xlsx", bytes));
        assert_eq!(figures(&page.text())[..3], ["150", "0", "0"], "{lang}");
        assert!(page.text().contains("Clashes in the list"), "{lang}");
    }
}
