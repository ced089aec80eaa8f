//! What can be wrong with a mapping. Every error names its place in the mapping file.

/// A mapping that can't be used, or documents that it can't be applied to.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MappingError {
    /// A value of another type than belongs there.
    #[error("`{path}`: expected {expected}, found {found}")]
    Type {
        /// The place in the mapping.
        path: String,
        /// What belongs there.
        expected: String,
        /// What stands there.
        found: String,
    },
    /// A key that must be there is not.
    #[error("`{path}`: key `{key}` is missing")]
    MissingKey {
        /// The place in the mapping.
        path: String,
        /// The key.
        key: String,
    },
    /// A key that mappings don't have, or that does not belong beside the others.
    #[error("`{path}`: key `{key}` does not belong here; known keys: {known}")]
    UnknownKey {
        /// The place in the mapping.
        path: String,
        /// The key.
        key: String,
        /// The keys that could stand there.
        known: String,
    },
    /// Text that is no path.
    #[error("`{path}`: `{text}` is no path: {message}")]
    Path {
        /// The place in the mapping.
        path: String,
        /// What stands there.
        text: String,
        /// What is wrong.
        message: String,
    },
    /// A path that reads what must not be taken.
    #[error("`{path}`: `{text}` reads a protected key ({ground})")]
    Protected {
        /// The place in the mapping.
        path: String,
        /// The path that stands there.
        text: String,
        /// The ground on which it is protected.
        ground: String,
    },
    /// Rules nested deeper than 32 levels.
    #[error("`{path}`: nested deeper than 32 levels")]
    TooDeep {
        /// The place in the mapping.
        path: String,
    },
    /// A document that the mapping does not know.
    #[error("mapping has no document `{name}`; it knows: {known}")]
    UnknownDocument {
        /// The document's name.
        name: String,
        /// The names that the mapping knows.
        known: String,
    },
    /// A document that is none of those that the mapping knows, and holds none of them.
    #[error("expected an object that holds {known}")]
    NoDocuments {
        /// The names that the mapping knows.
        known: String,
    },
    /// Documents that no mapping recognises.
    #[error("no mapping recognises this document; asked were: {known}")]
    NotRecognised {
        /// The names of all mappings that can recognise a document.
        known: String,
    },
    /// Documents that several mappings recognise, none of which asks for more than all others.
    #[error("several mappings recognise this document: {candidates}; name one")]
    Ambiguous {
        /// The names of the mappings.
        candidates: String,
    },
    /// Two ways to write one value anew.
    #[error("`{path}`: `{first}` and `{second}` don't go together")]
    Together {
        /// The place in the mapping.
        path: String,
        /// One key.
        first: String,
        /// The other.
        second: String,
    },
    /// No document, or several where the mapping takes one.
    #[error("mapping takes one document, {count} were given")]
    Documents {
        /// How many were given.
        count: usize,
    },
}
