//! A list of several delegations as an office has it: people under the name of their delegation, a row
//! for each delegation, or both; the name beside each person, above them as a section, or as the name of
//! their sheet.

use std::collections::BTreeSet;

use super::{
    Grid,
    answers::Answers,
    column::Column,
    date::Around,
    has,
    header::{self, Holds, Mapping, headings},
    party::{Names, stem},
    plain,
    row::{self, Line, Row, Stated, Unread},
    value,
};
use crate::{
    Lang, Refusal, clean,
    delegation::{MOST_PEOPLE, Party, Stay},
    precedence::Rank,
};

/// Whose delegation a row means.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Whose {
    /// A party that is known.
    Known(Party),
    /// An organisation of this name that is to be made known.
    New(String),
}

/// What a row says of its delegation itself. What it leaves blank is not stated.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// Its level.
    pub rank: Option<Rank>,
    /// Most people that it may bring.
    pub quota: Option<i64>,
    /// How many people it says it brings.
    pub size: Option<i64>,
    /// Languages it works in.
    pub languages: Vec<Lang>,
    /// When it comes and goes.
    pub stay: Stay,
}

/// One row of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filing {
    /// Its place in the sheet.
    pub row: usize,
    /// Whose delegation.
    pub whose: Whose,
    /// What it says of the delegation.
    pub facts: Facts,
    /// The person that it names; none in a row of the delegation alone.
    pub person: Option<Box<Stated>>,
}

/// A list as it was read: every row is in one of its parts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct List {
    /// Rows that file something.
    pub filed: Vec<Filing>,
    /// Rows in which a cell cannot be read.
    pub unread: Vec<(usize, Vec<Unread>)>,
    /// Sections, totals, headings once more; with their words.
    pub aside: Vec<(usize, String)>,
    /// Rows that say themselves that they are cancelled, with the words.
    pub cancelled: Vec<(usize, String)>,
    /// What is known and not kept, by row.
    pub notes: Vec<(usize, Refusal)>,
    /// Names that mean nobody known, as they are written.
    pub strangers: BTreeSet<String>,
}

/// Reads a list. `names` are the parties that are known.
pub fn read(
    grid: &Grid,
    mapping: &Mapping,
    around: Around,
    names: &Names<Party>,
    answers: &Answers,
) -> List {
    let headings = headings(grid, mapping.head, mapping.body);
    let begins = &grid.begins;
    let mut reader =
        Reader { mapping, around, names, answers, begins, above: None, list: List::default() };
    reader.above = reader.whose(&grid.name).is_ok().then(|| grid.name.clone());
    for line in row::lines(grid, mapping, &headings) {
        reader.take(line);
    }
    reader.list
}

struct Reader<'a> {
    mapping: &'a Mapping,
    around: Around,
    names: &'a Names<Party>,
    answers: &'a Answers,
    /// Rows at which another sheet begins.
    begins: &'a [usize],
    /// The delegation of rows that name none.
    above: Option<String>,
    list: List,
}

impl Reader<'_> {
    /// Words above rows name the delegation of those that name none. Unknown ones do so too, or people
    /// would be filed with the delegation before; unless they only say what the people are, as `团员` does.
    fn begin(&mut self, words: &str) {
        let known = words.split(" · ").find(|part| self.whose(part).is_ok());
        let says = words.contains(char::is_alphabetic) && !value::is_kind(words);
        if let Some(named) = known.or_else(|| says.then_some(words)) {
            self.above = Some(named.to_owned());
        }
    }

    fn whose(&self, said: &str) -> Result<Whose, Refusal> {
        let refused = match self.names.find(said) {
            Ok(party) => return Ok(Whose::Known(party)),
            Err(refusal) => refusal,
        };
        if refused.code == "delegation-several" {
            return Err(Refusal::new("party-several").with("said", said));
        }
        if self.answers.new.contains(stem(said)) {
            return value::name(stem(said)).map(Whose::New);
        }
        if let Some(meant) = self.answers.means.get(stem(said)) {
            let unknown = |_| Refusal::new("party-unknown").with("said", meant);
            return self.names.find(meant).map(Whose::Known).map_err(unknown);
        }
        Err(Refusal::new("party-unknown").with("said", said))
    }

    fn take(&mut self, line: Line<'_>) {
        if self.begins.contains(&line.row) {
            self.above = None;
        }
        if let Some(words) = line.aside().or_else(|| self.section(line)) {
            if self.begins.contains(&line.row) && words.contains(char::is_alphabetic) {
                self.above = Some(words.clone());
            } else if !line.is_counted() {
                self.begin(&words);
            }
            self.list.aside.push((line.row, words));
            return;
        }
        if let Some(words) = line.cancelled(self.answers) {
            let named = line.columns(Column::Delegation).map(|at| line.cell(at));
            if let Some(said) = named.into_iter().find(|said| !said.is_empty()) {
                self.above = Some(said.to_owned());
            }
            self.list.cancelled.push((line.row, words));
            return;
        }
        let (whose, mut unread) = self.side(line);
        let mut facts = Facts::default();
        let mut notes = Vec::new();
        let person = if line.names_somebody() {
            match line.person(self.around, self.answers) {
                Row::Person(person, known) => {
                    notes = known;
                    if self.is_of_delegation(line) {
                        facts.stay = person.stay;
                    }
                    Some(person)
                }
                Row::Unread(cells) => {
                    unread.extend(cells);
                    None
                }
                Row::Aside(_) | Row::Cancelled(_) => None,
            }
        } else if self.lacks_name(line) {
            let column = self.mapping.columns.iter().position(|c| c.names()).unwrap_or(0);
            unread.push(Unread { column, refusal: Refusal::new("name-missing") });
            None
        } else {
            self.stated(line, &mut facts, &mut notes, &mut unread);
            None
        };
        sizes(line, &mut facts, &mut unread);
        line.left_empty(&mut unread, &mut notes, self.answers);
        match whose {
            Some(whose) if unread.is_empty() => {
                self.list.notes.extend(notes.into_iter().map(|note| (line.row, note)));
                self.list.filed.push(Filing { row: line.row, whose, facts, person });
            }
            _ => self.list.unread.push((line.row, unread)),
        }
    }

    /// A delegation where a person is expected stands above its people, whatever stands beside it.
    fn section(&self, line: Line<'_>) -> Option<String> {
        let columns = self.mapping.columns.iter().enumerate();
        let cells = columns.filter(|(_, column)| column.names()).map(|(at, _)| line.cell(at));
        let words = ["代表团", "делегац", "delegation"];
        let says = |cell: &&str| self.whose(cell).is_ok() || has(&plain(cell), &words);
        cells.filter(|cell| !cell.is_empty()).find(says).map(str::to_owned)
    }

    /// Whether a row that names somebody is the delegation's: it names nobody but whoever leads it.
    fn is_of_delegation(&self, line: Line<'_>) -> bool {
        let columns = self.mapping.columns.iter().enumerate();
        let mut named = columns.filter(|(at, c)| c.names() && !line.cell(*at).is_empty());
        named.all(|(_, column)| matches!(column, Column::Leader(_)))
    }

    /// Whether a row without a name says something of a person all the same.
    fn lacks_name(&self, line: Line<'_>) -> bool {
        let named = |c: &Column| c.names() && !matches!(c, Column::Leader(_));
        let columns = self.mapping.columns.iter().enumerate();
        let mut own = columns.filter(|(_, c)| c.kept() && !c.is_of_delegation());
        self.mapping.columns.iter().any(named) && own.any(|(at, _)| !line.cell(at).is_empty())
    }

    /// The delegation that a row names, or the one above it.
    fn side(&mut self, line: Line<'_>) -> (Option<Whose>, Vec<Unread>) {
        let column = line.columns(Column::Delegation).find(|at| !line.cell(*at).is_empty());
        let said = column.map(|at| line.cell(at).to_owned()).or_else(|| self.above.clone());
        let named = said
            .as_ref()
            .map_or_else(|| Err(Refusal::new("party-missing")), |said| self.whose(said));
        if let (Some(said), Err(refusal)) = (&said, &named)
            && refusal.code == "party-unknown"
        {
            self.list.strangers.insert(stem(said).to_owned());
        }
        self.above = said;
        match named {
            Ok(whose) => (Some(whose), Vec::new()),
            Err(refusal) => {
                // Without a column for it the name stands above, and no cell of the row can mend it.
                let column = column.or_else(|| line.columns(Column::Delegation).next());
                let column = column.unwrap_or(self.mapping.columns.len());
                (None, vec![Unread { column, refusal }])
            }
        }
    }

    /// What a row without a person says of the delegation's level, languages and stay.
    fn stated(
        &self,
        line: Line<'_>,
        facts: &mut Facts,
        notes: &mut Vec<Refusal>,
        unread: &mut Vec<Unread>,
    ) {
        if let Some((at, raw)) = filled(line, Column::Rank)
            && !value::is_pending(raw)
        {
            keep(unread, at, self.answers.rank(raw).map(|rank| facts.rank = Some(rank)));
        }
        if let Some((_, raw)) = filled(line, Column::Languages) {
            let (known, others) = value::languages(raw);
            facts.languages = known;
            let note = |other| Refusal::new("language-not-kept").with("said", other);
            notes.extend(others.into_iter().map(note));
        }
        for (column, stay) in [
            (Column::Arrival, &mut facts.stay.arrival),
            (Column::Departure, &mut facts.stay.departure),
        ] {
            let Some((at, moment)) = line.moment(column, self.around) else { continue };
            let moment = moment.map(|(moment, beside)| {
                *stay = moment;
                notes.extend(beside);
            });
            keep(unread, at, moment);
        }
    }
}

/// How many people the delegation may bring, or says it brings.
fn sizes(line: Line<'_>, facts: &mut Facts, unread: &mut Vec<Unread>) {
    for (column, least, size) in
        [(Column::Quota, 1, &mut facts.quota), (Column::Size, 0, &mut facts.size)]
    {
        let Some((at, raw)) = filled(line, column) else { continue };
        let number = clean::number(digits(raw), least, MOST_PEOPLE);
        keep(unread, at, number.map(|n| *size = Some(n)));
    }
}

/// The first filled cell of a kind of column.
fn filled(line: Line<'_>, column: Column) -> Option<(usize, &str)> {
    line.columns(column).map(|at| (at, line.cell(at))).find(|(_, raw)| !raw.is_empty())
}

fn keep(unread: &mut Vec<Unread>, column: usize, read: Result<(), Refusal>) {
    unread.extend(read.err().map(|refusal| Unread { column, refusal }));
}

/// A number without the word behind it: `12 чел.`, `12人`.
fn digits(raw: &str) -> &str {
    let end = raw.find(|c: char| !c.is_ascii_digit()).unwrap_or(raw.len());
    if end == 0 { raw } else { &raw[..end] }
}

/// The sheets of a workbook as one: the one in which the most is recognised, and below it every other one
/// with the same heading, each under its name.
pub fn joined(mut sheets: Vec<Grid>) -> Grid {
    let heading = |grid: &Grid, mapping: &Mapping| headings(grid, mapping.head, mapping.body);
    let known =
        |grid: &Grid| header::recognise_delegations(grid).map_or(0, |mapping| mapping.known());
    let best = (0..sheets.len()).rev().max_by_key(|at| known(&sheets[*at]));
    let Some(mut whole) = best.map(|at| sheets.remove(at)) else { return Grid::default() };
    let Some(mapping) = header::recognise_delegations(&whole) else { return whole };
    let common = heading(&whole, &mapping);
    for sheet in sheets {
        match header::recognise_delegations(&sheet) {
            Some(own) if heading(&sheet, &own) == common => {
                whole.begins.push(whole.rows.len());
                whole.rows.push(vec![sheet.name.clone(); common.len().max(2)]);
                whole.rows.extend(sheet.rows.into_iter().skip(own.body));
            }
            _ if sheet.rows.iter().flatten().any(|cell| !cell.trim().is_empty()) => {
                whole.others.push(sheet.name);
            }
            _ => {}
        }
    }
    whole
}

#[cfg(test)]
mod tests;
