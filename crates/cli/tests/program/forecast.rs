//! `forecast evaluate`: measures of a benchmark, ranks by query, and what is said of files that cannot be used.

use super::{folder, path, run};

/// Every day actor 0 meets 1, and 2 meets 3.
fn days(days: std::ops::Range<u32>) -> String {
    days.map(|day| format!("0\t0\t1\t{}\t-1\n2 1 3 {}\n", day * 24, day * 24)).collect()
}

#[test]
fn what_always_happened_is_ranked_first() {
    let folder =
        folder(&[("train.txt", &days(0..30)), ("valid.txt", &days(30..35)), ("test.txt", &days(35..40))]);
    let at = |name| path(&folder, name);
    let (train, valid, test, ranks) = (at("train.txt"), at("valid.txt"), at("test.txt"), at("ranks.csv"));
    let arguments =
        ["forecast", "evaluate", "--train", &train, "--valid", &valid, "--test", &test, "--ranks", &ranks];
    let rows = run(&arguments).silent().rows();
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0]["queries"], 20);
    for name in ["mrr", "hits@1", "hits@3", "hits@10"] {
        assert_eq!(rows[0][name], 100.0, "{name}");
    }
    assert!(rows[0]["seconds"].is_number());
    if cfg!(target_os = "linux") {
        let peak = rows[0]["peak_megabytes"].as_f64().unwrap();
        assert!(rows[0]["cpu_seconds"].as_f64().unwrap() >= 0.0 && peak > 1.0 && peak < 1000.0, "{peak}");
    }
    let written = std::fs::read_to_string(&ranks).unwrap();
    assert_eq!(written.lines().count(), 21);
    assert_eq!(written.lines().nth(1), Some("0,0,1,840,object,1,1,0,0,true"));
    let single: Vec<&str> = arguments.iter().copied().chain(["-j", "1"]).collect();
    run(&single).silent();
    assert_eq!(std::fs::read_to_string(&ranks).unwrap(), written);
}

/// Worked out by hand for the ranking by frequency, where all scores are counts.
#[test]
fn measures_are_those_worked_out_by_hand() {
    // Objects until then: actor 1 three times, 2 once, 0 and 3 never. Subjects: 0 twice, 2 and 3 once, 1 never.
    let train = "0 0 1 0\n0 0 2 0\n2 0 1 0\n3 0 1 1\n";
    let test = "0 0 1 2\n0 0 3 2\n0 0 3 3\n";
    let folder = folder(&[("train.txt", train), ("test.txt", test)]);
    let (train, test, ranks) =
        (path(&folder, "train.txt"), path(&folder, "test.txt"), path(&folder, "ranks.jsonl"));
    let arguments = ["forecast", "evaluate", "--train", &train, "--test", &test, "--ranks", &ranks];
    let answer = run(&arguments).silent().rows().remove(0);
    let close = |value: &serde_json::Value, by_hand: f64| {
        assert!((value.as_f64().unwrap() - 100.0 * by_hand).abs() < 1e-3, "{value} {by_hand}");
    };
    // At time 2 actor 1 is first. Once it is filtered, 2 is above actor 3 and 0 beside it: the mean of 1/2 and 1/3. At time 3,
    // when time 2 was told, 1 is above actor 3 and 2 beside it. Asked for the subject, 0 is always first.
    let tied = f64::midpoint(1.0 / 2.0, 1.0 / 3.0);
    let frequency = &answer["methods"]["frequency"];
    close(&frequency["all"]["mrr"], (4.0 + 2.0 * tied) / 6.0);
    close(&frequency["all"]["hits@1"], 4.0 / 6.0);
    close(&frequency["all"]["hits@3"], 1.0);
    // What is new at time 2 is known at time 3.
    close(&frequency["seen"]["mrr"], (3.0 + tied) / 4.0);
    close(&frequency["unseen"]["mrr"], f64::midpoint(1.0, tied));
    assert_eq!(frequency["seen"]["queries"], 4);
    // What is printed is the mean of what is written, each from its numbers of better and tied actors.
    let written = super::rows(&std::fs::read_to_string(&ranks).unwrap());
    assert_eq!(written.len(), 6);
    let reciprocals = written.iter().map(|row| {
        let (better, tied) = (row["better"].as_u64().unwrap(), row["tied"].as_u64().unwrap());
        let ranks = better + 1..=better + tied + 1;
        ranks.map(|rank| 1.0 / rank as f64).sum::<f64>() / (tied + 1) as f64
    });
    close(&answer["mrr"], reciprocals.sum::<f64>() / 6.0);
}

#[test]
fn the_growth_of_trees_is_chosen_without_the_questions_of_the_end() {
    // Eight actors in a ring, each now and then; later each turns to another.
    let mut ring = String::new();
    for day in 0..120u32 {
        for actor in (0..8u32).filter(|actor| (day + actor) % 3 == 0) {
            ring += &format!("{actor} 0 {} {day}\n", (actor + if day < 96 { 1 } else { 3 }) % 8);
        }
    }
    let folder = folder(&[("train.txt", &ring), ("one.txt", "0 0 1 0\n")]);
    let (train, one) = (path(&folder, "train.txt"), path(&folder, "one.txt"));
    let answer = run(&["forecast", "tune", "--train", &train, "--trees", "20"]).silent().rows().remove(0);
    let tried = answer["tried"].as_array().unwrap();
    let best = tried.iter().map(|one| one["mrr"].as_f64().unwrap()).fold(0.0, f64::max);
    assert!(!tried.is_empty() && answer["picked"]["mrr"] == best, "{answer}");
    let done = run(&["forecast", "tune", "--train", &one]);
    assert_eq!((done.status, done.out.as_str()), (2, ""));
    assert!(done.err.contains("cannot tell"), "{}", done.err);
}

#[test]
fn bad_rows_are_named_with_file_and_line() {
    let bad = "0 0 1 0\n\n0 0 x 24\n";
    let folder =
        folder(&[("train.txt", &days(0..3)), ("bad.txt", bad), ("empty.txt", ""), ("short.txt", "1 2\n")]);
    let train = path(&folder, "train.txt");
    for (test, said) in [
        ("bad.txt", "bad.txt, line 3: the object `x`"),
        ("empty.txt", "empty.txt: has no facts"),
        ("short.txt", "short.txt, line 1: has 2 fields"),
        ("train.txt", "train.txt, line 1: time goes backwards: 0 is not after 48, the last time of"),
        ("nowhere.txt", "cannot be read"),
    ] {
        let done = run(&["forecast", "evaluate", "--train", &train, "--test", &path(&folder, test)]);
        assert_eq!((done.status, done.out.as_str()), (2, ""), "{test}");
        let err = done.err.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(err.contains(said), "{test}: {err}");
    }
}
