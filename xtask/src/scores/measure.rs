//! Figures that are taken from what scorers print, and the bars that they must reach or must not pass.

use std::fmt;

/// A figure of a scorer.
pub struct Measure {
    /// Its name in the table.
    pub name: &'static str,
    /// Where it stands in the scorer's JSON object.
    pub pointer: &'static str,
    /// Where the number stands that it is a count out of.
    pub of: Option<&'static str>,
    /// The bar, if there is one.
    pub bar: Option<Bar>,
}

/// What a figure must reach or must not pass.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Bar {
    /// This or more.
    AtLeast(f64),
    /// This or less.
    AtMost(f64),
}

impl Bar {
    /// Whether a figure meets the bar.
    pub fn met(self, figure: f64) -> bool {
        match self {
            Bar::AtLeast(bar) => figure >= bar,
            Bar::AtMost(bar) => figure <= bar,
        }
    }
}

impl fmt::Display for Bar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Bar::AtLeast(bar) => write!(f, "≥ {bar}"),
            Bar::AtMost(bar) => write!(f, "≤ {bar}"),
        }
    }
}

/// A figure that is there to be watched.
pub(super) const fn watched(name: &'static str, pointer: &'static str) -> Measure {
    Measure { name, pointer, of: None, bar: None }
}

/// A figure that must be this or more.
pub(super) const fn barred(name: &'static str, pointer: &'static str, bar: f64) -> Measure {
    Measure { name, pointer, of: None, bar: Some(Bar::AtLeast(bar)) }
}

/// A figure that must be this or less.
pub(super) const fn capped(name: &'static str, pointer: &'static str, bar: f64) -> Measure {
    Measure { name, pointer, of: None, bar: Some(Bar::AtMost(bar)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_inclusive() {
        assert!(Bar::AtLeast(93.0).met(93.0) && !Bar::AtLeast(93.0).met(92.99));
        assert!(Bar::AtMost(0.0).met(0.0) && !Bar::AtMost(0.0).met(1.0));
    }
}
