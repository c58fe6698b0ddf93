//! What differs between the types of integration.
//!
//! ```text
//! http.rs           the headers of a request to an HTTP endpoint or an AWS service
//! mock.rs           the status that a MOCK's template gives
//! proxy_event.rs    the event that a Lambda function gets
//! proxy_answer.rs   the answer that a Lambda function may give
//! ```

pub(super) mod http;
pub(super) mod mock;
pub(super) mod proxy_answer;
pub(super) mod proxy_event;
