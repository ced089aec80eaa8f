//! An explanation is the computation: over every conformance case it says what the verdict says.

#![cfg(test)]

mod proof;

use indicia::{Explained, Explanation, Ruleset, ScreenOptions, Sources, Truth, Verdict};
use indicia_tests::conformance::{folder, load};
use indicia_tests::random::record::{self, Quirks};
use indicia_tests::random::{Allowed, Tape, draw_ruleset};
use indicia_tests::screening::{applications, expected, truth_of};
use indicia_tests::shrink::{Failure, Found};
use proof::prove_found;
use serde_json::Value as Json;

#[test]
fn explanations_agree_with_verdicts() {
    let (mut compared, mut wrong) = (0, Vec::new());
    for (name, file) in load(&folder().join("cases")).unwrap() {
        for case in &file.cases {
            let Ok(ruleset) = Ruleset::from_sources(&case.sources(&file.prelude)) else { continue };
            let (options, text) = (case.options(), serde_json::to_vec(&case.record).unwrap());
            let Ok(verdict) = ruleset.screen(&text, &options) else { continue };
            for indicator in ruleset.indicators() {
                let said = |list: &[indicia::Raised]| list.iter().any(|raised| raised.indicator == indicator.id);
                let truth = if said(&verdict.raised) || said(&verdict.shadow) {
                    Truth::True
                } else if verdict.unknown.iter().any(|unknown| unknown.indicator == indicator.id) {
                    Truth::Unknown
                } else {
                    Truth::False
                };
                let explained = ruleset.explain(&indicator.id, &text, &options).unwrap().truth;
                // The verdict does not tell a clear indicator in the shadow from an unknown one.
                if explained != truth && !(indicator.shadow && truth == Truth::False && explained == Truth::Unknown) {
                    wrong.push(format!(
                        "{name}/{}: {} is {truth:?}, explained as {explained:?}",
                        case.name, indicator.id
                    ));
                }
                compared += 1;
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {compared} differ:\n{}", wrong.len(), wrong.join("\n"));
    assert!(compared > 250, "only {compared} indicators compared");
}

/// The tree, a line a node: depth, truth, operator, text.
fn lines(node: &Explained, depth: usize, out: &mut Vec<String>) {
    let truth = format!("{:?}", node.truth).to_lowercase();
    out.push(format!("{}{truth} {} | {}", "  ".repeat(depth), node.operator, node.text));
    node.children.iter().for_each(|child| lines(child, depth + 1, out));
}

/// The explanation of an indicator beside these items.
fn explanation(items: &str, clauses: &str, record: &str, options: &ScreenOptions) -> Explanation {
    let source = format!(
        r#"language 1
{items}
indicator probe "P" {{
  category contact
  severity low
{clauses}
}}
decide {{
  categories contact
  weights    info 1, low 5, medium 12, high 25
  outcomes   clear, review
  outcome review when score >= 5
}}"#
    );
    let ruleset = Ruleset::from_sources(&Sources::single(source)).unwrap();
    let explanation = ruleset.explain("probe", record.as_bytes(), options).unwrap();
    assert_eq!(explanation.truth, explanation.tree.truth);
    explanation
}

fn tree_beside(items: &str, clauses: &str, record: &str) -> Vec<String> {
    let mut out = Vec::new();
    lines(&explanation(items, clauses, record, &ScreenOptions::default()).tree, 0, &mut out);
    out
}

fn tree(clauses: &str, record: &str) -> Vec<String> {
    let items =
        "record application { a: number, b: number, c: number, t: text, work: list of { n: number, m: number } }";
    tree_beside(items, clauses, record)
}

/// What the leaves of a condition compare: the value found, and after a bar what it was compared with.
fn compared(condition: &str, record: &str, options: &ScreenOptions) -> Vec<String> {
    fn of(node: &Explained, out: &mut Vec<String>) {
        let expected = node.expected.as_ref().map_or_else(String::new, |expected| format!(" | {expected}"));
        out.extend(node.actual.as_ref().map(|actual| format!("{actual}{expected}")));
        node.children.iter().for_each(|child| of(child, out));
    }
    let items = "record application {
        n: number, p: bool, t: text, home: country, since: date, until: date, day: date
        scores: list of number, skills: list of text
    }";
    let mut out = Vec::new();
    of(&explanation(items, &format!("when {condition}"), record, options).tree, &mut out);
    out
}

#[test]
fn an_exception_stands_beside_the_condition_with_a_truth_of_its_own() {
    let found = tree("when a > 1 and b > 1\nunless known c == 3", r#"{"a": 2, "b": 2, "c": 4}"#);
    assert_eq!(
        found,
        [
            "true indicator | probe",
            "  true when | a > 1 and b > 1",
            "    true and | a > 1 and b > 1",
            "      true > | a > 1",
            "      true > | b > 1",
            "  false unless | known c == 3",
            "    false known | known c == 3",
            "      false == | c == 3",
        ]
    );
}

#[test]
fn a_true_exception_is_shown_true_and_the_indicator_false() {
    let found = tree("when a > 1\nunless c == 3", r#"{"a": 2, "c": 3}"#);
    assert_eq!(
        found.iter().filter(|line| !line.starts_with("    ")).collect::<Vec<_>>(),
        ["false indicator | probe", "  true when | a > 1", "  true unless | c == 3",]
    );
}

#[test]
fn what_is_asked_twice_is_decided_once_and_shown_as_written() {
    let found = tree("when t matches /a/ or a > 1\nunless t matches /a/ and b > 1", r#"{"t": "abc", "a": 0, "b": 0}"#);
    assert_eq!(
        found,
        [
            "true indicator | probe",
            "  true when | t matches /a/ or a > 1",
            "    true or | t matches /a/ or a > 1",
            "      true matches | t matches /a/",
            "      false > | a > 1",
            "  false unless | t matches /a/ and b > 1",
            "    false and | t matches /a/ and b > 1",
            "      true matches | t matches /a/",
            "      false > | b > 1",
        ]
    );
}

#[test]
fn for_any_shows_its_elements_with_their_clauses() {
    let found = tree("for any w in work\nwhen w.n > 1\nunless w.m > 1", r#"{"work": [{"n": 2, "m": 0}, {"n": 2}]}"#);
    assert_eq!(
        found,
        [
            "true indicator | probe",
            "  true for | for any w in work",
            "    true element | work[0]",
            "      true when | w.n > 1",
            "        true > | w.n > 1",
            "      false unless | w.m > 1",
            "        false > | w.m > 1",
            "    unknown element | work[1]",
            "      true when | w.n > 1",
            "        true > | w.n > 1",
            "      unknown unless | w.m > 1",
            "        unknown > | w.m > 1",
        ]
    );
}

#[test]
fn for_at_least_names_how_many_and_of_what() {
    let found = tree("for at least 2 w in work\nwhen w.n > 1", r#"{"work": [{"n": 2}, {"n": 0}]}"#);
    assert_eq!(
        found,
        [
            "false indicator | probe",
            "  false for | for at least 2 w in work",
            "    true element | work[0]",
            "      true when | w.n > 1",
            "        true > | w.n > 1",
            "    false element | work[1]",
            "      false when | w.n > 1",
            "        false > | w.n > 1",
        ]
    );
}

#[test]
fn operators_are_named_as_they_are_written() {
    for operator in ["==", "!=", "<", "<=", ">", ">="] {
        let found = tree(&format!("when a {operator} 1"), r#"{"a": 2}"#);
        assert!(found.last().unwrap().ends_with(&format!(" {operator} | a {operator} 1")), "{found:?}");
    }
    for operator in
        ["==", "!=", "same as", "contains", "starts with", "ends with", "mentions", "mentions exactly", "in", "matches"]
    {
        let right = match operator {
            "in" => "(\"a\", \"b\")",
            "matches" => "/a/",
            _ => "\"a\"",
        };
        let found = tree(&format!("when t {operator} {right}"), r#"{"t": "a"}"#);
        assert!(found.last().unwrap().ends_with(&format!(" {operator} | t {operator} {right}")), "{found:?}");
    }
    for (condition, operator) in [
        ("t is missing", "is missing"),
        ("t is present", "is present"),
        ("t is unparsable", "is unparsable"),
        ("at least 1 of (a > 1)", "at least"),
        ("any w in work: w.n > 1", "any"),
        ("all w in work: w.n > 1", "all"),
        ("no w in work: w.n > 1", "no"),
        ("at least 2 w in work: w.n > 1", "at least"),
    ] {
        let found = tree(&format!("when {condition}"), "{}");
        assert!(found[2].ends_with(&format!(" {operator} | {condition}")), "{found:?}");
    }
}

#[test]
fn what_is_compared_is_shown_as_it_was_written() {
    let record = r#"{"t": "Ann Lee", "home": "Switzerland", "since": "2019", "until": "to date", "day": "2019-05",
        "scores": ["many", 2, null], "skills": ["Go", "Rust"]}"#;
    for (condition, found) in [
        ("home == CH", &[r#""Switzerland" | "CH""#][..]),
        ("day in period(since, until)", &[r#""2019-05" | "2019 to to date""#]),
        ("any s in scores: s > 1.5", &[r#""many" | 1.5"#, "2 | 1.5", "null | 1.5"]),
        ("any w in t.words: w same as \"lee\"", &[r#""Ann" | "lee""#, r#""Lee" | "lee""#]),
        ("skills.length == 2", &["2 | 2"]),
        ("(n ?? 0.5) * 2 == 2", &["1 | 2"]),
        ("p ?? true", &["true"]),
        ("p ?? false", &["false"]),
        ("n is missing", &["null"]),
        ("n > 1", &["null | 1"]),
    ] {
        assert_eq!(compared(condition, record, &ScreenOptions::default()), found, "{condition}");
    }
}

#[test]
fn with_a_redaction_key_what_is_compared_is_hidden_where_it_is_of_the_application() {
    let mut options = ScreenOptions::default();
    options.redact_key = Some(b"an example key".to_vec());
    let record = r#"{"t": "Ann", "n": 3, "home": "Switzerland"}"#;
    for (condition, beside) in [("t == \"x\"", "\"x\""), ("n > 1", "1"), ("home == CH", "\"CH\"")] {
        let found = compared(condition, record, &options);
        let (actual, expected) = found[0].split_once(" | ").unwrap();
        assert!(actual.starts_with("\"hmac:"), "{found:?}");
        assert_eq!(expected, beside, "{found:?}");
    }
    assert_eq!(compared("p", record, &options), ["null"]);
}

#[test]
fn for_without_a_list_says_why() {
    let items = "record application { work: list of { n: number } }";
    let found = explanation(items, "for any w in work\nwhen w.n > 1", "{}", &ScreenOptions::default()).tree;
    let reasons: Vec<&str> = found.reasons.iter().map(|reason| reason.path.as_str()).collect();
    assert_eq!((reasons.as_slice(), found.truth), (&["work"][..], Truth::Unknown));
    assert_eq!((found.children[0].operator.as_str(), &found.children[0].reasons), ("for", &found.reasons));
}

#[test]
fn a_named_condition_stands_around_what_it_names() {
    let items = "record application { a: number, b: number }\nlet great = a > 1 and b > 1";
    let found = tree_beside(items, "when great or b > 5", r#"{"a": 2, "b": 0}"#);
    assert_eq!(
        found,
        [
            "false indicator | probe",
            "  false when | great or b > 5",
            "    false or | great or b > 5",
            "      false let | great",
            "        false and | a > 1 and b > 1",
            "          true > | a > 1",
            "          false > | b > 1",
            "      false > | b > 5",
        ]
    );
}

/// Which claim about an explanation does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Claim {
    /// It agrees with the verdict and within itself.
    Agrees,
    /// It reads every path that the verdict cites.
    ReadsEvidence,
    /// Every indicator that is unknown says why.
    GivesReasons,
}

/// What an explanation says otherwise than the verdict, or than itself.
fn contradictions(ruleset: &Ruleset, verdict: &Verdict, text: &[u8], options: &ScreenOptions) -> Vec<(Claim, String)> {
    let mut found = Vec::new();
    for indicator in ruleset.indicators() {
        let id = indicator.id.as_str();
        let explanation = ruleset.explain(id, text, options).unwrap();
        let truth = truth_of(verdict, id);
        let hidden = indicator.shadow && truth == Truth::False && explanation.truth == Truth::Unknown;
        if explanation.truth != truth && !hidden {
            found.push((Claim::Agrees, format!("{id} is {truth:?}, explained as {:?}", explanation.truth)));
        }
        if let Some(unknown) = verdict.unknown.iter().find(|unknown| unknown.indicator == id) {
            if unknown.reasons != explanation.tree.reasons {
                let said = format!("reasons of {id}: {:?}, explained {:?}", unknown.reasons, explanation.tree.reasons);
                found.push((Claim::Agrees, said));
            }
            if unknown.reasons.is_empty() {
                found.push((Claim::GivesReasons, format!("{id} is unknown without a reason")));
            }
        }
        if !explanation.truncated {
            found.extend(miscounted(verdict, id, &explanation.tree).map(|said| (Claim::Agrees, said)));
            let raised = verdict.raised.iter().chain(&verdict.shadow).find(|raised| raised.indicator == id);
            let evidence = raised.iter().flat_map(|raised| &raised.findings).flat_map(|finding| &finding.evidence);
            let mut paths = Vec::new();
            read_by(&explanation.tree, &mut paths);
            let unread: Vec<&str> =
                evidence.map(|entry| entry.path.as_str()).filter(|path| !paths.contains(path)).collect();
            if !unread.is_empty() && !indicator.composite {
                found.push((Claim::ReadsEvidence, format!("{id} cites {unread:?}, its explanation reads {paths:?}")));
            }
            inconsistent(&explanation.tree, &mut found);
        }
    }
    found
}

/// Where the elements of `for any` that are true or unknown are not as many as the findings and what the verdict counts besides.
fn miscounted(verdict: &Verdict, id: &str, tree: &Explained) -> Option<String> {
    let raised = verdict.raised.iter().chain(&verdict.shadow).find(|raised| raised.indicator == id)?;
    let elements = tree.children.iter().find(|node| node.operator == "for" && node.text.starts_with("for any"))?;
    let of = |truth: Truth| elements.children.iter().filter(|node| node.truth == truth).count();
    let told = (raised.findings.len() + raised.more as usize, raised.undecided as usize);
    let shown = (of(Truth::True), of(Truth::Unknown));
    (told != shown).then(|| format!("{id} has {told:?} findings and undecided elements, its explanation {shown:?}"))
}

fn read_by<'t>(node: &'t Explained, paths: &mut Vec<&'t str>) {
    paths.extend(node.paths.iter().map(String::as_str));
    if node.operator == "element" {
        paths.extend(node.text.split(", "));
    }
    node.children.iter().for_each(|child| read_by(child, paths));
}

/// Nodes whose truth is not that of their parts.
fn inconsistent(node: &Explained, found: &mut Vec<(Claim, String)>) {
    let parts: Vec<Truth> = node.children.iter().map(|child| child.truth).collect();
    let (least, most) = (parts.iter().copied().min(), parts.iter().copied().max());
    let holds = match (node.operator.as_str(), node.truth) {
        ("and", truth) => least == Some(truth),
        ("or", truth) => most == Some(truth),
        ("not", truth) => least.map(Truth::not) == Some(truth),
        ("known", truth) => least.map(|part| Truth::from(part.is_true())) == Some(truth),
        ("any", Truth::True) | ("no", Truth::False) => most == Some(Truth::True),
        ("any", Truth::False) | ("no", Truth::True) => most.is_none_or(Truth::is_false),
        ("all", Truth::False) => least == Some(Truth::False),
        ("all", Truth::True) => least.is_none_or(Truth::is_true),
        _ => true,
    };
    if !holds {
        let said = format!("`{}` ({}) is {:?}, its parts {parts:?}", node.text, node.operator, node.truth);
        found.push((Claim::Agrees, said));
    }
    // What is read further down is not named again, but for words, which are read where they are bound.
    let mut below = Vec::new();
    node.children.iter().for_each(|child| leaves(child, &mut below));
    let again: Vec<&String> = node.paths.iter().filter(|path| below.contains(&path.as_str())).collect();
    let twice = (1..node.paths.len()).any(|at| node.paths[..at].contains(&node.paths[at]));
    if (!again.is_empty() && node.operator != "element") || twice {
        found.push((Claim::Agrees, format!("`{}` reads {:?}, of which {again:?} below", node.text, node.paths)));
    }
    node.children.iter().for_each(|child| inconsistent(child, found));
}

fn leaves<'t>(node: &'t Explained, paths: &mut Vec<&'t str>) {
    paths.extend(node.paths.iter().map(String::as_str));
    node.children.iter().for_each(|child| leaves(child, paths));
}

/// Limits by the names of the cases, each with how many nodes an explanation may have.
const LIMITS: &[(usize, &[(&str, usize)])] = &[
    (10_000, &[]),
    (20, &[("list_length", 1), ("reasons", 2)]),
    (10_000, &[("pairs", 1), ("reasons", 1)]),
    (3, &[("list_length", 2), ("pairs", 4)]),
    (10_000, &[("findings", 1), ("message_chars", 5)]),
    (10_000, &[("record_values", 4)]),
    (10_000, &[("text_chars", 3), ("record_values", 9)]),
    (10_000, &[("record_bytes", 700)]),
];

fn claim_of_random_rulesets(cases: u32, claim: Claim) {
    let draw = |rules: &[u16], facts: &[u16]| {
        let drawn = draw_ruleset(&mut Tape::new(rules), Allowed::ALL);
        applications(&drawn.text(), &record::rows(&mut Tape::new(facts)), facts, Quirks::USUAL)
    };
    prove_found(cases, [120, 400], draw, |found| {
        LIMITS.iter().try_for_each(|(nodes, limits)| {
            let limits = limits.iter().map(|(name, limit)| ((*name).to_owned(), *limit)).collect();
            holds(&Found { limits, ..found.clone() }, *nodes, claim)
        })
    });
}

fn holds(found: &Found, nodes: usize, claim: Claim) -> Result<(), Failure> {
    let ruleset = found.ruleset()?;
    let mut options = found.options();
    options.limits.max_explain_nodes = nodes;
    let text = found.record.to_string().into_bytes();
    let verdict = match ruleset.screen(&text, &options) {
        Ok(verdict) => verdict,
        Err(error) => return refused(found, &ruleset, &text, &options, &error.to_string()),
    };
    let mut said = contradictions(&ruleset, &verdict, &text, &options);
    said.retain(|(kind, _)| *kind == claim);
    if said.is_empty() {
        return Ok(());
    }
    let said: Vec<String> = said.into_iter().map(|(_, said)| said).collect();
    let indicators = ruleset.indicators();
    let truths = indicators.iter().map(|indicator| (indicator.id.as_str(), truth_of(&verdict, &indicator.id)));
    Err(found.wrong(format!("{}\nwith at most {nodes} nodes", said.join("\n")), expected(truths)))
}

/// An application that can't be screened can't be explained either, for the same reason.
fn refused(found: &Found, ruleset: &Ruleset, text: &[u8], options: &ScreenOptions, error: &str) -> Result<(), Failure> {
    for indicator in ruleset.indicators() {
        let explained =
            ruleset.explain(&indicator.id, text, options).map_or_else(|error| error.to_string(), |_| String::new());
        if explained != error {
            return Err(found.wrong(format!("refused with {error:?}, explained with {explained:?}"), Json::Null));
        }
    }
    Ok(())
}

#[test]
fn explanations_of_random_rulesets_agree_with_their_verdicts_at_all_limits() {
    claim_of_random_rulesets(60, Claim::Agrees);
}

#[test]
fn explanations_of_random_rulesets_read_all_that_is_cited() {
    claim_of_random_rulesets(40, Claim::ReadsEvidence);
}

#[test]
fn every_unknown_of_a_random_ruleset_has_a_reason() {
    claim_of_random_rulesets(60, Claim::GivesReasons);
}
