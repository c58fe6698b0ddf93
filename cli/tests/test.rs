//! `transom test` and `transom init`, end to end: runs the cases of `cli/tests/test/*.txt`.
//!
//! A case is a folder of files, and commands that run in it one after the other:
//!
//! ```text
//! === what it shows
//! --- a.vtl
//! the content of a file, which ends in a line end
//! --- $ transom test --list
//! what it writes to standard output, then to standard error
//! --- exit 1
//! --- after a.transom.yaml
//! what is in a file now
//! ```
//!
//! `exit` is 0 where it is not there. Seconds are written `N s`. `BLESS=1 cargo test --test test` writes what comes out
//! into the files.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

struct Section {
    title: String,
    text: String,
}

struct Case {
    title: String,
    sections: Vec<Section>,
}

#[test]
fn every_case_is_as_written() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/test");
    let mut wrong = String::new();
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    files.sort();
    for path in files {
        let text = fs::read_to_string(&path).expect("a file");
        let cases = parse(&text);
        assert!(!cases.is_empty(), "{} has no case", path.display());
        let mut out = String::new();
        for (at, case) in cases.iter().enumerate() {
            let name = path.file_stem().expect("a name").to_string_lossy();
            let done = run(case, &format!("{name}-{at}"));
            let (before, after) = (print(case), print(&done));
            if before != after {
                let _ =
                    writeln!(wrong, "{}\nexpected:\n{before}\ncame out:\n{after}", path.display());
            }
            if at > 0 {
                out.push('\n');
            }
            out.push_str(&after);
        }
        if std::env::var_os("BLESS").is_some() && out != text {
            fs::write(&path, out).expect("a file");
        }
    }
    assert!(wrong.is_empty() || std::env::var_os("BLESS").is_some(), "{wrong}");
}

fn parse(text: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    for line in text.lines() {
        if let Some(title) = line.strip_prefix("=== ") {
            // The empty line between two cases belongs to neither.
            if let Some(section) = cases.last_mut().and_then(|case| case.sections.last_mut()) {
                section.text.truncate(section.text.strip_suffix('\n').map_or(0, str::len));
            }
            cases.push(Case { title: title.to_owned(), sections: Vec::new() });
        } else if let Some(title) = line.strip_prefix("--- ") {
            let case = cases.last_mut().expect("a file begins with `===`");
            case.sections.push(Section { title: title.to_owned(), text: String::new() });
        } else {
            let case = cases.last_mut().expect("a file begins with `===`");
            let section = case.sections.last_mut().expect("a case begins with `---`");
            section.text.push_str(line);
            section.text.push('\n');
        }
    }
    cases
}

fn print(case: &Case) -> String {
    let mut out = format!("=== {}\n", case.title);
    for section in &case.sections {
        let _ = write!(out, "--- {}\n{}", section.title, section.text);
    }
    out
}

/// The same case with what comes out.
fn run(case: &Case, name: &str) -> Case {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("test").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder");
    let mut done = Case { title: case.title.clone(), sections: Vec::new() };
    for section in &case.sections {
        let title = section.title.as_str();
        let mut text = section.text.clone();
        if title.starts_with("exit ") {
            continue;
        } else if let Some(arguments) = title.strip_prefix("$ transom ") {
            let output = Command::new(env!("CARGO_BIN_EXE_transom"))
                .args(words(arguments))
                .current_dir(&folder)
                .env_remove("NO_COLOR")
                .output()
                .expect("the binary starts");
            let said = [output.stdout, output.stderr].concat();
            text = seconds(&String::from_utf8(said).expect("UTF-8"));
            if !text.is_empty() && !text.ends_with('\n') {
                text.push('\n');
            }
            done.sections.push(Section { title: title.to_owned(), text });
            if output.status.code() != Some(0) {
                let title = format!("exit {}", output.status.code().expect("it ends by itself"));
                done.sections.push(Section { title, text: String::new() });
            }
            continue;
        } else if let Some(file) = title.strip_prefix("after ") {
            text = fs::read_to_string(folder.join(file)).expect("a file");
        } else {
            let path = folder.join(title);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, &text).expect("a file");
        }
        done.sections.push(Section { title: title.to_owned(), text });
    }
    done
}

/// Words as a shell has them, with double quotes alone.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (at, part) in line.split('"').enumerate() {
        if at % 2 == 1 {
            words.push(part.to_owned());
        } else {
            words.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    words
}

/// `(0.02 s)` → `(N s)`, `time="0.001"` → `time="N"`, `"seconds":0.1` → `"seconds":N`
fn seconds(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    let marks = ["(", "time=\"", "\"seconds\":"];
    while let Some((at, mark)) =
        marks.iter().filter_map(|mark| Some((rest.find(mark)?, *mark))).min()
    {
        let (before, behind) = rest.split_at(at + mark.len());
        out.push_str(before);
        let number = behind
            .find(|c: char| !matches!(c, '0'..='9' | '.' | 'e' | '-'))
            .unwrap_or(behind.len());
        let is_time = number > 0 && (mark != "(" || behind[number..].starts_with(" s)"));
        if is_time {
            out.push('N');
        }
        rest = if is_time { &behind[number..] } else { behind };
    }
    out + rest
}

#[test]
fn the_example_passes_and_its_schema_is_the_one_that_is_printed() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let transom = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_transom"))
            .args(arguments)
            .current_dir(&root)
            .output()
            .expect("the binary starts");
        (output.status.code(), String::from_utf8(output.stdout).expect("UTF-8"))
    };
    let (code, said) = transom(&["test", "examples"]);
    assert_eq!(code, Some(0), "{said}");
    let (_, schema) = transom(&["test", "--schema"]);
    let kept = fs::read_to_string(root.join("docs/transom-test.schema.json")).expect("a file");
    assert_eq!(schema, kept, "`transom test --schema > docs/transom-test.schema.json` renews it");
}
