//! Who misses what, for many people at once: set algebra over bit rows.
//!
//! One row for each person, one bit for each module: 700 modules are 88 bytes, so a region of 300,000 people fits in
//! 27 MB and is read about as fast as memory gives it. Counts required modules only: of a choice (`one_of`) nobody
//! misses a certain module, and what builds on what is `path`'s question.

use chrono::NaiveDate;
use fixedbitset::FixedBitSet;

use super::compile::Compiled;
use super::demand::Demands;
use super::model::{Facts, ModuleIx, Strength};
use super::standing::Standing;

/// Bit rows of the same width, one after the other in memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rows {
    modules: usize,
    words: usize,
    bits: Vec<u64>,
}

impl Rows {
    /// No rows yet, each to be so many modules wide.
    pub fn new(modules: usize) -> Rows {
        Rows { modules, words: modules.div_ceil(WORD).max(1), bits: Vec::new() }
    }

    /// Adds a row; members beyond the width do not count.
    pub fn push(&mut self, members: &FixedBitSet) {
        let start = self.bits.len();
        self.bits.resize(start + self.words, 0);
        for index in members.ones().take_while(|index| index / WORD < self.words) {
            self.bits[start + index / WORD] |= 1 << (index % WORD);
        }
    }

    pub fn len(&self) -> usize {
        self.bits.len() / self.words
    }

    pub fn is_empty(&self) -> bool {
        self.bits.is_empty()
    }

    pub fn row(&self, row: usize) -> &[u64] {
        &self.bits[row * self.words..][..self.words]
    }

    /// All rows in memory order.
    pub fn as_words(&self) -> &[u64] {
        &self.bits
    }
}

const WORD: usize = u64::BITS as usize;

/// The modules that the person has validly on `today`, equivalents counted.
pub fn valid(compiled: &Compiled, facts: &Facts, today: NaiveDate) -> FixedBitSet {
    Standing::new(compiled, facts, today).valid
}

/// The modules that the person's current assignments require.
pub fn required(compiled: &Compiled, facts: &Facts, today: NaiveDate) -> FixedBitSet {
    let demands = Demands::new(compiled, facts, today);
    let required = demands.singles.iter().filter(|single| single.strength == Strength::Required);
    let mut set = FixedBitSet::with_capacity(compiled.modules().len());
    required.for_each(|single| set.insert(usize::from(single.module.0)));
    set
}

/// What is in `wanted` and not in `held`, in the curriculum's order.
pub fn missing<'a>(wanted: &'a [u64], held: &'a [u64]) -> impl Iterator<Item = ModuleIx> + 'a {
    wanted.iter().zip(held).enumerate().flat_map(|(word, (wanted, held))| {
        let mut left = wanted & !held;
        std::iter::from_fn(move || {
            let bit = (left != 0).then(|| left.trailing_zeros())?;
            left &= left - 1;
            Some(ModuleIx((word * WORD) as u16 + bit as u16))
        })
    })
}

/// How many modules each person misses. Person `p` is asked for row `which[p]` of `wanted` and has row `p` of `held`.
///
/// # Panics
/// When `which` names a row that `wanted` does not have, or the widths differ.
pub fn missing_per_person(wanted: &Rows, which: &[u32], held: &Rows) -> Vec<u32> {
    assert_eq!(wanted.words, held.words, "rows of one curriculum");
    let count = |(person, &row): (usize, &u32)| {
        let pairs = wanted.row(row as usize).iter().zip(held.row(person));
        pairs.map(|(wanted, held)| (wanted & !held).count_ones()).sum()
    };
    which.iter().enumerate().map(count).collect()
}

/// For each module how many people miss it. Person `p` is asked for row `which[p]` of `wanted` and has row `p` of
/// `held`; a unit is a range of people, passed as slices of both.
///
/// # Panics
/// When `which` names a row that `wanted` does not have, or the widths differ.
pub fn missing_per_module(wanted: &Rows, which: &[u32], held: &[u64]) -> Vec<u32> {
    let words = wanted.words;
    assert_eq!(held.len(), which.len() * words, "one held row for each person");
    let mut counters = Counters { words, levels: vec![0; LEVELS * words] };
    let mut people = which.chunks_exact(BLOCK).zip(held.chunks_exact(BLOCK * words));
    for (which, held) in &mut people {
        let rows: [&[u64]; BLOCK] = std::array::from_fn(|person| wanted.row(which[person] as usize));
        counters.add_block(&rows, held);
    }
    let rest = which.len() - which.len() % BLOCK;
    for (person, &row) in which.iter().enumerate().skip(rest) {
        for (word, wanted) in wanted.row(row as usize).iter().enumerate() {
            counters.carry(word, 0, wanted & !held[person * words + word]);
        }
    }
    let mut counts = counters.counts();
    counts.truncate(wanted.modules);
    counts
}

/// People added at a time.
const BLOCK: usize = 64;
/// Words added at a time: two fill a register that every x86-64 and ARM machine has.
const LANES: usize = 2;
/// Enough for every count below 2³².
const LEVELS: usize = 32;

/// One binary counter for each module, kept bit by bit: word `w` of level `l` holds bit `l` of 64 counters.
///
/// Adding 64 counters at once costs a few word operations for each row instead of one addition for each set bit
/// (Harley and Seal's carry-save counting; Muła, Kurz and Lemire, "Faster population counts", 2018).
struct Counters {
    words: usize,
    levels: Vec<u64>,
}

impl Counters {
    fn add_block(&mut self, wanted: &[&[u64]; BLOCK], held: &[u64]) {
        let mut word = 0;
        while word + LANES <= self.words {
            self.add_words::<LANES>(word, wanted, held);
            word += LANES;
        }
        (word..self.words).for_each(|word| self.add_words::<1>(word, wanted, held));
    }

    /// Adds a block's `L` words from `word` on.
    fn add_words<const L: usize>(&mut self, word: usize, wanted: &[&[u64]; BLOCK], held: &[u64]) {
        let rows: [[u64; L]; BLOCK] = std::array::from_fn(|person| {
            let wanted = &wanted[person][word..][..L];
            let held = &held[person * self.words + word..][..L];
            std::array::from_fn(|lane| wanted[lane] & !held[lane])
        });
        let at = |level: usize| level * self.words + word;
        let twos: [_; 32] = fold(&mut self.levels[at(0)..], &rows);
        let fours: [_; 16] = fold(&mut self.levels[at(1)..], &twos);
        let eights: [_; 8] = fold(&mut self.levels[at(2)..], &fours);
        let sixteens: [_; 4] = fold(&mut self.levels[at(3)..], &eights);
        let thirty_twos: [_; 2] = fold(&mut self.levels[at(4)..], &sixteens);
        let [sixty_fours] = fold(&mut self.levels[at(5)..], &thirty_twos);
        (0..L).for_each(|lane| self.carry(word + lane, 6, sixty_fours[lane]));
    }

    /// Adds `bits` at `level` and whatever that carries.
    fn carry(&mut self, word: usize, level: usize, mut bits: u64) {
        for level in level..LEVELS {
            if bits == 0 {
                return;
            }
            let sum = &mut self.levels[level * self.words + word];
            (*sum, bits) = (*sum ^ bits, *sum & bits);
        }
    }

    fn counts(&self) -> Vec<u32> {
        let mut counts = vec![0; self.words * WORD];
        for (level, words) in self.levels.chunks(self.words).enumerate() {
            for (index, count) in counts.iter_mut().enumerate() {
                *count |= ((words[index / WORD] >> (index % WORD) & 1) as u32) << level;
            }
        }
        counts
    }
}

/// Adds pairs of rows to the first words of `sum`, three bits at a time; each pair gives one row of carries.
fn fold<const L: usize, const PAIRS: usize>(sum: &mut [u64], rows: &[[u64; L]]) -> [[u64; L]; PAIRS] {
    let mut total: [u64; L] = std::array::from_fn(|lane| sum[lane]);
    let carries = std::array::from_fn(|pair| {
        let (first, second) = (&rows[2 * pair], &rows[2 * pair + 1]);
        std::array::from_fn(|lane| {
            let half = total[lane] ^ first[lane];
            let carry = (total[lane] & first[lane]) | (half & second[lane]);
            total[lane] = half ^ second[lane];
            carry
        })
    });
    sum[..L].copy_from_slice(&total);
    carries
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::engine::sample::Dice;

    fn rows(modules: usize, count: usize, share: u64, dice: &mut Dice) -> (Rows, Vec<FixedBitSet>) {
        let random = |dice: &mut Dice| (0..modules).filter(|_| dice.percent(share)).collect::<FixedBitSet>();
        let sets: Vec<FixedBitSet> = (0..count).map(|_| random(dice)).collect();
        let mut rows = Rows::new(modules);
        sets.iter().for_each(|set| rows.push(set));
        (rows, sets)
    }

    proptest! {
        #[test]
        fn the_totals_are_those_of_counting_one_by_one(
            modules in 1..200_usize, people in 0..300_usize, share in 0..=100_u64, seed: u64
        ) {
            let mut dice = Dice(seed);
            let (wanted, wanted_sets) = rows(modules, 5, share, &mut dice);
            let (held, held_sets) = rows(modules, people, 50, &mut dice);
            let which: Vec<u32> = (0..people).map(|_| dice.below(5) as u32).collect();
            let mut totals = vec![0; modules];
            let mut each = Vec::new();
            for (person, &row) in which.iter().enumerate() {
                let expected: Vec<usize> = wanted_sets[row as usize].difference(&held_sets[person]).collect();
                let found: Vec<usize> =
                    missing(wanted.row(row as usize), held.row(person)).map(|m| usize::from(m.0)).collect();
                prop_assert_eq!(&found, &expected);
                each.push(expected.len() as u32);
                expected.iter().for_each(|&module| totals[module] += 1);
            }
            prop_assert_eq!(missing_per_person(&wanted, &which, &held), each);
            prop_assert_eq!(missing_per_module(&wanted, &which, held.as_words()), totals);
        }
    }
}
