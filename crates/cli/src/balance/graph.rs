//! The network for other programs: GraphML and GEXF (Gephi), and the ties as CSV.

use super::network::Named;
use super::report::{Answer, strained};
use demarche_analysis::balance::{Tie, standings};
use std::fmt::Write as _;

/// A text within XML.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            // Other controls may not stand in XML at all.
            c if c.is_control() => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}

/// Every tie with whether it is strained.
fn ties_of<'n>(named: &'n Named, answer: &'n Answer) -> impl Iterator<Item = (usize, &'n Tie, bool)> {
    let network = &named.network;
    network.ties().iter().enumerate().map(|(at, tie)| (at, tie, strained(network, &answer.sides, at)))
}

/// GraphML 1.0.
pub fn graphml(named: &Named, answer: &Answer) -> String {
    let mut out = String::from(concat!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n",
        "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n",
        "<key id=\"label\" for=\"node\" attr.name=\"label\" attr.type=\"string\"/>\n",
        "<key id=\"camp\" for=\"node\" attr.name=\"camp\" attr.type=\"int\"/>\n",
        "<key id=\"torn\" for=\"node\" attr.name=\"torn\" attr.type=\"double\"/>\n",
        "<key id=\"sign\" for=\"edge\" attr.name=\"sign\" attr.type=\"int\"/>\n",
        "<key id=\"weight\" for=\"edge\" attr.name=\"weight\" attr.type=\"double\"/>\n",
        "<key id=\"strained\" for=\"edge\" attr.name=\"strained\" attr.type=\"boolean\"/>\n",
        "<graph edgedefault=\"undirected\">\n",
    ));
    for standing in standings(&named.network, &answer.sides) {
        let (actor, camp) = (standing.actor, u8::from(!standing.camp));
        let label = escape(&named.names[actor as usize]);
        let _ = writeln!(
            out,
            "<node id=\"n{actor}\"><data key=\"label\">{label}</data><data key=\"camp\">{camp}</data><data \
             key=\"torn\">{:.4}</data></node>",
            standing.share()
        );
    }
    for (at, tie, strained) in ties_of(named, answer) {
        let _ = writeln!(
            out,
            "<edge id=\"e{at}\" source=\"n{}\" target=\"n{}\"><data key=\"sign\">{}</data><data \
             key=\"weight\">{}</data><data key=\"strained\">{strained}</data></edge>",
            tie.a,
            tie.b,
            tie.sign(),
            tie.weight
        );
    }
    out.push_str("</graph>\n</graphml>\n");
    out
}

/// GEXF 1.3.
pub fn gexf(named: &Named, answer: &Answer) -> String {
    let mut out = String::from(concat!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n",
        "<gexf xmlns=\"http://gexf.net/1.3\" version=\"1.3\">\n",
        "<graph defaultedgetype=\"undirected\">\n",
        "<attributes class=\"node\"><attribute id=\"camp\" title=\"camp\" type=\"integer\"/>",
        "<attribute id=\"torn\" title=\"torn\" type=\"double\"/></attributes>\n",
        "<attributes class=\"edge\"><attribute id=\"sign\" title=\"sign\" type=\"integer\"/>",
        "<attribute id=\"strained\" title=\"strained\" type=\"boolean\"/></attributes>\n",
        "<nodes>\n",
    ));
    for standing in standings(&named.network, &answer.sides) {
        let _ = writeln!(
            out,
            "<node id=\"{}\" label=\"{}\"><attvalues><attvalue for=\"camp\" value=\"{}\"/><attvalue for=\"torn\" \
             value=\"{:.4}\"/></attvalues></node>",
            standing.actor,
            escape(&named.names[standing.actor as usize]),
            u8::from(!standing.camp),
            standing.share()
        );
    }
    out.push_str("</nodes>\n<edges>\n");
    for (at, tie, strained) in ties_of(named, answer) {
        let _ = writeln!(
            out,
            "<edge id=\"{at}\" source=\"{}\" target=\"{}\" weight=\"{}\"><attvalues><attvalue for=\"sign\" \
             value=\"{}\"/><attvalue for=\"strained\" value=\"{strained}\"/></attvalues></edge>",
            tie.a,
            tie.b,
            tie.weight,
            tie.sign()
        );
    }
    out.push_str("</edges>\n</graph>\n</gexf>\n");
    out
}

/// `source,target,sign,weight,source_camp,target_camp,strained,sum,records`; readable by `balance` again.
pub fn ties(named: &Named, answer: &Answer) -> String {
    let mut out = String::from("source,target,sign,weight,source_camp,target_camp,strained,sum,records\n");
    for (_, tie, strained) in ties_of(named, answer) {
        let camp = |actor: u32| u8::from(!answer.sides[actor as usize]);
        let tally = named.tallies.get(&(tie.a, tie.b));
        let (sum, records) = tally.map_or_else(Default::default, |tally| {
            (super::report::round(tally.sum).to_string(), tally.records.to_string())
        });
        let _ = writeln!(
            out,
            "{},{},{},{},{},{},{strained},{sum},{records}",
            cell(&named.names[tie.a as usize]),
            cell(&named.names[tie.b as usize]),
            tie.sign(),
            tie.weight,
            camp(tie.a),
            camp(tie.b),
        );
    }
    out
}

/// A text as a cell of CSV.
pub fn cell(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r']) || text.trim() != text {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_cannot_break_out() {
        assert_eq!(escape("<a href=\"x\">&\u{1}"), "&lt;a href=&quot;x&quot;&gt;&amp; ");
        assert_eq!(cell("Rhodesia, \"Southern\""), "\"Rhodesia, \"\"Southern\"\"\"");
    }
}
