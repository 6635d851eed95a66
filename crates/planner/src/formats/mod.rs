//! Reading problems and plans, and writing plans: our own JSON, summit-1 JSON and B2B `.dzn`.
//!
//! Our own JSON is `{"problem": …, "market": …, "events": […]}`, the last two being optional; its schema
//! is [`SCHEMA`].

mod b2b;
mod summit;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::{
    matching::Market,
    problem::{
        Problem,
        event::Event,
        fault::{Fault, Faults},
        id::ActivityId,
        plan::{Placement, Plan},
        spec::{Slot, Spec},
    },
};

/// Largest text that is read, in bytes.
pub const LARGEST: usize = 64 << 20;

/// The JSON Schema (2020-12) of our own format.
pub const SCHEMA: &str = include_str!("../../schema/case.schema.json");

/// How a problem is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Our own JSON.
    Own,
    /// summit-1 JSON.
    Summit,
    /// B2B `.dzn`.
    B2b,
}

impl Format {
    /// The format that a text seems to have.
    pub fn of(text: &str) -> Self {
        let json = text.trim_start().starts_with('{');
        if !json {
            Self::B2b
        } else if text.contains("\"summit-1\"") && says_summit(text) {
            Self::Summit
        } else {
            Self::Own
        }
    }
}

/// Whether `format` says so: names and sources may be called the same. In JSON that cannot be read the word
/// alone has to do.
fn says_summit(text: &str) -> bool {
    #[derive(Deserialize)]
    struct Probe {
        #[serde(default)]
        format: Option<serde_json::Value>,
    }
    serde_json::from_str(text)
        .map_or(true, |Probe { format }| format.is_some_and(|it| it == "summit-1"))
}

/// Everything that a file says.
#[derive(Clone, Debug)]
pub struct Case {
    /// How it was written, and how its plans are.
    pub format: Format,
    /// The problem.
    pub problem: Problem,
    /// Who wishes to meet whom.
    pub market: Option<Market>,
    /// What may happen later.
    pub events: Vec<Event>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    problem: Spec,
    #[serde(default)]
    market: Option<Market>,
    #[serde(default)]
    events: Vec<Event>,
}

fn text(bytes: &[u8]) -> Result<&str, Faults> {
    if bytes.len() > LARGEST {
        return Err(Fault::malformed(format!("longer than {LARGEST} bytes")));
    }
    std::str::from_utf8(bytes).map_err(|error| Fault::malformed(error.to_string()))
}

/// Reads JSON; an error names the path to the value. To know the path costs more than to read, so that it is
/// looked for only in what cannot be read.
fn json<T: DeserializeOwned>(text: &str) -> Result<T, Faults> {
    if let Ok(value) = serde_json::from_str(text) {
        return Ok(value);
    }
    let mut reader = serde_json::Deserializer::from_str(text);
    let value = serde_path_to_error::deserialize(&mut reader)
        .map_err(|error| Fault::malformed(error.to_string()))?;
    reader.end().map_err(|error| Fault::malformed(error.to_string()))?;
    Ok(value)
}

/// Reads a case in any format. `spread` is the most by which the breaks of two people may differ, which B2B
/// files do not say.
pub fn read(bytes: &[u8], spread: Option<u32>) -> Result<Case, Faults> {
    let text = text(bytes)?;
    let case = match Format::of(text) {
        Format::B2b => b2b::read(text, spread),
        Format::Summit => summit::read(text),
        Format::Own => {
            let document: Document = json(text)?;
            let Document { problem, market, events } = document;
            Ok(Case { format: Format::Own, problem: Problem::new(problem)?, market, events })
        }
    }?;
    let market = case.market.as_ref();
    market.map_or(Ok(()), |market| market.check(case.problem.spec()))?;
    Ok(case)
}

/// Reads a problem alone, in our own JSON.
pub fn read_problem(bytes: &[u8]) -> Result<Problem, Faults> {
    Problem::new(json(text(bytes)?)?)
}

/// Reads a plan in the format of its case.
pub fn read_plan(case: &Case, bytes: &[u8]) -> Result<Plan, Faults> {
    let text = text(bytes)?;
    match case.format {
        Format::Own => json(text),
        Format::Summit => json::<Numbered>(text).map(|plan| plan.named(case.problem.spec())),
        Format::B2b => b2b::read_plan(case, text),
    }
}

/// Writes a plan in the format of its case.
pub fn write(case: &Case, plan: &Plan) -> String {
    let text = match case.format {
        Format::Own => serde_json::to_string(plan),
        Format::Summit => serde_json::to_string(&Numbered::new(plan)),
        Format::B2b => Ok(b2b::write(case, plan).to_string()),
    };
    text.unwrap_or_default()
}

/// The name of the object at this place of a list; an unknown number is its own name.
fn named<T, N: Clone + From<String>>(number: u32, list: &[T], name: impl Fn(&T) -> &N) -> N {
    let known = list.get(number as usize).map(|it| name(it).clone());
    known.unwrap_or_else(|| N::from(number.to_string()))
}

/// A plan whose objects are called by number.
#[derive(Serialize, Deserialize)]
struct Numbered {
    activities: BTreeMap<String, NumberedPlacement>,
}

#[derive(Serialize, Deserialize)]
struct NumberedPlacement {
    start: Slot,
    hall: u32,
    #[serde(default)]
    interpreters: Vec<u32>,
}

impl Numbered {
    fn new(plan: &Plan) -> Self {
        let number = |key: &str| key.parse().unwrap_or(u32::MAX);
        let place = |(id, placement): (&ActivityId, &Placement)| {
            let team = placement.interpreters.iter().map(|i| number(i.as_str()));
            let placement = NumberedPlacement {
                start: placement.start,
                hall: number(placement.hall.as_str()),
                interpreters: team.collect(),
            };
            (id.as_str().to_owned(), placement)
        };
        Self { activities: plan.activities.iter().map(place).collect() }
    }

    /// The plan with the names of the objects, which share their text with those of the problem.
    fn named(self, spec: &Spec) -> Plan {
        let hall = |number: u32| named(number, &spec.halls, |hall| &hall.id);
        let one = |number: &u32| named(*number, &spec.interpreters, |one| &one.id);
        let place = |(id, placement): (String, NumberedPlacement)| {
            let placement = Placement {
                start: placement.start,
                hall: hall(placement.hall),
                interpreters: placement.interpreters.iter().map(one).collect(),
            };
            (ActivityId::new(id), placement)
        };
        Plan { activities: self.activities.into_iter().map(place).collect() }
    }
}
