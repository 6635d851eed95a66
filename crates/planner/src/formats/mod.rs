//! Reading problems and writing plans: our own JSON.

use crate::{
    fault::{Fault, Faults},
    plan::Plan,
    problem::Problem,
};

/// Largest text that is read, in bytes.
pub const LARGEST: usize = 64 << 20;

fn text(bytes: &[u8]) -> Result<&str, Faults> {
    if bytes.len() > LARGEST {
        return Err(Fault::malformed(format!("longer than {LARGEST} bytes")));
    }
    std::str::from_utf8(bytes).map_err(|error| Fault::malformed(error.to_string()))
}

/// Reads a problem in our own JSON.
pub fn read_problem(bytes: &[u8]) -> Result<Problem, Faults> {
    let spec = serde_json::from_str(text(bytes)?);
    Problem::new(spec.map_err(|error| Fault::malformed(error.to_string()))?)
}

/// Reads a plan in our own JSON.
pub fn read_plan(bytes: &[u8]) -> Result<Plan, Faults> {
    serde_json::from_str(text(bytes)?).map_err(|error| Fault::malformed(error.to_string()))
}
