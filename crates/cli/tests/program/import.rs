//! `lexicon import`, `add`, `mine`, `counts`: another list becomes a file, the file becomes part of the lexicon.

use super::{Run, demarche, folder, path, root, run};
use std::path::Path;

/// The program with its data in a folder of its own.
fn at_home(home: &Path, arguments: &[&str]) -> Run {
    Run::of(demarche(arguments).env("DEMARCHE_DATA", home).output().expect("the program starts"))
}

const TABLE: &str = "name,kind,country,names,sectors\n\
    Norland Front,group,FRA,Norlandic Liberators;NLF,REB\n\
    Odd One,grup,FRA,,\n";

#[test]
fn a_list_is_imported_looked_through_and_added_once() {
    let folder =
        folder(&[("list.csv", TABLE), ("a.txt", "The Norlandic Liberators attacked Kabul on Monday.")]);
    let home = folder.path().join("home");
    let (list, made) = (path(&folder, "list.csv"), path(&folder, "made.toml"));
    let done = at_home(&home, &["lexicon", "import", "csv", &list, "-o", &made]);
    assert_eq!(done.status, 1);
    assert!(done.err.contains(&format!("{list}:3: error: `grup` is no kind")), "{}", done.err);
    assert!(done.err.contains("1 entries written, 1 rows refused"), "{}", done.err);
    assert_eq!(at_home(&home, &["lexicon", "check", &made]).status, 0);

    assert_eq!(at_home(&home, &["lexicon", "find", "NLF"]).status, 1);
    let done = at_home(&home, &["lexicon", "add", &made]);
    assert!(done.status == 0 && done.err.contains("1 entries, added"), "{}", done.err);
    let out = at_home(&home, &["lexicon", "find", "NLF"]).silent().out;
    assert!(out.contains("norland-front Norland Front group by alias added/made.toml:"), "{out}");
    assert!(out.contains("source: a table"), "{out}");

    let kept = std::fs::read(home.join("additions/lexicon.bin")).expect("what is kept");
    let done = at_home(&home, &["lexicon", "add", &made]);
    assert!(done.status == 0 && done.err.contains("nothing changed"), "{}", done.err);
    assert_eq!(std::fs::read(home.join("additions/lexicon.bin")).expect("what is kept"), kept);

    let text = path(&folder, "a.txt");
    let known = |rows: Vec<serde_json::Value>| rows.iter().any(|row| row["id"] == "norland-front");
    assert!(known(at_home(&home, &["entities", &text]).rows()));
    assert!(!known(at_home(&home, &["entities", &text, "--lexicon", "built-in"]).rows()));
}

#[test]
fn faulty_entries_are_named_and_the_rest_is_added() {
    let bomb = "(a+)+$";
    let long = "x".repeat(10_240);
    let file = format!(
        "version = 1\nsource = [\"made up\"]\nlicence = \"CC0-1.0\"\n\n[[actor]]\nid = \"taliban\"\n\
         names = [\"Emirate of Tests\", \"{bomb}\", \"\", \"a\\u0007b\", \"{long}\"]\n\n\
         [[actor]]\nid = \"nobody\"\nkind = \"group\"\nname = \"Nobody\"\ncountry = \"QQQ\"\n"
    );
    let folder = folder(&[("mine.toml", &file), ("broken.toml", "version = [")]);
    let home = folder.path().join("home");
    let done =
        at_home(&home, &["lexicon", "add", &path(&folder, "mine.toml"), &path(&folder, "broken.toml")]);
    assert_eq!(done.status, 1, "{}", done.err);
    let at = |line: u32, what: &str| {
        let found =
            done.err.lines().any(|l| l.contains(&format!("mine.toml:{line}: error: ")) && l.contains(what));
        assert!(found, "{line} {what}: {}", done.err);
    };
    at(7, "`(a+)+$` in `names` is no name");
    at(7, "`names` is empty");
    at(7, "U+0007");
    at(7, "10240 characters");
    at(13, "there is no state `QQQ`");
    assert!(done.err.contains("broken.toml:1:") && done.err.contains("not added"), "{}", done.err);
    assert!(!done.err.contains('\u{7}'));
    let out = at_home(&home, &["lexicon", "find", "Emirate of Tests"]).silent().out;
    assert!(out.contains("taliban Taliban group by alias"), "{out}");
}

#[test]
fn packed_dumps_are_read_from_standard_input_too() {
    let line = "{\"id\":\"x1\",\"caption\":\"Zorn Front\",\"schema\":\"Organization\",\"properties\":{\"country\":[\"fr\"]}}\n";
    let done = super::run_with_stdin(&["lexicon", "import", "ftm", "-"], line.as_bytes());
    assert_eq!(done.status, 0, "{}", done.err);
    assert!(
        done.out.contains("id = \"zorn-front\"") && done.out.contains("country = \"FRA\""),
        "{}",
        done.out
    );
    assert_eq!(run(&["lexicon", "import", "xyz", "-"]).status, 2);
    let missing = run(&["lexicon", "import", "csv", "nowhere.csv"]);
    assert!(missing.status == 1 && missing.err.contains("nowhere.csv"), "{}", missing.err);
}

#[test]
fn unknown_names_come_as_entries_to_fill() {
    let text = "The Norland Liberation Front attacked Kabul on Monday. Omar Zelani, a commander, was killed.\n\n\
        Omar Zelani led the Norland Liberation Front. The Norland Liberation Front denied it.";
    let folder = folder(&[("a.txt", text), ("b.txt", "Police arrested Omar Zelani in Paris.")]);
    let inputs = [path(&folder, "a.txt"), path(&folder, "b.txt")];
    let made = path(&folder, "new.toml");
    let done = run(&["lexicon", "mine", &inputs[0], &inputs[1], "-o", &made]);
    assert_eq!(done.status, 0, "{}", done.err);
    let text = std::fs::read_to_string(&made).expect("the file");
    assert!(text.contains("name = \"Omar Zelani\""), "{text}");
    assert!(
        text.contains("mentions in 2 documents") && text.contains("Police arrested Omar Zelani in Paris."),
        "{text}"
    );
    assert_eq!(run(&["lexicon", "check", &made]).status, 0, "{text}");
    let rows = run(&["lexicon", "mine", &inputs[0], &inputs[1], "--json", "--min", "1"]).rows();
    let mentions = |row: &serde_json::Value| row["mentions"].as_u64();
    assert!(rows.windows(2).all(|pair| mentions(&pair[0]) >= mentions(&pair[1])), "{rows:?}");
    assert!(!rows.iter().any(|row| row["name"] == "Kabul" || row["name"] == "Paris"), "{rows:?}");
}

#[test]
fn counts_add_up() {
    let out = run(&["lexicon", "counts"]).silent().out;
    let mut lines = out.lines().take_while(|line| !line.is_empty());
    let head: Vec<&str> = lines.next().expect("a head").split_whitespace().collect();
    assert!(head.contains(&"africa") && head.contains(&"europe"), "{out}");
    let figures =
        |line: &str| -> Vec<u64> { line.split_whitespace().filter_map(|w| w.parse().ok()).collect() };
    let rows: Vec<Vec<u64>> = lines.map(figures).collect();
    let (all, kinds) = rows.split_last().expect("rows");
    let sum: u64 = kinds.iter().filter_map(|row| row.last()).sum();
    assert!(kinds.len() == 10 && sum == *all.last().expect("a sum") && sum > 2000, "{out}");
}

/// Commands of the page and what they print there.
fn examples(page: &str) -> Vec<(String, String)> {
    let mut examples = Vec::new();
    for block in page.split("```console\n").skip(1).filter_map(|rest| rest.split("```").next()) {
        for example in block.split("$ ").skip(1) {
            let (command, shown) = example.split_once('\n').expect("a command and what it prints");
            examples.push((command.to_owned(), shown.trim_end().to_owned()));
        }
    }
    examples
}

/// A text without figures and breaks of lines, which change with what is added.
fn plain(text: &str) -> String {
    let letters: String = text.chars().filter(|c| !c.is_ascii_digit()).collect();
    letters.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_examples_of_the_page_on_actors_run_as_written() {
    let page = std::fs::read_to_string(root().join("docs/actors.md")).expect("the page");
    let examples = examples(&page);
    assert!(examples.len() >= 5, "{}", examples.len());
    for (command, shown) in examples {
        let words: Vec<String> = command
            .split('"')
            .enumerate()
            .flat_map(|(at, part)| match at % 2 {
                0 => part.split_whitespace().map(str::to_owned).collect::<Vec<_>>(),
                _ => vec![part.to_owned()],
            })
            .collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let (program, arguments) = words.split_first().expect("a program");
        assert_eq!(*program, "demarche");
        let done = run(arguments);
        assert_eq!(done.status, 0, "{command}: {}", done.err);
        for line in shown.lines().filter(|line| *line != "…") {
            assert!(plain(&done.out).contains(&plain(line)), "{command}: {line}\n{}", done.out);
        }
    }
}
