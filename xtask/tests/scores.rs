//! The runners of scores, bench and picture, with a program and scorers that are shell scripts: what is run on what,
//! what is skipped, and what the page says.
#![cfg(unix)]

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

fn put(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder is made");
    std::fs::write(&path, text).expect("a file is written");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).expect("a mode is set");
}

fn xtask(root: &Path, arguments: &[&str]) -> (bool, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.arg("--root").arg(root).args(arguments);
    let done = command.output().expect("the chore starts");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (done.status.success(), text(&done.stdout), text(&done.stderr))
}

/// A program that answers every command with the command's name and the input's first line.
const PROGRAM: &str = "#!/bin/sh\nprintf '%s ' \"$1\"\nfor last; do :; done\nhead -n 1 \"$last\"\n";

/// Shared data with gold and scorers for three sets: parse, facts and pairs.
fn shared(root: &Path) {
    put(root, "repo/README.md", "x\n");
    put(root, "program", PROGRAM);
    put(root, "shared/gold/treebank/ewt-dev.conllu", "gold\n");
    put(root, "shared/gold/seed/facts.jsonl", "{\"id\":\"seed\"}\n");
    let pair = "{\"id\":\"p\",\"sentence\":\"s\",\"source\":\"a\",\"target\":\"b\",\"type\":\"AID\",\"quad\":\"q\"}\n";
    put(root, "shared/gold/plover-pairs/train.jsonl", pair);
    let scorer = |answer: &str, expected: &str| {
        format!(
            "case $1 in --*) echo \"raw $2\"; exit;; esac\n\
             shift; cat \"$@\" | grep -q '{expected}' || {{ echo 'unexpected answers' >&2; exit 1; }}\n\
             echo '{answer}'\n"
        )
    };
    let parse = r#"{"tokens":99.1,"sentences":80,"words":99,"upos":93.5,"lemma":95,"uas":81.99,"las":78.0}"#;
    put(root, "shared/score/conllu_eval.py", &scorer(parse, "^parse raw .*ewt-dev.conllu$"));
    let facts = r#"{"facts":17,"found":7,"never":4,"coded_wrongly":0}"#;
    put(root, "shared/score/facts_eval.py", &scorer(facts, "^relations raw .*facts.jsonl$"));
    let pairs =
        r#"{"type":{"macro_f1":31.5,"accuracy":40},"quad":{"macro_f1":54,"accuracy":60},"missing":0}"#;
    let blind = "^classify {\"id\":\"p\",\"sentence\":\"s\",\"source\":\"a\",\"target\":\"b\"}$";
    put(root, "shared/score/pairs_eval.py", &scorer(pairs, blind));
}

fn scores(root: &Path, python: &str, more: &[&str]) -> (bool, String, String) {
    let (gold, program) = (root.join("shared"), root.join("program"));
    let (gold, program) = (gold.to_string_lossy(), program.to_string_lossy());
    let mut arguments =
        vec!["scores", "--write", "--python", python, "--gold", &*gold, "--binary", &*program];
    arguments.extend(more);
    xtask(&root.join("repo"), &arguments)
}

fn row(table: &str, measure: &str) -> Vec<String> {
    let line =
        table.lines().find(|line| line.contains(measure)).unwrap_or_else(|| panic!("{measure} in {table}"));
    line.split('|').map(|cell| cell.trim().to_owned()).filter(|cell| !cell.is_empty()).collect()
}

#[test]
fn every_set_present_is_scored_and_the_others_named() {
    let root = tempfile::tempdir().expect("a folder");
    shared(root.path());
    let (sound, table, said) = scores(root.path(), "sh", &[]);
    assert!(sound, "{table}{said}");
    assert_eq!(row(&table, "UPOS F1"), ["ewt-dev", "parse of raw text", "UPOS F1", "93.50", "≥ 93", "yes"]);
    assert_eq!(row(&table, "UAS F1")[3..], ["81.99", "≥ 82", "no"]);
    assert_eq!(row(&table, "LAS F1")[3..], ["78.00", "≥ 78", "yes"]);
    assert_eq!(row(&table, "facts found")[3..], ["7 of 17", "≥ 14", "no"]);
    assert_eq!(row(&table, "type macro-F1")[3..], ["31.50", "≥ 30", "yes"]);
    assert_eq!(row(&table, "quad macro-F1")[3..], ["54", "≥ 55", "no"]);
    assert!(table.contains(
        "cameo-roles, spans of sources and targets, five-fold: skipped, gold/cameo-roles/train.iob is not here"
    ));
    let page = std::fs::read_to_string(root.path().join("repo/docs/scores.md")).expect("the page");
    assert!(page.contains(&table[..table.find("\n\n").unwrap_or(300)]), "{page}");
    assert!(page.contains("demarche parse ewt-dev-parse.input.jsonl > ewt-dev-parse.parse\n"), "{page}");
    assert!(page.contains(
        "sh ../shared/score/conllu_eval.py ../shared/gold/treebank/ewt-dev.conllu ewt-dev-parse.parse\n"
    ));
    assert!(!page.contains(&*root.path().to_string_lossy()), "{page}");
}

#[test]
fn bars_not_met_fail_where_asked() {
    let root = tempfile::tempdir().expect("a folder");
    shared(root.path());
    assert!(!scores(root.path(), "sh", &["--strict"]).0);
}

#[test]
fn a_program_that_fails_is_told_and_the_rest_scored() {
    let root = tempfile::tempdir().expect("a folder");
    shared(root.path());
    put(
        root.path(),
        "program",
        &PROGRAM.replace("#!/bin/sh\n", "#!/bin/sh\n[ $1 = code ] && { echo lost >&2; exit 3; }\n"),
    );
    let (sound, table, _) = scores(root.path(), "sh", &[]);
    assert!(!sound);
    assert!(table.contains("seed, facts of an article: failed, ") && table.contains("lost"), "{table}");
    assert_eq!(row(&table, "UPOS F1")[3], "93.50");
}

#[test]
fn without_the_data_or_the_interpreter_all_is_skipped() {
    let root = tempfile::tempdir().expect("a folder");
    shared(root.path());
    let (sound, said, _) = xtask(&root.path().join("repo"), &["scores", "--gold", "/nowhere"]);
    assert!(sound && said.starts_with("skipped: /nowhere/gold"), "{said}");
    let (sound, said, _) = scores(root.path(), "/nowhere/python3", &[]);
    assert!(sound && said.starts_with("skipped: /nowhere/python3 does not start"), "{said}");
}

#[test]
fn bench_asks_the_program_for_its_statistics() {
    let root = tempfile::tempdir().expect("a folder");
    let repository = Path::new(&std::env::var_os("CARGO_MANIFEST_DIR").expect("cargo names the package"))
        .join("..")
        .canonicalize()
        .expect("the repository");
    std::fs::create_dir(root.path().join("repo")).expect("a folder is made");
    for part in ["data", "examples"] {
        std::os::unix::fs::symlink(repository.join(part), root.path().join("repo").join(part))
            .expect("a link");
    }
    let stats = r#"{"documents":8,"sentences":200,"words":4000,"events":150,"seconds":0.1,"stages":{"split":0.25,"parse":0.75}}"#;
    put(root.path(), "program", &format!("#!/bin/sh\n[ -n \"$6\" ] && echo '{stats}' > \"$6\"\nexit 0\n"));
    let program = root.path().join("program");
    let binary = program.to_string_lossy();
    let arguments = ["bench", "--sentences", "200", "--engines", "0", "--write", "--binary", &*binary];
    let (sound, said, fault) = xtask(&root.path().join("repo"), &arguments);
    assert!(sound, "{said}{fault}");
    assert_eq!(row(&said, "| parse")[..3], ["parse", "0.75", "75.0"]);
    assert_eq!(row(&said, "| split")[3], "800");
    assert!(said.contains("8 articles, 200 sentences, 20.0 words a sentence, 150 events coded"), "{said}");
    let page = std::fs::read_to_string(root.path().join("repo/docs/scores.md")).expect("the page");
    assert!(page.contains("## Speed and memory") && page.contains(&said), "{page}");
}

#[test]
fn a_picture_is_drawn_of_what_the_program_prints() {
    let root = tempfile::tempdir().expect("a folder");
    put(
        root.path(),
        "program",
        "#!/bin/sh\nprintf '\\033[32m2001-01-01\\033[0m %s\\n  sentence\\n2002-02-02\\n' \"$*\"\n",
    );
    let program = root.path().join("program");
    let arguments = ["picture", "--events", "1", "--binary", &*program.to_string_lossy()];
    let (sound, said, fault) = xtask(root.path(), &arguments);
    assert!(sound, "{said}{fault}");
    let svg = std::fs::read_to_string(root.path().join("docs/terminal.svg")).expect("the picture");
    assert!(
        svg.contains(">2001-01-01</tspan>") && svg.contains("sentence</tspan>") && !svg.contains("2002"),
        "{svg}"
    );
    assert!(svg.contains("code examples/articles --color always"), "{svg}");
}
