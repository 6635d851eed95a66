//! `plan` on the command line: files in, files out, one line of JSON and an exit status that tell all.

use std::{
    path::PathBuf,
    process::{Command, Output},
};

use planner::sample::{Size, problem};
use serde_json::{Value, json};
use uuid::Uuid;

/// A folder that goes with the test.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).ok();
    }
}

impl Folder {
    fn new() -> Self {
        let folder = std::env::temp_dir().join(format!("plan-{}", Uuid::now_v7().simple()));
        std::fs::create_dir(&folder).expect("a folder");
        Self(folder)
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.0.join(name), text).expect("a file");
    }

    fn read(&self, name: &str) -> Value {
        let text = std::fs::read_to_string(self.0.join(name)).expect("a file");
        serde_json::from_str(&text).expect("JSON")
    }

    /// Runs `plan` with these words, in this folder.
    fn plan(&self, words: &str) -> Told {
        let mut command = Command::new(env!("CARGO_BIN_EXE_caravanserai"));
        command.current_dir(&self.0).env_clear().arg("plan").args(words.split(' '));
        Told(command.output().expect("the program"))
    }
}

/// What a command said.
struct Told(Output);

impl Told {
    fn status(&self) -> i32 {
        self.0.status.code().expect("an exit status")
    }

    fn lines(&self) -> Vec<Value> {
        let text = String::from_utf8_lossy(&self.0.stdout).into_owned();
        text.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
    }

    /// The last line, which has its four keys and no others.
    fn last(&self) -> Value {
        let last = self.lines().pop().expect("a last line");
        let keys: Vec<&String> = last.as_object().expect("an object").keys().collect();
        assert_eq!(keys, ["bound", "cpu_s", "score", "status"]);
        assert!(last["cpu_s"].as_f64().is_some_and(|seconds| seconds > 0.0));
        last
    }

    /// What it said was wrong: one line.
    fn refused(&self) -> String {
        assert_eq!(self.status(), 2);
        assert!(self.0.stdout.is_empty());
        let error = String::from_utf8_lossy(&self.0.stderr).into_owned();
        assert_eq!(error.trim_end().lines().count(), 1, "{error}");
        error
    }
}

/// A small problem of our own making, with a market and two events.
fn small() -> String {
    let wishes = |of: u32| {
        let others = (0..5).filter(move |other| *other != of);
        others
            .map(move |to| json!({ "to": format!("d{to}"), "score": f64::from(1 + (of * to) % 4) }))
    };
    let party = |of: u32| {
        let wishes: Vec<Value> = wishes(of).collect();
        json!({ "delegation": format!("d{of}"), "quota": 2, "wishes": wishes })
    };
    let parties: Vec<Value> = (0..5).map(party).collect();
    json!({
        "problem": problem(Size::SMALL, 3),
        "market": { "parties": parties },
        "events": [
            { "now": 8, "news": { "hall_lost": { "hall": "zone a", "span": [8, 80] } } },
            { "now": 0, "news": { "person_busy": { "person": "nobody", "span": [1, 2] } } },
        ],
    })
    .to_string()
}

#[test]
fn a_problem_is_planned_checked_explained_and_matched() {
    let folder = Folder::new();
    folder.write("in.json", &small());
    let told = folder.plan("solve in.json --out out.json --steps 2000 --seed 5 --threads 2");
    let last = told.last();
    assert_eq!((told.status(), last["status"].as_str()), (0, Some("feasible")));
    assert!(told.0.stderr.is_empty(), "no progress where there is no terminal");
    let plan = folder.read("out.json");
    assert!(!plan["activities"].as_object().expect("activities").is_empty());

    let again = folder.plan("solve in.json --out again.json --steps 2000 --seed 5 --threads 1");
    assert_eq!(
        (again.last()["score"].clone(), folder.read("again.json")),
        (last["score"].clone(), plan)
    );

    let checked = folder.plan("check in.json out.json");
    assert_eq!((checked.status(), checked.lines().len()), (0, 1));
    assert_eq!(checked.last()["score"], last["score"]);

    folder.write("none.json", r#"{"activities": {}}"#);
    let explained = folder.plan("explain in.json --plan none.json");
    assert_eq!(explained.status(), 0);
    let lines = explained.lines();
    let reasons = lines.iter().filter(|line| line["relaxations"].is_array()).count();
    assert!(reasons > 0 && lines[lines.len() - 2]["terms"]["total"].is_number());

    let matched = folder.plan("match in.json --out pairs.json");
    assert_eq!(matched.status(), 0);
    let pairs = folder.read("pairs.json");
    assert_eq!(matched.lines()[0]["pairs"], json!(pairs.as_array().expect("pairs").len()));
    assert!(pairs[0][0].as_str().is_some_and(|name| name.starts_with('d')));
}

#[test]
fn a_broken_plan_is_told_rule_by_rule() {
    let folder = Folder::new();
    folder.write("in.json", &small());
    folder.write("out.json", r#"{"activities": {"opening": {"start": 3, "hall": "salon"}}}"#);
    let told = folder.plan("check in.json out.json");
    assert_eq!((told.status(), told.last()["score"].clone()), (1, Value::Null));
    let lines = told.lines();
    let rules: Vec<&str> = lines.iter().filter_map(|line| line["rule"].as_str()).collect();
    for rule in ["activity.pin", "hall.allowed"] {
        assert!(rules.contains(&rule), "{rule} in {rules:?}");
    }
}

#[test]
fn a_plan_is_repaired_after_an_event() {
    let folder = Folder::new();
    folder.write("in.json", &small());
    folder.plan("solve in.json --out old.json --steps 2000");
    let told = folder.plan("repair in.json --base old.json --event 0 --out new.json");
    assert_eq!((told.status(), told.last()["status"].as_str()), (0, Some("feasible")));
    let lines = told.lines();
    let ways: Vec<&Value> = lines.iter().filter(|line| line["way"].is_number()).collect();
    assert!(!ways.is_empty() && ways.iter().all(|way| way["violations"] == 0));
    let dropped = |way: &Value| way["dropped"].as_array().map(Vec::len);
    assert!(ways.windows(2).all(|pair| dropped(pair[0]) <= dropped(pair[1])));

    let checked = folder.plan("check in.json new.json --event 0 --base old.json");
    assert_eq!(checked.status(), 0);
    let changes = &checked.lines()[0]["changes"];
    for what in ["moved", "dropped", "added", "restaffed", "people"] {
        assert_eq!(changes[what], ways[0][what], "{what}");
    }
    assert!(
        folder
            .plan("repair in.json --base old.json --event 2 --out x")
            .refused()
            .contains("0 to 1")
    );
    let stranger = folder.plan("repair in.json --base old.json --event 1 --out x").refused();
    assert!(stranger.contains("person nobody"), "{stranger}");
    let far = folder.plan("repair in.json --base old.json --event 0 --out x --way 9").refused();
    assert!(far.contains("ways"), "{far}");
}

/// Three people, three meetings and two slots: with one more slot there is a plan, and only one shape of it.
fn triangle(slots: u32) -> String {
    format!(
        "nBusiness = 3;\nnMeetings = 3;\nnTables = 2;\nnTotalSlots = {slots};\nnMorningSlots = {slots};\n\
         requested = [|1,2,3,|1,3,3,|2,3,3,|];\nnMeetingsBusiness = [2,2,2];\n\
         meetingsxBusiness = [{{1,2}},{{1,3}},{{2,3}}];\nforbidden = [{{}},{{}},{{}}];\n\
         fixat = [0,0,0];\nprecedences = [{{}},{{}},{{}}];\n"
    )
}

#[test]
fn what_cannot_be_is_told_apart_from_what_was_not_found() {
    let folder = Folder::new();
    folder.write("two.dzn", &triangle(2));
    folder.write("three.dzn", &triangle(3));
    let told = folder.plan("solve two.dzn --out two.json --cpu 20");
    assert_eq!((told.status(), told.last()["status"].as_str()), (3, Some("infeasible")));
    assert!(!folder.0.join("two.json").exists(), "there is no plan to write");
    let told = folder.plan("solve three.dzn --out three.json --cpu 20");
    let last = told.last();
    assert_eq!((told.status(), last["status"].as_str()), (0, Some("optimal")));
    assert_eq!((&last["score"], &last["bound"]), (&json!(1.0), &json!(1.0)));
    let mut slots: Vec<i64> = folder.read("three.json")["slots"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_i64)
        .collect();
    slots.sort_unstable();
    assert_eq!(slots, [1, 2, 3]);
    assert_eq!(folder.plan("check three.dzn three.json --fairness -1").status(), 0);
    assert_eq!(folder.plan("check three.dzn three.json --fairness 0").status(), 1);
}

#[test]
fn a_folder_is_measured_into_a_table() {
    let folder = Folder::new();
    std::fs::create_dir(folder.0.join("cases")).expect("a folder");
    folder.write("cases/two.dzn", &triangle(2));
    folder.write("cases/three.dzn", &triangle(3));
    let told = folder.plan("bench cases --cpu 5 --out table.md");
    assert_eq!((told.status(), told.lines()[0]["problems"].as_u64()), (0, Some(2)));
    let table = std::fs::read_to_string(folder.0.join("table.md")).expect("a table");
    assert!(table.contains("| three.dzn | **1** | 1 |"), "{table}");
    assert!(
        table.contains("| two.dzn | impossible |") && table.contains("2 of 2 proved"),
        "{table}"
    );
    assert!(folder.plan("bench nowhere --out x").refused().contains("cannot read nowhere"));
}

#[test]
fn bad_input_gets_one_clear_line() {
    let folder = Folder::new();
    let cases = [
        ("solve none.json --out x", "cannot read none.json"),
        ("solve text.json --out x", "text.json: problem: fault.malformed"),
        ("solve cut.json --out x", "cut.json: problem: fault.malformed"),
        ("solve huge.json --out x", "longer than"),
        ("solve slots.json --out x", "fault.too_large"),
        ("solve in.json --out no/such/folder", "cannot write"),
        ("check in.json cut.json", "cut.json"),
        ("match in.json --out x", "who wishes whom"),
        ("match self.json --out x", "delegation d0: fault.contradiction (market.wishes)"),
        ("repair in.json --base empty.json --event 0 --out x", "no events"),
        ("explain in.json --plan empty.json --activity x", "no activity x"),
    ];
    folder.write("text.json", "a letter, not a problem");
    folder.write("cut.json", r#"{"problem": {"grid": "#);
    folder.write("empty.json", r#"{"activities": {}}"#);
    folder.write("in.json", &json!({ "problem": problem(Size::SMALL, 1) }).to_string());
    let wish = json!({"to": "d0", "score": 1.0});
    let market = json!({"parties": [{"delegation": "d0", "quota": 1, "wishes": [wish]}]});
    let alone = json!({ "problem": problem(Size::SMALL, 1), "market": market });
    folder.write("self.json", &alone.to_string());
    let mut slots = json!({ "problem": problem(Size::SMALL, 1) });
    slots["problem"]["grid"]["slots"] = json!(1_000_000_000);
    folder.write("slots.json", &slots.to_string());
    folder.write("huge.json", &" ".repeat(planner::formats::LARGEST + 100));
    for (words, expected) in cases {
        let error = folder.plan(words).refused();
        assert!(error.contains(expected), "{words}: {error}");
    }
    assert_eq!(folder.plan("solve in.json --out x --cpu never").status(), 2);
    assert_eq!(folder.plan("dream in.json").status(), 2);
}
