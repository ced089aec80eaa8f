//! Comparisons and memberships: which values may stand opposite each other.

use super::mend::{Side, is_text_op};
use super::scope::Scope;
use super::tree::{At, FileId, Kind, Typed};
use super::types::Ty;
use super::{Checker, Symbol, codes};
use indicia_dsl::ast::{CompareOp, Expr, ExprKind};
use indicia_dsl::span::{Span, Spanned};
use std::sync::Arc;

impl Checker<'_> {
    /// Both sides, each a help for reading the other's literal.
    fn operands(&mut self, left: &Expr, right: &Expr, file: FileId, scope: &mut Scope) -> (Typed, Typed) {
        if self.is_open(left, scope) && !self.is_open(right, scope) {
            let right = self.expr(right, file, scope, None);
            let left = self.opposite(left, file, scope, &right.ty);
            (left, right)
        } else {
            let left = self.expr(left, file, scope, None);
            let right = self.opposite(right, file, scope, &left.ty);
            (left, right)
        }
    }

    /// Both sides of an operator that reads texts: a literal is a text there, whatever stands opposite.
    fn text_operands(&mut self, left: &Expr, right: &Expr, file: FileId, scope: &mut Scope) -> (Typed, Typed) {
        let is_literal = |expr: &Expr| matches!(expr.kind, ExprKind::Text(_));
        if is_literal(left) || is_literal(right) {
            (self.expr(left, file, scope, None), self.expr(right, file, scope, None))
        } else {
            self.operands(left, right, file, scope)
        }
    }

    /// The other side of a comparison. Opposite something that was reported already, a bare word may be right.
    fn opposite(&mut self, expr: &Expr, file: FileId, scope: &mut Scope, ty: &Ty) -> Typed {
        if *ty == Ty::Poison && self.is_open(expr, scope) {
            return Self::poison(At { file, span: expr.span });
        }
        self.expr(expr, file, scope, Some(ty))
    }

    /// Whether an expression takes its type from its opposite.
    fn is_open(&self, expr: &Expr, scope: &Scope) -> bool {
        match &expr.kind {
            ExprKind::Text(_) => true,
            ExprKind::Path(path) => matches!(path.names.as_slice(), [name] if !self.means_something(&name.text, scope)),
            _ => false,
        }
    }

    pub(super) fn compare(
        &mut self,
        op: CompareOp,
        op_span: Span,
        left: &Expr,
        right: &Expr,
        at: At,
        scope: &mut Scope,
    ) -> Typed {
        if let Some(reported) = self.state_compared(op, [left, right], at, scope) {
            return reported;
        }
        let written = (left, right);
        let (left, right) = if is_text_op(op) {
            self.text_operands(left, right, at.file, scope)
        } else {
            self.operands(left, right, at.file, scope)
        };
        if left.ty == Ty::Poison || right.ty == Ty::Poison {
            return Self::typed(Kind::Poison, Ty::Truth, at);
        }
        let fits = match op {
            CompareOp::Eq | CompareOp::Ne => equal_types(&left.ty, &right.ty),
            CompareOp::Lt | CompareOp::Le | CompareOp::Gt | CompareOp::Ge => {
                left.ty == right.ty && matches!(left.ty, Ty::Number | Ty::Date | Ty::Instant | Ty::Length)
            }
            CompareOp::AgreesWith => {
                left.ty == right.ty && matches!(left.ty, Ty::Person | Ty::Organisation)
                    || matches!(
                        (&left.ty, &right.ty),
                        (Ty::Person | Ty::Organisation, Ty::Text) | (Ty::Text, Ty::Person | Ty::Organisation)
                    )
            }
            _ => left.ty.is_text() && right.ty.is_text(),
        };
        if !fits {
            self.misfit(op, At { file: at.file, span: op_span }, (written.0, &left), (written.1, &right), at);
            return Self::typed(Kind::Poison, Ty::Truth, at);
        }
        Self::typed(Kind::Compare { op, left: Box::new(left), right: Box::new(right) }, Ty::Truth, at)
    }

    fn misfit(&mut self, op: CompareOp, op_at: At, left: Side<'_>, right: Side<'_>, at: At) {
        let mend = self.mend_compare(op, op_at, left, right);
        let ((_, left), (_, right)) = (left, right);
        let message = match op {
            CompareOp::Eq | CompareOp::Ne => format!("can't compare {} with {}", left.ty.name(), right.ty.name()),
            CompareOp::Lt | CompareOp::Le | CompareOp::Gt | CompareOp::Ge => {
                format!("{} and {} have no order", left.ty.name(), right.ty.name())
            }
            CompareOp::AgreesWith => {
                format!(
                    "`agrees with` stands between two persons or two organisations, found {} and {}",
                    left.ty.name(),
                    right.ty.name()
                )
            }
            _ => format!("this operator reads texts, found {} and {}", left.ty.name(), right.ty.name()),
        };
        if mend.is_some() {
            self.misfit_error(at, message, mend);
            return;
        }
        let help = match (&left.ty, &right.ty) {
            (Ty::Date, Ty::Instant) | (Ty::Instant, Ty::Date) => Some("take the day of the instant: `.date`"),
            (Ty::Truth, _) | (_, Ty::Truth) => Some("a condition is not compared: join it with `and` or `or`"),
            (Ty::List(_), _) | (_, Ty::List(_)) => Some("ask about the elements: `any x in …: …`"),
            (Ty::Record(_), _) | (_, Ty::Record(_)) => Some("compare a field of the record"),
            (Ty::Email | Ty::Url | Ty::Phone | Ty::Ip | Ty::Country | Ty::Date, _)
            | (_, Ty::Email | Ty::Url | Ty::Phone | Ty::Ip | Ty::Country | Ty::Date)
                if is_text_op(op) || left.ty.is_text() || right.ty.is_text() =>
            {
                Some("`.raw` is the text as written")
            }
            _ => None,
        };
        self.error(codes::TYPE_MISMATCH, at, message, "").help = help.map(str::to_owned);
    }

    pub(super) fn within_edits(&mut self, edits: u32, left: &Expr, right: &Expr, at: At, scope: &mut Scope) -> Typed {
        let written = (left, right);
        let (left, right) = self.text_operands(left, right, at.file, scope);
        if left.ty == Ty::Poison || right.ty == Ty::Poison {
            return Self::typed(Kind::Poison, Ty::Truth, at);
        }
        if !left.ty.is_text() || !right.ty.is_text() {
            let message = format!("edits are counted between texts, found {} and {}", left.ty.name(), right.ty.name());
            let between = At { file: at.file, span: Span::new(written.0.span.end, written.1.span.start) };
            let mend = self.mend_text(between, (written.0, &left), (written.1, &right));
            self.misfit_error(at, message, mend);
            return Self::typed(Kind::Poison, Ty::Truth, at);
        }
        Self::typed(Kind::Edits { edits, left: Box::new(left), right: Box::new(right) }, Ty::Truth, at)
    }

    pub(super) fn within_time(
        &mut self,
        distance: &Expr,
        left: &Expr,
        right: &Expr,
        at: At,
        scope: &mut Scope,
    ) -> Typed {
        let distance = self.expr(distance, at.file, scope, None);
        let (left, right) = self.operands(left, right, at.file, scope);
        if [&distance, &left, &right].iter().any(|t| t.ty == Ty::Poison) {
            return Self::typed(Kind::Poison, Ty::Truth, at);
        }
        if distance.ty != Ty::Length || left.ty != right.ty || !matches!(left.ty, Ty::Date | Ty::Instant) {
            let message = format!(
                "`within … of` needs a duration between two dates or two instants, found {} within {} of {}",
                left.ty.name(),
                distance.ty.name(),
                right.ty.name()
            );
            self.error(codes::TYPE_MISMATCH, at, message, "");
            return Self::typed(Kind::Poison, Ty::Truth, at);
        }
        let kind = Kind::WithinTime { distance: Box::new(distance), left: Box::new(left), right: Box::new(right) };
        Self::typed(kind, Ty::Truth, at)
    }

    pub(super) fn matches(
        &mut self,
        value: &Expr,
        pattern: &Spanned<String>,
        ignore_case: bool,
        at: At,
        scope: &mut Scope,
    ) -> Typed {
        let value = self.expr(value, at.file, scope, None);
        let place = At { file: at.file, span: pattern.span };
        let built = regex::RegexBuilder::new(&pattern.node)
            .case_insensitive(ignore_case)
            .size_limit(self.limits.max_regex_bytes)
            .build();
        match built {
            Ok(regex) => {
                if place.file >= self.out.own_from && super::lints::pattern::matches_everything(&regex) {
                    let message = format!("`/{}/` matches every text", pattern.node);
                    let label = if regex.is_match("") { "it matches even the empty text" } else { "" };
                    self.warning(codes::MATCHES_EVERYTHING, place, message, label).help = Some(
                        "`matches` searches: say what must occur, with `+` rather than `*`; any text at all is `is present`"
                            .to_owned(),
                    );
                }
            }
            Err(regex::Error::CompiledTooBig(limit)) => {
                self.error(codes::BAD_REGEX, place, format!("regular expression takes more than {limit} bytes"), "");
                return Self::typed(Kind::Poison, Ty::Truth, at);
            }
            Err(error) => {
                let text = error.to_string();
                let reason = text.lines().last().unwrap_or("").trim().trim_start_matches("error: ").to_owned();
                self.error(codes::BAD_REGEX, place, format!("regular expression can't be read: {reason}"), "");
                return Self::typed(Kind::Poison, Ty::Truth, at);
            }
        }
        if value.ty == Ty::Poison {
            return Self::typed(Kind::Poison, Ty::Truth, at);
        }
        if !value.ty.is_text() {
            let message = format!("`matches` searches a text, found {}", value.ty.with_article());
            self.error(codes::TYPE_MISMATCH, value.at, message, "").help =
                value.ty.property("raw").map(|_| "`.raw` is the text as written".to_owned());
            return Self::typed(Kind::Poison, Ty::Truth, at);
        }
        let pattern = Arc::from(pattern.node.as_str());
        Self::typed(Kind::Matches { value: Box::new(value), pattern, ignore_case }, Ty::Truth, at)
    }

    pub(super) fn in_values(&mut self, value: &Expr, values: &[Expr], at: At, scope: &mut Scope) -> Typed {
        let value = self.expr(value, at.file, scope, None);
        let mut checked = Vec::new();
        let mut poisoned = value.ty == Ty::Poison;
        for item in values {
            let item = self.opposite(item, at.file, scope, &value.ty);
            if item.ty == Ty::Poison || value.ty == Ty::Poison {
                poisoned = true;
            } else if !equal_types(&value.ty, &item.ty) {
                let message = format!("can't compare {} with {}", value.ty.name(), item.ty.name());
                self.error(codes::TYPE_MISMATCH, item.at, message, "");
                poisoned = true;
            }
            checked.push(item);
        }
        if poisoned {
            return Self::typed(Kind::Poison, Ty::Truth, at);
        }
        Self::typed(Kind::InValues { value: Box::new(value), values: checked }, Ty::Truth, at)
    }

    pub(super) fn in_set(&mut self, value: &Expr, set: &Expr, at: At, scope: &mut Scope) -> Typed {
        let quiet = Self::typed(Kind::Poison, Ty::Truth, at);
        if let ExprKind::Path(path) = &set.kind
            && let [name] = path.names.as_slice()
            && scope.find(&name.text).is_none()
        {
            let place = At { file: at.file, span: name.span };
            match self.symbols.get(&name.text).map(|(symbol, _)| *symbol) {
                Some(Symbol::List(id)) => return self.in_list(value, id, at, scope),
                Some(Symbol::Table(_)) => {
                    let _ = self.expr(value, at.file, scope, None);
                    let message = format!("`{}` is a table, not a list", name.text);
                    self.error(codes::WRONG_KIND, place, message, "").help =
                        Some(format!("ask whether its row is there: `{}[…] is present`", name.text));
                    return quiet;
                }
                None if !self.means_something(&name.text, scope) => {
                    let _ = self.expr(value, at.file, scope, None);
                    if self.has_root {
                        let mut known: Vec<String> = self.out.lists.iter().map(|l| l.name.clone()).collect();
                        known.sort();
                        self.unknown(codes::UNKNOWN_NAME, "list", &name.text, place, &known);
                    }
                    return quiet;
                }
                _ => {}
            }
        }
        if matches!(set.kind, ExprKind::Text(_)) {
            let value = self.expr(value, at.file, scope, Some(&Ty::Ip));
            let network = self.expr(set, at.file, scope, Some(&Ty::Network));
            return match (&value.ty, &network.ty) {
                (Ty::Poison, _) | (_, Ty::Poison) => quiet,
                (Ty::Ip, _) => {
                    Self::typed(Kind::InNetwork { value: Box::new(value), network: Box::new(network) }, Ty::Truth, at)
                }
                (other, _) => {
                    let message = format!("can't look for {} in a network", other.name());
                    self.error(codes::TYPE_MISMATCH, at, message, "");
                    quiet
                }
            };
        }
        let set = self.expr(set, at.file, scope, None);
        let element = match &set.ty {
            Ty::List(element) => Some((**element).clone()),
            Ty::Period => Some(Ty::Date),
            Ty::Network => Some(Ty::Ip),
            _ => None,
        };
        let value = self.expr(value, at.file, scope, element.as_ref());
        if set.ty == Ty::Poison || value.ty == Ty::Poison {
            return quiet;
        }
        let (value, set) = (Box::new(value), Box::new(set));
        let kind = match &set.ty {
            Ty::List(element) if equal_types(&value.ty, element) => Kind::InElements { value, set },
            Ty::Network if value.ty == Ty::Ip => Kind::InNetwork { value, network: set },
            Ty::Period if value.ty == Ty::Date => Kind::InPeriod { value, period: set },
            other => {
                let message = format!("can't look for {} in {}", value.ty.name(), other.with_article());
                self.error(codes::TYPE_MISMATCH, at, message, "").help = (value.ty == Ty::Instant
                    && *other == Ty::Period)
                    .then(|| "take the day of the instant: `.date`".to_owned());
                return quiet;
            }
        };
        Self::typed(kind, Ty::Truth, at)
    }

    fn in_list(&mut self, value: &Expr, list: usize, at: At, scope: &mut Scope) -> Typed {
        scope.reads.lists.insert(list);
        let (ty, hashed, name) = self
            .out
            .lists
            .get(list)
            .map_or((Ty::Poison, false, String::new()), |l| (l.ty.clone(), l.hashed, l.name.clone()));
        let expect = if ty == Ty::Network { Ty::Ip } else { ty.clone() };
        let value = self.expr(value, at.file, scope, Some(&expect));
        if value.ty == Ty::Poison || ty == Ty::Poison {
            return Self::typed(Kind::Poison, Ty::Truth, at);
        }
        let fits = value.ty == expect
            || (!hashed && value.ty.is_text() && expect.is_text())
            || (hashed && value.ty.is_text() && expect.is_text());
        if !fits {
            let message = format!("list `{name}` holds {}, not {}", ty.name(), value.ty.name());
            let help = match (&value.ty, ty.is_text()) {
                (Ty::Email | Ty::Url, true) => Some("take its `.domain` or `.host`"),
                (Ty::Phone, true) => Some("take its `.e164`"),
                _ => None,
            };
            self.error(codes::TYPE_MISMATCH, at, message, "").help = help.map(str::to_owned);
            return Self::typed(Kind::Poison, Ty::Truth, at);
        }
        Self::typed(Kind::InList { value: Box::new(value), list }, Ty::Truth, at)
    }
}

/// Whether `==` may stand between values of these types.
pub(super) fn equal_types(left: &Ty, right: &Ty) -> bool {
    match (left, right) {
        (Ty::OneOf(a), Ty::OneOf(b)) => a == b,
        (a, b) if a.is_text() && b.is_text() => true,
        (a, b) => a == b && !a.is_compound() && *a != Ty::Truth,
    }
}
