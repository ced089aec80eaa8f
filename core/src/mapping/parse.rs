//! From a mapping file, as JSON, to a checked mapping.

use super::convert::{Convert, fold};
use super::path::Path;
use super::protected::Protected;
use super::values::{flag, missing, object, only, required, text, texts, wrong, wrong_word};
use super::{Mapping, MappingError, Rule, Take};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Levels of rules.
const DEEPEST: usize = 32;
const KEYS: &[&str] = &[
    "format",
    "name",
    "description",
    "recognise",
    "documents",
    "lone",
    "other_documents",
    "envelope",
    "protected",
    "record",
];
const TAKE_KEYS: &[&str] =
    &["from", "default", "needs_digit", "present_when", "words", "as_text", "date", "month_first", "time"];
pub(super) const RULE_KEYS: &[&str] = &[
    "from",
    "default",
    "needs_digit",
    "present_when",
    "words",
    "as_text",
    "date",
    "month_first",
    "time",
    "join",
    "with",
    "constant",
    "fields",
    "list",
    "each",
];

impl Mapping {
    /// Checks a mapping.
    ///
    /// # Errors
    /// [`MappingError`] with the place in the mapping: a key that does not belong, a value of the wrong type, text that is no
    /// path, a path that reads a protected key.
    pub fn parse(value: &Value) -> Result<Self, MappingError> {
        let map = object(value, "mapping")?;
        only(map, "mapping", KEYS)?;
        match map.get("format") {
            Some(Value::Number(number)) if number.as_u64() == Some(1) => {}
            Some(other) => return Err(wrong("format", "1, the version of mapping files", other)),
            None => return Err(missing("mapping", "format")),
        }
        let mut protected = Protected::default();
        if let Some(value) = map.get("protected") {
            for (key, ground) in object(value, "protected")? {
                let place = format!("protected.{key}");
                protected.add(&path_of(key, &place)?, text(ground, &place)?);
            }
        }
        let documents = texts(map, "documents")?;
        let lone = map.get("lone").map(|lone| text(lone, "lone")).transpose()?;
        if let Some(lone) = lone.filter(|lone| !documents.iter().any(|name| name == lone)) {
            let known = documents.join(", ");
            return Err(wrong_word("lone", &format!("one of the documents: {known}"), lone));
        }
        let leaves_others = match map.get("other_documents") {
            None => false,
            Some(Value::String(word)) if word == "ignore" => true,
            Some(other) => return Err(wrong("other_documents", "`ignore`", other)),
        };
        let record = required(map, "mapping", "record")?;
        let parser = Parser { documents: &documents, in_list: false, protected: &protected };
        let record = parser.fields(record, "record", Some(""), 0)?;
        let recognise = texts(map, "recognise")?;
        let recognise: Result<_, _> = recognise.iter().map(|path| parser.path(path, "recognise", Some(""))).collect();
        Ok(Self {
            name: text(required(map, "mapping", "name")?, "name")?.to_owned(),
            description: map.get("description").map(|d| text(d, "description")).transpose()?.unwrap_or("").to_owned(),
            recognise: recognise?,
            documents,
            lone: lone.map(str::to_owned),
            leaves_others,
            envelope: texts(map, "envelope")?,
            protected,
            record,
        })
    }
}

struct Parser<'a> {
    documents: &'a [String],
    /// Whether paths start at the element of a list.
    in_list: bool,
    protected: &'a Protected,
}

impl Parser<'_> {
    /// `base` is where paths start: the pattern of a list's elements, or nothing where it is not known.
    fn fields(
        &self,
        value: &Value,
        place: &str,
        base: Option<&str>,
        depth: usize,
    ) -> Result<BTreeMap<String, Rule>, MappingError> {
        if depth > DEEPEST {
            return Err(MappingError::TooDeep { path: place.to_owned() });
        }
        let entries = object(value, place)?.iter();
        entries
            .map(|(key, value)| Ok((key.clone(), self.rule(value, &format!("{place}.{key}"), base, depth)?)))
            .collect()
    }

    fn rule(&self, value: &Value, place: &str, base: Option<&str>, depth: usize) -> Result<Rule, MappingError> {
        let map = match value {
            Value::String(_) | Value::Array(_) => {
                return Ok(Rule::Take(Take { from: self.paths(value, place, base)?, ..Take::default() }));
            }
            Value::Object(map) => map,
            other => return Err(wrong(place, "a path, a list of paths or a rule", other)),
        };
        let kind = ["each", "list", "fields", "join", "constant", "from", "default"]
            .into_iter()
            .find(|kind| map.contains_key(*kind));
        match kind {
            Some("each") => self.each(map, place, base, depth),
            Some("list") => self.list(map, place, base, depth),
            Some("fields") => {
                only(map, place, &["fields"])?;
                let fields = required(map, place, "fields")?;
                Ok(Rule::Fields(self.fields(fields, &format!("{place}.fields"), base, depth + 1)?))
            }
            Some("join") => {
                only(map, place, &["join", "with"])?;
                let paths = self.paths(required(map, place, "join")?, &format!("{place}.join"), base)?;
                let with = map.get("with").map(|with| text(with, &format!("{place}.with"))).transpose()?.unwrap_or(" ");
                Ok(Rule::Join { paths, with: with.to_owned() })
            }
            Some("constant") => {
                only(map, place, &["constant"])?;
                Ok(Rule::Constant(required(map, place, "constant")?.clone()))
            }
            Some(_) => Ok(Rule::Take(self.take(map, place, base)?)),
            None => {
                only(map, place, RULE_KEYS)?;
                Err(missing(place, "from"))
            }
        }
    }

    fn list(
        &self,
        map: &Map<String, Value>,
        place: &str,
        base: Option<&str>,
        depth: usize,
    ) -> Result<Rule, MappingError> {
        only(map, place, &["list"])?;
        if depth > DEEPEST {
            return Err(MappingError::TooDeep { path: place.to_owned() });
        }
        let place = format!("{place}.list");
        let rules = match map.get("list") {
            Some(Value::Array(rules)) => rules,
            other => return Err(wrong(&place, "a list of rules", other.unwrap_or_default())),
        };
        let rules = (0..)
            .zip(rules)
            .map(|(number, rule): (usize, _)| self.rule(rule, &format!("{place}[{number}]"), base, depth + 1));
        Ok(Rule::List(rules.collect::<Result<_, _>>()?))
    }

    fn each(
        &self,
        map: &Map<String, Value>,
        place: &str,
        base: Option<&str>,
        depth: usize,
    ) -> Result<Rule, MappingError> {
        let list = self.paths(required(map, place, "each")?, &format!("{place}.each"), base)?;
        // With alternatives the elements' own path is not known; keys are checked all the same.
        let below = match (list.as_slice(), base) {
            ([path], Some(base)) => Some(format!("{}[]", path.pattern(base))),
            _ => None,
        };
        let inner = Parser { documents: &[], in_list: true, protected: self.protected };
        let element = if map.contains_key("fields") {
            only(map, place, &["each", "fields"])?;
            let fields = required(map, place, "fields")?;
            Rule::Fields(inner.fields(fields, &format!("{place}.fields"), below.as_deref(), depth + 1)?)
        } else {
            let rest: Map<_, _> =
                map.iter().filter(|(key, _)| *key != "each").map(|(k, v)| (k.clone(), v.clone())).collect();
            if rest.is_empty() {
                return Err(missing(place, "fields"));
            }
            inner.rule(&Value::Object(rest), place, below.as_deref(), depth + 1)?
        };
        Ok(Rule::Each { list, element: Box::new(element) })
    }

    fn take(&self, map: &Map<String, Value>, place: &str, base: Option<&str>) -> Result<Take, MappingError> {
        only(map, place, TAKE_KEYS)?;
        let at = |key: &str| format!("{place}.{key}");
        let from = self.paths(required(map, place, "from")?, &at("from"), base)?;
        let needs_digit = flag(map, place, "needs_digit")?;
        let present_when = match map.get("present_when") {
            Some(value) => Some(self.path(text(value, &at("present_when"))?, &at("present_when"), base)?),
            None => None,
        };
        let convert = convert(map, place)?;
        Ok(Take { from, default: map.get("default").cloned(), needs_digit, present_when, convert })
    }

    fn paths(&self, value: &Value, place: &str, base: Option<&str>) -> Result<Vec<Path>, MappingError> {
        match value {
            Value::String(text) => Ok(vec![self.path(text, place, base)?]),
            Value::Array(items) if !items.is_empty() => (0..)
                .zip(items)
                .map(|(number, item): (usize, _)| {
                    let place = format!("{place}[{number}]");
                    self.path(text(item, &place)?, &place, base)
                })
                .collect(),
            other => Err(wrong(place, "a path or a list of paths", other)),
        }
    }

    fn path(&self, text: &str, place: &str, base: Option<&str>) -> Result<Path, MappingError> {
        let path = path_of(text, place)?;
        if path.is_itself() && !self.in_list {
            let message = "`.` is the element of a list, and belongs below `each`".to_owned();
            return Err(MappingError::Path { path: place.to_owned(), text: text.to_owned(), message });
        }
        if let Some(ground) = self.protected.ground_of(&path, base.unwrap_or("")) {
            return Err(MappingError::Protected {
                path: place.to_owned(),
                text: text.to_owned(),
                ground: ground.to_owned(),
            });
        }
        if !self.documents.is_empty()
            && !path.first_key().is_some_and(|key| self.documents.iter().any(|name| name == key))
        {
            let message = format!("its first step must be one of the documents: {}", self.documents.join(", "));
            return Err(MappingError::Path { path: place.to_owned(), text: text.to_owned(), message });
        }
        Ok(path)
    }
}

/// How a value is written anew.
fn convert(map: &Map<String, Value>, place: &str) -> Result<Option<Convert>, MappingError> {
    let mut given = ["words", "as_text", "date", "time"].into_iter().filter(|key| map.contains_key(*key));
    let Some(key) = given.next() else {
        return match map.get("month_first") {
            None => Ok(None),
            Some(_) => Err(missing(place, "date")),
        };
    };
    let together = |second: &str| MappingError::Together {
        path: place.to_owned(),
        first: key.to_owned(),
        second: second.to_owned(),
    };
    if let Some(second) = given.next().or((key != "date" && map.contains_key("month_first")).then_some("month_first")) {
        return Err(together(second));
    }
    if key == "as_text" {
        return Ok(flag(map, place, key)?.then_some(Convert::Text));
    }
    let value = required(map, place, key)?;
    let place = format!("{place}.{key}");
    if key == "words" {
        let words = object(value, &place)?.iter();
        let words = words.map(|(word, ours)| Ok((fold(word), text(ours, &format!("{place}.{word}"))?.to_owned())));
        return Ok(Some(Convert::Words(words.collect::<Result<_, _>>()?)));
    }
    Ok(Some(match (key, text(value, &place)?) {
        ("time", "milliseconds") => Convert::Milliseconds,
        ("time", "utc") => Convert::Utc,
        ("date", word @ ("day" | "month")) => {
            Convert::Date { to_month: word == "month", month_first: flag(map, &place, "month_first")? }
        }
        ("time", other) => return Err(wrong_word(&place, "`milliseconds` or `utc`", other)),
        (_, other) => return Err(wrong_word(&place, "`day` or `month`", other)),
    }))
}

fn path_of(text: &str, place: &str) -> Result<Path, MappingError> {
    Path::parse(text).map_err(|message| MappingError::Path {
        path: place.to_owned(),
        text: text.to_owned(),
        message: message.to_owned(),
    })
}
