//! Two people changed the same wording: what each did, side by side, nothing dropped.
//!
//! The result holds all three texts: from its pieces the base, theirs and ours can each be given back
//! word for word. Where both changed the same place, or places that touch, nobody but a person decides.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::{
    align::{Hunk, align},
    token::tokens,
};

/// A stretch of the merged text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Piece {
    /// Nobody changed it.
    Same(String),
    /// Only they did.
    Theirs {
        /// The words before.
        base: String,
        /// Their words.
        text: String,
    },
    /// Only we did.
    Ours {
        /// The words before.
        base: String,
        /// Our words.
        text: String,
    },
    /// Both did, to the same words.
    Both {
        /// The words before.
        base: String,
        /// The words of both.
        text: String,
    },
    /// Both did, to different words.
    Conflict {
        /// The words before.
        base: String,
        /// Their words.
        theirs: String,
        /// Our words.
        ours: String,
    },
}

/// Compares two changes of one base.
pub fn merge(base: &str, theirs: &str, ours: &str) -> Vec<Piece> {
    let (base, theirs, ours) = (tokens(base), tokens(theirs), tokens(ours));
    let (to_theirs, to_ours) = (align(&base, &theirs), align(&base, &ours));
    let (mut pieces, mut at) = (Vec::new(), 0);
    for place in places(&to_theirs, &to_ours) {
        if at < place.start {
            pieces.push(Piece::Same(base[at..place.start].concat()));
        }
        let before = base[place.clone()].concat();
        let one = within(&base, &theirs, &to_theirs, &place);
        let two = within(&base, &ours, &to_ours, &place);
        at = place.end;
        pieces.push(match (one, two) {
            (None, None) => Piece::Same(before),
            (Some(text), None) => Piece::Theirs { base: before, text },
            (None, Some(text)) => Piece::Ours { base: before, text },
            (Some(text), Some(ours)) if text == ours => Piece::Both { base: before, text },
            (Some(theirs), Some(ours)) => Piece::Conflict { base: before, theirs, ours },
        });
    }
    if at < base.len() {
        pieces.push(Piece::Same(base[at..].concat()));
    }
    pieces
}

/// The places of the base that somebody changed; those that overlap or touch are one.
fn places(one: &[Hunk], two: &[Hunk]) -> Vec<Range<usize>> {
    let mut all: Vec<Range<usize>> = one.iter().chain(two).map(|hunk| hunk.old.clone()).collect();
    all.sort_by_key(|place| (place.start, place.end));
    let mut merged: Vec<Range<usize>> = Vec::new();
    for place in all {
        match merged.last_mut().filter(|last| place.start <= last.end) {
            Some(last) => last.end = last.end.max(place.end),
            None => merged.push(place),
        }
    }
    merged
}

/// What somebody made of a place; nothing if they left it alone.
fn within(base: &[&str], new: &[&str], hunks: &[Hunk], place: &Range<usize>) -> Option<String> {
    let inside = |hunk: &&Hunk| hunk.old.start >= place.start && hunk.old.end <= place.end;
    let (mut text, mut at, mut touched) = (String::new(), place.start, false);
    for hunk in hunks.iter().filter(inside) {
        text += &base[at..hunk.old.start].concat();
        text += &new[hunk.new.clone()].concat();
        (at, touched) = (hunk.old.end, true);
    }
    text += &base[at..place.end].concat();
    touched.then_some(text)
}

impl Piece {
    /// The words before both.
    pub fn base(&self) -> &str {
        match self {
            Piece::Same(text) => text,
            Piece::Theirs { base, .. }
            | Piece::Ours { base, .. }
            | Piece::Both { base, .. }
            | Piece::Conflict { base, .. } => base,
        }
    }

    /// Their words.
    pub fn theirs(&self) -> &str {
        match self {
            Piece::Theirs { text, .. } | Piece::Both { text, .. } => text,
            Piece::Conflict { theirs, .. } => theirs,
            Piece::Same(_) | Piece::Ours { .. } => self.base(),
        }
    }

    /// Our words.
    pub fn ours(&self) -> &str {
        match self {
            Piece::Ours { text, .. } | Piece::Both { text, .. } => text,
            Piece::Conflict { ours, .. } => ours,
            Piece::Same(_) | Piece::Theirs { .. } => self.base(),
        }
    }
}

/// The text with both changes; nothing where a person must decide.
pub fn merged(pieces: &[Piece]) -> Option<String> {
    let text = |piece: &Piece| match piece {
        Piece::Conflict { .. } => None,
        Piece::Ours { text, .. } => Some(text.clone()),
        _ => Some(piece.theirs().to_owned()),
    };
    pieces.iter().map(text).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn changes_apart_are_joined_and_changes_at_one_place_are_shown() {
        let base = "The cities shall report yearly to the council.";
        let theirs = "The cities shall report yearly to the joint council.";
        let ours = "The member cities shall report yearly to the council.";
        let joined = merged(&merge(base, theirs, ours));
        let both = "The member cities shall report yearly to the joint council.";
        assert_eq!(joined.as_deref(), Some(both));
        let other = "The cities shall report twice to the council.";
        let third = "The cities shall report monthly to the council.";
        let pieces = merge(base, other, third);
        assert_eq!(merged(&pieces), None);
        let (base, theirs, ours) = ("yearly".to_owned(), "twice".to_owned(), "monthly".to_owned());
        assert!(pieces.contains(&Piece::Conflict { base, theirs, ours }));
        assert_eq!(
            merged(&merge("各方应合作", "各方将合作", "各方应合作交流")).unwrap(),
            "各方将合作交流"
        );
    }

    fn wording() -> impl Strategy<Value = String> {
        let pool =
            ["成", "员", "国", "应", " ", "the ", "cities ", "1,000", "می\u{200C}رود ", "и ", "."];
        prop::collection::vec(prop::sample::select(pool.to_vec()), 0..14).prop_map(|p| p.concat())
    }

    proptest! {
        #[test]
        fn no_word_is_lost(base in wording(), theirs in wording(), ours in wording()) {
            let pieces = merge(&base, &theirs, &ours);
            let all = |of: fn(&Piece) -> &str| -> String { pieces.iter().map(of).collect() };
            prop_assert_eq!(all(Piece::base), base.as_str());
            prop_assert_eq!(all(Piece::theirs), theirs.as_str());
            prop_assert_eq!(all(Piece::ours), ours.as_str());
        }

        #[test]
        fn one_change_alone_is_taken_whole(base in wording(), new in wording()) {
            prop_assert_eq!(merged(&merge(&base, &new, &base)), Some(new.clone()));
            prop_assert_eq!(merged(&merge(&base, &base, &new)), Some(new.clone()));
            prop_assert_eq!(merged(&merge(&base, &new, &new)), Some(new));
        }

        #[test]
        fn sides_are_equal(base in wording(), theirs in wording(), ours in wording()) {
            prop_assert_eq!(merged(&merge(&base, &theirs, &ours)), merged(&merge(&base, &ours, &theirs)));
        }
    }
}
