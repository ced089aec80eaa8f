//! The pest grammar and the one place where its pairs are touched: nothing of pest leaves this crate.

use crate::lex::Token;
use crate::span::Span;
use pest::Parser as _;
use pest::error::{ErrorVariant, InputLocation};
use pest::iterators::Pair;

mod generated {
    //! What pest derives from `indicia.pest`.
    #[derive(pest_derive::Parser)]
    #[grammar = "grammar/indicia.pest"]
    pub(super) struct Grammar;
}

pub(crate) use generated::Rule;

/// A piece of source text that pest reads, with the tokens of the whole file to find exact ends by.
#[derive(Clone, Copy)]
pub(crate) struct Piece<'p> {
    /// The text of the piece.
    pub(crate) text: &'p str,
    /// Where the piece starts in the file.
    pub(crate) base: u32,
    /// The tokens of the file, sorted by place.
    pub(crate) tokens: &'p [Token],
}

/// A node of pest's tree with its place in the file.
#[derive(Clone)]
pub(crate) struct Node<'p> {
    pair: Pair<'p, Rule>,
    piece: Piece<'p>,
}

/// Why a piece could not be read.
pub(crate) enum Failure {
    /// The offset in the file where reading could not go on.
    At(u32),
    /// The stack ended: pest's own guard, on platforms that have one.
    Stack,
}

/// Reads `piece` by an entry rule and gives what the rule holds.
pub(crate) fn read(rule: Rule, piece: Piece<'_>) -> Result<Node<'_>, Failure> {
    read_all(rule, piece)?.children().next().ok_or(Failure::At(piece.base))
}

/// Like [`read`], but gives the node of the entry rule itself.
pub(crate) fn read_all(rule: Rule, piece: Piece<'_>) -> Result<Node<'_>, Failure> {
    match generated::Grammar::parse(rule, piece.text) {
        Ok(mut pairs) => pairs.next().map(|pair| Node { pair, piece }).ok_or(Failure::At(piece.base)),
        Err(error) => {
            if matches!(error.variant, ErrorVariant::CustomError { .. }) {
                return Err(Failure::Stack);
            }
            let (InputLocation::Pos(at) | InputLocation::Span((at, _))) = error.location;
            Err(Failure::At(piece.base.saturating_add(offset(at))))
        }
    }
}

/// A byte offset as spans hold it; the size limit keeps sources below 4 GiB.
pub(crate) fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

impl<'p> Node<'p> {
    /// The rule that made it.
    pub(crate) fn rule(&self) -> Rule {
        self.pair.as_rule()
    }

    /// Its place, without the blanks and comments that pest may count to it.
    pub(crate) fn span(&self) -> Span {
        let span = self.pair.as_span();
        let start = self.piece.base.saturating_add(offset(span.start()));
        let end = self.piece.base.saturating_add(offset(span.end()));
        let after = self.piece.tokens.partition_point(|token| token.span.end <= end);
        let token = |at: Option<usize>| at.and_then(|at| self.piece.tokens.get(at)).map(|token| token.span);
        match (token(after.checked_sub(1)), token(Some(after))) {
            // A sign that is read as a shorter one, such as `≥`.
            (_, Some(cut)) if start <= cut.start && cut.start < end => Span::new(start, cut.end),
            (Some(last), _) if last.end > start => Span::new(start, last.end),
            _ => Span::new(start, end),
        }
    }

    /// Its text; only meaningful for words, literals and symbols.
    pub(crate) fn text(&self) -> &'p str {
        self.pair.as_str().trim_end()
    }

    /// The nodes within it.
    pub(crate) fn children(&self) -> impl Iterator<Item = Node<'p>> + use<'p> {
        let piece = self.piece;
        self.pair.clone().into_inner().filter(|pair| pair.as_rule() != Rule::EOI).map(move |pair| Node { pair, piece })
    }

    /// All nodes at any depth within it that `rule` made, each before those within it.
    pub(crate) fn descendants(&self, rule: Rule) -> Vec<Node<'p>> {
        let piece = self.piece;
        let inner = self.pair.clone().into_inner().flatten().filter(|pair| pair.as_rule() == rule);
        inner.map(|pair| Node { pair, piece }).collect()
    }

    /// Where it starts in the file.
    pub(crate) fn start(&self) -> u32 {
        self.piece.base.saturating_add(offset(self.pair.as_span().start()))
    }

    /// The first node within it that `rule` made.
    pub(crate) fn child(&self, rule: Rule) -> Option<Node<'p>> {
        self.children().find(|node| node.rule() == rule)
    }
}
