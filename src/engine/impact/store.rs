//! Facts of many people in little memory: one long row of small numbers, a stretch of it for each person.

/// A stretch of the pool.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stretch {
    start: u32,
    len: u16,
    room: u16,
}

/// Stretches that can be replaced in place.
#[derive(Debug, Clone, Default)]
pub(super) struct Pool {
    numbers: Vec<u16>,
    /// Numbers in no stretch.
    waste: usize,
}

impl Pool {
    /// Keeps `numbers`; more than 65,535 do not fit, and those beyond are left out.
    pub(super) fn keep(&mut self, numbers: &[u16]) -> Stretch {
        let numbers = &numbers[..numbers.len().min(usize::from(u16::MAX))];
        let start = self.numbers.len() as u32;
        self.numbers.extend_from_slice(numbers);
        Stretch { start, len: numbers.len() as u16, room: numbers.len() as u16 }
    }

    /// Keeps `numbers` where `old` was if there is room.
    pub(super) fn replace(&mut self, old: Stretch, numbers: &[u16]) -> Stretch {
        if numbers.len() > usize::from(old.room) {
            self.free(old);
            return self.keep(numbers);
        }
        let start = old.start as usize;
        self.numbers[start..start + numbers.len()].copy_from_slice(numbers);
        Stretch { len: numbers.len() as u16, ..old }
    }

    pub(super) fn free(&mut self, old: Stretch) {
        self.waste += usize::from(old.room);
    }

    pub(super) fn get(&self, stretch: Stretch) -> &[u16] {
        &self.numbers[stretch.start as usize..][..usize::from(stretch.len)]
    }

    /// Moves all stretches together when a quarter of the row is waste.
    pub(super) fn tidy<'a>(&mut self, stretches: impl Iterator<Item = &'a mut Stretch>) {
        if self.waste * 4 <= self.numbers.len() {
            return;
        }
        let mut fresh = Pool { numbers: Vec::with_capacity(self.numbers.len() - self.waste), waste: 0 };
        for stretch in stretches {
            *stretch = fresh.keep(self.get(*stretch));
        }
        *self = fresh;
    }

    /// Gives back memory kept for growing.
    pub(super) fn trim(&mut self) {
        self.numbers.shrink_to_fit();
    }

    /// Memory held.
    pub(super) fn bytes(&self) -> usize {
        self.numbers.capacity() * size_of::<u16>()
    }
}
