//! When something happened: an interval of days with its precision and where it came from.

use crate::CharSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// How exactly an interval is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Precision {
    /// One day.
    Day,
    /// Some day of a month.
    Month,
    /// Some day of a year.
    Year,
    /// Some day of a decade.
    Decade,
    /// The text names a time that gives no dates ("long ago").
    Unknown,
}

/// What a date rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Basis {
    /// Words of the sentence.
    Text,
    /// The article's dateline.
    Dateline,
    /// The date of publication.
    Publication,
}

/// An interval of days; both ends are inclusive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct When {
    /// First day, if known.
    pub start: Option<Date>,
    /// Last day, inclusive, if known.
    pub end: Option<Date>,
    /// How exactly it is known.
    pub precision: Precision,
    /// The words it was read from.
    pub text: Option<String>,
    /// Where those words stand, in code points.
    pub span: Option<CharSpan>,
    /// What it rests on.
    pub basis: Basis,
    /// Why words that look like a date give no days, or what was taken for granted.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub note: Option<String>,
}
