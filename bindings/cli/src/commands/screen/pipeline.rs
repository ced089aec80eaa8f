//! Reads, screens and writes at the same time, in the order of the input and in bounded memory.
//!
//! One thread reads and cuts the input into chunks, workers screen chunks, and the calling thread writes them. Each chunk
//! carries its own answer channel; the writer takes the answers in the order of reading. Both queues are bounded, so that
//! a slow reader of the output holds the whole line up.

use super::dropped::DroppedKeys;
use super::notices::Notices;
use super::output::Output;
use super::progress::Progress;
use super::row::{Done, Rows};
use super::summary::Summary;
use super::unread::UnreadFiles;
use crate::input::{Applications, Item};
use crate::interrupt;
use std::io;
use std::num::NonZero;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, TryRecvError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

/// Records of one chunk at most.
const CHUNK_RECORDS: usize = 128;
/// Bytes after which a chunk is full. One record may be larger.
const CHUNK_BYTES: usize = 256 * 1024;
/// Chunks that may wait, for each worker.
const WAITING: usize = 2;
/// How often the writer looks for Ctrl-C while nothing comes.
const GLANCE: Duration = Duration::from_millis(100);
/// Workers at most: beyond, reading and writing are the bound.
const MAX_WORKERS: usize = 16;

/// Records that are looked through for unknown keys: the first ones, in whole chunks.
const LOOKED_THROUGH: usize = 200;

/// A chunk and where its answer goes.
struct Work {
    items: Vec<Item>,
    /// Whether its records are looked through for unknown keys.
    look: bool,
    answer: SyncSender<Done>,
}

/// Where the pipeline tells what it does.
pub(super) struct Tellers<'t> {
    pub(super) summary: &'t mut Summary,
    pub(super) notices: &'t mut Notices,
    pub(super) dropped: &'t mut DroppedKeys,
    pub(super) unread: &'t mut UnreadFiles,
    pub(super) progress: &'t mut Progress,
}

/// Screens everything. Ctrl-C ends it early without an error.
pub(super) fn run(
    rows: Rows,
    applications: Applications,
    output: &mut Output,
    tellers: &mut Tellers<'_>,
) -> io::Result<()> {
    let workers = thread::available_parallelism().map_or(1, NonZero::get).min(MAX_WORKERS);
    let (work, waiting) = sync_channel::<Work>(workers * WAITING);
    let (order, answers) = sync_channel::<Receiver<Done>>(workers * WAITING);
    let blank = Arc::new(AtomicU64::new(0));
    let rows = Arc::new(rows);
    let waiting = Arc::new(Mutex::new(waiting));
    for _ in 0..workers {
        let (rows, waiting) = (Arc::clone(&rows), Arc::clone(&waiting));
        thread::spawn(move || screen_chunks(&rows, &waiting));
    }
    let (blank_lines, read) = (Arc::clone(&blank), Arc::new(AtomicBool::new(false)));
    let all_read = Arc::clone(&read);
    thread::spawn(move || {
        read_chunks(applications, &work, &order, &blank_lines);
        // Before the queue of answers closes, so that the writer sees it.
        all_read.store(true, Ordering::Release);
        drop(order);
    });
    let written = write_chunks(&answers, output, tellers);
    tellers.summary.blank = blank.load(Ordering::Relaxed);
    // The threads are not waited for: after Ctrl-C the reader may stand before a pipe that nobody fills.
    if written.is_ok() && !read.load(Ordering::Acquire) && !interrupt::stopped() {
        return Err(io::Error::other("the reader of the input ended unexpectedly"));
    }
    written
}

fn read_chunks(
    mut applications: Applications,
    work: &SyncSender<Work>,
    order: &SyncSender<Receiver<Done>>,
    blank: &AtomicU64,
) {
    let (mut ended, mut count) = (false, 0_usize);
    while !ended && !interrupt::stopped() {
        let (mut items, mut bytes) = (Vec::new(), 0);
        while items.len() < CHUNK_RECORDS && bytes < CHUNK_BYTES {
            let Some(item) = applications.next() else {
                ended = true;
                break;
            };
            bytes += item.bytes;
            items.push(item);
            if applications.may_wait() {
                break;
            }
        }
        blank.store(applications.blank(), Ordering::Relaxed);
        if items.is_empty() {
            break;
        }
        let look = count < LOOKED_THROUGH;
        count = count.saturating_add(items.len());
        let (answer, receiver) = sync_channel(1);
        if order.send(receiver).is_err() || work.send(Work { items, look, answer }).is_err() {
            break;
        }
    }
}

fn screen_chunks(rows: &Rows, waiting: &Mutex<Receiver<Work>>) {
    let mut screener = rows.screener();
    loop {
        // The guard is let go before the work starts.
        let next = waiting.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(Work { items, look, answer }) = next else { return };
        let mut done = Done::default();
        for item in items {
            rows.row(item, look, &mut screener, &mut done);
        }
        if answer.send(done).is_err() {
            return;
        }
    }
}

fn write_chunks(answers: &Receiver<Receiver<Done>>, output: &mut Output, tellers: &mut Tellers<'_>) -> io::Result<()> {
    while let Some(answer) = next_answer(answers, output)? {
        let Some(done) = patiently(&answer) else {
            return if interrupt::stopped() {
                Ok(())
            } else {
                Err(io::Error::other("a worker thread ended unexpectedly"))
            };
        };
        output.write(&done.rows)?;
        for judged in done.judged {
            tellers.summary.add(judged);
        }
        for keys in done.dropped {
            tellers.dropped.add(keys);
        }
        for unread in done.unread {
            tellers.unread.add(unread);
        }
        for notice in done.notices {
            tellers.notices.add(notice);
        }
        tellers.progress.update(tellers.summary.records());
    }
    Ok(())
}

/// The next answer in order. What is written is shown before waiting for more.
fn next_answer(answers: &Receiver<Receiver<Done>>, output: &mut Output) -> io::Result<Option<Receiver<Done>>> {
    match answers.try_recv() {
        Ok(answer) => Ok(Some(answer)),
        Err(TryRecvError::Disconnected) => Ok(None),
        Err(TryRecvError::Empty) => {
            output.flush()?;
            Ok(patiently(answers))
        }
    }
}

/// Waits until something comes, the other side ends, or Ctrl-C is pressed.
fn patiently<T>(receiver: &Receiver<T>) -> Option<T> {
    loop {
        match receiver.recv_timeout(GLANCE) {
            Ok(value) => return Some(value),
            Err(RecvTimeoutError::Disconnected) => return None,
            Err(RecvTimeoutError::Timeout) if interrupt::stopped() => return None,
            Err(RecvTimeoutError::Timeout) => {}
        }
    }
}
