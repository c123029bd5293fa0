//! Words and labels to lemmas: a list of known forms, and rules by ending for all others.

use crate::Upos;
use crate::atoms::{folded, form_key};
use crate::bytes::{Reader, Writer};
use crate::hash::{key, of_chars};
use crate::model::ModelError;
use crate::weights::Lookup;

/// Longest ending that has rules of its own, in characters.
pub const LONGEST_ENDING: usize = 6;

/// What happens to capitals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Case {
    /// All small.
    Small,
    /// As it stands.
    Keep,
    /// First capital, the others small.
    Title,
}

/// How a form becomes a lemma.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rule {
    /// What happens to capitals, first.
    pub case: Case,
    /// How many characters are taken from the end.
    pub strip: u8,
    /// What is put there.
    pub append: String,
}

impl Rule {
    /// Appends the lemma of `form` to `out`; a form shorter than what is to be taken away stays as it is.
    pub fn apply(&self, form: &str, out: &mut String) {
        let length = form.chars().count();
        let strip = if (self.strip as usize) <= length { self.strip as usize } else { 0 };
        for (i, c) in form.chars().take(length - strip).enumerate() {
            match self.case {
                Case::Keep => out.push(c),
                Case::Title if i == 0 => out.extend(c.to_uppercase()),
                _ if c.is_ascii() => out.push(c.to_ascii_lowercase()),
                _ => out.extend(c.to_lowercase()),
            }
        }
        out.push_str(&self.append);
    }

    /// Reads a rule: a byte for capitals, one for what is taken away, and a text.
    ///
    /// # Errors
    /// If the bytes are no rule.
    pub fn read(reader: &mut Reader<'_>) -> Result<Rule, ModelError> {
        let case = match reader.byte()? {
            0 => Case::Small,
            1 => Case::Keep,
            2 => Case::Title,
            _ => return Err(ModelError::Malformed("an unknown way with capitals")),
        };
        Ok(Rule { case, strip: reader.byte()?, append: reader.text()?.to_owned() })
    }

    /// The shortest rule from `form` to `lemma`; with equally short ones, small letters first unless it is a name.
    pub fn between(form: &str, lemma: &str, name: bool) -> Rule {
        let cases = if name {
            [Case::Keep, Case::Title, Case::Small]
        } else {
            [Case::Small, Case::Keep, Case::Title]
        };
        let mut best: Option<(usize, Rule)> = None;
        for case in cases {
            let mut cased = String::new();
            Rule { case, strip: 0, append: String::new() }.apply(form, &mut cased);
            let common = cased.chars().zip(lemma.chars()).take_while(|(a, b)| a == b).count();
            let strip = cased.chars().count() - common;
            let append: String = lemma.chars().skip(common).collect();
            let cost = strip + append.chars().count();
            if strip < 256 && best.as_ref().is_none_or(|(least, _)| cost < *least) {
                best = Some((cost, Rule { case, strip: strip as u8, append }));
            }
        }
        best.map_or(Rule { case: Case::Keep, strip: 0, append: String::new() }, |(_, rule)| rule)
    }
}

/// The lemma of a word that has only one, whatever its capitals: the pronoun of the first person is always written with
/// one, and what is known of forms is known without regard to capitals.
pub fn always(form: &str, upos: Upos) -> Option<&'static str> {
    (upos == Upos::Pron && form.eq_ignore_ascii_case("i")).then_some("I")
}

/// The key of a known form with a label.
pub fn known_key(form: &str, label: u8) -> u32 {
    key(1, &[form_key(form), u32::from(label)])
}

/// The key of the last `length` characters of a form with a label.
pub fn ending_key(form: &str, length: usize, label: u8) -> u32 {
    key(2, &[of_chars(form.chars().rev().take(length).map(folded)), length as u32, u32::from(label)])
}

/// The lemmatiser.
#[derive(Debug, Clone)]
pub struct Lemmatiser {
    rules: Vec<Rule>,
    /// Known forms and endings to rules.
    choice: Lookup,
}

impl Lemmatiser {
    /// Writes the part: the rules, and the number of the rule for every key, sorted.
    pub fn write(rules: &[Rule], choice: &[(u32, u32)], writer: &mut Writer) {
        writer.number(rules.len() as u64);
        for rule in rules {
            writer.bytes.extend([rule.case as u8, rule.strip]);
            writer.text(&rule.append);
        }
        Lookup::write(choice, writer);
    }

    /// Reads what [`Self::write`] wrote.
    ///
    /// # Errors
    /// If the bytes are not this part.
    pub fn read(reader: &mut Reader<'_>) -> Result<Self, ModelError> {
        let n = reader.length()?;
        let rules = (0..n).map(|_| Rule::read(reader)).collect::<Result<_, _>>()?;
        Ok(Self { rules, choice: Lookup::read(reader)? })
    }

    /// Appends the lemma of a word with this label to `out`.
    pub fn lemma(&self, form: &str, label: u8, out: &mut String) {
        let rule = self
            .choice
            .get(known_key(form, label))
            .or_else(|| (0..=LONGEST_ENDING).rev().find_map(|k| self.choice.get(ending_key(form, k, label))))
            .and_then(|rule| self.rules.get(rule as usize));
        match rule {
            Some(rule) => rule.apply(form, out),
            None => out.push_str(form),
        }
    }
}
