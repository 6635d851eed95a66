//! The first page, and what every answer carries.

use domain::Lang;

use crate::harness::{Persona, TestApp, fixture};

#[test]
fn the_first_page_speaks_the_language_asked_for() {
    let app = TestApp::new();
    for lang in Lang::ALL {
        let page = app.as_(Persona::Public).in_(lang).get("/");
        assert_eq!(page.status, 200);
        assert!(page.text().contains(&format!(
            "<html lang=\"{}\" dir=\"{}\"",
            lang.tag(),
            lang.dir()
        )));
    }
    assert!(app.get("/?lang=ru").header("set-cookie").starts_with("lang=ru;"));
}

#[test]
fn the_newest_editions_are_on_the_first_page() {
    let app = TestApp::new();
    assert!(app.get("/").text().contains("First example dialogue"));
    let edition = app.read(|c| store::edition::need(c, fixture::EDITION));
    let mut renamed = edition.value;
    renamed.title = fixture::text("甲", "Б", "Renamed");
    app.write(|c| store::edition::save(c, &renamed, edition.version));
    assert!(app.get("/").text().contains("Renamed"));
}

#[test]
fn what_cannot_be_read_is_refused_with_a_page() {
    let app = TestApp::new();
    let large = vec![b'x'; caravanserai::web::serve::BODY_LIMIT + 1];
    let answer = app.as_(Persona::Public).upload("/sign-in", &[], ("file", "a.xlsx", &large));
    assert_eq!(answer.status, 413);
    assert!(answer.text().contains("<h1>"));
    assert_eq!(app.get("/no/such/page").status, 404);
}

#[test]
fn every_answer_forbids_foreign_scripts_and_frames() {
    let app = TestApp::new();
    for path in ["/", "/no/such/page", "/sign-in"] {
        let answer = app.get(path);
        let policy = answer.header("content-security-policy");
        assert!(policy.contains("script-src 'self'") && policy.contains("frame-ancestors 'none'"));
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
    }
}
