//! The pieces into which wording is compared: what a reader would call one change.
//!
//! Han text has no spaces, so there every character is a piece; elsewhere a word or a number is. A piece
//! is never smaller than what is seen as one character, and the pieces together are the text.

use icu::{
    properties::{CodePointMapData, props::Script},
    segmenter::GraphemeClusterSegmenter,
};

/// What a piece is, as far as joining goes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Letters,
    Digits,
    Space,
    Single,
}

fn class(piece: &str) -> Class {
    let Some(first) = piece.chars().next() else { return Class::Single };
    let script = CodePointMapData::<Script>::new().get(first);
    let single = matches!(script, Script::Han | Script::Hiragana | Script::Katakana);
    if first.is_numeric() && !single {
        Class::Digits
    } else if first.is_alphabetic() && !single {
        Class::Letters
    } else if first.is_whitespace() && first != '\n' {
        Class::Space
    } else {
        Class::Single
    }
}

/// Whether a mark between two digits belongs to the number: 1,000.5, 09:00, 2027/28.
fn joins_digits(piece: &str) -> bool {
    matches!(piece, "." | "," | ":" | "/" | "٫" | "٬")
}

/// The pieces of a text, in order; joined they are the text.
pub fn tokens(text: &str) -> Vec<&str> {
    let ends = GraphemeClusterSegmenter::new().segment_str(text);
    let bounds: Vec<usize> = ends.collect();
    let seen: Vec<&str> = bounds.windows(2).map(|pair| &text[pair[0]..pair[1]]).collect();
    let mut cuts = vec![0];
    for at in 1..seen.len() {
        let (left, right) = (class(seen[at - 1]), class(seen[at]));
        let word = |c| matches!(c, Class::Letters | Class::Digits);
        let after = |i: usize| seen.get(i).map(|piece| class(piece));
        let before_mark = at.checked_sub(2).and_then(after);
        // A mark between digits holds on to both of them.
        let number = (left == Class::Digits
            && joins_digits(seen[at])
            && after(at + 1) == Some(Class::Digits))
            || (right == Class::Digits
                && joins_digits(seen[at - 1])
                && before_mark == Some(Class::Digits));
        let joined =
            number || (word(left) && word(right)) || (left == right && left == Class::Space);
        if !joined {
            cuts.push(bounds[at]);
        }
    }
    cuts.push(text.len());
    cuts.windows(2).map(|pair| &text[pair[0]..pair[1]]).filter(|piece| !piece.is_empty()).collect()
}

/// The same pieces, but a defined term stays whole: `term` within a word is no term.
pub fn tokens_keeping<'a>(text: &'a str, terms: &[&str]) -> Vec<&'a str> {
    let pieces = tokens(text);
    let mut out = Vec::with_capacity(pieces.len());
    let (mut piece, mut at) = (0, 0);
    while piece < pieces.len() {
        // The longest term that begins here and ends where a piece ends.
        let (mut end, mut length, mut best) = (piece, 0, (piece + 1, pieces[piece].len()));
        while end < pieces.len() && terms.iter().any(|term| term.len() > length) {
            (length, end) = (length + pieces[end].len(), end + 1);
            if terms.contains(&&text[at..at + length]) {
                best = (end, length);
            }
        }
        out.push(&text[at..at + best.1]);
        (piece, at) = (best.0, at + best.1);
    }
    out
}

/// The words and numbers of a text: what must not be lost.
pub fn words(text: &str) -> Vec<&str> {
    tokens(text).into_iter().filter(|token| token.contains(char::is_alphanumeric)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn pieces_are_what_a_reader_would_point_at() {
        assert_eq!(tokens("成员国应加强"), ["成", "员", "国", "应", "加", "强"]);
        assert_eq!(tokens("до 1,000.5 км."), ["до", " ", "1,000.5", " ", "км", "."]);
        assert_eq!(tokens("a, b 09:00–10:00"), ["a", ",", " ", "b", " ", "09:00", "–", "10:00"]);
        assert_eq!(tokens("می\u{200C}رود؛"), ["می\u{200C}رود", "؛"]);
        assert_eq!(tokens("e\u{301}te\u{301}"), ["e\u{301}te\u{301}"]);
        assert_eq!(words("1. «Да»."), ["1", "Да"]);
        assert!(tokens("").is_empty());
        let terms = ["成员国", "数字", "数字丝路", "City Forum"];
        assert_eq!(tokens_keeping("成员国的数字丝路", &terms), ["成员国", "的", "数字丝路"]);
        assert_eq!(tokens_keeping("City Forums", &terms), ["City", " ", "Forums"]);
        assert_eq!(tokens_keeping("a City Forum.", &terms), ["a", " ", "City Forum", "."]);
    }

    proptest! {
        #[test]
        fn pieces_are_the_text(text in "(\\PC|[а-яA-Z0-9.,:成员国\u{200C} \n]){0,80}") {
            let pieces = tokens(&text);
            prop_assert_eq!(pieces.concat(), text.as_str());
            prop_assert!(pieces.iter().all(|piece| !piece.is_empty()));
            prop_assert_eq!(tokens_keeping(&text, &["成员", "员国", "A,", "."]).concat(), text);
        }
    }
}
