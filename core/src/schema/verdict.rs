//! JSON Schema (2020-12) of the verdict. Follows `verdict.rs` field by field; a test holds the two together.

use crate::verdict::VERDICT_VERSION;
use serde_json::{Map, Value, json};

/// The JSON Schema of [`Verdict`](crate::Verdict) as it is serialised.
///
/// ```
/// let schema = indicia::verdict_schema();
/// assert_eq!(schema["properties"]["verdict_version"]["const"], 1);
/// ```
pub fn verdict_schema() -> Value {
    let mut schema = object(
        "What a ruleset says about one application. It routes the application to a person; it decides nothing about the applicant.",
        &[
            ("verdict_version", json!({ "const": VERDICT_VERSION })),
            ("id", nullable("string", "The application's own id.")),
            ("outcome", string("The highest outcome whose condition surely holds.")),
            (
                "decided_by",
                nullable("string", "The condition of that outcome as written; null for the default outcome."),
            ),
            ("score", count("Sum of raised weights after the caps.")),
            ("categories", list("category", "Categories with a raised indicator, in the ruleset's order.")),
            ("coverage", reference("coverage")),
            ("as_of", nullable("string", "The day of the evaluation (ISO 8601).")),
            ("raised", list("raised", "Raised indicators in the ruleset's order.")),
            ("unknown", list("undecided", "Indicators that could not be judged, and why.")),
            ("shadow", list("raised", "Raised shadow indicators: reported, without points.")),
            ("next", json!({ "anyOf": [reference("next"), { "type": "null" }] })),
            ("problems", list("problem", "Fields that were given but could not be read.")),
            ("ruleset", reference("ruleset")),
            ("engine", reference("engine")),
        ],
        &[],
    );
    if let Value::Object(fields) = &mut schema {
        fields.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
        fields.insert("title".to_owned(), json!("Indicia verdict"));
        fields.insert("$defs".to_owned(), definitions());
    }
    schema
}

fn definitions() -> Value {
    json!({
        "category": object("Points of one category.", &[
            ("name", string("The category.")),
            ("points", count("Its points after the cap.")),
            ("counted", boolean("Whether it counts as a category of its own for corroboration.")),
        ], &[]),
        "coverage": object("How many active indicators could be judged.", &[
            ("judged", count("Raised or clear, or unknown only because a row is not listed.")),
            ("of", count("Active indicators.")),
        ], &[]),
        "raised": raised(),
        "finding": object("One match.", &[
            ("because", string("The sentence for the reviewer.")),
            ("evidence", list("evidence", "The fields that decided it.")),
        ], &[]),
        "evidence": object("One field that decided a finding.", &[
            ("path", string("Its path, with indexes.")),
            ("value", json!({ "description": "Its value as given; null where its absence decided." })),
        ], &[]),
        "source": object("A public source.", &[
            ("title", string("Its title.")),
            ("url", nullable("string", "Its address.")),
        ], &[]),
        "undecided": object("An indicator that could not be judged.", &[
            ("indicator", string("Its id.")),
            ("reasons", list("reason", "Why, the first reasons.")),
        ], &[]),
        "reason": object("Why something could not be judged.", &[
            ("path", string("The field, list, table row or indicator.")),
            ("reason", json!({ "enum": [
                "missing", "unparsable", "imprecise", "undecidable", "not_listed", "limit", "shadow", "division_by_zero", "no_key", "inverted",
            ] })),
        ], &[]),
        "next": object("What would lead to the next higher outcome.", &[
            ("outcome", string("That outcome.")),
            ("points", nullable("integer", "The least extra points that alone make its condition true.")),
            ("any_of", strings("Unknown indicators each of which would.")),
        ], &[]),
        "problem": object("A field that was given but could not be read.", &[
            ("path", string("Its path.")),
            ("expected", string("What was expected.")),
            ("found", string("What was found.")),
        ], &[]),
        "ruleset": object("Which ruleset spoke.", &[
            ("name", string("Its name.")),
            ("version", string("Its version.")),
            ("base", string("The ruleset it extends, as `name version`.")),
            ("language", count("Version of the language.")),
            ("digest", string("Digest of its checked program and data. A digest is no signature.")),
        ], &["base"]),
        "engine": object("Which engine spoke.", &[
            ("version", string("Version of the engine.")),
            ("data", reference("data")),
        ], &[]),
        "data": object("Versions of the data that the engine carries.", &[
            ("phone", string("Phone metadata.")),
            ("public_suffix", string("Public suffix list.")),
            ("unicode", string("Unicode.")),
        ], &[]),
    })
}

fn raised() -> Value {
    object(
        "A raised indicator.",
        &[
            ("indicator", string("Its id.")),
            ("title", string("Its title.")),
            ("category", string("Its category.")),
            ("severity", json!({ "enum": ["info", "low", "medium", "high"] })),
            ("points", count("Its weight before caps; 0 for shadow indicators.")),
            ("justified", string("Why it may read a protected field.")),
            ("findings", list("finding", "One per match, the first ones.")),
            ("more", count("How many findings were left out.")),
            ("undecided", count("How many elements beside the matches could not be judged.")),
            ("verify", nullable("string", "What to do next.")),
            ("caution", nullable("string", "Who is wrongly hit.")),
            ("sources", list("source", "Public sources.")),
        ],
        &["justified"],
    )
}

/// An object with exactly these fields, all of them required but the optional ones.
fn object(description: &str, fields: &[(&str, Value)], optional: &[&str]) -> Value {
    let properties: Map<String, Value> =
        fields.iter().map(|(name, schema)| ((*name).to_owned(), schema.clone())).collect();
    let required: Vec<&str> = fields.iter().map(|(name, _)| *name).filter(|name| !optional.contains(name)).collect();
    json!({
        "type": "object",
        "description": description,
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/$defs/{name}") })
}

fn list(of: &str, description: &str) -> Value {
    json!({ "type": "array", "description": description, "items": reference(of) })
}

fn strings(description: &str) -> Value {
    json!({ "type": "array", "description": description, "items": { "type": "string" } })
}

fn string(description: &str) -> Value {
    json!({ "type": "string", "description": description })
}

fn boolean(description: &str) -> Value {
    json!({ "type": "boolean", "description": description })
}

fn count(description: &str) -> Value {
    json!({ "type": "integer", "minimum": 0, "description": description })
}

fn nullable(kind: &str, description: &str) -> Value {
    let mut schema = json!({ "type": [kind, "null"], "description": description });
    if let (Value::Object(fields), "integer") = (&mut schema, kind) {
        fields.insert("minimum".to_owned(), json!(0));
    }
    schema
}

#[cfg(test)]
#[path = "tests/verdict.rs"]
mod tests;
