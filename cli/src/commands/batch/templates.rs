//! Compiled templates, kept for the lines that use the same text again.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use transom::{Dialect, Error, JsonPathDialect, Options, Template};

use crate::args::options;

/// Bytes of template text after which all are forgotten: a batch of different templates must not fill the memory.
const KEPT: usize = 16 * 1024 * 1024;

/// One cache for each dialect.
#[derive(Default)]
pub(super) struct Templates {
    escape_slashes: bool,
    json_path: JsonPathDialect,
    caches: Mutex<HashMap<Dialect, Cache>>,
}

#[derive(Default)]
struct Cache {
    known: HashMap<String, Arc<Template>>,
    bytes: usize,
}

impl Templates {
    pub(super) fn new(escape_slashes: bool, json_path: JsonPathDialect) -> Templates {
        Templates { escape_slashes, json_path, ..Templates::default() }
    }

    /// The template, compiled now or before. Errors are not kept.
    pub(super) fn compile(&self, text: &str, dialect: Dialect) -> Result<Arc<Template>, Error> {
        if let Some(known) = self.lock().entry(dialect).or_default().known.get(text) {
            return Ok(Arc::clone(known));
        }
        // Not under the lock: other lines go on while this one compiles.
        let options = Options {
            escape_slashes: self.escape_slashes,
            json_path: self.json_path,
            ..options(dialect)
        };
        let template = Arc::new(Template::compile(text, &options)?);
        let mut caches = self.lock();
        let cache = caches.entry(dialect).or_default();
        if cache.bytes + text.len() > KEPT {
            *cache = Cache::default();
        }
        cache.bytes += text.len();
        cache.known.insert(text.to_owned(), Arc::clone(&template));
        Ok(template)
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Dialect, Cache>> {
        self.caches.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
