//! transom as one of the engines of a side-by-side benchmark: `peer NAME SECONDS ROOT WORKLOAD…`.
//!
//! For each workload it reads `ROOT/workloads/W/{template.vtl,body.json,request.json,meta.json}`, compiles the template
//! once, times whole renders (body text in, output text out; the body is read in every render), writes one output to
//! `ROOT/out/NAME/W.txt` and prints one JSON object a line: median, 10th and 90th percentile of a render in nanoseconds.

use std::error::Error;
use std::fs;
use std::path::Path;
use std::time::Instant;

use serde_json::{Value, json};
use transom::{Context, Dialect, Document, Limits, Options, Params, Template, Variables};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// At least so many batches are timed.
const BATCHES: usize = 11;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [name, seconds, root, workloads @ ..] = arguments.as_slice() else {
        return Err("usage: peer NAME SECONDS ROOT WORKLOAD…".into());
    };
    let seconds: f64 = seconds.parse()?;
    for workload in workloads {
        let line = match measure(name, seconds, Path::new(root), workload) {
            Ok(line) => line,
            Err(error) => json!({"engine": name, "workload": workload, "error": error.to_string()}),
        };
        #[expect(clippy::print_stdout, reason = "the answer of this program")]
        {
            println!("{line}");
        }
    }
    Ok(())
}

fn measure(name: &str, seconds: f64, root: &Path, workload: &str) -> Result<Value, Box<dyn Error>> {
    let folder = root.join("workloads").join(workload);
    let read = |file: &str| fs::read_to_string(folder.join(file));
    let (source, body) = (read("template.vtl")?, read("body.json")?);
    let request: Value = serde_json::from_str(&read("request.json")?)?;
    let meta: Value = serde_json::from_str(&read("meta.json")?)?;
    let dialect =
        if meta["dialect"] == "velocity" { Dialect::Velocity } else { Dialect::ApiGateway };
    let limits =
        Limits { foreach_rounds: usize::MAX, steps: u64::MAX, ..Limits::for_dialect(dialect) };
    let template = Template::compile(&source, &Options { dialect, limits, ..Options::default() })?;

    let list = |place: &str| {
        let members = request["params"][place].as_object().into_iter().flatten();
        members
            .map(|(name, value)| (name.clone(), value.as_str().unwrap_or_default().to_owned()))
            .collect()
    };
    let params =
        Params { path: list("path"), querystring: list("querystring"), header: list("header") };
    let context = Context::from_value(&request["context"]);
    let stage = Document::from_value(&request["stageVariables"]);
    let variables =
        Variables::new().body(&body).params(&params).context(&context).stage_variables(&stage);
    let mut out = String::new();
    let mut render = || {
        out.clear();
        template.render_into(&variables, &mut out).map(|_| out.len())
    };

    let start = Instant::now();
    let mut rounds = 0u32;
    while rounds < 2 || start.elapsed().as_secs_f64() < seconds * 0.8 {
        render()?;
        rounds += 1;
    }
    let each = start.elapsed().as_secs_f64() / f64::from(rounds);
    let batch = ((seconds / BATCHES as f64 / each) as usize).max(1);
    let mut times = Vec::with_capacity(BATCHES);
    for _ in 0..BATCHES {
        let start = Instant::now();
        for _ in 0..batch {
            std::hint::black_box(render()?);
        }
        times.push(start.elapsed().as_nanos() as f64 / batch as f64);
    }
    times.sort_by(f64::total_cmp);

    let folder = root.join("out").join(name);
    fs::create_dir_all(&folder)?;
    fs::write(folder.join(format!("{workload}.txt")), &out)?;
    Ok(json!({
        "engine": name, "workload": workload, "ns": times[BATCHES / 2], "p10": times[BATCHES / 10],
        "p90": times[BATCHES * 9 / 10], "n": BATCHES * batch,
    }))
}
