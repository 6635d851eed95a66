//! What a column of a list of meetings holds, recognised from its heading in Chinese, Russian or English.

use std::{fmt, str::FromStr};

use crate::{
    Lang,
    coded::UnknownCode,
    workbook::{column::lang_of, has, header::Holds, plain},
};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// Nothing that is taken.
    Aside,
    /// The side that asks.
    From,
    /// The side that is asked.
    To,
    /// About what; without a language, in that of its letters.
    Purpose(Option<Lang>),
    /// How much it is wished.
    Wish,
    /// How long.
    Minutes,
    /// How it stands.
    State,
    /// When it was to be; compared for clashes, and kept in words.
    Start,
    /// What the office notes beside; nobody else is shown it.
    Remark,
}

const CODES: [(Column, &str); 13] = [
    (Column::Aside, "aside"),
    (Column::From, "from"),
    (Column::To, "to"),
    (Column::Purpose(None), "purpose"),
    (Column::Purpose(Some(Lang::Zh)), "purpose.zh"),
    (Column::Purpose(Some(Lang::Ru)), "purpose.ru"),
    (Column::Purpose(Some(Lang::En)), "purpose.en"),
    (Column::Purpose(Some(Lang::Fa)), "purpose.fa"),
    (Column::Wish, "wish"),
    (Column::Minutes, "minutes"),
    (Column::State, "state"),
    (Column::Start, "start"),
    (Column::Remark, "remark"),
];

/// The first rule that finds one of its words decides: the date of a letter is no time of a meeting, and what
/// is wished in a column of remarks is a remark.
const RULES: [(Column, &[&str]); 9] = [
    (Column::Aside, ASIDE),
    (Column::Remark, REMARK),
    (Column::State, STATE),
    (Column::Minutes, MINUTES),
    (Column::Start, START),
    (Column::Wish, WISH),
    (Column::From, FROM),
    (Column::To, TO),
    (Column::Purpose(None), PURPOSE),
];

const ASIDE: &[&str] = &[
    "来函",
    "收文",
    "发文",
    "收到",
    "登记",
    "经办",
    "承办",
    "联系",
    "联络",
    "电话",
    "编号",
    "序号",
    "письм",
    "входящ",
    "получен",
    "поступ",
    "исполнител",
    "ответственн",
    "контакт",
    "телефон",
    "п п$",
    "no$",
    "received",
    "letter",
    "contact",
    "phone",
    "handled",
];
const REMARK: &[&str] = &[
    "备注",
    "附注",
    "说明",
    "备考",
    "примечан",
    "комментар",
    "пожелан",
    "особые",
    "remark",
    "note",
    "comment",
];
const STATE: &[&str] = &[
    "状态",
    "确认",
    "答复",
    "回复",
    "落实",
    "состояни",
    "статус",
    "ответ",
    "согласован",
    "state$",
    "status",
    "answer",
    "reply",
];
const MINUTES: &[&str] = &[
    "时长",
    "分钟",
    "多长",
    "多久",
    "用时",
    "длит",
    "продолжительност",
    "минут",
    "мин$",
    "сколько",
    "minut",
    "duration",
    "length",
    "how long",
];
const START: &[&str] = &[
    "时间",
    "日期",
    "开始",
    "何时",
    "什么时候",
    "когда",
    "время",
    "дата",
    "начал",
    "time$",
    "times$",
    "date$",
    "dates$",
    "start",
    "when$",
];
const WISH: &[&str] = &[
    "重要",
    "优先",
    "意愿",
    "急",
    "程度",
    "等级",
    "важност",
    "приоритет",
    "срочн",
    "желател",
    "wish",
    "priorit",
    "importan",
    "urgen",
];
const FROM: &[&str] = &[
    "请求方",
    "请求单位",
    "提出",
    "申请",
    "邀请方",
    "提议",
    "发起",
    "要求方",
    "谁要见",
    "我方",
    "甲方",
    "主方",
    "кто просит",
    "кто запра",
    "запрашива",
    "запросил",
    "просит",
    "инициатор",
    "заявител",
    "от кого",
    "кто$",
    "наша сторона",
    "сторона а$",
    "сторона 1$",
    "город 1$",
    "城市1",
    "代表团1",
    "city 1$",
    "asked by",
    "from$",
    "requested by",
    "side a$",
    "requester",
    "requesting",
    "applicant",
    "initiator",
    "who asks",
    "our side",
];
const TO: &[&str] = &[
    "会见对象",
    "会谈对象",
    "会见方",
    "会谈方",
    "见谁",
    "会见谁",
    "约见",
    "拟见",
    "希望会见",
    "想见",
    "被请求",
    "受邀方",
    "对方",
    "乙方",
    "客方",
    "кого прос",
    "кого",
    "с кем",
    "партнер",
    "собеседник",
    "визави",
    "другая сторона",
    "сторона б$",
    "сторона 2$",
    "город 2$",
    "城市2",
    "代表团2",
    "city 2$",
    "asked of",
    "to$",
    "with$",
    "whom",
    "side b$",
    "partner",
    "counterpart",
    "other side",
    "wants to meet",
    "wish to meet",
];
const PURPOSE: &[&str] = &[
    "议题",
    "主题",
    "题目",
    "内容",
    "事由",
    "事项",
    "谈什么",
    "谈啥",
    "会谈",
    "商谈",
    "目的",
    "тема",
    "темы",
    "предмет",
    "вопрос",
    "о чем",
    "цель",
    "повестк",
    "about",
    "topic",
    "subject",
    "purpose",
    "agenda",
    "theme",
];

impl Column {
    /// The code without the language.
    pub fn kind(self) -> &'static str {
        let whole =
            CODES.iter().find(|(column, _)| *column == self).map_or("aside", |(_, code)| code);
        whole.split_once('.').map_or(whole, |(kind, _)| kind)
    }

    /// The language that the heading names.
    pub fn lang(self) -> Option<Lang> {
        match self {
            Column::Purpose(lang) => lang,
            _ => None,
        }
    }
}

impl Holds for Column {
    const ASIDE: Self = Column::Aside;

    fn all() -> Vec<Self> {
        CODES.iter().map(|(column, _)| *column).collect()
    }

    fn of(heading: &str) -> Self {
        let text = plain(heading);
        let found = RULES.iter().find(|(_, words)| has(&text, words)).map(|(column, _)| *column);
        match found {
            Some(Column::Purpose(_)) => Column::Purpose(lang_of(&text)),
            other => other.unwrap_or(Column::Aside),
        }
    }

    fn kept(self) -> bool {
        self != Column::Aside
    }

    fn may_be_empty(self) -> bool {
        !matches!(self, Column::Aside | Column::From | Column::To)
    }
}

impl fmt::Display for Column {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            CODES.iter().find(|(column, _)| column == self).map_or("aside", |(_, code)| code),
        )
    }
}

impl FromStr for Column {
    type Err = UnknownCode;

    fn from_str(s: &str) -> Result<Self, UnknownCode> {
        CODES.iter().find(|(_, code)| *code == s).map(|(column, _)| *column).ok_or(UnknownCode)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_of_host_offices() {
        let cases = [
            ("提出方", Column::From),
            ("申请单位", Column::From),
            ("我方", Column::From),
            ("Кто просит", Column::From),
            ("Инициатор встречи", Column::From),
            ("Requested by", Column::From),
            ("希望见谁", Column::To),
            ("会见对象", Column::To),
            ("对方", Column::To),
            ("С кем", Column::To),
            ("Партнёр", Column::To),
            ("Counterpart", Column::To),
            ("谈什么", Column::Purpose(None)),
            ("会谈议题（俄文）", Column::Purpose(Some(Lang::Ru))),
            ("О чём", Column::Purpose(None)),
            ("Тема", Column::Purpose(None)),
            ("多长时间", Column::Minutes),
            ("时长（分钟）", Column::Minutes),
            ("Продолжительность, мин", Column::Minutes),
            ("Длит.", Column::Minutes),
            ("How long", Column::Minutes),
            ("急不急", Column::Wish),
            ("重要程度", Column::Wish),
            ("意愿", Column::Wish),
            ("Срочность", Column::Wish),
            ("Приоритет", Column::Wish),
            ("意愿/备注", Column::Remark),
            ("Примечание", Column::Remark),
            ("Пожелания по времени", Column::Remark),
            ("时间", Column::Start),
            ("Дата и время", Column::Start),
            ("对方答复", Column::State),
            ("Статус", Column::State),
            ("来函日期", Column::Aside),
            ("承办人", Column::Aside),
            ("№ п/п", Column::Aside),
            ("Дата письма", Column::Aside),
            ("", Column::Aside),
        ];
        for (heading, column) in cases {
            assert_eq!(Column::of(heading), column, "{heading}");
        }
    }

    #[test]
    fn every_column_is_read_back_from_its_code() {
        for column in Column::all() {
            assert_eq!(column.to_string().parse(), Ok(column));
        }
    }
}
