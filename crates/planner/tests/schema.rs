//! The schema of our own format and what is read and written agree: every field is in both.

use std::collections::BTreeSet;

use planner::{
    Activity, Event, HallId, Kind, Market, Need, News, Party, Pin, Profile, Provider, Rule, Spec,
    Travel, Waiver, Wish, formats,
    sample::{self, Size},
};
use serde_json::{Map, Value, json};

fn schema() -> Value {
    serde_json::from_str(formats::SCHEMA).expect("JSON")
}

/// As much of JSON Schema as ours uses. Notes the properties seen, by the place of their schema.
struct Validator<'a> {
    root: &'a Value,
    seen: BTreeSet<String>,
}

impl Validator<'_> {
    fn of(&mut self, schema: &Value, at: &str, value: &Value) -> Result<(), String> {
        if let Some(to) = schema["$ref"].as_str() {
            let root = self.root;
            let target =
                root.pointer(to.trim_start_matches('#')).expect("a reference that leads somewhere");
            self.of(target, to, value)?;
        }
        if let Some(options) = schema["anyOf"].as_array() {
            let fits = |(i, option): (usize, &Value)| {
                let mut inner = Validator { root: self.root, seen: BTreeSet::new() };
                inner.of(option, &format!("{at}/anyOf/{i}"), value).map(|()| inner.seen)
            };
            let found = options.iter().enumerate().map(fits).find_map(Result::ok);
            self.seen.extend(found.ok_or(format!("{at}: no option fits {value}"))?);
        }
        let fails = |rule: &str| Err(format!("{at}: {rule} {value}"));
        if schema.get("const").is_some_and(|only| only != value)
            || schema["enum"].as_array().is_some_and(|all| !all.contains(value))
        {
            return fails("enum");
        }
        if schema.get("type").is_some_and(|types| !is(types, value)) {
            return fails("type");
        }
        let number = value.as_f64().unwrap_or(0.0);
        if schema["minimum"].as_f64().is_some_and(|least| number < least)
            || schema["maximum"].as_f64().is_some_and(|most| number > most)
        {
            return fails("range");
        }
        match value {
            Value::Object(map) => self.object(schema, at, map),
            Value::Array(list) => self.array(schema, at, list),
            _ => Ok(()),
        }
    }

    fn object(&mut self, schema: &Value, at: &str, map: &Map<String, Value>) -> Result<(), String> {
        let none = Map::new();
        let properties = schema["properties"].as_object().unwrap_or(&none);
        for required in
            schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str)
        {
            if !map.contains_key(required) {
                return Err(format!("{at}: {required} is missing"));
            }
        }
        for (key, value) in map {
            let place = format!("{at}/properties/{key}");
            match properties.get(key) {
                Some(schema) => self.of(schema, &place, value)?,
                None if schema["additionalProperties"] == false => {
                    return Err(format!("{place}: unknown"));
                }
                None => {}
            }
            self.seen.insert(place);
        }
        Ok(())
    }

    fn array(&mut self, schema: &Value, at: &str, list: &[Value]) -> Result<(), String> {
        let length = |name: &str| schema[name].as_u64().and_then(|n| usize::try_from(n).ok());
        if length("minItems").is_some_and(|least| list.len() < least)
            || length("maxItems").is_some_and(|most| list.len() > most)
        {
            return Err(format!("{at}: length"));
        }
        for (i, value) in list.iter().enumerate() {
            if let Some(schema) = schema["prefixItems"].get(i).or(schema.get("items")) {
                self.of(schema, &format!("{at}/items"), value)?;
            }
        }
        Ok(())
    }
}

fn is(types: &Value, value: &Value) -> bool {
    let one = |name: &Value| match name.as_str() {
        Some("object") => value.is_object(),
        Some("array") => value.is_array(),
        Some("string") => value.is_string(),
        Some("boolean") => value.is_boolean(),
        Some("integer") => value.is_u64() || value.is_i64(),
        Some("number") => value.is_number(),
        Some("null") => value.is_null(),
        _ => false,
    };
    types.as_array().map_or_else(|| one(types), |all| all.iter().any(one))
}

fn valid(value: &Value) -> Result<BTreeSet<String>, String> {
    let root = schema();
    let mut validator = Validator { root: &root, seen: BTreeSet::new() };
    validator.of(&root, "#", value)?;
    Ok(validator.seen)
}

/// A case in which nothing is left out.
fn full() -> Value {
    let mut spec: Spec = sample::problem(Size::SMALL, 1);
    let ids: Vec<_> = spec.sites.iter().map(|site| site.id.clone()).collect();
    spec.travel = vec![Travel { between: (ids[0].clone(), ids[1].clone()), slots: 3 }];
    spec.profile = Some(Profile::strict(15));
    spec.limits.break_spread = Some(9);
    spec.interpreters[0].off = vec![1];
    spec.interpreters[0].busy = vec![(1, 2)];
    spec.interpreters[0].of = Some(spec.delegations[0].id.clone());
    let pair = spec.interpreters[0].pairs[0].clone();
    let of = spec.delegations[0].id.clone();
    let full = Activity {
        window: Some((0, 40)),
        interpretation: vec![
            Need::Simultaneous { languages: vec![pair[0].clone()] },
            Need::Consecutive { pair: pair.clone(), by: Provider::OneSide(of) },
            Need::Whispered { pair: pair.clone(), listeners: 1, by: Provider::Pool },
            Need::Escort { pair, by: Provider::Pool },
        ],
        waivers: vec![Waiver { rule: Rule::Relay, reason: "none else".to_owned() }],
        over_lunch: Some(true),
        head: Some(3),
        pin: Pin {
            start: Some(1),
            hall: Some(HallId::from("forum")),
            interpreters: Some(vec![spec.interpreters[0].id.clone()]),
        },
        ..spec.activities[1].clone()
    };
    spec.activities[1] = full;
    let it = &spec.activities[1];
    let (person, delegation) = (spec.people[0].id.clone(), spec.delegations[0].id.clone());
    let news = [
        News::ArrivalDelayed { person: person.clone(), arrive: 4 },
        News::HallLost { hall: it.halls[0].clone(), span: (1, 2) },
        News::InterpreterOut { interpreter: spec.interpreters[0].id.clone(), day: 0 },
        News::PersonBusy { person, span: (1, 2) },
        News::DelegationWithdrawn { delegation: delegation.clone() },
        News::SessionLonger { activity: it.id.clone(), duration: 5 },
        News::NewActivity(Box::new(it.clone())),
    ];
    let events: Vec<Event> = news.into_iter().map(|news| Event { now: 1, news }).collect();
    let other = spec.delegations[1].id.clone();
    let third = spec.delegations[2].id.clone();
    let wishes = vec![Wish { to: other.clone(), score: 1.0 }];
    let market = Market {
        parties: vec![
            Party { delegation: delegation.clone(), quota: 1, wishes },
            Party { delegation: other.clone(), quota: 1, wishes: Vec::new() },
            Party { delegation: third.clone(), quota: 1, wishes: Vec::new() },
        ],
        must: vec![(delegation.clone(), other.clone())],
        never: vec![(delegation, third)],
    };
    json!({ "problem": spec, "market": market, "events": events })
}

/// Every property that the schema names, by its place.
fn named(schema: &Value, at: &str, out: &mut BTreeSet<String>) {
    for key in schema["properties"].as_object().into_iter().flat_map(Map::keys) {
        out.insert(format!("{at}/properties/{key}"));
    }
    match schema {
        Value::Object(map) => {
            for (key, inner) in map {
                named(inner, &format!("{at}/{key}"), out);
            }
        }
        Value::Array(list) => {
            list.iter().enumerate().for_each(|(i, inner)| named(inner, &format!("{at}/{i}"), out));
        }
        _ => {}
    }
}

#[test]
fn every_field_is_in_the_schema_and_every_property_is_a_field() {
    let seen = valid(&full()).expect("a full case keeps the schema");
    let mut all = BTreeSet::new();
    named(&schema(), "#", &mut all);
    assert_eq!(all.difference(&seen).collect::<Vec<_>>(), Vec::<&String>::new(), "no field");
    let text = full().to_string();
    let read = formats::read(text.as_bytes(), None);
    assert!(!read.is_err_and(|faults| faults.to_string().contains("malformed")));
}

#[test]
fn kinds_and_waivers_are_listed_whole() {
    let schema = schema();
    let listed = |at: &str| -> BTreeSet<String> {
        let all = schema.pointer(at).and_then(Value::as_array).into_iter().flatten();
        all.filter_map(Value::as_str).map(str::to_owned).collect()
    };
    let waivable = Rule::ALL.iter().filter(|rule| rule.waivable());
    let waivable: BTreeSet<String> = waivable.map(|rule| rule.code().to_owned()).collect();
    assert_eq!(listed("/$defs/waiver/properties/rule/enum"), waivable);
    for kind in listed("/$defs/kind/enum") {
        assert!(serde_json::from_value::<Kind>(json!(kind)).is_ok(), "{kind}");
    }
    let refused = serde_json::from_value::<Kind>(json!("?")).expect_err("no kind").to_string();
    assert_eq!(refused.matches('`').count() / 2 - 1, listed("/$defs/kind/enum").len(), "{refused}");
}

#[test]
fn our_samples_keep_the_schema_and_what_does_not_is_refused() {
    for seed in 0..20 {
        valid(&json!({ "problem": sample::problem(Size::SMALL, seed) }))
            .expect("a sample keeps it");
    }
    for (at, value) in [("capacity", json!(-1)), ("units", json!("two")), ("floor", json!(3))] {
        let mut case = json!({ "problem": sample::problem(Size::SMALL, 1) });
        case["problem"]["halls"][0][at] = value;
        assert!(valid(&case).is_err(), "{at}");
        assert!(formats::read(case.to_string().as_bytes(), None).is_err(), "{at}");
    }
}
