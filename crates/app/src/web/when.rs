//! Dates and times for a reader: always in the edition's zone, in the reader's language.

use std::{cell::RefCell, collections::BTreeMap};

use domain::{Lang, Refusal, edition::Edition};
use icu::{
    datetime::{
        DateTimeFormatter, fieldsets::MDE, fieldsets::YMD, fieldsets::YMDE, input::Date as IcuDate,
    },
    locale::{Locale, locale},
};
use jiff::{
    Timestamp,
    civil::{Date, DateTime},
    tz::TimeZone,
};

/// The locale in which dates and numbers of a language are written.
pub(super) fn locale_of(lang: Lang) -> Locale {
    match lang {
        Lang::Zh => locale!("zh-Hans"),
        Lang::Ru => locale!("ru"),
        Lang::En => locale!("en-GB"),
        Lang::Fa => locale!("fa"),
    }
}

/// The formatters of one language. Making one reads tables; each thread makes its own once.
struct Dates {
    date: DateTimeFormatter<YMD>,
    day: DateTimeFormatter<YMDE>,
    short_day: DateTimeFormatter<MDE>,
}

impl Dates {
    fn of(lang: Lang) -> Option<Self> {
        let locale = || locale_of(lang).into();
        Some(Self {
            date: DateTimeFormatter::try_new(locale(), YMD::long()).ok()?,
            day: DateTimeFormatter::try_new(locale(), YMDE::long()).ok()?,
            short_day: DateTimeFormatter::try_new(locale(), MDE::medium()).ok()?,
        })
    }
}

thread_local! {
    static DATES: RefCell<BTreeMap<Lang, Option<Dates>>> = const { RefCell::new(BTreeMap::new()) };
}

/// A date as one of the formatters writes it; in figures where there is none.
fn formatted(
    lang: Lang,
    date: Date,
    by: impl Fn(&Dates, &IcuDate<icu::calendar::Iso>) -> String,
) -> String {
    DATES.with_borrow_mut(|dates| {
        let dates = dates.entry(lang).or_insert_with(|| Dates::of(lang)).as_ref();
        dates.zip(icu_date(date)).map_or_else(|| date.to_string(), |(dates, icu)| by(dates, &icu))
    })
}

fn icu_date(date: Date) -> Option<IcuDate<icu::calendar::Iso>> {
    let month = u8::try_from(date.month()).ok()?;
    let day = u8::try_from(date.day()).ok()?;
    IcuDate::try_new_iso(i32::from(date.year()), month, day).ok()
}

/// A day with its weekday: `2027年5月18日星期二`, `вторник, 18 мая 2027 г.`.
pub fn day(lang: Lang, date: Date) -> String {
    formatted(lang, date, |dates, icu| dates.day.format(icu).to_string())
}

/// A day with its weekday and without its year, for a row of links.
pub fn short_day(lang: Lang, date: Date) -> String {
    formatted(lang, date, |dates, icu| dates.short_day.format(icu).to_string())
}

/// The zone in which an edition's times are told, and how far it is ahead of UTC on the first day.
pub fn zone(edition: &Edition) -> String {
    let began = edition.first_day.to_zoned(edition.time_zone());
    began.map_or_else(
        |_| edition.zone.clone(),
        |began| format!("{}, UTC{}", edition.zone, began.offset()),
    )
}

/// The first and the last day of an edition, or the only one.
pub fn days(lang: Lang, edition: &Edition) -> String {
    if edition.first_day == edition.last_day {
        return date(lang, edition.first_day);
    }
    format!("{} – {}", date(lang, edition.first_day), date(lang, edition.last_day))
}

/// A day without its weekday.
pub fn date(lang: Lang, date: Date) -> String {
    formatted(lang, date, |dates, icu| dates.date.format(icu).to_string())
}

/// A time of day on the 24-hour clock, as all three languages write it on programmes.
pub fn time(zone: &TimeZone, at: Timestamp) -> String {
    at.to_zoned(zone.clone()).strftime("%H:%M").to_string()
}

/// From one time of day to another: `09:30–10:15`.
pub fn hours(zone: &TimeZone, from: Timestamp, until: Timestamp) -> String {
    let mut text = String::new();
    hours_to(&mut text, zone, from, until);
    text
}

/// The same at the end of a text.
pub fn hours_to(text: &mut String, zone: &TimeZone, from: Timestamp, until: Timestamp) {
    let mut figure = |n: i8, after: &str| {
        text.extend([n / 10, n % 10].map(|digit| char::from(b'0'.saturating_add_signed(digit))));
        text.push_str(after);
    };
    let (from, until) = (zone.to_datetime(from), zone.to_datetime(until));
    figure(from.hour(), ":");
    figure(from.minute(), "–");
    figure(until.hour(), ":");
    figure(until.minute(), "");
}

/// A day and a time.
pub fn moment(lang: Lang, zone: &TimeZone, at: Timestamp) -> String {
    format!("{} {}", date(lang, at.to_zoned(zone.clone()).date()), time(zone, at))
}

/// A date and time as a browser or a person types it: `2027-05-18T09:30`, `2027-05-18 09:30`.
pub fn typed(raw: &str) -> Result<DateTime, Refusal> {
    let raw = raw.trim();
    // A date alone would silently mean midnight.
    let whole = raw.len() >= "2027-05-18T09:30".len();
    raw.parse().ok().filter(|_| whole).ok_or_else(|| Refusal::new("moment"))
}

/// The same, where nothing may be typed.
pub fn typed_or_none(raw: &str) -> Result<Option<DateTime>, Refusal> {
    if raw.trim().is_empty() { Ok(None) } else { typed(raw).map(Some) }
}

/// A date and time as a form holds it.
pub fn field(at: DateTime) -> String {
    at.strftime("%Y-%m-%dT%H:%M").to_string()
}

/// A day and a time on the edition's clocks.
pub fn clock(lang: Lang, at: DateTime) -> String {
    format!("{} {}", date(lang, at.date()), at.strftime("%H:%M"))
}

/// From one moment to another on the edition's clocks; the day stands once when it is the same.
pub fn span(lang: Lang, from: DateTime, until: DateTime) -> String {
    if from.date() == until.date() {
        format!(
            "{} {}–{}",
            date(lang, from.date()),
            from.strftime("%H:%M"),
            until.strftime("%H:%M")
        )
    } else {
        format!("{} – {}", clock(lang, from), clock(lang, until))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date as ymd;

    #[test]
    fn days_read_as_printed() {
        assert_eq!(day(Lang::Zh, ymd(2027, 5, 18)), "2027年5月18日星期二");
        // Which of the no-break spaces stands before «г.» differs between editions of CLDR.
        let russian = day(Lang::Ru, ymd(2027, 5, 18)).replace(['\u{a0}', '\u{202f}'], " ");
        assert_eq!(russian, "вторник, 18 мая 2027 г.");
        assert_eq!(date(Lang::En, ymd(2027, 5, 18)), "18 May 2027");
    }

    #[test]
    fn times_are_told_in_the_edition_zone() {
        let at: Timestamp = "2027-05-18T01:05:00Z".parse().unwrap();
        let zone = TimeZone::get("Asia/Shanghai").unwrap();
        assert_eq!(time(&zone, at), "09:05");
    }
}
