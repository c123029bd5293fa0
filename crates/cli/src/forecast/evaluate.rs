//! `forecast evaluate`: how well the next step of a benchmark is ranked.

use super::quadruples::{self, Extent, Quadruple};
use crate::args::Evaluate;
use crate::failure::Failure;
use crate::parse::Text;
use crate::spent;
use crate::stream::Sink as _;
use demarche_analysis::forecast::fact::{Clock, Fact};
use demarche_analysis::forecast::rank::{Measures, Place, WITHIN};
use demarche_analysis::forecast::ranking::{Method, Options, Ranked, Ranker};
use serde_json::{Map, Value, json};
use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::Path;
use std::time::Instant;

/// Runs the command; the exit status.
pub fn run(arguments: &Evaluate) -> Result<u8, Failure> {
    let started = Instant::now();
    let train = quadruples::read(&arguments.train)?;
    let valid = arguments.valid.as_deref().map(quadruples::read).transpose()?.unwrap_or_default();
    let test = quadruples::read(&arguments.test)?;
    let valid_path = arguments.valid.as_deref().unwrap_or(&arguments.train);
    quadruples::in_order((&arguments.train, &train), (valid_path, &valid))?;
    quadruples::in_order((&arguments.train, &train), (&arguments.test, &test))?;
    quadruples::in_order((valid_path, &valid), (&arguments.test, &test))?;
    let all = || train.iter().chain(&valid).chain(&test).map(|(_, quadruple)| quadruple);
    let Extent { clock, actors, relations } = quadruples::extent(all())?;
    let past: Vec<Fact> = sorted(train.iter().chain(&valid), clock);
    let mut options = Options { seed: arguments.seed, walks: !arguments.without_walks, ..Options::default() };
    let growth = &mut options.growth;
    growth.trees = arguments.trees.map_or(growth.trees, usize::from);
    growth.leaves = arguments.leaves.map_or(growth.leaves, usize::from);
    growth.rate = arguments.rate.unwrap_or(growth.rate);
    let ranked = super::on_threads(arguments.threads, || {
        let mut ranker = Ranker::learn(&past, actors, relations, &options);
        let mut ranked = Vec::with_capacity(2 * test.len());
        ranker.evaluate(&sorted(test.iter(), clock), |one| ranked.push(one.clone()));
        ranked
    })?;
    if let Some(path) = &arguments.ranks {
        let mut out = Box::new(Text::open(Some(path))?);
        out.write(&ranks(path, &ranked, &test, clock, relations))?;
        out.finish()?;
    }
    let mut out = Text::open(None)?;
    out.write(&(summary(&ranked, started.elapsed().as_secs_f64()).to_string() + "\n"))?;
    out.flush()?;
    Ok(0)
}

pub(super) fn sorted<'a>(quadruples: impl Iterator<Item = &'a (u64, Quadruple)>, clock: Clock) -> Vec<Fact> {
    let mut facts: Vec<Fact> = quadruples
        .map(|(_, q)| Fact {
            step: clock.step(q.time),
            subject: q.subject,
            relation: q.relation,
            object: q.object,
        })
        .collect();
    facts.sort_unstable();
    facts
}

/// The object that is printed. Shares are in hundredths.
fn summary(ranked: &[Ranked], seconds: f64) -> Value {
    let mut whole = measures(ranked);
    whole.insert("seconds".to_owned(), json!((seconds * 100.0).round() / 100.0));
    whole.insert("cpu_seconds".to_owned(), json!(spent::processor_seconds()));
    whole.insert("peak_megabytes".to_owned(), json!(spent::peak_memory().map(|bytes| bytes as f64 / 1e6)));
    Value::Object(whole)
}

/// The measures of the combination, and of each method.
pub(super) fn measures(ranked: &[Ranked]) -> Map<String, Value> {
    let of = |at: usize, which: &dyn Fn(&Ranked) -> bool| {
        let mut measures = Measures::default();
        for one in ranked.iter().filter(|one| which(one)) {
            (0..one.times).for_each(|_| measures.add(one.places[at]));
        }
        shares(&measures)
    };
    let mut whole = of(Method::ALL.len() - 1, &|_| true);
    whole.insert("unit".to_owned(), json!("percent"));
    let methods = Method::ALL.iter().enumerate().map(|(at, method)| {
        let parts = json!({
            "all": of(at, &|_| true),
            "seen": of(at, &|one| one.seen),
            "unseen": of(at, &|one| !one.seen),
        });
        (method.as_str().to_owned(), parts)
    });
    whole.insert("methods".to_owned(), Value::Object(methods.collect()));
    whole
}

fn shares(measures: &Measures) -> Map<String, Value> {
    let percent = |share: f64| json!((share * 1e6).round() / 1e4);
    let mut shares = Map::new();
    shares.insert("mrr".to_owned(), measures.reciprocal().map_or(Value::Null, percent));
    for (at, k) in WITHIN.iter().enumerate() {
        let hits = measures.hits().map_or(Value::Null, |hits| percent(hits[at]));
        shares.insert(format!("hits@{k}"), hits);
    }
    shares.insert("queries".to_owned(), json!(measures.queries));
    shares
}

/// Every question's rank, in the order of the test file, its object before its subject: JSON Lines where the name ends
/// in `.jsonl`, else a table with a heading, parted by commas where it ends in `.csv` and by tabs elsewhere.
fn ranks(path: &Path, ranked: &[Ranked], test: &[(u64, Quadruple)], clock: Clock, relations: u32) -> String {
    let places: HashMap<(u32, u32, u32, u32), (Place, bool)> = ranked
        .iter()
        .map(|one| {
            ((one.step, one.subject, one.relation, one.answer), (one.places[Method::ALL.len() - 1], one.seen))
        })
        .collect();
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    let mark = if ending == "csv" { ',' } else { '\t' };
    let mut text = String::new();
    if ending != "jsonl" {
        let names = [
            "subject",
            "relation",
            "object",
            "time",
            "asked",
            "rank",
            "reciprocal",
            "better",
            "tied",
            "seen",
        ];
        text.push_str(&names.join(&mark.to_string()));
        text.push('\n');
    }
    for (_, q) in test {
        let step = clock.step(q.time);
        let keys = [
            ("object", (step, q.subject, q.relation, q.object)),
            ("subject", (step, q.object, q.relation + relations, q.subject)),
        ];
        for (asked, key) in keys {
            let Some((place, seen)) = places.get(&key) else { continue };
            let Quadruple { subject, relation, object, time } = *q;
            let Place { better, tied } = *place;
            let (rank, reciprocal) = (place.mean(), place.reciprocal());
            if ending == "jsonl" {
                let line = json!({
                    "subject": subject, "relation": relation, "object": object, "time": time, "asked": asked,
                    "rank": rank, "reciprocal": reciprocal, "better": better, "tied": tied, "seen": seen,
                });
                let _ = writeln!(text, "{line}");
            } else {
                let fields = [
                    subject.to_string(),
                    relation.to_string(),
                    object.to_string(),
                    time.to_string(),
                    asked.to_owned(),
                    rank.to_string(),
                    reciprocal.to_string(),
                    better.to_string(),
                    tied.to_string(),
                    seen.to_string(),
                ];
                text.push_str(&fields.join(&mark.to_string()));
                text.push('\n');
            }
        }
    }
    text
}
