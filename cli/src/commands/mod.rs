//! A file for each command.

pub(crate) mod batch;
pub(crate) mod check;
pub(crate) mod completions;
pub(crate) mod render;
pub(crate) mod test;
pub(crate) mod trace;
