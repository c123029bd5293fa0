//! Any text, any words, any source: no panic, mentions in order and disjoint; a damaged image is refused.

use demarche_lexicon::{Image, Lexicon, compile};
use demarche_record::Span;
use proptest::prelude::*;
use std::path::Path;
use std::sync::LazyLock;

static IMAGE: LazyLock<Image> = LazyLock::new(|| {
    compile(
        &Path::new(&std::env::var_os("CARGO_MANIFEST_DIR").expect("cargo names the package"))
            .join("../../data/lexicon"),
    )
    .0
});
static BYTES: LazyLock<Vec<u8>> = LazyLock::new(|| IMAGE.to_bytes());
static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::from_bytes(&BYTES).expect("its own bytes"));

fn orderly(text: &str, words: &[Span]) -> Result<(), TestCaseError> {
    let mut out = Vec::new();
    LEXICON.find(text, words, &mut out);
    let mut end = 0;
    for mention in &out {
        prop_assert!(mention.words.start >= end && mention.words.start < mention.words.end);
        prop_assert!(!mention.candidates.is_empty());
        end = mention.words.end;
    }
    prop_assert!(end as usize <= words.len());
    Ok(())
}

/// Names and scraps of names, so that much is found.
fn scraps() -> impl Strategy<Value = String> {
    let scrap = prop_oneof![
        "\\PC{0,6}",
        prop::sample::select(vec![
            "United",
            "States",
            "U.S.",
            "US",
            "Security",
            "Council",
            "UN",
            "al",
            "-",
            "Shabaab",
            "President",
            "of",
            "the",
            ".",
            ",",
            "'s",
            "police",
            "officers",
            "New",
            "York",
            "\u{301}",
            "İ",
            "ß",
            "\u{200b}",
            "St.",
            "Petersburg",
            "\0",
        ])
        .prop_map(str::to_owned),
    ];
    prop::collection::vec((scrap, prop::sample::select(vec!["", " "])), 0..30)
        .prop_map(|parts| parts.into_iter().map(|(a, b)| a + b).collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn words_cut_anywhere(text in scraps(), cuts in prop::collection::vec((0usize..200, 0usize..30), 0..60)) {
        let words: Vec<Span> = cuts.iter().map(|(start, len)| Span::new(*start, start + len)).collect();
        orderly(&text, &words)?;
    }

    #[test]
    fn words_cut_at_space_and_signs(text in scraps()) {
        let mut words = Vec::new();
        let mut from = 0;
        for (at, c) in text.char_indices() {
            if c.is_whitespace() || c.is_ascii_punctuation() {
                words.extend((from < at).then(|| Span::new(from, at)));
                from = at;
                if c.is_whitespace() {
                    from += c.len_utf8();
                }
            }
        }
        words.push(Span::new(from, text.len()));
        orderly(&text, &words)?;
    }

    #[test]
    fn a_changed_byte_is_noticed(at in any::<prop::sample::Index>(), by in 1u8..) {
        let mut bytes = BYTES.clone();
        let at = at.index(bytes.len());
        bytes[at] ^= by;
        prop_assert!(Lexicon::from_bytes(&bytes).is_err());
    }

    #[test]
    fn a_cut_image_is_refused(at in any::<prop::sample::Index>()) {
        prop_assert!(Lexicon::from_bytes(&BYTES[..at.index(BYTES.len())]).is_err());
    }

    #[test]
    fn any_bytes_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..100)) {
        prop_assert!(Lexicon::from_bytes(&bytes).is_err());
    }
}

#[test]
fn the_same_sources_give_the_same_bytes() {
    let again = compile(
        &Path::new(&std::env::var_os("CARGO_MANIFEST_DIR").expect("cargo names the package"))
            .join("../../data/lexicon"),
    )
    .0;
    assert_eq!(again.to_bytes(), *BYTES);
    assert_eq!(Lexicon::from_image(again).hash(), LEXICON.hash());
    assert_eq!(LEXICON.hash().len(), 16);
    let mut other = IMAGE.clone();
    other.actors.pop();
    assert_ne!(Lexicon::from_image(other).hash(), LEXICON.hash());
}
