//! The terminal: whether it wants colours, how wide it is, and the two streams.
//!
//! Commands write their result to `stdout()` and everything else (errors, summaries, progress) through here to stderr.

use anstream::ColorChoice;
use anstyle::{AnsiColor, Style};
use std::io::{self, BufWriter, IsTerminal, Write};

/// Widest text that is comfortable to read.
const WIDEST: usize = 100;
/// Width when the output is no terminal.
const UNKNOWN_WIDTH: usize = 100;

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub(crate) enum Color {
    /// On a terminal, unless `NO_COLOR` is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// The styles in use and the width to wrap to.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Theme {
    /// Whether styles are written at all.
    pub(crate) colour: bool,
    /// Columns to wrap to.
    pub(crate) width: usize,
}

/// Settings that hold for all commands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Console {
    color: Color,
    quiet: bool,
}

impl Console {
    pub(crate) fn new(color: Color, quiet: bool) -> Self {
        Self { color, quiet }
    }

    /// Whether summaries and progress are unwanted.
    pub(crate) fn is_quiet(self) -> bool {
        self.quiet
    }

    /// Styles and width for text on stdout.
    pub(crate) fn stdout_theme(self) -> Theme {
        let colour = self.wants_colour(anstream::AutoStream::choice(&io::stdout()));
        Theme { colour, width: width(io::stdout().is_terminal()) }
    }

    /// Styles and width for text on stderr.
    pub(crate) fn stderr_theme(self) -> Theme {
        let colour = self.wants_colour(anstream::AutoStream::choice(&io::stderr()));
        Theme { colour, width: width(io::stderr().is_terminal()) }
    }

    fn wants_colour(self, auto: ColorChoice) -> bool {
        match self.color {
            Color::Auto => auto != ColorChoice::Never,
            Color::Always => true,
            Color::Never => false,
        }
    }

    /// Writes finished text to stderr. A closed stderr is nobody's problem.
    pub(crate) fn stderr(self, text: &str) {
        let choice = if self.stderr_theme().colour { ColorChoice::Always } else { ColorChoice::Never };
        let mut stream = anstream::AutoStream::new(io::stderr(), choice);
        let _ = stream.write_all(text.as_bytes());
    }

    /// `error: message` on stderr.
    pub(crate) fn error(self, message: &str) {
        let style = self.stderr_theme().bad();
        self.stderr(&format!("{style}error{style:#}: {message}\n"));
    }

    /// `warning: message` on stderr, which `--quiet` drops.
    pub(crate) fn warning(self, message: &str) {
        let style = self.stderr_theme().fair();
        self.note(&format!("{style}warning{style:#}: {message}"));
    }

    /// A line on stderr that `--quiet` drops.
    pub(crate) fn note(self, line: &str) {
        if !self.quiet {
            self.stderr(&format!("{line}\n"));
        }
    }
}

/// Buffered stdout. Text with styles goes through [`Theme`], which writes none when they are unwanted.
pub(crate) fn stdout() -> BufWriter<io::Stdout> {
    BufWriter::with_capacity(64 * 1024, io::stdout())
}

fn width(terminal: bool) -> usize {
    if !terminal {
        return UNKNOWN_WIDTH;
    }
    terminal_size::terminal_size().map_or(UNKNOWN_WIDTH, |(columns, _)| usize::from(columns.0).clamp(40, WIDEST))
}

impl Theme {
    /// No colours, for tests and files.
    pub(crate) fn plain() -> Self {
        Self { colour: false, width: UNKNOWN_WIDTH }
    }

    fn style(self, style: Style) -> Style {
        if self.colour { style } else { Style::new() }
    }

    /// Headings.
    pub(crate) fn strong(self) -> Style {
        self.style(Style::new().bold())
    }

    /// What stands back.
    pub(crate) fn faint(self) -> Style {
        self.style(Style::new().dimmed())
    }

    /// Something is well.
    pub(crate) fn good(self) -> Style {
        self.style(AnsiColor::Green.on_default().bold())
    }

    /// Something deserves a look.
    pub(crate) fn fair(self) -> Style {
        self.style(AnsiColor::Yellow.on_default().bold())
    }

    /// Something is wrong.
    pub(crate) fn bad(self) -> Style {
        self.style(AnsiColor::Red.on_default().bold())
    }

    /// Paths and names.
    pub(crate) fn name(self) -> Style {
        self.style(AnsiColor::Cyan.on_default())
    }
}
