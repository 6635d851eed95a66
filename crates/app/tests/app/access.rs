//! The access table, asked from outside: every address as everyone. What is expected is written here
//! by hand, not computed by the rules under test.

use std::collections::BTreeSet;

use axum::http::Method;
use caravanserai::web::{
    self,
    route::{Gate, Route},
};
use domain::{Lang, access::Action, disruption::DisruptionKind};

use crate::harness::{
    Answer, Persona, TestApp, declaration,
    fixture::{self, CONFIDENTIAL, MEETING, PERSONAL},
    instrument::{COMMITMENT, INSTRUMENT, PAPER},
    negotiation, register,
};
use Persona::{
    Chair, DelegateA, FocalA, FocalB, FocalC, Host, Interpreter, Officer, Public, Secretariat,
    Stranger,
};

const EVERYONE: &[Persona] = &Persona::ALL;
const SIGNED_IN: &[Persona] =
    &[Secretariat, Host, FocalA, FocalB, FocalC, DelegateA, Chair, Officer, Interpreter, Stranger];
const TAKING_PART: &[Persona] =
    &[Secretariat, Host, FocalA, FocalB, FocalC, DelegateA, Chair, Officer, Interpreter];
/// Who writes a text, who signs that its languages agree, and who presides over it.
const DRAFTING: &[Persona] = &[Secretariat, Officer];
const CONCORDING: &[Persona] = &[Officer];
const PRESIDING: &[Persona] = &[Chair];
const FILING: &[Persona] = &[Secretariat, Host, FocalA, FocalB, FocalC];
const OFFICE: &[Persona] = &[Secretariat, Host];
const SECRETARIAT: &[Persona] = &[Secretariat];
const SIDE_A: &[Persona] = &[Secretariat, Host, FocalA, DelegateA];
const FILING_A: &[Persona] = &[Secretariat, Host, FocalA];
const CONTACTS: &[Persona] = &[FocalA, FocalB, FocalC];
const CONTACT_A: &[Persona] = &[FocalA];
const NOBODY: &[Persona] = &[];
/// The office, and the contacts of the two sides of the bilateral of A and B.
const BETWEEN: &[Persona] = &[Secretariat, Host, FocalA, FocalB];

/// Who may know of the bilateral of A and B.
const IN_CONFIDENCE: &[Persona] = &[Secretariat, Host, FocalA, FocalB, DelegateA];

/// Who passes a gate, when the product runs for real.
fn by_gate(gate: Gate) -> &'static [Persona] {
    match gate {
        Gate::Public | Gate::Token => EVERYONE,
        Gate::SignedIn => SIGNED_IN,
        // Nobody presides over, or signs for, what is the office's alone.
        Gate::Demo | Gate::Office(Action::Concord | Action::Preside) => NOBODY,
        Gate::Participants(Action::Read) => TAKING_PART,
        Gate::Participants(Action::File) => FILING,
        Gate::Participants(Action::Plan)
        | Gate::Office(Action::Read | Action::File | Action::Plan) => OFFICE,
        Gate::Participants(Action::Draft) => DRAFTING,
        Gate::Participants(Action::Concord) => CONCORDING,
        Gate::Participants(Action::Preside) => PRESIDING,
        Gate::Participants(Action::Decide)
        | Gate::Office(Action::Decide | Action::Draft)
        | Gate::Secretariat(_) => SECRETARIAT,
    }
}

/// Addresses whose object lets fewer pass than the gate; `$` is the end of an address. The delegation of
/// an address is A, its topic is A's, its meeting is A's with B, its city is A's, its text is not published.
const NARROWED: &[(&str, &[Persona])] = &[
    ("GET /cities/{city}/offerings", FILING_A),
    ("POST /cities/{city}/offerings", FILING_A),
    ("GET /editions/{edition}/declarations/{declaration}/amendments/{amendment}/edit", CONTACT_A),
    ("GET /editions/{edition}/declarations/{declaration}/units/{unit}/amend", CONTACTS),
    ("POST /editions/{edition}/declarations/{declaration}/amendments/{amendment}/edit", CONTACT_A),
    (
        "POST /editions/{edition}/declarations/{declaration}/amendments/{amendment}/rebase",
        CONTACT_A,
    ),
    (
        "POST /editions/{edition}/declarations/{declaration}/amendments/{amendment}/sponsor",
        CONTACTS,
    ),
    ("POST /editions/{edition}/declarations/{declaration}/amendments/{amendment}/table", CONTACT_A),
    (
        "POST /editions/{edition}/declarations/{declaration}/amendments/{amendment}/withdraw",
        CONTACT_A,
    ),
    ("GET /editions/{edition}/declarations/{declaration}/answer", CONTACTS),
    ("POST /editions/{edition}/declarations/{declaration}/answer", CONTACTS),
    ("POST /editions/{edition}/declarations/{declaration}/consensus/confirm", CONTACTS),
    ("POST /editions/{edition}/declarations/{declaration}/consensus/explain", CONTACTS),
    ("POST /editions/{edition}/declarations/{declaration}/consensus/object", CONTACTS),
    ("POST /editions/{edition}/declarations/{declaration}/consensus/resolve", CONTACTS),
    ("POST /editions/{edition}/declarations/{declaration}/consensus/sign", CONTACTS),
    ("GET /editions/{edition}/declarations/{declaration}/import/{import}", CONCORDING),
    ("POST /editions/{edition}/declarations/{declaration}/import/{import}", CONCORDING),
    ("POST /editions/{edition}/declarations/{declaration}/support/{statement}/say", CONTACTS),
    ("POST /editions/{edition}/declarations/{declaration}/units/{unit}/amend", CONTACTS),
    ("GET /editions/{edition}/delegations/{delegation}/edit", FILING_A),
    ("GET /editions/{edition}/delegations/{delegation}/import", FILING_A),
    ("GET /editions/{edition}/delegations/{delegation}/people/export", SIDE_A),
    ("GET /editions/{edition}/delegations/{delegation}/people", FILING_A),
    ("POST /editions/{edition}/delegations/{delegation}", FILING_A),
    ("GET /editions/{edition}/agenda/{delegation}", SIDE_A),
    ("POST /editions/{edition}/agenda/{delegation}", SIDE_A),
    ("GET /editions/{edition}/assignments", &[Interpreter]),
    ("POST /editions/{edition}/assignments", &[Interpreter]),
    ("GET /editions/{edition}/programme/{number}/notice/{delegation}", SIDE_A),
    ("GET /editions/{edition}/meetings/{meeting}", IN_CONFIDENCE),
    ("POST /editions/{edition}/meetings/{meeting}", BETWEEN),
    ("GET /editions/{edition}/declarations/{declaration}$", TAKING_PART),
    ("GET /editions/{edition}/declarations/{declaration}/files", TAKING_PART),
    ("GET /editions/{edition}/declarations/{declaration}/units/{unit}$", TAKING_PART),
    ("GET /editions/{edition}/commitments/from/{declaration}$", DRAFTING),
    ("GET /editions/{edition}/commitments/from/{declaration}/{unit}", SECRETARIAT),
    ("GET /editions/{edition}/commitments/{commitment}/claim", &[FocalA]),
    ("GET /editions/{edition}/commitments/{commitment}/assessment", SECRETARIAT),
    ("GET /editions/{edition}/commitments/{commitment}$", TAKING_PART),
    ("POST /editions/{edition}/commitments/{commitment}/claim", &[FocalA]),
    ("POST /editions/{edition}/commitments/{commitment}/seen", &[FocalA]),
    ("GET /editions/{edition}/instruments/run", OFFICE),
    ("GET /editions/{edition}/instruments/new", FILING),
    ("GET /editions/{edition}/instruments/export", EVERYONE),
    ("GET /editions/{edition}/instruments/{instrument}/edit", BETWEEN),
    ("GET /editions/{edition}/instruments/{instrument}/papers/{paper}", IN_CONFIDENCE),
    ("GET /editions/{edition}/instruments/{instrument}/papers", BETWEEN),
    ("GET /editions/{edition}/instruments/{instrument}/parties/{party}/clearance", FILING_A),
    ("GET /editions/{edition}/instruments/{instrument}/parties/{party}/say", &[FocalA]),
    ("GET /editions/{edition}/instruments/{instrument}/parties/{party}/signature", OFFICE),
    ("GET /editions/{edition}/instruments/{instrument}/parties", BETWEEN),
    ("GET /editions/{edition}/instruments/{instrument}/signing", BETWEEN),
    ("GET /editions/{edition}/instruments/{instrument}/stage", SECRETARIAT),
    ("GET /editions/{edition}/instruments/{instrument}/witnesses", BETWEEN),
    ("GET /editions/{edition}/instruments/{instrument}", IN_CONFIDENCE),
    ("POST /editions/{edition}/instruments/{instrument}/parties/{party}/clearance", FILING_A),
    ("POST /editions/{edition}/instruments/{instrument}/parties/{party}/say", &[FocalA]),
    ("POST /editions/{edition}/instruments/{instrument}/parties/{party}/signature", OFFICE),
    ("POST /editions/{edition}/instruments/{instrument}/stage", SECRETARIAT),
    ("POST /editions/{edition}/instruments/{instrument}", BETWEEN),
    ("GET /editions/{edition}/topics/{topic}/edit", FILING_A),
    ("POST /editions/{edition}/topics/{topic}/edit", FILING_A),
    ("POST /editions/{edition}/topics/{topic}/support", CONTACTS),
    ("POST /editions/{edition}/topics/{topic}/unsupport", CONTACTS),
    // The act is for those taking part; the key of the register has not handed over.
    ("GET /register/acts/{act}", TAKING_PART),
    ("POST /register/acts/{act}/evidence", SECRETARIAT),
    ("GET /register/evidence/{evidence}", TAKING_PART),
    ("GET /register/rotations/{number}", NOBODY),
];

fn expected(route: &Route) -> &'static [Persona] {
    let address = format!("{} {}$", route.method, route.path);
    let narrowed = NARROWED.iter().find(|(prefix, _)| address.starts_with(prefix));
    narrowed.map_or_else(|| by_gate(route.gate), |(_, who)| who)
}

/// The values of an address's parameters. A parameter that is not listed fails the test: a new
/// address needs a sample here before anyone may merge it.
fn values(path: &str, name: &str) -> Vec<String> {
    let one = |value: &dyn std::fmt::Display| vec![value.to_string()];
    match (name, path) {
        ("edition", _) => one(&fixture::EDITION),
        ("city", _) => one(&fixture::CITY_A),
        ("offering", _) => one(&fixture::OFFERING),
        ("delegation", _) => one(&fixture::DELEGATION_A),
        ("delegate", _) => one(&fixture::LEADER_A),
        ("topic", _) => one(&fixture::TOPIC),
        ("invitation", _) => one(&fixture::INVITATION),
        ("meeting", _) => one(&fixture::MEETING),
        ("commitment", _) => one(&COMMITMENT),
        ("instrument", _) => one(&INSTRUMENT),
        ("paper", _) => one(&PAPER),
        ("venue", _) => one(&fixture::VENUE),
        ("hall", _) => one(&fixture::HALL),
        ("session", _) => one(&fixture::SESSION),
        ("amendment", _) => one(&negotiation::AMENDMENT),
        ("statement", _) => one(&negotiation::STATEMENT),
        ("import", _) => one(&negotiation::IMPORT),
        ("group", _) => one(&negotiation::GROUP),
        ("declaration", _) => one(&declaration::DECLARATION),
        ("concept", _) => one(&declaration::CONCEPT),
        ("unit", _) => one(&declaration::UNIT),
        ("interpreter", _) => one(&fixture::INTERPRETER),
        ("day", _) => one(&fixture::edition().first_day),
        ("number" | "party", _) => one(&1),
        ("kind", _) => DisruptionKind::ALL.iter().map(DisruptionKind::to_string).collect(),
        ("activity", _) => {
            vec![format!("session-{}", fixture::SESSION), format!("meeting-{}", fixture::MEETING)]
        }
        ("act", _) => one(&register::LEAF),
        ("evidence", _) => one(&register::EVIDENCE),
        ("path", _) => vec!["0/000.p/1".to_owned(), "entries/000.p/1".to_owned()],
        ("format", p) if p.starts_with("/register/") => one(&"txt"),
        ("format", _) => vec!["csv".to_owned(), "xlsx".to_owned()],
        ("lang", _) => Lang::COMPLETE.iter().map(Lang::to_string).collect(),
        ("hash", _) => one(&"0"),
        ("file", path) if path.ends_with("/files/{file}") => one(&"ru.akn.xml"),
        ("file", _) => one(&"style.css"),
        ("token", p) if p.starts_with("/sign-in/") => one(&fixture::LINK_SECRET),
        ("token", p) if p.starts_with("/feed/assignments") => one(&fixture::ASSIGNMENTS_SECRET),
        ("token", p) if p.starts_with("/feed") => one(&fixture::FEED_SECRET),
        ("token", _) => one(&fixture::REPLY_SECRET),
        _ => panic!("{path}: no sample for {{{name}}}; add one to `values`"),
    }
}

/// An address with its parameters filled in, once per combination of samples.
fn samples(path: &str) -> Vec<String> {
    let Some((before, rest)) = path.split_once('{') else { return vec![path.to_owned()] };
    let (name, after) = rest.split_once('}').expect("a closing brace");
    let name = name.trim_start_matches('*');
    let filled = values(path, name).into_iter();
    filled.flat_map(|value| samples(&format!("{before}{value}{after}"))).collect()
}

fn routes(method: &Method) -> Vec<Route> {
    web::routes().into_iter().filter(|route| route.method == method).collect()
}

/// What a persona fills in: the delegation it speaks for, where an address asks for one.
fn fields(persona: Persona) -> Vec<(&'static str, String)> {
    let own = match persona {
        FocalB => fixture::DELEGATION_B,
        FocalC => fixture::DELEGATION_C,
        _ => fixture::DELEGATION_A,
    };
    vec![("delegation", own.to_string()), ("as", own.to_string())]
}

/// Whether an answer turns its reader away.
fn refuses(answer: &Answer) -> bool {
    let to_sign_in = answer.status == 303 && answer.header("location").starts_with("/sign-in?");
    to_sign_in || [401, 403, 404].contains(&answer.status)
}

fn assert_none(wrong: &[String]) {
    assert!(wrong.is_empty(), "{} found:\n{}", wrong.len(), wrong.join("\n"));
}

/// What is wrong with an answer to a persona who may, or may not, have it.
fn judge(route: &Route, path: &str, persona: Persona, answer: &Answer, wrong: &mut Vec<String>) {
    let may = expected(route).contains(&persona);
    let what = format!("{persona:?} {} {path}: {}", route.method, answer.status);
    if answer.status >= 500 {
        wrong.push(format!("{what} is our fault"));
    } else if refuses(answer) == may {
        wrong.push(format!("{what}, should be {}", if may { "let in" } else { "refused" }));
    }
    if answer.header("content-type").starts_with("text/html") && answer.text().contains('⟦') {
        wrong.push(format!("{what} has a message without words"));
    }
}

#[test]
fn every_page_opens_for_those_of_the_table_alone() {
    let app = TestApp::new();
    let mut wrong = Vec::new();
    for route in routes(&Method::GET) {
        for path in samples(route.path) {
            for persona in Persona::ALL {
                let answer = app.as_(persona).get(&path);
                judge(&route, &path, persona, &answer, &mut wrong);
                if answer.status == 200 && route.gate != Gate::Token {
                    leaks(&path, persona, &answer, &mut wrong);
                }
            }
        }
    }
    assert_none(&wrong);
}

/// Words that must not have reached a persona.
fn leaks(path: &str, persona: Persona, answer: &Answer, wrong: &mut Vec<String>) {
    let (meeting, instrument) = (MEETING.to_string(), INSTRUMENT.to_string());
    let confidential = CONFIDENTIAL.into_iter().chain([meeting.as_str(), instrument.as_str()]);
    let text = answer.text();
    if !IN_CONFIDENCE.contains(&persona) {
        for word in confidential.filter(|word| text.contains(word)) {
            wrong.push(format!("{persona:?} reads {word:?} at {path}"));
        }
    }
    if !SIDE_A.contains(&persona) && text.contains(PERSONAL) {
        wrong.push(format!("{persona:?} reads {PERSONAL} at {path}"));
    }
}

/// Zipped and compressed answers hide their words from a search. Whatever their form: who may not
/// know a bilateral gets the same bytes, whatever it is about.
#[test]
fn nothing_depends_on_what_the_reader_may_not_know() {
    let (one, other) = (TestApp::new(), TestApp::new());
    other.write(fixture::change_secrets);
    let mut wrong = Vec::new();
    // Counts of requests and seconds differ between any two moments, whoever asks.
    let steady = |r: &&Route| r.gate != Gate::Token && r.path != "/metrics";
    for route in routes(&Method::GET).iter().filter(steady) {
        for path in samples(route.path) {
            for persona in [Public, FocalC, Stranger] {
                let same =
                    || one.as_(persona).get(&path).body == other.as_(persona).get(&path).body;
                // A workbook tells when it was written: two that straddle a second are asked again.
                if !same() && !same() {
                    wrong.push(format!("{persona:?} {path}"));
                }
            }
        }
    }
    assert_none(&wrong);
}

/// How much has happened: events, mails and jobs.
fn traces(app: &TestApp) -> i64 {
    app.read(fixture::traces)
}

#[test]
fn every_action_is_refused_to_all_but_those_of_the_table() {
    let refused = TestApp::new();
    let before = traces(&refused);
    // Whoever may act may change something: then the next one gets a database of its own.
    let mut allowed = TestApp::new();
    let mut wrong = Vec::new();
    for route in routes(&Method::POST) {
        for path in samples(route.path) {
            for persona in Persona::ALL {
                let may = expected(&route).contains(&persona);
                let app = if may { &allowed } else { &refused };
                let fields = fields(persona);
                let fields: Vec<(&str, &str)> =
                    fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
                let answer = app.as_(persona).post(&path, &fields);
                judge(&route, &path, persona, &answer, &mut wrong);
                if may && (answer.status < 400 || traces(app) != before) {
                    allowed = TestApp::new();
                }
            }
        }
    }
    assert_eq!(traces(&refused), before, "a refused action left a trace");
    assert_none(&wrong);
}

#[test]
fn the_table_names_addresses_that_exist() {
    let all: BTreeSet<String> =
        web::routes().iter().map(|r| format!("{} {}$", r.method, r.path)).collect();
    let stale = NARROWED.iter().filter(|(p, _)| !all.iter().any(|a| a.starts_with(p)));
    assert_none(&stale.map(|(prefix, _)| (*prefix).to_owned()).collect::<Vec<_>>());
}

#[test]
fn an_edition_that_does_not_exist_is_missing_for_everyone() {
    let app = TestApp::new();
    let nowhere = "/editions/01980000-0000-7000-8000-ffffffffffff/programme";
    for persona in Persona::ALL {
        for path in [nowhere, "/editions/nonsense/programme"] {
            assert_eq!(app.as_(persona).get(path).status, 404, "{persona:?} {path}");
        }
    }
}

#[test]
fn a_feed_tells_its_own_delegation_and_no_other() {
    let app = TestApp::new();
    let own = app.get(&format!("/feed/{}", fixture::FEED_SECRET));
    assert!(CONFIDENTIAL.iter().any(|word| own.text().contains(word)), "{}", own.text());
    let other = app.get(&format!("/feed/{}", fixture::FEED_SECRET_C));
    assert_eq!(other.status, 200);
    let mut wrong = Vec::new();
    leaks("the feed", FocalC, &other, &mut wrong);
    assert_none(&wrong);
}
