//! The payload of a bundle: a ruleset's files as bytes, in one order, with nothing left to chance.
//!
//! Numbers are little-endian; a text is its length in bytes (`u64`) and its bytes; a list is its length (`u64`) and its
//! items; a map is a list of key and value with ascending keys; an option is a byte 0, or a byte 1 and the value. The
//! fields follow each other as in [`Sources`] and [`Manifest`]. Reading allocates no more than a small multiple of the
//! bytes that are there.

use crate::error::BundleError;
use crate::source::{Manifest, Rows, Sources};
use serde_json::{Map, Number, Value};
use std::collections::BTreeMap;

/// Levels of rulesets that extend one another.
pub(crate) const MAX_BASES: usize = 8;
/// Levels of arrays and objects in a mapping or a row.
const MAX_VALUE_DEPTH: usize = 128;

pub(super) fn write(sources: &Sources) -> Vec<u8> {
    let mut writer = Writer { out: Vec::new() };
    writer.sources(sources);
    writer.out
}

pub(super) fn read(bytes: &[u8]) -> Result<Sources, BundleError> {
    let mut reader = Reader { rest: bytes };
    let sources = reader.sources(0)?;
    if reader.rest.is_empty() { Ok(sources) } else { Err(damaged("content has bytes left over")) }
}

fn damaged(message: &str) -> BundleError {
    BundleError::Damaged { message: message.to_owned() }
}

struct Writer {
    out: Vec<u8>,
}

impl Writer {
    fn byte(&mut self, byte: u8) {
        self.out.push(byte);
    }

    fn len(&mut self, len: usize) {
        self.out.extend_from_slice(&(len as u64).to_le_bytes());
    }

    fn text(&mut self, text: &str) {
        self.len(text.len());
        self.out.extend_from_slice(text.as_bytes());
    }

    fn texts(&mut self, texts: &[String]) {
        self.len(texts.len());
        for text in texts {
            self.text(text);
        }
    }

    fn map<T>(&mut self, map: &BTreeMap<String, T>, value: impl Fn(&mut Self, &T)) {
        self.len(map.len());
        for (key, item) in map {
            self.text(key);
            value(self, item);
        }
    }

    fn sources(&mut self, sources: &Sources) {
        let Sources { manifest, rules, data, mappings, rows, base } = sources;
        self.manifest(manifest);
        self.map(rules, |w, text| w.text(text));
        self.map(data, |w, text| w.text(text));
        self.map(mappings, Self::value);
        self.map(rows, Self::rows);
        match base {
            None => self.byte(0),
            Some(base) => {
                self.byte(1);
                self.sources(base);
            }
        }
    }

    fn manifest(&mut self, manifest: &Manifest) {
        let Manifest { name, version, language, description, licence, files, withdrawn, extends } = manifest;
        self.text(name);
        self.text(version);
        self.out.extend_from_slice(&language.to_le_bytes());
        self.text(description);
        self.text(licence);
        self.texts(files);
        self.texts(withdrawn);
        match extends {
            None => self.byte(0),
            Some(extends) => {
                self.byte(1);
                self.text(extends);
            }
        }
    }

    fn rows(&mut self, rows: &Rows) {
        match rows {
            Rows::List(entries) => {
                self.byte(0);
                self.texts(entries);
            }
            Rows::Table(rows) => {
                self.byte(1);
                self.len(rows.len());
                for row in rows {
                    self.map(row, Self::value);
                }
            }
        }
    }

    fn value(&mut self, value: &Value) {
        match value {
            Value::Null => self.byte(0),
            Value::Bool(false) => self.byte(1),
            Value::Bool(true) => self.byte(2),
            Value::Number(number) => self.number(number),
            Value::String(text) => {
                self.byte(6);
                self.text(text);
            }
            Value::Array(items) => {
                self.byte(7);
                self.len(items.len());
                for item in items {
                    self.value(item);
                }
            }
            Value::Object(fields) => {
                self.byte(8);
                self.len(fields.len());
                let sorted: BTreeMap<&String, &Value> = fields.iter().collect();
                for (key, item) in sorted {
                    self.text(key);
                    self.value(item);
                }
            }
        }
    }

    fn number(&mut self, number: &Number) {
        let (tag, bytes) = if let Some(n) = number.as_u64() {
            (3, n.to_le_bytes())
        } else if let Some(n) = number.as_i64() {
            (4, n.to_le_bytes())
        } else {
            (5, number.as_f64().unwrap_or_default().to_le_bytes())
        };
        self.byte(tag);
        self.out.extend_from_slice(&bytes);
    }
}

struct Reader<'a> {
    rest: &'a [u8],
}

type Result<T, E = BundleError> = std::result::Result<T, E>;

impl Reader<'_> {
    fn take(&mut self, len: usize) -> Result<&[u8]> {
        let (taken, rest) = self.rest.split_at_checked(len).ok_or_else(|| damaged("content ends too early"))?;
        self.rest = rest;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N]> {
        let (taken, rest) = self.rest.split_first_chunk::<N>().ok_or_else(|| damaged("content ends too early"))?;
        self.rest = rest;
        Ok(*taken)
    }

    fn byte(&mut self) -> Result<u8> {
        self.array::<1>().map(|[byte]| byte)
    }

    /// A length, which can't be greater than the number of bytes left, since everything takes at least one.
    fn len(&mut self) -> Result<usize> {
        let len = u64::from_le_bytes(self.array()?);
        let len = usize::try_from(len).ok().filter(|len| *len <= self.rest.len());
        len.ok_or_else(|| damaged("a length is greater than what is left"))
    }

    fn text(&mut self) -> Result<String> {
        let len = self.len()?;
        let bytes = self.take(len)?;
        std::str::from_utf8(bytes).map(str::to_owned).map_err(|_| damaged("a text is no UTF-8"))
    }

    fn list<T>(&mut self, item: impl Fn(&mut Self) -> Result<T>) -> Result<Vec<T>> {
        (0..self.len()?).map(|_| item(self)).collect()
    }

    fn texts(&mut self) -> Result<Vec<String>> {
        self.list(Self::text)
    }

    fn map<T>(&mut self, value: impl Fn(&mut Self) -> Result<T>) -> Result<BTreeMap<String, T>> {
        let mut map: BTreeMap<String, T> = BTreeMap::new();
        for _ in 0..self.len()? {
            let key = self.text()?;
            if map.last_key_value().is_some_and(|(last, _)| *last >= key) {
                return Err(damaged("keys are not in order"));
            }
            let item = value(self)?;
            map.insert(key, item);
        }
        Ok(map)
    }

    fn option<T>(&mut self, value: impl FnOnce(&mut Self) -> Result<T>) -> Result<Option<T>> {
        match self.byte()? {
            0 => Ok(None),
            1 => value(self).map(Some),
            _ => Err(damaged("unknown mark of an option")),
        }
    }

    fn sources(&mut self, bases: usize) -> Result<Sources> {
        if bases > MAX_BASES {
            return Err(damaged("too many rulesets extend one another"));
        }
        Ok(Sources {
            manifest: self.manifest()?,
            rules: self.map(Self::text)?,
            data: self.map(Self::text)?,
            mappings: self.map(|r| r.value(0))?,
            rows: self.map(Self::rows)?,
            base: self.option(|r| r.sources(bases + 1))?.map(Box::new),
        })
    }

    fn manifest(&mut self) -> Result<Manifest> {
        Ok(Manifest {
            name: self.text()?,
            version: self.text()?,
            language: u32::from_le_bytes(self.array()?),
            description: self.text()?,
            licence: self.text()?,
            files: self.texts()?,
            withdrawn: self.texts()?,
            extends: self.option(Self::text)?,
        })
    }

    fn rows(&mut self) -> Result<Rows> {
        match self.byte()? {
            0 => self.texts().map(Rows::List),
            1 => self.list(|r| r.map(|r| r.value(0))).map(Rows::Table),
            _ => Err(damaged("unknown mark of rows")),
        }
    }

    fn value(&mut self, depth: usize) -> Result<Value> {
        if depth > MAX_VALUE_DEPTH {
            return Err(damaged("a value is nested too deep"));
        }
        Ok(match self.byte()? {
            0 => Value::Null,
            1 => Value::Bool(false),
            2 => Value::Bool(true),
            3 => Value::from(u64::from_le_bytes(self.array()?)),
            4 => Value::from(i64::from_le_bytes(self.array()?)),
            5 => {
                let number = Number::from_f64(f64::from_le_bytes(self.array()?));
                Value::Number(number.ok_or_else(|| damaged("a number is not finite"))?)
            }
            6 => Value::String(self.text()?),
            7 => Value::Array(self.list(|r| r.value(depth + 1))?),
            8 => Value::Object(self.map(|r| r.value(depth + 1))?.into_iter().collect::<Map<_, _>>()),
            _ => return Err(damaged("unknown mark of a value")),
        })
    }
}
