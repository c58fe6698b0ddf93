//! `transom invoke`: one request through an API's definition, and what the client gets.

mod backend;
mod explain;
mod print;
mod request;

use annotate_snippets::normalize_untrusted_str;
use clap::CommandFactory;
use clap::error::ErrorKind;
use serde_json::Map;
use transom::gateway::{
    Exchange, Failure, GatewayResponse, Journal, Method, Request, Response, ResponseType, Stage,
    integration_request, method_response,
};
use transom_definition::{Api, Problem, Route};

use crate::args::{Arguments, InvokeArguments, OutputForm};
use crate::commands::batch::exchange::write;
use crate::console::Console;
use crate::definition::{self, Sources};
use crate::input::read_text;
use crate::report::report;
use crate::run::WRONG_INPUT;
use crate::stop::Stop;
use backend::Backend;

/// Sends it, whatever comes of it: a response of API Gateway's own is a response too.
pub(crate) fn run(arguments: &InvokeArguments, console: &mut Console<'_>) -> Result<u8, Stop> {
    let mut sources = Sources::default();
    let mut stop = |problem: Problem| Stop::from(sources.diagnostic(problem));
    let api = api(arguments, console)?;
    let shared = api.compile().map_err(&mut stop)?;
    let stage = request::stage(&api, arguments);
    let stage = Stage::compile(&stage).map_err(|error| usage(&error.to_string()))?;
    let context = request::context(arguments, console)?;
    let owned = request::read(arguments, console)?;
    let request = owned.borrowed();

    let Some(route) = api.route(&arguments.method, &arguments.path) else {
        let nowhere = serde_json::json!({"methodIntegration": {"type": "MOCK"}});
        let method =
            Method::compile(&shared, "/", &nowhere).map_err(|error| usage(&error.to_string()))?;
        let exchange = Exchange::new(&method, &stage, &request).context(&context);
        let refused = ResponseType::parse("MISSING_AUTHENTICATION_TOKEN");
        tell_routes(&api, arguments, console);
        let Some(refused) = refused.map(Failure::from) else { return Ok(WRONG_INPUT) };
        let refused = exchange.gateway_response(&refused);
        return print_response(arguments, None, Err(refused), console);
    };
    let method = route.compile(&shared).map_err(&mut stop)?;
    let backend = Backend::read(arguments, method.is_mock(), route, console)?;
    let mut exchange =
        Exchange::recorded(&method, &stage, &request, Journal::default()).context(&context);

    let sent = integration_request(&mut exchange);
    if arguments.integration_request {
        return match sent {
            Ok(sent) => {
                print::integration_request(&sent, arguments.output, console)?;
                Ok(0)
            }
            Err(refused) => print_response(arguments, None, Err(refused), console),
        };
    }
    let response = match &sent {
        Ok(sent) => method_response(&mut exchange, backend.answer(sent)),
        Err(refused) => Err(refused.clone()),
    };
    let sent = sent.as_ref().ok().filter(|_| !method.is_mock());
    let journal = exchange.into_recorder();
    if arguments.log {
        let id = context.get("requestId").and_then(|id| id.as_str()).unwrap_or_default();
        let time = context.get("requestTimeEpoch").and_then(serde_json::Value::as_u64);
        let log = journal.log();
        write!(console.stdout, "{}", log.print(id, time.unwrap_or_default()))?;
        return Ok(status_code(
            arguments,
            response.as_ref().map_or_else(|r| r.status, |r| r.status),
        ));
    }
    if arguments.explain {
        let told =
            explain::Told { route, request: &request, sent, response, origins: journal.origins() };
        let status = told.print(arguments.output, console)?;
        return Ok(status_code(arguments, status));
    }
    // A response of API Gateway's own hides from the client what went wrong; who develops the API wants to know.
    for line in journal.log().lines().iter().filter(|line| line.starts_with("Execution failed")) {
        let _ = writeln!(console.stderr, "note: {}", normalize_untrusted_str(line.trim_end()));
    }
    print_response(arguments, sent, response, console)
}

fn status_code(arguments: &InvokeArguments, status: u16) -> u8 {
    if arguments.fail && status >= 400 { WRONG_INPUT } else { 0 }
}

fn print_response(
    arguments: &InvokeArguments,
    sent: Option<&Request<'_>>,
    response: Result<Response<'_>, GatewayResponse>,
    console: &mut Console<'_>,
) -> Result<u8, Stop> {
    let (response, response_type) = match response {
        Ok(response) => (response, None),
        Err(refused) => {
            let response_type = refused.response_type.as_str();
            (Response::from(refused), Some(response_type))
        }
    };
    match arguments.output {
        OutputForm::Text => print::response(&response, arguments.include, console)?,
        OutputForm::Json => {
            let mut out = Map::new();
            if let Some(sent) = sent {
                write::request(&mut out, sent);
            }
            write::response(&mut out, &response, response_type);
            writeln!(console.stdout, "{}", serde_json::Value::Object(out))?;
        }
    }
    Ok(status_code(arguments, response.status))
}

/// The API that is meant.
fn api(arguments: &InvokeArguments, console: &mut Console<'_>) -> Result<Api, Stop> {
    let parameters = definition::parameters(&arguments.parameters)?;
    let mut sources = Sources::default();
    let path = arguments.definition.as_path();
    let definition = if path.is_dir() {
        definition::read_folder(path, &parameters).map_err(|problem| sources.diagnostic(problem))?
    } else {
        let source = read_text(path, console.stdin)?;
        let read = definition::read(path, source.text.clone(), &parameters);
        match read.map_err(|problem| sources.diagnostic(problem))? {
            Some(definition) => definition,
            None => return Err(definition::unknown(source).into()),
        }
    };
    for problem in definition.problems {
        let error = problem.is_error();
        let found = sources.diagnostic(problem);
        if error {
            return Err(found.into());
        }
        let _ = console.stderr.write_all(report(&found, console.stderr_look).as_bytes());
    }
    let mut apis = definition.apis;
    if let (Some(resource_path), [api]) = (&arguments.resource_path, apis.as_mut_slice())
        && let [route] = api.routes.as_mut_slice()
    {
        route.resource_path.clone_from(resource_path);
    }
    let names: Vec<String> = apis.iter().map(|api| format!("`{}`", api.name)).collect();
    let names = names.join(", ");
    match (&arguments.api, apis.len()) {
        (Some(name), _) => {
            let at = apis.iter().position(|api| api.name == *name);
            let at =
                at.ok_or_else(|| usage(&format!("there is no API `{name}`; there are {names}")))?;
            Ok(apis.swap_remove(at))
        }
        (None, 1) => Ok(apis.swap_remove(0)),
        (None, 0) => Err(usage("there is no API in the definition")),
        (None, _) => Err(usage(&format!("there are several APIs: say --api with one of {names}"))),
    }
}

fn tell_routes(api: &Api, arguments: &InvokeArguments, console: &mut Console<'_>) {
    let routes: Vec<String> = api.routes.iter().take(20).map(Route::label).collect();
    let _ = writeln!(
        console.stderr,
        "note: no method fits {} {}; the API has\n  {}",
        arguments.method.escape_debug(),
        arguments.path.escape_debug(),
        routes.join("\n  ").escape_debug().to_string().replace("\\n", "\n")
    );
}

/// The command line is wrong.
fn usage(message: &str) -> Stop {
    let mut root = Arguments::command();
    root.build();
    Stop::Usage(match root.find_subcommand_mut("invoke") {
        Some(sub) => sub.error(ErrorKind::ValueValidation, message),
        None => root.error(ErrorKind::ValueValidation, message),
    })
}
