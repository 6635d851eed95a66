//! What stands in a cell: ranks, tasks, languages and names as people write them.

use super::{has, is_han, plain};
use crate::{Lang, Refusal, clean, delegation::Task, precedence::Rank};

/// Words of a rank, the longer before what they contain.
const RANKS: [(Rank, &[&str]); 7] = [
    (
        Rank::Deputy,
        &["副团长", "副市长", "副主席", "副", "заместител", "зам", "вице", "deputy", "vice"],
    ),
    (
        Rank::Companion,
        &[
            "译员",
            "翻译",
            "随员",
            "随行",
            "陪同",
            "工作人员",
            "переводч",
            "сопровожд",
            "помощник",
            "персонал",
            "interpreter",
            "companion",
            "aide",
            "assistant",
            "staff",
        ],
    ),
    (
        Rank::Media,
        &["媒体", "记者", "新闻", "сми$", "пресс", "журналист", "media", "press", "journalist"],
    ),
    (
        Rank::Business,
        &[
            "企业",
            "商务",
            "工商",
            "бизнес",
            "предприя",
            "предпринимат",
            "деловы",
            "business",
            "company",
        ],
    ),
    (Rank::Expert, &["专家", "学者", "эксперт", "учен", "специалист", "expert", "scholar"]),
    (
        Rank::Head,
        &[
            "团长",
            "市长",
            "正职",
            "率团",
            "首席",
            "первое лицо",
            "глава",
            "руководит",
            "мэр",
            "head",
            "leader",
            "mayor",
        ],
    ),
    (
        Rank::Official,
        &[
            "官员",
            "公务",
            "政府",
            "团员",
            "официальн",
            "чиновник",
            "служащ",
            "official",
            "officer",
            "member",
        ],
    ),
];

/// Grades of offices and what they come to here, read before single words are.
const GRADES: [(Rank, &[&str]); 3] = [
    (Rank::Deputy, &["副市级", "副职"]),
    (Rank::Head, &["正市级", "市长级"]),
    (Rank::Official, &["司局级", "司级", "局级", "厅级", "处级", "科级"]),
];

/// Heads and deputies of something else than a city: what they come to here is for whoever reads the list.
const ELSEWHERE: &[&str] = &[
    "部级",
    "省级",
    "国级",
    "部长",
    "省长",
    "司长",
    "局长",
    "厅长",
    "处长",
    "科长",
    "主任",
    "院长",
    "министр",
    "министерств",
    "губернатор",
    "управлен",
    "департамент",
    "отдел",
    "комитет",
    "начальник",
    "директор",
    "minister",
    "governor",
    "director",
    "department",
    "division",
];

/// The rank class that a cell names, by its code or by a word of the three languages.
pub fn rank(raw: &str) -> Result<Rank, Refusal> {
    let text = plain(raw);
    let of = |ranks: &[(Rank, &[&str])]| {
        ranks.iter().find(|(_, words)| has(&text, words)).map(|(rank, _)| *rank)
    };
    let plainly =
        |rank: &Rank| !matches!(rank, Rank::Head | Rank::Deputy) || !has(&text, ELSEWHERE);
    let found = text.parse().ok().or_else(|| of(&GRADES)).or_else(|| of(&RANKS).filter(plainly));
    found.ok_or_else(|| Refusal::new("rank-unread").with("said", raw.trim()))
}

const TASKS: [(Task, &[&str]); 3] = [
    (Task::Interpreter, &["译员", "翻译", "переводч", "interpreter"]),
    (Task::Leader, &["团长", "率团", "глава", "руководит", "leader", "head"]),
    (Task::Member, &["团员", "成员", "участник", "член", "member"]),
];

/// The task that a cell names.
pub fn task(raw: &str) -> Result<Task, Refusal> {
    let text = plain(raw);
    let coded = text.parse().ok();
    let found = || TASKS.iter().find(|(_, words)| has(&text, words)).map(|(task, _)| *task);
    coded.or_else(found).ok_or_else(|| Refusal::new("task-unread").with("said", raw.trim()))
}

/// The task that goes with the words of a rank: 团长 leads, 译员 interprets.
pub fn task_of_rank(raw: &str) -> Option<Task> {
    let text = plain(raw);
    match rank(raw).ok()? {
        Rank::Companion if has(&text, TASKS[0].1) => Some(Task::Interpreter),
        Rank::Head if has(&text, TASKS[1].1) => Some(Task::Leader),
        _ => None,
    }
}

const TONGUES: [(Lang, &[&str]); 4] = [
    (Lang::Zh, &["中", "汉", "华语", "普通话", "кит", "chinese", "mandarin", "zh$"]),
    (Lang::Ru, &["俄", "рус", "russian", "ru$"]),
    (Lang::En, &["英", "англ", "english", "en$"]),
    (Lang::Fa, &["波斯", "перс", "фарси", "فارسی", "persian", "farsi", "fa$"]),
];

/// The languages that a cell names, in its order, and the words in it that name none of those that
/// pages and sessions have.
pub fn languages(raw: &str) -> (Vec<Lang>, Vec<String>) {
    let (mut known, mut others) = (Vec::new(), Vec::new());
    let parts = raw.split(|c: char| "、，,；;/\\|+&\n·".contains(c));
    for part in parts.flat_map(|p| p.split(" и ")).flat_map(|p| p.split(" and ")) {
        let text = plain(part);
        if text.is_empty() {
            continue;
        }
        let named = TONGUES.iter().filter(|(_, words)| has(&text, words)).map(|(lang, _)| *lang);
        let before = known.len();
        let named: Vec<Lang> = named.collect();
        for lang in &named {
            if !known.contains(lang) {
                known.push(*lang);
            }
        }
        if known.len() == before && named.is_empty() {
            others.push(part.trim().to_owned());
        }
    }
    (known, others)
}

/// The language whose letters a text has: the first letter of a script decides.
pub fn lang_of_letters(text: &str) -> Option<Lang> {
    text.chars().find_map(|c| match c {
        _ if is_han(c) => Some(Lang::Zh),
        'А'..='я' | 'Ё' | 'ё' | '\u{0490}'..='\u{052F}' => Some(Lang::Ru),
        '\u{0620}'..='\u{064A}' | '\u{0671}'..='\u{06D3}' => Some(Lang::Fa),
        'A'..='Z' | 'a'..='z' | '\u{00C0}'..='\u{024F}' => Some(Lang::En),
        _ => None,
    })
}

/// A name as one line: single spaces, and none inside a name of Han characters alone, where they
/// only fill the width (白　示).
pub fn name(raw: &str) -> Result<String, Refusal> {
    if raw.starts_with('#') && (raw.ends_with(['!', '?']) || raw == "#N/A") {
        return Err(Refusal::new("cell-broken").with("said", raw));
    }
    let words: Vec<&str> = raw.split_whitespace().collect();
    let han = words.iter().all(|w| w.chars().all(is_han));
    clean::line(&words.join(if han { "" } else { " " }))
}

/// A person's name in a cell. What is plainly none, or may be several, is asked about and never guessed.
pub fn person(raw: &str) -> Result<String, Refusal> {
    let han = |line: &str| line.chars().all(is_han) && line.chars().count() > 1;
    let whole = |line: &str| han(line) || line.split_whitespace().count() > 1;
    let lines: Vec<&str> = raw.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let several = lines.len() > 1 && lines.iter().all(|line| whole(line));
    let marked = raw.contains(['、', ';', '；', ':', '：', '#']) || raw.contains(char::is_numeric);
    let words = ["代表团", "делегац", "delegation", "примечан", "同上", "то же$", "ditto$"];
    if several || marked || has(&plain(raw), &words) || is_kind(raw) {
        return Err(Refusal::new("name-doubtful").with("said", raw.trim()));
    }
    name(raw)
}

/// Words beside those of ranks and tasks that say what the people below are.
const KINDS: [&str; 38] = [
    "人员",
    "名单",
    "成员",
    "代表",
    "其他",
    "其它",
    "及其",
    "及",
    "和",
    "随同",
    "陪同",
    "人",
    "名",
    "лица$",
    "лиц$",
    "члены$",
    "список$",
    "группа$",
    "прочие$",
    "другие$",
    "основной$",
    "состав$",
    "также$",
    "делегации$",
    "участники$",
    "чел$",
    "человек$",
    "и$",
    "other",
    "people$",
    "and$",
    "of$",
    "the$",
    "delegation$",
    "list$",
    "group$",
    "party$",
    "persons$",
];

/// Whether words say nothing but what the people below are: `团员`, `Сопровождающие лица`.
pub fn is_kind(words: &str) -> bool {
    let ranks = RANKS.iter().flat_map(|(_, words)| words.iter());
    let tasks = TASKS.iter().flat_map(|(_, words)| words.iter());
    let mut kinds: Vec<&str> = ranks.chain(tasks).chain(&KINDS).copied().collect();
    kinds.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
    let text = plain(words);
    if text.chars().any(is_han) {
        let left = kinds.iter().fold(text, |text, word| text.replace(word, ""));
        return left.chars().all(|c| c.is_numeric() || c == ' ');
    }
    let kind = |token: &str| {
        kinds.iter().any(|word| match word.strip_suffix('$') {
            Some(whole) => token == whole,
            None => token.starts_with(word),
        })
    };
    text.split(' ').all(|token| kind(token) || token.chars().all(char::is_numeric))
}

/// Whether a cell begins a row of totals.
pub fn is_total(cell: &str) -> bool {
    let text = plain(cell);
    let counts = |rest: &str| {
        rest.chars().all(|c| c.is_numeric() || " 人名件场条项个次团位批家".contains(c))
    };
    let counted = text.strip_prefix("总共").or_else(|| text.strip_prefix('共'));
    if counted.is_some_and(|rest| rest.contains(char::is_numeric) && counts(rest)) {
        return true;
    }
    let han = ["合计", "总计", "共计", "小计"];
    let first = text.split(' ').next().unwrap_or_default();
    han.iter().any(|word| text.strip_prefix(word).is_some_and(counts))
        || ["итого", "всего", "подытог", "subtotal"].contains(&first)
        || text.strip_prefix("total").is_some_and(|rest| counts(rest) || rest == " people")
}

const PENDING: &[&str] = &[
    "待定",
    "待告",
    "待确认",
    "待补",
    "未定",
    "暂缺",
    "另行通知",
    "另告",
    "уточня",
    "будет сообщ",
    "нет данных",
    "не определен",
    "tbd$",
    "tba$",
    "tbc$",
    "to be confirmed",
    "to be announced",
    "n a$",
];

/// Whether a cell says nothing yet: a mark, or that the answer will follow.
pub fn is_pending(raw: &str) -> bool {
    let text = plain(raw);
    text.is_empty() || has(&text, PENDING)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ranks_and_the_tasks_in_them() {
        let cases = [
            ("副团长", Rank::Deputy, None),
            ("团长", Rank::Head, Some(Task::Leader)),
            ("市长", Rank::Head, None),
            ("译员", Rank::Companion, Some(Task::Interpreter)),
            ("заместитель", Rank::Deputy, None),
            ("официальное лицо", Rank::Official, None),
            ("СМИ", Rank::Media, None),
            ("Руководитель делегации", Rank::Head, Some(Task::Leader)),
            ("переводчик", Rank::Companion, Some(Task::Interpreter)),
            ("business", Rank::Business, None),
        ];
        for (raw, expected, with) in cases {
            assert_eq!((rank(raw), task_of_rank(raw)), (Ok(expected), with), "{raw}");
        }
        for (raw, expected) in [
            ("正市级", Rank::Head),
            ("副市级", Rank::Deputy),
            ("正职", Rank::Head),
            ("司局级", Rank::Official),
            ("正厅级", Rank::Official),
            ("副处级", Rank::Official),
            ("первый заместитель главы города", Rank::Deputy),
        ] {
            assert_eq!(rank(raw), Ok(expected), "{raw}");
        }
        // Above the city, or beside it: what that comes to is not for us to say.
        for raw in [
            "嘉宾?",
            "副部级",
            "副省级",
            "заместитель министра",
            "руководитель департамента",
            "deputy director",
        ] {
            assert_eq!(
                rank(raw).map_err(|refusal| refusal.code),
                Err("rank-unread".to_owned()),
                "{raw}"
            );
        }
    }

    #[test]
    fn languages_between_any_signs() {
        use Lang::{En, Ru, Zh};
        let cases: [(&str, &[Lang], &[&str]); 7] = [
            ("中文、英文", &[Zh, En], &[]),
            ("中文；英语", &[Zh, En], &[]),
            ("中、俄", &[Zh, Ru], &[]),
            ("рус., англ.", &[Ru, En], &[]),
            ("русский и китайский", &[Ru, Zh], &[]),
            ("узбекский, русский", &[Ru], &["узбекский"]),
            ("", &[], &[]),
        ];
        for (raw, known, others) in cases {
            assert_eq!(
                languages(raw),
                (known.to_vec(), others.iter().map(|o| (*o).to_owned()).collect())
            );
        }
    }

    #[test]
    fn totals_are_no_rows() {
        for cell in
            ["合计", "共150件", "共 40 个团", "小计 5人", "Итого", "Всего встреч: 150", "Total: 7"]
        {
            assert!(is_total(cell), "{cell}");
        }
        for cell in ["共青城", "共和城代表团", "TotalEnergies", "共", "150件"] {
            assert!(!is_total(cell), "{cell}");
        }
    }

    #[test]
    fn names_lose_only_idle_spaces() {
        assert_eq!(name("白　示").unwrap(), "白示");
        assert_eq!(name("  Понаслышкина  Версия ").unwrap(), "Понаслышкина Версия");
        assert_eq!(name("埃秋德·维杜姆金").unwrap(), "埃秋德·维杜姆金");
    }

    proptest! {
        #[test]
        fn codes_are_read_as_themselves(at in 0..7_usize) {
            let one = Rank::ALL[at];
            prop_assert_eq!(rank(one.code()), Ok(one));
        }

        #[test]
        fn any_cell_is_read_without_falling_over(raw in "\\PC{0,40}") {
            let (known, others) = languages(&raw);
            prop_assert!(known.len() <= 4 && others.len() <= 41);
            let _ = (rank(&raw), task(&raw), name(&raw), lang_of_letters(&raw), is_pending(&raw));
        }
    }
}
