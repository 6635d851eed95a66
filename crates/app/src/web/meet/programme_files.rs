//! The programme as files: a PDF in each language, and a table. The PDF holds sessions alone, so that
//! it can be handed on; participants also get the delegations in the declared order.

use std::collections::BTreeMap;

use domain::{
    DelegationId, Lang,
    access::Action,
    city::Origin,
    delegation::{Delegate, Task},
    edition::Edition,
    programme::Entry,
    release::Release,
};
use maud::{Markup, html};
use outputs::{
    pdf::{
        Said,
        card::Line,
        programme::{Day, Party, Programme},
    },
    sheet::{Column, Sheet},
};

use super::{
    interpretation_words::languages,
    programme::{asked, by_day, home, seen, titled},
    programme_line::Labels,
};
use crate::{
    i18n::Messages,
    web::{
        reply::{Fault, Outcome, Reply},
        request::Req,
        route::{Gate, Route, get},
        sheet, text, when,
    },
};

/// The addresses of this file.
pub fn routes() -> Vec<Route> {
    vec![
        get("/editions/{edition}/programme/{number}/pdf", Gate::Public, pdf),
        get("/editions/{edition}/programme/{number}/export/{format}", Gate::Public, export),
    ]
}

/// Links to the files of a release.
pub fn links(req: &Req, edition: &Edition, release: &Release) -> Markup {
    let base = format!("{}/{}", home(edition), release.number);
    html! {
        section.files {
            @if outputs::pdf::BUILT {
                p.row {
                    (req.t.get("programme-pdf"))
                    @for lang in Lang::COMPLETE {
                        a href={ (base) "/pdf?in=" (lang) } lang=(lang.tag()) hreflang=(lang.tag()) {
                            (lang.own_name())
                        }
                    }
                }
            } @else {
                p { (req.t.get("refusal-pdf-not-built")) }
            }
            (sheet::links(req, &base))
        }
    }
}

/// The language that a file is asked for in; the reader's own otherwise.
pub fn asked_language(req: &Req) -> Lang {
    let asked = req.query.get("in").parse().unwrap_or(req.lang());
    if Lang::COMPLETE.contains(&asked) { asked } else { Lang::En }
}

/// The mark in the names of exercise files.
pub fn mark(edition: &Edition) -> &'static str {
    if edition.origin == Origin::Demonstration { "-EXERCISE" } else { "" }
}

/// The foot of every printed page: which release this is, and of when.
pub fn footer(t: Messages, edition: &Edition, release: &Release) -> String {
    titled(t, &edition.time_zone(), release.number, release.at)
}

/// The leaders of delegations: name and office as stated.
pub fn leaders(delegates: &[Delegate], lang: Lang) -> BTreeMap<DelegationId, (Said, Said)> {
    let named = |d: &Delegate| {
        let named = d.name.shown(lang)?;
        let said = |words: &str| Said::new(words, named.lang);
        Some((d.delegation, (said(&named.styled.name), said(&named.styled.office))))
    };
    delegates.iter().filter(|d| d.task == Task::Leader).filter_map(named).collect()
}

/// An entry as a printed line, under a title of its own where there is one.
pub fn line(labels: &Labels, edition: &Edition, entry: &Entry, title: Option<Said>) -> Line {
    let lang = labels.t.lang;
    Line {
        time: when::hours(&edition.time_zone(), entry.slot.start, entry.slot.end()),
        title: title.unwrap_or_else(|| Said::of(&entry.title, lang)),
        kind: labels.kind(entry).to_owned(),
        place: vec![Said::of(&entry.hall, lang), Said::of(&entry.venue, lang)],
        languages: languages(labels.t, &entry.languages),
        notes: Vec::new(),
        quiet: false,
    }
}

fn pdf(req: &Req) -> Outcome {
    let edition = req.edition()?;
    let release = asked(req)?.1.ok_or(Fault::Missing)?;
    let lang = asked_language(req);
    let participates = Gate::Participants(Action::Read).lets(&req.actor, edition.place());
    let delegates: Vec<Delegate> = if participates {
        let all = req.read(|c| store::delegate::of_edition(c, edition.id))?;
        all.into_iter().map(|d| d.value).collect()
    } else {
        Vec::new()
    };
    let mut document = document(Messages::of(lang), edition, &release);
    if participates {
        document.delegations = parties(&release, &delegates, lang);
    }
    let bytes = document.pdf(&req.app.fonts, release.at)?;
    let name = format!("programme-{}-{lang}{}.pdf", release.number, mark(edition));
    Ok(Reply::Bytes { media: "application/pdf", name: Some(name), bytes })
}

fn parties(release: &Release, delegates: &[Delegate], lang: Lang) -> Vec<Party> {
    let mut leaders = leaders(delegates, lang);
    let party = |(place, d): (usize, &domain::release::Listed)| Party {
        place,
        name: Said::of(&d.name, lang),
        leader: leaders.remove(&d.id),
    };
    (1..).zip(&release.delegations).map(party).collect()
}

fn document(t: Messages, edition: &Edition, release: &Release) -> Programme {
    let (lang, labels) = (t.lang, Labels::new(t));
    let sessions: Vec<&Entry> = release.entries.iter().filter(|e| e.kind().is_some()).collect();
    let day = |(date, entries): (_, Vec<&Entry>)| Day {
        day: when::day(lang, date),
        lines: entries.iter().map(|e| line(&labels, edition, e, None)).collect(),
    };
    let dates = [edition.first_day, edition.last_day].map(|d| when::date(lang, d));
    let zone = t.with("programme-zone", &[("zone", when::zone(edition).into())]);
    Programme {
        lang: lang.code(),
        title: t.get("programme-title"),
        exercise: edition.origin == Origin::Demonstration,
        footer: footer(t, edition, release),
        letterhead: edition.initiators.iter().map(|i| Said::of(i, lang)).collect(),
        edition: Said::of(&edition.title, lang),
        span: dates.join(" – "),
        zone,
        days: by_day(&edition.time_zone(), &sessions).into_iter().map(day).collect(),
        delegations: Vec::new(),
        headings: [
            "programme-delegations",
            "programme-delegation",
            "programme-leader",
            "programme-office",
        ]
        .map(|key| t.get(key)),
    }
}

fn export(req: &Req) -> Outcome {
    let (t, edition) = (req.t, req.edition()?);
    let release = asked(req)?.1.ok_or(Fault::Missing)?;
    let zone = edition.time_zone();
    let columns = [
        ("day", "programme-day"),
        ("from", "programme-from"),
        ("until", "programme-until"),
        ("kind", "programme-kind"),
        ("title", "programme-entry"),
        ("hall", "programme-hall"),
        ("venue", "programme-venue"),
        ("languages", "programme-tongue"),
    ];
    let row = |entry: &Entry| {
        let start = zone.to_datetime(entry.slot.start);
        let codes: Vec<&str> = entry.languages.iter().map(|l| l.code()).collect();
        let title = match &*entry.company {
            domain::programme::Company::Bilateral(sides) => plain(t, &release, sides),
            domain::programme::Company::Session(..) => text::words(t, &entry.title),
        };
        vec![
            start.date().to_string().into(),
            when::time(&zone, entry.slot.start).into(),
            when::time(&zone, entry.slot.end()).into(),
            entry.kind().map_or("bilateral", domain::session::SessionKind::code).into(),
            title.into(),
            text::words(t, &entry.hall).into(),
            text::words(t, &entry.venue).into(),
            codes.join(" ").into(),
        ]
    };
    let file = Sheet {
        title: t.get("programme-title"),
        lang: req.lang(),
        columns: columns.map(|(key, label)| Column { key, label: t.get(label) }).to_vec(),
        rows: release.entries.iter().filter(|e| seen(req, edition, e)).map(row).collect(),
        exercise: edition.origin == Origin::Demonstration,
    };
    sheet::reply(req, &format!("programme-{}", release.number), &file)
}

fn plain(t: Messages, release: &Release, sides: &[DelegationId; 2]) -> String {
    let names = sides.iter().filter_map(|d| release.name_of(*d));
    names.map(|n| text::words(t, n)).collect::<Vec<_>>().join(" – ")
}
