//! Plans from the command line: `plan solve IN OUT [--cpu S] [--steps N] [--seed N] [--threads N]
//! [--fairness D]`,
//! `plan check IN PLAN [--fairness D]`.

use std::{env, fs, ops::ControlFlow, process::ExitCode, time::Duration};

use planner::{Budget, check, formats, repair_within as repair, score, solve};

struct Arguments(Vec<String>);

impl Arguments {
    fn option<T: std::str::FromStr>(&mut self, name: &str) -> Option<T> {
        let at = self.0.iter().position(|word| word == name)?;
        self.0.remove(at);
        (at < self.0.len()).then(|| self.0.remove(at)).and_then(|word| word.parse().ok())
    }
}

fn main() -> ExitCode {
    match run(Arguments(env::args().skip(1).collect())) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(4),
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}

fn run(mut arguments: Arguments) -> Result<bool, Box<dyn std::error::Error>> {
    let cpu: Option<f64> = arguments.option("--cpu");
    let budget = Budget {
        steps: arguments.option("--steps"),
        seed: arguments.option("--seed").unwrap_or(1),
        threads: arguments.option("--threads").unwrap_or(1),
        cpu: cpu.map(Duration::from_secs_f64),
    };
    let spread: i64 = arguments.option("--fairness").unwrap_or(2);
    let [command, input, file] = arguments.0.as_slice() else {
        return Err("see the source".into());
    };
    let case = formats::read(&fs::read(input)?, u32::try_from(spread).ok())?;
    let problem = &case.problem;
    if command == "check" {
        let plan = formats::read_plan(&case, &fs::read(file)?)?;
        let found = check(problem, &plan);
        let rules: Vec<_> = found.iter().map(|violation| violation.rule.code()).collect();
        let score = score(problem, &plan);
        println!("{}", serde_json::json!({"violations": rules, "score": score}));
        return Ok(found.is_empty());
    }
    if command == "repair" {
        let base = formats::read_plan(&case, &fs::read(file)?)?;
        let effort = planner::Effort {
            steps: budget.steps.unwrap_or(1000),
            seed: budget.seed,
            cpu: budget.cpu,
        };
        for (k, event) in case.events.iter().enumerate() {
            let start = cpu_time::ThreadTime::now();
            let (after, ways) = repair(problem.clone(), &base, event, &effort)?;
            let ms = start.elapsed().as_secs_f64() * 1e3;
            for way in &ways {
                let (c, hard) = (&way.changes, check(&after, &way.plan).len());
                println!(
                    "{k} {:?} ms {ms:.1} hard {hard} moved {} dropped {} restaffed {} people {} \
                     score {:.0} {:?} {:?}",
                    way.aim,
                    c.moved.len(),
                    c.dropped.len(),
                    c.restaffed.len(),
                    c.people.len(),
                    way.score.total,
                    way.proved,
                    way.conflict.iter().map(planner::ActivityId::as_str).collect::<Vec<_>>()
                );
            }
            fs::write(format!("{file}.repair{k}"), formats::write(&case, &ways[0].plan))?;
        }
        return Ok(true);
    }
    if command == "match" {
        let market = case.market.clone().unwrap_or_default();
        let clock = cpu_time::ThreadTime::now();
        let found = planner::suggest(&market, budget.steps.unwrap_or(3_000_000), budget.seed);
        let pairs: Vec<[u32; 2]> = found
            .suggestions
            .iter()
            .map(|s| {
                [s.pair.0.as_str().parse().unwrap_or(0), s.pair.1.as_str().parse().unwrap_or(0)]
            })
            .collect();
        fs::write(file, serde_json::to_string(&pairs)?)?;
        println!(
            "{:.2} s, mutual {:.1}, blocking {}, smallest {:.3}",
            clock.elapsed().as_secs_f64(),
            found.mutual,
            found.blocking,
            found.smallest_share()
        );
        return Ok(true);
    }
    let (clock, mut last) = (cpu_time::ThreadTime::now(), (0, f64::MAX, None));
    let outcome = solve(problem, &budget, &mut |progress| {
        let now = (progress.unplaced, progress.score, progress.bound);
        if now != last {
            last = now;
            let spent = clock.elapsed().as_secs_f64();
            let (unplaced, score, bound) = now;
            eprintln!("{spent:.3} s {}: {unplaced} out, {score:.0} / {bound:?}", progress.steps);
        }
        ControlFlow::Continue(())
    });
    eprintln!();
    fs::write(file, formats::write(&case, &outcome.plan))?;
    let line = serde_json::json!({
        "status": outcome.status, "score": outcome.score.total, "bound": outcome.bound,
        "steps": outcome.steps, "terms": outcome.score, "unplaced": outcome.unplaced.len(),
        "violations": check(problem, &outcome.plan).len(),
        "conflict": outcome.conflict, "uneven": outcome.uneven,
    });
    println!("{line}");
    Ok(true)
}
