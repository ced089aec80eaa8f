//! Python objects as values that the engine reads: dicts, dataclasses and models, without a copy of what no rule reads.
//!
//! What is no plain object of JSON's kinds goes through `indicia._values.plain` first: dates and times, enums, UUIDs,
//! `NumPy`'s scalars and arrays, the missing values of pandas. An exception of the applicant's own objects is kept and raised.

use indicia::{Fields, InputError, Kind, Node};
use pyo3::CastIntoError;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::type_object::PyTypeCheck;
use pyo3::types::{PyBool, PyDict, PyFloat, PyInt, PyList, PyString, PyTuple};
use std::borrow::Cow;
use std::cell::RefCell;

/// The keys that a ruleset reads, as Python strings, by type of record.
pub(crate) type Keys = Vec<Vec<Py<PyString>>>;

/// What all objects of one application share.
pub(crate) struct Reading<'py> {
    py: Python<'py>,
    keys: &'py Keys,
    raised: RefCell<Option<PyErr>>,
}

impl<'py> Reading<'py> {
    pub(crate) fn new(py: Python<'py>, keys: &'py Keys) -> Self {
        Self { py, keys, raised: RefCell::new(None) }
    }

    /// The exception that an object raised while it was read.
    pub(crate) fn raised(&self) -> Option<PyErr> {
        self.raised.take()
    }

    /// Keeps an exception, and gives the engine an error of its own to stop with.
    fn stop(&self, error: PyErr) -> InputError {
        let message = error.to_string();
        self.raised.replace(Some(error));
        InputError::Read { message }
    }
}

/// One object, with what it is.
pub(crate) struct Object<'a, 'py> {
    what: What<'py>,
    reading: &'a Reading<'py>,
}

enum What<'py> {
    Null,
    Bool(bool),
    Integer(i64),
    Float(f64),
    Number(String),
    Text(Bound<'py, PyString>),
    Dict(Bound<'py, PyDict>),
    List(Bound<'py, PyList>),
    Tuple(Bound<'py, PyTuple>),
    /// An object whose attributes are fields, with the attribute's name by key.
    Attributes(Bound<'py, PyAny>, Bound<'py, PyDict>),
    Other(Cow<'static, str>),
}

impl<'a, 'py> Object<'a, 'py> {
    pub(crate) fn new(value: Bound<'py, PyAny>, reading: &'a Reading<'py>) -> Result<Self, InputError> {
        let what = match plain(value) {
            Ok(what) => what,
            Err(value) => unusual(&value).map_err(|error| reading.stop(error))?,
        };
        Ok(Self { what, reading })
    }

    fn visit_tuple(
        &self,
        tuple: &Bound<'py, PyTuple>,
        mut visit: impl FnMut(&Self) -> Result<(), InputError>,
    ) -> Result<(), InputError> {
        tuple.iter().try_for_each(|item| visit(&Self::new(item, self.reading)?))
    }
}

/// What an object of JSON's own kinds is; the object itself if it is none. Types are compared before anything is cast: a
/// cast that fails costs more than one that does not.
fn plain(value: Bound<'_, PyAny>) -> Result<What<'_>, Bound<'_, PyAny>> {
    if value.is_exact_instance_of::<PyString>() {
        return into(value, What::Text);
    }
    if value.is_none() {
        return Ok(What::Null);
    }
    if value.is_exact_instance_of::<PyInt>() {
        return into(value, |value| integer(&value));
    }
    if value.is_exact_instance_of::<PyDict>() {
        return into(value, What::Dict);
    }
    if value.is_exact_instance_of::<PyList>() {
        return into(value, What::List);
    }
    if value.is_exact_instance_of::<PyTuple>() {
        return into(value, What::Tuple);
    }
    if value.is_instance_of::<PyBool>() {
        return into(value, |value: Bound<'_, PyBool>| What::Bool(value.is_true()));
    }
    if value.is_instance_of::<PyFloat>() {
        return into(value, |value| float(&value));
    }
    if value.is_instance_of::<PyString>() {
        return into(value, What::Text);
    }
    if value.is_instance_of::<PyDict>() {
        return into(value, What::Dict);
    }
    into(value, What::List)
}

fn into<'py, T: PyTypeCheck>(
    value: Bound<'py, PyAny>,
    what: impl FnOnce(Bound<'py, T>) -> What<'py>,
) -> Result<What<'py>, Bound<'py, PyAny>> {
    value.cast_into::<T>().map(what).map_err(CastIntoError::into_inner)
}

fn integer<'py>(number: &Bound<'py, PyInt>) -> What<'py> {
    match number.extract::<i64>() {
        Ok(number) => What::Integer(number),
        // Python refuses to print integers of more than some thousand digits.
        Err(_) => {
            number.str().map_or(What::Other("a number out of range".into()), |text| What::Number(text.to_string()))
        }
    }
}

fn float<'py>(number: &Bound<'py, PyFloat>) -> What<'py> {
    let value = number.value();
    if value.is_nan() {
        return What::Null;
    }
    if value.is_infinite() {
        return What::Other("an infinite number".into());
    }
    // As `json.dumps` writes it, where the two ways to write a float differ; classes below `float` have a text of their own.
    if value != 0.0 && !(1e-4..1e16).contains(&value.abs()) {
        return PyFloat::new(number.py(), value)
            .repr()
            .map_or(What::Float(value), |text| What::Number(text.to_string()));
    }
    What::Float(value)
}

/// What any other object is.
fn unusual<'py>(value: &Bound<'py, PyAny>) -> PyResult<What<'py>> {
    static PLAIN: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let py = value.py();
    let convert =
        PLAIN.get_or_try_init(py, || Ok::<_, PyErr>(py.import("indicia._values")?.getattr("plain")?.unbind()))?;
    let (how, made): (String, Bound<'py, PyAny>) = convert.bind(py).call1((value,))?.extract()?;
    Ok(match how.as_str() {
        "value" => plain(made).unwrap_or_else(|_| What::Other("an object".into())),
        "number" => What::Number(made.extract()?),
        "fields" => What::Attributes(value.clone(), made.cast_into()?),
        _ => What::Other(made.extract::<String>()?.into()),
    })
}

/// The text of a string; half of a surrogate pair has none.
fn text<'s>(text: &'s Bound<'_, PyString>) -> Result<&'s str, Kind<'static>> {
    text.to_str().map_err(|_| Kind::Other("a text with half of a surrogate pair".into()))
}

impl Node for Object<'_, '_> {
    fn kind(&self) -> Result<Kind<'_>, InputError> {
        Ok(match &self.what {
            What::Null => Kind::Null,
            What::Bool(value) => Kind::Bool(*value),
            What::Integer(value) => Kind::Integer(*value),
            What::Float(value) => Kind::Float(*value),
            What::Number(text) => Kind::Number(text.as_str().into()),
            What::Text(given) => text(given).map_or_else(|other| other, |text| Kind::Text(text.into())),
            What::Dict(_) | What::Attributes(..) => Kind::Object,
            What::List(_) | What::Tuple(_) => Kind::Array,
            What::Other(found) => Kind::Other(Cow::Borrowed(found)),
        })
    }

    fn each_entry(&self, mut visit: impl FnMut(&str, &Self) -> Result<(), InputError>) -> Result<(), InputError> {
        match &self.what {
            // A copy of the entries: what is visited may change the dict.
            What::Dict(dict) => dict.items().iter().try_for_each(|entry| {
                let (key, value): (Bound<'_, PyAny>, Bound<'_, PyAny>) =
                    entry.extract().map_err(|error| self.reading.stop(error))?;
                match key.cast::<PyString>().map(|key| text(key)) {
                    Ok(Ok(key)) => visit(key, &Self::new(value, self.reading)?),
                    _ => Ok(()),
                }
            }),
            What::Attributes(object, names) => names.items().iter().try_for_each(|entry| {
                let (key, name): (String, Bound<'_, PyString>) =
                    entry.extract().map_err(|error| self.reading.stop(error))?;
                let value = object.getattr_opt(&name).map_err(|error| self.reading.stop(error))?;
                value.map_or(Ok(()), |value| visit(&key, &Self::new(value, self.reading)?))
            }),
            _ => Ok(()),
        }
    }

    fn each_item(&self, mut visit: impl FnMut(&Self) -> Result<(), InputError>) -> Result<(), InputError> {
        match &self.what {
            What::List(list) => list.iter().try_for_each(|item| visit(&Self::new(item, self.reading)?)),
            What::Tuple(tuple) => self.visit_tuple(tuple, visit),
            _ => Ok(()),
        }
    }

    fn each_field(
        &self,
        fields: &Fields<'_>,
        mut visit: impl FnMut(Option<usize>, &str, &Self) -> Result<(), InputError>,
    ) -> Result<(), InputError> {
        let Some(wanted) = self.reading.keys.get(fields.index()) else { return Ok(()) };
        for (place, (key, written)) in wanted.iter().zip(fields.keys()).enumerate() {
            let key = key.bind(self.reading.py);
            let found = match &self.what {
                What::Dict(dict) => dict.get_item(key),
                What::Attributes(object, names) => match names.get_item(key) {
                    Ok(Some(name)) => {
                        name.cast::<PyString>().map_err(PyErr::from).and_then(|name| object.getattr_opt(name))
                    }
                    other => other,
                },
                _ => Ok(None),
            };
            if let Some(value) = found.map_err(|error| self.reading.stop(error))? {
                visit(Some(place), written, &Self::new(value, self.reading)?)?;
            }
        }
        Ok(())
    }
}
