//! Messages as they are typed, and what is understood of them.

use super::*;
use crate::{
    CityId, EditionId, Lang, VenueId,
    city::Origin,
    delegation::{Delegation, Party},
    disruption::tests as fixture,
    interpreter::Consent,
    person::{PersonName, Styled},
    precedence::Rank,
    venue::{Hall, HallKind},
};
use jiff::{ToSpan, civil::date};
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

fn hall(n: u128, zh: &str, ru: &str, en: &str) -> Hall {
    Hall {
        id: HallId(Uuid::from_u128(n)),
        edition: EditionId(Uuid::nil()),
        venue: VenueId(Uuid::nil()),
        name: Text::new(Lang::Zh, zh).and(Lang::Ru, ru).and(Lang::En, en),
        kind: HallKind::Room,
        capacity: 10,
        booths: 0,
        parallel: 1,
        closed: Vec::new(),
    }
}

fn session(n: u128, kind: SessionKind, [zh, ru, en]: [&str; 3]) -> Session {
    let title = Text::new(Lang::Zh, zh).and(Lang::Ru, ru).and(Lang::En, en);
    let brief = fixture::brief();
    Session {
        id: SessionId(Uuid::from_u128(n)),
        kind,
        title,
        minutes: 120,
        ..brief.sessions[0].clone()
    }
}

/// Three days; it is ten o'clock on the first.
fn brief() -> Brief {
    let mut brief = fixture::brief();
    brief.edition.last_day = date(2027, 5, 20);
    let plenary = [
        "全体会议：韧性城市",
        "Пленарное заседание: устойчивые города",
        "Plenary: resilient cities",
    ];
    let water = ["水的论坛", "Форум о водоснабжении", "Forum on drinking water"];
    brief.sessions = vec![
        session(21, SessionKind::Plenary, plenary),
        session(22, SessionKind::Forum, water),
        session(23, SessionKind::Forum, ["绿色论坛", "Форум о парках", "Forum on parks"]),
    ];
    brief.halls = vec![
        hall(31, "松室", "Комната «Сосна»", "Pine Room"),
        hall(32, "三号厅", "Зал 3", "Hall 3"),
    ];
    (brief.delegations, brief.interpreters) = (all(), pool());
    brief
}

fn told(said: &str) -> Option<Understood> {
    let brief = brief();
    let days = brief.edition.days();
    understand(said, &brief, &Calendar { days: &days, now: date(2027, 5, 18).at(10, 0, 0, 0) })
}

fn moment(day: i8, hour: i8, minute: i8) -> DateTime {
    date(2027, 5, day).at(hour, minute, 0, 0)
}

fn stretch(day: i8, from: i8, until: i8) -> Stretch {
    let at = |hour: i8| moment(day, 0, 0).saturating_add(i64::from(hour).hours());
    Stretch { from: Some(at(from)), until: Some(at(until)), day_is_open: false }
}

const fn who(n: u128) -> DelegationId {
    DelegationId(Uuid::from_u128(n))
}

#[test]
fn who_is_ill_is_understood_in_three_languages() {
    let out = |n| Some(Understood::Out(InterpreterId(Uuid::from_u128(n)), Stretch::default()));
    for (said, expected) in [
        ("переводчик Толмачёв заболел", out(1)),
        ("Толмачев Синхрон Переводович не сможет выйти", out(1)),
        ("У Толмачёва травма", out(1)),
        ("译员易词无法到场", out(2)),
        ("托尔马切夫病了", out(1)),
        ("Interpreter Tolmachyov is ill", out(1)),
        ("托尔马切夫请假", out(1)),
        ("Tolmachyov is ill and Ufa is not coming", None),
    ] {
        assert_eq!(told(said), expected, "{said}");
    }
}

fn late(said: &str) -> Option<(u128, i64)> {
    match told(said)? {
        Understood::Late(id, Some(Arrival::After(minutes))) => Some((id.0.as_u128(), minutes)),
        _ => None,
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
        assert_eq!(told(said), ufa, "{said}");
    }
    for said in [
        "",
        "three hours late",
        "Osh lands three hours late",
        "Bishkek and Ufa land three hours late",
        "the dog ate it",
    ] {
        assert_eq!(told(said), None, "{said}");
    }
    let about = Some(Understood::About(Subject::Delegation(who(1))));
    for said in [
        "Bishkek will not be three hours late",
        "Бишкек не опаздывает на три часа",
        "比什凯克没有晚到三小时",
        "Bishkek is here in three hours",
        "Bishkek",
    ] {
        assert_eq!(told(said), about, "{said}");
    }
    let mut few = brief();
    few.sessions.truncate(1);
    let days = few.edition.days();
    let calendar = Calendar { days: &days, now: moment(18, 10, 0) };
    assert_eq!(understand("", &few, &calendar), None, "not even of the only session");
    let mut twice = brief();
    twice.delegations =
        vec![delegation(1, "榴城", "Гранатовск", "Pomegrad"), delegation(2, "榴城", "х", "y")];
    let days = twice.edition.days();
    let calendar = Calendar { days: &days, now: moment(18, 10, 0) };
    assert_eq!(understand("榴城晚到三小时", &twice, &calendar), None, "two of one name are none");
}

#[test]
fn a_false_alarm_is_understood_in_three_languages() {
    for said in [
        "Bishkek is on time after all",
        "Bishkek lands on schedule",
        "Bishkek isn't late",
        "Bishkek will not be late: it lands on time",
        "Бишкек прилетает вовремя",
        "Делегация Бишкека прибудет по расписанию",
        "Бишкек не опаздывает",
        "У Бишкека нет задержки, прилетит вовремя, не опаздывает",
        "比什凯克准点到达",
        "比什凯克代表团按时抵达",
        "比什凯克没有晚点",
        "比什凯克没晚，准点到",
    ] {
        assert_eq!(told(said), Some(Understood::Late(who(1), Some(Arrival::After(0)))), "{said}");
    }
    let about = Some(Understood::About(Subject::Delegation(who(1))));
    for said in [
        "Bishkek is not on time",
        "Bishkek cannot arrive on time",
        "Bishkek leaves on time",
        "Бишкек не прилетит вовремя",
        "Бишкек прилетит не вовремя",
        "比什凯克不能准时到达",
        "比什凯克未按时到达",
        "Bishkek is not ill",
    ] {
        assert_eq!(told(said), about, "{said}");
    }
}

/// What is added is counted from what was noted last; all else from what was declared.
#[test]
fn a_further_delay_is_added() {
    let mut brief = brief();
    brief.delegations[0].arrival = Some(moment(18, 12, 0));
    let days = brief.edition.days();
    let calendar = Calendar { days: &days, now: moment(18, 10, 0) };
    for said in [
        "Bishkek is another two hours late",
        "Бишкек опаздывает ещё на два часа",
        "比什凯克又晚点两小时",
        "比什凯克再推迟两小时到达",
    ] {
        let at = Arrival::At(moment(18, 14, 0));
        let found = understand(said, &brief, &calendar);
        assert_eq!(found, Some(Understood::Late(who(1), Some(at))), "{said}");
    }
}

#[test]
fn a_time_of_day_is_understood_in_three_languages() {
    let lands = |day, hour, minute| {
        Some(Understood::Late(who(1), Some(Arrival::At(moment(day, hour, minute)))))
    };
    for (said, expected) in [
        ("Bishkek lands at 15:30", lands(18, 15, 30)),
        ("Bishkek lands at 3.30 pm", lands(18, 15, 30)),
        ("Bishkek arrives tomorrow at 9", lands(19, 9, 0)),
        ("Bishkek is late and lands at 15:30", lands(18, 15, 30)),
        ("Бишкек прилетит в 15:30", lands(18, 15, 30)),
        ("Бишкек прилетит в 15.30", lands(18, 15, 30)),
        ("Бишкек опаздывает, прилетит в 15 часов", lands(18, 15, 0)),
        ("Бишкек прилетит 19 мая в 9 часов", lands(19, 9, 0)),
        ("Бишкек прибудет завтра в три часа дня", lands(19, 15, 0)),
        ("比什凯克下午两点半到", lands(18, 14, 30)),
        ("比什凯克代表团推迟到15点抵达", lands(18, 15, 0)),
        ("比什凯克5月19日上午9点一刻到达", lands(19, 9, 15)),
        ("比什凯克20日14:05落地", lands(20, 14, 5)),
        ("Bishkek lands late", Some(Understood::Late(who(1), None))),
        ("比什凯克晚上到", Some(Understood::Late(who(1), None))),
    ] {
        assert_eq!(told(said), expected, "{said}");
    }
    let leaves = |day, hour| Some(Understood::Leaving(who(2), Some(moment(day, hour, 0))));
    for (said, expected) in [
        ("Ufa leaves at 15:00", leaves(18, 15)),
        ("The mayor of Ufa flies home on 19 May at 4 pm", leaves(19, 16)),
        ("Уфа уезжает в 15:00", leaves(18, 15)),
        ("Мэр Уфы улетает 19-го в 16 часов", leaves(19, 16)),
        ("乌法市长15点提前离会", leaves(18, 15)),
        ("乌法明天下午四点离开", leaves(19, 16)),
    ] {
        assert_eq!(told(said), expected, "{said}");
    }
}

#[test]
fn a_stretch_of_time_is_understood_in_three_languages() {
    let busy = |day, from, until| Some(Understood::Busy(who(2), stretch(day, from, until)));
    for (said, expected) in [
        ("Ufa is at the embassy 14-16", busy(18, 14, 16)),
        ("Ufa is busy from 2 to 4 pm", busy(18, 14, 16)),
        ("Ufa is busy tomorrow morning", busy(19, 0, 12)),
        ("Ufa cannot come tomorrow", busy(19, 0, 24)),
        ("Уфа занята с 14 до 16", busy(18, 14, 16)),
        ("Уфа в посольстве с 14:00 до 16:00 19 мая", busy(19, 14, 16)),
        ("Уфа занята завтра после 15 часов", busy(19, 15, 24)),
        ("乌法14点到16点去使馆", busy(18, 14, 16)),
        ("乌法19日下午3点以后有事", busy(19, 15, 24)),
        ("乌法明天来不了", busy(19, 0, 24)),
        ("乌法20日上午另有安排", busy(20, 0, 12)),
    ] {
        assert_eq!(told(said), expected, "{said}");
    }
    let closed = |n, stretch| Some(Understood::Hall(HallId(Uuid::from_u128(n)), stretch));
    for (said, expected) in [
        ("Pine Room is closed from 14 to 16", closed(31, stretch(18, 14, 16))),
        ("«Сосна» закрыта завтра", closed(31, stretch(19, 0, 24))),
        ("В зале 3 нет света до 16:00", closed(32, stretch(18, 0, 16))),
        ("松室19日停用", closed(31, stretch(19, 0, 24))),
        ("三号厅漏水", closed(32, Stretch::default())),
    ] {
        assert_eq!(told(said), expected, "{said}");
    }
    let out = |stretch| Some(Understood::Out(InterpreterId(Uuid::from_u128(1)), stretch));
    assert_eq!(told("Sinkhron Tolmachyov is out today"), out(stretch(18, 0, 24)));
    assert_eq!(told("托尔马切夫明天上午请假"), out(stretch(19, 0, 12)));
}

#[test]
fn sessions_meetings_slips_and_nicknames_are_understood() {
    let longer = |n, minutes| Some(Understood::Longer(SessionId(Uuid::from_u128(n)), minutes));
    for (said, expected) in [
        ("The plenary runs 40 minutes longer", longer(21, Some(160))),
        ("Пленарное заседание затянется на 40 минут", longer(21, Some(160))),
        ("Форум о водоснабжении продлится до 90 минут, дольше", longer(22, Some(90))),
        ("The plenary takes ten minutes longer", longer(21, Some(130))),
        ("全体会议延长四十分钟", longer(21, Some(160))),
        ("全体会议第一天延长15分钟", longer(21, Some(135))),
        ("Пленарное заседание первого дня дольше на 15 минут", longer(21, Some(135))),
        ("绿色论坛缩短半小时", longer(23, Some(90))),
        ("全体会议超时", longer(21, None)),
        ("the forum takes longer", None),
    ] {
        assert_eq!(told(said), expected, "{said}");
    }
    let meet = Some(Understood::Meeting([who(1), who(2)]));
    for said in ["Bishkek and Ufa want to meet", "比什凯克要和乌法会谈"] {
        let found = told(said);
        assert!(matches!(found, Some(Understood::Meeting(_))), "{said}: {found:?}");
    }
    assert_eq!(told("Бишкек и Уфа хотят встретиться"), meet);
    for said in
        ["Biskek lands three hours late", "Бишкк опаздывает на три часа", "比斯凯克晚到三小时"]
    {
        assert_eq!(late(said), Some((1, 180)), "{said}");
    }
    assert_eq!(late("Питер опаздывает на час"), Some((4, 60)));
    assert_eq!(late("Saint Petersburg is an hour late"), Some((4, 60)));
}

proptest! {
    #[test]
    fn no_message_is_too_strange(said in "\\PC{0,60}") {
        let _ = told(&said);
    }

    #[test]
    fn any_number_of_hours_and_minutes_is_read(hours in 1..30_i64, minutes in 1..59_i64) {
        let said = format!("Ufa is {hours} hours {minutes} minutes late");
        prop_assert_eq!(late(&said), Some((2, hours * 60 + minutes)));
        let said = format!("乌法晚到{hours}小时{minutes}分钟");
        prop_assert_eq!(late(&said), Some((2, hours * 60 + minutes)));
    }
}

#[test]
fn what_is_called_off_is_no_new_meeting_and_takes_no_longer() {
    let water = Activity::Session(SessionId(Uuid::from_u128(22)));
    let water = Some(Understood::CalledOff(water, None));
    for said in [
        "Форум о водоснабжении отменён",
        "水的论坛取消",
        "the forum on drinking water is cancelled",
    ] {
        assert_eq!(told(said), water, "{said}");
    }
    let mut brief = brief();
    let meeting = Meeting { from: who(1), to: who(3), ..fixture::brief().meetings[0].clone() };
    let off = |by| Some(Understood::CalledOff(Activity::Meeting(meeting.id), by));
    brief.meetings = vec![meeting.clone()];
    let days = brief.edition.days();
    let calendar = Calendar { days: &days, now: moment(18, 10, 0) };
    for (said, by) in [
        ("Бишкек отказывается от встречи с Санья", Some(1)),
        ("Bishkek cancelled its talks with Sanya", Some(1)),
        ("比什凯克取消与三亚的会见", Some(1)),
        ("Sanya refuses to meet Bishkek", Some(3)),
        ("三亚拒绝会见比什凯克", Some(3)),
        ("Bishkek cancels its talks", Some(1)),
        ("Встреча Бишкека с Саньей отменена", None),
        ("The meeting of Bishkek and Sanya is called off", None),
        ("比什凯克与三亚的会见取消", None),
        ("У Бишкека отменили встречу", None),
    ] {
        assert_eq!(understand(said, &brief, &calendar), off(by.map(who)), "{said}");
    }
    let some = Some(Understood::Kind(DisruptionKind::CalledOff));
    for said in
        ["Ufa cancels its talks", "отменили концерт", "演出取消了", "the ball is called off"]
    {
        assert_eq!(understand(said, &brief, &calendar), some, "{said}");
    }
    let whole = Some(Understood::Withdrawn(who(2)));
    assert_eq!(understand("Уфа отказалась участвовать во встрече", &brief, &calendar), whole);
    assert_eq!(understand("Bishkek cancelled its talks with Ufa", &brief, &calendar), None);
}

#[test]
fn a_kind_of_thing_is_understood_without_its_name() {
    let hall = Some(Understood::Kind(DisruptionKind::Hall));
    for said in ["Hall 4 is closed", "зал закрыт", "the hall is closed", "会议室停电"]
    {
        assert_eq!(told(said), hall, "{said}");
    }
    let interpreter = Some(Understood::Kind(DisruptionKind::Interpreter));
    for said in ["переводчик заболел", "an interpreter is ill", "一名译员病了"]
    {
        assert_eq!(told(said), interpreter, "{said}");
    }
}

#[test]
fn hours_without_a_day_are_kept_and_the_day_is_asked() {
    let brief = brief();
    let days = brief.edition.days();
    let calendar = Calendar { days: &days, now: date(2027, 4, 1).at(10, 0, 0, 0) };
    let pine = |stretch| Some(Understood::Hall(HallId(Uuid::from_u128(31)), stretch));
    let open = |day, from, until| Stretch { day_is_open: true, ..stretch(day, from, until) };
    for (said, expected) in [
        ("комната «Сосна» закрыта с 14 до 16", pine(open(18, 14, 16))),
        ("Pine Room is closed from 14 to 16", pine(open(18, 14, 16))),
        ("Pine Room is closed in the afternoon", pine(open(18, 12, 18))),
        ("«Сосна» закрыта 19 мая до обеда", pine(stretch(19, 0, 12))),
        ("Pine Room is closed on 19 May after lunch", pine(stretch(19, 12, 18))),
        ("松室19日午前停用", pine(stretch(19, 0, 12))),
        ("Pine Room is closed", pine(Stretch::default())),
    ] {
        assert_eq!(understand(said, &brief, &calendar), expected, "{said}");
    }
}
