//! Terminal output as styled runs of text. Knows the colours and weights that a program may set (SGR); every other
//! control sequence is passed over.

/// How a run of text looks. Colours are `None` for the terminal's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Style {
    /// Colour of the letters.
    pub front: Option<Colour>,
    /// Colour behind them.
    pub back: Option<Colour>,
    /// Bold.
    pub bold: bool,
    /// Faint.
    pub faint: bool,
    /// Italic.
    pub italic: bool,
    /// Underlined.
    pub underlined: bool,
    /// Letters and ground exchanged.
    pub reversed: bool,
}

/// A colour of a terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colour {
    /// One of the 256 numbered colours; the first 16 are the theme's.
    Numbered(u8),
    /// Red, green, blue.
    Exact(u8, u8, u8),
}

/// A line: runs of one style each, none of them empty.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Line {
    /// The runs from left to right.
    pub runs: Vec<(Style, String)>,
}

impl Line {
    /// The line's letters without their styles.
    pub fn text(&self) -> String {
        self.runs.iter().map(|(_, text)| text.as_str()).collect()
    }

    fn push(&mut self, style: Style, letter: char) {
        match self.runs.last_mut() {
            Some((last, text)) if *last == style => text.push(letter),
            _ => self.runs.push((style, letter.to_string())),
        }
    }
}

/// Reads terminal output. Tabs reach to the next multiple of eight; other control characters are dropped.
pub fn lines(output: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let (mut line, mut style) = (Line::default(), Style::default());
    let mut column = 0;
    let mut letters = output.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\n' => {
                lines.push(std::mem::take(&mut line));
                column = 0;
            }
            '\t' => {
                let wide = 8 - column % 8;
                (0..wide).for_each(|_| line.push(style, ' '));
                column += wide;
            }
            '\x1b' => match letters.next() {
                Some('[') => {
                    let mut parameters = String::new();
                    let end = letters.find(|c| {
                        let ends = ('\x40'..='\x7e').contains(c);
                        if !ends {
                            parameters.push(*c);
                        }
                        ends
                    });
                    if end == Some('m') {
                        style = changed(style, &parameters);
                    }
                }
                // An operating system command (a hyperlink, a title) ends with BEL or ESC \.
                Some(']') => {
                    while let Some(c) = letters.next() {
                        if c == '\x07' || c == '\x1b' && letters.next_if_eq(&'\\').is_some() {
                            break;
                        }
                    }
                }
                _ => {}
            },
            c if c.is_control() => {}
            c => {
                line.push(style, c);
                column += 1;
            }
        }
    }
    if !line.runs.is_empty() {
        lines.push(line);
    }
    lines
}

/// The style after an SGR sequence.
fn changed(mut style: Style, parameters: &str) -> Style {
    let codes: Vec<u16> = parameters.split([';', ':']).map(|p| p.parse().unwrap_or(0)).collect();
    let mut rest = codes.as_slice();
    while let [code, tail @ ..] = rest {
        rest = tail;
        match code {
            0 => style = Style::default(),
            1 => style.bold = true,
            2 => style.faint = true,
            3 => style.italic = true,
            4 => style.underlined = true,
            7 => style.reversed = true,
            22 => (style.bold, style.faint) = (false, false),
            23 => style.italic = false,
            24 => style.underlined = false,
            27 => style.reversed = false,
            38 => (style.front, rest) = extended(rest),
            48 => (style.back, rest) = extended(rest),
            39 => style.front = None,
            49 => style.back = None,
            30..=37 => style.front = numbered(code - 30),
            40..=47 => style.back = numbered(code - 40),
            90..=97 => style.front = numbered(code - 90 + 8),
            100..=107 => style.back = numbered(code - 100 + 8),
            _ => {}
        }
    }
    style
}

fn numbered(code: u16) -> Option<Colour> {
    u8::try_from(code).ok().map(Colour::Numbered)
}

/// The colour after 38 or 48, and what follows it.
fn extended(codes: &[u16]) -> (Option<Colour>, &[u16]) {
    let byte = |code: u16| u8::try_from(code).unwrap_or(u8::MAX);
    match codes {
        [5, code, rest @ ..] => (numbered(*code), rest),
        [2, r, g, b, rest @ ..] => (Some(Colour::Exact(byte(*r), byte(*g), byte(*b))), rest),
        _ => (None, &[]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_follow_the_sequences() {
        let read = lines("plain \x1b[1;31mred\x1b[0m\x1b[38;5;208mo\x1b[38;2;1;2;3mx\x1b[39m end\n\nlast");
        let bold = Style { front: Some(Colour::Numbered(1)), bold: true, ..Style::default() };
        let of = |colour| Style { front: Some(colour), ..Style::default() };
        assert_eq!(
            read[0].runs,
            [
                (Style::default(), "plain ".to_owned()),
                (bold, "red".to_owned()),
                (of(Colour::Numbered(208)), "o".to_owned()),
                (of(Colour::Exact(1, 2, 3)), "x".to_owned()),
                (Style::default(), " end".to_owned()),
            ]
        );
        assert_eq!((read[1].text(), read[2].text(), read.len()), (String::new(), "last".to_owned(), 3));
    }

    #[test]
    fn other_sequences_leave_no_trace() {
        let text = "\x1b]8;;file:///a\x1b\\link\x1b]8;;\x1b\\ \x1b[2K\x1b[?25la\tb\r\x1b[38;9mc\x1b[";
        assert_eq!(lines(text)[0].text(), "link a  bc");
    }
}
