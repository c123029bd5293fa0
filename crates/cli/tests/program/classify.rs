//! `classify`: an answer for every pair.

use super::{folder, path, run, run_with_stdin};

const PAIR: &str = r#"{"id":"a","sentence":"Iran condemned the United States.","source":"Iran","target":"the United States","source_span":[0,4],"target_span":null}"#;

#[test]
fn every_pair_has_an_answer_with_all_types() {
    let rows = run_with_stdin(&["classify", "-"], PAIR.as_bytes()).silent().rows();
    assert_eq!(rows.len(), 1);
    let answer = &rows[0];
    assert_eq!(
        (&answer["id"], &answer["type"], &answer["quad"]),
        (&"a".into(), &"ACCUSE".into(), &"verbal-conflict".into())
    );
    let scores = answer["scores"].as_object().unwrap();
    assert_eq!(scores.len(), 16);
    assert_eq!(scores["ACCUSE"], answer["confidence"]);
}

#[test]
fn bad_lines_are_named_and_the_rest_is_answered() {
    let content = format!("{PAIR}\n\n{{\"id\":\"b\"}}\nnonsense\n{}\n", PAIR.replace("\"a\"", "\"c\""));
    let folder = folder(&[("pairs.jsonl", &content)]);
    let pairs = path(&folder, "pairs.jsonl");
    let done = run(&["classify", &pairs, "nowhere.jsonl"]);
    assert_eq!(done.status, 1);
    let ids: Vec<_> = done.rows().iter().map(|row| row["id"].clone()).collect();
    assert_eq!(ids, ["a", "c"]);
    assert!(done.err.contains(&format!("{pairs}:3: error: missing field `sentence`")), "{}", done.err);
    assert!(done.err.contains(&format!("{pairs}:4: error: ")), "{}", done.err);
    assert!(done.err.contains("nowhere.jsonl: error: "), "{}", done.err);
}

#[test]
fn bytes_that_are_no_text_are_named() {
    let mut input = PAIR.as_bytes().to_vec();
    input.extend(b"\n\xff\xfe{\n");
    let done = run_with_stdin(&["classify"], &input);
    assert_eq!((done.status, done.rows().len()), (1, 1));
    assert!(done.err.contains("-:2: error: ") && done.err.contains("read::bad-encoding"), "{}", done.err);
}

#[test]
fn answers_go_to_a_file() {
    let folder = folder(&[("pairs.jsonl", PAIR)]);
    let (input, output) = (path(&folder, "pairs.jsonl"), path(&folder, "answers.jsonl"));
    assert_eq!(run(&["classify", &input, "-o", &output]).silent().out, "");
    assert_eq!(std::fs::read_to_string(output).unwrap(), run(&["classify", &input]).silent().out);
}
