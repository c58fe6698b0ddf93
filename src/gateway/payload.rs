//! `binaryMediaTypes` and `contentHandling` → what happens to a body before a mapping template or the other side sees it.
//!
//! The two functions are the two tables of the guide's page
//! [Content type conversions](https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-payload-encodings-workflow.html),
//! row for row; `tests/gateway/payload-request.tsv` and `payload-response.tsv` hold the tables themselves.

use std::borrow::Cow;

use crate::java::{base64, utf8};

/// An API's `binaryMediaTypes`: the media types whose bodies are bytes and not text.
///
/// ```
/// use transom::gateway::payload::{BinaryMediaTypes, Kind};
///
/// let types = BinaryMediaTypes::new(["image/png", "audio/*"]);
/// assert_eq!(types.kind(Some("image/png;q=0.9, text/html")), Kind::Binary);
/// assert_eq!(types.kind(Some("audio/ogg")), Kind::Binary);
/// // Only the first media type of a header counts, and a wildcard in it matches nothing but itself.
/// assert_eq!(types.kind(Some("text/html, image/png")), Kind::Text);
/// assert_eq!(types.kind(Some("image/*")), Kind::Text);
/// assert_eq!(types.kind(None), Kind::Text);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BinaryMediaTypes {
    types: Vec<String>,
}

impl BinaryMediaTypes {
    /// Takes the entries of the list. `*/*` matches every type, `image/*` all images; `*/png` matches nothing (recorded).
    pub fn new(types: impl IntoIterator<Item = impl Into<String>>) -> BinaryMediaTypes {
        BinaryMediaTypes { types: types.into_iter().map(Into::into).collect() }
    }

    /// Whether the list has no entry; then every body is text.
    pub fn is_empty(&self) -> bool {
        self.types.is_empty()
    }

    /// What a `Content-Type` or `Accept` header says: [`Kind::Binary`] where its first media type is in the list.
    ///
    /// A header that is absent counts as `application/json`, as everywhere in API Gateway.
    pub fn kind(&self, header: Option<&str>) -> Kind {
        let media_type = media_type(header.unwrap_or("application/json"));
        match self.types.iter().any(|entry| matches(entry, media_type)) {
            true => Kind::Binary,
            false => Kind::Text,
        }
    }
}

/// The first media type of a header, without its parameters.
///
/// ```
/// use transom::gateway::payload::media_type;
///
/// assert_eq!(media_type("text/html; charset=utf-8, */*"), "text/html");
/// ```
pub fn media_type(header: &str) -> &str {
    let end = header.find([',', ';']).unwrap_or(header.len());
    header[..end].trim()
}

fn matches(entry: &str, media_type: &str) -> bool {
    if entry == "*/*" {
        return true;
    }
    match entry.split_once('/') {
        // `*/test` does not even match `*/test`.
        Some(("*", _)) => false,
        Some((kind, "*")) => {
            media_type.split_once('/').is_some_and(|(of, _)| of.eq_ignore_ascii_case(kind))
        }
        _ => entry.eq_ignore_ascii_case(media_type),
    }
}

/// Whether a body is text or bytes, or what of the two a header asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The media type is not in `binaryMediaTypes`
    Text,
    /// The media type is in `binaryMediaTypes`
    Binary,
}

/// `contentHandling` of an Integration or an IntegrationResponse; `None` passes a body through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContentHandling {
    /// `CONVERT_TO_BINARY`
    ConvertToBinary,
    /// `CONVERT_TO_TEXT`
    ConvertToText,
}

impl ContentHandling {
    /// Reads AWS's word.
    pub fn parse(word: &str) -> Option<ContentHandling> {
        match word {
            "CONVERT_TO_BINARY" => Some(ContentHandling::ConvertToBinary),
            "CONVERT_TO_TEXT" => Some(ContentHandling::ConvertToText),
            _ => None,
        }
    }

    /// AWS's word.
    pub fn as_str(self) -> &'static str {
        match self {
            ContentHandling::ConvertToBinary => "CONVERT_TO_BINARY",
            ContentHandling::ConvertToText => "CONVERT_TO_TEXT",
        }
    }
}

/// What happens to a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Conversion {
    /// Bytes → text: what is no UTF-8 becomes U+FFFD.
    Utf8,
    /// Bytes stay bytes.
    Binary,
    /// Base64 text → bytes; what is no Base64 is an error, 500 for the client.
    Base64Decode,
    /// Bytes → Base64 text.
    Base64Encode,
}

/// The conversion of a request's body, from its `Content-Type` and the Integration's `contentHandling`.
///
/// ```
/// use transom::gateway::payload::{BinaryMediaTypes, ContentHandling, Conversion, request_conversion};
///
/// let types = BinaryMediaTypes::new(["image/png"]);
/// let conversion = request_conversion(&types, Some("image/png"), Some(ContentHandling::ConvertToText));
/// assert_eq!(conversion, Conversion::Base64Encode);
/// assert_eq!(conversion.apply(b"PNG")?.as_text(), Some("UE5H"));
/// # Ok::<(), transom::gateway::payload::NotBase64>(())
/// ```
pub fn request_conversion(
    binary_media_types: &BinaryMediaTypes,
    content_type: Option<&str>,
    content_handling: Option<ContentHandling>,
) -> Conversion {
    use ContentHandling::{ConvertToBinary, ConvertToText};
    use Conversion::{Base64Decode, Base64Encode, Binary, Utf8};
    use Kind::{Binary as Bin, Text};

    // The payload is what its Content-Type says.
    let payload = binary_media_types.kind(content_type);
    #[rustfmt::skip]
    let conversion = match (payload, binary_media_types.is_empty(), content_handling) {
        (Text, true,  None)                  => Utf8,
        (Text, true,  Some(ConvertToBinary)) => Base64Decode,
        (Text, true,  Some(ConvertToText))   => Utf8,
        (Text, false, None)                  => Utf8,
        (Text, false, Some(ConvertToBinary)) => Base64Decode,
        (Text, false, Some(ConvertToText))   => Utf8,
        (Bin,  _,     None)                  => Binary,
        (Bin,  _,     Some(ConvertToBinary)) => Binary,
        (Bin,  _,     Some(ConvertToText))   => Base64Encode,
    };
    conversion
}

/// The conversion of a backend's body, from its `Content-Type`, the client's `Accept` and the IntegrationResponse's
/// `contentHandling`.
///
/// Where nothing is configured, text for a client that asks for a binary type is decoded from Base64:
///
/// ```
/// use transom::gateway::payload::{BinaryMediaTypes, Conversion, response_conversion};
///
/// let types = BinaryMediaTypes::new(["image/png"]);
/// let conversion = response_conversion(&types, Some("text/plain"), Some("image/png"), None);
/// assert_eq!(conversion, Conversion::Base64Decode);
/// assert!(conversion.apply(b"no Base64").is_err());
/// ```
pub fn response_conversion(
    binary_media_types: &BinaryMediaTypes,
    content_type: Option<&str>,
    accept: Option<&str>,
    content_handling: Option<ContentHandling>,
) -> Conversion {
    use ContentHandling::{ConvertToBinary, ConvertToText};
    use Conversion::{Base64Decode, Base64Encode, Binary, Utf8};
    use Kind::{Binary as Bin, Text};

    let payload = binary_media_types.kind(content_type);
    let accept = binary_media_types.kind(accept);
    #[rustfmt::skip]
    let conversion = match (payload, accept, binary_media_types.is_empty(), content_handling) {
        (_,    _,    true,  None)                  => Utf8,
        (_,    _,    true,  Some(ConvertToBinary)) => Base64Decode,
        (_,    _,    true,  Some(ConvertToText))   => Utf8,
        (Text, Text, false, None)                  => Utf8,
        (Text, Text, false, Some(ConvertToBinary)) => Base64Decode,
        (Text, Text, false, Some(ConvertToText))   => Utf8,
        (Text, Bin,  false, None)                  => Base64Decode,
        (Text, Bin,  false, Some(ConvertToBinary)) => Base64Decode,
        (Text, Bin,  false, Some(ConvertToText))   => Utf8,
        (Bin,  Text, false, None)                  => Base64Encode,
        (Bin,  Text, false, Some(ConvertToBinary)) => Binary,
        (Bin,  Text, false, Some(ConvertToText))   => Base64Encode,
        (Bin,  Bin,  false, None)                  => Binary,
        (Bin,  Bin,  false, Some(ConvertToBinary)) => Binary,
        (Bin,  Bin,  false, Some(ConvertToText))   => Base64Encode,
    };
    conversion
}

impl Conversion {
    /// Converts a body. Text that is UTF-8 and bytes that stay bytes are not copied; an empty body stays empty.
    ///
    /// # Errors
    /// [`NotBase64`], which the client sees as 500 `API_CONFIGURATION_ERROR`.
    pub fn apply(self, body: &[u8]) -> Result<Body<'_>, NotBase64> {
        Ok(match self {
            Conversion::Utf8 => Body::Text(utf8::decode(body)),
            Conversion::Binary => Body::Binary(Cow::Borrowed(body)),
            Conversion::Base64Decode => {
                let bytes = base64::decode_bytes(body).map_err(NotBase64)?;
                Body::Binary(Cow::Owned(bytes))
            }
            Conversion::Base64Encode => {
                let mut text = String::new();
                base64::encode(body, &mut text);
                Body::Text(Cow::Owned(text))
            }
        })
    }

    /// Whether a mapping template can be applied behind it: one that meets bytes is 500 for the client (recorded, for
    /// requests and for responses).
    pub fn gives_text(self) -> bool {
        matches!(self, Conversion::Utf8 | Conversion::Base64Encode)
    }
}

/// A body on its way: text, which mapping templates can read, or bytes, which they cannot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body<'b> {
    /// UTF-8
    Text(Cow<'b, str>),
    /// Anything
    Binary(Cow<'b, [u8]>),
}

impl<'b> Body<'b> {
    /// The text that a template reads; none where the body is bytes, unless there are none of them.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Body::Text(text) => Some(text),
            Body::Binary(bytes) => bytes.is_empty().then_some(""),
        }
    }

    /// The bytes that are sent.
    pub fn as_bytes(&self) -> &[u8] {
        match self {
            Body::Text(text) => text.as_bytes(),
            Body::Binary(bytes) => bytes,
        }
    }

    /// The bytes that are sent, borrowed where the body is.
    pub fn into_bytes(self) -> Cow<'b, [u8]> {
        match self {
            Body::Text(Cow::Borrowed(text)) => Cow::Borrowed(text.as_bytes()),
            Body::Text(Cow::Owned(text)) => Cow::Owned(text.into_bytes()),
            Body::Binary(bytes) => bytes,
        }
    }
}

/// A body that had to be decoded from Base64 is none. Java's decoder is the rule: no blanks, no line ends, padding may be
/// left out.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the body is not Base64: {0}")]
pub struct NotBase64(String);
