//! Screeners of a ruleset, with their buffers: lent to whoever reads an application, and kept by verdicts that nobody has
//! asked for their text yet.

use indicia::{Application, Ruleset, ScreenOptions, Screener};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// So many verdicts may keep their screener. Those beyond are written at once: a screener takes more memory than the text.
const MOST_HELD: usize = 64;

/// Screeners that nobody uses just now.
#[expect(clippy::vec_box, reason = "a screener is large, and is passed on for each application")]
pub(crate) struct Pool {
    ruleset: Ruleset,
    idle: Mutex<Vec<Box<Screener>>>,
    held: AtomicUsize,
}

impl Pool {
    pub(crate) fn new(ruleset: Ruleset) -> Self {
        Self { ruleset, idle: Mutex::default(), held: AtomicUsize::new(0) }
    }

    /// A screener that nobody else uses: other threads, and objects that screen while they are read, have their own.
    pub(crate) fn take(&self) -> Box<Screener> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        idle.unwrap_or_else(|| Box::new(self.ruleset.screener()))
    }

    /// Takes a place for a screener that a verdict keeps, if there is one.
    pub(crate) fn may_hold(&self) -> bool {
        let found = self.held.fetch_add(1, Ordering::Relaxed) < MOST_HELD;
        if !found {
            self.held.fetch_sub(1, Ordering::Relaxed);
        }
        found
    }

    pub(crate) fn give(&self, screener: Box<Screener>) {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(screener);
    }
}

/// An application that was judged, in the screener that read it.
pub(crate) struct Held {
    screener: Option<Box<Screener>>,
    options: ScreenOptions,
    pool: Arc<Pool>,
}

impl Held {
    /// Keeps a screener, for which there has to be a place.
    pub(crate) fn new(screener: Box<Screener>, options: ScreenOptions, pool: Arc<Pool>) -> Self {
        Self { screener: Some(screener), options, pool }
    }

    /// Asks more of the application.
    pub(crate) fn ask<T: Default>(mut self, run: impl FnOnce(&mut Application<'_>) -> T) -> T {
        let Some(screener) = &mut self.screener else { return T::default() };
        run(&mut screener.resume(&self.options))
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        if let Some(screener) = self.screener.take() {
            self.pool.give(screener);
        }
        self.pool.held.fetch_sub(1, Ordering::Relaxed);
    }
}
