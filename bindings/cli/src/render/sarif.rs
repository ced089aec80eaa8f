//! Diagnostics as SARIF 2.1.0, which code hosts and editors read.

use super::diagnostics::Files;
use indicia::{Diagnostic, Edit, Span};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// One run with all diagnostics.
pub(crate) fn render(diagnostics: &[Diagnostic], files: &Files) -> Value {
    let codes: BTreeSet<&str> =
        diagnostics.iter().map(|diagnostic| diagnostic.code.as_ref()).filter(|code| !code.is_empty()).collect();
    let rules: Vec<Value> = codes.iter().map(|code| json!({ "id": code })).collect();
    let results: Vec<Value> = diagnostics.iter().map(|diagnostic| result(diagnostic, files)).collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": { "name": "indicia", "version": env!("CARGO_PKG_VERSION"), "rules": rules } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

fn result(diagnostic: &Diagnostic, files: &Files) -> Value {
    let text = match &diagnostic.help {
        Some(help) => format!("{} ({help})", diagnostic.message),
        None => diagnostic.message.clone(),
    };
    let place = |primary: bool| {
        let labels = diagnostic.labels.iter().filter(move |label| label.primary == primary);
        labels.map(|label| location(&label.file, label.span, &label.text, files)).collect::<Vec<_>>()
    };
    let mut result = json!({
        "level": if diagnostic.is_error() { "error" } else { "warning" },
        "message": { "text": text },
        "locations": place(true),
        "relatedLocations": place(false),
    });
    // A file that can't be read is an error without a code.
    if let Some(object) = result.as_object_mut().filter(|_| !diagnostic.code.is_empty()) {
        object.insert("ruleId".to_owned(), json!(diagnostic.code));
    }
    if let (Some(object), Some(fix)) = (result.as_object_mut(), &diagnostic.fix) {
        let changes: Vec<Value> = fix.edits.iter().map(|edit| change(edit, files)).collect();
        object
            .insert("fixes".to_owned(), json!([{ "description": { "text": fix.title }, "artifactChanges": changes }]));
    }
    result
}

fn location(file: &str, span: Span, text: &str, files: &Files) -> Value {
    let mut physical = json!({ "artifactLocation": { "uri": files.path(file) } });
    if let (Some(object), Some(region)) = (physical.as_object_mut(), region(file, span, files)) {
        object.insert("region".to_owned(), region);
    }
    let mut location = json!({ "physicalLocation": physical });
    if let Some(object) = location.as_object_mut().filter(|_| !text.is_empty()) {
        object.insert("message".to_owned(), json!({ "text": text }));
    }
    location
}

fn region(file: &str, span: Span, files: &Files) -> Option<Value> {
    let (start, end) = files.positions(file, span)?;
    Some(json!({ "startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column }))
}

fn change(edit: &Edit, files: &Files) -> Value {
    json!({
        "artifactLocation": { "uri": files.path(&edit.file) },
        "replacements": [{
            "deletedRegion": region(&edit.file, edit.span, files),
            "insertedContent": { "text": edit.replacement },
        }],
    })
}
