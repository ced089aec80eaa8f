//! `check`: syntax trees to a [`Checked`] ruleset, or diagnostics.
//!
//! Owns names, types, literals and the shape of declarations. Refuses offsets, evaluation and anything that depends on a
//! record. A mistake is reported once: what depends on it is poisoned and stays quiet.

mod adjust;
pub(crate) mod codes;
mod compare;
mod data;
mod decide;
mod expr;
mod indicator;
pub(crate) mod lints;
mod literal;
mod mend;
mod paths;
mod quantify;
mod records;
mod scope;
pub(crate) mod tree;
pub(crate) mod types;

pub(crate) use tree::Checked;

use crate::limits::Limits;
use crate::source::Sources;
use indicia_dsl::ast::{Item, Name};
use indicia_dsl::diagnostic::Diagnostic;
use indicia_dsl::span::Span;
use rustc_hash::{FxHashMap, FxHashSet};
use tree::{At, FileId, RecordId};

/// What a name at the top of a file stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Symbol {
    List(usize),
    Table(usize),
    Let(usize),
    Setting(usize),
    /// Declared, but not readable.
    Broken,
}

/// State of the check.
struct Checker<'a> {
    limits: &'a Limits,
    sources: &'a Sources,
    out: Checked,
    diagnostics: Vec<Diagnostic>,
    symbols: FxHashMap<String, (Symbol, At)>,
    records: FxHashMap<String, RecordId>,
    indicators: FxHashMap<String, usize>,
    broken: FxHashSet<String>,
    /// The `let`s' syntax, taken when first used.
    lets: Vec<LetState>,
    let_depth: usize,
    decide_source: Option<(FileId, indicia_dsl::ast::DecideDecl)>,
    decide_reads: tree::Reads,
    /// Names that the ruleset itself (not its base) adjusts.
    adjusted: FxHashSet<String>,
    /// Whether the indicator at hand belongs to the base of a ruleset that has its own `decide`.
    checks_base: bool,
    has_root: bool,
    has_decide: bool,
}

enum LetState {
    Waiting(Box<indicia_dsl::ast::LetDecl>, FileId),
    Busy,
    Done,
}

/// One item with its file and whether it belongs to the base.
struct Placed {
    file: FileId,
    of_base: bool,
    item: Item,
}

/// Checks a ruleset. The checked tree is there if there is no error; warnings may stand beside it.
pub(crate) fn check(sources: &Sources, limits: &Limits) -> (Option<Checked>, Vec<Diagnostic>) {
    let mut checker = Checker {
        limits,
        sources,
        out: Checked::default(),
        diagnostics: Vec::new(),
        symbols: FxHashMap::default(),
        records: FxHashMap::default(),
        indicators: FxHashMap::default(),
        broken: FxHashSet::default(),
        lets: Vec::new(),
        let_depth: 0,
        decide_source: None,
        decide_reads: tree::Reads::default(),
        adjusted: FxHashSet::default(),
        checks_base: false,
        has_root: false,
        has_decide: false,
    };
    let items = checker.parse_all();
    checker.declare(items);
    let Checker { out, mut diagnostics, .. } = checker;
    diagnostics.sort_by_key(order_of);
    diagnostics.dedup();
    for diagnostic in &mut diagnostics {
        if let Some(text) = diagnostic.primary().and_then(|label| sources.text(&label.file)) {
            diagnostic.locate(text);
        }
    }
    let failed = diagnostics.iter().any(Diagnostic::is_error);
    (if failed { None } else { Some(out) }, diagnostics)
}

fn order_of(diagnostic: &Diagnostic) -> (String, Span, bool, String) {
    let (file, span) = diagnostic
        .labels
        .iter()
        .find(|label| label.primary)
        .map_or_else(|| (String::new(), Span::default()), |label| (label.file.clone(), label.span));
    (file, span, !diagnostic.is_error(), diagnostic.code.to_string())
}

impl Checker<'_> {
    fn parse_all(&mut self) -> Vec<Placed> {
        let mut items = Vec::new();
        let mut chain = Vec::new();
        let mut next = Some(self.sources);
        while let Some(sources) = next {
            chain.push(sources);
            next = sources.base.as_deref();
        }
        let depth = chain.len();
        for (level, sources) in chain.into_iter().rev().enumerate() {
            let of_base = level + 1 < depth;
            if !of_base {
                self.out.own_from = FileId::try_from(self.out.files.len()).unwrap_or(FileId::MAX);
            }
            if sources.manifest.language != 1 {
                let message = format!(
                    "ruleset `{}` is written in language version {}, this engine reads version 1",
                    sources.manifest.name, sources.manifest.language
                );
                self.diagnostics.push(Diagnostic::error(
                    codes::BAD_MANIFEST,
                    message,
                    "ruleset.yaml",
                    Span::default(),
                    "",
                ));
            }
            for (name, text) in &sources.rules {
                if !sources.manifest.files.is_empty() && !sources.manifest.files.contains(name) {
                    continue;
                }
                let shown = if of_base { format!("{}/{name}", sources.manifest.name) } else { name.clone() };
                let parsed = indicia_dsl::parse(&shown, text);
                if parsed.diagnostics.iter().any(|found| matches!(&*found.code, "E0102" | "E0103")) {
                    // What was not read may have declared them.
                    self.broken.extend(["decide", records::ROOT].map(str::to_owned));
                }
                self.diagnostics.extend(parsed.diagnostics);
                self.broken.extend(parsed.file.broken.into_iter().map(|name| name.text));
                let file = FileId::try_from(self.out.files.len()).unwrap_or(FileId::MAX);
                self.out.files.push(shown);
                items.extend(parsed.file.items.into_iter().map(|item| Placed { file, of_base, item }));
            }
        }
        items
    }

    fn declare(&mut self, items: Vec<Placed>) {
        let mut records = Vec::new();
        let mut data = Vec::new();
        let mut lets = Vec::new();
        let mut settings = Vec::new();
        let mut indicators = Vec::new();
        let mut decides = Vec::new();
        let mut adjusts = Vec::new();
        for Placed { file, of_base, item } in items {
            match item {
                Item::Record(decl) => records.push((file, decl)),
                Item::List(_) | Item::Table(_) => data.push((file, item)),
                Item::Let(decl) => lets.push((file, decl)),
                Item::Setting(decl) => settings.push((file, decl)),
                Item::Indicator(decl) => indicators.push((file, of_base, decl)),
                Item::Decide(decl) => decides.push((file, of_base, decl)),
                Item::Adjust(decl) => adjusts.push((file, decl)),
                _ => {}
            }
        }
        self.declare_records(&records);
        self.declare_data(data);
        self.declare_settings(settings);
        self.declare_lets(lets);
        self.declare_decide(&decides);
        self.declare_indicators(indicators);
        self.decide_rules();
        self.check_lets();
        self.adjust(adjusts);
        self.finish_indicators();
        self.lint();
    }

    fn file_name(&self, file: FileId) -> &str {
        self.out.files.get(usize::from(file)).map_or("", String::as_str)
    }

    /// Reports an error and returns it for help, labels and fixes.
    fn error(
        &mut self,
        code: &'static str,
        at: At,
        message: impl Into<String>,
        label: impl Into<String>,
    ) -> &mut Diagnostic {
        let diagnostic = Diagnostic::error(code, message, self.file_name(at.file), at.span, label);
        self.push(diagnostic)
    }

    fn warning(
        &mut self,
        code: &'static str,
        at: At,
        message: impl Into<String>,
        label: impl Into<String>,
    ) -> &mut Diagnostic {
        let diagnostic = Diagnostic::warning(code, message, self.file_name(at.file), at.span, label);
        self.push(diagnostic)
    }

    #[expect(clippy::indexing_slicing, reason = "the element was pushed on the line before")]
    fn push(&mut self, diagnostic: Diagnostic) -> &mut Diagnostic {
        self.diagnostics.push(diagnostic);
        let last = self.diagnostics.len() - 1;
        &mut self.diagnostics[last]
    }

    /// An unknown name, with the nearest known one as help and fix.
    fn unknown(&mut self, code: &'static str, what: &str, name: &str, at: At, candidates: &[String]) {
        let file = self.file_name(at.file).to_owned();
        let near = near(name, candidates);
        let diagnostic = self.error(code, at, format!("unknown {what} `{name}`"), "");
        if !add_suggestion(diagnostic, &file, at.span, &near) && !candidates.is_empty() && candidates.len() <= 8 {
            diagnostic.help = Some(format!("known are {}", list_of(candidates)));
        }
    }

    /// Registers a top-level name; reports one that is taken.
    fn register(&mut self, name: &Name, file: FileId, symbol: Symbol) {
        let at = At { file, span: name.span };
        if let Some((known, mut first)) = self.symbols.get(&name.text).copied() {
            let mut at = at;
            if (at.file, at.span.start) < (first.file, first.span.start) {
                std::mem::swap(&mut at, &mut first);
                self.symbols.insert(name.text.clone(), (known, first));
            }
            let first_file = self.file_name(first.file).to_owned();
            let diagnostic =
                self.error(codes::DUPLICATE_NAME, at, format!("`{}` is declared twice", name.text), "declared again");
            *diagnostic = diagnostic.clone().with_label(&first_file, first.span, "first declared here");
            return;
        }
        self.symbols.insert(name.text.clone(), (symbol, at));
    }
}

/// The names nearest to one that is not known, all equally near.
fn near(name: &str, candidates: &[String]) -> Vec<String> {
    indicia_dsl::nearest(name, candidates.iter().map(String::as_str)).into_iter().map(str::to_owned).collect()
}

/// "did you mean `x`?" with the edit, and whether there was something to suggest. Of several names that are equally near, all
/// are offered and none is written.
fn add_suggestion(diagnostic: &mut Diagnostic, file: &str, span: Span, near: &[String]) -> bool {
    match near {
        [] => return false,
        [one] => {
            *diagnostic = diagnostic.clone().with_fix(format!("write `{one}`"), file, span, one);
        }
        _ => {}
    }
    diagnostic.help = Some(did_you_mean(near));
    true
}

/// "did you mean `x` or `y`?"
pub(crate) fn did_you_mean<S: AsRef<str>>(near: &[S]) -> String {
    format!("did you mean {}?", joined(near, "or"))
}

/// "`a`, `b` and `c`".
pub(crate) fn list_of<S: AsRef<str>>(names: &[S]) -> String {
    joined(names, "and")
}

fn joined<S: AsRef<str>>(names: &[S], word: &str) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{}`", name.as_ref())).collect();
    match quoted.split_last() {
        None => String::new(),
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} {word} {last}", rest.join(", ")),
    }
}
