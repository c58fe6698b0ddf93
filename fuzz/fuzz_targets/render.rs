//! Any text as a template, in both dialects, over a small payload: compiling and rendering answer or refuse, in bounded time.
#![no_main]

use libfuzzer_sys::fuzz_target;
use transom::{Dialect, Limits, Options, Template, Variables};

const BODY: &str = r#"{"a":1,"b":"text","l":[1,2,{"c":null}],"o":{"d":1.5}}"#;

fuzz_target!(|source: &str| {
    for dialect in [Dialect::ApiGateway, Dialect::Velocity] {
        let limits = Limits { steps: 20_000, output_bytes: 1 << 20, ..Limits::for_dialect(dialect) };
        let options = Options { dialect, limits, ..Options::default() };
        if let Ok(template) = Template::compile(source, &options) {
            let variables = Variables::new().body(BODY);
            let first = template.render(&variables).map(|rendered| rendered.output);
            let second = template.render(&variables).map(|rendered| rendered.output);
            assert_eq!(first.ok(), second.ok(), "a render has no effect on the next");
        }
    }
});
