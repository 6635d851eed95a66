//! A second text of the fixture's edition for the stories of negotiation: short silences, two parties, and
//! two paragraphs that are concordant in Chinese and Russian and printed as revision 1.

use std::collections::{BTreeMap, BTreeSet};

use caravanserai::reading::Readings;
use domain::{
    AmendmentId, DeclarationId, Lang, StatementId, SupportGroupId, TextImportId, UnitId,
    amendment::{Amendment, Operation},
    change::Change,
    declaration::Authority,
    document::Paragraph,
    dossier::{Dossier, DossierKind},
    negotiation::{Deed, Event, Negotiation},
    procedure::{Rules, Step},
    proposal::Proposal,
    statement::{Grouping, Statement},
    support_group::SupportGroup,
    text_import::TextImport,
    unit::{Manner, UnitKind},
};
use store::{Conn, Result};
use uuid::Uuid;

use super::{
    Persona, TestApp, fixture,
    fixture::{DELEGATION_A, DELEGATION_B, EDITION, n, person, text},
};

pub(crate) const TEXT: DeclarationId = DeclarationId(n(60));
pub(crate) const ONE: UnitId = UnitId(n(61));
pub(crate) const TWO: UnitId = UnitId(n(62));

/// Tabled by A to the first text of the fixture, for the questions of who may do what.
pub(crate) const AMENDMENT: AmendmentId = AmendmentId(n(63));
/// Put by the chair on the first text.
pub(crate) const STATEMENT: StatementId = StatementId(n(64));

/// Brought for the first text by the language officer.
pub(crate) const IMPORT: TextImportId = TextImportId(n(65));
/// Declared by the secretariat.
pub(crate) const GROUP: SupportGroupId = SupportGroupId(n(66));

fn group() -> SupportGroup {
    let (name, members) =
        (text("沿河城市", "Города на реке", "River cities"), [DELEGATION_B].into());
    SupportGroup { id: GROUP, edition: EDITION, name, members }
}

fn import(of: &Dossier) -> (TextImport, Vec<Paragraph>) {
    let words = [(Lang::Zh, "各城市交流节水经验。".to_owned())].into();
    let import = TextImport {
        id: IMPORT,
        declaration: of.id,
        by: person(Persona::Officer),
        at: of.opened,
        langs: vec![Lang::Zh],
        paragraphs: 1,
        apart: 0,
        alignment: None,
    };
    (import, vec![Paragraph { kind: UnitKind::Operative, words }])
}

/// Stores all of it.
pub(crate) fn fill(c: &mut Conn) -> Result<()> {
    let first = super::declaration::dossier();
    let text = Readings::default().read(c, &first)?.negotiation.text.clone();
    let words = "各城市决定设立市长理事会，每年举行2次会议。".to_owned();
    let operation = Operation::Replace { unit: super::declaration::UNIT, text: words };
    let made = Amendment::new(AMENDMENT, DELEGATION_A, Lang::Zh, operation, &text);
    let (made, why) = (made.expect("an amendment"), "会议应更频繁。".to_owned());
    let mut proposal = Proposal::draft(first.id, made, why, person(Persona::FocalA));
    proposal.table(1, &text, first.opened).expect("tabled");
    store::amendment::insert(c, &proposal)?;
    let statement = Statement {
        id: STATEMENT,
        declaration: first.id,
        unit: None,
        text: fixture::text(
            "每年两次可行。",
            "Два раза в год возможно.",
            "Twice a year is feasible.",
        ),
        grouping: Grouping::Size,
        groups: Vec::new(),
        by: person(Persona::Chair),
        at: first.opened,
        closed: None,
    };
    store::statement::insert(c, &statement)?;
    store::support_group::insert(c, &group())?;
    let (import, paragraphs) = import(&first);
    store::text_import::insert(c, &import)?;
    store::text_import::fill(c, &import, &paragraphs)
}

/// The words of both paragraphs.
pub(crate) const WORDS: [(UnitId, [&str; 2]); 2] = [
    (ONE, ["各城市应合作。", "Города сотрудничают."]),
    (TWO, ["各城市每年报告。", "Города отчитываются ежегодно."]),
];

/// What is kept beside it.
pub(crate) fn dossier() -> Dossier {
    Dossier {
        id: TEXT,
        edition: EDITION,
        kind: DossierKind::Declaration,
        title: text("合作宣言", "Декларация о сотрудничестве", "Declaration on cooperation"),
        symbol: "EX/2090/L.2".to_owned(),
        languages: BTreeMap::from([
            (Lang::Zh, Authority::Authentic),
            (Lang::Ru, Authority::Authentic),
        ]),
        rules: Rules { least_hours: 0, ..Rules::house() },
        parties: BTreeSet::from([DELEGATION_A, DELEGATION_B]),
        officers: BTreeSet::new(),
        settled: None,
        exercise: true,
        opened: "2026-01-02T08:00:00Z".parse().expect("an instant"),
        by: person(Persona::Secretariat),
    }
}

fn deeds() -> Vec<Event> {
    let dossier = dossier();
    let (mut state, mut done) = (dossier.begin().expect("a dossier"), Vec::new());
    let at = dossier.opened;
    let mut act = |state: &mut Negotiation, deed: Deed| {
        let event = Event { at, deed };
        state.act(&event).expect("an accepted deed");
        done.push(event);
    };
    let mut after = None;
    for (unit, words) in WORDS {
        let kind = UnitKind::Operative;
        act(&mut state, Deed::Text(Change::Added { unit, kind, after }));
        after = Some(unit);
        for (lang, text) in [Lang::Zh, Lang::Ru].into_iter().zip(words) {
            let there = state.text.unit(unit).expect("a unit");
            let manner = if lang == Lang::Zh { Manner::Leads } else { Manner::Follows };
            let (base, turn) = (there.seal(lang), there.turn);
            let (text, by, second) = (text.to_owned(), person(Persona::Secretariat), None);
            let wrote = Change::Wrote { unit, lang, text, manner, base, turn, by, second, at };
            act(&mut state, Deed::Text(wrote));
            act(&mut state, Deed::Text(Change::Offered { unit, lang }));
        }
        for lang in [Lang::Zh, Lang::Ru] {
            let base = state.text.unit(unit).expect("a unit").seal(lang);
            let by = person(Persona::Officer);
            act(&mut state, Deed::Text(Change::Concorded { unit, lang, base, by, at }));
        }
    }
    act(&mut state, Deed::Step(Step::Revised));
    done
}

/// Lays the text on the table.
pub(crate) fn lay(app: &TestApp) {
    app.write(|c| {
        store::dossier::insert(c, &dossier())?;
        let by = Some(person(Persona::Secretariat));
        app.app.readings.act(c, &dossier(), by, &deeds()).map(|_| ())
    });
}

/// The text as it stands.
pub(crate) fn stands(app: &TestApp) -> Negotiation {
    let reading = app.read(|c| app.app.readings.read(c, &dossier()));
    (*reading.negotiation).clone()
}

/// The address of a page below the text.
pub(crate) fn at(path: &str) -> String {
    format!("/editions/{EDITION}/declarations/{TEXT}{path}")
}

/// Tables so many amendments to the paragraphs of the text, by turns of A and B.
pub(crate) fn amend(app: &TestApp, count: u32) {
    let state = stands(app);
    app.write(|c| {
        for number in 1..=count {
            let id = AmendmentId(Uuid::now_v7());
            let by = if number % 2 == 0 { DELEGATION_A } else { DELEGATION_B };
            let unit = if number % 3 == 0 { ONE } else { TWO };
            let text = format!("各城市将合作 {number} 次。");
            let operation = Operation::Replace { unit, text };
            let made = Amendment::new(id, by, Lang::Zh, operation, &state.text);
            let why = "理由".to_owned();
            let made = made.expect("an amendment");
            let mut proposal = Proposal::draft(TEXT, made, why, person(Persona::FocalA));
            proposal.table(number, &state.text, dossier().opened).expect("tabled");
            store::amendment::insert(c, &proposal)?;
        }
        Ok(())
    });
}
