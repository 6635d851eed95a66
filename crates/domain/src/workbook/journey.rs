//! Cells of a journey: a day and an hour, a day with a word beside it, or that it will follow.

use super::{
    date::{self, Around},
    is_han, value,
};
use crate::{Refusal, delegation::Moment};

/// What a cell of a journey says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Said<'a> {
    /// The day, and the time when one is given; nothing when the cell says that it will follow.
    pub moment: Option<Moment>,
    /// Words beside it that say no time on the clock: `晚`, `утром`, `（提前离会）`.
    pub beside: Option<&'a str>,
}

/// Reads a cell of a journey. `5月20日晚` is a day: an hour is never made up, and the word is handed back.
pub fn cell(raw: &str, around: Around) -> Result<Said<'_>, Refusal> {
    if value::is_pending(raw) {
        return Ok(Said { moment: None, beside: None });
    }
    let refused = match date::read(raw, around) {
        Ok(moment) => return Ok(Said { moment: Some(moment), beside: None }),
        Err(refusal) => refusal,
    };
    let said = raw.trim();
    if let Ok(moment) = date::read(of_span(said), around) {
        return Ok(Said { moment: Some(moment), beside: None });
    }
    let bracket = said.ends_with([')', '）']).then(|| said.find(['(', '（'])).flatten();
    let (bare, _) = said.split_at(bracket.unwrap_or(said.len()));
    let day = before_part(bare.trim_end()).trim_end_matches([',', '，', ' ']);
    for (date, beside) in [(bare, &said[bare.len()..]), (day, &said[day.len()..])] {
        if is_either_way(date) && beside.chars().any(is_han) {
            break;
        }
        if let Ok(moment) = date::read(date, around) {
            let beside = beside.trim_start_matches([',', '，', ' ']).trim();
            return Ok(Said { moment: Some(moment), beside: Some(beside) });
        }
    }
    let (without, flight) = without_flight(said);
    let flight = flight.and_then(|flight| Some((date::read(&without, around).ok()?, flight)));
    flight.map_or(Err(refused), |(moment, flight)| {
        Ok(Said { moment: Some(moment), beside: Some(flight) })
    })
}

/// One end of a span without the word that says which: `с 18 мая`, `5月18日起`, `until 20 May`.
fn of_span(said: &str) -> &str {
    let first =
        ["с ", "С ", "по ", "По ", "from ", "From ", "until ", "Until ", "自", "从", "至", "到"];
    let bare = first.iter().find_map(|word| said.strip_prefix(word)).unwrap_or(said);
    bare.strip_suffix(['起', '止']).unwrap_or(bare)
}

/// A cell without the number of a flight in it, and that number: `17.05 09:40 SU-204`, `CA 908 14:30`.
fn without_flight(said: &str) -> (String, Option<&str>) {
    let words: Vec<&str> = said.split([' ', ',', '，', ';', '；', '\n']).collect();
    let of = |word: &&&str| is_flight(word);
    let flight = words.iter().find(of).copied();
    let named = |word: &str| {
        let named = ["рейс", "рейсом", "航班", "flight", "№"];
        Some(word) == flight || named.contains(&&*word.to_lowercase())
    };
    let rest: Vec<&str> = words.into_iter().filter(|word| !named(word)).collect();
    (rest.join(" "), flight)
}

/// A carrier of two signs, a letter among them, and up to four figures.
fn is_flight(word: &str) -> bool {
    let signs: Vec<char> = word.chars().collect();
    let Some((carrier, number)) = signs.split_at_checked(2) else { return false };
    let number = number.strip_prefix(&['-']).unwrap_or(number);
    carrier.iter().all(|c| c.is_uppercase() || c.is_ascii_digit())
        && carrier.iter().any(|c| c.is_uppercase())
        && (2..=4).contains(&number.len())
        && number.iter().all(char::is_ascii_digit)
}

/// Whether both numbers of a date could be the month: beside Chinese words either may be.
fn is_either_way(date: &str) -> bool {
    let parts = date.trim().split(['.', '/', '-']).map(str::parse::<u8>);
    let numbers: Result<Vec<u8>, _> = parts.collect();
    numbers.is_ok_and(|n| n.len() == 2 && n[0] != n[1] && n.iter().all(|n| *n <= 12))
}

/// What stands before the part of a day at the end.
fn before_part(text: &str) -> &str {
    let folded = text.to_lowercase();
    let part = PARTS.iter().find(|part| folded.len() == text.len() && folded.ends_with(**part));
    part.map_or(text, |part| &text[..text.len() - part.len()])
}

/// Longer ones before those that they end in.
const PARTS: [&str; 36] = [
    "晚上",
    "晚间",
    "傍晚",
    "深夜",
    "夜间",
    "夜里",
    "半夜",
    "上午",
    "下午",
    "中午",
    "早上",
    "早晨",
    "清晨",
    "凌晨",
    "一早",
    "晚",
    "早",
    "夜",
    "утром",
    "утро",
    "вечером",
    "вечер",
    "днем",
    "днём",
    "день",
    "ночью",
    "ночь",
    "рано",
    "поздно",
    "morning",
    "afternoon",
    "evening",
    "night",
    "noon",
    "late",
    "early",
];

#[cfg(test)]
mod tests {
    use jiff::civil::{date, time};

    use super::*;

    const AROUND: Around = Around { first: date(2027, 5, 18), last: date(2027, 5, 20) };

    #[test]
    fn a_part_of_a_day_is_a_day_and_never_an_hour() {
        let at = |day, beside| Ok(Said { moment: Some(Moment { day, time: None }), beside });
        let may = |day, beside| at(date(2027, 5, day), Some(beside));
        let cases = [
            ("5月20日晚", may(20, "晚")),
            ("5.17 晚", may(17, "晚")),
            ("21/5 早", may(21, "早")),
            ("16日上午", may(16, "上午")),
            ("5月20日（周四）下午", may(20, "下午")),
            ("20 мая вечером", may(20, "вечером")),
            ("20 May, evening", may(20, "evening")),
            ("5月20日（提前离会）", may(20, "（提前离会）")),
            ("16日", at(date(2027, 5, 16), None)),
            ("31日", at(date(2027, 5, 31), None)),
            ("16号", at(date(2027, 5, 16), None)),
            ("16-го", at(date(2027, 5, 16), None)),
            ("16 числа", at(date(2027, 5, 16), None)),
            ("5.17", at(date(2027, 5, 17), None)),
            ("с 18 мая", at(date(2027, 5, 18), None)),
            ("自5月18日起", at(date(2027, 5, 18), None)),
            ("until 20 May", at(date(2027, 5, 20), None)),
        ];
        for (raw, said) in cases {
            assert_eq!(cell(raw, AROUND), said, "{raw}");
        }
        for (raw, flight) in [
            ("2027-05-17 09:40 SU-204", "SU-204"),
            ("SU204, 17.05 09:40", "SU204"),
            ("17 мая, 09:40 рейс U6-204", "U6-204"),
            ("5月17日 CA908 09:40", "CA908"),
        ] {
            let time = Some(time(9, 40, 0, 0));
            let moment = Some(Moment { day: date(2027, 5, 17), time });
            assert_eq!(cell(raw, AROUND), Ok(Said { moment, beside: Some(flight) }), "{raw}");
        }
        let time = Some(time(14, 0, 0, 0));
        let early = Said {
            moment: Some(Moment { day: date(2027, 5, 20), time }),
            beside: Some("（提前离会）"),
        };
        assert_eq!(cell("5月20日14:00（提前离会）", AROUND), Ok(early));
        for raw in ["待告", "待定", "уточняется", "TBA", "—", "n/a"] {
            assert_eq!(cell(raw, AROUND), Ok(Said { moment: None, beside: None }), "{raw}");
        }
        for raw in
            ["会后次日", "5.6 晚", "晚", "（20日）", "32日", "после 20 мая", "до вечера 20-го"]
        {
            assert_eq!(
                cell(raw, AROUND).map_err(|r| r.code),
                Err("date-unread".to_owned()),
                "{raw}"
            );
        }
    }
}
