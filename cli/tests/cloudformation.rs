//! Templates of CloudFormation and SAM, through `transom check` and `transom invoke`.

mod process;

use process::{file, transom};
use serde_json::Value;

fn found(name: &str, text: &str, arguments: &[&str]) -> Vec<String> {
    let path = file("cloudformation", name, text);
    let done = transom(&[&["check", &path, "--format", "json"], arguments].concat());
    let all: Vec<Value> = serde_json::from_str(&done.stdout).expect(&done.stderr);
    let of = |one: &Value| {
        let text = |name: &str| one[name].as_str().unwrap_or_default().to_owned();
        format!(
            "{}:{} {}: {} ({})",
            one["line"],
            one["column"],
            text("kind"),
            text("message"),
            text("help")
        )
    };
    all.iter().map(of).collect()
}

/// An API with one MOCK whose response is this value.
fn answering(template: &str) -> String {
    format!(
        "Parameters:
  Table: {{Type: String, Default: orders}}
  Env: {{Type: String}}
  Zones: {{Type: CommaDelimitedList, Default: 'a, b'}}
Mappings:
  Sizes: {{us-east-1: {{dev: small}}}}
Conditions:
  IsDev: !Equals [!Ref Env, dev]
  IsProd: !Not [Condition: IsDev]
  Either: !Or [!Condition IsDev, {{Condition: IsProd}}]
Resources:
  Queue: {{Type: AWS::SQS::Queue}}
  Api:
    Type: AWS::ApiGateway::RestApi
    Properties: {{Name: api}}
  Things:
    Type: AWS::ApiGateway::Resource
    Properties: {{RestApiId: !Ref Api, ParentId: !GetAtt Api.RootResourceId, PathPart: things}}
  Thing:
    Type: AWS::ApiGateway::Resource
    Properties: {{RestApiId: !Ref Api, ParentId: !Ref Things, PathPart: '{{id}}'}}
  Get:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Api
      ResourceId: !Ref Thing
      HttpMethod: GET
      AuthorizationType: NONE
      Integration:
        Type: MOCK
        RequestTemplates:
          application/json: '{{\"statusCode\": 200}}'
        IntegrationResponses:
          - StatusCode: 200
            ResponseTemplates:
              application/json: {template}
"
    )
}

#[test]
fn functions_have_the_values_that_a_deployment_gives_them() {
    for (template, body) in [
        ("!Ref Table", "orders"),
        ("{Ref: Table}", "orders"),
        ("!Ref Queue", "Queue"),
        ("!GetAtt Queue.Arn", "Queue.Arn"),
        ("{'Fn::GetAtt': [Queue, Arn]}", "Queue.Arn"),
        ("!Ref AWS::Region", "us-east-1"),
        (
            "!Sub '${Table} ${AWS::AccountId} ${Queue.Arn} ${!Table}'",
            "orders 123456789012 Queue.Arn ",
        ),
        ("!Sub ['${a}-${Table}', {a: !Ref Env}]", "dev-orders"),
        ("{'Fn::Sub': '#set($a = 1)${!a}'}", "1"),
        ("!Join ['-', [a, !Ref Table, 1]]", "a-orders-1"),
        ("{'Fn::Join': ['', ['{\"t\": \"', {Ref: Table}, '\"}']]}", "{\"t\": \"orders\"}"),
        ("!If [IsDev, yes-dev, no-dev]", "yes-dev"),
        ("!If [IsProd, yes, !Ref Table]", "orders"),
        ("!If [Either, yes, no]", "yes"),
        ("!FindInMap [Sizes, !Ref AWS::Region, !Ref Env]", "small"),
        ("!Select [1, !Ref Zones]", "b"),
        ("!Select [1, !Split [',', 'x,y']]", "y"),
        ("!Base64 abc", "YWJj"),
        ("!ImportValue other-stack", "other-stack"),
        (
            "!Sub |\n                #set($a = 2)\n                ${!a} $a ${Table}\n",
            "2 2 orders\n",
        ),
    ] {
        let path = file("cloudformation", "values.yaml", answering(template));
        let done = transom(&["invoke", &path, "GET", "/things/7", "--parameter", "Env=dev"]);
        assert_eq!((done.stdout.as_str(), done.stderr.as_str()), (body, ""), "{template}");
    }
    let path =
        file("cloudformation", "values.yaml", answering("!Sub '${Table} ${Env} ${AWS::Region}'"));
    let flat = file("cloudformation", "flat.yaml", "Env: e\nAWS::Region: eu-west-1\n");
    let list =
        file("cloudformation", "list.json", r#"[{"ParameterKey": "Env", "ParameterValue": "l"}]"#);
    for (arguments, body) in [
        (vec!["--parameters", &flat], "orders e eu-west-1"),
        (vec!["--parameters", &flat, "--parameter", "Table=t"], "t e eu-west-1"),
        (vec!["--parameters", &list], "orders l us-east-1"),
    ] {
        let done = transom(&[vec!["invoke", &path, "GET", "/things/7"], arguments].concat());
        assert_eq!((done.stdout.as_str(), done.stderr.as_str()), (body, ""));
    }
}

#[test]
fn what_is_wrong_has_a_place_and_a_way_out() {
    for (template, finding) in [
        (
            "!Sub 'é ${x} $a'",
            "42:41 sub-eats-reference: CloudFormation finds nothing named `x` for `${x}` (if the template is to read it, write `${!x}`)",
        ),
        (
            "!Ref Tabel",
            "42:38 cloudformation: `Tabel` is no parameter and no resource of the template (did you mean `Table`?)",
        ),
        ("!GetAtt Nobody.Arn", "42:41 cloudformation: `Nobody` is no resource of the template ()"),
        (
            "!Subb a",
            "42:39 cloudformation: `Fn::Subb` is no function that transom knows (did you mean `Fn::Sub`?)",
        ),
        ("!Join [a]", "42:39 cloudformation: this is no argument of `Fn::Join` ()"),
        ("!If [No, a, b]", "42:38 cloudformation: the template has no condition `No` ()"),
        ("!FindInMap [Sizes, a, b]", "42:44 cloudformation: `Mappings` has no Sizes.a.b ()"),
    ] {
        let text = answering(template);
        let all = found("wrong.yaml", &text, &["--parameter", "Env=dev"]);
        let line = text.lines().position(|line| line.contains(template)).expect("a line") + 1;
        let finding = finding.replacen("42:", &format!("{line}:"), 1);
        assert!(all.contains(&finding), "{finding}\n{all:#?}");
    }
    let all = found("wrong.yaml", &answering("!Ref Env"), &["--parameter", "Tabel=1"]);
    assert!(
        all.iter().any(
            |one| one.contains("the template has no parameter `Tabel` (did you mean `Table`?)")
        ),
        "{all:#?}"
    );
    assert!(all.iter().any(|one| {
        one.contains("the parameter `Env` has no value (give it one with --parameter Env=VALUE)")
    }));
}

#[test]
fn an_error_behind_sub_and_join_stands_where_it_is_written() {
    for template in [
        "!Sub '${Table} ${!x} $a-b'",
        "!Sub |\n                ${Table}\n                  $a-b",
        "!Sub ['${v} $a-b', {v: '$c'}]",
        "!Join ['', [x, !Ref Table, ' $a-b']]",
        "{'Fn::Sub': \"\\u00e9 ${Env} $a-b\"}",
    ] {
        let text = answering(template);
        let before = &text[..text.find("$a-b").expect("it is there")];
        let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
        let place = format!("{}:{column} glued-name", before.matches('\n').count() + 1);
        let all = found("places.yaml", &text, &["--parameter", "Env=dev"]);
        assert!(all.iter().any(|one| one.starts_with(&place)), "{template} {place}: {all:?}");
    }
}

#[test]
fn what_is_included_has_places_in_its_own_file() {
    let included = file(
        "cloudformation",
        "included.yaml",
        "type: mock\nrequestTemplates:\n  application/json: '$a-b ${x}'\n",
    );
    let template = "Transform: AWS::Serverless-2016-10-31
Resources:
  Api:
    Type: AWS::Serverless::Api
    Properties:
      StageName: prod
      DefinitionBody:
        openapi: 3.0.1
        paths:
          /a:
            get:
              x-amazon-apigateway-integration:
                Fn::Transform: {Name: AWS::Include, Parameters: {Location: FILE}}
";
    let path = file("cloudformation", "including.yaml", template.replace("FILE", "included.yaml"));
    let done = transom(&["check", &path, "--format", "json"]);
    let all: Vec<Value> = serde_json::from_str(&done.stdout).expect("JSON");
    assert_eq!((&all[0]["file"], &all[0]["line"]), (&Value::from(included), &Value::from(3)));
    for (location, message) in [
        ("none.yaml", "cannot read `"),
        ("s3://bucket/key", "`s3://bucket/key` is not on this computer"),
    ] {
        let all = found("including.yaml", &template.replace("FILE", location), &[]);
        assert!(
            all.iter().any(|one| one.starts_with("13:76 ") && one.contains(message)),
            "{all:?}"
        );
    }
}

#[test]
fn sam_includes_a_document_and_gives_the_stage() {
    let path = format!("{}/../examples/orders/sam.yaml", env!("CARGO_MANIFEST_DIR"));
    let done = transom(&["check", "-D", &path]);
    assert_eq!((done.code, done.stdout.as_str()), (Some(0), ""));
    let done = transom(&["invoke", &path, "GET", "/orders?customer=a", "--integration-request"]);
    assert!(done.stdout.contains("\"TableName\": \"orders\""), "{}", done.stdout);
    let done = transom(&[
        "invoke",
        &path,
        "GET",
        "/orders?customer=a",
        "--integration-request",
        "--parameter",
        "Table=t",
    ]);
    assert!(done.stdout.contains("\"TableName\": \"t\""), "{}", done.stdout);
}

#[test]
fn functions_of_sam_are_proxies() {
    let template = file(
        "cloudformation",
        "function.yaml",
        "Transform: AWS::Serverless-2016-10-31
Globals:
  Api: {BinaryMediaTypes: [image~1png]}
Resources:
  Find:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: src/
      Environment: {Variables: {T: !Ref Unknown}}
      Events:
        Get: {Type: Api, Properties: {Path: '/pets/{id}', Method: get}}
        Every: {Type: Schedule, Properties: {Schedule: rate(1 day)}}
",
    );
    let done =
        transom(&["invoke", &template, "GET", "/pets/7", "--integration-request", "-o", "json"]);
    let sent: Value = serde_json::from_str(&done.stdout).expect(&done.stderr);
    let sent = &sent["integrationRequest"];
    assert!(sent["uri"].as_str().expect("a uri").ends_with("functions/Find.Arn/invocations"));
    let event: Value = serde_json::from_str(sent["body"].as_str().expect("a body")).expect("JSON");
    assert_eq!(event["pathParameters"]["id"], "7");
    assert_eq!(event["resource"], "/pets/{id}");
}

#[test]
fn a_document_with_functions_is_read_without_its_template_too() {
    let api = file(
        "cloudformation",
        "api.yaml",
        r##"openapi: "3.0.1"
paths:
  /{id}:
    get:
      x-amazon-apigateway-integration:
        type: "aws"
        credentials: {Fn::GetAtt: [Role, Arn]}
        httpMethod: "POST"
        uri: {"Fn::Sub": "arn:aws:apigateway:${AWS::Region}:dynamodb:action/GetItem"}
        requestTemplates:
          application/json:
            Fn::Sub: |-
              {"TableName": "${Table}", "Key": {"id": {"S": "$context.requestId"}}}
"##,
    );
    assert_eq!(transom(&["check", "-D", &api]).stdout, "");
    let done =
        transom(&["invoke", &api, "GET", "/7", "--integration-request", "--parameter", "Table=t"]);
    assert!(done.stdout.contains("{\"TableName\": \"t\", "), "{}", done.stdout);
}

#[test]
fn what_an_api_is_not_made_of_needs_no_values_and_other_apis_are_told() {
    let template = "Parameters: {Secret: {Type: String}}
Resources:
  Http: {Type: AWS::Serverless::HttpApi}
  Api:
    Type: AWS::Serverless::Api
    Properties: {StageName: s, Tags: {a: !Ref Secret}, Auth: {X: !Nonsense y}, DefinitionBody: {swagger: '2.0', paths: {}}}
";
    let found = found("other.yaml", template, &[]);
    assert_eq!(found, ["3:3 not-read: `Http` is no REST API: transom does not read it ()"]);
}
