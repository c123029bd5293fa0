//! Signed networks: how far a set of ties is from two camps, and who is torn between them.
//!
//! A network is balanced if its actors fall into two camps with all friendly ties within and all hostile ones between them
//! (Heider 1946; Cartwright and Harary 1956). The frustration index is the least weight of ties that are strained,
//! friendly between camps or hostile within one: [`least_strain`] finds it with a proof, or says how far from one it
//! is. [`compare`] tells what other ties would do. Which ties hold when is for those who call; they work with numbers
//! of actors and keep the names.

mod camps;
mod change;
mod exact;
mod network;
mod spectrum;
mod triangles;
mod walks;

pub use camps::{Standing, standings, strained_ties};
pub use change::{Change, Comparison, Pressure, Turn, changed, compare};
pub use exact::{Effort, Partition, least_strain};
pub use network::{NetworkError, SignedNetwork, Tie};
pub use triangles::{Triangle, Triangles, count_triangles, triangles_through};
pub use walks::walk_balance;
