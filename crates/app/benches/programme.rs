//! What the programme page of 400 slots costs: server CPU and statements, page by page.
//!
//! `cargo bench -p caravanserai --bench programme`. "Read" is a release that this process has not read
//! lately, so the row is fetched and parsed; "kept" is one that it has.

mod cost;

#[expect(dead_code, reason = "the tests' harness, of which a benchmark needs a part")]
#[path = "../tests/app/harness/mod.rs"]
mod harness;

use cost::Cost;
use harness::{Persona, TestApp, fixture};

const SLOTS: usize = 400;
const PAGES: u32 = 2_000;
/// More than a process keeps, so that asking one after another always reads.
const RELEASES: i32 = 24;

/// Asks `pages` times and prints the mean of one.
fn measure(app: &TestApp, what: &str, number: impl Fn(usize) -> i32) {
    let reader = app.as_(Persona::Public);
    let ask = |i: usize| {
        let page = reader.get(&format!("/editions/{}/programme/{}", fixture::EDITION, number(i)));
        assert_eq!(page.status, 200);
        page.body.len()
    };
    let bytes: usize = (0..50).map(ask).max().unwrap_or_default();
    let cost = Cost::of_each(PAGES, |i| {
        ask(i as usize);
    });
    println!("{what}: {cost}, {bytes} bytes");
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
