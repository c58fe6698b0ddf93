// What a template can call, with one line about each: what completion offers and shows.

export interface Entry {
  /** What is typed */
  label: string;
  /** What is put in, `${}` where the cursor stops; the label unless said */
  insert?: string;
  /** Shape or type */
  detail: string;
  about: string;
}

const entry = (label: string, detail: string, about: string, insert?: string): Entry => ({ label, detail, about, insert });

export const ROOTS: Entry[] = [
  entry("$input", "the payload and the parameters", "Reads the body with `json`, `path` and `body`, and the request's parameters with `params`."),
  entry("$util", "functions", "Escapes, encodes and decodes texts, and parses JSON."),
  entry("$context", "about the request", "Who called what: identity, stage, request id, authorizer. `requestOverride` and `responseOverride` can be set."),
  entry("$stageVariables", "the stage's variables", "A map: `$stageVariables.name`, or `$stageVariables.get('name')`."),
];

export const INPUT: Entry[] = [
  entry("path", "(jsonPath) → object", "What a JSONPath finds, as an object to walk, loop over or change. Printed, a map is `{a=b}`, not JSON.", "path('$.${}')"),
  entry("json", "(jsonPath) → text", "What a JSONPath finds, as JSON text with its quotes.", "json('$.${}')"),
  entry("params", "(name?) → text or map", "A parameter by its name, looked for in path, query string and headers, in this order; without a name all of them, as `path`, `querystring` and `header`.", "params('${}')"),
  entry("body", "text", "The payload as it came."),
];

export const PARAMS: Entry[] = [
  entry("path", "map", "The path parameters."),
  entry("querystring", "map", "The query string parameters, the last value of each name."),
  entry("header", "map", "The headers; names as the client spelled them."),
];

export const UTIL: Entry[] = [
  entry("escapeJavaScript", "(text) → text", "Escapes a text for a JSON string. It also writes ' as \\', which JSON does not allow: add .replaceAll(\"\\\\'\",\"'\").", "escapeJavaScript(${})"),
  entry("parseJson", "(text) → object", "Makes an object of JSON text, for example of a stringified member.", "parseJson(${})"),
  entry("urlEncode", "(text) → text", "Encodes a text for a form or a query: a blank is `+`.", "urlEncode(${})"),
  entry("urlDecode", "(text) → text", "Decodes what `urlEncode` wrote.", "urlDecode(${})"),
  entry("base64Encode", "(text) → text", "Base64 of the text's UTF-8, for example for Kinesis `Data`.", "base64Encode(${})"),
  entry("base64Decode", "(text) → text", "The text whose UTF-8 the base64 holds.", "base64Decode(${})"),
];

export const CONTEXT: Entry[] = [
  entry("requestId", "text", "The id of this request, which a client can read and cannot choose."),
  entry("extendedRequestId", "text", "The id that `x-amz-apigw-id` holds."),
  entry("httpMethod", "text", "The method: GET, POST …"),
  entry("path", "text", "The request's path, with the stage."),
  entry("resourcePath", "text", "The resource's path, with its `{names}`."),
  entry("resourceId", "text", "The id of the resource."),
  entry("stage", "text", "The name of the stage."),
  entry("apiId", "text", "The id of the API."),
  entry("accountId", "text", "The account that owns the API."),
  entry("domainName", "text", "The host that was called."),
  entry("domainPrefix", "text", "The first label of the host."),
  entry("protocol", "text", "Such as HTTP/1.1."),
  entry("requestTime", "text", "When the request came, as 09/Apr/2015:12:34:56 +0000."),
  entry("requestTimeEpoch", "number", "The same in milliseconds since 1970."),
  entry("status", "text", "The status of the response."),
  entry("connectionId", "text", "WebSocket APIs: the connection."),
  entry("routeKey", "text", "WebSocket APIs: the route."),
  entry("identity", "map", "Who called: `sourceIp`, `userAgent`, `apiKey`, `caller`, `user`, `userArn`, `cognitoIdentityId` …"),
  entry("authorizer", "map", "What the authorizer found: `principalId`, `claims`, or the members that a Lambda authorizer set."),
  entry("error", "map", "Gateway responses: `message`, `messageString`, `responseType`, `validationErrorString`."),
  entry("requestOverride", "map", "Set `header.NAME`, `querystring.NAME` or `path.NAME` to change the integration request.", "requestOverride.header.${}"),
  entry("responseOverride", "map", "Set `status` or `header.NAME` to change the response.", "responseOverride.${}"),
];

export const IDENTITY: Entry[] = ["sourceIp", "userAgent", "apiKey", "apiKeyId", "accountId", "caller", "user", "userArn", "cognitoIdentityId", "cognitoIdentityPoolId", "cognitoAuthenticationProvider", "cognitoAuthenticationType", "principalOrgId"].map((name) =>
  entry(name, "text", `The caller's ${name}.`),
);

export const AUTHORIZER: Entry[] = [
  entry("principalId", "text", "Lambda authorizers: whom the function named."),
  entry("claims", "map", "Cognito: the claims of the token, such as `sub` and `email`."),
];

export const OVERRIDE: Entry[] = [
  entry("header", "map", "Headers to set, by name."),
  entry("querystring", "map", "Query string parameters to set."),
  entry("path", "map", "Path parameters to set."),
  entry("status", "number", "The status of the response."),
];

export const FOREACH: Entry[] = [
  entry("hasNext", "boolean", "Whether another round follows: `#if($foreach.hasNext),#end`."),
  entry("count", "number", "The round, from 1."),
  entry("index", "number", "The round, from 0."),
  entry("first", "boolean", "Whether this is the first round."),
  entry("last", "boolean", "Whether this is the last."),
];

export const METHODS: Entry[] = [
  entry("size", "() → number", "How many elements a list or members a map has.", "size()"),
  entry("get", "(key or index) → object", "A member of a map, or an element of a list.", "get(${})"),
  entry("keySet", "() → keys", "The names of a map's members, to loop over.", "keySet()"),
  entry("entrySet", "() → entries", "A map's members, each with `key` and `value`.", "entrySet()"),
  entry("containsKey", "(name) → boolean", "Whether a map has a member.", "containsKey('${}')"),
  entry("put", "(name, value)", "Sets a member of a map; `$input.json` sees the change.", "put('${}', )"),
  entry("add", "(value)", "Adds an element to a list.", "add(${})"),
  entry("isEmpty", "() → boolean", "Whether a text, list or map is empty.", "isEmpty()"),
  entry("contains", "(text or value) → boolean", "Whether a text or list holds something.", "contains(${})"),
  entry("length", "() → number", "How many UTF-16 code units a text has.", "length()"),
  entry("substring", "(from, to?) → text", "A part of a text; fails if it is too short.", "substring(${})"),
  entry("split", "(regex) → texts", "The parts of a text between what matches.", "split('${}')"),
  entry("replaceAll", "(regex, text) → text", "The text with all that matches replaced.", "replaceAll('${}', '')"),
  entry("replace", "(text, text) → text", "The text with another in place of one.", "replace('${}', '')"),
  entry("matches", "(regex) → boolean", "Whether all of the text matches.", "matches('${}')"),
  entry("startsWith", "(text) → boolean", "Whether the text begins so.", "startsWith('${}')"),
  entry("endsWith", "(text) → boolean", "Whether the text ends so.", "endsWith('${}')"),
  entry("indexOf", "(text) → number", "Where a text stands in it, or -1.", "indexOf('${}')"),
  entry("trim", "() → text", "The text without blanks at its ends.", "trim()"),
  entry("toLowerCase", "() → text", "The text in lower case.", "toLowerCase()"),
  entry("toUpperCase", "() → text", "The text in upper case.", "toUpperCase()"),
  entry("equals", "(value) → boolean", "Whether both are the same, type included.", "equals(${})"),
  entry("toString", "() → text", "As it is printed.", "toString()"),
];

export const DIRECTIVES: Entry[] = [
  entry("#set", "a variable", "Gives a variable, a member or an override a value. A value of null changes nothing.", "#set($${name} = ${value})"),
  entry("#if", "a condition", "Renders what follows if the value is true: anything but false and null; a missing value is true in API Gateway.", "#if(${condition})\n  ${}\n#end"),
  entry("#elseif", "another condition", "A branch of the `#if` before it.", "#elseif(${condition})"),
  entry("#else", "otherwise", "The last branch of an `#if`.", "#else"),
  entry("#end", "of a block", "Closes `#if`, `#foreach` and `#define`.", "#end"),
  entry("#foreach", "a loop", "Renders what follows for each element of a list or value of a map; at most 1,000 times in API Gateway.", "#foreach($${item} in ${list})\n  ${}#if($foreach.hasNext),#end\n#end"),
  entry("#define", "a block", "Gives a block a name; it is rendered wherever the name is printed.", "#define($${name})${}#end"),
  entry("#break", "out of a loop", "Ends the loop around it.", "#break"),
  entry("#stop", "the render", "Ends the render; what is printed so far is the output.", "#stop"),
];
