//! The learned choice between readings: log-linear models over what the rules said, the words and the tree.
//!
//! Rules propose, models weigh: they are trained by `demarche-train choice` (multinomial logistic regression with a Gaussian
//! prior) on sentences with a marked pair of actors and its type, and on sentences with the class of their main event.

mod features;
mod model;
mod weighing;

pub use features::{Features, Marks};
pub use model::{ChoiceError, ChoiceModel};
pub use weighing::Choice;
