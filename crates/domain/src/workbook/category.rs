//! The category of people for whom a list says none, where their office says it plainly: a driver
//! accompanies, an interpreter interprets. What is not plain is left to whoever reads the list.

use super::{answers::Answers, has, plain, row::Stated};
use crate::{delegation::Task, person::PersonName, precedence::Rank};

/// What an office says of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Category {
    /// The rank class.
    pub rank: Rank,
    /// The task.
    pub task: Option<Task>,
}

/// Whoever leads people of such a calling has another one: 翻译局局长, начальник охраны.
const LEADS: &[&str] = &[
    "начальник",
    "директор",
    "руководител",
    "председател",
    "редактор",
    "секретар",
    "министр",
    "head of",
    "director",
    "chief",
    "secretary",
    "minister",
];

type Callings = (Rank, Option<Task>, &'static [&'static str], &'static [&'static str]);

/// What a Chinese office ends in, and how words of a Russian or English one begin.
const CALLINGS: [Callings; 5] = [
    (
        Rank::Companion,
        Some(Task::Interpreter),
        &["翻译", "译员", "口译", "翻译员"],
        &["переводчик", "переводчиц", "interpreter", "translator"],
    ),
    (
        Rank::Media,
        None,
        &["记者", "摄影师", "摄像师", "摄影", "摄像", "媒体"],
        &[
            "журналист",
            "корреспондент",
            "фотограф",
            "фотокорреспондент",
            "телеоператор",
            "пресса$",
            "сми$",
            "journalist",
            "reporter",
            "correspondent",
            "photographer",
            "press$",
            "media$",
        ],
    ),
    (
        Rank::Business,
        None,
        &["企业代表", "企业家", "商会代表"],
        &[
            "предпринимател",
            "представитель бизнеса",
            "представитель предприятия",
            "представитель компании",
            "businessman",
            "businesswoman",
            "entrepreneur",
            "business representative",
        ],
    ),
    (
        Rank::Companion,
        None,
        &["警卫", "警卫员", "保镖", "安保", "司机", "随员", "随行人员", "夫人", "工作人员"],
        &[
            "водител",
            "охранник",
            "охрана$",
            "сотрудник охраны",
            "телохранител",
            "сопровожда",
            "супруг",
            "driver",
            "bodyguard",
            "security officer",
            "security guard",
            "spouse",
        ],
    ),
    (
        Rank::Expert,
        None,
        &["专家", "教授", "学者", "研究员"],
        &["эксперт", "профессор", "научный сотрудник", "expert", "professor", "scholar"],
    ),
];

/// The category that an office says plainly.
pub fn of_office(office: &str) -> Option<Category> {
    // 企业代表（演示水务）: what stands in brackets says of whom.
    let head = office.split(['(', '（']).next().unwrap_or(office);
    let text = plain(head);
    let calling = |(rank, task, ends, words): &Callings| {
        let said = ends.iter().any(|end| text.ends_with(end)) || has(&text, words);
        said.then_some(Category { rank: *rank, task: *task })
    };
    let called = || CALLINGS.iter().find_map(calling).filter(|_| !has(&text, LEADS));
    mayor(&text).map(|rank| Category { rank, task: None }).or_else(called)
}

/// The head of a city and who stands in: `市长`, `заместитель акима`, `vice mayor`.
fn mayor(text: &str) -> Option<Rank> {
    let [first, second] = [0, 1].map(|n| text.split(' ').nth(n).unwrap_or_default());
    let heads = ["мэр", "аким", "хоким", "mayor"];
    let of_city = ["", "города", "городского", "администрации"];
    if text.ends_with("副市长") || ["вице мэр", "deputy mayor", "vice mayor"].contains(&text)
    {
        return Some(Rank::Deputy);
    }
    let bare = text.strip_prefix("первый ").unwrap_or(text);
    let deputy = bare.strip_prefix("заместитель ").or_else(|| bare.strip_prefix("зам "));
    if let Some(of) = deputy {
        let whose = ["мэра", "главы города", "главы администрации", "акима", "хокима"];
        return whose.iter().any(|who| of.starts_with(who)).then_some(Rank::Deputy);
    }
    let han = text == "市长" || text.ends_with("市市长") || text == "代市长";
    let head = heads.contains(&first) || first == "глава" && of_city.contains(&second);
    (han || head).then_some(Rank::Head)
}

/// The office of a person as a list has it, in the first language that has one.
pub fn office(name: &PersonName) -> Option<&str> {
    name.styled.values().map(|styled| styled.office.as_str()).find(|office| !office.is_empty())
}

/// The category of a person for whom the list says none: as the reader said of the office, else as the office
/// says plainly.
pub fn of(name: &PersonName, answers: &Answers) -> Option<Category> {
    let plainly = || name.styled.values().find_map(|styled| of_office(&styled.office));
    let office = office(name)?;
    match answers.offices.get(&plain(office)) {
        Some(rank) => Some(Category { rank: *rank, task: plainly().and_then(|said| said.task) }),
        None => plainly(),
    }
}

/// People for whom a list states no rank, of one office.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unranked {
    /// Their office; empty where none is stated either.
    pub office: String,
    /// What they are filed as.
    pub rank: Rank,
    /// Whether their office says it, or whoever reads the list.
    pub said: bool,
    /// How many they are.
    pub people: usize,
}

/// Who of these people has no rank of the list's own, office by office: those first of whom nothing says it.
/// Everybody else is filed as `rank`.
pub fn unranked<'a>(people: impl Iterator<Item = &'a Stated>, rank: Rank) -> Vec<Unranked> {
    let mut all: Vec<Unranked> = Vec::new();
    for person in people.filter(|person| person.rank.is_none()) {
        let office = office(&person.name).unwrap_or_default();
        let (said, rank) = (person.category.is_some(), person.category.map_or(rank, |c| c.rank));
        match all.iter_mut().find(|one| plain(&one.office) == plain(office) && one.said == said) {
            Some(one) => one.people += 1,
            None => all.push(Unranked { office: office.to_owned(), rank, said, people: 1 }),
        }
    }
    all.sort_by_key(|one| one.said);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offices_that_say_what_somebody_comes_as() {
        let interpreter = Some((Rank::Companion, Some(Task::Interpreter)));
        let of = |rank| Some((rank, None));
        let cases = [
            ("翻译", interpreter),
            ("随行翻译", interpreter),
            ("переводчик", interpreter),
            ("личный переводчик мэра", interpreter),
            ("Interpreter", interpreter),
            ("记者", of(Rank::Media)),
            ("摄影师", of(Rank::Media)),
            ("Журналист", of(Rank::Media)),
            ("пресса", of(Rank::Media)),
            ("企业代表（演示水务）", of(Rank::Business)),
            ("警卫", of(Rank::Companion)),
            ("водитель", of(Rank::Companion)),
            ("охрана", of(Rank::Companion)),
            ("市长夫人", of(Rank::Companion)),
            ("大学教授", of(Rank::Expert)),
            ("市长", of(Rank::Head)),
            ("副市长", of(Rank::Deputy)),
            ("Мэр города", of(Rank::Head)),
            ("первый заместитель главы города", of(Rank::Deputy)),
            ("зам. мэра", of(Rank::Deputy)),
            ("Первый зам. главы администрации", of(Rank::Deputy)),
            // Not plain.
            ("秘书", None),
            ("外事办主任", None),
            ("翻译局局长", None),
            ("начальник охраны", None),
            ("пресс-секретарь", None),
            ("руководитель аппарата", None),
            ("глава департамента", None),
            ("заместитель министра", None),
            ("зам. министра", None),
            ("市长助理", None),
            ("", None),
        ];
        for (said, expected) in cases {
            let read = of_office(said).map(|category| (category.rank, category.task));
            assert_eq!(read, expected, "{said}");
        }
    }
}
