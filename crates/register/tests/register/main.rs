//! The register from outside: right for every size, wrong for every changed bit, and read the same by
//! programs that others wrote.

mod interop;
mod log;
mod readers;
mod signatures;
mod story;
mod tamper;
mod tiles;
mod trees;
