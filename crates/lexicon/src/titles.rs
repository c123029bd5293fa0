//! Titles of offices that stand for each other: the same office under another name, or a role any of several fill.

use std::borrow::Cow;

/// What was asked for, and the titles that answer to it, best first.
const GROUPS: &[(&[&str], &[&str])] = &[
    (
        &["prime minister", "premier"],
        &["prime minister", "premier", "taoiseach", "head of government", "chief executive"],
    ),
    (
        &[
            "foreign minister",
            "foreign secretary",
            "minister of foreign affairs",
            "external affairs minister",
        ],
        &[
            "foreign minister",
            "foreign secretary",
            "external affairs minister",
            "minister of foreign affairs",
            "secretary of state",
        ],
    ),
    (
        &["defence minister", "defence secretary", "minister of defence", "secretary of defence"],
        &["defence minister", "defence secretary", "secretary of defence", "minister of defence"],
    ),
    (
        &["interior minister", "home secretary", "home minister", "minister of the interior"],
        &["interior minister", "home secretary", "home minister", "minister of the interior"],
    ),
    (
        &["finance minister", "treasury secretary", "minister of finance"],
        &["finance minister", "treasury secretary", "minister of finance", "chancellor of the exchequer"],
    ),
    (&["monarch", "sovereign", "king", "queen"], &["king", "queen", "sultan", "emir", "emperor", "shah"]),
    (
        &["chairman", "chairwoman", "chairperson", "chair"],
        &["chairman", "chairwoman", "chair", "chairperson"],
    ),
    (&["secretary general", "general secretary"], &["secretary general", "general secretary"]),
    (&["president"], &["president", "state president", "chairman of the presidency"]),
    (&["supreme leader"], &["supreme leader", "paramount leader"]),
    (
        &["vice president", "deputy president"],
        &["vice president", "first vice president", "deputy president"],
    ),
    (
        &["national security adviser", "national security advisor"],
        &["national security adviser", "national security advisor"],
    ),
];

/// Titles that make somebody the first in a state.
const HEADS_OF_STATE: &[&str] = &[
    "head of state",
    "supreme leader",
    "president",
    "king",
    "queen",
    "emir",
    "sultan",
    "emperor",
    "shah",
    "pope",
    "state president",
    "paramount leader",
    "monarch",
    "grand duke",
];

/// Titles that make somebody the first in a government; a president where nobody else is.
const HEADS_OF_GOVERNMENT: &[&str] = &[
    "head of government",
    "prime minister",
    "premier",
    "chancellor",
    "taoiseach",
    "chief executive",
    "chairman of the council of ministers",
    "chairwoman of the council of ministers",
    "co chairman of the council of ministers",
    "chief adviser",
    "minister of state",
    "president",
];

/// Words for whoever is first in a state.
const LEADING: &[&str] =
    &["leader", "head", "chief", "boss", "ruler", "military ruler", "strongman", "dictator", "autocrat"];

/// Titles that make somebody the first in any other body.
const HEADS: &[&str] = &[
    "head",
    "leader",
    "director",
    "director general",
    "secretary general",
    "general secretary",
    "chief",
    "chairman",
    "chairwoman",
    "chair",
    "president",
    "commander",
    "commander in chief",
    "supreme leader",
    "chief of the general staff",
    "chief of army staff",
    "chief of staff",
    "political leader",
    "managing director",
    "executive director",
    "high commissioner",
    "high representative",
    "governor",
    "speaker",
    "chief executive",
    "prosecutor",
    "secretary",
    "founder",
];

/// What may stand before a title that is held for the time being.
const INTERIM: &[&str] = &["acting ", "interim ", "transitional ", "caretaker "];

/// A title in the one spelling titles are compared in: lower case, no hyphens, British "defence". Copied only where it
/// is in another one.
pub(crate) fn plain(title: &str) -> Cow<'_, str> {
    let as_is = title.bytes().all(|b| b.is_ascii_lowercase() || b == b' ')
        && !title.contains("defense")
        && !title.contains("  ")
        && title.trim().len() == title.len();
    if as_is {
        return Cow::Borrowed(title);
    }
    let lower = title.to_lowercase().replace(['-', '\u{2010}', '\u{2011}'], " ");
    let words: Vec<&str> =
        lower.split_whitespace().map(|w| if w == "defense" { "defence" } else { w }).collect();
    Cow::Owned(words.join(" "))
}

/// Whether a title only says that somebody is first, and not by which office.
pub(crate) fn leads(asked: &str) -> bool {
    LEADING.contains(&asked)
}

/// How well the title of an office answers to the title asked for, 0 best; none: not at all. Both are plain.
/// `state` says whether it is an office of a state or territory.
pub(crate) fn fits(asked: &str, held: &str, state: bool) -> Option<usize> {
    let (interim, base) = match INTERIM.iter().find_map(|p| held.strip_prefix(p)) {
        Some(base) => (1, base),
        None => (0, held),
    };
    if asked == held {
        return Some(0);
    }
    if asked == base {
        return Some(1);
    }
    let place = |list: &[&str]| list.iter().position(|t| *t == base).map(|at| 2 + 2 * at + interim);
    if let Some((_, list)) = GROUPS.iter().find(|(names, _)| names.contains(&asked)) {
        return place(list);
    }
    match asked {
        "head of state" => place(HEADS_OF_STATE),
        "head of government" => place(HEADS_OF_GOVERNMENT),
        _ if state && leads(asked) => place(HEADS_OF_STATE)
            .or_else(|| place(HEADS_OF_GOVERNMENT).map(|at| at + 2 * HEADS_OF_STATE.len()))
            .or_else(|| place(&["leader", "military leader", "chairman of the junta"])),
        "leader" | "head" | "chief" | "boss" | "director" | "chairman" => place(HEADS),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_office_under_another_name_fits_less_well_than_itself() {
        assert_eq!(fits("president", "president", true), Some(0));
        assert_eq!(fits("president", "interim president", true), Some(1));
        assert!(fits("prime minister", "taoiseach", true) > Some(1));
        assert!(fits("head", "director", false).is_some());
        assert_eq!(fits("president", "prime minister", true), None);
    }

    #[test]
    fn spelling_makes_no_difference() {
        assert_eq!(plain("Defense  Secretary"), "defence secretary");
        assert_eq!(plain("Director-General"), "director general");
    }
}
