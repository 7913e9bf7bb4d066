//! In which order to take the steps: what is built on first, then the earliest due day, then the curriculum's order.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use chrono::NaiveDate;

/// Orders `due.len()` steps given in the curriculum's order, of which `before[i]` must come before step `i`.
///
/// Among the steps that nothing holds back, the one due first goes first; without a day last; the curriculum's order
/// decides between equals.
pub(super) fn order(due: &[Option<NaiveDate>], before: &[Vec<usize>]) -> Vec<usize> {
    let mut waiting: Vec<usize> = before.iter().map(Vec::len).collect();
    let mut after = vec![Vec::new(); before.len()];
    for (step, firsts) in before.iter().enumerate() {
        firsts.iter().for_each(|&first| after[first].push(step));
    }
    let key = |step: usize| Reverse((due[step].unwrap_or(NaiveDate::MAX), step));
    let mut ready: BinaryHeap<_> = (0..due.len()).filter(|&step| waiting[step] == 0).map(key).collect();
    let mut ordered = Vec::with_capacity(due.len());
    while let Some(Reverse((_, step))) = ready.pop() {
        ordered.push(step);
        for &next in &after[step] {
            waiting[next] -= 1;
            if waiting[next] == 0 {
                ready.push(key(next));
            }
        }
    }
    ordered
}
