//! How the closed sets of `demarche-record` that are only ever written there are kept in an image: one byte each,
//! 0 for none.

use demarche_record::{Modality, Polarity, Stance};

pub(crate) const POLARITIES: &[(&str, Polarity)] =
    &[("positive", Polarity::Positive), ("negative", Polarity::Negative)];

pub(crate) const MODALITIES: &[(&str, Modality)] = &[
    ("actual", Modality::Actual),
    ("planned", Modality::Planned),
    ("possible", Modality::Possible),
    ("conditional", Modality::Conditional),
    ("hypothetical", Modality::Hypothetical),
];

pub(crate) const STANCES: &[(&str, Stance)] = &[
    ("asserts", Stance::Asserts),
    ("denies", Stance::Denies),
    ("doubts", Stance::Doubts),
    ("considers", Stance::Considers),
];

fn byte<T: PartialEq + Copy>(set: &[(&str, T)], value: Option<T>) -> u8 {
    value.and_then(|v| set.iter().position(|(_, x)| *x == v)).map_or(0, |at| at as u8 + 1)
}

fn value<T: Copy, E: serde::de::Error>(set: &[(&str, T)], byte: u8) -> Result<Option<T>, E> {
    match byte {
        0 => Ok(None),
        n => set
            .get(n as usize - 1)
            .map(|(_, v)| Some(*v))
            .ok_or_else(|| E::custom("a byte outside the closed set")),
    }
}

macro_rules! optional {
    ($name:ident, $type:ty, $set:expr) => {
        pub(crate) mod $name {
            use serde::{Deserialize, Deserializer, Serializer};

            pub(crate) fn serialize<S: Serializer>(v: &Option<$type>, s: S) -> Result<S::Ok, S::Error> {
                s.serialize_u8(super::byte($set, *v))
            }

            pub(crate) fn deserialize<'d, D: Deserializer<'d>>(d: D) -> Result<Option<$type>, D::Error> {
                super::value($set, u8::deserialize(d)?)
            }
        }
    };
}

optional!(polarity, demarche_record::Polarity, super::POLARITIES);
optional!(modality, demarche_record::Modality, super::MODALITIES);
optional!(stance, demarche_record::Stance, super::STANCES);

pub(crate) mod plain_stance {
    use demarche_record::Stance;
    use serde::de::Error;
    use serde::{Deserializer, Serializer};

    pub(crate) fn serialize<S: Serializer>(v: &Stance, s: S) -> Result<S::Ok, S::Error> {
        super::stance::serialize(&Some(*v), s)
    }

    pub(crate) fn deserialize<'d, D: Deserializer<'d>>(d: D) -> Result<Stance, D::Error> {
        super::stance::deserialize(d)?.ok_or_else(|| D::Error::custom("an attribution without a stance"))
    }
}
