//! Every fault in the sources is reported, with file and line; a faulty source never stops the compiler.

use demarche_lexicon::{Lexicon, compile};
use demarche_record::Severity;
use proptest::prelude::*;
use std::path::Path;

/// The folder of faulty sources, as seen from this crate: tests run in its folder.
const FAULTS: &str = "tests/faults";

#[test]
fn every_fault_is_noted_where_it_stands() {
    let (_, notes) = compile(Path::new(FAULTS));
    let shown: Vec<String> = notes.iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(shown.join("\n"));
}

#[test]
fn spans_point_at_the_fault() {
    let (_, notes) = compile(Path::new(FAULTS));
    let note = notes.iter().find(|n| n.code == "lexicon::unknown-sector").expect("the fault is there");
    let text = std::fs::read_to_string(&note.place).expect("a readable fixture");
    assert_eq!(note.span.expect("a span").of(&text), "\"XYZ\"");
}

#[test]
fn a_folder_without_sources_is_a_fault() {
    let (image, notes) = compile(Path::new("tests/no-such-folder"));
    assert!(image.actors.is_empty());
    assert!(notes.iter().all(|n| n.severity == Severity::Error) && !notes.is_empty());
}

const KEYS: &[&str] = &[
    "id",
    "kind",
    "name",
    "names",
    "type",
    "verbs",
    "heads",
    "who",
    "needs",
    "cameo",
    "from",
    "until",
    "part_of",
    "offices",
    "words",
    "hit",
    "becomes_for",
    "modes",
    "lat",
    "class",
    "version",
    "as",
    "codes",
    "sectors",
    "status",
    "inner",
];
const VALUES: &[&str] = &[
    "1",
    "-1e999",
    "true",
    "\"\"",
    "\"state\"",
    "\"ASSAULT\"",
    "\"MEMBER_OF\"",
    "[]",
    "[1]",
    "[\"obj.\"]",
    "[\"@x\"]",
    "{ x = 1 }",
    "{ obj = [\"@y\"] }",
    "[{ id = \"a\" }]",
    "[[[]]]",
    "1979-05-27",
    "\"9999-12-31\"",
    "\"a b\"",
    "nan",
    "{ default = \"190\" }",
];

fn source() -> impl Strategy<Value = String> {
    let head = prop::sample::select(vec![
        "",
        "[[actor]]",
        "[[pattern]]",
        "[[operator]]",
        "[[tie]]",
        "[[speech]]",
        "[[agent]]",
        "[[place]]",
        "[[title]]",
        "[class]",
        "[actor]",
    ]);
    let line =
        (prop::sample::select(KEYS), prop::sample::select(VALUES)).prop_map(|(k, v)| format!("{k} = {v}"));
    let table = (head, prop::collection::vec(line, 0..6))
        .prop_map(|(h, lines)| format!("{h}\n{}\n", lines.join("\n")));
    prop::collection::vec(prop_oneof![9 => table, 1 => "\\PC{0,40}".prop_map(|s| s + "\n")], 0..8)
        .prop_map(|t| t.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn no_source_stops_the_compiler(text in source()) {
        let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("any-source");
        std::fs::create_dir_all(&dir).expect("a folder to write to");
        std::fs::write(dir.join("any.toml"), &text).expect("a file to write to");
        let (image, notes) = compile(&dir);
        let bytes = image.to_bytes();
        prop_assert!(Lexicon::from_bytes(&bytes).is_ok());
        for note in notes {
            if let Some(span) = note.span {
                prop_assert!(text.get(span.start as usize..span.end as usize).is_some(), "{note}");
            }
        }
    }
}
