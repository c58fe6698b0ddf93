//! Messages as HTTP writes them.

use serde_json::{Map, Value};
use transom::gateway::{Fields, Request, Response};

use crate::args::OutputForm;
use crate::commands::batch::exchange::write;
use crate::console::Console;
use crate::stop::Stop;

/// The body, and above it status and headers if they are wanted.
pub(super) fn response(
    response: &Response<'_>,
    include: bool,
    console: &mut Console<'_>,
) -> Result<(), Stop> {
    if include {
        writeln!(console.stdout, "HTTP/1.1 {}", status_line(response.status))?;
        fields(&response.headers, console)?;
        writeln!(console.stdout)?;
    }
    body(&response.body, console)
}

/// `404 Not Found`
pub(super) fn status_line(status: u16) -> String {
    let reason = match status {
        200 => "OK",
        201 => "Created",
        202 => "Accepted",
        204 => "No Content",
        301 => "Moved Permanently",
        302 => "Found",
        303 => "See Other",
        304 => "Not Modified",
        307 => "Temporary Redirect",
        308 => "Permanent Redirect",
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        406 => "Not Acceptable",
        409 => "Conflict",
        410 => "Gone",
        413 => "Content Too Large",
        415 => "Unsupported Media Type",
        422 => "Unprocessable Content",
        429 => "Too Many Requests",
        500 => "Internal Server Error",
        501 => "Not Implemented",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        _ => return status.to_string(),
    };
    format!("{status} {reason}")
}

/// What the backend would get.
pub(super) fn integration_request(
    request: &Request<'_>,
    form: OutputForm,
    console: &mut Console<'_>,
) -> Result<(), Stop> {
    if form == OutputForm::Json {
        let mut out = Map::new();
        write::request(&mut out, request);
        writeln!(console.stdout, "{}", Value::Object(out))?;
        return Ok(());
    }
    // A MOCK is sent nowhere.
    if !request.uri.is_empty() {
        writeln!(console.stdout, "{} {}", request.method, request.uri)?;
        for (name, value) in request.path.iter() {
            writeln!(console.stdout, "{{{name}}}: {value}")?;
        }
        for (name, value) in request.query.iter() {
            writeln!(console.stdout, "?{name}={value}")?;
        }
        fields(&request.headers, console)?;
        writeln!(console.stdout)?;
    }
    body(&request.body, console)
}

fn fields(fields: &Fields<'_>, console: &mut Console<'_>) -> Result<(), Stop> {
    for (name, value) in fields.iter() {
        writeln!(console.stdout, "{name}: {value}")?;
    }
    Ok(())
}

/// In a pipe every byte counts; on a terminal the prompt wants its own line.
fn body(body: &[u8], console: &mut Console<'_>) -> Result<(), Stop> {
    console.stdout.write_all(body)?;
    if console.stdout_look.terminal && !body.is_empty() && !body.ends_with(b"\n") {
        console.stdout.write_all(b"\n")?;
    }
    Ok(())
}
