//! Readers' comments of our own: for and against whom they are, and which of them could stand below any article.

mod common;

use common::coder;
use demarche_coder::{Coder, Copies, Desk};
use demarche_record::{Article, Comment};

const BODY: &str = "Kenya and Ethiopia signed a treaty on the waters of Lake Turkana in Nairobi on Monday.\n\n\
    The two neighbours had argued about a dam upstream since 2016, and fishermen on both shores feared for their catch.\n\n";

fn comments(coder: &Coder, doc: &str, readers: &[&str]) -> Vec<Comment> {
    let text = format!("{BODY}Comments ({})\n\n{}", readers.len(), readers.join("\n\n"));
    let article = Article { id: doc.into(), text, ..Article::default() };
    coder.comments(&article, &mut Desk::default()).comments
}

/// A comment, then who it is for, against, or neither.
const STANCES: [(&str, &str); 22] = [
    ("I fully support Kenya.", "KEN favours"),
    ("I do not trust Ethiopia.", "ETH opposes"),
    ("Shame on Ethiopia!", "ETH opposes"),
    ("Bravo, Kenya!", "KEN favours"),
    ("This is a bold move by Kenya.", "KEN favours"),
    ("Kenya's decision is wise.", "KEN favours"),
    ("Kenya signed on Monday, my brother tells me.", "KEN neutral"),
    ("Ethiopia is a bully.", "ETH opposes"),
    ("The Ethiopian government is not honest.", "ETH opposes"),
    ("Ethiopia betrayed its neighbours.", "ETH opposes"),
    ("Nobody should trust Ethiopia.", "ETH opposes"),
    ("We must condemn Russia for this.", "RUS opposes"),
    ("Kenya was right and Ethiopia was wrong.", "KEN favours|ETH opposes"),
    ("My neighbour says that Kenya is a bully.", "KEN neutral"),
    ("Is Kenya a bully?", "KEN neutral"),
    ("I have seen the lake from Kenya and from Ethiopia.", "KEN neutral|ETH neutral"),
    ("Thank you Kenya for protecting the lake.", "KEN favours"),
    ("Ethiopia's reckless dam will dry up the lake.", "ETH opposes"),
    ("I would never call Kenya stupid.", "KEN neutral"),
    ("The Kenyan president deserves respect, the Ethiopian leaders lie.", "KEN favours|ETH opposes"),
    ("It is not a bad deal for Kenya.", "KEN favours"),
    ("Kenya and Ethiopia are both corrupt.", "KEN opposes|ETH opposes"),
];

#[test]
fn comments_are_for_and_against_those_they_name() {
    let coder = coder();
    let mut right = 0;
    for (comment, wanted) in STANCES {
        let found = comments(&coder, "a", &[comment]);
        assert_eq!(found.len(), 1, "{comment}");
        let stances: Vec<String> =
            found[0].stances.iter().map(|s| format!("{} {}", s.id, s.stance.as_str())).collect();
        let good = stances.join("|") == wanted;
        right += usize::from(good);
        if !good {
            println!("{comment} wanted {wanted} found {:?}", found[0].stances);
        }
    }
    println!("stances: {right} of {}", STANCES.len());
    assert!(right * 100 >= 85 * STANCES.len(), "{right} of {}", STANCES.len());
}

#[test]
fn comments_that_fit_any_article_are_flagged() {
    let coder = coder();
    let mut copies = Copies::default();
    let mut read = |doc: &str, readers: &[&str]| {
        let mut found = comments(&coder, doc, readers);
        found.iter_mut().for_each(|c| copies.mark(c));
        found
    };
    let stock =
        "It will be fascinating to see how this move by Kenya shifts the balance of power for years to come.";
    let own = "Those fishermen have waited for a treaty about the dam for far too long.";
    let first = read("a", &[stock, own, "Great article, thanks for sharing!", "What a mess."]);
    let flags: Vec<bool> = first.iter().map(|c| c.generic).collect();
    assert_eq!(flags, [false, false, true, true], "{first:?}");
    assert!(first[1].shared.iter().any(|w| w == "fisherman"), "{:?}", first[1].shared);
    let swapped = stock.replace("Kenya", "the European Union");
    let second = read("b", &[&swapped, own]);
    assert_eq!(second[0].copy_of.as_deref(), Some(first[0].id.as_str()));
    assert!(second.iter().all(|c| c.generic && c.copy_of.is_some()), "{second:?}");
}

#[test]
fn a_text_without_readers_has_no_comments_and_the_lines_of_the_page_are_none() {
    let coder = coder();
    let article = Article { id: "a".into(), text: BODY.into(), ..Article::default() };
    assert!(coder.comments(&article, &mut Desk::default()).comments.is_empty());
    let found = comments(
        &coder,
        "a",
        &["I fully support Kenya. It did well.", "— — —", "Read more: Lakes of Africa"],
    );
    assert_eq!(
        found.iter().map(|c| c.text.as_str()).collect::<Vec<_>>(),
        ["I fully support Kenya. It did well."]
    );
    assert_eq!(found[0].doc, "a");
    assert!(comments(&coder, "a", &[]).is_empty());
}
