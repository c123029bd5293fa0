//! Items of Wikidata as its JSON dumps have them: labels, aliases, and statements with their values and qualifiers.

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

/// One entity.
#[derive(Debug, serde::Deserialize)]
pub(super) struct Item {
    pub id: String,
    #[serde(default)]
    pub labels: MapOrList<Text>,
    #[serde(default)]
    pub aliases: MapOrList<Vec<Text>>,
    #[serde(default)]
    pub claims: MapOrList<Vec<Statement>>,
}

/// A text in a language.
#[derive(Debug, serde::Deserialize)]
pub(super) struct Text {
    pub value: String,
}

/// A map; where it is empty, dumps have a list.
#[derive(Debug)]
pub(super) struct MapOrList<T>(pub BTreeMap<String, T>);

impl<T> Default for MapOrList<T> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<'d, T: Deserialize<'d>> Deserialize<'d> for MapOrList<T> {
    fn deserialize<D: Deserializer<'d>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either<T>(PhantomData<T>);
        impl<'d, T: Deserialize<'d>> Visitor<'d> for Either<T> {
            type Value = MapOrList<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map, or an empty list")
            }

            fn visit_map<A: MapAccess<'d>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut all = BTreeMap::new();
                while let Some((key, value)) = map.next_entry()? {
                    all.insert(key, value);
                }
                Ok(MapOrList(all))
            }

            fn visit_seq<A: SeqAccess<'d>>(self, mut list: A) -> Result<Self::Value, A::Error> {
                while list.next_element::<IgnoredAny>()?.is_some() {}
                Ok(MapOrList::default())
            }
        }
        deserializer.deserialize_any(Either(PhantomData))
    }
}

/// A statement.
#[derive(Debug, serde::Deserialize)]
pub(super) struct Statement {
    pub mainsnak: Snak,
    #[serde(default)]
    pub qualifiers: MapOrList<Vec<Snak>>,
    #[serde(default)]
    pub rank: Rank,
}

/// How a statement stands to others.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Rank {
    Preferred,
    #[default]
    Normal,
    Deprecated,
}

/// A value of a property, if there is one and it is known.
#[derive(Debug, serde::Deserialize)]
pub(super) struct Snak {
    #[serde(default)]
    pub datavalue: Option<DataValue>,
}

/// A value in its wrapping.
#[derive(Debug, serde::Deserialize)]
pub(super) struct DataValue {
    pub value: Value,
}

/// A value.
#[derive(Debug, PartialEq)]
pub(super) enum Value {
    /// An item.
    Item(String),
    /// A time and how exactly it is known: 9 a year, 10 a month, 11 a day.
    Time(String, u64),
    /// A string, or a text in a language.
    Text(String),
    /// Something else.
    Other,
}

impl<'d> Deserialize<'d> for Value {
    fn deserialize<D: Deserializer<'d>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;
        impl<'d> Visitor<'d> for Any {
            type Value = Value;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value")
            }

            fn visit_str<E>(self, text: &str) -> Result<Value, E> {
                Ok(Value::Text(text.to_owned()))
            }

            fn visit_map<A: MapAccess<'d>>(self, mut map: A) -> Result<Value, A::Error> {
                let (mut value, mut precision) = (Value::Other, 0);
                while let Some(key) = map.next_key::<String>()? {
                    match key.as_str() {
                        "id" => value = Value::Item(map.next_value()?),
                        "time" => value = Value::Time(map.next_value()?, 0),
                        "precision" => {
                            precision = map.next_value::<serde_json::Value>()?.as_u64().unwrap_or(0)
                        }
                        "text" => value = Value::Text(map.next_value()?),
                        _ => {
                            map.next_value::<IgnoredAny>()?;
                        }
                    }
                }
                if let Value::Time(_, exact) = &mut value {
                    *exact = precision;
                }
                Ok(value)
            }

            fn visit_seq<A: SeqAccess<'d>>(self, mut list: A) -> Result<Value, A::Error> {
                while list.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Value::Other)
            }

            fn visit_bool<E>(self, _: bool) -> Result<Value, E> {
                Ok(Value::Other)
            }

            fn visit_u64<E>(self, _: u64) -> Result<Value, E> {
                Ok(Value::Other)
            }

            fn visit_i64<E>(self, _: i64) -> Result<Value, E> {
                Ok(Value::Other)
            }

            fn visit_f64<E>(self, _: f64) -> Result<Value, E> {
                Ok(Value::Other)
            }

            fn visit_unit<E>(self) -> Result<Value, E> {
                Ok(Value::Other)
            }
        }
        deserializer.deserialize_any(Any)
    }
}

impl Snak {
    /// The item it names.
    pub(super) fn item(&self) -> Option<&str> {
        match &self.datavalue.as_ref()?.value {
            Value::Item(id) => Some(id),
            _ => None,
        }
    }

    /// The text it is.
    pub(super) fn text(&self) -> Option<&str> {
        match &self.datavalue.as_ref()?.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The day, month or year it is, as the lexicon's sources write it; none before our era or where less is known.
    pub(super) fn date(&self) -> Option<String> {
        let Value::Time(time, precision) = &self.datavalue.as_ref()?.value else { return None };
        let day = time.strip_prefix('+')?.split('T').next()?;
        let length = match precision {
            9 => 4,
            10 => 7,
            11.. => 10,
            _ => return None,
        };
        super::draft::date(day.get(..length)?)
    }
}

impl Item {
    /// Statements of a property that are not deprecated.
    pub(super) fn statements(&self, property: &str) -> impl Iterator<Item = &Statement> {
        let all = self.claims.0.get(property).map_or(&[][..], Vec::as_slice);
        all.iter().filter(|s| s.rank != Rank::Deprecated)
    }

    /// Items that a property names.
    pub(super) fn items(&self, property: &str) -> impl Iterator<Item = &str> {
        self.statements(property).filter_map(|s| s.mainsnak.item())
    }

    /// The first text of a property.
    pub(super) fn text(&self, property: &str) -> Option<&str> {
        self.statements(property).find_map(|s| s.mainsnak.text())
    }

    /// The first date of a property.
    pub(super) fn date(&self, property: &str) -> Option<String> {
        self.statements(property).find_map(|s| s.mainsnak.date())
    }

    /// Its English name.
    pub(super) fn label(&self) -> Option<&str> {
        ["en", "mul", "en-gb"].iter().find_map(|l| self.labels.0.get(*l)).map(|text| text.value.as_str())
    }
}

impl Statement {
    /// Begin and end of what it says.
    pub(super) fn time(&self) -> (Option<String>, Option<String>) {
        let date = |p: &str| self.qualifiers.0.get(p).and_then(|q| q.iter().find_map(Snak::date));
        (date("P580"), date("P582"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn snak(value: &str) -> Snak {
        serde_json::from_str(&format!("{{\"datavalue\":{{\"value\":{value}}}}}")).expect("a snak")
    }

    #[test]
    fn times_are_as_exact_as_they_are_known() {
        let time = |time: &str, precision: u64| {
            snak(&format!("{{\"time\":\"{time}\",\"precision\":{precision},\"before\":0}}")).date()
        };
        assert_eq!(time("+2012-05-15T00:00:00Z", 11).as_deref(), Some("2012-05-15"));
        assert_eq!(time("+2012-05-00T00:00:00Z", 10).as_deref(), Some("2012-05"));
        assert_eq!(time("+2012-00-00T00:00:00Z", 9).as_deref(), Some("2012"));
        assert_eq!(time("-0044-03-15T00:00:00Z", 11), None);
        assert_eq!(time("+1900-00-00T00:00:00Z", 7), None);
        assert_eq!(time("+é", 9), None);
    }

    #[test]
    fn values_of_other_kinds_do_no_harm() {
        for value in ["3", "null", "[1]", "{\"amount\":\"+3\"}", "true", "-1.5"] {
            assert_eq!(
                snak(value).datavalue.map(|d| d.value),
                (value != "x").then_some(Value::Other),
                "{value}"
            );
        }
        let item: Item =
            serde_json::from_str("{\"id\":\"Q1\",\"labels\":[],\"claims\":[]}").expect("an item");
        assert_eq!(item.label(), None);
    }
}
