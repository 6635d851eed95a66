//! Text that will be signed: what it may hold, and what in it could be taken for something else.
//!
//! Input is never repaired here. Two texts that look alike must be one text, so whatever could look
//! like something else is refused where people can still ask what was meant (Unicode TR 36, UTS 39).
//! Letters that look like others are no fault, since real words are written with them; they are
//! reported beside the names and terms that they could be taken for.

use std::fmt::Write;

use icu::{
    normalizer::ComposingNormalizerBorrowed,
    properties::{
        CodePointMapData,
        props::{GeneralCategory, Script},
    },
};
use serde::{Deserialize, Serialize};
use unicode_security::skeleton;

use crate::{Lang, Refusal, clean::INVISIBLE, coded};

coded! {
    /// Why a character may not stand in a text that will be signed.
    pub enum Danger {
        /// It turns the direction of what follows (UAX 9).
        Direction = "direction",
        /// It shows nothing.
        Invisible = "invisible",
        /// It controls, or has no agreed meaning: private, unassigned, a tab, a foreign line end.
        Control = "control",
        /// A space of a width that nobody can tell from another.
        Space = "space",
        /// A space before the end of a line, or of the text.
        Trailing = "trailing",
        /// Written in parts where one character exists, or the other way round (not form NFC).
        Composition = "composition",
    }
}

/// One place that is not safe.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Characters before it.
    pub at: usize,
    /// The character.
    pub found: char,
    /// What is wrong with it.
    pub danger: Danger,
}

/// What turns the direction of writing (UAX 9, section 2).
const TURNING: [char; 12] = [
    '\u{061C}', '\u{200E}', '\u{200F}', '\u{202A}', '\u{202B}', '\u{202C}', '\u{202D}', '\u{202E}',
    '\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}',
];

/// Zero-width non-joiner: spelling in Persian, nothing elsewhere.
const NON_JOINER: char = '\u{200C}';

fn script(c: char) -> Script {
    CodePointMapData::<Script>::new().get(c)
}

/// Whether a character that is dangerous elsewhere is plain spelling in this language and place.
fn is_spelling(before: Option<char>, c: char, after: Option<char>, lang: Lang) -> bool {
    let arabic = |c: Option<char>| c.is_some_and(|c| script(c) == Script::Arabic);
    match (lang, c) {
        // Between two letters of one word only: می‌رود, but not at the end of a word.
        (Lang::Fa, NON_JOINER) => arabic(before) && arabic(after),
        // French spacing and initials in Russian and English, indents in Chinese.
        (Lang::Ru | Lang::En, '\u{00A0}') | (Lang::Zh, '\u{3000}') => true,
        _ => false,
    }
}

fn danger(c: char) -> Option<Danger> {
    let category = CodePointMapData::<GeneralCategory>::new().get(c);
    match (c, category) {
        ('\n' | ' ', _) => None,
        _ if TURNING.contains(&c) => Some(Danger::Direction),
        _ if INVISIBLE.iter().any(|range| range.contains(&c)) => Some(Danger::Invisible),
        (_, GeneralCategory::Format) => Some(Danger::Invisible),
        (
            _,
            GeneralCategory::Control
            | GeneralCategory::PrivateUse
            | GeneralCategory::Unassigned
            | GeneralCategory::Surrogate
            | GeneralCategory::LineSeparator
            | GeneralCategory::ParagraphSeparator,
        ) => Some(Danger::Control),
        (_, GeneralCategory::SpaceSeparator) => Some(Danger::Space),
        _ => None,
    }
}

/// Every place that keeps a text from being signed, in order.
pub fn findings(text: &str, lang: Lang) -> Vec<Finding> {
    let chars: Vec<char> = text.chars().collect();
    let mut found = Vec::new();
    for (at, &c) in chars.iter().enumerate() {
        let (before, after) = (at.checked_sub(1).map(|i| chars[i]), chars.get(at + 1).copied());
        let blank = matches!(c, ' ' | '\u{00A0}' | '\u{3000}');
        let ends = blank && matches!(after, None | Some('\n'));
        let danger = if is_spelling(before, c, after, lang) { None } else { danger(c) };
        let danger = danger.or(if ends { Some(Danger::Trailing) } else { None });
        found.extend(danger.map(|danger| Finding { at, found: c, danger }));
    }
    let composed = ComposingNormalizerBorrowed::new_nfc().normalize(text);
    if composed != text {
        let same = composed.chars().zip(&chars).take_while(|(a, b)| a == *b).count();
        let at = same.min(chars.len().saturating_sub(1));
        let found_char = chars.get(at).copied().unwrap_or_default();
        found.push(Finding { at, found: found_char, danger: Danger::Composition });
        found.sort_by_key(|finding| finding.at);
    }
    found
}

/// Refuses a text that must not be signed, naming the first place.
pub fn check(text: &str, lang: Lang) -> Result<(), Refusal> {
    let Some(first) = findings(text, lang).into_iter().next() else { return Ok(()) };
    let line = text.chars().take(first.at).filter(|c| *c == '\n').count() + 1;
    let code = format!("U+{:04X}", u32::from(first.found));
    Err(Refusal::new("unsafe-text").with("code", code).with("line", line))
}

/// Words as people type or paste them, brought into the form in which they are kept: lines end with LF
/// and without blanks, in Unicode form NFC. What is not safe after that is refused, never removed.
pub fn typed(raw: &str, lang: Lang) -> Result<String, Refusal> {
    let unified = raw.replace("\r\n", "\n").replace('\r', "\n").replace('\t', " ");
    let blank = |c| matches!(c, ' ' | '\u{A0}' | '\u{3000}');
    let lines: Vec<&str> = unified.split('\n').map(|line| line.trim_end_matches(blank)).collect();
    let whole = lines.join("\n");
    let composed = ComposingNormalizerBorrowed::new_nfc().normalize(whole.trim_matches('\n'));
    check(&composed, lang)?;
    Ok(composed.into_owned())
}

/// The text with every character that could hide written as its number: the second view of signing.
/// Safe characters that show nothing of their own are written out too.
pub fn escaped(text: &str, lang: Lang) -> String {
    let places: Vec<usize> = findings(text, lang).iter().map(|finding| finding.at).collect();
    let hidden = |c: char| danger(c).is_some();
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.chars().enumerate() {
        if hidden(c) || (c != '\n' && places.contains(&at)) {
            let _ = write!(out, "⟨{:04X}⟩", u32::from(c));
        } else {
            out.push(c);
        }
    }
    out
}

coded! {
    /// How something could be taken for something else.
    pub enum Likeness {
        /// It looks like a name or term that is written with other characters.
        Lookalike = "lookalike",
        /// One word mixes letters of scripts that do not belong together.
        Mixed = "mixed",
    }
}

/// A word that could be taken for another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confusable {
    /// Characters before it.
    pub at: usize,
    /// As it stands in the text.
    pub word: String,
    /// What it looks like; the word itself where it only mixes scripts.
    pub like: String,
    /// How.
    pub likeness: Likeness,
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == NON_JOINER
}

/// Whether a word's letters come from Latin, Cyrillic and Greek at once: scripts full of lookalikes.
fn mixes(word: &[char]) -> bool {
    let alike = [Script::Latin, Script::Cyrillic, Script::Greek];
    alike.iter().filter(|one| word.iter().any(|c| script(*c) == **one)).count() > 1
}

/// The words of the text that look like one of these names and terms but are written otherwise, and
/// those that mix scripts, in order.
pub fn confusables(text: &str, known: &[&str]) -> Vec<Confusable> {
    let chars: Vec<char> = text.chars().collect();
    let mut found = Vec::new();
    let mut at = 0;
    for word in chars.split(|c| !is_word(*c)) {
        if mixes(word) {
            let word: String = word.iter().collect();
            let like = word.clone();
            found.push(Confusable { at, word, like, likeness: Likeness::Mixed });
        }
        at += word.len() + 1;
    }
    // What every character looks like, so that a place in the picture leads back to one in the text.
    let looks: Vec<String> =
        chars.iter().map(|c| skeleton(c.encode_utf8(&mut [0; 4])).collect()).collect();
    for term in known.iter().filter(|term| !term.is_empty()) {
        let picture: String = skeleton(term).collect();
        let solid = term.chars().any(|c| script(c) == Script::Han);
        let edge = |place: Option<&char>| solid || place.is_none_or(|c| !is_word(*c));
        for start in 0..chars.len() {
            let Some(length) = pictured(&looks[start..], &picture) else { continue };
            let end = start + length;
            let word: String = chars[start..end].iter().collect();
            let apart = edge(start.checked_sub(1).map(|i| &chars[i])) && edge(chars.get(end));
            if apart && word != **term {
                let like = (*term).to_owned();
                found.push(Confusable { at: start, word, like, likeness: Likeness::Lookalike });
            }
        }
    }
    found.sort_by(|a, b| (a.at, &a.like).cmp(&(b.at, &b.like)));
    found
}

/// How many characters from here on look exactly like the picture.
fn pictured(looks: &[String], picture: &str) -> Option<usize> {
    let mut rest = picture;
    for (count, look) in looks.iter().enumerate() {
        if rest.is_empty() {
            return Some(count);
        }
        rest = rest.strip_prefix(look.as_str())?;
    }
    rest.is_empty().then_some(looks.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn real_texts_are_safe() {
        for (lang, text) in [
            (Lang::Zh, "第一条 双方同意：每年报告一次。\n　　第二款"),
            (Lang::Ru, "Стороны, в\u{00A0}том числе г.\u{00A0}Бишкек, договорились:\n1. Ежегодно…"),
            (Lang::En, "The Parties – “the Cities” – agree:\n(a) 1,000.50 €"),
            (Lang::Fa, "طرفین می\u{200C}پذیرند که هر سال گزارش دهند."),
        ] {
            assert_eq!(findings(text, lang), [], "{text}");
        }
    }

    #[test]
    fn every_class_is_refused() {
        let refused = |text: &str, lang, danger| {
            let found = findings(text, lang);
            assert_eq!(found.first().map(|f| f.danger), Some(danger), "{text:?}");
            assert_eq!(check(text, lang).unwrap_err().code, "unsafe-text");
        };
        refused("a\u{202E}b", Lang::En, Danger::Direction);
        refused("a\u{200B}b", Lang::En, Danger::Invisible);
        refused("a\u{AD}b", Lang::En, Danger::Invisible);
        refused("a\u{E0041}b", Lang::En, Danger::Invisible);
        refused("می\u{200C}", Lang::Fa, Danger::Invisible);
        refused("می\u{200C}روم", Lang::Ru, Danger::Invisible);
        refused("a\u{200C}b", Lang::Fa, Danger::Invisible);
        refused("a\tb", Lang::En, Danger::Control);
        refused("a\r\nb", Lang::En, Danger::Control);
        refused("a\u{E000}b", Lang::Zh, Danger::Control);
        refused("a\u{2009}b", Lang::En, Danger::Space);
        refused("a\u{00A0}b", Lang::Zh, Danger::Space);
        refused("a \nb", Lang::En, Danger::Trailing);
        refused("a ", Lang::Ru, Danger::Trailing);
        refused("и\u{306}", Lang::Ru, Danger::Composition);
        refused("\u{F900}", Lang::Zh, Danger::Composition);
        let refusal = check("one\ntwo\u{200B}", Lang::En).unwrap_err();
        assert_eq!((&*refusal.args["line"], &*refusal.args["code"]), ("2", "U+200B"));
    }

    #[test]
    fn what_is_typed_is_kept_in_one_form_and_nothing_is_hidden() {
        let kept = typed("\r\n  Раз \r\nи\u{306}\tдва\n\n", Lang::Ru).unwrap();
        assert_eq!(kept, "  Раз\nй два");
        assert_eq!(typed(&kept, Lang::Ru), Ok(kept));
        assert_eq!(typed("a\u{202E}b", Lang::En).unwrap_err().code, "unsafe-text");
        assert_eq!(typed("می\u{200C}روم ", Lang::Fa).unwrap(), "می\u{200C}روم");
    }

    #[test]
    fn the_second_view_hides_nothing() {
        assert_eq!(escaped("a\u{202E}b\u{00A0}c", Lang::En), "a⟨202E⟩b⟨00A0⟩c");
        assert_eq!(escaped("می\u{200C}روم", Lang::Fa), "می⟨200C⟩روم");
        assert_eq!(escaped("a \nb", Lang::En), "a⟨0020⟩\nb");
    }

    #[test]
    fn lookalikes_of_names_and_terms_are_reported() {
        // Cyrillic letters that look like COP; the true one and parts of words are left alone.
        let found = confusables("СОР and COP and СОРТ", &["COP"]);
        let [one] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!((one.at, &*one.word, one.likeness), (0, "СОР", Likeness::Lookalike));
        let found = confusables("the pаypal of Xiаn City", &["Xian City"]);
        let likeness: Vec<Likeness> = found.iter().map(|c| c.likeness).collect();
        assert_eq!(likeness, [Likeness::Mixed, Likeness::Lookalike, Likeness::Mixed]);
        assert_eq!(found[1].word, "Xiаn City");
        // A radical that looks like the character 八.
        assert_eq!(confusables("第\u{2F0B}条", &["八"])[0].word, "\u{2F0B}");
        assert_eq!(confusables("MoU меморандум 2027г", &["меморандум"]), []);
    }

    const BAD: [char; 6] = ['\u{202A}', '\u{2067}', '\u{200B}', '\u{FEFF}', '\u{85}', '\u{3164}'];

    proptest! {
        #[test]
        fn a_forbidden_character_is_found_wherever_it_stands(
            text in "[а-я \n]{0,20}", at: prop::sample::Index,
            bad in prop::sample::select(BAD.to_vec()),
        ) {
            let mut chars: Vec<char> = text.chars().collect();
            let at = at.index(chars.len() + 1);
            chars.insert(at, bad);
            let text: String = chars.into_iter().collect();
            for lang in Lang::ALL {
                prop_assert!(findings(&text, lang).iter().any(|f| f.at == at && f.found == bad));
                prop_assert!(!escaped(&text, lang).contains(bad));
            }
        }

        #[test]
        fn safe_text_is_its_own_canonical_form(text in "\\PC{0,60}") {
            for lang in Lang::ALL {
                if check(&text, lang).is_ok() {
                    let composed = ComposingNormalizerBorrowed::new_nfc().normalize(&text);
                    prop_assert_eq!(&*composed, text.as_str());
                }
            }
            let _ = confusables(&text, &["COP", "八", "Bishkek"]);
        }
    }
}
