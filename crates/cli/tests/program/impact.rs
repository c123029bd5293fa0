//! `impact`: a step that is there, noise that is none, and data that cannot tell.

use super::{folder, path, run, run_with_stdin};
use serde_json::Value;
use std::fmt::Write as _;

/// Weekly events of twelve pairs for forty weeks from 6 January 2014; from the 31st week on A and B have `more` a week.
fn events(more: u32) -> String {
    let mut table = String::from("date,source,target,goldstein\n");
    let actors = ["A", "B", "C", "D", "E", "F", "G", "H"];
    let mut pairs = vec![("A", "B")];
    pairs.extend((2..8).flat_map(|i| (i + 1..8).map(move |j| (actors[i], actors[j]))));
    let mut dice = 12u64;
    for (number, (a, b)) in pairs.into_iter().enumerate() {
        for week in 0..40u32 {
            dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let extra = if number == 0 && week >= 30 { more } else { 0 };
            for at in 0..(dice >> 33) as u32 % 4 + extra {
                let day = 6 + week * 7 + at % 7;
                let (month, day) = month_and_day(day);
                let _ =
                    writeln!(table, "2014-{month:02}-{day:02},{a},{b},{}", if at % 2 == 0 { -2 } else { 1 });
            }
        }
    }
    table
}

fn month_and_day(day_of_year: u32) -> (u32, u32) {
    let mut left = day_of_year;
    for (month, days) in [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31].into_iter().enumerate() {
        if left <= days {
            return (month as u32 + 1, left);
        }
        left -= days;
    }
    (12, 31)
}

const DATE: &str = "2014-08-04";

fn answer(arguments: &[&str], table: &str) -> Value {
    let mut all = vec!["impact", "-", "--period", "week"];
    all.extend(arguments);
    let rows = run_with_stdin(&all, table.as_bytes()).silent().rows();
    assert_eq!(rows.len(), 1);
    rows[0].clone()
}

#[test]
fn a_step_is_found_in_every_way() {
    let answer = answer(&["--dyad", "B:A", "--date", DATE], &events(9));
    assert_eq!((&answer["periods"]["before"], &answer["periods"]["after"]), (&30.into(), &10.into()));
    let outcome = &answer["events"];
    assert_eq!(outcome["verdict"], "rose", "{outcome}");
    let effect = &outcome["regression"]["effect"];
    assert!(effect["low"].as_f64().unwrap() > 5.0 && effect["high"].as_f64().unwrap() < 13.0, "{effect}");
    assert!(outcome["synthetic"]["others"].as_u64().unwrap() >= 9, "{outcome}");
    let weights = outcome["synthetic"]["weights"].as_array().unwrap();
    // Nobody who is touched by the act is compared with.
    assert!(weights.iter().all(|w| !w["who"].as_str().unwrap().contains(['A', 'B'])), "{outcome}");
    assert_eq!(answer["series"].as_array().unwrap().len(), 40);
}

/// What the page on balance says of its real example, and that what was not drawn is not named.
#[test]
fn summits_were_more_under_gorbachev_and_no_more_under_nixon() {
    let folder = folder(&[]);
    let svg = path(&folder, "summits.svg");
    let summits = "examples/events/summits.csv";
    let asked = ["impact", summits, "--dyad", "USA:SUN", "--date"];
    let gorbachev = run(&[&asked[..], &["1985-03-11", "-o", &svg]].concat()).silent().rows().remove(0);
    for outcome in ["events", "score"] {
        assert_eq!(gorbachev[outcome]["verdict"], "rose");
        assert!(gorbachev[outcome]["synthetic"].is_null());
    }
    let drawn = std::fs::read_to_string(&svg).unwrap();
    assert!(drawn.contains("where the line before") && !drawn.contains("synthetic control"));
    let nixon =
        run(&[&asked[..], &["1969-01-20", "--until", "1979-12-31"]].concat()).silent().rows().remove(0);
    assert_eq!(nixon["events"]["verdict"], "no-sign");
}

#[test]
fn noise_is_no_change_and_nothing_is_not_a_number() {
    let done = answer(&["--dyad", "A:B", "--date", DATE], &events(0));
    assert!(matches!(done["events"]["verdict"].as_str(), Some("no-sign" | "disagree")), "{}", done["events"]);
    let text = done.to_string();
    assert!(!text.contains("NaN") && !text.contains("inf"), "{text}");
}

#[test]
fn an_actor_counts_its_events_with_anybody() {
    let done = answer(&["--country", "A", "--date", DATE], &events(9));
    assert_eq!(done["who"], serde_json::json!(["A"]));
    assert!(done["events"]["total"]["after"].as_f64().unwrap() >= 90.0, "{done}");
}

#[test]
fn data_that_cannot_tell_say_so() {
    // Two events, one of them within whole weeks: too few for anything.
    let few = "date,source,target,goldstein\n2014-01-01,A,B,1\n2014-06-01,A,B,1\n2014-12-31,C,D,1\n";
    let done = answer(&["--dyad", "A:B", "--date", DATE], few);
    for outcome in ["events", "score"] {
        assert_eq!(done[outcome]["verdict"], "cannot-tell");
        assert!(done[outcome]["says"].as_str().unwrap().contains("1 of the 10 events"), "{done}");
    }
    // A window that ends before the date has passed: nothing to sum up is 0, not -0.
    let window = ["--country", "A", "--date", DATE, "--from", "2014-06-30", "--until", "2014-08-06"];
    let text = answer(&window, &events(0)).to_string();
    assert!(text.contains("cannot-tell") && !text.contains("-0.0"), "{text}");
    // The same every week: no variance, and no others.
    let mut same = String::from("date,source,target,score\n");
    for week in 0..40u32 {
        let (month, day) = month_and_day(6 + week * 7);
        let _ = writeln!(same, "2014-{month:02}-{day:02},A,B,-1");
    }
    let done = answer(&["--dyad", "A:B", "--date", DATE], &same);
    assert_eq!(done["events"]["verdict"], "cannot-tell", "{done}");
    assert!(
        done["events"]["regression"].is_null() && !done["events"]["missing"].as_array().unwrap().is_empty()
    );
}

#[test]
fn questions_without_an_answer_are_refused() {
    let folder = folder(&[("events.csv", &events(0))]);
    let events = path(&folder, "events.csv");
    for (arguments, status, says) in [
        (&["--dyad", "A:Z", "--date", DATE][..], 1, "`Z`"),
        (&["--dyad", "A:B", "--date", "2013-01-01"], 1, "nothing to compare"),
        (&["--dyad", "A:B", "--date", "2024-01-01"], 1, "nothing to compare"),
        (&["--dyad", "A:B", "--date", DATE, "--from", "2020-01-01"], 1, "no event"),
        (&["--dyad", "A", "--date", DATE], 2, "no two actors"),
        (&["--dyad", "A:A", "--date", DATE], 2, "no two actors"),
        (&["--date", DATE], 2, "--dyad"),
        (&["--country", "A", "--dyad", "A:B", "--date", DATE], 2, "--country"),
        (&["--country", "A"], 2, "--date"),
        (&["--country", "A", "--date", DATE, "-o", "x.png"], 2, ".svg"),
    ] {
        let mut all = vec!["impact", &events];
        all.extend(arguments);
        let done = run(&all);
        assert_eq!((done.status, done.out.as_str()), (status, ""), "{arguments:?}");
        assert!(done.err.contains(says), "{arguments:?}: {}", done.err);
    }
}

#[test]
fn bad_rows_are_named() {
    let table = "date,source,target,goldstein\n2014-02-30,A,B,1\n2014-02-01,A,B,much\n2014-02-01,A,B,nan\n2014-02-01,A,B,1e300\n";
    let done = run_with_stdin(&["impact", "-", "--dyad", "A:B", "--date", DATE], table.as_bytes());
    assert_eq!((done.status, done.out.as_str()), (1, ""));
    for said in
        ["input:2: error: `2014-02-30`", "input:3: ", "input:4: error: the value is `nan`", "input:5: "]
    {
        assert!(done.err.contains(said), "{said} in {}", done.err);
    }
    let back = "{\"type\":\"AID\",\"goldstein\":1,\"source\":[{\"id\":\"A\"}],\"target\":[{\"id\":\"B\"}],\
                \"when\":{\"start\":\"2014-02-02\",\"end\":\"2014-02-01\"}}\n";
    let done = run_with_stdin(&["impact", "-", "--dyad", "A:B", "--date", DATE], back.as_bytes());
    assert_eq!((done.status, done.out.as_str()), (1, ""));
    assert!(done.err.contains("it ends on 2014-02-01, before it begins on 2014-02-02"), "{}", done.err);
}

#[test]
fn pictures_and_tables_are_written() {
    let folder = folder(&[("events.csv", &events(9))]);
    let [table, svg, csv] = ["events.csv", "out.svg", "out.csv"].map(|name| path(&folder, name));
    let done =
        run(&["impact", &table, "--dyad", "A:B", "--date", DATE, "--period", "week", "-o", &svg, "-o", &csv])
            .silent();
    assert_eq!(done.rows().len(), 1);
    let read = |path: &str| std::fs::read_to_string(path).unwrap();
    assert!(read(&svg).matches("<polyline").count() >= 6, "{}", read(&svg));
    assert_eq!(read(&csv).lines().count(), 41);
}
