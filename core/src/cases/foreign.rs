//! What cases write that the record does not declare: misspelt keys and paths, which would otherwise test nothing.
//!
//! Owns the comparison of records, bases and changes with the declared fields. A value of the wrong type is no mistake of a
//! case: that is how unparsable values are tested.

use super::change::{Path, Step};
use super::file::{Case, CaseFile};
use super::names::{Field, Names};
use crate::check::{did_you_mean, list_of};
use crate::package::codes;
use indicia_dsl::diagnostic::Diagnostic;
use indicia_dsl::span::Span;
use serde_json::Value;

/// So many fields are listed where none is near.
const FEW: usize = 8;

/// One key that is not declared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Foreign {
    /// Whose record it is: "base `ada`".
    of: String,
    /// What is wrong, in words.
    message: String,
    help: Option<String>,
    /// Where it stands in the case file.
    at: Vec<Step>,
}

impl Foreign {
    /// As a test run says it below the name of the case.
    pub(super) fn in_words(&self, file: &CaseFile) -> String {
        let line = place(&self.at, file).map(|span| indicia_dsl::line_column(&file.text, span.start).0);
        let line = line.map_or_else(String::new, |line| format!("line {line}: "));
        let help = self.help.as_ref().map_or_else(String::new, |help| format!(" ({help})"));
        let of_base = self.at.first() == Some(&key("bases"));
        let of = if of_base { format!("{}: ", self.of) } else { String::new() };
        format!("{line}{of}{}{help}", self.message)
    }

    pub(super) fn diagnostic(&self, file: &CaseFile) -> Diagnostic {
        let span = place(&self.at, file).unwrap_or_default();
        let mut diagnostic =
            Diagnostic::error(codes::BAD_CASE, format!("{}: {}", self.of, self.message), &file.file, span, "");
        diagnostic.help.clone_from(&self.help);
        diagnostic.locate(&file.text);
        diagnostic
    }
}

#[cfg(feature = "yaml")]
fn place(at: &[Step], file: &CaseFile) -> Option<Span> {
    crate::package::places::key(&file.text, &at.iter().map(Step::to_string).collect::<Vec<_>>())
}

#[cfg(not(feature = "yaml"))]
fn place(_: &[Step], _: &CaseFile) -> Option<Span> {
    None
}

/// What a file's bases and cases write that is not declared, in the file's order.
pub(super) fn of_file(names: &Names, file: &CaseFile) -> Vec<Foreign> {
    let bases = file.bases.keys().flat_map(|base| of_base(names, file, base));
    let cases = file.cases.iter().flat_map(|case| of_case(names, case));
    bases.chain(cases).collect()
}

/// What one base writes that is not declared.
pub(super) fn of_base(names: &Names, file: &CaseFile, base: &str) -> Vec<Foreign> {
    let mut walk = Walk::new(names, format!("base `{base}`"), [key("bases"), key(base)]);
    if let Some(record) = file.bases.get(base) {
        walk.value(names.root().as_ref(), record);
    }
    walk.found
}

/// What one case writes that is not declared, its base left aside.
pub(super) fn of_case(names: &Names, case: &Case) -> Vec<Foreign> {
    let name = format!("case `{}`", case.name);
    let mut walk = Walk::new(names, name.clone(), [key("cases"), key(&case.name), key("record")]);
    if let Some(record) = &case.record {
        walk.value(names.root().as_ref(), record);
    }
    let mut found = walk.found;
    for (path, value) in &case.changes {
        let at = [key("cases"), key(&case.name), key("changes"), key(path)];
        let mut walk = Walk::new(names, name.clone(), at);
        if let Some(path) = Path::parse(path) {
            walk.change(&path, value);
        }
        found.append(&mut walk.found);
    }
    found
}

fn key(name: &str) -> Step {
    Step::Key(name.to_owned())
}

struct Walk<'a> {
    names: &'a Names,
    /// Whose record it is.
    of: String,
    /// Where in the case file.
    at: Vec<Step>,
    /// Where in the record.
    path: Vec<Step>,
    found: Vec<Foreign>,
}

impl<'a> Walk<'a> {
    fn new(names: &'a Names, of: String, at: impl IntoIterator<Item = Step>) -> Self {
        Self { names, of, at: at.into_iter().collect(), path: Vec::new(), found: Vec::new() }
    }

    /// A value where a field of this kind is: only its input keys count.
    fn value(&mut self, field: Option<&Field>, value: &Value) {
        let Some(field) = field else { return };
        match value {
            Value::Array(items) if field.list => {
                let element = field.element();
                for (index, item) in items.iter().enumerate() {
                    self.enter(Step::Index(index), |walk| walk.value(Some(&element), item));
                }
            }
            Value::Object(given) if !field.list => {
                let Some(fields) = self.names.fields_of(field) else { return };
                for (name, value) in given {
                    let known = fields.iter().find(|field| field.key == *name);
                    self.enter(key(name), |walk| match known {
                        Some(known) => walk.value(Some(known), value),
                        None => walk.unknown(name, fields, Field::in_input),
                    });
                }
            }
            _ => {}
        }
    }

    /// A change: names as well as keys lead to a field.
    fn change(&mut self, path: &Path, value: &Value) {
        let mut field = self.names.root();
        for step in &path.0 {
            let Some(current) = field else { return };
            field = match step {
                Step::Index(_) if current.list => Some(current.element()),
                Step::Index(_) => return self.report(&format!("`{}` is no list", self.here()), None),
                Step::Key(_) if current.list => {
                    let help = format!("name an element: `{}[0]`", self.here());
                    return self.report(&format!("`{}` is a list", self.here()), Some(help));
                }
                Step::Key(name) => {
                    let Some(fields) = self.names.fields_of(&current) else {
                        return self.report(&format!("`{}` has no fields that could be given", self.here()), None);
                    };
                    let Some(found) = Names::find(fields, name) else {
                        self.path.push(step.clone());
                        return self.unknown(name, fields, Field::in_paths);
                    };
                    Some(found.clone())
                }
            };
            self.path.push(step.clone());
        }
        self.value(field.as_ref(), value);
    }

    fn enter(&mut self, step: Step, inside: impl FnOnce(&mut Self)) {
        self.at.push(step.clone());
        self.path.push(step);
        inside(self);
        self.path.pop();
        self.at.pop();
    }

    fn here(&self) -> Path {
        Path(self.path.clone())
    }

    /// `spelling` is how a field is written where the key stands.
    fn unknown(&mut self, name: &str, fields: &[Field], spelling: fn(&Field) -> &str) {
        let read_as = fields
            .iter()
            .find(|field| field.name == name)
            .map(|field| format!("field `{name}` is read from the key `{}`", field.key));
        let near = indicia_dsl::nearest(name, fields.iter().map(spelling));
        let few = fields.len() <= FEW;
        let all = || few.then(|| format!("known are {}", list_of(&fields.iter().map(spelling).collect::<Vec<_>>())));
        let near: Vec<String> = near
            .into_iter()
            .map(|near| {
                let mut path = self.path.clone();
                path.pop();
                path.push(key(near));
                Path(path).to_string()
            })
            .collect();
        let help = read_as.or_else(|| (!near.is_empty()).then(|| did_you_mean(&near))).or_else(all);
        self.report(&format!("unknown field `{}`", self.here()), help);
    }

    fn report(&mut self, message: &str, help: Option<String>) {
        let (of, at) = (self.of.clone(), self.at.clone());
        self.found.push(Foreign { of, message: message.to_owned(), help, at });
    }
}

#[cfg(test)]
#[cfg(feature = "yaml")]
#[path = "tests/foreign.rs"]
mod tests;
