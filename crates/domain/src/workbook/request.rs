//! A list of requested bilaterals as an office has it: who asks, who is asked, about what, for how long,
//! how it stands. One row may name several partners; a blank cell repeats the side above it. What has no
//! place of its own (a wish for a time, a word that is not known) is kept in words and told of.

pub mod column;

use jiff::civil::DateTime;

use self::column::Column;
use super::{
    Grid,
    answers::Answers,
    cancelled,
    date::{self, Around},
    has,
    header::{self, Headed},
    length,
    party::Names,
    plain,
    row::Unread,
    time_wish, value, wish,
};
use crate::{
    DelegationId, Lang, Refusal, Text, clean,
    meeting::{MeetingState, Wish},
    text::{Standing, Version, Versions},
};

/// A meeting as a row asks for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Who asks.
    pub from: DelegationId,
    /// Who is asked.
    pub to: DelegationId,
    /// About what, where that is said.
    pub purpose: Option<Text>,
    /// How much it is wished.
    pub wish: Wish,
    /// How long, in minutes, where that is said.
    pub minutes: Option<i64>,
    /// How it stands, where that is said.
    pub state: Option<MeetingState>,
    /// When it was to begin, in the edition's zone.
    pub start: Option<DateTime>,
    /// What the row says beside, in its own words: for the office alone.
    pub remark: String,
}

/// A list, row by row; rows are counted from 0.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct List {
    /// The meetings.
    pub asked: Vec<(usize, Asked)>,
    /// Rows in which a cell cannot be read.
    pub unread: Vec<(usize, Vec<Unread>)>,
    /// Rows that ask for nothing: sections, totals, the heading once more.
    pub aside: Vec<(usize, String)>,
    /// Rows that say themselves that they are cancelled, with the words.
    pub cancelled: Vec<(usize, String)>,
    /// What is read in another way than it is said, or kept in words alone, by row.
    pub notes: Vec<(usize, Refusal)>,
}

/// The heading under which the most is recognised; `None` when no two columns name the two sides.
pub fn recognise(grid: &Grid) -> Option<Headed<Column>> {
    let known = |headed: &Headed<Column>| if names_sides(headed) { headed.known() } else { 0 };
    header::find(grid, header::Holds::of, known)
}

/// The heading under which anything is recognised, for the reader to name the sides in.
pub fn recognise_any(grid: &Grid) -> Option<Headed<Column>> {
    header::find(grid, header::Holds::of, Headed::known)
}

/// Whether two columns name the two sides.
pub fn names_sides(headed: &Headed<Column>) -> bool {
    [Column::From, Column::To].iter().all(|side| headed.columns.contains(side))
}

/// Reads the rows below the heading.
pub fn read(
    grid: &Grid,
    headed: &Headed<Column>,
    names: &Names<DelegationId>,
    around: Around,
    answers: &Answers,
) -> List {
    let mut list = List::default();
    let mut above = String::new();
    for row in headed.body..grid.rows.len() {
        let line = Line { grid, headed, row };
        if line.filled().next().is_none() {
            continue;
        }
        if line.is_aside() {
            let mut words: Vec<&str> = line.filled().collect();
            words.dedup();
            list.aside.push((row, words.join(" · ")));
            continue;
        }
        let from = line.cell(Column::From);
        if !from.is_empty() {
            from.clone_into(&mut above);
        }
        if let Some(words) = line.cancelled(answers) {
            list.cancelled.push((row, words.to_owned()));
            continue;
        }
        let mut take = Take { line, answers, unread: Vec::new(), notes: Vec::new() };
        let asked = take.asked(&above, names, around);
        if take.unread.is_empty() {
            list.asked.extend(asked.into_iter().map(|one| (row, one)));
            list.notes.extend(take.notes.into_iter().map(|note| (row, note)));
        } else {
            list.unread.push((row, take.unread));
        }
    }
    list
}

#[derive(Clone, Copy)]
struct Line<'a> {
    grid: &'a Grid,
    headed: &'a Headed<Column>,
    row: usize,
}

impl<'a> Line<'a> {
    fn filled(self) -> impl Iterator<Item = &'a str> {
        let cells = self.grid.rows[self.row].iter().map(|cell| cell.trim());
        cells.filter(|cell| !cell.is_empty())
    }

    fn columns(self, wanted: impl Fn(Column) -> bool) -> impl Iterator<Item = (usize, &'a str)> {
        let columns = self.headed.columns.iter().copied().enumerate();
        columns
            .filter(move |(_, column)| wanted(*column))
            .map(move |(at, _)| (at, self.grid.cell(self.row, at).trim()))
            .filter(|(_, said)| !said.is_empty())
    }

    fn first(self, wanted: Column) -> Option<(usize, &'a str)> {
        self.columns(|column| column == wanted).next()
    }

    fn cell(self, wanted: Column) -> &'a str {
        self.first(wanted).map_or("", |(_, said)| said)
    }

    /// The place of a column, filled or not.
    fn at(self, wanted: Column) -> usize {
        let at = self.headed.columns.iter().position(|column| *column == wanted);
        at.unwrap_or(self.headed.columns.len())
    }

    /// A section across the sheet, a total, or the heading once more.
    fn is_aside(self) -> bool {
        let said: Vec<&str> = self.filled().collect();
        let section = said.len() > 2 && said.iter().all(|c| *c == said[0]);
        let own = [Column::Minutes, Column::Wish, Column::State];
        let asks =
            self.columns(|c| matches!(c, Column::Purpose(_)) || own.contains(&c)).count() > 0;
        let sides = self.columns(|c| matches!(c, Column::From | Column::To)).count();
        section
            || sides < 2 && said.iter().any(|cell| value::is_total(cell))
            || sides == 0 && !asks
            || header::repeats(self.grid, self.headed, self.row)
    }

    /// The words by which a row says that it is off. How a meeting stands says it in its own column.
    fn cancelled(self, answers: &Answers) -> Option<&'a str> {
        let says = |at: &usize| {
            let cell = self.grid.cell(self.row, *at);
            match self.headed.columns.get(*at) {
                Some(Column::State) => false,
                Some(Column::Purpose(_)) => cancelled::says_only(cell),
                _ => cancelled::says(cell),
            }
        };
        let at = (0..self.grid.width()).find(says).filter(|_| !answers.taken.contains(&self.row));
        at.map(|at| self.grid.cell(self.row, at).trim())
    }
}

/// A row as it is taken.
struct Take<'a> {
    line: Line<'a>,
    answers: &'a Answers,
    unread: Vec<Unread>,
    notes: Vec<Refusal>,
}

impl Take<'_> {
    /// A cell that cannot be read keeps the row from being taken, unless the reader leaves it empty.
    fn refuse(&mut self, column: usize, refusal: Refusal) {
        if self.answers.blank.contains(&column)
            && self.line.headed.columns.get(column).is_some_and(|c| header::Holds::may_be_empty(*c))
        {
            let said = self.line.grid.cell(self.line.row, column).trim();
            self.notes.push(Refusal::new("cell-left").with("said", said));
        } else {
            self.unread.push(Unread { column, refusal });
        }
    }

    fn note(&mut self, code: &'static str, said: &str) {
        self.notes.push(Refusal::new(code).with("said", said));
    }

    fn asked(&mut self, above: &str, names: &Names<DelegationId>, around: Around) -> Vec<Asked> {
        let (line, missing) = (self.line, || Refusal::new("meeting-side-missing"));
        let from = if above.is_empty() { Err(missing()) } else { names.find(above) };
        if let Err(refusal) = &from {
            self.refuse(line.at(Column::From), refusal.clone());
        }
        let named = |(_, said): &(usize, &str)| said.contains(char::is_alphanumeric);
        let to = match line.first(Column::To).filter(named) {
            Some((at, said)) => names.all(said).map_err(|all| (at, all)),
            None => Err((line.at(Column::To), vec![missing()])),
        };
        let to = to.unwrap_or_else(|(at, refusals)| {
            for refusal in refusals {
                self.refuse(at, refusal);
            }
            Vec::new()
        });
        let mut remarks = Vec::new();
        let minutes = self.minutes();
        let wish = self.wish(&mut remarks);
        let purpose = self.purpose();
        let start = self.start(around, &mut remarks);
        self.remarks(&mut remarks);
        if to.len() > 1 {
            self.notes.push(Refusal::new("meeting-parted").with("n", to.len()));
        }
        let remark = self.kept(&remarks);
        let Ok(from) = from else { return Vec::new() };
        let state = wish::state(line.cell(Column::State));
        let one = |to| Asked {
            from,
            to,
            purpose: purpose.clone(),
            wish,
            minutes,
            state: state.clone(),
            start,
            remark: remark.clone(),
        };
        to.into_iter().map(one).collect()
    }

    fn minutes(&mut self) -> Option<i64> {
        let (at, said) = self.line.first(Column::Minutes)?;
        if value::is_pending(said) {
            return None;
        }
        match length::read(said) {
            Ok(length) => {
                if length.range {
                    let note = Refusal::new("length-range").with("said", said);
                    self.notes.push(note.with("minutes", length.minutes));
                }
                Some(length.minutes)
            }
            Err(refusal) => {
                self.refuse(at, refusal);
                None
            }
        }
    }

    fn wish(&mut self, remarks: &mut Vec<String>) -> Wish {
        let Some((_, said)) = self.line.first(Column::Wish) else { return Wish::Nice };
        wish::read(said).unwrap_or_else(|| {
            if !value::is_pending(said) {
                self.note("wish-unread", said);
                remarks.push(said.to_owned());
            }
            Wish::Nice
        })
    }

    fn purpose(&mut self) -> Option<Text> {
        let mut text: Option<Text> = None;
        for (at, said) in self.line.columns(|c| matches!(c, Column::Purpose(_))) {
            let stated = self.line.headed.columns[at].lang();
            let lang = stated.or_else(|| value::lang_of_letters(said)).unwrap_or(Lang::En);
            match clean::line(said) {
                Ok(words) => {
                    let version = Version { text: words, standing: Standing::Stated };
                    let text = text.get_or_insert_with(|| Text {
                        source: lang,
                        versions: Versions::default(),
                    });
                    text.versions.insert(lang, version);
                }
                Err(refusal) => self.refuse(at, refusal),
            }
        }
        text
    }

    /// The day and the time of the row, in one column or in two. They are compared and not planned by, so
    /// what is said is kept in words.
    fn start(&mut self, around: Around, remarks: &mut Vec<String>) -> Option<DateTime> {
        let said: Vec<&str> =
            self.line.columns(|c| c == Column::Start).map(|(_, said)| said).collect();
        let whole = said.join(" ");
        if value::is_pending(&whole) {
            return None;
        }
        remarks.push(whole.clone());
        let moment = date::read(&whole, around);
        let note = if moment.is_ok() { "time-planned-anew" } else { "time-wish-kept" };
        self.note(note, &whole);
        let moment = moment.ok()?;
        Some(moment.day.to_datetime(moment.time?))
    }

    fn remarks(&mut self, remarks: &mut Vec<String>) {
        for (_, said) in self.line.columns(|c| c == Column::Remark) {
            if time_wish::is_one(said) {
                self.note("time-wish-kept", said);
            }
            remarks.push(said.to_owned());
        }
        let trilateral = ["三方", "трехсторонн", "трилатерал", "trilateral", "three sided"];
        if let Some(said) = self.line.filled().find(|cell| has(&plain(cell), &trilateral)) {
            self.note("meeting-of-three", said);
        }
    }

    /// What is kept in words, as one remark.
    fn kept(&mut self, remarks: &[String]) -> String {
        match clean::paragraph(&remarks.join("\n")) {
            Ok(remark) => remark,
            Err(refusal) => {
                self.refuse(self.line.at(Column::Remark), refusal);
                String::new()
            }
        }
    }
}

#[cfg(test)]
mod tests;
