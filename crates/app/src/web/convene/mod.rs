//! Before they meet: the edition, its topics, who is invited, who comes, who holds which office.

pub mod contact;
pub mod delegate;
pub mod delegate_form;
pub mod delegate_import;
pub mod delegate_preview;
pub mod delegation;
pub mod delegation_form;
pub mod delegation_import;
pub mod delegation_order;
pub mod delegation_preview;
pub mod edition;
pub mod edition_call;
pub mod edition_form;
pub mod invitation;
pub mod invitation_answer;
pub mod invitation_form;
pub mod invitation_letter;
pub mod invitation_outgoing;
pub mod invitation_page;
pub mod invitation_reply;
pub mod invitation_whom;
pub mod office;
pub mod people_list;
pub mod people_list_view;
pub mod topic;
pub mod topic_act;
pub mod topic_form;

use super::route::Route;

/// Every address of convening.
pub fn routes() -> Vec<Route> {
    [
        delegate::routes(),
        delegate_import::routes(),
        delegation::routes(),
        delegation_form::routes(),
        delegation_import::routes(),
        delegation_order::routes(),
        edition::routes(),
        edition_call::routes(),
        edition_form::routes(),
        invitation::routes(),
        invitation_answer::routes(),
        invitation_form::routes(),
        invitation_letter::routes(),
        invitation_outgoing::routes(),
        invitation_page::routes(),
        invitation_reply::routes(),
        office::routes(),
        topic::routes(),
        topic_act::routes(),
        topic_form::routes(),
    ]
    .concat()
}
