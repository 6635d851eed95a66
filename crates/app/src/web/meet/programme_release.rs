//! Releasing: the secretariat sees what would change for whom, says a word about it, and releases. The
//! release, its mails and the trail are one write.

use std::collections::BTreeSet;

use domain::{
    DelegationId, Refusal,
    access::Action,
    brief::Brief,
    edition::Edition,
    invitation::regretting,
    notice::concerned,
    programme::Plan,
    release::{Head, Release, differences},
};
use maud::{Markup, html};
use serde_json::json;

use super::{
    disruption_cost, interpreter_news, programme::home, programme_changes, programme_news,
};
use crate::{
    chance,
    release::assemble,
    web::{
        fields::Fields,
        form::{Draft, Show},
        layout::{self, Page},
        reply::{Outcome, Reply},
        request::Req,
        route::{Gate, Route, get, post},
        text,
    },
};

/// The addresses of this file.
pub fn routes() -> Vec<Route> {
    let gate = Gate::Secretariat(Action::Decide);
    vec![
        get("/editions/{edition}/programme/release", gate, ask),
        post("/editions/{edition}/programme/release", gate, release),
    ]
}

/// What would be released now, and what stands.
pub struct Ready {
    /// What it was planned from.
    pub brief: Brief,
    /// The draft.
    pub plan: Plan,
    /// What it would be as a release.
    pub next: Release,
    /// The newest release.
    pub newest: Option<Release>,
    /// The delegations that sent regrets and are still planned for.
    pub regretting: Vec<DelegationId>,
}

fn ready(
    c: &mut store::Conn,
    edition: &Edition,
    at: jiff::Timestamp,
) -> store::Result<Option<Ready>> {
    let (brief, plan) = store::brief::load(c, edition)?;
    let newest = store::release::newest(c, edition.id)?;
    let invitations = store::invitation::of_edition(c, edition.id)?;
    let absent = regretting(&invitations.into_iter().map(|it| it.value).collect::<Vec<_>>());
    let expected = brief.delegations.iter().filter(|it| !it.withdrawn).map(|it| it.id);
    let regretting = expected.filter(|id| absent.contains(id)).collect();
    let number = newest.as_ref().map_or(1, |r| r.number + 1);
    let head = Head { id: chance::id(), number, at, note: None };
    Ok(plan.map(|plan| Ready {
        next: assemble(&brief, &plan.value, head),
        plan: plan.value,
        brief,
        newest,
        regretting,
    }))
}

impl Ready {
    /// What the reader has seen: this draft, after that release.
    fn sight(&self) -> String {
        format!("{}/{}", self.plan.id, self.next.number)
    }

    /// How many entries differ.
    fn changes(&self) -> usize {
        differences(self.newest.as_ref().map_or(&[], |r| &r.entries), &self.next.entries).len()
    }

    /// Whose coming and going differs, where no entry of theirs needs to.
    fn stays(&self) -> BTreeSet<DelegationId> {
        let zone = self.brief.edition.time_zone();
        concerned(self.newest.as_ref(), &self.next, &zone, self.next.at)
    }

    /// Whether it would tell nobody anything.
    fn is_empty(&self) -> bool {
        self.changes() == 0 && self.stays().is_empty()
    }
}

fn page<'a>(req: &Req, edition: &'a Edition) -> Page<'a> {
    let trail = vec![(home(edition), req.t.get("programme-title"))];
    Page { title: req.t.get("programme-release"), trail, edition: Some(edition), ..Page::default() }
}

fn ask(req: &Req) -> Outcome {
    let edition = req.edition()?;
    let ready = req.read(|c| ready(c, edition, req.now))?;
    let plan = (format!("/editions/{}/plan", edition.id), req.t.get("edition-nav-plan"));
    let body = match &ready {
        Some(ready) => form(req, edition, ready, &Draft::of(Fields::default())),
        None => layout::empty(&req.t.get("programme-no-draft"), Some(plan)),
    };
    Ok(page(req, edition).reply(req, &body))
}

fn form(req: &Req, edition: &Edition, ready: &Ready, draft: &Draft) -> Markup {
    let t = req.t;
    let show = Show::new(req, draft);
    let fields = html! {
        input type="hidden" name="sight" value=(ready.sight());
        (show.text("note", "programme-note", true))
    };
    let button = format!("{}/release", home(edition));
    html! {
        (figures(req, ready))
        (warnings(req, edition, ready))
        @if ready.is_empty() {
            p.notice { (t.get("refusal-release-unchanged")) }
        } @else {
            (show.form(&button, "programme-release-do", &fields))
            h2 { (t.get("programme-changes")) }
            @if ready.changes() == 0 {
                p { (t.get("programme-stays")) }
                @if let Some(newest) = &ready.newest {
                    p { (disruption_cost::names(req, &ready.next, newest, &ready.stays())) }
                }
            } @else {
                (programme_changes::list(req, edition, ready.newest.as_ref(), &ready.next))
            }
        }
    }
}

fn figures(req: &Req, ready: &Ready) -> Markup {
    let figures = [
        (i64::from(ready.next.number), "programme-figure-number"),
        (count(ready.next.entries.len()), "programme-figure-entries"),
        (count(ready.changes()), "programme-figure-changes"),
    ];
    html! {
        div.figures {
            @for (n, label) in figures {
                div.figure { strong { (n) } span { (req.t.with(label, &[("n", n.into())])) } }
            }
        }
    }
}

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// What is not in the draft, or no longer fits: told before it is released, not after.
fn warnings(req: &Req, edition: &Edition, ready: &Ready) -> Markup {
    let slots: Vec<_> = ready.next.entries.iter().map(|e| e.slot).collect();
    let placed = |a| slots.iter().any(|s| s.activity == a);
    let unplaced = ready.brief.activities().into_iter().filter(|a| !placed(*a)).count();
    let gone = ready.plan.slots.len() - slots.len();
    let clashes = ready.brief.clashes_of(&slots, &ready.next.teams()).len();
    let warnings = [
        (clashes, "programme-warn-clashes"),
        (unplaced, "programme-warn-unplaced"),
        (gone, "programme-warn-gone"),
    ];
    let warnings: Vec<_> = warnings.into_iter().filter(|(n, _)| *n > 0).collect();
    html! {
        @if !warnings.is_empty() {
            section.notice.warn {
                @for (n, key) in warnings { p { (req.t.with(key, &[("n", n.into())])) } }
                p { a href={ "/editions/" (edition.id) "/plan" } { (req.t.get("edition-nav-plan")) } }
            }
        }
        @if !ready.regretting.is_empty() {
            section.notice.warn {
                p { (req.t.get("programme-warn-regrets")) }
                ul {
                    @for delegation in ready.regretting.iter().filter_map(|id| ready.brief.delegation(*id)) {
                        li {
                            a href={ "/editions/" (edition.id) "/delegations/" (delegation.id) } {
                                (text::text(req.t, &delegation.name))
                            }
                        }
                    }
                }
            }
        }
    }
}

fn release(req: &Req) -> Outcome {
    let edition = req.edition()?;
    let mut draft = Draft::of(req.form.clone());
    let note = draft.optional_text("note");
    let typed = req.form.get("sight");
    let done = req.write(|c| {
        let Some(mut ready) = ready(c, edition, req.now)? else {
            return Err(Refusal::new("release-no-draft").into());
        };
        if !draft.is_sound() || ready.sight() != typed {
            return Ok(Err(Box::new(ready)));
        }
        if ready.is_empty() {
            return Err(Refusal::new("release-unchanged").into());
        }
        ready.next.note.clone_from(&note);
        store(c, req, edition, &ready).map(Ok)
    })?;
    match done {
        Ok(number) => Ok(Reply::See(format!("{}/{number}", home(edition)))),
        Err(ready) => {
            let body = html! {
                @if draft.is_sound() { p.notice.warn role="alert" { (req.t.get("programme-draft-moved")) } }
                (form(req, edition, &ready, &draft))
            };
            Ok(page(req, edition).again(req, &body))
        }
    }
}

/// Stores the release, the mails to those concerned, and the trail; gives its number.
pub fn store(
    c: &mut store::Conn,
    req: &Req,
    edition: &Edition,
    ready: &Ready,
) -> store::Result<i32> {
    let next = &ready.next;
    store::release::insert(c, next)?;
    let accounts: Vec<_> = store::person::all(c)?.into_iter().map(|a| a.value).collect();
    let grants = store::person::all_grants(c)?;
    let delegates: Vec<_> =
        store::delegate::of_edition(c, edition.id)?.into_iter().map(|d| d.value).collect();
    let readers = programme_news::readers(&ready.brief, &accounts, &grants, &delegates, req.now);
    let url = &req.app.config.public_url;
    let mut mails =
        programme_news::mails(edition, ready.newest.as_ref(), next, &readers, url, chance::id);
    let (roster, before) = (&ready.brief.interpreters, ready.newest.as_ref());
    mails.extend(interpreter_news::mails(
        edition,
        (before, next),
        roster,
        &accounts,
        url,
        chance::id,
    ));
    for mail in &mails {
        store::mail::enqueue(c, mail, req.now)?;
    }
    let detail = json!({ "number": next.number, "plan": ready.plan.id, "mails": mails.len() });
    store::event::append(c, chance::id(), &req.event("release", next.id, "released", detail))?;
    Ok(next.number)
}
