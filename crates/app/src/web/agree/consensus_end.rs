//! What follows the adoption of a text: its parties sign, and delegations have explanations of their position
//! and reservations attached.

use std::cell::OnceCell;

use domain::{
    DelegationId, Lang,
    edition::Edition,
    procedure::{Outcome as Became, Phase, PositionKind},
    safety,
};
use maud::{Markup, html};

use super::{
    amendment::{self, Tabled, about},
    consensus::{address, side_field, sides},
    declaration::Opened,
    wording::words,
};
use crate::web::{
    form::{Draft, Show, act},
    marks::Marks,
    reply::Fault,
    request::Req,
    when,
};

/// Who has signed, and the button of the reader's own party.
pub(super) fn signatures(
    req: &Req,
    opened: &Opened,
    edition: &Edition,
    tabled: &Tabled,
    mine: &[DelegationId],
) -> Markup {
    let (t, consensus) = (req.t, opened.consensus());
    let seal = opened.text().seal();
    let adopted = matches!(consensus.phase, Phase::Adopted(_));
    let sign = format!("{}/sign", address(opened));
    html! {
        @if consensus.adoption().is_some() && !consensus.parties.is_empty() {
            h2 { (t.get("consensus-signatures")) }
            p { (t.get("consensus-signatures-why")) }
            @if adopted && mine.iter().any(|side| consensus.parties.contains(side)) {
                details {
                    summary { (t.get("consensus-escaped")) }
                    @for lang in opened.languages() {
                        pre lang=(lang.tag()) dir=(lang.dir()) {
                            (safety::escaped(&opened.text().canonical(lang), lang))
                        }
                    }
                }
            }
            ul {
                @for party in &consensus.parties {
                    li {
                        bdi { (tabled.name(req, *party)) } (Marks::of(t.lang).colon)
                        @match consensus.signed.get(party) {
                            Some(at) => {
                                span.chip.ok { (t.with("consensus-signed-on", &[
                                    ("at", when::moment(t.lang, &edition.time_zone(), *at).into()),
                                ])) }
                            }
                            None => { span.chip { (t.get("consensus-unsigned")) } }
                        }
                        @if adopted && mine.contains(party) && !consensus.signed.contains_key(party) {
                            " " (act(&sign, &t.get("consensus-sign"), "main", &[
                                ("delegation", &party.to_string()), ("seal", seal.hex()),
                            ]))
                        }
                    }
                }
            }
        }
    }
}

/// Whether explanations are still taken.
pub(super) fn explains(opened: &Opened) -> bool {
    matches!(opened.consensus().phase, Phase::Adopted(_) | Phase::Signed(_))
}

/// Reservations and explanations of position: they stand beside the adopted text and are read with it.
pub(super) fn attached(req: &Req, opened: &Opened, tabled: &Tabled) -> Markup {
    let (t, consensus) = (req.t, opened.consensus());
    let reserved = consensus.objections.values().filter(|o| o.outcome == Became::Reserved);
    let reserved: Vec<_> = reserved.filter(|_| consensus.adoption().is_some()).collect();
    html! {
        @if !reserved.is_empty() || !consensus.positions.is_empty() {
            h2 { (t.get("consensus-attached")) }
            p { (t.get("consensus-attached-why")) }
            @for objection in reserved {
                section.amendment {
                    p {
                        strong { (tabled.name(req, objection.by)) } " · "
                        (t.get("consensus-position-reservation")) " · "
                        (about(req, opened, &tabled.numbers, objection.unit))
                    }
                    p { bdi { (objection.reason) } }
                }
            }
            @for position in &consensus.positions {
                section.amendment {
                    p {
                        strong { (tabled.name(req, position.by)) } " · "
                        (t.get(&format!("consensus-position-{}", position.kind)))
                    }
                    (words(position.lang, &position.text))
                }
            }
        }
    }
}

/// The same for the page of a text that anyone may read.
pub(super) fn attached_to(req: &Req, opened: &Opened) -> Result<Markup, Fault> {
    let names = req.read(|c| amendment::names(c, opened.dossier.edition))?;
    let (proposals, sides) = (Vec::new(), Vec::new());
    let concepts = OnceCell::new();
    let tabled = Tabled { proposals, names, sides, numbers: opened.numbers(), concepts };
    Ok(attached(req, opened, &tabled))
}

/// The form in which a delegation attaches its view.
pub(super) fn explain_form(
    req: &Req,
    opened: &Opened,
    tabled: &Tabled,
    mine: &[DelegationId],
    draft: &Draft,
) -> Markup {
    let (t, show) = (req.t, Show::new(req, draft));
    let kinds: Vec<(String, String)> = PositionKind::ALL
        .iter()
        .map(|kind| (kind.code().to_owned(), t.get(&format!("consensus-position-{kind}"))))
        .collect();
    let langs: Vec<(String, String)> =
        Lang::ALL.iter().map(|l| (l.code().to_owned(), l.own_name().to_owned())).collect();
    let fields = html! {
        (side_field(&show, &sides(req, tabled, mine)))
        (show.choice("kind", "consensus-position", &kinds))
        (show.choice("lang", "consensus-position-lang", &langs))
        (show.area("text", "consensus-position-text"))
    };
    html! {
        h2 #explain { (t.get("consensus-explain-title")) }
        (show.form(&format!("{}/explain", address(opened)), "consensus-explain", &fields))
    }
}
