//! `parse`: CoNLL-U.

use super::{folder, path, run, run_with_stdin};

#[test]
fn trees_are_written_as_conllu() {
    let out = run_with_stdin(&["parse"], "Über allem: don't go.\n\nShe left.".as_bytes()).silent().out;
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(lines[..2], ["# newdoc id = -", "# newpar"]);
    let words: Vec<Vec<&str>> = lines
        .iter()
        .filter(|l| !l.starts_with('#') && !l.is_empty())
        .map(|l| l.split('\t').collect())
        .collect();
    assert!(words.iter().all(|columns| columns.len() == 10), "{out}");
    let roots = words.iter().filter(|columns| columns[6] == "0").count();
    let sentences = lines.iter().filter(|l| l.starts_with("# sent_id")).count();
    assert_eq!(roots, sentences);
    let dont = words.iter().find(|columns| columns[1] == "don't").expect("a multiword token");
    assert!(dont[0].contains('-') && dont[9].contains("TokenRange=12:17"), "{dont:?}");
    assert_eq!(lines.iter().filter(|l| **l == "# newpar").count(), 2);
}

#[test]
fn a_file_holds_what_standard_output_would() {
    let folder = folder(&[("a.txt", "She left.")]);
    let (input, output) = (path(&folder, "a.txt"), path(&folder, "out.conllu"));
    assert_eq!(run(&["parse", &input, "-o", &output]).silent().out, "");
    assert_eq!(std::fs::read_to_string(output).unwrap(), run(&["parse", &input]).silent().out);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2, "nothing else is left there");
}
