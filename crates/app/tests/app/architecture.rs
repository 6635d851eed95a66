//! What keeps the house simple, checked: who may name whom, what the core must not touch, and how
//! long files and lines may be.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::harness::sources::{Source, files, root};

/// Which of our crates may name which.
const EDGES: [(&str, &[&str]); 6] = [
    ("caravanserai", &["domain", "outputs", "planner", "register", "store"]),
    ("domain", &[]),
    ("outputs", &["domain"]),
    ("planner", &[]),
    ("register", &[]),
    ("store", &["domain"]),
];

/// What `domain` may name from outside: values, dates, hashes, Unicode.
const DOMAIN_NEEDS: [&str; 7] =
    ["icu", "jiff", "serde", "serde_json", "sha2", "unicode-security", "uuid"];

/// What Cargo knows of the workspace and everything below it, without the network.
pub(crate) fn metadata() -> Value {
    let platform = format!("{}-unknown-linux-gnu", std::env::consts::ARCH);
    let output = std::process::Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--offline", "--locked"])
        .args(["--filter-platform", &platform])
        .current_dir(root())
        .output()
        .expect("cargo");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("metadata")
}

fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value[name].as_array().map_or(&[], Vec::as_slice)
}

/// What each of our crates names in its manifest, development aside.
fn needs() -> BTreeMap<String, BTreeSet<String>> {
    let metadata = metadata();
    let ours = list(&metadata, "packages").iter().filter(|p| p["source"].is_null());
    let name = |v: &Value| v["name"].as_str().unwrap_or_default().to_owned();
    ours.map(|package| {
        let product = list(package, "dependencies").iter().filter(|d| d["kind"] != "dev");
        (name(package), product.map(name).collect())
    })
    .collect()
}

#[test]
fn crates_name_only_what_lies_below_them() {
    let needs = needs();
    let edges: BTreeMap<&str, &[&str]> = EDGES.into_iter().collect();
    let ours: Vec<&str> = edges.keys().copied().collect();
    assert_eq!(needs.keys().map(String::as_str).collect::<Vec<_>>(), ours);
    for (name, needs) in &needs {
        let named: BTreeSet<&str> =
            needs.iter().map(String::as_str).filter(|n| ours.contains(n)).collect();
        let may: BTreeSet<&str> = edges[name.as_str()].iter().copied().collect();
        assert!(named.is_subset(&may), "{name} names {named:?}, may name {may:?}");
    }
    let domain: Vec<&str> = needs["domain"].iter().map(String::as_str).collect();
    assert_eq!(domain, DOMAIN_NEEDS);
}

fn sources(folder: &str) -> Vec<Source> {
    files(&[".rs"]).into_iter().filter(|f| f.path.starts_with(folder)).collect()
}

/// Lines of product code with one of these words outside strings and comments.
fn lines_with(folder: &str, words: &[&str], but: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for file in sources(folder).iter().filter(|f| !but.contains(&f.path.as_str())) {
        for (number, line) in file.product().lines().enumerate() {
            let code = line.split("//").next().unwrap_or_default();
            if words.iter().any(|word| code.contains(word)) {
                found.push(format!("{}:{}: {}", file.path, number + 1, line.trim()));
            }
        }
    }
    found
}

fn assert_none(found: &[String]) {
    assert!(found.is_empty(), "{} found:\n{}", found.len(), found.join("\n"));
}

/// The stages of the cycle in their order, as folders of `app/src/web`.
const STAGES: [&str; 4] = ["network", "convene", "meet", "agree"];

/// Pages that lead into the stages, and the list of all addresses.
const DOORS: [&str; 3] = ["about.rs", "home.rs", "mod.rs"];

#[test]
fn a_stage_names_only_earlier_ones() {
    let web = "crates/app/src/web/";
    let stage_of =
        |line: &str| STAGES.iter().position(|stage| line.starts_with(&format!("{web}{stage}/")));
    for (at, stage) in STAGES.iter().enumerate() {
        let named = [format!("{stage}::"), format!("{stage},"), format!("{stage}}}")];
        let words: Vec<&str> = named.iter().map(String::as_str).collect();
        let doors: Vec<String> = DOORS.iter().map(|door| format!("{web}{door}")).collect();
        let doors: Vec<&str> = doors.iter().map(String::as_str).collect();
        let found = lines_with(web, &words, &doors);
        let ahead: Vec<String> =
            found.into_iter().filter(|line| stage_of(line) < Some(at)).collect();
        assert_none(&ahead);
    }
}

#[test]
fn the_core_has_no_clock_no_chance_no_input_and_no_output() {
    let words = [
        "::now()",
        "now_v7",
        "new_v4",
        "SystemTime",
        "std::time",
        "std::fs",
        "std::net",
        "std::io",
        "std::env",
        "std::process",
        "std::thread",
        "getrandom",
        "rand::",
        "async ",
        ".await",
        "tokio",
        "diesel",
        "println!",
        "thread_rng",
    ];
    assert_none(&lines_with("crates/domain/src/", &words, &[]));
    let words = ["async ", ".await", "std::fs", "std::net", "getrandom", "now_v7", "new_v4"];
    assert_none(&lines_with("crates/outputs/src/", &words, &[]));
}

#[test]
fn one_file_reads_the_clock_and_draws_secrets() {
    let words = ["Timestamp::now", "Zoned::now", "SystemTime", "now_v7", "new_v4", "getrandom"];
    assert_none(&lines_with("crates/app/src/", &words, &["crates/app/src/chance.rs"]));
    assert_none(&lines_with("crates/store/src/", &words, &[]));
}

#[test]
fn one_file_opens_transactions() {
    let words = [".transaction(", "\"begin", "build_transaction"];
    assert_none(&lines_with("crates/store/src/", &words, &["crates/store/src/db.rs"]));
    assert_none(&lines_with("crates/app/src/", &words, &[]));
}

#[test]
fn nothing_is_left_undone_or_silenced() {
    let words = ["#[allow", "#![allow", "#[ignore", "todo!(", "unimplemented!("];
    let mut found = lines_with("crates/", &words, &["crates/app/tests/app/architecture.rs"]);
    let marks = [["TO", "DO"].concat(), ["FIX", "ME"].concat()];
    for file in files(&[".rs", ".py", ".js", ".css", ".sh", ".toml", ".md", ".ftl"]) {
        for (number, line) in file.text.lines().enumerate() {
            if marks.iter().any(|mark| line.contains(mark.as_str())) {
                found.push(format!("{}:{}: {}", file.path, number + 1, line.trim()));
            }
        }
    }
    assert_none(&found);
}

#[test]
fn files_and_lines_are_short() {
    let mut found = Vec::new();
    let endings = [".rs", ".py", ".js", ".css", ".sh", ".sql", ".toml", ".ftl", ".typ"];
    for file in files(&endings).into_iter().chain(scripts()) {
        let lines = file.text.lines().count();
        if lines > 500 {
            found.push(format!("{} has {lines} lines", file.path));
        }
        // A sentence of the locale files is one line.
        let prose = file.path.contains("/locales/");
        let long = |line: &str| !prose && line.chars().count() > 110;
        for (number, line) in file.text.lines().enumerate().filter(|(_, line)| long(line)) {
            found.push(format!(
                "{}:{} has {} columns",
                file.path,
                number + 1,
                line.chars().count()
            ));
        }
    }
    assert_none(&found);
}

/// Scripts have no ending.
fn scripts() -> Vec<Source> {
    let folders = [root().join("script"), root().join(".ci")];
    let entries = folders.iter().filter_map(|f| std::fs::read_dir(f).ok()).flatten().flatten();
    let plain = entries.map(|e| e.path()).filter(|p| p.is_file() && p.extension().is_none());
    plain
        .map(|path| Source {
            text: std::fs::read_to_string(&path).expect("a script"),
            path: path.display().to_string(),
        })
        .collect()
}

#[test]
fn the_style_sheet_knows_no_left_and_no_right() {
    let css = files(&["style.css"]).remove(0).text;
    let physical = [
        "margin-left",
        "margin-right",
        "padding-left",
        "padding-right",
        "border-left",
        "border-right",
        "left:",
        "right:",
        "text-align: left",
        "text-align: right",
        "float: left",
        "float: right",
        "-top-left",
        "-top-right",
        "-bottom-left",
        "-bottom-right",
    ];
    let lines = css.lines().enumerate();
    let found = lines.filter(|(_, line)| physical.iter().any(|word| line.contains(word)));
    assert_none(&found.map(|(n, line)| format!("style.css:{}: {line}", n + 1)).collect::<Vec<_>>());
}

#[test]
fn pages_carry_no_inline_style_or_script() {
    let found = lines_with("crates/app/src/web/", &[" style=", " onclick=", " onchange="], &[]);
    assert_none(&found);
}

/// A physical address of a package registry would bind the project to one place.
#[test]
fn no_file_names_a_registry_host() {
    let hosts = [["static.", "crates.io"], ["files.", "pythonhosted"], ["registry.", "npmjs"]];
    let hosts = hosts.map(|parts| parts.concat());
    let endings = [".rs", ".py", ".js", ".sh", ".toml", ".md", ".json", ".txt", ".cfg"];
    let all = files(&endings).into_iter().chain(scripts());
    let found = all.filter(|f| hosts.iter().any(|host| f.text.contains(host.as_str())));
    assert_none(&found.map(|f| f.path).collect::<Vec<_>>());
}

/// What `cargo tree` prints of a selection: crates with their features, each once.
fn tree(selection: &[&str], edges: &str) -> BTreeSet<String> {
    let output = std::process::Command::new(env!("CARGO"))
        .args(["tree", "--offline", "--locked", "--prefix", "none", "--format", "{p} {f}"])
        .args(["--edges", edges])
        .args(selection)
        .current_dir(root())
        .output()
        .expect("cargo");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.lines().map(|line| line.trim_end_matches(" (*)").trim_end().to_owned()).collect()
}

fn crate_of(line: &str) -> String {
    line.split(' ').take(2).collect::<Vec<_>>().join(" ")
}

/// A development dependency that turns a feature on below typst makes Cargo build typst twice, once
/// for the product and once for its tests: ten minutes on a small machine.
#[test]
fn the_tests_use_typst_as_the_product_has_built_it() {
    let below: BTreeSet<String> =
        tree(&["--package", "typst"], "normal,build").iter().map(|line| crate_of(line)).collect();
    let product = tree(&["--package", "caravanserai"], "normal,build");
    for selection in [&["--package", "caravanserai"][..], &["--workspace"][..]] {
        let tests = tree(selection, "normal,build,dev");
        let other = tests.difference(&product).filter(|line| below.contains(&crate_of(line)));
        assert_none(&other.cloned().collect::<Vec<_>>());
    }
}
