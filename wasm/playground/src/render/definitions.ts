// The templates in an OpenAPI, SAM, CloudFormation or Terraform file (YAML or JSON), each with the place where it is used.

import { type CollectionTag, type ScalarTag, type Tags, parseAllDocuments } from "yaml";

export interface Found {
  /** Where it is used: `POST /orders › request, application/json` */
  label: string;
  template: string;
}

type Node = Record<string, unknown>;

const SHORT = ["Ref", "Sub", "GetAtt", "Join", "If", "Select", "FindInMap", "ImportValue", "Base64", "Split", "Transform", "Equals", "Not", "And", "Or", "Condition", "GetAZs", "Cidr"];

/** `!Sub x` becomes `{"Fn::Sub": x}`, as in the long form. */
const long = (name: string) => (name === "Ref" || name === "Condition" ? name : `Fn::${name}`);

const tags: Tags = SHORT.flatMap((name): (ScalarTag | CollectionTag)[] => [
  { tag: `!${name}`, resolve: (value: string) => ({ [long(name)]: value }) },
  { tag: `!${name}`, collection: "seq", resolve: (seq) => ({ [long(name)]: (seq as { toJSON(): unknown }).toJSON() }) },
  { tag: `!${name}`, collection: "map", resolve: (map) => ({ [long(name)]: (map as { toJSON(): unknown }).toJSON() }) },
]);

const isNode = (value: unknown): value is Node => typeof value === "object" && value !== null && !Array.isArray(value);

/** A text, or what an intrinsic function most likely gives; `${Name}` stays for whoever reads it. */
function textOf(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  if (!isNode(value)) return undefined;
  const sub = value["Fn::Sub"];
  if (typeof sub === "string") return sub.replace(/\$\{!/g, "${");
  if (Array.isArray(sub) && typeof sub[0] === "string") return sub[0].replace(/\$\{!/g, "${");
  const join = value["Fn::Join"];
  if (Array.isArray(join) && Array.isArray(join[1])) return join[1].map((part) => textOf(part) ?? "").join(String(join[0]));
  if (typeof value.Ref === "string") return value.Ref;
  const attribute = value["Fn::GetAtt"];
  if (attribute) return Array.isArray(attribute) ? attribute.join(".") : String(attribute);
  return undefined;
}

const KEYS: Record<string, string> = {
  requesttemplates: "request",
  responsetemplates: "response",
  request_templates: "request",
  response_templates: "response",
};
const QUIET = new Set(["Resources", "Properties", "paths", "x-amazon-apigateway-integration", "Integration", "IntegrationResponses", "responses", "DefinitionBody", "x-amazon-apigateway-gateway-responses"]);

function walk(node: unknown, path: string[], found: Found[], depth = 0): void {
  if (depth > 60) return;
  if (Array.isArray(node)) {
    node.forEach((item, i) => walk(item, [...path, isNode(item) && item.StatusCode ? String(item.StatusCode) : String(i)], found, depth + 1));
    return;
  }
  if (!isNode(node)) return;
  for (const [key, value] of Object.entries(node)) {
    const kind = KEYS[key.toLowerCase()];
    if (kind && isNode(value)) {
      for (const [type, template] of Object.entries(value)) {
        const text = textOf(template);
        if (text !== undefined) found.push({ label: [...path.filter((part) => !QUIET.has(part)), `${kind}, ${type}`].join(" › "), template: text });
      }
    } else walk(value, [...path, /^(get|post|put|delete|patch|head|options)$/.test(key) ? key.toUpperCase() : key], found, depth + 1);
  }
}

/**
 * The templates of a definition. A text that is no definition is a template itself.
 *
 * Throws an error with the place where a definition cannot be read.
 */
export function templatesOf(name: string, text: string): Found[] {
  if (/\.(vtl|vm)$/i.test(name)) return [{ label: name, template: text }];
  const documents = parseAllDocuments(text, { customTags: tags, strict: false, uniqueKeys: false, logLevel: "silent" });
  const found: Found[] = [];
  for (const document of Array.isArray(documents) ? documents : []) {
    const [error] = document.errors;
    if (error) throw new Error(`${name}: ${error.message.split("\n")[0]}`);
    walk(document.toJS(), [], found);
  }
  return found;
}
