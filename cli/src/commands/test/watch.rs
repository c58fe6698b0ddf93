//! `--watch`: runs the tests, and again whenever a file beside them changes.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, SystemTime};

use super::once;
use crate::args::TestArguments;
use crate::console::Console;
use crate::report::report;
use crate::stop::Stop;

/// How often the files are looked at.
const PAUSE: Duration = Duration::from_millis(300);
/// How deep folders are looked through.
const DEPTH: usize = 16;

/// Only an interrupt or a closed stream ends it.
pub(super) fn run(arguments: &TestArguments, console: &mut Console<'_>) -> Result<u8, Stop> {
    let written: Vec<&Path> = [&arguments.lcov, &arguments.html]
        .into_iter()
        .flatten()
        .map(|path| path.strip_prefix(".").unwrap_or(path))
        .collect();
    let mut before = None;
    loop {
        let mut now = times(&arguments.paths);
        // What the run itself writes is no change.
        now.retain(|path, _| !written.iter().any(|own| path.ends_with(own)));
        if before.as_ref() != Some(&now) {
            if console.stdout_look.terminal {
                console.stdout.write_all(b"\x1b[2J\x1b[H")?;
            }
            match once(arguments, console) {
                Ok(_) => {}
                // A file may be half written: it is told, and looked at again.
                Err(Stop::Input(found)) => {
                    console.stderr.write_all(report(&found, console.stderr_look).as_bytes())?;
                }
                Err(other) => return Err(other),
            }
            writeln!(console.stdout, "waiting for a change; Ctrl-C ends this")?;
            console.stdout.flush()?;
            before = Some(now);
        }
        sleep(PAUSE);
    }
}

/// When each file was last changed.
fn times(paths: &[PathBuf]) -> BTreeMap<PathBuf, Option<SystemTime>> {
    let mut found = BTreeMap::new();
    if paths.is_empty() {
        look_through(Path::new("."), DEPTH, &mut found);
    }
    for path in paths {
        // Templates stand beside the test file that names them, or below.
        let directory = if path.is_dir() { Some(path.as_path()) } else { path.parent() };
        let directory =
            directory.map(|d| if d.as_os_str().is_empty() { Path::new(".") } else { d });
        look_through(directory.unwrap_or(Path::new(".")), DEPTH, &mut found);
    }
    found
}

fn look_through(directory: &Path, depth: usize, found: &mut BTreeMap<PathBuf, Option<SystemTime>>) {
    let Ok(entries) = fs::read_dir(directory) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let Ok(kind) = entry.file_type() else { continue };
        if name.starts_with('.') || matches!(&*name, "target" | "node_modules") {
            continue;
        }
        if kind.is_dir() && depth > 0 {
            look_through(&entry.path(), depth - 1, found);
        } else {
            let changed = entry.metadata().and_then(|metadata| metadata.modified()).ok();
            found.insert(entry.path(), changed);
        }
    }
}
