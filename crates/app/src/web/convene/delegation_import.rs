//! The list of everybody from an office's own workbook: delegations of cities and organisations, and their
//! people. Handed in, shown with what it would do, stored as it was shown.

use std::collections::BTreeSet;

use domain::{
    DelegateId, DelegationId, Lang, Refusal, Text,
    access::Action,
    body::Body,
    city::City,
    delegation::{Delegate, Delegation, Party},
    edition::Edition,
    revision::{Saved, Versioned},
    workbook::{
        change::Change,
        date::Around,
        delegation_list::{self, Answers},
        filing::{Formed, Group, There, groups},
    },
};
use maud::html;
use serde_json::json;
use store::Conn;

use super::{
    delegation::home,
    delegation_preview,
    people_list::{Handed, Reach, Told},
};
use crate::{
    chance,
    web::{
        layout::Page,
        reply::{Fault, Outcome, Reply},
        request::Req,
        route::{Gate, Route, get, post},
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
    /// Names that mean nobody known.
    pub strangers: BTreeSet<String>,
    /// What becomes of each delegation.
    pub groups: Vec<Group>,
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
    fn at(edition: &Edition, known: &Known, handed: &Handed, answers: &Answers) -> Self {
        let around = Around { first: edition.first_day, last: edition.last_day };
        let names = known.named().collect();
        let mut list =
            delegation_list::read(&handed.grid, &handed.mapping, around, &names, answers);
        list.filed.retain(|filing| !handed.left.contains(&filing.row));
        let mut told =
            Told { aside: list.aside, unread: list.unread, refused: Vec::new(), notes: list.notes };
        let there = There { edition, delegations: &known.delegations, people: &known.people };
        let called = |party: Party| {
            let found = known.named().find(|(named, _)| *named == party);
            found.map_or_else(|| Text::new(Lang::En, ""), |(_, name)| name.clone())
        };
        let mut groups = groups(&there, &list.filed, called, handed.rank);
        for (row, refusal) in groups.iter_mut().flat_map(|group| group.refused.drain(..)) {
            // Whoever reads this sets the quotas.
            let over = refusal.code == "over-quota";
            let code = if over { "over-quota-office" } else { &refusal.code }.to_owned();
            told.refused.push((row, Refusal { code, ..refusal }));
        }
        Self { told, strangers: list.strangers, groups }
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

fn page<'a>(req: &Req, edition: &'a Edition, title: &str) -> Page<'a> {
    let trail = vec![(home(edition), req.t.get("edition-nav-delegations"))];
    Page { title: req.t.get(title), trail, edition: Some(edition), ..Page::default() }
}

fn ask(req: &Req) -> Outcome {
    let page = page(req, req.edition()?, "delegation-import");
    Ok(page.reply(req, &delegation_preview::upload(req, None)))
}

/// What the reader says of strangers: those that are organisations, and what others are called here.
fn answers(req: &Req) -> Answers {
    let new = req.form.all("new").map(str::to_owned).collect();
    let means = req.form.0.iter().filter_map(|(name, meant)| {
        let stranger = name.strip_prefix("means.")?;
        let meant = meant.trim();
        (!meant.is_empty()).then(|| (stranger.to_owned(), meant.to_owned()))
    });
    Answers { new, means: means.collect() }
}

fn step(req: &Req) -> Outcome {
    let edition = req.edition()?;
    match Handed::of(req, Reach::Edition) {
        Err(refusal) => {
            let page = page(req, edition, "delegation-import");
            Ok(page.again(req, &delegation_preview::upload(req, Some(&refusal))))
        }
        Ok(handed) if req.form.get("do") == "store" => store(req, edition, &handed),
        Ok(handed) => preview(req, edition, &handed, None),
    }
}

/// Shows what the list would do; `why` says why it was not stored.
fn preview(req: &Req, edition: &Edition, handed: &Handed, why: Option<&str>) -> Outcome {
    let known = req.read(|c| Known::load(c, edition))?;
    let answers = answers(req);
    let look = Look::at(edition, &known, handed, &answers);
    let page = page(req, edition, "delegate-preview");
    let body = html! {
        @if let Some(why) = why {
            section.notice.error role="alert" tabindex="-1" autofocus { p { (req.t.get(why)) } }
        }
        (delegation_preview::view(req, handed, &look, &answers))
    };
    Ok(if why.is_some() { page.again(req, &body) } else { page.reply(req, &body) })
}

/// How many delegations were formed, and people added and changed.
#[derive(Clone, Copy, Debug, Default)]
pub struct Counts {
    /// Delegations formed.
    pub formed: usize,
    /// People added.
    pub added: usize,
    /// People changed.
    pub changed: usize,
}

fn store(req: &Req, edition: &Edition, handed: &Handed) -> Outcome {
    match take(req, edition, handed, req.form.get("shown"))? {
        Ok(Counts { formed, added, changed }) => {
            let query = format!("formed={formed}&added={added}&changed={changed}");
            Ok(Reply::See(format!("{}?{query}", home(edition))))
        }
        Err(why) => preview(req, edition, handed, Some(why)),
    }
}

/// Takes a list from the command line: stored as a whole, or the sentences of the rows that keep it from
/// that.
pub fn from_file(req: &Req, bytes: &[u8]) -> Result<Result<Counts, Vec<String>>, Fault> {
    let edition = req.edition()?;
    let handed = Handed::of_sheets(outputs::workbook::read(bytes)?, Reach::Edition)?;
    if !handed.is_headed() {
        return Ok(Err(vec![req.t.get("delegate-preview-no-heading")]));
    }
    let known = req.read(|c| Known::load(c, edition))?;
    let look = Look::at(edition, &known, &handed, &Answers::default());
    if look.told.waiting(&handed.left) > 0 {
        return Ok(Err(look.told.sentences(req.t)));
    }
    Ok(take(req, edition, &handed, &look.seal())?.or(Ok(Counts::default())))
}

/// Stores a list all at once if it would still do what was shown, else says why not.
fn take(
    req: &Req,
    edition: &Edition,
    handed: &Handed,
    shown: &str,
) -> Result<Result<Counts, &'static str>, Fault> {
    req.write(|c| {
        let look = Look::at(edition, &Known::load(c, edition)?, handed, &answers(req));
        if look.told.waiting(&handed.left) > 0 {
            return Ok(Err("delegate-preview-not-ready"));
        }
        if !look.is_ready(&handed.left) {
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
