//! Documents of several languages on their way in, laid side by side: by the names of their passages where
//! these agree, and otherwise by length and order, as plain texts are.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::{
    Lang, coded,
    paragraph::{Row, is_dash, rows},
    unit::UnitKind,
};

/// A passage of a document in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// What the document calls it; the same in every language, if it is called anything.
    pub name: Option<String>,
    /// What it is.
    pub kind: UnitKind,
    /// Its words.
    pub text: String,
}

/// A paragraph in all its languages, before anything of it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paragraph {
    /// What it is.
    pub kind: UnitKind,
    /// Its words.
    pub words: Row,
}

coded! {
    /// By what the languages were laid side by side.
    pub enum Alignment {
        /// By the names of their passages.
        Names = "names",
        /// By order, length and numbers.
        Order = "order",
    }
}

/// The documents as one text. No passage is lost; those that hold nothing are passed over.
pub fn aligned(mut documents: Vec<(Lang, Vec<Passage>)>) -> (Vec<Paragraph>, Alignment) {
    for (_, passages) in &mut documents {
        passages.retain(|passage| !passage.text.trim().is_empty() && !is_dash(&passage.text));
    }
    match by_names(&documents) {
        Some(paragraphs) => (paragraphs, Alignment::Names),
        None => (by_order(&documents), Alignment::Order),
    }
}

/// By names, if every passage has one of its own and each document shares half of its names with the first.
fn by_names(documents: &[(Lang, Vec<Passage>)]) -> Option<Vec<Paragraph>> {
    let names = |passages: &[Passage]| -> Option<BTreeSet<String>> {
        let names: Option<BTreeSet<String>> = passages.iter().map(|p| p.name.clone()).collect();
        names.filter(|names| names.len() == passages.len())
    };
    let first = names(&documents.first()?.1)?;
    let mut all: Vec<(&str, Paragraph)> = Vec::new();
    for (lang, passages) in documents {
        let own = names(passages)?;
        if own.intersection(&first).count() * 2 < own.len().min(first.len()) {
            return None;
        }
        let mut place = 0;
        for passage in passages {
            let name = passage.name.as_deref()?;
            let is_it = |(known, _): &(&str, Paragraph)| *known == name;
            // It mostly stands right behind the one before.
            let behind = all[place..].iter().position(is_it).map(|at| at + place);
            let at = behind.or_else(|| all.iter().position(is_it)).unwrap_or_else(|| {
                let paragraph = Paragraph { kind: passage.kind, words: Row::new() };
                all.insert(place, (name, paragraph));
                place
            });
            all[at].1.words.insert(*lang, passage.text.clone());
            place = at + 1;
        }
    }
    Some(all.into_iter().map(|(_, paragraph)| paragraph).collect())
}

/// By order; a paragraph is of the kind that its first language says.
fn by_order(documents: &[(Lang, Vec<Passage>)]) -> Vec<Paragraph> {
    let texts: Vec<(Lang, Vec<String>)> = documents
        .iter()
        .map(|(lang, passages)| (*lang, passages.iter().map(|p| p.text.clone()).collect()))
        .collect();
    let mut left: Vec<_> = documents.iter().map(|(lang, all)| (*lang, all.iter())).collect();
    let mut kind = |row: &Row| {
        // Each passage stands in one row, in its order.
        let here = left.iter_mut().filter(|(lang, _)| row.contains_key(lang));
        let kinds: Vec<UnitKind> = here.filter_map(|(_, rest)| Some(rest.next()?.kind)).collect();
        kinds.first().copied().unwrap_or(UnitKind::Operative)
    };
    rows(&texts).into_iter().map(|words| Paragraph { kind: kind(&words), words }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use UnitKind::{Heading, Operative, Title};
    use proptest::prelude::*;

    fn passage(name: &str, kind: UnitKind, text: &str) -> Passage {
        let name = Some(name.to_owned()).filter(|name| !name.is_empty());
        Passage { name, kind, text: text.to_owned() }
    }

    fn told(paragraphs: &[Paragraph]) -> Vec<(UnitKind, Vec<&str>)> {
        let words = |p: &'_ Paragraph| -> (UnitKind, Vec<Lang>) {
            (p.kind, p.words.keys().copied().collect())
        };
        let codes = |langs: Vec<Lang>| langs.iter().map(|l| l.code()).collect();
        paragraphs.iter().map(words).map(|(kind, langs)| (kind, codes(langs))).collect()
    }

    #[test]
    fn names_decide_where_they_agree() {
        let zh = vec![
            passage("t", Title, "标题"),
            passage("p1", Operative, "长长长长长长长长"),
            passage("p2", Operative, "短"),
        ];
        let ru = vec![
            passage("t", Title, "Заголовок"),
            passage("h", Heading, "Вода"),
            passage("p2", Operative, "Текст, который гораздо длиннее."),
            passage("e", Operative, " "),
        ];
        let (paragraphs, how) = aligned(vec![(Lang::Zh, zh), (Lang::Ru, ru)]);
        assert_eq!(how, Alignment::Names);
        let expected = [
            (Title, vec!["ru", "zh"]),
            (Heading, vec!["ru"]),
            (Operative, vec!["zh"]),
            (Operative, vec!["ru", "zh"]),
        ];
        let mut found = told(&paragraphs);
        for (_, langs) in &mut found {
            langs.sort_unstable();
        }
        assert_eq!(found, expected);
    }

    #[test]
    fn without_names_in_common_order_decides() {
        let one = vec![passage("a", Title, "标题"), passage("b", Operative, "每年2次。")];
        for other in [["x", "y"], ["a", "a"], ["a", ""]] {
            let two = vec![
                passage(other[0], Title, "Title"),
                passage(other[1], Operative, "2 times a year."),
            ];
            let (paragraphs, how) = aligned(vec![(Lang::Zh, one.clone()), (Lang::En, two)]);
            let kinds: Vec<(UnitKind, usize)> =
                paragraphs.iter().map(|p| (p.kind, p.words.len())).collect();
            assert_eq!(
                (how, kinds),
                (Alignment::Order, vec![(Title, 2), (Operative, 2)]),
                "{other:?}"
            );
        }
        assert_eq!(aligned(Vec::new()).0, []);
    }

    proptest! {
        #[test]
        fn no_passage_is_lost(
            zh in prop::collection::vec(("[a-f]?", "[一-三]{0,4}"), 0..8),
            ru in prop::collection::vec(("[a-f]?", "[а-в]{0,9}"), 0..8),
        ) {
            let of = |all: &[(String, String)]| -> Vec<Passage> {
                all.iter().map(|(name, text)| passage(name, Operative, text)).collect()
            };
            let (paragraphs, _) = aligned(vec![(Lang::Zh, of(&zh)), (Lang::Ru, of(&ru))]);
            for (lang, all) in [(Lang::Zh, &zh), (Lang::Ru, &ru)] {
                let mut sent: Vec<&str> =
                    all.iter().map(|(_, text)| text.as_str()).filter(|t| !t.is_empty()).collect();
                let mut found: Vec<&str> =
                    paragraphs.iter().filter_map(|p| p.words.get(&lang)).map(String::as_str).collect();
                sent.sort_unstable();
                found.sort_unstable();
                prop_assert_eq!(sent, found);
            }
        }
    }
}
