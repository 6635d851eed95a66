//! Lists of meetings as offices send them, and that nothing in them is left aside in silence.

use jiff::civil::date;
use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::workbook::clash::{Clash, clashes};

fn side(n: u128) -> DelegationId {
    DelegationId(Uuid::from_u128(n))
}

fn names() -> Names<DelegationId> {
    let all = [
        (1, "梨城", "Грушевск", "Peartown"),
        (2, "李港", "Сливовая Гавань", "Plum Harbour"),
        (3, "杏州", "Абрикосов", "Apricot"),
    ];
    let named = |(n, zh, ru, en): (u128, &str, &str, &str)| {
        (side(n), Text::new(Lang::Zh, zh).and(Lang::Ru, ru).and(Lang::En, en))
    };
    let named = all.map(named);
    named.iter().map(|(side, name)| (*side, name)).collect()
}

fn grid(rows: &[&[&str]]) -> Grid {
    let row = |r: &&[&str]| r.iter().map(|c| (*c).to_owned()).collect();
    Grid { name: String::new(), rows: rows.iter().map(row).collect(), ..Grid::default() }
}

fn listed(grid: &Grid) -> List {
    let around = Around { first: date(2027, 5, 18), last: date(2027, 5, 20) };
    let answers = Answers::default();
    read(grid, &recognise(grid).expect("a heading"), &names(), around, &answers)
}

/// Rows that are not read: the row, the column, why.
fn unread(list: &List) -> Vec<(usize, usize, &str)> {
    let cells = list.unread.iter().flat_map(|(row, cells)| cells.iter().map(move |c| (*row, c)));
    cells.map(|(row, cell)| (row, cell.column, &*cell.refusal.code)).collect()
}

fn notes(list: &List) -> Vec<(usize, &str)> {
    list.notes.iter().map(|(row, note)| (*row, &*note.code)).collect()
}

/// A list as a protocol officer wrote it.
#[test]
fn a_host_office_s_own_list_is_taken_whole() {
    let sheet = grid(&[
        &["双边会见意向", "双边会见意向", "双边会见意向", "双边会见意向", "", "", "", "", ""],
        &[
            "编号",
            "来函日期",
            "提出方",
            "希望见谁",
            "谈什么",
            "多长时间",
            "急不急",
            "意愿/备注",
            "承办人",
        ],
        &["H001", "4.1", "梨城", "李港", "地铁与公交", "20-30分钟", "★", "18日下午3点以后", "小李"],
        &["H002", "4月2日", "", "杏州", "供水", "一刻钟", "可缓", "须市长本人出席", ""],
        &["H003", "", "李港", "杏港", "港口", "一小时", "特急件", "", "老周"],
        &["H004", "", "李港", "杏州", "旅游", "看情况", "", "", ""],
        &["H005", "", "杏州", "李港", "防洪", "30", "", "杏州不来了", ""],
        &["H006", "", "杏州", "梨城、李港", "三方：轨道交通", "1小时", "甲级", "", ""],
        &["", "", "", "共150件", "", "", "", "", ""],
    ]);
    let list = listed(&sheet);
    let asked = |row: usize| {
        let found = list.asked.iter().find(|(at, _)| *at == row);
        found.map(|(_, one)| (one.minutes, one.wish, one.remark.as_str()))
    };
    assert_eq!(asked(2), Some((Some(30), Wish::Must, "18日下午3点以后")));
    assert_eq!(asked(3), Some((Some(15), Wish::Nice, "须市长本人出席")));
    assert_eq!(asked(7), Some((Some(60), Wish::Nice, "甲级")));
    assert_eq!(unread(&list), [(4, 3, "delegation-unknown"), (5, 5, "meeting-length-unread")]);
    assert_eq!(list.cancelled, [(6, "杏州不来了".to_owned())]);
    assert_eq!(list.aside.iter().map(|(row, _)| *row).collect::<Vec<_>>(), [8]);
    let expected = [
        (2, "length-range"),
        (2, "time-wish-kept"),
        (7, "wish-unread"),
        (7, "meeting-of-three"),
        (7, "meeting-parted"),
    ];
    assert_eq!(notes(&list), expected);
    let headed = recognise(&sheet).expect("a heading");
    assert_eq!(headed.unused(&sheet), [(0, 6), (1, 2), (8, 2)]);
    // What the reader says holds for every row.
    let blank = [5].into();
    let answers = Answers { taken: [6].into(), blank, ..Answers::default() };
    let names = names().called("杏港", side(3));
    let around = Around { first: date(2027, 5, 18), last: date(2027, 5, 20) };
    let list = read(&sheet, &headed, &names, around, &answers);
    assert_eq!((unread(&list), &list.cancelled[..]), (Vec::new(), &[][..]));
    let rows: Vec<usize> = list.asked.iter().map(|(row, _)| *row).collect();
    assert_eq!(rows, [2, 3, 4, 5, 6, 7, 7]);
}

#[test]
fn a_russian_office_s_words_are_understood() {
    let list = listed(&grid(&[
        &["Кто просит", "С кем", "О чём", "Продолжительность", "Срочность", "Примечание", "Статус"],
        &["Грушевск", "Абрикосов", "порт", "полчаса", "срочно", "после 15:00", ""],
        &["Грушевск", "Сливовая Гавань", "отмена виз", "1,5 ч", "протокольная", "", ""],
        &["Абрикосов", "Сливовая Гавань", "", "четверть часа", "", "делегация снялась", ""],
        &["Абрикосов", "Сливовая Гавань", "", "", "", "", "отменена"],
        &["", "", "дороги", "", "", "", ""],
        &["Абрикосов", "; ;", "", "", "", "", ""],
    ]));
    let taken: Vec<_> =
        list.asked.iter().map(|(row, one)| (*row, one.minutes, one.wish, &*one.remark)).collect();
    let expected = [
        (1, Some(30), Wish::Must, "после 15:00"),
        (2, Some(90), Wish::Nice, ""),
        (4, None, Wish::Nice, ""),
    ];
    assert_eq!(taken, expected);
    assert_eq!(list.asked[2].1.state, Some(MeetingState::Withdrawn));
    assert_eq!(list.cancelled, [(3, "делегация снялась".to_owned())]);
    // A row that asks for something is no section, though it names nobody.
    // Marks alone name nobody.
    let missing = "meeting-side-missing";
    assert_eq!(unread(&list), [(5, 1, missing), (6, 1, missing)]);
}

#[test]
fn a_russian_list_with_sections_and_repeated_sides() {
    let list = listed(&grid(&[
        &["Двусторонние встречи саммита", "", "", "", "", ""],
        &["№", "Кто просит", "С кем", "Тема", "Длительность", "Статус"],
        &[
            "1",
            "г. Грушевск",
            "Город Абрикосов",
            "общественный транспорт",
            "45 мин",
            "подтверждена",
        ],
        &["2", "", "Сливовая Гавань", "порт", "1,5 ч", "не согласована"],
        &["Второй день", "Второй день", "Второй день", "Второй день", "Второй день", "Второй день"],
        &["3", "Абрикосов", "Делегация г. Яблочный", "", "", ""],
        &["Итого", "Итого", "", "", "", "3"],
    ]));
    let [(2, first), (3, second)] = &list.asked[..] else { panic!("{list:?}") };
    assert_eq!((first.from, first.to, first.minutes), (side(1), side(3), Some(45)));
    assert_eq!(first.state, Some(MeetingState::Accepted));
    assert_eq!(first.purpose, Some(Text::new(Lang::Ru, "общественный транспорт")));
    assert_eq!((second.from, second.to, second.minutes), (side(1), side(2), Some(90)));
    assert_eq!(second.state, Some(MeetingState::Declined));
    assert_eq!(unread(&list), [(5, 2, "delegation-unknown")]);
    assert_eq!(list.aside.iter().map(|(row, _)| *row).collect::<Vec<_>>(), [4, 6]);
}

#[test]
fn a_chinese_list_with_several_partners_in_a_cell() {
    let list = listed(&grid(&[
        &["请求方", "会见对象", "议题", "重要程度", "时长（分钟）"],
        &["梨城市", "李港市、杏州市代表团", "防洪合作", "必须安排", "30"],
    ]));
    let to: Vec<DelegationId> = list.asked.iter().map(|(_, one)| one.to).collect();
    assert_eq!(to, [side(2), side(3)]);
    assert!(list.asked.iter().all(|(_, one)| one.wish == Wish::Must && one.minutes == Some(30)));
}

#[test]
fn two_meetings_of_one_side_at_once_are_a_clash() {
    let list = listed(&grid(&[
        &["From", "To", "Date", "Time"],
        &["Peartown", "Plum Harbour", "18.05.2027", "10:00"],
        &["Apricot", "Peartown", "18.05.2027", "10:20"],
        &["Apricot", "Plum Harbour", "18.05.2027", "10:50"],
    ]));
    let clash = |first, second, n| Clash { delegation: side(n), first, second };
    assert_eq!(clashes(&list.asked, 30), [clash(1, 2, 1)]);
    assert_eq!(clashes(&list.asked, 60), [clash(1, 2, 1), clash(1, 3, 2), clash(2, 3, 3)]);
}

#[test]
fn a_sheet_that_does_not_name_two_sides_is_no_list() {
    assert_eq!(recognise(&grid(&[&["姓名", "职务"], &["范例明", "市长"]])), None);
    assert_eq!(recognise(&Grid::default()), None);
}

const CELLS: &str = "(Грушевск|杏州|30|итого|x|、、|杏州/杏州|取消|)";
const DRESSES: [&str; 6] = ["{}", "г. {}", "ГОРОД {}", "City of {}", " {} ", "делегация г. {}"];

proptest! {
    /// However a name is dressed, it leads to the same delegation.
    #[test]
    fn names_are_found_in_any_dress(
        n in 0usize..3,
        dress in prop::sample::select(DRESSES.to_vec()),
        lang in 1usize..3,
    ) {
        let all = [("梨城", "Грушевск", "Peartown"), ("李港", "Сливовая Гавань", "Plum Harbour"),
            ("杏州", "Абрикосов", "Apricot")];
        let name = [all[n].0, all[n].1, all[n].2][lang];
        let id = side(u128::try_from(n).unwrap() + 1);
        prop_assert_eq!(names().find(&dress.replace("{}", name)), Ok(id));
        prop_assert_eq!(names().find(&format!("{}市代表团", all[n].0)), Ok(id));
    }

    /// No sheet of any words brings the reader down, and every filled row is told of.
    #[test]
    fn every_row_is_read_or_told_of(
        rows in prop::collection::vec(prop::collection::vec(CELLS, 2..5), 0..8),
    ) {
        let mut sheet = grid(&[&["From", "To", "About", "Minutes"]]);
        sheet.rows.extend(rows);
        let list = listed(&sheet);
        let told = list.asked.iter().map(|(row, _)| *row)
            .chain(list.unread.iter().map(|(row, _)| *row))
            .chain(list.aside.iter().map(|(row, _)| *row))
            .chain(list.cancelled.iter().map(|(row, _)| *row))
            .collect::<std::collections::BTreeSet<_>>();
        let filled = (1..sheet.rows.len())
            .filter(|row| sheet.rows[*row].iter().any(|c| !c.trim().is_empty()))
            .collect::<std::collections::BTreeSet<_>>();
        prop_assert_eq!(told, filled);
    }
}
