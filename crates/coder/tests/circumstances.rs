//! Times and places of events in sentences of our own (`time.tsv`, `place.tsv`), half of them unseen while the coder is changed: the
//! share that is right on both halves. What is wrong in the unseen half is counted and not shown.

mod common;

use demarche_coder::{Circumstance, Coder, Desk};
use demarche_record::{Article, Date, Place};

fn coder() -> Coder {
    common::coder().with_gazetteer(Some(common::gazetteer()))
}

/// The rows of a set: their columns, and the text without its marks with the place of the marked word.
fn rows(set: &str) -> Vec<(Vec<String>, String, usize)> {
    let path = common::package().join("tests").join(set);
    let file = std::fs::read_to_string(path).expect("the set is in the repository");
    let row = |line: &str| {
        let columns: Vec<String> = line.split('\t').map(str::to_owned).collect();
        let marked = columns.last().expect("a text").replace("\\n", "\n");
        let at = marked.chars().position(|c| c == '*').expect("a marked word");
        (columns, marked.replace('*', ""), at)
    };
    file.lines().filter(|line| !line.starts_with('#')).map(row).collect()
}

fn at(coder: &Coder, text: &str, day: Option<Date>, word: usize, desk: &mut Desk) -> Option<Circumstance> {
    let article = Article { id: "t".into(), text: text.to_owned(), date: day, ..Article::default() };
    coder.circumstances(&article, desk).into_iter().find(|c| c.span.start as usize == word)
}

/// Counts a set's halves, shows what is wrong in the seen one, and holds both to a bar.
struct Tally {
    right: [usize; 2],
    of: [usize; 2],
}

impl Tally {
    fn new() -> Self {
        Tally { right: [0; 2], of: [0; 2] }
    }

    fn add(&mut self, half: &str, right: bool, shown: impl FnOnce() -> String) {
        let unseen = half == "unseen";
        self.of[usize::from(unseen)] += 1;
        self.right[usize::from(unseen)] += usize::from(right);
        if !right && !unseen {
            println!("{}", shown());
        }
    }

    fn hold(&self, set: &str, bars: [f64; 2]) {
        for half in 0..2 {
            let share = 100.0 * self.right[half] as f64 / self.of[half] as f64;
            let name = ["seen", "unseen"][half];
            println!("{set}-{name}: {} of {} right, {share:.1} %", self.right[half], self.of[half]);
        }
        for (half, bar) in [0, 1].into_iter().zip(bars) {
            let share = 100.0 * self.right[half] as f64 / self.of[half] as f64;
            assert!(share >= bar, "{share:.1} % right where {bar:.1} % are held");
        }
    }
}

#[test]
fn events_are_dated_as_their_sentences_say() {
    let coder = coder();
    let mut desk = Desk::default();
    let mut tally = Tally::new();
    for (columns, text, word) in rows("time.tsv") {
        let [half, day, start, end, precision, basis, note, _] = columns.as_slice() else {
            panic!("eight columns: {columns:?}");
        };
        let found = at(&coder, &text, day.parse().ok(), word, &mut desk).and_then(|c| c.when);
        let shown = |d: Option<Date>| d.map_or("-".to_owned(), |d| d.to_string());
        let said = found.as_ref().map(|w| {
            let note = if w.note.is_some() { "note" } else { "-" };
            let (precision, basis) = (format!("{:?}", w.precision), format!("{:?}", w.basis));
            [shown(w.start), shown(w.end), precision.to_lowercase(), basis.to_lowercase(), note.to_owned()]
        });
        let wanted = [start, end, precision, basis, note].map(Clone::clone);
        tally.add(half, said.as_ref() == Some(&wanted), || {
            let words = found.and_then(|w| w.text);
            format!("{day} {}\n    wanted {wanted:?}\n    found  {said:?} {words:?}", columns[7])
        });
    }
    tally.hold("time", [95.0, 95.0]);
}

#[test]
fn events_are_placed_as_their_sentences_say() {
    let coder = coder();
    let mut desk = Desk::default();
    let mut tally = Tally::new();
    for (columns, text, word) in rows("place.tsv") {
        let [half, basis, wanted, _] = columns.as_slice() else {
            panic!("four columns: {columns:?}");
        };
        let found = at(&coder, &text, "2024-05-16".parse().ok(), word, &mut desk)
            .map(|c| c.place)
            .unwrap_or_default();
        let country = |p: &Place| p.country.clone().unwrap_or("-".to_owned());
        let same = |p: &Place, wanted: &str| {
            let (name, state) = wanted.split_once('/').expect("a name and a state");
            (p.text == name || p.name.as_deref() == Some(name)) && country(p) == state
        };
        let wanted_places: Vec<&str> = if wanted == "-" { Vec::new() } else { wanted.split(';').collect() };
        let shown = |p: &Place| format!("{}/{}", p.name.as_ref().unwrap_or(&p.text), country(p));
        let said = if found.is_empty() {
            "-".to_owned()
        } else {
            found.iter().map(shown).collect::<Vec<_>>().join(";")
        };
        let rests = found.first().map_or("-", |p| p.basis.as_str());
        let right = found.len() == wanted_places.len()
            && found.iter().zip(&wanted_places).all(|(p, wanted)| same(p, wanted))
            && rests == basis.as_str();
        tally.add(half, right, || {
            format!("{}\n    wanted {wanted} {basis}\n    found  {said} {rests}", columns[3])
        });
    }
    tally.hold("place", [95.0, 88.0]);
}
