//! Lays out the fields that a ruleset reads.

use crate::check::Checked;
use crate::check::tree::{FieldId, FieldTy, RecordId};
use crate::record::{Element, Field, FieldKind, Layout, ReadIn, Scalar, Shape, ShapeId};
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The layout together with where every checked field went.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    pub layout: Layout,
    /// Offset of a field in its record.
    offsets: FxHashMap<FieldId, u32>,
    /// Arena and stride of a list field.
    lists: FxHashMap<FieldId, (u16, u32)>,
    shapes: FxHashMap<RecordId, ShapeId>,
}

impl Plan {
    /// Lays out `reads` and the fields that every verdict needs.
    pub(crate) fn new(checked: &Checked, reads: &BTreeSet<FieldId>) -> Self {
        let mut plan = Self::default();
        plan.layout.arenas = 1;
        // Shape 0 is the root's, whatever is laid out first.
        plan.layout.shapes.push(Shape { fields: Vec::new(), width: 1 });
        plan.shapes.insert(checked.root, 0);
        let root = plan.fields_of(checked, reads, checked.root);
        if let Some(slot) = plan.layout.shapes.first_mut() {
            *slot = root;
        }
        plan
    }

    fn shape(&mut self, checked: &Checked, reads: &BTreeSet<FieldId>, record: RecordId) -> ShapeId {
        if let Some(id) = self.shapes.get(&record) {
            return *id;
        }
        let id = ShapeId::try_from(self.layout.shapes.len()).unwrap_or(ShapeId::MAX);
        self.layout.shapes.push(Shape { fields: Vec::new(), width: 1 });
        self.shapes.insert(record, id);
        let shape = self.fields_of(checked, reads, record);
        if let Some(slot) = self.layout.shapes.get_mut(usize::from(id)) {
            *slot = shape;
        }
        id
    }

    fn fields_of(&mut self, checked: &Checked, reads: &BTreeSet<FieldId>, record: RecordId) -> Shape {
        let mut shape = Shape { fields: Vec::new(), width: 1 };
        let Some(def) = checked.records.get(record) else { return shape };
        for (index, field) in def.fields.iter().enumerate() {
            if !reads.contains(&(record, index)) {
                continue;
            }
            let (kind, width) = match &field.ty {
                FieldTy::Scalar(scalar) => (FieldKind::Scalar(scalar.clone()), 1),
                FieldTy::Record(inner) => {
                    let id = self.shape(checked, reads, *inner);
                    (FieldKind::Record(id), self.layout.shape(id).width)
                }
                FieldTy::List(element) => {
                    let arena = self.layout.arenas;
                    self.layout.arenas += 1;
                    let (element, stride) = match &**element {
                        FieldTy::Record(inner) => {
                            let id = self.shape(checked, reads, *inner);
                            (Element::Record(id), self.layout.shape(id).width)
                        }
                        FieldTy::Scalar(scalar) => (Element::Scalar(scalar.clone()), 1),
                        _ => (Element::Scalar(Scalar::Text), 1),
                    };
                    self.lists.insert((record, index), (arena, stride));
                    (FieldKind::List { arena, element }, 1)
                }
                FieldTy::Poison => continue,
            };
            let offset = shape.width;
            shape.width += width;
            self.offsets.insert((record, index), offset);
            shape.fields.push(Field {
                name: Arc::from(field.name.as_str()),
                key: Arc::from(field.key.as_str()),
                offset,
                kind,
            });
        }
        shape
    }

    /// The offset of a place's last step from its base.
    pub(crate) fn offset(&self, steps: &[FieldId]) -> u32 {
        steps.iter().map(|step| self.offsets.get(step).copied().unwrap_or(0)).sum()
    }

    /// Arena and stride of a list field.
    pub(crate) fn list(&self, field: FieldId) -> (u16, u32) {
        self.lists.get(&field).copied().unwrap_or((0, 1))
    }

    /// Where the country of this phone field stands.
    pub(crate) fn read_in(&self, checked: &Checked, field: FieldId) -> Option<ReadIn> {
        let path = checked.records.get(field.0)?.fields.get(field.1)?.read_in.as_ref()?;
        let mut record = field.0;
        let mut climbs = 0u8;
        let mut shift = 0i64;
        for _ in 0..path.up {
            let (outer, in_list) = checked.records.get(record)?.parent?;
            if in_list {
                climbs = climbs.checked_add(1)?;
                shift = 0;
            } else {
                shift += i64::from(self.offsets.get(&outer).copied().unwrap_or(0));
            }
            record = outer.0;
        }
        let mut offset = i64::from(self.offset(&path.steps)) - shift;
        if climbs == 0 {
            offset -= i64::from(self.offset(&[field]));
        }
        Some(ReadIn { up: climbs, offset: i32::try_from(offset).ok()? })
    }
}
