//! The same work on parts of the people, on two threads. The only threads of the engine: they share nothing that
//! changes, and the answer does not depend on them.

/// With fewer people a second thread costs more than it saves.
const WORTH_IT: usize = 300;

/// What `work` makes of each part of `items`, which it is told with its number, in their order.
pub(super) fn spread<I: Sync, T: Send>(items: &[I], work: impl Fn(usize, &[I]) -> T + Sync) -> Vec<T> {
    if items.len() < WORTH_IT {
        return vec![work(0, items)];
    }
    let (first, second) = items.split_at(items.len() / 2);
    std::thread::scope(|scope| {
        let other = scope.spawn(|| work(1, second));
        let first = work(0, first);
        match other.join() {
            Ok(second) => vec![first, second],
            Err(panic) => std::panic::resume_unwind(panic),
        }
    })
}
