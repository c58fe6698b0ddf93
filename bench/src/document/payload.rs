//! Payloads as services send them: orders with customers, texts and numbers, the same for every run.

use serde_json::{Value, json};

/// Words that texts are made of, some of them beyond ASCII.
const WORDS: [&str; 12] = [
    "leave", "at the", "door", "ring", "twice", "Größe", "naïve", "blue", "gift", "wrap", "please",
    "thanks",
];

/// A sequence of numbers that look random.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self, below: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below
    }

    fn text(&mut self, words: u64) -> String {
        let text: Vec<_> = (0..words).map(|_| WORDS[self.next(12) as usize]).collect();
        text.join(" ")
    }
}

/// About `bytes` of orders as compact JSON, one field before them and two behind.
pub(crate) fn orders(bytes: usize) -> String {
    let mut numbers = Numbers(1);
    let mut text = String::from(r#"{"batch":{"id":"B-2026-11","size":"large"},"orders":["#);
    let mut first = true;
    while first || text.len() < bytes {
        if !first {
            text.push(',');
        }
        first = false;
        text.push_str(&order(&mut numbers).to_string());
    }
    text.push_str(r#"],"page":{"next":{"token":"abc123"}},"total":4211.5}"#);
    text
}

fn order(numbers: &mut Numbers) -> Value {
    let id = numbers.next(1_000_000);
    let lines: Vec<_> = (0..1 + numbers.next(4))
        .map(|_| {
            json!({
                "sku": format!("SKU-{:06}", numbers.next(1_000_000)),
                "name": numbers.text(3),
                "quantity": numbers.next(9) + 1,
                "price": (numbers.next(100_000) as f64) / 100.0,
                "inStock": numbers.next(2) == 0,
            })
        })
        .collect();
    json!({
        "id": format!("ord-{id:07}"),
        "created": 1_795_370_400_000_u64 + id,
        "customer": {
            "firstName": "Ada", "lastName": "Lovelace", "email": format!("ada.{id}@example.com"),
            "address": {"street": format!("{} High Street", numbers.next(300)), "zip": format!("{:05}", numbers.next(99_999)), "country": "GB"},
        },
        "lines": lines,
        "note": if numbers.next(3) == 0 { Value::Null } else { json!(numbers.text(12)) },
        "tags": ["web", "priority"],
        "discount": 0.15,
    })
}

/// The same with blanks, as people write it.
pub(crate) fn pretty(compact: &str) -> String {
    let value: Value = serde_json::from_str(compact).unwrap_or_default();
    serde_json::to_string_pretty(&value).unwrap_or_default()
}
