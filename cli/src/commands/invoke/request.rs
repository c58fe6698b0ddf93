//! What the options say of the request, its stage and its `$context`.

use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::{Map, Value};
use transom::gateway::Request;
use transom_definition::Api;

use crate::args::InvokeArguments;
use crate::console::Console;
use crate::input::{read_bytes, read_json};
use crate::stop::Stop;

/// The owner of what a [`Request`] borrows.
pub(super) struct Owned<'a> {
    arguments: &'a InvokeArguments,
    method: String,
    uri: String,
    body: Vec<u8>,
}

/// Reads the payload.
pub(super) fn read<'a>(
    arguments: &'a InvokeArguments,
    console: &mut Console<'_>,
) -> Result<Owned<'a>, Stop> {
    let body = match arguments.data.as_deref().map(|data| (data, data.strip_prefix('@'))) {
        None => Vec::new(),
        Some((_, Some(file))) => read_bytes(Path::new(file), console.stdin)?,
        Some((text, None)) => text.as_bytes().to_vec(),
    };
    let slash = if arguments.path.starts_with('/') { "" } else { "/" };
    Ok(Owned {
        arguments,
        method: arguments.method.to_ascii_uppercase(),
        uri: format!("{slash}{}", arguments.path),
        body,
    })
}

impl Owned<'_> {
    pub(super) fn borrowed(&self) -> Request<'_> {
        let headers = &self.arguments.headers;
        let has_type = headers.iter().any(|h| h.name.eq_ignore_ascii_case("content-type"));
        let json = (self.arguments.data.is_some() && !has_type)
            .then_some(("Content-Type", "application/json"));
        let given = headers.iter().map(|header| (header.name.as_str(), header.value.as_str()));
        Request {
            method: self.method.as_str().into(),
            uri: self.uri.as_str().into(),
            headers: given.chain(json).collect(),
            body: self.body.as_slice().into(),
            ..Request::default()
        }
    }
}

/// The definition's stage, with what the options say instead.
pub(super) fn stage(api: &Api, arguments: &InvokeArguments) -> Value {
    let mut stage = match api.stage.to_json() {
        Value::Object(members) => members,
        _ => Map::new(),
    };
    if let Some(name) = &arguments.stage {
        stage.insert("name".to_owned(), name.as_str().into());
    }
    // The console's name for the stage of a test.
    stage.entry("name").or_insert_with(|| "test-invoke-stage".into());
    let variables = stage.entry("variables").or_insert_with(|| Value::Object(Map::new()));
    if let Value::Object(variables) = variables {
        for one in &arguments.stage_variables {
            variables.insert(one.name.clone(), one.value.as_str().into());
        }
    }
    Value::Object(stage)
}

/// `$context` as far as the request does not say it. Ids are always the same, so that answers can be compared.
pub(super) fn context(
    arguments: &InvokeArguments,
    console: &mut Console<'_>,
) -> Result<Map<String, Value>, Stop> {
    let mut context = match &arguments.context {
        None => Map::new(),
        Some(path) => {
            let mut document = read_json(path, console.stdin)?;
            match &mut document.value {
                Value::Object(members) => std::mem::take(members),
                _ => return Err(document.wrong(&[], "--context takes a JSON object").into()),
            }
        }
    };
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_millis();
    let own: [(&str, Value); 3] = [
        ("requestId", "00000000-0000-4000-8000-000000000000".into()),
        ("extendedRequestId", "AAAAAAAAAAAAAAA=".into()),
        ("requestTimeEpoch", u64::try_from(now).unwrap_or_default().into()),
    ];
    for (name, value) in own {
        context.entry(name).or_insert(value);
    }
    Ok(context)
}
