//! The first page, and the editions list behind it.

use maud::html;

use super::{
    layout::Page,
    reply::Outcome,
    request::Req,
    route::{Gate, Route, get},
    text, when,
};

/// The addresses of this file.
pub fn routes() -> Vec<Route> {
    vec![get("/", Gate::Public, show)]
}

fn show(req: &Req) -> Outcome {
    let t = req.t;
    let editions = req.read(store::edition::all)?;
    let body = html! {
        p.lead { (t.get("home-lead")) }
        ul.cards {
            li { a href="/cities" { (t.get("nav-cities")) } p { (t.get("home-cities")) } }
            @for edition in editions.iter().rev().take(3).map(|e| &e.value) {
                li {
                    a href={ "/editions/" (edition.id) } { (text::text(t, &edition.title)) }
                    p { (when::date(t.lang, edition.first_day)) " – " (when::date(t.lang, edition.last_day)) }
                }
            }
            @if req.app.config.demo {
                li { a href="/demo/personas" { (t.get("home-personas")) } p { (t.get("home-personas-why")) } }
            }
        }
    };
    Ok(Page { title: t.get("home-title"), ..Page::default() }.reply(req, &body))
}
