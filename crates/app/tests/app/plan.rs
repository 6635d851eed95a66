//! Planning: a run from the button to the draft, and pins.

use std::sync::atomic::AtomicBool;

use caravanserai::jobs::{self, End, Standing};
use domain::{
    Lang,
    programme::Activity,
    venue::{Hall, HallKind},
};

use planner::formats;

use crate::harness::{
    Persona, TestApp,
    fixture::{self, EDITION, HALL, MEETING, SESSION, VENUE},
};

const HOURS: [(&str, &str); 4] =
    [("from", "09:00"), ("until", "18:00"), ("lunch_from", "12:00"), ("lunch_until", "13:00")];

fn plan() -> String {
    format!("/editions/{EDITION}/plan")
}

/// A product with a room for the bilateral.
fn furnished() -> TestApp {
    let app = TestApp::new();
    app.write(|c| {
        let hall = Hall {
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
        store::hall::insert(c, &hall)
    });
    app
}

/// Presses the button, asks the run to be short, and works as a node does.
fn planned(app: &TestApp) {
    let host = app.as_(Persona::Host);
    host.post(&plan(), &HOURS).location();
    host.post(&format!("{}/wish", plan()), &[("wish", "enough")]).location();
    assert!(jobs::turn(&app.app, &AtomicBool::new(false)).expect("a turn"));
}

#[test]
fn the_button_makes_a_draft_that_keeps_the_rules() {
    let app = furnished();
    planned(&app);
    let edition = fixture::edition();
    let (brief, draft) = app.read(|c| store::brief::load(c, &edition));
    let draft = draft.expect("a draft").value;
    assert_eq!(brief.clashes(&draft.slots), Vec::new());
    let placed: Vec<Activity> = draft.slots.iter().map(|s| s.activity).collect();
    assert!(placed.contains(&Activity::Meeting(MEETING)), "{draft:?}");
    let job = app.read(|c| store::job::newest(c, jobs::PLAN, EDITION)).expect("a job");
    assert_eq!((job.state.as_str(), Standing::of(&job).end), ("done", Some(End::Planned)));
    for path in ["", "/days", "/halls", "/delegations", "/export/csv"] {
        for lang in Lang::COMPLETE {
            let page = app.as_(Persona::Host).in_(lang).get(&format!("{}{path}", plan()));
            assert_eq!(page.status, 200, "{path}");
            assert!(!page.text().contains('⟦'), "{}", page.text());
        }
    }
}

#[test]
fn the_problem_and_the_draft_are_files_that_a_checker_elsewhere_reads() {
    let app = furnished();
    planned(&app);
    let host = app.as_(Persona::Host);
    let file = |what: &str| host.get(&format!("{}/{what}/json", plan())).body;
    let (asked, found) = (file("problem"), file("draft"));
    let case = formats::read(&asked, None).expect("a problem that is sound");
    let draft = formats::read_plan(&case, &found).expect("a plan");
    assert_eq!(planner::check(&case.problem, &draft), []);
    assert_eq!(draft.activities.len(), case.problem.spec().activities.len());
    for words in fixture::CONFIDENTIAL.into_iter().chain(["Pine Room"]) {
        assert!(!String::from_utf8_lossy(&asked).contains(words), "{words}");
    }
}

#[test]
fn a_cancelled_run_leaves_the_draft_as_it_was() {
    let app = furnished();
    let edition = fixture::edition();
    let before = app.read(|c| store::brief::load(c, &edition)).1;
    let host = app.as_(Persona::Host);
    host.post(&plan(), &HOURS).location();
    host.post(&plan(), &HOURS).location();
    host.post(&format!("{}/wish", plan()), &[("wish", "cancel")]).location();
    assert!(jobs::turn(&app.app, &AtomicBool::new(false)).expect("a turn"));
    assert_eq!(app.read(|c| store::brief::load(c, &edition)).1, before);
    assert!(!jobs::turn(&app.app, &AtomicBool::new(false)).expect("a turn"), "one run, not two");
    let page = host.get(&plan());
    assert!(page.text().contains("The run was cancelled"), "{}", page.text());
}

#[test]
fn a_stopped_node_gives_its_job_back() {
    let app = furnished();
    app.as_(Persona::Host).post(&plan(), &HOURS).location();
    assert!(jobs::turn(&app.app, &AtomicBool::new(true)).expect("a turn"));
    let job = app.read(|c| store::job::newest(c, jobs::PLAN, EDITION)).expect("a job");
    assert_eq!(job.state, "waiting");
}

#[test]
fn a_pin_is_kept_and_an_impossible_one_is_told_before_it_is_stored() {
    let app = furnished();
    planned(&app);
    let host = app.as_(Persona::Host);
    let path = format!("/editions/{EDITION}/pins/meeting-{MEETING}");
    let wrong = host.post(&path, &[("hall", &HALL.to_string()), ("start", "2090-05-18T10:00")]);
    assert_eq!(wrong.status, 422);
    assert!(wrong.text().contains("It cannot be pinned here"), "{}", wrong.text());
    assert!(app.read(|c| store::pin::of_edition(c, EDITION)).is_empty());
    let room = uuid::Uuid::from_u128(77).to_string();
    host.post(&path, &[("hall", &room), ("start", "2090-05-18T10:05")]).location();
    let at = |app: &TestApp| {
        let plan = app.read(|c| store::plan::newest(c, EDITION)).expect("a draft").value;
        let slot = plan.slots.iter().find(|s| s.activity == Activity::Meeting(MEETING)).copied();
        slot.expect("a place").start.to_string()
    };
    assert_eq!(at(&app), "2090-05-18T02:05:00Z", "at once");
    host.post(&plan(), &[&HOURS[..], &[("keep", "yes")]].concat()).location();
    host.post(&format!("{}/wish", plan()), &[("wish", "enough")]).location();
    assert!(jobs::turn(&app.app, &AtomicBool::new(false)).expect("a turn"));
    assert_eq!(at(&app), "2090-05-18T02:05:00Z", "and when planned again");
    host.post(&format!("{path}/remove"), &[]).location();
    assert!(app.read(|c| store::pin::of_edition(c, EDITION)).is_empty());
}

#[test]
fn no_page_of_the_draft_is_for_delegations() {
    let app = furnished();
    for persona in [Persona::FocalA, Persona::FocalC, Persona::DelegateA, Persona::Stranger] {
        for path in ["", "/days", "/halls", "/delegations", "/progress", "/export/csv"] {
            let answer = app.as_(persona).get(&format!("{}{path}", plan()));
            assert_eq!(answer.status, 403, "{persona:?} {path}");
        }
        let pin = format!("/editions/{EDITION}/pins/session-{SESSION}");
        assert_eq!(app.as_(persona).post(&pin, &[]).status, 403);
    }
}
