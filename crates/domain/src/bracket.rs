//! Square brackets as data: one text that holds a base wording and its rivals, and gives back each.
//!
//! What all versions share stands once; where they differ, every distinct wording stands with the
//! versions that want it. Version 0 is the base, the others are counted from 1. For one rival the
//! brackets are the smallest there are (see [`crate::align`]); for several, whatever the base shares
//! with all of them stands outside.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::{
    align::{Hunk, PLACE, align},
    token::tokens_keeping,
};

/// One of the rival wordings within brackets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wording {
    /// The words; empty where a version wants nothing here.
    pub text: String,
    /// The versions that want them, in ascending order.
    pub of: Vec<usize>,
}

/// A stretch of a bracketed text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stretch {
    /// All versions agree.
    Shared(String),
    /// They do not; at least two wordings.
    Bracket(Vec<Wording>),
}

/// Puts the least into brackets. Defined terms are never divided.
pub fn brackets(base: &str, rivals: &[&str], terms: &[&str]) -> Vec<Stretch> {
    let base = tokens_keeping(base, terms);
    let rivals: Vec<Vec<&str>> = rivals.iter().map(|r| tokens_keeping(r, terms)).collect();
    let hunks: Vec<Vec<Hunk>> = rivals.iter().map(|rival| align(&base, rival)).collect();
    let (mut stretches, mut at) = (Vec::new(), 0);
    for place in places(&hunks) {
        shared(&mut stretches, &base[at..place.start].concat());
        at = place.end;
        let mut wordings: Vec<Wording> = Vec::new();
        let own = std::iter::once(base[place.clone()].concat());
        let others = rivals.iter().zip(&hunks).map(|(r, h)| within(&base, r, h, &place));
        for (version, text) in own.chain(others).enumerate() {
            match wordings.iter_mut().find(|wording| wording.text == text) {
                Some(wording) => wording.of.push(version),
                None => wordings.push(Wording { text, of: vec![version] }),
            }
        }
        match wordings.as_slice() {
            // The same words, cut into other pieces.
            [one] => shared(&mut stretches, &one.text),
            _ => stretches.push(Stretch::Bracket(wordings)),
        }
    }
    shared(&mut stretches, &base[at..].concat());
    stretches
}

fn shared(stretches: &mut Vec<Stretch>, text: &str) {
    match stretches.last_mut() {
        _ if text.is_empty() => {}
        Some(Stretch::Shared(before)) => before.push_str(text),
        _ => stretches.push(Stretch::Shared(text.to_owned())),
    }
}

/// The places of the base where any rival differs; those that touch, or nearly so, are one.
fn places(hunks: &[Vec<Hunk>]) -> Vec<Range<usize>> {
    let mut all: Vec<Range<usize>> = hunks.iter().flatten().map(|hunk| hunk.old.clone()).collect();
    all.sort_by_key(|place| (place.start, place.end));
    let mut merged: Vec<Range<usize>> = Vec::new();
    for place in all {
        // An unchanged piece between two brackets costs two pieces within; one bracket less saves more.
        let near = |last: &Range<usize>| place.start <= last.end.saturating_add(gap());
        match merged.last_mut().filter(|last| near(last)) {
            Some(last) => last.end = last.end.max(place.end),
            None => merged.push(place),
        }
    }
    merged
}

/// Longest unchanged stretch that is drawn into brackets on both its sides, in pieces.
fn gap() -> usize {
    usize::try_from((PLACE - 1) / 2).unwrap_or_default()
}

/// What a rival has in place of these pieces of the base.
fn within(base: &[&str], rival: &[&str], hunks: &[Hunk], place: &Range<usize>) -> String {
    let (mut text, mut at) = (String::new(), place.start);
    let inside = |hunk: &&Hunk| hunk.old.start >= place.start && hunk.old.end <= place.end;
    for hunk in hunks.iter().filter(inside) {
        text += &base[at..hunk.old.start].concat();
        text += &rival[hunk.new.clone()].concat();
        at = hunk.old.end;
    }
    text + &base[at..place.end].concat()
}

/// One version, exactly as it was given; nothing if there is no such version.
pub fn expand(stretches: &[Stretch], version: usize) -> Option<String> {
    let words = |stretch: &Stretch| match stretch {
        Stretch::Shared(text) => Some(text.clone()),
        Stretch::Bracket(wordings) => {
            let wanted = wordings.iter().find(|wording| wording.of.contains(&version));
            wanted.map(|wording| wording.text.clone())
        }
    };
    stretches.iter().map(words).collect()
}

/// The text as it is printed: `[base wording | another (City A)]`. `name` tells whose a version is;
/// nothing for the base.
pub fn printed(stretches: &[Stretch], name: impl Fn(usize) -> Option<String>) -> String {
    let wording = |wording: &Wording| {
        let names: Vec<String> = wording.of.iter().filter_map(|version| name(*version)).collect();
        let text = wording.text.trim();
        let text = if text.is_empty() { "–" } else { text };
        if names.is_empty() || wording.of.contains(&0) {
            text.to_owned()
        } else {
            format!("{text} ({})", names.join(", "))
        }
    };
    let stretch = |stretch: &Stretch| match stretch {
        Stretch::Shared(text) => text.clone(),
        Stretch::Bracket(wordings) => {
            let all: Vec<String> = wordings.iter().map(wording).collect();
            format!("[{}]", all.join(" | "))
        }
    };
    stretches.iter().map(stretch).collect()
}

/// The number of a rival paragraph: the first keeps its number, then *bis*, *ter* and so on, as in
/// the United Nations Editorial Manual. After the tenth, plain numbers.
pub fn rival_number(number: &str, rival: usize) -> String {
    let words =
        ["bis", "ter", "quater", "quinquies", "sexies", "septies", "octies", "novies", "decies"];
    match rival.checked_sub(1) {
        None => number.to_owned(),
        Some(at) => match words.get(at) {
            Some(word) => format!("{number} {word}"),
            None => format!("{number} ({})", rival + 1),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn print(base: &str, rivals: &[&str]) -> String {
        let name = |version: usize| (version > 0).then(|| format!("C{version}"));
        printed(&brackets(base, rivals, &["成员国"]), name)
    }

    #[test]
    fn brackets_hold_no_more_than_differs() {
        assert_eq!(print("各方应合作。", &["各方将合作。"]), "各方[应 | 将 (C1)]合作。");
        assert_eq!(
            print(
                "The cities shall report.",
                &["The cities should report.", "The cities shall report yearly."]
            ),
            "The cities [shall | should (C1)] report[– | yearly (C2)]."
        );
        assert_eq!(
            print("Стороны обязуются.", &["Стороны намерены.", "Стороны намерены."]),
            "Стороны [обязуются | намерены (C1, C2)]."
        );
        // A term is exchanged as a whole, though one character of it stays.
        assert_eq!(print("成员国同意", &["合作国同意"]), "[成员国 | 合作国 (C1)]同意");
        assert_eq!(print("same", &["same"]), "same");
    }

    #[test]
    fn rivals_are_numbered_in_latin() {
        let numbers: Vec<String> = [0, 1, 2, 10].map(|rival| rival_number("3", rival)).into();
        assert_eq!(numbers, ["3", "3 bis", "3 ter", "3 (11)"]);
    }

    /// Wordings that share much, as rivals do.
    fn wording() -> impl Strategy<Value = String> {
        let pool = [
            "成",
            "员",
            "国",
            "应",
            " ",
            "the ",
            "cities ",
            "1,000",
            "می\u{200C}رود ",
            "и ",
            ".",
            "\n",
        ];
        prop::collection::vec(prop::sample::select(pool.to_vec()), 0..14).prop_map(|p| p.concat())
    }

    proptest! {
        #[test]
        fn every_version_is_given_back(base in wording(), rivals in prop::collection::vec(wording(), 0..6)) {
            let rivals: Vec<&str> = rivals.iter().map(String::as_str).collect();
            let stretches = brackets(&base, &rivals, &["成员国"]);
            for (version, text) in std::iter::once(&*base).chain(rivals.iter().copied()).enumerate() {
                let given_back = expand(&stretches, version);
                prop_assert_eq!(given_back.as_deref(), Some(text));
            }
            prop_assert!(stretches.is_empty() || expand(&stretches, rivals.len() + 1).is_none()
                || rivals.iter().all(|rival| *rival == base));
            for stretch in &stretches {
                if let Stretch::Bracket(wordings) = stretch {
                    prop_assert!(wordings.len() > 1);
                }
            }
            for two in stretches.windows(2) {
                prop_assert!(!matches!(two, [Stretch::Bracket(_), Stretch::Bracket(_)]));
            }
            let kept = serde_json::to_string(&stretches).unwrap();
            prop_assert_eq!(serde_json::from_str::<Vec<Stretch>>(&kept).unwrap(), stretches);
        }

        #[test]
        fn any_text_is_given_back(base in "\\PC{0,40}", rival in "\\PC{0,40}") {
            let stretches = brackets(&base, &[&rival], &[]);
            prop_assert_eq!(expand(&stretches, 0), Some(base));
            prop_assert_eq!(expand(&stretches, 1), Some(rival));
        }
    }
}
