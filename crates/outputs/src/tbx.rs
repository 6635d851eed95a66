//! Glossaries as TBX (ISO 30042): written in the Basic dialect of 2019, read also in the older form that
//! begins with `martif`.

use std::{collections::BTreeMap, fmt::Write as _};

use domain::{
    Lang, Refusal,
    glossary::{Concept, Term, TermStanding},
};

use crate::xml::{self, Doctype, MOST, Node, Writer};

const SPACE: &str = "urn:iso:std:iso:30042:ed-2";
/// Most concepts of a file.
const CONCEPTS: usize = 50_000;

/// A glossary as a file.
pub fn write(concepts: &[Concept], title: &str) -> Vec<u8> {
    let mut out = Writer::new();
    let root = [("type", "TBX-Basic"), ("style", "dca"), ("xml:lang", "en"), ("xmlns", SPACE)];
    out.open("tbx", &root);
    out.open("tbxHeader", &[]);
    out.open("fileDesc", &[]);
    out.open("sourceDesc", &[]);
    out.words("p", &[], title);
    (0..3).for_each(|_| out.close());
    out.open("text", &[]);
    out.open("body", &[]);
    for concept in concepts {
        out.line();
        out.open("conceptEntry", &[("id", &to_name(&concept.id))]);
        for (lang, terms) in &concept.terms {
            out.open("langSec", &[("xml:lang", lang.tag())]);
            for term in terms {
                out.open("termSec", &[]);
                out.words("term", &[], &term.text);
                out.words("termNote", &[("type", "administrativeStatus")], status(term.standing));
                out.close();
            }
            out.close();
        }
        out.close();
    }
    out.line();
    out.done()
}

fn status(standing: TermStanding) -> &'static str {
    match standing {
        TermStanding::Preferred => "preferredTerm-admn-sts",
        TermStanding::Admitted => "admittedTerm-admn-sts",
        TermStanding::Forbidden => "deprecatedTerm-admn-sts",
    }
}

/// What older and newer files say of a term; anything unknown may be used.
fn standing(status: &str) -> TermStanding {
    match status.trim().trim_end_matches("-admn-sts") {
        "preferredTerm" | "preferred" => TermStanding::Preferred,
        "deprecatedTerm" | "deprecated" | "supersededTerm" | "superseded" | "notRecommended" => {
            TermStanding::Forbidden
        }
        _ => TermStanding::Admitted,
    }
}

/// A glossary from a file. Languages that are not ours are passed over.
pub fn read(bytes: &[u8]) -> Result<Vec<Concept>, Refusal> {
    let root = xml::read(bytes, MOST, Doctype::Named, &[SPACE])?;
    let entries = match root.name.as_str() {
        "tbx" => root.all("conceptEntry"),
        "martif" => root.all("termEntry"),
        _ => return Err(Refusal::new("file-other-kind").with("kind", "TBX")),
    };
    if entries.len() > CONCEPTS {
        return Err(xml::too_large());
    }
    let concept = |(number, entry): (usize, &Node)| Concept {
        id: entry.attribute("id").map_or_else(|| number.to_string(), from_name),
        terms: terms(entry),
    };
    Ok((1..).zip(entries).map(concept).collect())
}

fn terms(entry: &Node) -> BTreeMap<Lang, Vec<Term>> {
    let mut terms: BTreeMap<Lang, Vec<Term>> = BTreeMap::new();
    let sections = entry.nodes().filter(|n| matches!(&*n.name, "langSec" | "langSet"));
    for section in sections {
        let Some(Ok(lang)) = section.attribute("lang").map(str::parse::<Lang>) else { continue };
        let of = terms.entry(lang).or_default();
        for group in section.nodes().filter(|n| matches!(&*n.name, "termSec" | "tig" | "ntig")) {
            let Some(term) = group.all("term").into_iter().next() else { continue };
            let said = |n: &&Node| {
                matches!(
                    n.attribute("type"),
                    Some("administrativeStatus" | "normativeAuthorization")
                )
            };
            let status = group.all("termNote").into_iter().find(said).map(Node::text);
            let standing = status.map_or(TermStanding::Preferred, |status| standing(&status));
            of.push(Term { text: term.text(), standing });
        }
    }
    terms
}

/// Any identifier as a name that XML allows: what it forbids is written by number, `_x0031_`.
fn to_name(id: &str) -> String {
    let mut name = String::new();
    for (at, letter) in id.char_indices() {
        let begins = letter.is_ascii_alphabetic();
        let follows = at > 0 && (letter.is_ascii_digit() || matches!(letter, '-' | '.'));
        if begins || follows {
            name.push(letter);
        } else {
            let _ = write!(name, "_x{:04X}_", u32::from(letter));
        }
    }
    if name.is_empty() { "_".to_owned() } else { name }
}

/// The identifier that [`to_name`] was given; other names stay as they are.
fn from_name(name: &str) -> String {
    if name == "_" {
        return String::new();
    }
    let (mut id, mut rest) = (String::new(), name);
    while let Some(at) = rest.find("_x") {
        let number = rest[at + 2..].split_once('_');
        let letter = number.and_then(|(digits, after)| {
            let number = u32::from_str_radix(digits, 16).ok()?;
            (digits.len() >= 4).then_some((char::from_u32(number)?, after))
        });
        let Some((letter, after)) = letter else {
            id.push_str(&rest[..at + 2]);
            rest = &rest[at + 2..];
            continue;
        };
        id.push_str(&rest[..at]);
        id.push(letter);
        rest = after;
    }
    id + rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_older_file_is_read() {
        let file = r#"<?xml version="1.0"?><!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">
            <martif type="TBX" xml:lang="en"><martifHeader/><text><body>
            <termEntry id="c7"><langSet xml:lang="zh-CN"><tig><term>成员国</term></tig></langSet>
            <langSet xml:lang="ru"><ntig><termGrp><term>государства-члены</term>
            <termNote type="administrativeStatus">supersededTerm-admn-sts</termNote>
            </termGrp></ntig></langSet>
            <langSet xml:lang="kk"><tig><term>мүше</term></tig></langSet></termEntry>
            </body></text></martif>"#;
        let concepts = read(file.as_bytes()).unwrap();
        let [one] = concepts.as_slice() else { panic!("{concepts:?}") };
        assert_eq!((one.id.as_str(), one.terms.len()), ("c7", 2));
        assert_eq!(one.terms[&Lang::Zh][0].standing, TermStanding::Preferred);
        assert_eq!(one.terms[&Lang::Ru][0].standing, TermStanding::Forbidden);
    }

    #[test]
    fn what_is_no_glossary_is_refused() {
        let code = |text: &str| read(text.as_bytes()).unwrap_err().code;
        assert_eq!(code("<tmx/>"), "file-other-kind");
        assert_eq!(code("<!DOCTYPE tbx [<!ENTITY a 'b'>]><tbx>&a;</tbx>"), "file-entities");
        assert_eq!(code("term;Begriff"), "file-unreadable");
    }

    fn any_term() -> impl Strategy<Value = Term> {
        let words = "\\PC{0,12}|می\u{200C}رود|क्\u{200D}ष|[<&>\"' \n]{1,4}";
        let standing = prop::sample::select(TermStanding::ALL.to_vec());
        (words, standing).prop_map(|(text, standing)| Term { text, standing })
    }

    fn any_concept() -> impl Strategy<Value = Concept> {
        let lang = prop::sample::select(Lang::ALL.to_vec());
        let terms = prop::collection::vec(any_term(), 0..4);
        let terms = prop::collection::btree_map(lang, terms, 0..4);
        ("\\PC{0,6}|[_x0-9A-F]{0,12}", terms).prop_map(|(id, terms)| Concept { id, terms })
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(concepts in prop::collection::vec(any_concept(), 0..4)) {
            prop_assert_eq!(read(&write(&concepts, "词汇 <1>")).unwrap(), concepts);
        }

        #[test]
        fn no_markup_brings_the_reader_down(text in "<tbx>[<>/a-c:=\"'&;#! ]{0,60}</tbx>") {
            let _ = read(text.as_bytes());
        }
    }
}
