//! Plurals of role nouns, made by rule; irregular ones stand in the sources.

/// Words before which a phrase has its head: "member of parliament".
const LINKS: &[&str] = &["of", "in", "for", "to", "at", "on", "with", "from"];

/// The plural of a role noun of one or more words; none where it is a plural or a mass noun by its form.
pub(crate) fn plural(phrase: &str) -> Option<String> {
    let head_end =
        LINKS.iter().filter_map(|link| phrase.find(&format!(" {link} "))).min().unwrap_or(phrase.len());
    let (before, after) = phrase.split_at(head_end);
    Some(format!("{}{after}", of_word(before)?))
}

fn of_word(word: &str) -> Option<String> {
    let last = word.rsplit([' ', '-']).next()?;
    if !last.is_ascii() || last.len() < 2 || MASS.contains(&last) {
        return None;
    }
    let stem = |n: usize| &word[..word.len() - n];
    let consonant_before = |n: usize| {
        let before = last.as_bytes().get(last.len().wrapping_sub(n + 1)).copied();
        before.is_some_and(|b| b.is_ascii_alphabetic() && !matches!(b, b'a' | b'e' | b'i' | b'o' | b'u'))
    };
    Some(if last.ends_with("man") && !last.ends_with("human") && !NOT_MEN.contains(&last) {
        format!("{}men", stem(3))
    } else if last.ends_with("person") {
        format!("{word}s")
    } else if last.ends_with("ss") || last.ends_with('x') || last.ends_with("ch") || last.ends_with("sh") {
        format!("{word}es")
    } else if last.ends_with('s') {
        return None;
    } else if last.ends_with('y') && consonant_before(1) {
        format!("{}ies", stem(1))
    } else {
        format!("{word}s")
    })
}

/// Nouns without a plural of their own; an s would make a verb or another word of some.
const MASS: &[&str] = &[
    "police",
    "military",
    "staff",
    "media",
    "press",
    "people",
    "personnel",
    "clergy",
    "opposition",
    "judiciary",
    "infantry",
    "artillery",
    "cavalry",
    "gendarmerie",
    "intelligentsia",
    "leadership",
    "public",
    "men",
    "women",
    "children",
    "folk",
    "society",
];

/// Nouns in -man that are no men.
const NOT_MEN: &[&str] = &["german", "roman", "norman", "shaman", "ottoman", "talisman"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plurals_follow_the_head() {
        for (one, many) in [
            ("police officer", "police officers"),
            ("policeman", "policemen"),
            ("ministry", "ministries"),
            ("member of parliament", "members of parliament"),
            ("envoy", "envoys"),
            ("coach", "coaches"),
            ("shaman", "shamans"),
            ("human", "humans"),
        ] {
            assert_eq!(plural(one).as_deref(), Some(many));
        }
        for none in ["police", "riot police", "troops", "rebel forces", "é"] {
            assert_eq!(plural(none), None, "{none}");
        }
        assert_eq!(plural("congress").as_deref(), Some("congresses"));
    }
}
