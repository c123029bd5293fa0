//! `attacks`: one incident a record, its parties kept apart, its figures as they stand.

use super::run_with_stdin;
use serde_json::Value;

const TEXT: &str = "Gunmen attacked a bank in Nairobi with grenades on Monday. At least 12 people were killed and dozens \
                    were wounded, the police said.\n";

fn texts(attack: &Value, list: &str) -> Vec<String> {
    let fillers = attack[list].as_array().expect("a list");
    fillers.iter().map(|filler| filler["text"].as_str().expect("a text").to_lowercase()).collect()
}

#[test]
fn an_attack_keeps_who_whom_and_what_apart() {
    for text in [TEXT.to_owned(), TEXT.to_uppercase()] {
        let rows = run_with_stdin(&["attacks"], text.as_bytes()).silent().rows();
        assert_eq!(rows.len(), 1, "one incident: {rows:?}");
        let attack = &rows[0];
        assert_eq!(texts(attack, "perpetrators"), ["gunmen"]);
        assert_eq!(attack["perpetrators"][0]["kind"], "individual");
        assert_eq!(attack["perpetrators"][0]["certainty"], "confirmed");
        assert!(texts(attack, "targets").iter().any(|target| target.contains("bank")), "{attack}");
        assert_eq!(texts(attack, "weapons"), ["grenades"]);
        let killed = attack["counts"].as_array().expect("a list").iter().find(|c| c["kind"] == "killed");
        let killed = killed.expect("the dead are counted");
        assert_eq!((killed["low"].as_u64(), killed["high"].as_u64()), (Some(12), None));
    }
}

#[test]
fn what_is_planned_denied_or_a_battle_is_no_attack() {
    for text in [
        "The rebels plan to attack the bank in Nairobi.\n",
        "The rebels did not attack the bank.\n",
        "Troops attacked the rebels near the river.\n",
    ] {
        let rows = run_with_stdin(&["attacks"], text.as_bytes()).silent().rows();
        assert!(rows.is_empty(), "{text}: {rows:?}");
    }
}

#[test]
fn two_figures_for_the_same_are_both_kept_with_a_note() {
    let text = "Police said 12 people were killed, but hospitals said 15 people were killed in the bombing of a market.\n";
    let rows = run_with_stdin(&["code"], text.as_bytes()).silent().rows();
    let attacks = run_with_stdin(&["attacks"], text.as_bytes()).silent().rows();
    let all =
        rows.iter().map(|row| &row["casualties"]["counts"]).chain(attacks.iter().map(|row| &row["counts"]));
    let noted = all
        .filter_map(Value::as_array)
        .flatten()
        .find(|count| count["kind"] == "killed" && count["note"].is_string())
        .expect("a figure with a note");
    assert!(noted["note"].as_str().expect("a text").contains("the sentence also says"));
}
