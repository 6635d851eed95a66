//! An original of an instrument, to be signed by pen: its languages side by side in the order of the party
//! that keeps it, and below them a place for every signature in that order.

use jiff::Timestamp;
use serde::Serialize;

use super::{Fonts, PdfError, Said};

const TEMPLATE: &str = include_str!("../../templates/original.typ");

/// One original.
#[derive(Clone, Debug, Serialize)]
pub struct Original {
    /// The language of what we print beside the text, as a two-letter code.
    pub lang: &'static str,
    /// The document's title.
    pub title: String,
    /// Whether it was made for the exercise.
    pub exercise: bool,
    /// The foot of every page: which original, and the beginning of the hash.
    pub footer: String,
    /// Which original it is, and who keeps it.
    pub head: String,
    /// Why it is not to be signed, where it is not.
    pub notice: Option<String>,
    /// The paragraphs, each with its words in every language of the original, in its order.
    pub rows: Vec<Row>,
    /// The places of signature, the first on the left.
    pub signatures: Vec<Signature>,
}

/// A paragraph.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    /// What it is, as a code.
    pub kind: &'static str,
    /// Its words by language.
    pub cells: Vec<Said>,
}

/// A place of signature.
#[derive(Clone, Debug, Serialize)]
pub struct Signature {
    /// The party, named in every language of the original.
    pub party: Vec<Said>,
    /// Who signs: name and office, where known.
    pub signer: Option<(Said, Said)>,
}

impl Original {
    /// The original as a PDF, dated `at`, in a form for archives where all its letters allow that.
    pub fn pdf(&self, fonts: &Fonts, at: Timestamp) -> Result<Vec<u8>, PdfError> {
        super::print_for_archives(TEMPLATE, self, fonts, at)
    }
}

#[cfg(all(test, feature = "pdf"))]
mod tests {
    use super::*;
    use domain::Lang;

    #[test]
    fn originals_are_set_for_one_to_four_languages_whatever_is_typed() {
        let langs = [Lang::Zh, Lang::Ru, Lang::En, Lang::Fa];
        for count in 1..=langs.len() {
            let said = |lang: &Lang| Said::new("#panic() ] [ $ \\ 虚构港", *lang);
            let cells: Vec<Said> = langs[..count].iter().map(said).collect();
            let rows = ["title", "heading", "preambular", "operative"];
            let row = |kind| Row { kind, cells: cells.clone() };
            let place = |signer| Signature { party: cells.clone(), signer };
            let original = Original {
                lang: "zh",
                title: "#panic()".to_owned(),
                exercise: true,
                footer: String::new(),
                head: "1".to_owned(),
                notice: (count == 1).then(|| "草案".to_owned()),
                rows: rows.map(row).to_vec(),
                signatures: vec![place(Some((said(&Lang::Ru), said(&Lang::Zh)))), place(None)],
            };
            let pdf = original.pdf(&Fonts::default(), Timestamp::UNIX_EPOCH);
            assert!(pdf.is_ok_and(|pdf| pdf.starts_with(b"%PDF-")), "{count}");
        }
    }
}
