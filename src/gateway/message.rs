//! Requests and responses: small, borrowed, and without any idea of a network.

use std::borrow::Cow;

use indexmap::IndexMap;

use super::gateway_response::GatewayResponse;

/// Names and values in order: headers, or the parameters of a query string. A name may come more than once.
///
/// ```
/// use transom::gateway::Fields;
///
/// let mut headers = Fields::new();
/// headers.push("Accept", "text/html");
/// headers.push("accept", "image/png");
/// assert_eq!(headers.last("Accept"), Some("text/html"));
/// assert_eq!(headers.header("ACCEPT"), Some("text/html"));
/// headers.set_header("Accept", "*/*");
/// assert_eq!(headers.iter().collect::<Vec<_>>(), [("Accept", "*/*")]);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields<'a> {
    list: Vec<(Cow<'a, str>, Cow<'a, str>)>,
}

impl<'a> Fields<'a> {
    /// None.
    pub const fn new() -> Fields<'a> {
        Fields { list: Vec::new() }
    }

    /// Adds a value behind those that are there.
    pub fn push(&mut self, name: impl Into<Cow<'a, str>>, value: impl Into<Cow<'a, str>>) {
        self.list.push((name.into(), value.into()));
    }

    /// Every name with every value, in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&str, &str)> {
        self.list.iter().map(|(name, value)| (&**name, &**value))
    }

    /// The values of a name, spelled exactly like this.
    pub fn all<'s>(&'s self, name: &'s str) -> impl DoubleEndedIterator<Item = &'s str> {
        self.iter().filter(move |(n, _)| *n == name).map(|(_, value)| value)
    }

    /// The last value of a name, spelled exactly like this.
    pub fn last(&self, name: &str) -> Option<&str> {
        self.iter().rev().find(|(n, _)| *n == name).map(|(_, value)| value)
    }

    /// The first value of a header, whose name may be spelled in any case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    /// Sets a header: whatever it was in any case goes.
    pub fn set_header(&mut self, name: impl Into<Cow<'a, str>>, value: impl Into<Cow<'a, str>>) {
        let name = name.into();
        self.remove_header(&name);
        self.push(name, value);
    }

    /// Removes a header in any case.
    pub fn remove_header(&mut self, name: &str) {
        self.list.retain(|(n, _)| !n.eq_ignore_ascii_case(name));
    }

    /// Removes every value of a name, spelled exactly like this.
    pub fn remove(&mut self, name: &str) {
        self.list.retain(|(n, _)| n != name);
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// How many values there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// The names, each once, with all their values: in the order in which the names came first.
    pub fn grouped(&self) -> Vec<(&str, Vec<&str>)> {
        let mut groups: IndexMap<&str, Vec<&str>> = IndexMap::with_capacity(self.list.len());
        for (name, value) in self.iter() {
            groups.entry(name).or_default().push(value);
        }
        groups.into_iter().collect()
    }

    /// The names, each once, with the last of their values.
    pub(super) fn last_of_each(&self) -> Vec<(String, String)> {
        let mut last: IndexMap<&str, &str> = IndexMap::with_capacity(self.list.len());
        last.extend(self.iter());
        last.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
    }

    /// Fields that borrow from these.
    pub(super) fn borrowed(&self) -> impl Iterator<Item = (Cow<'_, str>, Cow<'_, str>)> {
        self.iter().map(|(name, value)| (Cow::Borrowed(name), Cow::Borrowed(value)))
    }

    /// The fields themselves.
    pub(super) fn into_fields(self) -> impl Iterator<Item = (Cow<'a, str>, Cow<'a, str>)> {
        self.list.into_iter()
    }

    /// The bytes of all names and values as they are sent, with `: ` and line ends.
    pub(super) fn wire_length(&self) -> usize {
        self.iter().map(|(name, value)| name.len() + value.len() + 4).sum()
    }
}

impl<'a, N: Into<Cow<'a, str>>, V: Into<Cow<'a, str>>> FromIterator<(N, V)> for Fields<'a> {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(fields: I) -> Fields<'a> {
        let list = fields.into_iter().map(|(name, value)| (name.into(), value.into())).collect();
        Fields { list }
    }
}

/// A request: the method request as a client sends it, or the integration request as a backend gets it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request<'a> {
    /// `GET`, `POST`, …
    pub method: Cow<'a, str>,
    /// Of a method request the path behind the stage's name, as it was sent, and the query string if it has one:
    /// `/pets/1?a=b`. Of an integration request the URI or ARN, with its own query string.
    pub uri: Cow<'a, str>,
    /// Of an integration request, what was mapped to `integration.request.path.…`
    pub path: Fields<'a>,
    /// Query parameters beyond those in the URI, decoded
    pub query: Fields<'a>,
    /// Headers
    pub headers: Fields<'a>,
    /// The payload; empty where there is none
    pub body: Cow<'a, [u8]>,
}

/// A response: the integration response as a backend gives it, or the method response as the client gets it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Response<'a> {
    /// 100 to 599
    pub status: u16,
    /// Headers
    pub headers: Fields<'a>,
    /// The payload; empty where there is none
    pub body: Cow<'a, [u8]>,
}

impl From<GatewayResponse> for Response<'static> {
    fn from(response: GatewayResponse) -> Response<'static> {
        Response {
            status: response.status,
            headers: response.headers.into_iter().collect(),
            body: Cow::Owned(response.body.into_bytes()),
        }
    }
}

/// What came of the integration request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Backend<'a> {
    /// The backend answered; of a Lambda function the body is what the function returned
    Answered(Response<'a>),
    /// There was no answer in time
    TimedOut,
    /// The backend could not be reached
    Unreachable,
    /// Nothing was sent: `MOCK`
    Mock,
}
