//! Random conditions: leaves of every type, logic, quantifiers.

use super::Tape;
use super::shape::{COUNTRIES, JOB, Kind};
use super::values::Bound;

/// What may be drawn.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "each switches one part of the language")]
pub struct Allowed {
    /// `is missing`, `is present`, `is unparsable`.
    pub presence: bool,
    /// `known`.
    pub known: bool,
    /// `??`.
    pub coalesce: bool,
    /// Sums, differences, periods, counts.
    pub arithmetic: bool,
    /// `.raw`, `.precision`, `.year`.
    pub properties: bool,
    /// `.first` and `.last`.
    pub ends: bool,
    /// Tables, sources and words as lists; look-ups.
    pub tables: bool,
    /// Quantifiers.
    pub quantifiers: bool,
}

impl Allowed {
    /// Everything.
    pub const ALL: Self = Self {
        presence: true,
        known: true,
        coalesce: true,
        arithmetic: true,
        properties: true,
        ends: true,
        tables: true,
        quantifiers: true,
    };
    /// What can only learn from more facts: no presence tests, `known` and `??`.
    pub const MONOTONE: Self = Self { presence: false, known: false, coalesce: false, properties: false, ..Self::ALL };
}

/// A condition being drawn.
pub(super) struct Draw<'d, 't> {
    pub(super) tape: &'d mut Tape<'t>,
    pub(super) allowed: Allowed,
    pub(super) bound: Vec<(String, Bound)>,
    /// Names of lets and settings that are conditions, numbers and differences.
    pub(super) lets: Vec<String>,
    pub(super) numbers: Vec<String>,
    pub(super) raised: Vec<String>,
    pub(super) names: usize,
}

impl Draw<'_, '_> {
    /// A name that is bound nowhere else.
    pub(super) fn fresh(&mut self) -> String {
        self.names += 1;
        format!("x{}", self.names)
    }

    /// `w in work`, or `pair a, b in work`, with its names in scope; and how many.
    pub(super) fn binder(&mut self) -> (String, usize) {
        let (list, bound) = self.list();
        let name = self.fresh();
        self.bound.push((name.clone(), bound));
        if self.tape.chance(25) {
            let second = self.fresh();
            self.bound.push((second.clone(), bound));
            return (format!("pair {name}, {second} in {list}"), 2);
        }
        (format!("{name} in {list}"), 1)
    }

    /// One or two binders.
    pub(super) fn binders(&mut self) -> (String, usize) {
        let (mut text, mut names) = self.binder();
        if self.bound.len() < 4 && self.tape.chance(25) {
            let (second, more) = self.binder();
            text = format!("{text}, {second}");
            names += more;
        }
        (text, names)
    }

    /// A condition that needs no parentheses.
    pub(super) fn part(&mut self, depth: usize) -> String {
        format!("({})", self.condition(depth))
    }

    /// A condition.
    pub(super) fn condition(&mut self, depth: usize) -> String {
        if depth == 0 {
            return self.leaf(0);
        }
        match self.tape.below(16) {
            1..4 => format!("{} and {}", self.part(depth - 1), self.part(depth - 1)),
            4..7 => format!("{} or {}", self.part(depth - 1), self.part(depth - 1)),
            7 | 8 => format!("not {}", self.part(depth - 1)),
            9 if self.allowed.known => format!("known {}", self.part(depth - 1)),
            10 => {
                let count = 1 + self.tape.below(3);
                let parts = [self.condition(depth - 1), self.condition(depth - 1), self.condition(0)];
                format!("at least {count} of ({})", parts.map(|part| format!("({part})")).join(", "))
            }
            11..15 if self.allowed.quantifiers && self.bound.len() < 3 => {
                let quantifier = self.tape.word(&["any", "all", "no", "at least 2", "any"]);
                let (binders, names) = self.binders();
                let body = self.condition(depth - 1);
                self.bound.truncate(self.bound.len() - names);
                format!("({quantifier} {binders}: {body})")
            }
            _ => self.leaf(depth),
        }
    }

    fn comparison(&mut self) -> String {
        self.tape.word(&["==", "<", "!=", "<=", ">", ">="])
    }

    fn equality(&mut self) -> String {
        self.tape.word(&["==", "!="])
    }

    /// A comparison, a test, a flag.
    fn leaf(&mut self, depth: usize) -> String {
        match self.tape.below(14) {
            0 | 1 => format!("{} {} {}", self.path(Kind::Number), self.comparison(), self.number(depth)),
            2 => self.path(Kind::Bool),
            3 | 4 => self.text_leaf(),
            5..8 => self.date_leaf(depth),
            8 => self.instant_leaf(),
            9 => self.code_leaf(),
            10 if self.allowed.presence => {
                let state = self.tape.word(&["missing", "present", "unparsable"]);
                format!("{} is {state}", self.tested())
            }
            11 if !self.lets.is_empty() => {
                let lets = self.lets.clone();
                self.tape.word(&lets)
            }
            12 if !self.raised.is_empty() => {
                let raised = self.raised.clone();
                match self.tape.below(3) {
                    0 if raised.len() > 1 => format!("at least 2 raised of ({})", raised.join(", ")),
                    _ => format!("raised {}", self.tape.word(&raised)),
                }
            }
            13 if !self.numbers.is_empty() => {
                let numbers = self.numbers.clone();
                format!("{} {} {}", self.tape.word(&numbers), self.comparison(), self.number(0))
            }
            _ => format!("{} {} {}", self.path(Kind::Number), self.comparison(), self.number(0)),
        }
    }

    fn text_leaf(&mut self) -> String {
        let text = self.text();
        match self.tape.below(9) {
            0 => format!("{text} {} {}", self.equality(), self.text_literal()),
            1 | 2 => {
                let operator = self.tape.word(&["same as", "contains", "starts with", "ends with"]);
                format!("{text} {operator} {}", self.text_literal())
            }
            3 => format!("{text} matches {}", self.tape.word(&["/^a/i", "/ta$/", "/[0-9]+/", "/b.t/i"])),
            4 => format!("{text} in ({}, {})", self.text_literal(), self.text()),
            5 => format!("{text} in {}", self.tape.word(&["words", "words", "unfilled"])),
            6 => format!("{} in {}", self.text_literal(), self.path(Kind::List(&Kind::Text))),
            7 => format!("{text} in {}", self.path(Kind::List(&Kind::Text))),
            _ => format!("{text} {} {}", self.equality(), self.path(Kind::Text)),
        }
    }

    fn code_leaf(&mut self) -> String {
        match self.tape.below(7) {
            0 => format!(
                "{} {} {}",
                self.path(Kind::Country),
                self.equality(),
                self.tape.word(&["DE", "FR", "\"Germany\""])
            ),
            1 => format!("{} {} {}", self.path(Kind::Country), self.equality(), self.path(Kind::Country)),
            2 => format!("{} in ({}, US)", self.path(Kind::Country), self.tape.word(&COUNTRIES[..2])),
            3 => format!("{} {} {}", self.path(Kind::Word), self.equality(), self.literal_word()),
            4 => format!("{} in (red, {})", self.path(Kind::Word), self.tape.word(&["green", "blue"])),
            5 if self.allowed.properties => {
                let date = match self.tape.below(4) {
                    2 if self.allowed.coalesce => format!("({} ?? {})", self.path(Kind::Date), self.path(Kind::Date)),
                    3 if self.allowed.arithmetic => self.extreme(),
                    _ => self.path(Kind::Date),
                };
                format!("{date}.precision == {}", self.tape.word(&["year", "day", "present", "month"]))
            }
            _ => format!("{} {} {}", self.path(Kind::Word), self.equality(), self.path(Kind::Word)),
        }
    }

    fn instant_leaf(&mut self) -> String {
        if !self.allowed.arithmetic || !self.tape.chance(30) {
            return format!("{} {} {}", self.instant(), self.comparison(), self.path(Kind::Instant));
        }
        let (late, early) = (self.path(Kind::Instant), self.path(Kind::Instant));
        let length = match self.tape.below(2) {
            1 => self.tape.word(&["2 hours", "1 day", "90 seconds", "0 days"]),
            _ => format!("{} - {}", self.path(Kind::Instant), self.path(Kind::Instant)),
        };
        format!("{late} - {early} {} {length}", self.comparison())
    }

    fn date_leaf(&mut self, depth: usize) -> String {
        let choices = if self.allowed.arithmetic { 10 } else { 2 };
        match self.tape.below(choices) {
            0..3 => format!("{} {} {}", self.path(Kind::Date), self.comparison(), self.date(depth)),
            3 => format!("{} - {} {} {}", self.date(depth), self.date(0), self.comparison(), self.duration()),
            4 => format!("{} {} {} - {}", self.duration(), self.comparison(), self.path(Kind::Date), self.date(0)),
            5 => format!("{} within {} of {}", self.date(0), self.duration(), self.date(depth)),
            6 => format!("{} in {}", self.date(0), self.period()),
            7 => format!("overlap({}, {}) {} {}", self.period(), self.period(), self.comparison(), self.duration()),
            8 if self.allowed.properties => format!("{}.year {} 2019", self.path(Kind::Date), self.comparison()),
            _ => {
                let days = self.tape.word(&["30 days", "0 days", "2 weeks", "1 month"]);
                let (a, b) = (self.path(Kind::Date), self.path(Kind::Date));
                let (c, d) = (self.path(Kind::Date), self.path(Kind::Date));
                match self.tape.below(2) {
                    1 => format!("({a} - {b}) + ({c} - {d}) {} {days}", self.comparison()),
                    _ => format!("{a} - {b} {} {c} - {d}", self.comparison()),
                }
            }
        }
    }

    fn period(&mut self) -> String {
        let jobs: Vec<String> =
            self.bound.iter().filter(|(_, bound)| *bound == Bound::Fields(JOB)).map(|(name, _)| name.clone()).collect();
        if !jobs.is_empty() && self.tape.chance(70) {
            let job = self.tape.word(&jobs);
            return format!("period({job}.start, {job}.end)");
        }
        format!("period({}, {})", self.path(Kind::Date), self.date(0))
    }
}
