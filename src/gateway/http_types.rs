//! Messages ↔ those of the crate `http`, which servers and clients of many kinds speak.
//!
//! Names of headers are in lower case in that crate, as on the wire of HTTP/2, and API Gateway's mappings and templates
//! look names up as they were sent: a mapping of `method.request.header.X-Id` does not find `x-id`.

use std::borrow::Cow;

use ::http::header::{HeaderMap, HeaderName, HeaderValue};

use super::message::{Fields, Request, Response};
use super::uri;

/// A method request, borrowed. The URI's path is taken as the path behind the stage's name.
///
/// ```
/// use transom::gateway::Request;
///
/// let request = http::Request::put("https://api.example/pets/7?a=1").header("X-Id", "5").body("{}")?;
/// let request = Request::from(&request);
/// assert_eq!((&*request.method, &*request.uri), ("PUT", "/pets/7?a=1"));
/// assert_eq!(request.headers.last("x-id"), Some("5"));
/// assert_eq!(*request.body, *b"{}");
/// # Ok::<(), http::Error>(())
/// ```
impl<'a, B: AsRef<[u8]>> From<&'a ::http::Request<B>> for Request<'a> {
    fn from(request: &'a ::http::Request<B>) -> Request<'a> {
        Request {
            method: request.method().as_str().into(),
            uri: request.uri().path_and_query().map_or("/", |path| path.as_str()).into(),
            path: Fields::new(),
            query: Fields::new(),
            headers: fields(request.headers()),
            body: request.body().as_ref().into(),
        }
    }
}

/// What a backend answered, borrowed.
impl<'a, B: AsRef<[u8]>> From<&'a ::http::Response<B>> for Response<'a> {
    fn from(response: &'a ::http::Response<B>) -> Response<'a> {
        Response {
            status: response.status().as_u16(),
            headers: fields(response.headers()),
            body: response.body().as_ref().into(),
        }
    }
}

/// The integration request, with its whole query string in the URI. Of an ARN the URI is that of the service, and the
/// request still has to be signed.
///
/// ```
/// use transom::gateway::Request;
///
/// let request = Request {
///     method: "GET".into(),
///     uri: "https://backend.example/pets?a=1".into(),
///     query: [("b", "x y")].into_iter().collect(),
///     ..Request::default()
/// };
/// let request = http::Request::try_from(request)?;
/// assert_eq!(request.uri(), "https://backend.example/pets?a=1&b=x+y");
/// # Ok::<(), http::Error>(())
/// ```
impl TryFrom<Request<'_>> for ::http::Request<Vec<u8>> {
    type Error = ::http::Error;

    fn try_from(request: Request<'_>) -> Result<Self, Self::Error> {
        let endpoint = uri::endpoint(&request.uri, &request.query);
        let mut made = ::http::Request::builder().method(&*request.method).uri(endpoint);
        if let Some(headers) = made.headers_mut() {
            append(&request.headers, headers)?;
        }
        made.body(request.body.into_owned())
    }
}

/// The method response.
///
/// ```
/// use transom::gateway::Response;
///
/// let response = Response { status: 404, body: b"gone".into(), ..Response::default() };
/// let response = http::Response::try_from(response)?;
/// assert_eq!((response.status().as_u16(), response.body().as_slice()), (404, &b"gone"[..]));
/// # Ok::<(), http::Error>(())
/// ```
impl TryFrom<Response<'_>> for ::http::Response<Vec<u8>> {
    type Error = ::http::Error;

    fn try_from(response: Response<'_>) -> Result<Self, Self::Error> {
        let mut made = ::http::Response::builder().status(response.status);
        if let Some(headers) = made.headers_mut() {
            append(&response.headers, headers)?;
        }
        made.body(response.body.into_owned())
    }
}

fn fields(headers: &HeaderMap) -> Fields<'_> {
    headers.iter().map(|(name, value)| (Cow::Borrowed(name.as_str()), text(value))).collect()
}

/// UTF-8, or what it always was in HTTP: a byte is a character.
fn text(value: &HeaderValue) -> Cow<'_, str> {
    match std::str::from_utf8(value.as_bytes()) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => Cow::Owned(value.as_bytes().iter().copied().map(char::from).collect()),
    }
}

fn append(fields: &Fields<'_>, headers: &mut HeaderMap) -> Result<(), ::http::Error> {
    for (name, value) in fields.iter() {
        let name = HeaderName::from_bytes(name.as_bytes())?;
        headers.append(name, HeaderValue::from_bytes(value.as_bytes())?);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_sent_is_an_error() {
        let request = |uri: &str, name: &str, value: &str| {
            let headers = [(name.to_owned(), value.to_owned())].into_iter().collect();
            let request =
                Request { method: "GET".into(), uri: uri.into(), headers, ..Request::default() };
            ::http::Request::try_from(request).map(|request| request.uri().to_string())
        };
        assert!(request("https://a.example", "a b", "1").is_err());
        assert!(request("https://a.example", "a", "1\n").is_err());
        assert!(request("https://a b", "a", "1").is_err());
        let arn = "arn:aws:apigateway:eu-west-1:sqs:path/1/q";
        assert_eq!(
            request(arn, "a", "ü").ok().as_deref(),
            Some("https://sqs.eu-west-1.amazonaws.com/1/q")
        );
    }

    #[test]
    fn a_value_that_is_no_utf_8_is_latin_1() {
        let mut headers = HeaderMap::new();
        for value in [&b"\xe9"[..], "é".as_bytes(), b"2"] {
            headers.append("a", HeaderValue::from_bytes(value).expect("a value"));
        }
        assert_eq!(fields(&headers).all("a").collect::<Vec<_>>(), ["é", "é", "2"]);
    }
}
