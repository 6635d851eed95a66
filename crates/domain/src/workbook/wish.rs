//! How much a meeting is wished, and how it stands, in the words of a list.

use super::{has, plain};
use crate::meeting::{MeetingState, Wish};

/// Words that take back the word in them: `不急`, `не срочно`.
const LESS: &[&str] = &["不急", "不重要", "不必须", "非必须", "非急", "не ", "not ", "non "];
const MUST: &[&str] = &[
    "务必",
    "必须",
    "必见",
    "重要",
    "优先",
    "急",
    "高",
    "交办",
    "一定",
    "首要",
    "обязательн",
    "важн",
    "высок",
    "срочн",
    "безотлагательн",
    "первоочередн",
    "приоритетн",
    "must",
    "essential",
    "high",
    "urgent",
    "mandatory",
    "top$",
    "a$",
    "1$",
];
const NICE: &[&str] = &[
    "希望",
    "一般",
    "可缓",
    "缓办",
    "礼节",
    "有空",
    "有时间",
    "尽量",
    "如可能",
    "如有可能",
    "可免",
    "普通",
    "低",
    "中",
    "可选",
    "по возможности",
    "протокольн",
    "желательн",
    "обычн",
    "низк",
    "средн",
    "если получится",
    "необязательн",
    "несрочн",
    "неважн",
    "desirable",
    "nice",
    "if possible",
    "courtesy",
    "optional",
    "normal",
    "medium",
    "low",
    "b$",
    "c$",
    "2$",
    "3$",
];

/// How much a cell says that a meeting is wished; nothing where it says neither.
pub fn read(said: &str) -> Option<Wish> {
    let text = plain(said);
    if has(&text, LESS) || has(&text, NICE) && !has(&text, MUST) {
        return Some(Wish::Nice);
    }
    let marked =
        said.contains(['★', '☆', '⭐', '❗', '‼']) || said.contains("!!") || said.trim() == "!";
    (marked || has(&text, MUST)).then_some(Wish::Must)
}

/// How a cell says that a meeting stands; nothing where it says neither yes nor no.
pub fn state(said: &str) -> Option<MeetingState> {
    let text = plain(said);
    let declined = [
        "不同意",
        "未安排",
        "拒",
        "谢绝",
        "не состоит",
        "не соглас",
        "отказ",
        "отклон",
        "declin",
        "refus",
        "not taking",
        "no$",
        "нет$",
        "否",
    ];
    let withdrawn = ["撤回", "取消", "отозван", "отмен", "withdrawn", "cancel"];
    let accepted = [
        "同意",
        "确认",
        "接受",
        "согласован",
        "подтвержд",
        "принят",
        "agreed",
        "accept",
        "confirm",
        "yes$",
        "да$",
        "是",
    ];
    [
        (MeetingState::Proposed, &["组织方提议", "предложена организ", "proposed by the org"][..]),
        (MeetingState::Dropped, &["提议未获", "предложение не принят", "proposal not taken"][..]),
        (MeetingState::Declined, &declined[..]),
        (MeetingState::Withdrawn, &withdrawn[..]),
        (MeetingState::Accepted, &accepted[..]),
    ]
    .into_iter()
    .find_map(|(state, words)| has(&text, words).then_some(state))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wishes_as_offices_write_them() {
        let must = [
            "★",
            "急",
            "加急",
            "必须",
            "务必",
            "重要",
            "领导交办",
            "高",
            "срочно",
            "Обязательно",
            "важно",
            "высокая",
            "must",
            "urgent",
            "A",
            "1",
        ];
        let nice = [
            "可缓",
            "礼节性",
            "有空再说",
            "一般",
            "不急",
            "不重要",
            "希望安排",
            "по возможности",
            "протокольная",
            "желательно",
            "не срочно",
            "необязательно",
            "not urgent",
            "desirable",
            "C",
        ];
        for (words, wish) in [(&must[..], Wish::Must), (&nice[..], Wish::Nice)] {
            for said in words {
                assert_eq!(read(said), Some(wish), "{said}");
            }
        }
        for said in ["", "—", "待定", "???", "18日下午", "лично"] {
            assert_eq!(read(said), None, "{said}");
        }
    }
}
