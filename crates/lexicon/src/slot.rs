//! Slots: the places around a predicate where its parties stand, as the sources name them (`subj`, `obj.of`, `with`).

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// One place around a predicate. Subject and object are logical: a passive's `by` is its subject.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Slot {
    /// Who does it.
    Subj,
    /// Whom it is done to.
    Obj,
    /// The second object: "gave *Nepal* aid".
    Iobj,
    /// A possessor: "*Russia's* recognition".
    Poss,
    /// An adjective or compound before a noun: "*Israeli* strikes".
    Mod,
    /// Whom the noun itself describes (`self`): the subject of "is an ally of", the host of an apposition.
    Own,
    /// A clause with its own subject: "said *that …*".
    Ccomp,
    /// An infinitive or participle: "refused *to leave*".
    Xcomp,
    /// An adverbial clause.
    Advcl,
    /// A prepositional phrase, by its preposition.
    Prep(String),
    /// A slot of what fills another slot: `obj.of`.
    Path(Box<Slot>, Box<Slot>),
}

/// A slot name that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no slot")]
pub struct BadSlot(
    /// The name as it was written.
    pub String,
);

/// Longest chain of slots a source may name.
const LONGEST: usize = 4;

impl FromStr for Slot {
    type Err = BadSlot;

    fn from_str(name: &str) -> Result<Self, BadSlot> {
        let parts: Vec<&str> = name.split('.').collect();
        if parts.len() > LONGEST {
            return Err(BadSlot(name.to_owned()));
        }
        let mut slots = Vec::with_capacity(parts.len());
        for part in parts {
            slots.push(single(part).ok_or_else(|| BadSlot(name.to_owned()))?);
        }
        let mut slots = slots.into_iter().rev();
        let last = slots.next().ok_or_else(|| BadSlot(name.to_owned()))?;
        Ok(slots.fold(last, |inner, outer| Slot::Path(Box::new(outer), Box::new(inner))))
    }
}

fn single(name: &str) -> Option<Slot> {
    Some(match name {
        "subj" => Slot::Subj,
        "obj" => Slot::Obj,
        "iobj" => Slot::Iobj,
        "poss" => Slot::Poss,
        "mod" => Slot::Mod,
        "self" => Slot::Own,
        "ccomp" => Slot::Ccomp,
        "xcomp" => Slot::Xcomp,
        "advcl" => Slot::Advcl,
        _ if !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase()) => Slot::Prep(name.to_owned()),
        _ => return None,
    })
}

impl fmt::Display for Slot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Slot::Subj => f.write_str("subj"),
            Slot::Obj => f.write_str("obj"),
            Slot::Iobj => f.write_str("iobj"),
            Slot::Poss => f.write_str("poss"),
            Slot::Mod => f.write_str("mod"),
            Slot::Own => f.write_str("self"),
            Slot::Ccomp => f.write_str("ccomp"),
            Slot::Xcomp => f.write_str("xcomp"),
            Slot::Advcl => f.write_str("advcl"),
            Slot::Prep(p) => f.write_str(p),
            Slot::Path(outer, inner) => write!(f, "{outer}.{inner}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_are_read_as_the_sources_write_them() {
        assert_eq!("self".parse(), Ok(Slot::Own));
        assert_eq!("against".parse(), Ok(Slot::Prep("against".into())));
        let path = Slot::Path(Box::new(Slot::Obj), Box::new(Slot::Prep("of".into())));
        assert_eq!("obj.of".parse(), Ok(path));
        for bad in ["", "obj.", ".of", "Obj", "on top", "a.b.c.d.e"] {
            assert_eq!(bad.parse::<Slot>(), Err(BadSlot(bad.into())), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn what_is_read_is_written_back(name in "(subj|obj|xcomp|self|of|on)(\\.(poss|mod|with|ccomp)){0,3}") {
            prop_assert_eq!(name.parse::<Slot>().unwrap().to_string(), name);
        }
    }
}
