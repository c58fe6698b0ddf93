//! The two JSONPath dialects against each other, on random paths and documents where Jayway and RFC 9535 agree.
//!
//! They agree on names that are identifiers, single indexes (`[-1]` too), `[*]`, lists of indexes behind
//! single steps, slices whose
//! bounds are not negative and both written, `..name`, and on filters in parentheses over the elements of an array that
//! compare a member with a literal of its own type. Agreeing means: the same values in the same order; a path of names
//! and indexes that leads nowhere prints `""` in both. `docs/jsonpath.md` lists where they do not agree.

use transom::{JsonPathDialect, Options, Template, Variables};

const NAMES: [&str; 5] = ["a", "b", "list", "name", "n"];

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

    /// `name` is a text, `n` a number, `list` an array of objects, everywhere.
    fn object(&mut self, depth: u32) -> String {
        let mut members = Vec::new();
        for name in NAMES {
            let value = match name {
                _ if self.below(4) == 0 => continue,
                "name" => format!("{:?}", self.one_of(&["tea", "cup", "pot"])),
                "n" => self.below(6).to_string(),
                "list" => self.array(depth),
                _ if depth == 0 => {
                    self.one_of(&["true", "null", "7", "\"x\"", "{}", "[]"]).to_owned()
                }
                _ => self.object(depth - 1),
            };
            members.push(format!("\"{name}\":{value}"));
        }
        format!("{{{}}}", members.join(","))
    }

    fn array(&mut self, depth: u32) -> String {
        let count = if depth == 0 { 0 } else { self.below(5) };
        let elements: Vec<_> = (0..count).map(|_| self.object(depth - 1)).collect();
        format!("[{}]", elements.join(","))
    }

    fn path(&mut self) -> String {
        let mut path = String::from("$");
        let mut array = false;
        for _ in 0..1 + self.below(4) {
            let step = match array {
                true => match self.below(7) {
                    0 => "[0]".to_owned(),
                    1 => "[-1]".to_owned(),
                    2 => "[*]".to_owned(),
                    // Behind a step of several results the crate gives these in another order.
                    3 if !path.contains(['*', ',', ':', '?']) && !path.contains("..") => {
                        "[0,2]".to_owned()
                    }
                    4 => format!("[{}:{}]", self.below(2), 2 + self.below(3)),
                    5 => format!(
                        "[?(@.n {} {})]",
                        self.one_of(&["==", "<", ">", "<=", ">="]),
                        self.below(6)
                    ),
                    _ => format!("[?(@.name == '{}')]", self.one_of(&["tea", "cup"])),
                },
                false => {
                    let name = self.one_of(&NAMES);
                    match self.below(5) {
                        0 => format!("['{name}']"),
                        1 if !path.contains("..") => format!("..{name}"),
                        _ => format!(".{name}"),
                    }
                }
            };
            array = step.contains("list");
            path.push_str(&step);
        }
        path
    }
}

fn evaluate(path: &str, body: &str, json_path: JsonPathDialect) -> String {
    let options = Options { json_path, ..Options::default() };
    let template = Template::compile(&format!("$input.json(\"{path}\")"), &options);
    let rendered = template.and_then(|t| t.render(&Variables::new().body(body)));
    rendered.map_or_else(|error| format!("error: {error}"), |rendered| rendered.output)
}

#[test]
fn where_the_standards_agree_so_do_we() {
    let mut numbers = Numbers(9535);
    let mut found = 0;
    for _ in 0..1500 {
        let (body, path) = (numbers.object(3), numbers.path());
        let jayway = evaluate(&path, &body, JsonPathDialect::Jayway);
        let standard = evaluate(&path, &body, JsonPathDialect::Rfc9535);
        assert_eq!(jayway, standard, "{path} in {body}");
        found += u32::from(jayway != "[]" && jayway != "\"\"");
    }
    assert!(found > 500, "most paths must lead somewhere: {found}");
}

#[test]
fn where_they_differ_each_follows_its_own() {
    let body = r#"{"foo-bar": 1, "items": [{"id": 1}, {"id": "1"}], "map": {"x": {"id": 1}}}"#;
    for (path, jayway, standard) in [
        ("$.items[?(@.id == 1)]", r#"[{"id":1},{"id":"1"}]"#, r#"[{"id":1}]"#),
        ("$.items[1:-1]", "[]", "[]"),
        ("$.items[0:-1]", "[]", r#"[{"id":1}]"#),
        ("$.map[?(@.id == 1)]", "[]", r#"[{"id":1}]"#),
        ("$['foo-bar','map']", r#"{"foo-bar":1,"map":{"x":{"id":1}}}"#, r#"[1,{"x":{"id":1}}]"#),
    ] {
        assert_eq!(evaluate(path, body, JsonPathDialect::Jayway), jayway, "{path}");
        assert_eq!(evaluate(path, body, JsonPathDialect::Rfc9535), standard, "{path}");
    }
    assert!(evaluate("$.foo-bar", body, JsonPathDialect::Rfc9535).starts_with("error"));
}

/// The budget is charged before the crate runs, and deep documents are refused: it recurses on them.
#[test]
fn the_standard_is_bounded() {
    let deep = "[".repeat(5000) + &"]".repeat(5000);
    assert!(evaluate("$..*", &deep, JsonPathDialect::Rfc9535).contains("error"));
    let nested = "[".repeat(150) + &"1,".repeat(20_000) + "1" + &"]".repeat(150);
    assert!(evaluate("$..*..*..*..*", &nested, JsonPathDialect::Rfc9535).contains("error"));
}
