//! What rules over other actors lead to from the subject of one question, and how far each actor is spoken for.

/// A rule of a question's head that leads from its subject to an actor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grounding {
    /// The rule, by its place among those of the head.
    pub(super) chain: u32,
    /// The actor.
    pub(super) object: u32,
    /// The last step of that part of the body that is longest ago, by the freshest way.
    pub(super) oldest: u32,
    /// By how many others.
    pub(super) ways: u32,
    /// Where that stands in the rule's curve.
    pub(super) cell: u32,
}

/// Room for what the rules say of one question, used again from question to question.
#[derive(Debug)]
pub struct Room {
    /// For each actor: the rule that reached it last, and its grounding.
    reached: Vec<(u32, u32)>,
    /// For each actor: what length two and three leave open, the best confidence, and the number of rules.
    pub(super) said: Vec<[f32; 4]>,
    rule: u32,
    /// Actors that were reached, and by what.
    pub objects: Vec<u32>,
    /// Everything that was found.
    pub groundings: Vec<Grounding>,
}

/// Nothing is said of an actor.
pub(super) const SILENT: [f32; 4] = [1.0, 1.0, 0.0, 0.0];

impl Room {
    /// Room for so many actors.
    pub fn new(actors: u32) -> Self {
        Self {
            reached: vec![(0, 0); actors as usize],
            said: vec![SILENT; actors as usize],
            rule: 0,
            objects: Vec::new(),
            groundings: Vec::new(),
        }
    }

    /// What is said of an actor: joint confidence of rules of length two, of length three, the best, and how many rules.
    pub fn of(&self, actor: u32) -> [f32; 4] {
        let [two, three, best, many] = self.said[actor as usize];
        [1.0 - two, 1.0 - three, best, many]
    }

    /// How far an actor is spoken for, 0 to 1.
    pub fn joint(&self, actor: u32) -> f32 {
        let [two, three, ..] = self.said[actor as usize];
        1.0 - two * three
    }

    /// Forgets the last question.
    pub(super) fn clear(&mut self) {
        for actor in self.objects.drain(..) {
            self.said[actor as usize] = SILENT;
        }
        self.groundings.clear();
    }

    /// Begins with another rule.
    pub(super) fn begin(&mut self) {
        self.rule = self.rule.wrapping_add(1);
        if self.rule == 0 {
            self.reached.fill((0, 0));
            self.rule = 1;
        }
    }

    /// The rule leads to an actor.
    pub(super) fn meet(&mut self, chain: usize, object: u32, oldest: u32) {
        let reached = &mut self.reached[object as usize];
        if reached.0 == self.rule {
            let known = &mut self.groundings[reached.1 as usize];
            known.ways += 1;
            known.oldest = known.oldest.max(oldest);
        } else {
            *reached = (self.rule, self.groundings.len() as u32);
            self.groundings.push(Grounding { chain: chain as u32, object, oldest, ways: 1, cell: 0 });
        }
    }
}
