//! Akoma Ntoso 3.0 (OASIS), document type `statement`: one document for each language of a text.
//!
//! The same paragraph has the same `eId` in every language and revision, because it is made of the
//! paragraph's stable identifier; what a printed number is called today stands in `num`.

mod read;
mod write;

use domain::{DeclarationId, Lang, UnitId, unit::UnitKind};

use crate::carrier::Carrier;

pub use read::read;
pub use write::write;

const SPACE: &str = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0";
/// Who annotated our documents; by this our own are told from others.
const OURS: &str = "#caravanserai";

/// One language of a text, as a document holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// The language.
    pub lang: Lang,
    /// The text, when the document is one of ours.
    pub text: Option<DeclarationId>,
    /// Its symbol; empty if it has none.
    pub symbol: String,
    /// The revision, when it is stated.
    pub revision: Option<u32>,
    /// Its passages in their order.
    pub passages: Vec<Passage>,
}

/// A passage of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// Its unit, when the document is one of ours.
    pub unit: Option<UnitId>,
    /// Its `eId`, which names it in every language.
    pub name: Option<String>,
    /// What it is.
    pub kind: UnitKind,
    /// Its number as printed.
    pub number: Option<String>,
    /// Its words.
    pub text: String,
}

impl Document {
    /// What the document of a text in a language holds.
    pub fn of(carrier: &Carrier, lang: Lang) -> Self {
        let passage = |paragraph: &crate::carrier::Paragraph| Passage {
            unit: Some(paragraph.id),
            name: Some(write::name(paragraph)),
            kind: paragraph.kind,
            number: paragraph.number.clone(),
            text: paragraph.text(lang).to_owned(),
        };
        Document {
            lang,
            text: Some(carrier.id),
            symbol: carrier.symbol.clone(),
            revision: Some(carrier.revision),
            passages: carrier.paragraphs.iter().map(passage).collect(),
        }
    }
}

/// The beginning of a paragraph's `eId`, by what it is.
fn prefix(kind: UnitKind) -> &'static str {
    match kind {
        UnitKind::Title => "ttl",
        UnitKind::Preambular => "rec",
        UnitKind::Heading => "hdg",
        UnitKind::Operative => "para",
        UnitKind::Annex => "anx",
    }
}

/// The language as the standard's readers expect it.
fn iso(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "zho",
        Lang::Ru => "rus",
        Lang::En => "eng",
        Lang::Fa => "fas",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::carrier::sample;
    use proptest::prelude::*;

    #[test]
    fn the_same_paragraph_has_the_same_name_in_every_language() {
        let carrier = sample::carrier();
        let names = |lang| {
            let text = String::from_utf8(write(&carrier, lang)).unwrap();
            let names = text.split("eId=\"").skip(1).filter_map(|rest| rest.split('"').next());
            names.map(str::to_owned).collect::<Vec<String>>()
        };
        assert_eq!(names(Lang::Zh), names(Lang::Ru));
        assert!(names(Lang::Fa).len() > carrier.paragraphs.len());
    }

    #[test]
    fn a_translation_says_so_and_an_adoption_is_a_step() {
        let carrier = sample::carrier();
        let of = |lang| String::from_utf8(write(&carrier, lang)).unwrap();
        assert!(!of(Lang::Zh).contains("FRBRtranslation"));
        let english = of(Lang::En);
        assert!(english.contains("<FRBRtranslation href=\"/akn/xx/statement/"), "{english}");
        assert!(english.contains("fromLanguage=\"zho\" authoritative=\"false\""), "{english}");
        assert!(english.contains("<step date=\"2027-05-18T09:00:00Z\""), "{english}");
        assert!(english.contains("EXERCISE TEXT"));
    }

    #[test]
    fn another_houses_document_is_read() {
        let file = r##"<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0">
          <act name="x"><meta><identification source="#them"><FRBRWork/><FRBRExpression>
            <FRBRlanguage language="rus"/></FRBRExpression><FRBRManifestation/></identification></meta>
          <preface><p>О <docTitle>сотрудничестве</docTitle></p></preface>
          <preamble><recitals><recital><p>Признавая
             важность,</p></recital></recitals></preamble>
          <body><section eId="s1"><num>1</num><heading>Цели</heading>
            <paragraph><num>1.1</num><content><p>Стороны <b>сотрудничают</b>.</p></content></paragraph>
          </section></body>
          </act></akomaNtoso>"##;
        let document = read(file.as_bytes()).unwrap();
        assert_eq!((document.lang, document.text), (Lang::Ru, None));
        let passages: Vec<_> =
            document.passages.iter().map(|p| (p.kind, p.text.as_str(), p.unit)).collect();
        let expected = [
            (UnitKind::Title, "О сотрудничестве", None),
            (UnitKind::Preambular, "Признавая важность,", None),
            (UnitKind::Heading, "Цели", None),
            (UnitKind::Operative, "Стороны сотрудничают.", None),
        ];
        assert_eq!(passages, expected);
        assert_eq!(document.passages[3].number.as_deref(), Some("1.1"));
    }

    #[test]
    fn what_is_no_document_is_refused() {
        let code = |text: &str| read(text.as_bytes()).unwrap_err().code;
        let doctype = "<!DOCTYPE akomaNtoso SYSTEM \"akn.dtd\"><akomaNtoso/>";
        assert_eq!(code(doctype), "file-entities");
        assert_eq!(code("<akomaNtoso/>"), "file-other-kind");
        let empty = "<akomaNtoso xmlns=\"http://docs.oasis-open.org/legaldocml/ns/akn/3.0\"><doc>\
                     <meta/><mainBody><p/></mainBody></doc></akomaNtoso>";
        assert_eq!(code(empty), "file-language");
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(carrier in sample::any_carrier()) {
            for lang in Lang::ALL {
                let document = read(&write(&carrier, lang)).unwrap();
                prop_assert_eq!(document, Document::of(&carrier, lang));
            }
        }

        #[test]
        fn no_markup_brings_the_reader_down(inner in "[<>/a-p:=\"'&;# ]{0,60}") {
            let text = format!(
                "<akomaNtoso xmlns=\"{SPACE}\"><doc><meta/><mainBody>{inner}</mainBody></doc></akomaNtoso>"
            );
            let _ = read(text.as_bytes());
        }
    }
}
