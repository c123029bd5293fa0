//! Lasting ties inside what others refuse, agree to, ask for or deny.

mod common;

use demarche_coder::{Coder, Desk};
use demarche_record::{Article, Modality, Polarity, TieStatus, TieType};

fn ties(coder: &Coder, sentence: &str) -> Vec<(TieType, Polarity, Modality, TieStatus)> {
    let article = Article { id: "t".into(), text: sentence.into(), ..Article::default() };
    let told = coder.explain(&article, &mut Desk::default());
    told.ties.into_iter().map(|t| (t.kind, t.polarity, t.modality, t.status)).collect()
}

#[test]
fn operators_act_on_ties() {
    use Modality::{Actual, Hypothetical, Planned};
    use Polarity::{Negative, Positive};
    use TieType::{CommunicatedWith, Recognises};
    let cases = [
        ("Russia recognised the Taliban.", Recognises, Positive, Actual, TieStatus::Current),
        ("Russia agreed to recognise the Taliban.", Recognises, Positive, Planned, TieStatus::Planned),
        ("Russia refused to recognise the Taliban.", Recognises, Negative, Actual, TieStatus::Current),
        ("Iran refused to hold talks with Israel.", CommunicatedWith, Negative, Actual, TieStatus::Current),
        (
            "China urged Russia to recognise the Taliban.",
            Recognises,
            Positive,
            Hypothetical,
            TieStatus::Planned,
        ),
    ];
    let coder = common::coder();
    for (sentence, kind, polarity, modality, status) in cases {
        let found = ties(&coder, sentence);
        let of_kind: Vec<_> = found.iter().filter(|t| t.0 == kind).collect();
        assert!(!of_kind.is_empty(), "{sentence}: {found:?}");
        for tie in of_kind {
            assert_eq!((tie.1, tie.2, tie.3), (polarity, modality, status), "{sentence}");
        }
    }
}
