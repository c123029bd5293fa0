//! Relations of Universal Dependencies as the English treebanks use them, subtypes included.

use crate::tags::tag_set;
use std::fmt;
use std::str::FromStr;

tag_set! {
    /// How a word depends on its head.
    Rel, "dependency relation", {
        /// Clause that modifies a noun.
        Acl = "acl",
        /// Relative clause.
        AclRelcl = "acl:relcl",
        /// Adverbial clause.
        Advcl = "advcl",
        /// Relative clause on a clause.
        AdvclRelcl = "advcl:relcl",
        /// Adverb.
        Advmod = "advmod",
        /// Adjective.
        Amod = "amod",
        /// Apposition.
        Appos = "appos",
        /// Auxiliary.
        Aux = "aux",
        /// Passive auxiliary.
        AuxPass = "aux:pass",
        /// Preposition or possessive ending.
        Case = "case",
        /// Coordinating conjunction.
        Cc = "cc",
        /// "both", "either".
        CcPreconj = "cc:preconj",
        /// Clausal complement.
        Ccomp = "ccomp",
        /// Classifier.
        Clf = "clf",
        /// Compound.
        Compound = "compound",
        /// Particle of a phrasal verb.
        CompoundPrt = "compound:prt",
        /// Conjunct.
        Conj = "conj",
        /// Copula.
        Cop = "cop",
        /// Clausal subject.
        Csubj = "csubj",
        /// Clausal subject of a clause that is a predicate.
        CsubjOuter = "csubj:outer",
        /// Clausal subject of a passive.
        CsubjPass = "csubj:pass",
        /// Undetermined.
        #[default]
        Dep = "dep",
        /// Determiner.
        Det = "det",
        /// Predeterminer.
        DetPredet = "det:predet",
        /// Interjection, discourse particle.
        Discourse = "discourse",
        /// Preposed or postposed element.
        Dislocated = "dislocated",
        /// Expletive.
        Expl = "expl",
        /// Grammaticised multiword expression.
        Fixed = "fixed",
        /// Headless name or date.
        Flat = "flat",
        /// Foreign phrase.
        FlatForeign = "flat:foreign",
        /// Rest of a word wrongly divided.
        Goeswith = "goeswith",
        /// Indirect object.
        Iobj = "iobj",
        /// List item.
        List = "list",
        /// Subordinating word.
        Mark = "mark",
        /// Nominal that modifies a noun.
        Nmod = "nmod",
        /// Title or description before or after a name.
        NmodDesc = "nmod:desc",
        /// Adverbial nominal that modifies a noun.
        NmodNpmod = "nmod:npmod",
        /// Possessor.
        NmodPoss = "nmod:poss",
        /// Time that modifies a noun.
        NmodTmod = "nmod:tmod",
        /// Modifier of a noun without preposition.
        NmodUnmarked = "nmod:unmarked",
        /// Subject.
        Nsubj = "nsubj",
        /// Subject of a clause that is a predicate.
        NsubjOuter = "nsubj:outer",
        /// Subject of a passive.
        NsubjPass = "nsubj:pass",
        /// Number.
        Nummod = "nummod",
        /// Object.
        Obj = "obj",
        /// Oblique nominal.
        Obl = "obl",
        /// Agent of a passive.
        OblAgent = "obl:agent",
        /// Adverbial nominal.
        OblNpmod = "obl:npmod",
        /// Time.
        OblTmod = "obl:tmod",
        /// Oblique without preposition.
        OblUnmarked = "obl:unmarked",
        /// Left over in ellipsis.
        Orphan = "orphan",
        /// Loosely joined clause.
        Parataxis = "parataxis",
        /// Punctuation.
        Punct = "punct",
        /// Corrected slip.
        Reparandum = "reparandum",
        /// Root of the sentence.
        Root = "root",
        /// Addressee.
        Vocative = "vocative",
        /// Clausal complement without a subject of its own.
        Xcomp = "xcomp",
    }
}

impl Rel {
    /// The universal part: the relation without its subtype.
    pub fn base(self) -> Rel {
        match self {
            Rel::AclRelcl => Rel::Acl,
            Rel::AdvclRelcl => Rel::Advcl,
            Rel::AuxPass => Rel::Aux,
            Rel::CcPreconj => Rel::Cc,
            Rel::CompoundPrt => Rel::Compound,
            Rel::CsubjOuter | Rel::CsubjPass => Rel::Csubj,
            Rel::DetPredet => Rel::Det,
            Rel::FlatForeign => Rel::Flat,
            Rel::NmodDesc | Rel::NmodNpmod | Rel::NmodPoss | Rel::NmodTmod | Rel::NmodUnmarked => Rel::Nmod,
            Rel::NsubjOuter | Rel::NsubjPass => Rel::Nsubj,
            Rel::OblAgent | Rel::OblNpmod | Rel::OblTmod | Rel::OblUnmarked => Rel::Obl,
            other => other,
        }
    }
}
