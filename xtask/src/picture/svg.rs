//! Styled lines as an SVG picture: a dark window with a prompt and what the command printed.

use std::fmt::Write;

use super::ansi::{Colour, Line, Style};

/// Pixels of a letter's cell and of the window's margins.
const WIDE: f64 = 8.4;
const HIGH: f64 = 19.0;
const MARGIN: f64 = 18.0;
const BAR: f64 = 30.0;

const GROUND: &str = "#16181d";
const FRAME: &str = "#262a33";
const LETTERS: &str = "#d8dce4";

/// The sixteen colours of the theme, dark ones first.
const THEME: [&str; 16] = [
    "#3b414d", "#e5646b", "#8cc570", "#e0b45c", "#6aa8ec", "#c58be0", "#5bc0c4", "#c8ccd4", "#7d8594",
    "#ff8389", "#a9dd8d", "#f5cf7f", "#8fc1ff", "#dba8f2", "#7fdadd", "#ffffff",
];

/// Draws lines beneath the command that printed them. A line longer than `columns` is cut and marked with an ellipsis.
pub fn draw(command: &str, lines: &[Line], columns: usize) -> String {
    let width = columns as f64 * WIDE + 2.0 * MARGIN;
    let height = BAR + (lines.len() + 1) as f64 * HIGH + 1.5 * MARGIN;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.0}\" height=\"{height:.0}\" viewBox=\"0 0 {width:.0} \
         {height:.0}\" role=\"img\" aria-label=\"{label}\">\n\
         <style>text {{ font: 14px ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace; white-space: pre; \
         fill: {LETTERS} }}</style>\n\
         <rect width=\"100%\" height=\"100%\" rx=\"9\" fill=\"{GROUND}\"/>\n\
         <path d=\"M0 {BAR}V9a9 9 0 0 1 9-9H{right:.0}a9 9 0 0 1 9 9V{BAR}z\" fill=\"{FRAME}\"/>\n",
        label = escaped(command),
        right = width - 9.0,
    );
    for (n, colour) in ["#e5646b", "#e0b45c", "#8cc570"].iter().enumerate() {
        _ = writeln!(svg, "<circle cx=\"{}\" cy=\"15\" r=\"5.5\" fill=\"{colour}\"/>", 18 + 18 * n);
    }
    let prompt = Style { front: Some(Colour::Numbered(2)), bold: true, ..Style::default() };
    let first = Line { runs: vec![(prompt, "$ ".to_owned()), (Style::default(), command.to_owned())] };
    for (row, line) in std::iter::once(&first).chain(lines).enumerate() {
        let base = BAR + MARGIN + row as f64 * HIGH + HIGH * 0.72 - 6.0;
        draw_line(&mut svg, line, columns, base);
    }
    svg.push_str("</svg>\n");
    svg
}

fn draw_line(svg: &mut String, line: &Line, columns: usize, base: f64) {
    let cut = line.text().chars().count() > columns;
    let mut room = if cut { columns - 1 } else { columns };
    let (mut text, mut at) = (String::new(), 0_usize);
    for (style, run) in &line.runs {
        let shown: String = run.chars().take(room).collect();
        let letters = shown.chars().count();
        if letters == 0 {
            continue;
        }
        room -= letters;
        let x = MARGIN + at as f64 * WIDE;
        let (front, back) = colours(*style);
        if let Some(back) = back {
            let (top, wide) = (base - HIGH * 0.74, letters as f64 * WIDE);
            _ = writeln!(
                svg,
                "<rect x=\"{x:.1}\" y=\"{top:.1}\" width=\"{wide:.1}\" height=\"{HIGH}\" fill=\"{back}\"/>"
            );
        }
        _ = write!(
            text,
            "<tspan x=\"{x:.1}\"{}>{}</tspan>",
            attributes(*style, front.as_deref()),
            escaped(&shown)
        );
        at += letters;
    }
    if cut {
        _ = write!(text, "<tspan x=\"{:.1}\">…</tspan>", MARGIN + at as f64 * WIDE);
    }
    if !text.is_empty() {
        _ = writeln!(svg, "<text y=\"{base:.1}\" xml:space=\"preserve\">{text}</text>");
    }
}

/// The colours of letters and ground, `None` where they are the window's own.
fn colours(style: Style) -> (Option<String>, Option<String>) {
    let (front, back) = (style.front.map(hex), style.back.map(hex));
    if style.reversed {
        (Some(back.unwrap_or_else(|| GROUND.to_owned())), Some(front.unwrap_or_else(|| LETTERS.to_owned())))
    } else {
        (front, back)
    }
}

fn attributes(style: Style, front: Option<&str>) -> String {
    let mut out = String::new();
    if let Some(front) = front {
        _ = write!(out, " fill=\"{front}\"");
    }
    for (on, attribute) in [
        (style.bold, " font-weight=\"bold\""),
        (style.faint, " fill-opacity=\"0.62\""),
        (style.italic, " font-style=\"italic\""),
        (style.underlined, " text-decoration=\"underline\""),
    ] {
        out.push_str(if on { attribute } else { "" });
    }
    out
}

/// A colour as SVG writes it: the theme's sixteen, the cube of 216, the 24 greys, or an exact one.
fn hex(colour: Colour) -> String {
    let (r, g, b) = match colour {
        Colour::Exact(r, g, b) => (r, g, b),
        Colour::Numbered(n @ 0..16) => return THEME[usize::from(n)].to_owned(),
        Colour::Numbered(n @ 16..232) => {
            let step = |level: u8| if level == 0 { 0 } else { 55 + 40 * level };
            let cube = n - 16;
            (step(cube / 36), step(cube / 6 % 6), step(cube % 6))
        }
        Colour::Numbered(n) => {
            let grey = 8 + 10 * (n - 232);
            (grey, grey, grey)
        }
    };
    format!("#{r:02x}{g:02x}{b:02x}")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::super::ansi::lines;
    use super::*;

    #[test]
    fn letters_keep_their_column_and_colour() {
        let svg = draw("demarche code a.txt", &lines("ab \x1b[1;34mRUS\x1b[0m -> <b>\n"), 40);
        assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>\n"));
        let x = format!("{:.1}", MARGIN + 3.0 * WIDE);
        assert!(
            svg.contains(&format!("<tspan x=\"{x}\" fill=\"#6aa8ec\" font-weight=\"bold\">RUS</tspan>")),
            "{svg}"
        );
        assert!(svg.contains(" -&gt; &lt;b&gt;</tspan>") && svg.contains(">demarche code a.txt<"));
    }

    #[test]
    fn long_lines_are_cut_and_marked() {
        let svg = draw("x", &lines(&"a".repeat(30)), 10);
        assert!(svg.contains(&format!(
            ">{}</tspan><tspan x=\"{:.1}\">…<",
            "a".repeat(9),
            MARGIN + 9.0 * WIDE
        )));
    }

    #[test]
    fn grounds_are_drawn_behind_letters() {
        let svg = draw("x", &lines("\x1b[7mrev\x1b[27m\x1b[48;5;231mw\x1b[48;5;232mg"), 10);
        for colour in
            [format!("fill=\"{LETTERS}\"/>"), "fill=\"#ffffff\"/>".into(), "fill=\"#080808\"/>".into()]
        {
            assert!(svg.contains(&colour), "{colour}");
        }
    }
}
