//! The arguments of a screening.

use indicia::ScreenOptions;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDateTime, PyString, PyTzInfo};

/// The day of the evaluation: a text, or a date or a time that prints itself as one.
pub(crate) fn as_of(day: Option<&Bound<'_, PyAny>>) -> PyResult<Option<String>> {
    let Some(day) = day else { return Ok(None) };
    if let Ok(text) = day.cast::<PyString>() {
        return Ok(Some(text.to_str()?.to_owned()));
    }
    // An instant is the day that it is in UTC.
    if let Ok(time) = day.cast::<PyDateTime>()
        && !day.call_method0("utcoffset")?.is_none()
    {
        let utc = PyTzInfo::utc(day.py())?;
        let time = time.call_method1("astimezone", (utc,))?;
        return Ok(Some(time.call_method0("date")?.call_method0("isoformat")?.extract()?));
    }
    let Ok(written) = day.call_method0("isoformat") else {
        let found = day.get_type().name()?;
        return Err(PyTypeError::new_err(format!(
            "as_of: expected a date or a text such as 2024-05-31, found {found}"
        )));
    };
    let mut written: String = written.extract()?;
    // A time without a zone has no day in UTC; its own day is what is meant.
    if written.len() > 10 && day.is_instance_of::<PyDateTime>() {
        written.truncate(10);
    }
    Ok(Some(written))
}

fn key(name: &str, key: Option<&Bound<'_, PyAny>>) -> PyResult<Option<Vec<u8>>> {
    let Some(key) = key else { return Ok(None) };
    if let Ok(text) = key.cast::<PyString>() {
        return Ok(Some(text.to_str()?.as_bytes().to_vec()));
    }
    match key.cast::<PyBytes>() {
        Ok(bytes) => Ok(Some(bytes.as_bytes().to_vec())),
        Err(_) => Err(PyTypeError::new_err(format!("{name}: expected bytes or str, found {}", key.get_type().name()?))),
    }
}

/// All of them.
pub(crate) fn options(
    day: Option<&Bound<'_, PyAny>>,
    redact_key: Option<&Bound<'_, PyAny>>,
    list_key: Option<&Bound<'_, PyAny>>,
) -> PyResult<ScreenOptions> {
    let mut options = ScreenOptions::default();
    options.as_of = as_of(day)?;
    options.redact_key = key("redact_key", redact_key)?;
    options.list_key = key("list_key", list_key)?;
    Ok(options)
}
