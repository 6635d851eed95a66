//! Random orders of deeds against a negotiation: whatever people do, in whatever order, a text is never
//! adopted over an objection, in languages that drifted apart, by one person, or after a voided silence.
//!
//! What must hold is judged from the history of accepted deeds alone, not from the state that the code
//! under test keeps. `PROPTEST_CASES=100000 cargo test -p domain --release --test agree` is
//! the long run.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    DelegationId, Lang, ObjectionId, PersonId, UnitId,
    change::Change,
    declaration::Authority,
    negotiation::{Deed, Event, Negotiation},
    procedure::{End, ObjectionKind, Outcome, Phase, PositionKind, Rules, Step},
    unit::{CellState, Manner, UnitKind},
};
use jiff::{SignedDuration, Timestamp};
use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};
use uuid::Uuid;

const AUTHENTIC: [Lang; 2] = [Lang::Zh, Lang::Ru];
const LANGS: [Lang; 3] = [Lang::Zh, Lang::Ru, Lang::En];

fn unit(n: u8) -> UnitId {
    UnitId(Uuid::from_u128(u128::from(n)))
}

fn person(n: u8) -> PersonId {
    PersonId(Uuid::from_u128(u128::from(n)))
}

fn city(n: u8) -> DelegationId {
    DelegationId(Uuid::from_u128(u128::from(n)))
}

fn objection(n: u8) -> ObjectionId {
    ObjectionId(Uuid::from_u128(u128::from(n)))
}

fn zero_draft() -> Negotiation {
    let languages = BTreeMap::from([
        (Lang::Zh, Authority::Authentic),
        (Lang::Ru, Authority::Authentic),
        (Lang::En, Authority::Translation),
    ]);
    let parties = BTreeSet::from([city(1), city(2)]);
    let rules = Rules { least_hours: 2, ..Rules::house() };
    Negotiation::new(languages, rules, parties).expect("an authentic language")
}

/// Somebody does something: which thing, with which details, how many minutes later.
#[derive(Clone, Copy, Debug)]
struct Move {
    what: u8,
    a: u8,
    b: u8,
    minutes: u16,
}

fn moves() -> impl Strategy<Value = Vec<Move>> {
    let one = (0_u8..40, any::<u8>(), any::<u8>(), 0_u16..200);
    let one = one.prop_map(|(what, a, b, minutes)| Move { what, a, b, minutes });
    prop::collection::vec(one, 1..90)
}

fn words(lang: Lang, n: u8) -> String {
    match lang {
        Lang::Zh => format!("各方将合作 {n} 次。"),
        Lang::Ru => format!("Стороны сотрудничают {n} раз."),
        _ => format!("The parties cooperate {n} times."),
    }
}

fn wrote(
    now: &Negotiation,
    at: Timestamp,
    id: UnitId,
    lang: Lang,
    manner: Manner,
    m: Move,
) -> Deed {
    let unit = now.text.unit(id);
    let base = unit.map_or_else(|| now.text.seal(), |unit| unit.seal(lang));
    let turn = unit.map_or(0, |unit| unit.turn);
    let (by, second) = (person(m.a % 3), Some(person(m.b % 3)));
    let text = words(lang, m.b);
    Deed::Text(Change::Wrote { unit: id, lang, text, manner, base, turn, by, second, at })
}

/// What would bring a cell nearer to concordance.
fn translate(now: &Negotiation, at: Timestamp, m: Move) -> Option<Deed> {
    let cells = now.text.unready();
    let step = |(id, lang, state): &(UnitId, Lang, CellState)| {
        let one = now.text.unit(*id)?;
        match state {
            CellState::Missing if one.turn == 0 => {
                Some(wrote(now, at, *id, *lang, Manner::Leads, m))
            }
            CellState::Missing | CellState::Stale | CellState::MachineDraft => {
                Some(wrote(now, at, *id, *lang, Manner::Follows, m))
            }
            CellState::InWork => Some(Deed::Text(Change::Offered { unit: *id, lang: *lang })),
            CellState::Revised | CellState::Concordant => None,
        }
    };
    let (unit, lang, _) = *cells.first()?;
    cells.iter().find_map(step).or_else(|| {
        let base = now.text.unit(unit)?.seal(lang);
        Some(Deed::Text(Change::Concorded { unit, lang, base, by: person(9), at }))
    })
}

/// What would bring the text nearer to its end.
fn helpful(now: &Negotiation, at: Timestamp, m: Move) -> Deed {
    let seal = now.text.seal();
    if let Some(deed) = translate(now, at, m) {
        return deed;
    }
    if let Some((id, open)) = now.consensus.open_objections().next() {
        let outcome = if m.a.is_multiple_of(2) { Outcome::Withdrawn } else { Outcome::Reserved };
        return Deed::Step(Step::Resolved { id: *id, by: open.by, outcome });
    }
    let open = now.text.units.iter().find(|one| !now.consensus.is_agreed(&now.text, one.id));
    if let (Some(one), Phase::Open) = (open, &now.consensus.phase) {
        let (unit, turn) = (one.id, one.turn);
        return Deed::Step(Step::Agreed { unit, turn, ad_referendum: None });
    }
    match &now.consensus.phase {
        Phase::Open if now.text.units.is_empty() => {
            let (unit, kind) = (unit(m.a % 4), UnitKind::Operative);
            Deed::Text(Change::Added { unit, kind, after: None })
        }
        Phase::Open if now.consensus.revision == 0 => Deed::Step(Step::Revised),
        Phase::Open => {
            let until = at + SignedDuration::from_mins(120);
            Deed::Step(Step::Silenced { seal, until })
        }
        Phase::Silence(_) => Deed::Step(Step::Gavelled { seal, by: person(m.a % 3) }),
        Phase::Gavelled(_) => Deed::Step(Step::Recorded { seal, by: person(m.b % 3) }),
        Phase::Adopted(_) => Deed::Step(Step::Signed { by: city(m.a % 3), seal }),
        Phase::Signed(_) | Phase::Published(_) => Deed::Step(Step::Published),
    }
}

/// What people do to the text besides: sensible, late, out of turn or wrong.
fn other_change(now: &Negotiation, at: Timestamp, m: Move) -> Option<Deed> {
    let (unit, lang, by) = (unit(m.a % 4), LANGS[usize::from(m.b) % 3], person(m.a % 3));
    let next = self::unit(if m.b.is_multiple_of(2) { m.b % 4 } else { 10 + m.b % 4 });
    let current = now.text.unit(unit);
    let base = current.map_or_else(|| now.text.seal(), |unit| unit.seal(lang));
    Some(Deed::Text(match m.what {
        0 => {
            let after = (m.b.is_multiple_of(2)).then_some(next);
            Change::Added { unit, kind: UnitKind::Operative, after }
        }
        1 if m.b.is_multiple_of(3) => Change::Restored { unit, after: Some(next) },
        1 => Change::Removed { unit },
        2 => Change::Shifted { unit, after: Some(next) },
        3 => return Some(wrote(now, at, unit, lang, Manner::Leads, m)),
        4 => return Some(wrote(now, at, unit, lang, Manner::Follows, m)),
        5 => return Some(wrote(now, at, unit, lang, Manner::Machine, m)),
        6 => return Some(wrote(now, at, unit, lang, Manner::Editorial, m)),
        7 => Change::Offered { unit, lang },
        8 => Change::Concorded { unit, lang, base, by, at },
        9 => {
            let text = current.map_or("", |unit| unit.text(lang));
            let parts = text.split_once(' ').unwrap_or((text, "x"));
            let parts = (parts.0.to_owned(), parts.1.to_owned());
            Change::Split { unit, new: self::unit(10 + m.b % 4), lang, base, parts, by, at }
        }
        10 => Change::Merged { unit, next, by, at },
        _ => return None,
    }))
}

/// What people do in the procedure besides.
fn other_step(now: &Negotiation, at: Timestamp, m: Move) -> Option<Deed> {
    let (unit, by, seal) = (unit(m.a % 4), city(m.b % 3), now.text.seal());
    let until = at + SignedDuration::from_hours(i64::from(m.b % 5));
    Some(Deed::Step(match m.what {
        11 => Step::Revised,
        12 => {
            let ad_referendum = Some((by, "the council".to_owned(), until));
            let turn = now.text.unit(unit).map_or(1, |unit| unit.turn);
            Step::Agreed { unit, turn, ad_referendum }
        }
        13 => Step::Confirmed { unit, by },
        14 => Step::Reopened { unit },
        15 => Step::Silenced { seal, until },
        16 | 17 => {
            let kind = ObjectionKind::ALL[usize::from(m.b) % 2];
            let reason = "not so".to_owned();
            Step::Objected { id: objection(m.a), by, kind, unit: None, reason }
        }
        18 => {
            let known = now.consensus.objections.keys().next().copied();
            let outcome = Outcome::ALL[usize::from(m.b) % 3];
            Step::Resolved { id: known.unwrap_or(objection(m.a)), by, outcome }
        }
        19 => Step::Gavelled { seal, by: person(m.a % 3) },
        20 => Step::Recorded { seal, by: person(m.a % 3) },
        21 => Step::Signed { by: city(m.a % 4), seal },
        22 => Step::Published,
        23 => {
            let kind = PositionKind::ALL[usize::from(m.a) % 2];
            let text = if m.a == 0 { String::new() } else { "so we read it".to_owned() };
            Step::Explained { by, kind, lang: LANGS[usize::from(m.b) % 3], text }
        }
        _ => return None,
    }))
}

/// Plays the moves; gives the accepted events and the state after them.
fn play(moves: &[Move]) -> (Vec<Event>, Negotiation) {
    let (mut now, mut at) = (zero_draft(), Timestamp::UNIX_EPOCH);
    let mut accepted = Vec::new();
    for m in moves {
        at += SignedDuration::from_mins(i64::from(m.minutes));
        let other = other_change(&now, at, *m).or_else(|| other_step(&now, at, *m));
        let event = Event { at, deed: other.unwrap_or_else(|| helpful(&now, at, *m)) };
        let before = now.clone();
        match now.act(&event) {
            Ok(()) => accepted.push(event),
            Err(_) => assert_eq!(now, before, "a refused deed changed something: {event:?}"),
        }
    }
    (accepted, now)
}

/// Where in the history the last event is of which this holds, counted from 1; 0 if there is none.
fn last(history: &[Event], holds: impl Fn(&Deed) -> bool) -> usize {
    history.iter().rposition(|event| holds(&event.deed)).map_or(0, |at| at + 1)
}

/// Whether a history says that this language of this unit was signed for after anything that could
/// have changed what it must say.
fn concordant(history: &[Event], unit: UnitId, lang: Lang) -> bool {
    let signed = last(history, |deed| {
        let Deed::Text(Change::Concorded { unit: u, lang: l, .. }) = deed else { return false };
        *u == unit && *l == lang
    });
    let changed = last(history, |deed| match deed {
        Deed::Text(Change::Wrote { unit: u, lang: l, manner, .. }) => {
            let bears = AUTHENTIC.contains(l) || *l == lang;
            *u == unit && bears && *manner != Manner::Editorial
        }
        Deed::Text(Change::Split { unit: u, new, .. }) => *u == unit || *new == unit,
        Deed::Text(Change::Merged { unit: u, .. }) => *u == unit,
        _ => false,
    });
    signed > changed && changed > 0
}

/// The units in the text after a history.
fn units(history: &[Event]) -> BTreeSet<UnitId> {
    let mut there = BTreeSet::new();
    for event in history {
        match &event.deed {
            Deed::Text(Change::Added { unit, .. } | Change::Restored { unit, .. }) => {
                there.insert(*unit)
            }
            Deed::Text(Change::Split { new, .. }) => there.insert(*new),
            Deed::Text(Change::Removed { unit }) => there.remove(unit),
            Deed::Text(Change::Merged { next, .. }) => there.remove(next),
            _ => false,
        };
    }
    there
}

/// Objections that nobody has resolved after a history.
fn open(history: &[Event]) -> BTreeSet<ObjectionId> {
    let mut open = BTreeSet::new();
    for event in history {
        match &event.deed {
            Deed::Step(Step::Objected { id, .. }) => open.insert(*id),
            Deed::Step(Step::Resolved { id, .. }) => open.remove(id),
            _ => false,
        };
    }
    open
}

/// Judges the first adoption in a history, if there is one.
fn judge(history: &[Event]) -> bool {
    let recorded = |event: &Event| matches!(event.deed, Deed::Step(Step::Recorded { .. }));
    let Some(end) = history.iter().position(recorded) else { return false };
    let (before, adoption) = (&history[..end], &history[end]);
    let struck = last(before, |deed| matches!(deed, Deed::Step(Step::Gavelled { .. })));
    let gavel = &before[struck - 1];
    let (Deed::Step(Step::Gavelled { by: one, .. }), Deed::Step(Step::Recorded { by: two, .. })) =
        (&gavel.deed, &adoption.deed)
    else {
        panic!("no gavel before the record");
    };
    assert_ne!(one, two, "one person adopted");
    assert_eq!(open(before), BTreeSet::new(), "adopted over objections");
    let changed = last(before, |deed| matches!(deed, Deed::Text(_)));
    assert!(changed < struck, "the text changed under the gavel");
    let all = units(before);
    assert!(!all.is_empty());
    for (unit, lang) in all.iter().flat_map(|unit| AUTHENTIC.map(|lang| (*unit, lang))) {
        assert!(concordant(before, unit, lang), "{unit} {lang} is not concordant");
    }
    let objected = last(before, |deed| matches!(deed, Deed::Step(Step::Objected { .. })));
    assert!(objected < struck, "an objection after the gavel was not heard");
    // In the hall no silence is running; otherwise it ran to its end over this very text.
    let silence = last(before, |deed| matches!(deed, Deed::Step(Step::Silenced { .. })));
    if silence > changed.max(objected)
        && let Deed::Step(Step::Silenced { until, .. }) = &before[silence - 1].deed
    {
        assert!(gavel.at >= *until, "adopted before the silence ended");
    }
    for event in &history[end + 1..] {
        let quiet = matches!(
            event.deed,
            Deed::Step(Step::Signed { .. } | Step::Published | Step::Explained { .. })
        );
        assert!(quiet, "after adoption: {event:?}");
    }
    true
}

/// Every silence ends exactly once and in the way that the history tells; nothing is attached to a text
/// that is not adopted.
fn ended(history: &[Event], state: &Negotiation) {
    let consensus = &state.consensus;
    let running = u32::from(matches!(consensus.phase, Phase::Silence(_)));
    let over = u32::try_from(consensus.past.len()).expect("few silences");
    assert_eq!(consensus.silences, over + running);
    for ended in &consensus.past {
        let lapsed = ended.at >= ended.silence.until;
        assert!(ended.end == End::Voided || lapsed == (ended.end == End::Lapsed), "{ended:?}");
        let at = |event: &&Event| event.at == ended.at;
        assert!(history.iter().any(|event| at(&event)), "nothing happened at its end: {ended:?}");
    }
    assert!(consensus.positions.is_empty() || consensus.adoption().is_some());
}

/// Judges a history, and that it makes the same state again, also after being stored.
fn holds(moves: &[Move]) -> bool {
    let (history, state) = play(moves);
    let adopted = judge(&history);
    assert_eq!(adopted, state.consensus.adoption().is_some());
    ended(&history, &state);
    let stored = serde_json::to_string(&history).expect("written");
    let read: Vec<Event> = serde_json::from_str(&stored).expect("read");
    assert_eq!(zero_draft().replay(&read).as_ref(), Ok(&state));
    let kept = serde_json::to_string(&state).expect("written");
    assert_eq!(serde_json::from_str::<Negotiation>(&kept).expect("read"), state);
    adopted
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn no_order_of_deeds_adopts_what_was_not_agreed(moves in moves()) {
        holds(&moves);
    }
}

/// The random orders are worth something only if many of them reach the end.
#[test]
fn many_random_orders_end_in_adoption() {
    let mut runner = TestRunner::deterministic();
    let mut adopted = 0;
    for _ in 0..200 {
        let moves = moves().new_tree(&mut runner).expect("moves").current();
        adopted += u32::from(holds(&moves));
    }
    assert!(adopted >= 40, "{adopted} of 200");
}
