//! stub
/// x
#[derive(Clone, Debug, PartialEq)]
pub struct Warning;
/// x
#[derive(Clone, Debug, PartialEq)]
pub enum Severity {
    /// x
    Warning,
}
