//! The progress bar on stderr: bytes of the input, rate, time left. Shown only on a terminal, and only when the work takes a while.

use crate::console::Console;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// Work that ends sooner shows no bar.
const PATIENCE: Duration = Duration::from_millis(700);
/// Times a second that the bar is drawn.
const DRAWS: u8 = 8;

/// The bar, hidden until it is worth showing.
pub(super) struct Progress {
    bar: ProgressBar,
    bytes: Arc<AtomicU64>,
    started: Instant,
    wanted: bool,
    shown: bool,
}

impl Progress {
    /// A bar over `total` bytes, or a plain counter where the size is not known.
    pub(super) fn new(console: Console, total: Option<u64>, bytes: Arc<AtomicU64>, rows_on_terminal: bool) -> Self {
        let bar = ProgressBar::with_draw_target(total, ProgressDrawTarget::hidden());
        let template = match total {
            Some(_) => "{bar:30} {percent:>3} %  {bytes}/{total_bytes}  {binary_bytes_per_sec}  {msg}  {eta} left",
            None => "{spinner} {bytes}  {binary_bytes_per_sec}  {msg}  {elapsed}",
        };
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style.progress_chars("=> "));
        }
        Self { bar, bytes, started: Instant::now(), wanted: !console.is_quiet() && !rows_on_terminal, shown: false }
    }

    /// Tells how far the work is.
    pub(super) fn update(&mut self, records: u64) {
        if !self.wanted {
            return;
        }
        if !self.shown {
            if self.started.elapsed() < PATIENCE {
                return;
            }
            self.shown = true;
            // Indicatif draws nothing where stderr is no terminal.
            self.bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(DRAWS));
        }
        self.bar.set_position(self.bytes.load(Ordering::Relaxed));
        self.bar.set_message(crate::wrap::counted(records, "record"));
    }

    /// Takes the bar away.
    pub(super) fn finish(&mut self) {
        self.bar.finish_and_clear();
    }
}
