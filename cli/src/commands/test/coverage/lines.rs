//! Pieces → lines: which have something to render, and how often that happened.

use std::collections::BTreeMap;

use transom::Coverage;

/// The lines, from 1, on which a piece has more than blanks, and how often the piece rendered most was.
pub(super) fn counts(text: &str, coverage: &Coverage) -> BTreeMap<usize, u64> {
    let starts = starts(text);
    let mut counts = BTreeMap::new();
    for piece in coverage.pieces() {
        let range = piece.span.range();
        let mut at = range.start;
        let slice = text.get(range).unwrap_or_default();
        for part in slice.split_inclusive('\n') {
            if !part.trim().is_empty() {
                let count = counts.entry(line(&starts, at)).or_insert(0);
                *count = piece.count.max(*count);
            }
            at += part.len();
        }
    }
    counts
}

/// Where each line begins.
pub(super) fn starts(text: &str) -> Vec<usize> {
    std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect()
}

/// The line of a byte, from 1.
pub(super) fn line(starts: &[usize], at: usize) -> usize {
    starts.partition_point(|start| *start <= at)
}
