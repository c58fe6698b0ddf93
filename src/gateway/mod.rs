//! A request's life around its mapping templates, as API Gateway leads it.

pub mod compression;
pub mod gateway_response;
pub mod model;
pub mod payload;
