//! `java.lang.String` in a render: borrowed from the template or the payload, or shared when the template made it.

use std::borrow::Cow;
use std::ops::Deref;
use std::rc::Rc;

/// A text that is cheap to clone.
#[derive(Clone)]
pub(crate) enum Text<'r> {
    /// A piece of the template, the payload or the host's data
    Borrowed(&'r str),
    /// A text that the template made
    Shared(Rc<str>),
}

impl Text<'_> {
    pub(crate) const EMPTY: Text<'static> = Text::Borrowed("");

    pub(crate) fn as_str(&self) -> &str {
        match self {
            Text::Borrowed(s) => s,
            Text::Shared(s) => s,
        }
    }
}

impl<'r> Text<'r> {
    /// A part of this text, given as a slice of it: borrowed again where this one is borrowed.
    pub(crate) fn part(&self, part: &str) -> Text<'r> {
        match self {
            Text::Borrowed(whole) => {
                let start = part.as_ptr() as usize - whole.as_ptr() as usize;
                match whole.get(start..start + part.len()) {
                    Some(same) => Text::Borrowed(same),
                    None => Text::from(part.to_owned()),
                }
            }
            Text::Shared(_) => Text::from(part.to_owned()),
        }
    }
}

impl Deref for Text<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl std::fmt::Debug for Text<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.as_str().fmt(f)
    }
}

impl<'r> From<&'r str> for Text<'r> {
    fn from(s: &'r str) -> Self {
        Text::Borrowed(s)
    }
}

impl From<String> for Text<'_> {
    fn from(s: String) -> Self {
        if s.is_empty() { Text::EMPTY } else { Text::Shared(s.into()) }
    }
}

impl<'r> From<Cow<'r, str>> for Text<'r> {
    fn from(s: Cow<'r, str>) -> Self {
        match s {
            Cow::Borrowed(s) => Text::Borrowed(s),
            Cow::Owned(s) => Text::from(s),
        }
    }
}

impl PartialEq for Text<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}
