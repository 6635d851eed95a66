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
        Grid,
        date::Around,
        header::recognise,
        row::{self, Row, Stated},
    },
};
use maud::{Markup, html};
use outputs::workbook;
use serde_json::json;

use super::{
    interpreter::{below, home, presence, tongues},
    interpreter_account as account, interpreter_form as fields,
};
use crate::{
    chance,
    web::{
        reply::{Fault, Outcome, Reply},
        request::Req,
        route::{Gate, Route, get, post},
        text,
    },
};

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
    /// Rows that cannot be taken, with why; rows are counted from 1.
    wrong: Vec<(usize, Refusal)>,
}

/// The sheet in which the most is recognised, without what must not be kept.
fn sheet(bytes: &[u8]) -> Result<Grid, Refusal> {
    let grids = workbook::read(bytes)?;
    let known = |g: &Grid| recognise(g).map_or(0, |m| m.known());
    let mut best = grids.into_iter().rev().max_by_key(known).unwrap_or_default();
    if let Some(mapping) = recognise(&best) {
        best.forget_sensitive(&mapping);
    }
    if best.rows.is_empty() { Err(Refusal::new("workbook-empty")) } else { Ok(best) }
}

/// The sheet as the page brings it back; anything else than what the page sent is refused.
fn returned(raw: &str) -> Result<Grid, Refusal> {
    let broken = || Refusal::new("body-unreadable");
    let grid: Grid = serde_json::from_str(raw).map_err(|_| broken())?;
    let small = grid.rows.len() <= workbook::ROWS && grid.width() <= workbook::COLUMNS;
    if small { Ok(grid) } else { Err(broken()) }
}

/// Reads a list against the roster that stands.
fn look(edition: &Edition, grid: &Grid, there: &[Interpreter]) -> Result<Look, Refusal> {
    let mapping = recognise(grid).ok_or_else(|| Refusal::new("roster-unreadable"))?;
    let around = Around { first: edition.first_day, last: edition.last_day };
    let mut look = Look { new: Vec::new(), known: Vec::new(), wrong: Vec::new() };
    let mut all = there.to_vec();
    for (at, row) in row::read(grid, &mapping, around) {
        match row {
            Row::Aside(_) => {}
            Row::Unread(cells) => {
                look.wrong.extend(cells.into_iter().map(|cell| (at + 1, cell.refusal)));
            }
            Row::Person(stated, _) => match person(edition, *stated) {
                Ok(one) if all.iter().any(|other| same(other, &one)) => {
                    look.known.push(one.name.words());
                }
                Ok(one) => {
                    all.push(one.clone());
                    look.new.push(one);
                }
                Err(refusal) => look.wrong.push((at + 1, refusal)),
            },
        }
    }
    Ok(look)
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

fn upload(req: &Req, refusal: Option<&Refusal>) -> Markup {
    let t = req.t;
    html! {
        @if let Some(refusal) = refusal {
            section.notice.error role="alert" tabindex="-1" autofocus { p { (t.refusal(refusal)) } }
        }
        p { (t.get("interpreter-import-why")) }
        form method="post" action=(req.path) enctype="multipart/form-data" {
            div.field.wrongly[refusal.is_some()] {
                label for="f-file" { (t.get("delegate-import-file")) }
                p.hint id="f-file-hint" { (t.get("delegate-import-file-hint")) }
                input #f-file type="file" name="file" aria-describedby="f-file-hint"
                    accept=".xlsx,.csv,.tsv,.txt";
            }
            div.actions { button.main type="submit" { (t.get("delegate-import-read")) } }
        }
    }
}

fn ask(req: &Req) -> Outcome {
    let (edition, title) = (req.edition()?, req.t.get("interpreter-import"));
    Ok(below(req, edition, title).reply(req, &upload(req, None)))
}

fn step(req: &Req) -> Outcome {
    let (edition, title) = (req.edition()?, req.t.get("interpreter-import"));
    let grid = match req.files.iter().find(|f| f.field == "file") {
        Some(file) if file.bytes.is_empty() => Err(Refusal::new("file-missing")),
        Some(file) => sheet(&file.bytes),
        None if req.form.get("grid").is_empty() => Err(Refusal::new("file-missing")),
        None => returned(req.form.get("grid")),
    };
    let there = req.read(|c| roster(c, edition))?;
    let read = grid.and_then(|grid| look(edition, &grid, &there).map(|look| (grid, look)));
    match read {
        Err(refusal) => Ok(below(req, edition, title).again(req, &upload(req, Some(&refusal)))),
        Ok((grid, look)) if req.form.get("do") == "store" && !look.new.is_empty() => {
            store(req, edition, &grid)
        }
        Ok((grid, look)) => Ok(below(req, edition, title).reply(req, &preview(req, &grid, &look))),
    }
}

fn preview(req: &Req, grid: &Grid, look: &Look) -> Markup {
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
        @if !look.wrong.is_empty() {
            section.notice.warn {
                ul {
                    @for (row, refusal) in &look.wrong {
                        li {
                            (t.with("interpreter-import-row", &[("n", (*row).into())])) " "
                            (t.refusal(refusal))
                        }
                    }
                }
            }
        }
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
                input type="hidden" name="grid" value=(json!(grid).to_string());
                div.actions {
                    button.main type="submit" name="do" value="store" {
                        (t.get("interpreter-import-store"))
                    }
                }
            }
        }
        p { a href=(req.path) { (t.get("interpreter-import-other")) } }
    }
}

/// Stores whom the list adds, worked out again beside the roster as it is now.
fn store(req: &Req, edition: &Edition, grid: &Grid) -> Result<Reply, Fault> {
    req.write(|c| {
        let there = roster(c, edition)?;
        let look = look(edition, grid, &there)?;
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
