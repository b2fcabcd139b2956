"""What breaks the rules of conditions, and what keeps them: for each code a bad example and a good one."""

from __future__ import annotations

from typing import Final


def _entry(rule: str) -> str:
    return f"uppgifter: {{svenska: [A, B, C, D], körkort: ja/nej, inskriven: datum, poäng: tal}}\nmålgrupp: {{krav: ['{rule}']}}"


def _when(rule: str) -> str:
    return f"- {{id: a, typ: praktik, om: '{rule}'}}"


CONDITIONS_EXAMPLES: Final[dict[str, tuple[str, str]]] = {
    "JS201": (_entry("körkort körkort"), _entry("körkort")),
    "JS202": (_entry("poäng + 1 > 3"), _entry("poäng > 2")),
    "JS203": (_entry("körkort och"), _entry("körkort")),
    "JS204": (_entry("(körkort eller utvald"), _entry("(körkort eller utvald)")),
    "JS205": (_entry("(" * 50 + "körkort" + ")" * 50), _entry("körkort")),
    "JS206": (_entry("truckkort"), _entry("körkort")),
    "JS207": (_entry("körkort = ja"), _entry("körkort")),
    "JS208": (_entry("svenska"), _entry("svenska >= B")),
    "JS209": (_entry("svenska >= E"), _entry("svenska >= C")),
    "JS210": (_entry("poäng > hög"), _entry("poäng > 5")),
    "JS211": (_entry("inskriven > i_fjol"), _entry("inskriven > 2025-01-01")),
    "JS212": ("mål: [{id: ut, namn: Ut, räknar: utfall > arbete}]", "mål: [{id: ut, namn: Ut, räknar: utfall = arbete}]"),
    "JS213": (_when("resultat(andra) = klar"), _when("resultat(första) = klar")),
    "JS214": (_when("resultat(första) = anställd"), _when("resultat(första) = klar")),
    "JS215": ("mål: [{id: ut, namn: Ut, räknar: utfall = jobb}]", "mål: [{id: ut, namn: Ut, räknar: utfall = arbete}]"),
    "JS216": (_entry("dagar_sedan(poäng) > 30"), _entry("dagar_sedan(inskriven) > 30")),
    "JS217": ("mål: [{id: ut, namn: Ut, räknar: varade(länge)}]", "mål: [{id: ut, namn: Ut, räknar: varade(1 månad)}]"),
    "JS218": (_entry("poäng > 1 < 5"), _entry("poäng > 1 och poäng < 5")),
    "JS219": (_entry("5 < poäng"), _entry("poäng > 5")),
    "JS220": (
        "arbetsgivare: [{id: norrbygg, namn: Norrbygg AB}]\nmålgrupp: {krav: [arbetsgivare = sörbygg]}",
        "arbetsgivare: [{id: norrbygg, namn: Norrbygg AB}]\nmålgrupp: {krav: [arbetsgivare = norrbygg]}",
    ),
    "JS221": (_entry("känd körkort"), _entry("känd(körkort)")),
    "JS222": (_entry("poäng == 5"), _entry("poäng = 5")),
    "JS223": (_entry("poäng > 99999999999999999999"), _entry("poäng > 5")),
    "JS224": (_when("fullföljd"), _when("resultat(första) = klar")),
    "JS225": (
        "uppgifter: {inskriven: datum}\nmålgrupp: {krav: ['dagar_sedan(inskriven) > 90 dagar']}",
        "uppgifter: {inskriven: datum}\nmålgrupp: {krav: ['dagar_sedan(inskriven) > 90']}",
    ),
}
