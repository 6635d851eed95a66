//! A roster from a workbook as offices have it: handed in, shown with whom it would add, corrected, stored.
//! The first language of a row is taken as native, the others as active; whoever is there already is left
//! alone.

use domain::{
    InterpreterId, Lang, Refusal,
    access::Action,
    edition::Edition,
    interpreter::{Interpreter, Strength, admit},
    search::fold,
    venue::Closed,
    workbook::{
        Grid,
        column::Column,
        date::Around,
        header::{Holds, recognise},
        row::{self, Row, Stated, Unread},
    },
};
use maud::{Markup, html};
use serde_json::json;
use uuid::Uuid;

use super::{
    interpreter::{below, home, presence, tongues},
    interpreter_account as account, interpreter_form as fields,
};
use crate::{
    chance,
    i18n::Messages,
    web::{
        convene::people_list_view,
        reply::{Outcome, Reply},
        request::Req,
        route::{Gate, Route, get, post},
        text,
        workbook::{
            self, Brought,
            handed::{Handed, Told},
            view::{self, Kind},
        },
    },
};

/// The message above the form.
const WHY: &str = "interpreter-import-why";

/// The addresses of this file.
pub fn routes() -> Vec<Route> {
    let plan = Gate::Office(Action::Plan);
    vec![
        get("/editions/{edition}/interpreters/import", plan, ask),
        post("/editions/{edition}/interpreters/import", plan, step),
    ]
}

/// What a list would do.
struct Look {
    /// Whom it adds.
    new: Vec<Interpreter>,
    /// Who is there already, by name.
    known: Vec<String>,
    /// What is no change yet, or is not taken.
    told: Told,
}

impl Look {
    /// Whether every row is understood or left out, and somebody is added.
    fn is_ready(&self, list: &Handed<Column>) -> bool {
        self.told.waiting(&list.left) == 0 && !self.new.is_empty()
    }

    /// Stands for exactly these people.
    fn seal(&self) -> String {
        let nobody = InterpreterId(Uuid::nil());
        let new = self.new.iter().map(|one| Interpreter { id: nobody, ..one.clone() });
        chance::hash(&json!(new.collect::<Vec<_>>()).to_string())
    }
}

/// The list that a request brings, without what must not be kept.
fn handed(req: &Req) -> Result<Handed<Column>, Refusal> {
    let mut list = match workbook::brought(req)? {
        Brought::Page(grid) => Handed::of_page(grid, &req.form),
        Brought::File(sheets) => {
            let known = |grid: &Grid| recognise(grid).map_or(0, |mapping| mapping.known());
            let grid = workbook::best(sheets, known)?;
            let mapping = recognise(&grid).ok_or_else(|| Refusal::new("roster-unreadable"))?;
            Handed::new(grid, Some(mapping))?
        }
    };
    for column in list.mapping.columns.iter_mut().filter(|column| !is_read(**column)) {
        *column = Column::ASIDE;
    }
    list.grid.forget_sensitive(&list.mapping);
    Ok(list)
}

/// Whether a column says anything of an interpreter.
fn is_read(column: Column) -> bool {
    let other = matches!(column, Column::Id | Column::Rank | Column::Task | Column::Leader(_));
    !other && !column.is_of_delegation()
}

/// What a column is called here: coming and going are presence.
fn column_name(t: Messages, column: Column) -> String {
    match column {
        Column::Arrival => t.get("interpreter-import-from"),
        Column::Departure => t.get("interpreter-import-until"),
        other => people_list_view::column_name(t, other),
    }
}

/// Reads a list against the roster that stands.
fn look(edition: &Edition, list: &Handed<Column>, there: &[Interpreter]) -> Look {
    let around = Around { first: edition.first_day, last: edition.last_day };
    let mut look = Look { new: Vec::new(), known: Vec::new(), told: Told::default() };
    let mut all = there.to_vec();
    let rows = row::read(&list.grid, &list.mapping, around, &list.answers);
    for (at, row) in rows.into_iter().filter(|(at, _)| !list.left.contains(at)) {
        match row {
            Row::Aside(words) => look.told.aside.push((at, words)),
            Row::Cancelled(words) => look.told.cancelled.push((at, words)),
            Row::Unread(cells) => look.told.unread.push((at, cells)),
            Row::Person(stated, notes) => match person(edition, *stated) {
                Ok(one) if all.iter().any(|other| same(other, &one)) => {
                    look.known.push(one.name.words());
                }
                Ok(one) => {
                    look.told.notes.extend(notes.into_iter().map(|note| (at, note)));
                    all.push(one.clone());
                    look.new.push(one);
                }
                // Every row that can be read and not taken lacks a pair of languages.
                Err(refusal) => {
                    let languages = |column: &Column| *column == Column::Languages;
                    let columns = &list.mapping.columns;
                    let column = columns.iter().position(languages).unwrap_or(columns.len());
                    look.told.unread.push((at, vec![Unread { column, refusal }]));
                }
            },
        }
    }
    look
}

/// Whether two are one person: by the address, or by a name that both state.
fn same(a: &Interpreter, b: &Interpreter) -> bool {
    let name = |one: &Interpreter, lang: Lang| {
        one.name.styled.get(&lang).map(|styled| fold(&styled.name)).filter(|n| !n.is_empty())
    };
    let named = Lang::ALL.into_iter().any(|lang| {
        let (a, b) = (name(a, lang), name(b, lang));
        a.is_some() && a == b
    });
    named || admit(std::slice::from_ref(a), b).is_err()
}

fn person(edition: &Edition, stated: Stated) -> Result<Interpreter, Refusal> {
    let class =
        |(n, lang): (usize, Lang)| (lang, if n == 0 { Strength::Native } else { Strength::Active });
    let (from, until) = (stated.stay.arrival, stated.stay.departure);
    let midnight = jiff::civil::Time::midnight();
    let arrives = from.map_or(edition.first_day.to_datetime(midnight), |m| {
        m.day.to_datetime(m.time.unwrap_or(midnight))
    });
    let leaves = until.map_or_else(
        || edition.last_day.tomorrow().unwrap_or(edition.last_day).to_datetime(midnight),
        |m| match m.time {
            Some(time) => m.day.to_datetime(time),
            None => m.day.tomorrow().unwrap_or(m.day).to_datetime(midnight),
        },
    );
    let stays = from.is_some() || until.is_some();
    let one = Interpreter {
        name: stated.name,
        languages: stated.languages.into_iter().enumerate().map(class).collect(),
        email: stated.email.unwrap_or_default(),
        presence: if stays { vec![Closed { from: arrives, until: leaves }] } else { Vec::new() },
        ..fields::new(edition, chance::id())
    };
    match one.check() {
        Ok(()) => Ok(one),
        Err(refused) => Err(refused.0.into_values().next().unwrap_or(Refusal::new("choose"))),
    }
}

fn roster(c: &mut store::Conn, edition: &Edition) -> store::Result<Vec<Interpreter>> {
    let all = store::interpreter::of_edition(c, edition.id)?;
    Ok(all.into_iter().map(|one| one.value).collect())
}

fn ask(req: &Req) -> Outcome {
    let (edition, title) = (req.edition()?, req.t.get("interpreter-import"));
    Ok(below(req, edition, title).reply(req, &workbook::upload(req, WHY, &[], None)))
}

fn step(req: &Req) -> Outcome {
    let edition = req.edition()?;
    match handed(req) {
        Err(refusal) => {
            let page = below(req, edition, req.t.get("interpreter-import"));
            Ok(page.again(req, &workbook::upload(req, WHY, &[], Some(&refusal))))
        }
        Ok(mut list) if req.form.get("do") == "store" => store(req, edition, &mut list),
        Ok(mut list) => preview(req, edition, &mut list, None),
    }
}

/// Shows what the list would do; `why` says why it was not stored.
fn preview(req: &Req, edition: &Edition, list: &mut Handed<Column>, why: Option<&str>) -> Outcome {
    let there = req.read(|c| roster(c, edition))?;
    let mut seen = look(edition, list, &there);
    if list.settle(&req.form, &seen.told) {
        seen = look(edition, list, &there);
    }
    let page = below(req, edition, req.t.get("interpreter-import"));
    let body = html! {
        @if let Some(why) = why {
            section.notice.error role="alert" tabindex="-1" autofocus { p { (req.t.get(why)) } }
        }
        (view(req, list, &seen))
    };
    Ok(if why.is_some() { page.again(req, &body) } else { page.reply(req, &body) })
}

fn view(req: &Req, list: &Handed<Column>, look: &Look) -> Markup {
    let t = req.t;
    let figures = [
        ("interpreter-import-new", look.new.len()),
        ("interpreter-import-known", look.known.len()),
        ("interpreter-import-wrong", look.told.waiting(&list.left)),
    ];
    let kind = Kind {
        name: &|column| column_name(t, column),
        choices: Column::all().into_iter().filter(|column| is_read(*column)).collect(),
        headed: list.mapping.columns.iter().any(|column| column.names()),
        lacks: "delegate-preview-no-heading",
        asked: Vec::new(),
        questions: people_list_view::sensitive(t, list),
        beside: html! {},
    };
    let ready = (look.is_ready(list), &*look.seal());
    html! {
        (view::figures(t, &figures))
        (view::form(req, (list, &look.told), &kind, ready, &added(t, &look.new)))
    }
}

/// Whom the list adds.
fn added(t: Messages, new: &[Interpreter]) -> Markup {
    let labels =
        ["interpreter-name", "interpreter-languages", "interpreter-presence", "interpreter-email"]
            .map(|key| t.get(key));
    html! {
        @if !new.is_empty() {
            div.scroll {
                table.stack {
                    thead { tr { @for label in &labels { th scope="col" { (label) } } } }
                    tbody {
                        @for one in new {
                            tr {
                                th scope="row" { (text::name(t, &one.name)) }
                                td data-label=(labels[1]) { (tongues(t, one)) }
                                td data-label=(labels[2]) { (presence(t, one)) }
                                td data-label=(labels[3]) { bdi { (one.email) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Stores whom the list adds if it is still what was shown, worked out again beside the roster as it is now.
fn store(req: &Req, edition: &Edition, list: &mut Handed<Column>) -> Outcome {
    let stored = req.write(|c| {
        let look = look(edition, list, &roster(c, edition)?);
        if look.told.waiting(&list.left) > 0 {
            return Ok(Err("delegate-preview-not-ready"));
        }
        if look.new.is_empty() {
            return Ok(Err("delegate-preview-nothing"));
        }
        if look.seal() != req.form.get("shown") {
            return Ok(Err("delegate-preview-differs"));
        }
        for one in &look.new {
            store::interpreter::insert(c, one)?;
            account::appoint(c, req, edition, one)?;
        }
        let detail = json!({ "added": look.new.len() });
        let event = req.event("interpreter", edition.id, "list_filed", detail);
        store::event::append(c, chance::id(), &event)?;
        Ok(Ok(()))
    })?;
    match stored {
        Ok(()) => Ok(Reply::See(home(edition))),
        Err(why) => preview(req, edition, list, Some(why)),
    }
}
