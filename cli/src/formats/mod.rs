//! Findings for programs.

pub(crate) mod github;
pub(crate) mod json;
pub(crate) mod sarif;
