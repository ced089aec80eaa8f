//! `export_cases FILE`: every conformance case as a line of JSON, with what the engine says natively, for front ends in other
//! languages to be held to.
//!
//! A line has the ruleset as its bundle (in hexadecimal digits), the application as JSON text, the options, and either the
//! verdict as JSON text or the diagnostics of a ruleset that does not compile. `truth` is that of the case's probe, if it has one.
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

fn line(file: &str, prelude: &str, case: &Case) -> Result<Value, String> {
    let name = format!("{file}/{}", case.name);
    let sources = case.sources(prelude);
    let mut out = json!({
        "name": name,
        "bundle": hexadecimal(&sources.to_bundle()),
        "record": case.record.to_string(),
        "as_of": case.as_of,
        "redact_key": case.options.redact_key,
        "list_key": case.options.list_key,
        "limited": !case.options.limits.is_empty(),
    });
    let mut options = case.options();
    options.limits = indicia::Limits::default();
    let (key, value) = match Ruleset::from_sources(&sources) {
        Ok(ruleset) => {
            let verdict = ruleset.screen(case.record.to_string().as_bytes(), &options);
            let verdict = verdict.map_err(|error| format!("{name}: {error}"))?;
            if let Ok(explained) = ruleset.screener().read_value(&case.record, &options).map(|mut read| read.explain("probe"))
                && let Ok(explained) = explained
            {
                out["explanation"] = serde_json::to_value(&explained).map_err(|error| error.to_string())?;
            }
            ("verdict", serde_json::to_string(&verdict).map_err(|error| error.to_string())?.into())
        }
        Err(RulesetError::Compile { diagnostics }) => {
            ("diagnostics", serde_json::to_value(&diagnostics).map_err(|error| error.to_string())?)
        }
        Err(error) => return Err(format!("{name}: {error}")),
    };
    out[key] = value;
    Ok(out)
}

fn export(path: &str) -> Result<usize, String> {
    let mut out = std::fs::File::create(path).map(std::io::BufWriter::new).map_err(|error| format!("{path}: {error}"))?;
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
