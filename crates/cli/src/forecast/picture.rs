//! Pictures as SVG: probabilities against what came, and the fan of coming counts.

use super::answer::Answer;
use super::counting::Counts;
use super::report::{Part, Report};
use crate::balance::graph::escape;
use std::fmt::Write as _;

const STYLE: &str = "\
text{font-family:system-ui,sans-serif;font-size:11px;fill:#222}\
.h{font-size:15px;font-weight:600}.q{fill:#555}\
.g{stroke:#ddd}.z{stroke:#888}\
.l{fill:none;stroke:#3b6fb6;stroke-width:1.8}.m{fill:none;stroke:#c0392b;stroke-width:1.8}\
.d{fill:#3b6fb6}.n{fill:#c0392b;fill-opacity:.15}.f{fill:#c0392b;fill-opacity:.3}";

fn open(width: f64, height: f64, title: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" role=\"img\">\n<title>{0}</title>\n\
         <style>{STYLE}</style>\n<rect width=\"{width}\" height=\"{height}\" fill=\"#fff\"/>\n\
         <text class=\"h\" x=\"60\" y=\"26\">{0}</text>\n",
        escape(title)
    )
}

/// How often forecasts came true, by what they said.
pub fn reliability(report: &Report) -> String {
    const SIDE: f64 = 400.0;
    let (left, top) = (60.0, 56.0);
    let title = format!("Said to come within {} {}s, and what came", report.horizon, report.unit);
    let mut svg = open(500.0, 530.0, &title);
    let x = |percent: f64| left + SIDE * percent / 100.0;
    let y = |percent: f64| top + SIDE * (1.0 - percent / 100.0);
    for mark in [0.0, 25.0, 50.0, 75.0, 100.0] {
        let _ = writeln!(
            svg,
            "<line class=\"g\" x1=\"{0}\" y1=\"{top}\" x2=\"{0}\" y2=\"{1}\"/><line class=\"g\" x1=\"{left}\" y1=\"{2}\" \
             x2=\"{3}\" y2=\"{2}\"/>\n<text x=\"{0}\" y=\"{4}\" text-anchor=\"middle\">{mark}</text><text x=\"{5}\" \
             y=\"{6}\" text-anchor=\"end\">{mark}</text>",
            x(mark),
            top + SIDE,
            y(mark),
            left + SIDE,
            top + SIDE + 16.0,
            left - 6.0,
            y(mark) + 4.0
        );
    }
    let _ = writeln!(
        svg,
        "<line class=\"z\" x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\"/>\n<text class=\"q\" x=\"{left}\" y=\"{}\">across: forecast, percent; \
         up: share that came true</text>\n<text class=\"q\" x=\"{left}\" y=\"{}\">the larger a point, the more \
         forecasts</text>",
        x(0.0),
        y(0.0),
        x(100.0),
        y(100.0),
        top + SIDE + 38.0,
        top + SIDE + 56.0
    );
    match &report.probability {
        Part::CannotTell { cannot_tell } => {
            let says = escape(&format!("cannot tell: {cannot_tell}"));
            let _ = writeln!(svg, "<text class=\"q\" x=\"{left}\" y=\"44\">{says}</text>");
        }
        Part::Told(found) => {
            let _ = writeln!(
                svg,
                "<text class=\"q\" x=\"{left}\" y=\"44\">{} forecasts; calibration error {:.2} points</text>",
                found.cases, found.calibration_error
            );
            let points: Vec<String> = found
                .reliability
                .iter()
                .map(|group| format!("{:.1},{:.1}", x(group.forecast), y(group.observed)))
                .collect();
            let _ = writeln!(svg, "<polyline class=\"l\" points=\"{}\"/>", points.join(" "));
            let most = found.reliability.iter().map(|group| group.cases).max().unwrap_or(1).max(1) as f64;
            for group in &found.reliability {
                let _ = writeln!(
                    svg,
                    "<circle class=\"d\" cx=\"{:.1}\" cy=\"{:.1}\" r=\"{:.1}\"><title>said {:.1} %, came {:.1} %, {} \
                     forecasts</title></circle>",
                    x(group.forecast),
                    y(group.observed),
                    2.0 + 3.0 * (group.cases as f64 / most).sqrt(),
                    group.forecast,
                    group.observed,
                    group.cases
                );
            }
        }
    }
    svg + "</svg>\n"
}

/// Past counts, and the fan of those to come.
pub fn fan(answer: &Answer) -> String {
    const WIDTH: f64 = 860.0;
    const HEIGHT: f64 = 230.0;
    let (left, top) = (60.0, 50.0);
    let period = match &answer.counts {
        Part::Told(counts) => counts.period,
        Part::CannotTell { .. } => "period",
    };
    let title = format!("{}: events a {period}, as of {}", answer.about.join(" - "), answer.as_of);
    let mut svg = open(960.0, 350.0, &title);
    let counts = match &answer.counts {
        Part::Told(counts) => counts,
        Part::CannotTell { cannot_tell } => {
            let says = escape(&format!("cannot tell: {cannot_tell}"));
            let _ = writeln!(svg, "<text class=\"q\" x=\"{left}\" y=\"60\">{says}</text>");
            return svg + "</svg>\n";
        }
    };
    let Counts { past, ahead, .. } = counts;
    let past = &past[past.len().saturating_sub(48)..];
    let highest =
        past.iter().map(|one| u64::from(one.events)).chain(ahead.iter().map(|one| one.most[1])).max();
    let highest = highest.unwrap_or(1).max(1) as f64;
    let step = WIDTH / (past.len() + ahead.len()).max(1) as f64;
    let x = |at: usize| left + (at as f64 + 0.5) * step;
    let y = |value: f64| top + HEIGHT * (1.0 - value / highest);
    for mark in [0.0, highest] {
        let _ = writeln!(
            svg,
            "<line class=\"g\" x1=\"{left}\" y1=\"{0:.1}\" x2=\"{1}\" y2=\"{0:.1}\"/><text x=\"{2}\" y=\"{3:.1}\" \
             text-anchor=\"end\">{mark}</text>",
            y(mark),
            left + WIDTH,
            left - 6.0,
            y(mark) + 4.0
        );
    }
    // A fan opens from the last count.
    let last = past.last().map_or(0.0, |one| f64::from(one.events));
    let from = past.len().saturating_sub(1);
    for (class, at) in [("n", 1), ("f", 0)] {
        let of = |one: &super::counting::Ahead| if at == 1 { one.most } else { one.half };
        let point = |(k, value): (usize, f64)| format!("{:.1},{:.1}", x(k), y(value));
        let lower = ahead.iter().enumerate().map(|(k, one)| (past.len() + k, of(one)[0] as f64));
        let upper = ahead.iter().enumerate().map(|(k, one)| (past.len() + k, of(one)[1] as f64));
        let whole = [(from, last)].into_iter().chain(lower).chain(upper.rev());
        let points: Vec<String> = whole.map(point).collect();
        let _ = writeln!(svg, "<polygon class=\"{class}\" points=\"{}\"/>", points.join(" "));
    }
    let line = |class: &str, points: Vec<(usize, f64)>| {
        let points: Vec<String> =
            points.into_iter().map(|(at, value)| format!("{:.1},{:.1}", x(at), y(value))).collect();
        format!("<polyline class=\"{class}\" points=\"{}\"/>\n", points.join(" "))
    };
    svg += &line("l", past.iter().enumerate().map(|(at, one)| (at, f64::from(one.events))).collect());
    let medians = ahead.iter().enumerate().map(|(at, one)| (past.len() + at, one.median as f64));
    svg += &line("m", [(from, last)].into_iter().chain(medians).collect());
    let starts: Vec<&String> =
        past.iter().map(|one| &one.start).chain(ahead.iter().map(|one| &one.start)).collect();
    let every = starts.len().div_ceil(8).max(1);
    for (at, start) in starts.iter().enumerate().filter(|(at, _)| at % every == past.len() % every) {
        let _ = writeln!(
            svg,
            "<text x=\"{:.1}\" y=\"{}\" text-anchor=\"middle\">{}</text>",
            x(at),
            top + HEIGHT + 18.0,
            escape(start)
        );
    }
    let _ = writeln!(
        svg,
        "<text class=\"q\" x=\"{left}\" y=\"{}\">counted; then the median, and the middle 50 and 90 % of chances</text>",
        top + HEIGHT + 44.0
    );
    svg + "</svg>\n"
}
