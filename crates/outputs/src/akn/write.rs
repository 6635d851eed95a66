//! A text in one language as Akoma Ntoso.

use domain::{Lang, declaration::Authority, unit::UnitKind};
use jiff::Timestamp;

use super::{OURS, SPACE, iso, prefix};
use crate::{
    carrier::{Carrier, Landmark, Paragraph},
    sheet::EXERCISE,
    xml::Writer,
};

/// The document of a text in a language.
pub fn write(carrier: &Carrier, lang: Lang) -> Vec<u8> {
    let mut out = Writer::new();
    out.open("akomaNtoso", &[("xmlns", SPACE)]);
    out.open("statement", &[("name", "declaration"), ("contains", "singleVersion")]);
    meta(&mut out, carrier, lang);
    let titles =
        carrier.paragraphs.iter().take_while(|paragraph| paragraph.kind == UnitKind::Title).count();
    let (titles, rest) = carrier.paragraphs.split_at(titles);
    // The preamble ends with the last recital before anything is decided.
    let decided = |p: &Paragraph| !matches!(p.kind, UnitKind::Preambular | UnitKind::Heading);
    let before = rest.iter().position(decided).unwrap_or(rest.len());
    let recital = |p: &Paragraph| p.kind == UnitKind::Preambular;
    let preamble = rest[..before].iter().rposition(recital).map_or(0, |last| last + 1);
    let (preamble, body) = rest.split_at(preamble);
    preface(&mut out, carrier, titles, lang);
    recitals(&mut out, preamble, lang);
    out.line();
    out.open("mainBody", &[]);
    for paragraph in body {
        in_body(&mut out, paragraph, lang);
    }
    if body.is_empty() {
        out.empty("p", &[]);
    }
    out.done()
}

fn address(carrier: &Carrier) -> String {
    format!("/akn/xx/statement/declaration/{}/{}", day(carrier.opened()), carrier.id)
}

fn day(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d").to_string()
}

fn instant(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

fn meta(out: &mut Writer, carrier: &Carrier, lang: Lang) {
    let work = address(carrier);
    let expression = |lang| format!("{work}/{}@rev.{}", iso(lang), carrier.revision);
    let (opened, latest) = (carrier.opened(), carrier.latest());
    let yes = |authentic: bool| [("value", if authentic { "true" } else { "false" })];
    let authentic = |lang| carrier.languages.get(&lang) == Some(&Authority::Authentic);
    out.open("meta", &[]);
    out.open("identification", &[("source", OURS)]);
    out.open("FRBRWork", &[]);
    same(out, &work);
    out.empty("FRBRalias", &[("value", &carrier.symbol), ("name", "symbol")]);
    dated(out, opened, "opened");
    out.empty("FRBRcountry", &[("value", "xx")]);
    out.close();
    out.open("FRBRExpression", &[]);
    same(out, &expression(lang));
    out.empty("FRBRalias", &[("value", carrier.seal.hex()), ("name", "seal")]);
    dated(out, latest, "stood");
    out.empty("FRBRversionNumber", &[("value", &carrier.revision.to_string())]);
    out.empty("FRBRauthoritative", &yes(authentic(lang)));
    out.empty("FRBRlanguage", &[("language", iso(lang))]);
    let source = carrier.source();
    if !authentic(lang) && source != lang {
        out.empty(
            "FRBRtranslation",
            &[
                ("href", &*expression(source)),
                ("fromLanguage", iso(source)),
                ("authoritative", "false"),
                ("by", OURS),
            ],
        );
    }
    out.close();
    out.open("FRBRManifestation", &[]);
    same(out, &format!("{}.xml", expression(lang)));
    dated(out, latest, "written");
    out.empty("FRBRformat", &[("value", "application/akn+xml")]);
    out.close();
    out.close();
    steps(out, carrier);
    out.open("references", &[("source", OURS)]);
    let mut term = |element: &str, id: &str, href: &str, name: &str| {
        out.empty(element, &[("eId", id), ("href", href), ("showAs", name)]);
    };
    let (organization, ours) = ("TLCOrganization", "/ontology/organization");
    term(organization, "caravanserai", &format!("{ours}/caravanserai"), "Caravanserai");
    term(organization, "meeting", &format!("{ours}/meeting"), "The meeting");
    for (mark, name) in [
        (Landmark::Opened, "Opened"),
        (Landmark::Gavelled, "No objection"),
        (Landmark::Adopted, "Adopted"),
        (Landmark::Signed, "Signed"),
    ] {
        let href = format!("/ontology/concept/{}", code(mark));
        term("TLCConcept", code(mark), &href, name);
    }
    out.close();
    out.close();
}

fn code(mark: Landmark) -> &'static str {
    match mark {
        Landmark::Opened => "opened",
        Landmark::Gavelled => "noObjection",
        Landmark::Adopted => "adopted",
        Landmark::Signed => "signed",
    }
}

fn same(out: &mut Writer, address: &str) {
    out.empty("FRBRthis", &[("value", address)]);
    out.empty("FRBRuri", &[("value", address)]);
}

fn dated(out: &mut Writer, at: Timestamp, name: &str) {
    out.empty("FRBRdate", &[("date", &day(at)), ("name", name)]);
    out.empty("FRBRauthor", &[("href", "#meeting")]);
}

fn steps(out: &mut Writer, carrier: &Carrier) {
    out.open("workflow", &[("source", OURS)]);
    for (mark, at) in &carrier.landmarks {
        let outcome = format!("#{}", code(*mark));
        out.empty("step", &[("date", &*instant(*at)), ("by", "#meeting"), ("outcome", &outcome)]);
    }
    out.close();
}

fn preface(out: &mut Writer, carrier: &Carrier, titles: &[Paragraph], lang: Lang) {
    if titles.is_empty() && !carrier.exercise {
        return;
    }
    out.line();
    out.open("preface", &[]);
    if carrier.exercise {
        out.words("p", &[("class", "exercise")], EXERCISE);
    }
    for title in titles {
        out.open("p", &[("eId", &name(title))]);
        out.open("docTitle", &[]);
        lines(out, title.text(lang));
        out.close();
        out.close();
    }
    out.close();
}

fn recitals(out: &mut Writer, preamble: &[Paragraph], lang: Lang) {
    if preamble.is_empty() {
        return;
    }
    out.line();
    out.open("preamble", &[]);
    for group in preamble.chunk_by(|a, b| a.kind == b.kind) {
        if group[0].kind == UnitKind::Heading {
            for heading in group {
                out.open("p", &[("class", "heading"), ("eId", &name(heading))]);
                lines(out, heading.text(lang));
                out.close();
            }
            continue;
        }
        out.open("recitals", &[("eId", &format!("recs_{}", group[0].id.0.simple()))]);
        for recital in group {
            out.line();
            out.open("recital", &[("eId", &name(recital))]);
            number(out, recital);
            words(out, recital.text(lang));
            out.close();
        }
        out.close();
    }
    out.close();
}

fn in_body(out: &mut Writer, paragraph: &Paragraph, lang: Lang) {
    let (name, text) = (name(paragraph), paragraph.text(lang));
    out.line();
    if paragraph.kind == UnitKind::Operative {
        out.open("paragraph", &[("eId", &name)]);
    } else {
        out.open("hcontainer", &[("name", paragraph.kind.code()), ("eId", &name)]);
    }
    number(out, paragraph);
    if paragraph.kind == UnitKind::Heading {
        out.open("heading", &[]);
        lines(out, text);
        out.close();
    } else {
        out.open("content", &[]);
        words(out, text);
        out.close();
    }
    out.close();
}

/// What a paragraph is called in every language and revision.
pub(super) fn name(paragraph: &Paragraph) -> String {
    format!("{}_{}", prefix(paragraph.kind), paragraph.id.0.simple())
}

fn number(out: &mut Writer, paragraph: &Paragraph) {
    if let Some(number) = &paragraph.number {
        out.words("num", &[], number);
    }
}

fn words(out: &mut Writer, text: &str) {
    out.open("p", &[]);
    lines(out, text);
    out.close();
}

fn lines(out: &mut Writer, text: &str) {
    for (at, line) in text.split('\n').enumerate() {
        if at > 0 {
            out.empty("eol", &[]);
        }
        out.text(line);
    }
}
