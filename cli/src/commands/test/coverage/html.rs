//! One page: a table, and every template in colours.

use std::fmt::Write;

use transom::{Span, Way};

use super::{Measured, Part};

const STYLE: &str = include_str!("page.css");

/// The page; it needs nothing else.
pub(super) fn page(measured: &[Measured], total: Part) -> String {
    let mut out = format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n\
         <title>Coverage of templates</title>\n<style>\n{STYLE}</style>\n\
         <h1>Coverage of templates: {:.1} %</h1>\n\
         <p><span class=\"yes\">rendered</span> <span class=\"half\">rendered, but not every way was gone</span> \
         <span class=\"no\">never rendered</span></p>\n\
         <table>\n<tr><th>template<th>lines<th>branches\n",
        total.percent()
    );
    // Writing into a String cannot fail.
    for (at, one) in measured.iter().enumerate() {
        let (lines, branches) = (one.lines(), one.branches());
        let _ = writeln!(
            out,
            "<tr><td><a href=\"#t{at}\">{}</a><td>{}/{} ({:.1} %)<td>{}/{} ({:.1} %)",
            escaped(&one.name),
            lines.rendered,
            lines.all,
            lines.percent(),
            branches.rendered,
            branches.all,
            branches.percent(),
        );
    }
    out.push_str("</table>\n");
    for (at, one) in measured.iter().enumerate() {
        let _ = writeln!(
            out,
            "<h2 id=\"t{at}\">{}</h2>\n<pre>{}</pre>",
            escaped(&one.name),
            coloured(one)
        );
    }
    out.push_str("</html>\n");
    out
}

/// The template, a `<code>` for each line.
fn coloured(one: &Measured) -> String {
    let mut out = String::from("<code>");
    let mut done = 0;
    for piece in one.coverage.pieces() {
        let range = piece.span.range();
        // Pieces stand in one another only where a template evaluates text; the outer one counts.
        let (Some(before), Some(text)) =
            (one.text.get(done..range.start), one.text.get(range.clone()))
        else {
            continue;
        };
        plain(before, &mut out);
        let missed = missed(one, piece.span);
        let class = match (piece.count, missed.is_empty()) {
            (0, _) => "no",
            (_, true) => "yes",
            (_, false) => "half",
        };
        let title = match missed.is_empty() || piece.count == 0 {
            true => format!("rendered: {} ×", piece.count),
            false => missed.join(", "),
        };
        // A line is an element of its own, so a colour ends with its line.
        for (i, part) in text.split('\n').enumerate() {
            if i > 0 {
                out.push_str("</code>\n<code>");
            }
            if !part.is_empty() {
                let _ = write!(
                    out,
                    "<span class=\"{class}\" title=\"{title}\">{}</span>",
                    escaped(part)
                );
            }
        }
        done = range.end;
    }
    plain(one.text.get(done..).unwrap_or_default(), &mut out);
    out.push_str("</code>\n");
    out
}

fn plain(text: &str, out: &mut String) {
    out.push_str(&escaped(text).replace('\n', "</code>\n<code>"));
}

/// The ways from here that were never gone, in words.
fn missed(one: &Measured, place: Span) -> Vec<&'static str> {
    let branches = one.coverage.branches().iter();
    branches
        .filter(|branch| branch.place == place && branch.count == 0)
        .map(|branch| match branch.way {
            Way::Holds => "never true",
            Way::Otherwise => "never false",
            Way::Rounds => "never with something to go through",
            Way::NoRound => "never with nothing to go through",
        })
        .collect()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
