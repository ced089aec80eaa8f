//! Tests of the digest: what changes it and what does not.

use super::digest;
use crate::source::{Manifest, Rows, Sources};
use serde_json::json;

const ONE: &str = "language 1\n\nlet a = form.x == 1\n\nindicator i \"T\" {\n  category contact\n  severity low\n  when     form.url matches /https?:\\/\\/x/ and a\n  because  \"see // there\"\n}\n\nrecord application { form: { x: number, url: text } }\n";
/// The same, spelled otherwise.
const OTHER: &str = "// about\nlanguage 1 // one\n\nrecord application {\n  // fields\n  form: {\n    x: number\n    // the address\n    url: text\n  }\n}\n\n// why\nindicator i \"T\" { // here\n  because \"see // there\"\n  category contact\n  severity low // or so\n\n  when (form.url\n    matches /https?:\\/\\/x/) // and more\n    and a\n}\nlet a=form.x==1";

fn with(change: impl FnOnce(&mut Sources)) -> String {
    let mut sources = Sources::single(ONE);
    sources.data.insert("lists/a.txt".to_owned(), "# source: x\nb\na\n".to_owned());
    sources.data.insert("lists/t.csv".to_owned(), "name,year\nGo,2012\nRust,2015\n".to_owned());
    change(&mut sources);
    digest(&sources)
}

fn plain() -> String {
    with(|_| {})
}

#[test]
fn it_has_a_name_and_a_length() {
    let digest = plain();
    let hex = digest.strip_prefix("blake3:").unwrap();
    assert!(hex.len() == 32 && hex.bytes().all(|b| b.is_ascii_hexdigit()), "{digest}");
}

#[test]
fn spelling_comments_order_and_files_do_not_change_it() {
    let other = with(|sources| {
        sources.rules.insert("rules.indicia".to_owned(), OTHER.to_owned());
    });
    assert_eq!(plain(), other);
    let spread = with(|sources| {
        let (head, rest) = ONE.split_once("\nindicator").unwrap();
        sources.rules.insert("rules.indicia".to_owned(), format!("language 1\nindicator{rest}"));
        sources.rules.insert("a.indicia".to_owned(), head.to_owned());
        sources.manifest.files = vec!["rules.indicia".to_owned(), "a.indicia".to_owned()];
    });
    assert_eq!(plain(), spread);
    let data = with(|sources| {
        sources.data.insert("lists/a.txt".to_owned(), "a\r\n\r\n  b\r\n# rows: 2".to_owned());
        sources
            .data
            .insert("lists/t.csv".to_owned(), "# source: y\nyear,name,note\n2015,\"Rust\",\n2012,Go,".to_owned());
        sources.manifest.description = "other".to_owned();
        sources.mappings.insert("m".to_owned(), json!({}));
    });
    assert_eq!(plain(), data);
}

#[test]
fn everything_that_a_verdict_rests_on_changes_it() {
    type Change = Box<dyn Fn(&mut Sources)>;
    let rule = |from: &'static str, to: &'static str| -> Change {
        Box::new(move |sources| {
            assert!(ONE.contains(from));
            sources.rules.insert("rules.indicia".to_owned(), ONE.replace(from, to));
        })
    };
    let data = |file: &'static str, text: &'static str| -> Change {
        Box::new(move |sources| {
            sources.data.insert(file.to_owned(), text.to_owned());
        })
    };
    let changes: Vec<Change> = vec![
        rule("== 1", "== 2"),
        rule("see // there", "see // here"),
        rule("\\/x/", "\\/y/"),
        rule("severity low", "severity high"),
        rule("let a = form.x == 1\n", ""),
        data("lists/a.txt", "a\nb\nc\n"),
        data("lists/t.csv", "name,year\nGo,2012\nRust,2016\n"),
        data("lists/t.csv", "name,years\nGo,2012\nRust,2015\n"),
        Box::new(|sources| "2".clone_into(&mut sources.manifest.version)),
        Box::new(|sources| "b".clone_into(&mut sources.manifest.name)),
        Box::new(|sources| {
            sources.base = Some(Box::new(Sources { manifest: Manifest::new("base", "1"), ..Sources::default() }));
        }),
        Box::new(|sources| {
            sources.rows.insert("own".to_owned(), Rows::List(vec!["a".to_owned()]));
        }),
    ];
    let mut digests: Vec<String> = changes.iter().map(with).collect();
    digests.push(plain());
    let all = digests.len();
    digests.sort();
    digests.dedup();
    assert_eq!(digests.len(), all);
}

#[test]
fn the_order_of_rows_from_the_host_does_not_change_it() {
    let list = |rows: [&str; 2]| {
        with(|sources| {
            sources.rows.insert("own".to_owned(), Rows::List(rows.map(str::to_owned).to_vec()));
            let row = |name: &str| [("name".to_owned(), json!(name)), ("n".to_owned(), json!(1))].into();
            sources.rows.insert("table".to_owned(), Rows::Table(rows.iter().map(|name| row(name)).collect()));
        })
    };
    assert_eq!(list(["a", "b"]), list(["b", "a"]));
    assert_ne!(list(["a", "b"]), list(["b", "c"]));
}

#[test]
fn a_bundle_keeps_it() {
    let mut sources = Sources::single(ONE);
    sources.rows.insert("own".to_owned(), Rows::Table(vec![[("n".to_owned(), json!(0.1))].into()]));
    assert_eq!(digest(&Sources::from_bundle(&sources.to_bundle()).unwrap()), digest(&sources));
}
