//! `transom check`, end to end.

mod process;

use process::{file, transom, transom_with};
use serde_json::{Value, json};

const WARNS: &str = "#macro(hi)a#end\nb\n";

#[test]
fn nothing_wrong_is_nothing_said() {
    let good = file("good", "a.vtl", "$input.body");
    let done = transom(&["check", &good, &good]);
    assert_eq!((done.code, done.stdout.as_str(), done.stderr.as_str()), (Some(0), "", ""));
}

#[test]
fn every_file_is_checked() {
    let (bad, warns) = (file("every", "bad.vtl", "#if($a)"), file("every", "warns.txt", WARNS));
    let done = transom(&["check", &bad, "no/such.vtl", &warns]);
    assert_eq!(done.code, Some(1));
    assert!(
        done.stdout.starts_with("error[unclosed-directive]: `#if` is never closed\n"),
        "{}",
        done.stdout
    );
    assert!(done.stdout.contains("error[input]: cannot read `no/such.vtl`: "), "{}", done.stdout);
    assert!(done.stdout.contains("\nwarning["), "{}", done.stdout);
    assert!(done.stderr.starts_with("2 errors and "), "{}", done.stderr);
    assert!(done.stderr.ends_with(" in 3 files\n"), "{}", done.stderr);
}

#[test]
fn warnings_fail_where_they_are_denied() {
    let warns = file("deny", "warns.vtl", WARNS);
    assert_eq!(transom(&["check", &warns]).code, Some(0));
    assert_eq!(transom(&["check", "--deny-warnings", &warns]).code, Some(1));
    let quiet = transom(&["check", "--quiet", &warns]);
    assert_eq!((quiet.code, quiet.stdout.as_str(), quiet.stderr.as_str()), (Some(0), "", ""));
}

#[test]
fn a_directory_is_not_a_template() {
    let done = transom(&["check", env!("CARGO_TARGET_TMPDIR")]);
    assert_eq!(done.code, Some(1));
    assert!(done.stdout.contains("cannot read"), "{}", done.stdout);
}

#[test]
fn json_is_an_array_of_findings() {
    let done = transom_with(&["check", "--format", "json", "--aws-words", "-"], "ä\nä #if($a)");
    let findings: Value = serde_json::from_str(&done.stdout).expect("JSON");
    let found = &findings[0];
    assert_eq!(
        (&found["severity"], &found["kind"]),
        (&json!("error"), &json!("unclosed-directive"))
    );
    let place = ["file", "line", "column", "endLine", "endColumn"].map(|name| found[name].clone());
    assert_eq!(place, [json!("<stdin>"), json!(2), json!(3), json!(2), json!(10)]);
    assert!(
        found["awsWords"].as_str().is_some_and(|words| words.starts_with("Encountered \"<EOF>\"")),
        "{found}"
    );
    assert_eq!(transom_with(&["check", "-f", "json", "-"], "fine").stdout, "[]\n");
}

#[test]
fn github_gets_workflow_commands() {
    let done = transom_with(&["check", "--format", "github", "-"], "ä #if($a)");
    let start = "::error file=<stdin>,line=1,endLine=1,col=3,endColumn=10,title=transom%3A unclosed-directive::`#if` is never closed%0A";
    assert!(done.stdout.starts_with(start), "{}", done.stdout);
    assert_eq!((done.stdout.lines().count(), done.stderr.as_str()), (1, ""));
}

#[test]
fn sarif_ties_results_to_rules() {
    let (bad, warns) = (file("sarif", "a b.vtl", "#if($a)"), file("sarif", "warns.vtl", WARNS));
    let done = transom(&["check", "--format", "sarif", &bad, &warns]);
    let log: Value = serde_json::from_str(&done.stdout).expect("JSON");
    let run = &log["runs"][0];
    assert_eq!(
        (&log["version"], &run["tool"]["driver"]["name"]),
        (&json!("2.1.0"), &json!("transom"))
    );
    for result in run["results"].as_array().expect("results") {
        let index =
            usize::try_from(result["ruleIndex"].as_u64().expect("an index")).expect("small");
        assert_eq!(run["tool"]["driver"]["rules"][index]["id"], result["ruleId"]);
    }
    let place = &run["results"][0]["locations"][0]["physicalLocation"];
    assert!(
        place["artifactLocation"]["uri"]
            .as_str()
            .is_some_and(|uri| uri.ends_with("/sarif/a%20b.vtl")),
        "{place}"
    );
    assert_eq!(
        place["region"],
        json!({"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 8})
    );
}

#[test]
fn wrong_usage_is_2() {
    assert_eq!(transom(&["check"]).code, Some(2));
    assert_eq!(transom(&["check", "-", "-"]).code, Some(2));
    assert_eq!(transom(&["check", "--format", "xml", "a"]).code, Some(2));
}
