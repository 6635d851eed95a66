//! Reads a workbook or a table that somebody sent: XLSX or CSV bytes to sheets of text.
//!
//! Merged cells hold their text everywhere, dates are ISO 8601. The file is hostile until read:
//! everything is counted against a limit before it is kept, and a broken file is a refusal.

use std::{
    io::{Cursor, Read},
    panic::{AssertUnwindSafe, catch_unwind},
};

use calamine::{
    Data, DataRef, Dimensions, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsx, XlsxError,
};
use domain::{Refusal, workbook::Grid};
use encoding_rs::{Encoding, GB18030, WINDOWS_1251};

use crate::sheet;

/// Most rows of a list.
pub const ROWS: usize = 2_000;
/// Most columns of a sheet.
pub const COLUMNS: usize = 60;
/// Most sheets.
const SHEETS: usize = 20;
/// Most bytes of a workbook's parts once unpacked, and most parts: a small file can hold a huge one.
const UNPACKED: u64 = 48 * 1024 * 1024;
const PARTS: usize = 1_000;
/// Most merged regions of a sheet.
const MERGES: usize = 5_000;

/// How much a file may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Most {
    /// Rows of a sheet.
    pub rows: usize,
    /// Bytes of text in all.
    pub text: usize,
}

/// What a list of people or cities needs.
const LIST: Most = Most { rows: ROWS, text: 2 * 1024 * 1024 };

/// The visible sheets of a list, in their order; the file's own bytes say what kind it is.
pub fn read(bytes: &[u8]) -> Result<Vec<Grid>, Refusal> {
    read_within(bytes, LIST)
}

/// The same of a file that may hold more or less than a list.
pub fn read_within(bytes: &[u8], most: Most) -> Result<Vec<Grid>, Refusal> {
    if bytes.starts_with(b"PK") {
        // A reader of foreign bytes may be wrong in ways that nobody has met yet.
        let done = catch_unwind(AssertUnwindSafe(|| xlsx(bytes, most)));
        return done.unwrap_or_else(|_| Err(unreadable()));
    }
    if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        return Err(Refusal::new("workbook-old-format"));
    }
    table(bytes, most).map(|grid| vec![grid])
}

fn unreadable() -> Refusal {
    Refusal::new("workbook-unreadable")
}

fn too_large(most: Most) -> Refusal {
    Refusal::new("workbook-too-large").with("rows", most.rows).with("columns", COLUMNS)
}

/// The refusal of a list that has become too long by being put together.
pub fn too_long() -> Refusal {
    too_large(LIST)
}

/// Unpacks every part once, keeping nothing, so that the real size is known and not the stated one.
fn measure(bytes: &[u8], most: Most) -> Result<(), Refusal> {
    let mut parts = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| unreadable())?;
    if parts.len() > PARTS {
        return Err(too_large(most));
    }
    let mut left = UNPACKED;
    for at in 0..parts.len() {
        let part = parts.by_index(at).map_err(|_| unreadable())?;
        let size = std::io::copy(&mut part.take(left + 1), &mut std::io::sink())
            .map_err(|_| unreadable())?;
        left = left.checked_sub(size).ok_or_else(|| too_large(most))?;
    }
    Ok(())
}

fn xlsx(bytes: &[u8], most: Most) -> Result<Vec<Grid>, Refusal> {
    measure(bytes, most)?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|e| broken(&e))?;
    let shown =
        |s: &&calamine::Sheet| s.visible == SheetVisible::Visible && s.typ == SheetType::WorkSheet;
    let names: Vec<String> =
        book.sheets_metadata().iter().filter(shown).map(|s| s.name.clone()).collect();
    if names.len() > SHEETS {
        return Err(too_large(most));
    }
    let mut room = Room { most, left: most.text };
    names.into_iter().map(|name| one_sheet(&mut book, name, &mut room)).collect()
}

fn broken(error: &XlsxError) -> Refusal {
    match error {
        XlsxError::Password => Refusal::new("workbook-locked"),
        _ => unreadable(),
    }
}

/// How much more text there may be.
struct Room {
    most: Most,
    left: usize,
}

impl Room {
    fn take(&mut self, text: &str) -> Result<(), Refusal> {
        self.left = self.left.checked_sub(text.len()).ok_or_else(|| too_large(self.most))?;
        Ok(())
    }
}

fn one_sheet(
    book: &mut Xlsx<Cursor<&[u8]>>,
    name: String,
    room: &mut Room,
) -> Result<Grid, Refusal> {
    let merges = book.merge_cells_by_sheet_name(&name).map_err(|e| broken(&e))?;
    let mut grid = Grid { name, ..Grid::default() };
    let mut cells = book.worksheet_cells_reader(&grid.name).map_err(|e| broken(&e))?;
    while let Some(cell) = cells.next_cell().map_err(|e| broken(&e))? {
        let text = text_of(cell.get_value());
        if text.trim().is_empty() {
            continue;
        }
        room.take(&text)?;
        put(&mut grid, cell.get_position(), text, room.most)?;
    }
    fill(&mut grid, &merges, room)?;
    Ok(grid)
}

fn put(
    grid: &mut Grid,
    (row, column): (u32, u32),
    text: String,
    most: Most,
) -> Result<(), Refusal> {
    let place = |n: u32, most: usize| usize::try_from(n).ok().filter(|n| *n < most);
    let (Some(row), Some(column)) = (place(row, most.rows), place(column, COLUMNS)) else {
        return Err(too_large(most));
    };
    if grid.rows.len() <= row {
        grid.rows.resize(row + 1, Vec::new());
    }
    let cells = &mut grid.rows[row];
    if cells.len() <= column {
        cells.resize(column + 1, String::new());
    }
    cells[column] = text;
    Ok(())
}

/// Puts the text of a merged region's first cell into all of it, as far as the sheet reaches.
fn fill(grid: &mut Grid, merges: &[Dimensions], room: &mut Room) -> Result<(), Refusal> {
    if merges.len() > MERGES {
        return Err(too_large(room.most));
    }
    let (height, width) = (grid.rows.len(), grid.width());
    let at = |n: u32| usize::try_from(n).unwrap_or(usize::MAX);
    for merge in merges {
        let (from, to) = (merge.start, merge.end);
        let text = grid.cell(at(from.0), at(from.1)).to_owned();
        if text.is_empty() {
            continue;
        }
        for row in at(from.0)..=at(to.0).min(height.saturating_sub(1)) {
            for column in at(from.1)..=at(to.1).min(width.saturating_sub(1)) {
                if grid.cell(row, column).is_empty() {
                    room.take(&text)?;
                    put(grid, (place(row), place(column)), text.clone(), room.most)?;
                }
            }
        }
    }
    Ok(())
}

fn place(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

fn text_of(value: &DataRef<'_>) -> String {
    match Data::from(value.clone()) {
        Data::Empty => String::new(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text,
        Data::Int(n) => n.to_string(),
        Data::Float(n) => n.to_string(),
        Data::Bool(yes) => yes.to_string(),
        Data::DateTime(at) => moment(at),
        Data::Error(error) => error.to_string(),
    }
}

/// A date cell as ISO 8601: a day, a day and a time, or a time alone.
fn moment(at: ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, milli) = at.to_ymd_hms_milli();
    // A time typed in Excel often lies half a millisecond before the minute that was meant.
    let up = second == 59 && milli >= 500;
    let (hour, minute) = match (up, minute) {
        (true, 59) if hour < 23 => (hour + 1, 0),
        (true, 0..59) => (hour, minute + 1),
        _ => (hour, minute),
    };
    let clock = format!("{hour:02}:{minute:02}");
    match at.as_f64() {
        n if (0.0..1.0).contains(&n) => clock,
        n if n.fract() == 0.0 => format!("{year:04}-{month:02}-{day:02}"),
        _ => format!("{year:04}-{month:02}-{day:02} {clock}"),
    }
}

/// A table with commas, semicolons or tabs between its cells.
fn table(bytes: &[u8], most: Most) -> Result<Grid, Refusal> {
    let text = decoded(bytes).or_else(|refusal| older(bytes).ok_or(refusal))?;
    if text.len() > most.text {
        return Err(too_large(most));
    }
    let head: String = text.lines().take(5).collect();
    let often = |sign: &u8| head.bytes().filter(|b| b == sign).count();
    let delimiter = [b'\t', b';', b','].into_iter().max_by_key(often).unwrap_or(b',');
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let mut grid = Grid::default();
    for record in reader.records() {
        let record = record.map_err(|_| unreadable())?;
        let at = record.position().map_or(0, |p| line(&text, p)).max(grid.rows.len());
        if at >= most.rows || record.len() > COLUMNS {
            return Err(too_large(most));
        }
        grid.rows.resize(at, Vec::new());
        grid.rows.push(record.iter().map(|field| sheet::plain(field).to_owned()).collect());
    }
    Ok(grid)
}

/// The line of a record, from 0. The reader passes over empty lines, which people count.
fn line(text: &str, start: &csv::Position) -> usize {
    let whole = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
    let rest = text.as_bytes().get(whole(start.byte())..).unwrap_or_default();
    let empty = rest.iter().take_while(|b| matches!(b, b'\r' | b'\n')).filter(|b| **b == b'\n');
    whole(start.line()).saturating_sub(1) + empty.count()
}

/// The text of a table: UTF-8, or UTF-16 with its mark, as spreadsheet programs save it.
pub(crate) fn decoded(bytes: &[u8]) -> Result<String, Refusal> {
    let wide = |of: fn([u8; 2]) -> u16| {
        let units: Vec<u16> =
            bytes[2..].chunks_exact(2).map(|pair| of([pair[0], pair[1]])).collect();
        String::from_utf16(&units).map_err(|_| unreadable())
    };
    let text = match bytes {
        [0xFF, 0xFE, ..] => wide(u16::from_le_bytes)?,
        [0xFE, 0xFF, ..] => wide(u16::from_be_bytes)?,
        _ => {
            let plain = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
            let not_utf8 = |_| Refusal::new("workbook-encoding");
            std::str::from_utf8(plain).map_err(not_utf8)?.to_owned()
        }
    };
    if text.contains('\0') { Err(unreadable()) } else { Ok(text) }
}

/// Encodings in which spreadsheet programs in China and in Russia save a table without asking, and words that
/// stand at the head of lists there.
static OLDER: [(&Encoding, &[&str]); 2] = [
    (GB18030, &["姓名", "城市", "代表团", "职务", "请求方", "单位", "会见"]),
    (WINDOWS_1251, &["фио", "ф.и.о", "город", "делегац", "фамил", "должност", "кто просит"]),
];

/// The text of a table in an older encoding; one that holds no such word is not guessed at.
fn older(bytes: &[u8]) -> Option<String> {
    OLDER.iter().find_map(|(encoding, words)| {
        let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
        let folded = text.to_lowercase();
        words.iter().any(|word| folded.contains(word)).then(|| text.into_owned())
    })
}

#[cfg(test)]
#[path = "workbook_tests.rs"]
mod tests;
