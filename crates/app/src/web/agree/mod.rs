//! What they agree: texts and how they are negotiated, instruments, commitments, and the register.

pub mod amendment;
mod amendment_act;
mod amendment_form;
mod amendment_text;
pub mod amendment_view;
pub mod commitment;
pub mod commitment_claim;
pub mod commitment_form;
pub mod consensus;
mod consensus_act;
mod consensus_end;
pub mod consensus_news;
pub mod consensus_silence;
pub mod console;
mod console_unit;
pub mod declaration;
pub mod declaration_answer;
mod declaration_edit;
pub mod declaration_files;
mod declaration_form;
mod declaration_history;
mod declaration_import;
mod declaration_removed;
mod declaration_review;
mod declaration_text;
pub mod display;
pub mod glossary;
mod glossary_file;
pub mod instrument;
pub mod instrument_form;
pub mod instrument_news;
pub mod instrument_officer;
pub mod instrument_original;
pub mod instrument_page;
pub mod instrument_paper;
pub mod instrument_party;
pub mod instrument_record;
pub mod instrument_run;
pub mod instrument_signing;
pub mod instrument_stage;
pub mod instrument_text;
mod memory;
pub mod register;
pub mod register_act;
mod register_files;
pub mod support;
pub mod support_group;
pub mod unit;
mod unit_act;
mod unit_form;
mod unit_hint;
mod unit_write;
pub mod wording;

use super::route::Route;

/// Every address of agreeing.
pub fn routes() -> Vec<Route> {
    [
        amendment::routes(),
        commitment::routes(),
        consensus::routes(),
        console::routes(),
        declaration::routes(),
        declaration_files::routes(),
        display::routes(),
        instrument::routes(),
        register::routes(),
        support::routes(),
        support_group::routes(),
    ]
    .concat()
}
