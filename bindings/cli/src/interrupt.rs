//! Ctrl-C. Where the work can be ended gently, the first one ends it after the record at hand and the second one at once;
//! elsewhere the first one does. A file that is half written is taken away.

use crate::exit::Exit;
use crate::write;
use std::sync::atomic::{AtomicBool, Ordering};

static GENTLE: AtomicBool = AtomicBool::new(false);
static STOPPED: AtomicBool = AtomicBool::new(false);

/// Takes Ctrl-C over from the system, to end the work gently. Where that is impossible, Ctrl-C ends the program as usual.
pub(crate) fn install() {
    GENTLE.store(true, Ordering::SeqCst);
    take_over();
}

/// Lets Ctrl-C end the program at once, without a half-written file.
pub(crate) fn tidy() {
    take_over();
}

fn take_over() {
    // Once it is taken over, taking it over again fails, which changes nothing.
    let _ = ctrlc::set_handler(|| {
        if STOPPED.swap(true, Ordering::SeqCst) || !GENTLE.load(Ordering::SeqCst) {
            let _nothing_more_is_written = write::abandon();
            std::process::exit(i32::from(Exit::Interrupted.code()));
        }
    });
}

/// Whether Ctrl-C was pressed.
pub(crate) fn stopped() -> bool {
    STOPPED.load(Ordering::Relaxed)
}
