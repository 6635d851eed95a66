//! A register that nobody can quietly change: an append-only log of formal acts, and the proof that
//! one of them is in it.
//!
//! An act (an adopted text, an instrument, a signature) is described by a [`manifest`]. Its salted
//! hash becomes one leaf of a tree ([`tree`], RFC 6962), published as [`tile`]s (C2SP tlog-tiles).
//! The log signs the tree's root as a [`checkpoint`], witnesses in other cities cosign it
//! ([`witness`]) and may keep a copy ([`mirror`]). A [`proof`] file carries all that a stranger needs:
//! [`verify::verify`] goes from a document to plain facts without network, database, clock or chance.
//!
//! Formats are those of <https://c2sp.org>: signed-note, tlog-checkpoint, tlog-cosignature, tlog-tiles,
//! tlog-proof, tlog-witness, tlog-policy. Every reader is strict: what it accepts is written back byte
//! for byte, and nothing read from outside can make it panic.

pub mod checkpoint;
pub mod edge;
mod fault;
pub mod key;
mod lines;
pub mod manifest;
pub mod mirror;
pub mod note;
pub mod policy;
pub mod proof;
pub mod rotation;
pub mod tile;
pub mod tree;
pub mod verify;
pub mod witness;

pub use fault::{Fault, Part};
pub use tree::Hash;
