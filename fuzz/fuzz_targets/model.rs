//! Model files: any bytes, as they are and under a hash that fits, and the built-in model with some bytes changed and its hash
//! put right. Each is refused, or is a model that reads a text.

#![no_main]

use demarche_text::workshop::{HEADER, seal, seal_network};
use demarche_text::{Engine, ModelError, Reading, Scratch};
use libfuzzer_sys::fuzz_target;

static MODEL: &[u8] = include_bytes!("../../data/models/english-fast/model.bin");

/// Reads a text with what was loaded, if it was.
fn read(loaded: Result<Engine, ModelError>) {
    if let Ok(engine) = loaded {
        let (mut scratch, mut reading) = (Scratch::default(), Reading::default());
        engine.begin("Iran warned Iraq on Monday. It did.", &mut scratch, &mut reading);
    }
}

fuzz_target!(|bytes: &[u8]| {
    assert!(Engine::load(bytes).is_err(), "bytes with a hash that fits by chance");
    read(Engine::load(&seal(bytes)));
    read(Engine::load(&seal_network(bytes)));
    // Four bytes where, one byte what.
    let mut payload = MODEL[HEADER..].to_vec();
    for edit in bytes.chunks_exact(5) {
        let at = u32::from_le_bytes([edit[0], edit[1], edit[2], edit[3]]) as usize % payload.len();
        payload[at] = edit[4];
    }
    read(Engine::load(&seal_network(&payload)));
});
