//! Heads of government on two hundred days drawn at random (`heads-of-government.tsv`, drawn by the example `heads`), each checked by
//! hand against what is publicly known: the last column says so. A change of the lexicon that changes a row fails here.

#[path = "../examples/heads.rs"]
mod heads;

use demarche_lexicon::{Lexicon, compile};
use std::path::{Path, PathBuf};

fn package() -> PathBuf {
    std::env::var_os("CARGO_MANIFEST_DIR").expect("cargo names the package").into()
}

fn lexicon(folder: &Path) -> Lexicon {
    let (image, _) = compile(folder);
    Lexicon::from_image(image)
}

#[test]
fn heads_of_government_are_those_that_were_checked_by_hand() {
    let checked = std::fs::read_to_string(package().join("tests/heads-of-government.tsv")).expect("the list");
    let drawn = heads::list(&lexicon(&package().join("../../data/lexicon")));
    let rows = |text: &str| -> Vec<Vec<String>> {
        text.lines().skip(1).map(|row| row.split('\t').map(str::to_owned).collect()).collect()
    };
    let (checked, drawn) = (rows(&checked), rows(&drawn));
    assert_eq!(checked.len(), drawn.len());
    for (checked, drawn) in checked.iter().zip(&drawn) {
        assert_eq!(checked[..6], drawn[..], "draw the list anew and check the row by hand");
        assert!(
            checked[6] == "right" || checked[3] == "-" && checked[6].starts_with("not known"),
            "{checked:?}"
        );
    }
    let right = checked.iter().filter(|row| row[6] == "right").count();
    assert!(right >= 198, "{right} right");
}
