//! Where the output goes: whether it is a terminal, how wide, with colours or without; and which colour means what.

use crate::args::Color;
use anstyle::{AnsiColor, Effects, Style};
use demarche_record::Quad;
use std::fmt;
use std::io::IsTerminal;

/// Columns where nobody says how many there are.
const WIDTH: usize = 100;
/// Fewest columns that text is fitted into.
const NARROWEST: usize = 40;

/// Where one of the two outputs goes.
#[derive(Debug, Clone, Copy)]
pub struct Terminal {
    /// Whether it is one.
    pub is_terminal: bool,
    /// Its columns.
    pub width: usize,
    /// Its colours.
    pub paint: Paint,
}

impl Terminal {
    /// Standard output.
    pub fn stdout(color: Color) -> Self {
        let stream = std::io::stdout();
        let width = terminal_size::terminal_size_of(&stream);
        Self::new(stream.is_terminal(), width, color)
    }

    /// Standard error.
    pub fn stderr(color: Color) -> Self {
        let stream = std::io::stderr();
        let width = terminal_size::terminal_size_of(&stream);
        Self::new(stream.is_terminal(), width, color)
    }

    fn new(
        is_terminal: bool,
        size: Option<(terminal_size::Width, terminal_size::Height)>,
        color: Color,
    ) -> Self {
        let on = match color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => wanted(is_terminal, |name| std::env::var(name).ok()),
        };
        Self {
            is_terminal,
            width: size.map_or(WIDTH, |(width, _)| usize::from(width.0).max(NARROWEST)),
            paint: Paint(on),
        }
    }
}

/// Whether colours are wanted, by the terminal and the environment.
fn wanted(is_terminal: bool, variable: impl Fn(&str) -> Option<String>) -> bool {
    let set = |name: &str| variable(name).filter(|value| !value.is_empty());
    if set("NO_COLOR").is_some() {
        return false;
    }
    if set("CLICOLOR_FORCE").is_some_and(|value| value != "0") {
        return true;
    }
    let refused = set("CLICOLOR").is_some_and(|value| value == "0") || set("TERM").as_deref() == Some("dumb");
    is_terminal && !refused
}

/// Colours, on or off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paint(bool);

impl Paint {
    /// Colours on or off.
    #[cfg(test)]
    pub fn new(on: bool) -> Self {
        Self(on)
    }

    /// Whether they are on.
    pub fn is_on(self) -> bool {
        self.0
    }

    /// A text in a style.
    pub fn text<T: fmt::Display>(self, style: Style, text: T) -> Painted<T> {
        let style = if self.0 { style } else { Style::new() };
        Painted { style, text }
    }
}

/// A text with what switches its style on and off.
#[derive(Debug, Clone, Copy)]
pub struct Painted<T> {
    style: Style,
    text: T,
}

impl<T: fmt::Display> fmt::Display for Painted<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}{}", self.style.render(), self.text, self.style.render_reset())
    }
}

/// No style.
pub const PLAIN: Style = Style::new();
/// What stands back: places in files, ids of documents.
pub const FAINT: Style = Style::new().effects(Effects::DIMMED);
/// What stands out: titles, actors.
pub const STRONG: Style = Style::new().effects(Effects::BOLD);
/// Part of the input failed.
pub const ERROR: Style = AnsiColor::Red.on_default().effects(Effects::BOLD);
/// Something was passed over.
pub const WARNING: Style = AnsiColor::Yellow.on_default().effects(Effects::BOLD);
/// A rule fired.
pub const GOOD: Style = AnsiColor::Green.on_default();
/// Names of rules and relations.
pub const NAME: Style = AnsiColor::Cyan.on_default();

/// The colour of a quad class: green where they help, cyan where they talk, yellow where they quarrel, red where they
/// fight.
pub fn quad(quad: Quad) -> Style {
    let color = match quad {
        Quad::VerbalCooperation => AnsiColor::Cyan,
        Quad::MaterialCooperation => AnsiColor::Green,
        Quad::VerbalConflict => AnsiColor::Yellow,
        Quad::MaterialConflict => AnsiColor::Red,
    };
    color.on_default().effects(Effects::BOLD)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_environment_is_respected() {
        let with = |is_terminal, pairs: &[(&str, &str)]| {
            wanted(is_terminal, |name| pairs.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned()))
        };
        assert!(with(true, &[]) && !with(false, &[]));
        assert!(with(true, &[("NO_COLOR", "")]));
        assert!(!with(true, &[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")]));
        assert!(with(false, &[("CLICOLOR_FORCE", "1")]) && !with(false, &[("CLICOLOR_FORCE", "0")]));
        assert!(!with(true, &[("TERM", "dumb")]) && !with(true, &[("CLICOLOR", "0")]));
    }
}
