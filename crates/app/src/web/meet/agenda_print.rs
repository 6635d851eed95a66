//! The day card of a delegation as a PDF, in each language of the dialogue.

use domain::{
    DelegationId, Lang,
    access::Action,
    agenda::{Step, steps},
    city::Origin,
    delegation::Delegate,
    edition::Edition,
    presence::{Excuse, Presence},
    programme::Entry,
    release::Release,
};
use jiff::civil::{Date, DateTime};
use maud::{Markup, html};
use outputs::pdf::{
    Said,
    card::{Card, Line},
};

use super::{
    agenda, agenda_words,
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
    let delegates = req.read(|c| store::delegate::of_edition(c, edition.id))?;
    let delegates: Vec<Delegate> = delegates.into_iter().map(|d| d.value).collect();
    let lang = asked_language(req);
    let presence = agenda::presence(req, own)?;
    let whose = Whose { own, presence, delegates };
    let card = fill(Messages::of(lang), edition, &release, date, &whose)?;
    let bytes = card.pdf(&req.app.fonts, release.at)?;
    let name = format!("day-{date}-{lang}{}.pdf", mark(edition));
    Ok(Reply::Bytes { media: "application/pdf", name: Some(name), bytes })
}

/// Whose card it is, when that delegation is there, and who leads it and the others.
struct Whose {
    own: DelegationId,
    presence: Presence,
    delegates: Vec<Delegate>,
}

fn fill(
    t: Messages,
    edition: &Edition,
    release: &Release,
    date: Date,
    whose: &Whose,
) -> Result<Card, Fault> {
    let (lang, labels, own) = (t.lang, Labels::new(t), whose.own);
    let name = release.name_of(own).ok_or(Fault::Missing)?;
    let steps = steps(release, own, &whose.presence, &edition.time_zone());
    let today = agenda::days(edition, &steps).remove(&date).unwrap_or_default();
    let heads = agenda_words::heads(&whose.delegates, lang);
    let said = |words: String| Said::new(words, lang);
    let entry = |entry: &Entry, excuse: Option<Excuse>| {
        let partner = entry.partner_of(own);
        let met = partner.and_then(|d| release.name_of(d)).map(|name| Said::of(name, lang));
        let mut line = line(&labels, edition, entry, met);
        let head = partner.and_then(|d| heads.get(&d)).cloned();
        line.notes.extend(head.map(said));
        if excuse.is_some() {
            line.notes.push(said(agenda_words::excused(t, excuse, &whose.presence, date)));
            line.quiet = true;
        }
        line
    };
    let since = |pick: fn(&Presence) -> Option<DateTime>| {
        agenda_words::since(t, release, (own, &whose.presence), pick).map(said)
    };
    let lines = today.iter().map(|step| match step {
        Step::Arrival(at) => stay(said(t.get("sheet-arrival")), *at, since(|p| p.arrival)),
        Step::Departure(at) => stay(said(t.get("sheet-departure")), *at, since(|p| p.departure)),
        Step::Entry(it, excuse) => entry(it, *excuse),
    });
    Ok(Card {
        lang: lang.code(),
        title: t.get("agenda-card-title"),
        exercise: edition.origin == Origin::Demonstration,
        footer: footer(t, edition, release),
        edition: Said::of(&edition.title, lang),
        delegation: Said::of(name, lang),
        leader: leaders(&whose.delegates, lang).remove(&own),
        day: when::day(lang, date),
        lines: lines.collect(),
        none: t.get("agenda-card-none"),
    })
}

/// The line of an arrival or a departure.
fn stay(title: Said, at: DateTime, note: Option<Said>) -> Line {
    Line {
        time: at.strftime("%H:%M").to_string(),
        title,
        kind: String::new(),
        place: Vec::new(),
        languages: String::new(),
        notes: note.into_iter().collect(),
        quiet: false,
    }
}
