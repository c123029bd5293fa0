//! The answer of `forecast` for people.

use super::answer::{Answer, Forecast};
use super::report::Part;
use crate::terminal::{FAINT, NAME, Paint, STRONG};
use std::fmt::Write as _;

/// The page.
pub fn text(answer: &Answer, paint: Paint) -> String {
    let mut out = String::new();
    let head = format!(
        "{}: {} {}s from {} on, by {} events since {}",
        answer.about.join(" - "),
        answer.horizon,
        answer.unit,
        answer.as_of,
        answer.events,
        answer.known.span[0]
    );
    let _ = writeln!(out, "{}\n", paint.text(STRONG, crate::stream::tame(&head)));
    match &answer.outlook {
        Part::CannotTell { cannot_tell } => {
            let _ = writeln!(out, "What comes: the data cannot tell. {cannot_tell}");
        }
        Part::Told(found) => {
            for forecast in &found.forecasts {
                one(&mut out, forecast, paint);
            }
        }
    }
    let _ = writeln!(out);
    match &answer.counts {
        Part::CannotTell { cannot_tell } => {
            let _ = writeln!(out, "How many: the data cannot tell. {cannot_tell}");
        }
        Part::Told(counts) => {
            let last = counts.past.last().map_or(0, |period| period.events);
            let head = format!("Events a {} ({last} in the last)", counts.period);
            let _ = writeln!(out, "{}", paint.text(STRONG, head));
            for period in &counts.ahead {
                let _ = writeln!(
                    out,
                    "  {} to {}  about {}, half between {} and {}, nine in ten between {} and {}",
                    period.start,
                    period.end,
                    period.median,
                    period.half[0],
                    period.half[1],
                    period.most[0],
                    period.most[1]
                );
            }
        }
    }
    out
}

fn one(out: &mut String, forecast: &Forecast, paint: Paint) {
    let tame = crate::stream::tame;
    let beyond = || "beyond".to_owned();
    let when = &forecast.when;
    let line = format!(
        "{:>3.0} %  {} → {} → {}",
        100.0 * forecast.probability,
        forecast.source,
        forecast.kind,
        forecast.target
    );
    let _ = writeln!(out, "{}", paint.text(NAME, tame(&line)));
    let _ = writeln!(
        out,
        "       median {}, nine in ten from {} to {}",
        when.median.clone().unwrap_or_else(beyond),
        when.most[0].clone().unwrap_or_else(beyond),
        when.most[1].clone().unwrap_or_else(beyond)
    );
    for reason in &forecast.because {
        let days: Vec<&str> = reason.events.iter().map(|event| event.date.as_str()).collect();
        let line = format!("       {}, last {}", reason.says, days.join(", "));
        let _ = writeln!(out, "{}", tame(&line));
        if let Some(text) = reason.events.first().and_then(|event| event.text.as_ref()) {
            let _ = writeln!(out, "         {}", paint.text(FAINT, tame(text)));
        }
    }
}
