//! Attacks for people: kind, day and place on one line, then who, whom, what, how many, and the sentences.

use crate::layout::clipped;
use crate::table::{ACTOR, Drawing, INDENT, INNER, day};
use crate::terminal::{FAINT, NAME, PLAIN, STRONG, WARNING};
use demarche_record::{Attack, Certainty, Filler};

impl Drawing {
    /// Draws an attack.
    pub fn attack(&self, out: &mut String, attack: &Attack) {
        let mut line = self.paragraph(out, INDENT);
        line.push(FAINT, &day(attack.when.as_ref())).push(PLAIN, "  ").push(NAME, attack.kind);
        for place in &attack.place {
            let name = place.name.as_ref().unwrap_or(&place.text);
            line.push(PLAIN, " · ").push(PLAIN, &clipped(name, ACTOR));
        }
        line.end();
        for one in &attack.perpetrators {
            let mut line = self.paragraph(out, INNER);
            line.push(FAINT, "by: ").push(STRONG, &clipped(&one.who.text, ACTOR));
            let style = if one.certainty == Certainty::Confirmed { FAINT } else { WARNING };
            line.push(PLAIN, " ").push(style, one.certainty.as_str());
            if let Some(by) = &one.by {
                line.push(FAINT, &format!(" (says {})", clipped(by, ACTOR)));
            }
            line.end();
        }
        for (what, list) in
            [("victims", &attack.victims), ("targets", &attack.targets), ("with", &attack.weapons)]
        {
            if !list.is_empty() {
                self.line(out, INNER, &[(FAINT, what), (FAINT, ": "), (PLAIN, &named(list))]);
            }
        }
        for count in &attack.counts {
            let of = count.of.as_ref().map(|of| format!(" {}", clipped(of, ACTOR))).unwrap_or_default();
            let note = count.note.as_ref().map(|note| format!(" ({note})")).unwrap_or_default();
            let text = clipped(&count.text, ACTOR);
            self.line(
                out,
                INNER,
                &[
                    (FAINT, count.kind.as_str()),
                    (FAINT, ": "),
                    (PLAIN, &text),
                    (PLAIN, &of),
                    (WARNING, &note),
                ],
            );
        }
        if self.sentences {
            let mut last = None;
            for evidence in &attack.evidence {
                if last.replace(evidence.sentence) != Some(evidence.sentence) {
                    self.line(out, INNER, &[(PLAIN, &evidence.text)]);
                }
            }
        }
    }
}

fn named(list: &[Filler]) -> String {
    list.iter().map(|filler| clipped(&filler.text, ACTOR).to_string()).collect::<Vec<_>>().join(", ")
}
