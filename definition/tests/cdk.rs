//! What the CDK writes: stages in folders of their own, and documents as assets.

use std::io::ErrorKind;
use std::path::Path;

use serde_json::json;
use transom_definition::{Definition, Parameters};

#[test]
fn stacks_of_stages_and_documents_that_are_assets() {
    let files = |path: &Path| {
        let path = path.to_str().unwrap_or_default().replace('\\', "/");
        let text = match path.as_str() {
            "cdk.out/manifest.json" => json!({"artifacts": {
                "assembly-Prod": {"type": "cdk:cloud-assembly", "properties": {"directoryName": "assembly-Prod"}},
                "Tree": {"type": "cdk:tree", "properties": {"file": "tree.json"}},
                "Empty": {"type": "aws:cloudformation:stack", "properties": {"templateFile": "Empty.template.json"}},
            }}),
            "cdk.out/Empty.template.json" => json!({"Resources": {}, "Parameters": {}}),
            "cdk.out/assembly-Prod/manifest.json" => json!({"artifacts": {
                "Api": {"type": "aws:cloudformation:stack", "properties": {"templateFile": "Api.template.json"}},
            }}),
            "cdk.out/assembly-Prod/Api.template.json" => json!({"Resources": {"Api": {
                "Type": "AWS::ApiGateway::RestApi",
                "Properties": {"Name": "api", "BodyS3Location": {"Bucket": {"Fn::Sub": "assets-${AWS::AccountId}"}, "Key": "abc.json"}},
            }}}),
            "cdk.out/assembly-Prod/asset.abc.json" => {
                json!({"openapi": "3.0.1", "paths": {"/a": {"get": {
                    "x-amazon-apigateway-integration": {"type": "http_proxy", "uri": "https://backend.example"},
                }}}})
            }
            _ => return Err(ErrorKind::NotFound.into()),
        };
        Ok(text.to_string())
    };
    let parameters = Parameters::new();
    let definition =
        Definition::read_cdk_out(Path::new("cdk.out"), &parameters, &files).expect("a folder");
    assert!(definition.problems.is_empty(), "{:?}", definition.problems);
    let [api] = definition.apis.as_slice() else { unreachable!("one API: {:?}", definition.apis) };
    assert_eq!((api.name.as_str(), api.routes[0].label().as_str()), ("api", "GET /a"));

    let none = Definition::read_cdk_out(Path::new("elsewhere"), &parameters, &files)
        .expect_err("no manifest");
    assert!(none.message.contains("manifest.json"), "{}", none.message);
}
