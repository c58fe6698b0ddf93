//! Findings as workflow commands of GitHub Actions: `::error file=…,line=…::message`.

use std::fmt::Write;

use crate::diagnostic::{Diagnostic, Severity};

/// A line for each finding.
pub(crate) fn document(found: &[Diagnostic]) -> String {
    found.iter().map(command).collect()
}

fn command(found: &Diagnostic) -> String {
    let level = match found.severity {
        Severity::Error | Severity::Warning => found.severity.name(),
        Severity::Hint | Severity::Note => "notice",
    };
    let mut out = format!("::{level} file={}", property(&found.source.name));
    if let Some(region) = found.region() {
        // Writing into a String cannot fail.
        let _ =
            write!(out, ",line={},endLine={},col={}", region.line, region.end_line, region.column);
        // GitHub refuses columns of a range over several lines.
        if region.line == region.end_line {
            let _ = write!(out, ",endColumn={}", region.end_column);
        }
    }
    let _ = write!(
        out,
        ",title={}::{}",
        property(&format!("transom: {}", found.kind)),
        data(&found.message)
    );
    for more in [&found.help, &found.aws_words].into_iter().flatten() {
        let _ = write!(out, "%0A{}", data(more));
    }
    out.push('\n');
    out
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Source;

    #[test]
    fn what_has_a_meaning_in_a_command_is_escaped() {
        let source = Source { name: "a,b:c.vtl".to_owned(), text: String::new() };
        let found = Diagnostic::input("100 %\nof it: wrong, all".to_owned(), source, None);
        assert_eq!(
            command(&found),
            "::error file=a%2Cb%3Ac.vtl,title=transom%3A input::100 %25%0Aof it: wrong, all\n"
        );
    }
}
