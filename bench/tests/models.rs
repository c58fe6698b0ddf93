//! Random schemas and bodies: the models of transom and the crate `jsonschema` have to be of one opinion.

#[path = "../../tests/support/schemas.rs"]
mod schemas;

use schemas::Random;
use serde_json::Map;
use transom::gateway::model::Models;

#[test]
fn both_validators_agree() {
    let seed = std::env::var("SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(0xD1FF);
    let rounds = std::env::var("ROUNDS").ok().and_then(|n| n.parse().ok()).unwrap_or(5_000);
    let (mut random, mut valid, mut invalid) = (Random(seed), 0, 0);
    for round in 0..rounds {
        let model = schemas::model(&mut random);
        let theirs = jsonschema::draft4::options().should_validate_formats(false).build(&model);
        let ours = Models::compile(&Map::from_iter([("M".to_owned(), model.clone())]));
        let (Ok(theirs), Ok(ours)) = (&theirs, &ours) else {
            panic!("round {round}: {model}\n{:?}\n{:?}", theirs.err(), ours.err());
        };
        let ours = ours.get("M").expect("it was compiled");
        for _ in 0..5 {
            let body = schemas::body(&mut random, 3);
            let violations = ours.validate_text(&body.to_string());
            let agree = theirs.is_valid(&body) == violations.is_empty();
            assert!(agree, "round {round}: {model}\n{body}\n{violations:?}");
            *if violations.is_empty() { &mut valid } else { &mut invalid } += 1;
        }
    }
    println!("{valid} valid, {invalid} not");
    assert!(valid > rounds && invalid > rounds, "{valid} valid, {invalid} not");
}
