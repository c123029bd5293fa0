//! Who is held responsible for an act, by whom: claims of responsibility, accusations, suspicions.
//!
//! Climbs from the word of the act to the word of blame; what the parts are is left to `telling`.

use super::telling::{Heads, all, prep};
use crate::view::View;
use demarche_lexicon::Slot;
use demarche_record::{Certainty, Polarity};
use demarche_text::Rel;

/// Who is held responsible, by whom: "claimed responsibility for", "blamed X for", "X was accused of".
pub(super) fn blame(view: &View<'_>, clause: usize, i: usize, heads: &mut Heads) {
    let mut up = i;
    for _ in 0..5 {
        let Some(h) = view.head(up) else { break };
        if view.verbal(h) && view.class(h, "blame-verb") {
            let held: Vec<usize> =
                all(view, h, &Slot::Obj).into_iter().filter(|&w| !view.within(i, w)).collect();
            let on = all(view, h, &prep("on"));
            let held = if view.fill(h, &Slot::Obj).iter().any(|&w| view.within(i, w)) { on } else { held };
            if !held.is_empty() {
                let suspect = view.is(h, "suspect");
                let certainty = if suspect { Certainty::Suspected } else { Certainty::Blamed };
                heads.certainty = Some((certainty, view.fill(h, &Slot::Subj).first().copied()));
                heads.who = held;
            }
            return;
        }
        if view.class(h, "blame-noun") && view.nominal(h) {
            if let Some(v) = view.head(h).filter(|&v| view.verbal(v) && view.class(v, "blame-claim")) {
                let by = all(view, v, &Slot::Subj);
                if view.polarity(v) == Polarity::Positive {
                    heads.certainty = Some((Certainty::Claimed, by.first().copied()));
                    heads.who.extend(by);
                }
            }
            return;
        }
        if view.class(h, "blame-adjective") {
            let held = all(view, h, &Slot::Subj);
            if !held.is_empty() && view.polarity(h) == Polarity::Positive {
                heads.who.extend(held);
            } else if let Some(noun) =
                view.head(h).filter(|&n| view.nominal(n) && view.rel(h).base() == Rel::Amod)
            {
                heads.who.push(noun);
            }
            return;
        }
        up = h;
        if up == clause && view.rel(up).base() == Rel::Root {
            break;
        }
    }
}
