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
    // Most characters, without a look into the tables.
    match first {
        'a'..='z' | 'A'..='Z' | '\u{400}'..='\u{481}' => return Class::Letters,
        '0'..='9' => return Class::Digits,
        ' ' => return Class::Space,
        '\u{4E00}'..='\u{9FFF}' | '\u{FF01}'..='\u{FF0F}' => return Class::Single,
        _ => {}
    }
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

/// Whether a character is always seen as one by itself, unless a mark of another kind follows it: Latin,
/// Cyrillic, Han and their punctuation, as most of our texts are.
fn is_plain(c: char) -> bool {
    matches!(c,
        '\n' | ' '..='~' | '\u{A0}'..='\u{2FF}' | '\u{400}'..='\u{482}' | '\u{48A}'..='\u{52F}'
        | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205E}' | '\u{3000}'..='\u{3029}'
        | '\u{3031}'..='\u{3098}' | '\u{4E00}'..='\u{9FFF}' | '\u{FF01}'..='\u{FF60}')
}

/// Where what is seen as one character begins, and the end (UAX 29). Most texts need no segmenter.
fn bounds(text: &str) -> Vec<usize> {
    if text.chars().all(is_plain) {
        text.char_indices().map(|(at, _)| at).chain([text.len()]).collect()
    } else {
        GraphemeClusterSegmenter::new().segment_str(text).collect()
    }
}

/// What is seen as one character each, in order: a letter with its marks.
pub fn seen(text: &str) -> Vec<&str> {
    bounds(text).windows(2).map(|pair| &text[pair[0]..pair[1]]).collect()
}

/// The pieces of a text, in order; joined they are the text.
pub fn tokens(text: &str) -> Vec<&str> {
    let bounds = bounds(text);
    let seen: Vec<&str> = bounds.windows(2).map(|pair| &text[pair[0]..pair[1]]).collect();
    let classes: Vec<Class> = seen.iter().map(|piece| class(piece)).collect();
    let mut pieces = Vec::new();
    let mut start = 0;
    for at in 1..seen.len() {
        let (left, right) = (classes[at - 1], classes[at]);
        let word = |c| matches!(c, Class::Letters | Class::Digits);
        let digits = |i: Option<usize>| i.and_then(|i| classes.get(i)) == Some(&Class::Digits);
        // A mark between digits holds on to both of them.
        let number = (digits(Some(at - 1)) && joins_digits(seen[at]) && digits(Some(at + 1)))
            || (digits(Some(at)) && joins_digits(seen[at - 1]) && digits(at.checked_sub(2)));
        let joined =
            number || (word(left) && word(right)) || (left == right && left == Class::Space);
        if !joined {
            pieces.push(&text[start..bounds[at]]);
            start = bounds[at];
        }
    }
    if start < text.len() {
        pieces.push(&text[start..]);
    }
    pieces
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

    #[test]
    fn plain_characters_are_seen_one_by_one() {
        let plain: Vec<char> = ('\0'..='\u{FFFF}').filter(|c| is_plain(*c)).collect();
        for pair in
            plain.windows(2).chain(plain.iter().rev().copied().collect::<Vec<_>>().windows(2))
        {
            let text: String = pair.iter().collect();
            let cuts = GraphemeClusterSegmenter::new().segment_str(&text).count();
            assert_eq!(cuts, 3, "{:04X} {:04X}", u32::from(pair[0]), u32::from(pair[1]));
        }
    }

    proptest! {
        #[test]
        fn pieces_are_the_text(text in "(\\PC|[а-яA-Z0-9.,:成员国\u{200C} \n]){0,80}") {
            let pieces = tokens(&text);
            prop_assert_eq!(pieces.concat(), text.as_str());
            prop_assert!(pieces.iter().all(|piece| !piece.is_empty()));
            let segmenter = GraphemeClusterSegmenter::new();
            prop_assert_eq!(bounds(&text), segmenter.segment_str(&text).collect::<Vec<_>>());
            prop_assert_eq!(tokens_keeping(&text, &["成员", "员国", "A,", "."]).concat(), text);
        }
    }
}
