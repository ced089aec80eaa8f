//! One application that was read, and what is asked of it: a judgement, a verdict, an explanation.

use crate::domain::{date, instant};
use crate::error::{ExplainError, InputError};
use crate::evaluate::{self, Context, Decision, Eval, Workspace};
use crate::options::ScreenOptions;
use crate::ruleset::Ruleset;
use crate::truth::Truth;
use crate::verdict::{Coverage, Explanation, Finding, Verdict};

/// One application that a [`Screener`](crate::Screener) has read. It can be asked several things without being read again.
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let rules = "language 1\nrecord application { id: text, phone: text }\n\
/// #   indicator no_phone \"No phone\" { category a\n severity low\n when phone is missing }\n\
/// #   decide { categories a\n weights info 1, low 5, medium 12, high 25\n outcomes clear, review\n outcome review when score >= 5 }";
/// # let ruleset = indicia::Ruleset::from_sources(&indicia::Sources::single(rules))?;
/// let options = indicia::ScreenOptions::default();
/// let mut screener = ruleset.screener();
/// let mut application = screener.read(br#"{"id": "a-1"}"#, &options)?;
/// // Only who is flagged needs a whole verdict.
/// if application.judge().outcome() != "clear" {
///     assert_eq!(application.verdict().raised[0].indicator, "no_phone");
///     assert_eq!(application.explain("no_phone")?.tree.children[0].operator, "when");
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Application<'s> {
    ruleset: &'s Ruleset,
    workspace: &'s mut Workspace,
    options: &'s ScreenOptions,
}

/// What an application comes to: the truth of every indicator, score and outcome, without the texts of a verdict.
///
/// Judging allocates nothing once a screener is warm (except for what a domain value needs, such as a phone number);
/// findings are put together when they are asked for, and so is the verdict, for which nothing is decided again.
pub struct Judgement<'a> {
    eval: Eval<'a, 'a>,
    context: &'a Context,
    outcome: usize,
    score: u32,
    categories: u32,
}

impl<'s> Application<'s> {
    /// Starts on a record that was just bound.
    pub(crate) fn new(
        ruleset: &'s Ruleset,
        workspace: &'s mut Workspace,
        options: &'s ScreenOptions,
    ) -> Result<Self, InputError> {
        workspace.given_as_of = as_of(options)?;
        workspace.redact_key.clone_from(&options.redact_key);
        Ok(Self { ruleset, workspace, options })
    }

    /// Goes on with an application that was read before, and perhaps judged.
    pub(crate) fn resume(ruleset: &'s Ruleset, workspace: &'s mut Workspace, options: &'s ScreenOptions) -> Self {
        Self { ruleset, workspace, options }
    }

    fn eval(&mut self) -> Eval<'_, '_> {
        let options = self.options;
        Eval::new(self.ruleset.program(), self.workspace, &options.limits, options.list_key.as_deref())
    }

    /// Decides every indicator, and the outcome.
    pub fn judge(&mut self) -> Judgement<'_> {
        let context = self.ruleset.context();
        let mut eval = self.eval();
        eval.decide();
        let (score, categories) = eval.scores();
        let outcome = eval.outcome(score, categories);
        Judgement { eval, context, outcome, score, categories }
    }

    /// The whole verdict.
    pub fn verdict(&mut self) -> Verdict {
        self.judge().verdict()
    }

    /// Appends the whole verdict as JSON text, without making its values first: what `serde_json` makes of
    /// [`Application::verdict`].
    ///
    /// ```
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let rules = "language 1\nrecord application { id: text, phone: text }\n\
    /// #   indicator no_phone \"No phone\" { category a\n severity low\n when phone is missing }\n\
    /// #   decide { categories a\n weights info 1, low 5, medium 12, high 25\n outcomes clear, review\n outcome review when score >= 5 }";
    /// # let ruleset = indicia::Ruleset::from_sources(&indicia::Sources::single(rules))?;
    /// # let options = indicia::ScreenOptions::default();
    /// # let mut screener = ruleset.screener();
    /// let mut application = screener.read(br#"{"id": "a-1"}"#, &options)?;
    /// let mut text = String::new();
    /// application.write_verdict(&mut text);
    /// assert_eq!(text, serde_json::to_string(&application.verdict())?);
    /// # Ok(())
    /// # }
    /// ```
    pub fn write_verdict(&mut self, out: &mut String) {
        self.judge().write_verdict(out);
    }

    /// Explains one indicator: the whole tree, nothing short-circuited.
    ///
    /// # Errors
    /// [`ExplainError::UnknownIndicator`].
    pub fn explain(&mut self, indicator: &str) -> Result<Explanation, ExplainError> {
        let index = self.ruleset.indicator_index(indicator)?;
        let unknown = || ExplainError::UnknownIndicator { name: indicator.to_owned(), suggestion: None };
        evaluate::explain(&mut self.eval(), index).ok_or_else(unknown)
    }
}

impl<'a> Judgement<'a> {
    /// The application's own id.
    pub fn id(&self) -> Option<&str> {
        self.eval.id()
    }

    /// The outcome.
    pub fn outcome(&self) -> &str {
        self.eval.p.decide.outcomes.get(self.outcome).map_or("", |name| name)
    }

    /// The position of the outcome among [`Ruleset::outcomes`], from least to most.
    pub fn outcome_index(&self) -> usize {
        self.outcome
    }

    /// The score, caps applied.
    pub fn score(&self) -> u32 {
        self.score
    }

    /// How many categories count.
    pub fn categories(&self) -> u32 {
        self.categories
    }

    /// How many of the active indicators could be judged, as the verdict says it.
    pub fn coverage(&mut self) -> Coverage {
        self.further().coverage()
    }

    /// The truth of every indicator, in the order of [`Ruleset::indicators`].
    pub fn truths(&self) -> &[Truth] {
        &self.eval.w.truths
    }

    /// The findings of an indicator by its position, as its entry in the verdict has them: none if it is not raised.
    pub fn findings(&mut self, indicator: usize) -> Vec<Finding> {
        self.further().findings_of(indicator)
    }

    /// Appends the same findings as JSON text, a list, without making values of them first.
    ///
    /// ```
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let rules = "language 1\nrecord application { id: text, phone: text }\n\
    /// #   indicator no_phone \"No phone\" { category a\n severity low\n when phone is missing }\n\
    /// #   decide { categories a\n weights info 1, low 5, medium 12, high 25\n outcomes clear, review\n outcome review when score >= 5 }";
    /// # let ruleset = indicia::Ruleset::from_sources(&indicia::Sources::single(rules))?;
    /// # let options = indicia::ScreenOptions::default();
    /// # let mut screener = ruleset.screener();
    /// let mut application = screener.read(br#"{"id": "a-1"}"#, &options)?;
    /// let mut judgement = application.judge();
    /// let mut text = String::new();
    /// judgement.write_findings(0, &mut text);
    /// assert_eq!(text, serde_json::to_string(&judgement.findings(0))?);
    /// # Ok(())
    /// # }
    /// ```
    pub fn write_findings(&mut self, indicator: usize, out: &mut String) {
        self.further().write_findings(indicator, out);
    }

    /// The whole verdict.
    ///
    /// ```
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let rules = "language 1\nrecord application { id: text, phone: text }\n\
    /// #   indicator no_phone \"No phone\" { category a\n severity low\n when phone is missing }\n\
    /// #   decide { categories a\n weights info 1, low 5, medium 12, high 25\n outcomes clear, review\n outcome review when score >= 5 }";
    /// # let ruleset = indicia::Ruleset::from_sources(&indicia::Sources::single(rules))?;
    /// # let options = indicia::ScreenOptions::default();
    /// # let mut screener = ruleset.screener();
    /// let mut application = screener.read(br#"{"id": "a-1"}"#, &options)?;
    /// let mut judgement = application.judge();
    /// if judgement.outcome() != "clear" {
    ///     let mut text = String::new();
    ///     judgement.write_verdict(&mut text);
    ///     assert_eq!(text, serde_json::to_string(&judgement.verdict())?);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn verdict(&mut self) -> Verdict {
        let (context, decision) = (self.context, self.decision());
        self.further().report(context, decision)
    }

    /// Appends the same as JSON text, without making values of it first.
    pub fn write_verdict(&mut self, out: &mut String) {
        let (context, decision) = (self.context, self.decision());
        self.further().write_verdict(context, decision, out);
    }

    fn decision(&self) -> Decision {
        Decision { outcome: self.outcome, score: self.score, categories: self.categories }
    }

    /// Asks more than the truths. What is remembered on the way may not serve another judgement: it would start elsewhere.
    fn further(&mut self) -> &mut Eval<'a, 'a> {
        self.eval.w.decided = false;
        &mut self.eval
    }
}

impl std::fmt::Debug for Judgement<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Judgement")
            .field("outcome", &self.outcome())
            .field("score", &self.score)
            .finish_non_exhaustive()
    }
}

/// The day of the evaluation that the caller gave.
pub(crate) fn as_of(options: &ScreenOptions) -> Result<Option<i32>, InputError> {
    let read = |text: &String| day(text).ok_or_else(|| InputError::AsOf { text: text.clone() });
    options.as_of.as_ref().map(read).transpose()
}

/// A full date, or the UTC day of an instant.
fn day(text: &str) -> Option<i32> {
    match date::parse(text) {
        Some(date::Written::Date(date, _)) if date.is_exact() => Some(date.first),
        Some(_) => None,
        None => instant::parse(text).map(instant::day),
    }
}

#[cfg(test)]
mod tests {
    use crate::{Ruleset, ScreenOptions, Sources};

    /// An explanation decides what its indicator reads, and leaves alone what others compare.
    #[test]
    fn explaining_decides_no_more_than_it_needs() -> Result<(), Box<dyn std::error::Error>> {
        let rules = r#"language 1
            record application { id: text, name: person, document: { name: person }, phone: text }
            indicator other_name "Another name" { category a
              severity low
              when not name agrees with document.name }
            indicator no_phone "No phone" { category a
              severity low
              when phone is missing }
            indicator both "Both" { category a
              severity low
              when raised other_name and raised no_phone }
            decide { categories a
              weights info 1, low 5, medium 12, high 25
              outcomes clear, review
              outcome review when score >= 5 }"#;
        let ruleset = Ruleset::from_sources(&Sources::single(rules))?;
        let (options, mut screener) = (ScreenOptions::default(), ruleset.screener());
        let json = br#"{"id": "a-1", "name": "Ada Lovelace", "document": {"name": "Emmy Noether"}}"#;
        let mut application = screener.read(json, &options)?;
        assert!(application.explain("no_phone")?.truth.is_true());
        assert_eq!(application.workspace.names.borrow().counts(), (0, 0));
        assert!(application.explain("both")?.truth.is_true());
        assert_eq!(application.workspace.names.borrow().counts().0, 2);
        assert_eq!(application.verdict().raised.len(), 3);
        assert_eq!(application.workspace.names.borrow().counts().0, 2);
        Ok(())
    }
}
