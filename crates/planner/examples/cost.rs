//! What planning costs against the size of a problem, from a handful of activities to ten thousand: drawn as
//! an SVG on standard output, the figures on standard error. CPU of one thread, on samples.

use std::{hint::black_box, ops::ControlFlow};

use cpu_time::ThreadTime;
use planner::{
    Budget, Effort, Event, News, Plan, Problem, check, formats, repair,
    sample::{self, Size},
    solve,
};

const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 440.0;
/// Around the drawing: left, top, right, bottom.
const MARGIN: [f64; 4] = [70.0, 20.0, 190.0, 50.0];
/// Powers of ten at the ends of the axes: activities, and seconds.
const ACROSS: (i32, i32) = (1, 5);
const UP: (i32, i32) = (-6, 1);

/// One curve: what is measured, its colour, and its points.
struct Curve {
    name: &'static str,
    colour: &'static str,
    points: Vec<(f64, f64)>,
}

/// The least of a few runs, in seconds.
fn seconds(times: u32, mut run: impl FnMut()) -> f64 {
    let once = |()| {
        let clock = ThreadTime::now();
        run();
        clock.elapsed().as_secs_f64()
    };
    std::iter::repeat_n((), times as usize).map(once).fold(f64::INFINITY, f64::min)
}

fn plan(problem: &Problem, steps: u64) -> Plan {
    let budget = Budget { steps: Some(steps), ..Budget::default() };
    solve(problem, &budget, &mut |_| ControlFlow::Continue(())).plan
}

fn measure() -> Vec<Curve> {
    const STEPS: u32 = 4_000;
    let names = [
        ("read the file", "#7a7a7a"),
        ("first plan and its bound", "#b3541e"),
        ("one step of search", "#1e6fb3"),
        ("check a plan", "#2f8f4e"),
        ("repair, an interpreter out", "#8a3fa0"),
    ];
    let curve = |(name, colour)| Curve { name, colour, points: Vec::new() };
    let mut curves: Vec<Curve> = names.map(curve).into();
    for (name, size) in Size::ALL {
        let spec = sample::problem(size, 1);
        let count = u32::try_from(spec.activities.len()).map_or(f64::INFINITY, f64::from);
        let text = serde_json::json!({ "problem": spec }).to_string();
        let problem = Problem::new(spec).expect("samples are sound");
        let base = plan(&problem, 0);
        let first = seconds(3, || drop(black_box(plan(&problem, 0))));
        let long = seconds(1, || drop(black_box(plan(&problem, STEPS.into()))));
        let interpreter = problem.spec().interpreters[0].id.clone();
        let event = Event { now: 0, news: News::InterpreterOut { interpreter, day: 0 } };
        let effort = Effort::default();
        let costs = [
            seconds(3, || drop(black_box(formats::read(text.as_bytes(), None)))),
            first,
            (long - first).max(0.0) / f64::from(STEPS),
            seconds(3, || drop(black_box(check(&problem, &base)))),
            seconds(3, || drop(black_box(repair(problem.clone(), &base, &event, &effort)))),
        ];
        for (curve, cost) in curves.iter_mut().zip(costs) {
            eprintln!("{name} {count} activities: {}, {:.3} ms", curve.name, 1e3 * cost);
            curve.points.push((count, cost));
        }
    }
    curves
}

fn x(count: f64) -> f64 {
    let (from, to) = (f64::from(ACROSS.0), f64::from(ACROSS.1));
    MARGIN[0] + (count.log10() - from) / (to - from) * (WIDTH - MARGIN[0] - MARGIN[2])
}

fn y(seconds: f64) -> f64 {
    let (from, to) = (f64::from(UP.0), f64::from(UP.1));
    let part = ((seconds.max(1e-9).log10() - from) / (to - from)).clamp(0.0, 1.0);
    HEIGHT - MARGIN[3] - part * (HEIGHT - MARGIN[1] - MARGIN[3])
}

fn axes() {
    let (left, right) = (MARGIN[0], WIDTH - MARGIN[2]);
    let (top, bottom) = (MARGIN[1], HEIGHT - MARGIN[3]);
    for power in ACROSS.0..=ACROSS.1 {
        let (at, label) = (x(10_f64.powi(power)), 10_u32.pow(power.unsigned_abs()));
        println!(r##"<path d="M{at:.1} {top}V{bottom}" stroke="#ddd"/>"##);
        println!(r#"<text x="{at:.1}" y="{}" text-anchor="middle">{label}</text>"#, bottom + 18.0);
    }
    let names = ["1 µs", "10 µs", "100 µs", "1 ms", "10 ms", "100 ms", "1 s", "10 s"];
    for (power, name) in (UP.0..=UP.1).zip(names) {
        let at = y(10_f64.powi(power));
        println!(r##"<path d="M{left} {at:.1}H{right}" stroke="#ddd"/>"##);
        println!(r#"<text x="{}" y="{:.1}" text-anchor="end">{name}</text>"#, left - 8.0, at + 4.0);
    }
    let (middle, below) = (f64::midpoint(left, right), HEIGHT - 10.0);
    println!(r#"<text x="{middle}" y="{below}" text-anchor="middle">activities</text>"#);
}

fn main() {
    let curves = measure();
    println!(r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}""#);
    println!(r#"  font-family="sans-serif" font-size="12">"#);
    println!("<title>CPU time of the planner against the number of activities</title>");
    println!(r##"<rect width="100%" height="100%" fill="#fff"/>"##);
    axes();
    for Curve { name, colour, points } in &curves {
        let at = |&(count, cost): &(f64, f64)| (x(count), y(cost));
        let line: Vec<String> =
            points.iter().map(at).map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
        let line = line.join(" ");
        println!(r#"<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>"#);
        for (x, y) in points.iter().map(at) {
            println!(r#"<circle cx="{x:.1}" cy="{y:.1}" r="3" fill="{colour}"/>"#);
        }
        if let Some((x, y)) = points.last().map(at) {
            let (x, y) = (x + 8.0, y + 4.0);
            println!(r#"<text x="{x:.1}" y="{y:.1}" fill="{colour}">{name}</text>"#);
        }
    }
    println!("</svg>");
}
