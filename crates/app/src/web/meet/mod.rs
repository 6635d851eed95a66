//! The programme: where and when they meet, who interprets, how it is planned, released and mended.

pub mod agenda;
pub mod agenda_feed;
pub mod agenda_print;
pub mod agenda_words;
pub mod assignment;
pub mod assignment_feed;
pub mod assignment_print;
pub mod board;
pub mod coverage;
pub mod day_sheet;
pub mod disruption;
pub mod disruption_cost;
pub mod disruption_form;
pub mod disruption_told;
pub mod disruption_way;
pub mod feed;
pub mod hall;
pub mod hall_sheet;
pub mod interpretation;
pub mod interpretation_words;
pub mod interpreter;
pub mod interpreter_account;
pub mod interpreter_form;
pub mod interpreter_import;
pub mod interpreter_news;
pub mod journey_sheet;
pub mod meeting;
pub mod meeting_act;
pub mod meeting_form;
pub mod meeting_import;
pub mod meeting_news;
pub mod meeting_preview;
mod meeting_proposal;
pub mod meeting_suggest;
pub mod notice;
pub mod pin;
pub mod plan;
pub mod plan_files;
pub mod plan_grid;
pub mod plan_view;
pub mod programme;
pub mod programme_changes;
pub mod programme_files;
pub mod programme_line;
pub mod programme_news;
pub mod programme_release;
pub mod session;
pub mod session_form;
pub mod venue;

use super::route::Route;

/// Every address of the programme.
pub fn routes() -> Vec<Route> {
    [
        agenda::routes(),
        agenda_feed::routes(),
        agenda_print::routes(),
        assignment::routes(),
        assignment_feed::routes(),
        assignment_print::routes(),
        coverage::routes(),
        day_sheet::routes(),
        disruption::routes(),
        hall::routes(),
        hall_sheet::routes(),
        interpretation::routes(),
        interpreter::routes(),
        interpreter_import::routes(),
        journey_sheet::routes(),
        meeting::routes(),
        meeting_act::routes(),
        meeting_form::routes(),
        meeting_import::routes(),
        meeting_proposal::routes(),
        notice::routes(),
        pin::routes(),
        plan::routes(),
        plan_files::routes(),
        plan_view::routes(),
        programme::routes(),
        programme_changes::routes(),
        programme_files::routes(),
        programme_release::routes(),
        session::routes(),
        venue::routes(),
    ]
    .concat()
}
