//! What the page of a text of 120 paragraphs in three languages costs, and one edit of it.
//!
//! `cargo bench -p caravanserai --bench declaration`.

#[expect(dead_code, reason = "the tests' harness, of which a benchmark needs a part")]
#[path = "../tests/app/harness/mod.rs"]
mod harness;

use std::{fs, time::Instant};

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

/// CPU time of this process in milliseconds, from Linux's scheduler.
fn cpu_ms() -> f64 {
    let nanoseconds = |task: fs::DirEntry| -> Option<f64> {
        let stat = fs::read_to_string(task.path().join("schedstat")).ok()?;
        stat.split(' ').next()?.parse().ok()
    };
    let tasks = fs::read_dir("/proc/self/task").into_iter().flatten().flatten();
    tasks.filter_map(nanoseconds).sum::<f64>() / 1e6
}

/// Does it so often and prints the mean.
fn measure(what: &str, mut act: impl FnMut(u32) -> usize) {
    let bytes = (0..20).map(&mut act).max().unwrap_or_default();
    let (cpu, wall, statements) = (cpu_ms(), Instant::now(), store::statements());
    for i in 20..20 + PAGES {
        act(i);
    }
    let each = |total: f64| total / f64::from(PAGES);
    println!(
        "{what}: {:.3} ms CPU, {:.3} ms elapsed, {:.1} statements, {bytes} bytes",
        each(cpu_ms() - cpu),
        each(wall.elapsed().as_secs_f64() * 1e3),
        each(f64::from(u32::try_from(store::statements() - statements).unwrap_or(u32::MAX))),
    );
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
}
