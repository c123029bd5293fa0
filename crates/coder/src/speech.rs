//! Words of speech and thought: whose they are, what stands in them, and what is left of them when they are denied.

use crate::view::View;
use demarche_lexicon::{Lexeme, Operator, Slot, Speech, Table};
use demarche_record::{EventType, Polarity, Stance};
use demarche_text::{Rel, Upos, Xpos};

/// A speaker and the attitude.
#[derive(Debug, Clone, Copy)]
pub struct Word {
    /// Head word of the speaker's phrase; none: nobody is named.
    pub speaker: Option<usize>,
    /// The attitude to what is said.
    pub stance: Stance,
}

/// What a word of speech makes of what stands in it.
#[derive(Debug, Clone, Copy)]
pub enum Said {
    /// Somebody says it, denies it, weighs it.
    By(Word),
    /// It is only said that nobody says so: "did not say that", "refused to confirm that".
    Unsaid,
    /// Nobody doubts it: the author says so.
    Agreed,
}

impl View<'_> {
    /// The entry of speech that a verb, or a participle used as an adjective, begins.
    fn speech_entry(&self, i: usize) -> Option<&Speech> {
        let lexicon = self.lexicon;
        let of = |at: usize| &lexicon.speech[at];
        let fits =
            |lexemes: &[Lexeme], l: u32| lexemes.get(l as usize).is_some_and(|l| self.anchor(i, l).is_some());
        if self.verbal(i) {
            let verb = lexicon
                .verbs(self.lemma(i))
                .iter()
                .filter(|r| r.table == Table::Speech)
                .find(|r| fits(&of(r.entry as usize).verbs, r.lexeme));
            if let Some(r) = verb {
                return Some(of(r.entry as usize));
            }
        }
        let form = self.form(i).to_ascii_lowercase();
        let adjective = lexicon
            .adjectives(&form)
            .iter()
            .find(|r| r.table == Table::Speech && fits(&of(r.entry as usize).adjectives, r.lexeme))?;
        Some(of(adjective.entry as usize))
    }

    /// The attitude that a verb of speech tells.
    pub fn stance(&self, verb: usize) -> Option<Stance> {
        self.speech_entry(verb).map(|e| e.stance)
    }

    /// The entry of a noun of speech: report, claim, rumour.
    fn speech_noun(&self, i: usize) -> Option<&Speech> {
        let lexicon = self.lexicon;
        let lemma = self.lemma(i).to_ascii_lowercase();
        let r = lexicon.nouns(&lemma).iter().find(|r| r.table == Table::Speech)?;
        Some(&lexicon.speech[r.entry as usize])
    }

    /// "In Moscow's view": a noun of speech after "in" or "by", with its owner.
    pub fn opinion(&self, i: usize) -> Option<Word> {
        let owner = self.child(i, &[Rel::NmodPoss])?;
        if !self.cases(i).any(|c| matches!(c, "in" | "by" | "to" | "on")) {
            return None;
        }
        let entry = self.speech_noun(i)?;
        Some(Word { speaker: Some(owner), stance: entry.stance })
    }

    /// A clause of speech beside what is said: "…, the ministry said", "as the governor put it".
    pub fn aside(&self, c: usize) -> Option<Said> {
        let beside = match self.rel(c).base() {
            Rel::Parataxis => true,
            Rel::Advcl => self.children(c).any(|m| self.rel(m) == Rel::Mark && self.is(m, "as")),
            _ => false,
        };
        if !beside || !self.verbal(c) || self.child(c, &[Rel::Ccomp]).is_some() {
            return None;
        }
        let entry = self.speech_entry(c)?;
        if let Some(speaker) = self.inverted_speaker(c) {
            return Some(Said::By(Word { speaker: Some(speaker), stance: entry.stance }));
        }
        let object = self.child(c, &[Rel::Obj]).is_some_and(|o| !self.is(o, "it"));
        let speaker = self.speaker(c);
        // "As reported", "as saying": what governs the clause speaks, not the clause.
        let reader = speaker.is_some_and(|s| self.is(s, "you"));
        if object && self.rel(c).base() == Rel::Parataxis || speaker.is_none() || reader {
            return None;
        }
        Some(Said::By(Word { speaker, stance: entry.stance }))
    }

    /// "…, say officials in Seoul": whom the parser took for the object of a verb of speech behind a comma.
    fn inverted_speaker(&self, c: usize) -> Option<usize> {
        let behind = c > 0 && self.upos(c - 1) == Upos::Punct && self.rel(c).base() == Rel::Parataxis;
        self.object_for_subject(c).filter(|_| behind)
    }

    /// The noun behind a finite verb that has no subject, which the parser takes for its object.
    fn object_for_subject(&self, verb: usize) -> Option<usize> {
        let finite = matches!(self.xpos(verb), Xpos::VBD | Xpos::VBZ | Xpos::VBP);
        if !finite || self.child(verb, &[Rel::Nsubj, Rel::Aux]).is_some() {
            return None;
        }
        self.child(verb, &[Rel::Obj]).filter(|&o| o > verb && self.nominal(o) && self.upos(o) != Upos::Pron)
    }

    /// "Said in a video that he had ordered …": a whole clause behind "that" which the parser hung on the noun before; the
    /// verb of speech above that noun.
    fn speech_around(&self, at: usize, h: usize) -> Option<usize> {
        let clause = matches!(self.rel(at).base(), Rel::Acl)
            && self.nominal(h)
            && self.children(at).any(|m| self.rel(m).base() == Rel::Mark && self.is(m, "that"))
            && self.child(at, &[Rel::Nsubj, Rel::NsubjPass]).is_some();
        let verb = self.head(h).filter(|_| clause && self.rel(h).base() == Rel::Obl)?;
        let open = self.verbal(verb) && self.child(verb, &[Rel::Ccomp, Rel::Obj]).is_none();
        (open && self.speech_entry(verb).is_some()).then_some(verb)
    }

    /// What the word `h` makes of `at`, which hangs on it; with the word that is the cue.
    pub fn said_by(&self, at: usize, h: usize) -> Option<(Said, usize)> {
        let rel = self.rel(at);
        if let Some(verb) = self.speech_around(at, h) {
            let entry = self.speech_entry(verb)?;
            return Some((self.left_of(entry, verb, self.speaker(verb)), verb));
        }
        // A whole clause behind "that" is no relative clause, whatever the parser says.
        let whole = rel == Rel::AclRelcl
            && self.children(at).any(|m| self.rel(m).base() == Rel::Mark && self.is(m, "that"));
        if self.nominal(h) && (whole || matches!(rel, Rel::Acl | Rel::Ccomp | Rel::Nmod)) {
            return self.noun_says(at, h);
        }
        let entry = self.speech_entry(h)?;
        let object = self.child(h, &[Rel::Obj, Rel::Ccomp]);
        let holds = match rel.base() {
            Rel::Ccomp => true,
            Rel::Parataxis => object.is_none() && at < h || at > h && self.announcer(h).is_some(),
            Rel::Xcomp => {
                let as_such = !self.verbal(at) && self.cases(at).any(|c| c == "as");
                as_such || self.passive(h) || self.speech_entry(at).is_some()
            }
            Rel::Advcl => self.cases(at).any(|c| c == "as"),
            // "Regards it as a branch of", "described the raid as an attack on".
            Rel::Obj | Rel::Obl if !self.verbal(at) && self.cases(at).any(|c| c == "as") => true,
            // "Reported an attack", "spoke of an attack", "the killing was confirmed".
            Rel::Obj | Rel::Nsubj if !self.verbal(at) => {
                rel == Rel::NsubjPass || entry.objects && rel.base() == Rel::Obj
            }
            Rel::Obl if !self.verbal(at) => entry.verbs.iter().any(|l| {
                l.lemma == self.lemma(h)
                    && l.rest.len() == 1
                    && self.cases(at).any(|c| c == l.rest[0])
                    && self.anchor(h, l).is_some()
            }),
            _ => false,
        };
        // A participle that is itself said of "it" leaves the word to the verb above: "consider it proven that".
        let relayed = rel.base() == Rel::Ccomp
            && self.rel(h) == Rel::Xcomp
            && self.head(h).is_some_and(|hh| !self.passive(hh) && self.speech_entry(hh).is_some());
        if !holds || relayed {
            return None;
        }
        let speaker = self.speaker(h);
        // "Was quoted as saying": nobody quotes.
        if rel.base() == Rel::Advcl && self.passive(h) && speaker.is_none() && self.speech_entry(at).is_some()
        {
            return None;
        }
        Some((self.left_of(entry, h, speaker), h))
    }

    /// A noun of speech over a clause or an event: "the junta's claim that", "reports of". One that a verb of speech has as its
    /// object says nothing of its own unless it has an owner.
    fn noun_says(&self, at: usize, noun: usize) -> Option<(Said, usize)> {
        let entry = self.speech_noun(noun)?;
        let content = match self.rel(at) {
            Rel::Nmod => self.cases(at).any(|c| c == "of") && !self.verbal(at),
            _ => true,
        };
        if !content || at < noun {
            return None;
        }
        let by = |c: &usize| {
            self.rel(*c).base() == Rel::Nmod && self.cases(*c).any(|p| matches!(p, "by" | "from"))
        };
        let owner = self.child(noun, &[Rel::NmodPoss]).or_else(|| self.children(noun).find(by));
        // A verb that the tagger took for a noun keeps its subject: "scholars question whether".
        let verbal = |c: &usize| self.rel(*c) == Rel::Nsubj && self.child(noun, &[Rel::Cop]).is_none();
        let owner = owner.or_else(|| self.children(noun).find(verbal));
        let mut found = Said::By(Word { speaker: owner, stance: entry.stance });
        if let Some(h) = self.head(noun).filter(|&h| self.verbal(h))
            && matches!(self.rel(noun).base(), Rel::Obj | Rel::Nsubj)
            && let Some(verb) = self.speech_entry(h)
            && (self.rel(noun) == Rel::NsubjPass || self.rel(noun).base() == Rel::Obj)
            && (owner.is_none() || self.speaker(h).is_some_and(|s| self.is(s, "it")))
        {
            found = self.left_of(verb, h, self.speaker(h));
            return Some((found, h));
        }
        Some((found, noun))
    }

    /// What is left of a verb of speech after its negation.
    fn left_of(&self, entry: &Speech, verb: usize, speaker: Option<usize>) -> Said {
        let outer = self.head(verb).filter(|_| self.rel(verb).base() == Rel::Xcomp);
        if outer.is_some_and(|h| self.turns_down(h)) {
            return Said::Unsaid;
        }
        if self.polarity(verb) == Polarity::Positive {
            return Said::By(Word { speaker, stance: entry.stance });
        }
        match (entry.negated, entry.stance) {
            (Some(stance), _) => Said::By(Word { speaker, stance }),
            (None, Stance::Doubts | Stance::Denies) => Said::Agreed,
            (None, _) => Said::Unsaid,
        }
    }

    /// Whether a verb leaves undone what it takes: refuse to, decline to, fail to.
    fn turns_down(&self, i: usize) -> bool {
        let negative =
            |o: &Operator| o.becomes == Some(EventType::Reject) || o.polarity == Some(Polarity::Negative);
        self.lexicon
            .verbs(self.lemma(i))
            .iter()
            .any(|r| r.table == Table::Operator && negative(&self.lexicon.operators[r.entry as usize]))
    }

    /// "Declared the colonel: …": who stands behind a finite verb at the beginning of the sentence.
    fn announcer(&self, verb: usize) -> Option<usize> {
        let first = (0..verb).all(|w| self.upos(w) == Upos::Punct);
        let finite =
            matches!(self.xpos(verb), Xpos::VBD | Xpos::VBZ) && self.child(verb, &[Rel::Nsubj]).is_none();
        if !first || !finite {
            return None;
        }
        let behind =
            |c: &usize| *c > verb && matches!(self.rel(*c).base(), Rel::Obj | Rel::Iobj) && self.nominal(*c);
        self.children(verb).find(behind)
    }

    /// The speaker of a verb or adjective of speech; of two subjects that the parser found the nearer.
    pub fn speaker(&self, verb: usize) -> Option<usize> {
        if !self.verbal(verb) {
            return self.fill(verb, &Slot::Subj).first().copied();
        }
        if let Some(announcer) = self.announcer(verb) {
            return Some(announcer);
        }
        // "Quoted the general as saying": the object speaks.
        if self.rel(verb) == Rel::Advcl
            && self.cases(verb).any(|c| c == "as")
            && let Some(h) = self.head(verb).filter(|&h| self.speech_entry(h).is_some())
        {
            return self.fill(h, &Slot::Obj).first().copied();
        }
        let by_form = self.lexicon.adjectives(&self.form(verb).to_ascii_lowercase());
        if self.passive(verb) && by_form.iter().any(|r| r.table == Table::Speech) {
            return self.child(verb, &[Rel::Nsubj]);
        }
        let nearest = self.children(verb).filter(|&c| c < verb && self.rel(c) == Rel::Nsubj).last();
        let found = match nearest {
            Some(n)
                if !self.passive(verb)
                    && self.children(verb).filter(|&c| self.rel(c) == Rel::Nsubj).count() > 1 =>
            {
                Some(n)
            }
            _ => self.fill(verb, &Slot::Subj).first().copied(),
        };
        // "…, say officials": who stands behind a verb that what is said stands before.
        let said_before = || self.child(verb, &[Rel::Ccomp]).is_some_and(|c| c < verb);
        let found = found.or_else(|| self.object_for_subject(verb).filter(|_| said_before()));
        found.or_else(|| {
            // "Is considered proven by all experts".
            let inner = self.children(verb).filter(|&c| self.rel(c) == Rel::Xcomp);
            inner.flat_map(|c| self.children(c).filter(|&a| self.rel(a) == Rel::OblAgent)).next()
        })
    }
}
