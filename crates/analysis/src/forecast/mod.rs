//! What comes next, from dated facts alone: who will stand at the other end of a relation ([`ranking`]), and whether and
//! when something happens, with probabilities ([`outlook`], [`rolling`]).

pub mod boost;
pub mod curve;
pub mod decay;
pub mod evidence;
pub mod fact;
pub mod features;
pub mod hazard;
pub mod history;
pub mod kinship;
pub mod landmark;
pub mod lists;
pub mod numeric;
pub mod outlook;
pub mod rank;
pub mod ranking;
pub mod recurrency;
pub mod rolling;
pub mod rules;
mod tree;
pub mod tuning;
pub mod walks;
