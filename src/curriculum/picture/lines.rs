//! The picture in words: one line for each module, for readers who do not see it and for tables.

use super::graph::Graph;

/// One module and its neighbours.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Module id.
    pub id: String,
    pub code: String,
    pub title: String,
    /// The area's title.
    pub area: String,
    pub hours: f64,
    /// The number of steps before it.
    pub step: usize,
    /// Codes of all modules in the prerequisite.
    pub builds_on: Vec<String>,
    /// The prerequisite in words and codes, "M5 and one of V2, V3"; empty when there is none.
    pub needs: String,
    /// Codes of the modules that build on this one.
    pub leads_to: Vec<String>,
}

/// Everything the picture says, in an order in which nothing comes before what it builds on.
pub fn lines(graph: &Graph) -> Vec<Line> {
    let steps = graph.steps();
    let mut order: Vec<usize> = (0..graph.nodes.len()).collect();
    order.sort_by_key(|&node| (steps[node], node));
    let codes = |nodes: Vec<usize>| nodes.into_iter().map(|node| graph.nodes[node].code.clone()).collect();
    let line = |at: usize| {
        let node = &graph.nodes[at];
        Line {
            id: node.id.clone(),
            code: node.code.clone(),
            title: node.title.clone(),
            area: graph.areas[node.area].title.clone(),
            hours: node.hours,
            step: steps[at],
            builds_on: codes(graph.builds_on(at)),
            needs: node.needs.clone(),
            leads_to: codes(graph.leads_to(at)),
        }
    };
    order.into_iter().map(line).collect()
}
