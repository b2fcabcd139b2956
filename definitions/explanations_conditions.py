"""Why a condition is refused: Swedish, English, a bad example and a good one."""

from __future__ import annotations

from typing import Final


def _entry(rule: str) -> str:
    return f"uppgifter: {{svenska: [A, B, C, D], körkort: ja/nej, inskriven: datum, poäng: tal}}\nmålgrupp: {{krav: ['{rule}']}}"


def _when(rule: str) -> str:
    return f"- {{id: a, typ: praktik, om: '{rule}'}}"


CONDITIONS_WHY: Final[dict[str, tuple[str, str, str, str]]] = {
    "JS201": (
        "Ett villkor läses på ett enda sätt, eller inte alls.", "A condition is read in one way only, or not at all.",
        _entry("körkort körkort"), _entry("körkort"),
    ),
    "JS202": (
        "Villkor är inget programspråk: de kan inget göra, bara svara.",
        "Conditions are no programming language: they can do nothing but answer.", _entry("poäng + 1 > 3"), _entry("poäng > 2"),
    ),
    "JS203": ("Något fattas efter det sista ordet.", "Something is missing after the last word.", _entry("körkort och"), _entry("körkort")),
    "JS204": (
        "Parenteser säger vad som hör ihop när och och eller blandas.", "Brackets say what belongs together where and and or are mixed.",
        _entry("(körkort eller utvald"), _entry("(körkort eller utvald)"),
    ),
    "JS205": (
        "Ett villkor ska gå att läsa upp för den det gäller.", "A condition must be such that one can read it out to whom it concerns.",
        _entry("(" * 50 + "körkort" + ")" * 50), _entry("körkort"),
    ),
    "JS206": (
        "Bara det som står under uppgifter får vara känt om en deltagare.", "Only what stands under facts may be known of a participant.",
        _entry("truckkort"), _entry("körkort"),
    ),
    "JS207": ("En ja/nej-uppgift är redan ett svar.", "A yes/no fact is an answer already.", _entry("körkort = ja"), _entry("körkort")),
    "JS208": (
        "Bara ja eller nej kan vara sant av sig självt.", "Only a yes or no can be true by itself.", _entry("svenska"),
        _entry("svenska >= B"),
    ),
    "JS209": ("Uppgiften kan aldrig ha det värdet.", "The fact can never have that value.", _entry("svenska >= E"), _entry("svenska >= C")),
    "JS210": ("Ett tal jämförs med ett tal.", "A number is compared with a number.", _entry("poäng > hög"), _entry("poäng > 5")),
    "JS211": (
        "Ett datum jämförs med ett datum.", "A date is compared with a date.", _entry("inskriven > i_fjol"),
        _entry("inskriven > 2025-01-01"),
    ),
    "JS212": ("Större och mindre finns bara där värdena har en ordning.", "More and less exist only where values have an order.",
        "mål: [{id: ut, namn: Ut, räknar: utfall > arbete}]", "mål: [{id: ut, namn: Ut, räknar: utfall = arbete}]",
    ),
    "JS213": (
        "Bara ett steg i spåret har ett resultat.", "Only a step of the track has a result.", _when("resultat(andra) = klar"),
        _when("resultat(första) = klar"),
    ),
    "JS214": (
        "Steget kan inte sluta så (regel 17).", "The step cannot end that way (rule 17).", _when("resultat(första) = anställd"),
        _when("resultat(första) = klar"),
    ),
    "JS215": (
        "Utfallen är desamma överallt, så att spår kan jämföras.", "Outcomes are the same everywhere, so that tracks can be compared.",
        "mål: [{id: ut, namn: Ut, räknar: utfall = jobb}]", "mål: [{id: ut, namn: Ut, räknar: utfall = arbete}]",
    ),
    "JS216": (
        "Dagar räknas från ett datum.", "Days are counted from a date.", _entry("dagar_sedan(poäng) > 30"),
        _entry("dagar_sedan(inskriven) > 30"),
    ),
    "JS217": (
        "Kolada räknar ett arbete som varat obrutet minst en månad, så tiden måste sägas.",
        "Kolada counts work that has lasted unbroken for a month at least, so the time must be said.",
        "mål: [{id: ut, namn: Ut, räknar: varade(länge)}]", "mål: [{id: ut, namn: Ut, räknar: varade(1 månad)}]",
    ),
    "JS218": (
        "Kedjor av jämförelser läses olika av olika personer.", "Chains of comparisons are read differently by different people.",
        _entry("poäng > 1 < 5"), _entry("poäng > 1 och poäng < 5"),
    ),
    "JS219": ("Alla villkor läses åt samma håll.", "All conditions read the same way.", _entry("5 < poäng"), _entry("poäng > 5")),
    "JS220": (
        "Villkoret skulle aldrig kunna bli sant.", "The condition could never become true.",
        "arbetsgivare: [{id: norrbygg, namn: Norrbygg AB}]\nmålgrupp: {krav: [arbetsgivare = sörbygg]}",
        "arbetsgivare: [{id: norrbygg, namn: Norrbygg AB}]\nmålgrupp: {krav: [arbetsgivare = norrbygg]}",
    ),
    "JS221": (
        "En fråga säger inom parentes vad den frågar om.", "A question says in brackets what it asks about.", _entry("känd körkort"),
        _entry("känd(körkort)"),
    ),
    "JS222": ("Ett likhetstecken räcker.", "One equals sign is enough.", _entry("poäng == 5"), _entry("poäng = 5")),
    "JS223": (
        "Ett orimligt tal är ett skrivfel.", "An unreasonable number is a slip of the pen.", _entry("poäng > 99999999999999999999"),
        _entry("poäng > 5"),
    ),
    "JS224": (
        "Motorn får aldrig avgöra något på vad som blir känt först efteråt.",
        "The engine may never decide on what is known only afterwards.", _when("fullföljd"), _when("resultat(första) = klar"),
    ),
}  # fmt: skip
