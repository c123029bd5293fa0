//! Where paragraphs begin and end: blank lines always, single line breaks unless the text is wrapped by hand.

/// Shortest longest line of a text that may be wrapped by hand, in bytes.
const NARROWEST: usize = 40;
/// Longest line of a text wrapped by hand, in bytes.
const WIDEST: usize = 110;

/// A paragraph: byte range without the blanks at its ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paragraph {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

/// Fills `paragraphs` with those of `text`, in order, none empty.
pub fn paragraphs(text: &str, paragraphs: &mut Vec<Paragraph>) {
    paragraphs.clear();
    let width = wrapped_width(text);
    let mut open: Option<Paragraph> = None;
    let mut last_length = 0;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim();
        let from = start + (line.len() - line.trim_start().len());
        start += line.len();
        if trimmed.is_empty() {
            paragraphs.extend(open.take());
            continue;
        }
        let to = from + trimmed.len();
        let goes_on = width.is_some_and(|width| last_length * 4 >= width * 3 && !opens_item(trimmed));
        match &mut open {
            Some(paragraph) if goes_on => paragraph.end = to,
            _ => {
                paragraphs.extend(open.take());
                open = Some(Paragraph { start: from, end: to });
            }
        }
        last_length = trimmed.len();
    }
    paragraphs.extend(open);
}

fn opens_item(line: &str) -> bool {
    line.starts_with(['•', '*', '·', '▪', '>']) || line.starts_with("- ")
}

/// The width to which the text is wrapped, if it is: no line is wide and lines often break before a small letter.
fn wrapped_width(text: &str) -> Option<usize> {
    let (mut longest, mut breaks, mut small) = (0, 0, 0);
    let mut before = false;
    for line in text.lines() {
        let line = line.trim();
        longest = longest.max(line.len());
        if longest > WIDEST {
            return None;
        }
        if before && let Some(first) = line.chars().next() {
            breaks += 1;
            small += usize::from(first.is_lowercase());
        }
        before = !line.is_empty();
    }
    // A text in capitals has no small letters to tell by: there long lines of like length do.
    let capitals = !text.chars().any(char::is_lowercase);
    let wrapped = small * 4 >= breaks || (capitals && breaks >= 3 && longest >= 60);
    (breaks > 0 && longest >= NARROWEST && wrapped).then_some(longest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &str) -> Vec<&str> {
        let mut found = Vec::new();
        paragraphs(text, &mut found);
        found.iter().map(|p| &text[p.start..p.end]).collect()
    }

    #[test]
    fn every_line_of_a_text_that_is_not_wrapped_is_a_paragraph() {
        assert_eq!(
            pieces("Title here\n  By X\n\n\nOne two.\r\nThree."),
            ["Title here", "By X", "One two.", "Three."]
        );
    }

    #[test]
    fn wrapped_lines_are_joined() {
        let text = "The minister said on Monday that the talks had\nended without a result and that no date for more\nwas set.\n\nThe end.";
        let found = pieces(text);
        assert_eq!(found.len(), 2);
        assert!(found[0].ends_with("was set."));
    }
}
