"""Files of up to 2 MB that are made to take long or much: each is read in a process of its own with limits that the system holds.

    python tests/definitions/source/bombs.py < NAMES

prints a JSON object: for each name how many findings there were, or the signal that ended it.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from functools import partial
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Final

sys.path.insert(0, str(Path(__file__).parents[3]))

from definitions.loading.loader import load_text, shipped_indicators
from definitions.reporting.formats import FORMATS
from definitions.source.reader import MAX_BYTES, decode

if TYPE_CHECKING:
    from collections.abc import Callable

CPU_SECONDS: Final = 2
MEMORY: Final = 200_000_000
SIZE: Final = MAX_BYTES - 10_000
HEAD: Final = "spår: x\nnamn: X\ntyp: förberedande spår\n"
STEP: Final = "steg: [{id: a, typ: praktik}]\n"
FACTS: Final = "uppgifter: {a: ja/nej, körkort: ja/nej, poäng: tal, p: tal}\n"
RULES: Final = HEAD + STEP + FACTS + "målgrupp:\n  krav:\n"
ALIKE: Final = "kortkörkort" * 4


def filled(unit: str, head: str = "", tail: str = "") -> str:
    """As much of a text as a file holds."""
    return head + unit * ((SIZE - len((head + tail).encode())) // len(unit.encode())) + tail


def numbered(unit: str, count: int = 1_000_000, head: str = "", tail: str = "") -> str:
    """A text with its number in it, many times over, as often as a file holds it; `%n` is the number, `%m` the next one."""
    parts, size = [head], len(head.encode())
    for number in range(count):
        part = unit.replace("%n", str(number)).replace("%m", str(number + 1))
        size += len(part.encode())
        if size > SIZE:
            break
        parts.append(part)
    return "".join([*parts, tail])


def nested_aliases() -> str:
    """Nine times nine times nine …"""
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    return "\n".join(lines + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 2_000)])


FILES: Final[dict[str, Callable[[], str | bytes]]] = {
    "one word": lambda: filled("a"),
    "one value": lambda: filled("a", HEAD + STEP + "ägare: "),
    "spaces": lambda: filled(" "),
    "spaces before a colon": lambda: filled(" ", HEAD + "a", ": b"),
    "spaces within a value": lambda: filled(" ", HEAD + "ägare: a", "b: c"),
    "empty lines": lambda: filled("\n"),
    "tabs": lambda: filled("\t"),
    "lines with tabs": lambda: filled("\ta: b\n"),
    "opening brackets": lambda: filled("["),
    "opening braces": lambda: filled("{a: "),
    "closing brackets": lambda: filled("]", "a: "),
    "dashes": lambda: filled("- "),
    "question marks": lambda: filled("? "),
    "colons": lambda: filled(": "),
    "colons in a value": lambda: filled("b: ", HEAD + "a: "),
    "commas": lambda: filled(",", "a: ["),
    "values and commas": lambda: filled("b,", "a: ["),
    "quotes": lambda: filled('"', HEAD + "a: "),
    "quoted values without commas": lambda: filled("'b' ", HEAD + "a: ["),
    "quotes never closed": lambda: filled('a: "b\n', HEAD),
    "quotes with keys inside": lambda: filled('a: "b\n  c: d\n', HEAD),
    "backslashes": lambda: filled("\\", HEAD + 'a: "'),
    "wrong backslashes": lambda: filled("\\q", HEAD + 'a: "'),
    "brackets never closed": lambda: filled("a: [b\n", HEAD),
    "brackets that do not match": lambda: filled("a: [b}\n", HEAD),
    "lines without colons": lambda: filled("hej hopp\n", HEAD),
    "hashes": lambda: filled("# ", "a "),
    "indentation up": lambda: "".join(" " * n + "a:\n" for n in range(1_900)),
    "indentation down": lambda: "".join(" " * (1_400 - n) + "a: b\n" for n in range(1_400)),
    "indentation askew": lambda: numbered("   k%n: v\n k%n: v\n", head=HEAD),
    "text to the left in a block": lambda: filled(" rad\n", HEAD + "beskrivning: |\n   a\n", "x"),
    "text over lines": lambda: filled(" rad\n", HEAD + STEP + "beskrivning: a\n", "x y\n"),
    "documents": lambda: filled("---\n"),
    "ends of documents": lambda: filled("...\n"),
    "directives": lambda: filled("%A b\n"),
    "aliases of aliases": nested_aliases,
    "aliases of a long list": lambda: HEAD + STEP + "texter: {a: &a [" + "x, " * 9_000 + "], b: *a, c: *a}\n",
    "many aliases": lambda: filled("*a, ", HEAD + "texter: &a {b: c}\nparter: [", "]"),
    "anchors": lambda: numbered("- &a%n x\n", head="parter:\n"),
    "tags": lambda: numbered("- !t%n x\n", head="parter:\n"),
    "unknown keys": lambda: numbered("nyckel%n: 1\n", 9_000, HEAD + STEP),
    "keys that are nearly known": lambda: numbered("arbetsgivar%n: 1\n", 9_000, HEAD + STEP),
    "the same key": lambda: filled("namn: 1\n", HEAD),
    "the same key in braces": lambda: filled("a: b, ", HEAD + STEP + "texter: {", "}"),
    "invisible characters": lambda: filled("\u200b", HEAD + "ägare: "),
    "invisible characters on each line": lambda: filled("a: \u200bb\n", HEAD),
    "hard spaces": lambda: filled("\u00a0"),
    "hard spaces after colons": lambda: filled("a:\u00a0b\n", HEAD),
    "letters of another encoding": lambda: filled("Ã¥", HEAD + STEP + "ägare: "),
    "marks without letters": lambda: filled("\u030a", HEAD + STEP + "ägare: a"),
    "marks out of order": lambda: filled("\u0316\u0301", HEAD + STEP + "ägare: a"),
    "letters in two parts": lambda: filled("a\u030a", HEAD + STEP + "ägare: "),
    "letters that look alike": lambda: numbered("\u0430%n: 1\n", 9_000, HEAD + STEP),
    "Latin-1": lambda: b"a: " + b"\xe5" * (SIZE - 3),
    "UTF-16": lambda: filled("a", HEAD + "ägare: ")[: SIZE // 2 - 10].encode("utf-16"),
    "zeros": lambda: b"\0" * SIZE,
    "noise": lambda: Random(1).randbytes(SIZE),
    "a long number": lambda: filled("9", HEAD + STEP + "intag: {platser: ", "}"),
    "dates that are none": lambda: numbered("2026-9-%n, ", 9_000, HEAD + STEP + "intag: {starter: [", "]}"),
    "lengths": lambda: numbered("%m dagar, ", 9_000, HEAD + STEP + "uppföljning: [", "]"),
    "lengths that are none": lambda: numbered("två veckor %n, ", 9_000, HEAD + STEP + "uppföljning: [", "]"),
    "facts": lambda: numbered("  f%n: ja/nej\n", 9_000, HEAD + STEP + "uppgifter:\n"),
    "long names that look alike": lambda: numbered(
        f"- {{id: s%n, typ: praktik, om: {ALIKE}%ny}}\n",
        1_500,
        numbered(f"  {ALIKE}%nx: ja/nej\n", 3_000, HEAD + "uppgifter:\n") + "steg:\n",
    ),
    "steps in a chain": lambda: numbered("- {id: s%n, typ: praktik}\n", 3_900, HEAD + "steg:\n"),
    "steps that all wait for all": lambda: HEAD + "steg:\n" + "".join(
        f"- {{id: s{n}, typ: praktik, efter: [{', '.join(f's{m}' for m in range(n)) or 'antagning'}]}}\n" for n in range(190)
    ),
    "steps that wait for the next": lambda: numbered("- {id: s%n, typ: praktik, efter: s%m}\n", 2_800, HEAD + "steg:\n"),
    "steps that wait for what is not there": lambda: numbered("- {id: s%n, typ: praktik, efter: t%n}\n", 2_800, HEAD + "steg:\n"),
    "steps that nobody reaches": lambda: numbered(
        "- {id: s%n, typ: praktik, vid_resultat: {klar: avsluta, ej_klar: avsluta, avbruten: avsluta}}\n", 1_500, HEAD + "steg:\n"
    ),
    "steps that end at once": lambda: numbered(
        "- {id: s%n, typ: praktik, efter: antagning, vid_resultat: {klar: avsluta}}\n", 2_000, HEAD + "steg:\n"
    ),
    "language before vocation": lambda: numbered(
        "- {id: s%n, typ: insats, namn: Svenska}\n- {id: v%n, typ: yrkesvux}\n", 1_300, HEAD + "steg:\n"
    ),
    "goals of goals": lambda: numbered("- {id: g%n, namn: G, räknar: utfall = arbete, bland: inte g%m}\n", 1_900, HEAD + STEP + "mål:\n"),
    "partners that cannot be": lambda: numbered("P%n, ", 19_000, HEAD + STEP + "parter: [", "]"),
    "employers": lambda: numbered("- {id: e%n, namn: E}\n", 3_900, HEAD + STEP + "arbetsgivare:\n"),
    "one long condition": lambda: filled("körkort och ", RULES + "  - '", "a'"),
    "conditions of many words": lambda: numbered("  - '" + "a eller " * 220 + "p > %n'\n", head=RULES),
    "conditions of many comparisons": lambda: numbered("  - '" + "p = %n eller " * 120 + "a'\n", head=RULES),
    "conditions in many brackets": lambda: numbered("  - '" + "(" * 38 + "p > %n" + ")" * 38 + "'\n", head=RULES),
    "conditions with many nots": lambda: numbered("  - '" + "inte " * 35 + "p > %n'\n", head=RULES),
    "conditions of quotes": lambda: numbered("  - 'p > " + '"' * 1_900 + "%n'\n", head=RULES),
    "conditions with two unknown facts": lambda: numbered("  - f%n och g%n\n", 9_000, RULES),
}  # fmt: skip
# What the limits must end, or they hold nothing.
HARMFUL: Final[dict[str, Callable[[], object]]] = {
    "never ends": lambda: sum(iter(int, 1)),
    "takes all": lambda: [b"x" * 1_000_000 + bytes([n % 256]) for n in range(1_000)],
}


def read(name: str) -> int:
    """Read one file as `check` would, in every format; gives how many findings there are."""
    data = FILES[name]() if name in FILES else HARMFUL[name]()
    text, found = decode(data, "x") if isinstance(data, bytes) else (str(data), ())
    if text is None:
        return len(found)
    loaded = load_text(text)
    for render in FORMATS.values():
        render([loaded], "sv")
    return len(loaded.diagnostics)


def alone(read: Callable[[], int | str]) -> int | str:
    """What came of a file read under limits, by a child of this process."""
    receiving, sending = os.pipe()
    child = os.fork()
    if child == 0:
        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
        try:
            os.write(sending, str(read()).encode())
        except BaseException as error:  # noqa: BLE001 - whatever it is, it is told
            os.write(sending, type(error).__name__.encode())
        os._exit(0)
    os.close(sending)
    with os.fdopen(receiving, "rb") as pipe:
        said = pipe.read().decode()
    _, status = os.waitpid(child, 0)
    return f"signal {os.WTERMSIG(status)}" if os.WIFSIGNALED(status) else int(said) if said.isdigit() else said


if __name__ == "__main__":
    shipped_indicators()  # once, before the first fork
    sys.stdout.write(json.dumps({name: alone(partial(read, name)) for name in json.load(sys.stdin)}))
