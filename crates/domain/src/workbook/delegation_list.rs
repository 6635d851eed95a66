//! A list of several delegations as an office has it: people under the name of their delegation, a row
//! for each delegation, or both; the name beside each person, above them as a section, or as the name of
//! their sheet.

use std::collections::BTreeSet;

use jiff::civil::DateTime;

use super::{
    Grid,
    column::Column,
    date::Around,
    header::{self, Mapping, headings},
    party::Names,
    row::{self, Line, Row, Stated, Unread},
    value,
};
use crate::{
    Lang, Refusal, clean,
    delegation::{MOST_PEOPLE, Party},
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
    /// Arrival, in the edition's zone.
    pub arrival: Option<DateTime>,
    /// Departure, in the edition's zone.
    pub departure: Option<DateTime>,
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
    /// What is known and not kept, by row.
    pub notes: Vec<(usize, Refusal)>,
    /// Names that mean nobody known, as they are written.
    pub strangers: BTreeSet<String>,
}

/// Reads a list. `names` are the parties that are known, `new` those strangers that are to become so.
pub fn read(
    grid: &Grid,
    mapping: &Mapping,
    around: Around,
    names: &Names<Party>,
    new: &BTreeSet<String>,
) -> List {
    let headings = headings(grid, mapping.head, mapping.body);
    let mut reader = Reader { mapping, around, names, new, above: None, list: List::default() };
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
    new: &'a BTreeSet<String>,
    /// The delegation of rows that name none.
    above: Option<String>,
    list: List,
}

impl Reader<'_> {
    /// Words above rows name the delegation of those that name none. Unknown ones do so too, or people
    /// would be filed with the delegation before; unless they only say what the people are, as `团员` does.
    fn begin(&mut self, words: &str) {
        let kind = value::rank(words).is_ok() || value::task(words).is_ok();
        let known = words.split(" · ").find(|part| self.whose(part).is_ok());
        if let Some(named) = known.or_else(|| (!kind).then_some(words)) {
            self.above = Some(named.to_owned());
        }
    }

    fn whose(&self, said: &str) -> Result<Whose, Refusal> {
        // Sections add how many they are: `г. Уфа (5 чел.)`.
        let bare = said.split(['(', '（']).next().unwrap_or(said).trim();
        if self.new.contains(said) {
            return value::name(said).map(Whose::New);
        }
        let refused = self.names.find(said).or_else(|_| self.names.find(bare));
        refused.map(Whose::Known).map_err(|refusal| match refusal.code.as_str() {
            "delegation-several" => Refusal::new("party-several").with("said", said),
            _ => Refusal::new("party-unknown").with("said", said),
        })
    }

    fn take(&mut self, line: Line<'_>) {
        if let Some(words) = line.aside().or_else(|| self.section(line)) {
            if !line.is_counted() {
                self.begin(&words);
            }
            self.list.aside.push((line.row, words));
            return;
        }
        let (whose, mut unread) = self.side(line);
        let mut facts = Facts::default();
        let mut notes = Vec::new();
        let person = if line.names_somebody() {
            match line.person(self.around) {
                Row::Person(person, known) => {
                    notes = known;
                    Some(person)
                }
                Row::Unread(cells) => {
                    unread.extend(cells);
                    None
                }
                Row::Aside(_) => None,
            }
        } else {
            self.stated(line, &mut facts, &mut notes, &mut unread);
            None
        };
        sizes(line, &mut facts, &mut unread);
        match whose {
            Some(whose) if unread.is_empty() => {
                self.list.notes.extend(notes.into_iter().map(|note| (line.row, note)));
                self.list.filed.push(Filing { row: line.row, whose, facts, person });
            }
            _ => self.list.unread.push((line.row, unread)),
        }
    }

    /// A single cell that names a delegation where a person is expected stands above its people.
    fn section(&self, line: Line<'_>) -> Option<String> {
        let mut filled = (0..self.mapping.columns.len()).filter(|at| !line.cell(*at).is_empty());
        let (Some(at), None) = (filled.next(), filled.next()) else { return None };
        let alone = self.mapping.columns[at].names().then(|| line.cell(at).to_owned())?;
        self.whose(&alone).is_ok().then_some(alone)
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
            self.list.strangers.insert(said.clone());
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
        if let Some((at, raw)) = filled(line, Column::Rank) {
            keep(unread, at, value::rank(raw).map(|rank| facts.rank = Some(rank)));
        }
        if let Some((_, raw)) = filled(line, Column::Languages) {
            let (known, others) = value::languages(raw);
            facts.languages = known;
            let note = |other| Refusal::new("language-not-kept").with("said", other);
            notes.extend(others.into_iter().map(note));
        }
        for (column, stay) in
            [(Column::Arrival, &mut facts.arrival), (Column::Departure, &mut facts.departure)]
        {
            let Some((at, moment)) = line.moment(column, self.around) else { continue };
            let moment = moment.map(|moment| match moment.time {
                Some(time) => *stay = Some(moment.day.to_datetime(time)),
                None => notes.push(Refusal::new("day-without-time").with("said", line.cell(at))),
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
        let Some(own) = header::recognise_delegations(&sheet) else { continue };
        if heading(&sheet, &own) == common {
            whole.rows.push(vec![sheet.name.clone(); common.len().max(3)]);
            whole.rows.extend(sheet.rows.into_iter().skip(own.body));
        }
    }
    whole
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::{CityId, Text, delegation::Task, workbook::header::recognise_delegations};

    fn city(n: u128) -> Party {
        Party::City(CityId(Uuid::from_u128(n)))
    }

    fn sheet(name: &str, rows: &[&[&str]]) -> Grid {
        let row = |r: &&[&str]| r.iter().map(|c| (*c).to_owned()).collect();
        Grid { name: name.to_owned(), rows: rows.iter().map(row).collect() }
    }

    fn listed(grid: &Grid, new: &[&str]) -> List {
        let all =
            [(1, "梨城", "Грушевск"), (2, "李港", "Сливовая Гавань"), (3, "杏州", "Абрикосов")];
        let named = all.map(|(n, zh, ru)| (city(n), Text::new(Lang::Zh, zh).and(Lang::Ru, ru)));
        let names: Names<Party> = named.iter().map(|(party, name)| (*party, name)).collect();
        let around = Around { first: date(2027, 5, 18), last: date(2027, 5, 20) };
        let new = new.iter().map(|name| (*name).to_owned()).collect();
        read(grid, &recognise_delegations(grid).expect("a heading"), around, &names, &new)
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
        let expected = [
            (2, city(1), name("范例明")),
            (3, city(1), name("余想象")),
            (4, city(2), name("盛虚名")),
        ];
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
        let parties =
            |list: &List| filed(list).into_iter().map(|(r, p, _)| (r, p)).collect::<Vec<_>>();
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
                    &[
                        "Грушевск",
                        "Вымыслов Пример",
                        "глава",
                        "5 чел.",
                        "6",
                        "17.05.2027 20:10",
                        "",
                    ],
                    &["Абрикосов", "", "", "4", "", "17.05.2027 9:00", "20.05.2027"],
                    &["Сливовая Гавань", "", "", "много", "", "", ""],
                ],
            ),
            &[],
        );
        let [led, bare] = &list.filed[..] else { panic!("{list:?}") };
        assert_eq!(led.person.as_ref().and_then(|p| p.task), Some(Task::Leader));
        assert_eq!((led.facts.size, led.facts.quota, led.facts.arrival), (Some(5), Some(6), None));
        assert_eq!((bare.facts.size, &bare.person), (Some(4), &None));
        assert_eq!(bare.facts.arrival, Some(date(2027, 5, 17).at(9, 0, 0, 0)));
        assert_eq!(list.notes[0].1.code, "day-without-time");
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
        let parties: Vec<Party> =
            filed(&listed(&whole, &[])).into_iter().map(|(_, p, _)| p).collect();
        assert_eq!(parties, [city(1), city(2), city(2)]);
    }

    const CELLS: &str = "(Грушевск|杏州|Вымыслов Пример|12|итого|团员|x|、|17.05.2027|)";

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
                .collect();
            told.sort_unstable();
            let filled: Vec<usize> = (1..grid.rows.len())
                .filter(|row| grid.rows[*row].iter().any(|c| !c.trim().is_empty()))
                .collect();
            prop_assert_eq!(told, filled);
        }
    }
}
