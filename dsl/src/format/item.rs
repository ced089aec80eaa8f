//! Items: declarations at the top of a file.

use super::comments::Unit;
use super::expr::{Writer, print_expr};
use super::text::{message, quote};
use super::{Printer, WIDTH};
use crate::ast::{
    Clause, ClauseKind, Expr, IndicatorDecl, Item, LetDecl, ListDecl, Origin, RecordDecl, SettingDecl, TableDecl,
};
use crate::lex::Comment;
use crate::span::{Span, Spanned};

/// How wide a clause's keyword is printed at least.
const KEYWORD: usize = 9;

/// Where the condition of a clause goes on when it is broken.
pub(super) const CONTINUATION: usize = 11;

/// The place of an item.
pub(super) fn span(item: &Item) -> Span {
    match item {
        Item::Record(item) => item.span,
        Item::List(item) => item.span,
        Item::Table(item) => item.span,
        Item::Let(item) => item.span,
        Item::Setting(item) => item.span,
        Item::Indicator(item) => item.span,
        Item::Decide(item) => item.span,
        Item::Adjust(item) => item.span,
    }
}

impl Printer<'_> {
    pub(super) fn item(&mut self, item: &Item, unit: &Unit) {
        match item {
            Item::Record(record) => self.record(record, unit),
            Item::List(list) => self.list(list, unit),
            Item::Table(table) => self.table(table, unit),
            Item::Let(named) => self.let_item(named, unit),
            Item::Setting(setting) => self.setting(setting, unit),
            Item::Indicator(indicator) => self.indicator(indicator, unit),
            Item::Decide(decide) => self.decide(decide, unit),
            Item::Adjust(adjust) => self.adjust(adjust, unit),
        }
    }

    fn record(&mut self, record: &RecordDecl, unit: &Unit) {
        let extend = if record.extend { "extend " } else { "" };
        let head = format!("{extend}record {} {{", record.name.text);
        self.fields(0, &head, &record.fields, "}", &unit.inside, unit.trail);
    }

    fn list(&mut self, list: &ListDecl, unit: &Unit) {
        self.lead(&unit.inside, 0, None);
        let head = format!("list {}: ", list.name.text);
        let tail = format!(" {}", origin(&list.origin, list.description.as_ref()));
        self.typed(0, &head, &list.ty, &tail, &[], unit.trail);
    }

    fn table(&mut self, table: &TableDecl, unit: &Unit) {
        let key = super::field::type_line(&table.key_ty);
        let head = format!("table {} by {}: {key} {{", table.name.text, table.key.text);
        let tail = format!("}} {}", origin(&table.origin, table.description.as_ref()));
        let columns: Vec<String> = table.columns.iter().map(super::field::field_line).collect();
        let line = format!("{head} {} ", columns.join(", "));
        if unit.inside.is_empty() && !columns.is_empty() && line.chars().count() < WIDTH {
            return self.line(0, &format!("{line}{tail}"), unit);
        }
        self.fields(0, &head, &table.columns, &tail, &unit.inside, unit.trail);
    }

    fn let_item(&mut self, named: &LetDecl, unit: &Unit) {
        self.lead(&self.early_comments(&named.value, unit), 0, None);
        self.condition(0, &format!("let {} = ", named.name.text), 4, &named.value, unit);
    }

    fn setting(&mut self, setting: &SettingDecl, unit: &Unit) {
        self.lead(&unit.inside, 0, None);
        let meaning = setting.meaning.as_ref().map(|meaning| format!(" {}", quote(&meaning.node))).unwrap_or_default();
        self.line(0, &format!("setting {} = {}{meaning}", setting.name.text, print_expr(&setting.value)), unit);
    }

    fn indicator(&mut self, indicator: &IndicatorDecl, unit: &Unit) {
        let head = format!("indicator {} {} {{", indicator.name.text, quote(&indicator.title.node));
        let spans: Vec<Span> = indicator.clauses.iter().map(|clause| clause.span).collect();
        let (mut units, mut rest) = self.place(&spans, &unit.inside);
        let behind = Self::behind_brace(units.first_mut(), &mut rest);
        if units.is_empty() && rest.is_empty() && behind.is_none() {
            return self.line(0, &format!("{head}}}"), unit);
        }
        self.out.push_str(&head);
        self.end(behind);
        let mut clauses: Vec<(&Clause, Unit)> = indicator.clauses.iter().zip(units).collect();
        clauses.sort_by_key(|(clause, _)| rank(&clause.kind));
        for (clause, unit) in clauses {
            self.clause(clause, &unit);
        }
        self.close("}", &rest, 0, unit.trail);
    }

    /// What ends a body: its last comments and the closing brace.
    pub(super) fn close(&mut self, brace: &str, rest: &[Comment], indent: usize, trail: Option<Comment>) {
        self.lead(rest, indent + 2, None);
        self.begin(indent);
        self.out.push_str(brace);
        self.end(trail);
    }

    fn clause(&mut self, clause: &Clause, unit: &Unit) {
        self.lead(&unit.lead, 2, None);
        let (keyword, rest) = match &clause.kind {
            ClauseKind::When(condition) => return self.conditional("when", condition, unit),
            ClauseKind::Unless(condition) => return self.conditional("unless", condition, unit),
            ClauseKind::Category(name) => ("category", name.text.clone()),
            ClauseKind::Severity(name) => ("severity", name.text.clone()),
            ClauseKind::Weight(weight) => ("weight", weight.node.to_string()),
            ClauseKind::Status(name) => ("status", name.text.clone()),
            ClauseKind::Justified(text) => ("justified", quote(&text.node)),
            // `for any w in …` is read as one phrase, so its keyword is not padded.
            ClauseKind::For(clause) => ("for ", Writer::for_line(clause)),
            ClauseKind::Because(text) => ("because", message(text)),
            ClauseKind::Verify(text) => ("verify", quote(&text.node)),
            ClauseKind::Caution(text) => ("caution", quote(&text.node)),
            ClauseKind::Source { title, url } => {
                let url = url.as_ref().map(|url| format!(" {}", quote(&url.node))).unwrap_or_default();
                ("source", format!("{}{url}", quote(&title.node)))
            }
        };
        self.lead(&unit.inside, 2, None);
        let width = if keyword == "for " { 0 } else { KEYWORD.max(keyword.len() + 1) };
        self.line(2, &format!("{keyword:width$}{rest}"), unit);
    }

    fn conditional(&mut self, keyword: &str, condition: &Expr, unit: &Unit) {
        self.lead(&self.early_comments(condition, unit), 2, None);
        self.condition(2, &format!("{keyword:KEYWORD$}"), CONTINUATION, condition, unit);
    }
}

/// Where the rows come from, and what they are.
fn origin(origin: &Origin, description: Option<&Spanned<String>>) -> String {
    let origin = match origin {
        Origin::File(file) => format!("from {}", quote(&file.node)),
        Origin::Empty(_) => "empty".to_owned(),
    };
    match description {
        Some(text) => format!("{origin} {}", quote(&text.node)),
        None => origin,
    }
}

/// The place of a clause in canonical order.
fn rank(kind: &ClauseKind) -> usize {
    match kind {
        ClauseKind::Category(_) => 0,
        ClauseKind::Severity(_) => 1,
        ClauseKind::Weight(_) => 2,
        ClauseKind::Status(_) => 3,
        ClauseKind::Justified(_) => 4,
        ClauseKind::For(_) => 5,
        ClauseKind::When(_) => 6,
        ClauseKind::Unless(_) => 7,
        ClauseKind::Because(_) => 8,
        ClauseKind::Verify(_) => 9,
        ClauseKind::Caution(_) => 10,
        ClauseKind::Source { .. } => 11,
    }
}
