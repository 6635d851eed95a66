//! What the pages of a text of 120 units in three languages with 800 amendments cost: server CPU and
//! statements, page by page; and one decision of the chair.
//!
//! `cargo bench -p caravanserai --bench amendment`.

mod cost;

#[expect(dead_code, reason = "the tests' harness, of which a benchmark needs a part")]
#[path = "../tests/app/harness/mod.rs"]
mod harness;

use cost::Cost;
use domain::{
    AmendmentId, DeclarationId, Lang, UnitId,
    amendment::{Amendment, Operation},
    change::Change,
    declaration::Authority,
    dossier::Dossier,
    negotiation::{Deed, Event},
    proposal::Proposal,
    unit::{Manner, UnitKind},
};
use harness::{Persona, TestApp, fixture, negotiation};
use uuid::Uuid;

const UNITS: usize = 120;
const AMENDMENTS: usize = 800;
const PAGES: u32 = 300;

/// Words as long as a paragraph has them.
fn words(lang: Lang, unit: usize, version: usize) -> String {
    match lang {
        Lang::Zh => format!(
            "商定第 {unit} 项：各城市在 {version} 年内共同开展城市管理、公共交通与环境监测方面的合作，\
             定期交流经验，并就落实情况向秘书处提交报告；"
        ),
        Lang::Ru => format!(
            "условились по вопросу {unit}: города в течение {version} лет вместе развивают управление, \
             общественный транспорт и охрану среды, обмениваются опытом и докладывают секретариату;"
        ),
        _ => format!(
            "agree on item {unit}: for {version} years the cities work together on administration, public \
             transport and the environment, exchange experience and report to the secretariat;"
        ),
    }
}

/// A text as long as a declaration gets, with its amendments. Gives one unit and one amendment.
fn fill(app: &TestApp) -> (Dossier, UnitId) {
    let id = DeclarationId(Uuid::now_v7());
    let mut dossier = Dossier { id, ..negotiation::dossier() };
    dossier.languages.insert(Lang::En, Authority::Translation);
    let (at, by) = (dossier.opened, fixture::person(Persona::Secretariat));
    let mut state = dossier.begin().expect("a dossier");
    let (mut events, mut units, mut after) = (Vec::new(), Vec::new(), None);
    for number in 0..UNITS {
        let unit = UnitId(Uuid::now_v7());
        let mut deeds = vec![Change::Added { unit, kind: UnitKind::Operative, after }];
        after = Some(unit);
        units.push(unit);
        for lang in Lang::COMPLETE {
            let manner = if lang == Lang::Zh { Manner::Leads } else { Manner::Follows };
            let empty = domain::unit::Unit::new(unit, UnitKind::Operative);
            let (base, turn) = (empty.seal(lang), u32::from(lang != Lang::Zh));
            let (text, second) = (words(lang, number, 2), None);
            deeds.push(Change::Wrote { unit, lang, text, manner, base, turn, by, second, at });
        }
        for change in deeds {
            let event = Event { at, deed: Deed::Text(change) };
            state.act(&event).expect("accepted");
            events.push(event);
        }
    }
    app.write(|c| {
        store::dossier::insert(c, &dossier)?;
        app.app.readings.act(c, &dossier, Some(by), &events)?;
        for number in 0..AMENDMENTS {
            let (unit, at) = (units[number % UNITS], number % UNITS);
            let lang = if number % 2 == 0 { Lang::Zh } else { Lang::Ru };
            let operation = Operation::Replace { unit, text: words(lang, at, 3 + number % 9) };
            let side = if number % 3 == 0 { fixture::DELEGATION_A } else { fixture::DELEGATION_B };
            let id = AmendmentId(Uuid::now_v7());
            let made = Amendment::new(id, side, lang, operation, &state.text).expect("made");
            let mut proposal = Proposal::draft(dossier.id, made, "理由".to_owned(), by);
            let number = u32::try_from(number).unwrap_or_default() + 1;
            proposal.amendment.state = domain::amendment::AmendmentState::Tabled;
            (proposal.number, proposal.tabled) = (Some(number), Some(dossier.opened));
            store::amendment::insert(c, &proposal)?;
        }
        Ok(())
    });
    (dossier, units[0])
}

/// Asks many times and prints the mean of one.
fn measure(app: &TestApp, what: &str, persona: Persona, path: &str) {
    let ask = || {
        let page = app.as_(persona).get(path);
        assert_eq!(page.status, 200, "{path}");
        page.body.len()
    };
    let bytes = (0..20).map(|_| ask()).max().unwrap_or_default();
    let cost = Cost::of_each(PAGES, |_| {
        ask();
    });
    println!("{what}: {cost}, {bytes} bytes");
}

fn main() {
    // `cargo test --benches` only asks whether it runs.
    if std::env::args().any(|arg| arg == "--test" || arg == "--list") {
        return;
    }
    let app = TestApp::new();
    let (dossier, unit) = fill(&app);
    let base = format!("/editions/{}/declarations/{}", fixture::EDITION, dossier.id);
    println!("{UNITS} units, {AMENDMENTS} amendments, mean of {PAGES}");
    measure(&app, "amendments, first page", Persona::FocalC, &format!("{base}/amendments"));
    measure(&app, "text in brackets", Persona::FocalC, &format!("{base}/wordings?in=zh"));
    measure(&app, "text marked", Persona::FocalC, &format!("{base}/wordings?in=zh&view=marked"));
    measure(&app, "console", Persona::Chair, &format!("{base}/console"));
    measure(&app, "one unit on the console", Persona::Chair, &format!("{base}/console/{unit}"));
    measure(&app, "one unit", Persona::FocalC, &format!("{base}/units/{unit}"));
    let deeds = app.read(|c| store::deed::count(c, dossier.id));
    println!("{deeds} deeds");
}
