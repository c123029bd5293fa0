//! Morphological features as one small value: a number from 0 to 15 for every feature of the treebanks.
//!
//! Only the packing and the spelling; which word has which features is decided in `morphology`.

use std::fmt;

/// Every feature with its values, in the order CoNLL-U wants: by name, without regard to case. The place of a value,
/// counted from 1, is what is stored; new values may only be added at the end of a row of at most 15.
const FEATURES: [(&str, &[&str]); 20] = [
    ("Abbr", &["Yes"]),
    ("Case", &["Acc", "Gen", "Nom"]),
    ("Definite", &["Def", "Ind"]),
    ("Degree", &["Cmp", "Pos", "Sup"]),
    ("ExtPos", &["ADP", "ADV", "CCONJ", "PRON", "PROPN", "SCONJ"]),
    ("Foreign", &["Yes"]),
    ("Gender", &["Fem", "Fem,Masc", "Masc", "Neut"]),
    ("Mood", &["Imp", "Ind", "Sub"]),
    ("Number", &["Plur", "Ptan", "Sing"]),
    ("NumForm", &["Combi", "Digit", "Roman", "Word"]),
    ("NumType", &["Card", "Frac", "Mult", "Ord"]),
    ("Person", &["1", "2", "3"]),
    ("Polarity", &["Neg", "Pos"]),
    ("Poss", &["Yes"]),
    ("PronType", &["Art", "Dem", "Emp", "Ind", "Int", "Neg", "Prs", "Rcp", "Rel", "Tot"]),
    ("Reflex", &["Yes"]),
    ("Style", &["Arch", "Coll", "Expr", "Slng", "Vrnc"]),
    ("Tense", &["Past", "Pres"]),
    ("Typo", &["Yes"]),
    ("VerbForm", &["Fin", "Ger", "Inf", "Part"]),
];
/// `Voice` has a place of its own because it depends on the tree and is set after parsing.
const VOICE: usize = FEATURES.len();

/// The morphological features of a word; shown as in CoNLL-U, `_` when there are none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Feats(u128);

impl Feats {
    /// No features.
    pub const NONE: Feats = Feats(0);

    /// Reads the CoNLL-U column; features and values the treebanks do not use are left out.
    pub fn from_conllu(column: &str) -> Self {
        let mut packed = Feats::NONE;
        for pair in column.split('|') {
            let Some((name, value)) = pair.split_once('=') else {
                continue;
            };
            if name == "Voice" {
                packed = packed.with_passive(value == "Pass");
            } else if let Some(row) = FEATURES.iter().position(|(known, _)| *known == name)
                && let Some(place) = FEATURES[row].1.iter().position(|known| *known == value)
            {
                packed.0 |= (place as u128 + 1) << (4 * row);
            }
        }
        packed
    }

    /// The value of a feature, if the word has it: `get("Number")` may be `Some("Plur")`.
    pub fn get(self, name: &str) -> Option<&'static str> {
        if name == "Voice" {
            return self.is_passive().then_some("Pass");
        }
        let row = FEATURES.iter().position(|(known, _)| *known == name)?;
        let place = (self.0 >> (4 * row)) as usize & 15;
        FEATURES[row].1.get(place.checked_sub(1)?).copied()
    }

    /// Whether there are none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether the word is marked as passive.
    pub fn is_passive(self) -> bool {
        (self.0 >> (4 * VOICE)) & 15 != 0
    }

    /// The same features with the mark of the passive set or taken away.
    pub fn with_passive(self, passive: bool) -> Self {
        Feats(self.0 & !(15 << (4 * VOICE)) | u128::from(passive) << (4 * VOICE))
    }

    /// The packed number, for storing in a model.
    pub fn to_bits(self) -> u128 {
        self.0
    }

    /// Features from a packed number; places that stand for nothing show nothing.
    pub fn from_bits(bits: u128) -> Self {
        Feats(bits)
    }
}

impl fmt::Display for Feats {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut open = false;
        let mut write = |f: &mut fmt::Formatter<'_>, name: &str, value: &str| {
            let bar = if std::mem::replace(&mut open, true) { "|" } else { "" };
            write!(f, "{bar}{name}={value}")
        };
        for (row, (name, values)) in FEATURES.iter().enumerate() {
            let place = (self.0 >> (4 * row)) as usize & 15;
            if let Some(value) = place.checked_sub(1).and_then(|p| values.get(p)) {
                write(f, name, value)?;
            }
        }
        if self.is_passive() {
            write(f, "Voice", "Pass")?;
        }
        if !open {
            f.write_str("_")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_is_what_is_shown() {
        for column in [
            "_",
            "Number=Sing",
            "Case=Nom|Gender=Fem|Number=Sing|Person=3|PronType=Prs",
            "Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin",
            "Tense=Past|VerbForm=Part|Voice=Pass",
            "NumForm=Digit|NumType=Card",
            "Number=Plur|NumForm=Word|NumType=Card",
        ] {
            assert_eq!(Feats::from_conllu(column).to_string(), column);
        }
    }

    #[test]
    fn unknown_features_are_left_out() {
        let feats = Feats::from_conllu("Evident=Nfh|Number=Plur|Person=9");
        assert_eq!(feats.to_string(), "Number=Plur");
        assert_eq!(feats.get("Number"), Some("Plur"));
        assert_eq!(feats.get("Person"), None);
    }
}
