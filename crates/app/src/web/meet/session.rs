//! Sessions of every kind: the list, the form, deletion.

use domain::{
    HallId, SessionId, Text,
    access::Action,
    edition::Edition,
    programme::Activity,
    revision::{Saved, Versioned},
    session::{Attendance, Session, SessionKind},
    venue::Hall,
};
use maud::{Markup, html};
use outputs::sheet::{Cell, Column, Sheet};
use serde_json::json;
use store::Conn;

use super::session_form::{self, Options};
use crate::{
    chance,
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

/// The addresses of this file.
pub fn routes() -> Vec<Route> {
    let read = Gate::Office(Action::Read);
    let plan = Gate::Office(Action::Plan);
    vec![
        get("/editions/{edition}/sessions", read, index),
        get("/editions/{edition}/sessions/export/{format}", read, export),
        get("/editions/{edition}/sessions/new", plan, blank),
        post("/editions/{edition}/sessions/new", plan, create),
        get("/editions/{edition}/sessions/{session}", plan, edit),
        post("/editions/{edition}/sessions/{session}", plan, save),
        get("/editions/{edition}/sessions/{session}/delete", plan, ask),
        post("/editions/{edition}/sessions/{session}/delete", plan, delete),
    ]
}

/// Where the sessions stand.
pub fn home(edition: &Edition) -> String {
    format!("/editions/{}/sessions", edition.id)
}

fn below<'a>(req: &Req, edition: &'a Edition, title: String) -> Page<'a> {
    let trail = vec![(home(edition), req.t.get("edition-nav-sessions"))];
    Page { title, trail, edition: Some(edition), ..Page::default() }
}

fn named(req: &Req) -> Result<Versioned<Session>, Fault> {
    let id: SessionId = req.param("session")?;
    let found = req.read(|c| store::session::need(c, id))?;
    if found.value.edition == req.edition()?.id { Ok(found) } else { Err(Fault::Missing) }
}

fn index(req: &Req) -> Outcome {
    let (t, edition) = (req.t, req.edition()?);
    let id = edition.id;
    let (sessions, halls) =
        req.read(|c| Ok((store::session::of_edition(c, id)?, store::hall::of_edition(c, id)?)))?;
    let halls: Vec<Hall> = halls.into_iter().map(|h| h.value).collect();
    let wish = Wish::of(&req.query);
    let kind: Option<SessionKind> = req.query.get("kind").parse().ok();
    let words = wish.q.to_lowercase();
    let wished = |s: &&Session| {
        kind.is_none_or(|k| k == s.kind) && s.title.words().to_lowercase().contains(&words)
    };
    let all: Vec<Session> = sessions.into_iter().map(|s| s.value).collect();
    let found: Vec<&Session> = all.iter().filter(wished).collect();
    let base = home(edition);
    let new = (format!("{base}/new"), t.get("session-new"));
    let body = html! {
        @if all.is_empty() {
            (layout::empty(&t.get("session-none"), Some(new.clone())))
        } @else {
            (list::search(req, &t.get("session-find"), &kinds(req)))
            p { (t.with("session-count", &[("n", found.len().into())])) }
            (table(req, &base, wish.cut(&found), &halls))
            (list::pager(req, &wish, found.len()))
            (sheet::links(req, &base))
        }
    };
    let main = (!all.is_empty()).then_some(new);
    let title = t.get("edition-nav-sessions");
    Ok(Page { title, main, edition: Some(edition), ..Page::default() }.reply(req, &body))
}

fn kinds(req: &Req) -> Markup {
    let kinds = SessionKind::ALL.iter().map(|kind| (kind.code(), kind_name(req, *kind)));
    list::filter(req, "kind", &req.t.get("session-kind-any"), kinds)
}

/// What a kind of session is called.
pub fn kind_name(req: &Req, kind: SessionKind) -> String {
    req.t.get(&format!("session-kind-{kind}"))
}

fn table(req: &Req, base: &str, sessions: &[&Session], halls: &[Hall]) -> Markup {
    let t = req.t;
    let labels = [
        "session-title",
        "session-kind",
        "session-minutes",
        "session-people",
        "session-attendance",
        "session-when",
        "session-halls",
    ]
    .map(|key| t.get(key));
    html! {
        div.scroll {
            table.stack {
                thead { tr { @for label in &labels { th scope="col" { (label) } } } }
                tbody {
                    @for session in sessions {
                        tr {
                            th scope="row" {
                                a href={ (base) "/" (session.id) } { (text::text(t, &session.title)) }
                            }
                            td.brief data-label=(labels[1]) { (kind_name(req, session.kind)) }
                            td data-label=(labels[2]) { (session.minutes) }
                            td data-label=(labels[3]) { (session.people) }
                            td.brief data-label=(labels[4]) { (attendance(req, &session.attendance)) }
                            td data-label=(labels[5]) { (time(req, session)) }
                            td data-label=(labels[6]) { (places(req, session, halls)) }
                        }
                    }
                }
            }
        }
    }
}

fn attendance(req: &Req, attendance: &Attendance) -> String {
    match attendance {
        Attendance::Everyone => req.t.get("session-everyone"),
        Attendance::Delegations(list) => {
            req.t.with("session-delegations-count", &[("n", list.len().into())])
        }
    }
}

fn time(req: &Req, session: &Session) -> String {
    match (session.fixed, session.days.as_slice()) {
        (Some(fixed), _) => when::clock(req.lang(), fixed),
        (None, []) => req.t.get("session-any-day"),
        (None, days) => {
            let days: Vec<String> = days.iter().map(|d| when::date(req.lang(), *d)).collect();
            days.join(Marks::of(req.lang()).item)
        }
    }
}

fn places(req: &Req, session: &Session, halls: &[Hall]) -> Markup {
    let name = |id: &HallId| halls.iter().find(|h| h.id == *id).map(|h| &h.name);
    let names: Vec<&Text> = session.halls.iter().filter_map(name).collect();
    html! {
        @if names.is_empty() { (req.t.get("session-any-hall")) }
        @for (at, name) in names.iter().enumerate() {
            @if at > 0 { (Marks::of(req.lang()).item) }
            (text::text(req.t, name))
        }
    }
}

fn export(req: &Req) -> Outcome {
    let (t, edition) = (req.t, req.edition()?);
    let id = edition.id;
    let (sessions, options) =
        req.read(|c| Ok((store::session::of_edition(c, id)?, Options::load(c, id)?)))?;
    let keys = [
        ("kind", "session-kind"),
        ("title", "session-title"),
        ("minutes", "session-minutes"),
        ("people", "session-people"),
        ("halls", "session-halls"),
        ("languages", "session-languages"),
        ("attendance", "session-attendance"),
        ("days", "session-days"),
        ("after", "session-after"),
        ("fixed", "session-fixed"),
    ];
    let joined = |words: Vec<String>| Cell::from(words.join("; "));
    let row = |s: &Session| -> Vec<Cell> {
        let title = |id: &SessionId| options.session(*id).map(|s| text::words(t, &s.title));
        let hall = |id: &HallId| options.hall(*id).map(|h| text::words(t, &h.name));
        let attendance = match &s.attendance {
            Attendance::Everyone => "everyone".into(),
            Attendance::Delegations(list) => {
                let name = |d: &domain::DelegationId| options.delegation(*d);
                let names = list.iter().filter_map(name);
                joined(names.map(|d| text::words(t, &d.name)).collect())
            }
        };
        vec![
            s.kind.code().into(),
            text::words(t, &s.title).into(),
            s.minutes.into(),
            s.people.into(),
            joined(s.halls.iter().filter_map(hall).collect()),
            joined(s.languages.iter().map(|l| l.code().to_owned()).collect()),
            attendance,
            joined(s.days.iter().map(ToString::to_string).collect()),
            joined(s.after.iter().filter_map(title).collect()),
            s.fixed.map(|f| f.to_string()).into(),
        ]
    };
    let file = Sheet {
        title: t.get("edition-nav-sessions"),
        lang: req.lang(),
        columns: keys.map(|(key, label)| Column { key, label: t.get(label) }).to_vec(),
        rows: sessions.iter().map(|s| row(&s.value)).collect(),
        exercise: edition.origin == domain::city::Origin::Demonstration,
    };
    sheet::reply(req, "sessions", &file)
}

fn options(req: &Req) -> Result<Options, Fault> {
    let edition = req.edition()?.id;
    req.read(|c| Options::load(c, edition))
}

fn blank(req: &Req) -> Outcome {
    let edition = req.edition()?;
    let draft = Draft::of(session_form::usual(edition));
    let body = session_form::view(req, edition, &draft, &options(req)?, None);
    Ok(below(req, edition, req.t.get("session-new")).reply(req, &body))
}

fn create(req: &Req) -> Outcome {
    let (edition, options) = (req.edition()?, options(req)?);
    let mut draft = Draft::of(req.form.clone());
    let Some(session) = session_form::read(&mut draft, chance::id(), edition, &options) else {
        let body = session_form::view(req, edition, &draft, &options, None);
        return Ok(below(req, edition, req.t.get("session-new")).again(req, &body));
    };
    req.write(|c| {
        store::session::insert(c, &session)?;
        let event = req.event("session", session.id, "created", json!({}));
        store::event::append(c, chance::id(), &event)
    })?;
    Ok(Reply::See(home(edition)))
}

fn form_page(
    req: &Req,
    draft: &Draft,
    options: &Options,
    session: &Session,
) -> Result<Markup, Fault> {
    let form = session_form::view(req, req.edition()?, draft, options, Some(session.id));
    Ok(html! {
        (form)
        p { a href={ (req.path) "/delete" } { (req.t.get("session-delete")) } }
    })
}

fn edit(req: &Req) -> Outcome {
    let (edition, found) = (req.edition()?, named(req)?);
    let fields = session_form::fields_of(&found.value).with("seen", found.version.to_string());
    let body = form_page(req, &Draft::of(fields), &options(req)?, &found.value)?;
    Ok(below(req, edition, text::words(req.t, &found.value.title)).reply(req, &body))
}

fn save(req: &Req) -> Outcome {
    let (edition, old, options) = (req.edition()?, named(req)?.value, options(req)?);
    let title = text::words(req.t, &old.title);
    let mut draft = Draft::of(req.form.clone());
    let Some(mut session) = session_form::read(&mut draft, old.id, edition, &options) else {
        let body = form_page(req, &draft, &options, &old)?;
        return Ok(below(req, edition, title).again(req, &body));
    };
    session.title = old.title.revised(&session.title);
    let seen = draft.seen();
    let saved = req.write(|c| {
        let saved = store::session::save(c, &session, seen)?;
        if matches!(saved, Saved::Stored(_)) {
            let event = req.event("session", session.id, "changed", json!({}));
            store::event::append(c, chance::id(), &event)?;
        }
        Ok(saved)
    })?;
    match saved {
        Saved::Stored(_) => Ok(Reply::See(home(edition))),
        Saved::Moved(now) => {
            let draft = draft.moved(session_form::fields_of(&now.value), now.version);
            let body = form_page(req, &draft, &options, &now.value)?;
            Ok(below(req, edition, title).again(req, &body))
        }
    }
}

fn ask(req: &Req) -> Outcome {
    let (t, edition, found) = (req.t, req.edition()?, named(req)?);
    let seen = found.version.to_string();
    let body = html! {
        p { (t.get("session-delete-why")) }
        div.actions {
            (act(&req.path, &t.get("session-delete-yes"), "main", &[("seen", &seen)]))
            a.button href={ (home(edition)) "/" (found.value.id) } { (t.get("session-delete-no")) }
        }
    };
    let title =
        t.with("session-delete-title", &[("title", text::words(t, &found.value.title).into())]);
    Ok(below(req, edition, title).reply(req, &body))
}

fn delete(req: &Req) -> Outcome {
    let (edition, session) = (req.edition()?, named(req)?.value);
    req.write(|c| remove(c, req, &session))?;
    Ok(Reply::See(home(edition)))
}

/// Deletes a session, and every mention of it in the order of others and in the pins.
pub fn remove(c: &mut Conn, req: &Req, session: &Session) -> store::Result<()> {
    store::session::delete(c, session.id)?;
    store::pin::remove(c, session.edition, Activity::Session(session.id))?;
    for mut other in store::session::of_edition(c, session.edition)? {
        if other.value.forget(session.id) {
            store::session::save(c, &other.value, other.version)?;
        }
    }
    let event = req.event("session", session.id, "deleted", json!({ "kind": session.kind }));
    store::event::append(c, chance::id(), &event)
}
