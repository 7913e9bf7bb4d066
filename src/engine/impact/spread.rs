//! The same work on parts of the people, on two threads. The only threads of the engine: they share nothing that
//! changes, and the answer does not depend on them.

/// With fewer people a second thread costs more than it saves.
const WORTH_IT: usize = 4_000;

/// What `work` makes of each part of `items`, in their order.
pub(super) fn spread<I: Sync, T: Send>(items: &[I], work: impl Fn(&[I]) -> T + Sync) -> Vec<T> {
    if items.len() < WORTH_IT {
        return vec![work(items)];
    }
    let (first, second) = items.split_at(items.len() / 2);
    std::thread::scope(|scope| {
        let other = scope.spawn(|| work(second));
        let first = work(first);
        match other.join() {
            Ok(second) => vec![first, second],
            Err(panic) => std::panic::resume_unwind(panic),
        }
    })
}
