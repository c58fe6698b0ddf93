//! `transom test --watch`: a change runs the tests again.

mod process;

use std::io::{BufRead, BufReader};

use process::{file, start};

#[test]
fn a_change_runs_the_tests_again() {
    file("watch", "a.vtl", "a");
    let tests = file(
        "watch",
        "a.transom.yaml",
        "template: a.vtl\ncases:\n  - {name: a, expect: {output: a}}\n",
    );
    let mut child = start(&["test", "--watch", &tests]);
    let mut lines = BufReader::new(child.stdout.take().expect("a pipe")).lines();
    let mut until = |wanted: &str| {
        let found =
            lines.by_ref().map(|line| line.expect("UTF-8")).find(|line| line.contains(wanted));
        assert!(found.is_some(), "it never said {wanted}");
    };
    until("1 passed");
    until("waiting for a change");
    file("watch", "a.vtl", "ab");
    until("1 failed");
    until("waiting for a change");
    child.kill().expect("it runs");
    child.wait().expect("it ends");
}
