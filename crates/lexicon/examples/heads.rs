//! Prints two hundred draws over states and days since 1990, from a fixed seed, with whoever the lexicon says was head of
//! government: `cargo run -p demarche-lexicon --example heads -- data/lexicon > drawn.tsv`. Each row was
//! checked by hand against what is publicly known.

use demarche_lexicon::{ActorKind, Lexicon, compile};
use demarche_record::Date;
use std::fmt::Write;
use std::path::Path;

/// How many draws.
const DRAWS: usize = 200;
/// Where they begin.
const SEED: u64 = 0x1990_0101;
/// Days from 1990-01-01 to the end of 2025.
const DAYS: u64 = 13_149;

/// A xorshift generator: the same numbers on every machine.
fn next(state: &mut u64) -> u64 {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    *state
}

/// The list, a heading and a row for each draw: day, state, title and name of the holder, start of the term, file of the entry.
pub fn list(lexicon: &Lexicon) -> String {
    let states: Vec<usize> =
        (0..lexicon.actors.len()).filter(|&a| lexicon.actors[a].kind == ActorKind::State).collect();
    let first: Date = "1990-01-01".parse().expect("a day");
    let mut out = String::from("day\tstate\ttitle\tholder\tsince\tsource\n");
    let mut state = SEED;
    let mut drawn = 0;
    while drawn < DRAWS {
        let entry = &lexicon.actors[states[(next(&mut state) % states.len() as u64) as usize]];
        let days = (next(&mut state) % DAYS) as i64;
        let Ok(day) = first.checked_add(jiff::ToSpan::days(days)) else { continue };
        if entry.from.is_some_and(|from| day < from) || entry.until.is_some_and(|until| until <= day) {
            continue;
        }
        drawn += 1;
        let number = lexicon.actor_by_id(&entry.id).expect("it is an actor");
        let held = lexicon
            .held("head of government", number, day)
            .or_else(|| lexicon.held("head of state", number, day));
        let Some((held, office)) = held.and_then(|h| Some((h, lexicon.office(h)?))) else {
            let _ = writeln!(out, "{day}\t{}\t-\t-\t-\t-", entry.id);
            continue;
        };
        let person = &lexicon.actors[held.person as usize];
        let since = office.from.map_or_else(|| "-".to_owned(), |d| d.to_string());
        let (id, title, name, file) = (&entry.id, &office.title, &person.name, &person.file);
        let _ = writeln!(out, "{day}\t{id}\t{title}\t{name}\t{since}\t{file}");
    }
    out
}

// The test of the list takes this file in and does not call it.
#[allow(dead_code)]
fn main() {
    let folder = std::env::args().nth(1).unwrap_or_else(|| "data/lexicon".to_owned());
    let (image, _) = compile(Path::new(&folder));
    print!("{}", list(&Lexicon::from_image(image)));
}
