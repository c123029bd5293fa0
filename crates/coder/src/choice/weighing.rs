//! What the models of choice make of the claims of a sentence: how likely each is, which are left out, which reading the
//! rules missed.
//!
//! One model reads the whole sentence and says how likely an event of each quad class is, or none. A claim's confidence
//! follows from it. Where the likeliest class has no claim, the claims that only lacked a political actor are looked at,
//! and then predicates that no rule knows: what they mean is read off the pair of their parties by the other model.

use super::{ChoiceModel, Features, Marks};
use crate::Coder;
use crate::claim::{Claim, Parties};
use crate::classify::read_sentence;
use crate::coding::Coding;
use crate::view::View;
use demarche_lexicon::{Ontology, Outcome};
use demarche_record::{EventType, Quad, Span};

/// The two models.
#[derive(Debug, Clone)]
pub struct Choice {
    /// The type between two marked actors.
    pub pairs: ChoiceModel,
    /// The quad class of a sentence's main event, or `neutral`.
    pub sentences: ChoiceModel,
}

/// The class of sentences that report no event.
const NEUTRAL: &str = "neutral";

/// From here on a sentence is held to report nothing.
const QUIET: f64 = 0.75;

/// From here on nothing is kept of such a sentence. Between the two, appeals are: the lessons hold statements and appeals to
/// be no events, PLOVER does not.
const SILENT: f64 = 0.97;

/// A claim whose class is less likely than this gives way to a better reading of the same predicate.
const UNLIKELY: f64 = 0.15;

/// How sure the reading of a pair must be where no rule speaks for it.
const SURE: f64 = 0.35;

/// Most predicates that are read where no rule knows them.
const MOST_READ: usize = 4;

/// The name of a type's class in the lessons, where CONCEDE is material, as CAMEO's root 08 is.
pub(crate) fn class_of(kind: EventType) -> &'static str {
    let quad = if kind == EventType::Concede { Quad::MaterialCooperation } else { kind.quad() };
    quad.as_str()
}

/// The CAMEO code of a type where nothing more is known: the first that stands for a whole root.
fn code_of(ontology: &Ontology, kind: EventType) -> &str {
    let of_root = |code: &&String| code.len() == 3 && code.ends_with('0');
    let codes = ontology.cameo.iter().filter(|(_, facts)| facts.plover.contains(&kind)).map(|(code, _)| code);
    codes.clone().find(of_root).or(codes.clone().next()).map_or("", String::as_str)
}

impl Coder {
    /// Weighs the complete claims of a sentence.
    pub(crate) fn weigh(
        &self,
        choice: &Choice,
        coding: &mut Coding<'_, '_>,
        complete: Vec<Claim>,
    ) -> Vec<Claim> {
        let view = coding.resolver.view;
        let all = coding.all_events();
        let mut features = Features::default();
        features.whole(view, &all);
        let shares = choice.sentences.shares(&features.into_list());
        let share = |class: &str| {
            choice.sentences.classes().iter().position(|c| c == class).map_or(0.0, |at| shares[at])
        };
        let best = shares.iter().enumerate().fold(0, |b, (at, s)| if *s > shares[b] { at } else { b });
        let likeliest = choice.sentences.classes()[best].as_str();
        let own = |claim: &Claim| claim.event().map_or("", class_of);
        let mut kept = complete;
        if likeliest == NEUTRAL && shares[best] >= QUIET {
            let silent = shares[best] >= SILENT;
            // What somebody claims, admits or denies was done is told by words that the model takes for plain speech.
            let claimed = |c: &Claim| !c.speakers.is_empty() && c.rule.starts_with("operator/");
            let appeal = |c: &Claim| !silent && c.event() == Some(EventType::Request) && firm(coding, c);
            kept.retain(|c| claimed(c) || appeal(c));
        }
        if likeliest != NEUTRAL && !kept.iter().any(|c| own(c) == likeliest) {
            let lacking = all
                .iter()
                .filter(|c| !c.complete && own(c) == likeliest && led(coding, c))
                .min_by_key(|c| (std::cmp::Reverse(c.specificity), c.at));
            if let Some(claim) = lacking {
                kept.push(claim.clone());
            } else {
                self.reread(choice, coding, &all, likeliest, &share, &mut kept);
            }
        }
        for claim in &mut kept {
            claim.likely = Some(share(own(claim)));
        }
        kept.sort_by_key(|c| (c.at, c.from));
        kept
    }

    /// Reads the predicates anew, known and unknown, for an event of the likeliest class.
    fn reread(
        &self,
        choice: &Choice,
        coding: &mut Coding<'_, '_>,
        all: &[Claim],
        likeliest: &str,
        share: &dyn Fn(&str) -> f64,
        kept: &mut Vec<Claim>,
    ) {
        let mut readings = all.to_vec();
        readings.extend(coding.unknown_predicates(all));
        // What the rules know of a predicate stands, unless they know its word alone and its class is out of the question.
        let open = |c: &Claim| c.specificity == 0 && share(c.event().map_or("", class_of)) < UNLIKELY;
        readings
            .retain(|c| led(coding, c) && kept.iter().all(|k| (k.at != c.at && k.from != c.at) || open(k)));
        readings.sort_by_key(|c| (!c.complete, depth(coding.resolver.view, c.at), c.at));
        let mut chosen: Option<(f64, EventType, Claim)> = None;
        for claim in readings.into_iter().take(MOST_READ) {
            let (kind, sure) = self.read_parties(choice, coding, &claim, likeliest);
            if sure >= SURE && chosen.as_ref().is_none_or(|(best, _, _)| sure > *best) {
                chosen = Some((sure, kind, claim));
            }
        }
        let Some((_, kind, mut claim)) = chosen else { return };
        kept.retain(|c| c.at != claim.at);
        let ontology = &self.lexicon().ontology;
        claim.outcome = Outcome::Event(kind);
        claim.cameo = code_of(ontology, kind).to_owned();
        claim.mode = claim.mode.filter(|mode| ontology.has_mode(kind, mode));
        claim.rule = if claim.rule.is_empty() {
            "choice/pair".into()
        } else {
            format!("choice/pair > {}", claim.rule)
        };
        claim.complete = true;
        kept.push(claim);
    }

    /// The likeliest type of a class between the parties of a claim, and the share of the whole class.
    fn read_parties(
        &self,
        choice: &Choice,
        coding: &mut Coding<'_, '_>,
        claim: &Claim,
        class: &str,
    ) -> (EventType, f64) {
        let span = |parties: &Parties| parties.first().map(|p| p.span);
        // A predicate that lacks a party stands in its place.
        let here: Option<Span> = Some(coding.resolver.view.span(claim.at));
        let marks = Marks { source: span(&claim.who).or(here), target: span(&claim.whom).or(here) };
        let mut reading = crate::classify::Reading::default();
        read_sentence(coding, &marks, 1.0, &mut reading);
        let points = reading.decide(choice);
        let of_class = || points.iter().filter(|(kind, _)| class_of(**kind) == class);
        let best =
            of_class().fold((EventType::Consult, f64::MIN), |b, (k, p)| if *p > b.1 { (*k, *p) } else { b });
        (best.0, of_class().map(|(_, p)| p).sum())
    }
}

/// Whether somebody of public life does it, or nobody named does it to somebody of public life: what singers, shops and
/// goalkeepers do is read by rules alone, wherever they do it.
fn led(coding: &Coding<'_, '_>, claim: &Claim) -> bool {
    let lexicon = coding.resolver.view.lexicon;
    let public = |side: &Parties| side.iter().any(|p| p.political() && p.public(lexicon));
    let led = if claim.who.is_empty() { public(&claim.whom) } else { public(&claim.who) };
    let with_itself =
        claim.who.iter().zip(&claim.whom).any(|(a, b)| a.entity().is_some() && a.entity() == b.entity());
    led && !with_itself
}

/// Whether a claim is sure enough to stand in a sentence that looks as if it reported nothing: both sides are of public life.
fn firm(coding: &Coding<'_, '_>, claim: &Claim) -> bool {
    let lexicon = coding.resolver.view.lexicon;
    let public = |side: &Parties| side.iter().any(|p| p.political() && p.public(lexicon));
    public(&claim.who) && (public(&claim.whom) || claim.specificity > 1)
}

fn depth(view: &View<'_>, mut at: usize) -> usize {
    let mut steps = 0;
    while let Some(head) = view.head(at) {
        at = head;
        steps += 1;
        if steps > 40 {
            break;
        }
    }
    steps
}
