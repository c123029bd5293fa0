//! The network by camps as SVG.

use super::graph::escape;
use super::network::Named;
use super::places::places;
use super::report::{Answer, strained};
use demarche_analysis::balance::{Standing, standings};
use std::fmt::Write as _;

const WIDTH: f64 = 1000.0;
const HEIGHT: f64 = 640.0;
/// Room above for the headline, below for the legend, and at the sides for names.
const MARGIN: f64 = 60.0;
/// Networks with more actors get names only where actors are torn.
const NAMED: usize = 120;

const STYLE: &str = "\
text{font-family:system-ui,sans-serif;font-size:11px;fill:#222}\
.h{font-size:15px;font-weight:600}\
.n{paint-order:stroke;stroke:#fff;stroke-width:3px}\
line{stroke-width:1}\
.f{stroke:#2a7f62;stroke-opacity:.35}.x{stroke:#c0392b;stroke-opacity:.4}\
.s{stroke-width:2.4;stroke-opacity:.95;stroke-dasharray:6 3}\
.a{fill:#3b6fb6}.b{fill:#d98e04}.t{stroke:#111;stroke-width:2}";

/// Draws it.
pub fn draw(named: &Named, answer: &Answer) -> String {
    let network = &named.network;
    let places: Vec<(f64, f64)> = places(network, &answer.sides)
        .into_iter()
        .map(|(x, y)| {
            (MARGIN + x * (WIDTH - 2.0 * MARGIN), MARGIN + 10.0 + y * (HEIGHT - 2.0 * MARGIN - 20.0))
        })
        .collect();
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\">\n<title>{0}</title>\n\
         <style>{STYLE}</style>\n<rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"#fff\"/>\n\
         <text class=\"h\" x=\"20\" y=\"28\">{0}</text>\n",
        escape(&answer.headline())
    );
    // Strained ties last: they lie on top.
    for on_top in [false, true] {
        for (at, tie) in network.ties().iter().enumerate() {
            if strained(network, &answer.sides, at) != on_top {
                continue;
            }
            let ((x1, y1), (x2, y2)) = (places[tie.a as usize], places[tie.b as usize]);
            let class = match (tie.friendly, on_top) {
                (true, false) => "f",
                (false, false) => "x",
                (true, true) => "f s",
                (false, true) => "x s",
            };
            let _ = writeln!(
                svg,
                "<line class=\"{class}\" x1=\"{x1:.1}\" y1=\"{y1:.1}\" x2=\"{x2:.1}\" y2=\"{y2:.1}\"/>"
            );
        }
    }
    let small = network.nodes() > NAMED;
    let standings = standings(network, &answer.sides);
    for Standing { actor, camp, strained, ties, margin } in &standings {
        let (x, y) = places[*actor as usize];
        let camp = if *camp { "a" } else { "b" };
        let torn = if *strained > 0 { " t" } else { "" };
        let radius = if small { 3.0 } else { 4.0 } + f64::from(*ties).sqrt() * if small { 0.3 } else { 0.7 };
        let name = escape(&named.names[*actor as usize]);
        let _ = writeln!(
            svg,
            "<circle class=\"{camp}{torn}\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{radius:.1}\"><title>{name}: {strained} of \
             {ties} ties strained, changing sides costs {margin}</title></circle>"
        );
    }
    for Standing { actor, strained, .. } in standings.iter().filter(|s| !small || s.strained > 0) {
        let ((x, y), name) = (places[*actor as usize], escape(&named.names[*actor as usize]));
        let weight = if *strained > 0 { " font-weight=\"600\"" } else { "" };
        let _ = writeln!(
            svg,
            "<text class=\"n\" x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\"{weight}>{name}</text>",
            y - 9.0
        );
    }
    svg += &legend();
    svg += "</svg>\n";
    svg
}

fn legend() -> String {
    let mut out = String::new();
    let y = HEIGHT - 18.0;
    let mut x = 20.0;
    for (class, label, width) in [
        ("f", "friendly", 90.0),
        ("x", "hostile", 85.0),
        ("f s", "friends in two camps", 160.0),
        ("x s", "foes in one camp", 145.0),
    ] {
        let _ = writeln!(
            out,
            "<line class=\"{class}\" x1=\"{x}\" y1=\"{0}\" x2=\"{1}\" y2=\"{0}\"/><text x=\"{2}\" y=\"{y}\">{label}</text>",
            y - 4.0,
            x + 26.0,
            x + 32.0
        );
        x += 32.0 + width;
    }
    let _ = writeln!(
        out,
        "<circle class=\"a t\" cx=\"{x}\" cy=\"{}\" r=\"6\"/><text x=\"{}\" y=\"{y}\">ring: has strained ties</text>",
        y - 4.0,
        x + 12.0
    );
    out
}
