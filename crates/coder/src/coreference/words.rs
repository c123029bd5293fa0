//! What single words tell of those they stand for: sex, number, sort. The lists are word classes of the lexicon.

use demarche_lexicon::Lexicon;
use std::collections::HashMap;

/// Something a word tells; several may hold.
pub type Signs = u16;

/// A man or men.
pub const MALE: Signs = 1;
/// A woman or women.
pub const FEMALE: Signs = 2;
/// Human beings.
pub const HUMAN: Signs = 4;
/// Many who act as one: a government, a team.
pub const BODY: Signs = 8;
/// A place.
pub const PLACE: Signs = 16;
/// A time.
pub const TIME: Signs = 32;
/// A given name of men.
pub const HIS_NAME: Signs = 64;
/// A given name of women.
pub const HER_NAME: Signs = 128;
/// A form of address of men.
pub const MISTER: Signs = 256;
/// A form of address of women.
pub const MISSIS: Signs = 512;

/// Names of the classes and what they tell.
const CLASSES: [(&str, Signs); 10] = [
    ("male-noun", MALE | HUMAN),
    ("female-noun", FEMALE | HUMAN),
    ("human-noun", HUMAN),
    ("body-noun", BODY),
    ("place-kind", PLACE),
    ("time-noun", TIME),
    ("male-name", HIS_NAME),
    ("female-name", HER_NAME),
    ("male-title", MISTER | HUMAN),
    ("female-title", MISSIS | HUMAN),
];

/// The lists, by number of the word.
#[derive(Debug, Clone, Default)]
pub struct Words {
    signs: HashMap<u32, Signs>,
}

impl Words {
    /// The lists of a lexicon; one that has none gives no signs.
    pub fn new(lexicon: &Lexicon) -> Self {
        let mut signs: HashMap<u32, Signs> = HashMap::new();
        for (class, sign) in CLASSES {
            for word in lexicon.classes.get(class).into_iter().flatten() {
                *signs.entry(number(word)).or_default() |= sign;
            }
        }
        Self { signs }
    }

    /// What the word of this number tells.
    pub fn signs(&self, number: u32) -> Signs {
        self.signs.get(&number).copied().unwrap_or(0)
    }
}

/// Mixes a value into a number; the same on every machine.
#[inline(always)]
pub fn mix(state: u64, value: u64) -> u64 {
    let x = (state ^ value).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    x ^ (x >> 32)
}

/// The number of a word: the same for capitals and small letters.
pub fn number(word: &str) -> u32 {
    let mut state = 0x243F_6A88_85A3_08D3;
    for c in word.chars().flat_map(char::to_lowercase) {
        state = mix(state, u64::from(u32::from(c)));
    }
    state as u32
}

/// The number of a piece of text made of words that have numbers.
pub fn join(words: impl IntoIterator<Item = u32>) -> u32 {
    let mut state = 0x1319_8A2E_0370_7344;
    for word in words {
        state = mix(state, u64::from(word));
    }
    state as u32
}
