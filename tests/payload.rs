//! Runs AWS's two tables of content type conversions, `tests/gateway/payload-*.tsv`.

#![allow(clippy::panic, reason = "a broken table fails the test")]

use transom::gateway::payload::{
    BinaryMediaTypes, Body, ContentHandling, Conversion, request_conversion, response_conversion,
};

const BINARY: &str = "image/png";
const TEXT: &str = "text/plain";

/// The rows of a table: payload, type that the header names, `binaryMediaTypes`, `contentHandling`, outcome.
fn rows(table: &str) -> impl Iterator<Item = [&str; 5]> {
    table.lines().filter(|line| !line.starts_with('#')).skip(1).map(|line| {
        let columns: Vec<&str> = line.split('\t').collect();
        columns.try_into().unwrap_or_else(|_| panic!("not five columns: {line}"))
    })
}

/// The headers that a column stands for.
fn media_types(column: &str) -> &'static [&'static str] {
    match column {
        "text" | "text type" => &[TEXT],
        "binary" | "binary type" => &[BINARY],
        "any" | "text or binary" => &[TEXT, BINARY],
        other => panic!("unknown: {other}"),
    }
}

fn binary_media_types(column: &str) -> BinaryMediaTypes {
    BinaryMediaTypes::new((column == "set").then_some(BINARY))
}

fn outcome(column: &str) -> Conversion {
    match column {
        "UTF-8 string" => Conversion::Utf8,
        "binary" => Conversion::Binary,
        "base64-decoded blob" => Conversion::Base64Decode,
        "base64-encoded string" => Conversion::Base64Encode,
        other => panic!("unknown: {other}"),
    }
}

#[test]
fn requests() {
    let mut count = 0;
    for row in rows(include_str!("gateway/payload-request.tsv")) {
        let [payload, content_type, types, handling, expected] = row;
        let types = binary_media_types(types);
        for header in media_types(content_type) {
            let conversion =
                request_conversion(&types, Some(header), ContentHandling::parse(handling));
            assert_eq!(conversion, outcome(expected), "{row:?}");
        }
        assert!(payload == "text" || content_type == "binary type", "{row:?}");
        count += 1;
    }
    assert_eq!(count, 9);
}

#[test]
fn responses() {
    let mut count = 0;
    for row in rows(include_str!("gateway/payload-response.tsv")) {
        let [payload, accept, types, handling, expected] = row;
        let types = binary_media_types(types);
        for payload in media_types(payload) {
            for accept in media_types(accept) {
                let handling = ContentHandling::parse(handling);
                let conversion = response_conversion(&types, Some(payload), Some(accept), handling);
                assert_eq!(conversion, outcome(expected), "{row:?}");
            }
        }
        count += 1;
    }
    assert_eq!(count, 15);
}

#[test]
fn nothing_that_passes_is_copied() {
    let bytes = b"text".as_slice();
    for conversion in [Conversion::Utf8, Conversion::Binary] {
        let body = conversion.apply(bytes).expect("it passes");
        assert_eq!(body.as_bytes().as_ptr(), bytes.as_ptr());
    }
}

#[test]
fn bytes_that_are_no_text() {
    let body = Conversion::Utf8.apply(b"\x1f\x8b\x08ok").expect("bytes are replaced");
    assert_eq!(body.as_text(), Some("\u{1f}\u{fffd}\u{8}ok"));
    assert!(Conversion::Base64Decode.apply(b"this is text").is_err());
    assert!(Conversion::Base64Decode.apply(b"aGk=\n").is_err());
    assert_eq!(Conversion::Base64Decode.apply(b"aGk=").map(Body::into_bytes), Ok(b"hi".into()));
    assert_eq!(Conversion::Base64Decode.apply(b"").expect("nothing to decode").as_text(), Some(""));
}

#[test]
fn wildcards() {
    let kind = |types: &[&str], header| {
        format!("{:?}", BinaryMediaTypes::new(types.iter().copied()).kind(header))
    };
    assert_eq!(kind(&["*/*"], Some("anything")), "Binary");
    assert_eq!(kind(&["*/*"], None), "Binary");
    assert_eq!(kind(&["*/test"], Some("*/test")), "Text");
    assert_eq!(kind(&["application/*"], Some("application/*")), "Binary");
    assert_eq!(kind(&["application/*"], Some("application")), "Text");
    assert_eq!(kind(&["image/png"], Some("IMAGE/PNG; a=b")), "Binary");
    assert_eq!(kind(&["image/png"], Some("*/*")), "Text");
}

/// The bytes of a simple generator, the same ones every time.
fn random_bytes(seed: &mut u64, most: u64) -> Vec<u8> {
    let mut next = || {
        *seed ^= *seed << 13;
        *seed ^= *seed >> 7;
        *seed ^= *seed << 17;
        *seed
    };
    let length = next() % most;
    // Bytes as they are and bytes around which UTF-8 has its rules.
    (0..length)
        .map(|_| if next() % 2 == 0 { next() as u8 } else { 0x80 | (next() % 0x80) as u8 })
        .collect()
}

#[test]
fn any_body_and_any_header_gives_something() {
    let mut seed = 0x5eed;
    for _ in 0..5_000 {
        let body = random_bytes(&mut seed, 40);
        let text = Conversion::Utf8.apply(&body).expect("text never fails");
        assert_eq!(text.as_text().is_some(), Conversion::Utf8.gives_text());
        assert_eq!(Conversion::Utf8.apply(text.as_bytes()).as_ref(), Ok(&text), "twice is once");
        let encoded = Conversion::Base64Encode.apply(&body).expect("encoding never fails");
        let decoded = Conversion::Base64Decode.apply(encoded.as_bytes()).expect("it was encoded");
        assert_eq!(decoded.as_bytes(), body);
        let _ = Conversion::Base64Decode.apply(&body);

        let header = String::from_utf8_lossy(&body);
        let types = BinaryMediaTypes::new([header.clone().into_owned(), "a/*".into()]);
        types.kind(Some(&header));
        let _ = transom::gateway::compression::response_coding(Some(0), Some(&header), None, 1);
        for coding in ["gzip", "deflate", header.as_ref()] {
            let _ = transom::gateway::compression::decompress_request(&body, Some(coding), 1_000);
        }
    }
}
