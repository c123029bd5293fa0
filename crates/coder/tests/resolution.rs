//! Whom mentions stand for, at their dates: two sets of our own (`resolution/seen.jsonl`, `resolution/unseen.jsonl`), written
//! before the coder was fitted to them. What is wrong in the unseen set is counted and not shown.
//!
//! A row is a text, its date, a mention in it (the first such words, or those at `start`) and what a careful reader answers:
//!
//! - `actor`: the id of whom the mention stands for on that day; null where no id may be given: a town in which something
//!   happens, a name that nobody knows, another bearer of a known name. A list gives answers that are equally good.
//! - `country`, `sector`: as in records, where they matter. A list again, null in it for none.
//! - `role`: the phrase is a role noun with a host ("Iraqi police", "Hamas spokesman"), and `actor` is the host, as it is for
//!   the parties of events.
//! - `kind`: what the row tries.
//!
//! The answer of the coder is the mention's record; the party that events and ties are given, for phrases that have no
//! record and for role nouns, whose host stands only there.

mod common;

use demarche_coder::{Coder, Desk, Wanted};
use demarche_record::{Article, CharSpan};
use serde_json::Value;
use std::collections::BTreeMap;

/// Shares of right answers that are held, in hundredths: of the seen and of the unseen set. A point below what was measured; the
/// aim is 88 of the unseen.
const HELD: [f64; 2] = [94.0, 85.4];

fn coder() -> Coder {
    common::coder().with_coreference(Some(common::coreference()))
}

fn rows(set: &str) -> Vec<Value> {
    common::rows(&format!("resolution/{set}"))
}

/// A phrase that the coder has an answer for.
#[derive(Debug, Clone)]
struct Answer {
    span: CharSpan,
    id: Option<String>,
    country: Option<String>,
    sectors: Vec<String>,
}

/// All answers for a text: of mentions, and of parties.
fn answers(coder: &Coder, row: &Value, desk: &mut Desk) -> [Vec<Answer>; 2] {
    let article = Article {
        id: "t".into(),
        text: row["text"].as_str().expect("a text").into(),
        date: row["date"].as_str().and_then(|d| d.parse().ok()),
        ..Article::default()
    };
    let wanted = Wanted { events: false, ties: false, mentions: true, attacks: false, all_zones: true };
    let mentions = coder.code(&article, wanted, desk).mentions.into_iter();
    let parties = coder.explain(&article, desk).sentences.into_iter().flat_map(|s| s.actors);
    [
        mentions.map(|m| Answer { span: m.span, id: m.id, country: m.country, sectors: m.sectors }).collect(),
        parties.map(|a| Answer { span: a.span, id: a.id, country: a.country, sectors: a.sectors }).collect(),
    ]
}

/// A span without the article that it begins with.
fn bare(text: &str, start: usize, end: usize) -> (usize, usize) {
    let words: String = text.chars().skip(start).take(end - start).collect();
    let article = ["the ", "a ", "an "]
        .into_iter()
        .find(|a| words.get(..a.len()).is_some_and(|w| w.eq_ignore_ascii_case(a)));
    (start + article.map_or(0, str::len), end)
}

/// The answers for the words of a row, best first: for these very words, then for the shortest phrase around them that
/// begins or ends with them; each time the mention's before the party's.
fn at<'a>([mentions, parties]: &'a [Vec<Answer>; 2], row: &Value) -> Vec<&'a Answer> {
    let text = row["text"].as_str().expect("a text");
    let mention = row["mention"].as_str().expect("a mention");
    let first = || {
        let byte = text.find(mention).expect("the mention stands in the text");
        text[..byte].chars().count()
    };
    let start = row["start"].as_u64().map_or_else(first, |s| s as usize);
    let (start, end) = bare(text, start, start + mention.chars().count());
    let spans = |a: &Answer| bare(text, a.span.start as usize, a.span.end as usize);
    let same = |a: &&Answer| spans(a) == (start, end);
    let around = |a: &&Answer| {
        let (from, to) = spans(a);
        (from == start && to > end) || (from < start && to == end)
    };
    let shortest =
        |found: &'a [Answer]| found.iter().filter(around).min_by_key(|a| a.span.end - a.span.start);
    let found =
        [mentions.iter().find(same), parties.iter().find(same), shortest(mentions), shortest(parties)];
    found.into_iter().flatten().collect()
}

/// Whether an answer is among those that a row gives; a row that asks nothing takes any.
fn fits(row: &Value, key: &str, found: &[&str]) -> bool {
    let one = |wanted: &Value| wanted.as_str().map_or(found.is_empty(), |w| found.contains(&w));
    match row.get(key) {
        None => true,
        Some(Value::Array(list)) => list.iter().any(one),
        Some(wanted) => one(wanted),
    }
}

/// Counts a set, shows what is wrong in it where it may be seen, and gives the share that is right, in hundredths.
fn share(coder: &Coder, set: &str, shown: bool) -> f64 {
    let rows = rows(set);
    let mut desk = Desk::default();
    let mut kinds: BTreeMap<&str, [usize; 2]> = BTreeMap::new();
    for row in &rows {
        let all = answers(coder, row, &mut desk);
        let found = at(&all, row);
        let named = found.iter().find(|a| a.id.is_some()).filter(|_| !row["role"].is_null());
        let answer = named.or(found.first());
        let id: Vec<&str> = answer.and_then(|a| a.id.as_deref()).into_iter().collect();
        let country: Vec<&str> = answer.and_then(|a| a.country.as_deref()).into_iter().collect();
        let sectors: Vec<&str> = answer.into_iter().flat_map(|a| &a.sectors).map(String::as_str).collect();
        let right =
            fits(row, "actor", &id) && fits(row, "country", &country) && fits(row, "sector", &sectors);
        let tally = kinds.entry(row["kind"].as_str().expect("a kind")).or_default();
        tally[0] += usize::from(right);
        tally[1] += 1;
        if !right && shown {
            println!("{row}\n    found {id:?} {country:?} {sectors:?}");
        }
    }
    if shown {
        for (kind, [right, of]) in &kinds {
            println!("{kind}: {right} of {of}");
        }
    }
    let right: usize = kinds.values().map(|tally| tally[0]).sum();
    let share = 100.0 * right as f64 / rows.len() as f64;
    println!("{set}: {right} of {} right, {share:.1} %", rows.len());
    share
}

#[test]
fn mentions_stand_for_whom_their_sentences_and_dates_say() {
    let coder = coder();
    let found = [share(&coder, "seen.jsonl", true), share(&coder, "unseen.jsonl", false)];
    for (found, held) in found.into_iter().zip(HELD) {
        assert!(found >= held, "{found:.1} % right where {held:.1} % are held");
    }
}

/// The sets are what they say: their mentions stand where they are said to stand, and no text is in both.
#[test]
fn the_sets_are_sound() {
    let (seen, unseen) = (rows("seen.jsonl"), rows("unseen.jsonl"));
    assert!(seen.len() >= 200 && unseen.len() >= 200, "{} and {}", seen.len(), unseen.len());
    for row in &seen {
        assert!(unseen.iter().all(|other| other["text"] != row["text"]), "{row}");
    }
    for row in seen.iter().chain(&unseen) {
        let text: Vec<char> = row["text"].as_str().expect("a text").chars().collect();
        let mention = row["mention"].as_str().expect("a mention");
        if let Some(start) = row["start"].as_u64() {
            let words: String = text.iter().skip(start as usize).take(mention.chars().count()).collect();
            assert_eq!(words, mention, "{row}");
        } else {
            assert!(row["text"].as_str().is_some_and(|t| t.contains(mention)), "{row}");
        }
        assert!(row["date"].as_str().is_some_and(|d| d.parse::<demarche_record::Date>().is_ok()), "{row}");
        assert!(row.get("actor").is_some() && row["kind"].is_string(), "{row}");
    }
}
