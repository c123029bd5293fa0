//! `balance` and `what-if`: networks from tables and from records, their files, and input that cannot be used.

use super::{folder, path, run, run_with_stdin};
use serde_json::Value;

/// Two pairs of friends, foes of each other, and one friend in both.
const TIES: &str = "source,target,sign\nA,B,1\nC,D,1\nA,C,-1\nB,D,-1\nE,A,1\nE,C,1\nA,D,-1\n";

fn answer(arguments: &[&str], input: &str) -> Value {
    let rows = run_with_stdin(arguments, input.as_bytes()).silent().rows();
    assert_eq!(rows.len(), 1);
    rows[0].clone()
}

#[test]
fn a_table_gives_camps_and_a_proof() {
    let answer = answer(&["balance", "-"], TIES);
    for (field, value) in [("nodes", 5), ("edges", 7), ("negative", 3), ("frustration", 1), ("bound", 1)] {
        assert_eq!(answer[field], value, "{field}");
    }
    assert_eq!(answer["optimal"], true);
    assert_eq!((&answer["triangles"], &answer["balanced_triangles"]), (&3.into(), &2.into()));
    let camp = |actor: &str| answer["partition"][actor].as_i64().unwrap();
    assert!(camp("A") == camp("B") && camp("C") == camp("D") && camp("A") != camp("C"));
    assert_eq!(answer["torn"][0]["actor"], "E");
    assert_eq!(answer["torn"][0]["margin"], 0);
    assert!(answer["seconds"].is_number() && answer["walk_balance"].as_f64().unwrap() < 1.0);
}

#[test]
fn the_same_table_gives_the_same_answer() {
    let once = |_| {
        let mut answer = answer(&["balance", "-"], TIES);
        answer["seconds"] = Value::Null;
        answer
    };
    assert_eq!(once(1), once(2));
}

#[test]
fn tables_may_have_no_header_a_mark_and_quotes() {
    let bare = "\u{feff}\"Rhodesia, Southern\",ZMB,-1\r\n\"Rhodesia, Southern\",ZAF,1\r\nZAF,ZMB,-1\r\n";
    let answer = answer(&["balance", "-"], bare);
    assert_eq!((&answer["nodes"], &answer["frustration"]), (&3.into(), &0.into()));
    assert_eq!(answer["partition"]["Rhodesia, Southern"], 0);
    assert_eq!(answer["line_index"], 1.0);
}

#[test]
fn repeated_ties_count_once_and_contradictions_name_both_lines() {
    let answer = answer(&["balance", "-"], "A,B,1\nB,A,1\nB,C,-1\n");
    assert_eq!(answer["edges"], 2);
    let folder = folder(&[("ties.csv", "u,v,sign\nA,B,1\nB,C,1\nB,A,-1\n")]);
    let ties = path(&folder, "ties.csv");
    let done = run(&["balance", &ties]);
    assert_eq!((done.status, done.out.as_str()), (1, ""));
    assert!(done.err.contains(&format!("{ties}:4: error: ")) && done.err.contains("line 2"), "{}", done.err);
}

#[test]
fn what_cannot_be_read_is_named_line_by_line() {
    let refused = |input: &[u8], parts: &[&str]| {
        let done = run_with_stdin(&["balance", "-"], input);
        assert_eq!((done.status, done.out.as_str()), (1, ""), "{input:?}");
        for part in parts {
            assert!(done.err.contains(part), "{part} in {}", done.err);
        }
    };
    refused(b"", &["standard input: error: there is no tie"]);
    refused(b"source,target,sign\n", &["there is no tie"]);
    refused(
        b"A,B,1\nA,A,1\nB,C,2\nC\n",
        &["input:2: error: `A` has a tie to itself", "input:3: ", "`2`", "input:4: "],
    );
    refused(b"A,B\n", &["input:1: error: 2 of the 3 columns"]);
    refused(b"A,\xff,1\n", &["input:1: error: ", "UTF-8"]);
    refused(b"{\"type\":\"ACCUSE\"}\n{\n", &["input:1: error: ", "input:2: error: "]);
    let done = run(&["balance", "nowhere.csv"]);
    assert_eq!(done.status, 2);
    assert!(done.err.contains("nowhere.csv"), "{}", done.err);
}

/// An event as `code` writes it, as far as it matters here.
fn event(source: &str, target: &str, goldstein: f64, day: &str, modality: &str) -> String {
    let actor = |id: &str| serde_json::json!([{ "id": id, "country": id.to_uppercase() }]);
    serde_json::json!({
        "type": "ACCUSE", "source": actor(source), "target": actor(target), "goldstein": goldstein,
        "polarity": "positive", "modality": modality, "status": "asserted",
        "when": { "start": day, "end": day, "precision": "day" },
    })
    .to_string()
}

#[test]
fn events_are_summed_within_the_window() {
    let lines = [
        event("a", "b", 7.0, "2014-02-01", "actual"),
        event("b", "a", -3.0, "2014-02-02", "actual"),
        event("a", "c", -5.0, "2014-02-03", "actual"),
        event("a", "c", 9.0, "2014-02-03", "planned"),
        event("b", "c", 1.0, "2014-02-04", "actual"),
        event("b", "c", -9.0, "2015-02-04", "actual"),
    ]
    .join("\n");
    let window = ["balance", "-", "--from", "2014-01-01", "--until", "2014-12-31"];
    let inside = answer(&window, &lines);
    assert_eq!(
        (&inside["edges"], &inside["negative"], &inside["frustration"]),
        (&3.into(), &1.into(), &1.into())
    );
    let strained = &inside["strained"][0];
    assert!(strained["sum"].is_number() && strained["records"].is_number(), "{strained}");
    let all = answer(&["balance", "-", "--countries"], &lines);
    assert_eq!((&all["negative"], &all["frustration"]), (&2.into(), &0.into()));
    assert!(all["partition"]["A"].is_number());
    let empty = run_with_stdin(&["balance", "-", "--from", "2030-01-01"], lines.as_bytes());
    assert_eq!((empty.status, empty.out.as_str()), (1, ""));
    assert!(empty.err.contains("0 pairs lie within the window"), "{}", empty.err);
    let high = run_with_stdin(&["balance", "-", "--friendly-at", "50", "--hostile-at=-50"], lines.as_bytes());
    assert_eq!(high.status, 1);
    assert!(high.err.contains("--friendly-at"), "{}", high.err);
}

#[test]
fn ties_of_articles_make_a_network() {
    let article = "France is an ally of Germany. Iran is an enemy of the United States.";
    let ties = run_with_stdin(&["relations", "-", "--format", "txt"], article.as_bytes()).silent();
    let answer = answer(&["balance", "-"], &ties.out);
    assert!(answer["edges"].as_u64().unwrap() >= 1, "{answer}");
}

#[test]
fn files_are_written_by_their_ending() {
    let folder = folder(&[("ties.csv", TIES)]);
    let [ties, svg, gexf, graphml, csv, json] =
        ["ties.csv", "net.svg", "net.gexf", "net.graphml", "out.csv", "out.json"]
            .map(|name| path(&folder, name));
    let done =
        run(&["balance", &ties, "-o", &svg, "-o", &gexf, "-o", &graphml, "-o", &csv, "-o", &json]).silent();
    assert_eq!(done.out, "");
    let read = |path: &str| std::fs::read_to_string(path).unwrap();
    assert!(read(&svg).starts_with("<svg ") && read(&svg).matches("<circle").count() == 6);
    assert_eq!(read(&gexf).matches("<edge ").count(), 7);
    assert_eq!(read(&graphml).matches("<node ").count(), 5);
    let answer: Value = serde_json::from_str(&read(&json)).unwrap();
    assert_eq!(answer["frustration"], 1);
    // The table can be read again.
    let again = run(&["balance", &csv]).silent().rows();
    assert_eq!(again[0]["partition"], answer["partition"]);
    let bad = run(&["balance", &ties, "-o", "net.png"]);
    assert_eq!(bad.status, 2);
    assert!(bad.err.contains(".svg"), "{}", bad.err);
}

#[test]
fn arguments_that_make_no_sense_are_refused() {
    let folder = folder(&[("ties.csv", TIES)]);
    let ties = path(&folder, "ties.csv");
    for arguments in [
        &["--limit", "0"][..],
        &["--limit", "nan"],
        &["--friendly-at", "-2"],
        &["--from", "2014-02-30"],
        &["--from", "2014-02-02", "--until", "2014-02-01"],
        &["--from", "2014-02-02"],
    ] {
        let mut all = vec!["balance", &ties];
        all.extend(arguments);
        let done = run(&all);
        assert_eq!((done.status, done.out.as_str()), (2, ""), "{arguments:?}");
    }
    assert_eq!(run(&["balance"]).status, 2);
}

#[test]
fn another_tie_shows_before_and_after() {
    let answer = answer(&["what-if", "-", "--tie", "E:C:-", "--tie", "B:C:0"], TIES);
    assert_eq!((&answer["before"]["frustration"], &answer["after"]["frustration"]), (&1.into(), &0.into()));
    assert_eq!(answer["changes"][0]["before"], 1);
    assert_eq!(answer["changes"][0]["after"], -1);
    let turn = &answer["turns"][0];
    assert_eq!((&turn["before"], &turn["after"]), (&"unbalanced".into(), &"balanced".into()));
    assert_eq!(turn["actors"], serde_json::json!(["A", "C", "E"]));
}

/// What the page on balance says of its example.
#[test]
fn a_tie_across_two_blocs_is_strained_and_loosens_both() {
    let ties = "examples/ties/europe-1907.csv";
    let answer = run(&["what-if", ties, "--tie", "italy:france:+"]).silent().rows().remove(0);
    let (before, after) = (&answer["before"], &answer["after"]);
    assert_eq!((&before["frustration"], &after["frustration"]), (&0.into(), &1.into()));
    assert_eq!((&before["triangles"], &before["balanced_triangles"]), (&20.into(), &20.into()));
    assert_eq!(answer["moved"], serde_json::json!([]));
    let turns = answer["turns"].as_array().unwrap();
    assert!(turns.len() == 4 && turns.iter().all(|turn| turn["after"] == "unbalanced"), "{turns:?}");
    let strained = &after["strained"][0];
    assert_eq!((&strained["source"], &strained["target"]), (&"italy".into(), &"france".into()));
    for one in answer["pressure"].as_array().unwrap() {
        assert_eq!((&one["before"], &one["after"]), (&5.into(), &3.into()), "{one}");
    }
}

#[test]
fn a_new_actor_may_join_and_unknown_ones_are_named() {
    let joined = answer(&["what-if", "-", "--tie", "taliban:A:+"], TIES);
    assert_eq!(joined["after"]["edges"], 8);
    let folder = folder(&[("ties.csv", TIES)]);
    let ties = path(&folder, "ties.csv");
    let done = run(&["what-if", &ties, "--tie", "A:B:+", "--tie", "B:A:-"]);
    assert_eq!((done.status, done.out.as_str()), (2, ""));
    assert!(done.err.contains("two different ties"), "{}", done.err);
    let twice = run(&["what-if", &ties, "--tie", "A:B:-", "--tie", "B:A:-"]).silent().rows().remove(0);
    assert_eq!(twice["changes"].as_array().map(Vec::len), Some(1));
    for (tie, says) in [("X:Y:+", "`X`"), ("A:X:0", "`X`"), ("A:B", "no tie"), ("A:A:+", "itself")] {
        let done = run(&["what-if", &ties, "--tie", tie]);
        assert_eq!((done.status, done.out.as_str()), (2, ""), "{tie}");
        assert!(done.err.contains(says), "{tie}: {}", done.err);
    }
}
