#!/usr/bin/env python3
"""Reads random payloads, right and broken, with transom and with the real json-smart, and compares.

    documents.py --program "target/release/transom batch" --twin PATH [--count N] [--seed S] [--show N] [--keep FILE]

Every payload is printed with `$util.parseJson` and, where it is an object or an array, with `$input.json('$')`. Payloads are small
documents, every truncation of them, and random mutations: a character taken away, doubled, put in, swapped. Two errors
agree, whatever their words. `--keep` writes the answers of the real engine in the form of tests/real_engine/*.jsonl. Exit
status 1 when two answers disagree. Python 3.11, standard library only.
"""
import argparse
import json
import random
import re
import shlex
import sys

from run import Program, same, show

# The twin's `$input` answers nothing for a payload that is one text or number; its `$util.parseJson` reads everything.
READ = "$util.parseJson($input.body)"
WRITE = "$input.json('$')"
SEEDS = [
    '{"a":1,"b":[true,false,null],"c":{"d":"x\\ny","e":-1.5e2}}',
    '[1, 2.50, "three", {"four": 4}, []]',
    "{'a': 'b', c: d, \"e\": [f, 'g',], }",
    '{"a":"\\u00e9\\ud83d\\ude00\\/","a":2}',
    ' { "name" : "Ada" , "n" : 007 , "m" : +1 } trailing',
    '{"big":12345678901234567890,"long":3000000000,"dec":1.2345678901234567890,"neg":-0,"exp":1E+2}',
    '[[["deep"]],{"":""}]',
    '"text"', 'not json', '12', '1.10', 'true', 'null', '{}', '[]', '',
    '{a:{b:c d,e:f}}', "['it''s']", '{"a" "b"}', '[1 2]', '{"t":tru,"f":falsey,"n":nul}',
    '[.5,5.,1e5,1.e3,-,--1,1-2,0x10,NaN,Infinity,-Infinity]',
]
PIECES = list('{}[],:"\'\\/ \t\n+-.eE0123456789truefalsn') + ["\\u00e9", "\\x41", "é", "\u2028", "\x01", "\x7f", "//", "/*", "NaN", "1e400", "null", "\\q", "\\u12"]


def mutate(rng, text):
    for _ in range(rng.choice([1, 1, 1, 2, 3])):
        at = rng.randrange(len(text) + 1)
        match rng.randrange(5):
            case 0: text = text[:at] + text[at + 1:]
            case 1: text = text[:at] + rng.choice(PIECES) + text[at:]
            case 2: text = text[:at] + rng.choice(PIECES) + text[at + 1:]
            case 3: text = text[:at] + text[max(0, at - rng.randrange(6)):at] + text[at:]
            case 4: text = text[:at] + text[at + 1:at + 2] + text[at:at + 1] + text[at + 2:]
    return text


def number(rng):
    digits = lambda n: "".join(rng.choice("0123456789") for _ in range(rng.randrange(n)))
    return rng.choice(["", "-", "+", "--"]) * (rng.random() < .4) + digits(12) + rng.choice(["", ".", ".", "e", "E-", "e+"]) + digits(9) + rng.choice(["", "", "", "e", "e5", "x", " 1"])


def payloads(seed, count):
    rng = random.Random(seed)
    found = dict.fromkeys(SEEDS)
    for text in SEEDS:
        found.update(dict.fromkeys(text[:end] for end in range(len(text))))
    while len(found) < count:
        if rng.random() < .15:
            text = rng.choice(['%s', '[%s]', '{"a":%s}', '{"a":%s,b:1}', '[%s,2]']) % number(rng)
        else:
            text = mutate(rng, rng.choice(SEEDS))
        found[text] = None
    return list(found)[:count]


def intended(body, ours, theirs):
    """Where the two are meant to differ."""
    if re.search(r"[eE][+-]?\d{5,}", body):
        return "transom refuses a BigDecimal whose exponent could make gigabytes of a few bytes"
    if "output" in ours and "output" in theirs and values(ours["output"]) == values(theirs["output"]):
        return "Double.toString of a Java before 19 prints a digit too many for some doubles"
    return None


def values(text):
    return re.sub(r"-?\d+\.\d+E\d+", lambda m: repr(float(m[0])), text)


def shape(text):
    """A rough class of payloads, so that one cause is shown once."""
    text = re.sub(r"[0-9]+", "0", text)
    return re.sub(r"[a-df-zA-DF-Z]+", "a", text)


def keep(path, cases, answers):
    with open(path, "w", encoding="utf-8") as out:
        for case in cases:
            answer = answers[case["id"]]
            expected = {"output": answer["output"]} if "output" in answer else {"error": {"phase": "render"}}
            kept = {"id": f"documents/{case['id']}", "evidence": "real_engine", "input": {k: case[k] for k in ("template", "body")}, "expected": expected}
            out.write(json.dumps(kept, ensure_ascii=False) + "\n")


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--program", default="target/release/transom batch")
    p.add_argument("--twin", required=True)
    p.add_argument("--count", type=int, default=5000)
    p.add_argument("--seed", default="1")
    p.add_argument("--show", type=int, default=20)
    p.add_argument("--keep", help="a file for the answers of the real engine")
    o = p.parse_args()
    program, twin = Program(shlex.split(o.program)), Program(shlex.split(o.twin))
    cases = []
    for body in payloads(o.seed, o.count):
        cases.append({"id": str(len(cases)), "template": READ, "body": body})
        if body.lstrip(" \t\r\n")[:1] in ("{", "["):
            cases.append({"id": str(len(cases)), "template": WRITE, "body": body})
    ours, theirs = program.ask(cases), twin.ask(cases)
    wrong = [c for c in cases if not same(ours.get(c["id"]), theirs.get(c["id"]))]
    meant = [c for c in wrong if intended(c["body"], ours.get(c["id"], {}), theirs.get(c["id"], {}))]
    wrong = [c for c in wrong if c not in meant]
    wrong.sort(key=lambda c: len(c["body"]))
    shown = {}
    for case in wrong:
        shown.setdefault(shape(case["body"]), case)
    for case in list(shown.values())[:o.show]:
        print(json.dumps(case["body"], ensure_ascii=False), "" if case["template"] == READ else case["template"])
        print("  real  ", show(theirs.get(case["id"])))
        print("  transom", show(ours.get(case["id"])))
    if o.keep:
        keep(o.keep, [c for c in cases if c not in wrong and c not in meant], theirs)
    print(f"{len(cases)} payloads, {len(wrong)} read differently, {len(meant)} meant to be")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
