//! The released programme: by day, by language and kind, each release at an address that never changes.
//! Everyone reads the same page and sees what [`domain::programme::sight`] allows.

use std::{collections::BTreeMap, sync::Arc};

use domain::{
    Lang,
    access::Action,
    edition::Edition,
    programme::{Entry, Sight, sight},
    release::{Head, Release},
    session::SessionKind,
};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use maud::{Markup, Render, html};

use super::programme_line::{Labels, line};
use crate::{
    i18n::Messages,
    web::{
        layout::{self, Page, Straight},
        reply::{Fault, Outcome},
        request::Req,
        route::{Gate, Route, get},
        text, when,
    },
};

/// The addresses of this file.
pub fn routes() -> Vec<Route> {
    vec![
        get("/editions/{edition}/programme", Gate::Public, show),
        get("/editions/{edition}/programme/{number}", Gate::Public, show),
    ]
}

/// Where the programme stands.
pub fn home(edition: &Edition) -> String {
    format!("/editions/{}/programme", edition.id)
}

/// The release that the path names, or else the newest; and the list of all, newest first.
pub fn asked(req: &Req) -> Result<(Vec<Head>, Option<Arc<Release>>), Fault> {
    let edition = req.edition()?.id;
    let numbered = req.params.contains_key("number");
    let number: Option<i32> = if numbered { Some(req.param("number")?) } else { None };
    req.read(|c| {
        let heads = store::release::heads(c, edition)?;
        let wanted = match number {
            Some(n) => Some(heads.iter().find(|h| h.number == n).ok_or(store::Error::Missing)?),
            None => heads.first(),
        };
        let release = wanted.map(|h| h.id).map(|id| req.app.shelf.release(c, id)).transpose()?;
        Ok((heads, release))
    })
}

/// The number of the newest release, when there is one.
pub fn newest(req: &Req, edition: &Edition) -> Result<Option<i32>, Fault> {
    let heads = req.read(|c| store::release::heads(c, edition.id))?;
    Ok(heads.first().map(|head| head.number))
}

/// Whether the reader may know an entry with all its words.
pub fn seen(req: &Req, edition: &Edition, entry: &Entry) -> bool {
    sight(entry, &req.actor, edition) == Sight::Full
}

/// What the reader wants of the programme.
struct Wish {
    kind: Option<SessionKind>,
    tongue: Option<Lang>,
}

impl Wish {
    fn of(req: &Req) -> Self {
        Self { kind: req.query.get("kind").parse().ok(), tongue: req.query.get("in").parse().ok() }
    }

    fn fits(&self, entry: &Entry) -> bool {
        self.kind.is_none_or(|kind| entry.kind() == Some(kind))
            && self.tongue.is_none_or(|lang| entry.languages.contains(&lang))
    }
}

fn show(req: &Req) -> Outcome {
    let (t, edition) = (req.t, req.edition()?);
    let (heads, release) = asked(req)?;
    let decides = Gate::Secretariat(Action::Decide).lets(&req.actor, edition.place());
    let main = decides.then(|| (format!("{}/release", home(edition)), t.get("programme-release")));
    let page = Page { title: t.get("programme-title"), edition: Some(edition), ..Page::default() };
    let Some(release) = release else {
        return Ok(page.reply(req, &layout::empty(&t.get("programme-none"), main)));
    };
    let lead = Some(lead(req, edition, &heads, &release));
    let wish = Wish::of(req);
    let entries: Vec<&Entry> =
        release.entries.iter().filter(|e| wish.fits(e) && seen(req, edition, e)).collect();
    let body = Straight(|page: &mut String| {
        page.reserve(LINE * entries.len());
        filters(req, &wish).render_to(page);
        days(req, edition, &release, &entries, page);
        super::programme_files::links(req, edition, &release).render_to(page);
        let below = html! {
            @if Gate::Office(Action::Read).lets(&req.actor, edition.place()) {
                p {
                    a href={ (home(edition)) "/" (release.number) "/sheets" } { (t.get("programme-sheets")) }
                }
            }
            (releases(req, edition, &heads))
        };
        below.render_to(page);
    });
    Ok(Page { main, lead, ..page }.reply(req, &body))
}

/// A release by its number and moment.
pub fn titled(t: Messages, zone: &TimeZone, number: i32, at: Timestamp) -> String {
    let at = when::moment(t.lang, zone, at);
    t.with("programme-release-of", &[("number", number.into()), ("at", at.into())])
}

/// Which release this is, what is said of it, and whether a newer one replaces it.
fn lead(req: &Req, edition: &Edition, heads: &[Head], release: &Release) -> Markup {
    let (t, zone) = (req.t, edition.time_zone());
    html! {
        p {
            (titled(t, &zone, release.number, release.at)) br;
            (t.with("programme-zone", &[("zone", when::zone(edition).into())]))
        }
        @if let Some(note) = &release.note { p { (text::text(t, note)) } }
        @if heads.first().is_some_and(|h| h.number != release.number) {
            p.notice.warn {
                (t.get("programme-newer")) " "
                a href=(home(edition)) { (t.get("programme-newest")) }
            }
        }
    }
}

fn filters(req: &Req, wish: &Wish) -> Markup {
    let t = req.t;
    html! {
        form.search method="get" action=(req.path) {
            div.row {
                div {
                    label for="kind" { (t.get("programme-kind")) }
                    select #kind name="kind" {
                        option value="" { (t.get("programme-kind-any")) }
                        @for kind in SessionKind::ALL {
                            option value=(kind) selected[wish.kind == Some(*kind)] {
                                (t.get(&format!("session-kind-{kind}")))
                            }
                        }
                    }
                }
                div {
                    label for="in" { (t.get("programme-tongue")) }
                    select #in name="in" {
                        option value="" { (t.get("programme-tongue-any")) }
                        @for lang in Lang::ALL {
                            option value=(lang) lang=(lang.tag()) selected[wish.tongue == Some(lang)] {
                                (lang.own_name())
                            }
                        }
                    }
                }
                button type="submit" { (t.get("programme-filter")) }
            }
        }
    }
}

/// Room for a line of the programme in its page, in bytes.
const LINE: usize = 400;

/// Entries by day, each day in the order of time.
pub fn by_day<'a>(zone: &TimeZone, entries: &[&'a Entry]) -> BTreeMap<Date, Vec<&'a Entry>> {
    let mut days: BTreeMap<Date, Vec<&Entry>> = BTreeMap::new();
    for entry in entries {
        days.entry(zone.to_datetime(entry.slot.start).date()).or_default().push(entry);
    }
    days
}

/// The entries of each day, written into the page.
fn days(req: &Req, edition: &Edition, release: &Release, entries: &[&Entry], page: &mut String) {
    let zone = edition.time_zone();
    let labels = Labels::new(req.t);
    let days = by_day(&zone, entries);
    let tabs = html! {
        @if days.is_empty() { (layout::empty(&req.t.get("programme-nothing"), None)) }
        @if days.len() > 1 {
            nav.tabs aria-label=(req.t.get("programme-days")) {
                @for date in days.keys() {
                    a href={ "#day-" (date) } { (when::short_day(req.lang(), *date)) }
                }
            }
        }
    };
    tabs.render_to(page);
    for (date, entries) in &days {
        let name = html! { h2 id={ "day-" (date) } { (when::day(req.lang(), *date)) } };
        page.push_str("<section>");
        name.render_to(page);
        page.push_str("<ul class=\"slots\">");
        for entry in entries {
            line(&labels, &zone, req.now, release, entry).render_to(page);
        }
        page.push_str("</ul></section>");
    }
}

/// Every release, with what was said of it and what it changed.
fn releases(req: &Req, edition: &Edition, heads: &[Head]) -> Markup {
    let (t, zone, base) = (req.t, edition.time_zone(), home(edition));
    html! {
        section {
            h2 { (t.get("programme-releases")) }
            ul {
                @for head in heads {
                    li {
                        a href={ (base) "/" (head.number) } { (titled(t, &zone, head.number, head.at)) }
                        @if let Some(note) = &head.note { " " (text::text(t, note)) }
                        @if head.number > 1 {
                            " · "
                            a href={ (base) "/changes?from=" (head.number - 1) "&to=" (head.number) } {
                                (t.get("programme-changes-see"))
                            }
                        }
                    }
                }
            }
        }
    }
}
