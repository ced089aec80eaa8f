//! Evidence is enough: with everything else missing, the indicator would still be raised.

#![cfg(test)]

mod proof;

use indicia::Truth;
use indicia_tests::random::record::{self, Quirks};
use indicia_tests::random::shape::{APPLICATION, Field, Kind};
use indicia_tests::random::{Allowed, Tape, draw_ruleset};
use indicia_tests::screening::{applications, expected, truth_of};
use indicia_tests::shrink::{Failure, Found};
use proof::prove_found;
use serde_json::{Map, Value as Json};

/// What is kept of an application.
struct Kept<'p> {
    /// What lies on one of these paths.
    paths: Vec<&'p str>,
    /// Whether every list keeps its length; else only those that a path leads into.
    all_lists: bool,
}

impl Kept<'_> {
    fn record(&self, json: &Json, fields: &[Field], prefix: &str) -> Json {
        let mut object = Map::new();
        for (name, key, kind) in fields {
            let path = if prefix.is_empty() { (*name).to_owned() } else { format!("{prefix}.{name}") };
            if let Some(json) = json.get(*key) {
                object.extend(self.value(json, *kind, &path).map(|kept| ((*key).to_owned(), kept)));
            }
        }
        Json::Object(object)
    }

    fn value(&self, json: &Json, kind: Kind, path: &str) -> Option<Json> {
        if self.paths.contains(&path) {
            return Some(json.clone());
        }
        let inside = format!("{path}[");
        match (kind, json) {
            (Kind::Record(fields), Json::Object(_)) => Some(self.record(json, fields, path)),
            // What stands where a record belongs is cited for the fields that it has not.
            (Kind::Record(_), _) => {
                self.paths.iter().any(|cited| cited.starts_with(&format!("{path}."))).then(|| json.clone())
            }
            (Kind::List(element), Json::Array(items))
                if self.all_lists || self.paths.iter().any(|path| path.starts_with(&inside)) =>
            {
                let item = |(index, item): (usize, &Json)| {
                    self.value(item, *element, &format!("{path}[{index}]")).unwrap_or(Json::Null)
                };
                Some(Json::Array(items.iter().enumerate().map(item).collect()))
            }
            _ => None,
        }
    }
}

#[test]
fn what_is_not_evidence_does_not_matter() {
    evidence_is_enough(false);
}

#[test]
fn what_is_not_evidence_does_not_matter_while_lists_keep_their_lengths() {
    evidence_is_enough(true);
}

fn evidence_is_enough(all_lists: bool) {
    let draw = |rules: &[u16], facts: &[u16]| {
        let drawn = draw_ruleset(&mut Tape::new(rules), Allowed::ALL);
        applications(&drawn.text(), &record::rows(&mut Tape::new(facts)), facts, Quirks::USUAL)
    };
    prove_found(100, [120, 600], draw, |found| is_enough(found, all_lists));
}

fn is_enough(found: &Found, all_lists: bool) -> Result<(), Failure> {
    let ruleset = found.ruleset()?;
    let verdict = found.screen(&ruleset)?;
    for raised in verdict.raised.iter().chain(&verdict.shadow) {
        for finding in &raised.findings {
            let paths: Vec<&str> = finding.evidence.iter().map(|entry| entry.path.as_str()).collect();
            let kept = Kept { paths, all_lists };
            let record = kept.record(&found.record, APPLICATION, "");
            let rest = Found { record, ..found.clone() };
            let id = raised.indicator.as_str();
            let truth = truth_of(&rest.screen(&ruleset)?, id);
            if truth != Truth::True {
                let said = format!("{id} is {truth:?} with nothing but {:?}, of {}", kept.paths, found.record);
                return Err(rest.wrong(said, expected([(id, Truth::True)])));
            }
        }
    }
    Ok(())
}
