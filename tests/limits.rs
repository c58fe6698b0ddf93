//! Hostile templates and payloads: whatever comes in, an answer or an error comes out, soon and without a panic.
//!
//! Nothing here is timed. What would cost the square of its length does not come back within a test run.

use transom::{Dialect, Limits, Options, Params, Template, Variables};

/// API Gateway's limit for a template.
const LARGE: usize = 300 * 1024;

fn repeated(piece: &str, bytes: usize) -> String {
    piece.repeat(bytes / piece.len())
}

fn compile(source: &str) -> Result<Template, transom::Error> {
    Template::compile(source, &Options::default())
}

#[test]
fn a_template_of_the_largest_size_compiles_whatever_is_in_it() {
    let pieces = [
        "$",
        "#",
        "$!",
        "\\",
        "\\$",
        "##",
        "#*",
        "#[[",
        "$#\\",
        "{",
        " ",
        "\n",
        "word ",
        "$a.b(",
        "${a",
        "$x.f($",
        "$a.b.c(1,'x')[0] ",
        "$a{b}c",
        "$m.k$",
        "#set($x = $ ",
        "#if($a)x#end",
        "  #set($x = 1)\n",
        "#end",
        "#else",
        "#elseif(1)",
        "#nope(a ",
        "#foreach($i in $l)",
        "#set($x = 1 + 1 + 1)",
        "#set($x=\"$y",
        "\"",
        "'",
        "#{",
        "$[",
        "#set($x = \"$a$b #if(1)x#end\")",
        "$input.path('$..a[?(@.b)]')",
        "$a.b()$c.d()",
        "#macro(f)#end",
        "$a$.b",
    ];
    for piece in pieces {
        // Without optimisation an eighth is enough to notice what is not linear.
        let size = if cfg!(debug_assertions) { LARGE / 8 } else { LARGE };
        if let Ok(template) = compile(&repeated(piece, size)) {
            let variables = Variables::new().body("{}");
            // An error is as good as an output here: both have come to an end.
            let _ = template.render(&variables);
        }
    }
}

#[test]
fn a_larger_template_is_refused() {
    let error = compile(&repeated(" ", LARGE + 1)).expect_err("it is too large");
    assert_eq!(error.code(), "template-too-large");
    let options = Options {
        limits: Limits { template_bytes: usize::MAX, ..Limits::default() },
        ..Options::default()
    };
    assert!(
        Template::compile(&repeated(" ", LARGE + 1), &options).is_ok(),
        "the limit is a setting"
    );
}

#[test]
fn nesting_is_an_error_not_a_crash() {
    let cases = [
        ("#if(true)", "#end", "blocks-too-deep"),
        ("#foreach($i in $l)", "#end", "blocks-too-deep"),
        ("#define($x)", "#end", "blocks-too-deep"),
        ("#set($x = ", ")", "brackets-too-deep"),
    ];
    for (open, close, code) in cases {
        let source = open.repeat(10_000) + &close.repeat(10_000);
        let error = compile(&source).expect_err("it is nested too deep");
        assert_eq!(error.code(), code, "{open}");
    }
    for (open, inner, close) in [("(", "1", ")"), ("[", "1", "]"), ("{'a':", "1", "}")] {
        let source = format!("#set($x = {}{inner}{})", open.repeat(10_000), close.repeat(10_000));
        let error = compile(&source).expect_err("it is nested too deep");
        assert_eq!(error.code(), "brackets-too-deep", "{open}");
    }
    let calls = format!("$a{}{}", ".b($a".repeat(10_000), ")".repeat(10_000));
    assert_eq!(compile(&calls).expect_err("it is nested too deep").code(), "brackets-too-deep");
    let operators = format!("#set($x = 1{})", " + 1".repeat(10_000));
    assert_eq!(compile(&operators).expect_err("it has too many").code(), "too-many-operators");
}

#[test]
fn a_deep_payload_is_read_printed_and_dropped() {
    for depth in [9_000, 100_000] {
        let body = "[".repeat(depth) + &"]".repeat(depth);
        let object = "{\"a\":".repeat(depth) + "1" + &"}".repeat(depth);
        for source in [
            "$input.json('$')",
            "$input.path('$')",
            "$input.path('$..a')",
            "#set($x = $input.path('$'))$x.add(1)$x",
        ] {
            let template = compile(source).expect("the template is right");
            for body in [&body, &object] {
                let _ = template.render(&Variables::new().body(body));
            }
        }
    }
}

#[test]
fn a_render_ends_when_its_budget_does() {
    let endless = [
        // Each round makes the text twice as long.
        ("#set($x = 'xxxxxxxx')#foreach($i in [1..900])#set($x = \"$x$x\")#end", "output-limit"),
        (
            "#foreach($a in [1..900])#foreach($b in [1..900])#foreach($c in [1..900])x#end#end#end",
            "output-limit",
        ),
        (
            "#foreach($a in [1..900])#foreach($b in [1..900])#foreach($c in [1..900])#end#end#end",
            "step-limit",
        ),
        ("$input.path('$..*..*..*..*')", "step-limit"),
    ];
    let body = "[".repeat(200) + &"]".repeat(200);
    let limits = Limits { steps: 1_000_000, output_bytes: 100_000, ..Limits::default() };
    let options = Options { limits, ..Options::default() };
    for (source, code) in endless {
        let template = Template::compile(source, &options).expect("the template is right");
        let error =
            template.render(&Variables::new().body(&body)).expect_err("it is over the limit");
        assert_eq!(error.code(), code, "{source}");
    }
}

#[test]
fn a_macro_that_calls_itself_ends() {
    let options = Options { dialect: Dialect::Velocity, ..Options::default() };
    let template =
        Template::compile("#macro(f)#f()#end#f()", &options).expect("the template is right");
    let error = template.render(&Variables::new()).expect_err("it never ends");
    assert!(matches!(error.code(), "render-failed" | "depth-limit"), "{}", error.code());
}

#[test]
fn a_template_is_shared_between_threads() {
    let template =
        compile("$input.params('id') $input.path('$.a')").expect("the template is right");
    std::thread::scope(|scope| {
        for n in 0..4 {
            let template = &template;
            scope.spawn(move || {
                let params =
                    Params { path: vec![("id".into(), n.to_string())], ..Params::default() };
                let body = format!("{{\"a\": {n}}}");
                let variables = Variables::new().body(&body).params(&params);
                let rendered = template.render(&variables).expect("it renders");
                assert_eq!(rendered.output, format!("{n} {n}"));
            });
        }
    });
}
