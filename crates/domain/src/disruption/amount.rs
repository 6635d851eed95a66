//! Amounts of time in a message, as people say and type them: “3 h 20”, «полтора часа», “两个半小时”.

/// Shortest and longest delay that is believed, in minutes.
const MINUTES: std::ops::RangeInclusive<i64> = 5..=72 * 60;

pub(super) fn is_han(c: char) -> bool {
    ('\u{3400}'..='\u{9FFF}').contains(&c)
}

/// A part of an amount.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Part {
    Number(f64),
    /// "a", "an": one, unless an amount goes on.
    Article,
    Half,
    /// Minutes in one.
    Unit(f64),
    /// A whole amount in one word, in minutes.
    Whole(f64),
}

const WORDS: [(&str, f64); 39] = [
    ("one", 1.0),
    ("two", 2.0),
    ("three", 3.0),
    ("four", 4.0),
    ("five", 5.0),
    ("six", 6.0),
    ("seven", 7.0),
    ("eight", 8.0),
    ("nine", 9.0),
    ("ten", 10.0),
    ("twelve", 12.0),
    ("fifteen", 15.0),
    ("twenty", 20.0),
    ("thirty", 30.0),
    ("forty", 40.0),
    ("один", 1.0),
    ("одну", 1.0),
    ("два", 2.0),
    ("две", 2.0),
    ("три", 3.0),
    ("четыре", 4.0),
    ("пять", 5.0),
    ("шесть", 6.0),
    ("семь", 7.0),
    ("восемь", 8.0),
    ("девять", 9.0),
    ("десять", 10.0),
    ("двенадцать", 12.0),
    ("пятнадцать", 15.0),
    ("двадцать", 20.0),
    ("тридцать", 30.0),
    ("сорок", 40.0),
    ("полтора", 1.5),
    ("полторы", 1.5),
    ("трех", 3.0),
    ("двух", 2.0),
    ("четырех", 4.0),
    ("пяти", 5.0),
    ("полутора", 1.5),
];

fn word_part(word: &str) -> Option<Part> {
    if let Some((_, number)) = WORDS.iter().find(|(known, _)| *known == word) {
        return Some(Part::Number(*number));
    }
    Some(match word {
        "a" | "an" => Part::Article,
        "half" | "половиной" => Part::Half,
        // "Час", "день" without a number are one.
        "h" | "hr" | "hrs" | "hour" | "hours" | "ч" | "час" | "часа" | "часов" | "小时"
        | "钟头" => Part::Unit(60.0),
        "m" | "min" | "mins" | "minute" | "minutes" | "мин" | "минут" | "минуты" | "分钟"
        | "分" => Part::Unit(1.0),
        "day" | "days" | "день" | "дня" | "дней" | "сутки" | "天" => {
            Part::Unit(24.0 * 60.0)
        }
        "полчаса" | "получаса" => Part::Whole(30.0),
        _ => return None,
    })
}

/// The parts of an amount in a message; what is none is passed over.
fn parts(text: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let kind = |c: char| (c.is_ascii_digit(), is_han(c), c.is_alphabetic());
        let run = rest.find(|c| kind(c) != kind(first)).unwrap_or(rest.len());
        let (run, after) = rest.split_at(run.max(first.len_utf8()));
        rest = after;
        if first.is_ascii_digit() {
            rest = number(run, rest, &mut parts);
        } else if is_han(first) {
            han(run, &mut parts);
        } else {
            parts.extend(word_part(run));
        }
    }
    parts
}

/// Digits with a decimal point or comma; gives back what follows.
fn number<'a>(digits: &str, rest: &'a str, parts: &mut Vec<Part>) -> &'a str {
    let fraction = rest.strip_prefix(['.', ',']).unwrap_or_default();
    let end = fraction.find(|c: char| !c.is_ascii_digit()).unwrap_or(fraction.len());
    let (decimals, after) = fraction.split_at(end);
    let value = format!("{digits}.{decimals}0").parse().unwrap_or(0.0);
    parts.push(Part::Number(value));
    if decimals.is_empty() { rest } else { after }
}

/// A whole number in one word, in English or Russian.
pub(super) fn word_number(word: &str) -> Option<u32> {
    let (_, number) = WORDS.iter().find(|(known, _)| *known == word)?;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "up to forty")]
    (number.fract() == 0.0).then_some(*number as u32)
}

/// Chinese numerals up to ninety-nine at the beginning of a text, and how many bytes they take.
pub(super) fn han_number(text: &str) -> Option<(u32, usize)> {
    let (mut value, mut taken): (Option<u32>, usize) = (None, 0);
    for c in text.chars() {
        let digit = match c {
            '两' => Some(2),
            _ => "零一二三四五六七八九".chars().position(|d| d == c),
        };
        value = match digit.and_then(|d| u32::try_from(d).ok()) {
            Some(digit) => Some(value.unwrap_or(0).saturating_add(digit)),
            None if c == '十' => Some(value.unwrap_or(1).saturating_mul(10)),
            None => break,
        };
        taken += c.len_utf8();
    }
    value.map(|value| (value, taken))
}

/// Chinese numerals, halves and units.
fn han(run: &str, parts: &mut Vec<Part>) {
    let mut rest = run;
    while let Some(c) = rest.chars().next() {
        // "第一天" is a day of the calendar and no length.
        if let Some((_, taken)) = rest.strip_prefix('第').and_then(han_number) {
            let after = &rest[c.len_utf8() + taken..];
            rest = after.strip_prefix(['天', '日']).unwrap_or(after);
            continue;
        }
        if let Some((number, taken)) = han_number(rest) {
            parts.push(Part::Number(f64::from(number)));
            rest = &rest[taken..];
            continue;
        }
        let unit = ["小时", "钟头", "分钟", "分", "天"].into_iter().find(|u| rest.starts_with(u));
        parts.extend((c == '半').then_some(Part::Half));
        parts.extend(unit.and_then(word_part));
        rest = &rest[unit.map_or(c.len_utf8(), str::len)..];
    }
}

/// The delay that a message tells, in minutes.
pub(super) fn minutes(text: &str) -> Option<i64> {
    let (mut total, mut pending, mut article) = (0.0, None, false);
    let mut bare_day = false;
    let mut last = None;
    for part in parts(text) {
        match part {
            Part::Number(n) => (pending, article) = (Some(n), false),
            Part::Article if pending.is_none() => (pending, article) = (Some(1.0), true),
            Part::Article => {}
            Part::Half => {
                let whole = pending.filter(|_| !article).unwrap_or(0.0);
                (pending, article) = (Some(whole + 0.5), false);
            }
            // "The first day" is no length where another is told.
            Part::Unit(unit) if pending.is_none() && unit > 60.0 => bare_day = true,
            Part::Unit(unit) => {
                // Two units in a row are one amount said twice, not two amounts.
                if pending.is_some() || last.is_none() {
                    total += pending.take().unwrap_or(1.0) * unit;
                }
                (last, article) = (Some(unit), false);
            }
            Part::Whole(amount) => (total, last) = (total + amount, Some(1.0)),
        }
    }
    // "An hour and a half", "3 h 30".
    match (pending, last) {
        (Some(half), Some(unit)) if half < 1.0 => total += half * unit,
        (Some(rest), Some(unit)) if !article && (unit - 60.0).abs() < 0.5 && rest < 60.0 => {
            total += rest;
        }
        _ => {}
    }
    if bare_day && total < 0.5 {
        total = 24.0 * 60.0;
    }
    #[expect(clippy::cast_possible_truncation, reason = "at most a few days")]
    let minutes = total.clamp(0.0, 1e6).round() as i64;
    MINUTES.contains(&minutes).then_some(minutes)
}
