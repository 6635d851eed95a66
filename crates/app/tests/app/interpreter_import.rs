//! A roster as offices have it: titles above the heading, merged cells, a heading of two rows, empty rows and
//! sums, columns that must not be kept; in Chinese and in Russian.

use domain::{
    Lang,
    interpreter::{Interpreter, Strength},
};
use rust_xlsxwriter::{Format, Workbook};

use crate::harness::{Answer, Persona, TestApp, fixture::EDITION};

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

/// The list as the page carries it on.
fn grid(page: &Answer) -> String {
    let text = page.text().into_owned();
    let value = text.split("name=\"grid\" value=\"").nth(1).expect("a grid");
    let value = value.split('"').next().expect("a value");
    value.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

fn roster(app: &TestApp) -> Vec<Interpreter> {
    let all = app.read(|c| store::interpreter::of_edition(c, EDITION));
    all.into_iter().map(|one| one.value).collect()
}

#[test]
fn an_untidy_list_in_chinese_or_russian_adds_whom_it_names() {
    let app = TestApp::new();
    for (lang, bytes, new, wrong, secrets) in [
        (Lang::Zh, chinese(), "Chuan Sheng", "第8行：", ["E00000001", "E00000002", "E00000003"]),
        (
            Lang::Ru,
            russian(),
            "Толмачёва Ясна",
            "Строка 7:",
            ["01.02.1980", "03.04.1985", "05.06.1990"],
        ),
    ] {
        let page = send(&app, lang, &bytes);
        assert_eq!(page.status, 200, "{}", page.text());
        for count in ["<strong>1</strong>"].iter().cycle().take(3) {
            assert!(page.text().matches(count).count() >= 3, "{lang}: {}", page.text());
        }
        assert!(page.text().contains(new), "{lang}: {}", page.text());
        assert!(
            page.text().replace(['\u{2068}', '\u{2069}'], "").contains(wrong),
            "{lang}: {}",
            page.text()
        );
        for secret in secrets {
            assert!(!page.text().contains(secret), "{lang}: {secret} came back");
        }
        let before = roster(&app).len();
        let fields = [("grid", grid(&page)), ("do", "store".to_owned())];
        let fields = fields.each_ref().map(|(name, value)| (*name, value.as_str()));
        app.as_(Persona::Host).post(&path(), &fields).location();
        assert_eq!(roster(&app).len(), before + 1, "{lang}");
        // Once more: whoever is there is left alone.
        let again = send(&app, lang, &bytes);
        assert!(
            again.text().contains("<strong>0</strong>") && !again.text().contains("name=\"grid\"")
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
