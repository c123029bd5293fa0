//! What is announced: "will visit" is an offer, "will not help" a refusal, "will strike if …" a threat.
//!
//! PLOVER has no tense: an act of cooperation to come is AGREE, a concession to come CONCEDE. What comes out for which type,
//! with its codes and modes, is that of the operators `plan`, `refuse` and `threaten`.

use crate::claim::Claim;
use crate::coding::Coding;
use demarche_lexicon::{Operator, Outcome};
use demarche_record::{EventType, Modality, Polarity};
use demarche_text::{Rel, Xpos};

impl Coding<'_, '_> {
    /// The claims of a verb, read anew where it stands in the future.
    pub(crate) fn look_ahead(&self, i: usize, claims: &mut [Claim]) {
        use EventType::{
            Agree, Aid, Assault, Coerce, Concede, Consult, Cooperate, Mobilize, Retreat, Sanction,
        };
        if !self.to_come(i) {
            return;
        }
        for claim in claims.iter_mut().filter(|c| c.at == i && !c.who.is_empty()) {
            let Some(kind) = claim.event() else { continue };
            let gives = matches!(kind, Consult | EventType::Support | Cooperate | Aid | Retreat | Concede);
            let harms = matches!(kind, Sanction | Coerce | Mobilize | Assault);
            let (operator, outer) = match claim.polarity {
                Polarity::Positive if gives => (
                    self.operator("operator/plan"),
                    if matches!(kind, Retreat | Concede) { Concede } else { Agree },
                ),
                Polarity::Negative if gives => (self.operator("reject/refuse"), EventType::Reject),
                Polarity::Positive if harms && self.on_condition(i) => {
                    (self.operator("threaten/threaten"), EventType::Threaten)
                }
                _ => continue,
            };
            let Some(operator) = operator else { continue };
            let mode = self.mode_of(operator, outer, Some(kind), claim.mode.as_deref());
            claim.cameo = operator.cameo.get(Some(kind), claim.mode.as_deref()).unwrap_or("").to_owned();
            claim.mode = mode;
            claim.outcome = Outcome::Event(outer);
            claim.rule = format!("{} > {}", operator.rule, claim.rule);
            claim.polarity = Polarity::Positive;
            if outer == EventType::Reject {
                // Who says "we will not" refuses now.
                claim.modality = Modality::Actual;
            }
        }
    }

    fn operator(&self, rule: &str) -> Option<&Operator> {
        self.resolver.view.lexicon.operators.iter().find(|o| o.rule == rule)
    }

    /// "Will", "shall", "is going to".
    fn to_come(&self, i: usize) -> bool {
        let view = self.resolver.view;
        let will = |c: usize| {
            view.rel(c) == Rel::Aux
                && view.xpos(c) == Xpos::MD
                && matches!(view.lemma(c), "will" | "shall" | "'ll" | "wo" | "ll")
        };
        let going = view.rel(i) == Rel::Xcomp
            && view.head(i).is_some_and(|h| view.is(h, "go") && view.xpos(h) == Xpos::VBG);
        view.verbal(i) && (going || view.children(i).any(will))
    }

    /// Whether a condition hangs on the verb.
    fn on_condition(&self, i: usize) -> bool {
        let view = self.resolver.view;
        view.children(i).any(|c| {
            view.rel(c).base() == Rel::Advcl
                && view
                    .children(c)
                    .any(|m| view.rel(m).base() == Rel::Mark && matches!(view.lemma(m), "if" | "unless"))
        })
    }
}
