"""What is refused before its meaning is asked, and what is not: for each code a bad example and a good one."""

from __future__ import annotations

from typing import Final

_WRITTEN: Final = "jobbspar check mitt-spar.yaml"
FILE_EXAMPLES: Final[dict[str, tuple[str, str]]] = {
    "JS001": ("jobbspar check trasig-disk.yaml", "jobbspar check mitt-spar.yaml"),
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
    "JS010": ("texter: &a {b: *a}", "texter: {b: x}"),
    "JS011": ("beskrivning: Mål: arbete", 'beskrivning: "Mål: arbete"'),
    "JS012": ("- {id: a typ: praktik}", "- {id: a, typ: praktik}"),
    "JS013": ('ägare: "Enheten', 'ägare: "Enheten"'),
    "JS014": ("ägare: Enheten\nfråga chefen", "ägare: Enheten\n# fråga chefen"),
    "JS015": ("målgrupp:\n  krav: [utvald]\n löpande_krav: [utvald]", "målgrupp:\n  krav: [utvald]\n  löpande_krav: [utvald]"),
    "JS016": ("ägare: *enheten", 'ägare: "*enheten"'),
    "JS017": ("ägare: !!str Enheten", "ägare: Enheten"),
    "JS018": ("ägare: Enheten\n---\nspår: y", "ägare: Enheten"),
    "JS019": ("texter: {[a, b]: text}", "texter: {a och b: text}"),
    "JS020": ("texter: {<<: {a: x}, b: y}", "texter: {a: x, b: y}"),
    "JS021": ("ägare: Va\u030arden", "ägare: Vården"),
    "JS022": ("ägare: Enheten\nägare: Nämnden", "ägare: Enheten"),
    "JS023": ("? ägare\n: - Enheten\n : Nämnden", "ägare: Enheten"),
    "JS024": ("målgrupp:\n\tkrav: [utvald]", "målgrupp:\n  krav: [utvald]"),
    "JS025": ("parter: [kommun, vux\nägare: Enheten", "parter: [kommun, vux]\nägare: Enheten"),
    "JS026": ("- {id: a, typ: pr\u0430ktik}", "- {id: a, typ: praktik}"),
    "JS027": ("ägare: VÃ¥rden", "ägare: Vården"),
    "JS073": ("ägare:Enheten", "ägare: Enheten"),
    "JS074": ("mål:\n-id: ut\n namn: Ut\n indikator: kolada", "mål:\n- id: ut\n  namn: Ut\n  indikator: kolada"),
    "JS075": ("parter: [kommun]]", "parter: [kommun]"),
    "JS076": ("parter: [kommun}", "parter: [kommun]"),
    "JS077": ('ägare: "Enheten" för arbete', 'ägare: "Enheten för arbete"'),
    "JS078": ("ägare: @enheten", 'ägare: "@enheten"'),
    "JS079": ('ägare: "Enheten\\q"', 'ägare: "Enheten"'),
    "JS080": ("parter: [kommun,, vux]", "parter: [kommun, vux]"),
    "JS081": ("parter: - kommun", "parter:\n- kommun"),
    "JS082": ("# sparad från Word eller Excel", "# sparad som ren text"),
    "JS083": ("ägare:\xa0Enheten", "ägare: Enheten"),
    "JS084": ("jobbspar check finns-inte.yaml", "jobbspar check mitt-spar.yaml"),
    "JS085": ("jobbspar check någon-annans.yaml", "jobbspar check mitt-spar.yaml"),
    "JS086": (
        "mål:\n  id: a\n  namn: A\n  indikator: kolada\n- {id: b, namn: B, indikator: esf}",
        "mål:\n- id: a\n  namn: A\n  indikator: kolada\n- {id: b, namn: B, indikator: esf}",
    ),
}
