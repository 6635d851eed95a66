//! A list of people from a workbook: handed in, shown with what it would do, stored as it was shown.
//!
//! Between the steps the list travels in the form itself, so that nothing is lost and nothing is kept.
//! What is stored is worked out again in the same transaction; if it differs from what was shown, it
//! is shown once more instead.

use std::collections::BTreeSet;

use domain::{
    DelegateId, Refusal,
    access::Action,
    delegation::{Delegate, Delegation},
    edition::Edition,
    precedence::Rank,
    revision::{Saved, Versioned},
    workbook::{
        Grid,
        change::{Change, Outcome as Changes, changes},
        column::Column,
        date::Around,
        header::{Mapping, headings, recognise},
        row::{self, Row, Unread},
    },
};
use maud::html;
use outputs::workbook;
use serde_json::json;

use super::{
    delegate::{below, people_of},
    delegate_preview,
    delegation::{address, own},
};
use crate::{
    chance,
    web::{
        fields::Fields,
        reply::{Outcome, Reply},
        request::Req,
        route::{Gate, Route, get, post},
    },
};

/// The addresses of this file.
pub fn routes() -> Vec<Route> {
    let file = Gate::Participants(Action::File);
    vec![
        get("/editions/{edition}/delegations/{delegation}/import", file, ask),
        post("/editions/{edition}/delegations/{delegation}/import", file, step),
    ]
}

/// A list on its way: what was handed in, and what its reader says of it.
pub struct Handed {
    /// The sheet, with what the reader has corrected in it.
    pub grid: Grid,
    /// How it is read.
    pub mapping: Mapping,
    /// The rank of people for whom no rank is stated.
    pub rank: Rank,
    /// Rows that the reader leaves out.
    pub left: BTreeSet<usize>,
}

impl Handed {
    /// The sheet of a file in which the most is recognised; without a heading, the first one, whose
    /// columns the reader has to name. What must not be kept is taken out at once.
    fn of_file(bytes: &[u8]) -> Result<Self, Refusal> {
        let grids = workbook::read(bytes)?;
        let known = |g: &Grid| recognise(g).map_or(0, |m| m.known());
        let best = grids.into_iter().rev().max_by_key(known).unwrap_or_default();
        if best.rows.is_empty() {
            return Err(Refusal::new("workbook-empty"));
        }
        let unknown = || Mapping { head: 0, body: 1, columns: vec![Column::Aside; best.width()] };
        let mapping = recognise(&best).unwrap_or_else(unknown);
        let mut handed = Self { grid: best, mapping, rank: Rank::Official, left: BTreeSet::new() };
        handed.grid.forget_sensitive(&handed.mapping);
        Ok(handed)
    }

    /// The list as the form brings it back; anything else than what the page sent is refused.
    fn of_form(form: &Fields) -> Result<Self, Refusal> {
        let broken = || Refusal::new("body-unreadable");
        let mut grid: Grid = serde_json::from_str(form.get("grid")).map_err(|_| broken())?;
        if grid.rows.len() > workbook::ROWS || grid.width() > workbook::COLUMNS {
            return Err(broken());
        }
        let number = |name: &str| form.get(name).trim().parse::<usize>().ok();
        let rows = grid.rows.len();
        let head = number("head").unwrap_or(1).clamp(1, rows.max(1)) - 1;
        let body = number("body").unwrap_or(1).clamp(head + 1, rows.max(head + 1));
        correct(&mut grid, form);
        let moved = form.get("heading") != format!("{head}-{body}");
        let columns = if moved {
            headings(&grid, head, body).iter().map(|h| Column::of(h)).collect()
        } else {
            let chosen = |at| form.get(&format!("column.{at}")).parse().unwrap_or(Column::Aside);
            (0..grid.width()).map(chosen).collect()
        };
        let left = form.all("leave").filter_map(|raw| raw.parse().ok()).collect();
        let rank = form.get("rank").parse().unwrap_or(Rank::Official);
        let mut handed = Self { grid, mapping: Mapping { head, body, columns }, rank, left };
        handed.grid.forget_sensitive(&handed.mapping);
        Ok(handed)
    }
}

/// Puts the reader's corrections, `fix.ROW.COLUMN`, into the sheet.
fn correct(grid: &mut Grid, form: &Fields) {
    for (name, value) in &form.0 {
        let place = name.strip_prefix("fix.").and_then(|place| place.split_once('.'));
        let Some((Ok(row), Ok(column))) = place.map(|(r, c)| (r.parse(), c.parse())) else {
            continue;
        };
        let (row, column): (usize, usize) = (row, column);
        let width = grid.width();
        let Some(cells) = grid.rows.get_mut(row).filter(|_| column < width) else { continue };
        if cells.len() <= column {
            cells.resize(column + 1, String::new());
        }
        cells[column].clone_from(value);
    }
}

/// What a list would do, row by row.
pub struct Look {
    /// Rows that are no people.
    pub aside: Vec<(usize, String)>,
    /// Rows in which a cell cannot be read.
    pub unread: Vec<(usize, Vec<Unread>)>,
    /// What is known and not kept, by row.
    pub notes: Vec<(usize, Refusal)>,
    /// What the readable rows would change.
    pub changes: Changes,
}

impl Look {
    /// Reads the list against what stands now.
    pub fn at(
        edition: &Edition,
        delegation: &Delegation,
        there: &[Versioned<Delegate>],
        handed: &Handed,
    ) -> Self {
        let around = Around { first: edition.first_day, last: edition.last_day };
        let (mut aside, mut unread, mut notes) = (Vec::new(), Vec::new(), Vec::new());
        let mut stated = Vec::new();
        for (at, row) in row::read(&handed.grid, &handed.mapping, around) {
            match row {
                Row::Aside(words) => aside.push((at, words)),
                Row::Unread(cells) => unread.push((at, cells)),
                Row::Person(person, known) => {
                    if !handed.left.contains(&at) {
                        notes.extend(known.into_iter().map(|note| (at, note)));
                        stated.push((at, *person));
                    }
                }
            }
        }
        let changes = changes(edition, delegation, there, &stated, handed.rank);
        Self { aside, unread, notes, changes }
    }

    /// Whether every row is understood or left out, and something is to be done.
    pub fn is_ready(&self, left: &BTreeSet<usize>) -> bool {
        let read = self.unread.iter().all(|(at, _)| left.contains(at));
        let sound = self.changes.iter().all(|(_, change)| change.is_ok());
        let any = self
            .changes
            .iter()
            .any(|(_, c)| matches!(c, Ok(Change::Add(_) | Change::Alter { .. })));
        read && sound && any
    }

    /// Stands for exactly these changes.
    pub fn seal(&self) -> String {
        let sound: Vec<&Change> =
            self.changes.iter().filter_map(|(_, c)| c.as_ref().ok()).collect();
        chance::hash(&json!(sound).to_string())
    }
}

fn ask(req: &Req) -> Outcome {
    let (edition, delegation) = (req.edition()?, own(req, Action::File)?.value);
    let page = below(req, edition, &delegation, req.t.get("delegate-import"));
    Ok(page.reply(req, &delegate_preview::upload(req, &delegation, None)))
}

fn step(req: &Req) -> Outcome {
    let (edition, delegation) = (req.edition()?, own(req, Action::File)?.value);
    let handed = match req.files.iter().find(|f| f.field == "file") {
        Some(file) if file.bytes.is_empty() => Err(Refusal::new("file-missing")),
        Some(file) => Handed::of_file(&file.bytes),
        None if req.form.get("grid").is_empty() => Err(Refusal::new("file-missing")),
        None => Handed::of_form(&req.form),
    };
    let handed = match handed {
        Ok(handed) => handed,
        Err(refusal) => {
            let page = below(req, edition, &delegation, req.t.get("delegate-import"));
            return Ok(page.again(req, &delegate_preview::upload(req, &delegation, Some(&refusal))));
        }
    };
    if req.form.get("do") == "store" {
        store(req, edition, &delegation, &handed)
    } else {
        preview(req, edition, &delegation, &handed, None)
    }
}

/// Shows what the list would do; `why` says why it was not stored.
fn preview(
    req: &Req,
    edition: &Edition,
    delegation: &Delegation,
    handed: &Handed,
    why: Option<&str>,
) -> Outcome {
    let there = people_of(req, delegation.id)?;
    let look = Look::at(edition, delegation, &there, handed);
    let page = below(req, edition, delegation, req.t.get("delegate-preview"));
    let body = html! {
        @if let Some(why) = why {
            section.notice.error role="alert" tabindex="-1" autofocus { p { (req.t.get(why)) } }
        }
        (delegate_preview::view(req, handed, &look))
    };
    Ok(if why.is_some() { page.again(req, &body) } else { page.reply(req, &body) })
}

fn store(req: &Req, edition: &Edition, delegation: &Delegation, handed: &Handed) -> Outcome {
    let shown = req.form.get("shown");
    let counts = req.write(|c| {
        let there = store::delegate::of_delegation(c, delegation.id)?;
        let look = Look::at(edition, delegation, &there, handed);
        if !look.is_ready(&handed.left) || look.seal() != shown {
            return Ok(Err(look.is_ready(&handed.left)));
        }
        let mut counts = (0, 0);
        for change in look.changes.into_iter().filter_map(|(_, change)| change.ok()) {
            match change {
                Change::Add(person) => {
                    let id: DelegateId = chance::id();
                    store::delegate::insert(c, &Delegate { id, ..*person })?;
                    counts.0 += 1;
                }
                Change::Alter { from, to } => {
                    let saved = store::delegate::save(c, &to, from.version)?;
                    if matches!(saved, Saved::Moved(_)) {
                        return Err(Refusal::new("person-moved").into());
                    }
                    counts.1 += 1;
                }
                Change::Same(_) => {}
            }
        }
        let detail = json!({ "added": counts.0, "changed": counts.1 });
        let event = req.event("delegation", delegation.id, "list_filed", detail);
        store::event::append(c, chance::id(), &event)?;
        Ok(Ok(counts))
    })?;
    match counts {
        Ok((added, changed)) => {
            let base = address(edition, delegation.id);
            Ok(Reply::See(format!("{base}?added={added}&changed={changed}")))
        }
        Err(true) => preview(req, edition, delegation, handed, Some("delegate-preview-differs")),
        Err(false) => preview(req, edition, delegation, handed, Some("delegate-preview-not-ready")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        i18n::Messages,
        web::convene::{delegate, delegate_form, delegation::rank_name},
    };
    use domain::{
        Lang, Text,
        city::Origin,
        delegation::{Party, Task},
        edition::Mode,
        person::{NameOrder, Styled},
        precedence::{Among, Precedence},
        workbook::value,
    };
    use jiff::civil::date;

    fn edition() -> Edition {
        Edition {
            id: chance::id(),
            series: chance::id(),
            title: Text::new(Lang::Zh, "示例"),
            host: chance::id(),
            mode: Mode::InPerson,
            zone: "Asia/Shanghai".to_owned(),
            first_day: date(2027, 5, 18),
            last_day: date(2027, 5, 20),
            initiators: Vec::new(),
            languages: vec![Lang::Zh, Lang::Ru],
            precedence: Precedence {
                among: Among::Alphabet { lang: Lang::Ru },
                overrides: Vec::new(),
            },
            call: None,
            origin: Origin::Demonstration,
        }
    }

    fn delegation(edition: &Edition) -> Delegation {
        Delegation {
            id: chance::id(),
            edition: edition.id,
            party: Party::City(chance::id()),
            name: Text::new(Lang::Zh, "虚构港"),
            rank: Rank::Head,
            quota: 20,
            languages: Vec::new(),
            arrival: None,
            departure: None,
            busy: Vec::new(),
            withdrawn: false,
            origin: Origin::Demonstration,
        }
    }

    /// Somebody of each rank, with a name in each order.
    fn people(edition: &Edition, delegation: &Delegation) -> Vec<Versioned<Delegate>> {
        let person = |(at, rank): (usize, &Rank)| {
            let mut person = delegate_form::new(edition, delegation, chance::id());
            person.rank = *rank;
            person.task = if at == 0 { Task::Leader } else { Task::ALL[1 + at % 2] };
            person.email = format!("person{at}@example.org");
            person.languages = vec![Lang::Zh, Lang::Ru, Lang::Fa];
            person.stay.arrival = domain::workbook::date::read(
                if at % 2 == 0 { "17.05.2027 20:10" } else { "17.05.2027" },
                Around { first: edition.first_day, last: edition.last_day },
            )
            .ok();
            let styled = |name: &str, family: &str, order| Styled {
                name: format!("{name}{}", "甲".repeat(at)),
                order,
                family: family.to_owned(),
                office: "=副市长（演示角色）".to_owned(),
                salutation: "尊敬的范例明女士".to_owned(),
            };
            let zh = styled("范例明", "范", NameOrder::FamilyFirst);
            let en = styled("Liming Fan", "", NameOrder::Single);
            person.name.styled.extend([(Lang::Zh, zh), (Lang::En, en)]);
            Versioned { value: person, version: 2 }
        };
        Rank::ALL.iter().enumerate().map(person).collect()
    }

    /// The list that a delegation saves is the list that it can send back, in every language and
    /// format: nothing in it would be changed, and a changed cell changes that person.
    #[test]
    fn a_saved_list_comes_back_as_it_is() {
        let edition = edition();
        let delegation = delegation(&edition);
        let there = people(&edition, &delegation);
        let plain: Vec<Delegate> = there.iter().map(|p| p.value.clone()).collect();
        for lang in Lang::COMPLETE {
            let sheet = delegate::list(Messages::of(lang), &plain, true);
            let at = "2027-01-01T00:00:00Z".parse().unwrap();
            for bytes in [sheet.csv().unwrap(), sheet.xlsx(at).unwrap()] {
                let mut handed = Handed::of_file(&bytes).unwrap();
                let look = Look::at(&edition, &delegation, &there, &handed);
                assert_eq!((look.unread, look.notes, look.aside), (vec![], vec![], vec![]));
                let same = |(_, c): &(usize, _)| matches!(c, Ok(Change::Same(_)));
                assert!(look.changes.iter().all(same), "{lang}: {:?}", look.changes);
                assert_eq!(look.changes.len(), there.len());
                let name = handed.mapping.columns.iter().position(|c| c.names()).unwrap();
                handed.grid.rows[1][name] = "改名".to_owned();
                let look = Look::at(&edition, &delegation, &there, &handed);
                let first = look.changes[0].1.as_ref().unwrap();
                let Change::Alter { from, to } = first else { panic!("{first:?}") };
                assert_eq!((from.value.id, from.version), (to.id, 2));
                assert!(look.changes[1..].iter().all(same));
            }
        }
    }

    #[test]
    fn what_pages_call_ranks_and_tasks_is_read_back() {
        for lang in Lang::COMPLETE {
            let t = Messages::of(lang);
            for rank in Rank::ALL {
                assert_eq!(value::rank(&rank_name(t, *rank)), Ok(*rank), "{lang}");
            }
            for task in Task::ALL {
                assert_eq!(value::task(&delegate::task_name(t, *task)), Ok(*task), "{lang}");
            }
        }
    }

    /// The list travels in the form and comes back with its corrections.
    #[test]
    fn the_form_brings_the_list_back() {
        let table = "姓名,护照,抵达\n盛虚名,E123,下旬\n".as_bytes();
        let handed = Handed::of_file(table).unwrap();
        assert_eq!(handed.grid.rows[1], ["盛虚名", "", "下旬"]);
        let form = Fields::default()
            .with("grid", serde_json::json!(handed.grid).to_string())
            .with("heading", "0-1")
            .with("head", "1")
            .with("body", "1")
            .with("column.0", "name")
            .with("column.2", "arrival")
            .with("fix.1.2", "5月17日")
            .with("fix.9.9", "x")
            .with("fix.1.77", "x");
        let back = Handed::of_form(&form).unwrap();
        assert_eq!(back.grid.rows, [["姓名", "护照", "抵达"], ["盛虚名", "", "5月17日"]]);
        assert_eq!(back.mapping.columns, [Column::Name(None), Column::Aside, Column::Arrival]);
        let wild = [("grid", "[]"), ("grid", "{\"name\":\"\",\"rows\":[[1]]}")];
        for (name, value) in wild {
            assert!(Handed::of_form(&Fields::default().with(name, value)).is_err());
        }
    }
}
