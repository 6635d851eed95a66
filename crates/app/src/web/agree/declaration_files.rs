//! A text as files: to read on a bad line, to work on in Word, to print, to exchange with other systems.

use std::{fmt, str::FromStr};

use domain::{
    Lang, Text, UnitId, access::Action, amendment::Operation, glossary::Concept, proposal::Proposal,
};
use maud::html;
use outputs::{
    akn, answer,
    carrier::Carrier,
    docx::{Mark, Paper},
    html as page,
    pdf::{self, declaration::Lines},
    tbx, tmx,
};

use super::{
    amendment::{self, paragraph},
    declaration::Opened,
};
use crate::{
    i18n::Messages,
    labels::labels,
    web::{
        reply::{Fault, Outcome, Reply},
        request::Req,
        route::{Gate, Route, get},
    },
};

/// The addresses of this file and of what comes back.
pub fn routes() -> Vec<Route> {
    vec![
        get("/editions/{edition}/declarations/{declaration}/files", Gate::Public, show),
        get("/editions/{edition}/declarations/{declaration}/files/{file}", Gate::Public, download),
    ]
}

/// A file of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// One page to read on a bad line.
    Page,
    /// Word, clean.
    Word,
    /// Word with the amendments before the meeting as tracked changes.
    Marked,
    /// PDF, lines counted on every page.
    Pdf,
    /// PDF, lines counted through the whole text.
    Running,
    /// Akoma Ntoso.
    Akn,
    /// The answer sheet, as a workbook.
    Answer,
    /// The same as a table.
    AnswerCsv,
    /// The translation memory of the text.
    Memory,
    /// The glossary of the series.
    Glossary,
}

impl Kind {
    const ALL: [Kind; 10] = [
        Kind::Page,
        Kind::Word,
        Kind::Marked,
        Kind::Pdf,
        Kind::Running,
        Kind::Akn,
        Kind::Answer,
        Kind::AnswerCsv,
        Kind::Memory,
        Kind::Glossary,
    ];

    /// How the names of such files end.
    fn ending(self) -> &'static str {
        match self {
            Kind::Page => ".html",
            Kind::Word => ".docx",
            Kind::Marked => "-marked.docx",
            Kind::Pdf => ".pdf",
            Kind::Running => "-running.pdf",
            Kind::Akn => ".akn.xml",
            Kind::Answer => "-answer.xlsx",
            Kind::AnswerCsv => "-answer.csv",
            Kind::Memory => "-memory.tmx",
            Kind::Glossary => "-glossary.tbx",
        }
    }

    /// Whether such a file can hold all languages; exchange files hold nothing else.
    fn holds(self, one: bool) -> bool {
        match self {
            Kind::Page | Kind::Word | Kind::Marked | Kind::Pdf => true,
            Kind::Running | Kind::Akn | Kind::Answer | Kind::AnswerCsv => one,
            Kind::Memory | Kind::Glossary => !one,
        }
    }

    fn media(self) -> &'static str {
        match self {
            Kind::Page => "text/html; charset=utf-8",
            Kind::Word | Kind::Marked => {
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
            }
            Kind::Pdf | Kind::Running => "application/pdf",
            Kind::Akn => "application/akn+xml",
            Kind::Answer => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Kind::AnswerCsv => "text/csv; charset=utf-8",
            Kind::Memory | Kind::Glossary => "application/xml",
        }
    }

    /// Whether it holds what those taking part alone read: amendments, and terms that are not of the text.
    fn is_inner(self) -> bool {
        matches!(self, Kind::Marked | Kind::Glossary)
    }

    fn is_printed(self) -> bool {
        matches!(self, Kind::Pdf | Kind::Running)
    }
}

/// A file by its name, such as `zh.pdf` or `all-marked.docx`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Wanted {
    /// One language, or all of them.
    lang: Option<Lang>,
    kind: Kind,
}

impl fmt::Display for Wanted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.lang.map_or("all", Lang::code), self.kind.ending())
    }
}

impl FromStr for Wanted {
    type Err = ();

    fn from_str(name: &str) -> Result<Self, ()> {
        let lang = |code: &str| match code {
            "all" => Some(None),
            code => Lang::ALL.into_iter().find(|lang| lang.code() == code).map(Some),
        };
        let of = |kind: Kind| {
            let lang = lang(name.strip_suffix(kind.ending())?)?;
            kind.holds(lang.is_some()).then_some(Wanted { lang, kind })
        };
        Kind::ALL.into_iter().find_map(of).ok_or(())
    }
}

fn address(opened: &Opened, wanted: Wanted) -> String {
    format!("{}/files/{wanted}", opened.address())
}

fn show(req: &Req) -> Outcome {
    let (t, opened) = (req.t, Opened::of(req)?);
    let inside = Gate::Participants(Action::Read).lets(&req.actor, req.place());
    let row = |lang: Option<Lang>| {
        let kinds = Kind::ALL.into_iter().filter(|kind| kind.holds(lang.is_some()));
        let kinds = kinds.filter(|kind| inside || !kind.is_inner());
        kinds.filter(|kind| pdf::BUILT || !kind.is_printed()).collect::<Vec<Kind>>()
    };
    let answers = Gate::Participants(Action::File).lets(&req.actor, req.place())
        && !req.actor.speaks_for(opened.dossier.edition).is_empty()
        && opened.may_change().is_ok();
    let links = |lang: Option<Lang>| {
        html! {
            ul.files {
                @for kind in row(lang) {
                    li {
                        a href=(address(&opened, Wanted { lang, kind })) download { (name(t, kind)) }
                        " " span.hint { (hint(t, kind)) }
                    }
                }
            }
        }
    };
    let body = html! {
        p { (t.get("file-lead")) }
        @for lang in opened.languages() {
            section {
                h2 lang=(lang.tag()) dir=(lang.dir()) { (lang.own_name()) }
                (links(Some(lang)))
            }
        }
        section { h2 { (t.get("file-all")) } (links(None)) }
        section {
            h2 { (t.get("file-back")) }
            p { (t.get("file-back-how")) }
            @if answers {
                div.actions {
                    a.button.main href={ (opened.address()) "/answer" } { (t.get("file-back-send")) }
                }
            } @else {
                p.hint { (t.get("file-back-who")) }
            }
        }
        @if !pdf::BUILT { p.hint { (t.get("refusal-pdf-not-built")) } }
    };
    Ok(opened.below(req, t.get("file-title"))?.reply(req, &body))
}

fn name(t: Messages, kind: Kind) -> String {
    t.get(match kind {
        Kind::Page => "file-page",
        Kind::Word => "file-word",
        Kind::Marked => "file-marked",
        Kind::Pdf => "file-pdf",
        Kind::Running => "file-running",
        Kind::Akn => "file-akn",
        Kind::Answer => "file-answer",
        Kind::AnswerCsv => "file-answer-csv",
        Kind::Memory => "file-memory",
        Kind::Glossary => "file-glossary",
    })
}

fn hint(t: Messages, kind: Kind) -> String {
    match kind {
        Kind::Page => t.get("file-page-hint"),
        Kind::Marked => t.get("file-marked-hint"),
        Kind::Answer => t.get("file-answer-hint"),
        _ => String::new(),
    }
}

/// The amendments before the meeting to the words as they stand, as a file shows them.
fn marks(req: &Req, opened: &Opened) -> Result<Vec<Mark>, Fault> {
    let edition = opened.dossier.edition;
    let (proposals, names) = req.read(|c| {
        let proposals = store::amendment::of_dossier(c, opened.dossier.id)?;
        Ok((proposals, amendment::names(c, edition)?))
    })?;
    let numbers = opened.numbers();
    let mark = |proposal: &Proposal| {
        let amendment = &proposal.amendment;
        let author = names.get(&amendment.by).map(|name: &Text| name.shown(amendment.lang).text);
        let named = |unit| paragraph(req, opened, &numbers, unit);
        let (what, place) =
            (named(amendment.operation.place()), named(target(&amendment.operation)));
        let values = [("what", what.into()), ("place", place.into())];
        let does = format!("amendment-does-{}", amendment.operation.code());
        let does = req.t.with(&does, &values);
        Mark {
            author: author.unwrap_or_default().to_owned(),
            at: proposal.tabled.unwrap_or_default(),
            lang: amendment.lang,
            operation: amendment.operation.clone(),
            note: format!("{does}\n{}", proposal.explanation),
        }
    };
    let open = proposals.iter().map(|p| &p.value).filter(|p| p.is_open());
    Ok(open.filter(|p| p.amendment.fits(opened.text())).map(mark).collect())
}

/// The other paragraph that an operation names.
fn target(operation: &Operation) -> Option<UnitId> {
    match operation {
        Operation::Insert { after, .. } | Operation::Move { after, .. } => *after,
        Operation::Merge { next, .. } => Some(*next),
        Operation::Replace { .. } | Operation::Delete { .. } | Operation::Split { .. } => None,
    }
}

fn download(req: &Req) -> Outcome {
    let opened = Opened::of(req)?;
    let wanted: Wanted = req.param("file")?;
    let langs = match wanted.lang {
        Some(lang) if opened.dossier.languages.contains_key(&lang) => vec![lang],
        Some(_) => return Err(Fault::Missing),
        None => opened.languages(),
    };
    let carrier = Carrier::of(&opened.dossier, &opened.reading.negotiation);
    let bytes = written(req, &opened, &carrier, &langs, wanted)?;
    let name = Some(format!("{}-{wanted}", carrier.file_stem()));
    Ok(Reply::Bytes { media: wanted.kind.media(), name, bytes })
}

fn written(
    req: &Req,
    opened: &Opened,
    carrier: &Carrier,
    langs: &[Lang],
    wanted: Wanted,
) -> Result<Vec<u8>, Fault> {
    let lang = wanted.lang.unwrap_or(req.lang());
    let zone = req.edition()?.time_zone();
    let labels = labels(carrier, lang, &zone, req.now);
    let paper = |marks: &[Mark]| {
        let file = Paper { carrier, langs, marks, labels: &labels }.docx();
        file.map_err(|e| Fault::Broken(e.into()))
    };
    let printed = |lines| {
        let at = carrier.adopted().unwrap_or(req.now);
        Ok(pdf::declaration::pdf(carrier, langs, &labels, lines, &req.app.fonts, at)?)
    };
    let sheet = || answer::sheet(carrier, lang, &headings(Messages::of(lang)));
    if wanted.kind.is_inner() && !Gate::Participants(Action::Read).lets(&req.actor, req.place()) {
        return Err(Fault::Missing);
    }
    match wanted.kind {
        Kind::Page => Ok(page::page(carrier, langs, &labels).into_bytes()),
        Kind::Word => paper(&[]),
        Kind::Marked => paper(&marks(req, opened)?),
        Kind::Pdf => printed(Lines::Page),
        Kind::Running => printed(Lines::Running),
        Kind::Akn => Ok(akn::write(carrier, lang)),
        Kind::Answer => sheet()?.xlsx(req.now).map_err(|e| Fault::Broken(e.into())),
        Kind::AnswerCsv => sheet()?.csv().map_err(|e| Fault::Broken(e.into())),
        Kind::Memory => Ok(tmx::write(&tmx::of(carrier), carrier.source())),
        Kind::Glossary => {
            let series = req.edition()?.series;
            let entries = req.read(|c| store::glossary::of_series(c, series))?;
            let concepts: Vec<Concept> = entries.into_iter().map(|e| e.value.concept).collect();
            Ok(tbx::write(&concepts, &carrier.reference()))
        }
    }
}

fn headings(t: Messages) -> answer::Headings {
    [
        "file-column-unit",
        "file-column-base",
        "file-column-lang",
        "file-column-number",
        "file-column-stands",
        "file-column-proposed",
        "file-column-reason",
    ]
    .map(|key| t.get(key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_are_read_back() {
        for kind in Kind::ALL {
            for lang in [None, Some(Lang::Zh), Some(Lang::Fa)] {
                let wanted = Wanted { lang, kind };
                let read = wanted.to_string().parse();
                assert_eq!(read, if kind.holds(lang.is_some()) { Ok(wanted) } else { Err(()) });
            }
        }
        assert_eq!("xx.pdf".parse::<Wanted>(), Err(()));
    }
}
