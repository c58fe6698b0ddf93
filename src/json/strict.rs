//! JSON → tape, in one pass without recursion.

use super::lanes::{Lanes, STRETCH, stop_map};
use super::string::{escapes_are_right, is_clean};
use super::tape::{DIRTY, ESCAPED, LONGEST, Word};
use super::{JsonError, Kind, number};

/// How deep arrays and objects may be nested. json-smart ends in Java's stack somewhere below.
pub(super) const MAX_DEPTH: usize = 10_000;

pub(super) const TOO_DEEP: &str = "JSON is nested more than 10000 deep";

/// Why a text is no tape.
pub(super) enum Failure {
    /// It is not strict JSON; json-smart may read it all the same.
    NotJson {
        /// The byte at which it was noticed
        offset: usize,
    },
    /// It is more than may be read, strict or not.
    Refused(JsonError),
}

impl From<Failure> for JsonError {
    fn from(failure: Failure) -> JsonError {
        match failure {
            Failure::NotJson { offset } => JsonError { message: "this is no JSON", offset },
            Failure::Refused(error) => error,
        }
    }
}

/// A container around the one that is being read.
struct Outer {
    node: u32,
    count: u32,
    object: bool,
    dirty: bool,
}

/// Parses strict JSON with nothing but blanks behind it.
pub(super) fn parse(text: &str) -> Result<Vec<Word>, Failure> {
    let bytes = text.as_bytes();
    let stops = stop_map(bytes);
    // Payloads have a word for every eight bytes or so.
    let mut tape: Vec<Word> = Vec::with_capacity(bytes.len() / 8 + 8);
    let mut open: Vec<Outer> = Vec::new();
    // The container whose children are being read: its first word, children so far, what it is, whether its text differs
    // from compact JSON.
    let (mut node, mut count, mut object, mut dirty) = (0u32, 0u32, false, false);
    let mut at = blanks(bytes, 0);
    // The byte at `at`.
    let mut here = byte(bytes, at);

    macro_rules! fail {
        () => {
            return Err(Failure::NotJson { offset: at })
        };
    }
    macro_rules! skip_blanks {
        () => {
            if here <= b' ' {
                let behind = blanks(bytes, at);
                dirty |= behind > at;
                at = behind;
                here = byte(bytes, at);
            }
        };
    }
    macro_rules! string {
        ($word:expr) => {{
            let start = at + 1;
            let Some((end, flags)) = string(bytes, &stops, start) else { fail!() };
            if end - start > LONGEST {
                return Err(too_long(at));
            }
            dirty |= flags != 0;
            tape.push($word(start, end, flags));
            at = end + 1;
        }};
    }

    'value: loop {
        if object {
            if here != b'"' {
                fail!();
            }
            string!(Word::name);
            let [colon, next] = pair(bytes, at);
            if colon == b':' && next > b' ' {
                (at, here) = (at + 1, next);
            } else {
                here = colon;
                skip_blanks!();
                if here != b':' {
                    fail!();
                }
                at += 1;
                here = byte(bytes, at);
                skip_blanks!();
            }
        }
        match here {
            b'"' => string!(|start, end, flags| Word::scalar(Kind::String, start, end, flags)),
            b'-' | b'0'..=b'9' => {
                let Some((end, plain)) = number::scan(bytes, at) else { fail!() };
                if end - at > LONGEST {
                    return Err(too_long(at));
                }
                dirty |= !plain;
                tape.push(Word::scalar(Kind::Number, at, end, if plain { 0 } else { DIRTY }));
                at = end;
            }
            b'{' | b'[' => {
                if open.len() == MAX_DEPTH {
                    return Err(Failure::Refused(JsonError { message: TOO_DEEP, offset: at }));
                }
                open.push(Outer { node, count, object, dirty });
                (node, count, object, dirty) = (tape.len() as u32, 0, here == b'{', false);
                // Filled in where it is closed.
                tape.push(Word::container(Kind::Array, at, 0, false));
                tape.push(Word::default());
                at += 1;
                here = byte(bytes, at);
                skip_blanks!();
                if here != if object { b'}' } else { b']' } {
                    continue 'value;
                }
                // Closed below, where the child that it has not is counted.
                count = u32::MAX;
            }
            b't' | b'f' | b'n' => {
                let Some((kind, end)) = word(bytes, at) else { fail!() };
                tape.push(Word::scalar(kind, at, end, 0));
                at = end;
            }
            // Not JSON, but json-smart has it, and `lenient` could not spell it otherwise.
            b'N' if bytes[at..].starts_with(number::NOT_A_NUMBER.as_bytes()) => {
                let end = at + number::NOT_A_NUMBER.len();
                dirty = true;
                tape.push(Word::scalar(Kind::Number, at, end, DIRTY));
                at = end;
            }
            _ => fail!(),
        }
        // A value is complete: on to the next, or out of the containers that end here.
        loop {
            if open.is_empty() {
                let end = blanks(bytes, at);
                if end != bytes.len() {
                    return Err(Failure::NotJson { offset: end });
                }
                return Ok(tape);
            }
            count = count.wrapping_add(1);
            let [comma, next] = pair(bytes, at);
            if comma == b',' && next > b' ' {
                (at, here) = (at + 1, next);
                continue 'value;
            }
            here = comma;
            skip_blanks!();
            if here == b',' {
                at += 1;
                here = byte(bytes, at);
                skip_blanks!();
                continue 'value;
            }
            if here != if object { b'}' } else { b']' } {
                fail!();
            }
            at += 1;
            let kind = if object { Kind::Object } else { Kind::Array };
            let next = tape.len();
            let Some([first, second, ..]) = tape.get_mut(node as usize..) else { fail!() };
            *first = Word::container(kind, first.start(), count, dirty);
            *second = Word::span(at, next);
            let Some(outer) = open.pop() else { fail!() };
            (node, count, object) = (outer.node, outer.count, outer.object);
            dirty |= outer.dirty;
        }
    }
}

#[cold]
fn too_long(offset: usize) -> Failure {
    Failure::Refused(JsonError { message: "a text of more than 128 MB", offset })
}

#[inline(always)]
fn byte(bytes: &[u8], at: usize) -> u8 {
    // 0 is no byte that strict JSON may have anywhere.
    bytes.get(at).copied().unwrap_or(0)
}

/// The byte at `at` and the one behind it.
#[inline(always)]
fn pair(bytes: &[u8], at: usize) -> [u8; 2] {
    match bytes.get(at..).and_then(<[u8]>::first_chunk) {
        Some(pair) => *pair,
        None => [byte(bytes, at), 0],
    }
}

/// One of JSON's three words: its kind, and where it ends.
#[inline]
fn word(bytes: &[u8], at: usize) -> Option<(Kind, usize)> {
    let rest = bytes.get(at..)?;
    match rest.first_chunk()? {
        b"true" => Some((Kind::Bool, at + 4)),
        b"null" => Some((Kind::Null, at + 4)),
        b"fals" if rest.get(4) == Some(&b'e') => Some((Kind::Bool, at + 5)),
        _ => None,
    }
}

/// Where the blanks from `at` on end.
#[inline(never)]
pub(super) fn blanks(bytes: &[u8], mut at: usize) -> usize {
    if byte(bytes, at) == b' ' && byte(bytes, at + 1) > b' ' {
        return at + 1;
    }
    while let Some(lanes) = Lanes::load(bytes, at) {
        let others = lanes.no_blanks();
        if !others.is_empty() {
            return at + others.first();
        }
        at += Lanes::COUNT;
    }
    while matches!(byte(bytes, at), b' ' | b'\n' | b'\r' | b'\t') {
        at += 1;
    }
    at
}

/// Finds the end of the string that begins behind its quote at `start`: where the closing quote is, and the flags of the
/// string. `None` when it is never closed, holds a control character or a wrong escape.
#[inline(always)]
fn string(bytes: &[u8], stops: &[u64], start: usize) -> Option<(usize, u64)> {
    let end = next_stop(stops, start);
    if bytes.get(end) == Some(&b'"') {
        Some((end, 0))
    } else {
        odd_string(bytes, stops, start, end)
    }
}

/// The first stop from `at` on; at the end of the text all places are stops.
#[inline(always)]
fn next_stop(stops: &[u64], at: usize) -> usize {
    let here = stops.get(at / STRETCH).copied().unwrap_or(1) >> (at % STRETCH);
    if here != 0 {
        return at + here.trailing_zeros() as usize;
    }
    let mut stretch = at / STRETCH + 1;
    loop {
        match stops.get(stretch) {
            Some(0) => stretch += 1,
            Some(word) => return stretch * STRETCH + word.trailing_zeros() as usize,
            None => return stretch * STRETCH,
        }
    }
}

/// A string with something else than text before its end, of which `at` is the first.
#[inline(never)]
fn odd_string(bytes: &[u8], stops: &[u64], start: usize, mut at: usize) -> Option<(usize, u64)> {
    let (mut escaped, mut escapes) = (false, false);
    loop {
        match *bytes.get(at)? {
            b'"' => break,
            b'\\' => {
                escaped = true;
                at += 2;
            }
            0..=0x1F => return None,
            _ => {
                escapes = true;
                at += 1;
            }
        }
        at = next_stop(stops, at);
    }
    if escaped {
        return escapes_are_right(&bytes[start..at]).then_some((at, ESCAPED | DIRTY));
    }
    let clean = !escapes || is_clean(&bytes[start..at]);
    Some((at, if clean { 0 } else { DIRTY }))
}
