//! The verdict on the first page is what the program prints.

use crate::harness::Place;
use std::path::Path;

const SAMPLE: &str = "tests/data/applications/09-work-before-its-time.json";

/// Compares with the page, or writes the block anew: `INDICIA_BLESS=1 cargo test -p indicia-cli --test cli readme`.
#[test]
fn the_verdict_on_the_first_page_is_what_is_printed() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let page = std::fs::read_to_string(root.join("README.md")).unwrap();
    let head = format!("`indicia screen {SAMPLE}` prints:\n\n```text\n");
    let (before, rest) = page.split_once(&head).unwrap();
    let (block, behind) = rest.split_once("```\n").unwrap();
    let run = Place::new().run(&["screen", "-q", root.join(SAMPLE).to_str().unwrap()]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let printed = format!("{}\n", run.stdout.trim_end());
    if std::env::var_os("INDICIA_BLESS").is_some() {
        std::fs::write(root.join("README.md"), format!("{before}{head}{printed}```\n{behind}")).unwrap();
        return;
    }
    assert_eq!(block, printed);
}
