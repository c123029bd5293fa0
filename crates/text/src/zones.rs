//! Which part of an article a line or a sentence belongs to: headline, body, quotation, readers' comments, boilerplate.
//!
//! Judged from layout and a few cue lines alone; what is said is left to other crates.

use crate::Word;
use crate::layout::Paragraph;
use crate::readers::Voice;

/// Longest line that can open the readers' comments, in bytes.
const LONGEST_COMMENT_CUE: usize = 60;
/// Longest line of boilerplate, in bytes.
const LONGEST_BOILERPLATE: usize = 160;
/// How many paragraphs may stand before and with the byline.
const HEAD: usize = 5;
/// Longest byline, in words.
const LONGEST_BYLINE: usize = 12;
/// Longest headline, in words.
const LONGEST_HEADLINE: usize = 24;

/// Lines that tell a part of the page. Callers with a longer list (the lexicon's `zones.toml`) hand it over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ZoneCues {
    /// Lines after which readers' comments follow; a count beside them does not matter: "Comments (3)", "3 comments".
    pub comments: Vec<String>,
    /// Beginnings of lines that belong to the page and not to the article, as "Read more:".
    pub boilerplate: Vec<String>,
    /// Words by which somebody speaks of himself, as "I": they tell readers from reporters.
    pub own: Vec<String>,
    /// Phrases of readers about what they read: "great article".
    pub readers: Vec<String>,
    /// Words of reporting: "said".
    pub reporting: Vec<String>,
}

impl Default for ZoneCues {
    fn default() -> Self {
        let own = |lines: &[&str]| lines.iter().map(|l| (*l).to_owned()).collect();
        ZoneCues {
            comments: own(&["Comment", "Comments", "Reader comments", "Leave a reply", "Leave a comment"]),
            boilerplate: own(&[
                "Read more",
                "Advertisement",
                "All rights reserved",
                "Subscribe",
                "Share this",
            ]),
            own: own(&["I", "I'm", "my"]),
            readers: own(&["great article"]),
            reporting: own(&["said", "told", "according to"]),
        }
    }
}

/// Cue lines made ready for comparison.
#[derive(Debug, Clone, Default)]
pub(crate) struct Cues {
    comments: Vec<String>,
    boilerplate: Vec<String>,
    pub(crate) voice: Voice,
}

/// Letters and single blanks only, small.
fn letters(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    for c in line.chars() {
        if c.is_alphabetic() {
            out.extend(c.to_lowercase());
        } else if (c.is_whitespace() || c == '-') && !out.ends_with(' ') && !out.is_empty() {
            out.push(' ');
        }
    }
    out.truncate(out.trim_end().len());
    out
}

impl Cues {
    pub(crate) fn new(cues: &ZoneCues) -> Self {
        let comments = cues.comments.iter().map(|c| letters(c)).filter(|c| !c.is_empty());
        Cues {
            comments: comments.collect(),
            boilerplate: cues.boilerplate.iter().map(|c| c.to_lowercase()).collect(),
            voice: Voice {
                own: cues.own.iter().map(|c| c.to_lowercase()).collect(),
                phrases: cues.readers.iter().map(|c| c.to_lowercase()).collect(),
                reporting: cues.reporting.iter().map(|c| c.to_lowercase()).collect(),
            },
        }
    }

    /// Whether readers' comments follow this line.
    pub(crate) fn opens_comments(&self, line: &str) -> bool {
        line.len() <= LONGEST_COMMENT_CUE && {
            let line = letters(line);
            self.comments.contains(&line)
        }
    }

    /// Whether this line belongs to the page.
    pub(crate) fn is_boilerplate(&self, line: &str) -> bool {
        if line.len() > LONGEST_BOILERPLATE {
            return false;
        }
        let line = line.to_lowercase();
        let uncounted = line.trim_start_matches(|c: char| c.is_numeric() || c == ' ');
        self.boilerplate.iter().any(|cue| {
            [line.as_str(), uncounted].iter().any(|line| {
                // A cue that is a plain word must stand alone or be followed by a sign: "Watch: …", not "Watch them".
                line.strip_prefix(cue.as_str()).is_some_and(|rest| {
                    let sign = cue.ends_with(|c: char| !c.is_alphanumeric());
                    let short = cue.contains(' ') && !rest.starts_with(char::is_alphanumeric);
                    sign || short || rest.is_empty() || rest.starts_with(|c: char| ":.|!>".contains(c))
                })
            })
        })
    }
}

/// Whether a paragraph can be a headline: a short line that does not end as a sentence does.
pub(crate) fn is_headline(text: &str, words: &[Word], number: usize, paragraphs: &[Paragraph]) -> bool {
    if paragraphs.len() < 2 || words.is_empty() || words.len() > LONGEST_HEADLINE {
        return false;
    }
    let line = words[0].span.cover(words[words.len() - 1].span).of(text);
    let open = !line.ends_with(['.', '!', ':', ';', ',', '"', '”', '…']);
    let capitals = line.chars().any(char::is_alphabetic) && !line.chars().any(char::is_lowercase);
    let followed = paragraphs.get(number + 1).is_some_and(|next| next.end - next.start > line.len());
    open && followed && (number == 0 || (capitals && words.len() > 2))
}

/// Whether a paragraph near the top is a byline: "By" and names, and no sentence.
pub(crate) fn is_byline(line: &str, number: usize) -> bool {
    let mut words = line.split_whitespace();
    let by = words.next().is_some_and(|w| w.eq_ignore_ascii_case("by"));
    let rest: Vec<&str> = words.collect();
    let name = |w: &&str| {
        let joining = matches!(
            w.to_lowercase().as_str(),
            "and" | "in" | "for" | "|" | "-" | "–" | "&" | "de" | "von" | "van" | "al" | "bin"
        );
        joining || w.starts_with(|c: char| c.is_uppercase() || c.is_numeric())
    };
    let open = !line.ends_with(['!', '?', ';']) && (!line.ends_with('.') || rest.len() < 4);
    by && number < HEAD && (1..LONGEST_BYLINE).contains(&rest.len()) && rest.iter().all(name) && open
}

/// Whether the words stand within quotation marks as a whole; `inside` says whether the quotation was open before
/// them and is set to whether it is open after them.
pub(crate) fn is_quote(text: &str, words: &[Word], inside: &mut bool) -> bool {
    let mut all = true;
    let mut any = false;
    for word in words {
        let form = word.span.of(text);
        match form {
            "“" | "``" | "«" | "‘" => *inside = true,
            "”" | "''" | "»" => *inside = false,
            // An apostrophe closes only at the end or before a stop: "ministers’ talks" goes on.
            "’" if !word.space_after || Some(word) == words.last() => *inside = false,
            "\"" => *inside = !*inside,
            _ if form.chars().any(char::is_alphanumeric) => {
                all &= *inside;
                any = true;
            }
            _ => {}
        }
    }
    any && all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bylines_are_names_behind_by() {
        for line in ["By Jane Roe", "By JOHN DOE and Ana de Souza in Kabul", "By Jane Roe | 12 May 2024"] {
            assert!(is_byline(line, 1), "{line}");
        }
        for line in ["By Friday the army had left the town", "By Monday, talks had failed.", "By"] {
            assert!(!is_byline(line, 1), "{line}");
        }
        assert!(!is_byline("By Jane Roe", 9));
    }

    #[test]
    fn cue_lines_are_known_with_and_without_counts() {
        let cues = Cues::new(&ZoneCues::default());
        for line in ["Comments (3)", "3 comments", "COMMENTS:", "Leave a Reply"] {
            assert!(cues.opens_comments(line), "{line}");
        }
        assert!(!cues.opens_comments("Comments by the minister drew fire"));
        for line in ["Read more: Talks resume", "ADVERTISEMENT", "© 2024 X. All rights reserved"] {
            let own = cues.is_boilerplate(line);
            assert_eq!(own, !line.starts_with('©'), "{line}");
        }
        assert!(!cues.is_boilerplate("Subscribers were angry."));
    }
}
