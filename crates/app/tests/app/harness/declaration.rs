//! The fixture's text: an exercise of a few units in Chinese, Russian and English, written by the
//! secretariat and signed as concordant by the language officer, except where it says otherwise.

use std::collections::{BTreeMap, BTreeSet};

use caravanserai::reading::Readings;
use domain::{
    ConceptId, DeclarationId, Lang, UnitId,
    change::Change,
    declaration::Authority,
    dossier::{Dossier, DossierKind},
    glossary::{Concept, Entry, Term, TermStanding},
    negotiation::{Deed, Event, Negotiation},
    procedure::{Rules, Step},
    unit::{Manner, UnitKind},
};
use jiff::Timestamp;
use store::{Conn, Result};

use super::{
    Persona,
    fixture::{EDITION, SERIES, n, person, text},
};

/// Open for negotiation, printed once as revision 1.
pub(crate) const DECLARATION: DeclarationId = DeclarationId(n(40));
/// The title, concordant.
pub(crate) const UNIT_TITLE: UnitId = UnitId(n(41));
/// Operative paragraph 1, concordant.
pub(crate) const UNIT: UnitId = UnitId(n(42));
/// Operative paragraph 2: the Chinese changed since, Russian and English are stale.
pub(crate) const UNIT_STALE: UnitId = UnitId(n(43));

/// The council of mayors, in the glossary of the series.
pub(crate) const CONCEPT: ConceptId = ConceptId(n(44));

/// The words of each unit before anything changed.
const WORDS: [(UnitId, UnitKind, [&str; 3]); 3] = [
    (UNIT_TITLE, UnitKind::Title, ["示例宣言", "Примерная декларация", "Example declaration"]),
    (
        UNIT,
        UnitKind::Operative,
        [
            "各城市决定设立市长理事会，每年举行1次会议。",
            "Города учреждают совет мэров, который проводит 1 заседание в год.",
            "The cities establish a council of mayors, which holds 1 meeting a year.",
        ],
    ),
    (
        UNIT_STALE,
        UnitKind::Operative,
        [
            "各城市每年报告用水情况。",
            "Города ежегодно отчитываются о водопользовании.",
            "The cities report on their use of water every year.",
        ],
    ),
];

/// What the Chinese of [`UNIT_STALE`] says now.
pub(crate) const STALE_ZH: &str = "各城市每两年报告用水和节水情况。";

/// What is kept beside the text.
pub(crate) fn dossier() -> Dossier {
    let authentic = Authority::Authentic;
    Dossier {
        id: DECLARATION,
        edition: EDITION,
        kind: DossierKind::Declaration,
        title: text("示例宣言", "Примерная декларация", "Example declaration"),
        symbol: "EX/2090/L.1".to_owned(),
        languages: BTreeMap::from([
            (Lang::Zh, authentic),
            (Lang::Ru, authentic),
            (Lang::En, Authority::Translation),
        ]),
        rules: Rules::house(),
        parties: BTreeSet::new(),
        officers: BTreeSet::new(),
        settled: None,
        exercise: true,
        opened: began(),
        by: person(Persona::Secretariat),
    }
}

fn began() -> Timestamp {
    "2026-01-02T08:00:00Z".parse().expect("an instant")
}

/// What the secretariat writes, on what stands there.
pub(crate) fn wrote(
    state: &Negotiation,
    unit: UnitId,
    lang: Lang,
    text: &str,
    manner: Manner,
) -> Change {
    let there = state.text.unit(unit).expect("a unit of the text");
    Change::Wrote {
        unit,
        lang,
        text: text.to_owned(),
        manner,
        base: there.seal(lang),
        turn: there.turn,
        by: person(Persona::Secretariat),
        second: None,
        at: state.latest.max(began()),
    }
}

/// Does it in the state, and notes it.
fn act(state: &mut Negotiation, done: &mut Vec<Event>, deed: Deed) {
    let event = Event { at: state.latest.max(began()), deed };
    state.act(&event).expect("an accepted deed");
    done.push(event);
}

/// The deeds that make the text.
pub(crate) fn deeds() -> Vec<Event> {
    let (mut state, mut done) = (dossier().begin().expect("a dossier"), Vec::new());
    let mut after = None;
    for (unit, kind, words) in WORDS {
        act(&mut state, &mut done, Deed::Text(Change::Added { unit, kind, after }));
        after = Some(unit);
        for (lang, text) in Lang::COMPLETE.into_iter().zip(words) {
            let manner = if lang == Lang::Zh { Manner::Leads } else { Manner::Follows };
            let change = wrote(&state, unit, lang, text, manner);
            act(&mut state, &mut done, Deed::Text(change));
            act(&mut state, &mut done, Deed::Text(Change::Offered { unit, lang }));
        }
        for lang in Lang::COMPLETE {
            let base = state.text.unit(unit).expect("a unit").seal(lang);
            let (by, at) = (person(Persona::Officer), began());
            let change = Change::Concorded { unit, lang, base, by, at };
            act(&mut state, &mut done, Deed::Text(change));
        }
    }
    act(&mut state, &mut done, Deed::Step(Step::Revised));
    let change = wrote(&state, UNIT_STALE, Lang::Zh, STALE_ZH, Manner::Leads);
    act(&mut state, &mut done, Deed::Text(change));
    done
}

/// Stores the text.
pub(crate) fn fill(c: &mut Conn) -> Result<()> {
    let dossier = dossier();
    store::dossier::insert(c, &dossier)?;
    let by = Some(person(Persona::Secretariat));
    Readings::default().act(c, &dossier, by, &deeds())?;
    let term = |text: &str, standing| Term { text: text.to_owned(), standing };
    let (yes, no) = (TermStanding::Preferred, TermStanding::Forbidden);
    let terms = BTreeMap::from([
        (Lang::Zh, vec![term("市长理事会", yes)]),
        (Lang::Ru, vec![term("совет мэров", yes), term("комитет мэров", no)]),
        (Lang::En, vec![term("council of mayors", yes)]),
    ]);
    let concept = Concept { id: "council".to_owned(), terms };
    let entry = Entry { id: CONCEPT, series: Some(SERIES), concept, note: String::new() };
    store::glossary::insert(c, &entry)
}
