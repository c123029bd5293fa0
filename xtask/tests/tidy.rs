//! The repository is tidy, and a repository that is not is told so, fault by fault.

use std::path::Path;
use std::process::Command;

fn tidy(root: &Path) -> (bool, String) {
    let done = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .arg("--root")
        .arg(root)
        .arg("tidy")
        .output()
        .expect("the chore starts");
    let said = String::from_utf8_lossy(&done.stdout).into_owned() + &String::from_utf8_lossy(&done.stderr);
    (done.status.success(), said)
}

fn put(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder is made");
    std::fs::write(path, text).expect("a file is written");
}

/// A small repository without fault.
fn sound(root: &Path) {
    put(root, "Cargo.toml", "[workspace]\nresolver = \"3\"\nmembers = [\"crates/*\"]\n");
    for (name, uses) in
        [("record", ""), ("text", "[dependencies]\ndemarche-record = { path = \"../record\" }\n")]
    {
        let package = format!(
            "[package]\nname = \"demarche-{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n{uses}"
        );
        put(root, &format!("crates/{name}/Cargo.toml"), &package);
        put(root, &format!("crates/{name}/src/lib.rs"), "//! A crate.\n");
    }
    for part in ["card.md", "LICENSE", "model.bin"] {
        put(root, &format!("data/models/small/{part}"), "words\n");
    }
    put(
        root,
        "ARCHITECTURE.md",
        "# Tour\n\n`crates/record` and `crates/text`, `data/models/<name>/card.md`, [front](README.md).\n\n\
         ```text\nrecord -> nothing\ntext -> record\n```\n",
    );
    put(root, "README.md", "See [the tour](ARCHITECTURE.md#tour) and [elsewhere](https://example.org/x).\n");
}

#[test]
fn the_repository_is_tidy() {
    let (tidy, said) = tidy(
        &Path::new(&std::env::var_os("CARGO_MANIFEST_DIR").expect("cargo names the package")).join(".."),
    );
    assert!(tidy, "{said}");
}

#[test]
fn a_sound_repository_has_no_fault() {
    let root = tempfile::tempdir().expect("a folder");
    sound(root.path());
    let (tidy, said) = tidy(root.path());
    assert!(tidy, "{said}");
}

#[test]
fn every_fault_is_named_with_file_and_line() {
    let root = tempfile::tempdir().expect("a folder");
    let root = root.path();
    sound(root);
    put(root, "crates/text/src/lib.rs", "mod long;\nfn a() {} \n");
    put(root, "crates/text/src/long.rs", &("//! Long.\n".to_owned() + &"fn a() {}\n".repeat(400)));
    put(
        root,
        "crates/coder/Cargo.toml",
        "[package]\nname = \"demarche-coder\"\nversion = \"0.1.0\"\nedition = \"2024\"\n",
    );
    put(root, "crates/coder/src/lib.rs", "//! A crate.");
    put(root, "docs/notes.md", "[gone](gone.md)\n");
    put(root, "data/models/big/model.bin", &"x".repeat(15_000_000));
    put(
        root,
        "ARCHITECTURE.md",
        "# Tour\n`crates/record`, `crates/text`, `data/nothing.toml`\n\n```text\nrecord -> text\ntext -> record\n```\n",
    );
    let (tidy, said) = tidy(root);
    assert!(!tidy);
    for fault in [
        "ARCHITECTURE.md: crate `crates/coder/` is not on the tour",
        "ARCHITECTURE.md: draws no arrows for `coder`: coder -> nothing",
        "ARCHITECTURE.md: folder `docs/` is not on the tour",
        "ARCHITECTURE.md:2: `data/nothing.toml` does not exist",
        "ARCHITECTURE.md:5: draws record -> text, but its manifest says record -> nothing",
        "crates/coder/src/lib.rs:1: no line feed at the end",
        "crates/text/src/lib.rs:1: does not open with `//!`",
        "crates/text/src/lib.rs:2: blanks at the end of the line",
        "crates/text/src/long.rs:401: 401 lines before the tests, more than 400",
        "data/models/big: no card.md",
        "data/models/big: no LICENSE",
        "data/models/big/model.bin: 15000000 bytes",
        "docs/notes.md:1: link to `gone.md`, which does not exist",
        "tidy: 13 fault(s)",
    ] {
        assert!(said.contains(fault), "no `{fault}` in:\n{said}");
    }
}
