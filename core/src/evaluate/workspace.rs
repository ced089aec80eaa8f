//! The buffers of an evaluation. One workspace serves record after record and keeps them.

use super::SLOTS;
use super::decide::Tally;
use super::evidence::Cited;
use super::names::Names;
use super::text::TextRef;
use crate::compile::program::Program;
use crate::domain::date::Date;
use crate::domain::email::Email;
use crate::domain::length::Elapsed;
use crate::domain::names::{Kind, agree_at_once};
use crate::domain::period::Period;
use crate::domain::phone::Phone;
use crate::domain::url::Url;
use crate::domain::words::Words;
use crate::limits::Limits;
use crate::record::{Address, Record};
use crate::truth::Truth;
use crate::verdict::Why;
use std::cell::{Cell, RefCell};

/// What a slot is bound to.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Bound {
    /// Index in `Program::binders`.
    pub list: u32,
    /// Which element.
    pub position: u32,
    /// The element's first cell; of a table the row, of words the piece, of a table's cell the cell (in `index`).
    pub at: Address,
}

/// A value that a `let` names, found at most once per record.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Kept {
    Nothing,
    Lack(Why),
    Number(f64),
    Code(u32),
    Date(Date),
    Instant(i64),
    Elapsed(Elapsed),
    Period(Period),
    Text(TextRef),
    /// A parsed phone.
    Phone(u32),
}

/// A record with everything derived from it.
#[derive(Debug, Default)]
pub(crate) struct Workspace {
    pub record: Record,
    pub phones: Vec<Phone>,
    pub emails: Vec<Email>,
    /// The texts that `emails` points to, one after the other.
    pub mail: String,
    pub urls: Vec<Url>,
    pub words: Vec<Words>,
    /// Folded texts, one after the other.
    pub folded: String,
    /// Ranges of `folded`.
    pub folds: Vec<(u32, u32)>,
    /// Names prepared for `agrees with`.
    pub names: RefCell<Names>,
    /// Texts made while evaluating, one after the other.
    pub scratch: String,
    /// Ranges of `scratch`.
    pub pieces: Vec<(u32, u32)>,
    /// By indicator.
    pub truths: Vec<Truth>,
    /// Whether every indicator was decided, and nothing asked since.
    pub decided: bool,
    /// By shared condition, first for active indicators, then for those in the shadow: 0 not asked yet, else truth + 1; 4 if only the long road
    /// can tell.
    pub shared: Vec<Cell<u8>>,
    /// By `let` of a value: what it was found to be.
    pub lets: Vec<Kept>,
    /// By `let`: what was written.
    pub raws: Vec<Kept>,
    /// By category.
    pub tally: Vec<Tally>,
    pub bound: [Bound; SLOTS],
    /// The day of the evaluation that the caller gave.
    pub given_as_of: Option<i32>,
    /// How many elements the next quantifier may visit.
    pub allowance: usize,
    pub score: u32,
    pub categories: u32,
    /// Whether the indicator being decided is a shadow itself.
    pub in_shadow: bool,
    /// Evidence that is being collected, and the sentence beside it.
    pub cited: Cited,
    pub message: String,
    /// A part of a verdict's text that is written before its place is reached.
    pub page: String,
    /// Replaces values of the application by keyed hashes.
    pub redact_key: Option<Vec<u8>>,
}

impl Workspace {
    /// Forgets what was derived from the record before, whose cells pointed to it, and what was decided of it.
    pub(crate) fn forget(&mut self) {
        self.phones.clear();
        self.emails.clear();
        self.mail.clear();
        self.urls.clear();
        self.words.clear();
        self.folded.clear();
        self.folds.clear();
        self.names.get_mut().clear();
        self.decided = false;
    }

    /// Makes ready to decide every indicator.
    pub(super) fn begin(&mut self, program: &Program, limits: &Limits) {
        self.decided = false;
        self.scratch.clear();
        self.pieces.clear();
        self.truths.clear();
        self.truths.resize(program.indicators.len(), Truth::Unknown);
        self.shared.clear();
        self.shared.resize(program.shared.len() * 2, Cell::new(0));
        self.lets.clear();
        self.lets.resize(program.lets.len(), Kept::Nothing);
        self.raws.clear();
        self.raws.resize(program.lets.len(), Kept::Nothing);
        self.allowance = limits.max_pairs;
        self.score = 0;
        self.categories = 0;
    }

    /// Whether two names agree.
    pub(crate) fn agree(&self, kind: Kind, a: &[u8], b: &[u8]) -> Truth {
        agree_at_once(a, b).unwrap_or_else(|| self.names.borrow_mut().agree(&self.record.text, kind, a, b))
    }

    /// Keeps a text made while evaluating.
    pub(super) fn keep(&mut self, text: &str) -> u32 {
        let start = self.scratch.len();
        self.scratch.push_str(text);
        let range = (u32::try_from(start).unwrap_or(u32::MAX), u32::try_from(self.scratch.len()).unwrap_or(u32::MAX));
        self.pieces.push(range);
        u32::try_from(self.pieces.len() - 1).unwrap_or(u32::MAX)
    }

    /// A text made while evaluating.
    pub(super) fn piece(&self, index: u32) -> &str {
        let (start, end) = self.pieces.get(index as usize).copied().unwrap_or_default();
        self.scratch.get(start as usize..end as usize).unwrap_or("")
    }
}
