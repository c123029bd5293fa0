//! What an importer makes of one row: an entry as the lexicon's sources have it, with references that are yet to be resolved.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The table an entry belongs to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum What {
    #[default]
    Actor,
    Agent,
    Place,
}

/// A text or a reference, and the time for which it holds; dates are written as the sources write them.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Dated {
    pub text: String,
    pub from: Option<String>,
    pub until: Option<String>,
}

impl From<&str> for Dated {
    fn from(text: &str) -> Self {
        Self { text: text.to_owned(), ..Self::default() }
    }
}

/// An office of a person.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Post {
    pub title: String,
    pub of: String,
    pub from: Option<String>,
    pub until: Option<String>,
}

/// What somebody holds the actor to be.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Claim {
    pub kind: String,
    pub label: String,
    pub by: String,
    pub from: Option<String>,
    pub until: Option<String>,
    pub source: Option<String>,
}

/// One entry. References are ids of the lexicon, or what the list that is read calls others.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Draft {
    pub what: What,
    /// What the list calls it: `Q42`.
    pub key: String,
    /// The id it is to have; one is made of its name otherwise.
    pub id: Option<String>,
    pub kind: String,
    pub name: String,
    pub names: Vec<Dated>,
    pub adjectives: Vec<String>,
    pub people: Vec<String>,
    pub capital: Option<String>,
    pub seats: Vec<String>,
    pub cities: Vec<String>,
    pub country: Option<String>,
    pub sectors: Vec<String>,
    pub part_of: Vec<Dated>,
    pub members: Vec<Dated>,
    pub codes: BTreeMap<String, String>,
    pub status: Vec<Claim>,
    pub offices: Vec<Post>,
    pub from: Option<String>,
    pub until: Option<String>,
    /// Irregular plurals of a role noun.
    pub plural: Vec<String>,
    pub lat: Option<f64>,
    pub lon: Option<f64>,
    pub population: u64,
    /// What a reviewer should look at.
    pub remarks: Vec<String>,
}

/// An id out of a name: small Latin letters, digits and hyphens; empty where the name has none.
pub fn slug(name: &str) -> String {
    let mut slug = String::new();
    for c in demarche_lexicon::key(name).chars() {
        if c.is_ascii_alphanumeric() {
            slug.push(c);
        } else if !c.is_alphabetic() && !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(80);
    slug.trim_end_matches('-').to_owned()
}

/// A date as the sources write it, if it is one: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
pub(super) fn date(text: &str) -> Option<String> {
    first_day(text).map(|_| text.to_owned())
}

/// The first day of a year, a month or a day.
fn first_day(text: &str) -> Option<Date> {
    let mut parts = text.split('-');
    let mut number = |digits: usize| match parts.next() {
        None => Some(1),
        Some(part) if part.len() == digits && part.bytes().all(|b| b.is_ascii_digit()) => part.parse().ok(),
        Some(_) => None,
    };
    let (year, month, day): (i16, i16, i16) = (number(4)?, number(2)?, number(2)?);
    if parts.next().is_some() || year < 1 || text.len() < 4 {
        return None;
    }
    Date::new(year, month as i8, day as i8).ok()
}

/// Whether a time is not empty; one that ends in the year or month of its beginning, neither more exactly known, is made
/// to end with it.
pub(super) fn mend_interval(from: Option<&str>, until: &mut Option<String>) -> bool {
    let (Some(start), Some(end)) = (from.and_then(first_day), until.as_deref().and_then(first_day)) else {
        return true;
    };
    if start < end {
        return true;
    }
    let text = until.as_deref().unwrap_or_default();
    let next = match text.len() {
        4 => (end.year() < 9999).then(|| format!("{:04}", end.year() + 1)),
        7 if end.month() == 12 => (end.year() < 9999).then(|| format!("{:04}-01", end.year() + 1)),
        7 => Some(format!("{:04}-{:02}", end.year(), end.month() + 1)),
        _ => None,
    };
    match next {
        Some(next) if first_day(&next).is_some_and(|end| start < end) => {
            *until = Some(next);
            true
        }
        _ => false,
    }
}

/// The day after a day.
pub(super) fn day_after(text: &str) -> Option<String> {
    first_day(text)?.tomorrow().ok().map(|day| day.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ids_are_made_of_letters_and_digits() {
        assert_eq!(slug("Côte d'Ivoire People's Front (1999)"), "cote-d-ivoire-people-s-front-1999");
        assert_eq!(slug("AT&T"), "at-t");
        assert_eq!(slug("Зеленский"), "");
    }

    #[test]
    fn times_that_end_where_they_begin_are_mended_or_refused() {
        let mended = |from: &str, until: &str| {
            let mut end = Some(until.to_owned());
            mend_interval(Some(from), &mut end).then_some(end).flatten()
        };
        assert_eq!(mended("2010-05-11", "2016"), Some("2016".to_owned()));
        assert_eq!(mended("2016-05-11", "2016"), Some("2017".to_owned()));
        assert_eq!(mended("2016-12-11", "2016-12"), Some("2017-01".to_owned()));
        assert_eq!(mended("2016-05-11", "2016-05-11"), None);
        assert_eq!(mended("2016", "2010"), None);
    }

    proptest! {
        #[test]
        fn no_text_is_too_odd(text in "\\PC{0,40}|[0-9-]{0,12}") {
            let id = slug(&text);
            prop_assert!(id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'));
            let mut end = date(&text);
            mend_interval(Some(&text), &mut end);
            let _ = day_after(&text);
        }
    }
}
