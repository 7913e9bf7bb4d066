//! Changes inside an entry: field by field, item by item, as deep as the text has the form it should have.

use std::collections::HashSet;

use serde_json::Value;

use super::bracket::{Bracket, Come, indent, line_start};
use super::order::common;
use super::splice::Splices;
use crate::curriculum::parse::decode;
use crate::curriculum::shape::{Field, Shape, Struct};
use crate::curriculum::tree::{Item, Name, Node, Value as Tree};
use crate::curriculum::written::{self, WIDTH, Written};

/// Both languages, as a struct.
static BOTH: Struct = Struct {
    what: "a text in both languages",
    fields: &[
        Field { name: "sv", must: true, option: false, shape: Shape::Text },
        Field { name: "en", must: true, option: false, shape: Shape::Text },
    ],
};

/// Changes the text of `node` from saying `was` to saying `is`.
pub(super) fn change(out: &mut Splices<'_>, node: &Node<'_>, shape: &'static Shape, was: &Value, is: &Value) {
    if was == is {
        return;
    }
    match (shape, &node.value) {
        (Shape::Struct(fields), Tree::Group(None, items)) => record(out, node, items, fields, was, is),
        (Shape::Both, Tree::Group(None, items)) => record(out, node, items, &BOTH, was, is),
        (Shape::List(part), Tree::List(nodes)) => match (was.as_array(), is.as_array()) {
            (Some(was), Some(is)) if was.len() == nodes.len() => list(out, node, nodes, part, was, is),
            _ => anew(out, node, shape, is),
        },
        (Shape::ByRef(_, part), Tree::Map(pairs)) => by_ref(out, node, pairs, (shape, part), was, is),
        (Shape::Needs, Tree::Group(Some(_), items)) => needs(out, node, items, was, is),
        _ => anew(out, node, shape, is),
    }
}

/// The same for an entry of a section.
pub(super) fn entry(out: &mut Splices<'_>, node: &Node<'_>, shape: &'static Struct, was: &Value, is: &Value) {
    match &node.value {
        _ if was == is => {}
        Tree::Group(None, items) => record(out, node, items, shape, was, is),
        _ => out.replace(node.span.range(), written::record(shape, is).broken(indent(out.text, node.span.start))),
    }
}

fn anew(out: &mut Splices<'_>, node: &Node<'_>, shape: &'static Shape, is: &Value) {
    lay(out, node, &written::of(shape, is));
}

fn lay(out: &mut Splices<'_>, node: &Node<'_>, is: &Written) {
    let start = node.span.start;
    out.replace(node.span.range(), is.lay(indent(out.text, start), column(out.text, start)));
}

/// Characters before a place on its line.
fn column(text: &str, at: usize) -> usize {
    text[line_start(text, at)..at].chars().count()
}

/// Whether a bracket on one line would become longer than a line with what it is to hold.
fn outgrown(out: &Splices<'_>, bracket: &Bracket<'_>, node: &Node<'_>, is: &Written) -> bool {
    bracket.on_one_line() && column(out.text, node.span.start) + is.flat().chars().count() >= WIDTH
}

fn record(out: &mut Splices<'_>, node: &Node<'_>, items: &[Item<'_>], shape: &'static Struct, was: &Value, is: &Value) {
    let bracket = Bracket::of(out.text, node);
    let part = |entry: &Value, field: &Field| entry.get(field.name).cloned().unwrap_or_default();
    let mut gone = vec![false; items.len()];
    let mut come = Vec::new();
    let mut behind = None;
    for field in shape.fields {
        let (was, is) = (part(was, field), part(is, field));
        let written_at = items.iter().position(|item| item.name.is_some_and(|name| name.text == field.name));
        match written_at {
            Some(at) if was != is && written::left_out(field, &is) => gone[at] = true,
            Some(at) => {
                change(out, inner(field, &items[at].value), &field.shape, &was, &is);
                behind = Some(at);
            }
            None if was != is && !written::left_out(field, &is) => {
                let (name, margin) = (format!("{}: ", field.name), bracket.indent());
                let value = written::of(&field.shape, &is).lay(margin, margin + name.chars().count());
                come.push((behind, Come::new(format!("{name}{value}"))));
            }
            None => {}
        }
    }
    bracket.restructure(&gone, come, out);
}

/// What stands in `Some(…)`.
fn inner<'n, 't>(field: &Field, node: &'n Node<'t>) -> &'n Node<'t> {
    match &node.value {
        Tree::Group(Some(Name { text: "Some", .. }), items) if field.option && items.len() == 1 => &items[0].value,
        _ => node,
    }
}

fn list(out: &mut Splices<'_>, node: &Node<'_>, nodes: &[Node<'_>], part: &'static Shape, was: &[Value], is: &[Value]) {
    let bracket = Bracket::of(out.text, node);
    let kept = kept(part, was, is);
    let structure = kept.len() < was.len().max(is.len());
    if structure {
        let whole = written::list("[", "]", is.iter().map(|value| written::of(part, value)).collect());
        if is.is_empty() || nodes.is_empty() || outgrown(out, &bracket, node, &whole) {
            return lay(out, node, &whole);
        }
    }
    let mut gone = vec![true; nodes.len()];
    for (old, new) in &kept {
        gone[*old] = false;
        change(out, &nodes[*old], part, &was[*old], &is[*new]);
    }
    let mut come = Vec::new();
    let mut free: HashSet<usize> = (0..was.len()).filter(|old| gone[*old]).collect();
    let mut behind = None;
    for (at, value) in is.iter().enumerate() {
        if let Some((old, _)) = kept.iter().find(|(_, new)| *new == at) {
            behind = Some(*old);
            continue;
        }
        // What only moves takes its text and comments along.
        let moved = free.iter().copied().filter(|old| was[*old] == *value).min();
        come.push((
            behind,
            match moved {
                Some(old) => {
                    free.remove(&old);
                    bracket.carried(old)
                }
                None => Come::new(written::of(part, value).lay(bracket.indent(), bracket.indent())),
            },
        ));
    }
    bracket.restructure(&gone, come, out);
}

/// Pairs of old and new positions of what stays, perhaps changed: by id, or by what it says; of what is left between two
/// that stay, texts and structs are taken to be the same one by one.
fn kept(part: &Shape, was: &[Value], is: &[Value]) -> Vec<(usize, usize)> {
    let id = |value: &Value| value.get("id").and_then(Value::as_str).map(str::to_owned);
    let ids = |values: &[Value]| values.iter().map(id).collect::<Option<Vec<String>>>();
    if let (Some(was), Some(is)) = (ids(was), ids(is)) {
        return common(&was, &is);
    }
    let mut kept = common(was, is);
    if matches!(part, Shape::Both | Shape::Struct(_)) {
        let ends = kept.iter().copied().chain([(was.len(), is.len())]).collect::<Vec<_>>();
        let (mut old, mut new) = (0, 0);
        for (old_end, new_end) in ends {
            kept.extend((old..old_end).zip(new..new_end));
            (old, new) = (old_end + 1, new_end + 1);
        }
        kept.sort();
    }
    kept
}

fn by_ref(
    out: &mut Splices<'_>,
    node: &Node<'_>,
    pairs: &[(Node<'_>, Node<'_>)],
    (shape, part): (&'static Shape, &'static Shape),
    was: &Value,
    is: &Value,
) {
    let bracket = Bracket::of(out.text, node);
    let (Some(old), Some(new)) = (was.as_object(), is.as_object()) else { return anew(out, node, shape, is) };
    if pairs.is_empty() || old.keys().ne(new.keys()) && outgrown(out, &bracket, node, &written::of(shape, is)) {
        return anew(out, node, shape, is);
    }
    let mut gone = vec![false; pairs.len()];
    for (at, (key, value)) in pairs.iter().enumerate() {
        let Tree::Text(quoted) = key.value else { continue };
        let id = decode::<String>(quoted).unwrap_or_default();
        match (old.get(&id), new.get(&id)) {
            (Some(was), Some(is)) => change(out, value, part, was, is),
            _ => gone[at] = true,
        }
    }
    let last = gone.iter().rposition(|gone| !gone);
    if last.is_none() {
        return anew(out, node, shape, is);
    }
    let fresh = new.iter().filter(|(id, _)| !old.contains_key(*id));
    let come = fresh
        .map(|(id, value)| (last, Come::new(format!("{}: {}", written::quoted(id), written::of(part, value).flat()))));
    bracket.restructure(&gone, come.collect(), out);
}

fn needs(out: &mut Splices<'_>, node: &Node<'_>, items: &[Item<'_>], was: &Value, is: &Value) {
    let only =
        |value: &Value| value.as_object().and_then(|fields| fields.iter().next()).map(|(k, v)| (k.clone(), v.clone()));
    let (Some((was_name, was_parts)), Some((name, parts))) = (only(was), only(is)) else {
        return anew(out, node, &Shape::Needs, is);
    };
    match (items, &was_parts, &parts) {
        ([Item { value: list_node, .. }], Value::Array(was), Value::Array(is))
            if was_name == name && name != "AtLeast" =>
        {
            if let Tree::List(nodes) = &list_node.value
                && nodes.len() == was.len()
            {
                return list(out, list_node, nodes, &Shape::Needs, was, is);
            }
        }
        ([Item { value: count, .. }, Item { value: list_node, .. }], Value::Array(was), Value::Array(is))
            if was_name == name && was.len() == 2 && is.len() == 2 =>
        {
            if let (Tree::List(nodes), Some(was_parts), Some(parts)) =
                (&list_node.value, was[1].as_array(), is[1].as_array())
                && nodes.len() == was_parts.len()
            {
                if was[0] != is[0] {
                    out.replace(count.span.range(), is[0].to_string());
                }
                if was_parts != parts {
                    list(out, list_node, nodes, &Shape::Needs, was_parts, parts);
                }
                return;
            }
        }
        _ => {}
    }
    anew(out, node, &Shape::Needs, is);
}
