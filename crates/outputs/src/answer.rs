//! The sheet on which a delegation writes other wordings without a line, and sends them when it has one.
//!
//! Each row is a paragraph with the hash of the words that it was written for, so that what comes back is
//! an amendment to those words, however late it comes.

use domain::{Lang, Refusal, UnitId, declaration::MOST_UNITS, workbook::Grid};

use crate::{
    carrier::Carrier,
    sheet::{Cell, Column, Sheet},
    workbook::{self, Most},
};

/// What the columns are called, in the reader's language: unit, base, language, number, words as they
/// stand, other words, and why. The first three also carry their keys, by which they are found again.
pub type Headings = [String; 7];

const KEYS: [&str; 7] = ["unit", "base", "lang", "number", "stands", "proposed", "reason"];

/// As much as the longest text needs. Words may fill several lines of a table.
const MOST: Most = Most { rows: 4 * MOST_UNITS, text: 8 * 1024 * 1024 };
/// Bytes of the longest word list that a sheet is made of; its keys and the answers need the rest.
const WORDS: usize = 5 * 1024 * 1024;

/// A proposed wording.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The row, counted from 1 as people see it.
    pub row: usize,
    /// The paragraph.
    pub unit: UnitId,
    /// The hash of the words that it was written for.
    pub base: String,
    /// The language.
    pub lang: Lang,
    /// The other words.
    pub text: String,
    /// Why; may be empty.
    pub reason: String,
}

/// The sheet of a text in a language, with room to write. Refused for a text whose sheet could not be read
/// when it comes back.
pub fn sheet(carrier: &Carrier, lang: Lang, headings: &Headings) -> Result<Sheet, Refusal> {
    let words: usize = carrier.paragraphs.iter().map(|p| p.text(lang).len()).sum();
    if words > WORDS {
        return Err(Refusal::new("answer-too-large"));
    }
    let column = |(key, heading): (&'static str, &String)| Column {
        key,
        label: format!("{key} · {heading}"),
    };
    let row = |paragraph: &crate::carrier::Paragraph| {
        vec![
            Cell::from(paragraph.id.to_string()),
            Cell::from(paragraph.seal(lang).hex()),
            Cell::from(lang.code()),
            Cell::from(paragraph.number.clone().unwrap_or_default()),
            Cell::from(paragraph.text(lang)),
            Cell::Empty,
            Cell::Empty,
        ]
    };
    Ok(Sheet {
        title: carrier.reference(),
        lang,
        columns: KEYS.into_iter().zip(headings).map(column).collect(),
        rows: carrier.paragraphs.iter().map(row).collect(),
        exercise: carrier.exercise,
    })
}

/// The rows in which somebody wrote other words, of a CSV or XLSX file that came back.
pub fn read(bytes: &[u8]) -> Result<Vec<Answer>, Refusal> {
    let grids = workbook::read_within(bytes, MOST)?;
    let found = grids.iter().find_map(|grid| Some((grid, columns(grid)?)));
    let (grid, [unit, base, lang, proposed, reason]) =
        found.ok_or(Refusal::new("answer-other-sheet"))?;
    let cell = |row: usize, column| grid.cell(row, column);
    let mut answers = Vec::new();
    for row in 1..grid.rows.len() {
        let text = cell(row, proposed).trim().replace("\r\n", "\n");
        if text.is_empty() {
            continue;
        }
        let broken = || Refusal::new("answer-row").with("row", row + 1);
        answers.push(Answer {
            row: row + 1,
            unit: cell(row, unit).trim().parse().map_err(|_| broken())?,
            base: cell(row, base).trim().to_owned(),
            lang: cell(row, lang).trim().parse().map_err(|()| broken())?,
            text,
            reason: cell(row, reason).trim().to_owned(),
        });
    }
    Ok(answers)
}

/// Where the columns stand that count, whatever their order and language.
fn columns(grid: &Grid) -> Option<[usize; 5]> {
    let head = grid.rows.first()?;
    let place = |key: &str| {
        let is = |cell: &String| cell.split('·').next().is_some_and(|name| name.trim() == key);
        head.iter().position(is)
    };
    let places = ["unit", "base", "lang", "proposed", "reason"].map(place);
    let [Some(unit), Some(base), Some(lang), Some(proposed), Some(reason)] = places else {
        return None;
    };
    Some([unit, base, lang, proposed, reason])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::carrier::sample;
    use proptest::prelude::*;

    fn headings() -> Headings {
        ["段落", "原文", "语言", "号", "现有文字", "建议文字", "理由"].map(str::to_owned)
    }

    /// The sheet with other words in a row.
    fn filled(lang: Lang, row: usize, text: &str) -> Sheet {
        let mut sheet = sheet(&sample::carrier(), lang, &headings()).unwrap();
        sheet.rows[row][5] = Cell::from(text);
        sheet
    }

    #[test]
    fn what_is_written_offline_comes_back_with_its_base() {
        let carrier = sample::carrier();
        let sheet = filled(Lang::Zh, 3, "决定设立\n理事会。");
        let at = "2027-05-18T01:00:00Z".parse().unwrap();
        for file in [sheet.csv().unwrap(), sheet.xlsx(at).unwrap()] {
            let answers = read(&file).unwrap();
            let [one] = answers.as_slice() else { panic!("{answers:?}") };
            assert_eq!((one.unit, one.lang), (carrier.paragraphs[3].id, Lang::Zh));
            assert_eq!(one.base, carrier.paragraphs[3].seal(Lang::Zh).hex());
            assert_eq!(one.text, "决定设立\n理事会。");
        }
    }

    #[test]
    fn another_sheet_is_refused() {
        assert_eq!(read(b"a;b\n1;2\n").unwrap_err().code, "answer-other-sheet");
        let broken = "unit,base,lang,proposed,reason\nx,y,zh,words,\n";
        let refusal = read(broken.as_bytes()).unwrap_err();
        assert_eq!((&*refusal.code, &*refusal.args["row"]), ("answer-row", "2"));
    }

    proptest! {
        #[test]
        fn any_words_come_back(text in "[=+@а-я][а-я ]{0,20}я|می\u{200C}رود|क्\u{200D}ष|新\n的") {
            let answers = read(&filled(Lang::Ru, 4, &text).csv().unwrap()).unwrap();
            prop_assert_eq!(&answers[0].text, &text);
        }

        #[test]
        fn no_sheet_brings_the_reader_down(rest in "[a-z,;\"\n ]{0,60}") {
            let _ = read(format!("unit,base,lang,proposed,reason\n{rest}").as_bytes());
        }
    }
}
