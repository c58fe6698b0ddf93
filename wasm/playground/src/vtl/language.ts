// VTL for CodeMirror: colours for directives, references and the JSON around them.

import { HighlightStyle, LanguageSupport, StreamLanguage, type StringStream, syntaxHighlighting } from "@codemirror/language";
import { tags } from "@lezer/highlight";

import { blockMatching, blocks, folding } from "./blocks";
import { completion } from "./completion";

interface State {
  /** Brackets that are open in the piece that is being read: of a directive, a reference, an index */
  open: string[];
  /** The quote of a text in a piece */
  quote: string;
  /** `#*` or `#[[` */
  inside: "" | "comment" | "verbatim";
  /** Whether a name may follow: behind `$a`, `.b` and `)` */
  reference: boolean;
  /** In JSON around the pieces, whether a text is open */
  json: boolean;
}

const CLOSING: Record<string, string> = { "(": ")", "[": "]", "{": "}" };
const DIRECTIVE = /^#(?:\{(?:set|if|elseif|else|end|foreach|define|break|stop|macro|evaluate|parse|include)\}|(?:set|if|elseif|foreach|define|macro|evaluate|parse|include)(?=\s*\()|(?:else|end|break|stop)(?![a-zA-Z]))/;

function inPiece(stream: StringStream, state: State): string | null {
  if (state.quote) return text(stream, state);
  if (stream.eatSpace()) return null;
  const c = stream.peek() ?? "";
  if (c === '"' || c === "'") {
    stream.next();
    state.quote = c;
    return text(stream, state);
  }
  if (stream.match(/^\$!?\{?[a-zA-Z][\w-]*\}?/)) return "variableName";
  if (stream.match(/^-?\d+(\.\d+)?/)) return "number";
  if (stream.match(/^(true|false|null)\b/)) return "atom";
  if (stream.match(/^(in|and|or|not|eq|ne|gt|lt|ge|le)\b/)) return "operatorKeyword";
  if (stream.match(/^\.\.|^(==|!=|<=|>=|&&|\|\||[-+*/%<>=!,:])/)) return "operator";
  if (stream.match(/^\.[a-zA-Z][\w-]*(?=\()/)) return "function";
  if (stream.match(/^\.[a-zA-Z][\w-]*/)) return "propertyName";
  stream.next();
  if (CLOSING[c]) {
    state.open.push(CLOSING[c]);
    return "bracket";
  }
  if (c === state.open.at(-1)) {
    state.open.pop();
    state.reference = true;
    return "bracket";
  }
  return null;
}

function text(stream: StringStream, state: State): string {
  while (!stream.eol()) {
    const c = stream.next();
    if (c === state.quote) {
      if (stream.peek() === state.quote) stream.next();
      else {
        state.quote = "";
        break;
      }
    }
  }
  return "string";
}

function skipTo(stream: StringStream, state: State, end: string, style: string): string {
  if (stream.skipTo(end)) {
    stream.match(end);
    state.inside = "";
  } else stream.skipToEnd();
  return style;
}

function afterReference(stream: StringStream, state: State): string | null | undefined {
  state.reference = false;
  if (stream.match(/^\.[a-zA-Z][\w-]*(?=\()/)) return (state.reference = true), "function";
  if (stream.match(/^\.[a-zA-Z][\w-]*/)) return (state.reference = true), "propertyName";
  const c = stream.peek() ?? "";
  if (c === "(" || c === "[") {
    stream.next();
    state.open.push(CLOSING[c] ?? "");
    return "bracket";
  }
  return undefined;
}

function around(stream: StringStream, state: State): string | null {
  if (stream.match("##")) return stream.skipToEnd(), "comment";
  if (stream.match("#*")) return (state.inside = "comment"), skipTo(stream, state, "*#", "comment");
  if (stream.match("#[[")) return (state.inside = "verbatim"), skipTo(stream, state, "]]#", "string");
  if (stream.match(DIRECTIVE)) {
    if (stream.match(/^\s*\(/)) {
      state.open.push(")");
      stream.backUp(1);
      state.open.pop();
      state.reference = true;
    }
    return "keyword";
  }
  if (stream.match(/^\$!?\{[a-zA-Z][\w-]*/)) {
    state.open.push("}");
    return "variableName";
  }
  if (stream.match(/^\$!?[a-zA-Z][\w-]*/)) return (state.reference = true), "variableName";
  if (stream.eatSpace()) return null;
  const c = stream.next() ?? "";
  if (c === '"') {
    state.json = !state.json;
    return "string";
  }
  if (state.json) {
    if (c === "\\") stream.next();
    else stream.eatWhile(/[^"\\$#]/);
    return "string";
  }
  if (/[\d-]/.test(c)) return stream.eatWhile(/[\d.eE+-]/), "number";
  if (/[a-z]/i.test(c)) {
    stream.eatWhile(/[\w-]/);
    return /^(true|false|null)$/.test(stream.current()) ? "atom" : null;
  }
  return /[{}[\]]/.test(c) ? "bracket" : /[,:]/.test(c) ? "separator" : null;
}

const parser = StreamLanguage.define<State>({
  name: "vtl",
  startState: () => ({ open: [], quote: "", inside: "", reference: false, json: false }),
  copyState: (state) => ({ ...state, open: [...state.open] }),
  token(stream, state) {
    // A text of JSON ends with its line, whatever was forgotten.
    if (stream.sol() && state.open.length === 0) state.json = false;
    if (state.inside === "comment") return skipTo(stream, state, "*#", "comment");
    if (state.inside === "verbatim") return skipTo(stream, state, "]]#", "string");
    if (state.reference) {
      const found = afterReference(stream, state);
      if (found !== undefined) return found;
    }
    return state.open.length > 0 ? inPiece(stream, state) : around(stream, state);
  },
  languageData: {
    commentTokens: { line: "##", block: { open: "#*", close: "*#" } },
    closeBrackets: { brackets: ["(", "[", "{", '"'] },
    wordChars: "$-",
  },
  tokenTable: {
    function: tags.function(tags.propertyName),
    operatorKeyword: tags.operatorKeyword,
  },
});

/** The colours, for VTL and JSON alike; `style.css` has them for light and dark. */
export const colours = syntaxHighlighting(
  HighlightStyle.define([
    { tag: [tags.keyword, tags.operatorKeyword], class: "tok-keyword" },
    { tag: tags.variableName, class: "tok-variable" },
    { tag: tags.function(tags.propertyName), class: "tok-function" },
    { tag: tags.propertyName, class: "tok-property" },
    { tag: tags.string, class: "tok-string" },
    { tag: tags.number, class: "tok-number" },
    { tag: [tags.atom, tags.bool, tags.null], class: "tok-atom" },
    { tag: tags.comment, class: "tok-comment" },
    { tag: [tags.operator, tags.separator, tags.bracket], class: "tok-punctuation" },
  ]),
);

export function vtl(): LanguageSupport {
  return new LanguageSupport(parser, [blocks, blockMatching, folding, completion]);
}
