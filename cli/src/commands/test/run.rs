//! Cases → outcomes, several at the same time.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::channel;
use std::thread;
use std::time::Instant;

use serde_json::{Map, Value, json};

use super::bless::Edit;
use super::expect::{Detail, Problem, compare, error_in_words};
use super::file::Case;
use super::perform::perform;
use super::subject::Subject;
use super::{Answer, Outcome, TestFile, Told};
use crate::args::TestArguments;
use crate::commands::batch::methods::Methods;
use crate::console::Console;
use crate::stop::Stop;

/// A render may need as much stack as on the main thread.
const STACK: usize = 8 * 1024 * 1024;

/// Runs every case; the outcomes are in the order of the files.
pub(super) fn all<'r>(
    files: &'r [TestFile],
    arguments: &TestArguments,
    traced: bool,
    console: &mut Console<'_>,
) -> Result<(Vec<Told<'r>>, Vec<Option<Answer>>), Stop> {
    // The threads get cases alone: a file's source is shared by its messages, on this thread.
    let cases: Vec<&Case> = files.iter().flat_map(|file| &file.cases).collect();
    let places: Vec<&TestFile> =
        files.iter().flat_map(|file| file.cases.iter().map(move |_| file)).collect();
    let jobs = match arguments.jobs {
        0 => thread::available_parallelism().map_or(1, usize::from),
        jobs => usize::from(jobs),
    };
    let methods = Methods::default();
    let next = AtomicUsize::new(0);
    let mut done: Vec<Option<(Option<Answer>, Outcome, f64)>> = Vec::new();
    done.resize_with(cases.len(), || None);
    thread::scope(|scope| {
        let (sender, receiver) = channel();
        for _ in 0..jobs.min(cases.len()) {
            let (sender, cases, next, methods) = (sender.clone(), &cases, &next, &methods);
            thread::Builder::new().stack_size(STACK).spawn_scoped(scope, move || {
                while let Some((at, case)) = {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    cases.get(at).map(|case| (at, case))
                } {
                    let started = Instant::now();
                    let (answer, outcome) = one(case, methods, traced);
                    if sender.send((at, answer, outcome, started.elapsed())).is_err() {
                        break;
                    }
                }
            })?;
        }
        drop(sender);
        let mut count = 0;
        let progress = console.stderr_look.terminal;
        for (at, answer, outcome, took) in receiver {
            if let Some(slot) = done.get_mut(at) {
                *slot = Some((answer, outcome, took.as_secs_f64()));
            }
            count += 1;
            if progress && count % 64 == 0 {
                let _ = write!(console.stderr, "\r{count}/{} ", cases.len());
            }
        }
        if progress && count >= 64 {
            let _ = write!(console.stderr, "\r\u{1b}[K");
        }
        Ok::<(), Stop>(())
    })?;
    let (mut told, mut answers) = (Vec::new(), Vec::new());
    for ((case, file), done) in cases.into_iter().zip(places).zip(done) {
        let (answer, outcome, seconds) = done.unwrap_or_else(|| {
            let problem = say(case, "it did not run".to_owned());
            (None, Outcome::Failed(vec![problem]), 0.0)
        });
        let reasons = answer.as_ref().map(|answer| answer.reasons.clone()).unwrap_or_default();
        told.push(Told { file, case, outcome, reasons, seconds });
        answers.push(answer);
    }
    Ok((told, answers))
}

fn one(case: &Case, methods: &Methods, traced: bool) -> (Option<Answer>, Outcome) {
    if let Some(reason) = &case.skip {
        return (None, Outcome::Skipped(reason.clone()));
    }
    // Nothing that a panic leaves behind is used again: the cache only ever gains whole methods.
    let caught = catch_unwind(AssertUnwindSafe(|| perform(case, methods, traced)));
    let Ok(answer) = caught else {
        let problem = say(case, "transom is wrong here: it panicked".to_owned());
        return (None, Outcome::Failed(vec![problem]));
    };
    let problems = match &case.expect {
        Some(expect) => compare(expect, &answer.value),
        None => vec![nothing_expected(case, &answer.value)],
    };
    let outcome = if problems.is_empty() { Outcome::Passed } else { Outcome::Failed(problems) };
    (Some(answer), outcome)
}

fn say(case: &Case, message: String) -> Problem {
    let detail = Detail::Message(message);
    Problem { what: "expect".to_owned(), span: case.span, detail, edits: Vec::new() }
}

/// A case that expects nothing proves nothing.
fn nothing_expected(case: &Case, answer: &Value) -> Problem {
    let mut message = "it expects nothing".to_owned();
    let mut edits = Vec::new();
    match case.room {
        Some(room) => {
            message.push_str("; `--bless` writes down what comes out");
            edits.push(Edit::expect(room.at, room.indent, room.has_key, whole(case, answer)));
        }
        None => message.push_str("; add an `expect`"),
    }
    if let Some(error) = answer.get("error") {
        message = format!("{message}\n{}", error_in_words(error));
    }
    Problem { edits, ..say(case, message) }
}

/// An expectation that says what came out.
pub(super) fn whole(case: &Case, answer: &Value) -> Value {
    if let Some(error) = answer.get("error") {
        return json!({"error": error["code"]});
    }
    let mut expect = Map::new();
    if let Subject::Template(_) = *case.subject {
        expect.insert("output".into(), answer["output"].clone());
        if answer["overrides"].as_object().is_some_and(|members| !members.is_empty()) {
            expect.insert("overrides".into(), answer["overrides"].clone());
        }
        return Value::Object(expect);
    }
    let body = |from: &Value, to: &mut Map<String, Value>| {
        for name in ["body", "bodyBase64"] {
            if let Some(body) = from.get(name) {
                to.insert(name.into(), body.clone());
            }
        }
    };
    if let Some(sent) = answer.get("integrationRequest") {
        let mut request = Map::new();
        for name in ["method", "uri"] {
            request.insert(name.into(), sent[name].clone());
        }
        body(sent, &mut request);
        expect.insert("integrationRequest".into(), Value::Object(request));
    }
    let response = &answer["response"];
    let mut members = Map::new();
    members.insert("status".into(), response["status"].clone());
    body(response, &mut members);
    expect.insert("response".into(), Value::Object(members));
    expect.insert("gatewayResponse".into(), answer["gatewayResponse"].clone());
    Value::Object(expect)
}
