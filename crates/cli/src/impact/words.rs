//! The answer of `impact` for people.

use super::report::{Interval, Report};
use crate::stream::tame;
use crate::terminal::{FAINT, GOOD, Paint, STRONG, WARNING};
use std::fmt::Write as _;

impl Report {
    /// For people.
    pub fn text(&self, paint: Paint) -> String {
        let (who, period) = (tame(&self.who.join(" - ")), self.period);
        let (before, after) = (self.periods.before, self.periods.after);
        let head = format!("{who}: {before} {period}s before {} and {after} after", self.date);
        let mut text = format!("{}\n", paint.text(STRONG, head));
        if self.undated > 0 {
            let line = format!(
                "{} events of all actors have no date, or a vaguer one, and do not count",
                self.undated
            );
            let _ = writeln!(text, "{}", paint.text(FAINT, line));
        }
        for (name, outcome) in [("events", &self.events), ("score", &self.score)] {
            let mean = |mean: Option<f64>| mean.map_or_else(|| "-".to_owned(), |mean| format!("{mean:.2}"));
            let _ = writeln!(
                text,
                "\n{} a {period}: {} before, {} after",
                paint.text(STRONG, name),
                mean(outcome.mean.before),
                mean(outcome.mean.after)
            );
            let style = if matches!(outcome.verdict, "rose" | "fell") { GOOD } else { WARNING };
            let _ = writeln!(text, "  {}", paint.text(style, &outcome.says));
            if let Some(fit) = &outcome.regression {
                let Interval { value, low, high, p } = fit.effect;
                let _ = writeln!(
                    text,
                    "  line with a break   {value:+.2}, 95 % {low:.2} to {high:.2}, {}",
                    chance(p)
                );
            }
            if let Some(dates) = &outcome.placebo_dates {
                let _ = writeln!(
                    text,
                    "  other dates         {:+.2} over {} {period}s, {} among {} dates",
                    dates.effect,
                    dates.reach,
                    chance(dates.p),
                    dates.dates
                );
            }
            if let Some(control) = &outcome.synthetic {
                let interval = match (control.low, control.high) {
                    (Some(low), Some(high)) => format!(", 90 % {low:.2} to {high:.2}"),
                    _ => String::new(),
                };
                let _ = writeln!(
                    text,
                    "  synthetic control   {:+.2}{interval}, {} among {} others; fit {:.2}",
                    control.effect,
                    chance(control.p),
                    control.others,
                    control.fit
                );
                let weights: Vec<String> = control
                    .weights
                    .iter()
                    .take(6)
                    .map(|weight| format!("{} {:.2}", tame(&weight.who), weight.weight))
                    .collect();
                let _ = writeln!(text, "    {}", paint.text(FAINT, weights.join(", ")));
            }
            for reason in &outcome.missing {
                let _ = writeln!(text, "  {}", paint.text(FAINT, reason));
            }
        }
        text
    }
}

fn chance(p: f64) -> String {
    if p < 0.001 { "p < 0.001".to_owned() } else { format!("p {p:.3}") }
}
