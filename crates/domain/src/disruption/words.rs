//! A message as somebody types it in a hurry: "Bishkek lands three hours late", «Бишкек опаздывает на
//! три часа», “比什凯克晚到三小时”, "Pine Room is closed from 14 to 16". What it leaves open is asked for; what it
//! does not say is not guessed.

use jiff::{ToSpan, civil::DateTime};
use serde::{Deserialize, Serialize};

use super::{
    DisruptionKind,
    amount::{is_han, minutes},
    name::{mentioned, slipped, spoken},
    time::{Calendar, Stretch, Times},
};
use crate::{
    DelegationId, HallId, InterpreterId, SessionId, Text,
    brief::Brief,
    interpreter::Interpreter,
    meeting::Meeting,
    programme::Activity,
    search::fold,
    session::{Session, SessionKind},
};

/// What was understood. What is not there was not said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Understood {
    /// A delegation arrives later.
    Late(DelegationId, Option<Arrival>),
    /// A delegation leaves at another time.
    Leaving(DelegationId, Option<DateTime>),
    /// A delegation has other things to do.
    Busy(DelegationId, Stretch),
    /// A delegation does not come.
    Withdrawn(DelegationId),
    /// Two delegations will meet.
    Meeting([DelegationId; 2]),
    /// A hall cannot be used.
    Hall(HallId, Stretch),
    /// A session takes another time, in minutes.
    Longer(SessionId, Option<i64>),
    /// An interpreter cannot work.
    Out(InterpreterId, Stretch),
    /// A session or a meeting is not held; of a meeting also which side calls it off, where that was said.
    CalledOff(Activity, Option<DelegationId>),
    /// What kind of thing happened, and not to whom.
    Kind(DisruptionKind),
    /// Nothing but whom or what it is about.
    About(Subject),
}

/// When a delegation arrives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// So many minutes after what was declared; with none, in time after all.
    After(i64),
    /// At this moment.
    At(DateTime),
}

/// Whom or what a message is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// A delegation.
    Delegation(DelegationId),
    /// A hall.
    Hall(HallId),
    /// A session.
    Session(SessionId),
    /// An interpreter.
    Interpreter(InterpreterId),
}

// Lists of words with `|` between them: each as it begins, several together as they stand, Chinese ones
// wherever they stand.

/// What tells of a delay.
const LATE: &str = "late|delay|опозд|опазд|задерж|отлож|позже|поздн|晚|迟|延误|推迟|延后|误点";
/// What tells of an arrival.
const ARRIVES: &str =
    "land|arriv|touch|прилет|прибы|прибуд|приезж|приед|приземл|抵|到达|落地|到|降落";
/// What tells of a departure.
const LEAVES: &str =
    "leav|depart|flies|fly|улет|уезж|уед|вылет|отбы|离会|离开|提前走|返程|启程|离津";
/// What tells of an absence.
const ABSENT: &str = "not come|not coming|won't come|won't be coming|cannot come|can't come|can't make it|\
    no longer com|withdraw|withdrew|pulled out|pulls out|cancelled its|cancelled their|не приед|\
    не прилет|не прибуд|не будет участ|не смогут приех|не сможет приех|отказал|отказыва|снялась|\
    снялся|снялись|отменила визит|отменила поезд|отменил визит|不来|不能来|来不了|不参加|不出席|\
    退出|取消出席|取消参|取消行|取消访";
/// What tells that something is called off.
const CANCELS: &str = "cancel|called off|call off|отмен|сорва|не состо|取消|不举行";
/// What tells that two do not meet.
const REFUSES: &str = "declin|refus|won't meet|not meet|отказ|не встре|не будет|不见|拒绝";
/// What tells that whoever is named first calls off a meeting.
const ITSELF: &str = "declin|refus|cancels its|cancels their|cancelled its|cancelled their|calls off its|\
    called off its|отказыва|отказал|отменяет |отменила |отменил |拒绝|取消与|取消同|取消和";
/// What tells of the whole event and not of one meeting.
const TAKES_PART: &str = "part|attend|участ|参加|出席|参会";
/// What is called by its kind, whichever it is.
const A_HALL: &str = "hall|room|зал|комнат|厅|会议室|房间";
const AN_INTERPRETER: &str = "interpreter|переводчи|译员|翻译|口译";
/// What tells that a delegation has other things to do.
const BUSY: &str = "busy|embassy|called away|unavailable|cannot|can't|engage|occupied|elsewhere|занят|\
    посольств|вызван|недоступ|не сможет|не может|有事|使馆|另有|没空|不在|不能|不便";
/// What tells that two meet.
const MEET: &str = "meet|bilateral|talks|встре|переговор|двусторон|увид|会见|会谈|会面|见面|双边";
/// What tells that a hall cannot be used.
const CLOSED: &str = "clos|lost|unusable|unavailable|flood|fire|power|broken|out of|cannot be used|закры|\
    недоступ|затоп|залил|авари|пожар|света|нельзя|не работ|ремонт|停电|关闭|封闭|不能|不可|无法|漏水|\
    停用|维修|占用";
/// What tells that a session takes longer.
const LONGER: &str =
    "longer|overrun|runs over|extend|prolong|дольше|затян|затягив|продл|увелич|延长|超时|拖|加时";
/// What tells that it takes less long.
const SHORTER: &str = "shorter|короче|сокра|缩短|缩减";
/// What tells the length itself, not the difference.
const TO: &str = "to |до |延长到|延长至|缩短到|缩短至";
/// What tells it, too, unless it is compared.
const LASTS: &str = "takes|займет|длится";
const COMPARED: &str = "longer|shorter|дольше|короче";
/// What tells that somebody cannot work.
const OUT: &str = "ill|sick|unwell|out|hospital|cannot|can't|unavailable|absent|fever|lost her voice|\
    lost his voice|заболе|болен|больн|болеет|температур|голос|не сможет|не может|не придет|\
    не выйдет|отсутств|травм|病|不适|请假|缺席|无法|不能|不来|来不了|住院|发烧|受伤|失声|嗓子|\
    到不了";
/// What tells that nobody is ill.
const WELL: &str = "not ill|not sick|not out|не заболе|не болен|не болеет|没病";
/// What tells that there is no delay.
const DENIED: &str = "no delay|no longer late|not late|not delayed|не опозд|не опазд|не задерж|\
    без опозд|без задерж|не будет опозд|不会晚|没有晚|没晚|不晚|未晚|没有延误|未延误|没延误|没有推迟";
/// What tells that all is as it was declared.
const ON_TIME: &str = "on time|in time|on schedule|as planned|as scheduled|as declared|вовремя|\
    по расписанию|по графику|по плану|в срок|准点|准时|按时|如期|按计划";
/// What denies that.
const NOT_ON_TIME: &str = "not on time|not in time|not on schedule|не вовремя|не по расписанию|не в срок|\
    不准|不能准|无法准|不能按|无法按|未能按|不按|未按|没按|难以";
/// What adds to a delay that was told before.
const FURTHER: &str = "another|further|more hour|more min|еще|再|又";
/// What denies a delay in a message of one.
const NOT: &str = "not|never|won't|isn't|aren't|doesn't";
/// What denies that all is as it was declared.
const DOUBTED: &str = "cannot|can't|не";
/// Kinds of sessions as people call them.
const KINDS: [(SessionKind, &str); 8] = [
    (SessionKind::Opening, "opening|открыти|开幕"),
    (SessionKind::Plenary, "plenary|пленар|全体会议|全会"),
    (SessionKind::Closing, "closing|закрыти|闭幕"),
    (SessionKind::Roundtable, "roundtable|round table|кругл|圆桌"),
    (SessionKind::Signing, "signing|подписани|签字|签署|签约"),
    (SessionKind::Press, "press|пресс|记者会|新闻发布"),
    (SessionKind::Meal, "lunch|dinner|reception|обед|ужин|прием|午餐|晚宴|招待会"),
    (SessionKind::Visit, "visit|посещени|参观|考察"),
];

/// What a message says of a programme, told at this moment. Withdrawn delegations are not meant.
pub fn understand(said: &str, brief: &Brief, calendar: &Calendar<'_>) -> Option<Understood> {
    let said = fold(said).replace('’', "'");
    let delegations = delegations(brief);
    let interpreters: Vec<_> = brief
        .interpreters
        .iter()
        .flat_map(|i| called(i).into_iter().map(|name| (i.id, name)))
        .collect();
    let halls: Vec<_> = brief
        .halls
        .iter()
        .flat_map(|h| versions(&h.name).into_iter().map(|name| (h.id, name)))
        .collect();
    let (who, rest) = mentioned(&said, &delegations);
    let (working, rest) = mentioned(&rest, &interpreters);
    let (rooms, rest) = mentioned(&rest, &halls);
    let told = |words| any(&rest, words);
    match (&who[..], &working[..], &rooms[..]) {
        (&[one], [], []) => Some(of_delegation(one, &rest, brief, calendar)),
        (&[one, other], [], []) if told(CANCELS) || told(REFUSES) => {
            let theirs = |m: &&Meeting| m.is_open() && m.concerns(one) && m.concerns(other);
            let meeting = brief.meetings.iter().find(theirs)?;
            let by = told(ITSELF).then(|| first(&said, &delegations, [one, other])).flatten();
            Some(Understood::CalledOff(Activity::Meeting(meeting.id), by))
        }
        (&[one, other], [], []) if told(MEET) => Some(Understood::Meeting([one, other])),
        ([], &[one], []) => Some(of_interpreter(one, &rest, calendar)),
        ([], [], &[hall]) => {
            let off = session(&said, brief).filter(|_| told(CANCELS));
            Some(off.map_or_else(|| of_hall(hall, &rest, calendar), |s| of_session(s, &rest)))
        }
        ([], [], []) if told(CLOSED) && told(A_HALL) => {
            Some(Understood::Kind(DisruptionKind::Hall))
        }
        ([], [], []) if told(OUT) && told(AN_INTERPRETER) => {
            Some(Understood::Kind(DisruptionKind::Interpreter))
        }
        ([], [], []) => {
            let session = session(&said, brief).map(|session| of_session(session, &rest));
            session.or_else(|| {
                let one = slipped(&said, &delegations);
                let one = one.map(|(one, rest)| of_delegation(one, &rest, brief, calendar));
                let other = || slipped(&said, &interpreters);
                let other = || other().map(|(one, rest)| of_interpreter(one, &rest, calendar));
                let off = Understood::Kind(DisruptionKind::CalledOff);
                one.or_else(other).or_else(|| told(CANCELS).then_some(off))
            })
        }
        // Several at once: whom it is about would be a guess.
        _ => None,
    }
}

fn any(message: &str, words: &str) -> bool {
    words.split('|').any(|word| tells(message, word))
}

fn of_delegation(
    one: DelegationId,
    rest: &str,
    brief: &Brief,
    calendar: &Calendar<'_>,
) -> Understood {
    let times = Times::read(rest, calendar);
    let stays =
        brief.delegation(one).map(|d| [d.arrival, d.departure].map(|at| at.map(DateTime::date)));
    let [arrives, leaves] = stays.unwrap_or_default();
    let today = Some(calendar.now.date()).filter(|today| calendar.days.contains(today));
    let late = any(rest, LATE);
    // «Прилетит в 15 часов» is a time of day.
    let amount = minutes(rest).filter(|amount| late && !times.tell(*amount));
    let word = |words: &str| rest.split(' ').any(|word| words.split('|').any(|one| one == word));
    let doubted = any(rest, ON_TIME) && !late && (word(NOT) || word(DOUBTED));
    if doubted || any(rest, NOT_ON_TIME) || any(rest, WELL) {
        return Understood::About(Subject::Delegation(one));
    }
    let denied = any(rest, DENIED) || (late && word(NOT));
    let on_time = any(rest, ON_TIME) && (denied || !late);
    if on_time || denied {
        let sure = times.is_empty() && !any(rest, LEAVES) && (on_time || amount.is_none());
        return if sure {
            Understood::Late(one, Some(Arrival::After(0)))
        } else {
            Understood::About(Subject::Delegation(one))
        };
    }
    let ends = any(rest, CANCELS) || any(rest, REFUSES);
    if ends && any(rest, MEET) && !any(rest, TAKES_PART) {
        let theirs = |m: &&Meeting| m.concerns(one);
        let mut all = brief.accepted().filter(theirs);
        return match (all.next(), all.next()) {
            (Some(only), None) => {
                let by = any(rest, ITSELF).then_some(one);
                Understood::CalledOff(Activity::Meeting(only.id), by)
            }
            _ => Understood::Kind(DisruptionKind::CalledOff),
        };
    }
    let stated = brief.delegation(one).and_then(|d| d.arrival);
    if let (Some(minutes), Some(at), true) = (amount, stated, any(rest, FURTHER)) {
        let arrival = at.checked_add(minutes.minutes()).ok();
        return Understood::Late(one, arrival.map(Arrival::At));
    }
    if let Some(minutes) = amount {
        return Understood::Late(one, Some(Arrival::After(minutes)));
    }
    if any(rest, ABSENT) {
        return if times.is_empty() {
            Understood::Withdrawn(one)
        } else {
            Understood::Busy(one, times.stretch(calendar))
        };
    }
    if any(rest, LEAVES) {
        return Understood::Leaving(one, times.moment(today.or(leaves)));
    }
    if any(rest, BUSY) {
        return Understood::Busy(one, times.stretch(calendar));
    }
    if late || (any(rest, ARRIVES) && !times.is_empty()) {
        return Understood::Late(one, times.moment(arrives.or(today)).map(Arrival::At));
    }
    Understood::About(Subject::Delegation(one))
}

fn of_interpreter(one: InterpreterId, rest: &str, calendar: &Calendar<'_>) -> Understood {
    if any(rest, OUT) && !any(rest, WELL) {
        return Understood::Out(one, Times::read(rest, calendar).stretch(calendar));
    }
    Understood::About(Subject::Interpreter(one))
}

fn of_hall(one: HallId, rest: &str, calendar: &Calendar<'_>) -> Understood {
    if any(rest, CLOSED) {
        return Understood::Hall(one, Times::read(rest, calendar).stretch(calendar));
    }
    Understood::About(Subject::Hall(one))
}

fn of_session(one: &Session, rest: &str) -> Understood {
    let (longer, shorter) = (any(rest, LONGER), any(rest, SHORTER));
    if any(rest, CANCELS) {
        return Understood::CalledOff(Activity::Session(one.id), None);
    }
    if !longer && !shorter {
        return Understood::About(Subject::Session(one.id));
    }
    let whole = any(rest, TO) || any(rest, LASTS) && !any(rest, COMPARED);
    let length = minutes(rest).map(|minutes| match (whole, shorter) {
        (true, _) => minutes,
        (_, true) => one.minutes.saturating_sub(minutes),
        (_, false) => one.minutes.saturating_add(minutes),
    });
    Understood::Longer(one.id, length)
}

/// Which of two delegations a message names first.
fn first(
    said: &str,
    names: &[(DelegationId, String)],
    two: [DelegationId; 2],
) -> Option<DelegationId> {
    let names: Vec<_> = names.iter().filter(|(id, _)| two.contains(id)).cloned().collect();
    let ends = said.char_indices().map(|(at, c)| at + c.len_utf8());
    let ends = ends
        .filter(|at| said[*at..].chars().next().is_none_or(|c| !c.is_alphabetic() || is_han(c)));
    ends.map(|at| mentioned(&said[..at], &names).0).find_map(|found| found.first().copied())
}

/// The only session that a message means: by its whole title, by its kind, or by the words of its title.
fn session<'a>(said: &str, brief: &'a Brief) -> Option<&'a Session> {
    let titles: Vec<_> = brief
        .sessions
        .iter()
        .flat_map(|s| versions(&s.title).into_iter().map(|title| (s.id, title)))
        .collect();
    if let [one] = mentioned(said, &titles).0[..] {
        return brief.session(one);
    }
    let kind = KINDS.iter().find(|(_, words)| any(said, words)).map(|(kind, _)| *kind);
    let shared = |session: &Session| {
        let words = versions(&session.title).iter().map(|title| shared(said, title)).max();
        words.unwrap_or(0)
    };
    let of_kind = |s: &&Session| kind.is_some_and(|kind| s.kind == kind);
    let alone = |all: &[&'a Session]| match all {
        [one] => Some(*one),
        _ => None,
    };
    let best = |all: &[&'a Session]| {
        let most = all.iter().map(|s| shared(s)).max().filter(|most| *most > 0)?;
        alone(&all.iter().copied().filter(|s| shared(s) == most).collect::<Vec<_>>())
    };
    let named: Vec<&Session> = brief.sessions.iter().filter(of_kind).collect();
    match kind {
        Some(_) => alone(&named).or_else(|| best(&named)),
        None => best(&brief.sessions.iter().collect::<Vec<_>>()),
    }
}

/// How many words of a title a message has: long ones, as they begin; in Chinese pairs of signs.
fn shared(said: &str, title: &str) -> usize {
    if title.chars().any(is_han) {
        let signs: Vec<char> = title.chars().filter(|c| is_han(*c)).collect();
        return signs
            .windows(2)
            .filter(|pair| said.contains(&pair.iter().collect::<String>()))
            .count();
    }
    let stem = |word: &str| word.chars().take(5).collect::<String>();
    let words =
        title.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() >= 5);
    words.filter(|word| tells(said, &stem(word))).count()
}

/// Whether a word stands in a message: as a word begins, several as they are, Chinese anywhere.
fn tells(message: &str, word: &str) -> bool {
    let whole = word.starts_with(is_han) || word.contains([' ', '\'']);
    let mut words = message.split(|c: char| !c.is_alphanumeric());
    if whole { message.contains(word) } else { words.any(|other| other.starts_with(word)) }
}

fn delegations(brief: &Brief) -> Vec<(DelegationId, String)> {
    let here = brief.delegations.iter().filter(|d| !d.withdrawn);
    here.flat_map(|d| {
        let names = versions(&d.name).into_iter().flat_map(spoken);
        names.map(|name| (d.id, name)).collect::<Vec<_>>()
    })
    .collect()
}

/// A name in every language, and what stands in quotation marks within.
fn versions(text: &Text) -> Vec<String> {
    let all = text.versions.values().map(|version| fold(&version.text));
    all.flat_map(|name| {
        let inner = name.split_once('«').and_then(|(_, rest)| rest.split_once('»'));
        let inner =
            inner.map(|(inner, _)| inner.to_owned()).filter(|inner| inner.chars().count() >= 4);
        [Some(name), inner].into_iter().flatten()
    })
    .filter(|name| !name.is_empty())
    .collect()
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

#[cfg(test)]
mod tests;
