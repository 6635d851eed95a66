//! A list as a file: columns and rows to CSV and XLSX.
//!
//! What is reopened equals what was exported. No cell ever becomes a formula: a workbook holds it as
//! text, and CSV puts an apostrophe before it, which [`plain`] takes away again.

use domain::Lang;
use jiff::Timestamp;
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError,
};

/// The mark of everything that was written for the demonstration.
pub const EXERCISE: &str = "演示文本 · УЧЕБНЫЙ ТЕКСТ · EXERCISE TEXT";
/// Rows that a workbook can hold beside its heading.
pub const MOST_ROWS: usize = 1_048_575;
/// Characters that a workbook's cell can hold.
const MOST_CELL: usize = 32_767;
/// Characters that a workbook's sheet name can hold.
const MOST_NAME: usize = 31;

/// What stands in one place of a list. Days and instants are ISO 8601 text, so that no program
/// reads them in a zone or an order of its own.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// Words.
    Text(String),
    /// A count.
    Whole(i64),
    /// A measure.
    Decimal(f64),
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::from(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }
}

impl From<i64> for Cell {
    fn from(count: i64) -> Self {
        Self::Whole(count)
    }
}

impl From<f64> for Cell {
    fn from(measure: f64) -> Self {
        Self::Decimal(measure)
    }
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Empty, Into::into)
    }
}

/// One column: its stable key, and its label in the reader's language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// The key, the same in every language.
    pub key: &'static str,
    /// The heading.
    pub label: String,
}

/// A list ready to be saved. Every row has one cell for each column.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// Its name, for the tab of a workbook.
    pub title: String,
    /// The reader's language, which decides the direction of a workbook.
    pub lang: Lang,
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows.
    pub rows: Vec<Vec<Cell>>,
    /// Whether something in it was written for the demonstration: every row and every printed page
    /// then carries [`EXERCISE`].
    pub exercise: bool,
}

/// Why a list cannot be saved.
#[derive(Debug, thiserror::Error)]
pub enum SheetError {
    /// More than the format can hold.
    #[error("the list does not fit into a workbook")]
    TooLarge,
    /// The file could not be written.
    #[error("workbook: {0}")]
    Workbook(#[from] XlsxError),
    /// The file could not be written.
    #[error("CSV: {0}")]
    Csv(String),
}

impl Sheet {
    /// UTF-8 with a byte order mark, for spreadsheet programs, and the line ends of RFC 4180.
    pub fn csv(&self) -> Result<Vec<u8>, SheetError> {
        let whole = self.marked();
        let broken = |e: csv::Error| SheetError::Csv(e.to_string());
        let mut writer = csv::WriterBuilder::new()
            .terminator(csv::Terminator::CRLF)
            .from_writer(vec![0xEF, 0xBB, 0xBF]);
        writer.write_record(whole.columns.iter().map(|c| neutral(&c.label))).map_err(broken)?;
        for row in &whole.rows {
            writer.write_record(row.iter().map(written)).map_err(broken)?;
        }
        writer.into_inner().map_err(|e| SheetError::Csv(e.to_string()))
    }

    /// A workbook made at an instant.
    pub fn xlsx(&self, at: Timestamp) -> Result<Vec<u8>, SheetError> {
        let whole = self.marked();
        if whole.rows.len() > MOST_ROWS {
            return Err(SheetError::TooLarge);
        }
        let mut book = Workbook::new();
        let made = ExcelDateTime::from_timestamp(at.as_second())?;
        book.set_properties(&DocProperties::new().set_creation_datetime(&made));
        let tab = book.add_worksheet();
        tab.set_name(tab_name(&whole.title))?.set_right_to_left(whole.lang == Lang::Fa);
        whole.fill(tab)?;
        tab.set_freeze_panes(1, 0)?.set_repeat_rows(0, 0)?.set_landscape().autofit();
        if whole.exercise {
            tab.set_header(format!("&C{EXERCISE}"));
        }
        Ok(book.save_to_buffer()?)
    }

    fn fill(&self, tab: &mut Worksheet) -> Result<(), SheetError> {
        let bold = Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Top);
        let quoted = Format::new().set_quote_prefix();
        for (x, column) in (0_u16..).zip(&self.columns) {
            tab.write_string_with_format(0, x, &column.label, &bold)?;
        }
        for (y, row) in (1_u32..).zip(&self.rows) {
            for (x, cell) in (0_u16..).zip(row) {
                put(tab, (y, x), cell, &quoted)?;
            }
        }
        Ok(())
    }

    /// The list with the mark of the demonstration in a last column, when it needs one.
    fn marked(&self) -> Sheet {
        let mut whole = self.clone();
        if whole.exercise {
            whole.columns.push(Column { key: "mark", label: "※".to_owned() });
            whole.rows.iter_mut().for_each(|row| row.push(Cell::from(EXERCISE)));
        }
        whole
    }
}

fn put(
    tab: &mut Worksheet,
    (y, x): (u32, u16),
    cell: &Cell,
    quoted: &Format,
) -> Result<(), SheetError> {
    match cell {
        Cell::Empty => {}
        Cell::Whole(n) => match exact(*n) {
            Some(number) => {
                tab.write_number(y, x, number)?;
            }
            None => {
                tab.write_string(y, x, n.to_string())?;
            }
        },
        Cell::Decimal(n) if n.is_finite() => {
            tab.write_number(y, x, *n)?;
        }
        Cell::Decimal(n) => {
            tab.write_string(y, x, n.to_string())?;
        }
        Cell::Text(text) if text.chars().count() > MOST_CELL => return Err(SheetError::TooLarge),
        Cell::Text(text) if calculates(text) => {
            tab.write_string_with_format(y, x, text, quoted)?;
        }
        Cell::Text(text) => {
            tab.write_string(y, x, text)?;
        }
    }
    Ok(())
}

/// A count as a workbook holds it, when nothing is lost: workbooks count in binary64.
fn exact(n: i64) -> Option<f64> {
    const MOST: u64 = 1 << 53;
    let magnitude = n.unsigned_abs();
    if magnitude > MOST {
        return None;
    }
    n.to_string().parse().ok()
}

/// A sheet name within the format's rules.
fn tab_name(title: &str) -> String {
    let sound = |c: &char| !"[]:*?/\\'".contains(*c) && !c.is_control();
    let name: String = title.chars().filter(sound).take(MOST_NAME / 2).collect();
    if name.trim().is_empty() { "1".to_owned() } else { name }
}

fn written(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => neutral(text),
        Cell::Whole(n) => n.to_string(),
        Cell::Decimal(n) => n.to_string(),
    }
}

/// Whether a spreadsheet program could take the text of a CSV field for a formula.
fn calculates(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

/// A text as a CSV field that no program calculates. Apostrophes that stand before a formula
/// already are kept apart by one more, so that [`plain`] gives back exactly what went in.
pub fn neutral(text: &str) -> String {
    if calculates(text.trim_start_matches('\'')) { format!("'{text}") } else { text.to_owned() }
}

/// The text that [`neutral`] was given.
pub fn plain(field: &str) -> &str {
    match field.strip_prefix('\'') {
        Some(rest) if calculates(rest.trim_start_matches('\'')) => rest,
        _ => field,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::{Data, Reader, Xlsx};
    use proptest::prelude::*;
    use std::io::Cursor;

    fn sheet(rows: Vec<Vec<Cell>>, exercise: bool) -> Sheet {
        let column = |key, label: &str| Column { key, label: label.to_owned() };
        let columns =
            vec![column("name", "名称"), column("number", "Число"), column("part", "Part")];
        Sheet { title: "城市 / Города".to_owned(), lang: Lang::Zh, columns, rows, exercise }
    }

    fn reopened_xlsx(bytes: Vec<u8>) -> Vec<Vec<Cell>> {
        let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap();
        let range = book.worksheet_range_at(0).unwrap().unwrap();
        let cell = |data: &Data| match data {
            Data::Empty => Cell::Empty,
            Data::String(text) => Cell::Text(text.clone()),
            Data::Float(n) => Cell::Decimal(*n),
            other => panic!("{other:?}"),
        };
        range.rows().map(|row| row.iter().map(cell).collect()).collect()
    }

    fn reopened_csv(bytes: &[u8]) -> Vec<Vec<String>> {
        let body = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap();
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(body);
        let row = |r: csv::StringRecord| r.iter().map(|f| plain(f).to_owned()).collect();
        reader.records().map(|r| row(r.unwrap())).collect()
    }

    /// What a workbook gives back for a cell: every number as binary64.
    fn expected(cell: &Cell) -> Cell {
        match cell {
            Cell::Whole(n) => exact(*n).map_or(Cell::Text(n.to_string()), Cell::Decimal),
            other => other.clone(),
        }
    }

    #[test]
    fn no_cell_becomes_a_formula() {
        for hostile in ["=1+1", "+7", "-2", "@SUM(A1)", "\t=1", "＝1", "'=1"] {
            let text = String::from_utf8(
                sheet(vec![vec![hostile.into(), Cell::Empty, Cell::Empty]], false).csv().unwrap(),
            )
            .unwrap();
            let field = text.lines().nth(1).unwrap().trim_start_matches('"').to_owned();
            assert!(field.starts_with('\''), "{field}");
        }
        assert_eq!(neutral("Orsk's"), "Orsk's");
        assert_eq!(plain("'tis"), "'tis");
    }

    #[test]
    fn the_mark_of_the_demonstration_is_in_every_row() {
        let rows = vec![vec!["样例".into(), 3.into(), Cell::Empty]; 2];
        let sheet = sheet(rows, true);
        let at = "2027-05-18T01:00:00Z".parse().unwrap();
        let reopened = reopened_xlsx(sheet.xlsx(at).unwrap());
        assert!(reopened[1..].iter().all(|row| row[3] == Cell::from(EXERCISE)));
        assert!(reopened_csv(&sheet.csv().unwrap())[1..].iter().all(|row| row[3] == EXERCISE));
    }

    #[test]
    fn the_same_list_at_the_same_instant_is_the_same_file() {
        let sheet = sheet(vec![vec!["天津".into(), 1.into(), 0.5.into()]], false);
        let at = "2027-05-18T01:00:00Z".parse().unwrap();
        assert_eq!(sheet.xlsx(at).unwrap(), sheet.xlsx(at).unwrap());
    }

    fn any_row() -> impl Strategy<Value = Vec<Cell>> {
        let text =
            prop_oneof!["\\PC{0,12}", "['=+@-]{1,3}[a-z1]{0,3}", "_x[0-9]{4}_", "[ \n]{1,3}"];
        (text, any::<Option<i64>>(), any::<Option<i32>>()).prop_map(|(text, whole, part)| {
            vec![text.into(), whole.into(), part.map(|n| f64::from(n) / 8.0).into()]
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn reopened_equals_exported(rows in prop::collection::vec(any_row(), 1..6)) {
            let sheet = sheet(rows, false);
            let at = "2027-05-18T01:00:00Z".parse().unwrap();
            let mut workbook = reopened_xlsx(sheet.xlsx(at).unwrap()).into_iter().skip(1);
            let table = reopened_csv(&sheet.csv().unwrap());
            prop_assert_eq!(table.len(), sheet.rows.len() + 1);
            for (row, fields) in sheet.rows.iter().zip(&table[1..]) {
                let wanted: Vec<Cell> = row.iter().map(expected).collect();
                // A workbook does not keep empty rows and columns at its lower and right edges.
                let mut found = workbook.next().unwrap_or_default();
                found.resize(wanted.len(), Cell::Empty);
                prop_assert_eq!(found, wanted);
                let fields: Vec<String> = fields.clone();
                let texts: Vec<String> = row.iter().map(|c| plain(&written(c)).to_owned()).collect();
                prop_assert_eq!(fields, texts);
            }
        }
    }
}
