//! Tests of the verdict's JSON Schema, with a checker for the few keywords that it uses.

use super::verdict_schema;
use crate::verdict::*;
use serde_json::{Value, json};
use std::collections::BTreeSet;

fn check(schema: &Value, root: &Value, value: &Value, at: &str, errors: &mut Vec<String>) {
    for (keyword, wanted) in schema.as_object().unwrap() {
        let fine = match keyword.as_str() {
            "$ref" => {
                let name = wanted.as_str().unwrap().strip_prefix("#/$defs/").unwrap();
                check(&root["$defs"][name], root, value, at, errors);
                true
            }
            "type" => match wanted {
                Value::Array(kinds) => kinds.iter().any(|kind| is(kind, value)),
                kind => is(kind, value),
            },
            "const" => wanted == value,
            "enum" => wanted.as_array().unwrap().contains(value),
            "minimum" => value.is_null() || value.as_u64() >= wanted.as_u64(),
            "anyOf" => wanted.as_array().unwrap().iter().any(|choice| {
                let mut inner = Vec::new();
                check(choice, root, value, at, &mut inner);
                inner.is_empty()
            }),
            "properties" => {
                for (key, item) in value.as_object().into_iter().flatten() {
                    if let Some(schema) = wanted.get(key) {
                        check(schema, root, item, &format!("{at}.{key}"), errors);
                    }
                }
                true
            }
            "required" => wanted.as_array().unwrap().iter().all(|key| value.get(key.as_str().unwrap()).is_some()),
            "additionalProperties" => {
                value.as_object().into_iter().flat_map(|o| o.keys()).all(|key| schema["properties"].get(key).is_some())
            }
            "items" => {
                for (index, item) in value.as_array().into_iter().flatten().enumerate() {
                    check(wanted, root, item, &format!("{at}[{index}]"), errors);
                }
                true
            }
            "$schema" | "$defs" | "title" | "description" => true,
            other => panic!("the checker does not know `{other}`"),
        };
        if !fine {
            errors.push(format!("{at}: {keyword} {wanted}, found {value}"));
        }
    }
}

fn is(kind: &Value, value: &Value) -> bool {
    match kind.as_str().unwrap() {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_u64() || value.is_i64(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        other => panic!("the checker does not know the type `{other}`"),
    }
}

fn errors(verdict: &Value) -> Vec<String> {
    let schema = verdict_schema();
    let mut errors = Vec::new();
    check(&schema, &schema, verdict, "verdict", &mut errors);
    errors
}

const ALL: [Why; 10] = [
    Why::Missing,
    Why::Unparsable,
    Why::Imprecise,
    Why::Undecidable,
    Why::NotListed,
    Why::Limit,
    Why::Shadow,
    Why::DivisionByZero,
    Why::NoKey,
    Why::Inverted,
];

fn text(text: &str) -> String {
    text.to_owned()
}

fn raised(severity: &str) -> Raised {
    Raised {
        indicator: text("a"),
        title: text("A"),
        category: text("contact"),
        severity: text(severity),
        points: 5,
        justified: Some(text("because")),
        findings: vec![Finding {
            because: text("so"),
            evidence: vec![Evidence { path: text("form.a"), value: json!([1, null]) }],
        }],
        more: 1,
        undecided: 2,
        verify: Some(text("ask")),
        caution: None,
        sources: vec![Source { title: text("t"), url: None }],
    }
}

fn full() -> Verdict {
    Verdict {
        verdict_version: VERDICT_VERSION,
        id: Some(text("1")),
        outcome: text("review"),
        decided_by: Some(text("score >= 5")),
        score: 5,
        categories: vec![CategoryScore { name: text("contact"), points: 5, counted: true }],
        coverage: Coverage { judged: 1, of: 2 },
        as_of: Some(text("2026-01-01")),
        raised: ["info", "low", "medium", "high"].map(raised).to_vec(),
        unknown: vec![Undecided {
            indicator: text("b"),
            reasons: ALL.iter().map(|why| Reason { path: text("form.b"), reason: *why }).collect(),
        }],
        shadow: vec![raised("low")],
        next: Some(Next { outcome: text("escalate"), points: Some(3), any_of: vec![text("b")] }),
        problems: vec![ProblemReport { path: text("x"), expected: text("a date"), found: text("`y`") }],
        ruleset: RulesetId {
            name: text("r"),
            version: text("1"),
            base: Some(text("b 1")),
            language: 1,
            digest: text("blake3:0"),
        },
        engine: EngineId {
            version: text("0.1.0"),
            data: EngineData { phone: text("9"), public_suffix: text("2"), unicode: text("16") },
        },
    }
}

fn bare() -> Verdict {
    let mut verdict = full();
    verdict.id = None;
    verdict.decided_by = None;
    verdict.as_of = None;
    verdict.next = None;
    verdict.ruleset.base = None;
    for raised in &mut verdict.raised {
        raised.justified = None;
        raised.verify = None;
    }
    verdict
}

#[test]
fn what_the_engine_writes_is_valid() {
    for verdict in [full(), bare()] {
        assert_eq!(errors(&serde_json::to_value(verdict).unwrap()), Vec::<String>::new());
    }
}

#[test]
fn every_field_is_in_the_schema_and_nothing_else() {
    fn keys(value: &Value, at: &str, found: &mut BTreeSet<String>) {
        match value {
            Value::Object(fields) => {
                for (key, item) in fields {
                    found.insert(format!("{at}.{key}"));
                    keys(item, &format!("{at}.{key}"), found);
                }
            }
            Value::Array(items) => items.iter().for_each(|item| keys(item, at, found)),
            _ => {}
        }
    }
    fn declared(schema: &Value, root: &Value, at: &str, found: &mut BTreeSet<String>) {
        if let Some(name) = schema.get("$ref").and_then(Value::as_str) {
            return declared(&root["$defs"][name.trim_start_matches("#/$defs/")], root, at, found);
        }
        for inner in
            schema.get("items").into_iter().chain(schema.get("anyOf").and_then(Value::as_array).into_iter().flatten())
        {
            declared(inner, root, at, found);
        }
        for (key, inner) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
            found.insert(format!("{at}.{key}"));
            declared(inner, root, &format!("{at}.{key}"), found);
        }
    }
    let (mut written, mut known) = (BTreeSet::new(), BTreeSet::new());
    keys(&serde_json::to_value(full()).unwrap(), "", &mut written);
    let schema = verdict_schema();
    declared(&schema, &schema, "", &mut known);
    assert_eq!(written, known);
}

#[test]
fn a_wrong_verdict_is_not_valid() {
    let change = |pointer: &str, value: Value| {
        let mut verdict = serde_json::to_value(full()).unwrap();
        *verdict.pointer_mut(pointer).unwrap() = value;
        errors(&verdict)
    };
    for (pointer, value) in [
        ("/verdict_version", json!(2)),
        ("/score", json!(-1)),
        ("/score", json!(1.5)),
        ("/outcome", json!(null)),
        ("/raised/0/severity", json!("grave")),
        ("/unknown/0/reasons/0/reason", json!("because")),
        ("/next", json!({})),
        ("/coverage", json!({"judged": 1, "of": 1, "more": 1})),
        ("/raised/0/findings/0/evidence/0", json!({"path": "x"})),
    ] {
        assert!(!change(pointer, value.clone()).is_empty(), "{pointer} {value}");
    }
}
