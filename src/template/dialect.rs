//! Which Velocity a template is written for.

/// The dialect of a template: where API Gateway differs from the engine that it runs.
///
/// Recorded answers of API Gateway agree with Apache Velocity 1.7 but for three things: a reference that leads nowhere
/// *is* the empty text (so it prints as nothing, equals `''` and is true), `#macro` is read and forgotten, and
/// `#evaluate` (with `#parse` and `#include`) is plain text. AppSync's dialect, which keeps null and adds `#return`, will
/// be a third.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Dialect {
    /// API Gateway's mapping templates
    #[default]
    ApiGateway,
    /// Apache Velocity 1.7 as it comes, without `$input`, `$util`, `$context` and `$stageVariables`
    Velocity,
}
