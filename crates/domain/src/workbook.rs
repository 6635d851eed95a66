//! Lists as offices really send them: a title above, a header of several rows, sections, totals,
//! dates as text. Columns are recognised, each row becomes a person or one refusal for each cell,
//! and nothing is left aside in silence.
//!
//! Reading a file into a [`Grid`] is the work of `outputs`; here everything is pure.

pub mod answers;
pub mod cancelled;
pub mod category;
pub mod change;
pub mod clash;
pub mod column;
pub mod date;
pub mod delegation_list;
pub mod filing;
pub mod following;
pub mod header;
pub mod journey;
pub mod length;
pub mod party;
pub mod request;
pub mod row;
pub mod time_wish;
pub mod value;
pub mod wish;

use serde::{Deserialize, Serialize};

use crate::search;

/// One sheet as text: merged cells hold the same text everywhere, dates are ISO 8601.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grid {
    /// The sheet's name.
    pub name: String,
    /// Its rows, from the first; each may be shorter than the widest.
    pub rows: Vec<Vec<String>>,
    /// Rows at which another sheet begins, whose name stands there.
    #[serde(default)]
    pub begins: Vec<usize>,
    /// Names of the workbook's other sheets, which are not read.
    #[serde(default)]
    pub others: Vec<String>,
}

impl Grid {
    /// What stands in a cell; nothing outside the sheet.
    pub fn cell(&self, row: usize, column: usize) -> &str {
        self.rows.get(row).and_then(|r| r.get(column)).map_or("", String::as_str)
    }

    /// The number of columns.
    pub fn width(&self) -> usize {
        self.rows.iter().map(Vec::len).max().unwrap_or(0)
    }
}

/// A text with case, width and punctuation folded away: single words with single spaces between.
pub(crate) fn plain(text: &str) -> String {
    let loose: String = search::fold(text)
        .chars()
        .map(|c| if c.is_alphanumeric() || c == '\u{200C}' { c } else { ' ' })
        .collect();
    loose.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a folded text has one of these words. Han words are found anywhere, others at the start
/// of a word; a word that ends in `$` has to be a whole one.
pub(crate) fn has(plain: &str, words: &[&str]) -> bool {
    let spaced = format!(" {plain} ");
    words.iter().any(|word| match word.strip_suffix('$') {
        Some(whole) => spaced.contains(&format!(" {whole} ")),
        None if word.chars().any(is_han) => plain.contains(word),
        None => spaced.contains(&format!(" {word}")),
    })
}

pub(crate) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '〇')
}
