//! A roster from a workbook as offices have it: handed in, shown with whom it would add, then stored. The
//! first language of a row is taken as native, the others as active; whoever is there already is left alone.

use domain::{
    Lang, Refusal,
    access::Action,
    edition::Edition,
    interpreter::{Interpreter, Strength, admit},
    search::fold,
    venue::Closed,
    workbook::{
        answers::Answers,
        column::Column,
        date::Around,
        header::recognise,
        row::{self, Row, Stated},
    },
};
use maud::{Markup, html};
use serde_json::json;

use super::{
    interpreter::{below, home, presence, tongues},
    interpreter_account as account, interpreter_form as fields,
};
use crate::{
    chance,
    web::{
        convene::people_list_view,
        reply::{Fault, Outcome, Reply},
        request::Req,
        route::{Gate, Route, get, post},
        text,
        workbook::{
            self, Brought,
            handed::{Handed, Told},
            view,
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
    /// Rows that cannot be taken, with why.
    wrong: Vec<(usize, Refusal)>,
    /// What is not taken beside.
    told: Told,
}

/// The list that was handed in, without what must not be kept.
fn handed(req: &Req) -> Result<Handed<Column>, Refusal> {
    let grid = match workbook::brought(req)? {
        Brought::Page(grid) => grid,
        Brought::File(sheets) => workbook::best(sheets, |g| recognise(g).map_or(0, |m| m.known()))?,
    };
    let mapping = recognise(&grid).ok_or_else(|| Refusal::new("roster-unreadable"))?;
    let mut list = Handed::new(grid, Some(mapping))?;
    list.grid.forget_sensitive(&list.mapping);
    Ok(list)
}

/// Reads a list against the roster that stands.
fn look(edition: &Edition, list: &Handed<Column>, there: &[Interpreter]) -> Look {
    let around = Around { first: edition.first_day, last: edition.last_day };
    let told = Told::default();
    let mut look = Look { new: Vec::new(), known: Vec::new(), wrong: Vec::new(), told };
    let mut all = there.to_vec();
    for (at, row) in row::read(&list.grid, &list.mapping, around, &Answers::default()) {
        match row {
            Row::Aside(words) => look.told.aside.push((at, words)),
            Row::Cancelled(words) => {
                look.wrong.push((at, Refusal::new("row-cancelled").with("said", words)));
            }
            Row::Unread(cells) => {
                look.wrong.extend(cells.into_iter().map(|cell| (at, cell.refusal)));
            }
            Row::Person(stated, notes) => match person(edition, *stated) {
                Ok(one) if all.iter().any(|other| same(other, &one)) => {
                    look.known.push(one.name.words());
                }
                Ok(one) => {
                    look.told.notes.extend(notes.into_iter().map(|note| (at, note)));
                    all.push(one.clone());
                    look.new.push(one);
                }
                Err(refusal) => look.wrong.push((at, refusal)),
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
    let (edition, title) = (req.edition()?, req.t.get("interpreter-import"));
    let there = req.read(|c| roster(c, edition))?;
    let read = handed(req).map(|list| (look(edition, &list, &there), list));
    match read {
        Err(refusal) => {
            Ok(below(req, edition, title)
                .again(req, &workbook::upload(req, WHY, &[], Some(&refusal))))
        }
        Ok((look, list)) if req.form.get("do") == "store" && !look.new.is_empty() => {
            store(req, edition, &list)
        }
        Ok((look, list)) => Ok(below(req, edition, title).reply(req, &preview(req, &list, &look))),
    }
}

fn preview(req: &Req, list: &Handed<Column>, look: &Look) -> Markup {
    let t = req.t;
    let labels =
        ["interpreter-name", "interpreter-languages", "interpreter-presence", "interpreter-email"]
            .map(|key| t.get(key));
    html! {
        div.figures {
            div.figure { strong { (look.new.len()) } span { (t.get("interpreter-import-new")) } }
            div.figure { strong { (look.known.len()) } span { (t.get("interpreter-import-known")) } }
            div.figure { strong { (look.wrong.len()) } span { (t.get("interpreter-import-wrong")) } }
        }
        (workbook::wrong(req, &look.wrong))
        (people_list_view::sensitive(t, list))
        (view::not_kept(t, list, &look.told))
        @if !look.new.is_empty() {
            div.scroll {
                table.stack {
                    thead { tr { @for label in &labels { th scope="col" { (label) } } } }
                    tbody {
                        @for one in &look.new {
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
            form method="post" action=(req.path) {
                (workbook::back(&list.grid))
                div.actions {
                    button.main type="submit" name="do" value="store" {
                        (t.get("interpreter-import-store"))
                    }
                }
            }
        }
        (view::aside(t, &look.told))
        p { a href=(req.path) { (t.get("interpreter-import-other")) } }
    }
}

/// Stores whom the list adds, worked out again beside the roster as it is now.
fn store(req: &Req, edition: &Edition, list: &Handed<Column>) -> Result<Reply, Fault> {
    req.write(|c| {
        let there = roster(c, edition)?;
        let look = look(edition, list, &there);
        for one in &look.new {
            store::interpreter::insert(c, one)?;
            account::appoint(c, req, edition, one)?;
        }
        let detail = json!({ "added": look.new.len() });
        let event = req.event("interpreter", edition.id, "list_filed", detail);
        store::event::append(c, chance::id(), &event)
    })?;
    Ok(Reply::See(home(edition)))
}
