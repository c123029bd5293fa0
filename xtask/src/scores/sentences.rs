//! The project's own sentences, which lie with the coder's tests: days, places, chains of speakers, realness, each in a half
//! that was read while the rules were made and one that was not.
//!
//! The tests print a line for each half; here the lines are only taken up. Their short texts with facts are scored with the
//! development sets, as those are.

use super::measure::Bar;
use crate::failure::Failure;
use crate::results::Figure;
use crate::workspace::{Workspace, output};

/// Its name in the table.
pub const NAME: &str = "own-sentences";
/// What the program does with them.
pub const WHAT: &str = "days, places, speakers, realness";

/// Where they lie, in the repository.
pub const GOLD: &str = "crates/coder/tests/claims";

/// The tests that print the lines.
const TESTS: [&str; 3] = ["circumstances", "claims", "comments"];

/// What a line begins with, what it counts, and its bar in percent.
const MEASURES: [(&str, &str, Option<f64>); 8] = [
    ("time-seen", "right interval, seen while tuning, %", None),
    ("time-unseen", "right interval, not seen, %", Some(88.0)),
    ("place-seen", "right places, seen while tuning, %", None),
    ("place-unseen", "right places, not seen, %", None),
    ("attribution-seen", "speaker and stance right, seen while tuning, %", None),
    ("attribution-unseen", "speaker and stance right, not seen, %", Some(80.0)),
    ("realness", "polarity and modality right, %", None),
    ("stances", "stances of readers right, %", None),
];

/// Runs the tests; the figures and the command. Fails where they do not build or do not pass.
pub fn score(workspace: &Workspace) -> Result<(Vec<Figure>, Vec<String>), Failure> {
    // The whole workspace, because its tests have mostly been built like this already.
    let mut arguments = vec!["test", "--workspace", "--quiet", "--locked"];
    arguments.extend(TESTS.iter().flat_map(|test| ["--test", test]));
    arguments.extend(["--", "--nocapture", "--test-threads=1"]);
    let printed = output(workspace.cargo().args(&arguments))?;
    Ok((figures(&printed), vec![format!("cargo {}", arguments.join(" "))]))
}

fn figures(printed: &str) -> Vec<Figure> {
    MEASURES.into_iter().map(|(key, measure, bar)| figure(printed, key, measure, bar)).collect()
}

fn figure(printed: &str, key: &str, measure: &str, bar: Option<f64>) -> Figure {
    let share = printed.lines().find_map(|line| counted(line, key)).map(|(right, of)| {
        let share = 100.0 * right / of;
        (share, format!("{share:.1} ({right} of {of})"))
    });
    let bar = bar.map(Bar::AtLeast);
    Figure {
        set: NAME.to_owned(),
        what: WHAT.to_owned(),
        measure: measure.to_owned(),
        figure: share.as_ref().map_or_else(|| "not printed".to_owned(), |(_, text)| text.clone()),
        bar: bar.map_or_else(String::new, |bar| bar.to_string()),
        met: bar.map(|bar| share.as_ref().is_some_and(|(share, _)| bar.met(*share))),
    }
}

/// "… time-seen.jsonl: 148 of 150 right": the two counts of a line that has the key before a colon.
fn counted(line: &str, key: &str) -> Option<(f64, f64)> {
    let (head, rest) = line.split_once(": ")?;
    // A quiet run of tests puts a dot for each that passed before what the next one prints.
    let name = head.rsplit(' ').next()?.trim_start_matches('.');
    if name.strip_suffix(".jsonl").unwrap_or(name) != key {
        return None;
    }
    let mut words = rest.split(' ');
    let right: u32 = words.next()?.parse().ok()?;
    let of: u32 = (words.next()? == "of").then(|| words.next()?.parse().ok()).flatten()?;
    (of > 0).then_some((f64::from(right), f64::from(of)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lines_of_the_tests_are_taken_up() {
        let printed = "test a ... time-unseen: 140 of 150 right, 93.3 %\nok\nattribution-unseen.jsonl: 40 of 54 (74.1 %)\n..place-seen: 9 of 9 right\n";
        let told = figures(printed);
        assert_eq!((told[1].figure.as_str(), told[1].met), ("93.3 (140 of 150)", Some(true)));
        assert_eq!((told[5].figure.as_str(), told[5].met), ("74.1 (40 of 54)", Some(false)));
        assert_eq!((told[0].figure.as_str(), told[0].met), ("not printed", None));
        assert_eq!(told[2].figure, "100.0 (9 of 9)");
        assert_eq!(figures("time-unseen: 0 of 0")[1].met, Some(false));
    }
}
