//! The hot paths from XS to L: `cargo bench -p planner`. Problems are samples, so nothing is read from
//! outside; one thread unless the name says otherwise.

use std::{hint::black_box, ops::ControlFlow, time::Duration};

use criterion::{
    BatchSize, BenchmarkGroup, BenchmarkId, Criterion, criterion_group, criterion_main,
    measurement::WallTime,
};
use planner::{
    Budget, DelegationId, Effort, Event, Market, News, Outcome, Party, Plan, Problem, Progress,
    Wish, check, explain, formats, improve, repair,
    sample::{self, Size},
    score, solve, suggest,
};

fn problem(size: Size) -> Problem {
    Problem::new(sample::problem(size, 1)).expect("samples are sound")
}

fn steps(steps: u64, threads: usize) -> Budget {
    Budget { steps: Some(steps), threads, ..Budget::default() }
}

fn go_on(_: Progress) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

fn first(problem: &Problem) -> Outcome {
    solve(problem, &steps(0, 1), &mut go_on)
}

/// A group whose largest member takes a second a time.
fn group<'a>(criterion: &'a mut Criterion, name: &str) -> BenchmarkGroup<'a, WallTime> {
    let mut group = criterion.benchmark_group(name);
    group.sample_size(10).warm_up_time(Duration::from_millis(500));
    group.measurement_time(Duration::from_secs(2));
    group
}

fn reading(criterion: &mut Criterion) {
    let mut group = group(criterion, "read");
    for (name, size) in Size::ALL {
        let text = serde_json::json!({ "problem": sample::problem(size, 1) }).to_string();
        group.bench_with_input(BenchmarkId::from_parameter(name), &text, |bench, text| {
            bench.iter(|| black_box(formats::read(text.as_bytes(), None)));
        });
    }
}

fn planning(criterion: &mut Criterion) {
    let mut group = group(criterion, "plan");
    for (name, size) in Size::ALL {
        let problem = problem(size);
        group.bench_function(BenchmarkId::new("first", name), |bench| {
            bench.iter(|| black_box(first(&problem)));
        });
        let plan = first(&problem).plan;
        for threads in [1, 2] {
            let budget = steps(2_000, threads);
            group.bench_function(
                BenchmarkId::new(format!("2000 steps, {threads}"), name),
                |bench| {
                    bench.iter(|| black_box(improve(&problem, &plan, &budget, &mut go_on)));
                },
            );
        }
    }
}

fn judging(criterion: &mut Criterion) {
    let mut group = group(criterion, "judge");
    for (name, size) in Size::ALL {
        let problem = problem(size);
        let plan = first(&problem).plan;
        group.bench_function(BenchmarkId::new("check", name), |bench| {
            bench.iter(|| black_box(check(&problem, &plan)));
        });
        group.bench_function(BenchmarkId::new("score", name), |bench| {
            bench.iter(|| black_box(score(&problem, &plan)));
        });
        let unplaced = first(&problem).unplaced;
        if let Some(id) = unplaced.first() {
            group.bench_function(BenchmarkId::new("explain", name), |bench| {
                bench.iter(|| black_box(explain(&problem, &plan, id)));
            });
        }
    }
}

fn repairing(criterion: &mut Criterion) {
    let mut group = group(criterion, "repair");
    for (name, size) in Size::ALL {
        let problem = problem(size);
        let plan: Plan = first(&problem).plan;
        let hall = problem.spec().halls[4].id.clone();
        let effort = Effort { steps: 1_000, ..Effort::default() };
        let event = Event { now: 10, news: News::HallLost { hall, span: (20, 30) } };
        group.bench_function(BenchmarkId::from_parameter(name), |bench| {
            let repair = |problem| black_box(repair(problem, &plan, &event, &effort));
            bench.iter_batched(|| problem.clone(), repair, BatchSize::LargeInput);
        });
    }
}

/// A market in which everybody has wishes for a third of the others.
fn market(parties: u32) -> Market {
    let id = |i: u32| DelegationId::new(format!("d{i}"));
    let score = |a: u32, b: u32| f64::from((a * 7_919 + b * 104_729 + a * b * 31) % 100);
    let party = |a: u32| Party {
        delegation: id(a),
        quota: parties / 4,
        wishes: (0..parties)
            .filter(|&b| b != a && score(a, b) >= 66.0)
            .map(|b| Wish { to: id(b), score: score(a, b) })
            .collect(),
    };
    Market { parties: (0..parties).map(party).collect(), ..Market::default() }
}

fn matching(criterion: &mut Criterion) {
    let mut group = group(criterion, "match");
    for parties in [10, 30, 100, 300] {
        let market = market(parties);
        group.bench_with_input(BenchmarkId::from_parameter(parties), &market, |bench, market| {
            bench.iter(|| black_box(suggest(market, 100_000, 1)));
        });
    }
}

criterion_group!(benches, reading, planning, judging, repairing, matching);
criterion_main!(benches);
