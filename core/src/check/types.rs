//! The types of the language and their properties.

use super::tree::{RecordId, TableId};
use crate::domain::{date, phone};
use crate::record::Scalar;
use std::sync::Arc;

/// A closed list of words.
pub(crate) type Words = Arc<[Arc<str>]>;

/// The type of an expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Ty {
    /// Already reported: fits everything, so that one mistake is reported once.
    Poison,
    /// A condition.
    Truth,
    Bool,
    Number,
    Text,
    /// Text that identifies: compared exactly but for case (hosts, domains, E.164).
    Identifier,
    Date,
    Instant,
    /// A duration, written or measured.
    Length,
    Period,
    Country,
    Phone,
    Email,
    Url,
    Ip,
    Network,
    Person,
    Organisation,
    OneOf(Words),
    Record(RecordId),
    List(Box<Ty>),
    Table(TableId),
    Row(TableId),
}

/// A property of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Prop {
    Raw,
    PhoneValid,
    PhoneFinding,
    PhoneCountry,
    PhoneKind,
    PhoneE164,
    PhoneAreaCode,
    PhoneInternational,
    EmailValid,
    EmailLocal,
    EmailHost,
    EmailDomain,
    EmailTag,
    UrlValid,
    UrlHost,
    UrlDomain,
    UrlPath,
    IpPrivate,
    IpVersion,
    CountryName,
    TextLength,
    Words,
    Year,
    Precision,
    InstantDate,
    ListLength,
    /// The first word of a text, or item of a list cell; of a list of the record it is a place.
    First,
    /// The last one.
    Last,
}

pub(crate) fn words(list: &[&str]) -> Words {
    list.iter().map(|word| Arc::from(*word)).collect()
}

impl Ty {
    /// The type of a field's cell.
    pub(crate) fn of_scalar(scalar: &Scalar) -> Self {
        match scalar {
            Scalar::Text => Self::Text,
            Scalar::Number => Self::Number,
            Scalar::Bool => Self::Bool,
            Scalar::Date => Self::Date,
            Scalar::Instant => Self::Instant,
            Scalar::Country => Self::Country,
            Scalar::Phone => Self::Phone,
            Scalar::Email => Self::Email,
            Scalar::Url => Self::Url,
            Scalar::Ip => Self::Ip,
            Scalar::Network => Self::Network,
            Scalar::Person => Self::Person,
            Scalar::Organisation => Self::Organisation,
            Scalar::OneOf(words) => Self::OneOf(Arc::clone(words)),
        }
    }

    /// The type as a reader of rules knows it.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::Poison => "unknown".into(),
            Self::Truth => "condition".into(),
            Self::Bool => "bool".into(),
            Self::Number => "number".into(),
            Self::Text | Self::Identifier => "text".into(),
            Self::Date => "date".into(),
            Self::Instant => "instant".into(),
            Self::Length => "duration".into(),
            Self::Period => "period".into(),
            Self::Country => "country".into(),
            Self::Phone => "phone".into(),
            Self::Email => "email".into(),
            Self::Url => "url".into(),
            Self::Ip => "ip".into(),
            Self::Network => "network".into(),
            Self::Person => "person".into(),
            Self::Organisation => "organisation".into(),
            Self::OneOf(words) if words.len() <= 6 => format!("one of ({})", words.join(", ")),
            Self::OneOf(words) => {
                format!("one of ({}, …)", words.iter().take(5).map(|w| &**w).collect::<Vec<_>>().join(", "))
            }
            Self::Record(_) => "record".into(),
            Self::List(element) => format!("list of {}", element.name()),
            Self::Table(_) => "table".into(),
            Self::Row(_) => "row of a table".into(),
        }
    }

    /// The name with its article: "an instant", "a phone".
    pub(crate) fn with_article(&self) -> String {
        let name = self.name();
        // By sound: "a one of (…)", "a url".
        let vowel = name.starts_with(['a', 'e', 'i', 'o', 'u']) && !matches!(self, Self::OneOf(_) | Self::Url);
        format!("{} {name}", if vowel { "an" } else { "a" })
    }

    /// Whether text operators read it.
    pub(crate) fn is_text(&self) -> bool {
        matches!(self, Self::Text | Self::Identifier | Self::Person | Self::Organisation)
    }

    /// Whether it is an array of values or a record, which no comparison takes.
    pub(crate) fn is_compound(&self) -> bool {
        matches!(self, Self::Record(_) | Self::List(_) | Self::Table(_) | Self::Row(_) | Self::Period)
    }

    /// The property of this name, with its type.
    pub(crate) fn property(&self, name: &str) -> Option<(Prop, Ty)> {
        let all = self.properties();
        all.into_iter().find(|(known, _, _)| *known == name).map(|(_, prop, ty)| (prop, ty))
    }

    /// All properties. (`.first` and `.last` of a list of the record are places instead.)
    pub(crate) fn properties(&self) -> Vec<(&'static str, Prop, Ty)> {
        let id = Self::Identifier;
        let mut found = match self {
            Self::Phone => vec![
                ("valid", Prop::PhoneValid, Self::Bool),
                ("finding", Prop::PhoneFinding, Self::OneOf(words(phone::Finding::WORDS))),
                ("country", Prop::PhoneCountry, Self::Country),
                ("kind", Prop::PhoneKind, Self::OneOf(words(phone::Kind::WORDS))),
                ("e164", Prop::PhoneE164, id),
                ("area_code", Prop::PhoneAreaCode, Self::Identifier),
                ("international", Prop::PhoneInternational, Self::Bool),
            ],
            Self::Email => vec![
                ("valid", Prop::EmailValid, Self::Bool),
                ("local", Prop::EmailLocal, Self::Identifier),
                ("host", Prop::EmailHost, Self::Identifier),
                ("domain", Prop::EmailDomain, Self::Identifier),
                ("tag", Prop::EmailTag, id),
            ],
            Self::Url => vec![
                ("valid", Prop::UrlValid, Self::Bool),
                ("host", Prop::UrlHost, Self::Identifier),
                ("domain", Prop::UrlDomain, id),
                ("path", Prop::UrlPath, Self::Text),
            ],
            Self::Ip => vec![("private", Prop::IpPrivate, Self::Bool), ("version", Prop::IpVersion, Self::Number)],
            Self::Country => vec![("name", Prop::CountryName, Self::Text)],
            Self::Text | Self::Identifier | Self::Person | Self::Organisation => vec![
                ("length", Prop::TextLength, Self::Number),
                ("words", Prop::Words, Self::List(Box::new(Self::Text))),
            ],
            Self::Date => vec![
                ("year", Prop::Year, Self::Number),
                ("precision", Prop::Precision, Self::OneOf(words(date::Precision::WORDS))),
            ],
            Self::Instant => vec![("date", Prop::InstantDate, Self::Date)],
            Self::List(element) => vec![
                ("length", Prop::ListLength, Self::Number),
                ("first", Prop::First, (**element).clone()),
                ("last", Prop::Last, (**element).clone()),
            ],
            _ => Vec::new(),
        };
        if matches!(
            self,
            Self::Phone
                | Self::Email
                | Self::Url
                | Self::Ip
                | Self::Network
                | Self::Country
                | Self::Date
                | Self::Instant
                | Self::Person
                | Self::Organisation
        ) {
            found.push(("raw", Prop::Raw, Self::Text));
        }
        found
    }
}
