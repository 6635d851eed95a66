//! Signing in by link and code, choosing a persona, signing out.

use crate::harness::{Persona, TestApp};

const EMAIL: &str = "focala@example.org";

/// The newest mail's words.
fn mail(app: &TestApp) -> String {
    let mails = app.read(|c| store::mail::newest(c, 1));
    mails.first().map(|(mail, _)| mail.body.clone()).expect("a mail")
}

fn link(app: &TestApp) -> String {
    let body = mail(app);
    let address = body.split_whitespace().find(|w| w.contains("/sign-in/")).expect("a link");
    address.trim_start_matches("http://localhost").to_owned()
}

#[test]
fn a_link_signs_in_once_and_looking_at_it_changes_nothing() {
    let app = TestApp::new();
    assert_eq!(app.post("/sign-in", &[("email", EMAIL)]).status, 200);
    let link = link(&app);
    for _ in 0..3 {
        assert_eq!(app.get(&link).status, 200);
    }
    let answer = app.post(&link, &[]);
    assert_eq!(answer.location(), "/me");
    assert!(answer.header("set-cookie").contains("HttpOnly"));
    assert_eq!(app.post(&link, &[]).status, 409);
}

#[test]
fn a_code_is_void_after_five_wrong_ones() {
    let app = TestApp::new();
    app.post("/sign-in", &[("email", EMAIL)]);
    let body = mail(&app);
    let six = |w: &&str| w.len() == 6 && w.chars().all(|c| c.is_ascii_digit());
    let code = body.split_whitespace().find(six).expect("a code").to_owned();
    let wrong = if code == "000000" { "000001" } else { "000000" };
    for _ in 0..5 {
        let answer = app.post("/sign-in/code", &[("email", EMAIL), ("code", wrong)]);
        assert_eq!(answer.status, 422);
    }
    assert_eq!(app.post("/sign-in/code", &[("email", EMAIL), ("code", &code)]).status, 422);
}

#[test]
fn nobody_learns_which_addresses_are_known() {
    let app = TestApp::new();
    let known = app.post("/sign-in", &[("email", EMAIL)]);
    let unknown = app.post("/sign-in", &[("email", "nobody@example.org")]);
    assert_eq!(known.status, unknown.status);
    assert_eq!(known.text().replace(EMAIL, ""), unknown.text().replace("nobody@example.org", ""));
}

#[test]
fn personas_exist_in_the_demonstration_alone() {
    assert_eq!(TestApp::new().get("/demo/personas").status, 404);
    assert_eq!(TestApp::demo().get("/demo/personas").status, 200);
}

#[test]
fn signing_out_ends_the_sign_in() {
    let app = TestApp::new();
    let me = app.as_(Persona::FocalA);
    assert_eq!(me.get("/me").status, 200);
    assert_eq!(me.post("/sign-out", &[]).location(), "/");
    assert_eq!(me.get("/me").location(), "/sign-in?back=%2Fme");
}

#[test]
fn another_site_cannot_send_a_form() {
    let app = TestApp::new();
    let request = axum::http::Request::post("/sign-in")
        .header("host", "localhost")
        .header("origin", "http://elsewhere.example")
        .body(axum::body::Body::empty());
    assert_eq!(app.send(request.expect("a request")).status, 403);
}
