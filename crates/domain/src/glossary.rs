//! Agreed terms, and whether a translation uses them.
//!
//! A concept has terms in each language. Where a source speaks of it, the translation must use a
//! preferred or admitted term, and nowhere a forbidden one. Endings are forgiven, since Russian and Persian
//! words change theirs; what is reported is a hint to the language officer.

use std::{collections::BTreeMap, ops::Range};

use serde::{Deserialize, Serialize};

use crate::{ConceptId, Lang, SeriesId, coded, token::tokens};

coded! {
    /// How a term stands.
    pub enum TermStanding {
        /// To be used.
        Preferred = "preferred",
        /// May be used.
        Admitted = "admitted",
        /// Not to be used.
        Forbidden = "forbidden",
    }
}

/// A word or phrase for a concept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    /// The words.
    pub text: String,
    /// How it stands.
    pub standing: TermStanding,
}

/// What is meant, whatever the language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Concept {
    /// Stable, such as the entry's number in the source.
    pub id: String,
    /// Its terms by language.
    pub terms: BTreeMap<Lang, Vec<Term>>,
}

/// A concept as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its identifier.
    pub id: ConceptId,
    /// The series in which it counts; nothing for every series.
    pub series: Option<SeriesId>,
    /// The concept with its terms.
    pub concept: Concept,
    /// What is meant, or where the terms were agreed; may be empty.
    pub note: String,
}

impl Concept {
    fn terms(&self, lang: Lang, forbidden: bool) -> impl Iterator<Item = &Term> {
        let all = self.terms.get(&lang).into_iter().flatten();
        all.filter(move |term| (term.standing == TermStanding::Forbidden) == forbidden)
    }
}

/// Something that the language officer should look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Slip {
    /// The source speaks of a concept, the translation has none of its terms.
    Missing {
        /// The concept.
        concept: String,
        /// The term to use.
        expected: String,
    },
    /// A forbidden term stands there.
    Forbidden {
        /// The concept.
        concept: String,
        /// As it stands in the text.
        found: String,
        /// The term to use; empty if there is none.
        expected: String,
    },
}

/// Whether a word of the text is a form of a word of a term. A short word has no ending to spare.
fn alike(term: &str, word: &str) -> bool {
    let first = |text: &str| text.chars().next().map(|c| c.to_lowercase().next());
    if !term.trim().is_empty() && first(term) != first(word) {
        return false;
    }
    let (term, word) = (term.to_lowercase(), word.to_lowercase());
    if term == word || (term.trim().is_empty() && word.trim().is_empty()) {
        return true;
    }
    let (long, have) = (term.chars().count(), word.chars().count());
    let spare = match long {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    };
    let shared = term.chars().zip(word.chars()).take_while(|(a, b)| a == b).count();
    let letters = term.chars().all(char::is_alphabetic);
    letters && long > 1 && shared + spare >= long && have <= long + 3
}

/// The places where a term stands, in pieces of the text.
fn places(text: &[&str], term: &str) -> Vec<Range<usize>> {
    let term = tokens(term.trim());
    let stands = |at: &usize| {
        text.get(*at..*at + term.len())
            .is_some_and(|here| here.iter().zip(&term).all(|(word, term)| alike(term, word)))
    };
    if term.is_empty() {
        return Vec::new();
    }
    (0..text.len()).filter(stands).map(|at| at..at + term.len()).collect()
}

/// The terms that stand in a text, with the endings that they have there and, of those that hold one
/// another, each. Terms of one piece are left out: nothing divides them.
pub fn spoken<'a>(concepts: &[Concept], lang: Lang, text: &'a str) -> Vec<&'a str> {
    let pieces = tokens(text);
    let starts: Vec<usize> = std::iter::once(0)
        .chain(pieces.iter().scan(0, |end, piece| {
            *end += piece.len();
            Some(*end)
        }))
        .collect();
    let terms = concepts.iter().flat_map(|concept| concept.terms(lang, false));
    let found = terms.flat_map(|term| places(&pieces, &term.text));
    let long = found.filter(|place| place.len() > 1);
    long.map(|place| &text[starts[place.start]..starts[place.end]]).collect()
}

/// Compares a translation with its source, concept by concept.
pub fn check(concepts: &[Concept], source: (&str, Lang), target: (&str, Lang)) -> Vec<Slip> {
    let (from, to) = (tokens(source.0), tokens(target.0));
    let permitted = concepts.iter().flat_map(|concept| concept.terms(target.1, false));
    let covered: Vec<Range<usize>> = permitted.flat_map(|term| places(&to, &term.text)).collect();
    let mut slips = Vec::new();
    for concept in concepts {
        let mut wanted: Vec<&Term> = concept.terms(target.1, false).collect();
        wanted.sort_by_key(|term| term.standing);
        let expected = wanted.first().map(|term| term.text.clone()).unwrap_or_default();
        let spoken = concept.terms.get(&source.1).into_iter().flatten();
        let meant = spoken.into_iter().any(|term| !places(&from, &term.text).is_empty());
        let used = wanted.iter().any(|term| !places(&to, &term.text).is_empty());
        if meant && !used && !wanted.is_empty() {
            let (concept, expected) = (concept.id.clone(), expected.clone());
            slips.push(Slip::Missing { concept, expected });
        }
        for place in concept.terms(target.1, true).flat_map(|term| places(&to, &term.text)) {
            // A forbidden word within a permitted term is no slip.
            let within = |other: &Range<usize>| {
                other.start <= place.start && place.end <= other.end && other.len() > place.len()
            };
            if !covered.iter().any(within) {
                let (concept, found) = (concept.id.clone(), to[place].concat());
                slips.push(Slip::Forbidden { concept, found, expected: expected.clone() });
            }
        }
    }
    slips
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const PIECES: [&str; 8] = ["成员国", "理事会", "成员", "国", "事", "应", "会", "，"];

    fn glossary() -> Vec<Concept> {
        let term = |text: &str, standing| Term { text: text.to_owned(), standing };
        let (yes, no) = (TermStanding::Preferred, TermStanding::Forbidden);
        let member = Concept {
            id: "1".to_owned(),
            terms: BTreeMap::from([
                (Lang::Zh, vec![term("成员国", yes), term("成员", no)]),
                (Lang::Ru, vec![term("государства-члены", yes), term("страны-участницы", no)]),
                (Lang::En, vec![term("member State", yes)]),
            ]),
        };
        let council = Concept {
            id: "2".to_owned(),
            terms: BTreeMap::from([
                (Lang::Zh, vec![term("理事会", yes)]),
                (Lang::Ru, vec![term("совет", yes), term("комитет", no)]),
            ]),
        };
        vec![member, council]
    }

    #[test]
    fn terms_are_required_and_variants_flagged() {
        let all = glossary();
        let zh = ("成员国设立理事会", Lang::Zh);
        let good = ("Государствами-членами учреждён Совет.", Lang::Ru);
        assert_eq!(check(&all, zh, good), []);
        let slips = check(&all, zh, ("Страны-участницы учреждают комитеты.", Lang::Ru));
        let expected = "государства-члены".to_owned();
        let found = "Страны-участницы".to_owned();
        let slip = |concept: &str| Slip::Missing {
            concept: concept.to_owned(),
            expected: expected.clone(),
        };
        assert_eq!(slips.len(), 4);
        assert_eq!(slips[0], slip("1"));
        assert!(slips.contains(&Slip::Forbidden { concept: "1".to_owned(), found, expected }));
        // 成员 within 成员国 is the term itself; alone it is not.
        assert_eq!(check(&all, ("member States", Lang::En), ("成员国", Lang::Zh)), []);
        assert_eq!(check(&all, ("member States", Lang::En), ("各成员", Lang::Zh)).len(), 2);
        // Nothing is asked of a language that has no term.
        assert_eq!(check(&all, ("理事会", Lang::Zh), ("the Board", Lang::En)), []);
    }

    #[test]
    fn endings_are_forgiven_and_other_words_are_not() {
        for (term, word, same) in [
            ("совет", "советом", true),
            ("совет", "советский", false),
            ("сотрудничество", "сотрудничества", true),
            ("мэр", "мера", false),
            ("city", "cities", true),
            ("国", "国", true),
            ("2027", "2028", false),
        ] {
            assert_eq!(alike(term, word), same, "{term} {word}");
        }
    }

    #[test]
    fn terms_are_found_as_they_stand() {
        let all = glossary();
        let found = spoken(&all, Lang::Ru, "С государствами-членами совет решает.");
        assert_eq!(found, ["государствами-членами"], "a single word cannot be divided");
        assert_eq!(spoken(&all, Lang::Zh, "各成员国的理事会"), ["成员国", "理事会"]);
        assert!(spoken(&all, Lang::Fa, "متن").is_empty());
    }

    proptest! {
        /// No bracket begins or ends within a term, whatever else differs.
        #[test]
        fn brackets_divide_no_term(
            base in prop::collection::vec(prop::sample::select(PIECES.to_vec()), 0..9),
            rival in prop::collection::vec(prop::sample::select(PIECES.to_vec()), 0..9),
        ) {
            let (base, rival) = (base.concat(), rival.concat());
            let all = glossary();
            let mut terms = spoken(&all, Lang::Zh, &base);
            terms.extend(spoken(&all, Lang::Zh, &rival));
            let stretches = crate::bracket::brackets(&base, &[&rival], &terms);
            for (version, text) in [&base, &rival].into_iter().enumerate() {
                let mut cuts = std::collections::BTreeSet::from([0]);
                let mut end = 0;
                for stretch in std::slice::from_ref(&stretches).iter().flat_map(|all| all.iter()) {
                    end += crate::bracket::expand(std::slice::from_ref(stretch), version).unwrap().len();
                    cuts.insert(end);
                }
                for (at, term) in text.match_indices("成员国").chain(text.match_indices("理事会")) {
                    let within = cuts.range(at + 1..at + term.len()).next();
                    prop_assert!(within.is_none(), "{:?}", stretches);
                }
            }
        }

        #[test]
        fn any_text_is_compared(source in "\\PC{0,40}", target in "\\PC{0,40}") {
            let _ = check(&glossary(), (&source, Lang::Zh), (&target, Lang::Ru));
            let _ = spoken(&glossary(), Lang::Ru, &target);
        }
    }
}
