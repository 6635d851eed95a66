//! What a keeper of the machine asks: ready, how much. Whether the process is alive at all is
//! answered by [`super::serve`] without the database.

use std::fmt::Write as _;

use super::{
    observe,
    reply::{Fault, Outcome, Reply},
    request::Req,
    route::{Gate, Route, get},
};

/// The addresses of this file.
pub fn routes() -> Vec<Route> {
    vec![get("/readyz", Gate::Public, ready), get("/metrics", Gate::Public, metrics)]
}

fn plain(text: String) -> Reply {
    Reply::Bytes { media: "text/plain; charset=utf-8", name: None, bytes: text.into_bytes() }
}

/// Ready to answer: the database is there and has this binary's schema.
fn ready(req: &Req) -> Outcome {
    let pending = req.app.db.pending()?;
    if pending.is_empty() {
        return Ok(plain("ready\n".to_owned()));
    }
    Err(Fault::Broken(anyhow::anyhow!("{} migrations are missing", pending.len())))
}

/// Counts in the text format of Prometheus.
fn metrics(req: &Req) -> Outcome {
    let (jobs, mails) = req.read(|c| Ok((store::job::by_state(c)?, store::mail::by_state(c)?)))?;
    let answered = observe::answered();
    let answered = answered.iter().map(|(status, n)| (status.to_string(), n.to_string()));
    let of = |counts: Vec<(String, i64)>| -> Vec<(String, String)> {
        counts.into_iter().map(|(state, n)| (state, n.to_string())).collect()
    };
    let uptime = req.now.duration_since(observe::started()).as_secs().max(0);
    let mut text = String::new();
    let mut told = |metric: &Metric, values: &[(String, String)]| metric.tell(&mut text, values);
    told(&ANSWERS, &answered.collect::<Vec<_>>());
    told(&STATEMENTS, &[(String::new(), store::statements().to_string())]);
    told(&UPTIME, &[(String::new(), uptime.to_string())]);
    told(&JOBS, &of(jobs));
    told(&MAILS, &of(mails));
    Ok(plain(text))
}

/// A named number, or one number for each value of a label.
struct Metric {
    name: &'static str,
    kind: &'static str,
    help: &'static str,
    label: &'static str,
}

const ANSWERS: Metric = Metric {
    name: "caravanserai_answers_total",
    kind: "counter",
    help: "Answers since the start, by HTTP status.",
    label: "status",
};
const STATEMENTS: Metric = Metric {
    name: "caravanserai_statements_total",
    kind: "counter",
    help: "Statements sent to the database since the start.",
    label: "",
};
const UPTIME: Metric = Metric {
    name: "caravanserai_uptime_seconds",
    kind: "gauge",
    help: "Seconds since the start.",
    label: "",
};
const JOBS: Metric = Metric {
    name: "caravanserai_jobs",
    kind: "gauge",
    help: "Background jobs, by state.",
    label: "state",
};
const MAILS: Metric = Metric {
    name: "caravanserai_mails",
    kind: "gauge",
    help: "Messages of the outbox, by state.",
    label: "state",
};

impl Metric {
    fn tell(&self, text: &mut String, values: &[(String, String)]) {
        let Self { name, kind, help, label } = self;
        let mut line = |line: String| {
            // Writing to a string cannot fail.
            writeln!(text, "{line}").ok();
        };
        line(format!("# HELP {name} {help}"));
        line(format!("# TYPE {name} {kind}"));
        for (of, n) in values {
            if label.is_empty() {
                line(format!("{name} {n}"));
            } else {
                line(format!("{name}{{{label}=\"{of}\"}} {n}"));
            }
        }
    }
}
