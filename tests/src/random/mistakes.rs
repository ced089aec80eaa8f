//! Rulesets with mistakes in known places: any number of wrong names, types and literals, and at most one wrong spelling an item.

use super::{Tape, decide, shape};
use std::collections::BTreeSet;

/// One mistake: the code that must tell it, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// Its code.
    pub code: &'static str,
    /// Where its place begins, in bytes.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
}

/// Parts of a condition, the mistake between guillemets; `#` is a fresh name.
const PARTS: &[(&str, &str)] = &[
    ("E0201", "«form.nn» == 1"),
    ("E0201", "«resum.n» > 1"),
    ("E0201", "(any x# in work: «x#.nn» > 1)"),
    ("E0201", "(any x# in «wrok»: x#.n > 1 and x#.ok)"),
    ("E0201", "(no x# in work: (any y# in «x#.tgs»: y# == \"a\"))"),
    ("E0201", "«firms[firm].szie» > 1"),
    ("E0201", "count(x# in work: «x#.okk») > 1"),
    ("E0201", "«form.home.contry» == DE"),
    ("E0202", "raised «i9x»"),
    ("E0202", "t in «wrods»"),
    ("E0202", "«frims»[firm].size > 1"),
    ("E0202", "at least 1 raised of («nobody», right)"),
    ("E0203", "(any «n» in work: n > 1)"),
    ("E0203", "(any x# in work: (any «x#» in studies: x# == 1))"),
    ("E0301", "«n == t»"),
    ("E0301", "«t < u»"),
    ("E0301", "«d == 2019»"),
    ("E0301", "«n matches /1/»"),
    ("E0301", "«at < @2020-01-01»"),
    ("E0301", "«n in words»"),
    ("E0301", "«t + n» == 2"),
    ("E0301", "«n ?? t» == 2"),
    ("E0301", "«d - n» < 3 days"),
    ("E0301", "«p == 1»"),
    ("E0302", "c == «NK»"),
    ("E0302", "k == «purple»"),
    ("E0302", "k in (red, «purpel»)"),
    ("E0302", "d < «@2019-02-30»"),
    ("E0302", "at < «@2019-01-01T25:00:00Z»"),
    ("E0303", "«n + 1»"),
    ("E0303", "not «t»"),
    ("E0304", "«n.length» > 1"),
    ("E0304", "«t.yaer» == 1"),
    ("E0304", "«d.lenght» == 1"),
    ("E0602", "t matches «/(?=a)/»"),
    ("E0602", "t matches «/[z-a]/»"),
];

/// Clauses of an indicator.
const CLAUSES: &[(&str, &str)] = &[
    ("E0202", "category «alhpa»\n  severity low"),
    ("E0302", "category alpha\n  severity «lo»"),
    ("E0302", "category alpha\n  severity low\n  status «shadwo»"),
    ("E0402", "category alpha\n  severity low\n  «severity high»"),
    ("E0201", "category alpha\n  severity low\n  because \"see {«form.nn»}\""),
    ("E0201", "category alpha\n  severity low\n  unless «form.okk»"),
    ("E0301", "category alpha\n  severity low\n  unless «d > 3»"),
];

/// Whole items.
const ITEMS: &[(&str, &str)] = &[
    ("E0202", "record r# { a: «txt» }\n"),
    ("E0202", "list l#: «txet» empty\n"),
    ("E0406", "extend record «clam» { z#: text }\n"),
    ("E0203", "let a# = n > 1\nlet «a#» = n > 2\n"),
    ("E0203", "record r# { a: text, «a»: number }\n"),
    ("E0302", "setting s# = «@2019-02-30» \"x\"\n"),
    ("E0201", "let l# = «form.nn» + 1\nlet m# = l# > 1\n"),
    ("E0301", "let l# = «n + t»\nlet m# = l# == 1\n"),
    ("E0403", "let l# = m# + 1\nlet m# = «l#» + 1\n"),
    ("E0401", "indicator «c#» \"C\" {\n  severity low\n  when n == 1\n}\n"),
    ("E0401", "indicator «c#» \"C\" {\n  category alpha\n  severity low\n}\n"),
    (
        "E0405",
        "extend record application { s#: text protected \"origin\" }\nindicator c# \"C\" {\n  category alpha\n  severity low\n  when «s#» == \"x\"\n}\n",
    ),
    ("E0407", "record r# { home: text, a: phone read in «home» }\n"),
    ("E0406", "adjust «nobody#» {\n  weight 2\n  because \"x\"\n}\n"),
    ("E0302", "setting s# = 3 months \"x\"\nlet t# = d > «@2019-13»\n"),
];

/// Wrong spellings: the mistake may be told anywhere in the guillemets.
const SPELLINGS: &[(&str, &str)] = &[
    ("E0120", "indicator b# \"B\" {\n  category alpha\n  severity low\n  «when n = 1»\n}\n"),
    ("E0119", "indicator b# \"B\" {\n  category alpha\n  severity low\n  «when p && n > 1»\n}\n"),
    ("E0122", "indicator b# \"B\" {\n  category alpha\n  severity low\n  «when n is not missing»\n}\n"),
    ("E0122", "indicator b# \"B\" {\n  category alpha\n  severity low\n  «when n not in (1, 2)»\n}\n"),
    ("E0119", "indicator b# \"B\" {\n  category alpha\n  severity low\n  «when !p»\n}\n"),
    ("E0123", "indicator b# \"B\" {\n  category alpha\n  severity low\n  «when 0 < n < 5»\n}\n"),
    ("E0124", "indicator b# \"B\" {\n  category alpha\n  severity low\n  «when p and q or n > 1»\n}\n"),
    ("E0117", "indicator b# \"B\" {\n  category alpha\n  severity low\n  «when t == 'alpha'»\n}\n"),
    ("E0121", "indicator b# \"B\" {\n  category alpha\n  severity low\n  «when t == null»\n}\n"),
    ("E0113", "indicator b# \"B\" {\n  category alpha\n  severity low\n  «when (n == 1»\n}\n"),
    ("E0114", "indicator b# \"B\" {\n  category alpha\n  severity low\n  «when n == 1)»\n}\n"),
    ("E0111", "indicator b# \"B\" {\n  category alpha\n  severity low\n  «whn n == 1»\n}\n"),
    ("E0115", "indicator b# \"B\" {\n  category alpha\n  severity low\n  when n == 1\n  «because \"never closed»\n}\n"),
    ("E0132", "indicator b# \"B\" {\n  category alpha\n  severity low\n  when n == 1\n  because \"«{»n\"\n}\n"),
    (
        "E0131",
        "indicator b# \"B\" {\n  category alpha\n  severity low\n  when n == 1\n  because \"«{n > 1}» of them\"\n}\n",
    ),
    ("E0116", "indicator b# \"B\" {\n  category alpha\n  severity low\n  when n == 1\n  because «\"a\\d\"»\n}\n"),
    ("E0124", "indicator b# \"B\" {\n  category alpha\n  severity low\n  «when any w in work: w.ok and p or q»\n}\n"),
    ("E0124", "indicator b# \"B\" {\n  category alpha\n  severity low\n  «when (any w in work: w.ok) or p and q»\n}\n"),
    (
        "E0125",
        "indicator b# \"B\" {\n  category alpha\n  severity low\n  «when at least 1 of (any w in work: w.ok, p)»\n}\n",
    ),
    ("E0101", "indicator b# \"B\" {\n  category alpha\n  severity low\n  «when n == 1,000»\n}\n"),
    ("E0129", "indicator b# \"B\" {\n  category alpha\n  severity low\n  «when n == 1_000»\n}\n"),
    ("E0130", "indicator b# \"B\" {\n  category alpha\n  severity low\n  «when d == @2019-5»\n}\n"),
    ("E0303", "indicator b# \"B\" {\n  category alpha\n  severity low\n  when k in «[red, blue]»\n}\n"),
    ("E0137", "indicator b# \"B\" {\n  category alpha\n  severity low\n  «when n in [1, 2]»\n}\n"),
    ("E0101", "indicator b# \"B\" {\n  category alpha\n  severity low\n  «when contains(t, \"a\")»\n}\n"),
    ("E0112", "indicator b# \"B\" {\n  category alpha\n  severity low\n  «when t like \"a\"»\n}\n"),
    ("E0135", "indicator b# \"B\" {\n  category alpha\n  severity low\n  «when length(t) > 4»\n}\n"),
    ("E0303", "indicator b# \"B\" {\n  category alpha\n  severity low\n  when «work»[0].n > 1\n}\n"),
    ("E0136", "indicator b# \"B\" {\n  category alpha\n  severity low\n  «when form.home[0].n > 1»\n}\n"),
    ("E0126", "indicator b# \"B\" {\n  category alpha\n  severity low\n  «when t == /a/»\n}\n"),
    ("E0127", "indicator b# \"B\" {\n  category alpha\n  severity low\n  «when t matches /a»\n}\n"),
    ("E0128", "indicator b# \"B\" {\n  category alpha\n  severity low\n  «when t matches /a/g»\n}\n"),
    ("E0105", "indicator b# \"B\" {\n  category alpha\n  severity low\n  when n «\u{a0}»> 1\n}\n"),
    ("E0106", "indicator b# \"B\" {\n  category alpha\n  severity low\n  when n > 1«;»\n}\n"),
    ("E0118", "indicator b# \"B\" {\n  category alpha\n  severity low\n  «/* a comment */»\n  when n > 1\n}\n"),
    ("E0101", "indicator b# \"B\" {\n  category alpha\n  severity low\n  «when n >»\n}\n"),
    (
        "E0103",
        "indicator b# \"B\" {\n  category alpha\n  severity low\n  «when ((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((p))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))»\n}\n",
    ),
    ("E0110", "«indicatr b# \"B\" {\n  category alpha\n  severity low\n  when n == 1\n}»\n"),
    ("E0101", "«record b# { a text }»\n"),
    ("E0134", "«record b# { a: text b: text }»\n"),
    ("E0138", "«record b# { home: country, a: phone \"as given\" read in home }»\n"),
    ("E0110", "«lst b#: text empty»\n"),
    ("E0133", "«track b# {\n  count records\n  per form.t\n  over 90 days\n}»\n"),
    ("E0109", "«language 1»\n"),
    ("E0101", "«let b# n > 1»\n"),
    ("E0101", "«setting b# = n + 1 \"x\"»\n"),
    ("E0101", "«let b# = n >»\n"),
];

/// A ruleset and what is wrong with it, in the order of its places.
#[derive(Debug, Clone)]
pub struct Flawed {
    /// One file.
    pub text: String,
    /// The mistakes.
    pub mistakes: Vec<Mistake>,
}

struct Writing<'d, 't> {
    tape: &'d mut Tape<'t>,
    names: usize,
    flawed: Flawed,
}

impl Writing<'_, '_> {
    /// Writes a text with one marked mistake.
    fn write(&mut self, code: &'static str, text: &str) {
        self.names += 1;
        let text = text.replace('#', &self.names.to_string());
        let (before, rest) = text.split_once('«').unwrap_or((&text, ""));
        let (marked, after) = rest.split_once('»').unwrap_or((rest, ""));
        self.flawed.text.push_str(before);
        let start = self.flawed.text.len();
        self.flawed.text.push_str(marked);
        self.flawed.mistakes.push(Mistake { code, start, end: self.flawed.text.len() });
        self.flawed.text.push_str(after);
    }

    fn plain(&mut self, text: &str) {
        self.flawed.text.push_str(text);
    }

    fn one_of(&mut self, from: &[(&'static str, &'static str)]) {
        if let Some((code, text)) = self.tape.pick(from).copied() {
            self.write(code, text);
        }
    }

    /// With an indicator without mistakes, and a decision.
    fn end(mut self) -> Flawed {
        self.plain("indicator right \"R\" {\n  category alpha\n  severity low\n  when n == 1\n}\n");
        self.plain(&decide("  outcome review when score >= 5\n"));
        self.flawed
    }

    /// An indicator with any number of mistakes, none of them in spelling.
    fn indicator(&mut self, number: usize) {
        self.plain(&format!("indicator w{number} \"W\" {{\n  "));
        if self.tape.chance(35) {
            self.one_of(CLAUSES);
        } else {
            self.plain("category alpha\n  severity low");
        }
        self.plain("\n  when ");
        let parts = 1 + self.tape.below(4);
        let word = self.tape.word(&[" and ", " or "]);
        for part in 0..parts {
            if part > 0 {
                self.plain(&word);
            }
            if self.tape.chance(75) {
                self.plain("(");
                self.one_of(PARTS);
                self.plain(")");
            } else {
                let right = self.tape.word(&["n == 1", "raised right", "known p", "not (any v in work: v.ok)"]);
                self.plain(&right);
            }
        }
        self.plain("\n}\n");
    }
}

/// The codes of all mistakes that can be drawn.
pub fn codes() -> BTreeSet<&'static str> {
    [PARTS, CLAUSES, ITEMS, SPELLINGS].into_iter().flatten().map(|(code, _)| *code).collect()
}

/// Draws one.
pub fn draw(tape: &mut Tape<'_>) -> Flawed {
    let text = format!("language 1\n{}", shape::declarations());
    let mut writing = Writing { tape, names: 0, flawed: Flawed { text, mistakes: Vec::new() } };
    let items = 1 + writing.tape.below(5);
    for number in 0..items {
        match writing.tape.below(6) {
            0..3 => writing.indicator(number),
            3 => writing.one_of(ITEMS),
            _ => writing.one_of(SPELLINGS),
        }
    }
    writing.end()
}

/// Every mistake alone.
pub fn alone() -> Vec<Flawed> {
    let parts = PARTS.iter().map(|(code, part)| (*code, format!("category alpha\n  severity low\n  when {part}")));
    let clauses = CLAUSES.iter().map(|(code, clauses)| (*code, format!("{clauses}\n  when n == 1")));
    let indicators = parts.chain(clauses);
    let indicators = indicators.map(|(code, clauses)| (code, format!("indicator w \"W\" {{\n  {clauses}\n}}\n")));
    let items = ITEMS.iter().chain(SPELLINGS).map(|(code, item)| (*code, (*item).to_owned()));
    let text = format!("language 1\n{}", shape::declarations());
    let each = indicators.chain(items).map(|(code, item)| {
        let mut tape = Tape::new(&[]);
        let flawed = Flawed { text: text.clone(), mistakes: Vec::new() };
        let mut writing = Writing { tape: &mut tape, names: 0, flawed };
        writing.write(code, &item);
        writing.end()
    });
    each.collect()
}

/// Every two wrong spellings next to each other, nothing else.
pub fn neighbours() -> Vec<Flawed> {
    let mut tape = Tape::new(&[]);
    let spellings = || SPELLINGS.iter().filter(|(code, _)| code.starts_with("E01"));
    let pairs = spellings().flat_map(|first| spellings().map(move |second| (first, second)));
    let mut found = Vec::new();
    for (first, second) in pairs {
        let flawed = Flawed { text: "language 1\n".to_owned(), mistakes: Vec::new() };
        let mut writing = Writing { tape: &mut tape, names: 0, flawed };
        writing.write(first.0, first.1);
        writing.write(second.0, second.1);
        found.push(writing.flawed);
    }
    found
}
