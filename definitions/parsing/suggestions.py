"""Guesses of what a value was probably meant to be: dates, lengths, numbers, sums, shares and ids as people write them."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final

from definitions.conditions.ast import render_length
from definitions.model import vocabulary as v
from definitions.model.spelling import nearest
from definitions.model.values import ID, Length

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

# A longer text is no slip of the pen.
LONGEST: Final = 80
_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        ("jan", "feb", "mar", "apr", "maj may", "jun", "jul", "aug", "sep", "okt oct", "nov", "dec"), start=1
    )
    for name in names.split()
}  # fmt: skip
# People write small numbers in words, in either language and without the dots.
_NUMBERS: Final = {
    word: number
    for number, words in enumerate((
        "en ett one a an", "två tva two", "tre three", "fyra four", "fem five", "sex six", "sju seven", "åtta atta eight", "nio nine",
        "tio ten", "elva eleven", "tolv twelve",
    ), start=1)
    for word in words.split()
}  # fmt: skip
# Spellings, with how many of the unit they stand for: a quarter is three months.
_UNITS: Final[Mapping[str, tuple[int, str]]] = {
    spelling: unit
    for spellings, unit in (
        ("d dag dagar dgr day days", (1, "days")),
        ("arbetsdag arbetsdagar arbdagar arbdag arbdgr vardag vardagar workday workdays workingday workingdays wd", (1, "working days")),
        ("v vecka veckor veckan ve vk w wk wks week weeks", (1, "weeks")),
        ("m mån månad månader månaden man manad manader mo mos mth mths month months", (1, "months")),
        ("kvartal quarter quarters", (3, "months")),
        ("halvår halvar", (6, "months")),
        ("år ar year years yr yrs", (12, "months")),
    )
    for spelling in spellings.split()
}  # fmt: skip
_ISO: Final = re.compile(r"((?:19|20|21)?[0-9]{2})[-/. ]?([0-9]{1,2})[-/. ]?([0-9]{1,2})")
# Day before month wherever both are possible, as Swedish and English authors here write them.
_DAY_FIRST: Final = re.compile(r"([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ]((?:19|20|21)[0-9]{2})")
_WORDED: Final = re.compile(r"(?:den )?([0-9]{1,2})(?::?[ea]|st|nd|rd|th|\.)? ?([a-z]{3,9})\.?,? ?((?:19|20|21)[0-9]{2})")
_MONTH_FIRST: Final = re.compile(r"([a-z]{3,9})\.? ([0-9]{1,2})(?:st|nd|rd|th)?,? ((?:19|20|21)[0-9]{2})")
_AND_A_HALF: Final = re.compile(r"(\d{1,3})[.,]5 ?(\w+)")
_LENGTH: Final = re.compile(
    r"(?:ca|c:a|cirka|about|max|högst|minst|at least|at most|i|in|for|under)?\.? ?([0-9]{1,4}|[a-zåäö]{1,6})? ?([a-zåäö. ]{1,20})"
)
_EVERY: Final = re.compile(r"(varje|var|every|each|varannan|every other) ([a-zåäö]+)")
_SUM: Final = re.compile(
    r"([0-9]{1,3}(?:[ .][0-9]{3})+|[0-9]+)(?:[.,](?:00|-))? ?(tkr|kkr|kr|kronor|sek|:-)? ?((?:/|per|i|a|om) ?(?:vecka|veckan|v|week|w))?\.?"
)
_SHARE: Final = re.compile(r"\D*?([0-9]{1,3}(?:[.,][0-9]{1,4})?) ?(%|procent|percent|proc\.?|pct)")
_COUNT: Final = re.compile(r"(?:ca|c:a|cirka|about|max|minst|högst)?\.? ?([0-9][0-9 ]{0,10}|[a-zåäö]{1,6})(?:[.,]0+)? ?[a-zåäö./]{0,12}")
_TYPES: Final[Mapping[str, str]] = {
    spelling: kind
    for spellings, kind in (
        ("bool boolean boolesk ja nej yes no j/n y/n ja_nej yes_no ja/nej/vet_ej ja_eller_nej yes_or_no sant/falskt true/false", "yes/no"),
        ("siffra siffror antal heltal int integer nummer numeric numeriskt", "number"),
        ("dag day", "date"),
    )
    for spelling in spellings.split()
}  # fmt: skip
# Beginnings of words for each section of SNI 2007.
_SECTORS: Final[Mapping[str, str]] = {
    stem: letter
    for letter, stems in {
        "A": "jordbruk skog fiske lantbruk agri forest", "B": "gruv utvinning mining", "C": "tillverk industri manufact",
        "D": "el energi electric", "E": "vatten avlopp avfall återvinning water waste", "F": "bygg construct",
        "G": "handel butik detalj trade retail",
        "H": "transport lager magasin logist", "I": "hotell restaurang hotel accommod", "J": "information kommunikation it data",
        "K": "finans försäkring bank financ", "L": "fastighet real", "M": "juridik ekonomi vetenskap profession",
        "N": "uthyrning resetjänst bemanning städ bevakning rental clean", "O": "offentlig förvaltning public",
        "P": "utbildning skola förskola education school", "Q": "vård omsorg sjukvård hälso health care",
        "R": "kultur nöje fritid art culture", "S": "service frisör annan other",
    }.items()
    for stem in stems.split()
}  # fmt: skip


def suggest(kind: str, text: str, lang: v.Lang) -> str:
    """Guess what a value was probably meant to be.

    Args:
        kind: What was expected: `date`, `length`, `point`, `number`, `money`, `share`, `id`, `word`, `fact_type` or `sector`.
        text: What is written.
        lang: The language to answer in.

    Returns:
        The value as the language writes it; empty where it is not clear what was meant.

    """
    return _KINDS[kind](text, lang)


def _simple(text: str) -> str:
    return " ".join(text.casefold().split()) if len(text) <= LONGEST else ""


def day(text: str, lang: v.Lang) -> str:  # noqa: ARG001 - all have one form
    """`2026-9-1`, `1 sept 2026` and `1/9 2026` as `2026-09-01`; empty where it is not clear which day is meant."""
    said = _simple(text)
    if found := _ISO.fullmatch(said):
        return _real(found[1], found[2], found[3])
    if found := _DAY_FIRST.fullmatch(said):
        return _real(found[3], found[2], found[1])
    if (found := _WORDED.fullmatch(said)) and (month := _MONTHS.get(found[2][:3])):
        return _real(found[3], str(month), found[1])
    if (found := _MONTH_FIRST.fullmatch(said)) and (month := _MONTHS.get(found[1][:3])):
        return _real(found[3], str(month), found[2])
    return ""


def _real(year: str, month: str, number: str) -> str:
    try:
        return date(int(year.rjust(4, "0") if len(year) > 2 else "20" + year), int(month), int(number)).isoformat()  # noqa: PLR2004 - the digits of a year
    except ValueError:
        return ""


def length(text: str, lang: v.Lang) -> str:
    """`2v`, `två veckor` and `10 arb.dagar` as a length of the language; several with commas between them as a list."""
    said = _simple(text)
    if (found := _AND_A_HALF.fullmatch(said)) and (unit := _unit(found[2])) and unit[0] % 2 == 0:
        return _length(2 * int(found[1]) + 1, (unit[0] // 2, unit[1]), lang)
    if "," in said:
        parts = [part.strip() for part in said.split(",")]
        meant_ = [part if v.code(part, v.ANCHORS) else length(part, lang) for part in parts]
        return f"[{', '.join(meant_)}]" if all(meant_) else ""
    if (found := _EVERY.fullmatch(said)) and (unit := _UNITS.get(found[2])):
        return _length(2 if found[1] in ("varannan", "every other") else 1, unit, lang)
    if unit := _UNITS.get(said):
        return _length(1, unit, lang)
    found = _LENGTH.fullmatch(said)
    unit = _unit(found[2]) if found else None
    if found is None or unit is None:
        return ""
    count = int(found[1]) if (found[1] or "").isdigit() else _NUMBERS.get(found[1] or "en", 0)
    return _length(count, unit, lang) if count else ""


def _unit(said: str) -> tuple[int, str] | None:
    """Find a unit that is abbreviated or misspelt, with how many of it the word stands for."""
    one = said.replace(" ", "").replace(".", "")
    return _UNITS.get(one) or _UNITS.get(nearest(one, (unit for unit in _UNITS if len(unit) > 3)) or "")  # noqa: PLR2004 - a whole word


def _length(count: int, unit: tuple[int, str], lang: v.Lang) -> str:
    return render_length(Length(count=count * unit[0], unit=unit[1]), lang)  # type: ignore[arg-type]  # a unit of the table


def point(text: str, lang: v.Lang) -> str:
    """`start praktik` and `3 mån efter anställningen` as a point of the language."""
    said = " ".join(text.split())
    if found := re.fullmatch(r"(.+?) (after|before|efter|före|innan) (.+)", said):
        where = v.word({"efter": "after", "före": "before", "innan": "before"}.get(found[2], found[2]), v.POINT_WORDS, lang)
        distance, anchor = length(found[1], lang), _anchor(found[3], lang)
        return f"{distance} {where} {anchor}" if distance and anchor else ""
    return _anchor(said, lang)


def _anchor(text: str, lang: v.Lang) -> str:
    if found := re.fullmatch(r"(?:(start|början|begin|beginning)|(?:slut|end|finish))(?:et|en)? ?(?:på|av|of|för)? (\S+)", text.casefold()):
        return f"{v.word('start of' if found[1] else 'end of', v.STEP_ANCHORS, lang)} {found[2]}"
    spelt = {spelling: name for name, swedish in v.ANCHORS.items() for spelling in (name, swedish)}
    # Misspelt anchors and those in the definite form: `antagningen`.
    near = nearest(text, spelt)
    return v.word(spelt[near], v.ANCHORS, lang) if near else ""


def number(text: str, lang: v.Lang) -> str:  # noqa: ARG001 - all have one form
    """`tolv` and `12 st` as `12`."""
    found = _COUNT.fullmatch(_simple(text))
    digits = found[1].replace(" ", "") if found else ""
    return digits if digits.isdigit() else str(_NUMBERS.get(digits, ""))


def money(text: str, lang: v.Lang) -> str:
    """`12 000 kr` and `1200 kr/vecka` as sums of the language."""
    found = _SUM.fullmatch(_simple(text).replace("'", ""))
    if found is None:
        return ""
    kronor = int(re.sub(r"[ .]", "", found[1])) * (1000 if found[2] in ("tkr", "kkr") else 1)
    return f"{kronor} {v.word('per week', v.WEEKLY, lang)}" if found[3] else str(kronor)


def share(text: str, lang: v.Lang) -> str:  # noqa: ARG001 - all have one form
    """`70 procent` and `minst 70 %` as `70 %`."""
    found = _SHARE.fullmatch(_simple(text))
    return f"{found[1]} %" if found and float(found[1].replace(",", ".")) <= 100 else ""  # noqa: PLR2004 - per cent


def ident(text: str, lang: v.Lang) -> str:
    """A name as an id: `Norrbygg AB` as `norrbygg_ab`; several with commas between them as a list."""
    if "," in text and len(text) <= LONGEST:
        slugs = [ident(part, lang) for part in text.split(",")]
        return f"[{', '.join(slugs)}]" if all(slugs) else ""
    slug = re.sub(r"[^a-z0-9åäö_-]+", "_", _simple(text).translate(str.maketrans("éèüáàøæ", "eeuaaöä"))).strip("_-")
    return slug if re.fullmatch(ID, slug) else ""


def word(text: str, lang: v.Lang) -> str:  # noqa: ARG001 - all have one form
    """Several words as one: `mycket bra` as `mycket_bra`."""
    one = re.sub(r"[^\w.+-]+", "_", text[:LONGEST]).strip("_")
    return one if one and one != text and not v.code(one, v.OPERATORS) else ""


def fact_type(text: str, lang: v.Lang) -> str:
    """`bool` and `heltal` as types of facts."""
    kind = _TYPES.get(_simple(text).replace(" ", "_"))
    return v.word(kind, v.FACT_TYPES, lang) if kind else nearest(text, v.words(v.FACT_TYPES, lang)) or ""


def sector(text: str, lang: v.Lang) -> str:  # noqa: ARG001 - all have one form
    """`f` and `bygg` as `F`."""
    said = _simple(text)
    if len(said) == 1:
        return said.upper() if "a" <= said <= "u" else ""
    word_ = said.partition(" ")[0]
    return next((letter for stem, letter in _SECTORS.items() if word_ == stem or (word_.startswith(stem) and len(stem) > 2)), "")  # noqa: PLR2004 - a stem


_KINDS: Final[Mapping[str, Callable[[str, v.Lang], str]]] = {
    "date": day, "length": length, "point": point, "number": number, "money": money, "share": share, "id": ident, "word": word,
    "fact_type": fact_type,
    "sector": sector,
}  # fmt: skip
