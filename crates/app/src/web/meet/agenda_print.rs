//! The day card of a delegation as a PDF, in each language of the dialogue.

use domain::{
    DelegationId, Lang, access::Action, city::Origin, delegation::Delegate, edition::Edition,
    programme::Entry, release::Release,
};
use jiff::civil::Date;
use maud::{Markup, html};
use outputs::pdf::{Said, card::Card};

use super::{
    agenda,
    programme::by_day,
    programme_files::{asked_language, footer, leaders, line, mark},
    programme_line::Labels,
};
use crate::{
    i18n::Messages,
    web::{
        reply::{Fault, Outcome, Reply},
        request::Req,
        route::{Gate, Route, get},
        when,
    },
};

/// The addresses of this file.
pub fn routes() -> Vec<Route> {
    let gate = Gate::Participants(Action::Read);
    vec![get("/editions/{edition}/agenda/{delegation}/{day}/card", gate, card)]
}

/// Links to the cards of one day.
pub fn links(req: &Req, edition: &Edition, own: DelegationId, date: Date) -> Markup {
    let base = format!("/editions/{}/agenda/{own}/{date}/card", edition.id);
    html! {
        @if outputs::pdf::BUILT {
            p.row {
                (req.t.get("agenda-card"))
                @for lang in Lang::COMPLETE {
                    a href={ (base) "?in=" (lang) } lang=(lang.tag()) hreflang=(lang.tag()) {
                        (lang.own_name())
                    }
                }
            }
        }
    }
}

fn card(req: &Req) -> Outcome {
    let edition = req.edition()?;
    let (own, date) = (req.param("delegation")?, req.param("day")?);
    agenda::require(req, edition, own)?;
    let release = agenda::newest(req, edition)?.ok_or(Fault::Missing)?;
    if !edition.days().contains(&date) {
        return Err(Fault::Missing);
    }
    let delegates = req.read(|c| store::delegate::of_delegation(c, own))?;
    let delegates: Vec<Delegate> = delegates.into_iter().map(|d| d.value).collect();
    let lang = asked_language(req);
    let card = fill(Messages::of(lang), edition, &release, own, date, &delegates)?;
    let bytes = card.pdf(&req.app.fonts, release.at)?;
    let name = format!("day-{date}-{lang}{}.pdf", mark(edition));
    Ok(Reply::Bytes { media: "application/pdf", name: Some(name), bytes })
}

fn fill(
    t: Messages,
    edition: &Edition,
    release: &Release,
    own: DelegationId,
    date: Date,
    delegates: &[Delegate],
) -> Result<Card, Fault> {
    let (lang, labels) = (t.lang, Labels::new(t));
    let name = release.name_of(own).ok_or(Fault::Missing)?;
    let mine: Vec<&Entry> = release.agenda(own).collect();
    let today = by_day(&edition.time_zone(), &mine).remove(&date).unwrap_or_default();
    let met = |e: &Entry| {
        let partner = e.partner_of(own).and_then(|d| release.name_of(d))?;
        Some(Said::of(partner, lang))
    };
    Ok(Card {
        lang: lang.code(),
        title: t.get("agenda-card-title"),
        exercise: edition.origin == Origin::Demonstration,
        footer: footer(t, edition, release),
        edition: Said::of(&edition.title, lang),
        delegation: Said::of(name, lang),
        leader: leaders(delegates, lang).remove(&own),
        day: when::day(lang, date),
        lines: today.iter().map(|e| line(&labels, edition, e, met(e))).collect(),
        none: t.get("agenda-card-none"),
    })
}
