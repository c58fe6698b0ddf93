//! No request, no method and no backend, however odd, makes an exchange panic, or end in anything but a message or a
//! gateway response.
//!
//! Odd things are put together at random, from a seed, so that a failure can be repeated: `EXCHANGES=100000 SEED=7`.

use serde_json::{Map, Value, json};
use transom::gateway::{
    Api, Backend, Exchange, Fields, Journal, Method, Request, Response, ResponseType, Stage,
    exchange,
};

/// Numbers that look random: splitmix64.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }

    fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    /// The first of the pool as often as not, so that not all is odd at the same time.
    fn usual<'p, T: ?Sized>(&mut self, pool: &[&'p T]) -> &'p T {
        if self.one_in(2) { pool[0] } else { self.pick(pool) }
    }

    fn pick<'p, T: ?Sized>(&mut self, pool: &[&'p T]) -> &'p T {
        pool[self.below(pool.len())]
    }
}

const TEMPLATES: [&str; 20] = [
    "{\"statusCode\": 200}",
    "",
    "{statusCode: 404,}",
    "$input.json('$')",
    "$input.path('$.a.b[0]').c $input.body",
    "#foreach($k in $input.params().keySet())$k=$input.params().get($k)#end",
    "#set($context.requestOverride.header.X = $input.params('X'))$input.body",
    "#set($context.requestOverride.header.Content-Length = 1)",
    "#set($context.requestOverride.querystring.q = [1, {\"a\": 2}, $null])",
    "#set($context.requestOverride.path.id = $input.path('$'))x",
    "#set($context.requestOverride = 7)x",
    "#set($context.responseOverride.status = $input.path('$.s'))$context.responseOverride",
    "#set($context.responseOverride.header = [1])#set($context.responseOverride.status = 99999999999)",
    "$context.identity.sourceIp $stageVariables.v $util.base64Decode($input.body)",
    "$util.parseJson($input.body).a",
    "#stop",
    "$input.path('$..*')",
    "$input.path('$').put('a', 1)$input.json('$.a')",
    "#foreach($i in [1..2000])$i#end",
    "#if($a)",
];

const SOURCES: [&str; 6] = [
    "'static'",
    "''",
    "'",
    "context.identity.sourceIp",
    "context.authorizer.claims.a.b:c",
    "stageVariables.v",
];

const REQUEST_SOURCES: [&str; 8] = [
    "method.request.header.X",
    "method.request.multivalueheader.X",
    "method.request.querystring.q",
    "method.request.multivaluequerystring.q",
    "method.request.path.id",
    "method.request.body",
    "method.request.body..*",
    "method.request.body.$.a['b','c']",
];

const RESPONSE_SOURCES: [&str; 6] = [
    "integration.response.header.X",
    "integration.response.multivalueheader.X",
    "integration.response.body",
    "integration.response.body[0]",
    "integration.response.body.errorMessage.a",
    "integration.response.body.errorMessage[?(@.a)]",
];

const NAMES: [&str; 16] = [
    "X",
    "X",
    "Y",
    "Y",
    "Z",
    "Content-Type",
    "Accept",
    "Content-Length",
    "TE",
    "Via",
    "Date",
    "Content-Encoding",
    "id",
    "q",
    "$",
    "é",
];

const VALUES: [&str; 16] = [
    "",
    "application/json",
    "application/json; charset=utf-8",
    "image/png",
    "*/*",
    ";,;",
    "gzip",
    "br, gzip, identity",
    "a,b",
    "é\u{0}\"\\",
    "Root=1-2-3",
    "200",
    " ",
    "{\"a\": 1}",
    "%zz",
    "\u{feff}",
];

const BODIES: [&[u8]; 16] = [
    b"",
    b"{}",
    b"{\"a\": {\"b\": [{\"c\": 1}]}, \"s\": 404}",
    b"{\"errorMessage\": \"{\\\"a\\\": 1}\"}",
    b"{\"errorMessage\": 7}",
    b"[1, 2",
    b"\"text\"",
    b"null",
    b"e30=",
    b"\xff\xfe\xed\xa0\x80",
    b"\x1f\x8b\x08\x00",
    b" {\"open",
    b"{\"statusCode\": 201, \"body\": \"e30=\", \"isBase64Encoded\": true}",
    b"{\"statusCode\": \"x\", \"headers\": {\"a\": {}}}",
    b"{\"multiValueHeaders\": {\"X\": [1, true, null]}}",
    b"{\"headers\": null, \"body\": {}}",
];

const PATHS: [&str; 14] = [
    "",
    "/",
    "//",
    "/pets/1",
    "/pets/%2F%zz/",
    "?",
    "/?q=1&q=%zz&=&&a",
    "/pets//1?q=+%2B",
    "pets",
    "/pets/1?q=\u{e9}",
    "/{id}",
    "/a/b/c/d",
    "/pets/\u{0}",
    "/?x=1?y=2",
];

const RESOURCES: [&str; 8] =
    ["/", "/pets/{id}", "/{proxy+}", "/{id}/{id}", "", "/{}", "/{+}", "/pets/{id}/{proxy+}"];

const URIS: [&str; 10] = [
    "https://backend.example/{id}",
    "https://${stageVariables.v}/x",
    "",
    "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/f/invocations",
    "arn:aws:apigateway:us-east-1:s3:path/{id}",
    "arn:",
    "https://{",
    "${stageVariables.",
    "https://é.example/${x}{}{{id}}",
    "http://u@h:1/?{q}",
];

const PATTERNS: [&str; 9] =
    ["", "200", "4\\d{2}", ".*", ".+", "(a+)+$", "(", "(\\n|.)*b", "\\p{L}"];

/// Sometimes what should be there, sometimes null, sometimes something else altogether.
fn maybe(dice: &mut Dice, value: Value) -> Value {
    match dice.below(40) {
        0 => Value::Null,
        1 => json!(7),
        2 => json!([]),
        3 => json!("odd"),
        _ => value,
    }
}

fn map(
    dice: &mut Dice,
    most: usize,
    mut name: impl FnMut(&mut Dice) -> String,
    mut value: impl FnMut(&mut Dice) -> Value,
) -> Value {
    let mut members = Map::new();
    for _ in 0..dice.below(most + 1) {
        let (name, value) = (name(dice), value(dice));
        members.insert(name, value);
    }
    Value::Object(members)
}

fn templates(dice: &mut Dice) -> Value {
    let key = |dice: &mut Dice| {
        dice.pick(&["application/json", "$default", "image/png", "", "a/b; c"]).to_owned()
    };
    map(dice, 2, key, |dice| Value::from(dice.usual(&TEMPLATES)))
}

fn method(dice: &mut Dice) -> Value {
    let location = |dice: &mut Dice| dice.pick(&["header", "querystring", "path"]).to_owned();
    let name = |dice: &mut Dice| dice.pick(&NAMES).to_owned();
    let source = |dice: &mut Dice, own: &[&'static str]| match dice.below(30) {
        0 => Value::from("nonsense"),
        1..8 => Value::from(dice.pick(&SOURCES)),
        _ => Value::from(dice.pick(own)),
    };
    let requests = map(
        dice,
        3,
        |dice| format!("integration.request.{}.{}", location(dice), name(dice)),
        |dice| source(dice, &REQUEST_SOURCES),
    );
    let declared = map(
        dice,
        2,
        |dice| format!("method.request.{}.{}", location(dice), name(dice)),
        |dice| json!(dice.one_in(2)),
    );
    let responses = map(
        dice,
        3,
        |dice| dice.pick(&["200", "404", "500", "default"]).to_owned(),
        |dice| {
            let parameters = map(
                dice,
                3,
                |dice| format!("method.response.header.{}", name(dice)),
                |dice| source(dice, &RESPONSE_SOURCES),
            );
            json!({
                "statusCode": dice.pick(&["200", "404", "599"]),
                "selectionPattern": dice.usual(&PATTERNS),
                "responseParameters": parameters,
                "responseTemplates": templates(dice),
                "contentHandling": handling(dice),
            })
        },
    );
    let behavior = dice.usual(&["WHEN_NO_MATCH", "WHEN_NO_TEMPLATES", "NEVER"]);
    let integration = json!({
        "type": dice.pick(&["MOCK", "HTTP", "HTTP_PROXY", "AWS", "AWS_PROXY"]),
        "httpMethod": dice.pick(&["GET", "POST", "ANY"]),
        "uri": dice.usual(&URIS),
        "requestParameters": requests,
        "requestTemplates": templates(dice),
        "passthroughBehavior": behavior,
        "contentHandling": handling(dice),
        "integrationResponses": maybe(dice, responses),
    });
    json!({
        "apiKeyRequired": dice.one_in(20),
        "requestParameters": declared,
        "requestModels": {"application/json": dice.pick(&["Empty", "Pet", "Deep"])},
        "requestValidator": {
            "validateRequestBody": dice.one_in(4),
            "validateRequestParameters": dice.one_in(8),
        },
        "methodIntegration": maybe(dice, integration),
    })
}

fn handling(dice: &mut Dice) -> Value {
    match dice.below(6) {
        0 => json!("CONVERT_TO_TEXT"),
        1 => json!("CONVERT_TO_BINARY"),
        _ => Value::Null,
    }
}

fn api(dice: &mut Dice) -> Value {
    let types = match dice.below(4) {
        0 => json!(["*/*"]),
        1 => json!(["image/png", "", "*/json", "a/*"]),
        _ => json!([]),
    };
    let responses = map(
        dice,
        2,
        |dice| ResponseType::ALL[dice.below(ResponseType::ALL.len())].as_str().to_owned(),
        |dice| {
            let template = "$context.error.messageString ${context.x} $stageVariables.v $method.request.header.X";
            json!({
                "statusCode": dice.pick(&["200", "599"]),
                "responseParameters": {"gatewayresponse.header.X": "method.request.header.X"},
                "responseTemplates": {"application/json": template},
            })
        },
    );
    json!({
        "binaryMediaTypes": types,
        "minimumCompressionSize": if dice.one_in(4) { json!(0) } else { Value::Null },
        "models": {
            "Pet": {"type": "object", "required": ["a"]},
            "Deep": {"properties": {"a": {"$ref": "https://x/models/Deep"}}},
        },
        "gatewayResponses": responses,
    })
}

fn fields(dice: &mut Dice) -> Fields<'static> {
    let count = if dice.one_in(100) { 2000 } else { dice.below(5) };
    (0..count).map(|_| (dice.pick(&NAMES), dice.pick(&VALUES))).collect()
}

fn body(dice: &mut Dice) -> Vec<u8> {
    match dice.below(400) {
        0 => vec![b' '; 11 * 1024 * 1024],
        1 => b"[".repeat(20_000),
        _ => dice.pick(&BODIES).to_vec(),
    }
}

#[test]
fn whatever_comes_is_answered() {
    let number = |name: &str, default: u64| {
        std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(default)
    };
    let mut dice = Dice(number("SEED", 1));
    let stage = json!({"name": "s", "variables": {"v": "value", "w": 1}});
    let stage = Stage::compile(&stage).expect("a stage");
    let given = json!({"requestId": "r", "identity": {"sourceIp": "192.0.2.1"}, "authorizer": {"claims": {"a": {"b:c": true}}}, "apiId": []});
    let given = given.as_object().cloned().unwrap_or_default();
    let (mut compiled, mut messages, mut refusals) = (0, 0, 0);
    for _ in 0..number("EXCHANGES", 2000) {
        let Ok(api) = Api::compile(&api(&mut dice)) else { continue };
        let Ok(method) = Method::compile(&api, dice.pick(&RESOURCES), &method(&mut dice)) else {
            continue;
        };
        compiled += 1;
        for _ in 0..3 {
            let request = Request {
                method: dice.pick(&["GET", "POST", "", "é"]).into(),
                uri: dice.pick(&PATHS).into(),
                path: Fields::new(),
                query: fields(&mut dice),
                headers: fields(&mut dice),
                body: body(&mut dice).into(),
            };
            let answer = Response {
                status: [0, 200, 200, 200, 404, 500, 999][dice.below(7)],
                headers: fields(&mut dice),
                body: body(&mut dice).into(),
            };
            let backend = match dice.below(10) {
                0 => {
                    [Backend::TimedOut, Backend::Unreachable, Backend::Mock][dice.below(3)].clone()
                }
                _ => Backend::Answered(answer),
            };
            let mut plain = Exchange::new(&method, &stage, &request);
            let mut recorded = Exchange::recorded(&method, &stage, &request, Journal::default());
            if dice.one_in(2) {
                plain = plain.context(&given);
                recorded = recorded.context(&given);
            }
            let came = exchange(&mut plain, |_| backend.clone());
            // Whoever listens changes nothing.
            assert_eq!(came, exchange(&mut recorded, |_| backend));
            match came.1 {
                Ok(_) => messages += 1,
                Err(refused) => {
                    refusals += 1;
                    assert!((100..=599).contains(&refused.status), "{refused:?}");
                }
            }
        }
    }
    println!("{compiled} methods, {messages} messages, {refusals} gateway responses");
    assert!(compiled > 0 && messages > 0 && refusals > 0);
}
