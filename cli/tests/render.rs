//! `transom render`, end to end.

mod process;

use std::io::Write;

use process::{file, start, transom, transom_with};
use serde_json::{Value, json};

const EVENT: &str = r#"{
  "resource": "/pets/{id}", "path": "/pets/1", "httpMethod": "POST",
  "headers": {"Accept": "*/*"}, "multiValueHeaders": {"Accept": ["*/*"]},
  "queryStringParameters": null, "multiValueQueryStringParameters": {"q": ["a", "b"]},
  "pathParameters": {"id": "1"}, "stageVariables": {"table": "pets"},
  "requestContext": {"stage": "dev", "requestId": "r-1"},
  "body": "eyJuIjoxfQ==", "isBase64Encoded": true
}"#;

#[test]
fn the_output_is_the_text_and_nothing_else() {
    let done = transom(&["render", "-e", "a $input.body b", "--body-text", "{ }"]);
    assert_eq!((done.code, done.stdout.as_str(), done.stderr.as_str()), (Some(0), "a { } b", ""));
}

#[test]
fn template_and_body_are_taken_byte_for_byte() {
    let template = file("bytes", "a.vtl", "<$input.body>\r\n");
    let done = transom_with(&["render", &template, "--body", "-"], b"\xff{}\n");
    assert_eq!(done.stdout, "<\u{fffd}{}\n>\r\n");
}

#[test]
fn an_event_is_a_request() {
    let event = file("event", "event.json", EVENT);
    let template = "$input.params('id') $input.params('q') $input.params('Accept') $context.stage $context.httpMethod \
                    $stageVariables.table $input.body";
    let done = transom(&["render", "-e", template, "--event", &event]);
    assert_eq!(
        (done.stdout.as_str(), done.stderr.as_str()),
        ("1 b */* dev POST pets {\"n\":1}", "")
    );
}

#[test]
fn options_win_over_the_event() {
    let event = file("over", "event.json", EVENT);
    let context = file("over", "context.json", r#"{"stage": "prod"}"#);
    let template = "$input.params('id') $input.params('Accept') $context.stage $context.requestId $stageVariables.table $input.body";
    let options = ["-p", "path.id=2", "-p", "header.accept=x", "-s", "table=t", "-B", "b"];
    let done = transom(
        &[&["render", "-e", template, "--event", &event, "--context", &context], &options[..]]
            .concat(),
    );
    // The new name of the header is `accept`: `Accept` is gone.
    assert_eq!(done.stdout, "2  prod r-1 t b");
}

#[test]
fn an_error_shows_the_line_and_writes_nothing_else() {
    let template = file("error", "a.vtl", "ok $input.body\n\t#if($input.body) tail\n");
    let done = transom(&["render", &template]);
    let expected = format!(
        "error[unclosed-directive]: `#if` is never closed
 --> {template}:2:2
  |
2 |     #if($input.body) tail
  |     ^^^^^^^^^^^^^^^^
  |
  = help: add the `#end`; letters behind it hide it (`#endif` is text), `#{{end}}if` does not

"
    );
    assert_eq!((done.code, done.stdout.as_str(), done.stderr), (Some(1), "", expected));
}

#[test]
fn what_was_rendered_before_an_error_is_no_output() {
    let done = transom(&["render", "-e", "before $input.body.substring(99)", "-B", "abc"]);
    assert_eq!((done.code, done.stdout.as_str()), (Some(1), ""));
    assert!(done.stderr.contains("<template-text>:1:20"), "{}", done.stderr);
}

#[test]
fn api_gateways_own_words_can_be_asked_for() {
    let plain = transom(&["render", "-e", "a\n#end"]);
    let more = transom(&["render", "-e", "a\n#end", "--aws-words"]);
    let words = "Encountered \"#end\" at <template-text>[line 2, column 1]";
    assert!(!plain.stderr.contains(words) && more.stderr.contains(words), "{}", more.stderr);
}

#[test]
fn overrides_and_notes_are_on_stderr_unless_quiet() {
    let template = "#set($context.responseOverride.status = 404)#foreach($i in [1..5])x#end";
    let told = transom(&["render", "-e", template, "--limit-foreach", "3"]);
    assert_eq!((told.code, told.stdout.as_str()), (Some(0), "xxx"));
    assert!(
        told.stderr.contains("note: the template sets\n  response status = 404\n"),
        "{}",
        told.stderr
    );
    assert!(told.stderr.contains("stopped after 3 rounds"), "{}", told.stderr);
    assert_eq!(transom(&["render", "-q", "-e", template]).stderr, "");
}

#[test]
fn json_has_everything() {
    let template = "#macro(hi)a#end#set($context.responseOverride.status = 404)$input.body";
    let done = transom(&["render", "--output", "json", "--trace", "-e", template, "-B", "b"]);
    let answer: Value = serde_json::from_str(&done.stdout).expect("JSON");
    assert!(answer["output"].as_str().is_some_and(|output| output.ends_with('b')), "{answer}");
    assert_eq!(answer["overrides"]["response"]["status"], 404);
    assert_eq!(answer["warnings"][0]["line"], 1);
    assert_eq!(answer["notes"], json!([]));
    let last = answer["trace"].as_array().and_then(|all| all.last()).expect("a stretch");
    assert_eq!((&last["output"], &last["column"]), (&json!("b"), &json!(60)));
    assert_eq!(done.stderr, "");
}

#[test]
fn an_error_as_json_is_json_too() {
    let done = transom(&["render", "-o", "json", "-e", "x\n #if($a)"]);
    let answer: Value = serde_json::from_str(&done.stdout).expect("JSON");
    assert_eq!((done.code, done.stderr.as_str()), (Some(1), ""));
    assert_eq!(answer["error"]["kind"], "unclosed-directive");
    assert_eq!((&answer["error"]["line"], &answer["error"]["column"]), (&json!(2), &json!(2)));
}

#[test]
fn the_trace_is_two_columns() {
    let done = transom(&["render", "--trace", "-e", "a\n$input.body", "-B", "日本\n{}"]);
    let expected = "        template                    | output
1:1     a⏎                          | a⏎
2:1     $input.body                 | 日本⏎
                                    | {}
";
    assert_eq!(done.stdout, expected);
}

#[test]
fn wrong_json_has_a_place() {
    let context = file("json", "context.json", "{\n  \"größe\": 1,\n  \"b\" 2\n}\n");
    let done = transom(&["render", "-e", "x", "--context", &context]);
    let expected = format!(
        "error[input]: this is not JSON: expected `:`
 --> {context}:3:7
  |
3 |   \"b\" 2
  |       ^

"
    );
    assert_eq!((done.code, done.stdout.as_str(), done.stderr), (Some(1), "", expected));
}

#[test]
fn a_wrong_event_says_which_member() {
    let done = transom_with(&["render", "-e", "x", "--event", "-"], "{\"body\": {\"a\": 1}}");
    assert!(
        done.stderr.starts_with(
            "error[input]: `body` is a text, with the payload's JSON in it\n --> <stdin>:1:10\n"
        ),
        "{}",
        done.stderr
    );
}

#[test]
fn what_cannot_be_read_is_named() {
    let done = transom(&["render", "no/such.vtl"]);
    assert_eq!((done.code, done.stdout.as_str()), (Some(1), ""));
    assert!(
        done.stderr.starts_with("error[input]: cannot read `no/such.vtl`: "),
        "{}",
        done.stderr
    );
    let latin = file("latin", "a.vtl", b"a\nb \xe9t\xe9");
    assert!(transom(&["render", &latin]).stderr.contains("a.vtl:2:3"));
}

#[test]
fn wrong_usage_is_2() {
    for (arguments, says) in [
        (&["render"][..], "--template-text <TEXT>"),
        (&["render", "-", "--body", "-"], "TEMPLATE and --body cannot both be standard input"),
        (&["render", "a", "-e", "b"], "cannot be used with"),
        (&["render", "a", "--body", "b", "--body-text", "c"], "cannot be used with"),
        (&["render", "a", "-p", "id=1"], "write path.NAME=VALUE"),
        (&["render", "a", "--dialect", "appsync"], "apigateway"),
    ] {
        let done = transom(arguments);
        assert_eq!((done.code, done.stdout.as_str()), (Some(2), ""), "{arguments:?}");
        assert!(done.stderr.contains(says), "{}", done.stderr);
    }
}

#[test]
fn a_closed_pipe_ends_it_quietly() {
    let mut child = start(&["render", "-", "--color", "always"]);
    drop(child.stdout.take());
    child.stdin.take().expect("a pipe").write_all(&b"x".repeat(200_000)).expect("it reads");
    let output = child.wait_with_output().expect("it ends");
    assert_eq!((output.status.code(), output.stderr), (Some(141), Vec::new()));
}
