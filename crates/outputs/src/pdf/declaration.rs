//! A text on paper: numbered lines, paragraph numbers, and on every page which text, revision and hash.

use domain::{Lang, declaration::Authority};
use jiff::Timestamp;
use serde::Serialize;

use super::{Fonts, PdfError, Said};
use crate::carrier::{Carrier, Labels};

const TEMPLATE: &str = include_str!("../../templates/declaration.typ");

/// How lines are counted in the margin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Lines {
    /// From 1 on every page.
    Page,
    /// From 1 through the whole text.
    Running,
}

/// A text, ready for the template.
#[derive(Clone, Debug, Serialize)]
struct Printed<'a> {
    lang: &'static str,
    title: String,
    exercise: bool,
    footer: String,
    reference: String,
    standing: Said,
    lines: Lines,
    columns: Vec<Column>,
    rows: Vec<Row<'a>>,
}

/// The head of a column.
#[derive(Clone, Debug, Serialize)]
struct Column {
    name: Said,
    worth: Said,
}

/// A paragraph in the languages of the paper.
#[derive(Clone, Debug, Serialize)]
struct Row<'a> {
    kind: &'static str,
    number: Option<&'a str>,
    cells: Vec<Cell<'a>>,
}

/// A paragraph in one language: its lines, and a remark of ours below.
#[derive(Clone, Debug, Serialize)]
struct Cell<'a> {
    lang: &'static str,
    lines: Vec<&'a str>,
    note: Option<Said>,
}

/// The text as a PDF, dated `at`, in a form for archives (PDF/A). One language has numbered lines; several
/// stand side by side.
pub fn pdf(
    carrier: &Carrier,
    langs: &[Lang],
    labels: &Labels,
    lines: Lines,
    fonts: &Fonts,
    at: Timestamp,
) -> Result<Vec<u8>, PdfError> {
    let said = |text: &str| Said { text: text.to_owned(), lang: labels.lang };
    let own = langs.first().copied().unwrap_or(Lang::En);
    let reference = carrier.reference();
    let column = |lang: &Lang| {
        let authentic = carrier.languages.get(lang) == Some(&Authority::Authentic);
        let worth = if authentic { &labels.authentic } else { &labels.translation };
        Column { name: Said::new(lang.own_name(), *lang), worth: said(worth) }
    };
    let row = |paragraph: &'_ crate::carrier::Paragraph| -> Vec<(Lang, Option<Said>)> {
        let note = |lang: &Lang| {
            let stale = paragraph.stale.contains(lang).then(|| said(&labels.stale));
            let missing = paragraph.text(*lang).is_empty().then(|| said(&labels.missing));
            (*lang, stale.or(missing))
        };
        langs.iter().map(note).collect()
    };
    let rows = carrier.paragraphs.iter().map(|paragraph| Row {
        kind: paragraph.kind.code(),
        number: paragraph.number.as_deref(),
        cells: row(paragraph)
            .into_iter()
            .map(|(lang, note)| Cell {
                lang: lang.code(),
                lines: paragraph.text(lang).split('\n').collect(),
                note,
            })
            .collect(),
    });
    let printed = Printed {
        lang: own.code(),
        title: reference.clone(),
        exercise: carrier.exercise,
        footer: format!(
            "{reference} · {} · {} {}",
            labels.standing,
            labels.seal,
            carrier.short_seal()
        ),
        reference,
        standing: said(&labels.standing),
        lines,
        columns: langs.iter().map(column).collect(),
        rows: rows.collect(),
    };
    super::print_for_archives(TEMPLATE, &printed, fonts, at)
}

#[cfg(all(test, feature = "pdf"))]
mod tests {
    use super::*;
    use crate::carrier::sample;

    fn printed(carrier: &Carrier, langs: &[Lang]) -> Vec<u8> {
        let (fonts, at) = (Fonts::default(), Timestamp::UNIX_EPOCH);
        pdf(carrier, langs, &sample::labels(), Lines::Page, &fonts, at).expect("a document")
    }

    fn holds(pdf: &[u8], words: &str) -> bool {
        pdf.windows(words.len()).any(|window| window == words.as_bytes())
    }

    #[test]
    fn every_language_alone_and_side_by_side_is_set_for_archives() {
        let carrier = sample::carrier();
        for lang in Lang::ALL {
            let pdf = printed(&carrier, &[lang]);
            assert!(pdf.starts_with(b"%PDF-") && holds(&pdf, "pdfaid:part"), "{lang}");
            assert!(holds(&pdf, "GTS_PDFA1"), "{lang}: what its colours mean is in it");
            assert_eq!(pdf, printed(&carrier, &[lang]), "the same values give the same bytes");
        }
        let all = printed(&carrier, &[Lang::Zh, Lang::Ru, Lang::En]);
        assert!(holds(&all, "pdfaid:part"));
    }

    /// Whatever a text holds: a letter that no font has is printed as its number.
    #[test]
    fn every_letter_there_is_can_be_kept_in_archives() {
        let mut carrier = sample::carrier();
        // Of the planes beyond the first one, a letter in each block of 64.
        let beyond = (0x1_0000..=u32::from(char::MAX)).step_by(64);
        let letters: Vec<char> = (0..=0xFFFF).chain(beyond).filter_map(char::from_u32).collect();
        for some in letters.chunks(9_000) {
            let words: Vec<String> = some.chunks(60).map(|line| line.iter().collect()).collect();
            carrier.paragraphs[3].words.insert(Lang::En, words.join(" \n"));
            let pdf = printed(&carrier, &[Lang::En]);
            assert!(holds(&pdf, "pdfaid:part"), "{:?}", some.first());
        }
    }
}
