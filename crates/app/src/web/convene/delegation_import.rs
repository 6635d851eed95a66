//! The list of everybody from an office's own workbook: delegations of cities and organisations, and their
//! people. Handed in, shown with what it would do, stored as it was shown.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    DelegateId, DelegationId, Lang, Refusal, Text,
    access::Action,
    body::Body,
    city::City,
    delegation::{Delegate, Delegation, Party},
    edition::Edition,
    revision::{Saved, Versioned},
    workbook::{
        Grid,
        category::{Unranked, unranked},
        change::Change,
        column::Column,
        date::Around,
        delegation_list,
        filing::{Formed, Group, There, groups},
        following::Remark,
        party::Names,
        row::Unread,
    },
};
use maud::html;
use serde_json::json;
use store::Conn;

use super::{
    delegation::home,
    delegation_preview,
    people_list::{People, Reach},
};
use crate::{
    chance,
    web::{
        layout::Page,
        reply::{Fault, Outcome, Reply},
        request::Req,
        route::{Gate, Route, get, post},
        workbook::handed::{Handed, Told},
    },
};

/// The addresses of this file.
pub fn routes() -> Vec<Route> {
    let file = Gate::Office(Action::File);
    vec![
        get("/editions/{edition}/delegations/import", file, ask),
        post("/editions/{edition}/delegations/import", file, step),
    ]
}

/// What a list would do.
pub struct Look {
    /// What is no change yet.
    pub told: Told,
    /// Names that mean nobody known, and whoever may be meant by a slip.
    pub strangers: BTreeMap<String, Option<Text>>,
    /// What becomes of each delegation.
    pub groups: Vec<Group>,
    /// Whom it adds without saying of what category they are.
    pub unranked: Vec<Unranked>,
}

/// What a list is read against.
struct Known {
    delegations: Vec<Versioned<Delegation>>,
    people: Vec<Versioned<Delegate>>,
    cities: Vec<Versioned<City>>,
    bodies: Vec<Versioned<Body>>,
}

impl Known {
    fn load(c: &mut Conn, edition: &Edition) -> store::Result<Self> {
        Ok(Self {
            delegations: store::delegation::of_edition(c, edition.id)?,
            people: store::delegate::of_edition(c, edition.id)?,
            cities: store::city::all(c)?,
            bodies: store::body::all(c)?,
        })
    }

    /// Every party with each of its names: as the register has it, and as its delegation was formed.
    fn named(&self) -> impl Iterator<Item = (Party, &Text)> {
        let cities = self.cities.iter().map(|v| (Party::City(v.value.id), &v.value.name));
        let bodies = self.bodies.iter().map(|v| (Party::Body(v.value.id), &v.value.name));
        cities.chain(bodies).chain(self.delegations.iter().map(|v| (v.value.party, &v.value.name)))
    }
}

impl Look {
    /// What the list would do. Cells that say something else than their delegation's other rows are empty
    /// where the reader leaves those of their column empty.
    fn at(edition: &Edition, known: &Known, people: &People) -> Self {
        let (look, asked) = Self::of(edition, known, people, &people.list.grid);
        let left = |at: &usize| people.list.answers.blank.contains(at);
        let cells = asked.into_iter().filter(|(_, at)| left(at)).collect::<Vec<_>>();
        if cells.is_empty() {
            return look;
        }
        let mut grid = people.list.grid.clone();
        let mut notes = Vec::new();
        for (row, at) in cells {
            if let Some(cell) = grid.rows.get_mut(row).and_then(|cells| cells.get_mut(at)) {
                let said = std::mem::take(cell);
                notes.push((row, Refusal::new("cell-left").with("said", said)));
            }
        }
        let (mut look, _) = Self::of(edition, known, people, &grid);
        look.told.notes.extend(notes);
        look
    }

    /// The same of a sheet, and its cells about which the delegations ask.
    fn of(
        edition: &Edition,
        known: &Known,
        people: &People,
        grid: &Grid,
    ) -> (Self, Vec<(usize, usize)>) {
        let around = Around { first: edition.first_day, last: edition.last_day };
        let names: Names<Party> = known.named().collect();
        let handed = &people.list;
        let mut list =
            delegation_list::read(grid, &handed.mapping, around, &names, &handed.answers);
        list.filed.retain(|filing| !handed.left.contains(&filing.row));
        let (cancelled, notes) = (list.cancelled, list.notes);
        let mut told =
            Told { aside: list.aside, unread: list.unread, refused: Vec::new(), cancelled, notes };
        let there = There {
            edition,
            delegations: &known.delegations,
            people: &known.people,
            rank: people.rank,
            leads: &handed.answers.leads,
        };
        let called = |party: Party| {
            let found = known.named().find(|(named, _)| *named == party);
            found.map_or_else(|| Text::new(Lang::En, ""), |(_, name)| name.clone())
        };
        let mut groups = groups(&there, &list.filed, called);
        for (row, refusal) in groups.iter_mut().flat_map(|group| group.refused.drain(..)) {
            // Whoever reads this sets the quotas.
            let over = refusal.code == "over-quota";
            let code = if over { "over-quota-office" } else { &refusal.code }.to_owned();
            told.refused.push((row, Refusal { code, ..refusal }));
        }
        let mut asked = Vec::new();
        for followed in groups.iter_mut().map(|group| std::mem::take(&mut group.followed)) {
            for remark in followed.asked {
                let (row, cell) = remarked(grid, handed, remark);
                asked.push((row, cell.column));
                told.unread.push((row, vec![cell]));
            }
            let notes = followed.notes.into_iter().map(|remark| remarked(grid, handed, remark));
            told.notes.extend(notes.map(|(row, cell)| (row, cell.refusal)));
        }
        let changes = groups.iter().flat_map(|group| &group.people);
        let added: BTreeSet<usize> =
            changes.filter(|(_, c)| matches!(c, Change::Add(_))).map(|(row, _)| *row).collect();
        let new = list.filed.iter().filter(|filing| added.contains(&filing.row));
        let unranked = unranked(new.filter_map(|filing| filing.person.as_deref()), people.rank);
        let nearly = |said: String| {
            let meant = names.nearly(&said).map(called);
            (said, meant)
        };
        let strangers = list.strangers.into_iter().map(nearly).collect();
        (Self { told, strangers, groups, unranked }, asked)
    }

    /// Whether every row is understood or left out, and something is to be done.
    pub fn is_ready(&self, left: &BTreeSet<usize>) -> bool {
        self.told.waiting(left) == 0 && self.groups.iter().any(Group::does_something)
    }

    /// Stands for exactly these changes.
    pub fn seal(&self) -> String {
        chance::hash(&json!(self.groups).to_string())
    }
}

/// A remark with the cell that it is about: the first of its kind that says anything, else the first.
fn remarked(grid: &Grid, handed: &Handed<Column>, (row, of, refusal): Remark) -> (usize, Unread) {
    let all = handed.mapping.columns.iter().enumerate().filter(|(_, column)| **column == of);
    let places: Vec<usize> = all.map(|(at, _)| at).collect();
    let filled = places.iter().find(|at| !grid.cell(row, **at).trim().is_empty());
    let column = filled.or(places.first()).copied().unwrap_or(handed.mapping.columns.len());
    let said = places.iter().map(|at| grid.cell(row, *at).trim()).filter(|cell| !cell.is_empty());
    let said = said.collect::<Vec<_>>().join(" ");
    (row, Unread { column, refusal: refusal.with("said", said) })
}

fn page<'a>(req: &Req, edition: &'a Edition, title: &str) -> Page<'a> {
    let trail = vec![(home(edition), req.t.get("edition-nav-delegations"))];
    Page { title: req.t.get(title), trail, edition: Some(edition), ..Page::default() }
}

fn ask(req: &Req) -> Outcome {
    let page = page(req, req.edition()?, "delegation-import");
    Ok(page.reply(req, &delegation_preview::upload(req, None)))
}

fn step(req: &Req) -> Outcome {
    let edition = req.edition()?;
    match People::of(req, Reach::Edition) {
        Err(refusal) => {
            let page = page(req, edition, "delegation-import");
            Ok(page.again(req, &delegation_preview::upload(req, Some(&refusal))))
        }
        Ok(mut people) if req.form.get("do") == "store" => store(req, edition, &mut people),
        Ok(mut people) => preview(req, edition, &mut people, None),
    }
}

/// Shows what the list would do; `why` says why it was not stored.
fn preview(req: &Req, edition: &Edition, people: &mut People, why: Option<&str>) -> Outcome {
    let known = req.read(|c| Known::load(c, edition))?;
    let mut look = Look::at(edition, &known, people);
    if people.list.settle(&req.form, &look.told) {
        look = Look::at(edition, &known, people);
    }
    let page = page(req, edition, "delegate-preview");
    let body = html! {
        @if let Some(why) = why {
            section.notice.error role="alert" tabindex="-1" autofocus { p { (req.t.get(why)) } }
        }
        (delegation_preview::view(req, people, &look))
    };
    Ok(if why.is_some() { page.again(req, &body) } else { page.reply(req, &body) })
}

/// How many delegations were formed and changed, and people added and changed.
#[derive(Clone, Copy, Debug, Default)]
pub struct Counts {
    /// Delegations formed.
    pub formed: usize,
    /// Delegations changed.
    pub altered: usize,
    /// People added.
    pub added: usize,
    /// People changed.
    pub changed: usize,
}

fn store(req: &Req, edition: &Edition, people: &mut People) -> Outcome {
    match take(req, edition, people, req.form.get("shown"))? {
        Ok(Counts { formed, altered, added, changed }) => {
            let query =
                format!("formed={formed}&altered={altered}&added={added}&changed={changed}");
            Ok(Reply::See(format!("{}?{query}", home(edition))))
        }
        Err(why) => preview(req, edition, people, Some(why)),
    }
}

/// What a list from the command line has done, with a sentence for each row that was not taken as it stands;
/// or the sentences of the rows that keep it from being stored.
pub type Filed = Result<(Counts, Vec<String>), Vec<String>>;

/// Takes a list from the command line, as a whole or not at all.
pub fn from_file(req: &Req, bytes: &[u8]) -> Result<Filed, Fault> {
    let edition = req.edition()?;
    let people = People::of_sheets(outputs::workbook::read(bytes)?, Reach::Edition)?;
    if !people.is_headed() {
        return Ok(Err(vec![req.t.get("delegate-preview-no-heading")]));
    }
    let known = req.read(|c| Known::load(c, edition))?;
    let look = Look::at(edition, &known, &people);
    if look.told.waiting(&people.list.left) > 0 {
        return Ok(Err(look.told.sentences(req.t)));
    }
    let untaken = look.told.left_aside(req.t);
    let taken = take(req, edition, &people, &look.seal())?.unwrap_or_default();
    Ok(Ok((taken, untaken)))
}

/// Stores a list all at once if it would still do what was shown, else says why not.
fn take(
    req: &Req,
    edition: &Edition,
    people: &People,
    shown: &str,
) -> Result<Result<Counts, &'static str>, Fault> {
    req.write(|c| {
        let look = Look::at(edition, &Known::load(c, edition)?, people);
        if look.told.waiting(&people.list.left) > 0 {
            return Ok(Err("delegate-preview-not-ready"));
        }
        if !look.is_ready(&people.list.left) {
            return Ok(Err("delegate-preview-nothing"));
        }
        if look.seal() != shown {
            return Ok(Err("delegate-preview-differs"));
        }
        let mut counts = Counts::default();
        for group in look.groups.into_iter().filter(Group::does_something) {
            file(c, req, edition, group, &mut counts)?;
        }
        Ok(Ok(counts))
    })
}

/// Stores one delegation with its people.
fn file(
    c: &mut Conn,
    req: &Req,
    edition: &Edition,
    group: Group,
    counts: &mut Counts,
) -> store::Result<()> {
    let before = *counts;
    let delegation = match group.formed {
        Formed::Same(delegation) => delegation.id,
        Formed::New(new) => {
            counts.formed += 1;
            form(c, edition, *new)?
        }
        Formed::Altered { from, to } => {
            moved(&store::delegation::save(c, &to, from.version)?)?;
            counts.altered += 1;
            to.id
        }
    };
    for (_, change) in group.people {
        match change {
            Change::Add(person) => {
                let id: DelegateId = chance::id();
                store::delegate::insert(c, &Delegate { id, delegation, ..*person })?;
                counts.added += 1;
            }
            Change::Alter { from, to } => {
                moved(&store::delegate::save(c, &to, from.version)?)?;
                counts.changed += 1;
            }
            Change::Same(_) => {}
        }
    }
    let detail = json!({
        "formed": counts.formed > before.formed,
        "altered": counts.altered > before.altered,
        "added": counts.added - before.added,
        "changed": counts.changed - before.changed,
    });
    store::event::append(
        c,
        chance::id(),
        &req.event("delegation", delegation, "list_filed", detail),
    )
}

/// Forms a delegation, of an organisation that becomes known with it if there is none yet.
fn form(c: &mut Conn, edition: &Edition, new: Delegation) -> store::Result<DelegationId> {
    let party = match new.party {
        Party::Body(id) if id.0.is_nil() => {
            let body = Body { id: chance::id(), name: new.name.clone(), origin: edition.origin };
            store::body::insert(c, &body)?;
            Party::Body(body.id)
        }
        known => known,
    };
    let delegation = Delegation { id: chance::id(), party, ..new };
    store::delegation::insert(c, &delegation)?;
    Ok(delegation.id)
}

/// Within one transaction nothing moves, so a record that did is a refusal of the whole.
fn moved<T>(saved: &Saved<T>) -> store::Result<()> {
    match saved {
        Saved::Stored(_) => Ok(()),
        Saved::Moved(_) => Err(Refusal::new("person-moved").into()),
    }
}
