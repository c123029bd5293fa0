//! `forecast` and `backtest` on events of one's own: what is said, with what behind it, and what is not.

use super::{folder, path, run};
use serde_json::Value;
use std::fmt::Write as _;

/// Four states over many days: A and B meet on Mondays, and whenever C accuses D, D answers on the next day.
fn days(days: std::ops::Range<u32>) -> String {
    let mut text = String::new();
    for day in days {
        let (month, of_month) = (1 + day / 28, 1 + day % 28);
        let date = format!("{}-{:02}-{of_month:02}", 2020 + (month - 1) / 12, (month - 1) % 12 + 1);
        let mut event = |source: &str, kind: &str, target: &str| {
            let _ = writeln!(
                text,
                "{{\"id\":\"{source}{kind}{day}\",\"type\":\"{kind}\",\"source\":[{{\"id\":\"{source}\"}}],\"target\":[{{\"id\":\
                 \"{target}\"}}],\"when\":{{\"start\":\"{date}\",\"end\":\"{date}\"}},\"text\":\"Day {day}.\"}}"
            );
        };
        if day % 7 == 0 {
            event("a", "CONSULT", "b");
        }
        if day * day % 11 == 4 {
            event("c", "ACCUSE", "d");
        }
        if day > 0 && (day - 1) * (day - 1) % 11 == 4 {
            event("d", "REJECT", "c");
        }
        if day % 13 == 5 {
            event("b", "AID", "d");
        }
    }
    text
}

fn finite(value: &Value) -> bool {
    match value {
        Value::Number(number) => number.as_f64().is_some_and(f64::is_finite),
        Value::Array(all) => all.iter().all(finite),
        Value::Object(all) => all.values().all(finite),
        _ => true,
    }
}

#[test]
fn a_forecast_has_a_probability_a_time_and_reasons() {
    let folder = folder(&[("events.jsonl", &days(0..500)), ("part.jsonl", &days(0..420))]);
    let [events, part, fan, sheet] =
        ["events.jsonl", "part.jsonl", "fan.svg", "sheet.csv"].map(|name| path(&folder, name));
    let arguments = ["forecast", &events, "--dyad", "c:d", "--horizon", "14", "-o", &fan, "-o", &sheet];
    let answer = run(&arguments).silent().rows().remove(0);
    let outlook = &answer["outlook"];
    let forecasts = outlook["forecasts"].as_array().unwrap();
    assert!(!forecasts.is_empty() && finite(&answer), "{answer}");
    let chances: Vec<f64> = forecasts.iter().map(|one| one["probability"].as_f64().unwrap()).collect();
    assert!(chances.is_sorted_by(|a, b| a >= b) && chances[0] > 0.8, "{chances:?}");
    assert_eq!(forecasts[0]["because"][0]["kind"], "same");
    let newest = &forecasts[0]["because"][0]["events"][0];
    assert!(newest["text"].as_str().unwrap().starts_with("Day 4") && newest["id"].is_string(), "{newest}");
    assert!(forecasts[0]["when"]["median"].is_string());
    let ahead = answer["counts"]["ahead"].as_array().unwrap();
    assert_eq!(ahead.len(), 6);
    assert!(ahead[0]["90"][0].as_u64() <= ahead[0]["50"][0].as_u64());
    assert!(std::fs::read_to_string(&fan).unwrap().contains("<polygon"));
    let sheet = std::fs::read_to_string(&sheet).unwrap();
    let lines = |name: &str| sheet.lines().filter(|line| line.starts_with(name)).count();
    assert!(lines("event,") == forecasts.len() && lines("ahead,c,,d,") == 6 && lines("past,") > 6, "{sheet}");
    assert!(sheet.contains(newest["id"].as_str().unwrap()), "{sheet}");
    // Nothing at or after the day is read: with the later events cut off the answer is the same.
    let as_of = ["--actor", "c", "--as-of", "2021-04-01", "--horizon", "7"];
    let told = |file: &str| {
        let arguments: Vec<&str> = ["forecast", file].into_iter().chain(as_of).collect();
        let mut answer = run(&arguments).silent().rows().remove(0);
        for field in ["span", "records"] {
            answer.as_object_mut().unwrap().remove(field);
        }
        answer
    };
    assert_eq!(told(&events), told(&part));
}

#[test]
fn a_backtest_scores_all_kinds_of_forecasts() {
    let quadruples: String = (0..240u32)
        .flat_map(|day| (0..8u32).filter(move |s| (day + s) % 4 == 0).map(move |s| (day, s)))
        .fold(String::new(), |text, (day, s)| text + &format!("{s}\t0\t{}\t{}\t0\n", (s + 1) % 8, day * 24));
    let folder = folder(&[("events.txt", &quadruples)]);
    let [events, plot, sheet] = ["events.txt", "plot.svg", "sheet.csv"].map(|name| path(&folder, name));
    let arguments = ["backtest", &events, "--horizon", "10", "--period", "week", "-o", &plot, "-j", "1"];
    let report = run(&arguments).silent().rows().remove(0);
    assert!(finite(&report));
    assert_eq!((report["events"].as_u64(), report["unit"].as_str()), (Some(480), Some("step")));
    assert!(report["ranking"]["mrr"].as_f64().unwrap() > 90.0, "{}", report["ranking"]["mrr"]);
    for (part, score) in [("probability", "brier"), ("timing", "crps")] {
        assert!(report[part]["skill"][score].as_f64().unwrap() > 30.0, "{}", report[part]);
    }
    assert!(report["timing"]["coverage"]["90"].as_f64().unwrap() > 80.0);
    assert!(report["dyads"]["baselines"]["last"]["skill"]["crps"].is_number());
    assert!(report["dyads"]["baselines"]["seasonal"]["cannot_tell"].is_string());
    assert!(std::fs::read_to_string(&plot).unwrap().contains("<circle"));
    let again = run(&[&arguments[..8], &["-j", "2", "-o", &sheet]].concat()).silent().rows().remove(0);
    for part in ["ranking", "probability", "timing", "dyads", "actors"] {
        assert_eq!(report[part], again[part], "{part}");
    }
    let skill = format!("probability.skill.brier,{}\n", report["probability"]["skill"]["brier"]);
    assert!(std::fs::read_to_string(&sheet).unwrap().contains(&skill));
}

#[test]
fn what_cannot_be_told_is_said_to_be_so() {
    let one = "date,source,type,target\n2024-01-01,A,AID,B\n2024-01-03,A,AID,B\n";
    let folder = folder(&[("one.csv", one)]);
    let one = path(&folder, "one.csv");
    let answer = run(&["forecast", &one, "--actor", "A"]).silent().rows().remove(0);
    assert!(answer["outlook"]["cannot_tell"].is_string() && answer["counts"]["cannot_tell"].is_string());
    let report = run(&["backtest", &one]).silent().rows().remove(0);
    for part in ["ranking", "probability", "timing", "dyads", "actors"] {
        assert!(report[part]["cannot_tell"].is_string(), "{part}: {}", report[part]);
    }
}

#[test]
fn a_series_of_one_class_and_one_that_ended_give_no_number_that_is_none() {
    // The same event every day: it never fails to come, so nothing says how often it does.
    let mut daily = "date,source,type,target\n".to_owned();
    for day in 0..400u32 {
        let (month, of_month) = (day / 28, 1 + day % 28);
        let _ = writeln!(daily, "{}-{:02}-{of_month:02},A,AID,B", 2020 + month / 12, 1 + month % 12);
    }
    let folder = folder(&[("daily.csv", &daily)]);
    let daily = path(&folder, "daily.csv");
    for arguments in [&["--as-of", "2021-03-09"][..], &["--as-of", "2030-01-01"], &["--type", "AID"]] {
        let arguments = [&["forecast", &daily, "--dyad", "A:B"], arguments].concat();
        let done = run(&arguments).silent();
        let answer = done.rows().remove(0);
        assert!(answer["outlook"]["cannot_tell"].is_string(), "{arguments:?}: {answer}");
        assert!(finite(&answer) && !done.out.contains("NaN"), "{answer}");
    }
    let report = run(&["backtest", &daily]).silent().rows().remove(0);
    assert!(finite(&report) && report["probability"]["cannot_tell"].is_string(), "{report}");
    assert_eq!(report["ranking"]["methods"]["combined"]["unseen"]["mrr"], Value::Null);
}

#[test]
fn bad_input_is_named() {
    let files = [
        ("late.txt", "0 0 1 48\n"),
        ("early.txt", "0 0 1 24\n\n1 0 0 48\n"),
        ("bad.csv", "date,source,type,target\n2024-01-01,A,AID,B\n2024-31-01,A,AID,B\n"),
        ("planned.csv", "date,source,type,target,modality\n2024-01-01,A,AID,B,planned\n"),
        (
            "back.jsonl",
            "{\"type\":\"AID\",\"source\":\"A\",\"target\":\"B\",\"when\":{\"start\":\"2024-01-02\",\"end\":\"2024-01-01\"}}\n",
        ),
        ("good.csv", "date,source,type,target\n2024-01-01,A,AID,B\n"),
    ];
    let folder = folder(&files);
    let at = |name| path(&folder, name);
    for (names, said) in [
        (&["late.txt", "early.txt"][..], "early.txt:1: error: time goes backwards"),
        (&["bad.csv"], "bad.csv:3: error: `2024-31-01` is no date"),
        (&["planned.csv"], "1 are not said to have happened"),
        (&["back.jsonl"], "back.jsonl:1: error: time goes backwards"),
    ] {
        let files: Vec<String> = names.iter().map(|name| at(name)).collect();
        let arguments: Vec<&str> = ["backtest"].into_iter().chain(files.iter().map(String::as_str)).collect();
        let done = run(&arguments);
        assert_eq!((done.status, done.out.as_str()), (1, ""), "{names:?}");
        assert!(done.err.contains(said), "{}", done.err);
    }
    let good = at("good.csv");
    for (arguments, said) in [
        (&["--actor", "C"][..], "no event that counts names `C`"),
        (&["--dyad", "A"], "names no two actors"),
        (&["--actor", "A", "--type", "ASSAULT"], "of the type `ASSAULT`"),
        (&["--actor", "A", "--as-of", "2023-01-01"], "nothing is known before `2023-01-01`"),
        (&["--actor", "A", "--as-of", "2024-02-30"], "`2024-02-30` is no day"),
        (&["--actor", "A", "-o", "x.txt"], "tells no format of output"),
        (&[], "--actor"),
    ] {
        let arguments: Vec<&str> = ["forecast", &good].into_iter().chain(arguments.iter().copied()).collect();
        let done = run(&arguments);
        assert_eq!((done.status, done.out.as_str()), (2, ""), "{arguments:?}");
        let err = done.err.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(err.contains(said), "{err}");
    }
}
