//! Help, version, completions, and what happens to a command line that makes no sense.

use crate::harness::Place;

const COMMANDS: [&str; 13] = [
    "screen",
    "explain",
    "inputs",
    "mappings",
    "new",
    "check",
    "fmt",
    "test",
    "docs",
    "build",
    "schema",
    "completions",
    "help",
];

#[test]
fn every_command_has_help() {
    let place = Place::new();
    let overview = place.run(&["--help"]);
    assert_eq!(overview.code, 0);
    assert!(overview.stdout.contains("Exit codes:\n  0    success"));
    for command in COMMANDS {
        assert!(overview.stdout.contains(&format!("\n  {command} ")), "{command}");
        let help = place.run(&["help", command]);
        assert_eq!((help.code, help.stderr.as_str()), (0, ""), "{command}");
    }
}

#[test]
fn nonsense_is_a_usage_error() {
    let place = Place::new();
    for args in [
        &["scren"][..],
        &["screen", "--format", "xml"],
        &["build", "x"],
        &["docs"],
        &["docs", "-o", "x", "--format", "pdf"],
        &["completions", "cmd"],
        &["explain", "E9999"],
        &["explain", "some_indicator"],
    ] {
        let run = place.run(args);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{args:?}");
        assert!(run.stderr.starts_with("error: "), "{args:?}: {}", run.stderr);
    }
}

#[test]
fn the_version_names_engine_language_and_data() {
    let text = Place::new().run(&["--version"]).stdout;
    assert!(text.starts_with(concat!("indicia ", env!("CARGO_PKG_VERSION"), " (language 1)\n")), "{text}");
    assert!(
        text.contains("phone metadata") && text.contains("public suffix list") && text.contains("Unicode"),
        "{text}"
    );
}

#[test]
fn completions_are_made_for_each_shell() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let run = Place::new().run(&["completions", shell]);
        assert_eq!(run.code, 0);
        assert!(run.stdout.contains("screen"), "{shell}");
    }
}
