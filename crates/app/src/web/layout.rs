//! The page: head, banner, navigation, one title, one main action, and the languages.

use domain::{Lang, Refusal, access::Action, city::Origin, edition::Edition};
use maud::{DOCTYPE, Markup, PreEscaped, Render, html};

use super::{reply::Reply, request::Req, route::Gate, text};

/// What a page says besides its body.
#[derive(Default)]
pub struct Page<'a> {
    /// The title, which is also the heading.
    pub title: String,
    /// Where it stands, as `(address, name)` from the outside in.
    pub trail: Vec<(String, String)>,
    /// The one main action, as `(address, label)`.
    pub main: Option<(String, String)>,
    /// A line under the heading.
    pub lead: Option<Markup>,
    /// Whether the page reloads itself after so many seconds, for readers without scripts.
    pub refresh: Option<u32>,
    /// The edition whose navigation is shown.
    pub edition: Option<&'a Edition>,
    /// Whether something on the page was written for the demonstration.
    pub demonstration: bool,
}

impl Page<'_> {
    /// The page as an answer.
    pub fn reply(self, req: &Req, body: &dyn Render) -> Reply {
        Reply::Page(page(req, &self, body))
    }

    /// The page as an answer to a form that was not accepted.
    pub fn again(self, req: &Req, body: &dyn Render) -> Reply {
        Reply::Again(page(req, &self, body))
    }
}

/// What writes itself into a page: a long list that is never a string of its own.
pub struct Straight<F>(pub F);

impl<F: Fn(&mut String)> Render for Straight<F> {
    fn render_to(&self, page: &mut String) {
        self.0(page);
    }
}

/// The mark: the arch of a caravanserai.
fn mark() -> Markup {
    html! {
        svg.arch viewBox="0 0 32 32" aria-hidden="true" focusable="false" {
            path d="M3 29V13Q3 3 16 3Q29 3 29 13V29H23V16Q23 9 16 9Q9 9 9 16V29Z" {}
        }
    }
}

/// Renders a page.
pub fn page(req: &Req, page: &Page<'_>, body: &dyn Render) -> Markup {
    let t = req.t;
    let exercise =
        page.demonstration || page.edition.is_some_and(|e| e.origin == Origin::Demonstration);
    html! {
        (DOCTYPE)
        html lang=(t.lang.tag()) dir=(t.lang.dir()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                @if let Some(seconds) = page.refresh {
                    noscript { meta http-equiv="refresh" content=(seconds); }
                }
                title { (page.title) " · " (t.get("product")) }
                link rel="stylesheet" href=(super::assets::address("style.css"));
                link rel="icon" href=(super::assets::address("mark.svg")) type="image/svg+xml";
                script type="module" src=(super::assets::address("enhance.js")) {}
            }
            body {
                a.skip href="#main" { (t.get("skip")) }
                (header(req))
                @if exercise { (banner()) }
                @if let Some(edition) = page.edition { (edition_bar(req, edition)) }
                main #main tabindex="-1" {
                    (trail(req, page))
                    div.title {
                        h1 { (page.title) }
                        @if let Some((address, label)) = &page.main {
                            a.button.main href=(address) { (label) }
                        }
                    }
                    @if let Some(lead) = &page.lead { div.lead { (lead) } }
                    (body)
                }
                (footer(req))
            }
        }
    }
}

/// The mark of everything that was written for the demonstration, in the three languages at once.
pub fn banner() -> Markup {
    html! {
        p.banner role="note" {
            span lang="zh-Hans" { "演示文本" } " · "
            span lang="ru" { "УЧЕБНЫЙ ТЕКСТ" } " · "
            span lang="en" { "EXERCISE TEXT" }
        }
    }
}

fn header(req: &Req) -> Markup {
    let t = req.t;
    html! {
        header.top {
            a.home href="/" { (mark()) span { (t.get("product")) } }
            nav aria-label=(t.get("nav-main")) {
                a href="/cities" { (t.get("nav-cities")) }
                a href="/editions" { (t.get("nav-editions")) }
                @if let Some(account) = &req.account {
                    a.me href="/me" { bdi { (account.name) } }
                } @else {
                    a href="/sign-in" { (t.get("nav-sign-in")) }
                }
            }
            (languages(req))
        }
    }
}

fn languages(req: &Req) -> Markup {
    html! {
        nav.languages aria-label=(req.t.get("nav-languages")) {
            @for lang in Lang::ALL {
                @if lang == req.lang() {
                    span aria-current="true" lang=(lang.tag()) { (lang.own_name()) }
                } @else {
                    a href=(in_language(req, lang)) lang=(lang.tag()) hreflang=(lang.tag()) rel="nofollow" {
                        (lang.own_name())
                    }
                }
            }
        }
    }
}

/// The same page in another language; a page that came from a form leads to its own address.
fn in_language(req: &Req, lang: Lang) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    for (name, value) in req.query.0.iter().filter(|(n, _)| n != "lang") {
        query.append_pair(name, value);
    }
    format!("{}?{}", req.path, query.append_pair("lang", lang.code()).finish())
}

/// The edition's own navigation: what this reader may open, in the order of the work.
fn edition_bar(req: &Req, edition: &Edition) -> Markup {
    let base = format!("/editions/{}", edition.id);
    let items = [
        ("", "edition-nav-overview", Gate::Public),
        ("/topics", "edition-nav-topics", Gate::Public),
        ("/invitations", "edition-nav-invitations", Gate::Office(Action::Read)),
        ("/delegations", "edition-nav-delegations", Gate::Participants(Action::Read)),
        ("/meetings", "edition-nav-meetings", Gate::Participants(Action::Read)),
        ("/instruments", "edition-nav-instruments", Gate::Public),
        ("/commitments", "edition-nav-commitments", Gate::Public),
        ("/venues", "edition-nav-venues", Gate::Office(Action::Read)),
        ("/sessions", "edition-nav-sessions", Gate::Office(Action::Read)),
        ("/interpreters", "edition-nav-interpreters", Gate::Office(Action::Read)),
        ("/plan", "edition-nav-plan", Gate::Office(Action::Read)),
        ("/programme", "edition-nav-programme", Gate::Public),
        ("/declarations", "edition-nav-declarations", Gate::Public),
        ("/offices", "edition-nav-offices", Gate::Secretariat(Action::Decide)),
        ("/disruptions", "edition-nav-disruptions", Gate::Office(Action::Plan)),
        ("/agenda", "edition-nav-agenda", Gate::Participants(Action::Read)),
    ];
    // Whoever belongs to no delegation has no agenda; the office opens everyone's.
    let office = Gate::Office(Action::Read).lets(&req.actor, edition.place());
    let agenda = office || req.actor.belongs(edition.id);
    let mine = items
        .iter()
        .filter(|(_, _, gate)| gate.lets(&req.actor, edition.place()))
        .filter(|(path, ..)| *path != "/agenda" || agenda);
    html! {
        nav.edition aria-label=(req.t.get("nav-edition")) {
            strong { (text::text(req.t, &edition.title)) }
            @if req.actor.interprets(edition) {
                @let here = format!("{base}/assignments");
                a href=(here) aria-current=[req.path.starts_with(&here).then_some("page")] {
                    (req.t.get("edition-nav-assignments"))
                }
            }
            @for (path, label, _) in mine {
                @let here = format!("{base}{path}");
                @let current = if path.is_empty() { req.path == here } else { req.path.starts_with(&here) };
                a href=(here) aria-current=[current.then_some("page")] { (req.t.get(label)) }
            }
        }
    }
}

fn trail(req: &Req, page: &Page<'_>) -> Markup {
    html! {
        @if !page.trail.is_empty() {
            nav.trail aria-label=(req.t.get("nav-trail")) {
                @for (n, (address, name)) in page.trail.iter().enumerate() {
                    @if n > 0 { " › " }
                    a href=(address) { (name) }
                }
            }
        }
    }
}

fn footer(req: &Req) -> Markup {
    html! {
        footer {
            p { (req.t.get("footer-about")) }
            p {
                a href="/api/v1" { (req.t.get("footer-api")) } " · "
                a href="/about/data" { (req.t.get("footer-data")) } " · "
                a href="/register" { (req.t.get("register-title")) }
            }
        }
    }
}

/// A page that says why there is no other, and what to do.
pub fn fault(req: &Req, key: &str, refusal: Option<&Refusal>) -> Markup {
    let title = req.t.get(&format!("{key}-title"));
    let body = html! {
        section.notice.warn role="alert" {
            @if let Some(refusal) = refusal { p { (req.t.refusal(refusal)) } }
            p { (req.t.get(key)) }
        }
        p { a.button href="/" { (req.t.get("fault-home")) } }
    };
    page(req, &Page { title, ..Page::default() }, &body)
}

/// An empty place that says what to do next.
pub fn empty(words: &str, action: Option<(String, String)>) -> Markup {
    html! {
        section.empty {
            p { (words) }
            @if let Some((address, label)) = action { p { a.button href=(address) { (label) } } }
        }
    }
}

/// An SVG drawn by `outputs`, which escapes every word that it writes.
pub fn drawing(svg: &str) -> Markup {
    PreEscaped(svg.to_owned())
}
