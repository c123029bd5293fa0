//! `codebook`: the list of types, a page, an unknown type.

use super::run;

#[test]
fn types_are_listed_with_what_they_mean() {
    let out = run(&["codebook"]).silent().out;
    let heads: Vec<&str> = out.lines().filter(|l| !l.starts_with(' ')).collect();
    assert_eq!(heads.len(), 16, "{out}");
    assert_eq!(heads[0], "AGREE verbal-cooperation");
    assert!(out.contains("  An actor gives way in words"), "{out}");
}

#[test]
fn a_page_is_the_file_where_nobody_watches_and_is_set_for_those_who_do() {
    let out = run(&["codebook", "reject"]).silent().out;
    assert!(out.starts_with("# REJECT\n") && out.contains("\n> Hungary refused to send weapons"), "{out}");
    let out = run(&["codebook", "REJECT", "--color", "always"]).silent().out;
    assert!(out.contains('\u{1b}') && out.contains("\n  Hungary refused to send weapons"), "{out}");
}

#[test]
fn an_unknown_type_is_an_error_that_names_the_types() {
    let done = run(&["codebook", "FIGHT"]);
    assert_eq!(done.status, 2);
    assert!(done.err.contains("FIGHT") && done.err.contains("ASSAULT"), "{}", done.err);
}
