//! How features become numbers: one mixing step, the same on every machine, shared by engine and trainer.

const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;

/// Mixes `value` into `state`.
#[inline(always)]
pub fn mix(state: u64, value: u64) -> u64 {
    let x = (state ^ value).wrapping_mul(FACTOR);
    x ^ (x >> 32)
}

/// The key of a feature: template number and up to any number of values.
#[inline(always)]
pub fn key(template: u32, values: &[u32]) -> u32 {
    let mut state = mix(0x5851_F42D_4C95_7F2D, u64::from(template));
    for &value in values {
        state = mix(state, u64::from(value));
    }
    state as u32
}

/// The number of a piece of text.
#[inline]
pub fn of_chars(chars: impl IntoIterator<Item = char>) -> u32 {
    let mut state = 0x14057B7EF767814F;
    for c in chars {
        state = mix(state, c as u64);
    }
    state as u32
}
