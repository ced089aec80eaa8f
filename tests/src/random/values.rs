//! Random values: paths that are in scope, literals, arithmetic, properties, look-ups, differences.

use super::conditions::Draw;
use super::shape::{APPLICATION, CLAIM, DAYS, Field, INSTANTS, JOB, Kind, PLACE, STUDY, WORDS};

/// What a bound name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bound {
    Fields(&'static [Field]),
    Value(Kind),
    Firm,
}

/// All paths of a kind below a record.
fn paths_of(fields: &[Field], wanted: Kind, prefix: &str, found: &mut Vec<String>) {
    for (name, _, kind) in fields {
        let path = if prefix.is_empty() { (*name).to_owned() } else { format!("{prefix}.{name}") };
        match kind {
            Kind::Record(inner) => paths_of(inner, wanted, &path, found),
            kind if *kind == wanted => found.push(path),
            _ => {}
        }
    }
}

impl Draw<'_, '_> {
    /// A path of the kind that can be read here; the names bound last are the likeliest.
    pub(super) fn path(&mut self, kind: Kind) -> String {
        let (mut near, mut far) = (Vec::new(), Vec::new());
        for (name, bound) in &self.bound {
            match bound {
                Bound::Fields(fields) => paths_of(fields, kind, name, &mut near),
                Bound::Value(of) if *of == kind => near.push(name.clone()),
                Bound::Firm if kind == Kind::Number => near.push(format!("{name}.size")),
                Bound::Firm if kind == Kind::Date => near.push(format!("{name}.founded")),
                Bound::Firm if kind == Kind::Organisation => near.push(format!("{name}.name")),
                _ => {}
            }
        }
        paths_of(APPLICATION, kind, "", &mut far);
        far.retain(|path| path != "submitted");
        if self.allowed.ends {
            for end in ["work.first", "work.last"] {
                paths_of(JOB, kind, end, &mut far);
            }
        }
        if !near.is_empty() && !self.tape.chance(30) { self.tape.word(&near) } else { self.tape.word(&far) }
    }

    /// A list in scope with what its elements are.
    pub(super) fn list(&mut self) -> (String, Bound) {
        let mut lists = vec![
            ("work".to_owned(), Bound::Fields(JOB)),
            ("studies".to_owned(), Bound::Fields(STUDY)),
            ("tags".to_owned(), Bound::Value(Kind::Text)),
            ("counts".to_owned(), Bound::Value(Kind::Number)),
            ("logins".to_owned(), Bound::Value(Kind::Instant)),
        ];
        if self.allowed.tables {
            lists.push(("[form, resume, profile]".to_owned(), Bound::Fields(CLAIM)));
            lists.push(("firms".to_owned(), Bound::Firm));
            lists.push(("t.words".to_owned(), Bound::Value(Kind::Text)));
        }
        for (name, bound) in &self.bound {
            if *bound == Bound::Fields(JOB) {
                lists.insert(0, (format!("{name}.tags"), Bound::Value(Kind::Text)));
            }
        }
        self.tape.pick(&lists).cloned().unwrap_or((String::new(), Bound::Firm))
    }

    /// A number.
    pub(super) fn number(&mut self, depth: usize) -> String {
        let choices = if depth == 0 || !self.allowed.arithmetic { 2 } else { 10 };
        match self.tape.below(choices) {
            0 => self.path(Kind::Number),
            1 => self.tape.word(&["1", "2", "0", "2.5", "3"]),
            2 => format!("({} + {})", self.number(depth - 1), self.number(0)),
            3 => format!("({} - {})", self.number(depth - 1), self.number(0)),
            4 => format!("({} * {})", self.number(depth - 1), self.number(0)),
            5 => format!("({} / {})", self.number(depth - 1), self.number(0)),
            6 if self.allowed.coalesce => format!("({} ?? {})", self.path(Kind::Number), self.number(depth - 1)),
            7 => {
                let list = self.tape.word(&["work", "tags", "counts", "studies", "t.words"]);
                format!("{list}.length")
            }
            8 => {
                let text = self.path(Kind::Text);
                format!("{text}.length")
            }
            9 => self.count(depth),
            _ => format!("-{}", self.path(Kind::Number)),
        }
    }

    fn count(&mut self, depth: usize) -> String {
        let (binder, names) = self.binder();
        let body = self.condition(depth - 1);
        self.bound.truncate(self.bound.len() - names);
        format!("count({binder}: {body})")
    }

    /// A text.
    pub(super) fn text(&mut self) -> String {
        match self.tape.below(8) {
            4 => self.path(Kind::Country) + ".name",
            5 if self.allowed.properties => self.path(Kind::Date) + ".raw",
            6 if self.allowed.ends => self.tape.word(&["tags.first", "tags.last", "t.words.first", "u.words.last"]),
            7 if self.allowed.coalesce => format!("({} ?? \"alpha\")", self.path(Kind::Text)),
            _ => self.path(Kind::Text),
        }
    }

    /// A text to compare with.
    pub(super) fn text_literal(&mut self) -> String {
        self.tape.word(&["\"alpha\"", "\"beta\"", "\"Alpha Beta\"", "\"a\"", "\"12\"", "\"beta gamma\""])
    }

    /// A date; `depth` allows for arithmetic.
    pub(super) fn date(&mut self, depth: usize) -> String {
        let choices = if depth == 0 || !self.allowed.arithmetic { 4 } else { 11 };
        match self.tape.below(choices) {
            2 => format!("@{}", self.tape.word(&DAYS)),
            3 => self.tape.word(&["@2019", "@2020-02", "@2019-06", "@2020"]),
            4 => format!("({} + {})", self.date(0), self.duration()),
            5 => format!("({} - {})", self.date(0), self.duration()),
            6 => "as_of".to_owned(),
            7 if self.allowed.tables => format!("firms[{}].founded", self.path(Kind::Organisation)),
            8 if self.allowed.coalesce => format!("({} ?? {})", self.path(Kind::Date), self.date(0)),
            9 => self.extreme(),
            10 => self.path(Kind::Instant) + ".date",
            _ => self.path(Kind::Date),
        }
    }

    /// The latest or the earliest of dates.
    pub(super) fn extreme(&mut self) -> String {
        let function = self.tape.word(&["latest", "earliest"]);
        let name = self.fresh();
        let list = self.tape.word(&["work", "studies"]);
        format!("{function}({name} in {list}: {name}.end)")
    }

    /// A duration of days, weeks, months or years.
    pub(super) fn duration(&mut self) -> String {
        self.tape.word(&[
            "30 days",
            "1 month",
            "1 day",
            "1 year",
            "2 months",
            "0 days",
            "2 weeks",
            "6 months",
            "13 months",
        ])
    }

    /// An instant.
    pub(super) fn instant(&mut self) -> String {
        match self.tape.below(4) {
            0 | 1 => self.path(Kind::Instant),
            2 => format!("@{}", self.tape.word(&INSTANTS)),
            _ => format!("({} + {})", self.path(Kind::Instant), self.tape.word(&["6 hours", "1 day", "90 seconds"])),
        }
    }

    /// A word of the `one of`.
    pub(super) fn literal_word(&mut self) -> String {
        self.tape.word(&WORDS)
    }

    /// Something that may be missing.
    pub(super) fn tested(&mut self) -> String {
        match self.tape.below(9) {
            0 => self.path(Kind::Number),
            1 => self.path(Kind::Text),
            2 => self.path(Kind::Date),
            3 => self.path(Kind::Country),
            4 => self.path(Kind::Word),
            5 => self.path(Kind::Bool),
            6 => self.path(Kind::List(&Kind::Text)),
            7 if self.allowed.tables => format!("firms[{}].size", self.path(Kind::Organisation)),
            7 => self.path(Kind::Record(PLACE)),
            _ => "work".to_owned(),
        }
    }
}
