//! Numbers as news writes them: digits with either mark, words, ranges, bounds, "dozens".
//!
//! Reads words only; whom a number counts is left to `counts`. Where a mark can be read in two ways the reading is noted.

use demarche_lexicon::Lexicon;

/// Longest number in words.
const LONGEST: usize = 10;

/// What the words of a number say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// Least.
    pub low: Option<u32>,
    /// Greatest.
    pub high: Option<u32>,
    /// First and last word, bounds included.
    pub words: (usize, usize),
    /// A doubt about the reading.
    pub note: Option<String>,
}

/// One number read from digits: its value, and whether its mark could have been read otherwise.
fn digits(form: &str) -> Option<(f64, bool)> {
    if !form.bytes().any(|b| b.is_ascii_digit())
        || !form.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b',')
    {
        return None;
    }
    let parts: Vec<&str> = form.split(['.', ',']).collect();
    if parts.iter().any(|p| p.is_empty() || p.len() > 12) {
        return None;
    }
    let grouped = parts.len() > 1 && parts[1..].iter().all(|p| p.len() == 3) && parts[0].len() <= 3;
    if parts.len() == 1 || grouped {
        // "1.500" is a thousand and more on the continent, "1,500" in English; "1.500" in English may be one and a half.
        return Some((parts.concat().parse().ok()?, grouped && form.contains('.')));
    }
    let (whole, part) = form.split_at(form.rfind(['.', ','])?);
    let whole: String = whole.chars().filter(char::is_ascii_digit).collect();
    Some((format!("{whole}.{}", &part[1..]).parse().ok()?, false))
}

/// The numbers of a lexicon's classes `number-N` and `multiplier-N`, looked up by word.
pub struct Numerals<'l> {
    lexicon: &'l Lexicon,
}

impl<'l> Numerals<'l> {
    /// Those of a lexicon.
    pub fn new(lexicon: &'l Lexicon) -> Self {
        Self { lexicon }
    }

    fn valued(&self, prefix: &str, word: &str) -> Option<f64> {
        self.lexicon
            .classes
            .range(prefix.to_owned()..)
            .take_while(|(name, _)| name.starts_with(prefix))
            .find(|(_, words)| words.contains(word))
            .and_then(|(name, _)| name[prefix.len()..].parse().ok())
    }

    fn word(&self, word: &str) -> Option<f64> {
        self.valued("number-", word).or_else(|| {
            let mut sum = 0.0;
            for part in word.split_once('-').map(|(a, b)| [a, b])? {
                sum += self.valued("number-", part)?;
            }
            Some(sum)
        })
    }

    fn multiplier(&self, word: &str) -> Option<f64> {
        self.valued("multiplier-", word.strip_suffix('s').unwrap_or(word))
    }

    fn is(&self, class: &str, word: &str) -> bool {
        self.lexicon.classes.get(class).is_some_and(|words| words.contains(word))
    }

    /// Whether a word is one a number is written with.
    pub fn numeral(&self, word: &str) -> bool {
        digits(word).is_some()
            || self.word(word).is_some()
            || self.valued("multiplier-", word).is_some()
            || self.range_form(word).is_some()
    }

    /// "10-12" as one word.
    fn range_form(&self, word: &str) -> Option<(f64, f64)> {
        let (a, b) = word.split_once(['-', '–'])?;
        let value = |w: &str| digits(w).map(|(v, _)| v);
        value(a).zip(value(b)).filter(|(a, b)| a < b)
    }

    /// The plain number that ends at word `end`: its value, its first word, and whether a mark was in doubt.
    fn plain(&self, words: &[String], end: usize) -> Option<(f64, usize, bool)> {
        let mut first = end;
        while first > 0 && end - first < LONGEST {
            let before = words[first - 1].as_str();
            let joins = before == "and"
                && first >= 2
                && self.multiplier(&words[first - 2]).is_some()
                && self.numeral(&words[first]);
            // Only written numbers and multipliers go together; "in 1989 12 died" are two numbers.
            let goes_on = self.word(before).is_some()
                || self.valued("multiplier-", before).is_some()
                || (digits(before).is_some() && self.multiplier(&words[first]).is_some());
            if !(joins || goes_on) || before == "score" {
                break;
            }
            first -= 1;
        }
        let (mut sum, mut part, mut doubt) = (0.0, 0.0, false);
        for (i, word) in words[first..=end].iter().enumerate() {
            if let Some((value, unclear)) = digits(word) {
                part += value;
                doubt |= unclear && i + first == end;
            } else if let Some(value) = self.word(word) {
                part += value;
            } else if let Some(by) = self.multiplier(word) {
                part = if part == 0.0 { by } else { part * by };
                if by >= 1000.0 {
                    sum += part;
                    part = 0.0;
                }
            } else if word != "and" {
                return None;
            }
        }
        Some((sum + part, first, doubt))
    }

    /// The figure whose last word is `end`; words in lower case.
    pub fn figure(&self, words: &[String], end: usize) -> Option<Figure> {
        let whole = |v: f64| (v >= 0.0 && v.fract() == 0.0 && v <= f64::from(u32::MAX)).then_some(v as u32);
        if self.is("count-vague", &words[end]) {
            return Some(Figure { low: None, high: None, words: (end, end), note: None });
        }
        if let Some((a, b)) = self.range_form(&words[end]) {
            return Some(Figure { low: whole(a), high: whole(b), words: (end, end), note: None });
        }
        let (value, first, doubt) = self.plain(words, end)?;
        let value = whole(value)?;
        let note = doubt.then(|| format!("{} is read as {value}", words[end]));
        // "between 10 and 12", "10 to 12", "10 or 12", "from 10 to 12"
        if first >= 2
            && matches!(words[first - 1].as_str(), "and" | "to" | "or" | "-" | "–")
            && let Some((low, start, _)) = self.plain(words, first - 2)
            && let Some(low) = whole(low).filter(|low| *low < value)
        {
            let opener = start.checked_sub(1).map(|i| words[i].as_str());
            let between = matches!(opener, Some("between" | "from"));
            if between || words[first - 1] != "and" {
                let start = if between { start - 1 } else { start };
                return Some(Figure { low: Some(low), high: Some(value), words: (start, end), note });
            }
        }
        let mut start = first;
        let mut bounds = (Some(value), Some(value));
        for back in 1..=3.min(first) {
            let word = words[first - back].as_str();
            if self.is("bound-least", word) {
                let less = first > back && matches!(words[first - back - 1].as_str(), "less" | "fewer");
                bounds = if less { (None, Some(value)) } else { (Some(value), None) };
                start = first
                    - back
                    - usize::from(
                        first > back && (less || matches!(words[first - back - 1].as_str(), "at" | "more")),
                    );
                break;
            }
            if self.is("bound-most", word) {
                bounds = (None, Some(value));
                start = first
                    - back
                    - usize::from(first > back && matches!(words[first - back - 1].as_str(), "at" | "as"));
                break;
            }
            if self.is("bound-about", word) {
                start = first - back;
                break;
            }
            if !matches!(word, "to" | "as" | "of" | "a") {
                break;
            }
        }
        Some(Figure { low: bounds.0, high: bounds.1, words: (start, end), note })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use demarche_lexicon::{Image, Lexicon};
    use proptest::prelude::*;

    fn lexicon() -> Lexicon {
        let mut image = Image::default();
        for (class, words) in [
            ("number-1", "one"),
            ("number-2", "two"),
            ("number-3", "three"),
            ("number-12", "twelve"),
            ("number-20", "twenty"),
            ("multiplier-12", "dozen"),
            ("multiplier-100", "hundred"),
            ("multiplier-1000", "thousand"),
            ("multiplier-1000000", "million"),
            ("bound-least", "least over than"),
            ("bound-most", "up many"),
            ("bound-about", "about some"),
            ("count-vague", "dozens several"),
        ] {
            image.classes.insert(class.into(), words.split(' ').map(str::to_owned).collect());
        }
        Lexicon::from_image(image)
    }

    fn read(text: &str) -> Option<(Option<u32>, Option<u32>)> {
        let words: Vec<String> = text.split(' ').map(str::to_owned).collect();
        let lexicon = lexicon();
        Numerals::new(&lexicon).figure(&words, words.len() - 1).map(|f| (f.low, f.high))
    }

    #[test]
    fn numbers_are_read_as_they_are_written() {
        let exact = |n| Some((Some(n), Some(n)));
        assert_eq!(read("12"), exact(12));
        assert_eq!(read("twelve"), exact(12));
        assert_eq!(read("twenty-three"), exact(23));
        assert_eq!(read("three hundred and twelve"), exact(312));
        assert_eq!(read("two dozen"), exact(24));
        assert_eq!(read("1,200"), exact(1200));
        assert_eq!(read("1.200"), exact(1200));
        assert_eq!(read("1.5 million"), exact(1_500_000));
        assert_eq!(read("1,5 million"), exact(1_500_000));
        assert_eq!(read("some 20"), exact(20));
        assert_eq!(read("in 1989 12"), exact(12));
    }

    #[test]
    fn bounds_and_ranges_stay_open_or_closed() {
        assert_eq!(read("at least 12"), Some((Some(12), None)));
        assert_eq!(read("more than two hundred"), Some((Some(200), None)));
        assert_eq!(read("up to 30"), Some((None, Some(30))));
        assert_eq!(read("fewer than 30"), Some((None, Some(30))));
        assert_eq!(read("as many as 30"), Some((None, Some(30))));
        assert_eq!(read("between 10 and 12"), Some((Some(10), Some(12))));
        assert_eq!(read("10 to 12"), Some((Some(10), Some(12))));
        assert_eq!(read("10-12"), Some((Some(10), Some(12))));
        assert_eq!(read("dozens"), Some((None, None)));
        assert_eq!(read("10 and 12"), Some((Some(12), Some(12))), "not a range without between");
    }

    #[test]
    fn a_mark_that_can_be_read_in_two_ways_is_noted() {
        let words = ["1.200".to_owned()];
        let lexicon = lexicon();
        let figure = Numerals::new(&lexicon).figure(&words, 0).unwrap();
        assert_eq!(figure.note.as_deref(), Some("1.200 is read as 1200"));
        assert_eq!(read("1.25"), None, "nobody is a quarter dead");
    }

    proptest! {
        #[test]
        fn no_words_break_it(words in proptest::collection::vec("[0-9.,-]{0,14}|and|to|million|hundred|between|least|\\PC{0,4}", 1..12)) {
            let lexicon = lexicon();
            let _ = Numerals::new(&lexicon).figure(&words, words.len() - 1);
        }
    }
}
