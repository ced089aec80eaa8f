//! An explanation is the computation: over every conformance case it says what the verdict says.

#![cfg(test)]

use indicia::{Explained, Ruleset, ScreenOptions, Sources, Truth};
use indicia_tests::conformance::{folder, load};

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

fn tree(clauses: &str, record: &str) -> Vec<String> {
    let source = format!(
        r#"language 1
record application {{ a: number, b: number, c: number, work: list of {{ n: number, m: number }} }}
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
    let explanation = ruleset.explain("probe", record.as_bytes(), &ScreenOptions::default()).unwrap();
    assert_eq!(explanation.truth, explanation.tree.truth);
    let mut out = Vec::new();
    lines(&explanation.tree, 0, &mut out);
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
