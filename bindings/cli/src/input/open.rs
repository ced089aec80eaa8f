//! Opens files and stdin: counts bytes for the progress bar, unpacks gzip, drops a byte order mark.

use flate2::bufread::MultiGzDecoder;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Bytes of one read, and what the detection of the format can look at.
const BUFFER: usize = 128 * 1024;

/// An opened input.
pub(super) type Stream = BufReader<Box<dyn Read + Send>>;

/// Counts what is read from the file itself, packed or not.
struct Counted<R> {
    inner: R,
    bytes: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.bytes.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}

/// Opens a file.
pub(super) fn file(path: &Path, bytes: &Arc<AtomicU64>) -> io::Result<Stream> {
    let file = File::open(path)?;
    if file.metadata()?.is_dir() {
        return Err(io::Error::new(io::ErrorKind::IsADirectory, "is a folder"));
    }
    unpacked(file, bytes)
}

/// Opens a file that nobody named. Opening a pipe would wait for whoever writes into it.
pub(super) fn regular(path: &Path, bytes: &Arc<AtomicU64>) -> io::Result<Stream> {
    if !fs::metadata(path)?.is_file() {
        return Err(io::Error::other("is no regular file"));
    }
    file(path, bytes)
}

/// Opens stdin.
pub(super) fn stdin(bytes: &Arc<AtomicU64>) -> io::Result<Stream> {
    unpacked(io::stdin(), bytes)
}

/// Gzip is known by its first two bytes, which no JSON, YAML or CSV starts with.
fn unpacked(source: impl Read + Send + 'static, bytes: &Arc<AtomicU64>) -> io::Result<Stream> {
    let mut raw = BufReader::with_capacity(BUFFER, Counted { inner: source, bytes: Arc::clone(bytes) });
    let packed = raw.fill_buf()?.starts_with(&[0x1f, 0x8b]);
    let inner: Box<dyn Read + Send> = if packed { Box::new(MultiGzDecoder::new(raw)) } else { Box::new(raw) };
    let mut stream = BufReader::with_capacity(BUFFER, inner);
    if stream.fill_buf()?.starts_with(b"\xef\xbb\xbf") {
        stream.consume(3);
    }
    Ok(stream)
}
