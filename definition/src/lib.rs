//! Definitions of APIs as people keep them → one internal model, the shapes of AWS that [`transom::gateway`] compiles.
//!
//! ```text
//! read.rs            a file → its format → its reader
//! yaml.rs            YAML or JSON → a tree of nodes, each with its place
//! scalar.rs          a scalar as it is written → which byte of its text stands where
//! text.rs            a text and the places of its bytes, through quotes, folding and `Fn::Sub`
//! inner_document.rs  a document in a text of another one
//! openapi.rs         OpenAPI 3 and Swagger 2
//! cloudformation.rs  CloudFormation and SAM; its functions
//! cdk.rs             the folder cdk.out → its templates
//! terraform.rs       the JSON of a plan or a state
//! get_method.rs      one method, as `aws apigateway get-method` answers it
//! assemble.rs        resources, methods, models that name each other → APIs
//! shape.rs           what formats write differently → one way
//! api.rs             the model: an API, its routes
//! resource_path.rs   which resource a path is of
//! check.rs           everything that is wrong with an API
//! ```
#![forbid(unsafe_code)]

mod api;
mod assemble;
mod cdk;
mod check;
mod cloudformation;
mod get_method;
mod inner_document;
mod node;
mod openapi;
mod parameters;
mod problem;
mod read;
mod resource_path;
mod scalar;
mod shape;
mod source;
mod terraform;
mod text;
mod yaml;

pub use api::{Api, Route};
pub use node::{Data, Member, Node};
pub use parameters::Parameters;
pub use problem::Problem;
pub use read::{Definition, Files};
pub use source::{Place, Source};
pub use text::Text;
