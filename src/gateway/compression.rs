//! `Content-Encoding` of a request, `Accept-Encoding` and `minimumCompressionSize` of a response → the bytes on either side.
//!
//! A request is decompressed before anything looks at it, a response compressed after everything has:
//! [Payload compression](https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-gzip-compression-decompression.html).

use std::borrow::Cow;

use super::gateway_response::{Failure, ResponseType};

/// The largest payload that API Gateway takes, compressed or not.
pub const PAYLOAD_LIMIT: usize = 10 * 1024 * 1024;

/// A content coding that API Gateway supports, besides `identity`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coding {
    /// `gzip`
    Gzip,
    /// `deflate`: the zlib format, as HTTP has it
    Deflate,
}

impl Coding {
    /// The name in `Content-Encoding`.
    pub fn as_str(self) -> &'static str {
        match self {
            Coding::Gzip => "gzip",
            Coding::Deflate => "deflate",
        }
    }

    fn parse(name: &str) -> Option<Coding> {
        [Coding::Gzip, Coding::Deflate]
            .into_iter()
            .find(|coding| coding.as_str().eq_ignore_ascii_case(name))
    }
}

/// Decompresses a request's body, as its `Content-Encoding` says. An empty body is left alone, whatever the header says
/// (recorded), and one that is not compressed is not copied.
///
/// `limit` bounds what comes out, so that a few bytes do not become gigabytes; see [`PAYLOAD_LIMIT`].
///
/// # Errors
/// `UNSUPPORTED_MEDIA_TYPE` for another coding, or a body that does not have it; `REQUEST_TOO_LARGE` beyond the limit.
///
/// ```
/// use transom::gateway::compression::{Coding, PAYLOAD_LIMIT, compress, decompress_request};
///
/// let sent = compress(Coding::Gzip, b"{}");
/// assert_eq!(decompress_request(&sent, Some("gzip"), PAYLOAD_LIMIT)?.as_ref(), b"{}");
/// assert!(decompress_request(&sent, Some("br"), PAYLOAD_LIMIT).is_err());
/// # Ok::<(), transom::gateway::gateway_response::Failure>(())
/// ```
pub fn decompress_request<'b>(
    body: &'b [u8],
    content_encoding: Option<&str>,
    limit: usize,
) -> Result<Cow<'b, [u8]>, Failure> {
    let mut body = Cow::Borrowed(body);
    // The last coding was applied last.
    for name in content_encoding.unwrap_or_default().rsplit(',').map(str::trim) {
        if body.is_empty() {
            break;
        }
        if name.is_empty() || name.eq_ignore_ascii_case("identity") {
            continue;
        }
        let Some(coding) = Coding::parse(name) else {
            return Err(ResponseType::UnsupportedMediaType.into());
        };
        body = Cow::Owned(flate::decompress(coding, &body, limit).map_err(Failure::from)?);
    }
    match body.len() > limit {
        true => Err(ResponseType::RequestTooLarge.into()),
        false => Ok(body),
    }
}

/// The coding in which a response goes to the client, from the API's `minimumCompressionSize`, the request's
/// `Accept-Encoding`, the response's own `Content-Encoding` and the size of its body behind all templates.
///
/// The client has to ask for it: without an `Accept-Encoding`, or with `*`, nothing is compressed. Of several codings the
/// one with the highest weight counts, the first of equals.
///
/// ```
/// use transom::gateway::compression::{Coding, response_coding};
///
/// assert_eq!(response_coding(Some(100), Some("gzip, deflate, br"), None, 100), Some(Coding::Gzip));
/// assert_eq!(response_coding(Some(100), Some("gzip"), None, 99), None);
/// assert_eq!(response_coding(Some(0), Some("gzip;q=0.5, deflate"), None, 99), Some(Coding::Deflate));
/// assert_eq!(response_coding(Some(0), Some("*"), None, 99), None);
/// assert_eq!(response_coding(Some(0), Some("gzip"), Some("br"), 99), None);
/// assert_eq!(response_coding(None, Some("gzip"), None, 99), None);
/// ```
pub fn response_coding(
    minimum_compression_size: Option<usize>,
    accept_encoding: Option<&str>,
    content_encoding: Option<&str>,
    size: usize,
) -> Option<Coding> {
    if !cfg!(feature = "compression")
        || content_encoding.is_some()
        || size < minimum_compression_size?
    {
        return None;
    }
    let mut best = ("", 0.0);
    for entry in accept_encoding?.split(',') {
        let mut parts = entry.split(';').map(str::trim);
        let name = parts.next().unwrap_or_default();
        let weight = parts
            .find_map(|part| part.strip_prefix("q=").or_else(|| part.strip_prefix("Q=")))
            .map_or(1.0, |weight| weight.trim().parse().unwrap_or(0.0));
        if weight > best.1 {
            best = (name, weight);
        }
    }
    Coding::parse(best.0)
}

/// Compresses a body. The same bytes give the same bytes, every time: no time and no name of a host goes into them.
///
/// Built without the feature `compression` it gives the body back; [`response_coding`] then asks for no coding.
pub fn compress(coding: Coding, body: &[u8]) -> Vec<u8> {
    flate::compress(coding, body)
}

#[cfg(feature = "compression")]
mod flate {
    use std::io::{Read, Write};

    use flate2::read::{MultiGzDecoder, ZlibDecoder};
    use flate2::write::{GzEncoder, ZlibEncoder};

    use super::{Coding, ResponseType};

    pub(super) fn decompress(
        coding: Coding,
        body: &[u8],
        limit: usize,
    ) -> Result<Vec<u8>, ResponseType> {
        let most = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
        let mut out = Vec::new();
        let read = match coding {
            Coding::Gzip => MultiGzDecoder::new(body).take(most).read_to_end(&mut out),
            Coding::Deflate => ZlibDecoder::new(body).take(most).read_to_end(&mut out),
        };
        match read {
            Ok(length) if length > limit => Err(ResponseType::RequestTooLarge),
            Ok(_) => Ok(out),
            Err(_) => Err(ResponseType::UnsupportedMediaType),
        }
    }

    pub(super) fn compress(coding: Coding, body: &[u8]) -> Vec<u8> {
        let level = flate2::Compression::default();
        let compressed = match coding {
            Coding::Gzip => {
                let mut encoder = GzEncoder::new(Vec::new(), level);
                encoder.write_all(body).and_then(|()| encoder.finish())
            }
            Coding::Deflate => {
                let mut encoder = ZlibEncoder::new(Vec::new(), level);
                encoder.write_all(body).and_then(|()| encoder.finish())
            }
        };
        compressed.expect("nothing fails that is written to a Vec")
    }
}

#[cfg(not(feature = "compression"))]
mod flate {
    use super::{Coding, ResponseType};

    pub(super) fn decompress(_: Coding, _: &[u8], _: usize) -> Result<Vec<u8>, ResponseType> {
        Err(ResponseType::UnsupportedMediaType)
    }

    pub(super) fn compress(_: Coding, body: &[u8]) -> Vec<u8> {
        body.to_vec()
    }
}

#[cfg(all(test, feature = "compression"))]
mod tests {
    use super::*;

    fn decompressed(body: &[u8], coding: &str, limit: usize) -> Result<Vec<u8>, ResponseType> {
        match decompress_request(body, Some(coding), limit) {
            Ok(body) => Ok(body.into_owned()),
            Err(failure) => Err(failure.response_type),
        }
    }

    #[test]
    fn both_codings_and_both_at_once() {
        let gzip = compress(Coding::Gzip, b"text");
        let deflate = compress(Coding::Deflate, b"text");
        assert_eq!(decompressed(&gzip, "GZIP", 4), Ok(b"text".to_vec()));
        assert_eq!(decompressed(&deflate, "identity, deflate", 4), Ok(b"text".to_vec()));
        let twice = compress(Coding::Gzip, &deflate);
        assert_eq!(decompressed(&twice, "deflate, gzip", 100), Ok(b"text".to_vec()));
        assert_eq!(gzip, compress(Coding::Gzip, b"text"));
        // No time in it, and no system.
        assert_eq!(gzip[..10], [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]);
    }

    #[test]
    fn what_is_not_what_it_says() {
        let unsupported = Err(ResponseType::UnsupportedMediaType);
        let gzip = compress(Coding::Gzip, b"text");
        assert_eq!(decompressed(b"text", "gzip", 100), unsupported);
        assert_eq!(decompressed(&gzip, "deflate", 100), unsupported);
        assert_eq!(decompressed(&gzip[..gzip.len() - 1], "gzip", 100), unsupported);
        assert_eq!(decompressed(b"text", "br", 100), unsupported);
        assert_eq!(decompressed(b"", "br", 100), Ok(Vec::new()));
    }

    #[test]
    fn bombs_do_not_go_off() {
        let bomb = compress(Coding::Gzip, &vec![0; 1 << 20]);
        assert!(bomb.len() < 2000);
        assert_eq!(decompressed(&bomb, "gzip", 1000), Err(ResponseType::RequestTooLarge));
        assert_eq!(decompressed(b"text", "identity", 3), Err(ResponseType::RequestTooLarge));
        assert_eq!(decompressed(&bomb, "gzip", 1 << 20).map(|body| body.len()), Ok(1 << 20));
    }
}
