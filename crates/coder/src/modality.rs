//! Whether a predicate is said to be so: negation, auxiliaries, conditions, "former".

use crate::view::View;
use demarche_record::{Modality, Polarity};
use demarche_text::{Rel, Upos, Xpos};

/// Deepest chain of clauses asked.
const DEEPEST: usize = 8;

impl View<'_> {
    /// Whether the predicate is denied by a word beside it.
    pub fn polarity(&self, i: usize) -> Polarity {
        if self.negated(i) { Polarity::Negative } else { Polarity::Positive }
    }

    fn negated(&self, i: usize) -> bool {
        let word = self.children(i).any(|c| {
            (matches!(self.lemma(c), "not" | "n't" | "never" | "neither" | "nor")
                || self.form(c).eq_ignore_ascii_case("n't"))
                && !self.followed_by_only(c)
                || (self.is(c, "no") && matches!(self.rel(c).base(), Rel::Det | Rel::Advmod))
                || (self.rel(c).base() == Rel::Case && self.is(c, "without"))
                || (self.rel(c).base() == Rel::Mark && self.is(c, "without"))
                || self.averted(c)
        });
        let nobody = self.verbal(i)
            && self.child(i, &[Rel::Nsubj]).is_some_and(|s| {
                matches!(self.lemma(s), "nobody" | "none" | "nothing" | "neither")
                    || self.children(s).any(|c| c < s && matches!(self.lemma(c), "no" | "neither"))
                    || self.children(s).any(|c| self.is(c, "any") && c > 0 && self.is(c - 1, "hardly"))
            });
        word || nobody
            || self.no_longer(i)
            || self.children(i).any(|c| {
                self.rel(c).base() == Rel::Mark && self.is(c, "to") && c > 0 && self.is(c - 1, "yet")
            })
            || (self.rel(i) == Rel::Conj
                && self.verbal(i)
                && self.child(i, &[Rel::Nsubj, Rel::Aux]).is_none()
                && self.children(i).any(|c| self.rel(c) == Rel::Cc && matches!(self.lemma(c), "or" | "nor"))
                && self.head(i).is_some_and(|h| self.verbal(h) && self.negated(h)))
    }

    /// Whether it was so and is so no more.
    pub fn no_longer(&self, i: usize) -> bool {
        self.children(i).any(|c| self.form(c).eq_ignore_ascii_case("longer") && c > 0 && self.is(c - 1, "no"))
    }

    /// "Far from ending", "instead of attacking", "rather than talk": what a marker says was not done.
    fn averted(&self, c: usize) -> bool {
        let clause = self.head(c).is_some_and(|h| self.rel(h).base() == Rel::Advcl);
        let marks = matches!(self.rel(c).base(), Rel::Mark | Rel::Case | Rel::Cc) || clause;
        marks
            && (matches!(self.lemma(c), "instead" | "rather")
                && c + 1 < self.len()
                && matches!(self.lemma(c + 1), "of" | "than")
                || (c > 0 && self.is(c, "from") && self.is(c - 1, "far"))
                || (c > 0 && self.is(c, "of") && self.is(c - 1, "instead"))
                || (c > 0 && self.is(c, "than") && self.is(c - 1, "rather")))
    }

    /// "No group", "nobody": a phrase that names no party.
    pub fn nobody(&self, i: usize) -> bool {
        matches!(self.lemma(i), "nobody" | "none" | "nothing")
            || self.children(i).any(|c| c < i && self.is(c, "no") && self.rel(c).base() == Rel::Det)
    }

    fn followed_by_only(&self, c: usize) -> bool {
        c + 1 < self.len() && matches!(self.lemma(c + 1), "only" | "just" | "merely")
    }

    /// How real the predicate is said to be.
    pub fn modality(&self, i: usize) -> Modality {
        self.modality_at(i, 0)
    }

    fn modality_at(&self, i: usize, depth: usize) -> Modality {
        if depth > DEEPEST {
            return Modality::Actual;
        }
        let mut found = self.auxiliaries(i);
        let condition = self.rel(i).base() == Rel::Advcl && self.conditional_mark(i)
            || self.verbal(i) && self.inverted(i) && !self.asked(i);
        if found == Modality::Actual && condition {
            found = Modality::Conditional;
        }
        if found == Modality::Actual && self.command(i) {
            return Modality::Hypothetical;
        }
        if found == Modality::Actual
            && let Some(h) = self.head(i)
        {
            let bare = self.child(i, &[Rel::Nsubj, Rel::Aux]).is_none();
            let follows = match self.rel(i).base() {
                Rel::Xcomp => self.verbal(h),
                Rel::Conj => bare && self.verbal(i) == self.verbal(h),
                Rel::Ccomp => {
                    matches!(self.lemma(h), "whether") || self.children(i).any(|c| self.is(c, "whether"))
                }
                _ => false,
            };
            if self.children(i).any(|c| self.rel(c).base() == Rel::Mark && matches!(self.lemma(c), "whether"))
            {
                return Modality::Possible;
            }
            if follows {
                return self.modality_at(h, depth + 1);
            }
            let purpose = self.verbal(i)
                && matches!(self.rel(i), Rel::Advcl | Rel::Acl)
                && self.xpos(i) == Xpos::VB
                && self.children(i).any(|c| self.rel(c).base() == Rel::Mark && self.is(c, "to"));
            if purpose {
                return Modality::Planned;
            }
        }
        if found == Modality::Hypothetical
            && self.children(i).any(|c| self.rel(c).base() == Rel::Advcl && self.conditional_mark(c))
        {
            found = Modality::Conditional;
        }
        found
    }

    fn conditional_mark(&self, i: usize) -> bool {
        let marked = self.children(i).any(|c| {
            self.rel(c).base() == Rel::Mark
                && matches!(self.lemma(c), "if" | "unless" | "provided" | "lest" | "should")
        });
        marked || self.inverted(i)
    }

    /// "Had Iran attacked, …", "were they to attack": an auxiliary before the subject, at the beginning of its clause.
    fn inverted(&self, i: usize) -> bool {
        let Some(subject) = self.child(i, &[Rel::Nsubj]) else { return false };
        self.children(i).any(|c| {
            let first = c == 0 || self.upos(c - 1) == Upos::Punct;
            let before = c < subject && self.rel(c).base() == Rel::Aux && first;
            before && matches!(self.form(c).to_ascii_lowercase().as_str(), "had" | "should" | "were")
        })
    }

    /// Whether the sentence only asks whether the predicate is so: a question without "who", "why" or "when", in its main
    /// clause or in what hangs on that as a complement.
    pub fn asked(&self, i: usize) -> bool {
        let question = (self.len().saturating_sub(3)..self.len()).any(|w| self.form(w) == "?");
        if !question {
            return false;
        }
        let mut at = i;
        for _ in 0..self.len() {
            let pronoun =
                |c: usize| matches!(self.xpos(c), Xpos::WP | Xpos::WRB | Xpos::WDT) && !self.is(c, "that");
            if self.children(at).any(pronoun) {
                return false;
            }
            let Some(h) = self.head(at) else { return true };
            if matches!(self.rel(at), Rel::AclRelcl) || self.rel(at).base() == Rel::Advcl {
                return false;
            }
            at = h;
        }
        false
    }

    /// A bare command: a verb without subject or auxiliary at the head of a sentence or of what is quoted.
    fn command(&self, i: usize) -> bool {
        let bare = self.verbal(i)
            && self.xpos(i) == Xpos::VB
            && self.child(i, &[Rel::Nsubj, Rel::Aux, Rel::Mark, Rel::Cop, Rel::Csubj]).is_none();
        bare && match self.rel(i).base() {
            Rel::Root | Rel::Parataxis => true,
            Rel::Ccomp => self.head(i).is_some_and(|h| i < h),
            _ => false,
        }
    }

    fn auxiliaries(&self, i: usize) -> Modality {
        let mut found = Modality::Actual;
        for c in self.children(i) {
            if self.rel(c) == Rel::Aux || (self.rel(c) == Rel::Cop && self.xpos(c) == Xpos::MD) {
                let form = self.form(c);
                let is = |x: &str| form.eq_ignore_ascii_case(x);
                if is("will") || is("'ll") || is("shall") || is("wo") || is("ll") {
                    found = Modality::Planned;
                } else if is("may") || is("might") || is("could") || is("can") || is("ca") {
                    found = Modality::Possible;
                } else if is("would") || is("'d") || is("should") || is("must") || is("ought") {
                    found = Modality::Hypothetical;
                }
            }
        }
        let going = self.rel(i) == Rel::Xcomp
            && self.head(i).is_some_and(|h| self.is(h, "go") && self.xpos(h) == Xpos::VBG);
        if found == Modality::Actual && (going || self.is_to(i)) { Modality::Planned } else { found }
    }

    /// "Are to establish relations", "talks on joining the union": what is arranged, or only talked about.
    fn is_to(&self, i: usize) -> bool {
        let infinitive = self.xpos(i) == Xpos::VB && self.has_child(i, Rel::Mark, "to");
        let beside = |c: usize| {
            matches!(self.rel(c).base(), Rel::Cop | Rel::Aux)
                && self.is(c, "be")
                && matches!(self.xpos(c), Xpos::VBP | Xpos::VBZ | Xpos::VBD)
        };
        let above = |h: usize| self.is(h, "be") && matches!(self.xpos(h), Xpos::VBP | Xpos::VBZ | Xpos::VBD);
        let arranged = infinitive
            && (self.children(i).any(beside)
                || self.rel(i).base() == Rel::Xcomp && self.head(i).is_some_and(above));
        let talk = |w: usize| matches!(self.lemma(w), "talk" | "negotiation" | "vote" | "referendum");
        let talked_of = self.xpos(i) == Xpos::VBG
            && self.cases(i).any(|p| matches!(p, "on" | "about"))
            && self.head(i).is_some_and(|h| talk(h) || self.child(h, &[Rel::Obj]).is_some_and(talk));
        arranged || talked_of
    }

    /// "Ruled the country for 22 years": told in the past with how long it was so.
    fn lasted(&self, i: usize) -> bool {
        let long = |c: usize| {
            matches!(self.lemma(c), "year" | "decade" | "month" | "century")
                && self.cases(c).any(|p| p == "for")
        };
        self.verbal(i)
            && self.xpos(i) == Xpos::VBD
            && self.child(i, &[Rel::Aux]).is_none()
            && self
                .children(i)
                .any(|c| long(c) || self.rel(c).base() == Rel::Obj && self.children(c).any(long))
    }

    /// Whether a tie is said to be over: "former ally", "once a member", "ex-president".
    pub fn former(&self, i: usize) -> bool {
        self.children(i).any(|c| {
            matches!(
                self.lemma(c),
                "former"
                    | "ex"
                    | "erstwhile"
                    | "onetime"
                    | "one-time"
                    | "ex-"
                    | "late"
                    | "formerly"
                    | "previously"
                    | "once"
            ) && matches!(self.upos(c), Upos::Adj | Upos::Adv | Upos::X | Upos::Noun | Upos::Propn)
                || self.rel(c).base() == Rel::Amod && self.placing("over", c)
                || (self.rel(c) == Rel::Aux && self.is(c, "use"))
        }) || self.no_longer(i)
            || self.lasted(i)
            || (self.rel(i) == Rel::Xcomp && self.head(i).is_some_and(|h| self.is(h, "use")))
    }
}

/// The weaker of two: what is planned inside what is possible is possible.
pub fn weaker(a: Modality, b: Modality) -> Modality {
    let rank = |m| match m {
        Modality::Actual => 0,
        Modality::Planned => 1,
        Modality::Possible => 2,
        Modality::Conditional => 3,
        Modality::Hypothetical => 4,
    };
    if rank(a) >= rank(b) { a } else { b }
}
