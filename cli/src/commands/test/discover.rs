//! The paths of the command line → the test files they mean.

use std::fs;
use std::path::{Path, PathBuf};

use crate::diagnostic::Diagnostic;
use crate::input::unreadable;

/// How a test file's name ends.
pub(super) const ENDING: &str = ".transom.yaml";
/// Folders that hold no tests of one's own.
const SKIPPED: &[&str] = &["node_modules", "target", "cdk.out"];
/// How deep folders are looked through.
const DEPTH: usize = 64;

/// The test files, in order; a file that is named need not end in `.transom.yaml`.
pub(super) fn discover(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Box<Diagnostic>> {
    let here = [PathBuf::from(".")];
    let paths = if paths.is_empty() { &here[..] } else { paths };
    let mut found = Vec::new();
    for path in paths {
        let kind = fs::metadata(path).map_err(|error| unreadable(path, &error))?;
        if kind.is_dir() {
            look_through(path, DEPTH, &mut found)?;
        } else {
            found.push(path.clone());
        }
    }
    let mut seen = std::collections::HashSet::new();
    found.retain(|path| seen.insert(path.clone()));
    Ok(found)
}

fn look_through(
    directory: &Path,
    depth: usize,
    found: &mut Vec<PathBuf>,
) -> Result<(), Box<Diagnostic>> {
    if depth == 0 {
        return Ok(());
    }
    let listed = fs::read_dir(directory).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    let mut entries = listed.map_err(|error| unreadable(directory, &error))?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let Ok(kind) = entry.file_type() else { continue };
        let path = entry.path();
        if kind.is_dir() {
            if !name.starts_with('.') && !SKIPPED.contains(&&*name) {
                look_through(&path, depth - 1, found)?;
            }
        } else if name.ends_with(ENDING) {
            found.push(path.strip_prefix(".").map(Path::to_owned).unwrap_or(path));
        }
    }
    Ok(())
}
