//! `lexicon check` and `lexicon find`.

use super::{folder, path, run};

const SOUND: &str = r#"version = 1
source = ["made up"]
licence = "CC0-1.0"

[[actor]]
id = "NRL"
kind = "state"
name = "Norland"
adjectives = ["Norlandic"]
"#;

#[test]
fn the_lexicon_of_the_repository_is_sound() {
    let done = run(&["lexicon", "check"]);
    assert_eq!((done.status, done.out.as_str()), (0, ""));
    assert!(done.err.contains("0 errors"), "{}", done.err);
}

#[test]
fn every_fault_is_shown_with_its_line() {
    let broken =
        format!("{SOUND}\n[[actor]]\nid = \"x\"\nkind = \"grup\"\nname = \"X\"\ncountry = \"QQQ\"\n");
    let folder = folder(&[("actors.toml", &broken)]);
    let dir = folder.path().to_str().unwrap();
    let done = run(&["lexicon", "check", dir]);
    assert_eq!(done.status, 1);
    for (line, source) in [(13, "kind = \"grup\""), (15, "country = \"QQQ\"")] {
        let at = format!("{}:{line}: ", path(&folder, "actors.toml"));
        assert!(done.out.contains(&at), "{at} {}", done.out);
        assert!(done.out.contains(&format!("{line} | {source}")), "{}", done.out);
    }
    assert!(done.out.is_ascii() && done.err.contains("2 errors"), "{}{}", done.out, done.err);
    let colored = run(&["lexicon", "check", dir, "--color", "always"]);
    assert!(colored.out.contains('\u{1b}') && colored.out.contains("╭"), "{}", colored.out);
    let refused = run(&["code", "--lexicon", dir, "examples/articles"]);
    assert!(refused.status == 2 && refused.err.contains("lexicon check"), "{}", refused.err);
}

#[test]
fn a_source_cannot_command_the_terminal() {
    let folder = folder(&[("a\u{1b}.toml", &format!("{SOUND}people = [\"\u{1b}[2J\"]\n"))]);
    let done = run(&["lexicon", "check", folder.path().to_str().unwrap()]);
    assert_eq!(done.status, 1);
    assert!(done.out.contains("people = ") && !done.out.contains('\u{1b}'), "{:?}", done.out);
}

#[test]
fn a_folder_that_is_not_there_is_no_lexicon() {
    let done = run(&["lexicon", "check", "nowhere"]);
    assert!(done.status == 2 && done.err.contains("nowhere"), "{}", done.err);
}

#[test]
fn entries_are_found_by_any_of_their_names() {
    for (name, by) in [("RUS", "id"), ("Russia", "name"), ("russian", "adjective"), ("kremlin", "seat")] {
        let out = run(&["lexicon", "find", name]).silent().out;
        assert!(out.contains("RUS Russia state by "), "{name}: {out}");
        assert!(out.contains(&format!("by {by} actors/states/RUS.toml:")), "{name}: {out}");
    }
    let out = run(&["lexicon", "find", "foreign", "minister"]).silent().out;
    assert!(out.contains("role noun for a person") && out.contains("sectors: GOV"), "{out}");
}

#[test]
fn a_day_leaves_out_what_did_not_hold() {
    let office = |day: &str| run(&["lexicon", "find", "Sergei Lavrov", "--date", day]).silent().out;
    assert!(office("2022-02-24").contains("office: foreign minister of Russia (since 2004-03-09)"));
    assert!(!office("2001-01-01").contains("foreign minister"));
}

#[test]
fn entries_are_json_for_programs() {
    let rows = run(&["lexicon", "find", "Lavrov", "--format", "json"]).silent().rows();
    assert_eq!((&rows[0]["id"], &rows[0]["table"]), (&"sergei-lavrov".into(), &"actors".into()));
}

#[test]
fn what_is_not_there_is_said_with_what_comes_near() {
    let done = run(&["lexicon", "find", "lavro"]);
    assert_eq!((done.status, done.out.as_str()), (1, ""));
    assert!(done.err.contains("`Sergei Lavrov`"), "{}", done.err);
    assert_eq!(run(&["lexicon", "find", "zzzzqq"]).status, 1);
}

#[test]
fn another_lexicon_can_be_used() {
    let folder = folder(&[("actors.toml", SOUND), ("a.txt", "Norland sleeps.")]);
    let dir = folder.path().to_str().unwrap();
    let out = run(&["lexicon", "find", "Norlandic", "--lexicon", dir]).silent().out;
    assert!(out.contains("NRL Norland state"), "{out}");
    let rows = run(&["entities", &path(&folder, "a.txt"), "--lexicon", dir]).silent().rows();
    assert!(rows.iter().any(|row| row["id"] == "NRL"), "{rows:?}");
}
