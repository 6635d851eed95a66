//! How strongly a paragraph binds, and until when: a suggestion from which an editor makes a commitment.
//!
//! The verb decides. The strongest one found counts, and the languages of one paragraph should bind
//! equally: where they do not, the language officer is told in private. The lists are short
//! on purpose; what they do not know is left to people.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    Lang, coded,
    token::tokens,
    unit::{Unit, UnitKind},
};

coded! {
    /// How strongly a paragraph binds, from the strongest.
    pub enum Strength {
        /// It is decided or undertaken.
        Binding = "binding",
        /// It is meant to be done.
        Intention = "intention",
        /// Others are called upon.
        Call = "call",
        /// It is welcome.
        Encouragement = "encouragement",
    }
}

/// Verbs by strength. A word of several pieces is looked for as a whole; letters after a `*` may follow.
fn verbs(lang: Lang) -> [(Strength, &'static [&'static str]); 4] {
    let lists: [&'static [&'static str]; 4] = match lang {
        Lang::Zh => [
            &["应", "须", "必须", "承诺", "决定", "保证", "同意设立"],
            &["将", "拟", "计划", "愿", "争取"],
            &["呼吁", "敦促", "请", "要求"],
            &["鼓励", "支持", "欢迎", "倡议", "赞赏"],
        ],
        Lang::Ru => [
            &["обязу*", "обязан*", "постановля*", "реша*", "гарантиру*", "должн*"],
            &["намер*", "планиру*", "будут", "будет", "стрем*"],
            &["призыва*", "прос*", "настоятельно"],
            &["поощря*", "приветству*", "поддержива*", "рекоменду*", "предлага*"],
        ],
        Lang::En => [
            &["shall", "undertake*", "commit*", "decide*", "must", "guarantee*"],
            &["will", "intend*", "plan", "plans", "aim", "aims"],
            &["call*", "urge*", "request*"],
            &["encourage*", "welcome*", "support*", "recommend*", "invite*", "should"],
        ],
        Lang::Fa => [
            &["متعهد", "ملزم", "باید", "تصمیم"],
            &["قصد", "خواهند", "خواهد"],
            &["فرامی\u{200C}خوانند", "درخواست"],
            &["تشویق", "استقبال", "حمایت", "توصیه"],
        ],
    };
    let [binding, intention, call, encouragement] = lists;
    [
        (Strength::Binding, binding),
        (Strength::Intention, intention),
        (Strength::Call, call),
        (Strength::Encouragement, encouragement),
    ]
}

/// Han words in which a character of the lists is no verb.
const NO_VERBS: [&str; 20] = [
    "应急", "应用", "应对", "供应", "响应", "相应", "适应", "效应", "反应", "回应", "对应", "应邀",
    "将来", "即将", "邀请", "申请", "愿景", "意愿", "自愿", "志愿",
];

/// The strongest verb of a text with its strength.
pub fn strength(text: &str, lang: Lang) -> Option<(Strength, String)> {
    let mut plain = text.to_owned();
    if lang == Lang::Zh {
        for word in NO_VERBS {
            plain = plain.replace(word, "、");
        }
    }
    let pieces: Vec<String> = tokens(&plain).iter().map(|piece| piece.to_lowercase()).collect();
    let stands = |verb: &str| {
        if lang == Lang::Zh {
            return plain.contains(verb).then(|| verb.to_owned());
        }
        let same = |piece: &&String| match verb.strip_suffix('*') {
            Some(stem) => piece.starts_with(stem),
            None => piece.as_str() == verb,
        };
        pieces.iter().find(same).cloned()
    };
    verbs(lang).into_iter().find_map(|(strength, verbs)| {
        let longest = verbs.iter().filter_map(|verb| stands(verb)).max_by_key(String::len);
        longest.map(|verb| (strength, verb))
    })
}

/// The last day that a text names in full: `2027年5月18日`, `18 мая 2027`, `18 May 2027`; of a year or
/// a month alone, its last day.
pub fn deadline(text: &str, lang: Lang) -> Option<Date> {
    let pieces: Vec<&str> = tokens(text).into_iter().filter(|t| !t.trim().is_empty()).collect();
    let value = |at: Option<usize>| -> Option<i16> {
        let piece = pieces.get(at?)?;
        piece.parse().ok().filter(|_| piece.len() <= 4)
    };
    let last = |year: i16, month: i8| Date::new(year, month, 1).ok().map(Date::last_of_month);
    let found = |(at, _): (usize, &&str)| {
        let year = value(Some(at)).filter(|year| (1990..=2100).contains(year))?;
        if lang == Lang::Zh {
            let unit = |step: usize, unit: &str| {
                (pieces.get(at + step + 1) == Some(&unit)).then(|| value(Some(at + step))).flatten()
            };
            let month = unit(2, "月").and_then(|month| i8::try_from(month).ok());
            let day = unit(4, "日").and_then(|day| i8::try_from(day).ok());
            pieces.get(at + 1).filter(|year| **year == "年")?;
            return match (month, day) {
                (Some(month), Some(day)) => Date::new(year, month, day).ok(),
                (Some(month), None) => last(year, month),
                _ => last(year, 12),
            };
        }
        let month = at.checked_sub(1).and_then(|at| crate::figures::month(pieces[at]));
        let day = value(at.checked_sub(2)).and_then(|day| i8::try_from(day).ok());
        match (month, day) {
            (Some(month), Some(day)) => Date::new(year, month, day).ok(),
            (Some(month), None) => last(year, month),
            _ => last(year, 12),
        }
    };
    pieces.iter().enumerate().filter_map(found).max()
}

/// What a paragraph suggests to the follow-up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggestion {
    /// How strongly each language binds, with the verb.
    pub strengths: BTreeMap<Lang, (Strength, String)>,
    /// The latest day that any language names.
    pub deadline: Option<Date>,
    /// Whether the languages bind differently: a private hint to the language officer.
    pub uneven: bool,
}

/// Reads an operative paragraph in these languages; nothing if none of them says that anybody does
/// anything.
pub fn suggestion(unit: &Unit, langs: &[Lang]) -> Option<Suggestion> {
    if unit.kind != UnitKind::Operative {
        return None;
    }
    let spoken: Vec<Lang> =
        langs.iter().copied().filter(|lang| !unit.text(*lang).is_empty()).collect();
    let read = |lang: &Lang| strength(unit.text(*lang), *lang).map(|found| (*lang, found));
    let strengths: BTreeMap<Lang, (Strength, String)> = spoken.iter().filter_map(read).collect();
    let (first, _) = strengths.values().next()?;
    let even = strengths.len() == spoken.len() && strengths.values().all(|(s, _)| s == first);
    let deadline = spoken.iter().filter_map(|lang| deadline(unit.text(*lang), *lang)).max();
    Some(Suggestion { uneven: !even, deadline, strengths })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    #[test]
    fn the_verb_decides_how_strongly_a_paragraph_binds() {
        for (lang, text, expected) in [
            (Lang::Zh, "各方应每年报告。", Some(Strength::Binding)),
            (Lang::Zh, "各方将加强应急管理。", Some(Strength::Intention)),
            (Lang::Zh, "邀请各城市参加应用培训。", None),
            (Lang::Ru, "Стороны обязуются отчитываться.", Some(Strength::Binding)),
            (Lang::Ru, "Призывают города присоединиться.", Some(Strength::Call)),
            (Lang::En, "The cities will meet and shall report.", Some(Strength::Binding)),
            (Lang::En, "Encourages universities to join.", Some(Strength::Encouragement)),
            (Lang::En, "A city by the sea.", None),
            (Lang::Fa, "طرفین متعهد می\u{200C}شوند.", Some(Strength::Binding)),
        ] {
            assert_eq!(strength(text, lang).map(|(strength, _)| strength), expected, "{text}");
        }
    }

    #[test]
    fn days_are_read_and_the_last_one_counts() {
        for (lang, text, expected) in [
            (Lang::Zh, "2027年5月18日前，最迟2028年2月", Some(date(2028, 2, 29))),
            (Lang::Zh, "2027年底", Some(date(2027, 12, 31))),
            (Lang::Ru, "до 18 мая 2027 года", Some(date(2027, 5, 18))),
            (Lang::Ru, "в 2027 году", Some(date(2027, 12, 31))),
            (Lang::En, "by February 2028", Some(date(2028, 2, 29))),
            (Lang::En, "by 31 February 2028", None),
            (Lang::En, "in 120 cities", None),
        ] {
            assert_eq!(deadline(text, lang), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "(\\PC|[0-9年月日]|20[0-9][0-9]){0,40}") {
            for lang in Lang::ALL {
                let _ = (strength(&text, lang), deadline(&text, lang));
            }
        }
    }
}
