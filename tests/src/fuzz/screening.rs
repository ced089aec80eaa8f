//! Screening of any record, and mapping of any document. The first byte says how the rest is taken:
//!
//! | byte | the rest is |
//! | --- | --- |
//! | `o` | a record for the ruleset with every operator |
//! | `l` | the same, under limits that any record exceeds |
//! | `d` | a record for the shipped ruleset |
//! | `h` | the same, with its values hidden |
//! | `j` | a document for the mapping `json-resume` |
//! | `m` | a mapping, for a document that is always the same |

use super::{holds, operators, same};
use crate::screening::truth_of;
use indicia::{InputError, Limits, Mapping, Ruleset, ScreenOptions, Screener, Truth, Verdict};
use serde_json::Value;
use std::collections::BTreeMap;

/// Any text is screened as serde's value of it is, a used screener says what a new one says, explanations agree with the
/// verdict, and the verdict keeps its limits.
///
/// # Errors
/// What is wrong.
pub fn screen(bytes: &[u8]) -> Result<(), String> {
    let Some((how, json)) = bytes.split_first() else { return Ok(()) };
    let options = ScreenOptions::default().with_list_key(b"lists");
    match how {
        b'd' => record(&shipped()?, json, &options.with_as_of("2026-01-15")),
        b'h' => {
            let (ruleset, hidden) = (shipped()?, options.clone().with_redact_key(b"hidden"));
            record(&ruleset, json, &hidden)?;
            let (Ok(shown), Ok(hidden)) = (ruleset.screen(json, &options), ruleset.screen(json, &hidden)) else {
                return Ok(());
            };
            same("outcome and score, hidden", &(shown.outcome, shown.score), &(hidden.outcome, hidden.score))
        }
        b'j' => document(json),
        b'm' => mapping(json),
        b'l' => record(&operators::ruleset()?, json, &options.with_limits(tight())),
        _ => record(&operators::ruleset()?, json, &options),
    }
}

fn shipped() -> Result<Ruleset, String> {
    Ruleset::default_ruleset().map_err(|error| error.to_string())
}

fn tight() -> Limits {
    let mut limits = Limits::default();
    (limits.max_record_nesting, limits.max_record_values) = (4, 60);
    (limits.max_list_length, limits.max_pairs, limits.max_text_chars) = (2, 3, 12);
    (limits.max_message_chars, limits.max_findings, limits.max_reasons) = (16, 1, 2);
    (limits.max_problems, limits.max_explain_nodes) = (2, 6);
    limits
}

fn record(ruleset: &Ruleset, json: &[u8], options: &ScreenOptions) -> Result<(), String> {
    let by_text = ruleset.screen(json, options);
    by_value(ruleset, json, options, &by_text)?;
    let mut screener = ruleset.screener();
    // What another record leaves behind must not be seen; whether it can be read does not matter.
    let _ = screener.screen(operators::RECORD.as_bytes(), options);
    same("a used screener", &screener.screen(json, options), &by_text)?;
    let Ok(verdict) = by_text else { return Ok(()) };
    kept(&verdict, &options.limits)?;
    agrees(ruleset, &mut screener, json, options, &verdict)
}

/// Text and value are read alike, and what `serde_json` can't read is an error.
fn by_value(
    ruleset: &Ruleset,
    json: &[u8],
    options: &ScreenOptions,
    by_text: &Result<Verdict, InputError>,
) -> Result<(), String> {
    // A byte order mark is left out by the engine alone.
    let plain = json.strip_prefix(b"\xef\xbb\xbf").unwrap_or(json);
    let Ok(value) = serde_json::from_slice::<Value>(plain) else {
        return holds(by_text.is_err(), || "what is no JSON has a verdict".to_owned());
    };
    match (by_text, ruleset.screen_value(&value, options)) {
        (Ok(by_text), Ok(by_value)) => same("by text and by value", by_text, &by_value),
        // Only a text has places.
        (Err(InputError::TooDeep { .. }), Err(InputError::TooDeep { .. })) => Ok(()),
        (Err(by_text), Err(by_value)) => same("errors by text and by value", by_text, &by_value),
        (by_text, by_value) => Err(format!("by text {by_text:?}\nby value {by_value:?}")),
    }
}

/// The verdict is within its limits, can be shown, and survives its JSON.
fn kept(verdict: &Verdict, limits: &Limits) -> Result<(), String> {
    let json = serde_json::to_string(verdict).map_err(|error| error.to_string())?;
    let again: Verdict = serde_json::from_str(&json).map_err(|error| error.to_string())?;
    same("verdict and its JSON", &again, verdict)?;
    let raised = || verdict.raised.iter().chain(&verdict.shadow);
    holds(raised().all(|raised| raised.findings.len() <= limits.max_findings), || "too many findings".to_owned())?;
    let mut reasons = verdict.unknown.iter().map(|unknown| unknown.reasons.len());
    holds(reasons.all(|count| 0 < count && count <= limits.max_reasons), || "no or too many reasons".to_owned())?;
    holds(verdict.problems.len() <= limits.max_problems, || "too many problems".to_owned())?;
    for finding in raised().flat_map(|raised| &raised.findings) {
        let message = &finding.because;
        // One character says that it was cut.
        let long = message.chars().count() > limits.max_message_chars + 1;
        holds(!long, || format!("a long message: {message:?}"))?;
        holds(!message.contains(char::is_control), || format!("control characters: {message:?}"))?;
    }
    Ok(())
}

/// Judgement, verdict and explanations say the same.
fn agrees(
    ruleset: &Ruleset,
    screener: &mut Screener,
    json: &[u8],
    options: &ScreenOptions,
    verdict: &Verdict,
) -> Result<(), String> {
    let mut application = screener.read(json, options).map_err(|error| error.to_string())?;
    let mut judged = application.judge();
    same("outcome", &judged.outcome(), &verdict.outcome.as_str())?;
    same("score", &judged.score(), &verdict.score)?;
    let truths: Vec<Truth> = judged.truths().to_vec();
    let indicators = ruleset.indicators();
    for (index, (indicator, truth)) in indicators.iter().zip(&truths).enumerate() {
        let raised = verdict.raised.iter().chain(&verdict.shadow).find(|raised| raised.indicator == indicator.id);
        let findings = raised.map_or(&[][..], |raised| &raised.findings);
        same(&indicator.id, &judged.findings(index).as_slice(), &findings)?;
        // A verdict does not tell a clear indicator in the shadow from an unknown one.
        let told = truth_of(verdict, &indicator.id);
        let hidden = indicator.shadow && told == Truth::False && *truth == Truth::Unknown;
        holds(hidden || told == *truth, || format!("{} is {truth:?}, told as {told:?}", indicator.id))?;
    }
    for (indicator, truth) in indicators.iter().zip(&truths) {
        let explained = application.explain(&indicator.id).map_err(|error| error.to_string())?;
        same(&format!("{}, explained", indicator.id), &explained.truth, truth)?;
        serde_json::to_string(&explained).map_err(|error| error.to_string())?;
    }
    same("verdict after explanations", &application.verdict(), verdict)
}

/// A document of any kind becomes a record, or an error.
fn document(json: &[u8]) -> Result<(), String> {
    let ruleset = shipped()?;
    let mapping = ruleset.mappings().get("json-resume").copied().ok_or("json-resume is not there")?;
    let mapping = Mapping::parse(mapping).map_err(|error| error.to_string())?;
    let Ok(document) = serde_json::from_slice::<Value>(json) else { return Ok(()) };
    mapping.recognises(&document);
    mapped(&ruleset, &mapping, document)
}

/// A value of any kind is a mapping, or an error.
fn mapping(json: &[u8]) -> Result<(), String> {
    let Ok(value) = serde_json::from_slice::<Value>(json) else { return Ok(()) };
    match Mapping::parse(&value) {
        Ok(mapping) => {
            let document = serde_json::from_str(operators::RECORD).map_err(|error| error.to_string())?;
            mapped(&operators::ruleset()?, &mapping, document)
        }
        Err(error) => holds(!error.to_string().is_empty(), || "an error without words".to_owned()),
    }
}

fn mapped(ruleset: &Ruleset, mapping: &Mapping, document: Value) -> Result<(), String> {
    let names = mapping.documents();
    let documents: BTreeMap<String, Value> = if names.is_empty() {
        BTreeMap::from([("document".to_owned(), document)])
    } else {
        names.iter().map(|name| (name.clone(), document.clone())).collect()
    };
    match mapping.apply(&documents) {
        Ok(applied) => record(ruleset, applied.record.to_string().as_bytes(), &ScreenOptions::default()),
        Err(error) => holds(!error.to_string().is_empty(), || "an error without words".to_owned()),
    }
}
