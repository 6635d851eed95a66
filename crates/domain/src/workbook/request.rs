//! A list of requested bilaterals as an office has it: who asks, who is asked, about what, for how long,
//! how it stands. One row may name several partners; a blank cell repeats the side above it.

use jiff::civil::DateTime;

use super::{
    Grid,
    date::{self, Around},
    has,
    header::{self, Headed},
    party::Names,
    plain, value,
};
use crate::{
    DelegationId, Lang, Refusal, Text, clean,
    meeting::{MeetingState, Wish},
    text::{Standing, Version, Versions},
};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// Nothing that is taken.
    Aside,
    /// The side that asks.
    From,
    /// The side that is asked.
    To,
    /// About what; without a language, in that of its letters.
    Purpose(Option<Lang>),
    /// How much it is wished.
    Wish,
    /// How long.
    Minutes,
    /// How it stands.
    State,
    /// When it was to be; compared for clashes and not taken.
    Start,
}

const RULES: [(Column, &[&str]); 7] = [
    (
        Column::State,
        &[
            "状态",
            "确认",
            "答复",
            "состояни",
            "статус",
            "ответ",
            "согласован",
            "state",
            "status",
            "answer",
        ],
    ),
    (
        Column::Wish,
        &["重要", "优先", "意愿", "важност", "приоритет", "wish", "priorit", "importan"],
    ),
    (
        Column::Minutes,
        &[
            "时长",
            "分钟",
            "длительност",
            "продолжительност",
            "минут",
            "minut",
            "duration",
            "length",
        ],
    ),
    (Column::Start, &["时间", "日期", "开始", "время", "дата", "начал", "time$", "date$", "start"]),
    (
        Column::From,
        &[
            "请求方",
            "提出方",
            "邀请方",
            "甲方",
            "кто просит",
            "инициатор",
            "сторона а$",
            "сторона 1$",
            "город 1$",
            "城市1",
            "代表团1",
            "city 1$",
            "заявител",
            "asked by",
            "from$",
            "requested by",
            "side a$",
            "requester",
        ],
    ),
    (
        Column::To,
        &[
            "会见对象",
            "会见方",
            "被请求",
            "对方",
            "乙方",
            "кого просят",
            "с кем",
            "партнер",
            "сторона б$",
            "сторона 2$",
            "город 2$",
            "城市2",
            "代表团2",
            "city 2$",
            "партнёр",
            "asked of",
            "to$",
            "with$",
            "side b$",
            "partner",
            "counterpart",
        ],
    ),
    (
        Column::Purpose(None),
        &[
            "议题",
            "主题",
            "内容",
            "事由",
            "тема",
            "темы",
            "предмет",
            "вопрос",
            "about",
            "topic",
            "subject",
            "purpose",
        ],
    ),
];

impl Column {
    /// The column under a heading.
    pub fn of(heading: &str) -> Self {
        let text = plain(heading);
        let found = RULES.iter().find(|(_, words)| has(&text, words)).map(|(column, _)| *column);
        match found {
            Some(Column::Purpose(_)) => Column::Purpose(super::column::lang_of(&text)),
            other => other.unwrap_or(Column::Aside),
        }
    }
}

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
}

/// A list, row by row; rows are counted from 0.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct List {
    /// The meetings.
    pub asked: Vec<(usize, Asked)>,
    /// Rows that cannot be read, with why.
    pub unread: Vec<(usize, Refusal)>,
    /// Rows that ask for nothing: sections, totals, the heading once more.
    pub aside: Vec<(usize, String)>,
}

/// The heading under which the most is recognised; `None` when no two columns name the two sides.
pub fn recognise(grid: &Grid) -> Option<Headed<Column>> {
    let known = |headed: &Headed<Column>| {
        let has = |wanted| headed.columns.contains(&wanted);
        let both = has(Column::From) && has(Column::To);
        let kept = headed.columns.iter().filter(|c| **c != Column::Aside).count();
        if both { kept } else { 0 }
    };
    header::find(grid, Column::of, known)
}

/// Reads the rows below the heading.
pub fn read(
    grid: &Grid,
    headed: &Headed<Column>,
    names: &Names<DelegationId>,
    around: Around,
) -> List {
    let mut list = List::default();
    let mut above = String::new();
    for row in headed.body..grid.rows.len() {
        let line = Line { grid, headed, row };
        let filled = || grid.rows[row].iter().map(|c| c.trim()).filter(|c| !c.is_empty());
        if filled().next().is_none() {
            continue;
        }
        if line.is_aside() {
            let mut words: Vec<&str> = filled().collect();
            words.dedup();
            list.aside.push((row, words.join(" · ")));
            continue;
        }
        let from = line.cell(Column::From);
        if !from.is_empty() {
            from.clone_into(&mut above);
        }
        match line.asked(&above, names, around) {
            Ok(asked) => list.asked.extend(asked.into_iter().map(|one| (row, one))),
            Err(refusal) => list.unread.push((row, refusal)),
        }
    }
    list
}

struct Line<'a> {
    grid: &'a Grid,
    headed: &'a Headed<Column>,
    row: usize,
}

impl Line<'_> {
    fn columns(&self, wanted: impl Fn(Column) -> bool) -> impl Iterator<Item = (Column, &str)> {
        let columns = self.headed.columns.iter().copied().enumerate();
        columns
            .filter(move |(_, column)| wanted(*column))
            .map(|(at, column)| (column, self.grid.cell(self.row, at).trim()))
            .filter(|(_, said)| !said.is_empty())
    }

    fn cell(&self, wanted: Column) -> &str {
        self.columns(|column| column == wanted).next().map_or("", |(_, said)| said)
    }

    /// A section across the sheet, a total, or the heading once more.
    fn is_aside(&self) -> bool {
        let (from, to) = (self.cell(Column::From), self.cell(Column::To));
        let total = ["合计", "总计", "共计", "итого", "всего", "total"];
        let said: Vec<&str> =
            self.grid.rows[self.row].iter().map(|c| c.trim()).filter(|c| !c.is_empty()).collect();
        let section = said.len() > 2 && said.iter().all(|c| *c == said[0]);
        section
            || to.is_empty() && (from.is_empty() || has(&plain(from), &total))
            || header::repeats(self.grid, self.headed, self.row)
    }

    fn asked(
        &self,
        above: &str,
        names: &Names<DelegationId>,
        around: Around,
    ) -> Result<Vec<Asked>, Refusal> {
        let to = self.cell(Column::To);
        if above.is_empty() || to.is_empty() {
            return Err(Refusal::new("meeting-side-missing"));
        }
        let from = names.find(above)?;
        let partners = names.all(to)?;
        let minutes = Some(self.cell(Column::Minutes)).filter(|said| !said.is_empty());
        let minutes = minutes.map(value::minutes).transpose()?;
        let one = |to| Asked {
            from,
            to,
            purpose: None,
            wish: value::wish(self.cell(Column::Wish)),
            minutes,
            state: value::meeting_state(self.cell(Column::State)),
            start: self.start(around),
        };
        let purpose = self.purpose()?;
        Ok(partners.into_iter().map(|to| Asked { purpose: purpose.clone(), ..one(to) }).collect())
    }

    fn purpose(&self) -> Result<Option<Text>, Refusal> {
        let mut text: Option<Text> = None;
        for (column, said) in self.columns(|c| matches!(c, Column::Purpose(_))) {
            let Column::Purpose(stated) = column else { continue };
            let lang = stated.or_else(|| value::lang_of_letters(said)).unwrap_or(Lang::En);
            let words = clean::line(said)?;
            let version = Version { text: words, standing: Standing::Stated };
            let text =
                text.get_or_insert_with(|| Text { source: lang, versions: Versions::default() });
            text.versions.insert(lang, version);
        }
        Ok(text)
    }

    /// The day and the time of the row, in one column or in two; nothing when they cannot be read, because
    /// they are compared and not kept.
    fn start(&self, around: Around) -> Option<DateTime> {
        let said: Vec<&str> = self.columns(|c| c == Column::Start).map(|(_, said)| said).collect();
        let moment = date::read(&said.join(" "), around).ok()?;
        Some(moment.day.to_datetime(moment.time?))
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::{
        super::clash::{Clash, clashes},
        *,
    };

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
        read(grid, &recognise(grid).expect("a heading"), &names(), around)
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
            &[
                "Второй день",
                "Второй день",
                "Второй день",
                "Второй день",
                "Второй день",
                "Второй день",
            ],
            &["3", "Абрикосов", "Делегация г. Яблочный", "", "", ""],
            &["Итого", "Итого", "", "", "", "3"],
        ]));
        let [(2, first), (3, second)] = &list.asked[..] else { panic!("{list:?}") };
        assert_eq!((first.from, first.to, first.minutes), (side(1), side(3), Some(45)));
        assert_eq!(first.state, Some(MeetingState::Accepted));
        assert_eq!(first.purpose, Some(Text::new(Lang::Ru, "общественный транспорт")));
        assert_eq!((second.from, second.to, second.minutes), (side(1), side(2), Some(90)));
        assert_eq!(second.state, Some(MeetingState::Declined));
        let [(5, refusal)] = &list.unread[..] else { panic!("{list:?}") };
        assert_eq!(refusal.code, "delegation-unknown");
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
        assert!(
            list.asked.iter().all(|(_, one)| one.wish == Wish::Must && one.minutes == Some(30))
        );
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

    const CELLS: &str = "(Грушевск|杏州|30|итого|x|、、|杏州/杏州|)";
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
                .collect::<std::collections::BTreeSet<_>>();
            let filled = (1..sheet.rows.len())
                .filter(|row| sheet.rows[*row].iter().any(|c| !c.trim().is_empty()))
                .collect::<std::collections::BTreeSet<_>>();
            prop_assert_eq!(told, filled);
        }
    }
}
