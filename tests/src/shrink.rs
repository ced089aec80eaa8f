//! What a property found wrong, made small and told as a conformance case.
//!
//! A tape that is shrunk draws less; what is left is cut down here: items, lines and parts of conditions, keys and elements of
//! the application, rows, as long as the property still fails.

use crate::reference::Rows;
use serde_json::{Map, Value as Json, json};
use std::collections::BTreeMap;
use std::fmt::{self, Display, Formatter};

/// A ruleset and an application.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// One file.
    pub rules: String,
    /// Rows of its lists and tables.
    pub rows: Rows,
    /// The application.
    pub record: Json,
    /// The day that the caller gives, if any.
    pub as_of: Option<String>,
    /// Limits by the names that the cases have for them.
    pub limits: BTreeMap<String, usize>,
    /// What must come out, as a case says it.
    pub expect: Json,
}

/// What does not hold.
#[derive(Debug, Clone)]
pub struct Failure {
    /// What was expected and what came out.
    pub said: String,
    /// What shows it; nothing if it can't be shown as a case, or if what was drawn can't even be judged.
    pub case: Option<Box<Found>>,
}

impl From<String> for Failure {
    fn from(said: String) -> Self {
        Self { said, case: None }
    }
}

impl Found {
    /// The failure that this shows, if `expect` must come out.
    pub fn wrong(&self, said: impl Into<String>, expect: Json) -> Failure {
        Failure { said: said.into(), case: Some(Box::new(Self { expect, ..self.clone() })) }
    }

    /// The smallest that still fails, as far as so many single cuts lead. Tries are counted, not time: a busy machine finds
    /// the same.
    #[must_use]
    pub fn shrunk(mut self, tries: usize, fails: &dyn Fn(&Self) -> bool) -> Self {
        let mut left = tries;
        loop {
            let mut cut = false;
            for kind in [Self::without_items, Self::without_lines, Self::with_parts, Self::with_less_facts] {
                let mut at = 0;
                // What a cut leaves is cut again at the same place.
                while let Some(smaller) = kind(&self).into_iter().nth(at) {
                    if left == 0 {
                        return self;
                    }
                    left -= 1;
                    if fails(&smaller) {
                        self = smaller;
                        cut = true;
                    } else {
                        at += 1;
                    }
                }
            }
            if !cut {
                return self;
            }
        }
    }

    fn with_rules(&self, rules: String) -> Self {
        Self { rules, ..self.clone() }
    }

    fn without_items(&self) -> Vec<Self> {
        let mut items: Vec<String> = Vec::new();
        for line in self.rules.split_inclusive('\n') {
            match items.last_mut() {
                Some(item) if line.starts_with([' ', '}', '\n']) => item.push_str(line),
                _ => items.push(line.to_owned()),
            }
        }
        without_each(&items).map(|items| self.with_rules(items.concat())).collect()
    }

    fn without_lines(&self) -> Vec<Self> {
        let lines: Vec<String> = self.rules.split_inclusive('\n').map(str::to_owned).collect();
        without_each(&lines).map(|lines| self.with_rules(lines.concat())).collect()
    }

    /// With a condition, or what stands in parentheses, replaced by one of the groups inside it; with a condition that lacks
    /// a piece.
    fn with_parts(&self) -> Vec<Self> {
        let groups = groups(&self.rules);
        let wholes = self.rules.match_indices('\n').filter_map(|(end, _)| {
            let start = self.rules.get(..end)?.rfind('\n').map_or(0, |at| at + 1);
            let line = self.rules.get(start..end)?;
            let from = ["when ", "unless ", " = "].iter().find_map(|word| Some(line.find(word)? + word.len()))?;
            Some((start + from, end))
        });
        let mut found = Vec::new();
        let wholes: Vec<(usize, usize)> = wholes.collect();
        for (from, to) in wholes.iter().chain(&groups).copied() {
            for (start, end) in groups.iter().filter(|(start, end)| from <= *start && *end <= to) {
                for inner in [self.rules.get(*start..*end), self.rules.get(start + 1..end - 1)].into_iter().flatten() {
                    let (before, after) = (self.rules.get(..from), self.rules.get(to..));
                    if inner.len() < to - from {
                        found.push(
                            self.with_rules([before.unwrap_or_default(), inner, after.unwrap_or_default()].concat()),
                        );
                    }
                }
            }
        }
        for (from, to) in wholes {
            let (before, whole, after) = (self.rules.get(..from), self.rules.get(from..to), self.rules.get(to..));
            let (Some(before), Some(whole), Some(after)) = (before, whole, after) else { continue };
            found
                .extend(without_pieces(whole).into_iter().map(|less| self.with_rules([before, &less, after].concat())));
        }
        found
    }

    /// Without a key or an element, without rows, the day, a limit.
    fn with_less_facts(&self) -> Vec<Self> {
        let mut found: Vec<Self> =
            less(&self.record).into_iter().map(|record| Self { record, ..self.clone() }).collect();
        if self.as_of.is_some() {
            found.push(Self { as_of: None, ..self.clone() });
        }
        for name in self.rows.keys() {
            let mut rows = self.rows.clone();
            rows.remove(name);
            found.push(Self { rows, ..self.clone() });
        }
        for name in self.limits.keys() {
            let mut limits = self.limits.clone();
            limits.remove(name);
            found.push(Self { limits, ..self.clone() });
        }
        found
    }

    /// The case, as it stands in a file of cases.
    fn case(&self) -> String {
        let mut case = "  - name: what-this-case-claims\n    files:\n      rules.indicia: |\n".to_owned();
        for line in self.rules.lines() {
            case.push_str(if line.is_empty() { "" } else { "        " });
            case.push_str(line);
            case.push('\n');
        }
        let mut add =
            |name: &str, value: &Json| case.push_str(&["    ", name, ": ", &value.to_string(), "\n"].concat());
        if !self.rows.is_empty() {
            let rows = self.rows.iter().map(|(name, rows)| (name.clone(), given(rows)));
            add("lists", &Json::Object(rows.collect()));
        }
        if let Some(day) = &self.as_of {
            add("as_of", &json!(day));
        }
        if !self.limits.is_empty() {
            add("options", &json!({"limits": self.limits}));
        }
        add("record", &self.record);
        add("expect", &self.expect);
        case
    }
}

/// A whole file of cases with this one in it.
impl Display for Found {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        write!(out, "description: Found by a property.\ncases:\n{}", self.case())
    }
}

/// The rows as the host gives them: entries of a list, or rows of a table.
fn given(rows: &[BTreeMap<String, Json>]) -> Json {
    if rows.iter().any(|row| row.contains_key("name")) {
        return json!(rows);
    }
    rows.iter().flat_map(BTreeMap::values).cloned().collect()
}

/// The list without its first, its second, and so on.
fn without_each<T: Clone>(list: &[T]) -> impl Iterator<Item = Vec<T>> {
    (0..list.len()).map(|left| {
        let kept = list.iter().enumerate().filter(|(at, _)| *at != left);
        kept.map(|(_, item)| item.clone()).collect()
    })
}

/// The condition without what stands between two of its `and`, `or`, colons and commas, and without one of these two.
fn without_pieces(condition: &str) -> Vec<String> {
    let marks = [" and ", " or ", ": ", ", "];
    let mut cuts: Vec<(usize, usize)> = marks
        .iter()
        .flat_map(|mark| condition.match_indices(mark).map(|(start, _)| (start, start + mark.len())))
        .collect();
    cuts.sort_unstable();
    let ends = [(0, 0)].into_iter().chain(cuts).chain([(condition.len(), condition.len())]).collect::<Vec<_>>();
    let pieces = ends.windows(2).flat_map(|pair| match pair {
        [before, behind] => vec![(before.1, behind.1), (before.0, behind.0)],
        _ => Vec::new(),
    });
    let less = pieces.filter_map(|(from, to)| Some([condition.get(..from)?, condition.get(to..)?].concat()));
    less.filter(|less| less.len() < condition.len()).collect()
}

/// Where parentheses open and close, both included.
fn groups(text: &str) -> Vec<(usize, usize)> {
    let (mut open, mut found) = (Vec::new(), Vec::new());
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'(' => open.push(at),
            b')' => found.extend(open.pop().map(|start| (start, at + 1))),
            b'\n' => open.clear(),
            _ => {}
        }
    }
    found
}

/// The value with one key or element less, anywhere.
fn less(value: &Json) -> Vec<Json> {
    let mut found = Vec::new();
    match value {
        Json::Object(fields) => {
            for (key, inner) in fields {
                let mut without = fields.clone();
                without.remove(key);
                found.push(Json::Object(without));
                found.extend(less(inner).into_iter().map(|inner| {
                    let mut fields: Map<String, Json> = fields.clone();
                    fields.insert(key.clone(), inner);
                    Json::Object(fields)
                }));
            }
        }
        Json::Array(items) => {
            found.extend(without_each(items).map(Json::Array));
            for (at, item) in items.iter().enumerate() {
                for inner in less(item) {
                    let each = items.iter().enumerate();
                    found.push(
                        each.map(|(other, item)| if other == at { inner.clone() } else { item.clone() }).collect(),
                    );
                }
            }
        }
        _ => {}
    }
    found
}
