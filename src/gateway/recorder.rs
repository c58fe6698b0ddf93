//! Who wants to know how an exchange went: nobody, at no cost, or a journal.

use std::cell::RefCell;

use super::execution_log::ExecutionLog;
use super::provenance::Provenance;
use crate::{Template, Trace};

/// Listens to an exchange. `()` hears nothing, and what would be told is not made; a [`Journal`] keeps it all.
pub trait Recorder {
    /// Whether it wants to know which line of a template made what
    const TRACES: bool;

    /// A line of the execution log.
    fn log(&self, line: impl FnOnce() -> String);

    /// Where a member of a message came from.
    fn origin(&self, provenance: impl FnOnce() -> Provenance);

    /// A template was rendered, or failed on the way: only told to those who want traces.
    fn rendered(&self, template: &Template, trace: &Trace) {
        let _ = (template, trace);
    }
}

impl Recorder for () {
    const TRACES: bool = false;

    #[inline]
    fn log(&self, _: impl FnOnce() -> String) {}

    #[inline]
    fn origin(&self, _: impl FnOnce() -> Provenance) {}
}

/// The log of one exchange, and where the members of its messages came from.
///
/// ```
/// use serde_json::json;
/// use transom::gateway::{Api, Backend, Exchange, Journal, Method, Request, Stage, exchange};
///
/// let method = json!({"methodIntegration": {
///     "type": "MOCK",
///     "requestTemplates": {"application/json": "{\"statusCode\": 200}"},
///     "integrationResponses": {"200": {"statusCode": "200", "responseTemplates": {"application/json": "pets"}}},
/// }});
/// let method = Method::compile(&Api::default(), "/pets", &method)?;
/// let request = Request { method: "GET".into(), uri: "/pets".into(), ..Request::default() };
/// let stage = Stage::default();
/// let mut way = Exchange::recorded(&method, &stage, &request, Journal::default());
/// let response = exchange(&mut way, |_| Backend::Mock).1;
/// assert_eq!(*response.unwrap().body, *b"pets");
/// let log = way.into_recorder().log();
/// assert!(log.lines().contains(&"Method completed with status: 200".to_owned()));
/// let printed = log.print("r-1", 1_499_342_400_000).to_string();
/// assert!(printed.contains("Thu Jul 06 12:00:00 UTC 2017 : Method response body after transformations: pets\n"));
/// # Ok::<(), transom::gateway::ConfigError>(())
/// ```
#[derive(Debug, Default)]
pub struct Journal {
    lines: RefCell<Vec<String>>,
    origins: RefCell<Vec<Provenance>>,
}

impl Journal {
    /// The execution log.
    pub fn log(&self) -> ExecutionLog {
        ExecutionLog::new(self.lines.borrow().clone())
    }

    /// Where the members of the two messages came from: an entry for each, of a query parameter one for each value.
    pub fn origins(&self) -> Vec<Provenance> {
        self.origins.borrow().clone()
    }
}

impl Recorder for Journal {
    const TRACES: bool = true;

    fn log(&self, line: impl FnOnce() -> String) {
        self.lines.borrow_mut().push(line());
    }

    fn origin(&self, provenance: impl FnOnce() -> Provenance) {
        let provenance = provenance();
        let mut origins = self.origins.borrow_mut();
        origins.retain(|old| !provenance.takes_the_place_of(old));
        origins.push(provenance);
    }
}
