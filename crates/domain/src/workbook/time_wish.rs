//! Words that wish for a time of a meeting: `18日下午3点以后`, `не раньше 19 мая`, `before lunch`.

use super::{has, plain};

const WORDS: &[&str] = &[
    "上午",
    "下午",
    "晚上",
    "中午",
    "午饭",
    "午餐",
    "午前",
    "午后",
    "全天",
    "当天",
    "当晚",
    "第一天",
    "第二天",
    "第三天",
    "最后一天",
    "以前",
    "以后",
    "之前",
    "之后",
    "前不行",
    "不早于",
    "不晚于",
    "避开",
    "离会前",
    "抵达",
    "点前",
    "点后",
    "после",
    "не раньше",
    "не ранее",
    "не позже",
    "не позднее",
    "утром",
    "днем$",
    "вечером",
    "первой половин",
    "второй половин",
    "первый день",
    "последний день",
    "до обеда",
    "только",
    "morning",
    "afternoon",
    "evening",
    "before",
    "after",
    "not earlier",
    "no earlier",
    "no later",
    "not later",
    "only on",
    "first day",
    "last day",
    "lunch",
];

/// Whether words wish for a time: they name one, or say a day or an hour.
pub fn is_one(words: &str) -> bool {
    let text = plain(words);
    let chars: Vec<char> = text.chars().collect();
    let han = chars.windows(2).any(|two| two[0].is_numeric() && "日号点时".contains(two[1]));
    let clock = words.split(|c: char| !c.is_numeric() && c != ':' && c != '：').any(|part| {
        part.split_once([':', '：']).is_some_and(|(h, m)| !h.is_empty() && m.chars().count() == 2)
    });
    let months = [
        "января",
        "февраля",
        "марта",
        "апреля",
        "мая",
        "июня",
        "июля",
        "августа",
        "сентября",
        "октября",
        "ноября",
        "декабря",
        "may$",
        "june$",
        "july$",
        "september$",
        "october$",
    ];
    has(&text, WORDS) || han || clock || has(&text, &months)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wishes_for_a_time_are_told_from_other_remarks() {
        for words in [
            "18日下午3点以后",
            "不早于19日10:00",
            "仅20日上午",
            "18日12点前不行",
            "避开午饭",
            "离会前最后一天",
            "19日全天都行",
            "5月19日 14:00–15:00",
            "请安排在签约之前",
            "после 15:00",
            "только 20 мая",
            "не раньше среды",
            "after lunch",
            "19 May",
        ] {
            assert!(is_one(words), "{words}");
        }
        for words in [
            "",
            "须市长本人出席",
            "对方已口头同意",
            "请单独安排，不带记者",
            "с переводчиком",
            "VIP 12",
        ] {
            assert!(!is_one(words), "{words}");
        }
    }
}
