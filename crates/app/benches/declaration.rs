//! What the page of a text of 120 paragraphs in three languages costs, and one edit of it.
//!
//! `cargo bench -p caravanserai --bench declaration`.

mod cost;

#[expect(dead_code, reason = "the tests' harness, of which a benchmark needs a part")]
#[path = "../tests/app/harness/mod.rs"]
mod harness;

use cost::Cost;
use domain::{
    Lang, UnitId,
    change::Change,
    negotiation::{Deed, Event},
    unit::{Manner, UnitKind},
};
use harness::{
    Persona, TestApp,
    declaration::{DECLARATION, dossier, wrote},
    fixture,
};

const UNITS: usize = 120;
const PAGES: u32 = 500;
/// Most paragraphs of a text.
const LONGEST: usize = 5_000;

/// Does it so often and prints the mean.
fn measure(what: &str, mut act: impl FnMut(u32) -> usize) {
    let bytes = (0..20).map(&mut act).max().unwrap_or_default();
    let cost = Cost::of_each(PAGES, |i| {
        act(20 + i);
    });
    println!("{what}: {cost}, {bytes} bytes");
}

/// Adds paragraphs of the length of real ones in three languages.
fn grow(app: &TestApp) -> Vec<UnitId> {
    let dossier = dossier();
    let reading = app.read(|c| app.app.readings.read(c, &dossier));
    let mut state = (*reading.negotiation).clone();
    let mut ids = Vec::new();
    let mut done = Vec::new();
    let mut act = |state: &mut domain::negotiation::Negotiation, change: Change| {
        let event = Event { at: state.latest, deed: Deed::Text(change) };
        state.act(&event).expect("an accepted deed");
        done.push(event);
    };
    for n in 0..UNITS - state.text.units.len() {
        let unit = UnitId(uuid::Uuid::now_v7());
        let after = state.text.units.last().map(|unit| unit.id);
        act(&mut state, Change::Added { unit, kind: UnitKind::Operative, after });
        ids.push(unit);
        for (lang, text) in [
            (
                Lang::Zh,
                format!("各城市商定在{n}个月内共同编制并公布城市供水、供热和交通的年度计划；"),
            ),
            (
                Lang::Ru,
                format!("Города условились в течение {n} месяцев составить и издать годовой план."),
            ),
            (
                Lang::En,
                format!("The cities agree to compile and publish a yearly plan within {n} months."),
            ),
        ] {
            let manner = if lang == Lang::Zh { Manner::Leads } else { Manner::Follows };
            let change = wrote(&state, unit, lang, &text.repeat(3), manner);
            act(&mut state, change);
        }
    }
    let reading = app.write(|c| app.app.readings.act(c, &dossier, None, &done));
    app.app.readings.keep(DECLARATION, &reading);
    ids
}

/// The longest text there can be, brought in three languages, looked at and taken in.
fn import(app: &TestApp) {
    let fields = [
        ("kind", "declaration"),
        ("title.zh", "样本"),
        ("symbol", "EX/2090/L.9"),
        ("authority.zh", "authentic"),
        ("authority.ru", "authentic"),
        ("authority.en", "translation"),
        ("house", "osce"),
    ];
    let office = app.as_(Persona::Secretariat);
    let new = format!("/editions/{}/declarations/new", fixture::EDITION);
    let made = office.post(&new, &fields).location().to_owned();
    let text =
        |line: &dyn Fn(usize) -> String| (1..=LONGEST).map(line).collect::<Vec<_>>().join("\n");
    let zh =
        text(&|n| format!("第{n}条：各城市每年就用水情况、节水措施及绿地建设交流经验，互派专家。"));
    let ru = text(&|n| {
        format!("Пункт {n}: города ежегодно обмениваются опытом и направляют экспертов.")
    });
    let en = text(&|n| format!("Item {n}: the cities share their experience every year."));
    let files = [("file.zh", &zh), ("file.ru", &ru), ("file.en", &en)]
        .map(|(field, text)| (field, "t.txt", text.as_bytes()));
    let reader = app.as_(Persona::Officer);
    let mut review = String::new();
    let laid = Cost::of_each(1, |_| {
        let answer = reader.upload_all(&format!("{made}/import"), &[], &files);
        answer.location().clone_into(&mut review);
    });
    println!("{LONGEST} paragraphs laid side by side: {laid}");
    let page = Cost::of_each(50, |n| {
        assert_eq!(reader.get(&format!("{review}?page={}", n + 1)).status, 200);
    });
    println!("a page of the review: {page}");
    let range = [("from", "1"), ("to", "5000"), ("kind", "annex")];
    let said = Cost::of_each(1, |_| {
        reader.post(&format!("{review}/range"), &range).location();
    });
    println!("the kind of all of them: {said}");
    let taken = Cost::of_each(1, |_| {
        reader.post(&format!("{review}/take"), &[]).location();
    });
    println!("all of them taken in: {taken}");
}

fn main() {
    // `cargo test --benches` only asks whether it runs.
    if std::env::args().any(|arg| arg == "--test" || arg == "--list") {
        return;
    }
    let app = TestApp::new();
    let units = grow(&app);
    let text = format!("/editions/{}/declarations/{DECLARATION}", fixture::EDITION);
    println!("text of {UNITS} paragraphs in three languages, mean of {PAGES}");
    let reader = app.as_(Persona::Officer);
    let page = |path: String| {
        let page = reader.get(&path);
        assert_eq!(page.status, 200);
        page.body.len()
    };
    measure("one language", |_| page(format!("{text}?view=ru")));
    measure("side by side", |_| page(format!("{text}?view=side")));
    measure("one paragraph", |_| page(format!("{text}/units/{}", units[0])));
    measure("one edit", |i| {
        let dossier = dossier();
        let reading = app.read(|c| app.app.readings.read(c, &dossier));
        let unit = reading.negotiation.text.unit(units[i as usize % units.len()]).expect("a unit");
        let (base, turn) = (unit.seal(Lang::Zh).hex().to_owned(), unit.turn.to_string());
        let words = format!("各城市商定在{i}个月内共同编制年度计划；");
        let fields = [
            ("lang", "zh"),
            ("manner", "leads"),
            ("text", words.as_str()),
            ("base", base.as_str()),
            ("turn", turn.as_str()),
        ];
        let answer = reader.post(&format!("{text}/units/{}/write", unit.id), &fields);
        answer.location().len()
    });
    import(&app);
}
