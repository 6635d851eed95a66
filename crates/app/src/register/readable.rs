//! A text as a page for reading, of which the register holds the hash beside that of the canonical text.

use domain::{
    Lang,
    declaration::Declaration,
    dossier::Dossier,
    negotiation::Negotiation,
    unit::{Unit, UnitKind},
};
use maud::{DOCTYPE, Markup, html};
use outputs::sheet::EXERCISE;

/// The page of one language: no script, no style, nothing from elsewhere.
pub(super) fn page(dossier: &Dossier, negotiation: &Negotiation, lang: Lang) -> String {
    let text: &Declaration = &negotiation.text;
    let numbers = &negotiation.consensus.numbers.0;
    let title = text.units.iter().find(|unit| unit.kind == UnitKind::Title);
    let title = title.map_or(dossier.symbol.as_str(), |unit| unit.text(lang));
    let page = html! {
        (DOCTYPE)
        html lang=(lang.tag()) dir=(lang.dir()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) }
            }
            body {
                @if dossier.exercise { p { strong { (EXERCISE) } } }
                p { bdi { (dossier.symbol) } }
                @for unit in &text.units {
                    (paragraph(unit, numbers.get(&unit.id).map(String::as_str), lang))
                }
            }
        }
    };
    page.into_string()
}

fn paragraph(unit: &Unit, number: Option<&str>, lang: Lang) -> Markup {
    let words = html! {
        @if let Some(number) = number { (number) ". " }
        @for (n, line) in unit.text(lang).split('\n').enumerate() { @if n > 0 { br; } (line) }
    };
    match unit.kind {
        UnitKind::Title => html! { h1 { (words) } },
        UnitKind::Heading => html! { h2 { (words) } },
        UnitKind::Preambular | UnitKind::Operative | UnitKind::Annex => html! { p { (words) } },
    }
}
