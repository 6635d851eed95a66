//! What a keeper of the machine does and asks: commands, health, counts, limits.

use std::{
    io::{BufRead as _, BufReader},
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    sync::Arc,
};

use axum::{
    body::Body,
    extract::ConnectInfo,
    http::{Request, header},
};
use caravanserai::{
    app::{App, Config},
    web,
};
use tower::ServiceExt as _;
use uuid::Uuid;

use crate::harness::{Answer, TestApp, fixture};

/// A folder that goes with the test, and commands that keep their database in it.
struct Desk(PathBuf);

impl Drop for Desk {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).ok();
    }
}

impl Desk {
    fn new() -> Self {
        let folder = std::env::temp_dir().join(format!("desk-{}", Uuid::now_v7().simple()));
        std::fs::create_dir(&folder).expect("a folder");
        Self(folder)
    }

    fn path(&self, name: &str) -> String {
        self.0.join(name).to_str().expect("a plain path").to_owned()
    }

    fn command(&self, database: &str, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_caravanserai"));
        command.args(words).env_clear().env("CARAVANSERAI_DATABASE", self.path(database));
        command
    }

    fn run(&self, database: &str, words: &[&str]) -> Output {
        self.command(database, words).output().expect("the program")
    }

    /// What a command prints when it succeeds.
    fn told(&self, database: &str, words: &[&str]) -> String {
        let output = self.run(database, words);
        let error = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{words:?}: {error}");
        String::from_utf8(output.stdout).expect("UTF-8")
    }

    /// What a command says when it fails.
    fn refused(&self, database: &str, words: &[&str]) -> String {
        let output = self.run(database, words);
        assert!(!output.status.success(), "{words:?}");
        String::from_utf8(output.stderr).expect("UTF-8")
    }
}

const URL: [&str; 2] = ["--public-url", "https://dialogue.example.org/"];

#[test]
fn a_database_is_filled_copied_given_back_and_checked() {
    let desk = Desk::new();
    assert!(desk.refused("one.db", &["check"]).contains("migrate"));
    desk.told("one.db", &["migrate"]);
    assert!(desk.told("one.db", &["import", "register"]).starts_with("821 "));
    assert!(desk.refused("one.db", &["import", "register"]).contains("already"));
    let (copy, list) = (desk.path("copy.jsonl"), desk.path("cities.xlsx"));
    desk.told("one.db", &["export", "cities", &list]);
    let again = desk.told("one.db", &["import", "cities", &list]);
    assert_eq!(again.trim(), "0 new, 0 changed, 821 as they were");
    desk.told("one.db", &["backup", &copy]);
    desk.told("two.db", &["restore", &copy]);
    assert!(desk.refused("two.db", &["restore", &copy]).contains("not empty"));
    let checked = desk.told("two.db", &["check"]);
    assert!(checked.contains("no fault"), "{checked}");
    assert_eq!(checked, desk.told("one.db", &["check"]));
}

#[test]
fn a_list_that_cannot_be_read_stores_nothing() {
    let desk = Desk::new();
    desk.told("one.db", &["migrate"]);
    desk.told("one.db", &["import", "register"]);
    let list = desk.path("cities.csv");
    std::fs::write(&list, "geonames_id,zone\n1792947,Asia/Nowhere\n").unwrap();
    let refused = desk.refused("one.db", &["import", "cities", &list]);
    assert!(refused.contains("nothing was stored"), "{refused}");
}

#[test]
fn an_offices_workbook_is_taken_on_the_command_line() {
    let desk = Desk::new();
    desk.told("one.db", &["migrate"]);
    let db = store::Db::open(&desk.path("one.db"), 1).unwrap();
    db.write(fixture::fill).unwrap();
    let edition = fixture::EDITION.to_string();
    let (out, list) = (desk.path("people.csv"), desk.path("list.csv"));
    let take = ["import", "delegations", &list, "--edition", &edition];
    desk.told("one.db", &["export", "people", &out, "--edition", &edition]);
    let stands = std::fs::read_to_string(&out).unwrap();
    std::fs::write(&list, &stands).unwrap();
    let nothing = "0 delegations formed, 0 changed, 0 people added, 0 changed";
    assert_eq!(desk.told("one.db", &take).trim(), nothing);
    std::fs::write(&list, "City,Name,Arrival\nApricot,Sample Draft,someday\nNowhere,A Sketch,\n")
        .unwrap();
    let refused = desk.refused("one.db", &take);
    assert!(refused.contains("2 cells or rows cannot be taken"), "{refused}");
    std::fs::write(&list, "City,Name\nApricot,Sample Draft\n").unwrap();
    assert!(desk.told("one.db", &take).contains("1 people added"));
}

#[test]
fn the_first_account_signs_in_by_the_printed_link() {
    let desk = Desk::new();
    desk.told("one.db", &["migrate"]);
    let words = ["invite", "Office@Example.org", "--role", "secretariat", URL[0], URL[1]];
    let told = desk.told("one.db", &words);
    assert!(told.starts_with("https://dialogue.example.org/sign-in/"), "{told}");
    let db = store::Db::open(&desk.path("one.db"), 1).unwrap();
    let account = db.read(|c| store::person::of_email(c, "office@example.org")).unwrap().unwrap();
    assert_eq!(db.read(|c| store::person::grants(c, account.value.id)).unwrap().len(), 1);
    assert!(desk.refused("one.db", &["invite", "nobody", URL[0], URL[1]]).contains("email"));
    let chair = ["invite", "a@b.org", "--role", "chair", URL[0], URL[1]];
    assert!(desk.refused("one.db", &chair).contains("--edition"));
    let nowhere = ["--edition", "01980000-0000-7000-8000-ffffffffffff"];
    let refused = desk.refused("one.db", &[&chair[..], &nowhere].concat());
    assert!(refused.contains("no such edition"), "{refused}");
    let db = store::Db::open(&desk.path("one.db"), 1).unwrap();
    assert!(db.read(|c| store::person::of_email(c, "a@b.org")).unwrap().is_none());
}

#[test]
fn without_a_way_for_mails_the_platform_does_not_start() {
    let desk = Desk::new();
    desk.told("one.db", &["migrate"]);
    let refused = desk.refused("one.db", &["serve", URL[0], URL[1], "--mail-from", "a@b.org"]);
    assert!(refused.contains("--smtp"), "{refused}");
}

#[test]
fn the_platform_logs_no_path_and_stops_when_it_is_told_to() {
    let desk = Desk::new();
    desk.told("one.db", &["migrate"]);
    let words = ["serve", URL[0], URL[1], "--mail-from", "a@b.org", "--listen", "127.0.0.1:0"];
    let mut command = desk.command("one.db", &words);
    command.args(["--smtp", "smtp://127.0.0.1:9"]).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
    let first = lines.next().unwrap().unwrap();
    let address = first.split('"').find(|part| part.starts_with("127.0.0.1:")).unwrap().to_owned();
    assert!(asked(&address, "/healthz").contains("alive"));
    assert!(asked(&address, "/sign-in/secret-of-a-link").contains("HTTP/1.1 409"));
    let pid = child.id().to_string();
    assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
    assert!(child.wait().unwrap().success());
    let log: Vec<String> = lines.map(Result::unwrap).collect();
    assert!(log.iter().any(|line| line.contains("/sign-in/{token}")), "{log:?}");
    assert!(log.iter().all(|line| line.starts_with('{') && !line.contains("secret-of-a-link")));
}

/// The whole answer to a request over a socket.
fn asked(address: &str, path: &str) -> String {
    use std::io::{Read as _, Write as _};
    let mut socket = std::net::TcpStream::connect(address).expect("a connection");
    let request = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    socket.write_all(request.as_bytes()).expect("a request");
    let mut answer = String::new();
    socket.read_to_string(&mut answer).expect("an answer");
    answer
}

#[test]
fn the_doctor_names_what_is_not_well() {
    let desk = Desk::new();
    let output = desk.run("one.db", &["doctor"]);
    let told = String::from_utf8(output.stdout).unwrap();
    assert!(!output.status.success());
    assert!(told.contains("UNWELL  schema"), "{told}");
    desk.told("one.db", &["migrate"]);
    let told = String::from_utf8(desk.run("one.db", &["doctor"]).stdout).unwrap();
    for well in ["database", "schema", "writing", "mail", "clock", "zones"] {
        assert!(told.contains(&format!("well    {well}")), "{told}");
    }
    let nowhere = Path::new("/nowhere/at/all.db").to_str().unwrap();
    let told = desk.run("one.db", &["doctor", "--database", nowhere]);
    assert!(String::from_utf8(told.stdout).unwrap().contains("UNWELL  database"));
}

#[test]
fn health_and_counts_are_answered() {
    let app = TestApp::new();
    assert_eq!(app.get("/healthz").text(), "alive\n");
    assert_eq!(app.get("/readyz").text(), "ready\n");
    app.get("/nothing/here");
    let answer = app.get("/metrics");
    let metrics = answer.text();
    for line in [
        "caravanserai_answers_total{status=\"404\"}",
        "# TYPE caravanserai_statements_total counter",
        "# TYPE caravanserai_uptime_seconds gauge",
        "# TYPE caravanserai_jobs gauge",
        "# TYPE caravanserai_mails gauge",
    ] {
        assert!(metrics.contains(line), "{line} in\n{metrics}");
    }
    assert!(app.get("/").headers.contains_key("x-request-id"));
}

fn try_code(app: &TestApp, peer: &str) -> Answer {
    let peer: SocketAddr = peer.parse().expect("an address");
    let request = Request::post("/sign-in/code")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::ACCEPT_LANGUAGE, "ru")
        .extension(ConnectInfo(peer))
        .body(Body::from("email=a%40example.org&code=000000"));
    app.send(request.expect("a request"))
}

#[test]
fn guessing_is_slowed_down_by_address_with_a_clear_word() {
    let app = TestApp::new();
    for _ in 0..web::limit::MOST {
        assert_eq!(try_code(&app, "192.0.2.7:1").status, 422);
    }
    let answer = try_code(&app, "192.0.2.7:2");
    assert_eq!(answer.status, 429);
    assert!(answer.text().contains("Слишком много попыток"));
    assert_eq!(try_code(&app, "192.0.2.8:1").status, 422);
}

#[test]
fn what_is_over_is_deleted() {
    let app = TestApp::new();
    let now = "2100-01-01T00:00:00Z".parse().unwrap();
    let people = app.read(|c| store::delegate::of_edition(c, crate::harness::fixture::EDITION));
    assert!(!people.is_empty());
    let (gone, _) = caravanserai::upkeep::sweep(&app.app.db, now).unwrap();
    let roster = app.read(store::interpreter::all);
    assert!(roster.is_empty(), "the roster goes with the people");
    assert_eq!(gone, people.len() + 2);
    let left = app.read(|c| store::delegate::of_edition(c, crate::harness::fixture::EDITION));
    assert!(left.is_empty());
}

#[test]
fn the_cookie_of_a_secure_address_travels_by_tls_alone() {
    let app = TestApp::demo();
    let account = app.read(store::person::all).remove(0).value.id;
    for (url, secure) in [("https://d.example.org", true), ("http://127.0.0.1:1", false)] {
        let config = Config { public_url: url.to_owned(), ..(*app.app.config).clone() };
        let router = web::serve::router(App { config: Arc::new(config), ..app.app.clone() });
        let request = Request::post("/demo/personas")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(format!("person={account}")));
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let answer = runtime.block_on(router.oneshot(request.unwrap())).unwrap();
        let cookie = answer.headers()[header::SET_COOKIE].to_str().unwrap();
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
        assert_eq!(cookie.contains("Secure"), secure, "{cookie}");
    }
}
