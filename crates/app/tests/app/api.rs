//! The public interface: its description, its shape, and what it never tells.

use caravanserai::web;
use serde_json::Value;

use crate::harness::{
    Answer, Persona, TestApp,
    fixture::{CITY_A, CONFIDENTIAL, EDITION, MEETING, PERSONAL, SESSION},
};

const SNAPSHOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/app/openapi.json");

fn json(answer: &Answer) -> Value {
    assert_eq!(answer.header("content-type"), "application/json", "{}", answer.text());
    serde_json::from_slice(&answer.body).expect("JSON")
}

fn addresses() -> Vec<String> {
    let edition = format!("/api/v1/editions/{EDITION}");
    let mut all: Vec<String> = ["", "/cities", "/states", "/editions", "/openapi.json"]
        .map(|path| format!("/api/v1{path}"))
        .to_vec();
    all.push(format!("/api/v1/cities/{CITY_A}"));
    all.extend(["", "/programme", "/topics"].map(|path| format!("{edition}{path}")));
    all
}

/// Whoever changes the interface sees the change here; `UPDATE_SNAPSHOTS=1` writes it down.
#[test]
fn the_description_is_the_committed_one() {
    let now = format!("{}\n", serde_json::to_string_pretty(&web::api::document()).expect("JSON"));
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        std::fs::write(SNAPSHOT, &now).expect("a writable snapshot");
    }
    let then = std::fs::read_to_string(SNAPSHOT).unwrap_or_default();
    assert!(now == then, "the interface has changed: run with UPDATE_SNAPSHOTS=1 and look at it");
}

#[test]
fn every_address_is_described_and_answers() {
    let app = TestApp::new();
    let described = json(&app.get("/api/v1/openapi.json"));
    let routes = web::routes().into_iter().filter(|r| r.path.starts_with("/api/"));
    let mut count = 0;
    for route in routes {
        assert!(described["paths"][route.path]["get"].is_object(), "{}", route.path);
        count += 1;
    }
    assert_eq!(described["paths"].as_object().map(serde_json::Map::len), Some(count));
    for path in addresses() {
        let answer = app.get(&path);
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(answer.header("access-control-allow-origin"), "*");
        json(&answer);
    }
}

#[test]
fn an_unknown_address_is_refused_in_the_form_of_the_interface() {
    let app = TestApp::new();
    for path in ["/api/v1/palaces", "/api/v2", "/api/v1/cities/nowhere"] {
        let answer = app.get(path);
        assert_eq!(answer.status, 404, "{path}");
        assert!(answer.header("content-type").starts_with("application/json"), "{path}");
        assert!(json(&answer)["code"] == "missing", "{path}");
    }
}

#[test]
fn no_answer_knows_of_bilaterals_or_people() {
    let app = TestApp::new();
    let meeting = MEETING.to_string();
    for persona in [Persona::Public, Persona::Secretariat, Persona::FocalA] {
        for path in addresses() {
            let text = app.as_(persona).get(&path).text().into_owned();
            for secret in CONFIDENTIAL.iter().copied().chain([PERSONAL, meeting.as_str()]) {
                assert!(!text.contains(secret), "{persona:?} {path} tells {secret}");
            }
        }
    }
    let programme = json(&app.get(&format!("/api/v1/editions/{EDITION}/programme")));
    let sessions = programme["sessions"].as_array().expect("a list");
    assert_eq!(sessions.len(), 1);
    assert_eq!(sessions[0]["session"], SESSION.to_string());
    assert_eq!(sessions[0]["title"]["zh"], "开幕式");
    assert_eq!(programme["mark"], outputs::sheet::EXERCISE);
}

#[test]
fn lists_come_in_pages() {
    let app = TestApp::new();
    let page = json(&app.get("/api/v1/cities?per_page=1&page=2"));
    assert_eq!((page["total"].as_u64(), page["page"].as_u64()), (Some(2), Some(2)));
    assert_eq!(page["items"].as_array().map(Vec::len), Some(1));
    assert_eq!(
        json(&app.get("/api/v1/cities?page=10000"))["items"].as_array().map(Vec::len),
        Some(0)
    );
    let found = json(&app.get("/api/v1/cities?q=pomegrad"));
    assert_eq!(found["items"][0]["name"]["ru"], "Гранатовск");
    let day = |day: &str| {
        let path = format!("/api/v1/editions/{EDITION}/programme?day={day}");
        json(&app.get(&path))["sessions"].as_array().map(Vec::len)
    };
    assert_eq!((day("2090-05-17"), day("2090-05-18")), (Some(1), Some(0)));
}

#[test]
fn what_cannot_be_read_is_refused_in_json() {
    let app = TestApp::new();
    let long = "x".repeat(101);
    for query in [
        "page=0",
        "page=x",
        "page=",
        "per_page=501",
        "state=cn",
        "on=yesterday",
        "on=20270518",
        &format!("q={long}"),
    ] {
        let answer = app.get(&format!("/api/v1/cities?{query}"));
        assert_eq!(answer.status, 400, "{query}");
        let problem = json(&answer);
        assert_eq!(problem["field"], query.split('=').next().unwrap_or_default());
        assert!(problem["message"].as_str().is_some_and(|m| !m.contains('⟦')), "{problem}");
    }
    let nobody = uuid::Uuid::nil();
    for path in [
        "/api/v1/cities/nobody".to_owned(),
        format!("/api/v1/cities/{nobody}"),
        "/api/v1/editions/nobody".to_owned(),
        format!("/api/v1/editions/{nobody}/topics"),
    ] {
        let answer = app.get(&path);
        assert_eq!(answer.status, 404, "{path}");
        assert_eq!(json(&answer)["code"], "missing");
    }
}

#[test]
fn who_has_it_already_is_told_so() {
    let app = TestApp::new();
    let first = app.get("/api/v1/cities");
    let tag = first.header("etag").to_owned();
    let ask = |tag: &str| {
        let request = axum::http::Request::builder()
            .uri("/api/v1/cities")
            .header("if-none-match", tag)
            .body(axum::body::Body::empty());
        app.send(request.expect("a request"))
    };
    let again = ask(&tag);
    assert_eq!((again.status, again.body.len()), (304, 0));
    assert_eq!(again.header("etag"), tag);
    let mut city = app.read(|c| store::city::need(c, CITY_A));
    city.value.population = Some(7);
    app.write(|c| store::city::save(c, &city.value, city.version));
    assert_eq!(ask(&tag).status, 200);
}
