//! `export_cases FILE`: every conformance case as a line of JSON, with what the engine says natively, for front ends in other
//! languages to be held to.
//!
//! A line has the ruleset as its bundle (in hexadecimal digits), the application as JSON text, the options, and either the
//! verdict as JSON text with the explanation of the case's probe, if it has one, or the diagnostics of a ruleset that does not
//! compile.
//! Limits are left at their defaults, since no front end sets them: `limited` marks the cases that ask for others.

use indicia::{Ruleset, RulesetError};
use indicia_tests::conformance::{Case, folder, load};
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::io::Write as _;
use std::process::ExitCode;

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

fn line(file: &str, prelude: &str, case: &Case) -> Result<String, String> {
    let json = |value: serde_json::Result<Value>| value.map_err(|error| error.to_string());
    let name = format!("{file}/{}", case.name);
    let sources = case.sources(prelude);
    let mut options = case.options();
    options.limits = indicia::Limits::default();
    let (mut verdict, mut explanation, mut diagnostics) = (Value::Null, Value::Null, Value::Null);
    match Ruleset::from_sources(&sources) {
        Ok(ruleset) => {
            let text = case.record.to_string();
            let given = ruleset.screen(text.as_bytes(), &options).map_err(|error| format!("{name}: {error}"))?;
            verdict = serde_json::to_string(&given).map_err(|error| error.to_string())?.into();
            if let Ok(explained) = ruleset.explain("probe", text.as_bytes(), &options) {
                explanation = json(serde_json::to_value(&explained))?;
            }
        }
        Err(RulesetError::Compile { diagnostics: found }) => diagnostics = json(serde_json::to_value(&found))?,
        Err(error) => return Err(format!("{name}: {error}")),
    }
    let out = json!({
        "name": name,
        "bundle": hexadecimal(&sources.to_bundle()),
        "record": case.record.to_string(),
        "as_of": case.as_of,
        "redact_key": case.options.redact_key,
        "list_key": case.options.list_key,
        "limited": !case.options.limits.is_empty(),
        "verdict": verdict,
        "explanation": explanation,
        "diagnostics": diagnostics,
    });
    Ok(out.to_string())
}

fn export(path: &str) -> Result<usize, String> {
    let mut out =
        std::fs::File::create(path).map(std::io::BufWriter::new).map_err(|error| format!("{path}: {error}"))?;
    let mut count = 0;
    for (name, file) in load(&folder().join("cases"))? {
        for case in &file.cases {
            writeln!(out, "{}", line(&name, &file.prelude, case)?).map_err(|error| format!("{path}: {error}"))?;
            count += 1;
        }
    }
    out.flush().map_err(|error| format!("{path}: {error}"))?;
    Ok(count)
}

fn main() -> ExitCode {
    let Some(path) = std::env::args().nth(1) else {
        eprintln!("usage: export_cases FILE");
        return ExitCode::from(2);
    };
    match export(&path) {
        Ok(count) => {
            println!("{path}: {count} cases");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
