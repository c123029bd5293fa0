//! Readers' comments that no line announces: the last paragraphs of a text, spoken in another voice than its body.
//!
//! A report and its comments often reach a file as one run of paragraphs. The readers speak for themselves ("I wonder",
//! "great article"), exclaim, and report nothing; the author of the body does none of that. Where the body itself says "I", nothing
//! can be told, and nothing is.

use crate::layout::Paragraph;

/// Longest paragraph that can be a comment, in bytes.
const LONGEST: usize = 1500;
/// Fewest paragraphs of body before the comments; two comments may also follow one paragraph that is long enough.
const BODY: usize = 2;
/// Shortest such paragraph, in bytes.
const SHORTEST_BODY: usize = 160;

/// Words that tell a reader's voice; all small.
#[derive(Debug, Clone, Default)]
pub(crate) struct Voice {
    /// Words by which somebody speaks of himself: "i", "my".
    pub own: Vec<String>,
    /// Phrases of readers: "great article", "in my opinion".
    pub phrases: Vec<String>,
    /// Words of reporting: "said", "according to".
    pub reporting: Vec<String>,
}

/// How much a paragraph sounds like a reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Sound {
    /// Speaks of himself.
    own: bool,
    /// Speaks as readers do of what they read, or cries out.
    reader: bool,
    /// Reports, or quotes somebody.
    reports: bool,
}

/// Number of the first paragraph of the comments at the end of a text, if there are any.
pub(crate) fn first(text: &str, paragraphs: &[Paragraph], voice: &Voice) -> Option<usize> {
    if paragraphs.len() < 2 || (voice.own.is_empty() && voice.phrases.is_empty()) {
        return None;
    }
    let sounds: Vec<Sound> = paragraphs.iter().map(|p| sound(&text[p.start..p.end], voice)).collect();
    let like = |s: &Sound| (s.own || s.reader) && !s.reports;
    let run = sounds.iter().rev().take_while(|s| like(s)).count();
    let start = paragraphs.len() - run;
    let comments = &sounds[start..];
    let sure = match run {
        0 => false,
        // One paragraph may be the author's own farewell.
        1 => comments[0].own && comments[0].reader,
        _ => comments.iter().any(|s| s.own) || comments.iter().all(|s| s.reader),
    };
    let short = paragraphs[start..].iter().all(|p| p.end - p.start <= LONGEST);
    let body_is_silent = !sounds[..start].iter().any(|s| s.own);
    let body = start >= BODY || start > 0 && run > 1 && paragraphs[start - 1].end >= SHORTEST_BODY;
    (sure && short && body && body_is_silent).then_some(start)
}

fn sound(paragraph: &str, voice: &Voice) -> Sound {
    let mut own = false;
    let mut cries = false;
    let (mut quoted, mut quotes) = (false, false);
    let mut before = "";
    let mut plain = String::with_capacity(paragraph.len() + 2);
    plain.push(' ');
    for word in paragraph.split_whitespace() {
        if word.starts_with(['"', '“', '«']) {
            (quoted, quotes) = (true, true);
        }
        if !quoted {
            let bare = word.trim_matches(|c: char| !c.is_alphanumeric()).replace('’', "'");
            // "World War I", "Elizabeth I".
            let numeral = bare == "I"
                && before.starts_with(char::is_uppercase)
                && !before.ends_with(['.', '!', '?', ',']);
            let small = bare.to_lowercase();
            own |= !numeral && voice.own.contains(&small);
            cries |= word.ends_with('!');
            plain.push_str(&small);
            plain.push(' ');
        }
        if word.trim_end_matches(['.', ',', '!', '?', ';']).ends_with(['"', '”', '»']) {
            quoted = false;
        }
        before = word;
    }
    let holds = |phrases: &[String]| phrases.iter().any(|p| plain.contains(&format!(" {p} ")));
    Sound { own, reader: cries || holds(&voice.phrases), reports: quotes || holds(&voice.reporting) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::paragraphs;

    fn voice() -> Voice {
        let own = |words: &[&str]| words.iter().map(|w| (*w).to_owned()).collect();
        Voice {
            own: own(&["i", "i'm", "my"]),
            phrases: own(&["great article"]),
            reporting: own(&["said", "according to"]),
        }
    }

    fn comments(text: &str) -> Option<String> {
        let mut lines = Vec::new();
        paragraphs(text, &mut lines);
        first(text, &lines, &voice()).map(|n| text[lines[n].start..].to_owned())
    }

    const BODY_TEXT: &str = "The two ministers signed a border treaty in the capital on Monday after talks.\n\
        The treaty ends a dispute that began in 1994, and the parliaments must still ratify it this year.\n";

    #[test]
    fn another_voice_at_the_end_is_the_readers() {
        let readers = "What a step! Nobody saw this coming after all those years.\nI wonder what the neighbours will make of it.";
        assert_eq!(comments(&format!("{BODY_TEXT}{readers}")).as_deref(), Some(readers));
    }

    #[test]
    fn a_body_that_says_i_or_an_end_that_reports_has_none() {
        let column =
            format!("I have seen many treaties.\n{BODY_TEXT}I doubt this one!\nMy advice is to wait.");
        assert_eq!(comments(&column), None);
        let report =
            format!("{BODY_TEXT}\"I am glad!\" the minister said.\n\"My people are glad too!\" he said.");
        assert_eq!(comments(&report), None);
        let history =
            format!("{BODY_TEXT}The border was drawn after World War I.\nIt was moved again under Peter I.");
        assert_eq!(comments(&history), None);
        assert_eq!(comments(""), None);
    }
}
