//! Lists as offices send them, and that nobody in them comes to the wrong delegation.

use jiff::civil::date;
use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::{
    CityId, Text,
    delegation::{Moment, Task},
    workbook::header::recognise_delegations,
};

fn city(n: u128) -> Party {
    Party::City(CityId(Uuid::from_u128(n)))
}

fn sheet(name: &str, rows: &[&[&str]]) -> Grid {
    let row = |r: &&[&str]| r.iter().map(|c| (*c).to_owned()).collect();
    Grid { name: name.to_owned(), rows: rows.iter().map(row).collect(), ..Grid::default() }
}

fn listed(grid: &Grid, new: &[&str]) -> List {
    let new = new.iter().map(|name| (*name).to_owned()).collect();
    let means = [("Абрикос-сити".to_owned(), "Абрикосов".to_owned())].into();
    answered(grid, &Answers { new, means, ..Answers::default() })
}

fn answered(grid: &Grid, answers: &Answers) -> List {
    let all = [(1, "梨城", "Грушевск"), (2, "李港", "Сливовая Гавань"), (3, "杏州", "Абрикосов")];
    let named = all.map(|(n, zh, ru)| (city(n), Text::new(Lang::Zh, zh).and(Lang::Ru, ru)));
    let names: Names<Party> = named.iter().map(|(party, name)| (*party, name)).collect();
    let around = Around { first: date(2027, 5, 18), last: date(2027, 5, 20) };
    read(grid, &recognise_delegations(grid).expect("a heading"), around, &names, answers)
}

fn filed(list: &List) -> Vec<(usize, Party, Option<String>)> {
    let name = |f: &Filing| {
        let person = f.person.as_ref()?;
        person.name.styled.values().map(|s| s.name.clone()).next()
    };
    let party = |f: &Filing| match f.whose {
        Whose::Known(party) => party,
        Whose::New(_) => panic!("{f:?}"),
    };
    list.filed.iter().map(|f| (f.row, party(f), name(f))).collect()
}

#[test]
fn people_stand_under_the_name_of_their_delegation() {
    let list = listed(
        &sheet(
            "参会人员",
            &[
                &["参会人员名册", "参会人员名册", "参会人员名册", "参会人员名册"],
                &["代表团", "姓名", "职务", "级别"],
                &["梨城市代表团", "范例明", "市长", "团长"],
                &["", "余想象", "处长", "团员"],
                &["李港市", "盛虚名", "副市长", "团长"],
                &["合计", "", "", "3"],
            ],
        ),
        &[],
    );
    let name = |name: &str| Some(name.to_owned());
    let expected =
        [(2, city(1), name("范例明")), (3, city(1), name("余想象")), (4, city(2), name("盛虚名"))];
    assert_eq!(filed(&list), expected);
    assert_eq!(list.aside.iter().map(|(row, _)| *row).collect::<Vec<_>>(), [5]);
    assert_eq!(list.unread, []);
}

#[test]
fn sections_name_the_delegation_of_those_below() {
    let grid = sheet(
        "Список",
        &[
            &["№", "ФИО", "Должность", "Прибытие"],
            &["г. Грушевск (2 чел.)", "г. Грушевск (2 чел.)", "г. Грушевск (2 чел.)", ""],
            &["1", "Вымыслов Пример", "глава города", "17.05.2027"],
            &["Сопровождающие лица", "", "", ""],
            &["2", "Образцов Эскиз", "переводчик", ""],
            &["", "Абрикосов", "", ""],
            &["3", "Черновиков Набросок", "мэр", ""],
            &["", "Итого", "", "3"],
            &["Институт облаков", "", "", ""],
            &["4", "Макетов Проект", "директор", ""],
        ],
    );
    let list = listed(&grid, &[]);
    let parties = |list: &List| filed(list).into_iter().map(|(r, p, _)| (r, p)).collect::<Vec<_>>();
    assert_eq!(parties(&list), [(2, city(1)), (4, city(1)), (6, city(3))]);
    // Nobody is filed with the delegation above when the one that is named is not known.
    let [(9, cells)] = &list.unread[..] else { panic!("{list:?}") };
    assert_eq!(cells[0].refusal.code, "party-unknown");
    assert_eq!(list.strangers, ["Институт облаков".to_owned()].into());
    let list = listed(&grid, &["Институт облаков"]);
    let hidden = "Институт\u{202E}х";
    let rows = sheet("", &[&["Город", "ФИО"], &[hidden, "Макетов Проект"]]);
    let [(1, cells)] = &listed(&rows, &[hidden]).unread[..] else { panic!("a hidden mark") };
    assert_eq!(cells[0].column, 0);
    assert_eq!(list.unread, []);
    assert_eq!(list.filed[3].whose, Whose::New("Институт облаков".to_owned()));
}

#[test]
fn a_row_for_each_delegation() {
    let list = listed(
        &sheet(
            "",
            &[
                &[
                    "Город",
                    "Глава делегации",
                    "Должность",
                    "Кол-во",
                    "Квота",
                    "Прибытие",
                    "Отбытие",
                ],
                &["Грушевск", "Вымыслов Пример", "глава", "5 чел.", "6", "17.05.2027 20:10", ""],
                &["Абрикосов", "", "", "4", "", "17.05.2027 9:00", "20.05.2027"],
                &["Сливовая Гавань", "", "", "много", "", "", ""],
            ],
        ),
        &[],
    );
    let [led, bare] = &list.filed[..] else { panic!("{list:?}") };
    assert_eq!(led.person.as_ref().and_then(|p| p.task), Some(Task::Leader));
    assert_eq!((led.facts.size, led.facts.quota), (Some(5), Some(6)));
    let at = |day, (hour, minute)| Moment {
        day: date(2027, 5, day),
        time: Some(jiff::civil::time(hour, minute, 0, 0)),
    };
    assert_eq!(led.facts.stay.arrival, Some(at(17, (20, 10))), "as whoever leads it");
    assert_eq!((bare.facts.size, &bare.person), (Some(4), &None));
    assert_eq!(bare.facts.stay.arrival, Some(at(17, (9, 0))));
    assert_eq!(bare.facts.stay.departure, Some(Moment { day: date(2027, 5, 20), time: None }));
    let [(3, cells)] = &list.unread[..] else { panic!("{list:?}") };
    assert_eq!((cells[0].column, cells[0].refusal.code.as_str()), (3, "number"));
}

#[test]
fn a_sheet_for_each_delegation_is_one_list() {
    let head: &[&str] = &["姓名", "职务", "级别"];
    let whole = joined(vec![
        sheet("说明", &[&["请填写下表。"]]),
        sheet("梨城", &[&["梨城代表团名单"], head, &["范例明", "市长", "团长"]]),
        sheet("李港", &[head, &["盛虚名", "市长", "团长"], &["余想象", "处长", "团员"]]),
        sheet("会见", &[&["请求方", "会见对象"], &["梨城", "李港"]]),
    ]);
    assert_eq!(whole.name, "梨城");
    let parties: Vec<Party> = filed(&listed(&whole, &[])).into_iter().map(|(_, p, _)| p).collect();
    assert_eq!(parties, [city(1), city(2), city(2)]);
}

/// The parties of a list's people, each once, in their order; `?` for rows that need the reader.
fn sides(rows: &[&[&str]]) -> String {
    let list = listed(&sheet("", rows), &[]);
    let mut all: Vec<(usize, String)> = list
        .filed
        .iter()
        .map(|f| match f.whose {
            Whose::Known(Party::City(id)) => (f.row, id.0.as_u128().to_string()),
            _ => (f.row, "!".to_owned()),
        })
        .collect();
    all.extend(list.unread.iter().map(|(row, _)| (*row, "?".to_owned())));
    all.sort();
    all.into_iter().map(|(_, side)| side).collect()
}

#[test]
fn nobody_is_filed_with_the_delegation_above_another() {
    let ru: &[&str] = &["№", "ФИО", "Должность", "Прибытие"];
    let zh: &[&str] = &["序号", "姓名", "职务", "身份"];
    let one: &[&str] = &["1", "Вымыслов Пример", "мэр", ""];
    let two: &[&str] = &["2", "Образцов Эскиз", "советник", ""];
    let cases: [(&str, &[&[&str]]); 13] = [
        ("13", &[ru, &["г. Грушевск"], one, &["3) Абрикос-сити (1 чел.)"], two]),
        ("13", &[ru, &["г. Грушевск"], one, &["2. Делегация г. Абрикосова"], two]),
        ("13", &[ru, &["1. г. Грушевск"], one, &["Мэрия г. Абрикосов"], two]),
        ("1?", &[ru, &["г. Грушевск"], one, &["Ассоциация предприятий Урала"], two]),
        ("1?", &[ru, &["", "г. Грушевск"], one, &["", "Делегация Республики Слив"], two]),
        ("13", &[ru, &["", "г. Грушевск"], one, &["", "г. Абрикосов", "5 чел."], two]),
        ("13", &[ru, &["", "г. Грушевск"], one, &["2", "г. Абрикосов", "", "18.05.2027"], two]),
        ("11", &[ru, &["г. Грушевск"], one, &["Сопровождающие лица (1 чел.)"], two]),
        ("1?", &[ru, &["г. Грушевск"], one, &["TotalEnergies"], two]),
        ("1?", &[ru, &["г. Грушевск"], one, &["Абрикосов (Турция)"], two]),
        (
            "13",
            &[
                zh,
                &["一、梨城市代表团（5人）"],
                &["1", "张甲", "", ""],
                &["二、杏州市人民政府"],
                &["2", "王丙", "", ""],
            ],
        ),
        (
            "1?",
            &[zh, &["梨城"], &["1", "张甲", "", ""], &["综合计划研究院"], &["2", "王丙", "", ""]],
        ),
        (
            "11",
            &[
                zh,
                &["梨城"],
                &["1", "张甲", "", ""],
                &["随行人员"],
                &["2", "王丙", "", ""],
                &["小计", "2人"],
            ],
        ),
    ];
    for (expected, rows) in cases {
        assert_eq!(sides(rows), expected, "{rows:?}");
    }
}

#[test]
fn what_may_be_two_people_or_none_is_asked_about() {
    let head: &[&str] = &["城市", "团长", "副团长", "Примечание"];
    let cases: [(&str, &[&[&str]]); 6] = [
        ("?", &[&["Город", "ФИО"], &["Грушевск", "Иванов Иван\nПетров Пётр"]]),
        ("1", &[&["Город", "ФИО"], &["Грушевск", "Иванов\nИван Иванович"]]),
        ("?", &[head, &["梨城", "张甲", "李乙", ""]]),
        ("?1", &[&["Город", "ФИО"], &["Грушевск", "#N/A"], &["Грушевск", "Иванов Иван"]]),
        ("1?", &[&["Город", "ФИО"], &["Грушевск", "Иванов Иван"], &["", "Примечание: уточняется"]]),
        (
            "1?",
            &[
                &["Город", "ФИО", "Уровень"],
                &["Грушевск", "Иванов Иван", ""],
                &["Грушевск", "", "переводчик"],
            ],
        ),
    ];
    for (expected, rows) in cases {
        assert_eq!(sides(rows), expected, "{rows:?}");
    }
    // The first person is not taken for the second row of the heading.
    let rows: [&[&str]; 3] = [
        &["City", "Name", "Role"],
        &["梨城", "Ivan Testov", "Head of delegation"],
        &["梨城", "Petr Testov", "Interpreter"],
    ];
    let list = listed(&sheet("", &rows), &[]);
    let tasks: Vec<_> = list.filed.iter().map(|f| f.person.as_ref().and_then(|p| p.task)).collect();
    assert_eq!(tasks, [Some(Task::Leader), Some(Task::Interpreter)]);
}

#[test]
fn another_sheet_begins_anew_and_those_left_are_named() {
    let head: &[&str] = &["姓名", "职务"];
    let whole = joined(vec![
        sheet("梨城", &[head, &["范例明", "市长"]]),
        sheet("媒体", &[head, &["余想象", "记者"]]),
        sheet("会见", &[&["请求方", "会见对象"], &["梨城", "李港"]]),
    ]);
    assert_eq!(whole.others, ["会见"]);
    let list = listed(&whole, &[]);
    assert_eq!((list.filed.len(), list.unread.len()), (1, 1));
    assert_eq!(list.strangers, ["媒体".to_owned()].into());
}

/// A list as a protocol officer wrote it: journeys by the day, grades of offices, a delegation that is off.
#[test]
fn a_host_office_s_own_list_is_taken_or_told_of() {
    let head: &[&str] = &["城市/单位", "团长姓名", "职务", "级别", "抵津", "离津", "接待备注"];
    let rows: &[&[&str]] = &[
        head,
        &["梨城", "范例明", "市长", "正市级", "16日", "5月20日晚", ""],
        &["李港", "余想象", "副部长", "副部级", "5.17 晚", "待告", ""],
        &["杏州", "盛虚名", "副市长", "副市级", "17/5 10:30", "会后次日", ""],
        &["杏州", "梅想好", "翻译", "", "", "", "4月26日来函：不来了（取消）"],
        &["合计", "40个团", "", "", "", "", ""],
    ];
    let sheet = sheet("", rows);
    let list = listed(&sheet, &[]);
    assert_eq!(list.filed.iter().map(|f| f.row).collect::<Vec<_>>(), [1]);
    let codes: Vec<(usize, usize, &str)> = list
        .unread
        .iter()
        .flat_map(|(row, cells)| cells.iter().map(|c| (*row, c.column, &*c.refusal.code)))
        .collect();
    assert_eq!(codes, [(2, 3, "rank-unread"), (3, 5, "date-unread")]);
    assert_eq!(list.cancelled, [(4, "4月26日来函：不来了（取消）".to_owned())]);
    assert_eq!(list.aside.iter().map(|(row, _)| *row).collect::<Vec<_>>(), [5]);
    // One answer for every row that says the same, one tick for a column, one for a row.
    let answers = Answers {
        ranks: [("副部级".to_owned(), Rank::Deputy)].into(),
        blank: [5].into(),
        taken: [4].into(),
        ..Answers::default()
    };
    let list = answered(&sheet, &answers);
    assert_eq!(list.unread, []);
    let people: Vec<_> = list.filed.iter().filter_map(|f| f.person.as_deref()).collect();
    let ranks: Vec<_> = people.iter().map(|p| p.rank).collect();
    assert_eq!(ranks, [Some(Rank::Head), Some(Rank::Deputy), Some(Rank::Deputy), None]);
    assert_eq!(
        people[3].category.map(|c| (c.rank, c.task)),
        Some((Rank::Companion, Some(Task::Interpreter)))
    );
    let arrivals: Vec<_> =
        people.iter().map(|p| p.stay.arrival.map(|m| (m.day.day(), m.time))).collect();
    let time = jiff::civil::time(10, 30, 0, 0);
    assert_eq!(arrivals, [Some((16, None)), Some((17, None)), Some((17, Some(time))), None]);
    assert_eq!(people[0].stay.departure.map(|m| (m.day.day(), m.time)), Some((20, None)));
    assert_eq!(people[2].stay.departure, None);
    let notes: Vec<(usize, &str)> = list.notes.iter().map(|(row, n)| (*row, &*n.code)).collect();
    let expected =
        [(1, "word-beside-day"), (2, "word-beside-day"), (2, "date-pending"), (3, "cell-left")];
    assert_eq!(notes, expected);
}

const CELLS: &str = "(Грушевск|杏州|Вымыслов Пример|12|итого|团员|x|、|17.05.2027|отменено|)";

proptest! {
    /// No sheet of any words brings the reader down, and every filled row is told of once.
    #[test]
    fn every_row_is_filed_or_told_of(
        rows in prop::collection::vec(prop::collection::vec(CELLS, 3..6), 0..9),
    ) {
        let mut grid = sheet("", &[&["Город", "ФИО", "Кол-во", "Прибытие", "Уровень"]]);
        grid.rows.extend(rows);
        let list = listed(&grid, &["x"]);
        let mut told: Vec<usize> = list.filed.iter().map(|f| f.row)
            .chain(list.unread.iter().map(|(row, _)| *row))
            .chain(list.aside.iter().map(|(row, _)| *row))
            .chain(list.cancelled.iter().map(|(row, _)| *row))
            .collect();
        told.sort_unstable();
        let filled: Vec<usize> = (1..grid.rows.len())
            .filter(|row| grid.rows[*row].iter().any(|c| !c.trim().is_empty()))
            .collect();
        prop_assert_eq!(told, filled);
    }
}
