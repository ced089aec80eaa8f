//! Where rows go: stdout or a file, with what stands before, between and behind them.

use super::row::{CSV_HEADER, Format};
use crate::failure::Failure;
use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::Path;

/// What rows are written to.
pub(super) enum Target {
    Stdout(io::Stdout),
    File(File),
}

impl Target {
    /// Stdout, or a file that is made anew.
    pub(super) fn open(path: Option<&Path>) -> Result<Self, Failure> {
        let Some(path) = path else { return Ok(Self::Stdout(io::stdout())) };
        let file = File::create(path)
            .map_err(|error| Failure::Output(io::Error::new(error.kind(), format!("`{}`: {error}", path.display()))))?;
        Ok(Self::File(file))
    }

    /// Whether rows appear on a terminal, where a progress bar would disturb them.
    pub(super) fn is_terminal(&self) -> bool {
        matches!(self, Self::Stdout(stdout) if stdout.is_terminal())
    }
}

impl Write for Target {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Stdout(stdout) => stdout.write(bytes),
            Self::File(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Stdout(stdout) => stdout.flush(),
            Self::File(file) => file.flush(),
        }
    }
}

/// Writes rows with their frame.
pub(super) struct Output {
    writer: BufWriter<Target>,
    format: Format,
    started: bool,
}

impl Output {
    pub(super) fn new(target: Target, format: Format) -> Self {
        Self { writer: BufWriter::with_capacity(128 * 1024, target), format, started: false }
    }

    /// Writes rendered rows.
    pub(super) fn write(&mut self, rows: &[u8]) -> io::Result<()> {
        if rows.is_empty() {
            return Ok(());
        }
        let rows = if self.started { rows } else { self.start(rows)? };
        self.writer.write_all(rows)
    }

    fn start<'r>(&mut self, rows: &'r [u8]) -> io::Result<&'r [u8]> {
        self.started = true;
        match self.format {
            Format::Csv => self.writer.write_all(CSV_HEADER.as_bytes())?,
            Format::Json => {
                self.writer.write_all(b"[\n")?;
                return Ok(rows.strip_prefix(b",\n").unwrap_or(rows));
            }
            Format::Text | Format::Jsonl => {}
        }
        Ok(rows)
    }

    /// Shows what was written so far.
    pub(super) fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }

    /// Writes what stands behind the rows.
    pub(super) fn finish(&mut self) -> io::Result<()> {
        match (self.format, self.started) {
            (Format::Json, true) => self.writer.write_all(b"\n]\n")?,
            (Format::Json, false) => self.writer.write_all(b"[]\n")?,
            (Format::Csv, false) => self.writer.write_all(CSV_HEADER.as_bytes())?,
            _ => {}
        }
        self.writer.flush()
    }
}
