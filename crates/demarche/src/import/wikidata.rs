//! JSON dumps of Wikidata: people who held an office, states, organisations, parties, armed groups, bodies of states.
//!
//! An item is taken if it is a member of a class of the table, or a human being with an office; what else it must be is said
//! by filters. An office without a first day is left out, and one without a last day ends with its holder's life; who
//! holds it still is what the dump says. Offices and states are known when the whole dump was read.

use super::draft::{Dated, Draft, Post, slug};
use super::spool::{At, Spool};
use super::tables::WIKIDATA_CLASSES;
use super::wikidata_claims::{Item, Statement};
use super::{ImportError, ImportOptions};

const HUMAN: &str = "Q5";

/// Takes a line.
pub(super) fn line(
    line: &str,
    at: At<'_>,
    options: &ImportOptions,
    spool: &mut Spool<'_>,
) -> Result<(), ImportError> {
    let text = line.trim().trim_end_matches(',');
    if matches!(text, "" | "[" | "]") {
        return Ok(());
    }
    let Some(item) = spool.parsed::<Item>(text, "an entity of Wikidata", at) else { return Ok(()) };
    let Some(label) = item.label() else { return Ok(()) };
    // What is an office of something may be held by somebody.
    if let Some(of) = item.items("P2389").chain(item.items("P1001")).next() {
        spool.posts.insert(item.id.clone(), (label.to_owned(), Some(of.to_owned())));
    }
    let Some(draft) = draft(&item, label, options) else { return Ok(()) };
    spool.push(draft, at)
}

fn draft(item: &Item, label: &str, options: &ImportOptions) -> Option<Draft> {
    let holds = |(property, values): &(String, Vec<String>)| {
        item.statements(property).any(|s| {
            values.is_empty()
                || s.mainsnak.item().or(s.mainsnak.text()).is_some_and(|v| values.iter().any(|w| w == v))
        })
    };
    if !options.claims.iter().all(holds) {
        return None;
    }
    let human = item.items("P31").any(|class| class == HUMAN);
    let mut draft = Draft { key: item.id.clone(), name: label.to_owned(), ..Draft::default() };
    if human {
        if options.claims.is_empty() && item.statements("P39").next().is_none() {
            return None;
        }
        person(item, &mut draft);
    } else {
        body(item, options, &mut draft)?;
    }
    draft.codes.insert("wikidata".to_owned(), item.id.clone());
    draft.names = ["en", "mul"]
        .iter()
        .filter_map(|language| item.aliases.0.get(*language))
        .flatten()
        .map(|alias| Dated::from(alias.value.as_str()))
        .collect();
    Some(draft)
}

fn person(item: &Item, draft: &mut Draft) {
    draft.kind = "person".to_owned();
    draft.country = item.items("P27").last().map(str::to_owned);
    let death = item.date("P570");
    for statement in item.statements("P39") {
        let (from, until) = statement.time();
        let until = until.or_else(|| death.clone());
        match (statement.mainsnak.item(), from) {
            (Some(post), Some(from)) => {
                let post = Post { title: String::new(), of: post.to_owned(), from: Some(from), until };
                draft.offices.push(post);
            }
            (Some(post), None) => {
                draft.remarks.push(format!("its office {post} is left out: it has no first day"))
            }
            (None, _) => {}
        }
    }
    draft.offices.sort_by(|a, b| (&a.from, &a.of).cmp(&(&b.from, &b.of)));
    draft.part_of = item.statements("P102").filter_map(belonging).collect();
}

fn body(item: &Item, options: &ImportOptions, draft: &mut Draft) -> Option<()> {
    let given = |class: &str| options.classes.iter().find(|(c, _)| c == class).map(|(_, kind)| kind.as_str());
    let own = item.items("P31").find_map(given);
    let class = item.items("P31").find_map(|class| WIKIDATA_CLASSES.classes.get(class));
    draft.kind = own.or(class.map(|c| c.kind.as_str()))?.to_owned();
    if let (None, Some(class)) = (own, class) {
        draft.sectors = class.sectors.clone();
        draft.country = class.country.clone();
    }
    (draft.from, draft.until) = (item.date("P571"), item.date("P576"));
    draft.part_of = item.statements("P361").chain(item.statements("P463")).filter_map(belonging).collect();
    if draft.kind == "state" {
        state(item, draft);
    } else {
        draft.country = draft.country.take().or_else(|| item.items("P17").last().map(str::to_owned));
    }
    Some(())
}

fn state(item: &Item, draft: &mut Draft) {
    // Bodies of all kinds list states as parts; what states are parts of is another matter.
    draft.part_of.retain(|p| item.items("P463").any(|of| of == p.text));
    draft.codes.extend(item.text("P297").map(|code| ("iso2".to_owned(), code.to_owned())));
    match item.text("P298") {
        Some(code) if code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase()) => {
            draft.id = Some(code.to_owned());
        }
        _ => {
            draft.id = Some(slug(&draft.name));
            if draft.until.is_none() {
                draft.kind = "territory".to_owned();
                draft.remarks.push("it has no ISO code and no end: is it a state?".to_owned());
            }
        }
    }
    let demonyms: Vec<String> = item
        .statements("P1549")
        .filter_map(|s| s.mainsnak.text())
        .filter(|t| t.is_ascii())
        .map(str::to_owned)
        .collect();
    draft.people = demonyms;
}

fn belonging(statement: &Statement) -> Option<Dated> {
    let (from, until) = statement.time();
    Some(Dated { text: statement.mainsnak.item()?.to_owned(), from, until })
}
