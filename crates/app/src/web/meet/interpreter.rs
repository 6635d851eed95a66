//! The interpreters of an edition: the roster, the form of one of them, removal. For the office alone; what
//! an interpreter reads is the page of assignments.

use domain::{
    InterpreterId,
    access::Action,
    city::Origin,
    edition::Edition,
    interpreter::{Interpreter, admit},
    revision::{Saved, Versioned},
    search,
};
use maud::{Markup, html};
use outputs::sheet::{Cell, Column, Sheet};
use serde_json::json;

use super::{
    interpretation_words as words, interpreter_account as account, interpreter_form as fields,
};
use crate::{
    chance,
    i18n::Messages,
    web::{
        form::{Draft, act},
        layout::{self, Page},
        list::{self, Wish},
        marks::Marks,
        reply::{Fault, Outcome, Reply},
        request::Req,
        route::{Gate, Route, get, post},
        sheet, text, when,
    },
};

/// The addresses of this noun.
pub fn routes() -> Vec<Route> {
    let read = Gate::Office(Action::Read);
    let plan = Gate::Office(Action::Plan);
    vec![
        get("/editions/{edition}/interpreters", read, index),
        get("/editions/{edition}/interpreters/export/{format}", read, export),
        get("/editions/{edition}/interpreters/new", plan, blank),
        post("/editions/{edition}/interpreters/new", plan, create),
        get("/editions/{edition}/interpreters/{interpreter}", plan, edit),
        post("/editions/{edition}/interpreters/{interpreter}", plan, save),
        get("/editions/{edition}/interpreters/{interpreter}/remove", plan, ask),
        post("/editions/{edition}/interpreters/{interpreter}/remove", plan, remove),
    ]
}

/// The roster's address.
pub fn home(edition: &Edition) -> String {
    format!("/editions/{}/interpreters", edition.id)
}

/// The pages of interpretation for the office.
pub fn tabs(req: &Req, edition: &Edition, here: &str) -> Markup {
    let home = home(edition);
    let views = [
        ("", "interpreter-view-roster"),
        ("/coverage", "interpreter-view-coverage"),
        ("/rules", "interpreter-view-rules"),
    ];
    html! {
        nav.tabs aria-label=(req.t.get("edition-nav-interpreters")) {
            @for (path, label) in views {
                a href={ (home) (path) } aria-current=[(path == here).then_some("page")] {
                    (req.t.get(label))
                }
            }
        }
    }
}

/// A page below the roster.
pub fn below<'a>(req: &Req, edition: &'a Edition, title: String) -> Page<'a> {
    let trail = vec![(home(edition), req.t.get("edition-nav-interpreters"))];
    Page { title, trail, edition: Some(edition), ..Page::default() }
}

fn named(req: &Req) -> Result<Versioned<Interpreter>, Fault> {
    let id: InterpreterId = req.param("interpreter")?;
    let found = req.read(|c| store::interpreter::need(c, id))?;
    if found.value.edition == req.edition()?.id { Ok(found) } else { Err(Fault::Missing) }
}

fn roster(req: &Req) -> Result<Vec<Interpreter>, Fault> {
    let edition = req.edition()?.id;
    let all = req.read(|c| store::interpreter::of_edition(c, edition))?;
    Ok(all.into_iter().map(|i| i.value).collect())
}

fn index(req: &Req) -> Outcome {
    let (t, edition) = (req.t, req.edition()?);
    let (all, options) = (roster(req)?, fields::Options::load(req)?);
    let wish = Wish::of(&req.query);
    let said = |i: &Interpreter| search::fold(&format!("{} {}", i.name.words(), i.contact));
    let mut found: Vec<&Interpreter> =
        all.iter().filter(|i| wish.q.is_empty() || search::finds(&said(i), &wish.q)).collect();
    let collation = search::Collation::of(t.lang);
    found.sort_by(|a, b| collation.compare(&text::called(t, &a.name), &text::called(t, &b.name)));
    let base = home(edition);
    let new = (format!("{base}/new"), t.get("interpreter-new"));
    let body = html! {
        (tabs(req, edition, ""))
        @if all.is_empty() {
            (layout::empty(&t.get("interpreter-none"), Some(new.clone())))
        } @else {
            (figures(req, &all))
            (list::search(req, &t.get("interpreter-find"), &html! {}))
            (table(req, &base, wish.cut(&found), &options))
            (list::pager(req, &wish, found.len()))
            (sheet::links(req, &base))
            p.hint {
                @let day = when::date(t.lang, domain::delegation::purge_on(edition.last_day));
                (t.with("interpreter-purge", &[("day", day.into())]))
            }
        }
        p { a href={ (base) "/import" } { (t.get("interpreter-import")) } }
    };
    let main = (!all.is_empty()).then_some(new);
    let title = t.get("edition-nav-interpreters");
    Ok(Page { title, main, edition: Some(edition), ..Page::default() }.reply(req, &body))
}

/// How many there are between each two languages.
fn figures(req: &Req, all: &[Interpreter]) -> Markup {
    let mut pairs = std::collections::BTreeMap::new();
    for pair in all.iter().filter(|i| i.of.is_none()).flat_map(Interpreter::pairs) {
        *pairs.entry(pair).or_insert(0) += 1;
    }
    html! {
        div.figures {
            div.figure { strong { (all.len()) } span { (req.t.get("interpreter-all")) } }
            @for (pair, n) in pairs { div.figure { strong { (n) } span { (words::pair(req.t, pair)) } } }
        }
    }
}

/// Languages with their classes: `Chinese A, Russian B`.
pub fn tongues(t: Messages, one: &Interpreter) -> String {
    let said = |(lang, s): (&domain::Lang, &_)| {
        format!("{} {}", words::language(t, *lang), words::letter(*s))
    };
    one.languages.iter().map(said).collect::<Vec<_>>().join(Marks::of(t.lang).item)
}

/// The same as the roster's own workbooks have it, to be read in again: `中文 A, Русский B`.
fn stated(one: &Interpreter) -> String {
    let said =
        |(lang, s): (&domain::Lang, &_)| format!("{} {}", lang.own_name(), words::letter(*s));
    one.languages.iter().map(said).collect::<Vec<_>>().join(", ")
}

/// When somebody is there, and when not.
pub fn presence(t: Messages, one: &Interpreter) -> String {
    let span = |c: &domain::venue::Closed| when::span(t.lang, c.from, c.until);
    let mut said: Vec<String> = one.presence.iter().map(span).collect();
    if said.is_empty() {
        said.push(t.get("interpreter-always"));
    }
    let away = one.away.iter().map(|c| t.with("interpreter-away", &[("span", span(c).into())]));
    said.extend(away);
    said.join(Marks::of(t.lang).part)
}

fn table(req: &Req, base: &str, all: &[&Interpreter], options: &fields::Options) -> Markup {
    let t = req.t;
    let labels = [
        "interpreter-name",
        "interpreter-languages",
        "interpreter-of",
        "interpreter-presence",
        "interpreter-recording",
        "interpreter-email",
        "interpreter-contact",
    ]
    .map(|key| t.get(key));
    html! {
        div.scroll {
            table.stack {
                thead { tr { @for label in &labels { th scope="col" { (label) } } } }
                tbody {
                    @for one in all {
                        tr {
                            th scope="row" { a href={ (base) "/" (one.id) } { (text::name(t, &one.name)) } }
                            td data-label=(labels[1]) { (tongues(t, one)) }
                            td data-label=(labels[2]) { (options.of(t, one)) }
                            td data-label=(labels[3]) { (presence(t, one)) }
                            td data-label=(labels[4]) {
                                (t.get(&format!("interpreter-recording-{}", one.recording)))
                            }
                            td data-label=(labels[5]) { bdi { (one.email) } }
                            td data-label=(labels[6]) { bdi { (one.contact) } }
                        }
                    }
                }
            }
        }
    }
}

fn export(req: &Req) -> Outcome {
    let (t, edition) = (req.t, req.edition()?);
    let (all, options) = (roster(req)?, fields::Options::load(req)?);
    let keys = [
        ("name", "interpreter-name"),
        ("languages", "interpreter-languages"),
        ("of", "interpreter-of"),
        ("presence", "interpreter-presence"),
        ("recording", "interpreter-recording"),
        ("email", "interpreter-email"),
        ("contact", "interpreter-contact"),
    ];
    let row = |one: &Interpreter| -> Vec<Cell> {
        vec![
            text::called(t, &one.name).into(),
            stated(one).into(),
            options.of(t, one).into(),
            presence(t, one).into(),
            t.get(&format!("interpreter-recording-{}", one.recording)).into(),
            one.email.clone().into(),
            one.contact.clone().into(),
        ]
    };
    let file = Sheet {
        title: t.get("edition-nav-interpreters"),
        lang: req.lang(),
        columns: keys.map(|(key, label)| Column { key, label: t.get(label) }).to_vec(),
        rows: all.iter().map(row).collect(),
        exercise: edition.origin == Origin::Demonstration,
    };
    sheet::reply(req, "interpreters", &file)
}

fn blank(req: &Req) -> Outcome {
    let (edition, options) = (req.edition()?, fields::Options::load(req)?);
    let body = fields::view(req, &Draft::of(fields::usual()), &options);
    Ok(below(req, edition, req.t.get("interpreter-new")).reply(req, &body))
}

fn create(req: &Req) -> Outcome {
    let (edition, options) = (req.edition()?, fields::Options::load(req)?);
    let mut draft = Draft::of(req.form.clone());
    let new = fields::new(edition, chance::id());
    let again = |draft: &Draft| {
        let body = fields::view(req, draft, &options);
        below(req, edition, req.t.get("interpreter-new")).again(req, &body)
    };
    let Some(one) = fields::read(&mut draft, &new, &options) else { return Ok(again(&draft)) };
    let refused = req.write(|c| {
        let there = store::interpreter::of_edition(c, edition.id)?;
        let there: Vec<Interpreter> = there.into_iter().map(|i| i.value).collect();
        if let Err(refusal) = admit(&there, &one) {
            return Ok(Some(refusal));
        }
        store::interpreter::insert(c, &one)?;
        account::appoint(c, req, edition, &one)?;
        let event = req.event("interpreter", one.id, "filed", json!({}));
        store::event::append(c, chance::id(), &event)?;
        Ok(None)
    })?;
    match refused {
        None => Ok(Reply::See(home(edition))),
        Some(refusal) => {
            draft.refuse("email", refusal);
            Ok(again(&draft))
        }
    }
}

fn form_page(req: &Req, edition: &Edition, draft: &Draft, options: &fields::Options) -> Markup {
    html! {
        (fields::view(req, draft, options))
        p { a href={ (req.path) "/remove" } { (req.t.get("interpreter-remove")) } }
        p { a href={ (home(edition)) "/coverage" } { (req.t.get("interpreter-view-coverage")) } }
    }
}

fn edit(req: &Req) -> Outcome {
    let (edition, found) = (req.edition()?, named(req)?);
    let options = fields::Options::load(req)?;
    let draft = Draft::of(fields::fields_of(&found.value).with("seen", found.version.to_string()));
    let body = form_page(req, edition, &draft, &options);
    Ok(below(req, edition, text::called(req.t, &found.value.name)).reply(req, &body))
}

fn save(req: &Req) -> Outcome {
    let (edition, old) = (req.edition()?, named(req)?.value);
    let options = fields::Options::load(req)?;
    let title = text::called(req.t, &old.name);
    let mut draft = Draft::of(req.form.clone());
    let again = |draft: &Draft| {
        let body = form_page(req, edition, draft, &options);
        below(req, edition, title.clone()).again(req, &body)
    };
    let Some(one) = fields::read(&mut draft, &old, &options) else { return Ok(again(&draft)) };
    let seen = draft.seen();
    let saved = req.write(|c| {
        let there = store::interpreter::of_edition(c, edition.id)?;
        let there: Vec<Interpreter> = there.into_iter().map(|i| i.value).collect();
        if let Err(refusal) = admit(&there, &one) {
            return Ok(Err(refusal));
        }
        let saved = store::interpreter::save(c, &one, seen)?;
        if matches!(saved, Saved::Stored(_)) {
            if old.email != one.email {
                account::end(c, req, edition, &old)?;
            }
            account::appoint(c, req, edition, &one)?;
            let event = req.event("interpreter", one.id, "changed", json!({}));
            store::event::append(c, chance::id(), &event)?;
        }
        Ok(Ok(saved))
    })?;
    match saved {
        Ok(Saved::Stored(_)) => Ok(Reply::See(home(edition))),
        Ok(Saved::Moved(now)) => {
            Ok(again(&draft.moved(fields::fields_of(&now.value), now.version)))
        }
        Err(refusal) => {
            draft.refuse("email", refusal);
            Ok(again(&draft))
        }
    }
}

fn ask(req: &Req) -> Outcome {
    let (t, edition, found) = (req.t, req.edition()?, named(req)?.value);
    let body = html! {
        p { (t.get("interpreter-remove-why")) }
        div.actions {
            (act(&req.path, &t.get("interpreter-remove-yes"), "main", &[]))
            a.button href={ (home(edition)) "/" (found.id) } { (t.get("interpreter-remove-no")) }
        }
    };
    let name = text::called(t, &found.name);
    let title = t.with("interpreter-remove-title", &[("name", name.into())]);
    Ok(below(req, edition, title).reply(req, &body))
}

/// Takes somebody off the roster; the next plan does without.
fn remove(req: &Req) -> Outcome {
    let (edition, found) = (req.edition()?, named(req)?.value);
    req.write(|c| {
        store::interpreter::delete(c, found.id)?;
        account::end(c, req, edition, &found)?;
        let event = req.event("interpreter", found.id, "removed", json!({}));
        store::event::append(c, chance::id(), &event)
    })?;
    Ok(Reply::See(home(edition)))
}
