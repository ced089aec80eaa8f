//! What a description says of rulesets, extended ones among them, and that a bundle says the same as its folder.

use super::{Description, MessagePiece};
use crate::ruleset::Ruleset;
use crate::source::{Manifest, Rows, Sources};

const RULES: &str = r#"language 1

record application {
  id: text
  phone: phone read in home "as typed"
  home: country
  other: text from "otherText"
  work: list of { name: text, end: date }
}

list relays: text from "lists/relays.txt" "what relays"
list denied: hash of phone empty
table makers by name: text { founded: date "first day", kinds: list of text } empty "who makes what"

setting many=3 "so many are many"
setting unused = 2 days

let country=phone.country
let abroad = country!=home

indicator b_part "Part" {
  severity low
  category second
  when     other in relays or abroad
}

indicator a_whole "Whole" {
  category first
  severity medium
  weight   7
  status   shadow
  justified "asked for"
  for any w in work
  when     raised b_part and (w.name == "a long name that makes the line longer than a line may be"
    or makers[w.name].founded > w.end or work.length > many)
  unless   phone in denied
  because  "{w.name} \"ended\" in {{year}} {makers[w.name].founded}"
  verify   "Ask."
  caution  "Who knows."
  source   "A" "https://example.org/a"
  source   "B"
}

decide {
  categories first, second
  weights    info 1, low 5, medium 12, high 25
  cap        second 4
  outcomes   clear, review, escalate
  outcome review when score>=5
  outcome escalate when raised b_part
}
"#;

fn sources() -> Sources {
    let mut sources = Sources::single(RULES);
    sources.manifest = Manifest { description: " For tests.\n".to_owned(), ..Manifest::new("base", "1.2.0") };
    sources.data.insert("lists/relays.txt".to_owned(), "# source: none\nx\ny\n".to_owned());
    sources
}

fn described(sources: &Sources) -> Description {
    match Ruleset::from_sources(sources) {
        Ok(ruleset) => ruleset.describe(),
        Err(error) => panic!("{error:?}"),
    }
}

#[test]
fn an_indicator_has_its_texts_in_canonical_spelling() {
    let description = described(&sources());
    let whole = description.indicators.iter().find(|indicator| indicator.id == "a_whole").unwrap();
    assert_eq!(whole.elements.as_deref(), Some("for any w in work"));
    let lines: Vec<&str> = whole.when.lines().collect();
    assert!(lines.len() > 1 && lines[0] == "raised b_part" && lines[1].starts_with("and ("), "{lines:?}");
    assert_eq!(whole.unless.as_deref(), Some("phone in denied"));
    let pieces = [
        MessagePiece::Value("w.name".to_owned()),
        MessagePiece::Text(" \"ended\" in {year} ".to_owned()),
        MessagePiece::Value("makers[w.name].founded".to_owned()),
    ];
    assert_eq!(whole.because, pieces);
    assert_eq!((whole.points, whole.status.as_str(), whole.severity.as_str()), (7, "shadow", "medium"));
    assert_eq!((whole.verify.as_deref(), whole.caution.as_deref()), (Some("Ask."), Some("Who knows.")));
    assert_eq!(whole.justified.as_deref(), Some("asked for"));
    let sources: Vec<_> = whole.sources.iter().map(|source| (source.title.as_str(), source.url.as_deref())).collect();
    assert_eq!(sources, [("A", Some("https://example.org/a")), ("B", None)]);
}

#[test]
fn an_indicator_names_what_it_uses_and_who_uses_it() {
    let description = described(&sources());
    let [whole, part] = description.indicators.as_slice() else { panic!("two") };
    assert_eq!(
        (whole.builds_on.as_slice(), part.part_of.as_slice()),
        (&["b_part".to_owned()][..], &["a_whole".to_owned()][..])
    );
    assert!(whole.part_of.is_empty() && part.builds_on.is_empty());
    // The `let` within the `let`, and what both read.
    assert_eq!(part.lets, ["country", "abroad"]);
    assert_eq!(part.lists, ["relays"]);
    assert_eq!(part.reads, ["home", "other", "phone"]);
    assert_eq!(
        (whole.settings.as_slice(), whole.lists.as_slice()),
        (&["many".to_owned()][..], &["denied".to_owned(), "makers".to_owned()][..])
    );
    assert!(whole.reads.contains(&"other".to_owned()), "through `b_part`: {:?}", whole.reads);
    let other = description.inputs.iter().find(|input| input.path == "other").unwrap();
    assert_eq!(other.key, "otherText");
}

#[test]
fn names_that_rules_share_say_what_they_stand_for() {
    let description = described(&sources());
    let settings: Vec<_> =
        description.settings.iter().map(|s| (s.name.as_str(), s.value.as_str(), s.indicators.len())).collect();
    assert_eq!(settings, [("many", "3", 1), ("unused", "2 days", 0)]);
    assert_eq!(description.settings[0].meaning.as_deref(), Some("so many are many"));
    let lets: Vec<_> = description.lets.iter().map(|l| (l.name.as_str(), l.value.as_str())).collect();
    assert_eq!(lets, [("country", "phone.country"), ("abroad", "country != home")]);
    assert_eq!(description.lets[0].indicators, ["b_part"]);
}

#[test]
fn lists_say_how_many_rows_they_have_and_whether_they_wait_for_some() {
    let of = |description: &Description| -> Vec<(String, String, Option<usize>, bool)> {
        let lists = description.lists.iter();
        lists.map(|list| (list.name.clone(), list.ty.clone(), list.rows, list.to_fill)).collect()
    };
    let row = |name: &str, ty: &str, rows, to_fill| (name.to_owned(), ty.to_owned(), rows, to_fill);
    let description = described(&sources());
    assert_eq!(
        of(&description),
        [
            row("relays", "text", Some(2), false),
            row("denied", "hash of phone", None, true),
            row("makers", "text", None, true)
        ]
    );
    assert_eq!(description.lists[0].origin.as_deref(), Some("lists/relays.txt"));
    let columns: Vec<_> = description.lists[2]
        .columns
        .iter()
        .map(|c| (c.name.as_str(), c.ty.as_str(), c.description.as_deref()))
        .collect();
    assert_eq!(
        columns,
        [("name", "text", None), ("founded", "date", Some("first day")), ("kinds", "list of text", None)]
    );
    let filled =
        Ruleset::from_sources(&sources()).unwrap().with_rows("denied", Rows::List(vec!["0".repeat(64)])).unwrap();
    assert_eq!(of(&filled.describe())[1], row("denied", "hash of phone", Some(1), true));
}

#[test]
fn the_decision_has_its_caps_weights_and_conditions() {
    let description = described(&sources());
    let categories: Vec<_> =
        description.categories.iter().map(|c| (c.name.as_str(), c.cap, c.indicators.len())).collect();
    assert_eq!(categories, [("first", None, 1), ("second", Some(4), 1)]);
    let weights: Vec<_> = description.weights.iter().map(|w| (w.severity.as_str(), w.points)).collect();
    assert_eq!(weights, [("info", 1), ("low", 5), ("medium", 12), ("high", 25)]);
    let outcomes: Vec<_> =
        description.outcomes.iter().map(|o| (o.name.as_str(), o.condition.as_deref(), o.indicators.len())).collect();
    assert_eq!(
        outcomes,
        [("clear", None, 0), ("review", Some("score >= 5"), 0), ("escalate", Some("raised b_part"), 1)]
    );
    assert_eq!((description.description.as_str(), description.ruleset.version.as_str()), ("For tests.", "1.2.0"));
}

#[test]
fn a_ruleset_that_extends_shows_what_it_adjusts() {
    let adjusts = "language 1\n\
        adjust many { value 5\n because \"our posts\" }\n\
        adjust second { cap 9\n because \"we know\" }\n\
        adjust b_part { severity high\n status shadow }\n\
        indicator own \"Own\" { category first\n severity info\n when id is missing }\n";
    let mut extending = Sources::single(adjusts);
    extending.manifest = Manifest { extends: Some("base".to_owned()), ..Manifest::new("ours", "0.1.0") };
    extending.base = Some(Box::new(sources()));
    let description = described(&extending);
    let many = &description.settings[0];
    assert_eq!((many.value.as_str(), many.adjusted_from.as_deref()), ("5", Some("3")));
    assert_eq!(description.settings[1].adjusted_from, None);
    assert_eq!(description.categories[1].cap, Some(9));
    let part = description.indicators.iter().find(|indicator| indicator.id == "b_part").unwrap();
    assert_eq!((part.points, part.status.as_str(), part.file.as_str()), (25, "shadow", "base/rules.indicia"));
    let adjustments: Vec<_> =
        description.adjustments.iter().map(|a| (a.name.as_str(), a.changes.join(", "), a.because.as_deref())).collect();
    assert_eq!(
        adjustments,
        [
            ("many", "value 5".to_owned(), Some("our posts")),
            ("second", "cap 9".to_owned(), Some("we know")),
            ("b_part", "severity high, status shadow".to_owned(), None),
        ]
    );
    assert_eq!(description.ruleset.base.as_deref(), Some("base 1.2.0"));
}

#[test]
fn comments_within_a_condition_stay_and_lines_lose_their_indent() {
    let rules = r#"language 1
record application { a: number, b: number }
indicator x "X" {
  category c
  severity low
  when     a == 1
           // or the other
           or b == 2
}
decide {
  categories c
  weights    info 1, low 5, medium 12, high 25
  outcomes   clear, review
  outcome review when score >= 1
}
"#;
    let description = described(&Sources::single(rules));
    assert_eq!(description.indicators[0].when, "a == 1\n// or the other\nor b == 2");
}

#[test]
fn a_bundle_says_the_same_as_its_sources_and_json_gives_it_back() {
    let sources = sources();
    let description = described(&sources);
    assert_eq!(Ruleset::from_bundle(&sources.to_bundle()).unwrap().describe(), description);
    let json = serde_json::to_value(&description).unwrap();
    assert_eq!(json["indicators"][0]["because"][1]["text"], " \"ended\" in {year} ");
    assert_eq!(json["lists"][1]["type"], "hash of phone");
    assert_eq!(serde_json::from_value::<Description>(json).unwrap(), description);
}
