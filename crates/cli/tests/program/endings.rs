//! How the program ends when it is given what it cannot use, and when nobody reads on.

use super::{PLAIN, Run, demarche, folder, path, run};
use std::io::{BufRead as _, BufReader, Read as _};
use std::process::Stdio;

/// Ends with status 2 and says why, without a word about the program's inside.
fn refused(arguments: &[&str], why: &str) {
    let done = run(arguments);
    assert_eq!((done.status, done.out.as_str()), (2, ""), "{arguments:?}: {}", done.err);
    assert!(done.err.contains(why), "{arguments:?}: {}", done.err);
    assert!(!done.err.contains("panicked"), "{}", done.err);
}

#[test]
fn arguments_that_cannot_be_used_are_refused() {
    refused(&[], "Usage: demarche");
    refused(&["cook"], "cook");
    refused(&["code", "-", "-"], "twice");
    refused(&["code", "a", "--format", "docx"], "docx");
    refused(&["code", "a", "--field", "body"], "body");
    refused(&["code", "a", "--field", "headline=title"], "headline");
    refused(&["code", "a", "--encoding", "klingon"], "klingon");
    refused(&["code", "a", "--zones", "footer"], "footer");
    refused(&["code", "a", "--threads", "0"], "0");
    refused(&["code", "a", "--threads", "many"], "many");
    refused(&["code", "a", "--limit", "-3"], "-3");
    refused(&["code", "a", "--max-document", "big"], "number of bytes");
    refused(&["code", "[", "--color", "pink"], "pink");
    refused(&["code", "a[", "-o", "x.csv"], "a[");
    refused(&["code", "a", "-o", "x.xls"], ".parquet");
    refused(&["code", "a", "-o", "/nowhere/x.csv"], "/nowhere/x.csv");
    refused(&["parse", "a", "-o", "/nowhere/x.conllu"], "/nowhere/x.conllu");
    refused(&["parse", "a", "-o", "examples"], "folder");
    refused(&["code", "a", "--model", "Cargo.toml"], "not a demarche text model");
    refused(&["code", "a", "--model", "nowhere.bin"], "nowhere.bin");
    refused(&["code", "a", "--lexicon", "nowhere"], "nowhere");
    refused(&["code", "a", "--table", "-o", "x.csv"], "--table");
    refused(&["lexicon", "find"], "NAME");
}

#[test]
fn an_output_that_was_there_is_kept_when_the_arguments_are_refused() {
    let folder = folder(&[("e.csv", "old")]);
    let output = path(&folder, "e.csv");
    refused(&["code", "a", "-o", &output, "--model", "Cargo.toml"], "model");
    assert_eq!(std::fs::read_to_string(output).unwrap(), "old");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn statistics_that_cannot_be_written_are_no_success() {
    let folder = folder(&[("a.txt", PLAIN)]);
    refused_stats(&path(&folder, "a.txt"));
}

fn refused_stats(input: &str) {
    let done = run(&["code", input, "--stats", "/nowhere/s.json"]);
    assert!(done.status == 2 && done.err.contains("/nowhere/s.json"), "{}", done.err);
}

#[test]
fn help_and_version_are_answers() {
    for command in ["code", "relations", "entities", "parse", "classify", "explain", "lexicon"] {
        let help = run(&[command, "--help"]).silent().out;
        assert!(help.contains("Usage: demarche"), "{help}");
    }
    let help = run(&["--help"]).silent().out;
    assert!(help.contains("Exit status:") && help.contains("NO_COLOR"), "{help}");
    assert!(help.lines().all(|line| line.chars().count() <= 105), "{help}");
    assert_eq!(run(&["--version"]).silent().out, format!("demarche {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn a_reader_that_goes_away_ends_the_run_quietly() {
    for more in [&["--json"][..], &["--table"]] {
        let arguments =
            [&["code", "examples/articles", "examples/articles", "examples/articles"], more].concat();
        let mut child = demarche(&arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut first = String::new();
        BufReader::with_capacity(16, child.stdout.take().unwrap()).read_line(&mut first).unwrap();
        assert!(!first.is_empty());
        let mut said = String::new();
        child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        assert_eq!((child.wait().unwrap().code(), said.as_str()), (Some(0), ""));
    }
}

#[test]
fn a_model_that_is_nowhere_is_missed_with_the_places_it_could_be() {
    let empty = folder(&[("a.txt", "She left.")]);
    let out = Run::of(
        demarche(&["parse", "a.txt", "--model", "accurate"])
            .current_dir(empty.path())
            .env("HOME", empty.path())
            .env("DEMARCHE_DATA", empty.path().join("here"))
            .env_remove("XDG_DATA_HOME")
            .output()
            .expect("the program starts"),
    );
    assert_eq!(out.status, 2, "{}", out.err);
    assert!(out.err.contains("accurate") && out.err.contains("here"), "{}", out.err);
    assert!(out.err.contains("--model FILE"), "{}", out.err);
}
