//! A batch of applications: every indicator over all of them, then what each comes to.

use super::Column;
use super::lanes::Lanes;
use super::masks::{Masks, ones};
use super::read::{Read, Reader, Stop, Values};
use super::states::Is;
use crate::check::tree::Grade;
use crate::compile::program::Program;
use crate::domain::date::Date;
use crate::limits::Limits;
use crate::quick::Step;
use crate::ruleset::Ruleset;
use crate::verdict::Coverage;
use std::cell::RefCell;
use std::ops::Range;
use std::rc::Rc;

/// Rows that are judged together: enough to pay for the steps, few enough for what is read to stay in the cache.
const ROWS: usize = 1024;

/// What the steps of a batch work on.
pub(super) struct Batch<'p, 'a> {
    pub(super) p: &'p Program,
    pub(super) limits: &'p Limits,
    pub(super) as_of: Option<Date>,
    pub(super) rows: usize,
    pub(super) read: Read<'a>,
    pub(super) nothing: Values<'a>,
    /// By indicator.
    pub(super) truths: RefCell<Vec<Option<Masks>>>,
    /// By shared condition.
    pub(super) shared: RefCell<Vec<Option<Rc<Masks>>>>,
    /// By row.
    pub(super) scores: Vec<u32>,
    pub(super) categories: Vec<u32>,
}

/// What many applications come to: made by [`Ruleset::judge_columns`].
#[derive(Debug)]
pub struct Judgements<'r, 'a> {
    ruleset: &'r Ruleset,
    rows: Vec<Row<'a>>,
    /// By row, bit by indicator.
    raised: Vec<u64>,
    words: usize,
}

#[derive(Debug, Clone, Copy, Default)]
struct Row<'a> {
    /// Whether it has to be read and judged by itself.
    left: bool,
    outcome: u32,
    score: u32,
    judged: u32,
    of: u32,
    id: Option<&'a str>,
}

/// What one application comes to, as its [`Judgement`](crate::Judgement) says it.
#[derive(Debug, Clone, Copy)]
pub struct Judged<'j> {
    ruleset: &'j Ruleset,
    row: &'j Row<'j>,
    raised: &'j [u64],
}

impl Judgements<'_, '_> {
    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// What a row comes to, counted from the first that was asked about; `None` for one that has to be read and judged by itself.
    pub fn row(&self, row: usize) -> Option<Judged<'_>> {
        let found = self.rows.get(row).filter(|row| !row.left)?;
        let raised = self.raised.get(row * self.words..(row + 1) * self.words)?;
        Some(Judged { ruleset: self.ruleset, row: found, raised })
    }
}

impl<'j> Judged<'j> {
    /// The application's own id.
    pub fn id(&self) -> Option<&'j str> {
        self.row.id
    }

    /// The outcome.
    pub fn outcome(&self) -> &'j str {
        self.ruleset.program().decide.outcomes.get(self.outcome_index()).map_or("", |name| name)
    }

    /// The position of the outcome among [`Ruleset::outcomes`], from least to most.
    pub fn outcome_index(&self) -> usize {
        self.row.outcome as usize
    }

    /// The score, caps applied.
    pub fn score(&self) -> u32 {
        self.row.score
    }

    /// How many of the active indicators could be judged.
    pub fn coverage(&self) -> Coverage {
        Coverage { judged: self.row.judged, of: self.row.of }
    }

    /// The indicators that are raised, but for those in the shadow, by their positions in [`Ruleset::indicators`].
    pub fn raised(&self) -> impl Iterator<Item = usize> + use<'j> {
        ones(self.raised.iter().copied())
    }
}

/// Judges the applications of some rows.
pub(crate) fn judge<'r, 'a, C: Column<'a>>(
    ruleset: &'r Ruleset,
    columns: &C,
    rows: Range<usize>,
    as_of: Option<Date>,
    limits: &Limits,
) -> Judgements<'r, 'a> {
    let p = ruleset.program();
    let words = p.indicators.len().div_ceil(64);
    let mut made =
        Judgements { ruleset, rows: vec![Row { left: true, ..Row::default() }; rows.len()], raised: Vec::new(), words };
    made.raised.resize(rows.len() * words, 0);
    if !can_judge(p) {
        return made;
    }
    // Batches that are still to do; one with too much in it is taken apart.
    let mut open: Vec<Range<usize>> =
        rows.clone().step_by(ROWS).map(|start| start..rows.end.min(start + ROWS)).rev().collect();
    while let Some(batch) = open.pop() {
        let reader = Reader::new(&p.layout, limits, as_of, &p.quick.mail);
        match reader.applications(columns, batch.clone()) {
            Ok(read) => Batch::new(p, limits, as_of, batch.len(), read).judge(&mut made, batch.start - rows.start),
            Err(Stop::Size) if batch.len() > 1 => {
                let middle = batch.start + batch.len() / 2;
                open.push(middle..batch.end);
                open.push(batch.start..middle);
            }
            Err(Stop::Size) => {}
            Err(Stop::Type) => break,
        }
    }
    made
}

/// Whether there is a way at all.
fn can_judge(p: &Program) -> bool {
    let is_open = |step: &Step| matches!(step, Step::Open);
    let plans = p.quick.ordered.iter().filter(|plan| !plan.shadow);
    let rules = p.decide.rules.iter().zip(&p.quick.outcomes).filter(|(rule, _)| rule.is_some());
    p.decide.categories.len() <= 64
        && !plans.into_iter().any(|plan| is_open(&plan.body))
        && !rules.into_iter().any(|(_, step)| is_open(step))
}

impl<'p, 'a> Batch<'p, 'a> {
    fn new(p: &'p Program, limits: &'p Limits, as_of: Option<Date>, rows: usize, read: Read<'a>) -> Self {
        Self {
            p,
            limits,
            as_of,
            rows,
            read,
            nothing: Values::default(),
            truths: RefCell::new(vec![None; p.indicators.len()]),
            shared: RefCell::new(vec![None; p.shared.len()]),
            scores: vec![0; rows],
            categories: vec![0; rows],
        }
    }

    fn judge(mut self, made: &mut Judgements<'_, 'a>, first: usize) {
        let lanes = Lanes::rows(self.rows, self.limits.max_pairs);
        for plan in self.p.quick.ordered.iter().filter(|plan| !plan.shadow) {
            let found = match &plan.each {
                None => self.step(&plan.body, &lanes),
                Some(each) => self.at_least(plan.at_least, each, &plan.body, &lanes),
            };
            if let Some(slot) = self.truths.borrow_mut().get_mut(plan.indicator as usize) {
                *slot = Some(found);
            }
        }
        let mut far = vec![0u64; self.rows.div_ceil(64)];
        let mut add = |masks: &Masks| far.iter_mut().zip(&masks.far).for_each(|(far, more)| *far |= more);
        let truths = std::mem::take(&mut *self.truths.borrow_mut());
        truths.iter().flatten().for_each(&mut add);
        self.add_up(&truths);
        *self.truths.borrow_mut() = truths;
        let mut outcomes = vec![0u32; self.rows];
        let rules = (0u32..).zip(self.p.decide.rules.iter().zip(&self.p.quick.outcomes));
        for (outcome, (_, step)) in rules.filter(|(_, (rule, _))| rule.is_some()) {
            let found = self.step(step, &lanes);
            add(&found);
            for row in ones(found.yes.iter().copied()) {
                if let Some(highest) = outcomes.get_mut(row) {
                    *highest = outcome;
                }
            }
        }
        self.fill(made, first, &outcomes, &far);
    }

    /// Points and counted categories after the caps.
    fn add_up(&mut self, truths: &[Option<Masks>]) {
        let decide = &self.p.decide;
        let categories = decide.categories.len();
        let mut points = vec![0u32; self.rows * categories];
        let mut counted = vec![0u64; self.rows];
        for (indicator, masks) in self.p.indicators.iter().zip(truths) {
            let Some(masks) = masks else { continue };
            let counts = !indicator.composite && indicator.severity >= Grade::Low;
            for row in ones(masks.yes.iter().copied()) {
                if let Some(points) = points.get_mut(row * categories + indicator.category) {
                    *points = points.saturating_add(indicator.weight);
                }
                if let Some(counted) = counted.get_mut(row) {
                    *counted |= u64::from(counts) << indicator.category;
                }
            }
        }
        if categories > 0 {
            for (score, points) in self.scores.iter_mut().zip(points.chunks_exact(categories)) {
                let capped =
                    points.iter().zip(&decide.caps).map(|(points, cap)| cap.map_or(*points, |cap| cap.min(*points)));
                *score = capped.fold(0, u32::saturating_add);
            }
        }
        for (categories, counted) in self.categories.iter_mut().zip(counted) {
            *categories = counted.count_ones();
        }
    }

    fn fill(self, made: &mut Judgements<'_, 'a>, first: usize, outcomes: &[u32], far: &[u64]) {
        let truths = self.truths.into_inner();
        let active = u32::try_from(truths.iter().flatten().count()).unwrap_or(u32::MAX);
        let ids = self.p.id.and_then(|id| self.read.columns.first()?.cells.get(id as usize));
        let words = made.words;
        let rows = made.rows.iter_mut().skip(first);
        for (place, ((row, outcome), score)) in rows.zip(outcomes).zip(&self.scores).enumerate() {
            let is_far = far.get(place / 64).is_some_and(|word| word >> (place % 64) & 1 == 1);
            let id = ids.filter(|values| values.is(place) == Is::Present);
            *row = Row {
                left: is_far || ids.is_some_and(|values| values.is(place) == Is::Far),
                outcome: *outcome,
                score: *score,
                judged: active,
                of: active,
                id: id.and_then(|values| values.texts.get(place).copied()),
            };
        }
        for (indicator, masks) in truths.iter().enumerate() {
            let Some(masks) = masks else { continue };
            for row in ones(masks.yes.iter().copied()) {
                if let Some(word) = made.raised.get_mut((first + row) * words + indicator / 64) {
                    *word |= 1 << (indicator % 64);
                }
            }
            for row in ones(masks.unknown()) {
                if let Some(row) = made.rows.get_mut(first + row) {
                    row.judged -= 1;
                }
            }
            for row in ones(masks.unlisted.iter().copied()) {
                if let Some(row) = made.rows.get_mut(first + row) {
                    row.of -= 1;
                }
            }
        }
    }
}
