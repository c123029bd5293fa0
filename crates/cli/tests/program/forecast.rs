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
    let written = std::fs::read_to_string(&ranks).unwrap();
    assert_eq!(written.lines().count(), 21);
    assert_eq!(written.lines().nth(1), Some("0,0,1,840,object,1,1,0,0,true"));
    let single: Vec<&str> = arguments.iter().copied().chain(["-j", "1"]).collect();
    run(&single).silent();
    assert_eq!(std::fs::read_to_string(&ranks).unwrap(), written);
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
