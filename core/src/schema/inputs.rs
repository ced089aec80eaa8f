//! The paths of the record that a ruleset reads: what whoever delivers applications has to deliver.

use crate::check::Checked;
use crate::check::tree::{FieldDef, FieldTy, RecordId};
use crate::record::Scalar;
use crate::ruleset::InputPath;
use std::collections::{BTreeMap, BTreeSet};

/// The paths that decide, sorted, each with the indicators that it decides: read directly, through a `let` or another
/// indicator, or with another field (the country of a phone, the event time where "present" or `as_of` needs it). Beside
/// them `id` and `submitted`, which every verdict reads.
pub(crate) fn inputs(checked: &Checked) -> Vec<InputPath> {
    let submitted = of_root(checked, "submitted", &[Scalar::Instant, Scalar::Date]);
    let id = of_root(checked, "id", &[Scalar::Text]);
    let mut found: BTreeMap<String, (Spelled, BTreeSet<usize>)> = BTreeMap::new();
    for spelled in [&id, &submitted].into_iter().flatten() {
        found.insert(spelled.path(), (spelled.clone(), BTreeSet::new()));
    }
    for index in 0..checked.indicators.len() {
        for spelled in read_by(checked, index, submitted.as_ref()) {
            found.entry(spelled.path()).or_insert_with(|| (spelled, BTreeSet::new())).1.insert(index);
        }
    }
    let name = |index: &usize| checked.indicators.get(*index).map(|indicator| indicator.name.clone());
    found
        .into_iter()
        .map(|(path, (spelled, readers))| InputPath {
            key: spelled.key(),
            ty: spelled.steps.last().map_or_else(String::new, |step| type_name(checked, &step.field.ty, step.levels)),
            description: spelled.steps.last().and_then(|step| step.field.description.clone()),
            indicators: readers.iter().filter_map(name).collect(),
            path,
        })
        .collect()
}

/// All that an indicator reads, and the indicators that it is made of.
fn read_by<'c>(checked: &'c Checked, index: usize, submitted: Option<&Spelled<'c>>) -> Vec<Spelled<'c>> {
    let (mut seen, mut waiting) = (BTreeSet::new(), vec![index]);
    let (mut out, mut needs_day) = (Vec::new(), false);
    while let Some(next) = waiting.pop() {
        let Some(indicator) = checked.indicators.get(next).filter(|_| seen.insert(next)) else { continue };
        waiting.extend(&indicator.reads.indicators);
        needs_day |= indicator.reads.as_of;
        for spelled in indicator.reads.paths.iter().filter_map(|path| Spelled::read(checked, path)) {
            needs_day |= spelled.is_date();
            out.extend(spelled.country(checked));
            out.push(spelled);
        }
    }
    out.extend(submitted.filter(|_| needs_day).cloned());
    out
}

fn of_root<'c>(checked: &'c Checked, name: &str, types: &[Scalar]) -> Option<Spelled<'c>> {
    Spelled::read(checked, name).filter(|spelled| {
        spelled.steps.last().is_some_and(|step| matches!(&step.field.ty, FieldTy::Scalar(ty) if types.contains(ty)))
    })
}

/// A path, field by field.
#[derive(Clone)]
struct Spelled<'c> {
    steps: Vec<Step<'c>>,
}

/// A field, and how many `[]` stand behind it.
#[derive(Clone, Copy)]
struct Step<'c> {
    field: &'c FieldDef,
    levels: usize,
}

impl<'c> Spelled<'c> {
    /// The longest part of a path that fields of the record make up: elements of a text's words are its own.
    fn read(checked: &'c Checked, path: &str) -> Option<Self> {
        let (mut record, mut steps) = (Some(checked.root), Vec::new());
        for part in path.split('.') {
            let name = part.trim_end_matches("[]");
            let fields = record.and_then(|id| checked.records.get(id)).map_or(&[][..], |record| &record.fields);
            let Some(field) = fields.iter().find(|field| field.name == name) else { break };
            let levels = ((part.len() - name.len()) / 2).min(depth(&field.ty));
            steps.push(Step { field, levels });
            record = inner_record(&field.ty);
        }
        if steps.is_empty() { None } else { Some(Self { steps }) }
    }

    fn path(&self) -> String {
        self.joined(|field| &field.name)
    }

    fn key(&self) -> String {
        self.joined(|field| &field.key)
    }

    fn joined(&self, name: impl Fn(&'c FieldDef) -> &'c str) -> String {
        let parts = self.steps.iter().map(|step| format!("{}{}", name(step.field), "[]".repeat(step.levels)));
        parts.collect::<Vec<_>>().join(".")
    }

    fn is_date(&self) -> bool {
        self.steps.last().is_some_and(|step| scalar(&step.field.ty) == Some(&Scalar::Date))
    }

    /// The field against which a phone without country code is read.
    fn country(&self, checked: &'c Checked) -> Option<Self> {
        let read_in = self.steps.last()?.field.read_in.as_ref()?;
        let outer = self.steps.len().checked_sub(1 + read_in.up)?;
        let mut steps = self.steps.get(..outer)?.to_vec();
        for (record, index) in &read_in.steps {
            steps.push(Step { field: checked.records.get(*record)?.fields.get(*index)?, levels: 0 });
        }
        Some(Self { steps })
    }
}

fn depth(ty: &FieldTy) -> usize {
    match ty {
        FieldTy::List(element) => 1 + depth(element),
        _ => 0,
    }
}

fn scalar(ty: &FieldTy) -> Option<&Scalar> {
    match ty {
        FieldTy::Scalar(found) => Some(found),
        FieldTy::List(element) => scalar(element),
        _ => None,
    }
}

fn inner_record(ty: &FieldTy) -> Option<RecordId> {
    match ty {
        FieldTy::Record(id) => Some(*id),
        FieldTy::List(element) => inner_record(element),
        _ => None,
    }
}

/// The type as the language names it; a record that is declared in its field has no name.
fn type_name(checked: &Checked, ty: &FieldTy, levels: usize) -> String {
    match ty {
        FieldTy::Scalar(scalar) => scalar.name(),
        FieldTy::Record(id) => match checked.records.get(*id) {
            Some(record) if record.parent.is_none() => record.name.clone(),
            _ => "{ … }".to_owned(),
        },
        FieldTy::List(inner) if levels > 0 => type_name(checked, inner, levels - 1),
        FieldTy::List(inner) => format!("list of {}", type_name(checked, inner, 0)),
        FieldTy::Poison => String::new(),
    }
}
