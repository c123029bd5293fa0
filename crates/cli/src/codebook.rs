//! `codebook`: what the event types mean, with the sentences that show it.

use crate::Screen;
use crate::failure::Failure;
use crate::layout::Paragraph;
use crate::parse::Text;
use crate::stream::Sink as _;
use crate::terminal::{FAINT, PLAIN, STRONG, Terminal, quad};
use demarche::codebook;
use demarche_record::EventType;

/// Runs the command; the exit status.
pub fn run(kind: Option<EventType>, screen: Screen) -> Result<u8, Failure> {
    let shown = match kind {
        None => list(screen.out),
        Some(kind) if screen.out.is_terminal || screen.out.paint.is_on() => page(kind, screen.out),
        Some(kind) => codebook::text(kind).to_owned(),
    };
    let mut out = Text::open(None)?;
    out.write(&shown)?;
    out.flush()?;
    Ok(0)
}

/// Every type with its quad class and what it means.
fn list(terminal: Terminal) -> String {
    let mut shown = String::new();
    for &kind in EventType::ALL {
        let style = quad(kind.quad());
        let mut head = Paragraph::new(&mut shown, terminal.paint, 0, terminal.width);
        head.push(style, kind.as_str()).push(PLAIN, "  ").push(FAINT, kind.quad().as_str());
        head.end();
        let mut body = Paragraph::new(&mut shown, terminal.paint, 2, terminal.width);
        body.push(PLAIN, codebook::definition(kind));
        body.end();
    }
    shown
}

/// A page set for a terminal: the marks of its format become indents and colours.
fn page(kind: EventType, terminal: Terminal) -> String {
    let mut shown = String::new();
    let style = quad(kind.quad());
    for line in codebook::text(kind).lines() {
        let (indent, line_style, text) = if let Some(title) = line.strip_prefix("# ") {
            (0, style, title)
        } else if let Some(part) = line.strip_prefix("## ") {
            (0, STRONG, part)
        } else if let Some(sentence) = line.strip_prefix("> ") {
            (2, PLAIN, sentence)
        } else if let Some(record) = line.strip_prefix("- ") {
            let of_type = record.starts_with(kind.as_str());
            (4, if of_type { style } else { FAINT }, record)
        } else if line.is_empty() {
            shown.push('\n');
            continue;
        } else {
            (2, PLAIN, line)
        };
        let mut paragraph = Paragraph::new(&mut shown, terminal.paint, indent, terminal.width);
        paragraph.push(line_style, text);
        paragraph.end();
    }
    shown
}
