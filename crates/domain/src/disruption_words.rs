//! A message as somebody types it in a hurry: "Bishkek lands three hours late", «Бишкек опаздывает на
//! три часа», “比什凯克晚到三小时”. A delegation and a delay, or its absence, are understood, and that an
//! interpreter cannot work; of anything else nothing is guessed.

use crate::{
    DelegationId, InterpreterId, Text,
    delegation::Delegation,
    disruption_delay::{is_han, minutes},
    interpreter::Interpreter,
    search::fold,
};

/// What was understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Understood {
    /// A delegation is late by so many minutes.
    Late(DelegationId, i64),
    /// A delegation does not come.
    Withdrawn(DelegationId),
    /// An interpreter cannot work.
    Out(InterpreterId),
}

/// Words that tell of a delay, as they begin; Chinese ones wherever they stand.
const LATE: [&str; 12] = [
    "late",
    "delay",
    "опозд",
    "опазд",
    "задерж",
    "позже",
    "поздн",
    "晚",
    "迟",
    "延误",
    "推迟",
    "延后",
];
/// Words that tell of an absence.
const ABSENT: [&str; 16] = [
    "not come",
    "not coming",
    "no longer com",
    "withdraw",
    "withdrew",
    "не приед",
    "не прилет",
    "не прибуд",
    "не будет участвовать",
    "отказал",
    "отказыва",
    "不来",
    "不能来",
    "不参加",
    "不出席",
    "退出",
];
/// Words that tell that somebody cannot work, as they begin; Chinese ones wherever they stand.
const OUT: [&str; 27] = [
    "ill",
    "sick",
    "unwell",
    "out",
    "hospital",
    "cannot",
    "can't",
    "unavailable",
    "absent",
    "заболе",
    "болен",
    "больн",
    "болеет",
    "не сможет",
    "не может",
    "не придет",
    "не выйдет",
    "отсутств",
    "травм",
    "病",
    "不适",
    "请假",
    "缺席",
    "无法",
    "不能",
    "不来",
    "住院",
];
/// What a message says of one of these delegations or interpreters.
pub fn understand(
    said: &str,
    delegations: &[Delegation],
    interpreters: &[Interpreter],
) -> Option<Understood> {
    let said = fold(said);
    let of_delegations = named(&said, delegations, |d| (d.id, versions(&d.name)));
    let of_interpreters = named(&said, interpreters, |i| (i.id, called(i)));
    match (of_delegations, of_interpreters) {
        (None, Some((interpreter, rest))) => {
            let told = OUT.iter().any(|word| tells(&rest, word));
            told.then_some(Understood::Out(interpreter))
        }
        (Some((delegation, rest)), None) => of_delegation(delegation, &rest),
        // Two at once: whom it is about would be a guess.
        _ => None,
    }
}

fn of_delegation(delegation: DelegationId, rest: &str) -> Option<Understood> {
    if LATE.iter().any(|word| tells(rest, word))
        && let Some(minutes) = minutes(rest)
    {
        return Some(Understood::Late(delegation, minutes));
    }
    ABSENT.iter().any(|phrase| rest.contains(phrase)).then_some(Understood::Withdrawn(delegation))
}

/// Whether a word stands in a message: as a word begins, several as they are, Chinese anywhere.
fn tells(message: &str, word: &str) -> bool {
    let whole = word.starts_with(is_han) || word.contains([' ', '\'']);
    let mut words = message.split(|c: char| !c.is_alphanumeric());
    if whole { message.contains(word) } else { words.any(|other| other.starts_with(word)) }
}

fn versions(text: &Text) -> Vec<String> {
    text.versions.values().map(|version| fold(&version.text)).collect()
}

/// How people speak of an interpreter: the whole name, and the family name by itself where it is long
/// enough not to stand in other words by chance.
fn called(interpreter: &Interpreter) -> Vec<String> {
    let long = |name: &String| name.chars().count() >= 4;
    let styled = interpreter.name.styled.values();
    let both = styled.flat_map(|s| {
        let family = Some(fold(&s.family)).filter(long);
        [Some(fold(&s.name)), family].into_iter().flatten()
    });
    both.filter(|name| !name.is_empty()).collect()
}

/// The one of several that is named, and the message without the name. A name that only stands inside a
/// longer one does not count; two at once are none.
fn named<T, K: Copy + PartialEq>(
    said: &str,
    all: &[T],
    names: impl Fn(&T) -> (K, Vec<String>),
) -> Option<(K, String)> {
    let mut found: Vec<(String, K, String)> = Vec::new();
    for one in all {
        let (id, names) = names(one);
        for name in names {
            if let Some(rest) = without(said, &name) {
                found.push((name, id, rest));
            }
        }
    }
    let (longest, id, rest) = found.iter().max_by_key(|(name, ..)| name.chars().count())?;
    let one = |(name, other, _): &(String, K, String)| {
        other == id || (name != longest && longest.contains(name.as_str()))
    };
    found.iter().all(one).then(|| (*id, rest.clone()))
}

/// The message without a name that stands in it, in any of its cases.
fn without(said: &str, name: &str) -> Option<String> {
    if name.chars().any(is_han) {
        return said.contains(name).then(|| said.replace(name, " "));
    }
    let (words, parts): (Vec<&str>, Vec<&str>) = (split(said), split(name));
    if parts.is_empty() {
        return None;
    }
    let at = words
        .windows(parts.len())
        .position(|window| window.iter().zip(&parts).all(|(word, part)| declined(word, part)))?;
    let rest = words[..at].iter().chain(&words[at + parts.len()..]);
    // Amounts such as 2.5 are kept whole.
    Some(rest.copied().collect::<Vec<_>>().join(" "))
}

fn split(text: &str) -> Vec<&str> {
    let apart = |c: char| c.is_whitespace() || "\"'’«»“”()!?;:".contains(c);
    text.split(apart)
        .map(|word| word.trim_matches(['.', ',']))
        .filter(|word| !word.is_empty())
        .collect()
}

/// Whether a word is a name's word in any Russian case; elsewhere words stand as they are.
fn declined(word: &str, name: &str) -> bool {
    if word == name {
        return true;
    }
    let cyrillic = name.chars().all(|c| ('а'..='я').contains(&c) || c == '-');
    let stem = name.trim_end_matches(['а', 'я', 'о', 'е', 'ь', 'й', 'ы', 'и']);
    let length = stem.chars().count();
    let ending = word.strip_prefix(stem).map(|ending| ending.chars().count());
    cyrillic && length >= 2 && ending.is_some_and(|n| n <= length.min(3))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        CityId, EditionId, Lang,
        city::Origin,
        delegation::Party,
        interpreter::Consent,
        person::{PersonName, Styled},
        precedence::Rank,
    };
    use proptest::prelude::*;
    use uuid::Uuid;

    fn delegation(n: u128, zh: &str, ru: &str, en: &str) -> Delegation {
        Delegation {
            id: DelegationId(Uuid::from_u128(n)),
            edition: EditionId(Uuid::nil()),
            party: Party::City(CityId(Uuid::nil())),
            name: Text::new(Lang::Zh, zh).and(Lang::Ru, ru).and(Lang::En, en),
            rank: Rank::Head,
            quota: 1,
            languages: Vec::new(),
            arrival: None,
            departure: None,
            busy: Vec::new(),
            withdrawn: false,
            origin: Origin::Demonstration,
        }
    }

    fn all() -> Vec<Delegation> {
        vec![
            delegation(1, "比什凯克", "Бишкек", "Bishkek"),
            delegation(2, "乌法", "Уфа", "Ufa"),
            delegation(3, "三亚", "Санья", "Sanya"),
            delegation(4, "圣彼得堡", "Санкт-Петербург", "St Petersburg"),
            delegation(5, "彼得堡", "Петербург", "Petersburg"),
        ]
    }

    fn interpreter(n: u128, names: &[(Lang, &str, &str)]) -> Interpreter {
        let styled = names.iter().map(|(lang, name, family)| {
            let (name, family) = ((*name).to_owned(), (*family).to_owned());
            (*lang, Styled { name, family, ..Styled::default() })
        });
        Interpreter {
            id: InterpreterId(Uuid::from_u128(n)),
            edition: EditionId(Uuid::nil()),
            name: PersonName { styled: styled.collect() },
            languages: std::collections::BTreeMap::new(),
            of: None,
            presence: Vec::new(),
            away: Vec::new(),
            email: String::new(),
            contact: String::new(),
            recording: Consent::Unasked,
            purge_on: jiff::civil::date(2027, 12, 1),
        }
    }

    fn pool() -> Vec<Interpreter> {
        let tolmachyov = [
            (Lang::Zh, "辛赫龙·托尔马切夫", "托尔马切夫"),
            (Lang::Ru, "Толмачёв Синхрон Переводович", "Толмачёв"),
            (Lang::En, "Sinkhron Tolmachyov", "Tolmachyov"),
        ];
        vec![interpreter(1, &tolmachyov), interpreter(2, &[(Lang::Zh, "易词", "易")])]
    }

    #[test]
    fn who_is_ill_is_understood_in_three_languages() {
        let out = |n| Some(Understood::Out(InterpreterId(Uuid::from_u128(n))));
        for (said, expected) in [
            ("переводчик Толмачёв заболел", out(1)),
            ("Толмачев Синхрон Переводович не сможет выйти", out(1)),
            ("У Толмачёва травма", out(1)),
            ("译员易词无法到场", out(2)),
            ("托尔马切夫病了", out(1)),
            ("Interpreter Tolmachyov is ill", out(1)),
            ("Sinkhron Tolmachyov is out today", out(1)),
            ("Tolmachyov interprets", None),
            ("Tolmachyov is ill and Ufa is not coming", None),
            ("переводчик заболел", None),
        ] {
            assert_eq!(understand(said, &all(), &pool()), expected, "{said}");
        }
    }

    fn late(said: &str) -> Option<(u128, i64)> {
        match understand(said, &all(), &pool())? {
            Understood::Late(id, minutes) => Some((id.0.as_u128(), minutes)),
            Understood::Withdrawn(_) | Understood::Out(_) => None,
        }
    }

    #[test]
    fn a_delay_is_understood_in_three_languages() {
        for (said, expected) in [
            ("Bishkek lands three hours late", (1, 180)),
            ("Bishkek's plane is delayed by 2.5 hours.", (1, 150)),
            ("The Ufa delegation is half an hour late", (2, 30)),
            ("UFA: an hour and a half late!", (2, 90)),
            ("Sanya delayed 3h30", (3, 210)),
            ("St Petersburg will be 90 min late", (4, 90)),
            ("Бишкек прилетает на три часа позже", (1, 180)),
            ("Делегация Бишкека опаздывает на 2,5 часа", (1, 150)),
            ("Уфа задерживается на час", (2, 60)),
            ("У Уфы задержка на полтора часа", (2, 90)),
            ("Рейс из Уфы опоздает на полчаса", (2, 30)),
            ("Санкт-Петербург опаздывает на 3 ч 20 мин", (4, 200)),
            ("Делегация Санкт-Петербурга задержится на три с половиной часа", (4, 210)),
            ("比什凯克晚到三小时", (1, 180)),
            ("比什凯克代表团推迟两个半小时到达", (1, 150)),
            ("乌法航班延误半个小时", (2, 30)),
            ("三亚晚点十二小时", (3, 720)),
            ("三亚代表团晚到四十五分钟", (3, 45)),
            ("圣彼得堡迟到3个小时", (4, 180)),
            ("Bishkek lands a day late", (1, 1440)),
            ("Бишкек опаздывает на сутки", (1, 1440)),
            ("比什凯克晚到一天", (1, 1440)),
        ] {
            assert_eq!(late(said), Some(expected), "{said}");
        }
    }

    #[test]
    fn an_absence_is_understood_and_nothing_is_guessed() {
        let ufa = Some(Understood::Withdrawn(DelegationId(Uuid::from_u128(2))));
        for said in ["Ufa is not coming", "Делегация Уфы не приедет", "乌法代表团不来了"]
        {
            assert_eq!(understand(said, &all(), &pool()), ufa, "{said}");
        }
        for said in [
            "",
            "three hours late",
            "Osh lands three hours late",
            "Bishkek lands late",
            "Bishkek and Ufa land three hours late",
            "Bishkek is here in three hours",
            "Bishkek is 900 hours late",
            "Hall 3 is closed",
        ] {
            assert_eq!(understand(said, &all(), &pool()), None, "{said}");
        }
        let twice =
            [delegation(1, "榴城", "Гранатовск", "Pomegrad"), delegation(2, "榴城", "х", "y")];
        assert_eq!(understand("榴城晚到三小时", &twice, &[]), None, "two of one name are none");
    }

    proptest! {
        #[test]
        fn no_message_is_too_strange(said in "\\PC{0,60}") {
            let _ = understand(&said, &all(), &pool());
        }

        #[test]
        fn any_number_of_hours_and_minutes_is_read(hours in 1..30_i64, minutes in 1..59_i64) {
            let said = format!("Ufa is {hours} hours {minutes} minutes late");
            prop_assert_eq!(late(&said), Some((2, hours * 60 + minutes)));
            let said = format!("乌法晚到{hours}小时{minutes}分钟");
            prop_assert_eq!(late(&said), Some((2, hours * 60 + minutes)));
        }
    }
}
