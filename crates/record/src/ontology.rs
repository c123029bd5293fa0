//! The closed sets of codes: PLOVER's sixteen event types, the four quad classes, the twelve kinds of ties.
//!
//! Names, quads and meanings follow PLOVER 2.0 (Open Event Data Alliance); SANCTION is material conflict, as its
//! section and summary table say.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A name that is in none of the closed sets.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{name}` is no {set}; one of {expected} is expected")]
pub struct UnknownName {
    /// The name as it was written.
    pub name: String,
    /// What it should have been.
    pub set: &'static str,
    /// The names that exist.
    pub expected: String,
}

macro_rules! closed_set {
    ($(#[$doc:meta])* $name:ident, $set:literal, { $($(#[$vdoc:meta])* $variant:ident = $wire:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $wire)] $variant,)+ }

        impl $name {
            /// All of them, in the order of the manual.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The name on the wire.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $wire,)+ }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl FromStr for $name {
            type Err = UnknownName;
            fn from_str(s: &str) -> Result<Self, UnknownName> {
                Self::ALL.iter().copied().find(|x| x.as_str() == s).ok_or_else(|| UnknownName {
                    name: s.to_owned(),
                    set: $set,
                    expected: Self::ALL.iter().map(|x| x.as_str()).collect::<Vec<_>>().join(" "),
                })
            }
        }
    };
}

closed_set! {
    /// PLOVER's event types.
    EventType, "PLOVER event type", {
        /// Promises, offers or shows willingness to cooperate.
        Agree = "AGREE",
        /// Meets, visits, talks, negotiates, calls.
        Consult = "CONSULT",
        /// Backs without material help: praise, recognition, treaties.
        Support = "SUPPORT",
        /// Concedes in words: eases, pardons, apologises, declares a ceasefire.
        Concede = "CONCEDE",
        /// Exchanges materially: trade, joint exercises, extradition, intelligence.
        Cooperate = "COOPERATE",
        /// Helps materially: money, arms, relief, asylum.
        Aid = "AID",
        /// Carries a concession out: withdraws, releases, disarms, resigns.
        Retreat = "RETREAT",
        /// Asks, demands, orders.
        Request = "REQUEST",
        /// Criticises, condemns, alleges, sues, investigates.
        Accuse = "ACCUSE",
        /// Refuses, vetoes, cancels.
        Reject = "REJECT",
        /// Warns of serious consequences.
        Threaten = "THREATEN",
        /// Protests collectively and physically.
        Protest = "PROTEST",
        /// Cuts relations: sanctions, expulsions, convictions.
        Sanction = "SANCTION",
        /// Moves or readies armed force short of use.
        Mobilize = "MOBILIZE",
        /// Represses short of violence.
        Coerce = "COERCE",
        /// Acts so as to cause serious physical harm.
        Assault = "ASSAULT",
    }
}

closed_set! {
    /// Conflict or cooperation, in words or deeds.
    Quad, "quad class", {
        /// Verbal cooperation.
        VerbalCooperation = "verbal-cooperation",
        /// Material cooperation.
        MaterialCooperation = "material-cooperation",
        /// Verbal conflict.
        VerbalConflict = "verbal-conflict",
        /// Material conflict.
        MaterialConflict = "material-conflict",
    }
}

closed_set! {
    /// Lasting ties between two actors.
    TieType, "kind of tie", {
        /// Holds the other to be a state or a government.
        Recognises = "RECOGNISES",
        /// Diplomatic relations or contacts.
        HasRelationsWith = "HAS_RELATIONS_WITH",
        /// Ally or partner.
        AlliedWith = "ALLIED_WITH",
        /// At war or in armed conflict with.
        Fighting = "FIGHTING",
        /// Is against.
        Opposes = "OPPOSES",
        /// Is for, backs.
        Favours = "FAVOURS",
        /// Belongs to, is a branch of, is affiliated with.
        MemberOf = "MEMBER_OF",
        /// Leads, heads, commands.
        InChargeOf = "IN_CHARGE_OF",
        /// Is based in or operates from.
        LocatedIn = "LOCATED_IN",
        /// Is another name of.
        SameAs = "SAME_AS",
        /// Bans or lists, as a terrorist organisation for instance.
        Designates = "DESIGNATES",
        /// Spoke or wrote to.
        CommunicatedWith = "COMMUNICATED_WITH",
    }
}

impl EventType {
    /// The quad class of the type.
    pub fn quad(self) -> Quad {
        use EventType::*;
        match self {
            Agree | Consult | Support | Concede => Quad::VerbalCooperation,
            Cooperate | Aid | Retreat => Quad::MaterialCooperation,
            Request | Accuse | Reject | Threaten => Quad::VerbalConflict,
            Protest | Sanction | Mobilize | Coerce | Assault => Quad::MaterialConflict,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_back() {
        for t in EventType::ALL {
            assert_eq!(t.as_str().parse::<EventType>().as_ref(), Ok(t));
        }
        assert_eq!(EventType::ALL.len(), 16);
        assert_eq!(TieType::ALL.len(), 12);
        let err = "FIGHT".parse::<EventType>().unwrap_err();
        assert!(err.to_string().contains("ASSAULT"), "{err}");
    }
}
