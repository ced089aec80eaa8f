//! Which format an input has: as the user says, else by its ending, else by its first bytes.

use super::csv::Rows;
use super::folder::Input;
use super::json::Values;
use super::lines::Lines;
use super::open::{self, Stream};
use super::yaml::Documents;
use super::{Body, Fault, Item, Reason, Records, Settings, folder};
use std::io::BufRead;
use std::path::Path;
use std::sync::Arc;

/// Formats of the input.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub(crate) enum InputFormat {
    /// By the file's ending and first bytes.
    #[default]
    Auto,
    /// One object, a list of objects, or objects one after the other.
    Json,
    /// One object a line.
    Jsonl,
    /// YAML documents.
    Yaml,
    /// A header row of paths, one application a row.
    Csv,
}

/// What a reader is made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    Lines,
    List,
    Values,
    Yaml,
    Csv,
}

/// Opens one input with the right reader; an input that can't be opened is an item that says so.
pub(super) fn open(input: &Input, settings: &Settings) -> Result<Box<dyn Records>, Item> {
    let file: Arc<str> = input.name().into();
    let unreadable = |error: std::io::Error| {
        let fault = Fault::new(Reason::Read, format!("can't read: {error}"));
        Item::new(Arc::clone(&file), None, 0, Body::Bad(fault))
    };
    let (mut stream, ending) = match input {
        Input::Stdin => (open::stdin(&settings.bytes).map_err(unreadable)?, String::new()),
        Input::File(path) => (open::file(path, &settings.bytes).map_err(unreadable)?, ending(path)),
        Input::Applicant(path) => return Ok(Box::new(folder::Applicant::new(path.clone(), settings.clone()))),
    };
    let limit = settings.limits.max_record_bytes;
    let shape = shape(settings.format, &ending, &mut stream).map_err(unreadable)?;
    Ok(match shape {
        Shape::Lines => {
            let named = settings.format == InputFormat::Jsonl || matches!(ending.as_str(), "jsonl" | "ndjson");
            Box::new(Lines::new(stream, file, limit, named))
        }
        Shape::List => Box::new(Values::new(stream, file, limit, true)),
        Shape::Values => Box::new(Values::new(stream, file, limit, false)),
        Shape::Yaml => Box::new(Documents::new(stream, file, limit)),
        Shape::Csv => Box::new(Rows::new(stream, file, limit, Arc::clone(&settings.types))),
    })
}

/// The ending in lower case, without `.gz`.
pub(super) fn ending(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    name.rsplit_once('.').map(|(_, ending)| ending.to_owned()).unwrap_or_default()
}

/// Whether a file of a folder is taken for a document.
pub(super) fn is_document(path: &Path) -> bool {
    matches!(ending(path).as_str(), "json" | "jsonl" | "ndjson" | "yaml" | "yml" | "csv")
}

fn shape(format: InputFormat, ending: &str, stream: &mut Stream) -> std::io::Result<Shape> {
    let head = stream.fill_buf()?.trim_ascii_start();
    let is_list = head.first() == Some(&b'[');
    Ok(match (format, ending) {
        (InputFormat::Jsonl, _) | (InputFormat::Auto, "jsonl" | "ndjson") => Shape::Lines,
        (InputFormat::Yaml, _) | (InputFormat::Auto, "yaml" | "yml") => Shape::Yaml,
        (InputFormat::Csv, _) | (InputFormat::Auto, "csv") => Shape::Csv,
        (InputFormat::Json | InputFormat::Auto, _) if is_list => Shape::List,
        (InputFormat::Json, _) => Shape::Values,
        (InputFormat::Auto, ending) => by_lines(head, ending == "json"),
    })
}

/// Objects are one a line if the first line is a whole object with more behind it, or if the second line starts one too.
/// Where no line end is in sight, a `.json` file is one value and everything else is lines.
fn by_lines(head: &[u8], json: bool) -> Shape {
    let mut lines = head.splitn(3, |byte| *byte == b'\n').map(<[u8]>::trim_ascii);
    let first = lines.next().unwrap_or_default();
    let Some(second) = lines.next() else { return if json { Shape::Values } else { Shape::Lines } };
    let whole = first.ends_with(b"}") && first.len() > 1;
    if whole || second.starts_with(b"{\"") || (!json && first.first() != Some(&b'{')) {
        Shape::Lines
    } else {
        Shape::Values
    }
}

#[cfg(test)]
mod tests {
    use super::{Shape, by_lines};

    #[test]
    fn a_broken_first_line_does_not_hide_json_lines() {
        assert_eq!(by_lines(b"{\"a\": 1}\n{\"b\": 2}\n", false), Shape::Lines);
        assert_eq!(by_lines(b"{\"a\": \n{\"b\": 2}\n", false), Shape::Lines);
        assert_eq!(by_lines(b"{\n  \"a\": 1\n}\n", false), Shape::Values);
        assert_eq!(by_lines(b"{\"a\": 1}", true), Shape::Values);
    }
}
