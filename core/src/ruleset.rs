//! The public handle of a compiled ruleset: cheap to clone, shared between threads.

use crate::application::{self, Application};
use crate::cases::{self, CaseFile};
use crate::check::{self as checking, Checked, codes as check_codes};
use crate::columns::{self, Column, Judgements};
use crate::compile::{self, Program};
use crate::describe::{Description, describe};
use crate::domain::date::Date;
use crate::error::{ExplainError, InputError, RulesetError};
use crate::evaluate::{Context, Workspace};
use crate::input::{Node, bind_json, bind_value};
use crate::limits::Limits;
use crate::options::ScreenOptions;
use crate::package;
use crate::source::{Rows, Sources};
use crate::verdict::{EngineData, EngineId, Explanation, RulesetId, Verdict};
use indicia_dsl::code::Code;
use indicia_dsl::diagnostic::Diagnostic;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

/// A checked and compiled ruleset. `Send + Sync`; a clone shares everything.
#[derive(Debug, Clone)]
pub struct Ruleset {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    sources: Sources,
    warnings: Vec<Diagnostic>,
    checked: Checked,
    program: Program,
    context: Context,
}

/// What a ruleset says about one of its indicators.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct IndicatorInfo {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its category.
    pub category: String,
    /// Its severity.
    pub severity: String,
    /// Its weight.
    pub weight: u32,
    /// Whether it only reports.
    pub shadow: bool,
    /// Whether it is made of other indicators.
    pub composite: bool,
    /// The file it stands in.
    pub file: String,
    /// Its condition as written, in canonical spelling.
    pub condition: String,
}

/// One path of the record that a ruleset reads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct InputPath {
    /// The path as rules, evidence and reasons name it, with `[]` after lists: `resume.work[].end`.
    pub path: String,
    /// The path in the input, which differs where the record says `from`: `resume.work[].endDate`.
    pub key: String,
    /// The type's name in the language.
    #[serde(rename = "type")]
    pub ty: String,
    /// Its description, if the record gives one.
    pub description: Option<String>,
    /// The indicators that need it, in the ruleset's order: those that read it, also through a `let` or another indicator, or
    /// read another field by it. None for `id`, which only the verdict reads.
    pub indicators: Vec<String>,
}

impl Ruleset {
    /// Checks and compiles a ruleset.
    ///
    /// # Errors
    /// [`RulesetError::Compile`] with every diagnostic if one of them is an error.
    ///
    /// ```
    /// use indicia::{Ruleset, ScreenOptions, Sources};
    /// let rules = r#"
    /// language 1
    /// record application { phone: phone }
    /// indicator phone_missing "No phone number" {
    ///   category contact
    ///   severity low
    ///   when     phone is missing
    /// }
    /// decide {
    ///   categories contact
    ///   weights    info 1, low 5, medium 12, high 25
    ///   outcomes   clear, review
    ///   outcome review when score >= 30
    /// }
    /// "#;
    /// let ruleset = Ruleset::from_sources(&Sources::single(rules))?;
    /// let verdict = ruleset.screen(b"{}", &ScreenOptions::default())?;
    /// assert_eq!((verdict.outcome.as_str(), verdict.score), ("clear", 5));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn from_sources(sources: &Sources) -> Result<Self, RulesetError> {
        let limits = Limits::default();
        let (checked, diagnostics) = checking::check(sources, &limits);
        let Some(checked) = checked else { return Err(RulesetError::Compile { diagnostics }) };
        let program = compile::compile(&checked, &limits);
        let manifest = &sources.manifest;
        let id = RulesetId {
            name: manifest.name.clone(),
            version: manifest.version.clone(),
            base: sources.base.as_ref().map(|base| format!("{} {}", base.manifest.name, base.manifest.version)),
            language: manifest.language,
            digest: package::digest::digest(sources),
        };
        let context = Context::new(&program, id, engine());
        let inner = Inner { sources: sources.clone(), warnings: diagnostics, checked, program, context };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// The ruleset as it was written.
    pub fn sources(&self) -> &Sources {
        &self.inner.sources
    }

    /// Warnings of the check.
    pub fn warnings(&self) -> &[Diagnostic] {
        &self.inner.warnings
    }

    /// What these cases leave untested: an error `E0510` for each key or path of theirs that no record declares, since what is
    /// written there reaches no rule, and a warning `W0711` for each indicator (of the ruleset's own, not of its base) that none
    /// of them names.
    ///
    /// ```
    /// # let rules = "language 1\nrecord application { id: text }\n\
    /// #   indicator no_id \"No id\" { category a\n severity low\n when id is missing }\n\
    /// #   decide { categories a\n weights info 1, low 5, medium 12, high 25\n outcomes clear, review\n outcome review when score >= 1 }";
    /// let ruleset = indicia::Ruleset::from_sources(&indicia::Sources::single(rules))?;
    /// assert_eq!(ruleset.untested(&[])[0].message, "indicator `no_id` has no cases");
    /// # Ok::<(), indicia::RulesetError>(())
    /// ```
    pub fn untested(&self, files: &[CaseFile]) -> Vec<Diagnostic> {
        let tested = files.iter().flat_map(CaseFile::indicators).collect();
        let mut found = cases::undeclared(self.sources(), files);
        found.extend(checking::lints::without_cases(&self.inner.checked, &tested));
        found
    }

    /// The ruleset's name.
    pub fn name(&self) -> &str {
        &self.inner.sources.manifest.name
    }

    /// The ruleset's version.
    pub fn version(&self) -> &str {
        &self.inner.sources.manifest.version
    }

    /// Digest of the checked program and its data. A digest is no signature.
    pub fn digest(&self) -> &str {
        &self.inner.context.ruleset.digest
    }

    /// The versions of engine and data, as every verdict names them.
    pub fn engine(&self) -> &EngineId {
        &self.inner.context.engine
    }

    /// The outcomes from least to most.
    pub fn outcomes(&self) -> Vec<String> {
        self.inner.checked.decide.outcomes.clone()
    }

    /// All indicators in the ruleset's order: by category as `decide` names them, then by id.
    pub fn indicators(&self) -> Vec<IndicatorInfo> {
        let checked = &self.inner.checked;
        let defs = checked.indicators.iter().zip(&self.inner.program.indicators);
        defs.map(|(def, compiled)| IndicatorInfo {
            id: def.name.clone(),
            title: def.title.clone(),
            category: checked.decide.categories.get(def.category).cloned().unwrap_or_default(),
            severity: def.severity.word().to_owned(),
            weight: compiled.weight,
            shadow: def.shadow,
            composite: def.is_composite(),
            file: checked.files.get(usize::from(def.at.file)).cloned().unwrap_or_default(),
            condition: def.condition.clone(),
        })
        .collect()
    }

    /// The paths that the ruleset reads, sorted.
    ///
    /// ```
    /// # let rules = "language 1\nrecord application { left: date from \"endDate\", submitted: instant }\n\
    /// #   indicator gone \"Gone\" { category a\n severity low\n when left < @2020 }\n\
    /// #   decide { categories a\n weights info 1, low 5, medium 12, high 25\n outcomes clear, review\n outcome review when score >= 1 }";
    /// let ruleset = indicia::Ruleset::from_sources(&indicia::Sources::single(rules))?;
    /// let inputs = ruleset.inputs();
    /// assert_eq!((inputs[0].path.as_str(), inputs[0].key.as_str()), ("left", "endDate"));
    /// // "present" says nothing without the day of the evaluation.
    /// assert_eq!((inputs[1].path.as_str(), inputs[1].indicators[0].as_str()), ("submitted", "gone"));
    /// # Ok::<(), indicia::RulesetError>(())
    /// ```
    pub fn inputs(&self) -> Vec<InputPath> {
        crate::schema::inputs(&self.inner.checked)
    }

    /// All that the ruleset says, as data: for pages and programs that show it to people.
    ///
    /// ```
    /// # let rules = "language 1\nrecord application { phone: phone }\n\
    /// #   setting few = 3 \"fewer are too few\"\n\
    /// #   indicator short \"Short\" { category a\n severity low\n when phone.raw.length<few\n because \"Only {phone}\" }\n\
    /// #   decide { categories a\n weights info 1, low 5, medium 12, high 25\n outcomes clear, review\n outcome review when score >= 1 }";
    /// let ruleset = indicia::Ruleset::from_sources(&indicia::Sources::single(rules))?;
    /// let short = &ruleset.describe().indicators[0];
    /// assert_eq!(short.when, "phone.raw.length < few");
    /// assert_eq!((short.points, short.settings[0].as_str(), short.reads[0].as_str()), (5, "few", "phone"));
    /// # Ok::<(), indicia::RulesetError>(())
    /// ```
    pub fn describe(&self) -> Description {
        let inner = &self.inner;
        describe(&inner.checked, &inner.sources, &inner.context, &self.indicators(), self.inputs())
    }

    /// The keys that are read, by type of record; the first is the application's own. For hosts that read their own values by
    /// [`Node`](crate::Node).
    pub fn keys(&self) -> Vec<Vec<&str>> {
        let shapes = self.inner.program.layout.shapes.iter();
        shapes.map(|shape| shape.fields.iter().map(|field| &*field.key).collect()).collect()
    }

    /// The mappings by name: its own and those of the rulesets that it extends, of which the nearest has a name.
    pub fn mappings(&self) -> BTreeMap<&str, &serde_json::Value> {
        let mut found = BTreeMap::new();
        let mut next = Some(self.sources());
        while let Some(sources) = next {
            for (name, mapping) in &sources.mappings {
                found.entry(name.as_str()).or_insert(mapping);
            }
            next = sources.base.as_deref();
        }
        found
    }

    /// JSON Schema (2020-12) of the record.
    pub fn schema(&self) -> serde_json::Value {
        crate::schema::record_schema(&self.inner.checked)
    }

    /// The same ruleset with rows for a declared list or table, instead of its own.
    ///
    /// # Errors
    /// [`RulesetError::Compile`] if no list or table is called so, or a row does not fit.
    pub fn with_rows(&self, name: &str, rows: Rows) -> Result<Self, RulesetError> {
        let mut sources = self.inner.sources.clone();
        sources.rows.insert(name.to_owned(), rows);
        Self::from_sources(&sources)
    }

    /// Screens one application given as JSON text.
    ///
    /// # Errors
    /// [`InputError`] if the text is no JSON object, is too large or too deep, or the evaluation date is no date.
    pub fn screen(&self, json: &[u8], options: &ScreenOptions) -> Result<Verdict, InputError> {
        self.screener().screen(json, options)
    }

    /// Screens one application given as a JSON value.
    ///
    /// # Errors
    /// As [`Ruleset::screen`].
    pub fn screen_value(&self, record: &serde_json::Value, options: &ScreenOptions) -> Result<Verdict, InputError> {
        self.screener().screen_value(record, options)
    }

    /// Screens any value that serialises to the record.
    ///
    /// # Errors
    /// As [`Ruleset::screen`], and [`InputError::Serialize`] if the value can't be serialised.
    ///
    /// ```
    /// #[derive(serde::Serialize)]
    /// struct Application { id: String }
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let rules = "language 1\nrecord application { id: text }\n\
    /// #   decide { categories a\n weights info 1, low 5, medium 12, high 25\n outcomes clear, review\n outcome review when score >= 1 }";
    /// # let ruleset = indicia::Ruleset::from_sources(&indicia::Sources::single(rules))?;
    /// let verdict = ruleset.screen_record(&Application { id: "a-1".into() }, &Default::default())?;
    /// assert_eq!(verdict.id.as_deref(), Some("a-1"));
    /// # Ok(())
    /// # }
    /// ```
    pub fn screen_record<T: Serialize>(&self, record: &T, options: &ScreenOptions) -> Result<Verdict, InputError> {
        let value = serde_json::to_value(record).map_err(|e| InputError::Serialize { message: e.to_string() })?;
        self.screen_value(&value, options)
    }

    /// Judges many applications at once, from columns: for each what [`Judgement`](crate::Judgement) says of outcome, score and indicators. See
    /// [`Column`] for an example.
    ///
    /// This is the fast way for rulesets without tables to go through, phones, web addresses or other looks into values, if only
    /// outcomes are wanted: several times as fast as one application after the other. Rows that it has no answer for are left:
    /// they are to be read with [`Screener::read_node`] and judged one by one, as all are whose verdicts are wanted. Nothing is
    /// ever an error of a row here, and the answers are those of [`Application::judge`](crate::Application::judge).
    ///
    /// # Errors
    /// [`InputError::AsOf`].
    pub fn judge_columns<'a, C: Column<'a>>(
        &self,
        columns: &C,
        rows: Range<usize>,
        options: &ScreenOptions,
    ) -> Result<Judgements<'_, 'a>, InputError> {
        let as_of = application::as_of(options)?;
        Ok(columns::judge(self, columns, rows, as_of.map(Date::day), &options.limits))
    }

    /// A screener that keeps its buffers from record to record: the way to screen many.
    pub fn screener(&self) -> Screener {
        Screener { ruleset: self.clone(), workspace: Workspace::default() }
    }

    /// Explains one indicator over one application given as JSON text: the whole tree, nothing short-circuited.
    ///
    /// # Errors
    /// [`ExplainError::UnknownIndicator`], or an input error as [`Ruleset::screen`] has.
    pub fn explain(&self, indicator: &str, json: &[u8], options: &ScreenOptions) -> Result<Explanation, ExplainError> {
        self.indicator_index(indicator)?;
        self.screener().read(json, options)?.explain(indicator)
    }

    pub(crate) fn checked(&self) -> &Checked {
        &self.inner.checked
    }

    pub(crate) fn program(&self) -> &Program {
        &self.inner.program
    }

    pub(crate) fn context(&self) -> &Context {
        &self.inner.context
    }

    /// The position of an indicator by its id.
    pub(crate) fn indicator_index(&self, indicator: &str) -> Result<usize, ExplainError> {
        let names = self.inner.checked.indicators.iter().map(|known| known.name.as_str());
        let unknown = || ExplainError::UnknownIndicator {
            name: indicator.to_owned(),
            suggestion: indicia_dsl::suggest(indicator, names.clone()).map(str::to_owned),
        };
        names.clone().position(|name| name == indicator).ok_or_else(unknown)
    }
}

/// Screens record after record with the same buffers. Not shared between threads: make one for each.
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let rules = "language 1\nrecord application { id: text }\n\
/// #   decide { categories a\n weights info 1, low 5, medium 12, high 25\n outcomes clear, review\n outcome review when score >= 1 }";
/// # let ruleset = indicia::Ruleset::from_sources(&indicia::Sources::single(rules))?;
/// let mut screener = ruleset.screener();
/// for line in ["{\"id\": \"a\"}", "{\"id\": \"b\"}"] {
///     let verdict = screener.screen(line.as_bytes(), &Default::default())?;
///     assert_eq!(verdict.outcome, "clear");
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Screener {
    ruleset: Ruleset,
    workspace: Workspace,
}

impl Screener {
    /// Reads one application given as JSON text, to ask several things of it.
    ///
    /// # Errors
    /// As [`Ruleset::screen`].
    pub fn read<'s>(&'s mut self, json: &[u8], options: &'s ScreenOptions) -> Result<Application<'s>, InputError> {
        self.workspace.forget();
        bind_json(&self.ruleset.inner.program.layout, &options.limits, json, &mut self.workspace.record)?;
        Application::new(&self.ruleset, &mut self.workspace, options)
    }

    /// Reads one application given as a JSON value.
    ///
    /// # Errors
    /// As [`Ruleset::screen`].
    pub fn read_value<'s>(
        &'s mut self,
        record: &serde_json::Value,
        options: &'s ScreenOptions,
    ) -> Result<Application<'s>, InputError> {
        self.read_node(record, options)
    }

    /// Reads one application given as a value of the host's own, without a copy.
    ///
    /// # Errors
    /// As [`Ruleset::screen`], [`InputError::Value`] for a value that is nothing that JSON has, and what the value itself says.
    pub fn read_node<'s, N: Node>(
        &'s mut self,
        record: &N,
        options: &'s ScreenOptions,
    ) -> Result<Application<'s>, InputError> {
        self.workspace.forget();
        bind_value(&self.ruleset.inner.program.layout, &options.limits, record, &mut self.workspace.record)?;
        Application::new(&self.ruleset, &mut self.workspace, options)
    }

    /// The application that was read last, to ask more of it: under the options that it was read with.
    ///
    /// ```
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let rules = "language 1\nrecord application { id: text }\n\
    /// #   decide { categories a\n weights info 1, low 5, medium 12, high 25\n outcomes clear, review\n outcome review when score >= 1 }";
    /// # let ruleset = indicia::Ruleset::from_sources(&indicia::Sources::single(rules))?;
    /// let options = indicia::ScreenOptions::default();
    /// let mut screener = ruleset.screener();
    /// let score = screener.read(b"{\"id\": \"a\"}", &options)?.judge().score();
    /// // Later, and what was decided is not decided again:
    /// assert_eq!(screener.resume(&options).verdict().score, score);
    /// # Ok(())
    /// # }
    /// ```
    pub fn resume<'s>(&'s mut self, options: &'s ScreenOptions) -> Application<'s> {
        Application::resume(&self.ruleset, &mut self.workspace, options)
    }

    /// Screens one application given as JSON text.
    ///
    /// # Errors
    /// As [`Ruleset::screen`].
    pub fn screen(&mut self, json: &[u8], options: &ScreenOptions) -> Result<Verdict, InputError> {
        Ok(self.read(json, options)?.verdict())
    }

    /// Screens one application given as a JSON value.
    ///
    /// # Errors
    /// As [`Ruleset::screen`].
    pub fn screen_value(&mut self, record: &serde_json::Value, options: &ScreenOptions) -> Result<Verdict, InputError> {
        Ok(self.read_value(record, options)?.verdict())
    }
}

fn engine() -> EngineId {
    EngineId {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        data: EngineData {
            phone: crate::domain::phone::METADATA.to_owned(),
            public_suffix: crate::domain::host::LIST.to_owned(),
            unicode: {
                let (major, minor, patch) = unicode_normalization::UNICODE_VERSION;
                format!("{major}.{minor}.{patch}")
            },
        },
    }
}

/// All errors and warnings of a ruleset.
///
/// ```
/// let found = indicia::check(&indicia::Sources::single("language 1\nrecord application { a: txt }"));
/// assert!(found.iter().any(|diagnostic| diagnostic.code == "E0202"));
/// ```
pub fn check(sources: &Sources) -> Vec<Diagnostic> {
    checking::check(sources, &Limits::default()).1
}

/// Formats a rule file.
///
/// # Errors
/// The syntax errors, if the file can't be read.
///
/// ```
/// let text = indicia::format("rules.indicia", "language 1\nlet a=1").unwrap();
/// assert_eq!(text, "language 1\n\nlet a = 1\n");
/// ```
pub fn format(file: &str, text: &str) -> Result<String, Vec<Diagnostic>> {
    indicia_dsl::format(file, text)
}

/// Every diagnostic code, sorted: syntax first, warnings last.
pub fn codes() -> Vec<Code> {
    let all = indicia_dsl::code::ALL.iter().chain(check_codes::ALL).chain(package::codes::ALL);
    let mut codes: Vec<Code> = all.copied().collect();
    codes.sort_by_key(|code| code.id);
    codes
}
