//! A small set of modules, by written order.

use std::ops::BitOr;

/// Modules below 384.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Mask([u128; 3]);

impl Mask {
    /// The set whose bits are those of `bits`.
    pub(super) fn low(bits: u128) -> Mask {
        Mask([bits, 0, 0])
    }

    pub(super) fn of(module: usize) -> Mask {
        Mask::default().with(module)
    }

    pub(super) fn has(self, module: usize) -> bool {
        self.0[module / 128] >> (module % 128) & 1 == 1
    }

    pub(super) fn with(mut self, module: usize) -> Mask {
        self.0[module / 128] |= 1 << (module % 128);
        self
    }

    pub(super) fn without(self, other: Mask) -> Mask {
        Mask([0, 1, 2].map(|word| self.0[word] & !other.0[word]))
    }

    pub(super) fn meets(self, other: Mask) -> bool {
        self.0.iter().zip(other.0).any(|(own, other)| own & other != 0)
    }
}

impl BitOr for Mask {
    type Output = Mask;

    fn bitor(self, other: Mask) -> Mask {
        Mask([0, 1, 2].map(|word| self.0[word] | other.0[word]))
    }
}

impl FromIterator<usize> for Mask {
    fn from_iter<I: IntoIterator<Item = usize>>(modules: I) -> Mask {
        modules.into_iter().fold(Mask::default(), Mask::with)
    }
}
