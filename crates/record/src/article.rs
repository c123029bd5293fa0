//! What is read: one article, its text as it came.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// One document. `text` is never changed; every span of every record points into it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Article {
    /// The document's own id, or one made from its path and row.
    pub id: String,
    /// The text as it came.
    pub text: String,
    /// Headline, where it stands apart from the text.
    pub title: Option<String>,
    /// Day of publication.
    pub date: Option<Date>,
    /// Where it was published, as given by the input (a city, a dateline's place).
    pub place: Option<String>,
    /// Address of the page.
    pub url: Option<String>,
    /// Publisher.
    pub source: Option<String>,
    /// Language tag as given (`en`).
    pub language: Option<String>,
}

/// The part of an article a sentence stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Zone {
    /// A title.
    Headline,
    /// Reporting or opinion by the author.
    #[default]
    Body,
    /// Somebody's words between quotation marks.
    Quote,
    /// A reader's comment: not reporting.
    Comment,
    /// Navigation, advertising, captions, signatures.
    Boilerplate,
}

impl Zone {
    /// The name on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Zone::Headline => "headline",
            Zone::Body => "body",
            Zone::Quote => "quote",
            Zone::Comment => "comment",
            Zone::Boilerplate => "boilerplate",
        }
    }
}
