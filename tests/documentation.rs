//! Every error and every warning has a chapter in `docs/` and a case in `tests/templates/`, and nothing else has.

#![allow(clippy::panic, reason = "a chapter without its examples fails the test")]

#[allow(dead_code, reason = "each test reads what it needs of a case")]
mod support;

use std::collections::BTreeSet;

use transom::{Error, Template, Variables, Warning};

/// What no template and no payload can bring about.
const WITHOUT_CASE: [&str; 1] = ["internal"];

#[test]
fn every_warning_has_a_chapter_and_a_case() {
    let codes: BTreeSet<String> = Warning::CODES.iter().map(ToString::to_string).collect();
    assert_eq!(codes, chapters(include_str!("../docs/warnings.md")));
    assert_eq!(codes, codes_of_cases("templates/warnings", "warnings"));
}

#[test]
fn every_error_has_a_chapter_and_a_case() {
    let mut codes: BTreeSet<String> = Error::CODES.iter().map(ToString::to_string).collect();
    assert_eq!(codes, chapters(include_str!("../docs/errors.md")));
    codes.retain(|code| !WITHOUT_CASE.contains(&code.as_str()));
    assert_eq!(codes, codes_of_cases("templates/errors", "error"));
}

#[test]
fn every_example_of_a_warning_warns_and_its_repair_does_not() {
    for (code, examples) in examples(include_str!("../docs/warnings.md")) {
        let codes = |template: &str| -> Vec<&str> {
            let template = Template::new(template).expect("a template that API Gateway takes");
            template.warnings().iter().map(Warning::code).collect()
        };
        let [example, repair] = examples.as_slice() else { panic!("{code} has no two examples") };
        assert!(codes(example).contains(&code), "the example of {code}: {:?}", codes(example));
        assert!(!codes(repair).contains(&code), "the repair of {code}: {:?}", codes(repair));
    }
}

#[test]
fn every_example_of_an_error_fails_and_its_repair_does_not() {
    for (code, examples) in examples(include_str!("../docs/errors.md")) {
        let render = |template: &str| {
            let variables = Variables::new().body("{\"name\": ");
            Template::new(template).and_then(|template| template.render(&variables))
        };
        if let Some(example) = examples.first() {
            let error = render(example).expect_err("the example of an error renders");
            assert_eq!(error.code(), code, "{example}");
        }
        if let Some(repair) = examples.get(1) {
            let code_after = render(repair).err().map(|error| error.code());
            // The payload of all examples is none.
            assert!(matches!(code_after, None | Some("payload")), "{repair}: {code_after:?}");
        }
    }
}

/// The `vtl` blocks of each chapter.
fn examples(document: &str) -> Vec<(&str, Vec<&str>)> {
    let chapters = document.split("\n## ").skip(1);
    let chapters = chapters.map(|chapter| {
        let blocks = chapter.split("```vtl\n").skip(1);
        let blocks = blocks.map(|block| block.split("\n```").next().unwrap_or_default());
        (chapter.lines().next().unwrap_or_default(), blocks.collect())
    });
    chapters.collect()
}

fn chapters(document: &str) -> BTreeSet<String> {
    document.lines().filter_map(|line| line.strip_prefix("## ")).map(str::to_owned).collect()
}

/// The codes in the first lines, `1:8 code: sentence`, of what cases expect.
fn codes_of_cases(folder: &str, section: &str) -> BTreeSet<String> {
    let lines = |text: &str| -> Vec<String> { text.lines().filter_map(code).collect() };
    support::cases(folder)
        .iter()
        .flat_map(|case| case.section(section).map(lines).unwrap_or_default())
        .collect()
}

fn code(line: &str) -> Option<String> {
    let (place, rest) = line.split_once(' ')?;
    let (line, column) = place.split_once(':')?;
    let number = |text: &str| text.parse::<usize>().is_ok();
    let code = rest.split_once(": ")?.0.trim_end_matches(" (hint)");
    let hyphens = |c: char| c.is_ascii_lowercase() || c == '-';
    (number(line) && number(column) && code.chars().all(hyphens)).then(|| code.to_owned())
}
