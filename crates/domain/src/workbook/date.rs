//! Dates as people type them: `2027年5月18日 20:10`, `18 мая 2027 г. в 15-00`, `18.05.27`, `5月18日`,
//! `18 May 2027, 3:30 pm`.
//!
//! Every sign has to be understood, or nothing is: "after 31 June" is no date. Where numbers alone
//! could be read both ways the day stands before the month, as in Russian and English; beside Chinese words
//! it may be the other way, so that nothing is read. A day alone is the one nearest to the edition.

use jiff::civil::{Date, Time, Weekday};

use crate::{Refusal, delegation::Moment, search};

/// Days before the first and after the last day of the edition within which a stay can lie.
pub const NEAR_DAYS: i32 = 60;

/// The days of the edition that a date belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Around {
    /// Its first day.
    pub first: Date,
    /// Its last day.
    pub last: Date,
}

/// Reads a day and, when one is given, a time. A date without a year is the one nearest to the
/// edition.
pub fn read(raw: &str, around: Around) -> Result<Moment, Refusal> {
    let unread = || Refusal::new("date-unread").with("said", raw.trim());
    let mut signs = Signs::of(raw).ok_or_else(unread)?;
    let weekday = signs.take_weekday();
    let (year, month, day) = signs.take_date().ok_or_else(unread)?;
    let time = signs.take_time().map_err(|()| unread())?;
    if !signs.rest.is_empty() {
        return Err(unread());
    }
    let day = dated(year, month, day, around).ok_or_else(unread)?;
    let far =
        (day - around.first).get_days() < -NEAR_DAYS || (day - around.last).get_days() > NEAR_DAYS;
    if far {
        return Err(Refusal::new("date-far").with("said", raw.trim()).with("most", NEAR_DAYS));
    }
    if weekday.is_some_and(|stated| stated != day.weekday()) {
        return Err(Refusal::new("weekday-differs").with("said", raw.trim()));
    }
    Ok(Moment { day, time })
}

/// A date without a year, or without a month, is the nearest to the edition.
fn dated(year: Option<i16>, month: Option<i8>, day: i8, around: Around) -> Option<Date> {
    if let (Some(year), Some(month)) = (year, month) {
        return Date::new(year, month, day).ok();
    }
    let first = around.first.first_of_month();
    let months = (-13..=13_i32).filter_map(|n| first.checked_add(jiff::Span::new().months(n)).ok());
    let dates = months.filter(|of| month.is_none_or(|month| of.month() == month));
    let distance = |d: &Date| (*d - around.first).get_days().abs();
    dates.filter_map(|of| Date::new(of.year(), of.month(), day).ok()).min_by_key(distance)
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Sign {
    Number { value: i16, digits: usize },
    Word(String),
    Mark(char),
}

/// What is still to be read.
struct Signs {
    rest: Vec<Sign>,
}

impl Signs {
    /// Cuts a text into numbers, words and marks; Han characters are words of one character.
    fn of(raw: &str) -> Option<Self> {
        let mut rest = Vec::new();
        let text = arabic(&search::fold(raw));
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            let mut run = String::from(c);
            if c.is_ascii_digit() {
                while let Some(d) = chars.next_if(char::is_ascii_digit) {
                    run.push(d);
                }
                rest.push(Sign::Number { value: run.parse().ok()?, digits: run.len() });
            } else if super::is_han(c) {
                rest.push(Sign::Word(run));
            } else if c.is_alphabetic() {
                while let Some(l) = chars.next_if(|l| l.is_alphabetic() && !super::is_han(*l)) {
                    run.push(l);
                }
                rest.push(Sign::Word(run));
            } else if !c.is_whitespace() {
                rest.push(Sign::Mark(c));
            }
        }
        Some(Self { rest })
    }

    fn number(&self, at: usize) -> Option<(i16, usize)> {
        match self.rest.get(at)? {
            Sign::Number { value, digits } => Some((*value, *digits)),
            _ => None,
        }
    }

    fn word(&self, at: usize) -> &str {
        match self.rest.get(at) {
            Some(Sign::Word(word)) => word,
            _ => "",
        }
    }

    fn mark(&self, at: usize) -> Option<char> {
        match self.rest.get(at)? {
            Sign::Mark(mark) => Some(*mark),
            _ => None,
        }
    }

    fn is_word(&self, at: usize, words: &[&str]) -> bool {
        words.contains(&self.word(at))
    }

    /// Takes the name of a weekday out, with the brackets and commas around it.
    fn take_weekday(&mut self) -> Option<Weekday> {
        let (at, len, day) = (0..self.rest.len()).find_map(|at| {
            let (len, day) = self.weekday_at(at)?;
            Some((at, len, day))
        })?;
        let from = at - usize::from(at > 0 && matches!(self.mark(at - 1), Some('(' | '[')));
        let closed = matches!(self.mark(at + len), Some(')' | ']' | ','));
        self.rest.drain(from..at + len + usize::from(closed));
        Some(day)
    }

    fn weekday_at(&self, at: usize) -> Option<(usize, Weekday)> {
        let nth = |n: usize| WEEKDAYS.get(n).copied();
        let han =
            |at: usize| "一二三四五六日天".chars().position(|c| self.word(at) == c.to_string());
        let week = match (self.word(at), self.word(at + 1)) {
            ("周", _) => 1,
            ("星", "期") | ("礼", "拜") => 2,
            _ => {
                let word = self.word(at);
                let found = WEEKDAY_WORDS.iter().position(|words| words.contains(&word))?;
                return nth(found).map(|day| (1, day));
            }
        };
        nth(han(at + week)?.min(6)).map(|day| (week + 1, day))
    }

    /// Takes a date from the front: year if any, month if any, day.
    fn take_date(&mut self) -> Option<(Option<i16>, Option<i8>, i8)> {
        if let Some((taken, day)) = self.day_alone() {
            self.rest.drain(..taken);
            return Some((None, None, day.try_into().ok()?));
        }
        let (taken, year, month, day) = self.date_by_signs().or_else(|| self.date_by_words())?;
        self.rest.drain(..taken);
        Some((year, Some(month.try_into().ok()?), day.try_into().ok()?))
    }

    /// `16日`, `16-го`, `16 числа`, `16th`.
    fn day_alone(&self) -> Option<(usize, i16)> {
        let (day, 1 | 2) = self.number(0)? else { return None };
        if self.is_word(1, &["日", "号"]) {
            return Some((2, day));
        }
        let end = 1 + usize::from(self.mark(1) == Some('-'));
        let of = usize::from(self.word(end + 1) == "числа");
        let alone = self.is_word(end, &["го", "числа", "st", "nd", "rd", "th"]);
        (alone && self.rest.len() == end + 1 + of).then_some((end + 1 + of, day))
    }

    /// `2027年5月18日`, `2027-5-18`, `5月18号`, `18.05.27`.
    fn date_by_signs(&self) -> Option<(usize, Option<i16>, i16, i16)> {
        let (a, digits) = self.number(0)?;
        let step = |at: usize, han: &str| {
            self.word(at) == han || matches!(self.mark(at), Some('.' | '-' | '/'))
        };
        let closed = |at: usize| at + usize::from(self.is_word(at, &["日", "号"]));
        if digits == 4 && step(1, "年") {
            let ((month, _), (day, _)) = (self.number(2)?, self.number(4)?);
            return step(3, "月").then_some((closed(5), Some(a), month, day));
        }
        let (b, _) = self.number(2)?;
        if self.word(1) == "月" {
            return Some((closed(3), None, a, b));
        }
        let same = self.mark(1).filter(|m| ".-/".contains(*m))?;
        let third = self.number(4).filter(|_| self.mark(3) == Some(same));
        match third {
            Some((year, digits @ (2 | 4))) => {
                Some((self.after_year(5), Some(whole_year(year, digits)), b, a))
            }
            Some(_) => None,
            // Beside Chinese words the month may stand first, so that only one way may be left.
            None => match (a <= 12, b <= 12) {
                (true, false) => Some((3, None, a, b)),
                (true, true) if a != b && self.has_han() => None,
                _ => Some((3, None, b, a)),
            },
        }
    }

    fn has_han(&self) -> bool {
        self.rest
            .iter()
            .any(|sign| matches!(sign, Sign::Word(word) if word.chars().any(super::is_han)))
    }

    /// `18 мая 2027 г.`, `18 May`, `May 18, 2027`.
    fn date_by_words(&self) -> Option<(usize, Option<i16>, i16, i16)> {
        let month_at = |at: usize| {
            let word = self.word(at);
            let found = MONTHS.iter().position(|m| m.contains(&word))?;
            i16::try_from(found + 1).ok()
        };
        let (mut at, month, day) = if let Some((day, 1 | 2)) = self.number(0) {
            let at = 1 + usize::from(self.is_word(1, &["st", "nd", "rd", "th", "of"]));
            (at + 1, month_at(at)?, day)
        } else {
            let at = 1 + usize::from(self.mark(1) == Some('.'));
            let (day, _) = self.number(at)?;
            let end = at + 1 + usize::from(self.is_word(at + 1, &["st", "nd", "rd", "th"]));
            (end, month_at(0)?, day)
        };
        at += usize::from(self.mark(at) == Some('.'));
        let comma = usize::from(self.mark(at) == Some(','));
        match self.number(at + comma) {
            Some((year, 4)) => Some((self.after_year(at + comma + 1), Some(year), month, day)),
            _ => Some((at, None, month, day)),
        }
    }

    /// Past a Russian "г." or "года".
    fn after_year(&self, at: usize) -> usize {
        match self.word(at) {
            "года" | "год" => at + 1,
            "г" => at + 1 + usize::from(self.mark(at + 1) == Some('.')),
            _ => at,
        }
    }

    /// Takes a time from the front, if there is one: `20:10`, `в 15-00`, `下午3点半`, `3:30 pm`.
    fn take_time(&mut self) -> Result<Option<Time>, ()> {
        let mut at = usize::from(self.mark(0) == Some(','));
        at += usize::from(self.is_word(at, &["в", "at", "t"]));
        let mut noon = self.half_at(&mut at);
        let Some((hour, 1 | 2)) = self.number(at) else {
            return if self.rest.is_empty() { Ok(None) } else { Err(()) };
        };
        let split = self.is_word(at + 1, &["时", "点", "ч", "h", "час", "часов"])
            || matches!(self.mark(at + 1), Some(':' | '.' | '-'));
        at += 1 + usize::from(split);
        at += usize::from(split && self.mark(at) == Some('.'));
        let minute = match self.number(at) {
            Some((minute, 2)) if split => {
                at += 1;
                at += usize::from(self.is_word(at, &["分", "мин"]));
                at += usize::from(self.mark(at) == Some('.') && self.rest.len() == at + 1);
                at += self.seconds_at(at);
                minute
            }
            _ if self.word(at) == "半" => {
                at += 1;
                30
            }
            _ if self.rest.get(at - 1) == Some(&Sign::Mark(':')) => return Err(()),
            _ => 0,
        };
        noon = noon.or_else(|| self.half_at(&mut at));
        if !split && noon.is_none() {
            return Err(());
        }
        self.rest.drain(..at);
        Ok(Some(clock(hour, minute, noon).ok_or(())?))
    }

    /// Seconds that say nothing.
    fn seconds_at(&self, at: usize) -> usize {
        let zero = self.number(at + 1).is_some_and(|(_, digits)| digits == 2);
        if self.mark(at) == Some(':') && zero { 2 } else { 0 }
    }

    /// The half of the day, if one is named: whether it is the second.
    fn half_at(&self, at: &mut usize) -> Option<bool> {
        let halves: [(&[&str], &[&str], bool); 3] = [
            (&["上", "早", "凌"], &["午", "上", "晨"], false),
            (&["下", "晚", "中"], &["午", "上"], true),
            (&["утра", "am"], &[], false),
        ];
        let late = ["вечера", "дня", "pm"];
        let one = self.word(*at);
        if late.contains(&one) {
            *at += 1;
            return Some(true);
        }
        let found = halves.iter().find(|(first, second, _)| {
            first.contains(&one) && (second.is_empty() || self.is_word(*at + 1, second))
        });
        found.map(|(_, second, late)| {
            *at += 1 + usize::from(!second.is_empty());
            *late
        })
    }
}

/// An hour on the clock of the half of the day that was named.
fn clock(hour: i16, minute: i16, late: Option<bool>) -> Option<Time> {
    let hour = match late {
        Some(true) if hour < 12 => hour + 12,
        Some(false) if hour == 12 => 0,
        _ => hour,
    };
    Time::new(hour.try_into().ok()?, minute.try_into().ok()?, 0, 0).ok()
}

fn whole_year(year: i16, digits: usize) -> i16 {
    if digits == 2 { 2000 + year } else { year }
}

/// Chinese numerals of a date in digits: 五月十八日 as 5月18日. The numeral of a weekday stays.
pub(super) fn arabic(text: &str) -> String {
    const DIGITS: &str = "〇一二三四五六七八九";
    let chars: Vec<char> = text.chars().map(|c| if c == '零' { '〇' } else { c }).collect();
    let digit = |c: char| DIGITS.chars().position(|d| d == c);
    let mut out = String::new();
    let mut at = 0;
    while at < chars.len() {
        let run = chars[at..].iter().take_while(|c| digit(**c).is_some() || **c == '十').count();
        let of_week = at > 0 && matches!(chars[at - 1], '周' | '期' | '拜');
        if run == 0 || of_week {
            out.push(chars[at]);
            at += 1;
            continue;
        }
        let numeral = &chars[at..at + run];
        match numeral.iter().position(|c| *c == '十') {
            None => numeral.iter().filter_map(|c| digit(*c)).for_each(|d| out += &d.to_string()),
            Some(ten) => {
                let tens = numeral[..ten].last().and_then(|c| digit(*c)).unwrap_or(1);
                let ones = numeral[ten + 1..].first().and_then(|c| digit(*c)).unwrap_or(0);
                out += &(tens * 10 + ones).to_string();
            }
        }
        at += run;
    }
    out
}

const WEEKDAYS: [Weekday; 7] = [
    Weekday::Monday,
    Weekday::Tuesday,
    Weekday::Wednesday,
    Weekday::Thursday,
    Weekday::Friday,
    Weekday::Saturday,
    Weekday::Sunday,
];

const WEEKDAY_WORDS: [[&str; 4]; 7] = [
    ["понедельник", "пн", "monday", "mon"],
    ["вторник", "вт", "tuesday", "tue"],
    ["среда", "ср", "wednesday", "wed"],
    ["четверг", "чт", "thursday", "thu"],
    ["пятница", "пт", "friday", "fri"],
    ["суббота", "сб", "saturday", "sat"],
    ["воскресенье", "вс", "sunday", "sun"],
];

const MONTHS: [[&str; 4]; 12] = [
    ["января", "янв", "january", "jan"],
    ["февраля", "фев", "february", "feb"],
    ["марта", "мар", "march", "mar"],
    ["апреля", "апр", "april", "apr"],
    ["мая", "май", "may", "may"],
    ["июня", "июн", "june", "jun"],
    ["июля", "июл", "july", "jul"],
    ["августа", "авг", "august", "aug"],
    ["сентября", "сен", "september", "sep"],
    ["октября", "окт", "october", "oct"],
    ["ноября", "ноя", "november", "nov"],
    ["декабря", "дек", "december", "dec"],
];

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{date, time};
    use proptest::prelude::*;

    const AROUND: Around = Around { first: date(2027, 5, 18), last: date(2027, 5, 20) };

    #[test]
    fn dates_as_they_are_typed() {
        let may = |day, at: Option<(i8, i8)>| Moment {
            day: date(2027, 5, day),
            time: at.map(|(hour, minute)| time(hour, minute, 0, 0)),
        };
        let cases = [
            ("2027年5月17日 20:10", may(17, Some((20, 10)))),
            ("2027.5.17", may(17, None)),
            ("5月17日", may(17, None)),
            ("2027-5-20 19:00", may(20, Some((19, 0)))),
            ("2027/5/18", may(18, None)),
            ("17/05/2027 20:10", may(17, Some((20, 10)))),
            ("2027年5月17日（周一）", may(17, None)),
            ("２０２７年５月１７日　星期一　下午３点半", may(17, Some((15, 30)))),
            ("二〇二七年五月二十日", may(20, None)),
            ("五月十七号晚上8点", may(17, Some((20, 0)))),
            ("17 мая 2027 г., 15:00", may(17, Some((15, 0)))),
            ("17 мая 2027 г. в 15-00", may(17, Some((15, 0)))),
            ("17 мая 2027 года", may(17, None)),
            ("18 мая", may(18, None)),
            ("вторник, 18 мая 2027 г.", may(18, None)),
            ("17.05.27", may(17, None)),
            ("20.05.2027 20:00", may(20, Some((20, 0)))),
            ("18.05", may(18, None)),
            ("20.05.2027 9 ч. 30 мин.", may(20, Some((9, 30)))),
            ("18 мая в 7 вечера", may(18, Some((19, 0)))),
            ("18 May 2027, 3:30 pm", may(18, Some((15, 30)))),
            ("May 18th, 2027", may(18, None)),
            ("2027-05-17T20:10:00", may(17, Some((20, 10)))),
            ("2027-05-17", may(17, None)),
        ];
        for (raw, moment) in cases {
            assert_eq!(read(raw, AROUND), Ok(moment), "{raw}");
        }
    }

    #[test]
    fn what_is_no_date_says_so() {
        let cases = [
            ("下旬", "date-unread"),
            ("после 31 июня", "date-unread"),
            ("31 июня", "date-unread"),
            ("после 17 мая", "date-unread"),
            ("05/18/2027", "date-unread"),
            ("17.05.2027 25:00", "date-unread"),
            ("17.05.2027 20:", "date-unread"),
            ("17.05.2027 20", "date-unread"),
            ("17-18 мая", "date-unread"),
            ("", "date-unread"),
            ("99999999", "date-unread"),
            ("17.05.1927", "date-far"),
            ("2027年5月17日（周二）", "weekday-differs"),
        ];
        for (raw, code) in cases {
            assert_eq!(read(raw, AROUND).map_err(|r| r.code), Err(code.to_owned()), "{raw}");
        }
    }

    fn near() -> impl Strategy<Value = Date> {
        (-50..50_i64).prop_map(|d| AROUND.first.saturating_add(jiff::Span::new().days(d)))
    }

    proptest! {
        #[test]
        fn every_local_style_gives_the_same_day(day in near(), hour in 0..24_i8, minute in 0..60_i8) {
            let (y, m, d) = (day.year(), day.month(), day.day());
            let month = usize::try_from(m - 1).unwrap();
            let [russian, _, english, _] = MONTHS[month];
            let week = "一二三四五六日".chars().nth(
                usize::try_from(day.weekday().to_monday_zero_offset()).unwrap()).unwrap();
            let clock = format!("{hour:02}:{minute:02}");
            let at = Moment { day, time: Some(time(hour, minute, 0, 0)) };
            for style in [
                format!("{y}年{m}月{d}日 {clock}"),
                format!("{y}年{m:02}月{d:02}日（星期{week}）{hour}时{minute:02}分"),
                format!("{m}月{d}日{clock}"),
                format!("{d} {russian} {y} г. в {hour:02}-{minute:02}"),
                format!("{d} {russian} {y} года, {clock}"),
                format!("{d:02}.{m:02}.{y} {clock}"),
                format!("{d:02}.{m:02}.{:02} {clock}", y % 100),
                format!("{d}/{m}/{y} {clock}"),
                format!("{d} {english} {y} at {clock}"),
                format!("{y}-{m:02}-{d:02} {clock}"),
            ] {
                prop_assert_eq!(read(&style, AROUND), Ok(at), "{}", style);
            }
        }

        #[test]
        fn nothing_typed_makes_it_fall_over(raw in "\\PC{0,24}", near in "[0-9年月日./: мая周(]{0,16}") {
            for text in [raw, near] {
                if let Ok(moment) = read(&text, AROUND) {
                    prop_assert!((moment.day - AROUND.first).get_days().abs() <= NEAR_DAYS + 2);
                }
            }
        }
    }
}
