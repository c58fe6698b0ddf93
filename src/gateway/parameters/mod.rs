//! Parameters of a request and of a response: where they come from, and where they are mapped to.
//!
//! ```text
//! expression.rs        `method.request.header.X` → a source or a target, by grammar/parameter.pest
//! resource_path.rs     a resource's path and a request's → path parameters
//! querystring.rs       a raw query string → names and values
//! source.rs            a source and the messages → its value
//! request_mapping.rs   `integration.request.…` = source
//! response_mapping.rs  `method.response.header.…` = source
//! ```

mod expression;
mod querystring;
mod request_mapping;
mod resource_path;
mod response_mapping;
mod source;

pub(super) use expression::{declared, in_order_of_message, response_target};
pub(super) use querystring::decode as decode_querystring;
pub(super) use request_mapping::RequestMapping;
pub(super) use resource_path::ResourcePath;
pub(super) use response_mapping::ResponseMapping;
pub(super) use source::{MalformedBody, Resolved, Scope, context_member, scalar};
