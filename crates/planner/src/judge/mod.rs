//! Judges any plan without the help of the search: what it breaks, what it costs, who is where.

pub(crate) mod check;
pub(crate) mod score;
pub(crate) mod timeline;
