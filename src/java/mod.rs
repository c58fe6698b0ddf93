//! What Java does to plain numbers and texts, without any value of a template in it.

pub(crate) mod base64;
pub(crate) mod big_decimal;
pub(crate) mod escape;
pub(crate) mod format;
pub(crate) mod hash_map;
pub(crate) mod number;
pub(crate) mod regex;
pub(crate) mod text;
pub(crate) mod url;
pub(crate) mod utf8;
