//! `indicia docs`: what its pages say, that nothing in a ruleset becomes markup, and which files it touches.

use crate::harness::Place;
use std::fs;
use std::path::{Path, PathBuf};

/// Texts as hostile as a ruleset can hold.
const HOSTILE: &str = include_str!("catalogue/hostile.indicia");
const CASES: &str = include_str!("catalogue/hostile.cases.yaml");

fn hostile() -> Place {
    let place = Place::new();
    place.file("rules/ruleset.yaml", "name: hostile\nversion: 0.1.0\nlanguage: 1\ndescription: \"<h1>x</h1> | *y*\"\n");
    place.file("rules/rules.indicia", HOSTILE).file("rules/rules.cases.yaml", CASES);
    place
}

fn docs(place: &Place, more: &[&str]) -> crate::harness::Run {
    place.run(&[&["docs", "-r", "rules", "-o", "out"], more].concat())
}

fn read(place: &Place, name: &str) -> String {
    fs::read_to_string(place.path(name)).unwrap()
}

/// Compares with a golden file, or writes it anew: `INDICIA_BLESS=1 cargo test -p indicia-cli --test cli docs`.
fn golden(name: &str, found: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli/catalogue").join(name);
    if std::env::var_os("INDICIA_BLESS").is_some() {
        fs::write(&path, found).unwrap();
    }
    assert_eq!(found, fs::read_to_string(path).unwrap_or_default().replace("\r\n", "\n"), "{name}");
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn pages_of_a_hostile_ruleset_are_as_they_were() {
    let place = hostile();
    let run = docs(&place, &[]);
    assert_eq!((run.code, run.stdout.as_str()), (0, ""), "{}", run.stderr);
    assert_eq!(run.stderr, "hostile: 8 pages, 8 written, 0 removed; 1 indicator without an example\n");
    assert_eq!(
        names(&place.path("out")),
        [
            "README.md",
            "all-fields.md",
            "all-lists.md",
            "all-names.md",
            "all-outcomes.md",
            "index-indicator.md",
            "second.md",
            "third.md"
        ]
    );
    golden("index-indicator.md", &read(&place, "out/index-indicator.md"));
    golden("second.md", &read(&place, "out/second.md"));
    golden("all-lists.md", &read(&place, "out/all-lists.md"));
    assert_eq!(docs(&place, &["--format", "html"]).code, 0);
    golden("index-indicator.html", &read(&place, "out/index-indicator.html"));
}

#[test]
fn no_text_of_a_ruleset_becomes_markup_in_html() {
    let place = hostile();
    assert_eq!(docs(&place, &["-f", "html"]).code, 0);
    for name in names(&place.path("out")) {
        let page = read(&place, &format!("out/{name}"));
        for tag in ["<script", "<img", "<i>", "<b>", "<h1>x", "javascript:alert(1)\"", "\u{202e}", "\u{200f}"] {
            assert!(!page.contains(tag), "{name} holds {tag}");
        }
        // Every tag is one of the generator's, and every address one of its pages or a public one.
        for tag in page.split('<').skip(1) {
            let word = tag.trim_start_matches('/').split([' ', '>']).next().unwrap();
            let known = [
                "!doctype",
                "!--",
                "html",
                "head",
                "meta",
                "title",
                "style",
                "body",
                "a",
                "nav",
                "ul",
                "li",
                "main",
                "h1",
                "h2",
                "h3",
                "p",
                "blockquote",
                "pre",
                "code",
                "div",
                "table",
                "thead",
                "tbody",
                "tr",
                "th",
                "td",
            ];
            assert!(known.contains(&word), "{name}: <{word}>");
        }
        for target in page.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap()) {
            let file = target.split('#').next().unwrap();
            let is_page = file.is_empty() || place.path("out").join(file).is_file();
            assert!(is_page || target.starts_with("https://example.org/"), "{name}: {target}");
        }
    }
}

#[test]
fn every_page_in_html_can_be_read_without_eyes_and_without_a_network() {
    let place = hostile();
    assert_eq!(docs(&place, &["-f", "html"]).code, 0);
    for name in names(&place.path("out")) {
        let page = read(&place, &format!("out/{name}"));
        assert!(page.starts_with("<!doctype html>\n<!-- Written by `indicia docs`."), "{name}");
        for part in [
            "<html lang=\"en\">",
            "<meta charset=\"utf-8\">",
            "<title>",
            "<nav aria-label=",
            "<main id=\"main\">",
            "default-src 'none'",
        ] {
            assert_eq!(page.matches(part).count(), 1, "{name}: {part}");
        }
        assert_eq!(page.matches("<h1").count(), 1, "{name}");
        assert_eq!(
            page.matches("<th scope=").count(),
            page.matches("<th").count() - page.matches("<thead").count(),
            "{name}"
        );
        let (mut level, mut ids) = (1, Vec::new());
        for heading in page.split("<h").skip(1).filter_map(|rest| rest.chars().next()?.to_digit(10)) {
            assert!(heading <= level + 1, "{name}: h{heading} below h{level}");
            level = heading;
        }
        for id in page.split(" id=\"").skip(1).map(|rest| rest.split('"').next().unwrap()) {
            assert!(!ids.contains(&id), "{name}: {id} stands twice");
            ids.push(id);
        }
    }
    let second = read(&place, "out/second.html");
    assert!(second.contains("href=\"index.html#name-a\"") && read(&place, "out/index.html").contains(" id=\"name-a\""));
}

#[test]
fn an_example_is_what_the_engine_says_about_the_reduced_record() {
    let place = hostile();
    assert_eq!(docs(&place, &[]).code, 0);
    let page = read(&place, "out/second.md");
    assert!(page.contains("> B ended in 2019.\n"), "{page}");
    assert!(page.contains("Judged as of `2024-05-31`.") && !page.contains("2022"), "{page}");
    assert!(page.contains("| `work[0].end` | `\"2019\"` |"), "{page}");
    assert!(page.contains("it reports, without its 12 points"), "{page}");
    assert!(read(&place, "out/third.md").contains("No case of the ruleset raises it."));
}

#[test]
fn the_same_ruleset_gives_the_same_bytes_and_nothing_is_written_twice() {
    let place = hostile();
    assert_eq!(docs(&place, &[]).code, 0);
    let before = fs::metadata(place.path("out/second.md")).unwrap().modified().unwrap();
    let run = docs(&place, &[]);
    assert_eq!(
        (run.code, run.stderr.as_str()),
        (0, "hostile: 8 pages, 0 written, 0 removed; 1 indicator without an example\n")
    );
    assert_eq!(fs::metadata(place.path("out/second.md")).unwrap().modified().unwrap(), before);
    assert_eq!(place.run(&["docs", "-r", "rules", "-o", "again"]).code, 0);
    for name in names(&place.path("out")) {
        assert_eq!(read(&place, &format!("out/{name}")), read(&place, &format!("again/{name}")));
    }
}

#[test]
fn check_names_what_is_missing_differs_or_is_left_over_and_changes_nothing() {
    let place = hostile();
    let run = docs(&place, &["--check"]);
    assert_eq!((run.code, run.stdout.lines().count()), (1, 8), "{}", run.stderr);
    assert!(!place.path("out").exists());
    assert_eq!(docs(&place, &[]).code, 0);
    let run = docs(&place, &["--check"]);
    assert_eq!((run.code, run.stdout.as_str()), (0, ""), "{}", run.stderr);
    // Line ends of Windows are no difference.
    place.file("out/third.md", read(&place, "out/third.md").replace('\n', "\r\n"));
    assert_eq!(docs(&place, &["--check"]).code, 0);
    place.file("rules/rules.indicia", HOSTILE.replace("indicator second \"Plain\"", "indicator other \"Plain\""));
    place.file("rules/rules.cases.yaml", CASES.replace("raised: [second]", "raised: [other]"));
    fs::remove_file(place.path("out/third.md")).unwrap();
    let run = docs(&place, &["--check"]);
    let stale: Vec<PathBuf> = run.stdout.lines().map(PathBuf::from).collect();
    let expected: Vec<PathBuf> = ["README.md", "all-fields.md", "other.md", "second.md", "third.md"]
        .iter()
        .map(|name| Path::new("out").join(name))
        .collect();
    assert_eq!((run.code, stale), (1, expected), "{}", run.stderr);
    assert!(place.path("out/second.md").exists() && !place.path("out/other.md").exists());
    assert_eq!(docs(&place, &[]).code, 0);
    assert!(!place.path("out/second.md").exists() && place.path("out/other.md").exists());
}

#[test]
fn pages_of_another_format_are_left_over_and_foreign_files_stay() {
    let place = hostile();
    place.file("out/notes.md", "# mine\n").file("out/photo.png", "x").file("out/sub/second.md", "x");
    assert_eq!(docs(&place, &[]).code, 0);
    let run = docs(&place, &["-f", "html"]);
    assert!(run.stderr.contains("8 written, 8 removed"), "{}", run.stderr);
    let left: Vec<String> = names(&place.path("out")).into_iter().filter(|name| !name.contains(".html")).collect();
    assert_eq!(left, ["notes.md", "photo.png", "sub"]);
    assert_eq!(read(&place, "out/notes.md"), "# mine\n");
}

#[test]
fn a_foreign_file_where_a_page_belongs_is_refused_before_anything_is_written() {
    let place = hostile();
    place.file("out/second.md", "# mine\n");
    for more in [&[][..], &["--check"]] {
        let run = docs(&place, more);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""));
        assert!(run.stderr.contains("second.md` was not written by `indicia docs`"), "{}", run.stderr);
    }
    assert_eq!(names(&place.path("out")), ["second.md"]);
    assert_eq!(read(&place, "out/second.md"), "# mine\n");
}

#[cfg(unix)]
#[test]
fn a_link_is_no_page_and_is_neither_followed_nor_removed() {
    let place = hostile();
    assert_eq!(docs(&place, &[]).code, 0);
    place.file("elsewhere.md", read(&place, "out/second.md"));
    fs::remove_file(place.path("out/second.md")).unwrap();
    std::os::unix::fs::symlink(place.path("elsewhere.md"), place.path("out/second.md")).unwrap();
    assert_eq!(docs(&place, &[]).code, 2);
    fs::rename(place.path("out/second.md"), place.path("out/linked.md")).unwrap();
    assert_eq!(docs(&place, &[]).code, 0);
    assert!(place.path("out/linked.md").is_symlink());
}

#[test]
fn a_ruleset_is_no_folder_for_its_pages() {
    let place = hostile();
    place.file("one/rules.indicia", HOSTILE).file("file.md", "x");
    for (ruleset, output, says) in [
        ("rules", "rules", "`rules` holds a ruleset"),
        ("rules", "rules/../rules", "holds a ruleset"),
        ("one/rules.indicia", "one", "`one` holds a ruleset"),
        ("rules", "file.md", "`file.md` is no folder"),
    ] {
        let run = place.run(&["docs", "-r", ruleset, "-o", output]);
        assert_eq!(run.code, 2, "{output}");
        assert!(run.stderr.contains(says), "{output}: {}", run.stderr);
    }
    assert_eq!(names(&place.path("rules")), ["rules.cases.yaml", "rules.indicia", "ruleset.yaml"]);
    // A folder within the ruleset is fine: nothing in it is read as part of one.
    assert_eq!(place.run(&["docs", "-r", "rules", "-o", "rules/docs"]).code, 0);
    assert_eq!(place.run(&["docs", "-r", "rules", "-o", "rules/docs", "--check"]).code, 0);
}

#[test]
fn a_bundle_has_the_same_pages_given_its_cases() {
    let place = hostile();
    assert_eq!(docs(&place, &[]).code, 0);
    assert_eq!(place.run(&["build", "rules", "-o", "x.bundle"]).code, 0);
    let run = place.run(&["docs", "-r", "x.bundle", "-o", "out", "--cases", "rules", "--check"]);
    assert_eq!((run.code, run.stdout.as_str()), (0, ""), "{}", run.stderr);
    assert_eq!(place.run(&["docs", "-r", "x.bundle", "-o", "bare"]).code, 0);
    assert!(read(&place, "bare/second.md").contains("No cases were at hand"));
}

#[test]
fn an_extended_ruleset_has_the_pages_and_the_examples_of_its_base() {
    let place = hostile();
    place.file("ours/ruleset.yaml", "name: ours\nversion: 0.1.0\nlanguage: 1\nextends: hostile\n");
    place.file("ours/a.indicia", "language 1\n\nadjust a {\n  cap      3\n  because  \"we | know\"\n}\n");
    fs::rename(place.path("rules"), place.path("hostile")).unwrap();
    let run = place.run(&["docs", "-r", "ours", "-o", "out"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(read(&place, "out/second.md").contains("of `hostile/rules.cases.yaml`"));
    assert!(read(&place, "out/all-outcomes.md").contains(r"| `a` | `cap 3` | we \| know | `a.indicia` |"));
    assert!(read(&place, "out/second.md").contains("which brings 3 points at most"));
}

#[test]
fn a_ruleset_or_cases_with_errors_write_nothing() {
    let place = hostile();
    place.file("rules/rules.cases.yaml", "cases: [{ name: x }]");
    assert_eq!(docs(&place, &[]).code, 4);
    place.file("rules/rules.indicia", "language 1\n");
    assert_eq!(docs(&place, &[]).code, 4);
    assert!(!place.path("out").exists());
}

/// The catalogue of the shipped ruleset in `docs/indicators`.
#[test]
fn the_committed_catalogue_is_that_of_the_shipped_ruleset() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let (rules, pages) = (root.join("rulesets/applicant-fraud"), root.join("docs/indicators"));
    let run = Place::new().run(&["docs", "--check", "-r", rules.to_str().unwrap(), "-o", pages.to_str().unwrap()]);
    assert_eq!(
        (run.code, run.stdout.as_str()),
        (0, ""),
        "docs/indicators is stale; write it anew:\n  \
         cargo run -p indicia-cli -- docs -r rulesets/applicant-fraud -o docs/indicators\n{}",
        run.stderr
    );
}
