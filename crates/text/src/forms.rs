//! What is known of a form apart from any sentence: which inflections it can be, of which verb, and which words it is
//! used like.
//!
//! Only the packing; the knowledge is gathered by the trainer.

/// A form can be the base of a verb.
pub const BASE: u32 = 1;
/// A form can be the third person singular of a verb.
pub const THIRD: u32 = 2;
/// A form can be the past tense of a verb.
pub const PAST: u32 = 4;
/// A form can be the past participle of a verb.
pub const PARTICIPLE: u32 = 8;
/// A form can be the present participle of a verb.
pub const GERUND: u32 = 16;
/// A form can be a noun in the singular.
pub const SINGULAR: u32 = 32;
/// A form can be a noun in the plural.
pub const PLURAL: u32 = 64;
/// A form can be a finite verb or auxiliary.
pub const FINITE: u32 = 128;

/// Most verbs that can be told apart.
pub const MOST_VERBS: u32 = (1 << 15) - 1;
/// Most groups that can be told apart.
pub const MOST_GROUPS: u32 = (1 << 9) - 1;

/// What is known of a form; nothing of an unknown one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Facts {
    /// Number of the group of forms that are used alike, at most [`MOST_GROUPS`]; 0 for none.
    pub group: u32,
    /// The inflections it can be, of [`BASE`] to [`FINITE`].
    pub inflections: u32,
    /// Number of the verb it can be a form of, at most [`MOST_VERBS`]; 0 for none.
    pub verb: u32,
}

impl Facts {
    /// All in one number.
    pub fn pack(self) -> u32 {
        self.group.min(MOST_GROUPS) | (self.inflections & 0xFF) << 9 | self.verb.min(MOST_VERBS) << 17
    }

    /// What [`Self::pack`] packed.
    #[inline]
    pub fn unpack(packed: u32) -> Self {
        Facts { group: packed & MOST_GROUPS, inflections: packed >> 9 & 0xFF, verb: packed >> 17 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_is_unpacked() {
        let facts = Facts { group: MOST_GROUPS, inflections: PAST | FINITE, verb: MOST_VERBS };
        assert_eq!(Facts::unpack(facts.pack()), facts);
        assert_eq!(Facts::unpack(0), Facts::default());
    }
}
