//! Ctrl-C: the first one ends the work after the record at hand, the second one at once.

use crate::exit::Exit;
use std::sync::atomic::{AtomicBool, Ordering};

static STOPPED: AtomicBool = AtomicBool::new(false);

/// Takes Ctrl-C over from the system. Where that is impossible, Ctrl-C ends the program as usual.
pub(crate) fn install() {
    let _ = ctrlc::set_handler(|| {
        if STOPPED.swap(true, Ordering::SeqCst) {
            std::process::exit(i32::from(Exit::Interrupted.code()));
        }
    });
}

/// Whether Ctrl-C was pressed.
pub(crate) fn stopped() -> bool {
    STOPPED.load(Ordering::Relaxed)
}
