//! Which texts can be names: what is empty, endless, unprintable or a pattern of signs is refused before it gets anywhere.
//!
//! Names are only ever compared word by word, so nothing that is refused here could do harm to a search; it could only lie
//! in files, on terminals and in the programs of others.

use std::fmt;

/// Most characters of a name.
const LONGEST: usize = 200;
/// Most words of a name.
const MOST_WORDS: usize = 24;
/// Letters of a refused name that are shown.
const SHOWN: usize = 40;
/// Most signs of repetition: `M*A*S*H` has three.
const MOST_REPEATS: usize = 3;

/// Why a text is no name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    /// Nothing, or nothing but space.
    Empty,
    /// So many characters.
    Long(usize),
    /// So many words.
    Wordy(usize),
    /// A character that is not printed, or turns the direction of what is.
    Control(char),
    /// Not one letter or digit.
    NoLetter,
    /// Signs of a regular expression or of markup.
    Pattern,
}

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unfit::Empty => f.write_str("it is empty"),
            Unfit::Long(length) => {
                write!(f, "it has {length} characters where a name has {LONGEST} at most")
            }
            Unfit::Wordy(words) => write!(f, "it has {words} words where a name has {MOST_WORDS} at most"),
            Unfit::Control(sign) => write!(f, "it holds the control character U+{:04X}", *sign as u32),
            Unfit::NoLetter => f.write_str("it has no letter and no digit"),
            Unfit::Pattern => f.write_str("it looks like a pattern or markup and not like a name"),
        }
    }
}

/// Why a text is no name; none where it can be one.
pub fn unfit(text: &str) -> Option<Unfit> {
    if text.trim().is_empty() {
        return Some(Unfit::Empty);
    }
    if text.len() > LONGEST {
        let length = text.chars().count();
        if length > LONGEST {
            return Some(Unfit::Long(length));
        }
    }
    if let Some(sign) = text.chars().find(|c| is_control(*c)) {
        return Some(Unfit::Control(sign));
    }
    let words = text.split_whitespace().count();
    if words > MOST_WORDS {
        return Some(Unfit::Wordy(words));
    }
    if !text.chars().any(char::is_alphanumeric) {
        return Some(Unfit::NoLetter);
    }
    is_pattern(text).then_some(Unfit::Pattern)
}

/// A name as it can be shown in a message: its beginning, and nothing that is not printed.
pub fn shown(text: &str) -> String {
    let mut shown: String =
        text.chars().take(SHOWN).map(|c| if is_control(c) { '\u{fffd}' } else { c }).collect();
    if text.chars().nth(SHOWN).is_some() {
        shown.push('…');
    }
    shown
}

fn is_control(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fff9}'..='\u{fffd}')
}

fn is_pattern(text: &str) -> bool {
    let repeats = text.chars().filter(|c| matches!(c, '*' | '+')).count();
    text.contains(['\\', '^', '|', '{', '}', '[', ']', '<', '>'])
        || [")*", ")+", ")?", ".*", ".+", "(?"].iter().any(|sign| text.contains(sign))
        || repeats > MOST_REPEATS
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_of_all_kinds_are_names() {
        for name in ["Côte d'Ivoire", "M*A*S*H", "AT&T", "C++", "Зеленский", "4chan", "Yahoo!", "Who (band)"]
        {
            assert_eq!(unfit(name), None, "{name}");
        }
    }

    #[test]
    fn what_is_no_name_is_refused_with_its_cause() {
        assert_eq!(unfit("  "), Some(Unfit::Empty));
        assert_eq!(unfit(&"a".repeat(10_240)), Some(Unfit::Long(10_240)));
        assert_eq!(unfit(&"a ".repeat(30)), Some(Unfit::Wordy(30)));
        assert_eq!(unfit("a\u{1b}[2J"), Some(Unfit::Control('\u{1b}')));
        assert_eq!(unfit("\u{202e}nisuoc"), Some(Unfit::Control('\u{202e}')));
        assert_eq!(unfit("--"), Some(Unfit::NoLetter));
        for pattern in ["(a+)+$", "(a.*)*", "a{1,9999}", "[a-z]", "x|y", "a*a*a*a*b", "<b>Iran</b>", "(?:a)"]
        {
            assert_eq!(unfit(pattern), Some(Unfit::Pattern), "{pattern}");
        }
        assert!(Unfit::Long(10_240).to_string().contains("10240"));
    }

    proptest! {
        #[test]
        fn what_is_shown_is_short_and_printed(text in "\\PC{0,90}|[\\x00-\\x1f]{0,90}") {
            let shown = shown(&text);
            prop_assert!(shown.chars().count() <= SHOWN + 1 && !shown.chars().any(char::is_control));
            let _ = unfit(&text);
        }
    }
}
