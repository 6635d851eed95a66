//! The first page: the dialogue that comes next, and the cities that take part.

use domain::{edition::Edition, revision::Versioned};
use jiff::{civil::Date, tz::TimeZone};
use maud::{Markup, html};

use super::{
    layout::Page,
    network::city,
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
    let today = req.now.to_zoned(TimeZone::UTC).date();
    let next = at_hand(&editions, today);
    let cities = city::overview(req, next.map(|e| e.host))?;
    let body = html! {
        p.lead { (t.get("home-lead")) }
        div.two {
            div {
                @if let Some(edition) = next { (invited(req, edition, today)) }
                @if req.app.config.demo {
                    ul.cards {
                        li {
                            a href="/demo/personas" { (t.get("home-personas")) }
                            p { (t.get("home-personas-why")) }
                        }
                    }
                }
            }
            section {
                h2 { a href="/cities" { (t.get("nav-cities")) } }
                (cities)
                p.hint { (t.get("home-cities")) }
            }
        }
    };
    Ok(Page { title: t.get("home-title"), ..Page::default() }.reply(req, &body))
}

/// The edition that goes on or comes next; when none is ahead, the latest.
fn at_hand(editions: &[Versioned<Edition>], today: Date) -> Option<&Edition> {
    let all = || editions.iter().map(|e| &e.value);
    let ahead = all().filter(|e| e.last_day >= today).min_by_key(|e| (e.first_day, e.id));
    ahead.or_else(|| all().max_by_key(|e| (e.last_day, e.id)))
}

fn invited(req: &Req, edition: &Edition, today: Date) -> Markup {
    let (t, base) = (req.t, format!("/editions/{}", edition.id));
    let label = if edition.last_day < today { "home-latest" } else { "home-next" };
    html! {
        section.invited {
            p.hint { (t.get(label)) }
            h2 { a href=(base) { (text::text(t, &edition.title)) } }
            p { (when::days(t.lang, edition)) }
            div.actions {
                a.button.main href={ (base) "/programme" } { (t.get("edition-nav-programme")) }
                a.button href={ (base) "/topics" } { (t.get("edition-nav-topics")) }
            }
        }
    }
}
