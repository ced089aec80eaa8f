//! The columns that come out. Their names are those of a verdict's JSON; numbers are 64-bit integers, as SQL has them.

use arrow_array::builder::{BooleanBuilder, Int64Builder, StringBuilder};
use arrow_array::{ArrayRef, ListArray, StructArray};
use arrow_buffer::{NullBuffer, OffsetBuffer};
use arrow_schema::{ArrowError, DataType, Field, Fields};
use indicia::{Evidence, Finding, Raised, Verdict};
use serde_json::Value;
use std::sync::Arc;

/// A column that is being written.
pub(super) trait Column: Default {
    fn data_type() -> DataType;
    fn push_null(&mut self);
    fn finish(self) -> Result<ArrayRef, ArrowError>;
}

#[derive(Default)]
pub(super) struct Texts(StringBuilder);

impl Texts {
    pub(super) fn push(&mut self, text: impl AsRef<str>) {
        self.0.append_value(text);
    }

    pub(super) fn push_option(&mut self, text: Option<&str>) {
        self.0.append_option(text);
    }
}

impl Column for Texts {
    fn data_type() -> DataType {
        DataType::Utf8
    }
    fn push_null(&mut self) {
        self.0.append_null();
    }
    fn finish(mut self) -> Result<ArrayRef, ArrowError> {
        Ok(Arc::new(self.0.finish()))
    }
}

#[derive(Default)]
pub(super) struct Numbers(Int64Builder);

impl Numbers {
    pub(super) fn push(&mut self, number: impl Into<i64>) {
        self.0.append_value(number.into());
    }
}

impl Column for Numbers {
    fn data_type() -> DataType {
        DataType::Int64
    }
    fn push_null(&mut self) {
        self.0.append_null();
    }
    fn finish(mut self) -> Result<ArrayRef, ArrowError> {
        Ok(Arc::new(self.0.finish()))
    }
}

#[derive(Default)]
pub(super) struct Flags(BooleanBuilder);

impl Flags {
    pub(super) fn push(&mut self, flag: bool) {
        self.0.append_value(flag);
    }
}

impl Column for Flags {
    fn data_type() -> DataType {
        DataType::Boolean
    }
    fn push_null(&mut self) {
        self.0.append_null();
    }
    fn finish(mut self) -> Result<ArrayRef, ArrowError> {
        Ok(Arc::new(self.0.finish()))
    }
}

/// A list for each row.
#[derive(Default)]
pub(super) struct Lists<C> {
    lengths: Vec<usize>,
    present: Vec<bool>,
    pub(super) of: C,
}

impl<C: Column> Lists<C> {
    /// One row with a list of so many elements, which the caller writes to `of`.
    pub(super) fn push(&mut self, length: usize) {
        self.lengths.push(length);
        self.present.push(true);
    }

    /// One row.
    pub(super) fn extend<T>(&mut self, items: impl ExactSizeIterator<Item = T>, mut write: impl FnMut(&mut C, T)) {
        self.push(items.len());
        items.for_each(|item| write(&mut self.of, item));
    }
}

impl<C: Column> Column for Lists<C> {
    fn data_type() -> DataType {
        DataType::List(element::<C>())
    }
    fn push_null(&mut self) {
        self.lengths.push(0);
        self.present.push(false);
    }
    fn finish(self) -> Result<ArrayRef, ArrowError> {
        let offsets = OffsetBuffer::<i32>::from_lengths(self.lengths);
        let list = ListArray::try_new(element::<C>(), offsets, self.of.finish()?, nulls(self.present))?;
        Ok(Arc::new(list))
    }
}

fn element<C: Column>() -> Arc<Field> {
    Arc::new(Field::new("item", C::data_type(), true))
}

fn nulls(present: Vec<bool>) -> Option<NullBuffer> {
    present.contains(&false).then(|| NullBuffer::from(present))
}

/// Columns side by side.
macro_rules! rows {
    ($($(#[$doc:meta])* $name:ident { $($field:ident: $column:ty),* $(,)? })*) => {$(
        $(#[$doc])*
        #[derive(Default)]
        pub(super) struct $name {
            present: Vec<bool>,
            $(pub(super) $field: $column,)*
        }

        impl $name {
            pub(super) fn fields() -> Fields {
                Fields::from(vec![$(Field::new(stringify!($field), <$column as Column>::data_type(), true)),*])
            }

            fn begin(&mut self) {
                self.present.push(true);
            }
        }

        impl Column for $name {
            fn data_type() -> DataType {
                DataType::Struct(Self::fields())
            }
            fn push_null(&mut self) {
                self.present.push(false);
                $(self.$field.push_null();)*
            }
            fn finish(self) -> Result<ArrayRef, ArrowError> {
                let columns = vec![$(self.$field.finish()?),*];
                Ok(Arc::new(StructArray::try_new(Self::fields(), columns, nulls(self.present))?))
            }
        }
    )*};
}

rows! {
    Coverages { judged: Numbers, of: Numbers }
    /// `value` is the text itself of a text, and JSON of anything else; `kind` tells which.
    Evidences { path: Texts, value: Texts, kind: Texts }
    Findings { because: Texts, evidence: Lists<Evidences> }
    Sources { title: Texts, url: Texts }
    Entries {
        indicator: Texts, title: Texts, category: Texts, severity: Texts, points: Numbers, justified: Texts,
        findings: Lists<Findings>, more: Numbers, undecided: Numbers, verify: Texts, caution: Texts, sources: Lists<Sources>,
    }
    Reasons { path: Texts, reason: Texts }
    Unknowns { indicator: Texts, reasons: Lists<Reasons> }
    CategoryScores { name: Texts, points: Numbers, counted: Flags }
    Nexts { outcome: Texts, points: Numbers, any_of: Lists<Texts> }
    Problems { path: Texts, expected: Texts, found: Texts }
    /// A verdict without the ruleset and the engine, which are the same for all rows: the table's metadata names them.
    Verdicts {
        verdict_version: Numbers, id: Texts, outcome: Texts, decided_by: Texts, score: Numbers, categories: Lists<CategoryScores>,
        coverage: Coverages, as_of: Texts, raised: Lists<Entries>, unknown: Lists<Unknowns>, shadow: Lists<Entries>, next: Nexts,
        problems: Lists<Problems>,
    }
}

impl Coverages {
    pub(super) fn push(&mut self, coverage: &indicia::Coverage) {
        self.begin();
        self.judged.push(coverage.judged);
        self.of.push(coverage.of);
    }
}

impl Evidences {
    pub(super) fn push(&mut self, evidence: &Evidence) {
        self.begin();
        self.path.push(&evidence.path);
        let kind = match &evidence.value {
            Value::Null => "missing",
            Value::Bool(_) => "bool",
            Value::Number(_) => "number",
            Value::String(_) => "text",
            Value::Array(_) => "list",
            Value::Object(_) => "object",
        };
        match &evidence.value {
            Value::Null => self.value.push_null(),
            Value::String(text) => self.value.push(text),
            other => self.value.push(other.to_string()),
        }
        self.kind.push(kind);
    }
}

impl Findings {
    fn push(&mut self, finding: &Finding) {
        self.begin();
        self.because.push(&finding.because);
        self.evidence.extend(finding.evidence.iter(), Evidences::push);
    }
}

impl Entries {
    fn push(&mut self, raised: &Raised) {
        self.begin();
        self.indicator.push(&raised.indicator);
        self.title.push(&raised.title);
        self.category.push(&raised.category);
        self.severity.push(&raised.severity);
        self.points.push(raised.points);
        self.justified.push_option(raised.justified.as_deref());
        self.findings.extend(raised.findings.iter(), Findings::push);
        self.more.push(raised.more);
        self.undecided.push(raised.undecided);
        self.verify.push_option(raised.verify.as_deref());
        self.caution.push_option(raised.caution.as_deref());
        self.sources.extend(raised.sources.iter(), |column, source| {
            column.begin();
            column.title.push(&source.title);
            column.url.push_option(source.url.as_deref());
        });
    }
}

impl Verdicts {
    pub(super) fn push(&mut self, verdict: &Verdict) {
        self.begin();
        self.verdict_version.push(verdict.verdict_version);
        self.id.push_option(verdict.id.as_deref());
        self.outcome.push(&verdict.outcome);
        self.decided_by.push_option(verdict.decided_by.as_deref());
        self.score.push(verdict.score);
        self.categories.extend(verdict.categories.iter(), |column, category| {
            column.begin();
            column.name.push(&category.name);
            column.points.push(category.points);
            column.counted.push(category.counted);
        });
        self.coverage.push(&verdict.coverage);
        self.as_of.push_option(verdict.as_of.as_deref());
        self.raised.extend(verdict.raised.iter(), Entries::push);
        self.unknown.extend(verdict.unknown.iter(), |column, unknown| {
            column.begin();
            column.indicator.push(&unknown.indicator);
            column.reasons.extend(unknown.reasons.iter(), |column, reason| {
                column.begin();
                column.path.push(&reason.path);
                column.reason.push(reason.reason.word());
            });
        });
        self.shadow.extend(verdict.shadow.iter(), Entries::push);
        match &verdict.next {
            None => self.next.push_null(),
            Some(next) => {
                self.next.begin();
                self.next.outcome.push(&next.outcome);
                match next.points {
                    Some(points) => self.next.points.push(points),
                    None => self.next.points.push_null(),
                }
                self.next.any_of.extend(next.any_of.iter(), Texts::push);
            }
        }
        self.problems.extend(verdict.problems.iter(), |column, problem| {
            column.begin();
            column.path.push(&problem.path);
            column.expected.push(&problem.expected);
            column.found.push(&problem.found);
        });
    }
}
