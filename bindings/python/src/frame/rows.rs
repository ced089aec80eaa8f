//! Rows of the table that comes out: one for each application, or one for each finding.

use super::verdicts::{Column, Coverages, Evidences, Flags, Lists, Numbers, Texts, Verdicts};
use arrow_array::{ArrayRef, RecordBatch, RecordBatchOptions};
use arrow_schema::{ArrowError, DataType, Field, Fields, SchemaRef};
use indicia::{Application, Judged, Raised};

/// What becomes of an application that can't be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Failures {
    /// It ends everything.
    Raised,
    /// Its row says so, in a column of its own.
    Rows,
}

/// Which columns are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Id,
    Outcome,
    Score,
    Coverage,
    Indicators,
    Verdict,
}

const ALL: [(&str, Wanted); 6] = [
    ("id", Wanted::Id),
    ("outcome", Wanted::Outcome),
    ("score", Wanted::Score),
    ("coverage", Wanted::Coverage),
    ("indicators", Wanted::Indicators),
    ("verdict", Wanted::Verdict),
];

/// The shape of the table that comes out.
#[derive(Debug)]
pub(super) struct Wish {
    columns: Vec<Wanted>,
    explode: bool,
    pub(super) failures: Failures,
}

impl Wish {
    pub(super) fn new(columns: &[String], explode: bool, failures: Failures) -> Result<Self, String> {
        let mut wanted = Vec::new();
        for name in columns {
            let Some((_, column)) = ALL.iter().find(|(known, _)| known == name) else {
                let known = ALL.map(|(name, _)| name).join(", ");
                return Err(format!("columns: there is no `{name}`; known columns: {known}"));
            };
            if wanted.contains(column) {
                return Err(format!("columns: `{name}` is named twice"));
            }
            wanted.push(*column);
        }
        Ok(Self { columns: wanted, explode, failures })
    }

    /// The columns.
    pub(super) fn fields(&self) -> Fields {
        let field = |name: &str, ty| Field::new(name, ty, true);
        let mut fields: Vec<Field> = if self.explode {
            Findings::fields().iter().map(|one| one.as_ref().clone()).collect()
        } else {
            let name = |wanted| ALL.iter().find(|(_, one)| *one == wanted).map_or("", |(name, _)| name);
            self.columns.iter().map(|column| field(name(*column), column.data_type())).collect()
        };
        if self.failures == Failures::Rows {
            fields.push(field("error", DataType::Utf8));
        }
        fields.into()
    }
}

impl Wanted {
    fn data_type(self) -> DataType {
        match self {
            Self::Id | Self::Outcome => Texts::data_type(),
            Self::Score => Numbers::data_type(),
            Self::Coverage => Coverages::data_type(),
            Self::Indicators => Lists::<Texts>::data_type(),
            Self::Verdict => Verdicts::data_type(),
        }
    }
}

/// Rows that are being written.
pub(super) struct Rows<'w> {
    wish: &'w Wish,
    count: usize,
    id: Texts,
    outcome: Texts,
    score: Numbers,
    coverage: Coverages,
    indicators: Lists<Texts>,
    verdict: Verdicts,
    findings: Findings,
    error: Texts,
}

/// One row for each finding; the columns beside those of a row.
#[derive(Default)]
struct Findings {
    row: Numbers,
    id: Texts,
    outcome: Texts,
    score: Numbers,
    indicator: Texts,
    title: Texts,
    category: Texts,
    severity: Texts,
    points: Numbers,
    shadow: Flags,
    because: Texts,
    evidence: Lists<Evidences>,
    verify: Texts,
    caution: Texts,
}

impl Findings {
    fn fields() -> Fields {
        let text = |name: &str| Field::new(name, DataType::Utf8, true);
        let number = |name: &str| Field::new(name, DataType::Int64, true);
        Fields::from(vec![
            number("row"),
            text("id"),
            text("outcome"),
            number("score"),
            text("indicator"),
            text("title"),
            text("category"),
            text("severity"),
            number("points"),
            Field::new("shadow", DataType::Boolean, true),
            text("because"),
            Field::new("evidence", Lists::<Evidences>::data_type(), true),
            text("verify"),
            text("caution"),
        ])
    }

    fn finish(self) -> Result<Vec<ArrayRef>, ArrowError> {
        Ok(vec![
            self.row.finish()?,
            self.id.finish()?,
            self.outcome.finish()?,
            self.score.finish()?,
            self.indicator.finish()?,
            self.title.finish()?,
            self.category.finish()?,
            self.severity.finish()?,
            self.points.finish()?,
            self.shadow.finish()?,
            self.because.finish()?,
            self.evidence.finish()?,
            self.verify.finish()?,
            self.caution.finish()?,
        ])
    }

    /// The findings of an indicator; returns how many.
    fn push(&mut self, row: i64, verdict: &indicia::Verdict, raised: &Raised, shadow: bool) -> usize {
        for finding in &raised.findings {
            self.row.push(row);
            self.id.push_option(verdict.id.as_deref());
            self.outcome.push(&verdict.outcome);
            self.score.push(verdict.score);
            self.indicator.push(&raised.indicator);
            self.title.push(&raised.title);
            self.category.push(&raised.category);
            self.severity.push(&raised.severity);
            self.points.push(raised.points);
            self.shadow.push(shadow);
            self.because.push(&finding.because);
            self.evidence.extend(finding.evidence.iter(), Evidences::push);
            self.verify.push_option(raised.verify.as_deref());
            self.caution.push_option(raised.caution.as_deref());
        }
        raised.findings.len()
    }

    fn push_null(&mut self, row: i64) {
        self.row.push(row);
        self.id.push_null();
        self.outcome.push_null();
        self.score.push_null();
        self.indicator.push_null();
        self.title.push_null();
        self.category.push_null();
        self.severity.push_null();
        self.points.push_null();
        self.shadow.push_null();
        self.because.push_null();
        self.evidence.push_null();
        self.verify.push_null();
        self.caution.push_null();
    }
}

impl<'w> Rows<'w> {
    pub(super) fn new(wish: &'w Wish) -> Self {
        Self {
            wish,
            count: 0,
            id: Texts::default(),
            outcome: Texts::default(),
            score: Numbers::default(),
            coverage: Coverages::default(),
            indicators: Lists::default(),
            verdict: Verdicts::default(),
            findings: Findings::default(),
            error: Texts::default(),
        }
    }

    /// What came of an application; `names` are the indicators that may be raised, in the ruleset's order, without those in
    /// the shadow.
    pub(super) fn push(&mut self, row: i64, application: &mut Application<'_>, names: &[Option<String>]) {
        if self.wish.explode {
            return self.push_findings(row, &application.verdict());
        }
        self.count += 1;
        if self.wish.failures == Failures::Rows {
            self.error.push_null();
        }
        let wants = |column| self.wish.columns.contains(&column);
        let mut judgement = application.judge();
        if wants(Wanted::Id) {
            self.id.push_option(judgement.id());
        }
        self.outcome.push(judgement.outcome());
        self.score.push(judgement.score());
        if wants(Wanted::Indicators) {
            let truths = judgement.truths().iter().zip(names);
            let raised = truths.filter(|(truth, _)| truth.is_true()).filter_map(|(_, name)| name.as_deref());
            let mut count = 0;
            for name in raised {
                self.indicators.of.push(name);
                count += 1;
            }
            self.indicators.push(count);
        }
        if wants(Wanted::Verdict) {
            let verdict = judgement.verdict();
            self.coverage.push(&verdict.coverage);
            self.verdict.push(&verdict);
        } else if wants(Wanted::Coverage) {
            self.coverage.push(&judgement.coverage());
        }
    }

    /// Whether nothing is wanted that takes more than [`indicia::Judged`] says.
    pub(super) fn are_brief(&self) -> bool {
        !self.wish.explode && !self.wish.columns.contains(&Wanted::Verdict)
    }

    /// The same of an application that was judged together with others.
    pub(super) fn push_judged(&mut self, judged: &Judged<'_>, names: &[Option<String>]) {
        self.count += 1;
        if self.wish.failures == Failures::Rows {
            self.error.push_null();
        }
        let wants = |column| self.wish.columns.contains(&column);
        if wants(Wanted::Id) {
            self.id.push_option(judged.id());
        }
        self.outcome.push(judged.outcome());
        self.score.push(judged.score());
        if wants(Wanted::Indicators) {
            let mut count = 0;
            for name in judged.raised().filter_map(|index| names.get(index)?.as_deref()) {
                self.indicators.of.push(name);
                count += 1;
            }
            self.indicators.push(count);
        }
        if wants(Wanted::Coverage) {
            self.coverage.push(&judged.coverage());
        }
    }

    fn push_findings(&mut self, row: i64, verdict: &indicia::Verdict) {
        let all = verdict
            .raised
            .iter()
            .map(|raised| (raised, false))
            .chain(verdict.shadow.iter().map(|raised| (raised, true)));
        for (raised, shadow) in all {
            for _ in 0..self.findings.push(row, verdict, raised, shadow) {
                self.count += 1;
                self.error.push_null();
            }
        }
    }

    /// An application that could not be read.
    pub(super) fn push_error(&mut self, row: i64, message: &str) {
        self.count += 1;
        self.error.push(message);
        if self.wish.explode {
            return self.findings.push_null(row);
        }
        self.id.push_null();
        self.outcome.push_null();
        self.score.push_null();
        self.coverage.push_null();
        self.indicators.push_null();
        self.verdict.push_null();
    }

    pub(super) fn finish(self, schema: &SchemaRef) -> Result<RecordBatch, ArrowError> {
        let mut columns = Vec::new();
        if self.wish.explode {
            columns = self.findings.finish()?;
        } else {
            let (mut id, mut outcome, mut score) = (Some(self.id), Some(self.outcome), Some(self.score));
            let (mut coverage, mut indicators) = (Some(self.coverage), Some(self.indicators));
            let mut verdict = Some(self.verdict);
            for column in &self.wish.columns {
                let made = match column {
                    Wanted::Id => id.take().map(Column::finish),
                    Wanted::Outcome => outcome.take().map(Column::finish),
                    Wanted::Score => score.take().map(Column::finish),
                    Wanted::Coverage => coverage.take().map(Column::finish),
                    Wanted::Indicators => indicators.take().map(Column::finish),
                    Wanted::Verdict => verdict.take().map(Column::finish),
                };
                columns.extend(made.transpose()?);
            }
        }
        if self.wish.failures == Failures::Rows {
            columns.push(self.error.finish()?);
        }
        let options = RecordBatchOptions::new().with_row_count(Some(self.count));
        RecordBatch::try_new_with_options(schema.clone(), columns, &options)
    }
}
