//! Delegations: who sees what of them, the declared order, and lists of people from workbooks.

use domain::{Lang, delegation::Task};

use crate::harness::{
    Persona, TestApp,
    fixture::{DELEGATION_A, DELEGATION_B, EDITION, LEADER_A, PERSONAL},
};

const ZH: &[u8] = include_bytes!("../../../../data/demo/workbooks/delegation-zh.xlsx");
const RU: &[u8] = include_bytes!("../../../../data/demo/workbooks/delegation-ru.xlsx");

fn home() -> String {
    format!("/editions/{EDITION}/delegations")
}

fn a() -> String {
    format!("{}/{DELEGATION_A}", home())
}

/// The first value of a hidden field, with the page's escapes undone.
pub(crate) fn hidden(page: &str, name: &str) -> String {
    let after = page.split_once(&format!("name=\"{name}\" value=\"")).expect("the field").1;
    let raw = after.split_once('"').expect("its end").0;
    let undone = raw.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">");
    undone.replace("&amp;", "&")
}

#[test]
fn people_are_for_their_own_side_and_the_office() {
    let app = TestApp::new();
    let reads = [
        (Persona::Secretariat, true),
        (Persona::Host, true),
        (Persona::FocalA, true),
        (Persona::DelegateA, true),
        (Persona::FocalB, false),
        (Persona::FocalC, false),
    ];
    for (persona, own) in reads {
        let who = app.as_(persona).in_(Lang::Ru);
        let list = who.get(&home());
        assert_eq!(list.status, 200, "{persona:?}");
        assert!(list.text().contains("глава города"), "{persona:?}");
        let page = who.get(&a());
        assert_eq!(page.status, 200, "{persona:?}");
        assert_eq!(page.text().contains(PERSONAL), own, "{persona:?}");
        assert_eq!(page.text().contains("Вымыслов"), own, "{persona:?}");
        let file = who.get(&format!("{}/people/export/csv", a()));
        assert_eq!(file.status, if own { 200 } else { 404 }, "{persona:?}");
        let whole = who.get(&format!("{}/export/csv", home()));
        assert!(
            !whole.text().contains(PERSONAL) && !whole.text().contains("Вымыслов"),
            "{persona:?}"
        );
    }
    assert_eq!(app.as_(Persona::Stranger).get(&home()).status, 403);
    assert_eq!(app.get(&a()).status, 303);
}

#[test]
fn only_the_own_side_files_people() {
    let app = TestApp::new();
    let fields = [("name.zh", "余想象"), ("rank", "official"), ("task", "member")];
    let new = format!("{}/people/new", a());
    for (persona, status) in [
        (Persona::FocalB, 404),
        (Persona::FocalC, 404),
        (Persona::DelegateA, 403),
        (Persona::Stranger, 403),
        (Persona::FocalA, 303),
    ] {
        assert_eq!(app.as_(persona).post(&new, &fields).status, status, "{persona:?}");
    }
    // A person is not found below somebody else's delegation.
    let wrong = format!("{}/{DELEGATION_B}/people/{LEADER_A}", home());
    assert_eq!(app.as_(Persona::FocalB).get(&wrong).status, 404);
    assert_eq!(app.as_(Persona::FocalB).post(&format!("{wrong}/remove"), &[]).status, 404);
    assert_eq!(app.read(|c| store::delegate::of_delegation(c, DELEGATION_A)).len(), 2);
}

#[test]
fn a_form_that_is_not_accepted_keeps_what_was_typed() {
    let app = TestApp::new();
    let me = app.as_(Persona::FocalA);
    let fields = [
        ("name.ru", "Образцов\u{202E}"),
        ("office.zh", "<b>副市长</b>"),
        ("rank", "official"),
        ("task", "leader"),
        ("email", "nobody"),
        ("arrival", "после 31 июня"),
    ];
    let page = me.post(&format!("{}/people/new", a()), &fields);
    assert_eq!(page.status, 422);
    for kept in ["&lt;b&gt;副市长&lt;/b&gt;", "после 31 июня", "U+202E", "Give a whole address"]
    {
        assert!(page.text().contains(kept), "{kept}");
    }
    // The rules of the delegation answer on the field that they concern.
    let second = [("name.ru", "Образцов"), ("rank", "head"), ("task", "leader")];
    let page = me.post(&format!("{}/people/new", a()), &second);
    assert_eq!(page.status, 422);
    assert!(page.text().contains("already has a leader"));
    assert_eq!(app.read(|c| store::delegate::of_delegation(c, DELEGATION_A)).len(), 1);
}

#[test]
fn whoever_saves_second_sees_what_stands_and_loses_nothing() {
    let app = TestApp::new();
    let me = app.as_(Persona::FocalA);
    let path = format!("{}/people/{LEADER_A}", a());
    let save = |office: &str| {
        let fields = [
            ("seen", "1"),
            ("name.ru", "Вымыслов Пример Образцович"),
            ("office.ru", office),
            ("rank", "head"),
            ("task", "leader"),
            ("arrival", "16 мая 2090 г., 15:00"),
        ];
        me.post(&path, &fields)
    };
    assert_eq!(save("мэр").status, 303);
    let page = save("аким");
    assert_eq!(page.status, 422);
    assert!(page.text().contains("аким") && page.text().contains("мэр"));
    let stored = app.read(|c| store::delegate::need(c, LEADER_A));
    assert_eq!(stored.value.name.styled[&Lang::Ru].office, "мэр");
    let event = app.read(|c| store::event::of_edition(c, EDITION, 1));
    assert_eq!((event[0].noun.as_str(), event[0].verb.as_str()), ("delegate", "changed"));
}

#[test]
fn the_secretariat_alone_gives_a_place_by_hand() {
    let app = TestApp::new();
    let order = format!("{}/order", home());
    let b = DELEGATION_B.to_string();
    let fields =
        [("seen", "1"), ("delegation", &*b), ("place", "3"), ("reason", "хозяева уступают")];
    assert_eq!(app.as_(Persona::Host).post(&order, &fields).status, 403);
    assert_eq!(app.as_(Persona::FocalA).post(&order, &fields).status, 403);
    let office = app.as_(Persona::Secretariat);
    let bare = office.post(&order, &[("seen", "1"), ("delegation", &*b), ("place", "9")]);
    assert_eq!(bare.status, 422);
    assert!(bare.text().contains("Give the reason"));
    assert_eq!(office.post(&order, &fields).status, 303);
    let list = office.get(&format!("{}/export/csv", home()));
    let last = list.text().lines().last().unwrap_or_default().to_owned();
    assert!(last.starts_with("3,Apricot"), "{last}");
    assert!(!app.as_(Persona::FocalA).get(&home()).text().contains("хозяева уступают"));
    // An order that was looked at before somebody else's change is not written over it.
    assert_eq!(office.post(&order, &fields).status, 422);
}

fn upload(app: &TestApp, bytes: &[u8]) -> String {
    let me = app.as_(Persona::FocalA);
    let answer = me.upload(&format!("{}/import", a()), &[], ("file", "list.xlsx", bytes));
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.text().into_owned()
}

/// The fields of a preview that was left as it is.
pub(crate) fn fields(page: &str) -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> =
        ["grid", "heading", "shown"].map(|n| (n.to_owned(), hidden(page, n))).to_vec();
    let (head, body) =
        fields[1].1.split_once('-').map(|(h, b)| (h.to_owned(), b.to_owned())).unwrap();
    let head: usize = head.parse().unwrap();
    fields.push(("head".to_owned(), (head + 1).to_string()));
    fields.push(("body".to_owned(), body));
    fields.push(("rank".to_owned(), "official".to_owned()));
    let columns = page.split("<select name=\"column.").skip(1);
    for column in columns {
        let at = column.split('"').next().unwrap();
        let chosen = column.split(" selected").next().unwrap().rsplit("value=\"").next().unwrap();
        let value = chosen.split('"').next().unwrap();
        fields.push((format!("column.{at}"), value.to_owned()));
    }
    fields
}

fn send(app: &TestApp, fields: &[(String, String)], more: &[(&str, &str)]) -> (u16, String) {
    let own = fields.iter().map(|(n, v)| (n.as_str(), v.as_str()));
    let all: Vec<(&str, &str)> = own.chain(more.iter().copied()).collect();
    let answer = app.as_(Persona::FocalA).post(&format!("{}/import", a()), &all);
    let said = if answer.status == 303 {
        answer.location().to_owned()
    } else {
        answer.text().into_owned()
    };
    (answer.status, said)
}

/// The exercise stands in 2027, the fixture far ahead.
pub(crate) fn in_2027(app: &TestApp) {
    use jiff::civil::date;
    app.write(|c| {
        let mut edition = store::edition::need(c, EDITION)?;
        (edition.value.first_day, edition.value.last_day) = (date(2027, 5, 18), date(2027, 5, 20));
        store::edition::save(c, &edition.value, edition.version)?;
        let mut own = store::delegation::need(c, DELEGATION_A)?;
        own.value.quota = 15;
        store::delegation::save(c, &own.value, own.version).map(|_| ())
    });
}

fn count(app: &TestApp) -> usize {
    app.read(|c| store::delegate::of_delegation(c, DELEGATION_A)).len()
}

#[test]
fn an_untidy_workbook_is_shown_corrected_and_stored_whole() {
    let app = TestApp::new();
    in_2027(&app);
    for (bytes, row, more) in [(ZH, 12, 6), (RU, 12, 6)] {
        let before = count(&app);
        let page = upload(&app, bytes);
        assert!(page.contains("Row 13"), "{page}");
        assert!(page.contains("is no date"));
        let fields = fields(&page);
        // Nothing is stored while a row is unread, not even what could be read.
        let (status, said) = send(&app, &fields, &[("do", "store")]);
        assert_eq!(status, 422, "{said}");
        assert!(said.contains("Nothing is stored yet"));
        assert_eq!(count(&app), before);
        // Left out, the outcome is seen once more before it is stored.
        let leave = row.to_string();
        let (status, shown) = send(&app, &fields, &[("leave", &leave), ("do", "check")]);
        assert_eq!(status, 200);
        let fields = self::fields(&shown);
        let (status, said) = send(&app, &fields, &[("leave", &leave), ("do", "store")]);
        assert_eq!(status, 303, "{said}");
        assert!(said.ends_with("added=6&changed=0"), "{said}");
        assert_eq!(count(&app), before + more);
    }
    let people = app.read(|c| store::delegate::of_delegation(c, DELEGATION_A));
    let interpreters = people.iter().filter(|p| p.value.task == Task::Interpreter).count();
    assert_eq!(interpreters, 2);
    let last = app.read(|c| store::edition::need(c, EDITION)).value.last_day;
    assert!(people.iter().skip(1).all(|p| p.value.purge_on == domain::delegation::purge_on(last)));
}

#[test]
fn a_corrected_cell_makes_its_row_a_person() {
    let app = TestApp::new();
    in_2027(&app);
    let fields = fields(&upload(&app, ZH));
    let fixes = [("fix.12.1", "梅想好"), ("fix.12.8", "5月19日")];
    let checked = [fixes[0], fixes[1], ("do", "check")];
    let (status, shown) = send(&app, &fields, &checked);
    assert_eq!(status, 200);
    assert!(shown.contains("梅想好"));
    let (status, said) = send(&app, &self::fields(&shown), &[("do", "store")]);
    assert_eq!(status, 303, "{said}");
    assert!(said.ends_with("added=7&changed=0"), "{said}");
}

#[test]
fn what_differs_from_the_preview_is_shown_again() {
    let app = TestApp::new();
    in_2027(&app);
    let table = "ФИО,Должность\nВымыслов Пример Образцович,аким\nНовый Человек,эксперт\n";
    let fields = fields(&upload(&app, table.as_bytes()));
    // Somebody files one of them by hand in between.
    let by_hand = [("name.ru", "Новый Человек"), ("rank", "expert"), ("task", "member")];
    assert_eq!(app.as_(Persona::FocalA).post(&format!("{}/people/new", a()), &by_hand).status, 303);
    let (status, said) = send(&app, &fields, &[("do", "store")]);
    assert_eq!(status, 422);
    assert!(said.contains("no longer the one that was shown"), "{said}");
    assert_eq!(count(&app), 2);
    let (status, said) = send(&app, &self::fields(&said), &[("do", "store")]);
    assert_eq!((status, said.ends_with("added=0&changed=2")), (303, true), "{said}");
}

#[test]
fn the_saved_list_is_sent_back_and_changes_whom_it_names() {
    let app = TestApp::new();
    in_2027(&app);
    let me = app.as_(Persona::FocalA);
    for lang in Lang::COMPLETE {
        let file = me.in_(lang).get(&format!("{}/people/export/csv", a()));
        let office = format!("должность {lang}");
        let stood = app.read(|c| store::delegate::need(c, LEADER_A)).value;
        let list = file.text().replace(&stood.name.styled[&Lang::Ru].office, &office);
        let page = upload(&app, list.as_bytes());
        let (status, said) = send(&app, &fields(&page), &[("do", "store")]);
        assert_eq!((status, said.ends_with("added=0&changed=1")), (303, true), "{said}");
        let now = app.read(|c| store::delegate::need(c, LEADER_A)).value;
        assert_eq!(now.name.styled[&Lang::Ru].office, office);
    }
}

#[test]
fn hostile_files_are_refused_in_one_sentence() {
    let app = TestApp::new();
    let me = app.as_(Persona::FocalA);
    let path = format!("{}/import", a());
    let cases: [(&[u8], &str); 5] = [
        (b"", "Choose a file first"),
        (b"PK\x03\x04nonsense", "cannot be read"),
        (&[0xD0, 0xCF, 0x11, 0xE0, 0xA1], "old format"),
        (&[0xC3, 0x28, 0xA0], "encoding"),
        (b"\n\n", "holds nothing"),
    ];
    for (bytes, said) in cases {
        let answer = me.upload(&path, &[], ("file", "list.xlsx", bytes));
        assert_eq!(answer.status, 422);
        assert!(answer.text().contains(said), "{said}");
    }
    let large = vec![b'x'; 5 * 1024 * 1024];
    let answer = me.upload(&path, &[], ("file", "list.csv", &large));
    assert!(matches!(answer.status, 413 | 422), "{}", answer.status);
    assert_eq!(app.as_(Persona::FocalB).upload(&path, &[], ("file", "list.xlsx", ZH)).status, 404);
}
