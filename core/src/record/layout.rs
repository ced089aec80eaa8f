//! Where each field of a record lies. Made by `compile` from the fields that a ruleset reads; fields that no indicator
//! reads have no place and are skipped while parsing.

use std::sync::Arc;

/// Index of a [`Shape`] in its [`Layout`].
pub(crate) type ShapeId = u16;

/// The places of all fields that a program reads.
#[derive(Debug, Clone, Default)]
pub(crate) struct Layout {
    /// The shapes of records: shape 0 is the root's.
    pub shapes: Vec<Shape>,
    /// How many arenas there are: arena 0 holds the root, every list field has one.
    pub arenas: u16,
}

/// The fields of one record type. Its first cell (offset 0) tells whether the record itself is present; for an element of a
/// list, that cell's `code` and `bits` hold arena and index of the record that owns the list.
#[derive(Debug, Clone, Default)]
pub(crate) struct Shape {
    /// The fields that are read, in declared order.
    pub fields: Vec<Field>,
    /// How many cells one record takes, its presence cell included.
    pub width: u32,
}

/// One field of a shape.
#[derive(Debug, Clone)]
pub(crate) struct Field {
    /// Its name in the language, used in paths.
    pub name: Arc<str>,
    /// Its key in the input.
    pub key: Arc<str>,
    /// Its first cell, relative to the record's.
    pub offset: u32,
    /// What lies there.
    pub kind: FieldKind,
}

/// What lies at a field's place.
#[derive(Debug, Clone)]
pub(crate) enum FieldKind {
    /// One cell.
    Scalar(Scalar),
    /// The cells of another record, its presence cell first.
    Record(ShapeId),
    /// One cell that points to the elements, which lie in their own arena.
    List {
        /// The arena of the elements.
        arena: u16,
        /// What the elements are.
        element: Element,
    },
}

/// What the elements of a list are.
#[derive(Debug, Clone)]
pub(crate) enum Element {
    /// One cell each.
    Scalar(Scalar),
    /// The cells of a record each.
    Record(ShapeId),
}

/// The type of one cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Scalar {
    /// Free text.
    Text,
    /// IEEE double.
    Number,
    /// `true` or `false`.
    Bool,
    /// Possibly partial date.
    Date,
    /// RFC 3339.
    Instant,
    /// ISO 3166-1.
    Country,
    /// Parsed when asked for.
    Phone,
    /// Parsed when asked for.
    Email,
    /// Parsed when asked for.
    Url,
    /// Parsed when bound (`problems`), again when asked for.
    Ip,
    /// CIDR.
    Network,
    /// A person's name.
    Person,
    /// An organisation's name.
    Organisation,
    /// A closed list of words.
    OneOf(Arc<[Arc<str>]>),
}

impl Scalar {
    /// The type's name in the language.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::Text => "text".into(),
            Self::Number => "number".into(),
            Self::Bool => "bool".into(),
            Self::Date => "date".into(),
            Self::Instant => "instant".into(),
            Self::Country => "country".into(),
            Self::Phone => "phone".into(),
            Self::Email => "email".into(),
            Self::Url => "url".into(),
            Self::Ip => "ip".into(),
            Self::Network => "network".into(),
            Self::Person => "person".into(),
            Self::Organisation => "organisation".into(),
            Self::OneOf(words) => format!("one of ({})", words.join(", ")),
        }
    }
}

/// Where a phone's country field lies, seen from the record that holds the phone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct ReadIn {
    /// How many lists to climb out of (0: the same record instance).
    pub up: u8,
    /// For `up` 0 the distance from the phone's cell to the country's cell; otherwise the country's offset in the record that owns the list.
    pub offset: i32,
}

impl Layout {
    /// The shape with this id; an empty one for an id that does not exist.
    pub(crate) fn shape(&self, id: ShapeId) -> &Shape {
        static EMPTY: Shape = Shape { fields: Vec::new(), width: 1 };
        self.shapes.get(usize::from(id)).unwrap_or(&EMPTY)
    }
}

impl Shape {
    /// The field with this input key. `hint` is the index after the last field found: real documents keep their keys' order.
    pub(crate) fn by_key(&self, key: &str, hint: usize) -> Option<(usize, &Field)> {
        if let Some(field) = self.fields.get(hint)
            && &*field.key == key
        {
            return Some((hint, field));
        }
        self.fields.iter().enumerate().find(|(_, field)| &*field.key == key)
    }
}
