//! `--backend`: what stands where the integration's endpoint would.

use std::path::Path;

use transom::gateway::{self, Request};
use transom_definition::Route;

use super::usage;
use crate::args::InvokeArguments;
use crate::commands::batch::exchange::{echo, read};
use crate::console::Console;
use crate::input::read_json;
use crate::stop::Stop;

/// What the backend does.
pub(super) struct Backend(read::Answered);

impl Backend {
    /// Reads what the option says; a method with a backend needs it.
    pub(super) fn read(
        arguments: &InvokeArguments,
        is_mock: bool,
        route: &Route,
        console: &mut Console<'_>,
    ) -> Result<Backend, Stop> {
        let path = match &arguments.backend {
            // What would be sent, and what a MOCK answers, needs nobody to answer.
            None if is_mock || arguments.integration_request => {
                return Ok(Backend(read::Answered::Absent));
            }
            None => {
                return Err(usage(&format!(
                    "{} has a backend: say what it answers with --backend FILE or --backend echo, or look at what it \
                     would get with --integration-request",
                    route.label()
                )));
            }
            Some(path) if path == Path::new("echo") => return Ok(Backend(read::Answered::Echo)),
            Some(path) if path.to_str().is_some_and(|text| text.contains("://")) => {
                return Err(usage(
                    "--backend takes a file or echo; transom calls nobody: save an answer of the backend in a file",
                ));
            }
            Some(path) => path,
        };
        let document = read_json(path, console.stdin)?;
        if !document.value.is_object() {
            let message = r#"a backend's answer is {"status", "headers", "body"}"#;
            return Err(document.wrong(&[], message).into());
        }
        match read::answered(document.value.clone()) {
            Ok(read::Answered::Absent) => Ok(Backend(read::Answered::Echo)),
            Ok(answered) => Ok(Backend(answered)),
            Err(failure) => {
                let message = failure.message().replace("integrationResponse.", "");
                Err(document.wrong(&[], &message).into())
            }
        }
    }

    /// What comes of a request.
    pub(super) fn answer<'b>(&'b self, sent: &'b Request<'_>) -> gateway::Backend<'b> {
        match &self.0 {
            read::Answered::With(response) => gateway::Backend::Answered(response.borrowed()),
            read::Answered::Echo => gateway::Backend::Answered(echo(sent)),
            read::Answered::TimedOut => gateway::Backend::TimedOut,
            read::Answered::Unreachable => gateway::Backend::Unreachable,
            read::Answered::Absent => gateway::Backend::Mock,
        }
    }
}
