//! The same graph for other programs: Graphviz, Mermaid and JSON.

use std::fmt::Write;

use serde_json::{Value, json};

use super::graph::{Edge, Graph, Node};
use super::style::{self, LIGHT};
use super::svg::plain;
use super::words;

/// For Graphviz. Areas are clusters; classes and colours as on the pages.
pub fn dot(graph: &Graph) -> String {
    let mut out = format!("digraph {} {{\n", quoted(&graph.name));
    out.push_str("  rankdir=LR;\n  node [shape=box, style=\"rounded,filled\", fontname=\"sans-serif\"];\n");
    for (area, written) in graph.areas.iter().enumerate() {
        let (class, [_, _, tint, edge]) = colours(graph, area);
        let _ = writeln!(out, "  subgraph {} {{", quoted(&format!("cluster_{}", written.id)));
        let _ = writeln!(out, "    label={}; color=\"{edge}\"; fontcolor=\"{edge}\";", quoted(&written.title));
        for node in graph.nodes.iter().filter(|node| node.area == area) {
            let (id, label) = (quoted(&node.id), quoted(&label(graph, node)));
            let _ =
                writeln!(out, "    {id} [label={label}, class=\"{class}\", fillcolor=\"{tint}\", color=\"{edge}\"];");
        }
        out.push_str("  }\n");
    }
    for edge in drawn(graph) {
        let (from, to) = (quoted(&graph.nodes[edge.from].id), quoted(&graph.nodes[edge.to].id));
        let choice = gate(graph, edge).map(|word| format!(" [style=dashed, label={}]", quoted(&word)));
        let _ = writeln!(out, "  {from} -> {to}{};", choice.unwrap_or_default());
    }
    out.push_str("}\n");
    out
}

/// For Mermaid, as in Markdown documents.
pub fn mermaid(graph: &Graph) -> String {
    let mut out = "flowchart LR\n".to_owned();
    for (area, written) in graph.areas.iter().enumerate() {
        let _ = writeln!(out, "  subgraph a{area}[\"{}\"]", entities(&written.title));
        for (at, node) in graph.nodes.iter().enumerate().filter(|(_, node)| node.area == area) {
            let (class, label) = (colours(graph, area).0, entities(&label(graph, node)));
            let _ = writeln!(out, "    n{at}[\"{}\"]:::{class}", label.replace('\n', "<br/>"));
        }
        out.push_str("  end\n");
    }
    for edge in drawn(graph) {
        let arrow = gate(graph, edge).map_or("-->".to_owned(), |word| format!("-. \"{word}\" .->"));
        let _ = writeln!(out, "  n{} {arrow} n{}", edge.from, edge.to);
    }
    for (class, [_, _, tint, edge]) in LIGHT.areas {
        let _ = writeln!(out, "  classDef {class} fill:{tint},stroke:{edge},color:{}", LIGHT.ink);
    }
    out
}

/// For programs: every module with its figures, every edge, every choice.
pub fn json(graph: &Graph) -> Value {
    let steps = graph.steps();
    let nodes = graph.nodes.iter().zip(&steps).map(|(node, step)| {
        json!({
            "id": node.id, "code": node.code, "title": plain(&node.title), "short": plain(&node.short),
            "area": graph.areas[node.area].id, "hours": node.hours, "level": node.level, "step": step,
            "needs": node.needs,
        })
    });
    let edges = graph.edges.iter().map(|edge| {
        json!({
            "from": graph.nodes[edge.from].id, "to": graph.nodes[edge.to].id,
            "choice": edge.choice, "implied": edge.implied,
        })
    });
    let choices = graph
        .choices
        .iter()
        .enumerate()
        .map(|(at, choice)| json!({ "choice": at, "to": graph.nodes[choice.to].id, "at_least": choice.least }));
    let areas = graph
        .areas
        .iter()
        .map(|area| json!({ "id": area.id, "title": area.title, "class": style::class(area.colour) }));
    json!({
        "name": graph.name, "language": words::tag(graph.language), "hours": graph.nodes.iter().map(|n| n.hours).sum::<f64>(),
        "areas": areas.collect::<Vec<_>>(), "nodes": nodes.collect::<Vec<_>>(),
        "edges": edges.collect::<Vec<_>>(), "choices": choices.collect::<Vec<_>>(),
    })
}

fn drawn(graph: &Graph) -> impl Iterator<Item = &Edge> {
    graph.edges.iter().filter(|edge| !edge.implied)
}

fn gate(graph: &Graph, edge: &Edge) -> Option<String> {
    edge.choice.map(|choice| words::gate(graph.choices[choice].least, graph.language))
}

fn label(graph: &Graph, node: &Node) -> String {
    format!("{} · {}\n{}", node.code, words::hours(node.hours, graph.language), plain(&node.short))
}

fn colours(graph: &Graph, area: usize) -> (&'static str, [&'static str; 4]) {
    let class = style::class(graph.areas[area].colour);
    LIGHT.areas.into_iter().find(|(name, _)| *name == class).unwrap_or(LIGHT.areas[0])
}

/// A Graphviz string: quotes and backslashes escaped, line ends as `\n`.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n"))
}

/// A Mermaid label: what could end the label or begin markup becomes an entity code.
fn entities(text: &str) -> String {
    text.chars()
        .map(|character| match character {
            '"' | '<' | '>' | '&' | '#' | ';' | '`' | '\\' => format!("#{};", character as u32),
            other => other.to_string(),
        })
        .collect()
}
