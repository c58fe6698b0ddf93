//! A RestApi's JSON → what its methods share.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::{ConfigError, Place};
use crate::Options;
use crate::gateway::gateway_response::GatewayResponses;
use crate::gateway::model::Models;
use crate::gateway::payload::BinaryMediaTypes;

/// What the methods of an API share: `binaryMediaTypes`, `minimumCompressionSize`, models and gateway responses.
///
/// ```
/// use serde_json::json;
/// use transom::gateway::Api;
///
/// let api = Api::compile(&json!({"binaryMediaTypes": ["image/png"], "models": {"Pet": {"type": "object"}}}))?;
/// let error = Api::compile(&json!({"minimumCompressionSize": -1})).unwrap_err();
/// assert_eq!(error.to_string(), "`api.minimumCompressionSize` is a number from 0 to 10485760");
/// # Ok::<(), transom::gateway::ConfigError>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Api {
    pub(in crate::gateway) shared: Arc<Shared>,
    pub(in crate::gateway) template_options: Options,
}

#[derive(Debug)]
pub(in crate::gateway) struct Shared {
    pub(in crate::gateway) binary_media_types: BinaryMediaTypes,
    pub(in crate::gateway) minimum_compression_size: Option<usize>,
    pub(in crate::gateway) models: Models,
    pub(in crate::gateway) gateway_responses: GatewayResponses,
}

impl Default for Shared {
    /// An API with AWS's own models and gateway responses only.
    fn default() -> Shared {
        Shared {
            binary_media_types: BinaryMediaTypes::default(),
            minimum_compression_size: None,
            models: Models::compile(&Map::new()).expect("AWS's own models are right"),
            gateway_responses: GatewayResponses::default(),
        }
    }
}

/// The largest payload that API Gateway takes.
const MAX_COMPRESSION_SIZE: u64 = 10 * 1024 * 1024;

impl Api {
    /// Compiles an API. `models` are JSON schemas by name; `gatewayResponses` are objects by response type. Any member may
    /// be absent or null.
    ///
    /// # Errors
    /// The first member that makes no sense.
    pub fn compile(api: &Value) -> Result<Api, ConfigError> {
        let api = Place::root("api", api);
        let mut shared = Shared::default();
        if let Some(list) = api.get("binaryMediaTypes")? {
            shared.binary_media_types = BinaryMediaTypes::new(media_types(&list)?);
        }
        if let Some(size) = api.get("minimumCompressionSize")? {
            let bytes = size.value.as_u64().filter(|bytes| *bytes <= MAX_COMPRESSION_SIZE);
            let bytes = bytes.ok_or_else(|| size.error("is a number from 0 to 10485760"))?;
            shared.minimum_compression_size = usize::try_from(bytes).ok();
        }
        if let Some(models) = api.get("models")? {
            shared.models = Models::compile(models.object()?).map_err(|error| {
                let place = format!("api.models.{}#{}", error.model, error.pointer);
                ConfigError::new(place, error.message)
            })?;
        }
        if let Some(responses) = api.get("gatewayResponses")? {
            shared.gateway_responses = GatewayResponses::compile(responses.object()?)
                .map_err(|e| ConfigError::new(format!("api.{}", e.member), e.message))?;
        }
        Ok(Api { shared: Arc::new(shared), template_options: Options::default() })
    }

    /// How the mapping templates of methods that are compiled from here on are compiled and rendered.
    ///
    /// ```
    /// use transom::{Limits, Options};
    /// use transom::gateway::Api;
    ///
    /// let limits = Limits { foreach_rounds: 100, ..Limits::default() };
    /// let api = Api::default().template_options(Options { limits, ..Options::default() });
    /// ```
    #[must_use]
    pub fn template_options(self, options: Options) -> Api {
        Api { template_options: options, ..self }
    }
}

fn media_types<'v>(list: &Place<'_, 'v>) -> Result<Vec<&'v str>, ConfigError> {
    let wrong = || list.error("is a list of media types");
    let items = list.value.as_array().ok_or_else(wrong)?;
    items.iter().map(|item| item.as_str().ok_or_else(wrong)).collect()
}
