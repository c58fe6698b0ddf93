pub(crate) fn lint(_: &[super::ast::Node], _: &str, _: super::Dialect) -> Vec<crate::Warning> {
    Vec::new()
}
