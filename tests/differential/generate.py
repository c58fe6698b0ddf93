"""Random templates from the grammar of VTL, biased to what people write, with a tail of odd things. Seeded."""
import random

VARS = {
    "a": "A", "b": "B", "s": "hello", "e": "", "sp": "  pad ", "csv": "a,b,,c,", "uni": "héé日😀", "num": "12",
    "n": 5, "z": 0, "neg": -3, "big": 3000000000, "huge": 12345678901234567890, "d": 2.5, "t": True, "f": False, "nul": None,
    "l": ["x", "y", "z"], "el": [], "nums": [3, 1, 2], "mixed": [1, "a", None, 2.5, True, [1, 2], {"k": "v"}],
    "m": {"k": "v", "n": 1, "nul": None}, "em": {}, "nest": {"a": {"b": {"c": [1, 2, 3]}}, "x-y": "hy"},
}
BODY = '{"id":"ord-1","n":7,"price":12.50,"big":12345678901,"flag":true,"none":null,"note":"it\'s \\"x\\"","tags":["a","b"],' \
       '"lines":[{"sku":"s1","qty":2},{"sku":"s2","qty":1}],"o":{"a":1,"b":{"c":"d"}},"x-y":"hy","empty":[],"eo":{}}'
PARAMS = {"path": {"id": "p1"}, "querystring": {"q": "a b", "id": "q1"}, "header": {"X-H": "h1", "id": "h2"}}
STAGE = {"table": "orders", "url": "https://x/y"}

NAMES = ["a", "b", "s", "n", "z", "l", "m", "nest", "t", "f", "nul", "zzz", "x", "y", "i", "d", "big", "huge", "e", "el", "em",
         "mixed", "nums", "csv", "uni", "neg", "sp", "num", "x-y", "a-b", "foreach", "velocityCount"]
PROPERTIES = ["k", "n", "nul", "a", "b", "c", "zz", "x-y", "empty", "size", "length", "key", "value", "hasNext", "count", "index", "b.c"]
STRING_CALLS = ["length()", "isEmpty()", "toUpperCase()", "toLowerCase()", "trim()", "charAt({i})", "substring({i})",
                "substring({i},{i})", "indexOf({s})", "lastIndexOf({s})", "indexOf({s},{i})", "contains({s})", "startsWith({s})",
                "endsWith({s})", "equals({v})", "equalsIgnoreCase({s})", "compareTo({s})", "concat({s})", "replace({s},{s})",
                "replaceAll({s},{s})", "replaceFirst({s},{s})", "matches({s})", "split({s})", "split({s}).size()", "toString()",
                "split({s},{i})", "toCharArray().size()", "format({s},{v})", "valueOf({v})", "length({v})"]
LIST_CALLS = ["size()", "isEmpty()", "get({i})", "contains({v})", "indexOf({v})", "lastIndexOf({v})", "subList({i},{i})", "add({v})",
              "add({i},{v})", "set({i},{v})", "remove({i})", "remove({v})", "addAll({r})", "clear()", "toString()", "equals({v})",
              "containsAll({r})", "size({v})", "iterator().next()", "removeAll({r})", "retainAll({r})"]
MAP_CALLS = ["get({v})", "get({s})", "put({s},{v})", "size()", "isEmpty()", "containsKey({v})", "containsValue({v})", "keySet()",
             "values()", "entrySet()", "remove({s})", "putAll({r})", "getOrDefault({s},{v})", "putIfAbsent({s},{v})", "toString()"]
NUMBER_CALLS = ["intValue()", "longValue()", "doubleValue()", "toString()", "equals({v})", "compareTo({v})", "parseInt({s})",
                "valueOf({s})", "toHexString({i})", "max({i},{i})", "min({i},{i})"]
STRINGS = ["k", "l", "a", "", "x y", "z", ",", "[el]", "h.*", "(l+)", "<$1>", "$0", "\\", ".", "b", "12", "%s", "é", "it''s", "\\d+", "a|e"]


class Generator:
    def __init__(self, seed, profile, dialect):
        self.r, self.profile, self.dialect = random.Random(f"{seed}/{profile}/{dialect}"), profile, dialect
        self.depth = 0

    def pick(self, *choices):
        return self.r.choice(choices)

    def chance(self, p):
        return self.r.random() < p

    # ------------------------------------------------------------------ values
    def string(self):
        if self.chance(0.65):
            return "'" + self.r.choice(STRINGS) + "'"
        if self.profile in ("strings", "chaos") and self.depth < 2 or self.chance(0.2) and self.depth < 2:
            self.depth += 1
            inner = self.pieces(self.r.randint(0, 3)).replace('"', '""')
            self.depth -= 1
            return '"' + inner + '"'
        return '"' + self.r.choice(["a$b", "$a", "${a}c", "x$!zzz", "$zzz", "#a", "$", "say $s.trim()", "a ## b", "\\u0041", "$m.k-$n", "$l[0]", "\\$a"]) + '"'

    def integer(self):
        return str(self.r.choice([0, 1, 2, 3, -1, -2, 5, 9, 10, 100, 2147483647, 3000000000]))

    def literal(self):
        k = self.r.random()
        if k < 0.3:
            return self.integer()
        if k < 0.55:
            return self.string()
        if k < 0.62:
            return self.pick("true", "false")
        if k < 0.7:
            return self.pick("1.5", "2.0", "-0.5", ".5", "1e3", "1.", "1.5e10", "0.1")
        if k < 0.82:
            return self.pick("[", "[ ") + self.pick(",", ", ", " , ").join(self.argument() for _ in range(self.r.randint(0, 3))) + "]"
        if k < 0.9:
            return f"[{self.end()}..{self.end()}]"
        return "{" + ", ".join(f"{self.pick(self.string(), self.reference())} : {self.argument()}" for _ in range(self.r.randint(0, 2))) + "}"

    def end(self):
        return self.pick("1", "3", "-2", "$n", "$z", "0", " 2 ", "$zzz")

    def argument(self):
        self.depth += 1
        out = self.literal() if self.chance(0.6) and self.depth < 4 else self.reference()
        self.depth -= 1
        return out

    def call(self):
        kind = self.r.choice([STRING_CALLS, STRING_CALLS, LIST_CALLS, MAP_CALLS, NUMBER_CALLS])
        out = self.r.choice(kind)
        self.depth += 1
        while "{" in out:
            at = out.index("{")
            key = out[at + 1]
            fill = {"i": lambda: self.pick("0", "1", "2", "-1", "9", "$n"), "s": lambda: self.string() if self.chance(0.85) else self.reference(),
                    "v": lambda: self.argument() if self.chance(0.9) else "null", "r": lambda: self.pick("$l", "$el", "$nums", "$m", "[1,'x']", "$zzz")}[key]()
            out = out[:at] + fill.replace("{", "\x01").replace("}", "\x02") + out[at + 3:]
        self.depth -= 1
        return out.replace("\x01", "{").replace("\x02", "}")

    def path(self):
        out = self.r.choice(NAMES)
        if self.dialect == "apigateway" and self.chance(0.3):
            out = self.host()
        for _ in range(self.r.choice([0, 0, 0, 1, 1, 2])):
            k = self.r.random()
            if k < 0.4:
                out += "." + self.r.choice(PROPERTIES)
            elif k < 0.55:
                out += "[" + self.pick("0", "1", "-1", "9", "'k'", "$n", "'a'", " 0 ", '"k"', "true", "$zzz") + "]"
            elif self.depth < 3:
                out += "." + self.call()
        return out

    def host(self):
        path = self.pick("$", "$.id", "$.n", "$.price", "$.lines", "$.lines[0]", "$.lines[1].sku", "$.tags", "$.o", "$.o.b", "$.none", "$.zzz",
                         "$.note", "$.x-y", "id", "$.empty", "$.flag", "$.lines[*].sku", "$..sku", "$['o']", "$.big")
        quoted = self.pick(f"'{path}'", f'"{path}"' if "$" not in path[1:] else f"'{path}'")
        value = self.argument() if self.chance(0.7) else "$input.body"
        return self.pick(f"input.path({quoted})", f"input.path({quoted})", f"input.json({quoted})", "input.body", "input.params('id')",
                         "input.params('X-H')", "input.params('zzz')", "input.params().path", "input.params().querystring.q",
                         f"util.escapeJavaScript({value})", f"util.urlEncode({value})", f"util.base64Encode({value})",
                         "util.parseJson('{\"a\":[1,{\"b\":2}]}')", "util.urlDecode('a+b%20c')", "util.base64Decode('aGk=')",
                         "stageVariables.table", "stageVariables.zzz", "stageVariables", "context.requestId", "context.zzz",
                         "context.responseOverride.status", "context.requestOverride.header.X-A")

    def reference(self):
        sigil = self.pick("$", "$", "$", "$", "$", "$!", "${", "$!{")
        return sigil + self.path() + ("}" if sigil.endswith("{") else "")

    # ------------------------------------------------------------------ expressions
    def expression(self, deep=0):
        k = self.r.random()
        if deep > 2 or k < 0.45:
            out = self.argument()
        elif k < 0.55:
            out = self.pick("!", "! ", "not ", "!!") + self.expression(deep + 1)
        elif k < 0.65:
            out = "(" + self.blank() + self.expression(deep + 1) + self.blank() + ")"
        else:
            operator = self.pick("==", "!=", "<", ">", "<=", ">=", "&&", "||", "+", "-", "*", "/", "%", "eq", "ne", "lt", "gt", "le", "ge", "and", "or", "+", "==")
            blank = " " if self.chance(0.9) or operator.isalpha() else ""
            out = self.expression(deep + 1) + blank + operator + blank + self.expression(deep + 1)
        return self.blank() + out + self.blank()

    def blank(self):
        return self.pick("", "", "", "", "", " ", "  ", "\n", "\t")

    # ------------------------------------------------------------------ pieces
    def set(self):
        target = self.pick("$x", "$y", "$x", "$a", "$m.k", "$m['q']", "$l[0]", "$nest.a.q", "$zzz.q", "${x}", "$!x", "${m.k}", "$x-y", "$foreach.u", "$l[9]", "$m.n.q", "$m.get('k').z")
        if self.dialect == "apigateway" and self.chance(0.15):
            target = self.pick("$context.responseOverride.status", "$context.requestOverride.header.X-A", "$context.requestOverride.path['p']", "$context.responseOverride.header.Y")
        return f"#set{self.pick('', '', ' ')}({self.blank()}{target}{self.pick(' = ', '=', ' =')}{self.expression()})"

    def block(self):
        self.depth += 1
        body = self.pieces(self.r.randint(0, 3)) if self.depth < 4 else "b"
        k = self.r.random()
        end = self.pick("#end", "#end", "#end", "#{end}")
        if k < 0.45:
            out = f"#if({self.expression()}){body}"
            if self.chance(0.25):
                out += f"#elseif({self.expression()}){self.pieces(1)}"
            if self.chance(0.4):
                out += self.pick("#else", "#{else}", "#else\n") + self.pieces(1)
            out += end
        elif k < 0.8:
            source = self.pick("$l", "[1..3]", "$nums", "$m", "$m.keySet()", "$m.entrySet()", "$mixed", "$zzz", "$s", "$csv.split(',')", self.reference(), "['a','b']", "$el")
            if self.dialect == "apigateway":
                source = self.pick(source, source, "$input.path('$.lines')", "$input.path('$.o').keySet()", "$input.path('$.tags')")
            inner = self.pick(body, body, f"$i{body}", f"$i#if($foreach.hasNext),#end", f"$foreach.count{body}", f"{body}#if($i == 'y')#break#end", f"$velocityCount")
            out = f"#foreach({self.pick('$i', '$i', '$x', ' $i ')} in {source}){inner}{end}"
        elif k < 0.88:
            out = f"#define($x){body}{end}$x{self.pick('', '$x')}"
        elif k < 0.94:
            name = self.pick("f", "g", "nope")
            out = f"#macro({name} $p $q)[$p$q]{body if '#' + name not in body else ''}{end}#{name}({self.argument()} {self.argument()})"
        elif k < 0.97:
            out = f"#literal(){body}{end}"
        else:
            out = f"#@nope({self.argument()}){body}{end}"
        self.depth -= 1
        return out

    def text(self):
        return self.pick("a", "b c", " ", "\n", "  ", '"k": ', "{", "}", ", ", "[1]", "text", "\t", "\r\n", "é", ".x", "(y)", ":", "-", "100%", "it's", "x.y", ".", "(", ")", "[", "]", "_", "9", "true", "end", "foo.bar")

    def odd(self):
        return self.pick("$", "#", "\\", "$5", "# ", "#1", "\\$a", "\\\\$a", "\\$zzz", "\\#if", "\\\\", "\\#foo", "$!", "$.x", "$[0]", "##c\n", "#*c*#", "#[[v $a]]#", "#**d*#",
                         "#foo", "#foo($a)", "#{foo}", "#foo (1 2)", "$$a", "#$a", "$a$b", "$a#$b", "$m.k$a", "$m.k##c\n", "${a}b", "$a{b}c", "$a.b.", "$l[0]x", "$s.trim()x.y", "$\\!a", "$!!a",
                         "#evaluate('$a')", "#stop", "#break", "\\n", "$a-$b", "$ a", "{$a}", "#end ", "#else", "$true", "#-", "#,", "$a(", "$m.k(", "$a}", "$a[", "#\\#if", "$#x", "$\\", "#{", "#@", "#$a.k$b", "$a\\#if", "\\\\#if(true)x#end", "  #set($x=1)", "$a #set($x=1)\n", "\n  #if(true)\n  b\n  #end\n")

    def piece(self):
        weights = {"realistic": (30, 26, 12, 20, 2), "grammar": (20, 25, 18, 25, 8), "strings": (15, 25, 30, 15, 6), "expressions": (5, 10, 50, 30, 1),
                   "escapes": (20, 20, 4, 8, 45), "chaos": (20, 20, 10, 10, 40)}.get(self.profile, (20, 25, 18, 25, 8))
        return self.r.choices([self.text, self.reference, self.set, self.block, self.odd], weights)[0]()

    def pieces(self, count):
        out = "".join(self.piece() for _ in range(count))
        return out

    def template(self):
        self.depth = 0
        if self.profile == "expressions":
            out = f"#set($x = {self.expression()})[$x]#if({self.expression()})Y#{{else}}N#end"
        elif self.profile == "broken":
            self.profile = "grammar"
            out = self.pieces(self.r.randint(1, 5))
            self.profile = "broken"
            for _ in range(self.r.randint(1, 2)):
                if out:
                    i = self.r.randrange(len(out))
                    out = self.pick(out[:i] + out[i + 1:], out[:i] + out[i] + out[i:], out[:i] + out[i + 1:i + 2] + out[i:i + 1] + out[i + 2:],
                                    out[:i] + self.r.choice("$#\\\"'(){}[].!,-= \n") + out[i:])
        else:
            out = self.pieces(self.r.randint(1, 6))
        return out


PROFILES = ["realistic", "grammar", "strings", "expressions", "escapes", "chaos", "broken"]


def cases(seed, count, profiles, dialects):
    """`count` renders, the profiles and dialects in turn."""
    generators = {(p, d): Generator(seed, p, d) for p in profiles for d in dialects}
    keys = list(generators)
    for i in range(count):
        profile, dialect = keys[i % len(keys)]
        case = {"id": str(i), "template": generators[profile, dialect].template(), "dialect": dialect, "vars": VARS}
        if dialect == "apigateway":
            case |= {"body": BODY, "params": PARAMS, "stageVariables": STAGE, "context": {"requestId": "r-1"}}
        yield profile, case
