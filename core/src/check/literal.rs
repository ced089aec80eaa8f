//! Literals: a literal takes its type from the other operand.

use super::scope::Scope;
use super::tree::{At, Kind, Typed};
use super::types::Ty;
use super::{Checker, codes};
use crate::domain::country::{Country, CountryError};
use crate::domain::ip::Ip;
use crate::domain::length::Length;
use crate::domain::network::Network;
use crate::domain::{date, email, instant, phone, url};
use indicia_dsl::ast::{Expr, ExprKind, Unit};
use std::sync::Arc;

impl Checker<'_> {
    /// A bare word opposite a `one of` or a country; `None` if the expression is no single name or means something else.
    pub(super) fn bare_word(&mut self, expr: &Expr, at: At, scope: &Scope, expect: Option<&Ty>) -> Option<Typed> {
        let ExprKind::Path(path) = &expr.kind else { return None };
        let [name] = path.names.as_slice() else { return None };
        match expect? {
            Ty::OneOf(words) => {
                if let Some(index) = words.iter().position(|word| **word == *name.text) {
                    let word = Kind::Word(u16::try_from(index).unwrap_or(u16::MAX));
                    return Some(Self::typed(word, Ty::OneOf(Arc::clone(words)), at));
                }
                if self.means_something(&name.text, scope) {
                    return None;
                }
                let known: Vec<String> = words.iter().map(ToString::to_string).collect();
                self.bad_word(&name.text, at, &known);
                Some(Self::poison(at))
            }
            Ty::Country if !self.means_something(&name.text, scope) => Some(self.country(&name.text, at)),
            _ => None,
        }
    }

    fn bad_word(&mut self, word: &str, at: At, known: &[String]) {
        let near = super::near(word, known);
        let file = self.file_name(at.file).to_owned();
        let diagnostic = self.error(codes::BAD_LITERAL, at, format!("`{word}` is none of the words of this field"), "");
        if !super::add_suggestion(diagnostic, &file, at.span, &near) {
            diagnostic.help = Some(format!("its words are {}", super::list_of(known)));
        }
    }

    /// A text literal, read as the type that stands opposite.
    pub(super) fn text_literal(&mut self, text: &str, at: At, expect: Option<&Ty>) -> Typed {
        let as_is = |ty: Ty| Self::typed(Kind::Text(Arc::from(text)), ty, at);
        let Some(ty) = expect else { return as_is(Ty::Text) };
        let problem = match ty {
            Ty::Country => return self.country(text, at),
            Ty::OneOf(words) => {
                return if let Some(index) = words.iter().position(|word| **word == *text) {
                    Self::typed(Kind::Word(u16::try_from(index).unwrap_or(u16::MAX)), ty.clone(), at)
                } else {
                    let known: Vec<String> = words.iter().map(ToString::to_string).collect();
                    self.bad_word(text, at, &known);
                    Self::poison(at)
                };
            }
            Ty::Email if email::canonical(text).is_none() => "is no mail address",
            Ty::Url if !url::parse(text).valid => "is no web address",
            Ty::Ip if Ip::parse(text).is_none() => "is no IP address",
            Ty::Network if Network::parse(text).is_none() => "is no network of the form 192.0.2.0/24",
            Ty::Phone => {
                let parsed = phone::parse(text, None);
                if parsed.international && parsed.valid == Some(true) {
                    return as_is(Ty::Phone);
                }
                "is no phone number with country code"
            }
            Ty::Email | Ty::Url | Ty::Ip | Ty::Network | Ty::Person | Ty::Organisation | Ty::Identifier => {
                return as_is(ty.clone());
            }
            _ => return as_is(Ty::Text),
        };
        let help = match ty {
            Ty::Email => Some("compare a part, such as `.domain`, `.host` or `.local`, or `.raw`, the text as written"),
            Ty::Url => Some("compare a part, such as `.domain`, `.host` or `.path`, or `.raw`, the text as written"),
            Ty::Phone => Some("write it with `+` and its country code, or compare `.raw`, the text as written"),
            _ => None,
        };
        self.error(codes::BAD_LITERAL, at, format!("`{text}` {problem}"), "").help = help.map(str::to_owned);
        Self::poison(at)
    }

    fn country(&mut self, text: &str, at: At) -> Typed {
        match Country::parse(text) {
            Ok(country) => Self::typed(Kind::Country(country), Ty::Country, at),
            Err(error) => {
                let message = match error {
                    CountryError::Unknown => format!("`{text}` is no country of ISO 3166-1"),
                    CountryError::Ambiguous => format!("`{text}` may be more than one country"),
                };
                let help = country_help(text);
                self.error(codes::BAD_LITERAL, at, message, "").help = Some(help);
                Self::poison(at)
            }
        }
    }

    pub(super) fn date_literal(&mut self, text: &str, at: At) -> Typed {
        if let Some(date::Written::Date(value, _)) = date::parse(text) {
            return Self::typed(Kind::Date(value), Ty::Date, at);
        }
        self.error(codes::BAD_LITERAL, at, format!("`@{text}` is no date"), "").help =
            Some("write `@2019`, `@2019-05` or `@2019-05-31`".to_owned());
        Self::poison(at)
    }

    pub(super) fn instant_literal(&mut self, text: &str, at: At) -> Typed {
        if let Some(value) = instant::parse(text) {
            return Self::typed(Kind::Instant(value), Ty::Instant, at);
        }
        self.error(codes::BAD_LITERAL, at, format!("`@{text}` is no instant"), "").help =
            Some("write `@2024-01-31T08:00:00Z`".to_owned());
        Self::poison(at)
    }
}

/// A written duration.
pub(super) fn length(count: u32, unit: Unit) -> Length {
    let count = i64::from(count);
    let (months, days, micros) = match unit {
        Unit::Years => (count * 12, 0, 0),
        Unit::Months => (count, 0, 0),
        Unit::Weeks => (0, count * 7, 0),
        Unit::Days => (0, count, 0),
        Unit::Hours => (0, 0, count * 3_600_000_000),
        Unit::Minutes => (0, 0, count * 60_000_000),
        Unit::Seconds => (0, 0, count * 1_000_000),
    };
    Length { months, days, micros }
}

fn country_help(text: &str) -> String {
    let known: Vec<&'static str> = Country::all().map(Country::name).collect();
    match (text, indicia_dsl::suggest(text, known.iter().copied())) {
        ("NK", _) => "North Korea is `KP`, South Korea `KR`".to_owned(),
        ("UK", _) => "the United Kingdom is `GB`".to_owned(),
        (_, Some(near)) => format!("did you mean `{near}`?"),
        _ => "write the two-letter code of ISO 3166-1, such as `US`, or the English name".to_owned(),
    }
}
