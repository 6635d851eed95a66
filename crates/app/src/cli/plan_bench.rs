//! `plan bench`: every problem of a folder, ours beside the peers, each in a process of its own and one
//! after the other; a table for people, with the machine named.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::Context as _;
use clap::Args;
use planner::Status;
use serde::Deserialize;

use super::{plan_file::write, plan_report::Verdict};

/// The peers, by the name of their script.
const PEERS: [(&str, &str); 2] = [("cpsat", "OR-Tools CP-SAT"), ("rc2", "RC2")];

/// `plan bench`
#[derive(Debug, Args)]
pub(super) struct Bench {
    /// The folder: B2B `.dzn` files and summit-1 or own `.json` files
    #[arg(value_name = "FOLDER")]
    folder: PathBuf,
    /// CPU seconds that each may use on each problem
    #[arg(long, value_name = "SECONDS", default_value_t = 20.0)]
    cpu: f64,
    /// A Python with `ortools` and `python-sat`: the peers run on B2B problems when it is given
    #[arg(long, value_name = "PYTHON", requires = "peers")]
    python: Option<PathBuf>,
    /// The folder of the peers' scripts, `cpsat.py` and `rc2.py`
    #[arg(long, value_name = "FOLDER")]
    peers: Option<PathBuf>,
    /// Where the table is written, as Markdown
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

/// How one run ended.
#[derive(Clone, Debug, Deserialize)]
struct Line {
    status: Status,
    score: Option<f64>,
    bound: Option<f64>,
    cpu_s: f64,
}

impl Line {
    fn cells(line: Option<&Self>) -> String {
        let Some(line) = line else { return "– | – | –".to_owned() };
        let number = |n: Option<f64>| n.map_or("–".to_owned(), |n| format!("{n:.0}"));
        let score = match line.status {
            Status::Infeasible => "impossible".to_owned(),
            Status::Unknown => "none found".to_owned(),
            Status::Optimal => format!("**{}**", number(line.score)),
            Status::Feasible => number(line.score),
        };
        format!("{score} | {} | {:.2}", number(line.bound), line.cpu_s)
    }
}

impl Bench {
    pub(super) fn run(&self) -> anyhow::Result<Verdict> {
        let scratch = std::env::temp_dir().join(format!("bench-{}", std::process::id()));
        fs::create_dir_all(&scratch)?;
        let done = self.measured(&scratch.join("plan.json"));
        fs::remove_dir_all(&scratch).ok();
        let lines = done?;
        write(&self.out, &self.table(&lines))?;
        let proved = lines.values().filter_map(|all| all[0].as_ref());
        let proved = proved.filter(|l| matches!(l.status, Status::Optimal | Status::Infeasible));
        #[expect(clippy::cast_precision_loss, reason = "a count of files")]
        let share = proved.count() as f64 / lines.len().max(1) as f64;
        println!("{}", serde_json::json!({ "problems": lines.len(), "proved": share }));
        Ok(Verdict { status: Status::Feasible, score: None, bound: None, exit: 0 })
    }

    /// The problems of the folder, in the order of their names.
    fn problems(&self) -> anyhow::Result<Vec<PathBuf>> {
        let cannot = || format!("cannot read {}", self.folder.display());
        let mut found = Vec::new();
        for entry in fs::read_dir(&self.folder).with_context(cannot)? {
            let path = entry.with_context(cannot)?.path();
            if path.extension().is_some_and(|end| end == "dzn" || end == "json") {
                found.push(path);
            }
        }
        found.sort();
        anyhow::ensure!(!found.is_empty(), "{} has no .dzn or .json", self.folder.display());
        Ok(found)
    }

    /// Ours and the peers, for each problem.
    fn measured(&self, out: &Path) -> anyhow::Result<BTreeMap<String, Vec<Option<Line>>>> {
        let mut lines = BTreeMap::new();
        let cpu = self.cpu.to_string();
        for path in self.problems()? {
            let name = path.file_name().map_or(String::new(), |n| n.to_string_lossy().into_owned());
            let mut ours = Command::new(std::env::current_exe()?);
            ours.args(["plan", "solve"]).arg(&path).arg("--out").arg(out).args(["--cpu", &cpu]);
            let mut all = vec![ended(&mut ours)];
            let asked = path.extension().is_some_and(|end| end == "dzn");
            for (script, _) in PEERS {
                let peer = self.python.as_ref().zip(self.peers.as_ref()).filter(|_| asked);
                all.push(peer.and_then(|(python, folder)| {
                    let mut peer = Command::new(python);
                    peer.arg(folder.join(format!("{script}.py"))).arg(&path);
                    ended(peer.arg("--out").arg(out).args(["--cpu", &cpu]))
                }));
            }
            let cells: Vec<String> = all.iter().map(|l| Line::cells(l.as_ref())).collect();
            eprintln!("{name}: {}", cells.join(" || "));
            lines.insert(name, all);
        }
        Ok(lines)
    }

    fn table(&self, lines: &BTreeMap<String, Vec<Option<Line>>>) -> String {
        let mut text = format!(
            "# The planner, measured\n\nMade by `script/bench-planner`, on {}.\nEach run had {} CPU \
             seconds, all threads together, in a process of its own.\nScores in bold are proved to be \
             the best there is; lower is better. CPU is in seconds, reading included.\n\n",
            machine(),
            self.cpu
        );
        let names: Vec<&str> = ["Ours"].into_iter().chain(PEERS.map(|(_, name)| name)).collect();
        let heads: Vec<String> = names.iter().map(|n| format!("{n} | bound | CPU")).collect();
        writeln!(text, "| problem | {} |", heads.join(" | ")).ok();
        writeln!(text, "|---|{}", "--:|--:|--:|".repeat(names.len())).ok();
        for (name, all) in lines {
            let cells: Vec<String> = all.iter().map(|line| Line::cells(line.as_ref())).collect();
            writeln!(text, "| {name} | {} |", cells.join(" | ")).ok();
        }
        text.push('\n');
        for (at, name) in names.iter().enumerate() {
            let ran: Vec<&Line> = lines.values().filter_map(|all| all[at].as_ref()).collect();
            let proved = |l: &&&Line| matches!(l.status, Status::Optimal | Status::Infeasible);
            let cpu: f64 = ran.iter().map(|line| line.cpu_s).sum();
            if !ran.is_empty() {
                let proved = ran.iter().filter(proved).count();
                writeln!(text, "- {name}: {proved} of {} proved, {cpu:.1} CPU s in all", ran.len())
                    .ok();
            }
        }
        text
    }
}

/// The last line of a run; none when it gave no such line.
fn ended(command: &mut Command) -> Option<Line> {
    let output = command.output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    serde_json::from_str(text.lines().last()?).ok()
}

/// The machine, by its processor and cores.
fn machine() -> String {
    let told = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = told.lines().find_map(|line| line.strip_prefix("model name")?.split(": ").nth(1));
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    format!("{} with {cores} cores", model.unwrap_or("a machine that does not name its processor"))
}
