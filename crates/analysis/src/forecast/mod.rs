//! What comes next: ranking who will stand at the other end of a relation, from dated facts alone.

pub mod boost;
pub mod decay;
pub mod evidence;
pub mod fact;
pub mod features;
pub mod history;
pub mod kinship;
pub mod numeric;
pub mod rank;
pub mod ranking;
pub mod recurrency;
pub mod rules;
