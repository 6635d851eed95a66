//! The sources of the data and their licences.

use domain::Text;
use maud::{Markup, html};

use super::{
    layout::Page,
    network::city,
    reply::{Fault, Outcome},
    request::Req,
    route::{Gate, Route, get},
    sheet,
};
use crate::{i18n::Messages, seed};

/// A body of data that is not ours alone.
struct Dataset {
    /// The end of its keys: what it is, where it is from, what was changed.
    key: &'static str,
    /// Where it is from.
    address: &'static str,
    /// Its licence.
    licence: &'static str,
    /// Where the licence is found.
    terms: &'static str,
    /// The licence's own words, where they have to go with the data.
    words: Option<&'static str>,
}

const DATASETS: [Dataset; 4] = [
    Dataset {
        key: "geonames",
        address: "https://www.geonames.org",
        licence: "CC BY 4.0",
        terms: "https://creativecommons.org/licenses/by/4.0/",
        words: None,
    },
    Dataset {
        key: "twins",
        address: "https://en.wikipedia.org/wiki/Lists_of_twin_towns_and_sister_cities",
        licence: "CC BY-SA 4.0",
        terms: "https://creativecommons.org/licenses/by-sa/4.0/",
        words: None,
    },
    Dataset {
        key: "cldr",
        address: "https://cldr.unicode.org",
        licence: "Unicode-3.0",
        terms: "https://www.unicode.org/license.txt",
        words: Some(include_str!("../../../../data/licenses/Unicode-3.0.txt")),
    },
    Dataset {
        key: "land",
        address: "https://www.naturalearthdata.com",
        licence: "ISC",
        terms: "https://github.com/topojson/world-atlas",
        words: Some(include_str!("../../../../data/licenses/world-atlas-ISC.txt")),
    },
];

/// The addresses of this file.
pub fn routes() -> Vec<Route> {
    vec![get("/about/data", Gate::Public, data)]
}

fn data(req: &Req) -> Outcome {
    let t = req.t;
    let labels = seed::labels().map_err(|e| Fault::Broken(e.into()))?;
    let body = html! {
        section {
            h2 { (t.get("about-datasets")) }
            ul.cards { @for set in &DATASETS { li { (dataset(t, set)) } } }
        }
        section {
            h2 { (t.get("about-own")) }
            p { (t.get("about-own-what")) }
        }
        section {
            h2 { (t.get("about-sources")) }
            p { (t.get("about-sources-what")) }
            ul { @for label in labels.values() { li { (source(t, label)) } } }
        }
        section {
            h2 { (t.get("about-reuse")) }
            p { (t.get("about-reuse-what")) " " a href="/api/v1" { (t.get("footer-api")) } }
            (sheet::links(req, "/cities"))
        }
    };
    let lead = Some(html! { (t.get("about-lead")) });
    Ok(Page { title: t.get("footer-data"), lead, ..Page::default() }.reply(req, &body))
}

fn dataset(t: Messages, set: &Dataset) -> Markup {
    html! {
        a href=(set.address) rel="external" { (t.get(&format!("about-name-{}", set.key))) }
        p { (t.get(&format!("about-what-{}", set.key))) }
        p { (t.get("about-licence")) " " a href=(set.terms) rel="external license" { (set.licence) } }
        @if let Some(words) = set.words {
            details {
                summary { (t.get("about-licence-words")) }
                pre lang="en" dir="ltr" { (words) }
            }
        }
    }
}

fn source(t: Messages, label: &Text) -> Markup {
    city::label(t, label)
}
