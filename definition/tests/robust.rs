//! Files that were damaged at random: they are read or refused, and nothing breaks.

use std::path::Path;

use transom_definition::{Definition, Parameters};

/// Pieces that mean something to one of the readers.
const PIECES: [&str; 20] = [
    "{",
    "}",
    "[",
    "]",
    "\"",
    "'",
    ": ",
    "- ",
    "\n",
    "  ",
    "!Sub ",
    "!Ref ",
    "${",
    "*x",
    "&x ",
    "#",
    "|",
    "é",
    "{Fn::If: [",
    "\\",
];

/// Knuth's generator: the same files every time.
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or_default() % n.max(1)
    }
}

#[test]
fn a_damaged_file_is_read_or_refused() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/orders");
    let files = |path: &Path| std::fs::read_to_string(path);
    let mut random = Random(5);
    for name in [
        "openapi.yaml",
        "sam.yaml",
        "cloudformation.yaml",
        "swagger.json",
        "plan.json",
        "cdk.out/Orders.template.json",
    ] {
        let path = folder.join(name);
        let text = files(&path).expect("a file");
        for _ in 0..40 {
            let mut chars: Vec<char> = text.chars().collect();
            for _ in 0..=random.below(3) {
                let at = random.below(chars.len());
                match random.below(3) {
                    0 => {
                        let end = (at + random.below(60)).min(chars.len());
                        chars.drain(at..end);
                    }
                    1 => {
                        let piece = PIECES[random.below(PIECES.len())];
                        chars.splice(at..at, piece.chars());
                    }
                    _ => {
                        let end = (at + random.below(60)).min(chars.len());
                        let copy: Vec<char> = chars[at..end].to_vec();
                        let to = random.below(chars.len());
                        chars.splice(to..to, copy);
                    }
                }
            }
            let text: String = chars.into_iter().collect();
            let name = path.display().to_string();
            let read = Definition::read(&name, text, &Parameters::new(), &files);
            if let Ok(Some(definition)) = read {
                let found = definition.apis.iter().flat_map(transom_definition::Api::check);
                for problem in definition.problems.iter().cloned().chain(found) {
                    let text = &problem.place.source.text;
                    assert!(text.get(problem.place.span.range()).is_some(), "{problem:?}");
                }
            }
        }
    }
}
