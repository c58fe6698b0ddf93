use num_bigint::BigInt;
use std::borrow::Cow;
pub(crate) enum Argument<'a> {
    Null,
    Text(Cow<'a, str>),
    Bool(bool),
    Character(u16),
    Integer(i32),
    Long(i64),
    BigInteger(&'a BigInt),
    Double(f64),
    BigDecimal(Cow<'a, str>),
    Other { text: Cow<'a, str>, hash: i32 },
}
pub(crate) struct FormatError {
    pub(crate) class: &'static str,
    pub(crate) message: String,
}
pub(crate) fn format(
    _: &str,
    _: &[Argument<'_>],
    _: usize,
    _: &mut String,
) -> Result<(), FormatError> {
    Err(FormatError { class: "x", message: String::new() })
}
