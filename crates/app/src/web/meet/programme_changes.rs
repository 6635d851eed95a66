//! What differs between two releases, or between the newest and the draft: each reader sees the
//! differences of what that reader may know, and no others.

use std::sync::Arc;

use domain::{
    access::Action,
    edition::Edition,
    interpreter::Interpreter,
    programme::{Company, Entry},
    release::{Change, ChangeKind, Head, Release, differences},
    team::Team,
};
use jiff::tz::TimeZone;
use maud::{Markup, html};

use super::{
    programme::{home, seen},
    programme_line::{self, Labels, sides_named},
};
use crate::{
    chance,
    i18n::Messages,
    release::assemble,
    web::{
        layout::{self, Page},
        marks::Marks,
        reply::{Fault, Outcome},
        request::Req,
        route::{Gate, Route, get},
        text, when,
    },
};

/// The draft's name in addresses.
const DRAFT: &str = "draft";

/// The addresses of this file.
pub fn routes() -> Vec<Route> {
    vec![get("/editions/{edition}/programme/changes", Gate::Public, show)]
}

/// Whether the reader may see the draft.
fn sees_draft(req: &Req, edition: &Edition) -> bool {
    Gate::Office(Action::Read).lets(&req.actor, edition.place())
}

/// The draft as it would be released now, when there is one.
pub fn draft(
    c: &mut store::Conn,
    edition: &Edition,
    number: i32,
    at: jiff::Timestamp,
) -> store::Result<Option<Release>> {
    let (brief, plan) = store::brief::load(c, edition)?;
    let head = Head { id: chance::id(), number, at, note: None };
    Ok(plan.map(|plan| assemble(&brief, &plan.value, head)))
}

type Pair = (Vec<Head>, Option<Arc<Release>>, Option<Arc<Release>>);

/// The releases that the query names; without a name, the last two.
fn pair(req: &Req, edition: &Edition) -> Result<Pair, Fault> {
    let (from, to) = (req.query.get("from"), req.query.get("to"));
    if to == DRAFT && !sees_draft(req, edition) {
        return Err(if req.account.is_some() { Fault::Forbidden } else { Fault::SignIn });
    }
    req.read(|c| {
        let heads = store::release::heads(c, edition.id)?;
        let newest = heads.first().map_or(0, |h| h.number);
        let numbered = |c: &mut store::Conn, raw: &str, other: i32| {
            let number = raw.parse().unwrap_or(other);
            let head = heads.iter().find(|h| h.number == number);
            head.map(|h| req.app.shelf.release(c, h.id)).transpose()
        };
        let new = match to {
            DRAFT => draft(c, edition, newest + 1, req.now)?.map(Arc::new),
            _ => numbered(c, to, newest)?,
        };
        let before = new.as_ref().map_or(0, |r| r.number - 1);
        let old = numbered(c, from, before)?;
        Ok((heads, old, new))
    })
}

fn show(req: &Req) -> Outcome {
    let (t, edition) = (req.t, req.edition()?);
    let (heads, old, new) = pair(req, edition)?;
    let body = html! {
        (choice(req, edition, &heads, old.as_deref(), new.as_deref()))
        @if let Some(new) = &new {
            (list(req, edition, old.as_deref(), new))
        } @else {
            (layout::empty(&t.get("programme-none"), None))
        }
    };
    let trail = vec![(home(edition), t.get("programme-title"))];
    let title = t.get("programme-changes");
    Ok(Page { title, trail, edition: Some(edition), ..Page::default() }.reply(req, &body))
}

fn choice(
    req: &Req,
    edition: &Edition,
    heads: &[Head],
    old: Option<&Release>,
    new: Option<&Release>,
) -> Markup {
    let t = req.t;
    let name = |n: i32| t.with("programme-release-number", &[("number", n.into())]);
    let (from, to) = (old.map(|r| r.number), new.map(|r| r.number));
    let drafted = req.query.get("to") == DRAFT;
    html! {
        form.search method="get" action=(req.path) {
            div.row {
                div {
                    label for="from" { (t.get("programme-changes-from")) }
                    select #from name="from" {
                        option value="0" selected[from.is_none()] { (t.get("programme-changes-nothing")) }
                        @for head in heads {
                            option value=(head.number) selected[from == Some(head.number)] {
                                (name(head.number))
                            }
                        }
                    }
                }
                div {
                    label for="to" { (t.get("programme-changes-to")) }
                    select #to name="to" {
                        @if sees_draft(req, edition) {
                            option value=(DRAFT) selected[drafted] { (t.get("programme-draft")) }
                        }
                        @for head in heads {
                            option value=(head.number) selected[!drafted && to == Some(head.number)] {
                                (name(head.number))
                            }
                        }
                    }
                }
                button type="submit" { (t.get("programme-compare")) }
            }
        }
    }
}

/// The differences that the reader may know, by time.
pub fn list(req: &Req, edition: &Edition, old: Option<&Release>, new: &Release) -> Markup {
    let t = req.t;
    let none: &[Entry] = &[];
    let all = differences(old.map_or(none, |r| &r.entries), &new.entries);
    let office = sees_draft(req, edition);
    let told = |change: &Change<'_>| change.told(|e| seen(req, edition, e)).is_some();
    let changes: Vec<&Change<'_>> = all.iter().filter(|c| office || told(c)).collect();
    let roster = match req.read(|c| store::interpreter::of_edition(c, edition.id)) {
        Ok(roster) if office => roster.into_iter().map(|i| i.value).collect(),
        _ => Vec::new(),
    };
    let zone = edition.time_zone();
    let labels = Labels::new(t);
    let names = [Some(new), old];
    html! {
        @if changes.is_empty() {
            (layout::empty(&t.get("programme-changes-none"), None))
        } @else {
            p { (t.with("programme-changes-count", &[("n", changes.len().into())])) }
            @let roster = office.then_some(&roster);
            @for (kind, changes) in by_kind(&changes) {
                h3 {
                    (t.get(&format!("programme-changes-{kind}")))
                    " " span.chip { (changes.len()) }
                }
                ul.slots { @for change in changes { (one(&labels, &zone, names, change, roster)) } }
            }
        }
    }
}

/// The kinds of difference in the order in which they are read: what does not take place comes first.
const ORDER: [ChangeKind; 6] = [
    ChangeKind::Dropped,
    ChangeKind::Moved,
    ChangeKind::Relocated,
    ChangeKind::Added,
    ChangeKind::Amended,
    ChangeKind::Restaffed,
];

/// Differences under the heading of their kind, each kind by time.
fn by_kind<'a>(changes: &[&'a Change<'a>]) -> Vec<(ChangeKind, Vec<&'a Change<'a>>)> {
    let of = |kind| changes.iter().copied().filter(|change| change.kind() == kind).collect();
    let all = ORDER.map(|kind| (kind, of(kind)));
    all.into_iter().filter(|(_, changes): &(_, Vec<_>)| !changes.is_empty()).collect()
}

fn one(
    labels: &Labels,
    zone: &TimeZone,
    names: [Option<&Release>; 2],
    change: &Change<'_>,
    office: Option<&Vec<Interpreter>>,
) -> Markup {
    let t = labels.t;
    // Who else is expected, and who interprets, is told to the office alone.
    let without = if office.is_some() { fewer(t, names, change) } else { Vec::new() };
    let teams = office.and_then(|roster| teams(t, roster, change));
    let title = |entry: &Entry| match (&*entry.company, names.iter().flatten().next()) {
        (Company::Bilateral(sides), Some(release)) => sides_named(t, release, sides),
        _ => text::text(t, &entry.title),
    };
    html! {
        li {
            @if let Some(entry) = change.entry() { (programme_line::time(zone, entry)) }
            div {
                @if let Some(entry) = change.entry() {
                    strong { (title(entry)) } " " span.chip { (labels.kind(entry)) }
                }
                @if let Some(entry) = change.entry() { p { (standing(labels, zone, entry)) } }
                @if let Some(teams) = teams { p.where { (teams) } }
                @let printed = change.told(|_| true).is_some();
                @if change.kind() == ChangeKind::Restaffed {
                } @else if !without.is_empty() {
                    p.where { (t.get("programme-change-without")) " " (without.join(" · ")) }
                } @else if let (Some(before), Some(_), true) = (change.before, change.after, printed) {
                    p.where { (t.get("programme-change-was")) " " (standing(labels, zone, before)) }
                }
            }
        }
    }
}

/// Who interprets instead of whom, where that differs.
fn teams(t: Messages, roster: &[Interpreter], change: &Change<'_>) -> Option<String> {
    let members = |entry: Option<&Entry>| -> Vec<String> {
        let ids = entry.and_then(|e| e.team.as_ref()).map_or(Vec::new(), Team::members);
        let known = ids.iter().filter_map(|id| roster.iter().find(|one| one.id == *id));
        known.map(|one| text::called(t, &one.name)).collect()
    };
    let (was, now) = (members(change.before), members(change.after));
    let said = |names: Vec<String>| {
        if names.is_empty() { "—".to_owned() } else { names.join(Marks::of(t.lang).item) }
    };
    // What is cancelled needs nobody, and says so already.
    (was != now && change.after.is_some()).then(|| {
        let values = [("was", said(was).into()), ("now", said(now).into())];
        t.with("programme-change-teams", &values)
    })
}

/// The delegations that are no longer named, where nothing else differs.
fn fewer(t: Messages, names: [Option<&Release>; 2], change: &Change<'_>) -> Vec<String> {
    let (Some(before), Some(after)) = (change.before, change.after) else { return Vec::new() };
    if change.told(|_| true).is_some() {
        return Vec::new();
    }
    let name = |id| names.iter().flatten().find_map(|release| release.name_of(id));
    let listed = names.iter().flatten().flat_map(|release| &release.delegations).map(|d| d.id);
    let mut gone: Vec<_> = listed.filter(|id| before.expects(*id) && !after.expects(*id)).collect();
    gone.sort();
    gone.dedup();
    gone.into_iter().filter_map(name).map(|name| text::words(t, name)).collect()
}

fn standing(labels: &Labels, zone: &TimeZone, entry: &Entry) -> Markup {
    let t = labels.t;
    let (start, end) = (entry.slot.start, entry.slot.end());
    html! {
        (when::date(t.lang, zone.to_datetime(start).date())) " " (when::hours(zone, start, end)) " · "
        (programme_line::place(t, entry))
    }
}
