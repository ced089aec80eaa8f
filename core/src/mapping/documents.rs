//! Which documents a mapping starts from, and which mapping documents are for.

use super::path::Path;
use super::{Mapping, MappingError};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};

/// What paths start at, and what lies beside it.
#[derive(Debug, Default)]
pub(super) struct Source {
    /// The document, or an object with all of them by name.
    pub(super) value: Value,
    /// What stands beside an envelope, by the path of its document. No rule reads it.
    pub(super) beside: Vec<(String, Map<String, Value>)>,
    /// Documents that the mapping has no name for and leaves where they are.
    pub(super) others: Vec<String>,
}

impl Mapping {
    /// Whether a document is one that this mapping reads: everything under `recognise` is there, if only as `null`. A
    /// mapping that names nothing recognises nothing.
    pub fn recognises(&self, document: &Value) -> bool {
        self.recognises_these(&BTreeMap::from([("", document)]))
    }

    /// The same of several documents by name.
    pub fn recognises_all(&self, documents: &BTreeMap<String, Value>) -> bool {
        self.recognises_these(&by_name(documents))
    }

    fn recognises_these(&self, documents: &BTreeMap<&str, &Value>) -> bool {
        if self.recognise.is_empty() {
            return false;
        }
        if self.documents.is_empty() {
            let single = documents.values().next().filter(|_| documents.len() == 1);
            return single.is_some_and(|document| {
                let (_, document) = self.opened(document);
                self.recognise.iter().all(|path| path.is_in(document))
            });
        }
        let Ok(named) = self.named(documents) else { return false };
        let known = |name: &str| self.documents.iter().any(|known| known == name);
        let has = |path: &Path| {
            path.in_document()
                .is_some_and(|(name, rest)| named.get(name).is_some_and(|document| rest.is_in(self.opened(document).1)))
        };
        (self.leaves_others || named.keys().all(|name| known(name))) && self.recognise.iter().all(has)
    }

    /// The mapping that documents are for: the only one that recognises them, or of several the one that asks for
    /// everything that each of the others asks for, and more.
    ///
    /// ```
    /// use indicia::Mapping;
    /// use std::collections::BTreeMap;
    /// let mapping = |name: &str, recognise: &[&str]| {
    ///     Mapping::parse(&serde_json::json!({ "format": 1, "name": name, "recognise": recognise, "record": { "id": "id" } }))
    /// };
    /// let mappings = [mapping("plain", &["basics"])?, mapping("dated", &["basics", "meta.version"])?];
    /// let document = serde_json::json!({ "basics": {}, "meta": { "version": "1" } });
    /// let documents = BTreeMap::from([("document".to_owned(), document)]);
    /// assert_eq!(Mapping::recognise(&mappings, &documents)?.name(), "dated");
    /// # Ok::<(), indicia::MappingError>(())
    /// ```
    ///
    /// # Errors
    /// [`MappingError::NotRecognised`] with the names of all that could be asked, and [`MappingError::Ambiguous`] with
    /// those that recognise them.
    pub fn recognise<'m>(mappings: &'m [Self], documents: &BTreeMap<String, Value>) -> Result<&'m Self, MappingError> {
        let found: Vec<&Self> = mappings.iter().filter(|mapping| mapping.recognises_all(documents)).collect();
        let names = |mappings: &mut dyn Iterator<Item = &Self>| {
            mappings.map(|mapping| mapping.name.as_str()).collect::<Vec<_>>().join(", ")
        };
        let asks: Vec<BTreeSet<String>> = found.iter().map(|mapping| mapping.asks_for()).collect();
        let most = found.iter().zip(&asks).enumerate().find(|(at, (_, own))| {
            asks.iter().enumerate().all(|(other, asked)| other == *at || (asked.is_subset(own) && asked != *own))
        });
        match most {
            Some((_, (mapping, _))) => Ok(mapping),
            None if found.is_empty() => {
                let known = names(&mut mappings.iter().filter(|mapping| !mapping.recognise.is_empty()));
                Err(MappingError::NotRecognised { known })
            }
            None => Err(MappingError::Ambiguous { candidates: names(&mut found.into_iter()) }),
        }
    }

    /// The names of its documents that must be there to be recognised; without `recognise`, any of them will do.
    ///
    /// With this a folder of files is told from a document of several applicants, without reading them.
    pub fn is_applicant(&self, names: &BTreeSet<String>) -> bool {
        let asked: BTreeSet<&str> = self.recognise.iter().filter_map(Path::first_key).collect();
        if self.documents.is_empty() {
            false
        } else if asked.is_empty() {
            self.documents.iter().any(|name| names.contains(name))
        } else {
            asked.into_iter().all(|name| names.contains(name))
        }
    }

    fn asks_for(&self) -> BTreeSet<String> {
        self.recognise.iter().map(Path::to_string).collect()
    }

    /// What paths start at.
    pub(super) fn source(&self, documents: &BTreeMap<String, Value>) -> Result<Source, MappingError> {
        let mut source = Source::default();
        if self.documents.is_empty() {
            let (1, Some(document)) = (documents.len(), documents.values().next()) else {
                return Err(MappingError::Documents { count: documents.len() });
            };
            source.value = self.taken_out(document, "", &mut source.beside);
            return Ok(source);
        }
        let mut all = Map::new();
        for (name, document) in self.named(&by_name(documents))? {
            if self.documents.iter().any(|known| known == name) {
                all.insert(name.to_owned(), self.taken_out(document, name, &mut source.beside));
            } else if self.leaves_others {
                source.others.push(name.to_owned());
            } else {
                let known = self.documents.join(", ");
                return Err(MappingError::UnknownDocument { name: name.to_owned(), known });
            }
        }
        source.value = Value::Object(all);
        Ok(source)
    }

    /// The documents by name. One of a name of its own is an object that holds them, or the one that comes alone.
    fn named<'a>(
        &'a self,
        documents: &BTreeMap<&'a str, &'a Value>,
    ) -> Result<BTreeMap<&'a str, &'a Value>, MappingError> {
        let known = |name: &str| self.documents.iter().any(|known| known == name);
        let mut entries = documents.iter();
        let (Some((name, document)), None) = (entries.next(), entries.next()) else { return Ok(documents.clone()) };
        if known(name) {
            return Ok(documents.clone());
        }
        match (document.as_object().filter(|map| !map.is_empty()), &self.lone) {
            (Some(map), lone) if lone.is_none() || map.keys().all(|key| known(key)) => {
                Ok(map.iter().map(|(name, value)| (name.as_str(), value)).collect())
            }
            (_, Some(lone)) => Ok(BTreeMap::from([(lone.as_str(), *document)])),
            _ => Err(MappingError::NoDocuments { known: self.documents.join(", ") }),
        }
    }

    /// A document without the envelope that an interface sends it in, and the envelope's key.
    fn opened<'d>(&self, document: &'d Value) -> (Option<&str>, &'d Value) {
        let inner = self.envelope.iter().find_map(|key| Some((key.as_str(), document.as_object()?.get(key)?)));
        inner.map_or((None, document), |(key, inner)| (Some(key), inner))
    }

    /// A copy of a document without its envelope, and of what stands beside it.
    fn taken_out(&self, document: &Value, path: &str, beside: &mut Vec<(String, Map<String, Value>)>) -> Value {
        let (key, inner) = self.opened(document);
        if let (Some(key), Value::Object(map)) = (key, document) {
            let rest = map.iter().filter(|(other, _)| *other != key).map(|(key, value)| (key.clone(), value.clone()));
            beside.push((path.to_owned(), rest.collect()));
        }
        inner.clone()
    }
}

fn by_name(documents: &BTreeMap<String, Value>) -> BTreeMap<&str, &Value> {
    documents.iter().map(|(name, document)| (name.as_str(), document)).collect()
}
