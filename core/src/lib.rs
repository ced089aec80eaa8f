#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod application;
mod cases;
mod check;
mod columns;
mod compile;
mod describe;
mod domain;
mod error;
mod evaluate;
mod input;
mod json;
mod limits;
mod mapping;
mod options;
mod package;
mod quick;
mod record;
mod render;
mod ruleset;
mod schema;
mod source;
mod truth;
mod verdict;

pub use application::{Application, Judgement};
pub use cases::{
    Case, CaseFile, CaseReport, CaseResult, Example, Expect, IndicatorCoverage, LeafCoverage, Probe, ProbeFailure,
};
pub use columns::{Column, Judged, Judgements};
pub use describe::{
    DescribedAdjustment, DescribedCategory, DescribedColumn, DescribedIndicator, DescribedLet, DescribedList,
    DescribedOutcome, DescribedSetting, DescribedWeight, Description, MessagePiece,
};
pub use error::{BundleError, ExplainError, InputError, RulesetError};
pub use indicia_dsl::diagnostic::{Diagnostic, Edit, Fix, Label, Position, Severity};
pub use indicia_dsl::span::Span;
pub use input::{Fields, JsonLines, Kind, Line, Node};
pub use limits::Limits;
pub use mapping::{Applied, Dropped, LeftOut, Mapping, MappingError};
pub use options::ScreenOptions;
pub use render::render;
pub use ruleset::{IndicatorInfo, InputPath, Ruleset, Screener, check, codes, format};
pub use schema::verdict_schema;
pub use source::{Manifest, Rows, Sources};
pub use truth::Truth;
pub use verdict::*;
