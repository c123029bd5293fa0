//! What a sentence says, before it is written down: type, parties and trigger as word numbers.

use crate::party::Party;
use demarche_lexicon::Outcome;
use demarche_record::{EventType, Modality, Polarity, Stance, TieStatus};
use smallvec::SmallVec;

/// The parties of one role.
pub type Parties = SmallVec<[Party; 2]>;

/// Who says so, as far as an operator knows it; the speakers of the sentence are added when the record is made.
#[derive(Debug, Clone)]
pub struct Speaker {
    /// The speaker; none for "reportedly".
    pub party: Option<Party>,
    /// The word that introduces the claim.
    pub cue: usize,
    /// Its attitude.
    pub stance: Stance,
}

/// One event or tie that a sentence claims.
#[derive(Debug, Clone)]
pub struct Claim {
    /// What it is.
    pub outcome: Outcome,
    /// Word the claim hangs on: the outermost operator or the predicate itself.
    pub at: usize,
    /// The predicate itself, inside all operators that left it standing.
    pub from: usize,
    /// Words of the trigger, first and last.
    pub trigger: (usize, usize),
    /// Rules that fired, outermost first, joined by " > ".
    pub rule: String,
    /// Who.
    pub who: Parties,
    /// Whom.
    pub whom: Parties,
    /// CAMEO code.
    pub cameo: String,
    /// PLOVER mode.
    pub mode: Option<String>,
    /// PLOVER contexts.
    pub contexts: Vec<String>,
    /// Whether it is said to be so.
    pub polarity: Polarity,
    /// How real.
    pub modality: Modality,
    /// Speakers that operators brought in.
    pub speakers: Vec<Speaker>,
    /// Whether the roles that the pattern asks for are filled by political actors.
    pub complete: bool,
    /// Number of conditions the pattern put: more is more telling.
    pub specificity: usize,
    /// Designation label of a tie, as words.
    pub label: Option<usize>,
    /// Both parties do it.
    pub reciprocal: bool,
    /// Whether a tie is said to be over.
    pub former: bool,
    /// How a tie stands, where the pattern's own words say so.
    pub status: Option<TieStatus>,
    /// Whether a tie only follows from what is said.
    pub implied: bool,
    /// Whether saying it once in an article is enough: titles and compounds repeat themselves.
    pub once: bool,
    /// Further words that the pattern asked for: the heads, the particles.
    pub words: SmallVec<[usize; 2]>,
    /// How likely an event of its quad class is in this sentence, by the model of choice; none where it was not asked.
    pub likely: Option<f64>,
}

impl Claim {
    /// A predicate with its parties, of which no rule says what it means.
    pub fn open(at: usize, who: Parties, whom: Parties, polarity: Polarity, modality: Modality) -> Self {
        Claim {
            outcome: Outcome::Event(EventType::Consult),
            at,
            from: at,
            trigger: (at, at),
            rule: String::new(),
            who,
            whom,
            cameo: String::new(),
            mode: None,
            contexts: Vec::new(),
            polarity,
            modality,
            speakers: Vec::new(),
            complete: false,
            specificity: 0,
            label: None,
            reciprocal: false,
            former: false,
            status: None,
            implied: false,
            once: false,
            words: SmallVec::new(),
            likely: None,
        }
    }

    /// The event type; none for ties.
    pub fn event(&self) -> Option<EventType> {
        match self.outcome {
            Outcome::Event(t) => Some(t),
            Outcome::Tie(_) => None,
        }
    }
}
