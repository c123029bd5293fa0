//! The kinds of evidence for a candidate as columns of a row: what each is called, and what is read off a row by itself.
//! How the numbers come about is told in `features`.

use super::numeric::ln;

/// Names of the numbers, in their order.
pub const NAMES: [&str; 68] = [
    "triple.count",
    "triple.age",
    "triple.faded2",
    "triple.faded8",
    "triple.faded32",
    "triple.faded128",
    "triple.share8",
    "triple.share128",
    "triple.share",
    "out.count",
    "out.age",
    "out.faded2",
    "out.faded8",
    "out.faded32",
    "out.faded128",
    "back.count",
    "back.age",
    "back.faded2",
    "back.faded8",
    "back.faded32",
    "back.faded128",
    "pair.share8",
    "pair.share128",
    "mirror.count",
    "mirror.age",
    "mirror.faded32",
    "rules.or",
    "rules.best",
    "rules.sum",
    "rules.bodies",
    "rules.relative",
    "rules.rank",
    "end.share",
    "end.age",
    "end.share2",
    "end.share8",
    "end.share32",
    "end.count",
    "actor.count",
    "actor.age",
    "actor.faded2",
    "actor.faded8",
    "actor.faded128",
    "actor.trend",
    "walk.slow",
    "walk.fast",
    "walk.relation",
    "similar.sum",
    "similar.best",
    "similar.fast",
    "kin.alike",
    "kin.meeting",
    "kin.centre",
    "asked.count",
    "asked.objects",
    "asked.age",
    "subject.count",
    "subject.pairs",
    "subject.faded8",
    "relation.repeated",
    "relation.count",
    "relation.ends",
    "relation.inverse",
    "triple.rank",
    "walks.two",
    "walks.three",
    "walks.best",
    "walks.rules",
];

/// How many numbers there are.
pub const COUNT: usize = NAMES.len();

/// Where the joint confidence of the rules stands.
pub const RULES: usize = 26;

/// Where the joint confidence of the rules over one other actor stands, and over two.
pub const WALKS: usize = 64;

/// A rough order of candidates, to choose those that are worth learning from.
pub fn likely(row: &[f32; COUNT]) -> f32 {
    row[RULES] + 0.5 * (row[32] + row[35]) + 3.0 * row[46] + row[44] + row[WALKS]
}

/// Where the score of a candidate starts: the logarithm of what rules and the frequency of the end say.
pub fn start(row: &[f32; COUNT]) -> f32 {
    ln(f64::from(row[RULES] + 0.1 * row[35] + 0.1 * row[32] + 1e-4)) as f32
}
