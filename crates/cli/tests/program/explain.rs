//! `explain`: for people and for programs.

use super::{PLAIN, run, run_with_stdin};

#[test]
fn people_see_tree_actors_rules_and_records() {
    let out = run(&["explain", PLAIN, "--date", "2025-07-04"]).silent().out;
    let parts = ["Tree\n", "Actors\n", "Rules that fired\n", "Rules that nearly fired", "Events\n", "Ties\n"];
    let mut from = 0;
    for part in parts {
        let at = out[from..].find(part).unwrap_or_else(|| panic!("no {part:?} in order: {out}"));
        from += at;
    }
    assert!(out.starts_with(&format!("1. {PLAIN}\n")), "{out}");
    assert!(out.contains("├─ ") && out.contains("└─ "), "{out}");
    assert!(out.contains("Russia → RUS by lexicon actors/states/RUS.toml:"), "{out}");
    assert!(out.contains("recognised · support/recognise → SUPPORT patterns/support.toml:"), "{out}");
    assert!(out.contains("  2025-07-03 Russia → SUPPORT → Taliban"), "{out}");
    assert!(!out.contains('\u{1b}'));
}

#[test]
fn few_rules_that_nearly_fired_are_shown_and_each_says_what_it_lacks() {
    let out = run(&["explain", "The foreign minister refused it."]).silent().out;
    let near = out.split("Rules that nearly fired\n").nth(1).expect("some").split("\nEvents").next().unwrap();
    let shown = near.lines().filter(|line| line.contains(" · ")).count();
    assert!((1..=10).contains(&shown), "{near}");
    assert!(near.contains(": ") && !near.contains("its further words"), "{near}");
    assert!(near.contains("patterns/reject.toml:"), "{near}");
}

#[test]
fn programs_get_everything() {
    let done = run_with_stdin(&["explain", "-", "--format", "json"], PLAIN.as_bytes()).silent();
    let all: serde_json::Value = serde_json::from_str(&done.out).unwrap();
    let sentence = &all["sentences"][0];
    assert_eq!(sentence["text"], PLAIN);
    assert_eq!(sentence["words"].as_array().unwrap().len(), 8);
    assert_eq!(sentence["words"][0]["form"], "Russia");
    assert!(sentence["rules"].as_array().unwrap().iter().any(|rule| rule["fired"] == true));
    assert_eq!(all["events"][0]["type"], "SUPPORT");
    assert_eq!(all["ties"][0]["type"], "RECOGNISES");
}

#[test]
fn nothing_cannot_be_explained() {
    for text in ["", " \n"] {
        let done = run(&["explain", text]);
        assert!(done.status == 2 && done.err.contains("no text to explain"), "{}", done.err);
    }
    assert_eq!(run_with_stdin(&["explain", "-"], b"\xff\xfe").status, 2);
    assert_eq!(run(&["explain", PLAIN, "--date", "yesterday"]).status, 2);
}

#[test]
fn the_holder_of_an_office_is_shown_with_the_term_and_what_a_name_may_mean_too() {
    let text = "The French president praised Georgia.";
    let out = run(&["explain", text, "--date", "2010-05-11"]).silent().out;
    let words = out.split_whitespace().collect::<Vec<_>>().join(" ");
    let holder = "nicolas-sarkozy (FRA GOV) by lexicon as president of FRA from 2007-05-16 until 2012-05-15";
    assert!(words.contains(holder), "{out}");
    assert!(words.contains("rather than the place Georgia"), "{out}");
    let later = run(&["explain", text, "--date", "2012-05-15"]).silent().out;
    assert!(later.contains("francois-hollande"), "{later}");
}
