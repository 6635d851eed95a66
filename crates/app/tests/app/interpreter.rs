//! The roster, the rules, the coverage report, and what an interpreter sees: his or her own assignments and
//! nothing else.

use std::sync::atomic::AtomicBool;

use caravanserai::jobs;
use domain::{
    InterpreterId, Lang,
    access::Role,
    interpretation::{Interpretation, Mode, Rule},
    interpreter::Interpreter,
    programme::Activity,
    release::Release,
    team::{Filled, Team},
    venue::{Hall, HallKind},
};

use crate::harness::{
    Answer, Persona, TestApp,
    fixture::{self, CONFIDANT, CONFIDENTIAL, EDITION, INTERPRETER, MEETING, SESSION, VENUE},
};

fn at(path: &str) -> String {
    format!("/editions/{EDITION}{path}")
}

fn newest(app: &TestApp) -> Release {
    app.read(|c| store::release::newest(c, EDITION)).expect("a release")
}

/// A further release in which somebody interprets the bilateral.
fn reassigned(app: &TestApp, to: InterpreterId) {
    let mut release = newest(app);
    release.id = caravanserai::chance::id();
    release.number += 1;
    for entry in release.entries.iter_mut().filter(|e| e.kind().is_none()) {
        let seats = vec![Filled { interpreter: to, pair: [Lang::Zh, Lang::Ru] }];
        let (activity, mode) = (entry.slot.activity, Mode::Consecutive);
        entry.team = Some(Team { activity, mode, seats });
    }
    app.write(|c| store::release::insert(c, &release));
}

fn knows(answer: &Answer) -> bool {
    CONFIDENTIAL.iter().any(|word| answer.text().contains(word))
}

#[test]
fn an_interpreter_sees_the_meetings_that_are_assigned_and_no_other() {
    let app = TestApp::new();
    let own =
        [at("/assignments"), format!("/feed/assignments/{}.ics", fixture::ASSIGNMENTS_SECRET)];
    for path in &own {
        let page = app.as_(Persona::Interpreter).get(path);
        assert!(page.status == 200 && page.text().contains("Opening"), "{path}: {}", page.text());
        assert!(!knows(&page), "{path} tells of a meeting of others");
    }
    reassigned(&app, INTERPRETER);
    for lang in Lang::COMPLETE {
        let page = app.as_(Persona::Interpreter).in_(lang).get(&own[0]);
        assert!(knows(&page) && !page.text().contains('⟦'), "{lang}: {}", page.text());
    }
    assert!(knows(&app.get(&own[1])), "the calendar follows");
    // The rest of the product tells an interpreter no more than before.
    for path in
        [at("/programme"), at("/programme/changes?from=1&to=2"), at("/meetings"), at("/agenda")]
    {
        let page = app.as_(Persona::Interpreter).get(&path);
        assert!(!knows(&page), "{path}");
    }
    reassigned(&app, CONFIDANT);
    let after = app.get(&own[1]);
    assert!(after.text().contains("STATUS:CANCELLED"), "the calendar learns of the end");
    assert!(!knows(&app.as_(Persona::Interpreter).get(&own[0])));
    if outputs::pdf::BUILT {
        let sheet = at("/assignments/2090-05-17/sheet?in=zh");
        let mine = app.as_(Persona::Interpreter).get(&sheet);
        assert!(mine.status == 200 && mine.body.starts_with(b"%PDF-"));
        assert_eq!(app.as_(Persona::Officer).get(&sheet).status, 403);
    }
}

#[test]
fn whoever_leaves_the_roster_reads_nothing_any_more() {
    let app = TestApp::new();
    let feed = format!("/feed/assignments/{}", fixture::ASSIGNMENTS_SECRET);
    assert_eq!(app.get(&feed).status, 200);
    let office = app.as_(Persona::Host);
    office.post(&at(&format!("/interpreters/{INTERPRETER}/remove")), &[]).location();
    assert_eq!(app.get(&feed).status, 404);
    assert_eq!(app.as_(Persona::Interpreter).get(&at("/assignments")).status, 403);
    let roster = app.read(|c| store::interpreter::of_edition(c, EDITION));
    assert_eq!(roster.len(), 1);
}

const NEW: [(&str, &str); 6] = [
    ("name.ru", "Толмачёв Синхрон Переводович"),
    ("family.ru", "Толмачёв"),
    ("strength.ru", "a"),
    ("strength.zh", "b"),
    ("email", "Tolmach@Example.org"),
    ("recording", "unasked"),
];

#[test]
fn a_filed_interpreter_can_sign_in_and_wrong_words_come_back_as_typed() {
    let app = TestApp::new();
    let office = app.as_(Persona::Host);
    let mut wrong = NEW.to_vec();
    wrong[3] = ("strength.zh", "c");
    wrong.push(("presence.0.from", "2090-05-18T10:00"));
    wrong.push(("presence.0.until", "2090-05-18T09:00"));
    let page = office.post(&at("/interpreters/new"), &wrong);
    assert_eq!(page.status, 422);
    for words in ["Толмачёв Синхрон", "2090-05-18T10:00", "at least two languages"] {
        assert!(page.text().contains(words), "{words}: {}", page.text());
    }
    office.post(&at("/interpreters/new"), &NEW).location();
    let roster = app.read(|c| store::interpreter::of_edition(c, EDITION));
    let new = roster.iter().map(|i| &i.value).find(|i| i.email.starts_with("tolmach"));
    let new: &Interpreter = new.expect("a new interpreter");
    let account = app.read(|c| store::person::of_email(c, &new.email)).expect("an account");
    let grants = app.read(|c| store::person::grants(c, account.value.id));
    assert!(grants.iter().any(|grant| grant.role == Role::Interpreter));
    let again = office.post(&at("/interpreters/new"), &NEW);
    assert!(again.status == 422 && again.text().contains("has this address"), "{}", again.text());
    // Two who edit: the second is shown what the first one stored.
    let path = at(&format!("/interpreters/{}", new.id));
    let with = |name: &'static str, value: &'static str| {
        let mut fields = NEW.to_vec();
        fields.extend([("seen", "1"), (name, value)]);
        fields
    };
    office.post(&path, &with("contact", "first")).location();
    let late = office.post(&path, &with("contact", "second"));
    assert!(late.status == 422 && late.text().contains("first"), "{}", late.text());
}

/// A product in which plans assign interpreters, with a room for the bilateral.
fn planned(size: &str) -> TestApp {
    let app = TestApp::new();
    let room = Hall {
        id: domain::HallId(uuid::Uuid::from_u128(77)),
        edition: EDITION,
        venue: VENUE,
        name: fixture::text("松室", "Комната «Сосна»", "Pine Room"),
        kind: HallKind::Room,
        capacity: 12,
        booths: 0,
        parallel: 1,
        closed: Vec::new(),
    };
    app.write(|c| store::hall::insert(c, &room));
    // A speaks Russian, B Chinese.
    let b = app.read(|c| store::delegation::need(c, fixture::DELEGATION_B));
    let zh = domain::delegation::Delegation { languages: vec![Lang::Zh], ..b.value };
    app.write(|c| store::delegation::save(c, &zh, b.version));
    let rules = [
        ("planned", "yes"),
        ("pivot", "ru"),
        ("value.booth", size),
        ("reason.booth", "a small roster"),
        ("seen", "0"),
    ];
    app.as_(Persona::Host).post(&at("/interpreters/rules"), &rules).location();
    app
}

fn run(app: &TestApp) -> domain::programme::Plan {
    let hours =
        [("from", "09:00"), ("until", "18:00"), ("lunch_from", "12:00"), ("lunch_until", "13:00")];
    let office = app.as_(Persona::Host);
    office.post(&at("/plan"), &hours).location();
    office.post(&at("/plan/wish"), &[("wish", "enough")]).location();
    assert!(jobs::turn(&app.app, &AtomicBool::new(false)).expect("a turn"));
    app.read(|c| store::plan::newest(c, EDITION)).expect("a draft").value
}

#[test]
fn a_plan_assigns_teams_and_says_whom_it_lacks() {
    let app = planned("2");
    let plan = run(&app);
    assert_eq!(plan.unplaced, Vec::new());
    let team = |activity| {
        let team = plan.teams.iter().find(|team| team.activity == activity).expect("a team");
        let mut members = team.members();
        members.sort();
        members
    };
    assert_eq!(team(Activity::Session(SESSION)), [INTERPRETER, CONFIDANT]);
    assert_eq!(team(Activity::Meeting(MEETING)), [INTERPRETER, CONFIDANT]);
    let short = planned("3");
    let plan = run(&short);
    assert_eq!(plan.unplaced.len(), 1, "{plan:?}");
    let page = short.as_(Persona::Host).get(&at("/plan"));
    assert!(
        page.text().contains("too few Chinese – Russian interpreters on the roster"),
        "{}",
        page.text()
    );
    for persona in [Persona::FocalA, Persona::Interpreter, Persona::Officer] {
        assert_eq!(
            short.as_(persona).get(&at("/interpreters/coverage")).status,
            403,
            "{persona:?}"
        );
    }
    for lang in Lang::COMPLETE {
        for path in ["", "/rules", "/coverage", "/coverage?only=short", "/coverage/export/csv"] {
            let page = short.as_(Persona::Host).in_(lang).get(&at(&format!("/interpreters{path}")));
            assert!(page.status == 200 && !page.text().contains('⟦'), "{path}: {}", page.text());
        }
    }
}

#[test]
fn a_waived_rule_is_kept_with_its_reason_and_reported() {
    let app = planned("3");
    let path = at(&format!("/interpreters/of/session-{SESSION}"));
    let office = app.as_(Persona::Host);
    assert_eq!(office.get(&path).status, 200);
    let fields = [("mode", "usual"), ("by", "pool"), ("listeners", "1"), ("seen", "0")];
    let mut waived = fields.to_vec();
    waived.push(("waive.team", "only ten minutes are spoken"));
    office.post(&path, &waived).location();
    let rules: Interpretation = app.read(|c| store::interpretation::of(c, EDITION)).value;
    assert!(rules.arrangement(Activity::Session(SESSION)).waives(Rule::Team));
    let late = office.post(&path, &fields);
    assert_eq!(late.status, 422, "somebody has changed it since");
    let plan = run(&app);
    assert_eq!(plan.unplaced, Vec::new());
    let report = office.get(&at("/interpreters/coverage"));
    let file = office.get(&at("/interpreters/coverage/export/csv"));
    for answer in [&report, &file] {
        assert!(answer.text().contains("only ten minutes are spoken"), "{}", answer.text());
    }
    let mut wrong = fields.to_vec();
    wrong[1] = ("by", "each");
    let page = office.post(&path, &wrong);
    assert_eq!(page.status, 422, "a session has no sides");
}

#[test]
fn an_interpreter_who_falls_out_is_replaced_and_those_concerned_hear_of_it() {
    let app = planned("1");
    let fields = [("mode", "usual"), ("by", "pool"), ("listeners", "1"), ("seen", "0")];
    let mut waived = fields.to_vec();
    waived.push(("waive.team", "a short talk"));
    let path = at(&format!("/interpreters/of/meeting-{MEETING}"));
    app.as_(Persona::Host).post(&path, &waived).location();
    run(&app);
    let office = app.as_(Persona::Secretariat);
    let sight = hidden(&office.get(&at("/programme/release")), "sight");
    office.post(&at("/programme/release"), &[("sight", &sight)]).location();
    let before = app.read(|c| store::mail::newest(c, 100)).len();
    let works = |app: &TestApp| {
        let release = newest(app);
        let teams = release.teams().into_iter().map(|t| (t.activity, t.members()));
        teams.collect::<std::collections::BTreeMap<_, _>>()
    };
    let at_first = works(&app);
    let ill = at_first[&Activity::Meeting(MEETING)][0];
    let name = if ill == INTERPRETER { "Yi+Ci" } else { "Wen+Guohe" };
    for said in [format!("Interpreter+{name}+is+ill"), format!("{name}+cannot+come")] {
        let asked = office.get(&at(&format!("/disruptions?said={said}")));
        assert!(asked.location().contains(&format!("interpreter?interpreter={ill}")), "{said}");
    }
    let id = ill.to_string();
    let page = office.get(&at(&format!("/disruptions/interpreter?interpreter={ill}")));
    assert!(page.text().contains("concerns 2 interpreters"), "{}", page.text());
    let sight = hidden(&page, "sight");
    let fields = [("interpreter", id.as_str()), ("sight", &sight)];
    office.post(&at("/disruptions/interpreter"), &fields).location();
    let after = works(&app);
    assert!(after.values().flatten().all(|one| *one != ill), "{after:?}");
    assert_eq!(after.len(), at_first.len(), "nothing is lost");
    let away = app.read(|c| store::interpreter::need(c, ill)).value.away;
    assert_eq!(away.len(), 1);
    let all = app.read(|c| store::mail::newest(c, 100));
    let mut to: Vec<String> =
        all[..all.len() - before].iter().map(|(mail, _)| mail.recipient.clone()).collect();
    to.sort();
    to.dedup();
    assert_eq!(to, ["confidant@example.org", "interpreter@example.org"]);
    let page = office.get(&at("/disruptions"));
    assert!(page.text().contains("An interpreter is unavailable"), "{}", page.text());
}

/// The value of the first hidden field of a name.
fn hidden(page: &Answer, name: &str) -> String {
    let text = page.text().into_owned();
    let mark = format!("name=\"{name}\" value=\"");
    let value = text.split(mark.as_str()).nth(1).unwrap_or_else(|| panic!("no {name} in {text}"));
    value.split('"').next().unwrap_or_default().to_owned()
}
