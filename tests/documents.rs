//! Payloads and paths that nobody wrote: strict documents against serde_json, and random texts as documents and as paths.
//!
//! What is no strict JSON is compared with the real json-smart in `differential/documents.py`; its answers are in
//! `real_engine/documents.jsonl`.

use serde_json::Value;
use transom::{Document, ErrorKind, Limits, Options, Template, Variables};

/// Numbers that look random, the same in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }

    fn one_of<'s>(&mut self, texts: &[&'s str]) -> &'s str {
        texts[self.below(texts.len() as u64) as usize]
    }

    fn blank(&mut self) -> &'static str {
        ["", "", "", " ", "\n  ", "\t\r\n"][self.below(6) as usize]
    }

    /// Strict JSON whose numbers Java and serde_json write alike.
    fn json(&mut self, depth: u32) -> String {
        let kinds = if depth == 0 { 4 } else { 6 };
        let text = match self.below(kinds) {
            0 => self
                .one_of(&["true", "false", "null", "0", "-7", "1.5", "123456789012", "0.25"])
                .to_owned(),
            1 => format!("{}.{}", self.below(1000), 1 + self.below(9)),
            2 | 3 => self.string(),
            4 => {
                let elements: Vec<_> = (0..self.below(5)).map(|_| self.json(depth - 1)).collect();
                format!("[{}]", elements.join(",")).replace("[]", "[ ]")
            }
            _ => {
                let members: Vec<_> = (0..self.below(7))
                    .map(|_| format!("{}{}:{}", self.string(), self.blank(), self.json(depth - 1)))
                    .collect();
                format!("{{{}}}", members.join(","))
            }
        };
        format!("{}{text}{}", self.blank(), self.blank())
    }

    fn string(&mut self) -> String {
        let pieces = [
            "a",
            "name",
            "é",
            "日本",
            "\\n",
            "\\\"",
            "\\\\",
            "\\u0041",
            "\\ud83d\\ude00",
            "a longer piece of text ",
            "x",
        ];
        let text: String = (0..self.below(5)).map(|_| self.one_of(&pieces)).collect();
        format!("\"{text}\"")
    }

    fn noise(&mut self, pieces: &[&str]) -> String {
        (0..self.below(14)).map(|_| self.one_of(pieces)).collect()
    }
}

fn render(template: &str, body: &str) -> Result<String, transom::Error> {
    Ok(Template::new(template)?.render(&Variables::new().body(body))?.output)
}

/// The strict path reads what serde_json reads: the same values, the last of two members of one name, the order of the
/// first.
#[test]
fn strict_documents_are_read_as_by_serde_json() {
    let mut numbers = Numbers(1);
    for _ in 0..1500 {
        let text = format!("[{}]", numbers.json(4));
        let value: Value = serde_json::from_str(&text).expect("the generator writes JSON");
        let output = render("$input.json('$')", &text).expect("JSON is read");
        assert_eq!(output, value.to_string(), "{text}");
    }
}

/// A document that is cut off anywhere, and one with a byte changed, is read or refused, in bounded time.
#[test]
fn broken_documents_do_no_harm() {
    let mut numbers = Numbers(2);
    for _ in 0..40 {
        let text = numbers.json(4);
        for (end, _) in text.char_indices() {
            let _ = render("$input.json('$')$input.path('$')", &text[..end]);
        }
        let mut bytes = text.into_bytes();
        let at = numbers.below(bytes.len() as u64 + 1) as usize;
        bytes.insert(at, b"{}[],:\"'\\ 1-e.\x01"[numbers.below(15) as usize]);
        if let Ok(text) = String::from_utf8(bytes) {
            let _ = render("$input.json('$')$input.path('$')", &text);
        }
    }
}

#[test]
fn random_texts_as_paths_do_no_harm() {
    let pieces = [
        "$", ".", "..", "[", "]", "*", "'", "a", "?", "(", ")", "@", "==", "=~", "/a+/", "&&",
        "||", "!", "0", "-1", ":", ",", " ", "{", "}", "length()", "in", "é", "\\", "min", "1e9",
        "null",
    ];
    let mut numbers = Numbers(3);
    let limits = Limits { steps: 200_000, ..Limits::default() };
    let options = Options { limits, ..Options::default() };
    let body = r#"{"a":[{"a":1},{"a":[2,3,{"a":null}]}],"b":"x"}"#;
    let document = Document::from_value(&Value::Null);
    for _ in 0..4000 {
        let path = numbers.noise(&pieces);
        let vars = serde_json::json!({ "p": path });
        let host = Document::from_value(&vars);
        let variables = Variables::new().body(body).stage_variables(&document).host(&host);
        let template =
            Template::compile("$input.path($p)$input.json($p)", &options).expect("a template");
        let _ = template.render(&variables);
    }
}

#[test]
fn a_path_that_multiplies_ends_at_the_budget() {
    let body = "[".repeat(100) + "1" + &"]".repeat(100);
    let limits = Limits { steps: 100_000, ..Limits::default() };
    let options = Options { limits, ..Options::default() };
    let template =
        Template::compile("$input.path('$..*..*..*').size()", &options).expect("a template");
    let error = template.render(&Variables::new().body(&body)).expect_err("too many nodes");
    assert!(matches!(error.kind(), ErrorKind::StepLimit(100_000)), "{error:?}");
}

/// Nothing recurses on the depth of a document, whether it is read, searched, changed or dropped.
#[test]
fn documents_may_be_nested_ten_thousand_deep() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let inner = if open == "[" { "" } else { "1" };
        let body = open.repeat(10_000) + inner + &close.repeat(10_000);
        assert_eq!(render("$input.json('$')", &body).expect("it is read"), body);
        assert_eq!(render("$input.path('$..zzz').size()", &body).expect("it is searched"), "0");
        let change = "#set($l = $input.path('$'))$!l.put('x', 1)#if($l.add(1))#{end}done";
        assert!(render(change, &body).is_ok_and(|output| output.ends_with("done")));
        let body = open.repeat(10_001) + inner + &close.repeat(10_001);
        assert!(render("$input.json('$')", &body).is_err(), "one more is refused");
    }
}
