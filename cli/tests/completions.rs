//! `transom completions`, end to end.

mod process;

use process::transom;

#[test]
fn every_shell_has_a_script() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let done = transom(&["completions", shell]);
        assert_eq!((done.code, done.stderr.as_str()), (Some(0), ""));
        assert!(
            done.stdout.contains("transom") && done.stdout.contains("stage-variable"),
            "{shell}"
        );
    }
    assert_eq!(transom(&["completions", "tcsh"]).code, Some(2));
}
