//! The originals of an instrument on paper, one for each party and for whoever else keeps one. In its own
//! original a party comes first: in the preamble, in the column of its language and in the signatures.

use domain::{
    Lang, Refusal,
    access::Action,
    alternat::{self, Original},
    city::Origin,
    declaration::Declaration,
    instrument::{Instrument, Words},
    unit::Seal,
};
use maud::{Markup, html};
use outputs::pdf::{
    Said,
    original::{self, Row, Signature},
};

use super::{instrument::Opened, instrument_party::leader, instrument_run::printed};
use crate::{
    template::stated,
    web::{
        meet::programme_files::mark,
        reply::{Fault, Outcome, Reply},
        request::Req,
        route::{Gate, Route, get},
        text,
    },
};

/// The addresses of this file.
pub fn routes() -> Vec<Route> {
    let address = "/editions/{edition}/instruments/{instrument}/originals/{number}";
    vec![get(address, Gate::Public, print)]
}

/// Who keeps each original, with the way to print it.
pub fn section(req: &Req, opened: &Opened<'_>) -> Markup {
    let (t, one) = (req.t, opened.value());
    if !outputs::pdf::BUILT || one.parties.len() < 2 || !matches!(one.words, Words::Dossier(_)) {
        return html! {};
    }
    html! {
        h3 { (t.get("instrument-originals-print")) }
        p.hint { (t.get("instrument-originals-why")) }
        ol {
            @for (n, original) in (1_usize..).zip(alternat::originals(&opened.declared(), one.originals)) {
                li { a href={ (opened.address()) "/originals/" (n) } { (keeper(req, one, &original)) } }
            }
        }
    }
}

/// Who keeps an original.
fn keeper(req: &Req, one: &Instrument, original: &Original) -> String {
    match original.holder.and_then(|at| one.parties.get(at)) {
        Some(party) => text::words(req.t, &party.name),
        None => req.t.get("instrument-kept-elsewhere"),
    }
}

/// The languages of an original: that of whoever is named first comes first, then those of the others.
fn languages(one: &Instrument, order: &[usize]) -> Vec<Lang> {
    let own = order.iter().filter_map(|at| one.parties.get(*at)).map(|party| party.lang);
    let mut langs: Vec<Lang> = Vec::new();
    for lang in own.filter(|lang| one.languages.contains(lang)).chain(one.languages.iter().copied())
    {
        if !langs.contains(&lang) {
            langs.push(lang);
        }
    }
    langs
}

/// The text in the order of one original.
fn rows(one: &Instrument, text: &Declaration, order: &[usize], langs: &[Lang]) -> Vec<Row> {
    let named = |lang: Lang| -> Vec<String> {
        (0..one.parties.len()).map(|at| stated(one, at, lang)).collect()
    };
    let names: Vec<(Lang, Vec<String>)> = langs.iter().map(|lang| (*lang, named(*lang))).collect();
    let row = |unit: &domain::unit::Unit| {
        let cell = |(lang, names): &(Lang, Vec<String>)| {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            Said::new(alternat::turned(unit.text(*lang), &names, order, *lang), *lang)
        };
        Row { kind: unit.kind.code(), cells: names.iter().map(cell).collect() }
    };
    text.units.iter().map(row).collect()
}

fn signatures(
    req: &Req,
    opened: &Opened<'_>,
    order: &[usize],
    langs: &[Lang],
) -> Result<Vec<Signature>, Fault> {
    let one = opened.value();
    let place = |at: &usize| -> Result<Signature, Fault> {
        let party = langs.iter().map(|lang| Said::new(stated(one, *at, *lang), *lang)).collect();
        let found = one.parties.get(*at);
        let signer = match found.and_then(|party| party.signature.as_ref()) {
            Some(signature) => Some(signature.signer.clone()),
            // The leader signs for the delegation itself, not for those whom it brings.
            None if found.is_some_and(|party| party.city.is_some()) => leader(req, opened, *at)?,
            None => None,
        };
        let lang = found.map_or(req.lang(), |party| party.lang);
        Ok(Signature { party, signer: signer.and_then(|name| printed(&name, lang)) })
    };
    order.iter().map(place).collect()
}

fn print(req: &Req) -> Outcome {
    let opened = Opened::inner(req, Action::Read)?;
    let (t, one, declared) = (req.t, opened.value(), opened.declared());
    // Words that were filed are printed by whoever filed them.
    let Words::Dossier(id) = one.words else { return Ok(Reply::See(opened.address())) };
    let number: usize = req.param("number")?;
    let all = alternat::originals(&declared, one.originals);
    let original = number.checked_sub(1).and_then(|at| all.get(at)).ok_or(Fault::Missing)?;
    let reading = req.read(|c| {
        let dossier = store::dossier::need(c, id)?.value;
        req.app.readings.read(c, &dossier)
    })?;
    let words = &reading.negotiation.text;
    let (sealed, stands) = (one.stage.seal(), one.complete(words).map(|words| one.seal_of(&words)));
    if sealed.is_some() && stands.as_ref().ok() != sealed {
        return Err(Refusal::new("instrument-moved").into());
    }
    let langs = languages(one, &original.order);
    let values = [
        ("n", number.into()),
        ("all", all.len().into()),
        ("name", keeper(req, one, original).into()),
    ];
    let head = t.with("instrument-original-head", &values);
    let short = sealed.map(|seal: &Seal| seal.hex().chars().take(16).collect::<String>());
    let title = text::words(t, &one.title);
    let printed = original::Original {
        lang: req.lang().code(),
        exercise: one.exercise || opened.edition.origin == Origin::Demonstration,
        footer: [title.clone(), head.clone()]
            .into_iter()
            .chain(short)
            .collect::<Vec<_>>()
            .join(" · "),
        title,
        head,
        notice: sealed.is_none().then(|| t.get("instrument-original-draft")),
        rows: rows(one, words, &original.order, &langs),
        signatures: signatures(req, &opened, &original.order, &langs)?,
    };
    let bytes = printed.pdf(&req.app.fonts, req.now)?;
    let name = Some(format!("original-{number}{}.pdf", mark(opened.edition)));
    Ok(Reply::Bytes { media: "application/pdf", name, bytes })
}
