//! Any bytes as a text, through both engines: nothing panics, words cover all that is not blank, in order, and every tree
//! has one root that all its words hang on.

#![no_main]

use demarche_text::{Engine, Reading, Scratch};
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

static ENGINES: LazyLock<[Engine; 2]> = LazyLock::new(|| {
    let load = |bytes: &[u8]| Engine::load(bytes).expect("a model of the repository");
    [
        load(include_bytes!("../../data/models/english-fast/model.bin")),
        load(include_bytes!("../../data/models/english-perceptron/model.bin")),
    ]
});

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    for engine in &*ENGINES {
        let (mut scratch, mut reading) = (Scratch::default(), Reading::default());
        engine.begin(&text, &mut scratch, &mut reading);
        let mut end = 0;
        for number in 0..reading.sentences().len() {
            engine.parse_at(&text, number, &mut scratch, &mut reading);
            for word in &reading.sentences()[number].words {
                assert!(text[end..word.span.start as usize].chars().all(char::is_whitespace));
                assert!(!word.span.of(&text).is_empty());
                end = word.span.end as usize;
            }
            let tree = reading.tree(number);
            let n = reading.sentences()[number].words.len();
            assert_eq!((0..n).filter(|&i| tree.head(i).is_none()).count(), 1);
            for word in 0..n {
                let mut steps = 0;
                let mut at = word;
                while let Some(head) = tree.head(at) {
                    at = head;
                    steps += 1;
                    assert!(steps <= n, "heads go round in a circle");
                }
            }
        }
        assert!(text[end..].chars().all(char::is_whitespace));
    }
});
