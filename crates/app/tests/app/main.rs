//! Black-box tests of the whole product: requests in, answers out, no sockets.
//!
//! One binary, so that it links once. A noun's tests stand in the file of its name; each begins with
//! [`harness::TestApp::new`], which gives a fresh database with one small edition in it.

#[cfg(test)]
mod access;
#[cfg(test)]
mod agenda;
#[cfg(test)]
mod amendment;
#[cfg(test)]
mod api;
#[cfg(test)]
mod architecture;
#[cfg(test)]
mod bad_input;
#[cfg(test)]
mod budget;
#[cfg(test)]
mod city;
#[cfg(test)]
mod commitment;
#[cfg(test)]
mod confidence;
#[cfg(test)]
mod consensus;
#[cfg(test)]
mod declaration;
#[cfg(test)]
mod declaration_files;
#[cfg(test)]
mod declaration_import;
#[cfg(test)]
mod delegation;
mod delegation_import;
#[cfg(test)]
mod disruption;
#[cfg(test)]
mod disruption_news;
#[cfg(test)]
mod edition;
#[cfg(test)]
mod glossary;
#[cfg(test)]
mod harness;
#[cfg(test)]
mod home;
#[cfg(test)]
mod instrument;
#[cfg(test)]
mod instrument_text;
#[cfg(test)]
mod interpreter;
#[cfg(test)]
mod interpreter_import;
#[cfg(test)]
mod invitation;
#[cfg(test)]
mod licence;
#[cfg(test)]
mod locales;
#[cfg(test)]
mod meeting;
mod meeting_import;
#[cfg(test)]
mod meeting_proposal;
#[cfg(test)]
mod office;
#[cfg(test)]
mod operations;
#[cfg(test)]
mod outbox;
#[cfg(test)]
mod plan;
#[cfg(test)]
mod plan_file;
#[cfg(test)]
mod programme;
#[cfg(test)]
mod register;
#[cfg(test)]
mod register_desk;
#[cfg(test)]
mod register_kill;
#[cfg(test)]
mod register_text;
#[cfg(test)]
mod session;
#[cfg(test)]
mod sheet;
#[cfg(test)]
mod sign_in;
#[cfg(test)]
mod support;
#[cfg(test)]
mod topic;
#[cfg(test)]
mod unit;
#[cfg(test)]
mod venue;
