//! Rows that say themselves that they are not to be taken: `取消`, `不来了`, `снялась`, `withdrawn`.

use super::{has, is_han, plain};

const WORDS: &[&str] = &[
    "取消",
    "不来",
    "作废",
    "不参加",
    "不出席",
    "不参会",
    "不与会",
    "退出",
    "撤销",
    "撤回",
    "отмен",
    "снята$",
    "сняты$",
    "снялась",
    "снялся",
    "снялись",
    "отказ",
    "аннулир",
    "не приед",
    "не прибуд",
    "не приезжа",
    "не участву",
    "не будет участв",
    "cancel",
    "withdrawn",
    "withdrew",
    "not coming",
    "not attending",
    "will not come",
    "will not attend",
];
const BARE: &[&str] = &["n a", "нет", "no"];

/// Whether a cell says so.
pub fn says(cell: &str) -> bool {
    has(&plain(cell), WORDS)
}

/// Whether a cell says that and nothing else: a topic may be "отмена виз", an office "отдел отмен".
pub fn says_only(cell: &str) -> bool {
    let text = plain(cell);
    let short =
        if text.chars().any(is_han) { text.chars().count() <= 3 } else { !text.contains(' ') };
    short && has(&text, WORDS)
}

/// Whether a cell in the place of a name says that there is nobody.
pub fn names_nobody(cell: &str) -> bool {
    says(cell) || !cell.starts_with('#') && BARE.contains(&&*plain(cell))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_that_are_off_say_so() {
        for cell in [
            "取消",
            "4月26日来函：不来了（取消）",
            "作废",
            "市长不参加",
            "布列斯特不来了",
            "Отменено",
            "делегация снялась",
            "отказ от 12.04",
            "Не приедет",
            "CANCELLED",
            "withdrawn by letter",
        ] {
            assert!(says(cell), "{cell}");
        }
        for cell in ["", "未答复", "清真餐", "noted", "Kanzler", "снятие"] {
            assert!(!says(cell), "{cell}");
        }
    }

    #[test]
    fn a_topic_may_speak_of_it() {
        for cell in ["отмена виз", "取消签证合作", "cancellation of visas"] {
            assert!(!says_only(cell), "{cell}");
        }
        for cell in ["取消", "已取消", "отменено", "Cancelled"] {
            assert!(says_only(cell), "{cell}");
        }
        assert!(names_nobody("N/A") && !names_nobody("Noah"));
    }
}
