//! The lists of the exercise, and files that nobody should send.

use domain::{
    Lang,
    delegation::{Moment, Task},
    precedence::Rank,
    workbook::{
        answers::Answers,
        column::Column,
        date::Around,
        header::{Mapping, recognise},
        row::{self, Row, Stated},
    },
};
use jiff::civil::{date, time};
use proptest::prelude::*;
use rust_xlsxwriter::{ExcelDateTime as Written, Format, Workbook};
use zip::{ZipWriter, write::SimpleFileOptions};

use super::*;

const ZH: &[u8] = include_bytes!("../../../data/demo/workbooks/delegation-zh.xlsx");
const RU: &[u8] = include_bytes!("../../../data/demo/workbooks/delegation-ru.xlsx");
const AROUND: Around = Around { first: date(2027, 5, 18), last: date(2027, 5, 20) };

fn list(bytes: &[u8]) -> (Mapping, Vec<(usize, Row)>) {
    let grids = read(bytes).unwrap();
    assert_eq!(grids.len(), 2);
    assert_eq!(recognise(&grids[1]), None);
    let mapping = recognise(&grids[0]).unwrap();
    let rows = row::read(&grids[0], &mapping, AROUND, &Answers::default());
    (mapping, rows)
}

fn people(rows: &[(usize, Row)]) -> Vec<&Stated> {
    let mut people = Vec::new();
    for (_, row) in rows {
        if let Row::Person(stated, notes) = row {
            assert!(notes.is_empty());
            people.push(&**stated);
        }
    }
    people
}

/// The codes of the one row that cannot be read, and where it stands.
fn unread(rows: &[(usize, Row)]) -> Vec<(usize, Vec<String>)> {
    let codes = |u: &Vec<row::Unread>| u.iter().map(|u| u.refusal.code.clone()).collect();
    rows.iter()
        .filter_map(|(at, row)| match row {
            Row::Unread(unread) => Some((*at, codes(unread))),
            _ => None,
        })
        .collect()
}

fn at(day: i8, hour: i8, minute: i8) -> Option<Moment> {
    Some(Moment { day: date(2027, 5, day), time: Some(time(hour, minute, 0, 0)) })
}

#[test]
fn the_chinese_list_of_the_exercise() {
    let (mapping, rows) = list(ZH);
    assert_eq!((mapping.head, mapping.body), (3, 5));
    let name = |lang| Column::Name(Some(lang));
    let expected = [
        Column::Aside,
        name(Lang::Zh),
        name(Lang::Ru),
        name(Lang::En),
        Column::Office(None),
        Column::Salutation(None),
        Column::Rank,
        Column::Languages,
        Column::Arrival,
        Column::Aside,
        Column::Departure,
        Column::Aside,
    ];
    assert_eq!(mapping.columns, expected);
    let people = people(&rows);
    assert_eq!(people.len(), 6);
    assert_eq!(people[0].name.styled[&Lang::Zh].name, "盛虚名");
    assert_eq!(people[0].name.styled[&Lang::Zh].office, "虚构港市副市长（演示角色）");
    assert_eq!(people[0].name.styled[&Lang::Ru].name, "Шэн Сюймин");
    assert_eq!(people[0].rank, Some(Rank::Deputy));
    assert_eq!(people[0].stay.arrival, at(17, 20, 10));
    assert_eq!(people[2].stay.arrival, Some(Moment { day: date(2027, 5, 17), time: None }));
    assert_eq!(people[3].name.styled[&Lang::Zh].name, "白示");
    assert_eq!(people[3].languages, [Lang::Zh, Lang::Ru]);
    assert_eq!((people[4].rank, people[4].task), (Some(Rank::Companion), Some(Task::Interpreter)));
    assert_eq!(unread(&rows), [(12, vec!["name-missing".to_owned(), "date-unread".to_owned()])]);
    let aside = rows.iter().filter(|(_, row)| matches!(row, Row::Aside(_))).count();
    assert_eq!(aside, 3);
}

#[test]
fn the_russian_list_of_the_exercise() {
    let (mapping, rows) = list(RU);
    assert_eq!((mapping.head, mapping.body), (3, 5));
    let people = people(&rows);
    assert_eq!(people.len(), 6);
    let ru = &people[0].name.styled[&Lang::Ru];
    assert_eq!(
        (ru.name.as_str(), ru.family.as_str()),
        ("Заготовкин Набросок Черновикович", "Заготовкин")
    );
    assert_eq!(people[1].name.styled[&Lang::Ru].name, "Понаслышкина Версия Наброковна");
    assert_eq!(people[0].stay.arrival, at(17, 15, 0));
    assert_eq!(people[4].stay.departure, at(20, 20, 0));
    assert_eq!(people[2].languages, [Lang::Ru, Lang::En]);
    assert_eq!(people[5].rank, Some(Rank::Media));
    assert_eq!(unread(&rows), [(12, vec!["name-pending".to_owned(), "date-unread".to_owned()])]);
}

#[test]
fn date_cells_are_read_as_dates() {
    let mut book = Workbook::new();
    let tab = book.add_worksheet();
    let (day, clock) =
        (Format::new().set_num_format("yyyy-mm-dd"), Format::new().set_num_format("hh:mm"));
    let both = Format::new().set_num_format("dd.mm.yyyy hh:mm");
    let on = Written::from_ymd(2027, 5, 17).unwrap();
    tab.write_datetime_with_format(0, 0, &on, &day).unwrap();
    tab.write_datetime_with_format(0, 1, Written::from_hms(20, 10, 0.0).unwrap(), &clock).unwrap();
    tab.write_datetime_with_format(0, 2, on.and_hms(20, 10, 0.0).unwrap(), &both).unwrap();
    tab.write_number(0, 3, 4).unwrap();
    let grids = read(&book.save_to_buffer().unwrap()).unwrap();
    assert_eq!(grids[0].rows[0], ["2027-05-17", "20:10", "2027-05-17 20:10", "4"]);
}

#[test]
fn tables_with_any_sign_between_their_cells() {
    let rows = |bytes: &[u8]| read(bytes).unwrap()[0].rows.clone();
    let expected = [["姓名", "职务"], ["盛虚名", "副市长; 委员"]];
    assert_eq!(rows("\u{FEFF}姓名,职务\r\n盛虚名,副市长; 委员\r\n".as_bytes()), expected);
    assert_eq!(rows("姓名;职务\n盛虚名;\"副市长; 委员\"\n".as_bytes()), expected);
    assert_eq!(rows("姓名\n\n盛虚名\n".as_bytes()), [vec!["姓名"], vec![], vec!["盛虚名"]]);
    let wide: Vec<u8> = "\u{FEFF}姓名\t职务\n盛虚名\t副市长; 委员\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(rows(&wide), expected);
    let old = encoding_rs::GB18030.encode("姓名,职务\n盛虚名,副市长; 委员\n").0;
    assert_eq!(rows(&old), expected);
    let old = encoding_rs::WINDOWS_1251.encode("ФИО;Город\nВымыслов Пример;Грушевск\n").0;
    assert_eq!(rows(&old), [["ФИО", "Город"], ["Вымыслов Пример", "Грушевск"]]);
    let nothing = encoding_rs::WINDOWS_1251.encode("нечто;иное\n").0;
    assert_eq!(read(&nothing).unwrap_err().code, "workbook-encoding");
    assert_eq!(read(&[0xD0, 0xCF, 0x11, 0xE0, 0]).unwrap_err().code, "workbook-old-format");
    assert_eq!(read(b"PK no such thing").unwrap_err().code, "workbook-unreadable");
}

/// The exercise's list with one part in place of another.
fn with_part(name: &str, body: &[u8]) -> Vec<u8> {
    let mut old = zip::ZipArchive::new(Cursor::new(ZH)).unwrap();
    let mut new = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..old.len() {
        let mut part = old.by_index(at).unwrap();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        let own = part.name().unwrap().into_owned();
        let held = if own == name { body } else { &bytes };
        new.start_file(own, SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut new, held).unwrap();
    }
    new.finish().unwrap().into_inner()
}

const SHEET: &str = "xl/worksheets/sheet1.xml";

fn sheet_xml(data: &str, merges: &str) -> Vec<u8> {
    let ns = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let xml =
        format!("<worksheet xmlns=\"{ns}\"><sheetData>{data}</sheetData>{merges}</worksheet>");
    with_part(SHEET, xml.as_bytes())
}

#[test]
fn a_small_file_that_holds_a_huge_one_is_refused() {
    let bomb = with_part(SHEET, &vec![b' '; 60 * 1024 * 1024]);
    assert!(bomb.len() < 100_000);
    assert_eq!(read(&bomb).unwrap_err().code, "workbook-too-large");
}

#[test]
fn a_cell_at_the_far_corner_costs_nothing() {
    let far = "<row r=\"1048576\"><c r=\"XFD1048576\" t=\"inlineStr\"><is><t>x</t></is></c></row>";
    assert_eq!(read(&sheet_xml(far, "")).unwrap_err().code, "workbook-too-large");
}

#[test]
fn a_merged_region_reaches_no_further_than_the_sheet() {
    let cell = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>x</t></is></c></row>";
    let merges = "<mergeCells><mergeCell ref=\"A1:XFD1048576\"/></mergeCells>";
    assert_eq!(read(&sheet_xml(cell, merges)).unwrap()[0].rows, [["x"]]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Bytes changed anywhere give sheets or a refusal, and sheets within the limits.
    #[test]
    fn broken_files_are_refused_or_read(hits in prop::collection::vec((0..9_000_usize, any::<u8>()), 1..24)) {
        let mut bytes = ZH.to_vec();
        for (at, value) in hits {
            let at = at % bytes.len();
            bytes[at] = value;
        }
        for grid in read(&bytes).unwrap_or_default() {
            prop_assert!(grid.rows.len() <= ROWS && grid.width() <= COLUMNS);
            if let Some(mapping) = recognise(&grid) {
                row::read(&grid, &mapping, AROUND, &Answers::default());
            }
        }
    }

    #[test]
    fn any_bytes_give_an_answer(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        read(&bytes).ok();
    }
}
