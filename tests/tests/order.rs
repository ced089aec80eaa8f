//! Order tells nothing: of items, of files, of the keys of an application. The verdict is the same, byte for byte.

#![cfg(test)]

mod proof;

use indicia::{Ruleset, Sources};
use indicia_tests::random::record::{self, Quirks};
use indicia_tests::random::{Allowed, Drawn, Tape, draw_ruleset};
use indicia_tests::reference::Rows;
use indicia_tests::screening::{applications, sources};
use proof::prove;
use serde_json::Value as Json;

/// The same in another order.
fn shuffled<T: Clone>(tape: &mut Tape<'_>, items: &[T]) -> Vec<T> {
    let (mut left, mut found) = (items.to_vec(), Vec::new());
    while !left.is_empty() {
        found.push(left.remove(tape.below(left.len())));
    }
    found
}

/// The items in another order, some of them in a second file, whose name sorts first or last.
fn moved(tape: &mut Tape<'_>, drawn: &Drawn, rows: &Rows) -> Sources {
    let head = "language 1\n".to_owned();
    let (mut one, mut two) = (head.clone(), head);
    let mut items = drawn.items.clone();
    items.push(drawn.declarations.clone());
    for item in shuffled(tape, &items) {
        if tape.below(2) == 0 { one.push_str(&item) } else { two.push_str(&item) }
    }
    let second = tape.word(&["z.indicia", "a.indicia"]);
    sources(&[("rules.indicia", &one), (&second, &two)], rows)
}

/// JSON text with the keys of every object in another order.
fn rewritten(tape: &mut Tape<'_>, json: &Json) -> String {
    match json {
        Json::Object(fields) => {
            let entries: Vec<(String, Json)> = fields.iter().map(|(key, value)| (key.clone(), value.clone())).collect();
            let each = shuffled(tape, &entries).into_iter();
            let each: Vec<String> =
                each.map(|(key, value)| format!("{}: {}", Json::from(key), rewritten(tape, &value))).collect();
            format!("{{{}}}", each.join(", "))
        }
        Json::Array(items) => {
            let each: Vec<String> = items.iter().map(|item| rewritten(tape, item)).collect();
            format!("[{}]", each.join(", "))
        }
        other => other.to_string(),
    }
}

#[test]
fn no_order_changes_a_verdict() {
    prove(60, [120, 600], |rules, facts| {
        let drawn = draw_ruleset(&mut Tape::new(rules), Allowed::ALL);
        let mut tape = Tape::new(facts);
        let rows = record::rows(&mut tape);
        let first =
            Ruleset::from_sources(&sources(&[("rules.indicia", &drawn.text())], &rows)).map_err(|e| e.to_string())?;
        let other = moved(&mut tape, &drawn, &rows);
        let second = Ruleset::from_sources(&other).map_err(|error| format!("{error}\n{other:?}"))?;
        for application in applications("", &rows, facts, Quirks::USUAL) {
            let options = application.options();
            let texts = [application.record.to_string(), rewritten(&mut tape, &application.record)];
            let mut verdicts = Vec::new();
            for (ruleset, text) in
                [(&first, &texts[0]), (&second, &texts[0]), (&first, &texts[1]), (&second, &texts[1])]
            {
                let verdict = ruleset.screen(text.as_bytes(), &options).map_err(|error| error.to_string())?;
                verdicts.push(serde_json::to_string(&verdict).map_err(|error| error.to_string())?);
            }
            let value = first.screen_value(&application.record, &options).map_err(|error| error.to_string())?;
            verdicts.push(serde_json::to_string(&value).map_err(|error| error.to_string())?);
            verdicts.dedup();
            if verdicts.len() > 1 {
                return Err(format!("{}\n{other:?}\n{application}", verdicts.join("\n")));
            }
        }
        Ok(())
    });
}
