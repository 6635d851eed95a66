//! A message as somebody types it in a hurry: "Bishkek lands three hours late", «Бишкек опаздывает на
//! три часа», “比什凯克晚到三小时”. Only a delegation and a delay, or its absence, are understood; of anything
//! else nothing is guessed.

use crate::{DelegationId, delegation::Delegation, search::fold};

/// What was understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Understood {
    /// A delegation is late by so many minutes.
    Late(DelegationId, i64),
    /// A delegation does not come.
    Withdrawn(DelegationId),
}

/// Words that tell of a delay, as they begin; Chinese ones wherever they stand.
const LATE: [&str; 12] = [
    "late",
    "delay",
    "опозд",
    "опазд",
    "задерж",
    "позже",
    "поздн",
    "晚",
    "迟",
    "延误",
    "推迟",
    "延后",
];
/// Words that tell of an absence.
const ABSENT: [&str; 16] = [
    "not come",
    "not coming",
    "no longer com",
    "withdraw",
    "withdrew",
    "не приед",
    "не прилет",
    "не прибуд",
    "не будет участвовать",
    "отказал",
    "отказыва",
    "不来",
    "不能来",
    "不参加",
    "不出席",
    "退出",
];
/// Shortest and longest delay that is believed, in minutes.
const MINUTES: std::ops::RangeInclusive<i64> = 5..=72 * 60;

/// What a message says of one of these delegations.
pub fn understand(said: &str, delegations: &[Delegation]) -> Option<Understood> {
    let said = fold(said);
    let (delegation, rest) = named(&said, delegations)?;
    let words: Vec<&str> = rest.split(|c: char| !c.is_alphanumeric()).collect();
    let tells = |word: &str| match word.chars().next() {
        Some(first) if is_han(first) => rest.contains(word),
        _ => words.iter().any(|other| other.starts_with(word)),
    };
    if LATE.iter().any(|word| tells(word))
        && let Some(minutes) = minutes(&rest)
    {
        return Some(Understood::Late(delegation, minutes));
    }
    ABSENT.iter().any(|phrase| rest.contains(phrase)).then_some(Understood::Withdrawn(delegation))
}

fn is_han(c: char) -> bool {
    ('\u{3400}'..='\u{9FFF}').contains(&c)
}

/// The one delegation that is named, and the message without its name. A name that only stands inside a
/// longer one does not count; two delegations at once are none.
fn named(said: &str, delegations: &[Delegation]) -> Option<(DelegationId, String)> {
    let mut found: Vec<(String, DelegationId, String)> = Vec::new();
    for delegation in delegations {
        for version in delegation.name.versions.values() {
            let name = fold(&version.text);
            if let Some(rest) = without(said, &name) {
                found.push((name, delegation.id, rest));
            }
        }
    }
    let (longest, id, rest) = found.iter().max_by_key(|(name, ..)| name.chars().count())?;
    let one = |(name, other, _): &(String, DelegationId, String)| {
        other == id || (name != longest && longest.contains(name.as_str()))
    };
    found.iter().all(one).then(|| (*id, rest.clone()))
}

/// The message without a name that stands in it, in any of its cases.
fn without(said: &str, name: &str) -> Option<String> {
    if name.chars().any(is_han) {
        return said.contains(name).then(|| said.replace(name, " "));
    }
    let (words, parts): (Vec<&str>, Vec<&str>) = (split(said), split(name));
    if parts.is_empty() {
        return None;
    }
    let at = words
        .windows(parts.len())
        .position(|window| window.iter().zip(&parts).all(|(word, part)| declined(word, part)))?;
    let rest = words[..at].iter().chain(&words[at + parts.len()..]);
    // Amounts such as 2.5 are kept whole.
    Some(rest.copied().collect::<Vec<_>>().join(" "))
}

fn split(text: &str) -> Vec<&str> {
    let apart = |c: char| c.is_whitespace() || "\"'’«»“”()!?;:".contains(c);
    text.split(apart)
        .map(|word| word.trim_matches(['.', ',']))
        .filter(|word| !word.is_empty())
        .collect()
}

/// Whether a word is a name's word in any Russian case; elsewhere words stand as they are.
fn declined(word: &str, name: &str) -> bool {
    if word == name {
        return true;
    }
    let cyrillic = name.chars().all(|c| ('а'..='я').contains(&c) || c == '-');
    let stem = name.trim_end_matches(['а', 'я', 'о', 'е', 'ь', 'й', 'ы', 'и']);
    let length = stem.chars().count();
    let ending = word.strip_prefix(stem).map(|ending| ending.chars().count());
    cyrillic && length >= 2 && ending.is_some_and(|n| n <= length.min(3))
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

/// Chinese numerals up to ninety-nine, halves and units.
fn han(run: &str, parts: &mut Vec<Part>) {
    let mut value: Option<u32> = None;
    let mut rest = run;
    while let Some(c) = rest.chars().next() {
        let digit = match c {
            '两' => Some(2),
            _ => "零一二三四五六七八九"
                .chars()
                .position(|d| d == c)
                .and_then(|d| u32::try_from(d).ok()),
        };
        let unit = ["小时", "钟头", "分钟", "分", "天"].into_iter().find(|u| rest.starts_with(u));
        match (digit, unit) {
            (Some(digit), _) => value = Some(value.unwrap_or(0) + digit),
            _ if c == '十' => value = Some(value.unwrap_or(1) * 10),
            _ => {
                parts.extend(value.take().map(|n| Part::Number(f64::from(n))));
                parts.extend((c == '半').then_some(Part::Half));
                parts.extend(unit.and_then(word_part));
            }
        }
        rest = &rest[unit.filter(|_| digit.is_none()).map_or(c.len_utf8(), str::len)..];
    }
    parts.extend(value.map(|n| Part::Number(f64::from(n))));
}

/// The delay that a message tells, in minutes.
fn minutes(text: &str) -> Option<i64> {
    let (mut total, mut pending, mut article) = (0.0, None, false);
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
    #[expect(clippy::cast_possible_truncation, reason = "at most a few days")]
    let minutes = total.clamp(0.0, 1e6).round() as i64;
    MINUTES.contains(&minutes).then_some(minutes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{CityId, EditionId, Lang, Text, city::Origin, delegation::Party, precedence::Rank};
    use proptest::prelude::*;
    use uuid::Uuid;

    fn delegation(n: u128, zh: &str, ru: &str, en: &str) -> Delegation {
        Delegation {
            id: DelegationId(Uuid::from_u128(n)),
            edition: EditionId(Uuid::nil()),
            party: Party::City(CityId(Uuid::nil())),
            name: Text::new(Lang::Zh, zh).and(Lang::Ru, ru).and(Lang::En, en),
            rank: Rank::Head,
            quota: 1,
            languages: Vec::new(),
            arrival: None,
            departure: None,
            busy: Vec::new(),
            withdrawn: false,
            origin: Origin::Demonstration,
        }
    }

    fn all() -> Vec<Delegation> {
        vec![
            delegation(1, "比什凯克", "Бишкек", "Bishkek"),
            delegation(2, "乌法", "Уфа", "Ufa"),
            delegation(3, "三亚", "Санья", "Sanya"),
            delegation(4, "圣彼得堡", "Санкт-Петербург", "St Petersburg"),
            delegation(5, "彼得堡", "Петербург", "Petersburg"),
        ]
    }

    fn late(said: &str) -> Option<(u128, i64)> {
        match understand(said, &all())? {
            Understood::Late(id, minutes) => Some((id.0.as_u128(), minutes)),
            Understood::Withdrawn(_) => None,
        }
    }

    #[test]
    fn a_delay_is_understood_in_three_languages() {
        for (said, expected) in [
            ("Bishkek lands three hours late", (1, 180)),
            ("Bishkek's plane is delayed by 2.5 hours.", (1, 150)),
            ("The Ufa delegation is half an hour late", (2, 30)),
            ("UFA: an hour and a half late!", (2, 90)),
            ("Sanya delayed 3h30", (3, 210)),
            ("St Petersburg will be 90 min late", (4, 90)),
            ("Бишкек прилетает на три часа позже", (1, 180)),
            ("Делегация Бишкека опаздывает на 2,5 часа", (1, 150)),
            ("Уфа задерживается на час", (2, 60)),
            ("У Уфы задержка на полтора часа", (2, 90)),
            ("Рейс из Уфы опоздает на полчаса", (2, 30)),
            ("Санкт-Петербург опаздывает на 3 ч 20 мин", (4, 200)),
            ("Делегация Санкт-Петербурга задержится на три с половиной часа", (4, 210)),
            ("比什凯克晚到三小时", (1, 180)),
            ("比什凯克代表团推迟两个半小时到达", (1, 150)),
            ("乌法航班延误半个小时", (2, 30)),
            ("三亚晚点十二小时", (3, 720)),
            ("三亚代表团晚到四十五分钟", (3, 45)),
            ("圣彼得堡迟到3个小时", (4, 180)),
            ("Bishkek lands a day late", (1, 1440)),
            ("Бишкек опаздывает на сутки", (1, 1440)),
            ("比什凯克晚到一天", (1, 1440)),
        ] {
            assert_eq!(late(said), Some(expected), "{said}");
        }
    }

    #[test]
    fn an_absence_is_understood_and_nothing_is_guessed() {
        let ufa = Some(Understood::Withdrawn(DelegationId(Uuid::from_u128(2))));
        for said in ["Ufa is not coming", "Делегация Уфы не приедет", "乌法代表团不来了"]
        {
            assert_eq!(understand(said, &all()), ufa, "{said}");
        }
        for said in [
            "",
            "three hours late",
            "Osh lands three hours late",
            "Bishkek lands late",
            "Bishkek and Ufa land three hours late",
            "Bishkek is here in three hours",
            "Bishkek is 900 hours late",
            "Hall 3 is closed",
        ] {
            assert_eq!(understand(said, &all()), None, "{said}");
        }
        let twice =
            [delegation(1, "榴城", "Гранатовск", "Pomegrad"), delegation(2, "榴城", "х", "y")];
        assert_eq!(understand("榴城晚到三小时", &twice), None, "two of one name are none");
    }

    proptest! {
        #[test]
        fn no_message_is_too_strange(said in "\\PC{0,60}") {
            let _ = understand(&said, &all());
        }

        #[test]
        fn any_number_of_hours_and_minutes_is_read(hours in 1..30_i64, minutes in 1..59_i64) {
            let said = format!("Ufa is {hours} hours {minutes} minutes late");
            prop_assert_eq!(late(&said), Some((2, hours * 60 + minutes)));
            let said = format!("乌法晚到{hours}小时{minutes}分钟");
            prop_assert_eq!(late(&said), Some((2, hours * 60 + minutes)));
        }
    }
}
