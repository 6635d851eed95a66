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
        amendment_act::routes(),
        amendment_form::routes(),
        amendment_text::routes(),
        commitment::routes(),
        commitment_claim::routes(),
        commitment_form::routes(),
        consensus::routes(),
        consensus_act::routes(),
        console::routes(),
        console_unit::routes(),
        declaration::routes(),
        declaration_answer::routes(),
        declaration_edit::routes(),
        declaration_files::routes(),
        declaration_form::routes(),
        declaration_history::routes(),
        declaration_import::routes(),
        declaration_removed::routes(),
        declaration_review::routes(),
        display::routes(),
        glossary::routes(),
        glossary_file::routes(),
        instrument::routes(),
        instrument_form::routes(),
        instrument_officer::routes(),
        instrument_original::routes(),
        instrument_page::routes(),
        instrument_paper::routes(),
        instrument_party::routes(),
        instrument_run::routes(),
        instrument_signing::routes(),
        instrument_stage::routes(),
        instrument_text::routes(),
        register::routes(),
        register_act::routes(),
        register_files::routes(),
        support::routes(),
        support_group::routes(),
        unit::routes(),
        unit_act::routes(),
        unit_form::routes(),
        unit_write::routes(),
    ]
    .concat()
}
