"""What is refused before its meaning is asked, and what is not: for each code a bad example and a good one."""

from __future__ import annotations

from typing import Final

_WRITTEN: Final = "jobbspar check mitt-spar.yaml"
FILE_EXAMPLES: Final[dict[str, tuple[str, str]]] = {
    "JS001": ("jobbspar check finns-inte.yaml", _WRITTEN),
    "JS002": ("jobbspar check /dev/stdin", _WRITTEN),
    "JS003": ("jobbspar check hela-registret.yaml", _WRITTEN),
    "JS004": ("# sparad som Windows-1252", "# sparad som UTF-8"),
    "JS005": ("# sparad som UTF-16 (Unicode)", "# sparad som UTF-8"),
    "JS006": ("ägare: Kommu\u200bnen", "ägare: Kommunen"),
    "JS007": ("- spår\n- namn", "spår: x\nnamn: X\ntyp: förberedande spår\nsteg: [{id: a, typ: praktik}]"),
    "JS008": ("texter: " + "[" * 60 + "]" * 60, "texter: {Bakgrund: Kort och i en nivå.}"),
    "JS009": (
        (
            "texter:\n  a: &a [x, x, x, x, x, x, x, x, x, x]\n  b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]\n"
            "  c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]\n  d: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]\n"
            "  e: &e [*d, *d, *d, *d, *d, *d, *d, *d, *d, *d]"
        ),
        "texter: {a: x}",
    ),
    "JS010": ("texter: &a [*a]", "texter: {a: x}"),
    "JS011": ("beskrivning: Mål: arbete", 'beskrivning: "Mål: arbete"'),
    "JS012": ("parter: [kommun, vux\nägare: Enheten", "parter: [kommun, vux]\nägare: Enheten"),
    "JS013": ('ägare: "Enheten', 'ägare: "Enheten"'),
    "JS014": ("ägare: Enheten\nparter", "ägare: Enheten\nparter: [kommun]"),
    "JS015": ("målgrupp:\n  krav: [utvald]\n löpande_krav: [utvald]", "målgrupp:\n  krav: [utvald]\n  löpande_krav: [utvald]"),
    "JS016": ("ägare: *enheten", 'ägare: "*enheten"'),
    "JS017": ("ägare: !!str Enheten", "ägare: Enheten"),
    "JS018": ("ägare: Enheten\n---\nspår: y", "ägare: Enheten"),
    "JS019": ("texter: {[a, b]: text}", "texter: {a och b: text}"),
    "JS020": ("texter: {<<: {a: x}, b: y}", "texter: {a: x, b: y}"),
    "JS021": ("ägare: Va\u030arden", "ägare: Vården"),
    "JS022": ("ägare: Enheten\nägare: Nämnden", "ägare: Enheten"),
    "JS023": ("ägare: @enheten", 'ägare: "@enheten"'),
    "JS024": ("målgrupp:\n\tkrav: [utvald]", "målgrupp:\n  krav: [utvald]"),
}
