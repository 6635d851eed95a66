//! Numbers in a text: the cheapest check that two languages say the same.
//!
//! Digits of any script, group and decimal marks by the custom of the language, scale words (万, млн,
//! million) and month names beside a number are read to the same value. Numbers written as
//! words (两年, двух лет) are not read: a difference is a hint to a person, not a fault.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{Lang, token::tokens};

/// A decimal number: its digits without zeros at either end, and the power of ten behind them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Figure {
    digits: String,
    power: i32,
}

impl Figure {
    fn new(digits: &str, power: i32) -> Self {
        let whole = digits.trim_end_matches('0');
        let zeros = i32::try_from(digits.len() - whole.len()).unwrap_or_default();
        let digits = whole.trim_start_matches('0').to_owned();
        if digits.is_empty() {
            Figure { digits: "0".to_owned(), power: 0 }
        } else {
            Figure { digits, power: power.saturating_add(zeros) }
        }
    }
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let behind = usize::try_from(-self.power).unwrap_or_default();
        let zeros = usize::try_from(self.power).unwrap_or_default().min(30);
        let digits = format!("{:0>width$}", self.digits, width = behind + 1);
        let (whole, part) = digits.split_at(digits.len() - behind);
        let point = if part.is_empty() { "" } else { "." };
        write!(f, "{whole}{}{point}{part}", "0".repeat(zeros))
    }
}

/// A digit of the scripts in which our texts are written.
fn digit(c: char) -> Option<char> {
    let zeros = ['0', '\u{0660}', '\u{06F0}', '\u{FF10}'];
    let value = zeros
        .iter()
        .find_map(|zero| u32::from(c).checked_sub(u32::from(*zero)).filter(|value| *value < 10));
    value.and_then(|value| char::from_digit(value, 10))
}

/// Between digits: whether the mark groups them by three, or begins the decimal part.
fn mark(c: char, lang: Lang) -> Option<bool> {
    match (lang, c) {
        (Lang::Ru, ' ' | '\u{00A0}') | (Lang::Zh | Lang::En, ',') | (Lang::Fa, '٬' | ',') => {
            Some(true)
        }
        (Lang::Ru, ',') | (Lang::Zh | Lang::En, '.') | (Lang::Fa, '٫' | '.' | '/') => Some(false),
        _ => None,
    }
}

/// Powers of ten that stand behind a number as a word.
const SCALES: [(&str, i32); 17] = [
    ("万", 4),
    ("亿", 8),
    ("thousand", 3),
    ("million", 6),
    ("billion", 9),
    ("тыс", 3),
    ("тысяч", 3),
    ("тысячи", 3),
    ("млн", 6),
    ("миллион", 6),
    ("миллиона", 6),
    ("миллионов", 6),
    ("млрд", 9),
    ("миллиарда", 9),
    ("миллиардов", 9),
    ("هزار", 3),
    ("میلیون", 6),
];

/// Months as they stand beside a day or a year, by number.
const MONTHS: [[&str; 4]; 12] = [
    ["January", "января", "январь", "ژانویه"],
    ["February", "февраля", "февраль", "فوریه"],
    ["March", "марта", "март", "مارس"],
    ["April", "апреля", "апрель", "آوریل"],
    ["May", "мая", "май", "مه"],
    ["June", "июня", "июнь", "ژوئن"],
    ["July", "июля", "июль", "ژوئیه"],
    ["August", "августа", "август", "اوت"],
    ["September", "сентября", "сентябрь", "سپتامبر"],
    ["October", "октября", "октябрь", "اکتبر"],
    ["November", "ноября", "ноябрь", "نوامبر"],
    ["December", "декабря", "декабрь", "دسامبر"],
];

/// The number that begins here, and how many characters it takes.
fn number(chars: &[char], lang: Lang) -> Option<(String, i32, usize)> {
    let run = |from: usize| chars[from..].iter().map_while(|c| digit(*c)).count();
    let mut digits: String = chars.iter().map_while(|c| digit(*c)).collect();
    let (mut at, mut power) = (digits.len(), 0);
    if at == 0 {
        return None;
    }
    // A first group has at most three digits; a year does not swallow what follows.
    let mut grouped = at <= 3;
    while let Some(groups) = chars.get(at).and_then(|c| mark(*c, lang)) {
        let next = run(at + 1);
        if next == 0 || (groups && !(grouped && next == 3)) {
            break;
        }
        digits.extend(chars[at + 1..at + 1 + next].iter().filter_map(|c| digit(*c)));
        at += 1 + next;
        grouped = groups;
        if !groups {
            power = -i32::try_from(next).unwrap_or_default();
            break;
        }
    }
    Some((digits, power, at))
}

/// The numbers of a text in a fixed order that is not that of the text; equal lists say the same.
pub fn figures(text: &str, lang: Lang) -> Vec<Figure> {
    let chars: Vec<char> = text.chars().collect();
    let (mut found, mut at) = (Vec::new(), 0);
    while at < chars.len() {
        let Some((digits, mut power, length)) = number(&chars[at..], lang) else {
            at += 1;
            continue;
        };
        at += length;
        let rest: String = chars[at..].iter().take(20).collect();
        let next = tokens(rest.trim_start()).first().copied().unwrap_or_default().to_owned();
        power += SCALES.iter().find(|(word, _)| *word == next).map_or(0, |(_, power)| *power);
        found.push(Figure::new(&digits, power));
    }
    found.extend(months(text));
    found.sort();
    found
}

/// The months that stand directly beside a number.
fn months(text: &str) -> Vec<Figure> {
    let pieces: Vec<&str> = tokens(text).into_iter().filter(|t| !t.trim().is_empty()).collect();
    let number = |at: Option<usize>| {
        let piece = at.and_then(|at| pieces.get(at));
        piece.is_some_and(|piece| piece.chars().next().and_then(digit).is_some())
    };
    let figure = |(at, piece): (usize, &&str)| {
        let month = month(piece)?;
        let beside = number(at.checked_sub(1)) || number(Some(at + 1));
        beside.then(|| Figure::new(&month.to_string(), 0))
    };
    pieces.iter().enumerate().filter_map(figure).collect()
}

/// The number of a month by one of its names.
pub(crate) fn month(name: &str) -> Option<i8> {
    let place = MONTHS.iter().position(|names| names.contains(&name))?;
    i8::try_from(place + 1).ok()
}

/// The numbers that only one of two language versions has: those of the first, those of the second.
pub fn differing(one: (&str, Lang), two: (&str, Lang)) -> (Vec<Figure>, Vec<Figure>) {
    let without = |mut all: Vec<Figure>, taken: &[Figure]| {
        for figure in taken {
            if let Some(at) = all.iter().position(|other| other == figure) {
                all.remove(at);
            }
        }
        all
    };
    let (a, b) = (figures(one.0, one.1), figures(two.0, two.1));
    (without(a.clone(), &b), without(b, &a))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str, lang: Lang) -> Vec<String> {
        figures(text, lang).iter().map(Figure::to_string).collect()
    }

    #[test]
    fn the_same_numbers_are_the_same_in_every_language() {
        let versions = [
            ("2027年5月18日前投入1,250.5万元，覆盖120个城市。", Lang::Zh),
            ("До 18 мая 2027 года направить 12,505 млн юаней в 120 городов.", Lang::Ru),
            ("By 18 May 2027, invest 12,505,000 yuan in 120 cities; they may add.", Lang::En),
            ("تا ۱۸ مه ۲۰۲۷ مبلغ ۱۲٫۵۰۵ میلیون یوان در ۱۲۰ شهر", Lang::Fa),
        ];
        for (text, lang) in versions {
            assert_eq!(differing(versions[0], (text, lang)), (vec![], vec![]), "{text}");
        }
        assert_eq!(read("1 000 000 и 12 100,50", Lang::Ru), ["1000000", "12100.5"]);
        assert_eq!(read("в 2027 100 городов", Lang::Ru), ["100", "2027"]);
        assert_eq!(read("００７ 0 0.05 1.5亿", Lang::Zh), ["0", "150000000", "0.05", "7"]);
    }

    #[test]
    fn a_changed_number_is_shown_on_both_sides() {
        let (one, two) =
            differing(("每2年，共3次", Lang::Zh), ("каждые 3 года, всего 3 раза", Lang::Ru));
        let shown = |all: Vec<Figure>| all.iter().map(Figure::to_string).collect::<Vec<_>>();
        assert_eq!((shown(one), shown(two)), (vec!["2".to_owned()], vec!["3".to_owned()]));
    }

    proptest! {
        #[test]
        fn a_number_is_read_as_it_was_written(whole in 0_u64..1_000_000_000, part in 1_u32..1_000) {
            let text = format!("a {whole}.{part} b");
            let behind = i32::try_from(part.to_string().len()).unwrap();
            let expected = Figure::new(&format!("{whole}{part}"), -behind);
            prop_assert_eq!(figures(&text, Lang::En), vec![expected.clone()]);
            prop_assert_eq!(read(&expected.to_string(), Lang::En), vec![expected.to_string()]);
        }

        #[test]
        fn any_text_is_read(text in "(\\PC|[0-9.,٫٬ 万]){0,60}") {
            for lang in Lang::ALL {
                prop_assert_eq!(differing((&text, lang), (&text, lang)), (vec![], vec![]));
            }
        }
    }
}
