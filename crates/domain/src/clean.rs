//! What may enter as a line or a paragraph: length in characters, no invisible characters.
//!
//! Bidi controls and invisible characters can make one text look like another (Unicode TR 36), so
//! they are refused, not silently removed. The two zero-width joiners decide a letter's form in
//! Persian, Urdu, Hindi or Sinhala, and are kept there.

use icu::normalizer::ComposingNormalizerBorrowed;

use jiff::civil::Date;

use crate::Refusal;

/// Longest name, title or office, in characters.
pub const LINE: usize = 200;
/// Longest purpose, brief or reason, in characters.
pub const PARAGRAPH: usize = 4_000;

/// Format, filler and variation characters that show nothing (Unicode general category Cf and the
/// default-ignorable code points).
pub(crate) const INVISIBLE: [std::ops::RangeInclusive<char>; 15] = [
    '\u{00AD}'..='\u{00AD}',
    '\u{034F}'..='\u{034F}',
    '\u{061C}'..='\u{061C}',
    '\u{115F}'..='\u{1160}',
    '\u{17B4}'..='\u{17B5}',
    '\u{180B}'..='\u{180F}',
    '\u{200B}'..='\u{200F}',
    '\u{2028}'..='\u{202E}',
    '\u{2060}'..='\u{206F}',
    '\u{3164}'..='\u{3164}',
    '\u{FE00}'..='\u{FE0F}',
    '\u{FEFF}'..='\u{FEFF}',
    '\u{FFA0}'..='\u{FFA0}',
    '\u{FFF0}'..='\u{FFFB}',
    '\u{E0000}'..='\u{E0FFF}',
];

/// After a letter of these scripts, Arabic to Sinhala, a joiner decides the letter's form.
const JOINING: std::ops::RangeInclusive<char> = '\u{0600}'..='\u{0DFF}';

fn forbidden(c: char, breaks: bool) -> bool {
    match c {
        '\n' => !breaks,
        _ => c.is_control() || INVISIBLE.iter().any(|range| range.contains(&c)),
    }
}

fn cleaned(raw: &str, most: usize, breaks: bool) -> Result<String, Refusal> {
    let unified = raw.replace("\r\n", "\n").replace(['\r', '\t'], " ");
    let mut before = ' ';
    let bad = unified.chars().find(|c| {
        let joined = matches!(c, '\u{200C}' | '\u{200D}') && JOINING.contains(&before);
        before = *c;
        !joined && forbidden(*c, breaks)
    });
    if let Some(bad) = bad {
        return Err(Refusal::new("hidden-character").with("code", format!("U+{:04X}", bad as u32)));
    }
    let composed = ComposingNormalizerBorrowed::new_nfc().normalize(unified.trim()).into_owned();
    let long = composed.chars().count();
    if long > most {
        return Err(Refusal::new("too-long").with("most", most).with("have", long));
    }
    Ok(composed)
}

/// One line, trimmed and in Unicode form NFC; may be empty.
pub fn line(raw: &str) -> Result<String, Refusal> {
    cleaned(raw, LINE, false)
}

/// One line that must be there.
pub fn required_line(raw: &str) -> Result<String, Refusal> {
    let text = line(raw)?;
    if text.is_empty() { Err(Refusal::new("missing")) } else { Ok(text) }
}

/// Several lines, trimmed and in Unicode form NFC; may be empty.
pub fn paragraph(raw: &str) -> Result<String, Refusal> {
    cleaned(raw, PARAGRAPH, true)
}

/// Several lines that must be there.
pub fn required_paragraph(raw: &str) -> Result<String, Refusal> {
    let text = paragraph(raw)?;
    if text.is_empty() { Err(Refusal::new("missing")) } else { Ok(text) }
}

/// An electronic mail address as people write it: one `@`, a dotted domain, no spaces
/// (RFC 5321 limits: 64 before the sign, 254 in all). Lower-cased, since no mail host in use
/// tells cases apart and people type both.
pub fn email(raw: &str) -> Result<String, Refusal> {
    let text = required_line(raw)?.to_lowercase();
    let bad = || Refusal::new("email");
    let (local, host) = text.split_once('@').ok_or_else(bad)?;
    let dotted = host.contains('.') && !host.starts_with('.') && !host.ends_with('.');
    let plain = |s: &str| !s.contains(|c: char| c.is_whitespace() || "<>()[],;:\\\"@".contains(c));
    let sound = !local.is_empty() && local.len() <= 64 && text.len() <= 254 && dotted;
    if sound && plain(local) && plain(host) { Ok(text) } else { Err(bad()) }
}

/// A day written as `2027-05-18`. Years outside 1990 to 2100 are slips of the hand.
pub fn day(raw: &str) -> Result<Date, Refusal> {
    let text = required_line(raw)?;
    let day: Date = text.parse().map_err(|_| Refusal::new("date"))?;
    let plain = text.len() == "2027-05-18".len() && (1990..=2100).contains(&day.year());
    if plain { Ok(day) } else { Err(Refusal::new("date")) }
}

/// A whole number within bounds, written with ASCII digits.
pub fn number(raw: &str, least: i64, most: i64) -> Result<i64, Refusal> {
    let text = required_line(raw)?;
    let value: i64 = text.parse().map_err(|_| Refusal::new("number"))?;
    if (least..=most).contains(&value) {
        Ok(value)
    } else {
        Err(Refusal::new("out-of-range").with("least", least).with("most", most))
    }
}

/// A number with a part behind a point or a comma, such as degrees.
pub fn decimal(raw: &str) -> Result<f64, Refusal> {
    let text = required_line(raw)?.replace(',', ".");
    let plain = text.chars().all(|c| c.is_ascii_digit() || "+-.".contains(c));
    text.parse().ok().filter(|_| plain).ok_or_else(|| Refusal::new("decimal"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn bidi_controls_are_refused_and_the_persian_joiner_is_kept() {
        assert_eq!(line("a\u{202E}b").unwrap_err().code, "hidden-character");
        assert_eq!(line("می\u{200C}روم").unwrap(), "می\u{200C}روم");
        assert!(line("ශ්\u{200D}රී").is_ok());
        assert_eq!(line("ab\u{200D}c").unwrap_err().code, "hidden-character");
    }

    #[test]
    fn addresses() {
        assert_eq!(email(" A.B@Example.ORG ").unwrap(), "a.b@example.org");
        for bad in ["", "a", "a@b", "a b@c.d", "<a@b.c>", "a@@b.c"] {
            assert!(email(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn degrees() {
        assert_eq!(decimal(" -41,5 "), Ok(-41.5));
        for bad in ["", "nan", "inf", "1e9", "4.1.2", "41°"] {
            assert!(decimal(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn days() {
        assert_eq!(day(" 2027-05-18 ").unwrap(), jiff::civil::date(2027, 5, 18));
        assert_eq!(day("").unwrap_err().code, "missing");
        for bad in ["18.05.2027", "2027-02-30", "9999-01-01", "2027-05-18T09:00", "20270518", "５"]
        {
            assert_eq!(day(bad).unwrap_err().code, "date", "{bad}");
        }
    }

    proptest! {
        #[test]
        fn what_was_accepted_is_accepted_again_unchanged(raw in "\\PC{0,300}") {
            if let Ok(once) = line(&raw) {
                prop_assert_eq!(line(&once).unwrap(), once);
            }
        }
    }
}
