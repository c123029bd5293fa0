//! The same bytes on any number of threads.

use super::{folder, path, run};

fn same(arguments: &[&str]) {
    let with = |threads: &str| run(&[arguments, &["--threads", threads]].concat());
    let one = with("1");
    assert!(one.out.len() > 1000, "{arguments:?}");
    for threads in ["2", "8"] {
        let other = with(threads);
        assert_eq!((other.status, &other.err), (one.status, &one.err));
        assert!(other.out == one.out, "{arguments:?} on {threads} threads");
    }
}

#[test]
fn records_do_not_depend_on_the_number_of_threads() {
    for command in ["code", "relations", "entities", "parse"] {
        // Twice, so that there are more documents than fit into one chunk, and a problem between them.
        same(&[command, "examples/articles", "nowhere.txt", "examples/articles"]);
    }
}

#[test]
fn tables_do_not_depend_on_the_number_of_threads() {
    same(&["code", "examples/articles", "--table"]);
}

#[test]
fn answers_do_not_depend_on_the_number_of_threads() {
    let pair = |i: usize| {
        let verb = ["attacked", "praised", "met", "sued", "aided"][i % 5];
        format!("{{\"id\":\"{i}\",\"sentence\":\"A {verb} B.\",\"source\":\"A\",\"target\":\"B\"}}\n")
    };
    let folder = folder(&[("pairs.jsonl", &(0..300).map(pair).collect::<String>())]);
    same(&["classify", &path(&folder, "pairs.jsonl")]);
}
