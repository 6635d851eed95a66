//! Printed documents: a template of ours and values as JSON, set by typst.
//!
//! Values reach a template as data and are placed as text: nothing that a person typed is ever read as
//! markup. The same template, values and instant give the same bytes. A build without the feature
//! `pdf` has the same functions, and each says so.

pub mod card;
pub mod day_sheet;
pub mod declaration;
pub mod dispatch;
#[cfg(feature = "pdf")]
mod engine;
mod fonts;
pub mod letter;
pub mod original;
pub mod programme;
pub mod signing;

use domain::{Lang, Text};
use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;

pub use fonts::Fonts;

/// Whether this build can print.
pub const BUILT: bool = cfg!(feature = "pdf");

/// Why there is no document.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PdfError {
    /// This build has no typesetter.
    #[error("PDFs are not in this build: it was made without the feature `pdf`")]
    NotBuilt,
    /// The values are written in scripts for which no font was found.
    #[error("no font for {}", names(.0))]
    FontsMissing(Vec<Lang>),
    /// What would be printed cannot be kept in the form for archives.
    #[error("not a document for archives: {0}")]
    NotForArchives(String),
    /// A template cannot be set: an error of ours.
    #[error("template: {0}")]
    Template(String),
}

/// Words and the language they are in, as the templates place them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Said {
    /// The words.
    pub text: String,
    /// Their language, as a two-letter code.
    pub lang: &'static str,
}

impl Said {
    /// Words in a language.
    pub fn new(text: impl Into<String>, lang: Lang) -> Self {
        Self { text: text.into(), lang: lang.code() }
    }

    /// A text for a reader.
    pub fn of(text: &Text, lang: Lang) -> Self {
        let shown = text.shown(lang);
        Self::new(shown.text, shown.lang)
    }
}

/// Sets a template of ours with values of ours.
fn print(
    template: &str,
    values: &impl Serialize,
    fonts: &Fonts,
    at: Timestamp,
) -> Result<Vec<u8>, PdfError> {
    let data = serde_json::to_value(values).map_err(|e| PdfError::Template(format!("{e}")))?;
    render(template, &data, fonts, at)
}

/// The same in a form for archives (PDF/A-2b).
fn print_for_archives(
    template: &str,
    values: &impl Serialize,
    fonts: &Fonts,
    at: Timestamp,
) -> Result<Vec<u8>, PdfError> {
    let data = serde_json::to_value(values).map_err(|e| PdfError::Template(format!("{e}")))?;
    set(template, &data, fonts, at, true)
}

fn names(langs: &[Lang]) -> String {
    langs.iter().map(|l| l.code()).collect::<Vec<_>>().join(", ")
}

/// Sets a template, which may import `style.typ` and reads its values by `json("data.json")`.
/// `at` is the document's date.
pub fn render(
    template: &str,
    data: &Value,
    fonts: &Fonts,
    at: Timestamp,
) -> Result<Vec<u8>, PdfError> {
    set(template, data, fonts, at, false)
}

fn set(
    template: &str,
    data: &Value,
    fonts: &Fonts,
    at: Timestamp,
    archives: bool,
) -> Result<Vec<u8>, PdfError> {
    #[cfg(feature = "pdf")]
    {
        let missing = fonts.missing(&scripts(data));
        if !missing.is_empty() {
            return Err(PdfError::FontsMissing(missing));
        }
        let print =
            |marks| engine::render(template, &fonts.legible(data, marks), fonts, at, archives);
        match print(true) {
            // Marks that no font sets where they stand are told beside their letters.
            Err(PdfError::NotForArchives(_)) => print(false),
            done => done,
        }
    }
    #[cfg(not(feature = "pdf"))]
    {
        let _ = (template, data, fonts, at, archives);
        Err(PdfError::NotBuilt)
    }
}

/// The languages whose scripts occur in the values.
#[cfg(feature = "pdf")]
fn scripts(data: &Value) -> Vec<Lang> {
    let words = data.to_string();
    let occurs = |lang: &Lang| words.chars().any(|c| fonts::written(*lang, c));
    Lang::ALL.into_iter().filter(occurs).collect()
}

#[cfg(all(test, feature = "pdf"))]
mod tests {
    use super::*;
    use serde_json::json;

    const TEMPLATE: &str = r#"
        #import "style.typ": *
        #let data = json("data.json")
        #show: paper.with(data)
        #letterhead(data.letterhead)
        = #data.title
        #for line in data.lines [ #said(line) \ ]
    "#;

    fn page(title: &str, lines: &Value) -> Value {
        let letterhead = json!([{ "text": title, "lang": "en" }]);
        json!({ "lang": "zh", "title": title, "exercise": true, "letterhead": letterhead, "lines": lines })
    }

    fn set(title: &str, lines: &Value) -> Result<Vec<u8>, PdfError> {
        render(TEMPLATE, &page(title, lines), &Fonts::default(), Timestamp::UNIX_EPOCH)
    }

    #[test]
    fn three_scripts_and_a_right_to_left_one_are_set() {
        let lines = json!([
            { "text": "世界市长对话", "lang": "zh" },
            { "text": "Учебная программа", "lang": "ru" },
            { "text": "برنامهٔ نشست", "lang": "fa" },
        ]);
        let pdf = set("Programme", &lines).unwrap();
        assert!(pdf.starts_with(b"%PDF-"));
        assert_eq!(pdf, set("Programme", &lines).unwrap(), "the same values give the same bytes");
    }

    #[test]
    fn what_people_type_is_never_markup() {
        for hostile in [
            "#panic(\"run\")",
            "#read(\"/etc/passwd\")",
            "= *x* _y_ $ 1/0 $ `z` <label> @ref",
            "] ) } \" \\ //",
            "#import \"@preview/x:1.0.0\": *",
            "😀 \u{202E} \u{0} 字\u{FE00}\u{E0101}",
        ] {
            let pdf = set(hostile, &json!([hostile, { "text": hostile, "lang": "ru" }]));
            assert!(pdf.is_ok_and(|p| p.starts_with(b"%PDF-")), "{hostile}");
        }
    }

    #[test]
    fn a_template_reads_no_file_and_its_errors_are_values() {
        let page = page("x", &json!([]));
        for bad in ["#read(\"/etc/passwd\")", "#panic()", "#import \"other.typ\": *", "#"] {
            let error = render(bad, &page, &Fonts::default(), Timestamp::UNIX_EPOCH);
            assert!(matches!(error, Err(PdfError::Template(_))), "{bad}");
        }
    }

    #[test]
    fn a_missing_script_is_named() {
        let none = Fonts::none();
        assert_eq!(none.missing(&[Lang::Zh, Lang::En]), [Lang::Zh, Lang::En]);
        let refused = render(TEMPLATE, &page("я", &json!([])), &none, Timestamp::UNIX_EPOCH);
        assert_eq!(refused, Err(PdfError::FontsMissing(vec![Lang::Ru, Lang::En])));
    }
}
