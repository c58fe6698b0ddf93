//! Every error and every warning has a chapter in `docs/` and a case in `tests/templates/`, and nothing else has.

#[allow(dead_code, reason = "each test reads what it needs of a case")]
mod support;

use std::collections::BTreeSet;

use transom::{Error, Warning};

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
fn every_example_of_a_warning_warns() {
    examples(include_str!("../docs/warnings.md"), |code, template| {
        let template = transom::Template::new(template).expect("a template that API Gateway takes");
        let codes: Vec<&str> = template.warnings().iter().map(Warning::code).collect();
        assert!(codes.contains(&code), "the example of {code} warns of {codes:?}");
    });
}

#[test]
fn every_example_of_an_error_fails() {
    examples(include_str!("../docs/errors.md"), |code, template| {
        let failed = transom::Template::new(template)
            .and_then(|template| template.render(&transom::Variables::new().body("{a")));
        let error = failed.expect_err("the example of an error renders");
        assert_eq!(error.code(), code, "{template}");
    });
}

/// The first `vtl` block of each chapter.
fn examples(document: &str, check: impl Fn(&str, &str)) {
    let mut count = 0;
    for chapter in document.split("\n## ").skip(1) {
        let code = chapter.lines().next().unwrap_or_default();
        if let Some((_, block)) = chapter.split_once("```vtl\n") {
            check(code, block.split("\n```").next().unwrap_or_default());
            count += 1;
        }
    }
    assert!(count > 10, "only {count} examples");
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
    let code = rest.split([':', ' ']).next()?;
    let hyphens = |c: char| c.is_ascii_lowercase() || c == '-';
    (number(line) && number(column) && code.chars().all(hyphens)).then(|| code.to_owned())
}
