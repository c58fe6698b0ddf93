//! Reads the case files: `=== name`, then sections that begin with `--- section`.

#![allow(clippy::panic, reason = "a broken case file fails the test")]

use std::path::{Path, PathBuf};

/// One case of a file.
pub(crate) struct Case {
    /// The file, for messages
    pub file: PathBuf,
    /// What stands behind `===`
    pub name: String,
    sections: Vec<(String, String)>,
}

impl Case {
    /// A section's text, without the line end before the next section.
    pub(crate) fn section(&self, name: &str) -> Option<&str> {
        self.sections.iter().find(|(n, _)| n == name).map(|(_, text)| text.as_str())
    }

    /// Replaces a section's text, or adds it.
    pub(crate) fn set(&mut self, name: &str, text: String) {
        match self.sections.iter_mut().find(|(n, _)| n == name) {
            Some((_, old)) => *old = text,
            None => self.sections.push((name.to_owned(), text)),
        }
    }

    /// Takes a section away.
    pub(crate) fn remove(&mut self, name: &str) {
        self.sections.retain(|(n, _)| n != name);
    }

    /// Fails on a section that no test reads: a misspelt one would test nothing.
    pub(crate) fn only(&self, known: &[&str]) -> Result<(), String> {
        match self.sections.iter().find(|(n, _)| !known.contains(&n.as_str())) {
            Some((name, _)) => Err(format!("unknown section `--- {name}`")),
            None => Ok(()),
        }
    }
}

/// All cases of all `.txt` files of a folder, sub-folders included, in the order of their names.
pub(crate) fn cases(folder: &str) -> Vec<Case> {
    let mut files = Vec::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(folder), &mut files);
    files.sort();
    let cases: Vec<Case> = files.iter().flat_map(|file| read(file)).collect();
    assert!(!cases.is_empty(), "no case in tests/{folder}");
    cases
}

/// Writes cases back to their files, each section as it is now.
pub(crate) fn write(cases: &[Case]) {
    let mut files: std::collections::BTreeMap<&Path, Vec<String>> = Default::default();
    for case in cases {
        let mut text = format!("=== {}\n", case.name);
        for (name, content) in &case.sections {
            text.push_str(&format!("--- {name}\n{content}\n"));
        }
        files.entry(&case.file).or_default().push(text);
    }
    for (file, texts) in files {
        std::fs::write(file, texts.join("\n"))
            .unwrap_or_else(|e| panic!("{}: {e}", file.display()));
    }
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display())) {
        let path = entry.expect("a readable folder").path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|e| e == "txt") {
            files.push(path);
        }
    }
}

fn read(file: &Path) -> Vec<Case> {
    let text = std::fs::read_to_string(file).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
    let mut cases: Vec<Case> = Vec::new();
    for line in text.split_inclusive('\n') {
        if let Some(name) = line.strip_prefix("=== ") {
            cases.push(Case {
                file: file.to_owned(),
                name: name.trim_end().to_owned(),
                sections: Vec::new(),
            });
        } else if let Some(name) = line.strip_prefix("--- ") {
            let case = cases
                .last_mut()
                .unwrap_or_else(|| panic!("{}: a section before the first case", file.display()));
            case.sections.push((name.trim_end().to_owned(), String::new()));
        } else if let Some((_, section)) = cases.last_mut().and_then(|c| c.sections.last_mut()) {
            section.push_str(line);
        }
    }
    let count = cases.len();
    for (n, case) in cases.iter_mut().enumerate() {
        let last = case.sections.len().saturating_sub(1);
        for (i, (_, text)) in case.sections.iter_mut().enumerate() {
            // The line end before the next section, and the empty line before the next case, are layout.
            if n + 1 < count && i == last && text.ends_with("\n\n") {
                text.pop();
            }
            if text.ends_with('\n') {
                text.pop();
            }
        }
    }
    cases
}
