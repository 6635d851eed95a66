//! The planning problem and the draft as files of the planner's own JSON, so that anybody trusted with them
//! can plan, check and explain with `caravanserai plan`, beside the product or without it. There are
//! identifiers in them and no names.

use domain::{access::Action, edition::Edition};
use maud::{Markup, html};
use serde_json::json;

use super::{board::Board, plan};
use crate::{
    planning::Task,
    web::{
        reply::{Fault, Outcome, Reply},
        request::Req,
        route::{Gate, Route, get},
    },
};

/// The addresses of this noun.
pub fn routes() -> Vec<Route> {
    let plan = Gate::Office(Action::Plan);
    vec![
        get("/editions/{edition}/plan/problem/json", plan, problem),
        get("/editions/{edition}/plan/draft/json", plan, draft),
    ]
}

/// Links to the files.
pub fn links(req: &Req, edition: &Edition, board: &Board) -> Markup {
    let home = plan::home(edition);
    html! {
        details {
            summary { (req.t.get("plan-files")) }
            p { (req.t.get("plan-files-why")) }
            ul {
                li { a href={ (home) "/problem/json" } { (req.t.get("plan-files-problem")) } }
                @if board.plan.is_some() {
                    li { a href={ (home) "/draft/json" } { (req.t.get("plan-files-draft")) } }
                }
            }
        }
    }
}

fn problem(req: &Req) -> Outcome {
    let board = Board::load(req)?;
    let task = task(&board)?;
    file("problem", serde_json::to_vec_pretty(&json!({ "problem": task.problem.spec() })))
}

fn draft(req: &Req) -> Outcome {
    let board = Board::load(req)?;
    let draft = &board.plan.as_ref().ok_or(Fault::Missing)?.value;
    let plan = task(&board)?.adopt(&draft.slots, &draft.teams);
    file("plan", serde_json::to_vec_pretty(&plan))
}

/// What there is to be planned, on a grid on which the draft stands. What the next run is to keep of a
/// release is not in it.
fn task(board: &Board) -> Result<Task<'_>, Fault> {
    Task::over(&board.brief, &board.order().hours, board.slots())
        .map_err(|faults| Fault::Broken(anyhow::anyhow!("{faults}")))
}

fn file(name: &str, json: serde_json::Result<Vec<u8>>) -> Outcome {
    let bytes = json.map_err(|error| Fault::Broken(error.into()))?;
    Ok(Reply::Bytes { media: "application/json", name: Some(format!("{name}.json")), bytes })
}
