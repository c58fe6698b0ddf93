//! The tracefile of lcov, which editors and CI services read.

use std::collections::HashMap;
use std::fmt::Write;

use transom::Way;

use super::{Measured, lines};

/// A record for each template that has a file.
pub(super) fn document(measured: &[Measured]) -> String {
    let mut out = String::new();
    for one in measured.iter().filter(|one| one.is_file) {
        // Writing into a String cannot fail.
        let _ = writeln!(out, "TN:\nSF:{}", one.name);
        let starts = lines::starts(&one.text);
        let mut blocks: HashMap<u32, usize> = HashMap::new();
        let reached: HashMap<_, _> =
            one.coverage.pieces().iter().map(|piece| (piece.span, piece.count)).collect();
        for branch in one.coverage.branches() {
            let next = blocks.len();
            let block = *blocks.entry(branch.place.start).or_insert(next);
            let way = match branch.way {
                Way::Holds | Way::Rounds => 0,
                Way::Otherwise | Way::NoRound => 1,
            };
            let line = lines::line(&starts, branch.place.start as usize);
            // `-` says that the condition itself was never looked at.
            let taken = match reached.get(&branch.place) {
                Some(0) => "-".to_owned(),
                _ => branch.count.to_string(),
            };
            let _ = writeln!(out, "BRDA:{line},{block},{way},{taken}");
        }
        let branches = one.branches();
        let _ = writeln!(out, "BRF:{}\nBRH:{}", branches.all, branches.rendered);
        for (line, count) in lines::counts(&one.text, &one.coverage) {
            let _ = writeln!(out, "DA:{line},{count}");
        }
        let lines = one.lines();
        let _ = writeln!(out, "LF:{}\nLH:{}\nend_of_record", lines.all, lines.rendered);
    }
    out
}
