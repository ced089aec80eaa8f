//! W0708: conditions that stand in for a protected attribute. What is told apart is what a rule judges by: comparing a
//! name with a name that the same person gave elsewhere finds misrepresentation, comparing it with a list of names finds
//! an origin. Only `justified "…"` silences it, since the verdict then repeats the reason.

mod dates;
mod subject;

pub(super) use subject::place_name;

use super::Lints;
use super::range::Values;
use crate::check::codes;
use crate::check::tree::{At, Kind, Quant, RowRef, TBinder, Typed};
use crate::check::types::Ty;
use indicia_dsl::ast::CompareOp;
use subject::{Names, Subject, Trait};

/// What a condition judges by.
enum Finding {
    Of(Trait, String),
    SchoolAndHome,
    CareerGap,
    YearsOfStudy(String),
}

struct Scan<'a> {
    values: Values<'a>,
    names: Names,
    found: Vec<(At, Finding)>,
}

impl Lints<'_> {
    pub(super) fn proxies(&mut self) {
        let checked = self.checked;
        let values = self.values();
        let mut told: Vec<(At, String)> = Vec::new();
        for indicator in checked.indicators.iter().filter(|indicator| indicator.justified.is_none()) {
            let mut scan = Scan { values, names: Names::default(), found: Vec::new() };
            scan.names.bind(&values, &indicator.binders);
            scan.look_ups_of(&indicator.binders);
            scan.condition(&indicator.when, true);
            if let Some(unless) = &indicator.unless {
                scan.condition(unless, false);
            }
            for (at, finding) in scan.found {
                let (message, help) = worded(&finding);
                if told.contains(&(at, message.clone())) {
                    continue;
                }
                told.push((at, message.clone()));
                self.warn(codes::PROXY, at, message, "").help =
                    Some(format!("{help}; or give the reason with `justified \"…\"`, which the verdict repeats"));
            }
        }
    }
}

fn worded(finding: &Finding) -> (String, &'static str) {
    match finding {
        Finding::Of(Trait::Name, name) => (
            format!("judging `{name}` by given names or a pattern is a proxy of ethnic origin"),
            "compare it with the name that another source gives",
        ),
        Finding::Of(Trait::Area, name) => (
            format!("judging `{name}` by a list of places is a proxy of ethnic origin"),
            "check it against the other parts of the address",
        ),
        Finding::Of(Trait::Nationality, name) => {
            (format!("judging `{name}` by a list is judging by national origin"), "leave it out")
        }
        Finding::Of(Trait::Residence, name) => (
            format!("judging `{name}` by certain countries is a proxy of national origin"),
            "compare it with what another source or a session says",
        ),
        Finding::Of(Trait::SchoolCountry, name) => (
            format!("judging a school by its country `{name}` is a proxy of national origin"),
            "ask whether the school exists and confirms the degree",
        ),
        Finding::Of(Trait::Language, name) => (
            format!("judging `{name}` by certain languages is a proxy of national origin"),
            "judge what the applicant claims, not what they speak",
        ),
        Finding::Of(Trait::Gap, name) => (
            format!("judging by `{name}` is a proxy of sex, disability and care for a family"),
            "compare what two sources say about the same job",
        ),
        Finding::Of(Trait::Age, name) => (format!("judging by `{name}` is judging by age"), "leave it out"),
        Finding::SchoolAndHome => (
            "comparing the country of a school with the home is a proxy of national origin".to_owned(),
            "people study abroad: ask whether the school exists and confirms the degree",
        ),
        Finding::CareerGap => (
            "holding a gap between jobs against somebody is a proxy of sex, disability and care for a family"
                .to_owned(),
            "compare what two sources say about the same job",
        ),
        Finding::YearsOfStudy(name) => {
            (format!("years since `{name}` are a proxy of age"), "compare the dates of one history with each other")
        }
    }
}

impl Scan<'_> {
    /// `raises` says whether the condition's truth counts against the applicant.
    fn condition(&mut self, typed: &Typed, raises: bool) {
        self.look_ups(typed);
        let at = typed.at;
        match &typed.kind {
            Kind::Let(index) => {
                if let Some(found) = self.values.open(*index)
                    && matches!(found.value.ty, Ty::Truth | Ty::Bool)
                {
                    let names = std::mem::take(&mut self.names);
                    self.condition(&found.value, raises);
                    self.names = names;
                }
            }
            Kind::Not(inner) => self.condition(inner, !raises),
            Kind::Known(inner) => self.condition(inner, raises),
            Kind::And(parts) | Kind::Or(parts) | Kind::AtLeastOf { conditions: parts, .. } => {
                for part in parts {
                    self.condition(part, raises);
                }
            }
            Kind::Quantified { quantifier, binders, body } => {
                self.bound(binders, body, raises != (*quantifier == Quant::No));
            }
            Kind::Compare { op, left, right } => {
                self.counted(left, raises);
                self.counted(right, raises);
                self.compare(*op, left, right, at, raises);
            }
            Kind::Edits { left, right, .. } => self.against(left, right, at),
            Kind::InValues { value, values } => {
                if values.iter().any(|item| self.names.is_data(&self.values, item)) {
                    self.judged(value, at);
                }
                for item in values {
                    self.school_and_home(value, item, at);
                }
            }
            // Keyed hashes are of confirmed cases, and tell nothing of a group.
            Kind::InList { value, list } if self.values.checked.lists.get(*list).is_some_and(|list| !list.hashed) => {
                self.judged(value, at);
            }
            Kind::InElements { value, set } => {
                if matches!(set.kind, Kind::Column { row: RowRef::Binder(_), .. }) {
                    self.judged(value, at);
                }
                if self.names.is_data(&self.values, value) {
                    self.judged(set, at);
                }
            }
            Kind::Matches { value, .. } => self.judged(value, at),
            Kind::Is { value, .. } if matches!(value.kind, Kind::Column { .. }) => self.judged(value, at),
            Kind::Column { .. } => self.judged(typed, at),
            Kind::Place(_) => {
                for subject in self.names.subjects(&self.values, typed) {
                    if let Some(found @ Trait::Gap) = subject.traits() {
                        self.found.push((at, Finding::Of(found, subject.shown)));
                    }
                }
            }
            _ => {}
        }
    }

    fn bound(&mut self, binders: &[TBinder], body: &Typed, raises: bool) {
        let depth = self.names.depth();
        self.names.bind(&self.values, binders);
        self.condition(body, raises);
        self.names.truncate(depth);
    }

    /// Conditions whose elements are counted.
    fn counted(&mut self, typed: &Typed, raises: bool) {
        if let Kind::Aggregate { binders, body, .. } = &typed.kind
            && matches!(body.ty, Ty::Truth | Ty::Bool)
        {
            self.bound(binders, body, raises);
        }
    }

    fn compare(&mut self, op: CompareOp, left: &Typed, right: &Typed, at: At, raises: bool) {
        self.against(left, right, at);
        if matches!(op, CompareOp::Eq | CompareOp::Ne) {
            self.school_and_home(left, right, at);
        }
        if dates::is_gap(&self.names, &self.values, op, left, right, raises) {
            self.found.push((at, Finding::CareerGap));
        }
        if let Some(subject) = dates::age_out_of(&self.names, &self.values, op, left, right) {
            let finding = match subject.traits() {
                Some(Trait::Age) => Finding::Of(Trait::Age, subject.shown),
                _ => Finding::YearsOfStudy(subject.shown),
            };
            self.found.push((at, finding));
        }
    }

    /// A value of the application against one that the ruleset fixes.
    fn against(&mut self, left: &Typed, right: &Typed, at: At) {
        if self.names.is_data(&self.values, right) {
            self.judged(left, at);
        }
        if self.names.is_data(&self.values, left) {
            self.judged(right, at);
        }
    }

    fn judged(&mut self, value: &Typed, at: At) {
        let subjects = self.names.behind(&self.values, value);
        // Look-ups by a name are told of where they stand.
        let looked_up = matches!(value.kind, Kind::Column { .. });
        let found = subjects.into_iter().find_map(|subject| subject.traits().map(|found| (found, subject.shown)));
        let found = found.filter(|(found, _)| !(looked_up && *found == Trait::Name));
        if let Some((found, shown)) = found {
            self.found.push((at, Finding::Of(found, shown)));
        }
    }

    fn school_and_home(&mut self, left: &Typed, right: &Typed, at: At) {
        let side = |typed: &Typed| {
            if typed.ty != Ty::Country {
                return None;
            }
            let subjects = self.names.behind(&self.values, typed);
            if subjects.iter().any(Subject::is_education) {
                Some(true)
            } else {
                subjects.iter().any(|subject| subject.traits() == Some(Trait::Residence)).then_some(false)
            }
        };
        if let (Some(a), Some(b)) = (side(left), side(right))
            && a != b
        {
            self.found.push((at, Finding::SchoolAndHome));
        }
    }

    fn look_ups_of(&mut self, binders: &[TBinder]) {
        for value in super::binder_values(binders) {
            self.look_ups(value);
        }
    }

    /// Rows that are looked up by a person's name: whatever is asked of them, it is asked of the name.
    fn look_ups(&mut self, typed: &Typed) {
        let depth = self.names.depth();
        if let Kind::Aggregate { binders, .. } = &typed.kind {
            self.names.bind(&self.values, binders);
        }
        if let Kind::Column { row: RowRef::Lookup(key), .. } = &typed.kind {
            let named = self.names.subjects(&self.values, key).into_iter().find(|s| s.traits() == Some(Trait::Name));
            if let Some(subject) = named {
                self.found.push((key.at, Finding::Of(Trait::Name, subject.shown)));
            }
        }
        for part in super::parts(typed) {
            if !matches!(part.ty, Ty::Truth) {
                self.look_ups(part);
            }
        }
        self.names.truncate(depth);
    }
}
