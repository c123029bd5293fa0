//! The two series with the date marked, where the line before it leads, and what the comparison expects, as SVG.

use super::report::{Report, Row};
use crate::balance::graph::escape;
use std::fmt::Write as _;

const WIDTH: f64 = 960.0;
const HEIGHT: f64 = 560.0;
const LEFT: f64 = 64.0;
const RIGHT: f64 = 20.0;
/// Height of a panel's plot.
const PANEL: f64 = 170.0;

const STYLE: &str = "\
text{font-family:system-ui,sans-serif;font-size:11px;fill:#222}\
.h{font-size:15px;font-weight:600}.p{font-size:12px;font-weight:600}.q{fill:#555}\
.g{stroke:#ddd}.z{stroke:#888}.d{stroke:#c0392b;stroke-width:1.5}\
polyline{fill:none;stroke-width:1.8}\
.o{stroke:#3b6fb6}.e{stroke:#c0392b;stroke-dasharray:6 4}.s{stroke:#2a7f62;stroke-dasharray:2 3}\
.b{fill:#3b6fb6;fill-opacity:.25}";

/// One panel: its title and its three lines.
struct Panel<'a> {
    title: &'a str,
    says: &'a str,
    top: f64,
    observed: fn(&Row) -> f64,
    expected: fn(&Row) -> Option<f64>,
    synthetic: fn(&Row) -> Option<f64>,
}

/// Draws it.
pub fn draw(report: &Report) -> String {
    let head = format!(
        "{}: {} {period}s before {} and {} after",
        report.who.join(" - "),
        report.periods.before,
        report.date,
        report.periods.after,
        period = report.period
    );
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\">\n<title>{0}</title>\n\
         <style>{STYLE}</style>\n<rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"#fff\"/>\n\
         <text class=\"h\" x=\"{LEFT}\" y=\"26\">{0}</text>\n",
        escape(&head)
    );
    let events = format!("events a {}", report.period);
    let score = format!("Goldstein score a {}", report.period);
    panel(
        &mut svg,
        report,
        &Panel {
            title: &events,
            says: &report.events.says,
            top: 70.0,
            observed: |row| row.events,
            expected: |row| row.events_expected,
            synthetic: |row| row.events_synthetic,
        },
    );
    panel(
        &mut svg,
        report,
        &Panel {
            title: &score,
            says: &report.score.says,
            top: 310.0,
            observed: |row| row.score,
            expected: |row| row.score_expected,
            synthetic: |row| row.score_synthetic,
        },
    );
    svg += &legend(report);
    svg += "</svg>\n";
    svg
}

fn panel(svg: &mut String, report: &Report, panel: &Panel<'_>) {
    let rows = &report.series;
    let values = rows.iter().flat_map(|row| {
        [Some((panel.observed)(row)), (panel.expected)(row), (panel.synthetic)(row), Some(0.0)]
    });
    let (low, high) = values.flatten().fold((0.0f64, 0.0f64), |(low, high), v| (low.min(v), high.max(v)));
    let high = if high - low < 1e-9 { low + 1.0 } else { high };
    let y = |value: f64| panel.top + PANEL * (1.0 - (value - low) / (high - low));
    let step = (WIDTH - LEFT - RIGHT) / rows.len().max(1) as f64;
    let x = |at: usize| LEFT + (at as f64 + 0.5) * step;
    let _ = writeln!(
        svg,
        "<text class=\"p\" x=\"{LEFT}\" y=\"{}\">{}</text>\n<text class=\"q\" x=\"{LEFT}\" y=\"{}\">{}</text>",
        panel.top - 22.0,
        escape(panel.title),
        panel.top - 8.0,
        escape(panel.says)
    );
    for mark in marks(low, high) {
        let at = y(mark);
        let class = if mark == 0.0 { "z" } else { "g" };
        let _ = writeln!(
            svg,
            "<line class=\"{class}\" x1=\"{LEFT}\" y1=\"{at:.1}\" x2=\"{}\" y2=\"{at:.1}\"/><text x=\"{}\" y=\"{:.1}\" \
             text-anchor=\"end\">{mark}</text>",
            WIDTH - RIGHT,
            LEFT - 6.0,
            at + 4.0
        );
    }
    // Long series of rare events are made of zeros, which show as the line alone.
    for (at, row) in rows.iter().enumerate().filter(|(_, row)| (panel.observed)(row) != 0.0) {
        let value = (panel.observed)(row);
        let (top, bottom) = (y(value.max(0.0)), y(value.min(0.0)));
        let _ = writeln!(
            svg,
            "<rect class=\"b\" x=\"{:.1}\" y=\"{top:.1}\" width=\"{:.1}\" height=\"{:.1}\"><title>{} to {}: \
             {value}</title></rect>",
            x(at) - step * 0.4,
            step * 0.8,
            bottom - top,
            row.start,
            row.end
        );
    }
    let mut line = |class: &str, get: &dyn Fn(&Row) -> Option<f64>| {
        let points: Vec<String> = rows
            .iter()
            .enumerate()
            .filter_map(|(at, row)| Some(format!("{:.1},{:.1}", x(at), y(get(row)?))))
            .collect();
        if points.len() > 1 {
            let _ = writeln!(svg, "<polyline class=\"{class}\" points=\"{}\"/>", points.join(" "));
        }
    };
    line("s", &panel.synthetic);
    line("o", &|row| Some((panel.observed)(row)));
    line("e", &panel.expected);
    let date = LEFT + report.periods.before as f64 * step;
    let _ = writeln!(
        svg,
        "<line class=\"d\" x1=\"{date:.1}\" y1=\"{}\" x2=\"{date:.1}\" y2=\"{}\"/>",
        panel.top - 2.0,
        panel.top + PANEL
    );
    // As many days as there is room for, about eight.
    let every = rows.len().div_ceil(8).max(1);
    for (at, row) in rows.iter().enumerate().filter(|(at, _)| at % every == report.periods.before % every) {
        let _ = writeln!(
            svg,
            "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text>",
            LEFT + at as f64 * step,
            panel.top + PANEL + 16.0,
            row.start
        );
    }
}

/// Three to seven round numbers from the low end to the high.
fn marks(low: f64, high: f64) -> Vec<f64> {
    let rough = (high - low) / 4.0;
    let power = 10f64.powi(rough.log10().floor() as i32);
    let step =
        [1.0, 2.0, 5.0, 10.0].map(|unit| unit * power).into_iter().find(|s| *s >= rough).unwrap_or(rough);
    let first = (low / step).ceil() as i64;
    (first..=(high / step).floor() as i64).map(|k| (k as f64 * step * 1e6).round() / 1e6).collect()
}

/// What the lines mean that were drawn.
fn legend(report: &Report) -> String {
    let mut out = String::new();
    let (mut x, y) = (LEFT, HEIGHT - 22.0);
    let any = |line: &dyn Fn(&Row) -> bool| report.series.iter().any(line);
    let expected = any(&|row| row.events_expected.is_some() || row.score_expected.is_some());
    let synthetic = any(&|row| row.events_synthetic.is_some() || row.score_synthetic.is_some());
    let lines = [
        (true, "o", "observed", 90.0),
        (expected, "e", "where the line before the date leads", 250.0),
        (synthetic, "s", "what comparable series did (synthetic control)", 300.0),
    ];
    for (_, class, label, width) in lines.into_iter().filter(|(drawn, ..)| *drawn) {
        let _ = writeln!(
            out,
            "<polyline class=\"{class}\" points=\"{x},{0} {1},{0}\"/><text x=\"{2}\" y=\"{y}\">{label}</text>",
            y - 4.0,
            x + 28.0,
            x + 34.0
        );
        x += width;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axes_have_round_numbers() {
        assert_eq!(marks(0.0, 10.0), [0.0, 5.0, 10.0]);
        assert_eq!(marks(-30.0, 12.0), [-20.0, 0.0]);
        assert_eq!(marks(0.0, 1.0), [0.0, 0.5, 1.0]);
    }
}
