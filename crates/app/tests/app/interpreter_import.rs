//! A roster as offices have it: titles above the heading, merged cells, a heading of two rows, empty rows and
//! sums, columns that must not be kept; in Chinese and in Russian.

use domain::{
    Lang,
    interpreter::{Interpreter, Strength},
};
use rust_xlsxwriter::{Format, Workbook};

use crate::{
    delegation::fields,
    harness::{Answer, Persona, TestApp, fixture::EDITION},
};

fn path() -> String {
    format!("/editions/{EDITION}/interpreters/import")
}

/// A workbook with a sheet that is no list, and a list under a merged title.
fn workbook(title: &str, groups: &[(u16, u16, &str)], rows: &[&[&str]]) -> Vec<u8> {
    let (mut book, plain) = (Workbook::new(), Format::new());
    book.add_worksheet().write(3, 2, "2090").expect("a cell");
    let sheet = book.add_worksheet();
    sheet.merge_range(0, 0, 0, 6, title, &plain).expect("a title");
    for (from, to, name) in groups {
        sheet.merge_range(2, *from, 2, *to, name, &plain).expect("a group");
    }
    for (at, row) in (3..).zip(rows) {
        for (column, cell) in (0..).zip(*row) {
            sheet.write(at, column, *cell).expect("a cell");
        }
    }
    book.save_to_buffer().expect("a workbook")
}

fn chinese() -> Vec<u8> {
    workbook(
        "第二届对话　译员名单（演示）",
        &[(1, 3, "姓名")],
        &[
            &["序号", "中文", "俄文", "英文", "工作语言", "邮箱", "护照号码", "抵达时间"],
            &[
                "1",
                "易 词",
                "И Цы",
                "Yi Ci",
                "中文、俄文",
                "interpreter@example.org",
                "E00000001",
                "",
            ],
            &[
                "2",
                "传 声",
                "Чуань Шэн",
                "Chuan Sheng",
                "中文；俄文、英文",
                "Chuan@Example.org",
                "E00000002",
                "5月16日",
            ],
            &[],
            &["3", "独 语", "", "", "中文", "", "E00000003", ""],
            &["合计", "", "", "", "3人", "", "", ""],
        ],
    )
}

fn russian() -> Vec<u8> {
    workbook(
        "СПИСОК ПЕРЕВОДЧИКОВ (учебный)",
        &[(2, 3, "Пребывание")],
        &[
            &[
                "Ф.И.О.",
                "Рабочие языки",
                "Приезд",
                "Отъезд",
                "Эл. почта",
                "Дата рождения",
                "Примечание",
            ],
            &["Вэнь Гохэ", "китайский, русский", "", "", "confidant@example.org", "01.02.1980", ""],
            &[
                "Толмачёва Ясна Сергеевна",
                "русский и китайский",
                "16.05.2090",
                "20.05.2090",
                "",
                "03.04.1985",
                "кабина 2",
            ],
            &["Безъязычный Пример", "узбекский", "", "", "", "05.06.1990", ""],
        ],
    )
}

fn send(app: &TestApp, lang: Lang, bytes: &[u8]) -> Answer {
    app.as_(Persona::Host).in_(lang).upload(&path(), &[], ("file", "roster.xlsx", bytes))
}

/// Sends the page's form with what the reader says beside it.
fn answer(app: &TestApp, page: &Answer, more: &[(&str, &str)]) -> Answer {
    let fields = fields(&page.text());
    let own = fields.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let all: Vec<(&str, &str)> = own.chain(more.iter().copied()).collect();
    app.as_(Persona::Host).post(&path(), &all)
}

fn roster(app: &TestApp) -> Vec<Interpreter> {
    let all = app.read(|c| store::interpreter::of_edition(c, EDITION));
    all.into_iter().map(|one| one.value).collect()
}

#[test]
fn an_untidy_list_in_chinese_or_russian_adds_whom_it_names() {
    let app = TestApp::new();
    for (lang, bytes, new, wrong, secrets) in [
        (
            Lang::Zh,
            chinese(),
            "Chuan Sheng",
            "name=\"fix.7.4\"",
            ["E00000001", "E00000002", "E00000003"],
        ),
        (
            Lang::Ru,
            russian(),
            "Толмачёва Ясна",
            "name=\"fix.6.1\"",
            ["01.02.1980", "03.04.1985", "05.06.1990"],
        ),
    ] {
        let page = send(&app, lang, &bytes);
        assert_eq!(page.status, 200, "{}", page.text());
        for count in ["<strong>1</strong>"].iter().cycle().take(3) {
            assert!(page.text().matches(count).count() >= 3, "{lang}: {}", page.text());
        }
        assert!(page.text().contains(new), "{lang}: {}", page.text());
        assert!(page.text().contains(wrong), "{lang}: {}", page.text());
        for secret in secrets {
            assert!(!page.text().contains(secret), "{lang}: {secret} came back");
        }
        let before = roster(&app).len();
        // Nothing is stored while a row waits; it is left out, and the page shows what is then stored.
        assert_eq!(answer(&app, &page, &[("do", "store")]).status, 422);
        assert_eq!(roster(&app).len(), before);
        let row = if lang == Lang::Zh { "7" } else { "6" };
        let shown = answer(&app, &page, &[("leave", row), ("do", "check")]);
        answer(&app, &shown, &[("leave", row), ("do", "store")]).location();
        assert_eq!(roster(&app).len(), before + 1, "{lang}");
        // Once more: whoever is there is left alone.
        let again = send(&app, lang, &bytes);
        assert!(
            again.text().contains("<strong>0</strong>")
                && !again.text().contains("value=\"store\"")
        );
    }
    let all = roster(&app);
    let named = |lang, name: &str| {
        let is = |one: &&Interpreter| one.name.styled.get(&lang).is_some_and(|s| s.name == name);
        all.iter().find(is).unwrap_or_else(|| panic!("nobody is called {name}")).clone()
    };
    let (native, active) = (Strength::Native, Strength::Active);
    let chuan = named(Lang::En, "Chuan Sheng");
    let tongues = [(Lang::Zh, native), (Lang::Ru, active), (Lang::En, active)];
    assert_eq!((chuan.email.as_str(), chuan.languages), ("chuan@example.org", tongues.into()));
    let from = chuan.presence[0].from;
    assert_eq!((from.month(), from.day()), (5, 16));
    let yasna = named(Lang::Ru, "Толмачёва Ясна Сергеевна");
    assert_eq!(yasna.languages, [(Lang::Ru, native), (Lang::Zh, active)].into());
    assert_eq!((yasna.presence[0].from.day(), yasna.presence[0].until.day()), (16, 21));
}

/// Presence as agencies write it: from and until, in any of the languages; what cannot be read is asked about
/// where it can be mended.
#[test]
fn presence_is_read_and_what_is_unread_is_mended_on_the_page() {
    let app = TestApp::new();
    crate::delegation::in_2027(&app);
    for (n, name, from, until) in [
        ("Первая", "Фамилия И.О.", "С какого", "По какое"),
        ("Вторая", "ФИО", "Присутствие с", "Присутствие по"),
        ("Третья", "姓名", "自", "至"),
        ("Четвёртая", "Name", "From", "Until"),
    ] {
        let list = format!(
            "{name};Языки;{from};{until};Прим.\n\
             Пробников Пример {n};русский, китайский;18.05.2027 09:00;19 мая;синхрон\n\
             Тестова Пример {n};русский, китайский;с утра 18-го;;\n"
        );
        let bytes = list.as_bytes();
        let host = app.as_(Persona::Host);
        let page = host.upload(&path(), &[], ("file", "roster.csv", bytes));
        assert_eq!(page.status, 200, "{}", page.text());
        for said in ["18 May 2027 09:00", "How the columns are read", "name=\"fix.2.2\"", "Прим."]
        {
            assert!(page.text().contains(said), "{said}: {}", page.text());
        }
        assert!(page.text().contains("corrected and uploaded again"), "{}", page.text());
        let mended = [("fix.2.2", "18 мая"), ("do", "check")];
        let page = answer(&app, &page, &mended);
        answer(&app, &page, &[("do", "store")]).location();
        let all = roster(&app);
        let spans = |who: &str| {
            let named = |one: &&Interpreter| one.name.words().contains(who);
            let one = all.iter().find(named).expect("somebody");
            one.presence.iter().map(|s| format!("{} {}", s.from, s.until)).collect::<Vec<_>>()
        };
        let span = spans(&format!("Пробников Пример {n}"));
        assert_eq!(span, ["2027-05-18T09:00:00 2027-05-20T00:00:00"]);
        assert_eq!(spans(&format!("Тестова Пример {n}")).len(), 1);
    }
}

#[test]
fn what_is_no_list_is_refused_in_words() {
    let app = TestApp::new();
    let list = workbook("x", &[], &[&["Город", "Население"], &["Тутовск", "5"]]);
    let bomb =
        outputs::archive::pack([("xl/workbook.xml", vec![b' '; 90 << 20].as_slice())]).unwrap();
    for (bytes, zh, ru) in [
        (&b""[..], "请先选择文件。", "Сначала выберите файл."),
        (b"PK\x03\x04 no workbook", "无法读取此文件。", "Файл не читается."),
        (&bomb, "文件过大", "слишком велик"),
        (&list, "未能识别姓名列。", "Столбец с именами не распознан."),
    ] {
        for (lang, sentence) in [(Lang::Zh, zh), (Lang::Ru, ru)] {
            let page = send(&app, lang, bytes);
            assert_eq!(page.status, 422, "{sentence}");
            assert!(page.text().contains(sentence), "{sentence}: {}", page.text());
        }
    }
    let broken = app.as_(Persona::Host).post(&path(), &[("grid", "[[1]]"), ("do", "store")]);
    assert_eq!(broken.status, 422);
    assert_eq!(roster(&app).len(), 2);
}
