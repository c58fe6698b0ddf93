//! `transom batch`, end to end.

mod process;

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write};

use process::{file, start, transom, transom_with};
use serde_json::{Value, json};

fn answers(lines: &str) -> Vec<Value> {
    let done = transom_with(&["batch"], lines);
    assert_eq!((done.code, done.stderr.as_str()), (Some(0), ""));
    done.stdout.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

fn answer(line: &Value) -> Value {
    let mut all = answers(&format!("{line}\n"));
    assert_eq!(all.len(), 1);
    all.remove(0)
}

#[test]
fn a_line_sees_its_request() {
    let template = "$input.params('id') $input.params('q') $input.params('H') $context.stage $stageVariables.t $input.body";
    let line = json!({
        "id": "1", "template": template, "body": "{ }",
        "params": {"path": {"id": 1}, "querystring": {"q": true}, "header": {"H": null}},
        "context": {"stage": "dev"}, "stageVariables": {"t": "pets"},
    });
    assert_eq!(
        answer(&line),
        json!({"id": "1", "output": "1 true  dev pets { }", "overrides": {}})
    );
}

fn pets() -> Value {
    json!({"methodIntegration": {
        "type": "HTTP",
        "httpMethod": "PUT",
        "uri": "https://backend.example/pets",
        "requestTemplates": {"application/json": "$input.path('$.name')"},
        "integrationResponses": {"200": {"statusCode": "201"}},
    }})
}

#[test]
fn an_exchange_answers_both_messages() {
    let line = json!({
        "id": "1", "method": pets(),
        "request": {"method": "POST", "path": "/", "headers": {"Content-Type": "application/json"}, "body": "{\"name\": \"Rex\"}"},
        "integrationResponse": {"echo": true},
    });
    let answer = answer(&line);
    assert_eq!(answer["integrationRequest"]["uri"], "https://backend.example/pets");
    assert_eq!(answer["integrationRequest"]["body"], "Rex");
    assert_eq!(answer["response"]["status"], 201);
    assert_eq!(answer["response"]["body"], "Rex");
    assert_eq!(answer["gatewayResponse"], Value::Null);
}

#[test]
fn the_templates_of_an_exchange_have_the_options_too() {
    let mut method = pets();
    let templates = json!({"application/json": "$input.json('$')"});
    method["methodIntegration"]["requestTemplates"] = templates;
    let line =
        json!({"id": "1", "method": method, "request": {"method": "POST", "body": "[\"a/b\"]"}});
    for (options, body) in
        [(&["batch"][..], "[\"a/b\"]"), (&["batch", "--escape-slashes"], "[\"a\\/b\"]")]
    {
        let done = transom_with(options, format!("{line}\n"));
        let answer: Value = serde_json::from_str(&done.stdout).expect("JSON");
        assert_eq!(answer["integrationRequest"]["body"], body, "{options:?}");
    }
}

#[test]
fn an_exchange_can_end_before_the_backend() {
    let mut line = json!({"method": pets(), "integrationResponse": {"failure": "timeout"}});
    assert_eq!(answer(&line)["gatewayResponse"], "INTEGRATION_TIMEOUT");
    line["refuse"] = json!({"responseType": "THROTTLED"});
    let refused = answer(&line);
    assert_eq!(refused["integrationRequest"], Value::Null);
    assert_eq!(refused["response"]["status"], 429);
    assert_eq!(refused["response"]["body"], "{\"message\":\"Too Many Requests\"}");
}

#[test]
fn an_exchange_that_makes_no_sense_says_where() {
    let error = |line: Value| answer(&line)["error"].clone();
    let mut method = pets();
    method["methodIntegration"]["integrationResponses"]["200"]["selectionPattern"] = json!("(");
    let got = error(json!({"method": method}));
    assert_eq!(got["kind"], "configuration");
    let place = "`method.methodIntegration.integrationResponses.200.selectionPattern` ";
    assert!(got["message"].as_str().is_some_and(|message| message.starts_with(place)), "{got}");
    for (line, message) in [
        (json!({"request": []}), "`request` is an object"),
        (
            json!({"method": pets(), "request": {"body": {}}}),
            "`request.body` is a text, with the payload's JSON in it",
        ),
        (
            json!({"method": pets(), "refuse": {"responseType": "TEAPOT"}}),
            "`refuse.responseType` is no response type: TEAPOT",
        ),
        (
            json!({"method": pets(), "integrationResponse": {"status": "200"}}),
            "`integrationResponse.status` is a number of three digits",
        ),
    ] {
        assert_eq!(error(line), json!({"kind": "input", "message": message}));
    }
}

#[test]
fn a_binary_body_becomes_text() {
    let line = json!({"id": 1, "template": "$input.body", "bodyBase64": "w6n/"});
    assert_eq!(answer(&line)["output"], "é\u{fffd}");
    assert_eq!(
        answer(&json!({"template": "$input.body"})),
        json!({"id": null, "output": "{}", "overrides": {}})
    );
}

#[test]
fn variables_of_the_host_keep_their_size() {
    let line = r#"{"id":1,"template":"$a","dialect":"velocity","vars":{"a":123456789012345678901234567890}}"#;
    assert_eq!(answers(line)[0]["output"], "123456789012345678901234567890");
}

#[test]
fn overrides_have_only_what_is_set() {
    let line = json!({"id": 1, "template": "#set($context.responseOverride.status = 404)"});
    let overrides = &answer(&line)["overrides"];
    assert_eq!((&overrides["response"]["status"], overrides.get("request")), (&json!(404), None));
}

#[test]
fn an_error_has_its_place_in_the_template() {
    let error = answer(&json!({"id": {"any": "id"}, "template": "ä\nä #if($a)"}));
    let expected = json!({"kind": "unclosed-directive", "message": "`#if` is never closed", "line": 2, "column": 3});
    assert_eq!(error, json!({"id": {"any": "id"}, "error": expected}));
}

#[test]
fn no_line_stops_the_next() {
    let lines = "nonsense\n\n[]\n{\"id\":1}\n{\"id\":2,\"template\":7}\n{\"id\":3,\"template\":\"\",\"body\":{}}\n\
                 {\"id\":4,\"template\":\"\",\"dialect\":\"x\"}\n{\"id\":5,\"template\":\"\\ud800\"}\n{\"id\":6,\"method\":{}}\n\
                 {\"id\":7,\"template\":\"x\"}";
    let all = answers(lines);
    let kinds: Vec<&Value> = all.iter().map(|answer| &answer["error"]["kind"]).collect();
    assert_eq!(
        json!(kinds),
        json!([
            "input",
            "input",
            "input",
            "input",
            "input",
            "input",
            "input",
            "configuration",
            null
        ])
    );
    let ids: Vec<&Value> = all.iter().map(|answer| &answer["id"]).collect();
    assert_eq!(json!(ids), json!([null, null, 1, 2, 3, 4, 5, 6, 7]));
    assert_eq!(all[8]["output"], "x");
}

#[test]
fn an_answer_comes_before_the_next_question() {
    for jobs in ["1", "3"] {
        let mut child = start(&["batch", "--jobs", jobs]);
        let mut stdin = child.stdin.take().expect("a pipe");
        let mut stdout = BufReader::new(child.stdout.take().expect("a pipe"));
        for id in 0..3 {
            writeln!(stdin, "{{\"id\":{id},\"template\":\"x\"}}").expect("it reads");
            let mut line = String::new();
            stdout.read_line(&mut line).expect("it answers");
            assert_eq!(line, format!("{{\"id\":{id},\"output\":\"x\",\"overrides\":{{}}}}\n"));
        }
        drop(stdin);
        assert_eq!(child.wait().expect("it ends").code(), Some(0));
    }
}

#[test]
fn several_jobs_answer_every_line() {
    let lines: String = (0..2000)
        .map(|id| format!("{{\"id\":{id},\"template\":\"$input.body{}\"}}\n", id % 7))
        .collect();
    let done = transom_with(&["batch", "-j", "0"], lines);
    let ids: BTreeSet<u64> = done
        .stdout
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok()?["id"].as_u64())
        .collect();
    assert_eq!((done.code, ids.len()), (Some(0), 2000));
}

#[test]
fn a_file_that_cannot_be_read_does_not_stop_the_next() {
    let lines = file("files", "a.jsonl", "{\"id\":1,\"template\":\"x\"}\r\n");
    let done = transom(&["batch", "no/such.jsonl", &lines]);
    assert_eq!(
        (done.code, done.stdout.as_str()),
        (Some(1), "{\"id\":1,\"output\":\"x\",\"overrides\":{}}\n")
    );
    assert!(done.stderr.contains("cannot read `no/such.jsonl`"), "{}", done.stderr);
}

#[test]
fn a_closed_pipe_ends_it_quietly() {
    for jobs in ["1", "3"] {
        let mut child = start(&["batch", "--jobs", jobs]);
        drop(child.stdout.take());
        let mut stdin = child.stdin.take().expect("a pipe");
        // The end shows in the writing: nobody reads any more.
        while stdin.write_all(b"{\"template\":\"x\"}\n").is_ok() {}
        drop(stdin);
        let output = child.wait_with_output().expect("it ends");
        assert_eq!((output.status.code(), output.stderr), (Some(141), Vec::new()));
    }
}
