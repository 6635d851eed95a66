//! How many statements a page may send: a few, whatever the number of rows.

use crate::harness::{Persona, TestApp, fixture};

/// Statements of one request, its two transactions' beginnings and ends among them.
fn statements(app: &TestApp, persona: Persona, path: &str) -> u64 {
    let before = store::statements();
    assert_eq!(app.as_(persona).get(path).status, 200, "{path}");
    store::statements() - before
}

/// Pages whose rows grow with an edition.
const PAGES: [&str; 10] = [
    "",
    "/topics",
    "/delegations",
    "/instruments",
    "/commitments",
    "/venues",
    "/sessions",
    "/plan",
    "/programme",
    "/agenda",
];

#[test]
fn a_page_sends_as_many_statements_for_many_rows_as_for_few() {
    let (small, large) = (TestApp::new(), TestApp::new());
    large.write(|c| fixture::grow(c, 60));
    for page in PAGES {
        let path = format!("/editions/{}{page}", fixture::EDITION);
        let few = statements(&small, Persona::Secretariat, &path);
        let many = statements(&large, Persona::Secretariat, &path);
        assert!(many <= few.max(12), "{path}: {few} statements for few rows, {many} for many");
    }
    let few = statements(&small, Persona::Secretariat, "/cities");
    let many = statements(&large, Persona::Secretariat, "/cities");
    assert!(many <= few, "/cities: {few} statements for few rows, {many} for many");
}

#[test]
fn the_programme_of_400_slots_is_read_with_8_statements() {
    let app = TestApp::new();
    app.write(|c| fixture::releases(c, 1, 400));
    let path = format!("/editions/{}/programme", fixture::EDITION);
    let sent = statements(&app, Persona::Public, &path);
    // Each of the two transactions also begins and ends.
    assert!(sent <= 8 + 4, "{sent} statements");
}
