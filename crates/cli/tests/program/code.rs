//! `code`, `relations`, `entities`: the contract's fields, formats, options.

use super::{PLAIN, folder, path, root, rows, run, run_with_stdin};
use serde_json::Value;

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().expect("an object").keys().map(String::as_str).collect()
}

fn has(value: &Value, names: &str) {
    let keys = keys(value);
    for name in names.split(' ') {
        assert!(keys.contains(&name), "`{name}` is not among {keys:?}");
    }
}

const ACTOR: &str = "text span head id name country sectors codes link";

#[test]
fn events_have_the_fields_of_the_contract() {
    let text = "The ministry said that Russia had recognised the Taliban government.";
    let rows = run_with_stdin(&["code"], text.as_bytes()).silent().rows();
    let event = rows.iter().find(|row| row["type"] == "SUPPORT").expect("a recognition");
    has(
        event,
        "id doc sentence span text type mode contexts quad cameo goldstein source target trigger polarity modality \
         status attribution when where zone instrument casualties confidence rule version",
    );
    assert_eq!(event["doc"], "-");
    assert_eq!(event["text"], text);
    assert_eq!(event["quad"], "verbal-cooperation");
    has(&event["source"][0], ACTOR);
    assert_eq!(event["source"][0]["id"], "RUS");
    has(&event["target"][0], ACTOR);
    has(&event["trigger"], "text span");
    has(&event["casualties"], "killed wounded");
    has(&event["version"], "coder lexicon model");
    has(&event["attribution"][0], "text span id cue stance");
    assert_eq!(event["attribution"][0]["stance"], "asserts");
}

#[test]
fn spans_count_code_points_of_the_text() {
    let text = "Übel — 🌍. Russia recognised the Taliban government.";
    let rows = run_with_stdin(&["code"], text.as_bytes()).silent().rows();
    let event = rows.iter().find(|row| row["type"] == "SUPPORT").expect("a recognition");
    for part in [&event["source"][0], &event["trigger"], event] {
        let at = |i: usize| part["span"][i].as_u64().expect("a number") as usize;
        let cut: String = text.chars().skip(at(0)).take(at(1) - at(0)).collect();
        assert_eq!(part["text"], cut.as_str());
    }
}

#[test]
fn ties_have_the_fields_of_the_contract() {
    let rows = run_with_stdin(&["relations"], PLAIN.as_bytes()).silent().rows();
    let tie = rows.iter().find(|row| row["type"] == "RECOGNISES").expect("a tie");
    has(
        tie,
        "id doc sentence span text type source target trigger status polarity modality attribution when zone \
         confidence rule version as",
    );
    has(&tie["source"], ACTOR);
    has(&tie["target"], ACTOR);
    assert_eq!(tie["status"], "current");
}

#[test]
fn mentions_have_the_fields_of_the_contract() {
    let rows = run_with_stdin(&["entities"], PLAIN.as_bytes()).silent().rows();
    let russia = rows.iter().find(|row| row["text"] == "Russia").expect("a mention");
    has(russia, "doc sentence span text type id name country sectors link confidence");
    assert_eq!((&russia["id"], &russia["span"]), (&"RUS".into(), &serde_json::json!([0, 6])));
}

#[test]
fn mentions_nest_and_keep_what_the_lexicon_knows() {
    let text =
        "The exiled Syrian cabinet freed 40 prisoners near the town of Azaz last week, the ministry said.";
    let rows = run_with_stdin(&["entities"], text.as_bytes()).silent().rows();
    let kind = |words: &str| rows.iter().find(|row| row["text"] == words).map(|row| row["type"].clone());
    assert_eq!(kind("The exiled Syrian cabinet"), Some("ORGANISATION".into()));
    assert_eq!(kind("Syrian"), Some("NATIONALITY".into()));
    assert_eq!(kind("40"), Some("QUANTITY".into()));
    assert_eq!(kind("last week"), Some("TEMPORAL".into()));
    let cabinet = rows.iter().find(|row| row["text"] == "The exiled Syrian cabinet").expect("a mention");
    assert_eq!(cabinet["country"], "SYR");
}

#[test]
fn the_day_of_publication_dates_an_event() {
    let row = format!("{{\"text\": \"{PLAIN}\", \"date\": \"2025-07-04\", \"id\": \"a17\"}}");
    let rows = run_with_stdin(&["code"], row.as_bytes()).silent().rows();
    assert_eq!(rows[0]["doc"], "a17");
    assert_eq!(rows[0]["when"]["start"], "2025-07-03");
}

#[test]
fn every_ending_of_an_output_file_gives_its_format() {
    let folder = folder(&[("a.txt", PLAIN)]);
    let input = path(&folder, "a.txt");
    for (name, start) in [
        ("e.jsonl", &b"{\"id\":\""[..]),
        ("e.csv", b"id,"),
        ("e.tsv", b"id\t"),
        ("e.parquet", b"PAR1"),
        ("e.arrow", b"ARROW1"),
    ] {
        for command in ["code", "relations", "entities"] {
            let output = path(&folder, name);
            let done = run(&[command, &input, "-o", &output]).silent();
            assert_eq!(done.out, "");
            let bytes = std::fs::read(&output).unwrap();
            let start = if command == "entities" && start.starts_with(b"{") {
                b"{\"doc\":\""
            } else if command == "entities" && !start.starts_with(b"PAR1") && !start.starts_with(b"ARROW1") {
                &b"doc"[..]
            } else {
                start
            };
            assert!(bytes.starts_with(start), "{command} {name}: {:?}", &bytes[..20.min(bytes.len())]);
            std::fs::remove_file(output).unwrap();
        }
    }
    let output = path(&folder, "e.jsonl");
    run(&["code", &input, "-o", &output]).silent();
    assert_eq!(std::fs::read_to_string(output).unwrap(), run(&["code", &input]).out);
}

#[test]
fn all_examples_are_read_in_every_format() {
    let done = run(&["code", "examples/articles"]).silent();
    let docs: std::collections::BTreeSet<String> =
        done.rows().iter().map(|row| row["doc"].as_str().unwrap().to_owned()).collect();
    let read = |ending: &str| docs.iter().any(|doc| doc.contains(ending));
    for file in std::fs::read_dir(root().join("examples/articles")).unwrap() {
        let name = file.unwrap().file_name().into_string().unwrap();
        // Rows are named by ids of their own.
        if [".txt", ".md", ".html", ".gz"].iter().any(|e| name.ends_with(e)) && !name.contains(".warc") {
            assert!(read(&name), "no event from {name}");
        }
    }
    assert!(docs.len() >= 16, "{docs:?}");
}

#[test]
fn bad_rows_are_named_by_file_and_line_and_the_rest_is_coded() {
    let good = |id: &str| format!("{{\"id\": \"{id}\", \"text\": \"{PLAIN}\"}}");
    let content = format!("{}\n{{\"id\": \"b\", \"text\": \n[]\n{}\n{{\"id\": 7}}\n", good("a"), good("z"));
    let folder = folder(&[("rows.jsonl", &content)]);
    let rows = path(&folder, "rows.jsonl");
    let done = run(&["code", &rows, "nowhere.txt"]);
    assert_eq!(done.status, 1);
    for line in [2, 3, 5] {
        assert!(done.err.contains(&format!("{rows}:{line}: error: ")), "line {line}: {}", done.err);
    }
    assert!(done.err.contains("nowhere.txt: error: "), "{}", done.err);
    let docs: Vec<_> = done.rows().iter().map(|row| row["doc"].clone()).collect();
    assert_eq!((docs.first(), docs.last()), (Some(&"a".into()), Some(&"z".into())));
}

#[test]
fn warnings_are_said_unless_quiet_is_wanted() {
    let folder = folder(&[("empty.txt", "")]);
    let empty = path(&folder, "empty.txt");
    let done = run(&["code", &empty]);
    assert!(done.status == 0 && done.err.contains("read::empty-file"), "{}", done.err);
    run(&["code", "--quiet", &empty]).silent();
    let done = run(&["code", "-q", "nowhere.txt"]);
    assert!(done.status == 1 && done.err.contains("nowhere.txt"), "{}", done.err);
}

#[test]
fn fields_can_have_other_names_and_documents_be_counted_off() {
    let content: String = (0..5).map(|i| format!("n{i}\t{PLAIN}\n")).collect();
    let folder = folder(&[("rows.tsv", &format!("key\tbody\n{content}"))]);
    let rows = path(&folder, "rows.tsv");
    let options = ["code", &rows, "--field", "text=body", "--field", "id=key", "--skip", "1", "--limit", "2"];
    let docs: Vec<_> = run(&options).silent().rows().iter().map(|row| row["doc"].clone()).collect();
    assert_eq!(docs, ["n1", "n2"]);
}

#[test]
fn comments_are_no_reporting_unless_asked_for() {
    let text = format!("{PLAIN}\n\nComments\n\nFrance invaded Germany yesterday.\n");
    let types = |zones: &[&str], command: &str| -> Vec<(String, String)> {
        let done = run_with_stdin(&[&[command][..], zones].concat(), text.as_bytes()).silent();
        let rows = done.rows();
        let name = |v: &Value| v.as_str().unwrap_or("").to_owned();
        rows.iter().map(|row| (name(&row["type"]), name(&row["zone"]))).collect()
    };
    assert!(types(&[], "code").iter().all(|(_, zone)| zone != "comment"));
    assert!(types(&["--zones", "all"], "code").contains(&("ASSAULT".into(), "comment".into())));
    let comments = types(&["--zones", "comment"], "code");
    assert!(!comments.is_empty() && comments.iter().all(|(_, zone)| zone == "comment"), "{comments:?}");
    assert!(types(&["--zones", "body,quote,headline"], "code") == types(&[], "code"));
    let all = types(&["--zones", "all"], "entities").len();
    let comments = types(&["--zones", "comment"], "entities").len();
    assert!(comments > 0 && all == comments + types(&[], "entities").len());
}

#[test]
fn the_table_is_for_people_and_only_where_asked_for() {
    let table = run(&["code", "examples/articles/borders.jsonl", "--table"]).silent().out;
    assert!(
        table.contains("Mob burns American embassy in Belgrade over Kosovo\n2008-02-22 · Belgrade, Serbia")
    );
    assert!(table.contains(" → ") && !table.contains('\u{1b}'), "{table}");
    assert!(table.lines().all(|line| line.chars().count() <= 100));
    let colored =
        run(&["code", "examples/articles/borders.jsonl", "--table", "--color", "always"]).silent().out;
    assert!(colored.contains("\u{1b}[1mMob burns American embassy"), "{colored}");
    let piped = run(&["code", "examples/articles/borders.jsonl", "--color", "always"]).silent();
    assert!(!piped.rows().is_empty() && !piped.out.contains('\u{1b}'));
    for command in ["relations", "entities"] {
        assert!(!run(&[command, "examples/articles", "--table"]).silent().out.is_empty());
    }
}

#[test]
fn the_environment_decides_on_colours_where_the_command_line_does_not() {
    let colored = |variables: &[(&str, &str)], more: &[&str]| {
        let arguments = [&["code", "examples/articles/borders.jsonl", "--table"], more].concat();
        let output = super::demarche(&arguments).envs(variables.iter().copied()).output().unwrap();
        String::from_utf8(output.stdout).unwrap().contains('\u{1b}')
    };
    assert!(colored(&[("CLICOLOR_FORCE", "1")], &[]));
    assert!(!colored(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")], &[]));
    assert!(!colored(&[("CLICOLOR_FORCE", "1")], &["--color", "never"]));
    assert!(colored(&[("NO_COLOR", "1")], &["--color", "always"]));
}

#[test]
fn a_text_cannot_command_the_terminal() {
    let row = format!(
        "{{\"id\": \"\\u001b[2J\", \"title\": \"a\\u0007\\u202eb\", \"text\": \"{PLAIN} \\u001b]0;x\"}}"
    );
    let done = run_with_stdin(&["code", "--table"], row.as_bytes());
    assert!(done.out.contains("recognised"), "{}", done.out);
    assert!(!done.out.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{:?}", done.out);
    for (name, status) in [("no\u{1b}]0;where.txt", 1), ("no\u{1b}[31mwhere.txt", 2)] {
        let done = run(&["code", name]);
        assert!(done.status == status && done.err.contains("where.txt"), "{:?}", done.err);
        assert!(!done.err.contains('\u{1b}'), "{:?}", done.err);
    }
}

#[test]
fn figures_of_a_run_are_written() {
    let folder = folder(&[("a.txt", PLAIN)]);
    let stats = path(&folder, "stats.json");
    let done = run(&["code", &path(&folder, "a.txt"), "nowhere.txt", "--stats", &stats, "-j", "3"]);
    let figures = &rows(&std::fs::read_to_string(stats).unwrap().replace('\n', " "))[0];
    let count = |name: &str| figures[name].as_u64().unwrap_or_else(|| panic!("no {name}"));
    assert_eq!((count("documents"), count("failed"), count("sentences"), count("threads")), (1, 1, 1, 3));
    assert_eq!(count("words"), 8);
    assert_eq!(count("records"), done.rows().len() as u64);
    assert_eq!(count("events"), count("records"));
    for stage in ["read", "split", "parse", "find", "code", "write"] {
        assert!(figures["stages"][stage].as_f64().unwrap() >= 0.0, "{stage}");
    }
    assert!(figures["stages"]["parse"].as_f64().unwrap() > 0.0 && figures["seconds"].as_f64().unwrap() > 0.0);
    if cfg!(target_os = "linux") {
        assert!(count("peak_memory") > 1 << 20);
    }
    has(&figures["version"], "coder lexicon model");
}

#[test]
fn comments_have_the_fields_of_the_page() {
    let text =
        format!("{PLAIN}\n\nComments (3)\n\nShame on Russia!\n\nLol.\n\nI do not trust the Taliban.\n");
    let rows = run_with_stdin(&["comments"], text.as_bytes()).silent().rows();
    assert_eq!(rows.len(), 3, "{rows:?}");
    has(&rows[0], "id doc sentence span text stances generic copy_of shared version");
    has(&rows[0]["stances"][0], "text span id name country stance cues");
    let stances: Vec<_> = rows.iter().map(|row| row["stances"][0]["stance"].as_str().unwrap_or("")).collect();
    assert_eq!(stances, ["opposes", "", "opposes"], "{rows:?}");
    assert_eq!(rows[1]["generic"], true);
    assert_eq!(run_with_stdin(&["comments"], PLAIN.as_bytes()).silent().rows().len(), 0);
    let content: String =
        ["a", "b"].map(|id| format!("{id}\tRussia met Iran.\\n\\nComments\\n\\nLol.\n")).concat();
    let folder = folder(&[("rows.tsv", &format!("id\ttext\n{content}"))]);
    let out = path(&folder, "comments.csv");
    run(&["comments", &path(&folder, "rows.tsv"), "-o", &out]).silent();
    let table = std::fs::read_to_string(&out).expect("the file");
    let lines: Vec<&str> = table.lines().collect();
    assert!(lines.len() == 3 && lines[0].contains("actor_stance") && lines[0].contains("copy_of"), "{table}");
    let options = ["comments", "-", "--zones", "all"];
    assert_eq!(run_with_stdin(&options, PLAIN.as_bytes()).status, 2);
}
