//! Everybody's answer under one version, kept in few bytes: two numbers, one for each role in which the person is
//! competent, and two for each step.

use super::answer::{Answer, Todo};
use super::change::Who;
use super::store::{Pool, Stretch};
use super::time::{Day, NEVER};
use crate::engine::model::Quarters;

/// Answers in the order of the people.
#[derive(Debug, Clone, Default)]
pub(super) struct Kept {
    stretches: Vec<Stretch>,
    pool: Pool,
    numbers: Vec<u16>,
}

impl Kept {
    pub(super) fn push(&mut self, who: &Who, answer: &Answer) {
        self.insert(self.stretches.len(), who, answer);
    }

    /// Everybody from `at` on moves up by one.
    pub(super) fn insert(&mut self, at: usize, who: &Who, answer: &Answer) {
        self.write(who, answer);
        self.stretches.insert(at, self.pool.keep(&self.numbers));
    }

    pub(super) fn replace(&mut self, at: usize, who: &Who, answer: &Answer) {
        self.write(who, answer);
        self.stretches[at] = self.pool.replace(self.stretches[at], &self.numbers);
        self.pool.tidy(self.stretches.iter_mut());
    }

    /// Everybody behind `at` moves down by one.
    pub(super) fn remove(&mut self, at: usize) {
        self.pool.free(self.stretches.remove(at));
        self.pool.tidy(self.stretches.iter_mut());
    }

    /// Adds the answers of those who come next.
    pub(super) fn append(&mut self, next: &Kept) {
        self.stretches.extend(next.stretches.iter().map(|&stretch| self.pool.keep(next.pool.get(stretch))));
    }

    /// Writes the answer over `answer`; `quarters` are the version's, by module.
    pub(super) fn read(&self, at: usize, who: &Who, today: Day, quarters: &[Quarters], answer: &mut Answer) {
        let numbers = self.pool.get(self.stretches[at]);
        let (head, rest) = numbers.split_at(2);
        let (roles, steps) = rest.split_at(usize::from(head[1] >> 1));
        answer.today = today;
        answer.pinch = (head[0] != NEVER).then_some(head[0]);
        answer.unproved = head[1] & 1 == 1;
        answer.competent.clear();
        answer.competent.extend(roles.iter().map(|&role| who.roles[usize::from(role)]));
        answer.steps.clear();
        answer.steps.extend(steps.as_chunks::<2>().0.iter().map(|&[module, due]| Todo {
            module,
            due,
            quarters: quarters[usize::from(module)],
        }));
        answer.quarters = answer.steps.iter().map(|step| step.quarters).sum();
        answer.overdue = answer.steps.iter().any(|step| step.due < today);
    }

    fn write(&mut self, who: &Who, answer: &Answer) {
        self.numbers.clear();
        let count = (answer.competent.len() as u16) << 1;
        self.numbers.extend([answer.pinch.unwrap_or(NEVER), count | u16::from(answer.unproved)]);
        let competent = who.roles.iter().enumerate().filter(|(_, role)| answer.competent.contains(role));
        self.numbers.extend(competent.map(|(at, _)| at as u16));
        self.numbers.extend(answer.steps.iter().flat_map(|step| [step.module, step.due]));
    }

    pub(super) fn trim(&mut self) {
        self.stretches.shrink_to_fit();
        self.pool.trim();
    }

    /// Memory held.
    pub(super) fn bytes(&self) -> usize {
        self.stretches.capacity() * size_of::<Stretch>() + self.pool.bytes()
    }
}
