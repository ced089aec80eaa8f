//! Screens chunk after chunk: a window of them at a time, in as many threads as asked for, in the order of the rows.

use super::plan::Shape;
use super::source::{Chunk, Source};
use super::work::{Stop, Work};
use arrow_array::RecordBatch;
use arrow_schema::ArrowError;
use std::collections::VecDeque;
use std::panic::AssertUnwindSafe;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// What would end in a panic, as an error: a C stream that panics would take the process with it. Other libraries hand over
/// tables with indexes that point nowhere, for one.
pub(super) fn guarded<T>(run: impl FnOnce() -> T) -> Result<T, ArrowError> {
    std::panic::catch_unwind(AssertUnwindSafe(run)).map_err(|fault| {
        let said = fault.downcast_ref::<String>().map(String::as_str).or_else(|| fault.downcast_ref::<&str>().copied());
        ArrowError::ComputeError(format!(
            "the table is damaged, or there is a fault in this package: {}",
            said.unwrap_or("?")
        ))
    })
}

/// Chunks of a window for each thread.
const CHUNKS: usize = 4;

pub(super) struct Run {
    work: Arc<Work>,
    /// Which columns of a table are which fields.
    shape: Option<Shape>,
    source: Source,
    threads: usize,
    row: i64,
    done: VecDeque<Result<RecordBatch, Stop>>,
    ended: bool,
}

impl Run {
    pub(super) fn new(work: Arc<Work>, shape: Option<Shape>, source: Source, threads: usize) -> Self {
        Self { work, shape, source, threads, row: 0, done: VecDeque::new(), ended: false }
    }

    /// Reads as many chunks as the threads have to do, and screens them.
    fn advance(&mut self) {
        let (mut chunks, mut failed) = (Vec::new(), None);
        while chunks.len() < self.threads * CHUNKS && !self.ended {
            match guarded(|| self.source.next(self.row)).unwrap_or_else(|error| Some(Err(error))) {
                Some(Ok(chunk)) => {
                    self.row += i64::try_from(chunk.len()).unwrap_or_default();
                    chunks.push(chunk);
                }
                Some(Err(error)) => {
                    failed = Some(Err(Stop::Table(error)));
                    self.ended = true;
                }
                None => self.ended = true,
            }
        }
        let results = self.screen(&chunks);
        self.done.extend(results);
        self.done.extend(failed);
    }

    fn screen(&self, chunks: &[Chunk]) -> Vec<Result<RecordBatch, Stop>> {
        let (work, shape) = (&*self.work, self.shape.as_ref());
        let screen = |chunk| guarded(|| work.screen(shape, chunk)).unwrap_or_else(|error| Err(Stop::Table(error)));
        let threads = self.threads.min(chunks.len());
        if threads <= 1 {
            return chunks.iter().map(screen).collect();
        }
        let results: Vec<Mutex<Option<Result<RecordBatch, Stop>>>> = chunks.iter().map(|_| Mutex::new(None)).collect();
        let next = AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for _ in 0..threads {
                scope.spawn(|| {
                    while let number = next.fetch_add(1, Ordering::Relaxed)
                        && let (Some(chunk), Some(place)) = (chunks.get(number), results.get(number))
                    {
                        let result = screen(chunk);
                        *place.lock().unwrap_or_else(PoisonError::into_inner) = Some(result);
                    }
                });
            }
        });
        let lost = || Stop::Table(ArrowError::ComputeError("a thread ended early".to_owned()));
        let taken = results.into_iter().map(|place| place.into_inner().unwrap_or_else(PoisonError::into_inner));
        taken.map(|result| result.unwrap_or_else(|| Err(lost()))).collect()
    }
}

impl Iterator for Run {
    type Item = Result<RecordBatch, Stop>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.done.is_empty() && !self.ended {
            self.advance();
        }
        let next = self.done.pop_front();
        if matches!(next, Some(Err(_))) {
            self.ended = true;
            self.done.clear();
        }
        next
    }
}
