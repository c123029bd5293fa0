//! How far a run is, on a terminal, for runs longer than a moment.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::time::{Duration, Instant};

/// A run shorter than this shows nothing.
const MOMENT: Duration = Duration::from_secs(1);
/// Between two looks at the clock's worth of news.
const BETWEEN: Duration = Duration::from_millis(200);

/// What is counted in a run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Documents done.
    pub documents: u64,
    /// Sentences in them.
    pub sentences: u64,
    /// Words in them.
    pub words: u64,
    /// Bytes of text in them.
    pub bytes: u64,
    /// Records made of them.
    pub records: u64,
}

/// A line on standard error that is drawn over.
pub struct Progress {
    bar: Option<ProgressBar>,
    shown: bool,
    started: Instant,
    last: Instant,
    total: Option<u64>,
    records: &'static str,
}

impl Progress {
    /// A line if `visible`, silence otherwise. `total` is in bytes of text, `records` what the records are called.
    pub fn new(visible: bool, total: Option<u64>, records: &'static str) -> Self {
        let now = Instant::now();
        let bar = visible.then(|| ProgressBar::with_draw_target(total, ProgressDrawTarget::hidden()));
        Self { bar, shown: false, started: now, last: now, total, records }
    }

    /// Shows where the run is.
    pub fn show(&mut self, tally: &Tally) {
        let Some(bar) = &self.bar else { return };
        let now = Instant::now();
        let elapsed = now - self.started;
        if elapsed < MOMENT || (self.shown && now - self.last < BETWEEN) {
            return;
        }
        self.last = now;
        if !self.shown {
            self.shown = true;
            bar.set_draw_target(ProgressDrawTarget::stderr());
            let template = if self.total.is_some() { "{bar:24} {msg}" } else { "{spinner} {msg}" };
            if let Ok(style) = ProgressStyle::with_template(template) {
                bar.set_style(style);
            }
        }
        bar.set_message(said(tally, elapsed, self.total, self.records));
        bar.set_position(tally.bytes);
        bar.tick();
    }

    /// Does something to the terminal with the line out of the way.
    pub fn aside<R>(&self, act: impl FnOnce() -> R) -> R {
        match &self.bar {
            Some(bar) if self.shown => bar.suspend(act),
            _ => act(),
        }
    }

    /// Takes the line away.
    pub fn clear(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

fn said(tally: &Tally, elapsed: Duration, total: Option<u64>, records: &str) -> String {
    let seconds = elapsed.as_secs_f64().max(0.001);
    let rate = |count: u64| count as f64 / seconds;
    let mut line = format!(
        "{} documents ({:.0}/s), {} sentences ({:.0}/s), {} {records}, {}",
        tally.documents,
        rate(tally.documents),
        tally.sentences,
        rate(tally.sentences),
        tally.records,
        megabytes(tally.bytes),
    );
    if let Some(total) = total
        && tally.bytes > 0
    {
        let left = total.saturating_sub(tally.bytes) as f64 / rate(tally.bytes);
        line.push_str(&format!(" of {}, {} left", megabytes(total), clock(left)));
    }
    line
}

fn megabytes(bytes: u64) -> String {
    format!("{:.1} MB", bytes as f64 / 1e6)
}

fn clock(seconds: f64) -> String {
    let seconds = seconds.round().min(1e9) as u64;
    match (seconds / 3600, seconds / 60 % 60, seconds % 60) {
        (0, minutes, seconds) => format!("{minutes}:{seconds:02}"),
        (hours, minutes, seconds) => format!("{hours}:{minutes:02}:{seconds:02}"),
    }
}

/// A duration for people: `0.4 s`, `2:05`.
pub fn spent(elapsed: Duration) -> String {
    if elapsed < Duration::from_secs(60) {
        format!("{:.1} s", elapsed.as_secs_f64())
    } else {
        clock(elapsed.as_secs_f64())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_and_time_left_follow_from_what_was_done() {
        let tally = Tally { documents: 10, sentences: 300, words: 6000, bytes: 2_000_000, records: 45 };
        let two = Duration::from_secs(2);
        assert_eq!(
            said(&tally, two, None, "events"),
            "10 documents (5/s), 300 sentences (150/s), 45 events, 2.0 MB"
        );
        assert!(said(&tally, two, Some(92_000_000), "events").ends_with(", 2.0 MB of 92.0 MB, 1:30 left"));
        assert_eq!(clock(3725.4), "1:02:05");
    }
}
