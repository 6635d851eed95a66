//! Whom a delegation might meet: what one city offers and the other needs, both ways, each with its
//! reason in one sentence.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    CityId, DelegationId,
    city::{Offering, Theme},
    delegation::{Delegation, Party},
    edition::Edition,
    meeting::{Match, Meeting, Suggestion, suggestions},
    revision::Versioned,
};
use maud::{Markup, html};

use super::meeting::{Sides, home};
use crate::{
    i18n::Messages,
    web::{
        convene::delegation::address, network::city::theme_key, reply::Fault, request::Req, text,
    },
};

/// Suggestions shown at once.
const MOST: usize = 8;

fn city_of(delegation: &Delegation) -> Option<CityId> {
    match delegation.party {
        Party::City(city) => Some(city),
        Party::Body(_) => None,
    }
}

/// The suggestions on the page of a delegation's meetings. Whoever it has dealt with already, in
/// whatever way it ended, is not suggested.
pub fn section(
    req: &Req,
    edition: &Edition,
    sides: &Sides,
    side: DelegationId,
    own: &[&Versioned<Meeting>],
) -> Result<Markup, Fault> {
    let met: BTreeSet<DelegationId> = own.iter().map(|m| m.value.other(side)).collect();
    let mut by_city: BTreeMap<CityId, Vec<Offering>> = BTreeMap::new();
    for offering in req.read(store::offering::all)? {
        by_city.entry(offering.value.city).or_default().push(offering.value);
    }
    let mut of = |d: &Delegation| city_of(d).and_then(|c| by_city.remove(&c)).unwrap_or_default();
    let mine = sides.delegation(side).map(&mut of).unwrap_or_default();
    let strangers =
        sides.all.iter().filter(|d| d.id != side && !d.withdrawn && !met.contains(&d.id));
    let others: Vec<(DelegationId, Vec<Offering>)> = strangers.map(|d| (d.id, of(d))).collect();
    let found = suggestions(&mine, &others);
    let t = req.t;
    Ok(html! {
        h2 { (t.get("meeting-suggested")) }
        @if found.is_empty() { p { (t.get("meeting-suggested-none")) } }
        ul.cards {
            @for suggestion in found.iter().take(MOST) {
                li {
                    a href=(address(edition, suggestion.with)) {
                        (sides.name(req, suggestion.with))
                    }
                    p { (reason(t, suggestion, None)) }
                    (texts(t, suggestion))
                    p {
                        a.button href=(ask(edition, side, suggestion)) { (t.get("meeting-ask")) }
                    }
                }
            }
        }
    })
}

/// The themes of matches, each once, in the order of the matches.
fn themes(matches: &[Match<'_>]) -> Vec<Theme> {
    let mut themes = Vec::new();
    for found in matches {
        if !themes.contains(&found.offer.theme) {
            themes.push(found.offer.theme);
        }
    }
    themes
}

/// Why two should meet, in one sentence: said to the side that would ask, or to others by the names of both,
/// the asking side first.
pub fn reason(t: Messages, suggestion: &Suggestion<'_>, names: Option<[&str; 2]>) -> String {
    let words = |matches: &[Match<'_>]| {
        let names: Vec<String> =
            themes(matches).into_iter().map(|s| t.get(&theme_key(s))).collect();
        names.join(&t.get("meeting-why-and"))
    };
    let way = match (suggestion.take.is_empty(), suggestion.give.is_empty()) {
        (false, false) => "both",
        (false, true) => "take",
        _ => "give",
    };
    let (take, give) = (words(&suggestion.take), words(&suggestion.give));
    let mut values = vec![("take", take.into()), ("give", give.into())];
    match names {
        None => t.with(&format!("meeting-why-{way}"), &values),
        Some([from, to]) => {
            values.extend([("from", from.into()), ("to", to.into())]);
            t.with(&format!("meeting-reason-{way}"), &values)
        }
    }
}

/// What exactly is offered and needed, in the words of both cities.
pub fn texts(t: Messages, suggestion: &Suggestion<'_>) -> Markup {
    html! {
        details {
            summary { (t.get("meeting-why-words")) }
            dl {
                @for found in suggestion.take.iter().chain(&suggestion.give) {
                    dt { (t.get(&theme_key(found.offer.theme))) }
                    dd { (t.get("meeting-why-offer")) " " (text::text(t, &found.offer.text)) }
                    dd { (t.get("meeting-why-need")) " " (text::text(t, &found.need.text)) }
                }
            }
        }
    }
}

/// The theme that a request would be about.
pub fn first_theme(suggestion: &Suggestion<'_>) -> Option<Theme> {
    suggestion.take.first().or(suggestion.give.first()).map(|found| found.offer.theme)
}

fn ask(edition: &Edition, side: DelegationId, suggestion: &Suggestion<'_>) -> String {
    let theme = first_theme(suggestion).map(|theme| format!("&theme={theme}")).unwrap_or_default();
    format!("{}/new?as={side}&to={}{theme}", home(edition), suggestion.with)
}
