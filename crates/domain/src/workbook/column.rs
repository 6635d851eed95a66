//! What a column of a list of people or of delegations holds, recognised from its heading in Chinese,
//! Russian or English.

use std::{fmt, str::FromStr};

use super::{has, header::Holds, plain};
use crate::{Lang, coded::UnknownCode};

/// What a column holds. A name or office without a language is in that of its letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Column {
    /// Nothing that is kept.
    Aside,
    /// What is never kept here: passports, birth dates, health. The accreditation desk takes it.
    Sensitive,
    /// The person's identifier, in a list that was exported here.
    Id,
    /// Whose delegation it is.
    Delegation,
    /// Most people that the delegation may bring.
    Quota,
    /// How many people it says it brings.
    Size,
    /// The full name.
    Name(Option<Lang>),
    /// The full name of whoever leads the delegation.
    Leader(Option<Lang>),
    /// The family name.
    Family(Option<Lang>),
    /// The given name.
    Given(Option<Lang>),
    /// The patronymic.
    Patronymic(Option<Lang>),
    /// The office.
    Office(Option<Lang>),
    /// The form of address.
    Salutation(Option<Lang>),
    /// The rank class.
    Rank,
    /// The task in the delegation.
    Task,
    /// The address.
    Email,
    /// Languages spoken.
    Languages,
    /// Arrival: a day, or a day and a time, in one column or two.
    Arrival,
    /// Departure.
    Departure,
}

/// The first four stand before the names in a list of choices.
const PLAIN: [(Column, &str); 12] = [
    (Column::Aside, "aside"),
    (Column::Sensitive, "sensitive"),
    (Column::Id, "id"),
    (Column::Delegation, "delegation"),
    (Column::Rank, "rank"),
    (Column::Task, "task"),
    (Column::Email, "email"),
    (Column::Languages, "languages"),
    (Column::Arrival, "arrival"),
    (Column::Departure, "departure"),
    (Column::Quota, "quota"),
    (Column::Size, "size"),
];

type OfLang = fn(Option<Lang>) -> Column;

const NAMED: [(OfLang, &str); 7] = [
    (Column::Name, "name"),
    (Column::Leader, "leader"),
    (Column::Family, "family"),
    (Column::Given, "given"),
    (Column::Patronymic, "patronymic"),
    (Column::Office, "office"),
    (Column::Salutation, "salutation"),
];

const LANGS: [Option<Lang>; 5] =
    [None, Some(Lang::Zh), Some(Lang::Ru), Some(Lang::En), Some(Lang::Fa)];

impl Column {
    /// The stable code without the language.
    pub fn kind(self) -> &'static str {
        let plain = PLAIN.iter().find(|(column, _)| *column == self).map(|(_, code)| *code);
        let named = || NAMED.iter().find(|(of, _)| of(self.lang()) == self).map(|(_, code)| *code);
        plain.or_else(named).unwrap_or("aside")
    }

    /// The language that the heading names.
    pub fn lang(self) -> Option<Lang> {
        match self {
            Column::Name(l)
            | Column::Leader(l)
            | Column::Family(l)
            | Column::Given(l)
            | Column::Patronymic(l)
            | Column::Office(l)
            | Column::Salutation(l) => l,
            _ => None,
        }
    }

    /// Whether it names the person.
    pub fn names(self) -> bool {
        matches!(self, Column::Name(_) | Column::Leader(_) | Column::Family(_) | Column::Given(_))
    }

    /// Whether it is of the delegation and says nothing in a list of one delegation's people.
    pub fn is_of_delegation(self) -> bool {
        matches!(self, Column::Delegation | Column::Quota | Column::Size)
    }
}

impl Holds for Column {
    const ASIDE: Self = Column::Aside;

    fn all() -> Vec<Column> {
        let named = NAMED.iter().flat_map(|(of, _)| LANGS.map(of));
        PLAIN[..4].iter().map(|p| p.0).chain(named).chain(PLAIN[4..].iter().map(|p| p.0)).collect()
    }

    fn of(heading: &str) -> Column {
        let text = plain(heading);
        if let Some(timed) = timed_of(&text).or_else(|| span_of(&text)) {
            return timed;
        }
        let found = RULES.iter().find(|(_, words)| has(&text, words));
        if let Some(journey) = found.is_none().then(|| journey_of(&text)).flatten() {
            return journey;
        }
        match found {
            Some((Found::Plain(column), _)) => *column,
            Some((Found::Named(of), _)) => of(lang_of(&text)),
            None => name_of(&text),
        }
    }

    fn kept(self) -> bool {
        !matches!(self, Column::Aside | Column::Sensitive)
    }

    fn may_be_empty(self) -> bool {
        self.kept() && !self.names() && !matches!(self, Column::Id | Column::Delegation)
    }
}

enum Found {
    Plain(Column),
    Named(OfLang),
}

/// The first rule that finds one of its words decides: a flight of arrival is a flight.
const RULES: [(Found, &[&str]); 18] = [
    (Found::Plain(Column::Sensitive), SENSITIVE),
    (Found::Plain(Column::Id), &["id$", "identifier", "идентификатор", "识别号"]),
    (
        Found::Plain(Column::Email),
        &["邮箱", "邮件", "email", "e mail", "mail$", "почт", "эл адрес"],
    ),
    (Found::Named(Column::Salutation), &["称谓", "称呼", "尊称", "敬称", "обращени", "salutation"]),
    (Found::Plain(Column::Aside), ASIDE),
    (Found::Plain(Column::Arrival), ARRIVAL),
    (Found::Plain(Column::Departure), DEPARTURE),
    (Found::Named(Column::Office), OFFICE),
    (Found::Plain(Column::Languages), &["语言", "语种", "язык", "language"]),
    (Found::Named(Column::Name), DEPUTY),
    (Found::Named(Column::Leader), LEADER),
    (
        Found::Plain(Column::Task),
        &["职责", "任务", "分工", "角色", "роль", "задач", "статус", "task", "role", "function"],
    ),
    (Found::Plain(Column::Rank), RANK),
    (Found::Plain(Column::Quota), &["名额", "配额", "квот", "quota"]),
    (Found::Plain(Column::Size), SIZE),
    (Found::Named(Column::Name), &["姓名", "名字", "фио", "ф и о", "full name"]),
    (Found::Plain(Column::Delegation), DELEGATION),
    (Found::Plain(Column::Delegation), &["团$", "团别", "团名"]),
];

const SENSITIVE: &[&str] = &[
    "护照",
    "证件",
    "身份证",
    "出生",
    "生日",
    "健康",
    "病",
    "饮食",
    "паспорт",
    "рожден",
    "рожд$",
    "здоров",
    "диет",
    "passport",
    "birth",
    "health",
    "medical",
    "diet",
];
const ASIDE: &[&str] = &[
    "航班",
    "车次",
    "备注",
    "电话",
    "手机",
    "序号",
    "编号",
    "性别",
    "рейс",
    "поезд",
    "примечан",
    "телефон",
    "тел$",
    "no$",
    "п п$",
    "пол$",
    "flight",
    "train",
    "remark",
    "note",
    "phone",
    "mobile",
    "gender",
    "sex$",
];
const ARRIVAL: &[&str] =
    &["抵达", "到达", "到会", "来华", "прибыт", "прибыва", "приезд", "прилет", "заезд", "arriv"];
const DEPARTURE: &[&str] = &[
    "离开",
    "离会",
    "离境",
    "返程",
    "离华",
    "回国",
    "отбыт",
    "отъезд",
    "выезд",
    "вылет",
    "убыт",
    "убыва",
    "уезжа",
    "depart",
    "leav",
];
const OFFICE: &[&str] =
    &["职务", "职位", "职衔", "должност", "office", "position", "post$", "job title", "title$"];
const DEPUTY: &[&str] = &["副团长", "заместитель", "зам главы", "deputy"];
const LEADER: &[&str] = &[
    "团长",
    "глава делег",
    "главы делег",
    "руководитель делег",
    "руководителя делег",
    "leader",
    "head of delegation",
    "head of the delegation",
];
const RANK: &[&str] =
    &["类别", "级别", "身份", "категор", "ранг", "уровен", "rank", "category", "level$"];
const SIZE: &[&str] = &[
    "人数",
    "人员$",
    "численност",
    "состав$",
    "кол во",
    "количеств",
    "people$",
    "persons$",
    "size",
];
const DELEGATION: &[&str] =
    &["代表团", "城市", "单位", "делегац", "город", "организац", "delegation", "city", "organi"];
const FAMILY: &[&str] = &["姓氏", "姓$", "фамили", "family", "surname", "last name"];
const GIVEN: &[&str] = &["名$", "имя", "имен", "given", "first name"];
const PATRONYMIC: &[&str] = &["父称", "отчеств", "patronymic"];

/// The hour of a journey beside its flight: `Прибытие: время, рейс`. The flight alone is not kept.
fn timed_of(text: &str) -> Option<Column> {
    if !has(text, &["时间", "время", "time"]) || !has(text, &["航班", "车次", "рейс", "flight"])
    {
        return None;
    }
    let found = [(Column::Arrival, ARRIVAL), (Column::Departure, DEPARTURE)];
    let named = found.into_iter().find(|(_, words)| has(text, words)).map(|(column, _)| column);
    named.or_else(|| journey_of(text))
}

/// From when and until when somebody is there: `С какого`, `Присутствие по`, `自`, `until`. The heading says
/// nothing else, so that no word within a longer one is taken for it.
fn span_of(text: &str) -> Option<Column> {
    let beside = |word: &&str| !PRESENCE.contains(word);
    let han = text.chars().any(super::is_han);
    let bare = if han {
        PRESENCE.iter().fold(text.replace(' ', ""), |text, word| text.replace(word, ""))
    } else {
        text.split(' ').filter(beside).collect::<Vec<_>>().join(" ")
    };
    let spans = [(Column::Arrival, FROM), (Column::Departure, UNTIL)];
    spans.into_iter().find(|(_, words)| words.contains(&&*bare)).map(|(column, _)| column)
}

/// Words beside those of a span that say that it is one.
const PRESENCE: &[&str] = &[
    "присутствие",
    "присутствует",
    "пребывание",
    "период",
    "работа",
    "работы",
    "работает",
    "занятость",
    "свободен",
    "доступен",
    "доступность",
    "дата",
    "дату",
    "числа",
    "число",
    "день",
    "presence",
    "present",
    "available",
    "availability",
    "period",
    "date",
    "day",
    "在岗",
    "到岗",
    "在场",
    "可用",
    "服务",
    "工作",
    "期间",
    "时间",
    "日期",
];
const FROM: &[&str] =
    &["с", "с какого", "начало", "начиная с", "from", "start", "since", "自", "从", "起", "开始"];
const UNTIL: &[&str] = &[
    "по",
    "по какое",
    "до",
    "до какого",
    "конец",
    "окончание",
    "until",
    "till",
    "to",
    "end",
    "至",
    "到",
    "止",
    "截止",
    "结束",
];

/// 抵津, 离津: 抵 or 离 and the short name of a place.
fn journey_of(text: &str) -> Option<Column> {
    let place = |word: char| text.split_once(word).is_some_and(|(_, place)| !place.is_empty());
    [('抵', Column::Arrival), ('离', Column::Departure)]
        .into_iter()
        .find(|(word, _)| place(*word))
        .map(|(_, column)| column)
}

/// A heading that names parts of a name: one part alone, or all of them as a full name.
fn name_of(text: &str) -> Column {
    let lang = lang_of(text);
    match [FAMILY, GIVEN, PATRONYMIC].map(|words| has(text, words)) {
        [false, false, false] if has(text, &["name$"]) => Column::Name(lang),
        [false, false, false] => Column::Aside,
        [true, false, false] => Column::Family(lang),
        [false, true, false] => Column::Given(lang),
        [false, false, true] => Column::Patronymic(lang),
        _ => Column::Name(lang),
    }
}

pub(super) fn lang_of(text: &str) -> Option<Lang> {
    let words: [(Lang, &[&str]); 4] = [
        (Lang::Zh, &["中文", "汉", "кита", "chinese", "zh$"]),
        (Lang::Ru, &["俄", "русск", "кирилл", "russian", "ru$"]),
        (Lang::En, &["英", "拉丁", "拼音", "латин", "английск", "english", "latin", "en$"]),
        (Lang::Fa, &["波斯", "персид", "фарси", "persian", "fa$"]),
    ];
    words.iter().find(|(_, words)| has(text, words)).map(|(lang, _)| *lang)
}

/// Whether a heading says that the family name stands first.
pub fn family_first(heading: &str) -> bool {
    let text = plain(heading);
    text.contains("фамилия имя") || text.contains("family name given") || text == "фио"
}

impl fmt::Display for Column {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind())?;
        self.lang().map_or(Ok(()), |lang| write!(f, ".{lang}"))
    }
}

impl FromStr for Column {
    type Err = UnknownCode;

    fn from_str(s: &str) -> Result<Self, UnknownCode> {
        Column::all().into_iter().find(|c| c.to_string() == s).ok_or(UnknownCode)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_of_three_languages() {
        let cases = [
            ("姓名 中文", Column::Name(Some(Lang::Zh))),
            ("Фамилия, имя, отчество по-русски", Column::Name(Some(Lang::Ru))),
            ("Ф.И.О.", Column::Name(None)),
            ("Name (Latin)", Column::Name(Some(Lang::En))),
            ("Name", Column::Name(None)),
            ("Family name", Column::Family(None)),
            ("Фамилия", Column::Family(None)),
            ("姓", Column::Family(None)),
            ("职务", Column::Office(None)),
            ("Должность (на английском языке)", Column::Office(Some(Lang::En))),
            ("性别称谓", Column::Salutation(None)),
            ("性别", Column::Aside),
            ("抵达 日期", Column::Arrival),
            ("抵达 航班/车次", Column::Aside),
            ("Время прибытия", Column::Arrival),
            ("Дата отъезда", Column::Departure),
            ("抵津", Column::Arrival),
            ("离津", Column::Departure),
            ("抵京时间", Column::Arrival),
            ("离沪 日期", Column::Departure),
            ("抵津航班", Column::Aside),
            ("Прибытие в Тяньцзинь", Column::Arrival),
            ("Прибытие время, рейс", Column::Arrival),
            ("Отъезд: рейс, время", Column::Departure),
            ("抵津航班及时间", Column::Arrival),
            ("Время вылета и рейс", Column::Departure),
            ("Рейс прибытия", Column::Aside),
            ("С какого", Column::Arrival),
            ("По какое", Column::Departure),
            ("Присутствие с", Column::Arrival),
            ("Период по", Column::Departure),
            ("С какого числа", Column::Arrival),
            ("自", Column::Arrival),
            ("至", Column::Departure),
            ("在岗时间 自", Column::Arrival),
            ("开始日期", Column::Arrival),
            ("结束时间", Column::Departure),
            ("Available from", Column::Arrival),
            ("until", Column::Departure),
            ("From (city)", Column::Delegation),
            ("Работа с документами", Column::Aside),
            ("到", Column::Departure),
            ("Вылет из Тяньцзиня", Column::Departure),
            ("团", Column::Delegation),
            ("团长", Column::Leader(None)),
            ("№ п/п", Column::Aside),
            ("Номер паспорта", Column::Sensitive),
            ("出生日期", Column::Sensitive),
            ("ＩＤ", Column::Id),
            ("E-mail", Column::Email),
            ("工作语言", Column::Languages),
            ("Полное имя", Column::Given(None)),
            ("代表团", Column::Delegation),
            ("Город / организация", Column::Delegation),
            ("团长姓名", Column::Leader(None)),
            ("ФИО главы делегации", Column::Leader(None)),
            ("团长职务", Column::Office(None)),
            ("代表团人数", Column::Size),
            ("Кол-во чел.", Column::Size),
            ("Quota", Column::Quota),
            ("Уровень", Column::Rank),
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
