//! `forecast tune`: how the trees of the combination are best grown, seen on the last part of what they are learned from.

use super::evaluate::sorted;
use super::quadruples::{self, Extent};
use crate::args::Tune;
use crate::failure::Failure;
use crate::parse::Text;
use crate::stream::Sink as _;
use demarche_analysis::forecast::boost::Growth;
use demarche_analysis::forecast::ranking::Options;
use demarche_analysis::forecast::tuning::{PARTS, Tried, best, tune};
use serde_json::{Value, json};
use std::time::Instant;

/// Runs the command; the exit status.
pub fn run(arguments: &Tune) -> Result<u8, Failure> {
    let started = Instant::now();
    let train = quadruples::read(&arguments.train)?;
    let valid = arguments.valid.as_deref().map(quadruples::read).transpose()?.unwrap_or_default();
    let valid_path = arguments.valid.as_deref().unwrap_or(&arguments.train);
    quadruples::in_order((&arguments.train, &train), (valid_path, &valid))?;
    let all = || train.iter().chain(&valid).map(|(_, quadruple)| quadruple);
    let Extent { clock, actors, relations } = quadruples::extent(all())?;
    let facts = sorted(train.iter().chain(&valid), clock);
    let options = Options { seed: arguments.seed, ..Options::default() };
    let growths: Vec<Growth> = arguments
        .rate
        .iter()
        .flat_map(|rate| arguments.leaves.iter().map(|leaves| (*rate, usize::from(*leaves))))
        .map(|(rate, leaves)| Growth { trees: arguments.trees.into(), leaves, rate, ..Growth::default() })
        .collect();
    let tried = super::on_threads(arguments.threads, || tune(&facts, actors, relations, &options, &growths))?;
    let Some(picked) = best(&tried) else {
        return Err(Failure::Arguments {
            message: format!(
                "cannot tell: no {PARTS} questions that the past could answer, or no tree to grow"
            ),
            help: "give more facts to learn from".to_owned(),
        });
    };
    let answer = json!({
        "picked": shown(&picked),
        "tried": tried.iter().map(shown).collect::<Vec<_>>(),
        "unit": "percent",
        "seconds": (started.elapsed().as_secs_f64() * 100.0).round() / 100.0,
    });
    let mut out = Text::open(None)?;
    out.write(&(answer.to_string() + "\n"))?;
    out.flush()?;
    Ok(0)
}

fn shown(tried: &Tried) -> Value {
    let Growth { trees, leaves, rate, .. } = tried.growth;
    let percent = |share: f64| (share * 1e6).round() / 1e4;
    json!({
        "trees": trees, "leaves": leaves, "rate": (f64::from(rate) * 1e6).round() / 1e6,
        "mrr": percent(tried.reciprocal),
    })
}
