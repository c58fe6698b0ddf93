//! Compiled methods, kept for the lines that ask for the same one again.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::Value;
use transom::Options;
use transom::gateway::{Api, ConfigError, Method};

/// Bytes of configuration after which all are forgotten: a batch of different methods must not fill the memory.
const KEPT: usize = 16 * 1024 * 1024;

/// Methods by the text of their configuration.
#[derive(Default)]
pub(crate) struct Methods {
    options: Options,
    cache: Mutex<Cache>,
}

#[derive(Default)]
struct Cache {
    known: HashMap<String, Arc<Method>>,
    bytes: usize,
}

impl Methods {
    pub(super) fn new(options: Options) -> Methods {
        Methods { options, cache: Mutex::default() }
    }

    /// The method, compiled now or before. Errors are not kept.
    pub(crate) fn compile(
        &self,
        api: &Value,
        resource_path: &str,
        method: &Value,
    ) -> Result<Arc<Method>, ConfigError> {
        let key = format!("{resource_path}\n{method}\n{api}");
        let lock = || self.cache.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = lock().known.get(&key) {
            return Ok(Arc::clone(known));
        }
        // Not under the lock: other lines go on while this one compiles.
        let api = Api::compile(api)?.template_options(self.options.clone());
        let method = Arc::new(Method::compile(&api, resource_path, method)?);
        let mut cache = lock();
        if cache.bytes + key.len() > KEPT {
            *cache = Cache::default();
        }
        cache.bytes += key.len();
        cache.known.insert(key, Arc::clone(&method));
        Ok(method)
    }
}
