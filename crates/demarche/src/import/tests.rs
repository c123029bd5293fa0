//! Every importer on a small list in its format: what is kept, what is refused and where, and that the result compiles.

use super::*;
use demarche_lexicon::{Image, compile_over};
use std::path::PathBuf;
use std::sync::LazyLock;

static LEXICON: LazyLock<Lexicon> =
    LazyLock::new(|| crate::engine::lexicon(None).expect("the embedded lexicon"));

/// What an import gives.
struct Imported {
    tally: Tally,
    text: String,
    notes: Vec<String>,
    image: Image,
}

fn imported(format: ImportFormat, name: &str, content: &[u8], options: &ImportOptions) -> Imported {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(name);
    std::fs::write(&path, content).expect("a file");
    let mut out = Vec::new();
    let mut notes = Vec::new();
    let inputs = [path.display().to_string()];
    let mut tell = |step| {
        if let Step::Note(note) = step {
            notes.push(format!("{}: {} [{}]", note.line.unwrap_or_default(), note.message, note.code));
        }
    };
    let tally = import(format, &inputs, options, &LEXICON, &mut out, &mut tell).expect("an import");
    let text = String::from_utf8(out).expect("UTF-8");
    let made: PathBuf = folder.path().join("made.toml");
    std::fs::write(&made, &text).expect("a file");
    let (image, faults) = compile_over(&LEXICON, &[made]);
    let faults: Vec<String> = faults
        .iter()
        .filter(|n| n.severity == demarche_record::Severity::Error)
        .map(ToString::to_string)
        .collect();
    assert!(faults.is_empty(), "{}\n{text}", faults.join("\n"));
    Imported { tally, text, notes, image }
}

#[test]
fn petrarch_actors_and_agents() {
    let actors = "# actors of a made-up land\n<!-- a remark\nover lines -->\n\
        FRANCE_  [FRA]\n+FRENCH\n+THE_HEXAGON\n\
        ;old remark\n\
        DIMWIT_FLATHEAD_   # a politician\n+KING_DIMWIT\n\t[FRAELI <19620101]\n\t[FRAGOV 620101 - 19801231]\n\t[FRA]\n\
        FROBOZZ_MILITIA_ [FRAREB]\n\
        GLOBAL_LAMPLIGHTERS_ [NGOHRI]\n\
        BROKEN_ONE_ [FRA\n\
        BAD_DATE_ [FRAGOV >19991399]\n\
        !WORKER! = MAN, WOMAN\n\
        LIGHTHOUSE!WORKER! [~LAB]\n\
        LAMP_GUARD {LAMP_GUARDS} [~COP]\n";
    let done =
        imported(ImportFormat::Petrarch, "made.actors.txt", actors.as_bytes(), &ImportOptions::default());
    let actor = |id: &str| {
        done.image.actors.iter().find(|a| a.id == id).unwrap_or_else(|| panic!("{id}\n{}", done.text))
    };
    let dimwit = actor("dimwit-flathead");
    assert_eq!(dimwit.country.as_deref(), Some("FRA"));
    assert_eq!(dimwit.offices.len(), 2);
    assert_eq!(dimwit.offices[1].from.map(|d| d.to_string()).as_deref(), Some("1962-01-01"));
    assert_eq!(actor("frobozz-militia").sectors, ["REB"]);
    assert_eq!(actor("global-lamplighters").country.as_deref(), Some("NGO"));
    assert_eq!(actor("FRA").names[0].text, "The Hexagon");
    assert_eq!(done.image.agents[0].words, ["lighthouseman", "lighthousewoman"]);
    assert_eq!(done.image.agents[1].plural, ["lamp guards"]);
    assert_eq!(done.tally.refused, 2);
    assert!(done.notes[0].starts_with("15: a bracket does not close"), "{:?}", done.notes);
    assert!(done.notes[1].starts_with("16: `19991399` is no date"), "{:?}", done.notes);
}

/// An item of Wikidata with claims.
fn item(id: &str, label: &str, aliases: &str, claims: &[String]) -> String {
    format!(
        "{{\"type\":\"item\",\"id\":\"{id}\",\"labels\":{{\"en\":{{\"language\":\"en\",\"value\":\"{label}\"}}}},\
         \"descriptions\":[],\"aliases\":{{\"en\":[{aliases}]}},\"claims\":{{{}}},\"sitelinks\":[]}},\n",
        claims.join(",")
    )
}

fn claim(property: &str, values: &[(&str, &str)]) -> String {
    let all: Vec<String> = values
        .iter()
        .map(|(value, qualifiers)| {
            format!(
                "{{\"mainsnak\":{{\"snaktype\":\"value\",\"property\":\"{property}\",\"datavalue\":{{\"value\":{value}}}}},\
                 \"type\":\"statement\",\"qualifiers\":{{{qualifiers}}},\"rank\":\"normal\"}}"
            )
        })
        .collect();
    format!("\"{property}\":[{}]", all.join(","))
}

fn to(id: &str) -> String {
    format!("{{\"entity-type\":\"item\",\"id\":\"{id}\"}}")
}

fn time(property: &str, day: &str) -> String {
    format!(
        "\"{property}\":[{{\"datavalue\":{{\"value\":{{\"time\":\"+{day}T00:00:00Z\",\"precision\":11}}}}}}]"
    )
}

#[test]
fn wikidata_people_offices_and_groups() {
    let term = format!("{},{}", time("P580", "2001-02-03"), time("P582", "2005-06-07"));
    let class = |id: &str| claim("P31", &[(&to(id), "")]);
    let mut dump = String::from("[\n");
    let held = [(to("Q900002"), term.as_str()), (to("Q900009"), "")];
    let held: Vec<(&str, &str)> = held.iter().map(|(v, q)| (v.as_str(), *q)).collect();
    dump += &item(
        "Q900001",
        "Ana Tavik",
        "{\"language\":\"en\",\"value\":\"A. Tavik\"},{\"language\":\"en\",\"value\":\"(a+)+$\"}",
        &[class("Q5"), claim("P39", &held), claim("P27", &[(&to("Q900003"), "")])],
    );
    dump += &item("Q900002", "President of Norland", "", &[claim("P1001", &[(&to("Q900003"), "")])]);
    dump += &item("Q900003", "Norland", "", &[class("Q3624078"), claim("P298", &[("\"NRL\"", "")])]);
    dump +=
        &item("Q900004", "Norland Front", "", &[class("Q17149090"), claim("P17", &[(&to("Q900003"), "")])]);
    dump += &item("Q900005", "A Painter", "", &[class("Q5")]);
    dump += "{\"type\":\"item\",\"id\":\n]\n";
    let done = imported(ImportFormat::Wikidata, "dump.json", dump.as_bytes(), &ImportOptions::default());
    let ids: Vec<&str> = done.image.actors.iter().map(|a| a.id.as_str()).collect();
    assert_eq!(ids, ["ana-tavik", "NRL", "norland-front"], "{}", done.text);
    let office = &done.image.actors[0].offices[0];
    assert_eq!((office.title.as_str(), office.of.as_str()), ("president of norland", "NRL"));
    assert_eq!(office.until.map(|d| d.to_string()).as_deref(), Some("2005-06-07"));
    assert_eq!(done.image.actors[2].country.as_deref(), Some("NRL"));
    assert_eq!((done.tally.refused, done.tally.names_refused), (1, 1));
    assert!(done.notes[0].starts_with("2: `(a+)+$` is no name"), "{:?}", done.notes);
    assert!(done.notes[1].starts_with("7: not an entity of Wikidata"), "{:?}", done.notes);
    let only = ImportOptions {
        claims: vec![("P17".to_owned(), vec!["Q900003".to_owned()])],
        ..ImportOptions::default()
    };
    let done = imported(ImportFormat::Wikidata, "dump.json", dump.as_bytes(), &only);
    assert_eq!(done.image.actors.len(), 1, "{}", done.text);
}

#[test]
fn a_title_is_the_name_of_an_office_without_its_state() {
    let spool = Spool::new(&LEXICON).expect("a spool");
    assert_eq!(spool.title("President of France", "FRA"), "president");
    assert_eq!(spool.title("French Minister of Justice", "FRA"), "minister of justice");
    assert_eq!(spool.title("Lord Keeper", "FRA"), "lord keeper");
}

#[test]
fn money_entities_with_their_sanctions() {
    let lines = r#"{"id":"nk-1","caption":"Zorn Trading","schema":"Company","properties":{"name":["Zorn Trading","Zorn Ltd"],"alias":["Zorn"],"jurisdiction":["fr"],"topics":["sanction"],"sanctions":[{"id":"s1","schema":"Sanction","properties":{"country":["us"],"authority":["Office of Lists"],"startDate":["2020-03-01"]}}]},"datasets":["made_up"],"target":true}
{"id":"nk-2","caption":"Ana Zorn","schema":"Person","properties":{"name":["Ana Zorn"],"nationality":["fr"],"topics":["role.pep"],"birthDate":["1970"]}}
{"id":"s2","schema":"Sanction","properties":{"entity":["nk-2"],"country":["eu"],"listingDate":["2021-05-05"]}}
{"id":"p1","schema":"Position","properties":{"name":["Minister of Lamps of France"],"country":["fr"]}}
{"id":"o1","schema":"Occupancy","properties":{"holder":["nk-2"],"post":["p1"],"startDate":["2010-01-01"],"endDate":["2012-01-01"]}}
{"id":"v1","caption":"A Ship","schema":"Vessel","properties":{"name":["A Ship"]}}
not json
"#;
    let done =
        imported(ImportFormat::Money, "entities.ftm.json", lines.as_bytes(), &ImportOptions::default());
    let [company, person] = done.image.actors.as_slice() else { panic!("{}", done.text) };
    assert_eq!((company.country.as_deref(), company.status[0].by.as_str()), (Some("FRA"), "USA"));
    assert_eq!(company.status[0].source.as_deref(), Some("Office of Lists"));
    assert_eq!(person.status[0].by, "european-union");
    assert_eq!(
        (person.offices[0].title.as_str(), person.offices[0].of.as_str()),
        ("minister of lamps", "FRA")
    );
    assert_eq!(person.sectors, ["GOV"]);
    assert!(done.tally.refused == 1 && done.notes[0].starts_with("7: not an entity"), "{:?}", done.notes);
}

#[test]
fn geonames_places_the_largest_of_a_name() {
    let row = |id: u32, name: &str, class: &str, code: &str, people: u64| {
        format!(
            "{id}\t{name}\t{name}\tTownham,タウン\t45.5\t1.25\t{class}\t{code}\tFR\t\t75\t\t\t\t{people}\t\t10\tEurope/Paris\t2020-01-01\n"
        )
    };
    let dump = row(1, "Lampville", "P", "PPL", 900)
        + &row(2, "Lampville", "P", "PPL", 90_000)
        + &row(3, "Fort Lamp", "L", "MILB", 0)
        + &row(4, "Some Road", "R", "RD", 0)
        + "5\ttoo\tfew\n";
    let options = ImportOptions { other_names: true, ..ImportOptions::default() };
    let done = imported(ImportFormat::GeoNames, "FR.txt", dump.as_bytes(), &options);
    let names: Vec<&str> = done.image.places.iter().map(|p| p.name.as_str()).collect();
    assert_eq!(names, ["Lampville", "Fort Lamp"], "{}", done.text);
    assert_eq!(done.image.places[0].names, ["Townham"]);
    assert_eq!(done.image.places[0].country.as_deref(), Some("FRA"));
    assert_eq!((done.tally.smaller, done.tally.refused), (1, 1));
    assert!(done.notes[0].starts_with("5: 3 columns"), "{:?}", done.notes);
}

#[test]
fn tables_packed_or_not() {
    let table = "Code,name,kind,country,names,sectors,title,of,office_from,shoe size\n\
        ana-zorn,Ana Zorn,person,FRA,\"A. Zorn; Ana Z.\",GOV,minister,FRA,2010-02,38\n\
        ana-zorn,Ana Zorn,person,FRA,,GOV,mayor,FRA,2015,38\n\
        x,X Front,grup,FRA,,,,,,\n\
        y,Y Front,group,FRA,,XYZ,,,,\n\
        z,\u{1b}[2J,group,FRA,,,,,,\n\
        short,row\n";
    let options =
        ImportOptions { columns: vec![("id".to_owned(), "Code".to_owned())], ..ImportOptions::default() };
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(table.as_bytes()).expect("memory");
    let packed = packed.finish().expect("memory");
    let plain = imported(ImportFormat::Table, "a.csv", table.as_bytes(), &options);
    let gzip = imported(ImportFormat::Table, "a.csv.gz", &packed, &options);
    assert_eq!(plain.text, gzip.text);
    let [ana] = plain.image.actors.as_slice() else { panic!("{}", plain.text) };
    assert_eq!((ana.names.len(), ana.offices.len()), (2, 2));
    let lines: Vec<&str> = plain.notes.iter().map(|n| n.split(':').next().unwrap_or_default()).collect();
    assert_eq!(lines, ["1", "4", "5", "7", "6"], "{:?}", plain.notes);
    assert_eq!(plain.tally.refused, 4);
}

#[test]
fn what_the_lexicon_has_keeps_its_id_and_others_get_their_own() {
    let table = "name,kind,country\nTaliban,group,AFG\nTaliban,company,FRA\nФронт,group,FRA\n";
    let done = imported(ImportFormat::Table, "a.csv", table.as_bytes(), &ImportOptions::default());
    assert_eq!(done.tally.refused, 0, "{:?}", done.notes);
    let ids: Vec<&str> = done.image.actors.iter().map(|a| a.id.as_str()).collect();
    assert_eq!(ids[0], "taliban", "{}", done.text);
}

#[test]
fn a_file_that_is_cut_off_loses_only_its_rest() {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    let line = "{\"id\":\"nk-1\",\"caption\":\"Zorn Front\",\"schema\":\"Organization\",\"properties\":{}}\n";
    packed.write_all(line.repeat(3000).as_bytes()).expect("memory");
    let mut packed = packed.finish().expect("memory");
    packed.truncate(packed.len() - 12);
    let done = imported(ImportFormat::Money, "a.json.gz", &packed, &ImportOptions::default());
    assert_eq!((done.tally.kept, done.tally.refused), (1, 1));
    assert!(done.notes[0].contains("read::bad-compression"), "{:?}", done.notes);
}
