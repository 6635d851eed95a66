//! Lengths as people write them: `30`, `45 мин`, `1小时30分`, `1:15`, `1,5 ч`, `一刻钟`, `полчаса`, `20-30分钟`.
//!
//! Every sign has to be understood, or nothing is: a length is never guessed.

use super::date::arabic;
use crate::{Refusal, search};

/// A length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Length {
    /// In minutes; of a range, its greater end.
    pub minutes: i64,
    /// Whether it was said as a range.
    pub range: bool,
}

/// Words, and what they come to in numbers, `H` for hours, `Q` for quarters, `M` for minutes and `-` between
/// the ends of a range. What holds another word stands before it.
const WORDS: &[(&str, &str)] = &[
    ("приблизительно", " "),
    ("ориентировочно", " "),
    ("примерно", " "),
    ("около", " "),
    ("не более", " "),
    ("не больше", " "),
    ("максимум", " "),
    ("approximately", " "),
    ("approx.", " "),
    ("about", " "),
    ("up to", " "),
    ("max.", " "),
    ("不超过", " "),
    ("大约", " "),
    ("左右", " "),
    ("大概", " "),
    ("最多", " "),
    ("以内", " "),
    ("约", " "),
    ("три четверти часа", "45M"),
    ("четверть часа", "15M"),
    ("полтора часа", "90M"),
    ("пол часа", "30M"),
    ("полчаса", "30M"),
    ("three quarters of an hour", "45M"),
    ("a quarter of an hour", "15M"),
    ("quarter of an hour", "15M"),
    ("an hour and a half", "90M"),
    ("one and a half hours", "90M"),
    ("half an hour", "30M"),
    ("half-hour", "30M"),
    ("half hour", "30M"),
    ("one hour", "1H"),
    ("an hour", "1H"),
    ("个半小时", "H30M"),
    ("个半钟头", "H30M"),
    ("小时半", "H30M"),
    ("半个小时", "30M"),
    ("半个钟头", "30M"),
    ("半小时", "30M"),
    ("个小时", "H"),
    ("个钟头", "H"),
    ("刻钟", "Q"),
    ("小时", "H"),
    ("钟头", "H"),
    ("分钟", "M"),
    ("分", "M"),
    ("时", "H"),
    (" до ", "-"),
    (" или ", "-"),
    (" to ", "-"),
    (" or ", "-"),
    ("от ", " "),
    ("часов", "H"),
    ("часа", "H"),
    ("час.", "H"),
    ("час", "H"),
    ("ч.", "H"),
    ("ч", "H"),
    ("минуты", "M"),
    ("минута", "M"),
    ("минут", "M"),
    ("мин.", "M"),
    ("мин", "M"),
    ("м.", "M"),
    ("м", "M"),
    ("hours", "H"),
    ("hour", "H"),
    ("hrs", "H"),
    ("hr", "H"),
    ("h", "H"),
    ("minutes", "M"),
    ("minute", "M"),
    ("mins", "M"),
    ("min.", "M"),
    ("min", "M"),
    ("m", "M"),
    ("'", "M"),
    ("’", "M"),
    ("′", "M"),
    ("–", "-"),
    ("—", "-"),
    ("~", "-"),
    ("～", "-"),
    ("至", "-"),
    ("到", "-"),
    ("或", "-"),
];

/// The length that a cell says.
pub fn read(raw: &str) -> Result<Length, Refusal> {
    let unread = || Refusal::new("meeting-length-unread").with("said", raw.trim());
    let folded = search::fold(raw).replace(',', ".").replace('两', "2");
    let said = folded.strip_prefix("до ").unwrap_or(&folded);
    let said = WORDS.iter().fold(arabic(said), |said, (word, short)| said.replace(word, short));
    let ends: Vec<&str> = said.split('-').map(str::trim).collect();
    let (minutes, range) = match ends[..] {
        [one] => (part(one, 'M'), false),
        [low, high] => {
            // In `1-1,5 ч` both ends are hours.
            let unit = high.chars().find(char::is_ascii_uppercase).unwrap_or('M');
            let both = part(low, unit).zip(part(high, 'M'));
            (both.map(|(low, high)| low.max(high)), true)
        }
        _ => (None, false),
    };
    let minutes = minutes.filter(|minutes| *minutes > 0).ok_or_else(unread)?;
    Ok(Length { minutes, range })
}

/// Numbers with their units; the last may have none, and is minutes then if it follows hours.
fn part(said: &str, bare: char) -> Option<i64> {
    let mut rest = said;
    let (mut total, mut after_hours, mut any) = (0_i64, false, false);
    while !rest.is_empty() {
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
        let (number, behind) = rest.split_at(end);
        let behind = behind.trim_start();
        let (unit, next) = match behind.chars().next() {
            Some(unit @ ('H' | 'M' | 'Q')) => (unit, &behind[1..]),
            Some(':') if is_clock(&behind[1..]) => ('H', &behind[1..]),
            Some(_) => return None,
            None => (if after_hours { 'M' } else { bare }, ""),
        };
        let number = if number.is_empty() && unit == 'H' && !any { "1" } else { number };
        total = total.checked_add(minutes(number, unit)?)?;
        (after_hours, any) = (unit == 'H', true);
        rest = next.trim_start();
    }
    any.then_some(total)
}

/// Whether what stands behind a colon is the minutes of `1:15`.
fn is_clock(behind: &str) -> bool {
    behind.len() == 2 && behind.chars().all(|c| c.is_ascii_digit())
}

fn minutes(number: &str, unit: char) -> Option<i64> {
    let (whole, part) = number.split_once('.').unwrap_or((number, ""));
    let whole: i64 = whole.parse().ok()?;
    let each = match unit {
        'H' => 60,
        'Q' => 15,
        _ => 1,
    };
    let hundredths: i64 = match part.len() {
        0 => 0,
        1 => part.parse::<i64>().ok()? * 10,
        2 => part.parse().ok()?,
        _ => return None,
    };
    whole.checked_mul(each)?.checked_add(hundredths * each / 100)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn lengths_as_people_type_them() {
        let good = [
            ("30", 30),
            ("45 мин.", 45),
            ("45'", 45),
            ("1小时30分", 90),
            ("1:15", 75),
            ("1:00", 60),
            ("1.5 h", 90),
            ("1,5 ч", 90),
            ("1,25 часа", 75),
            ("2ч", 120),
            ("1h", 60),
            ("1h30", 90),
            ("1 ч. 30 мин.", 90),
            ("полчаса", 30),
            ("час", 60),
            ("1 час", 60),
            ("2 часа", 120),
            ("полтора часа", 90),
            ("четверть часа", 15),
            ("半小时", 30),
            ("半个小时", 30),
            ("一小时", 60),
            ("两小时", 120),
            ("一个半小时", 90),
            ("一小时半", 90),
            ("一刻钟", 15),
            ("三刻钟", 45),
            ("四十五分钟", 45),
            ("约30分钟", 30),
            ("30分钟左右", 30),
            ("около часа", 60),
            ("до 30 мин", 30),
            ("half an hour", 30),
            ("a quarter of an hour", 15),
            ("one hour", 60),
            ("an hour", 60),
            ("90 minutes", 90),
        ];
        for (said, minutes) in good {
            assert_eq!(read(said), Ok(Length { minutes, range: false }), "{said}");
        }
    }

    #[test]
    fn a_range_is_its_greater_end_and_says_so() {
        let ranges = [
            ("20-30分钟", 30),
            ("20～30分钟", 30),
            ("二十至三十分钟", 30),
            ("30或45分钟", 45),
            ("半小时到一小时", 60),
            ("20–30 мин.", 30),
            ("от 20 до 30 минут", 30),
            ("1-1,5 ч", 90),
            ("1-2 часа", 120),
            ("30 to 45 min", 45),
            ("45-30", 45),
        ];
        for (said, minutes) in ranges {
            assert_eq!(read(said), Ok(Length { minutes, range: true }), "{said}");
        }
    }

    #[test]
    fn what_is_no_length_is_asked_about() {
        for said in [
            "",
            "долго",
            "-5",
            "0",
            "很久",
            "30 45",
            "20-",
            "10-20-30",
            "1:",
            "мин",
            "30 мин или больше",
            "三方",
            "99999999999999999999",
            "9223372036854775807 ч",
            "1.234",
        ] {
            let code = read(said).map_err(|refusal| refusal.code);
            assert_eq!(code, Err("meeting-length-unread".to_owned()), "{said}");
        }
    }

    proptest! {
        /// Whatever way a length is written, it is the same; two of them are a range.
        #[test]
        fn every_way_of_writing_is_one_length(hours in 1..5_i64, minutes in 1..60_i64, less in 0..60_i64) {
            let whole = hours * 60 + minutes;
            for said in [
                format!("{hours} ч {minutes} мин"),
                format!("{hours}小时{minutes}分钟"),
                format!("{hours}h{minutes}"),
                format!("{hours}:{minutes:02}"),
                format!("{whole}"),
                format!("{whole} minutes"),
            ] {
                prop_assert_eq!(read(&said), Ok(Length { minutes: whole, range: false }), "{}", said);
                let low = whole - less.min(whole - 1);
                let range = format!("{low} мин – {said}");
                prop_assert_eq!(read(&range), Ok(Length { minutes: whole, range: true }), "{}", range);
            }
        }

        #[test]
        fn nothing_typed_makes_it_fall_over(raw in "\\PC{0,20}", near in "[0-9.:чhмM半个小时分 -]{0,12}") {
            for said in [raw, near] {
                if let Ok(length) = read(&said) {
                    prop_assert!(length.minutes > 0);
                }
            }
        }
    }
}
