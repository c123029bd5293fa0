//! Words with styles, wrapped into the columns of a terminal; and texts made harmless for one.

use crate::terminal::Paint;
use anstyle::Style;
use unicode_width::UnicodeWidthChar;

/// Characters of one text that are shown at most.
const LONGEST: usize = 4000;

/// A text without what could move the cursor, change colours or turn the direction of writing: every control
/// character becomes a space, marks of direction are left out, and a text beyond reason is cut.
pub fn tamed(text: &str) -> impl Iterator<Item = char> + '_ {
    let mut left = LONGEST;
    text.chars().filter(|c| !is_direction(*c)).map_while(move |c| {
        left = left.checked_sub(1)?;
        Some(if left == 0 {
            '…'
        } else if is_harmless(c) {
            c
        } else {
            ' '
        })
    })
}

/// A text of many lines, tamed without moving any byte of it.
pub fn tamed_in_place(text: &str) -> String {
    let mut tame = String::with_capacity(text.len());
    for c in text.chars() {
        if is_harmless(c) || matches!(c, '\n' | '\t') {
            tame.push(c);
        } else {
            tame.extend(std::iter::repeat_n('?', c.len_utf8()));
        }
    }
    tame
}

fn is_direction(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn is_harmless(c: char) -> bool {
    !c.is_control() && !matches!(c, '\u{2028}' | '\u{2029}') && !is_direction(c)
}

/// Columns that a text takes.
pub fn columns(text: &str) -> usize {
    text.chars().map(|c| c.width().unwrap_or(0)).sum()
}

/// The beginning of a text, in at most `width` columns.
pub fn clipped(text: &str, width: usize) -> String {
    let tamed: String = tamed(text).collect();
    if columns(&tamed) <= width {
        return tamed;
    }
    let mut taken = 0;
    let mut short: String = tamed
        .chars()
        .take_while(|c| {
            taken += c.width().unwrap_or(0);
            taken < width
        })
        .collect();
    short.truncate(short.trim_end().len());
    short.push('…');
    short
}

/// Styled text that is set word by word.
pub struct Paragraph<'o> {
    out: &'o mut String,
    paint: Paint,
    width: usize,
    indent: usize,
    column: usize,
    /// The word under way.
    word: Vec<(char, Style)>,
    /// Whether a blank stands before it.
    blank: bool,
    /// What is set on this line in one style and not yet written.
    run: String,
    style: Style,
}

impl<'o> Paragraph<'o> {
    /// Begins at the left margin; every line is indented.
    pub fn new(out: &'o mut String, paint: Paint, indent: usize, width: usize) -> Self {
        out.extend(std::iter::repeat_n(' ', indent));
        Self {
            out,
            paint,
            width: width.max(indent + 10),
            indent,
            column: indent,
            word: Vec::new(),
            blank: false,
            run: String::new(),
            style: Style::new(),
        }
    }

    /// Adds text; words are parted by blanks only, so a word can have several styles.
    pub fn push(&mut self, style: Style, text: &str) -> &mut Self {
        for c in tamed(text) {
            if c.is_whitespace() && c != '\u{a0}' {
                self.end_word();
                self.blank = self.column > self.indent;
            } else {
                self.word.push((c, style));
            }
        }
        self
    }

    /// Ends the paragraph and its line.
    pub fn end(mut self) {
        self.end_word();
        self.flush();
        self.out.push('\n');
    }

    fn end_word(&mut self) {
        let word = std::mem::take(&mut self.word);
        let Some(&(_, first)) = word.first() else { return };
        let width: usize = word.iter().map(|(c, _)| c.width().unwrap_or(0)).sum();
        let blank = std::mem::take(&mut self.blank);
        if self.column + usize::from(blank) + width > self.width && self.column > self.indent {
            self.new_line();
        } else if blank {
            // Between two words of one style the blank has it too: what is underlined is underlined throughout.
            let style = if first == self.style { first } else { Style::new() };
            self.set(' ', style);
        }
        for (c, style) in word {
            if self.column + c.width().unwrap_or(0) > self.width {
                self.new_line();
            }
            self.set(c, style);
        }
    }

    fn set(&mut self, c: char, style: Style) {
        if style != self.style {
            self.flush();
            self.style = style;
        }
        self.run.push(c);
        self.column += c.width().unwrap_or(0);
    }

    fn flush(&mut self) {
        if !self.run.is_empty() {
            self.out.push_str(&self.paint.text(self.style, &*self.run).to_string());
            self.run.clear();
        }
    }

    fn new_line(&mut self) {
        self.flush();
        self.out.push('\n');
        self.out.extend(std::iter::repeat_n(' ', self.indent));
        self.column = self.indent;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terminal::{PLAIN, STRONG};
    use proptest::prelude::*;

    fn wrapped(text: &str, indent: usize, width: usize) -> String {
        let mut out = String::new();
        let mut paragraph = Paragraph::new(&mut out, Paint::new(false), indent, width);
        paragraph.push(PLAIN, text);
        paragraph.end();
        out
    }

    #[test]
    fn words_are_set_into_lines() {
        assert_eq!(wrapped("one two three four", 2, 12), "  one two\n  three four\n");
        assert_eq!(wrapped("", 2, 12), "  \n");
        assert_eq!(wrapped("a\u{1b}[31mb\r\nc", 0, 40), "a [31mb c\n");
    }

    #[test]
    fn a_word_can_have_two_styles_and_is_not_broken_between_them() {
        let mut out = String::new();
        let mut paragraph = Paragraph::new(&mut out, Paint::new(true), 0, 10);
        paragraph.push(PLAIN, "it was a (").push(STRONG, "bold").push(PLAIN, ") move");
        paragraph.end();
        assert_eq!(out, "it was a\n(\u{1b}[1mbold\u{1b}[0m)\nmove\n");
    }

    #[test]
    fn texts_are_clipped_by_columns() {
        assert_eq!(clipped("short", 5), "short");
        assert_eq!(clipped("long text", 6), "long…");
        assert_eq!(clipped("日本語です", 6), "日本…");
    }

    proptest! {
        #[test]
        fn no_line_is_wider_than_asked(text in "\\PC{0,200}", indent in 0usize..8, width in 20usize..60) {
            let out = wrapped(&text, indent, width);
            for line in out.lines() {
                prop_assert!(columns(line) <= width, "{line:?}");
            }
            let words = |s: &str| s.split_whitespace().collect::<String>();
            let shown: String = tamed(&text).collect();
            prop_assert_eq!(words(&out), words(&shown));
        }

        #[test]
        fn nothing_shown_commands_the_terminal(text in any::<String>()) {
            prop_assert!(tamed(&text).all(is_harmless));
            let in_place = tamed_in_place(&text);
            prop_assert_eq!(in_place.len(), text.len());
            prop_assert!(in_place.chars().all(|c| is_harmless(c) || "\n\t".contains(c)));
            prop_assert!(columns(&clipped(&text, 20)) <= 20);
        }
    }
}
