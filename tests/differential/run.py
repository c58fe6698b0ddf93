#!/usr/bin/env python3
"""Renders random templates with transom and with the real engines, and compares.

    run.py --program "target/release/transom batch" --twin PATH [--count N] [--seed S] [--profile P,..] [--dialect D,..] [--show N]

Both are programs that read renders as JSON lines and answer in JSON lines. Two errors agree, whatever their words; two
outputs agree when they and the overrides are equal. A disagreement is printed with the smallest template that still shows
it. Exit status 1 when there is one. Python 3.11, standard library only; README.md tells more.
"""
import argparse
import collections
import json
import re
import shlex
import subprocess
import sys
import threading

from generate import PROFILES, cases

# Where the real engines are not what API Gateway is known to be, or nobody can depend on what they print. As narrow as can be.
INTENDED = [
    (r"@[0-9a-f]+", "an object's address or an array's hash"),
    (r"\$!?\{?context\b(?![.\w-])", "maps inside $context print as nothing on API Gateway (recorded), and what $context itself prints is not known"),
    (r"\$!?\{?context\.(request|response)Override(\.(header|path|querystring))?\b(?![.\w])", "maps inside $context print as nothing on API Gateway (recorded)"),
    (r"header=\{\}", "the maps of overrides, inside $context, print as nothing on API Gateway (recorded)"),
    (r"\.(hashCode|getClass|class|info)\b", "reflection and hashes"),
]
ADDRESS = re.compile(r"(\[[A-Z]\w*;?|\[L[\w.]+;|[\w.$]+)@[0-9a-f]+")


class Program:
    """A JSON-lines program that answers in order."""

    def __init__(self, command):
        self.command = command

    def ask(self, inputs, timeout=600):
        child = subprocess.Popen(self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        data = b"".join(json.dumps(i, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n" for i in inputs)
        timer = threading.Timer(timeout, child.kill)
        timer.start()
        out, _ = child.communicate(data)
        timer.cancel()
        answers = {}
        for line in out.decode("utf-8", "replace").split("\n"):
            try:
                answer = json.loads(line)
                answers[answer["id"]] = answer
            except (ValueError, KeyError, TypeError):
                pass
        return answers


def same(ours, theirs):
    if ours is None or theirs is None:
        return False
    if "error" in theirs or "error" in ours:
        return "error" in theirs and "error" in ours
    if ADDRESS.sub("@", ours["output"]) != ADDRESS.sub("@", theirs["output"]):
        return False
    return members(ours.get("overrides")) == members(theirs.get("overrides"))


def members(overrides):
    """Overrides without what is empty: the real engines always name all maps."""
    out = {}
    for side in ("request", "response"):
        for name, value in ((overrides or {}).get(side) or {}).items():
            if value not in ({}, None):
                out[side, name] = value
    return out


def intended(case, theirs):
    text = case["template"] + json.dumps(theirs or {})
    return any(re.search(pattern, text) for pattern, _ in INTENDED)


def shrink(case, program, twin):
    """Takes characters away as long as the two still disagree."""
    template = case["template"]
    size = max(1, len(template) // 2)
    while size >= 1:
        tries = [template[:i] + template[i + size:] for i in range(0, len(template), size)]
        inputs = [case | {"id": str(n), "template": t} for n, t in enumerate(tries)]
        ours, theirs = program.ask(inputs), twin.ask(inputs)
        better = [t for n, t in enumerate(tries) if str(n) in ours and str(n) in theirs and not same(ours[str(n)], theirs[str(n)])]
        if better:
            template = better[0]
            size = min(size, max(1, len(template) // 2))
        else:
            size //= 2
    return case | {"id": "0", "template": template}


def show(answer):
    if answer is None:
        return "no answer"
    return json.dumps(answer.get("output", answer.get("error")), ensure_ascii=False)[:300]


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--program", default="target/release/transom batch")
    p.add_argument("--twin", required=True)
    p.add_argument("--count", type=int, default=2000)
    p.add_argument("--seed", default="1")
    p.add_argument("--profile", default=",".join(PROFILES))
    p.add_argument("--dialect", default="apigateway,velocity")
    p.add_argument("--show", type=int, default=10, help="disagreements that are shrunk and shown")
    o = p.parse_args()
    program, twin = Program(shlex.split(o.program)), Program(shlex.split(o.twin))
    everything = list(cases(o.seed, o.count, o.profile.split(","), o.dialect.split(",")))
    inputs = [case for _, case in everything]
    asked = {}
    threads = [threading.Thread(target=lambda name=name, who=who: asked.__setitem__(name, who.ask(inputs)))
               for name, who in (("ours", program), ("theirs", twin))]
    [t.start() for t in threads]
    [t.join() for t in threads]
    table, wrong = collections.defaultdict(collections.Counter), []
    for profile, case in everything:
        ours, theirs = asked["ours"].get(case["id"]), asked["theirs"].get(case["id"])
        kind = "same output" if theirs and "output" in theirs else "same error"
        if not same(ours, theirs):
            kind = "intended" if intended(case, theirs) else "different"
            if kind == "different":
                wrong.append(case)
        table[profile][kind] += 1
    columns = ["same output", "same error", "intended", "different"]
    print("%-12s" % "profile", *("%12s" % c for c in columns))
    for profile, row in table.items():
        print("%-12s" % profile, *("%12d" % row[c] for c in columns))
    for case in wrong[:o.show]:
        small = shrink(case, program, twin)
        print("\nDIFFERENT", small["dialect"], json.dumps(small["template"], ensure_ascii=False))
        print("  real", show(twin.ask([small]).get("0")))
        print("  ours", show(program.ask([small]).get("0")))
    total = sum(sum(row.values()) for row in table.values())
    print("\n%d passed, %d failed" % (total - len(wrong), len(wrong)))
    return 1 if wrong or not total else 0


if __name__ == "__main__":
    sys.exit(main())
