//! Days and times of day in a message: “18 May 14:30–16:00”, «завтра с двух до четырёх», “18日下午3点以后”.

use jiff::{
    ToSpan,
    civil::{Date, DateTime, Time, Weekday},
};

use super::amount::{self, is_han};

/// The days that a message can mean.
#[derive(Clone, Copy, Debug)]
pub struct Calendar<'a> {
    /// The days of the edition, in their order.
    pub days: &'a [Date],
    /// The present moment, on the edition's clocks.
    pub now: DateTime,
}

/// A stretch of time as far as it was said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stretch {
    /// From.
    pub from: Option<DateTime>,
    /// Until.
    pub until: Option<DateTime>,
    /// Whether no day was said, so that the day is but the first of the edition.
    pub day_is_open: bool,
}

/// How a time of day bounds what is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    At,
    From,
    Until,
}

/// What a message says of time.
#[derive(Clone, Debug, Default)]
pub(super) struct Times {
    day: Option<Date>,
    clocks: Vec<(Role, Time)>,
    /// A part of the day, in hours.
    part: Option<(i8, i8)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    Number(u32),
    Clock(Time),
    /// `18.05` and `18/5`: a day and a month, or an hour and its minutes.
    Two(u32, u32),
    Word(String),
}

const BEFORE_CLOCK: &str = "at|by|from|after|since|until|till|to|before|в|к|с|со|до|после|около";
/// What bounds a time of day: before it, and behind it.
const FROM: [&str; 2] = ["from|after|since|starting|с|со|после|从", "onwards|on|以后|之后|后|起"];
const UNTIL: [&str; 2] = ["until|till|before|by|до|к", "以前|之前|前"];
const BETWEEN: &str = "-|to|until|till|and|до|到|至";
const AFTERNOON: &str = "pm|afternoon|evening|дня|днем|вечера|вечером|下午|晚上|傍晚|今晚|明晚";
const OCLOCK: &str = "点|点钟|时|час|часа|часов|часам|ч|o'clock";
/// What makes any number an hour.
const HAN_OCLOCK: &str = "点|点钟|时";
/// What makes a number no hour.
const NO_HOUR: &str = "h|hr|hour|hours|hrs|min|minutes|мин|минут|минуты|小时|分钟|日|号|го";
const DAYS: [(&str, i64); 14] = [
    ("today", 0),
    ("tonight", 0),
    ("сегодня", 0),
    ("今天", 0),
    ("今日", 0),
    ("今晚", 0),
    ("tomorrow", 1),
    ("завтра", 1),
    ("明天", 1),
    ("明日", 1),
    ("明早", 1),
    ("明晚", 1),
    ("послезавтра", 2),
    ("后天", 2),
];
/// The halves of a day, as two words say them.
const HALVES: [(&str, &str, (i8, i8)); 4] = [
    ("before", "lunch|noon", (0, 12)),
    ("до", "обеда|полудня", (0, 12)),
    ("after", "lunch|noon", (12, 18)),
    ("после", "обеда|полудня", (12, 18)),
];
const PARTS: [(&str, (i8, i8)); 20] = [
    ("morning", (0, 12)),
    ("утром", (0, 12)),
    ("утра", (0, 12)),
    ("上午", (0, 12)),
    ("早上", (0, 12)),
    ("明早", (0, 12)),
    ("afternoon", (12, 18)),
    ("днем", (12, 18)),
    ("下午", (12, 18)),
    ("evening", (18, 24)),
    ("tonight", (18, 24)),
    ("вечером", (18, 24)),
    ("晚上", (18, 24)),
    ("今晚", (18, 24)),
    ("明晚", (18, 24)),
    ("傍晚", (18, 24)),
    ("午前", (0, 12)),
    ("饭前", (0, 12)),
    ("午后", (12, 18)),
    ("饭后", (12, 18)),
];
/// By month: as its name begins in English and in Russian.
const MONTHS: [[&str; 2]; 12] = [
    ["jan", "янв"],
    ["feb", "фев"],
    ["mar", "мар"],
    ["apr", "апр"],
    ["may", "мая"],
    ["jun", "июн"],
    ["jul", "июл"],
    ["aug", "авг"],
    ["sep", "сен"],
    ["oct", "окт"],
    ["nov", "ноя"],
    ["dec", "дек"],
];
const WEEKDAYS: [([&str; 3], Weekday); 7] = [
    (["monday", "понедельник", "周一"], Weekday::Monday),
    (["tuesday", "вторник", "周二"], Weekday::Tuesday),
    (["wednesday", "сред", "周三"], Weekday::Wednesday),
    (["thursday", "четверг", "周四"], Weekday::Thursday),
    (["friday", "пятниц", "周五"], Weekday::Friday),
    (["saturday", "суббот", "周六"], Weekday::Saturday),
    (["sunday", "воскресен", "周日"], Weekday::Sunday),
];
/// Chinese words that stand in a run of signs.
const HAN: &str = "小时|分钟|点钟|上午|下午|早上|晚上|傍晚|中午|午前|午后|饭前|饭后|今天|今日|今晚|明天|明日|明早|明晚|后天|以前|\
    之前|以后|之后|周一|周二|周三|周四|周五|周六|周日|星期|点|时|分|刻|半|日|号|月|到|至";

fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let run = |kind: fn(char) -> bool| rest.find(|c| !kind(c)).unwrap_or(rest.len());
        let taken = if first.is_ascii_digit() {
            let (token, taken) = number(rest);
            tokens.push(token);
            taken
        } else if let Some((number, taken)) = amount::han_number(rest) {
            tokens.push(Token::Number(number));
            taken
        } else if is_han(first) {
            let word = HAN.split('|').find(|word| rest.starts_with(word));
            let word = word.unwrap_or(&rest[..first.len_utf8()]);
            tokens.push(Token::Word(word.to_owned()));
            word.len()
        } else if first.is_alphabetic() {
            let word = &rest[..run(|c| (c.is_alphabetic() && !is_han(c)) || c == '\'')];
            tokens.push(
                amount::word_number(word).map_or(Token::Word(word.to_owned()), Token::Number),
            );
            word.len()
        } else {
            if "-–—~～".contains(first) {
                tokens.push(Token::Word("-".to_owned()));
            }
            first.len_utf8()
        };
        rest = &rest[taken..];
    }
    tokens
}

/// A number, a time of day or two numbers, and how many bytes it takes.
fn number(text: &str) -> (Token, usize) {
    let digits = |text: &str| text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let value = |digits: &str| digits.parse().unwrap_or(u32::MAX);
    let first = digits(text);
    let after = &text[first..];
    let mark = after.chars().next().unwrap_or(' ');
    let second = after.get(mark.len_utf8()..).unwrap_or_default();
    let second = &second[..digits(second)];
    let alone = (Token::Number(value(&text[..first])), first);
    let (a, b) = (value(&text[..first]), value(second));
    let whole = first + mark.len_utf8() + second.len();
    match mark {
        ':' | '：' | 'h' if second.len() == 2 => {
            clock(a, b).map_or(alone, |time| (Token::Clock(time), whole))
        }
        '.' | '/' if (1..=2).contains(&second.len()) => (Token::Two(a, b), whole),
        _ => alone,
    }
}

fn clock(hour: u32, minute: u32) -> Option<Time> {
    Time::new(i8::try_from(hour).ok()?, i8::try_from(minute).ok()?, 0, 0).ok()
}

/// The tokens of a message, and what stands before and behind each.
struct Reader<'a> {
    tokens: &'a [Token],
}

impl Reader<'_> {
    /// Whether one of these words stands there.
    fn is(&self, at: Option<usize>, words: &str) -> bool {
        let word = at.and_then(|at| self.tokens.get(at));
        matches!(word, Some(Token::Word(word)) if words.split('|').any(|one| one == word))
    }

    fn month(&self, at: Option<usize>) -> Option<i8> {
        let Some(Token::Word(word)) = at.and_then(|at| self.tokens.get(at)) else { return None };
        let found = MONTHS.iter().position(|names| names.iter().any(|name| word.starts_with(name)));
        found.and_then(|month| i8::try_from(month + 1).ok())
    }

    /// The time of day that begins here, and how many tokens it takes.
    fn clock(&self, at: usize) -> Option<(Time, usize)> {
        let before = at.checked_sub(1);
        let told = self.is(before, BEFORE_CLOCK);
        match *self.tokens.get(at)? {
            Token::Clock(time) => Some((time, 1)),
            Token::Two(hour, minute) if told => clock(hour, minute).map(|time| (time, 1)),
            Token::Number(hour) => {
                let next = Some(at + 1);
                if self.is(next, OCLOCK) && (told || self.is(next, HAN_OCLOCK)) {
                    let (minute, taken) = self.minutes(at + 2);
                    return Some((clock(hour, minute)?, 2 + taken));
                }
                if self.is(next, "am|pm") {
                    return Some((clock(hour, 0)?, 1));
                }
                let other = self.is(next, NO_HOUR) || self.month(next).is_some();
                let bare = told || self.in_range(at);
                (bare && !other && !self.is(next, "月")).then(|| clock(hour, 0))?.map(|t| (t, 1))
            }
            _ => None,
        }
    }

    /// Minutes behind an hour: a half, quarters, or a number.
    fn minutes(&self, at: usize) -> (u32, usize) {
        match self.tokens.get(at) {
            Some(Token::Word(word)) if word == "半" => (30, 1),
            Some(Token::Number(n)) if self.is(Some(at + 1), "刻") => (n.saturating_mul(15), 2),
            Some(Token::Number(n)) if self.is(Some(at + 1), "分") => (*n, 2),
            Some(Token::Number(n)) if *n < 60 && !self.is(Some(at + 1), OCLOCK) => (*n, 1),
            _ => (0, 0),
        }
    }

    /// Whether a number is one of two hours with a dash or its like between them.
    fn in_range(&self, at: usize) -> bool {
        let hour = |at: Option<usize>| match at.and_then(|at| self.tokens.get(at)) {
            Some(Token::Clock(_)) => true,
            Some(Token::Number(n)) => *n <= 24,
            _ => false,
        };
        let dated = |at: usize| self.month(Some(at)).is_some() || self.is(Some(at), NO_HOUR);
        let ahead = self.is(Some(at + 1), BETWEEN) && hour(Some(at + 2)) && !dated(at + 3);
        let behind =
            self.is(at.checked_sub(1), BETWEEN) && hour(at.checked_sub(2)) && !dated(at + 1);
        ahead || behind
    }

    /// What bounds a time that takes these tokens.
    fn role(&self, at: usize, taken: usize) -> Role {
        let (before, behind) = (at.checked_sub(1), Some(at + taken));
        // "下午3点以后": the part of the day stands between.
        let before = if self.is(before, AFTERNOON) { at.checked_sub(2) } else { before };
        if self.is(before, FROM[0]) || self.is(behind, FROM[1]) {
            Role::From
        } else if self.is(before, UNTIL[0]) || self.is(behind, UNTIL[1]) {
            Role::Until
        } else {
            Role::At
        }
    }

    /// The day that begins here.
    fn day(&self, at: usize, calendar: &Calendar<'_>) -> Option<Date> {
        let (next, behind) = (Some(at + 1), at.checked_sub(1));
        let dated = |day: u32, month: Option<u32>| calendar.day(day, month);
        match self.tokens.get(at)? {
            Token::Word(word) => {
                let told = DAYS.iter().find(|(name, _)| name == word).map(|(_, days)| *days);
                let weekday =
                    WEEKDAYS.iter().find(|(names, _)| names.iter().any(|n| word.starts_with(n)));
                let of_week =
                    weekday.and_then(|(_, w)| calendar.days.iter().find(|d| d.weekday() == *w));
                let later = told.and_then(|days| calendar.now.date().checked_add(days.days()).ok());
                // Long before the meeting nobody means its days by "tomorrow".
                later.filter(|day| calendar.days.contains(day)).or(of_week.copied())
            }
            Token::Two(a, b) if !self.is(behind, BEFORE_CLOCK) => {
                dated(*a, Some(*b)).or_else(|| dated(*b, Some(*a)))
            }
            Token::Number(n) => {
                let month = self.month(next).or_else(|| self.month(behind));
                if let Some(month) = month {
                    return dated(*n, u32::try_from(month).ok());
                }
                if self.is(next, "日|号|th|st|nd|rd") || self.ordinal(at) {
                    let month = match at.checked_sub(2).map(|at| &self.tokens[at]) {
                        Some(Token::Number(month)) if self.is(behind, "月") => Some(*month),
                        _ => None,
                    };
                    return dated(*n, month);
                }
                None
            }
            _ => None,
        }
    }

    /// «18-го».
    fn ordinal(&self, at: usize) -> bool {
        let dash = usize::from(self.is(Some(at + 1), "-"));
        self.is(Some(at + 1 + dash), "го|е|числа")
    }
}

impl Calendar<'_> {
    /// A day of the edition by its number, or any day of its year.
    fn day(&self, day: u32, month: Option<u32>) -> Option<Date> {
        let (day, month) = (i8::try_from(day).ok()?, month.map(i8::try_from).transpose().ok()?);
        let fits = |d: &&Date| d.day() == day && month.is_none_or(|month| d.month() == month);
        let year = self.days.first()?.year();
        self.days.iter().find(fits).copied().or_else(|| Date::new(year, month?, day).ok())
    }

    /// The day that is meant where none is said: today, or the only one.
    fn usual(&self) -> Option<Date> {
        let today = self.now.date();
        let only = self.days.first().filter(|_| self.days.len() == 1).copied();
        self.days.contains(&today).then_some(today).or(only)
    }
}

impl Times {
    /// What a folded message says of time.
    pub(super) fn read(text: &str, calendar: &Calendar<'_>) -> Self {
        let tokens = tokens(text);
        let reader = Reader { tokens: &tokens };
        let mut times = Self::default();
        let mut at = 0;
        while at < tokens.len() {
            times.day = times.day.or_else(|| reader.day(at, calendar));
            let part = PARTS.iter().find(|(word, _)| reader.is(Some(at), word));
            let half = HALVES.iter().find(|(before, noun, _)| {
                reader.is(at.checked_sub(1), before) && reader.is(Some(at), noun)
            });
            times.part = times.part.or(half.map(|half| half.2)).or(part.map(|(_, hours)| *hours));
            let Some((time, taken)) = reader.clock(at) else {
                at += 1;
                continue;
            };
            let afternoon = reader.is(at.checked_sub(1), AFTERNOON)
                || (at + taken..at + taken + 3).any(|at| reader.is(Some(at), AFTERNOON));
            let late = times.clocks.last().is_some_and(|(_, before)| time < *before);
            let time = if (afternoon || late) && time.hour() < 12 { later(time) } else { time };
            times.clocks.push((reader.role(at, taken), time));
            at += taken;
        }
        times
    }

    /// Whether an amount in minutes is one of the times of day, read as if it were none.
    pub(super) fn tell(&self, minutes: i64) -> bool {
        self.clocks.iter().any(|(_, time)| {
            let hour = i64::from(time.hour());
            time.minute() == 0 && [hour, hour - 12].iter().any(|hour| hour * 60 == minutes)
        })
    }

    /// Whether anything was said of time.
    pub(super) fn is_empty(&self) -> bool {
        self.day.is_none() && self.clocks.is_empty() && self.part.is_none()
    }

    /// The moment that was said; its day is this one where none was.
    pub(super) fn moment(&self, usual: Option<Date>) -> Option<DateTime> {
        let (_, time) = self.clocks.first()?;
        Some(self.day.or(usual)?.to_datetime(*time))
    }

    /// The stretch that was said.
    pub(super) fn stretch(&self, calendar: &Calendar<'_>) -> Stretch {
        let known = self.day.or_else(|| calendar.usual());
        let told = !self.clocks.is_empty() || self.part.is_some();
        let first = calendar.days.first().copied().filter(|_| told);
        let Some(day) = known.or(first) else { return Stretch::default() };
        let hour = |hour: i8| day.at(0, 0, 0, 0).saturating_add(i64::from(hour).hours());
        let (from, until) = match self.clocks[..] {
            [(_, from), (_, until), ..] => {
                (Some(day.to_datetime(from)), Some(day.to_datetime(until)))
            }
            [(Role::From, from)] => (Some(day.to_datetime(from)), Some(hour(24))),
            [(Role::Until, until)] => (Some(hour(0)), Some(day.to_datetime(until))),
            [(Role::At, from)] => (Some(day.to_datetime(from)), None),
            [] => {
                let hours = self.part.or(self.day.map(|_| (0, 24)));
                (hours.map(|hours| hour(hours.0)), hours.map(|hours| hour(hours.1)))
            }
        };
        Stretch { from, until, day_is_open: known.is_none() }
    }
}

/// Twelve hours later.
fn later(time: Time) -> Time {
    time.saturating_add(12.hours())
}
