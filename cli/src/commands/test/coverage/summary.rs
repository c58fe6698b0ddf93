//! A table for the terminal: a line for each template.

use std::fmt::Write;

use super::{Measured, Part, lines};

/// Line numbers of a template that are told.
const TOLD: usize = 8;

/// The table, with the lines that were never rendered.
pub(super) fn table(measured: &[Measured], total: Part) -> String {
    let title = "coverage";
    let widest = measured.iter().map(|one| one.name.chars().count()).max().unwrap_or(0);
    let width = widest.max(title.len()).min(60);
    let mut out = format!("\n{title:width$}  {:>16}  {:>16}\n", "lines", "branches");
    for one in measured {
        let (lines, branches) = (part(one.lines()), part(one.branches()));
        let mut row = format!("{:width$}  {lines:>16}  {branches:>16}", one.name);
        let missed = missed(one);
        if !missed.is_empty() {
            let _ = write!(row, "  never: {missed}");
        }
        out.push_str(&row);
        out.push('\n');
    }
    // Writing into a String cannot fail.
    let _ = writeln!(out, "{:.1} % of {} lines and branches", total.percent(), total.all);
    out
}

fn part(part: Part) -> String {
    format!("{}/{} {:5.1} %", part.rendered, part.all, part.percent())
}

/// `3, 7-9`
fn missed(one: &Measured) -> String {
    let counts = lines::counts(&one.text, &one.coverage);
    let mut ranges: Vec<(usize, usize)> = Vec::new();
    for (line, _) in counts.into_iter().filter(|(_, count)| *count == 0) {
        match ranges.last_mut() {
            Some((_, last)) if *last + 1 == line => *last = line,
            _ => ranges.push((line, line)),
        }
    }
    let mut words: Vec<String> = ranges
        .iter()
        .take(TOLD)
        .map(|(a, b)| if a == b { a.to_string() } else { format!("{a}-{b}") })
        .collect();
    if ranges.len() > TOLD {
        words.push("…".to_owned());
    }
    words.join(", ")
}
