//! Calendars as iCalendar text (RFC 5545). Times stand in a named IANA zone, whose rules go along as
//! `VTIMEZONE`, so that no program guesses them; identifiers and sequence numbers come with the values.

use std::fmt::Write as _;

use jiff::{
    Timestamp,
    tz::{Dst, Offset, TimeZone},
};

/// A calendar.
#[derive(Clone, Debug)]
pub struct Calendar {
    /// Its name, as programs show it.
    pub name: String,
    /// The IANA name of its zone.
    pub zone: String,
    /// Its language, as a BCP 47 tag.
    pub lang: &'static str,
    /// Its events.
    pub events: Vec<Event>,
}

/// An event.
#[derive(Clone, Debug)]
pub struct Event {
    /// The same for ever and everywhere.
    pub uid: String,
    /// Grows with every change.
    pub sequence: i32,
    /// When it was last changed.
    pub changed: Timestamp,
    /// From.
    pub start: Timestamp,
    /// Until, not included.
    pub end: Timestamp,
    /// One line.
    pub summary: String,
    /// Where.
    pub place: String,
    /// The rest, in lines.
    pub description: String,
    /// Whether it no longer takes place.
    pub cancelled: bool,
}

/// The calendar as text, with the line ends that the standard asks for.
pub fn text(calendar: &Calendar) -> String {
    let zone = TimeZone::get(&calendar.zone).unwrap_or(TimeZone::UTC);
    let mut out = Lines::default();
    out.pair("BEGIN", "VCALENDAR");
    out.pair("VERSION", "2.0");
    out.pair("PRODID", "-//Caravanserai//Programme//EN");
    out.pair("CALSCALE", "GREGORIAN");
    out.pair("METHOD", "PUBLISH");
    out.words("X-WR-CALNAME", &calendar.name);
    out.pair("REFRESH-INTERVAL;VALUE=DURATION", "PT30M");
    out.pair("X-PUBLISHED-TTL", "PT30M");
    let starts = calendar.events.iter().map(|e| e.start);
    if let (Some(first), Some(last)) = (starts.clone().min(), starts.max()) {
        rules(&mut out, calendar, &zone, first, last);
    }
    for event in &calendar.events {
        one(&mut out, calendar, &zone, event);
    }
    out.pair("END", "VCALENDAR");
    out.0
}

fn one(out: &mut Lines, calendar: &Calendar, zone: &TimeZone, event: &Event) {
    let local = |at: Timestamp| zone.to_datetime(at).strftime("%Y%m%dT%H%M%S").to_string();
    let utc = |at: Timestamp| at.strftime("%Y%m%dT%H%M%SZ").to_string();
    let zoned = |name: &str| format!("{name};TZID={}", calendar.zone);
    let worded = |name: &str| format!("{name};LANGUAGE={}", calendar.lang);
    out.pair("BEGIN", "VEVENT");
    out.words("UID", &event.uid);
    out.pair("SEQUENCE", &event.sequence.to_string());
    out.pair("DTSTAMP", &utc(event.changed));
    out.pair("LAST-MODIFIED", &utc(event.changed));
    out.pair(&zoned("DTSTART"), &local(event.start));
    out.pair(&zoned("DTEND"), &local(event.end));
    out.words(&worded("SUMMARY"), &event.summary);
    out.words(&worded("LOCATION"), &event.place);
    if !event.description.is_empty() {
        out.words(&worded("DESCRIPTION"), &event.description);
    }
    out.pair("STATUS", if event.cancelled { "CANCELLED" } else { "CONFIRMED" });
    out.pair("TRANSP", if event.cancelled { "TRANSPARENT" } else { "OPAQUE" });
    out.pair("END", "VEVENT");
}

/// The rules of the zone for the time from `first` to `last`: the one in force at the beginning, and
/// each change until the end.
fn rules(out: &mut Lines, calendar: &Calendar, zone: &TimeZone, first: Timestamp, last: Timestamp) {
    out.pair("BEGIN", "VTIMEZONE");
    out.pair("TZID", &calendar.zone);
    match zone.preceding(first).next() {
        None => {
            let info = zone.to_offset_info(first);
            let (offset, name) = (info.offset(), info.abbreviation().to_owned());
            rule(out, "STANDARD", "19700101T000000", [offset; 2], &name);
        }
        Some(begin) => {
            let later = zone.following(first).take_while(|t| t.timestamp() <= last);
            for change in std::iter::once(begin).chain(later) {
                let at = change.timestamp();
                let before = at
                    .checked_sub(jiff::SignedDuration::from_secs(1))
                    .map_or(change.offset(), |t| zone.to_offset(t));
                // The standard tells a change by the clock as it stood just before.
                let start = before.to_datetime(at).strftime("%Y%m%dT%H%M%S").to_string();
                let kind = if change.dst() == Dst::Yes { "DAYLIGHT" } else { "STANDARD" };
                rule(out, kind, &start, [before, change.offset()], change.abbreviation());
            }
        }
    }
    out.pair("END", "VTIMEZONE");
}

fn rule(out: &mut Lines, kind: &str, start: &str, [from, to]: [Offset; 2], name: &str) {
    out.pair("BEGIN", kind);
    out.pair("DTSTART", start);
    out.pair("TZOFFSETFROM", &offset(from));
    out.pair("TZOFFSETTO", &offset(to));
    out.pair("TZNAME", name);
    out.pair("END", kind);
}

fn offset(offset: Offset) -> String {
    let seconds = offset.seconds();
    let sign = if seconds < 0 { '-' } else { '+' };
    let minutes = seconds.abs() / 60;
    let mut text = format!("{sign}{:02}{:02}", minutes / 60, minutes % 60);
    if seconds % 60 != 0 {
        // Local mean times of long ago.
        let _ = write!(text, "{:02}", seconds.abs() % 60);
    }
    text
}

/// Lines of at most 75 octets, longer ones folded between characters.
#[derive(Default)]
struct Lines(String);

const MOST: usize = 75;

impl Lines {
    /// A property whose value is written as it is.
    fn pair(&mut self, name: &str, value: &str) {
        let mut room = MOST;
        for letter in name.chars().chain([':']).chain(value.chars()) {
            if letter.len_utf8() > room {
                self.0.push_str("\r\n ");
                room = MOST - 1;
            }
            self.0.push(letter);
            room -= letter.len_utf8();
        }
        self.0.push_str("\r\n");
    }

    /// A property whose value is text: separators are escaped, and controls have no place in it.
    fn words(&mut self, name: &str, value: &str) {
        let mut escaped = String::with_capacity(value.len());
        for letter in value.chars() {
            match letter {
                '\\' | ';' | ',' => escaped.extend(['\\', letter]),
                '\n' => escaped.push_str("\\n"),
                c if c.is_control() => {}
                c => escaped.push(c),
            }
        }
        self.pair(name, &escaped);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ical::{component::vevent::VEVENT, prop::summary::SUMMARY, tree::cst::IcalCst};
    use proptest::prelude::*;

    fn event(uid: &str, start: &str, summary: &str) -> Event {
        let start: Timestamp = start.parse().unwrap();
        Event {
            uid: uid.to_owned(),
            sequence: 2,
            changed: Timestamp::UNIX_EPOCH,
            start,
            end: start.checked_add(jiff::SignedDuration::from_mins(30)).unwrap(),
            summary: summary.to_owned(),
            place: "一号厅, 会展中心".to_owned(),
            description: "双边会见\nРабота; с \\ переводом".to_owned(),
            cancelled: false,
        }
    }

    fn calendar(zone: &str, events: Vec<Event>) -> Calendar {
        Calendar { name: "日程".to_owned(), zone: zone.to_owned(), lang: "zh-Hans", events }
    }

    /// What an independent reader says of it: the summary of its first event.
    fn summary(text: &str) -> String {
        let mut tree = IcalCst::parse(text).unwrap();
        tree.decode().validate().expect("a valid calendar");
        let event = tree.component_mut::<VEVENT>().expect("an event");
        event.prop_mut::<SUMMARY>().expect("a summary").text().to_string()
    }

    #[test]
    fn the_zone_and_its_rules_go_along() {
        let text = text(&calendar("Asia/Shanghai", vec![event("a", "2027-05-18T01:05:00Z", "x")]));
        assert!(text.contains("DTSTART;TZID=Asia/Shanghai:20270518T090500\r\n"), "{text}");
        assert!(text.contains("TZOFFSETTO:+0800\r\n"), "{text}");
        assert!(!text.contains("BEGIN:DAYLIGHT"), "{text}");
    }

    #[test]
    fn a_change_of_the_clock_between_two_events_is_told() {
        let events =
            vec![event("a", "2027-03-27T12:00:00Z", "x"), event("b", "2027-03-29T12:00:00Z", "y")];
        let text = text(&calendar("Europe/Berlin", events));
        let change =
            "BEGIN:DAYLIGHT\r\nDTSTART:20270328T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200";
        assert!(text.contains(change), "{text}");
        assert!(text.contains("DTSTART;TZID=Europe/Berlin:20270329T140000"), "{text}");
    }

    #[test]
    fn a_zone_without_any_change_has_one_rule() {
        let text = text(&calendar("UTC", vec![event("a", "2027-05-18T01:05:00Z", "x")]));
        assert!(text.contains("TZOFFSETFROM:+0000\r\nTZOFFSETTO:+0000"), "{text}");
    }

    #[test]
    fn an_independent_reader_finds_it_valid() {
        let one = event("a", "2027-05-18T01:05:00Z", "开幕式; \\ Открытие, Opening");
        let gone = Event { cancelled: true, uid: "b".to_owned(), ..one.clone() };
        let text = text(&calendar("Asia/Shanghai", vec![one, gone]));
        assert_eq!(summary(&text), "开幕式; \\ Открытие, Opening");
        assert!(text.contains("STATUS:CANCELLED\r\n"));
    }

    proptest! {
        #[test]
        fn no_line_is_too_long_and_no_word_makes_a_line(summary in "\\PC{0,200}|[a\r\n;,:\\\\]{0,40}") {
            let text = text(&calendar("Asia/Shanghai", vec![event("a", "2027-05-18T01:05:00Z", &summary)]));
            prop_assert!(text.split("\r\n").all(|l| l.len() <= MOST && !l.contains(['\r', '\n'])));
            let kept: String = summary.chars().filter(|c| *c == '\n' || !c.is_control()).collect();
            prop_assert_eq!(super::tests::summary(&text), kept);
        }
    }
}
