//! What a word shows of itself: its letters, beginning, end and shape, as numbers for the feature templates.
//!
//! Knows spelling only; what the numbers are good for is learned.

use crate::hash::of_chars;
use crate::{Mwt, Sentence, Word};

/// Longest spelling looked at, in characters; longer words are known by their beginning.
const LONGEST: usize = 48;

/// How a sentence uses capitals: as usual, everywhere, or at the beginning of nearly every word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Capitals {
    /// Names and beginnings.
    #[default]
    Usual,
    /// EVERYWHERE.
    All,
    /// As in Titles.
    Title,
    /// nowhere.
    None,
}

/// The numbers of one word.
#[derive(Debug, Clone, Copy, Default)]
pub struct Atom {
    /// Spelling without regard to case, digits all alike, quotation marks straight.
    pub form: u32,
    /// The last one, two, three and four characters of that spelling.
    pub suffix: [u32; 4],
    /// The first one, two, three and four characters.
    pub prefix: [u32; 4],
    /// Runs of capitals, small letters, digits and signs, with how the sentence uses capitals.
    pub shape: u32,
    /// How the word is joined to its neighbours: blank before, blank after, part of a multiword token.
    pub joints: u32,
}

/// The character as features see it: small, straight, any digit a nought.
pub fn folded(c: char) -> char {
    match c {
        'a'..='z' => c,
        'A'..='Z' => c.to_ascii_lowercase(),
        '0'..='9' => '0',
        '’' | '‘' | '`' | '´' => '\'',
        '“' | '”' | '„' | '«' | '»' => '"',
        '–' | '—' | '‑' => '-',
        _ if c.is_ascii() => c,
        _ => c.to_lowercase().next().unwrap_or(c),
    }
}

/// The number of a word's spelling: [`Atom::form`].
pub fn form_key(word: &str) -> u32 {
    of_chars(word.chars().take(LONGEST).map(folded))
}

/// How `sentence` uses capitals, judged from its words of more than three letters.
pub fn capitals(text: &str, sentence: &Sentence) -> Capitals {
    let (mut long, mut capital, mut upper) = (0, 0, 0);
    for word in &sentence.words {
        let mut letters = word.span.of(text).chars().take(LONGEST).filter(|c| c.is_alphabetic());
        let Some(first) = letters.next() else { continue };
        let (mut count, mut high) = (1, usize::from(first.is_uppercase()));
        for c in letters {
            count += 1;
            high += usize::from(c.is_uppercase());
        }
        if count > 3 {
            long += 1;
            capital += usize::from(first.is_uppercase());
            upper += usize::from(high == count);
        }
    }
    if long >= 2 && upper * 5 >= long * 4 {
        Capitals::All
    } else if long >= 3 && capital * 5 >= long * 4 {
        Capitals::Title
    } else if long >= 3 && capital == 0 && starts_small(text, sentence) {
        Capitals::None
    } else {
        Capitals::Usual
    }
}

fn starts_small(text: &str, sentence: &Sentence) -> bool {
    let first =
        sentence.words.iter().flat_map(|w| w.span.of(text).chars().take(1)).find(|c| c.is_alphabetic());
    first.is_some_and(char::is_lowercase)
}

/// Fills `atoms` with one atom for every word.
pub fn read(text: &str, sentence: &Sentence, chars: &mut Vec<char>, atoms: &mut Vec<Atom>) {
    let mode = capitals(text, sentence);
    atoms.clear();
    let mut blank_before = true;
    for word in &sentence.words {
        atoms.push(atom(text, word, mode, blank_before, chars));
        blank_before = word.space_after;
    }
}

fn atom(text: &str, word: &Word, mode: Capitals, blank_before: bool, chars: &mut Vec<char>) -> Atom {
    chars.clear();
    let form = word.span.of(text);
    chars.extend(form.chars().take(LONGEST).map(folded));
    let n = chars.len();
    let mut atom = Atom {
        form: of_chars(chars.iter().copied()),
        shape: shape(form) ^ (mode as u32) << 28,
        joints: u32::from(blank_before) | u32::from(word.space_after) << 1 | (word.mwt as u32) << 2,
        ..Atom::default()
    };
    debug_assert!(matches!(word.mwt, Mwt::No | Mwt::First | Mwt::Rest));
    for k in 0..4 {
        let length = (k + 1).min(n);
        atom.suffix[k] = of_chars(chars[n - length..].iter().copied());
        atom.prefix[k] = of_chars(chars[..length].iter().copied());
    }
    atom
}

/// Up to six runs of character classes, four bits each.
fn shape(form: &str) -> u32 {
    let (mut code, mut runs, mut last, mut length) = (0u32, 0, 0u32, 0);
    for c in form.chars().take(LONGEST) {
        let class = match c {
            'a'..='z' => 1,
            'A'..='Z' => 2,
            '0'..='9' => 3,
            '-' | '–' | '—' => 4,
            '.' => 5,
            '\'' | '’' => 6,
            _ if c.is_lowercase() => 1,
            _ if c.is_uppercase() => 2,
            _ if c.is_alphabetic() => 7,
            _ if c.is_numeric() => 3,
            ':' | '/' | '@' | '_' => 13,
            _ => 12,
        };
        if class == last {
            length += 1;
            if length == 2 {
                // A run of one (an initial) and a longer one differ.
                code |= 8 * u32::from(class <= 3);
            }
            continue;
        }
        if runs == 6 {
            break;
        }
        code = code << 4 | class;
        runs += 1;
        last = class;
        length = 1;
    }
    code
}
