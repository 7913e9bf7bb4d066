//! A curriculum's text as a tree: every value with its place, also around what is not well-formed.

use super::lex::Span;

#[derive(Debug, Clone, PartialEq)]
pub struct Node<'a> {
    pub span: Span,
    pub value: Value<'a>,
    /// Something inside is not well-formed.
    pub broken: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Value<'a> {
    /// With its quotes.
    Text(&'a str),
    Number(&'a str),
    Word(&'a str),
    /// `(…)` or `Name(…)`.
    Group(Option<Name<'a>>, Vec<Item<'a>>),
    List(Vec<Node<'a>>),
    Map(Vec<(Node<'a>, Node<'a>)>),
    /// Nothing that can be read.
    Nothing,
}

/// One part of a group: with a name in a struct, without in a tuple.
#[derive(Debug, Clone, PartialEq)]
pub struct Item<'a> {
    pub name: Option<Name<'a>>,
    pub value: Node<'a>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Name<'a> {
    pub text: &'a str,
    pub span: Span,
}

/// What is not well-formed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxError {
    pub span: Span,
    pub message: String,
    pub help: String,
    pub also: Option<(Span, String)>,
    /// Nested too deeply, rather than ill-formed.
    pub deep: bool,
}
