//! The answer of `balance`: the fields of the contract, and for people who stands where and what strains.

use super::network::Named;
use crate::stream::tame;
use crate::terminal::{FAINT, GOOD, Paint, STRONG, WARNING};
use demarche_analysis::balance::{
    Partition, SignedNetwork, Standing, count_triangles, standings, strained_ties, walk_balance,
};
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Actors and ties that people are shown.
const SHOWN: usize = 12;
/// Members of a camp that people are shown.
const MEMBERS: usize = 60;

/// One JSON object.
#[derive(Debug, Clone, Serialize)]
pub struct Answer {
    /// Actors.
    pub nodes: usize,
    /// Pairs with a tie.
    pub edges: usize,
    /// Hostile ties.
    pub negative: usize,
    /// Summed weight of the strained ties.
    pub frustration: u64,
    /// Whether no partition strains less.
    pub optimal: bool,
    /// No partition strains less than this.
    pub bound: u64,
    /// The camp of every actor, 0 or 1; the first actor of each connected part is in camp 0.
    pub partition: BTreeMap<String, u8>,
    /// Triangles with an even number of hostile ties.
    pub balanced_triangles: u64,
    /// Triangles.
    pub triangles: u64,
    /// Seconds of looking for the camps.
    pub seconds: f64,
    /// Summed weight of all ties.
    pub weight: u64,
    /// Share of the weight that would have to be strained at most, half, that is not: 1 for balance.
    pub line_index: Option<f64>,
    /// Share of the triangles that is balanced; null without triangles.
    pub balanced_share: Option<f64>,
    /// Balance by closed walks, from 0 to 1; null for networks too large for it.
    pub walk_balance: Option<f64>,
    /// The members of the two camps.
    pub camps: [Vec<String>; 2],
    /// Actors with strained ties, those with the greatest share first.
    pub torn: Vec<Torn>,
    /// The strained ties, those in most unbalanced triangles first.
    pub strained: Vec<Strained>,
    /// Whether each actor's camp, by number.
    #[serde(skip)]
    pub sides: Vec<bool>,
}

/// An actor torn between the camps.
#[derive(Debug, Clone, Serialize)]
pub struct Torn {
    /// The actor.
    pub actor: String,
    /// Its camp.
    pub camp: u8,
    /// Its ties.
    pub ties: u32,
    /// Its strained ties.
    pub strained: u32,
    /// Share of its ties that is strained.
    pub share: f64,
    /// What its changing sides would cost; 0: it could as well be on the other side.
    pub margin: i64,
}

/// A strained tie.
#[derive(Debug, Clone, Serialize)]
pub struct Strained {
    /// The one actor.
    pub source: String,
    /// The other actor.
    pub target: String,
    /// 1 or -1.
    pub sign: i8,
    /// Its weight.
    pub weight: u32,
    /// Unbalanced triangles that it is in.
    pub unbalanced_triangles: u32,
    /// What the records of the pair sum to; null for ties from a table.
    pub sum: Option<f64>,
    /// How many records of the pair count; null for ties from a table.
    pub records: Option<u32>,
}

/// Shares and measures with six decimals, so that they read well and are the same everywhere.
pub fn round(value: f64) -> f64 {
    // A sum of nothing is -0; adding 0 takes the sign off.
    (value * 1e6).round() / 1e6 + 0.0
}

impl Answer {
    /// The answer for a network and its camps.
    pub fn new(named: &Named, partition: &Partition, seconds: f64) -> Self {
        let (network, sides) = (&named.network, &partition.camps);
        let name = |actor: u32| named.names[actor as usize].clone();
        let camp = |actor: u32| u8::from(!sides[actor as usize]);
        let triangles = count_triangles(network);
        let mut torn: Vec<Standing> =
            standings(network, sides).into_iter().filter(|standing| standing.strained > 0).collect();
        torn.sort_by(|a, b| {
            b.share().total_cmp(&a.share()).then(b.strained.cmp(&a.strained)).then(a.actor.cmp(&b.actor))
        });
        let weight = network.ties().iter().map(|tie| u64::from(tie.weight)).sum::<u64>();
        let share = |part: u64, whole: u64| (whole > 0).then(|| round(part as f64 / whole as f64));
        let members = |side: u8| -> Vec<String> {
            (0..network.nodes() as u32).filter(|actor| camp(*actor) == side).map(name).collect()
        };
        let strained = strained_ties(network, sides, &triangles).into_iter().map(|at| {
            let tie = network.ties()[at];
            let tally = named.tallies.get(&(tie.a, tie.b));
            Strained {
                source: name(tie.a),
                target: name(tie.b),
                sign: tie.sign(),
                weight: tie.weight,
                unbalanced_triangles: triangles.unbalanced_at[at],
                sum: tally.map(|tally| round(tally.sum)),
                records: tally.map(|tally| tally.records),
            }
        });
        Answer {
            nodes: network.nodes(),
            edges: network.ties().len(),
            negative: network.hostile(),
            frustration: partition.strain,
            optimal: partition.optimal,
            bound: partition.bound,
            partition: (0..network.nodes() as u32).map(|actor| (name(actor), camp(actor))).collect(),
            balanced_triangles: triangles.balanced,
            triangles: triangles.all,
            seconds,
            weight,
            line_index: share(2 * partition.strain, weight).map(|share| round(1.0 - share)),
            balanced_share: share(triangles.balanced, triangles.all),
            walk_balance: walk_balance(network).map(round),
            camps: [members(0), members(1)],
            torn: torn
                .iter()
                .map(|standing| Torn {
                    actor: name(standing.actor),
                    camp: camp(standing.actor),
                    ties: standing.ties,
                    strained: standing.strained,
                    share: round(standing.share()),
                    margin: standing.margin,
                })
                .collect(),
            strained: strained.collect(),
            sides: sides.clone(),
        }
    }

    /// One line that says it all.
    pub fn headline(&self) -> String {
        let unit = if self.weight == self.edges as u64 { "ties" } else { "weight of ties" };
        match (self.frustration, self.optimal) {
            (0, _) => format!("{} actors, {} ties: balanced", self.nodes, self.edges),
            (strain, true) => format!(
                "{} actors, {} ties: {strain} of {} {unit} strained, and no division into two camps strains less",
                self.nodes, self.edges, self.weight
            ),
            (strain, false) => format!(
                "{} actors, {} ties: {strain} of {} {unit} strained; the least lies between {} and {strain}",
                self.nodes, self.edges, self.weight, self.bound
            ),
        }
    }

    /// For people.
    pub fn text(&self, paint: Paint) -> String {
        let mut text = format!("{}\n", paint.text(STRONG, self.headline()));
        if let Some(share) = self.balanced_share {
            let (balanced, all) = (self.balanced_triangles, self.triangles);
            let _ = writeln!(text, "{balanced} of {all} triangles balanced ({:.1} %)", 100.0 * share);
        }
        if let Some(walks) = self.walk_balance {
            let _ = writeln!(text, "balance by closed walks {walks:.3}");
        }
        for (at, (camp, style)) in self.camps.iter().zip([GOOD, WARNING]).enumerate() {
            let label = format!("camp {at} ({})", camp.len());
            let names = tame(&camp[..camp.len().min(MEMBERS)].join(", "));
            let more = match camp.len().saturating_sub(MEMBERS) {
                0 => String::new(),
                more => format!(" and {more} more; --json shows all"),
            };
            let _ = writeln!(text, "\n{} {names}{}", paint.text(style, label), paint.text(FAINT, more));
        }
        if !self.torn.is_empty() {
            let _ = writeln!(text, "\n{}", paint.text(STRONG, "torn"));
        }
        for torn in self.torn.iter().take(SHOWN) {
            let could = if torn.margin == 0 { ", could as well change sides" } else { "" };
            let _ = writeln!(
                text,
                "  {:<24} {:>3} of {:>3} ties strained{}",
                tame(&torn.actor),
                torn.strained,
                torn.ties,
                paint.text(FAINT, could)
            );
        }
        if !self.strained.is_empty() {
            let _ = writeln!(text, "\n{}", paint.text(STRONG, "strained ties"));
        }
        for tie in self.strained.iter().take(SHOWN) {
            let kind = if tie.sign > 0 { "friends apart" } else { "foes together" };
            let pair = format!("{} - {}", tie.source, tie.target);
            let (n, s) = (tie.unbalanced_triangles, if tie.unbalanced_triangles == 1 { "" } else { "s" });
            let _ = writeln!(text, "  {:<32} {kind}, in {n} unbalanced triangle{s}", tame(&pair));
        }
        if self.strained.len() > SHOWN {
            let more = format!("  and {} more; --json shows all", self.strained.len() - SHOWN);
            let _ = writeln!(text, "{}", paint.text(FAINT, more));
        }
        text
    }
}

/// What a comparison needs of an answer.
#[derive(Debug, Clone, Serialize)]
pub struct Frame {
    /// Pairs with a tie.
    pub edges: usize,
    /// Summed weight of the strained ties.
    pub frustration: u64,
    /// Whether no partition strains less.
    pub optimal: bool,
    /// No partition strains less than this.
    pub bound: u64,
    /// Triangles with an even number of hostile ties.
    pub balanced_triangles: u64,
    /// Triangles.
    pub triangles: u64,
    /// The camp of every actor.
    pub partition: BTreeMap<String, u8>,
    /// The strained ties.
    pub strained: Vec<Strained>,
}

impl From<&Answer> for Frame {
    fn from(answer: &Answer) -> Self {
        Frame {
            edges: answer.edges,
            frustration: answer.frustration,
            optimal: answer.optimal,
            bound: answer.bound,
            balanced_triangles: answer.balanced_triangles,
            triangles: answer.triangles,
            partition: answer.partition.clone(),
            strained: answer.strained.clone(),
        }
    }
}

/// Whether a tie is strained, for pictures and tables.
pub fn strained(network: &SignedNetwork, sides: &[bool], at: usize) -> bool {
    SignedNetwork::is_strained(&network.ties()[at], sides)
}

#[cfg(test)]
mod tests {
    use super::*;
    use demarche_analysis::balance::{Effort, Tie, least_strain};

    #[test]
    fn people_read_who_stands_where_and_what_strains() {
        let tie = |a, b, friendly| Tie { a, b, friendly, weight: 1 };
        let ties = [tie(0, 1, true), tie(1, 2, false), tie(0, 2, true), tie(2, 3, true)];
        let named = Named {
            names: ["RUS", "CHN", "IND", "FRA"].map(str::to_owned).to_vec(),
            network: SignedNetwork::new(4, &ties).unwrap(),
            tallies: BTreeMap::new(),
        };
        let found = least_strain(&named.network, &mut Effort::steps(1 << 30));
        let answer = Answer::new(&named, &found, 0.0);
        insta::assert_snapshot!(answer.text(Paint::new(false)));
        let open = Answer { optimal: false, bound: 0, ..answer };
        assert!(open.headline().ends_with("the least lies between 0 and 1"), "{}", open.headline());
    }
}
