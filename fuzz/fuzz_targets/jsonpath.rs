//! A path on the first line, a payload behind it: the path answers or refuses, within its budget, and the same whether the
//! payload is read in place or as lists and maps that a template changed.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use transom::{Limits, Options, Template, Variables};

/// A template over a computed path, which is compiled anew for every input.
fn template(source: &str) -> Template {
    let limits = Limits { steps: 200_000, ..Limits::default() };
    Template::compile(source, &Options { limits, ..Options::default() })
        .expect("the template is right")
}

static IN_PLACE: LazyLock<Template> =
    LazyLock::new(|| template("$input.json($input.params('path'))"));
static CHANGED: LazyLock<Template> = LazyLock::new(|| {
    template(
        "#set($all = $input.path('$'))#set($none = $all.remove('a name that nothing has'))$input.json($input.params('path'))",
    )
});

fuzz_target!(|text: &str| {
    let Some((path, body)) = text.split_once('\n') else { return };
    // A list's `remove` is something else.
    if !body.starts_with('{') {
        return;
    }
    let params =
        transom::Params { path: vec![("path".into(), path.into())], ..Default::default() };
    let variables = Variables::new().body(body).params(&params);
    let render = |template: &Template| template.render(&variables).map(|r| r.output).ok();
    let (in_place, changed) = (render(&IN_PLACE), render(&CHANGED));
    // Each has a budget of its own, which ends one of them earlier.
    if let (Some(in_place), Some(changed)) = (in_place, changed) {
        assert_eq!(in_place, changed, "{path:?} of {body:?}");
    }
});
