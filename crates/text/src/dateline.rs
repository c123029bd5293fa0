//! The dateline of a report: "KABUL, July 5 (Agency) - …", the place and day it was written at, before its first words.
//!
//! Found by its shape alone; whether the words name a place and a day is left to others.

/// Longest dateline, in bytes.
const LONGEST: usize = 90;
/// Most words in the name of the place.
const MOST_NAMES: usize = 5;

/// The end of the dateline at the beginning of a paragraph, past its dash or colon; none if there is no dateline.
pub(crate) fn end(paragraph: &str) -> Option<usize> {
    let limit = (0..=LONGEST.min(paragraph.len())).rev().find(|&at| paragraph.is_char_boundary(at))?;
    let head = &paragraph[..limit];
    let (at, mark) = ["--", "—", "–", " - ", "/. ", "): ", ": ", " : "]
        .into_iter()
        .filter_map(|mark| head.find(mark).map(|at| (at, mark)))
        .min_by_key(|(at, mark)| (*at, std::cmp::Reverse(mark.len())))?;
    let rest = &paragraph[at + mark.len()..];
    let begins =
        rest.trim_start().starts_with(|c: char| c.is_uppercase() || c.is_numeric() || "\"“‘'[".contains(c));
    // What follows must be a sentence, not a word or two.
    if !begins || rest.split_whitespace().nth(3).is_none() {
        return None;
    }
    let closed = if mark.starts_with(')') || mark.starts_with('/') { &mark[..1] } else { "" };
    let shown = format!("{}{closed}", &head[..at]);
    is_dateline(shown.trim(), mark == ": " || mark == " : ").then_some(at + mark.len())
}

/// A place, perhaps with what it lies in, a day, an agency in brackets or strokes: in that order, and nothing else.
fn is_dateline(text: &str, colon: bool) -> bool {
    let (text, agency) = match text.find(['(', '/']) {
        Some(at) => {
            let closing = if text[at..].starts_with('(') { ')' } else { '/' };
            let inner = &text[at + 1..];
            if !inner.ends_with(closing) || inner.len() < 3 || inner[..inner.len() - 1].contains(closing) {
                return false;
            }
            (text[..at].trim(), true)
        }
        None => (text, false),
    };
    let mut parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
    let Some(place) = parts.next() else { return false };
    let names = |part: &str| {
        let mut words = part.split_whitespace();
        let fit = |w: &str| {
            w.starts_with(char::is_uppercase) || matches!(w, "de" | "del" | "la" | "el" | "al" | "of" | "du")
        };
        words.clone().count() <= MOST_NAMES && words.all(fit) && !part.contains(|c: char| c.is_numeric())
    };
    if !names(place) || !place.starts_with(char::is_uppercase) || place.chars().count() < 3 {
        return false;
    }
    let capitals = !place.chars().any(char::is_lowercase);
    let mut dated = false;
    for part in parts {
        let day = part.split_whitespace().count() <= 3
            && part.chars().any(|c| c.is_ascii_digit())
            && part.split_whitespace().all(|w| {
                w.starts_with(char::is_uppercase)
                    || w.trim_end_matches('.').bytes().all(|b| b.is_ascii_digit())
            });
        if day {
            dated = true;
        } else if dated || !names(part) {
            return false;
        }
    }
    if colon {
        capitals && (agency || dated || place.split_whitespace().count() <= 3)
    } else {
        capitals || agency || dated
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn datelines_are_told_by_their_shape() {
        for (text, rest) in [
            ("KABUL, July 5 (Agency) - Gunmen killed two policemen.", "Gunmen"),
            ("BEIRUT (Agency) — Rebels freed 20 soldiers.", "Rebels"),
            ("NAIROBI, Kenya (Agency) -- Police fired tear gas.", "Police"),
            ("MOSCOW, November 29 /Agency/. The minister spoke to them.", "The minister"),
            ("Brussels, 21 August 2023 - The union imposed sanctions.", "The union"),
            ("BAGHDAD: A bomb killed four policemen.", "A bomb"),
            ("PORT-AU-PRINCE, Haiti, Jan. 3, 2024 – Gangs attacked a prison.", "Gangs"),
        ] {
            let end = end(text).unwrap_or_else(|| panic!("{text}"));
            assert!(text[end..].trim_start().starts_with(rest), "{text}");
        }
    }

    #[test]
    fn other_openings_are_none() {
        for text in [
            "The envoy - a general - left the city on Monday.",
            "London - a city of nine million people - is large.",
            "Three men: one from Kabul, two from Herat.",
            "BREAKING - no",
            "In Kabul, Afghanistan, July was hot - Gunmen came.",
            "",
            "— And then they left the place for good.",
        ] {
            assert_eq!(end(text), None, "{text}");
        }
    }
}
