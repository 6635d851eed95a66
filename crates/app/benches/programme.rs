//! What the programme page of 400 slots costs: server CPU and statements, page by page.
//!
//! `cargo bench -p caravanserai --bench programme`. "Read" is a release that this process has not read
//! lately, so the row is fetched and parsed; "kept" is one that it has.

#[expect(dead_code, reason = "the tests' harness, of which a benchmark needs a part")]
#[path = "../tests/app/harness/mod.rs"]
mod harness;

use std::{fs, time::Instant};

use harness::{Persona, TestApp, fixture};

const SLOTS: usize = 400;
const PAGES: usize = 2_000;
/// More than a process keeps, so that asking one after another always reads.
const RELEASES: i32 = 24;

/// CPU time of this process in milliseconds, from Linux's scheduler.
fn cpu_ms() -> f64 {
    let nanoseconds = |task: fs::DirEntry| -> Option<f64> {
        let stat = fs::read_to_string(task.path().join("schedstat")).ok()?;
        stat.split(' ').next()?.parse().ok()
    };
    let tasks = fs::read_dir("/proc/self/task").into_iter().flatten().flatten();
    tasks.filter_map(nanoseconds).sum::<f64>() / 1e6
}

/// Asks `pages` times and prints the mean of one.
fn measure(app: &TestApp, what: &str, number: impl Fn(usize) -> i32) {
    let reader = app.as_(Persona::Public);
    let ask = |i: usize| {
        let page = reader.get(&format!("/editions/{}/programme/{}", fixture::EDITION, number(i)));
        assert_eq!(page.status, 200);
        page.body.len()
    };
    let bytes: usize = (0..50).map(ask).max().unwrap_or_default();
    let (cpu, wall, statements) = (cpu_ms(), Instant::now(), store::statements());
    for i in 0..PAGES {
        ask(i);
    }
    let each = |total: f64| total / f64::from(u32::try_from(PAGES).unwrap_or(u32::MAX));
    println!(
        "{what}: {:.3} ms CPU, {:.3} ms elapsed, {:.1} statements, {bytes} bytes",
        each(cpu_ms() - cpu),
        each(wall.elapsed().as_secs_f64() * 1e3),
        each(f64::from(u32::try_from(store::statements() - statements).unwrap_or(u32::MAX))),
    );
}

fn main() {
    // `cargo test --benches` only asks whether it runs.
    if std::env::args().any(|arg| arg == "--test" || arg == "--list") {
        return;
    }
    let app = TestApp::new();
    app.write(|c| fixture::releases(c, RELEASES, SLOTS));
    println!("programme page of {SLOTS} slots, mean of {PAGES}");
    measure(&app, "read", |i| 2 + i32::try_from(i).unwrap_or_default() % RELEASES);
    measure(&app, "kept", |_| 2);
}
