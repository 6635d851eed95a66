//! The body of a Word file: paragraphs with their bookmarks, numbers, tracked changes and remarks.

use std::collections::BTreeMap;

use domain::{Lang, UnitId, amendment::Operation, bracket::rival_number, unit::UnitKind};
use jiff::Timestamp;

use super::{Mark, Paper, Place, Span, bookmark, marks};
use crate::{carrier::Paragraph, xml::Writer};

/// The namespace of the words.
pub(super) const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// What the other parts of the file need to know of its body.
#[derive(Default)]
pub(super) struct Found {
    /// Printed numbers and the lists that print them.
    pub(super) lists: BTreeMap<String, usize>,
    /// Remarks in the margin.
    pub(super) remarks: Vec<(String, Timestamp, String)>,
    /// Bookmarks and tracked changes so far; each has a number of its own.
    count: usize,
}

impl Found {
    fn next(&mut self) -> String {
        self.count += 1;
        self.count.to_string()
    }

    /// The list that prints a number; there is one for each, so that no program counts anew.
    fn list(&mut self, number: &str) -> usize {
        let next = self.lists.len() + 1;
        *self.lists.entry(number.to_owned()).or_insert(next)
    }
}

/// One paragraph of the file.
struct Row<'a> {
    place: Place,
    kind: UnitKind,
    number: Option<String>,
    spans: Vec<Span>,
    /// Who put in or took out the paragraph itself.
    whole: Option<(&'a Mark, bool)>,
    /// Amendments that tracked changes cannot show.
    notes: Vec<&'a Mark>,
    stale: bool,
}

/// The document part.
pub(super) fn document(paper: &Paper, found: &mut Found) -> Vec<u8> {
    let mut out = Writer::new();
    out.open("w:document", &[("xmlns:w", W), ("xmlns:r", R)]);
    out.open("w:body", &[]);
    if let [lang] = paper.langs {
        for row in rows(paper, *lang) {
            paragraph(&mut out, paper, *lang, &row, found);
        }
    } else {
        table(&mut out, paper, found);
    }
    section(&mut out, paper);
    out.done()
}

/// The paragraphs of a language, with proposed ones where they would stand.
fn rows<'a>(paper: &Paper<'a>, lang: Lang) -> Vec<Row<'a>> {
    let all = paper.carrier.paragraphs.iter().flat_map(|p| of_unit(paper, p, lang));
    proposed(paper, None, lang).into_iter().chain(all).collect()
}

fn of_unit<'a>(paper: &Paper<'a>, unit: &Paragraph, lang: Lang) -> Vec<Row<'a>> {
    let about = |mark: &&&Mark| mark.operation.reads().contains(&unit.id);
    let mine = paper.marks.iter().filter(|mark| mark.lang == lang).collect::<Vec<_>>();
    let mine = mine.iter().filter(about).copied();
    let text = unit.text(lang);
    let mut row = Row {
        place: Place::Unit(unit.id),
        kind: unit.kind,
        number: unit.number.clone(),
        spans: marks::plain(text),
        whole: None,
        notes: Vec::new(),
        stale: unit.stale.contains(&lang),
    };
    let (mut rivals, mut taken) = (Vec::new(), false);
    for mark in mine {
        match &mark.operation {
            Operation::Replace { text: words, .. } if taken => {
                let count = rivals.len() + 1;
                let number = unit.number.as_ref().map(|n| rival_number(n, count));
                rivals.push(Row {
                    place: Place::Rival(unit.id),
                    kind: unit.kind,
                    number,
                    spans: marks::inserted(words, &mark.author),
                    whole: Some((mark, true)),
                    notes: Vec::new(),
                    stale: false,
                });
            }
            Operation::Replace { text: words, .. } => {
                row.spans = marks::replaced(text, words, &mark.author);
                (row.whole, taken) = (Some((mark, true)), true);
            }
            Operation::Delete { .. } if !taken && !text.is_empty() => {
                row.spans = marks::deleted(text, &mark.author);
                (row.whole, taken) = (Some((mark, false)), true);
            }
            _ => row.notes.push(mark),
        }
    }
    let mut rows = vec![row];
    rows.append(&mut rivals);
    rows.append(&mut proposed(paper, Some(unit.id), lang));
    rows
}

fn proposed<'a>(paper: &Paper<'a>, behind: Option<UnitId>, lang: Lang) -> Vec<Row<'a>> {
    let row = |mark: &'a Mark| match &mark.operation {
        Operation::Insert { new, kind, after, text } if *after == behind && mark.lang == lang => {
            Some(Row {
                place: Place::Proposed(*new),
                kind: *kind,
                number: None,
                spans: marks::inserted(text, &mark.author),
                whole: Some((mark, true)),
                notes: Vec::new(),
                stale: false,
            })
        }
        _ => None,
    };
    paper.marks.iter().filter_map(row).collect()
}

/// Columns side by side: one row for each unit.
fn table(out: &mut Writer, paper: &Paper, found: &mut Found) {
    let width = (14_000 / paper.langs.len().max(1)).to_string();
    out.open("w:tbl", &[]);
    out.open("w:tblPr", &[]);
    out.empty("w:tblW", &[("w:w", "14000"), ("w:type", "dxa")]);
    out.open("w:tblBorders", &[]);
    for side in ["w:insideH", "w:insideV"] {
        out.empty(
            side,
            &[("w:val", "single"), ("w:sz", "4"), ("w:space", "0"), ("w:color", "BFB69F")],
        );
    }
    out.close();
    out.empty("w:tblLayout", &[("w:type", "fixed")]);
    out.close();
    out.open("w:tblGrid", &[]);
    paper.langs.iter().for_each(|_| out.empty("w:gridCol", &[("w:w", &width)]));
    out.close();
    let first = paper.langs.iter().flat_map(|lang| proposed(paper, None, *lang)).count();
    let beginning = (first > 0).then_some(None);
    let units = paper.carrier.paragraphs.iter().map(Some);
    for unit in beginning.into_iter().chain(units) {
        out.open("w:tr", &[]);
        for lang in paper.langs {
            out.open("w:tc", &[]);
            out.open("w:tcPr", &[]);
            out.empty("w:tcW", &[("w:w", &width), ("w:type", "dxa")]);
            out.close();
            let rows = match unit {
                Some(unit) => of_unit(paper, unit, *lang),
                None => proposed(paper, None, *lang),
            };
            if rows.is_empty() {
                out.empty("w:p", &[]);
            }
            for row in &rows {
                paragraph(out, paper, *lang, row, found);
            }
            out.close();
        }
        out.close();
        out.line();
    }
    out.close();
    // A table must be followed by a paragraph.
    out.empty("w:p", &[]);
}

fn style(kind: UnitKind) -> &'static str {
    match kind {
        UnitKind::Title => "Title",
        UnitKind::Heading => "Heading1",
        UnitKind::Preambular => "Preambular",
        UnitKind::Operative => "Operative",
        UnitKind::Annex => "Annex",
    }
}

fn paragraph(out: &mut Writer, paper: &Paper, lang: Lang, row: &Row, found: &mut Found) {
    out.open("w:p", &[]);
    out.open("w:pPr", &[]);
    out.empty("w:pStyle", &[("w:val", style(row.kind))]);
    if let Some(number) = &row.number {
        let list = found.list(number).to_string();
        out.open("w:numPr", &[]);
        out.empty("w:ilvl", &[("w:val", "0")]);
        out.empty("w:numId", &[("w:val", &list)]);
        out.close();
    }
    if lang == Lang::Fa {
        out.empty("w:bidi", &[]);
    }
    let own = !matches!(row.place, Place::Unit(_));
    if let Some((mark, inserted)) = row.whole.filter(|(_, inserted)| own || !inserted) {
        let id = found.next();
        out.open("w:rPr", &[]);
        let name = if inserted { "w:ins" } else { "w:del" };
        out.empty(name, &tracked(&id, &mark.author, &date(mark.at)));
        out.close();
    }
    out.close();
    let id = found.next();
    let rival = if matches!(row.place, Place::Rival(_)) { found.count } else { 0 };
    if let Some(name) = bookmark(row.place, lang, rival % 1_000) {
        out.empty("w:bookmarkStart", &[("w:id", &*id), ("w:name", &name)]);
    }
    let remarks: Vec<String> = row
        .notes
        .iter()
        .map(|mark| {
            found.remarks.push((mark.author.clone(), mark.at, mark.note.clone()));
            (found.remarks.len() - 1).to_string()
        })
        .collect();
    for id in &remarks {
        out.empty("w:commentRangeStart", &[("w:id", id)]);
    }
    let at = row.whole.map_or_else(Timestamp::default, |(mark, _)| mark.at);
    row.spans.iter().for_each(|span| run(out, span, at, lang, found));
    for id in &remarks {
        out.empty("w:commentRangeEnd", &[("w:id", id)]);
        out.open("w:r", &[]);
        out.empty("w:commentReference", &[("w:id", id)]);
        out.close();
    }
    out.empty("w:bookmarkEnd", &[("w:id", &id)]);
    out.close();
    if row.stale {
        note(out, &paper.labels.stale);
    } else if row.spans.is_empty() {
        note(out, &paper.labels.missing);
    }
    out.line();
}

/// A line of ours below a paragraph. It has no bookmark, so it comes back as nothing.
fn note(out: &mut Writer, words: &str) {
    out.open("w:p", &[]);
    out.open("w:pPr", &[]);
    out.empty("w:pStyle", &[("w:val", "Note")]);
    out.close();
    out.open("w:r", &[]);
    out.words("w:t", &[("xml:space", "preserve")], words);
    out.close();
    out.close();
}

fn date(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

fn tracked<'a>(id: &'a str, author: &'a str, at: &'a str) -> [(&'static str, &'a str); 3] {
    [("w:id", id), ("w:author", author), ("w:date", at)]
}

fn run(out: &mut Writer, span: &Span, at: Timestamp, lang: Lang, found: &mut Found) {
    let change = span.inserted.as_ref().map(|a| ("w:ins", a));
    let change = change.or(span.deleted.as_ref().map(|a| ("w:del", a)));
    if let Some((name, author)) = change {
        let id = found.next();
        out.open(name, &tracked(&id, author, &date(at)));
    }
    out.open("w:r", &[]);
    language(out, lang);
    let words = if span.deleted.is_some() { "w:delText" } else { "w:t" };
    for (at, line) in span.text.split('\n').enumerate() {
        if at > 0 {
            out.empty("w:br", &[]);
        }
        if !line.is_empty() {
            out.words(words, &[("xml:space", "preserve")], line);
        }
    }
    out.close();
    if change.is_some() {
        out.close();
    }
}

/// The language and script of a run, so that spelling is checked and the right font is taken.
fn language(out: &mut Writer, lang: Lang) {
    out.open("w:rPr", &[]);
    match lang {
        Lang::Zh => {
            out.empty("w:rFonts", &[("w:hint", "eastAsia")]);
            out.empty("w:lang", &[("w:eastAsia", "zh-CN")]);
        }
        Lang::Ru => out.empty("w:lang", &[("w:val", "ru-RU")]),
        Lang::En => out.empty("w:lang", &[("w:val", "en-GB")]),
        Lang::Fa => {
            out.empty("w:rtl", &[]);
            out.empty("w:lang", &[("w:bidi", "fa-IR")]);
        }
    }
    out.close();
}

fn section(out: &mut Writer, paper: &Paper) {
    out.open("w:sectPr", &[]);
    out.empty("w:headerReference", &[("w:type", "default"), ("r:id", "rId4")]);
    out.empty("w:footerReference", &[("w:type", "default"), ("r:id", "rId5")]);
    if paper.langs.len() == 1 {
        out.empty("w:pgSz", &[("w:w", "11906"), ("w:h", "16838")]);
    } else {
        let size = [("w:w", "16838"), ("w:h", "11906"), ("w:orient", "landscape")];
        out.empty("w:pgSz", &size);
    }
    let margins = [
        ("w:top", "1400"),
        ("w:right", "1400"),
        ("w:bottom", "1400"),
        ("w:left", "1400"),
        ("w:header", "600"),
        ("w:footer", "600"),
        ("w:gutter", "0"),
    ];
    out.empty("w:pgMar", &margins);
    out.close();
}
