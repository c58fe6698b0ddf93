//! The README's commands, run: those behind `$` at the root of the project with the output that stands below them, the
//! others in a folder with the files that they name.
#![cfg(unix)]

mod process;

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A block between two fences: its language and its text.
struct Block {
    language: String,
    text: String,
}

fn blocks() -> Vec<Block> {
    let readme = std::fs::read_to_string(root().join("README.md")).expect("the README");
    let mut blocks = Vec::new();
    let mut open: Option<Block> = None;
    for line in readme.split_inclusive('\n') {
        match (line.strip_prefix("```"), &mut open) {
            (Some(language), None) => {
                open = Some(Block { language: language.trim().to_owned(), text: String::new() });
            }
            (Some(_), Some(_)) => blocks.extend(open.take()),
            (None, Some(block)) => block.text.push_str(line),
            (None, None) => {}
        }
    }
    blocks
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Runs a command with `transom` in the path.
fn shell(command: &str, folder: &Path) -> Output {
    let binary = Path::new(env!("CARGO_BIN_EXE_transom"));
    let path = format!(
        "{}:{}",
        binary.parent().expect("a folder").display(),
        std::env::var("PATH").unwrap_or_default()
    );
    Command::new("sh")
        .args(["-c", command])
        .current_dir(folder)
        .env("PATH", path)
        .stdin(Stdio::null())
        .output()
        .expect("a shell")
}

#[test]
fn what_stands_behind_a_prompt_prints_what_stands_below_it() {
    let blocks = blocks();
    let mut count = 0;
    for (i, block) in blocks.iter().enumerate() {
        let mut folder = root();
        let text = format!("\n{}", block.text);
        for session in text.split("\n$ ").skip(1) {
            let (command, below) = session.split_once('\n').unwrap_or((session, ""));
            if let Some(name) = command.strip_prefix("cd ") {
                folder = folder.join(name);
                continue;
            }
            let done = shell(&command.replace("cargo run --release --", "transom"), &folder);
            // All that is printed stands in the same block, or the output alone in the next.
            let (printed, expected) = match (below, blocks.get(i + 1)) {
                ("", Some(next)) => (done.stdout, next.text.as_str()),
                _ => ([done.stdout, done.stderr].concat(), below),
            };
            let printed = String::from_utf8_lossy(&printed);
            assert!(
                matches(printed.trim_end(), expected.trim_end()),
                "{command}\nthe README says\n{expected}\nit prints\n{printed}"
            );
            count += 1;
        }
    }
    assert!(count >= 5, "the README shows {count} commands with their output");
}

/// Whether a text is the expected one, in which a line `…` stands for any lines.
fn matches(printed: &str, expected: &str) -> bool {
    let mut rest = printed;
    let mut parts = expected.split('…').map(str::trim);
    let first = parts.next().unwrap_or_default();
    let Some(behind) = rest.strip_prefix(first) else { return false };
    rest = behind;
    let mut exact = true;
    for part in parts {
        exact = part.is_empty();
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
        exact = exact || rest.trim().is_empty();
    }
    exact && (expected.contains('…') || rest.trim().is_empty())
}

#[test]
fn every_other_command_succeeds() {
    let order = |name: &str| std::fs::read(root().join("examples").join(name)).expect("an example");
    for name in ["order.vtl", "order.transom.yaml"] {
        process::file("readme", name, order(name));
    }
    process::file("readme", "template.yaml", order("orders/openapi.yaml"));
    process::file("readme", "event.json", r#"{"httpMethod": "POST", "path": "/", "body": "{}"}"#);
    process::file("readme", "cases.jsonl", "{\"id\": \"1\", \"template\": \"$input.body\"}\n");
    for tests in blocks().iter().filter(|block| block.text.starts_with("# order.transom.yaml")) {
        process::file("readme", "order.transom.yaml", &tests.text);
    }
    let folder = process::file("readme", "order.json", order("order.json"));
    let folder = Path::new(&folder).parent().expect("a folder");
    let mut count = 0;
    for block in blocks().iter().filter(|b| b.language == "sh") {
        for command in block.text.lines().filter(|line| line.starts_with("transom ")) {
            let done = shell(command, folder);
            let said = String::from_utf8_lossy(&done.stderr);
            assert!(done.status.success(), "{command}\n{said}");
            count += 1;
        }
    }
    assert!(count >= 5, "the README names {count} commands");
}
