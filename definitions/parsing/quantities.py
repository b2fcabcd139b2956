"""Reading numbers, dates, lengths, points, money and shares."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from definitions.model import vocabulary as v
from definitions.model.calendar import FIRST_YEAR, LAST_YEAR
from definitions.model.values import Length, Money, Point, Threshold
from definitions.parsing.fields import Page, scalar
from definitions.source import findings
from definitions.source.nodes import Scalar

if TYPE_CHECKING:
    from collections.abc import Callable

    from definitions.source.nodes import Node

MOST: Final = 1_000_000_000
MOST_COUNT: Final = 9999
MOST_HOURS: Final = 168
_DATE: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_FRACTION_AFTER: Final = re.compile(r",[0-9]+\s*[^\W\d]+")
_LENGTH: Final = re.compile(r"([0-9]+)\s+(\w+(?:\s+\w+)?)")
# Comma or point, for both are written in Swedish; the sign may stand apart.
_DECIMAL: Final = re.compile(r"([0-9]{1,9})(?:[.,]([0-9]{1,4}))?(\s?%)?")
_STEP_ANCHOR: Final = re.compile(r"(start|end|slut)\s+(?:of|på)\s+(\S+)")
_AFTER_EXIT: Final = re.compile(r"\s+(?:after\s+exit|efter\s+avslut)$")
_OFFSET: Final = re.compile(r"([0-9]+\s+\w+(?:\s+\w+)?)\s+(after|before|efter|före)\s+(.+)")


def number(least: int = 1, most: int = MOST) -> Callable[[Page, Node], int | None]:
    """A reader of whole numbers within bounds."""

    def read(page: Page, node: Node) -> int | None:
        found = scalar(page, node)
        if found is None:
            return None
        if not found.text.isascii() or not found.text.isdigit():
            page.found(findings.NOT_A_WHOLE_NUMBER, found.span, found=found.text, suggestion=page.suggest("number", found.text))
            return None
        # By length first, for Python raises an error of its own when it is to convert more than 4 300 digits.
        if len(found.text) > len(str(MOST)) or not least <= int(found.text) <= most:
            page.found(findings.OUT_OF_BOUNDS, found.span, found=found.text, least=str(least), most=str(most))
            return None
        return int(found.text)

    return read


def or_unlimited(most: int = MOST) -> Callable[[Page, Node], int | None]:
    """A reader of whole numbers, with 0 for `unlimited`."""
    read = number(1, most)

    def number_or_word(page: Page, node: Node) -> int | None:
        unlimited = isinstance(node, Scalar) and v.code(node.text, v.UNLIMITED) is not None
        return 0 if unlimited else read(page, node)

    return number_or_word


def day(page: Page, node: Node) -> date | None:
    """A date, `2026-09-01`."""
    found = scalar(page, node)
    if found is None:
        return None
    match = _DATE.fullmatch(found.text)
    if match is None:
        page.found(findings.NOT_A_DATE, found.span, found=found.text, suggestion=page.suggest("date", found.text))
        return None
    year, month, number_ = map(int, match.groups())
    try:
        if FIRST_YEAR <= year <= LAST_YEAR:
            return date(year, month, number_)
    except ValueError:
        pass
    page.found(findings.NO_SUCH_DATE, found.span, found=found.text, suggestion=page.suggest("date", f"{match[1]}-{match[3]}-{match[2]}"))
    return None


def length(page: Page, node: Node) -> Length | None:
    """A length, `10 working days`."""
    found = scalar(page, node)
    return None if found is None else _length(page, found, found.text)


def length_after_exit(page: Page, node: Node) -> Length | None:
    """A length after exit; `1 month` and `1 month after exit` are the same."""
    found = scalar(page, node)
    return None if found is None else _length(page, found, _AFTER_EXIT.sub("", found.text))


def _length(page: Page, found: Scalar, text: str) -> Length | None:
    match = _LENGTH.fullmatch(text)
    unit: Any = v.UNITS.get(" ".join(match[2].split())) if match else None
    span = found.span if text == found.text else found.part(0, len(text))
    if match is None or unit is None:
        rest = _FRACTION_AFTER.match(found.source.text, found.read.end_mark.index) if text.isdigit() else None
        if rest and page.suggest("length", text + rest[0]):
            return None  # inside { } the comma splits `1,5 år`, which is told at the piece after it
        page.found(findings.NOT_A_LENGTH_OF_TIME, span, found=text, suggestion=page.suggest("length", text))
        return None
    if len(match[1]) > len(str(MOST_COUNT)) or not 0 < int(match[1]) <= MOST_COUNT:
        page.found(findings.LENGTH_OUT_OF_BOUNDS, span, most=str(MOST_COUNT))
        return None
    return Length(int(match[1]), unit)


def point(page: Page, node: Node) -> Point | None:
    """A point, `1 month after employment`."""
    found = scalar(page, node)
    if found is None:
        return None
    offset = _OFFSET.fullmatch(found.text)
    anchor, step = _anchor(offset[3] if offset else found.text)
    if anchor is None:
        at = offset.start(3) if offset else 0
        written = found.text[at:]
        page.found(findings.NOT_A_POINT_IN_TIME, found.part(at, len(written)), found=written, suggestion=page.suggest("point", written))
        return None
    if offset is None:
        return Point(anchor, step)
    distance = _length(page, found, offset[1])
    where = v.code(offset[2], v.POINT_WORDS)
    return None if distance is None else Point(anchor, step, **{str(where): distance})


def _anchor(text: str) -> tuple[Any, str | None]:
    match = _STEP_ANCHOR.fullmatch(text)
    if match is None:
        return v.code(text, v.ANCHORS), None
    return ("start" if match[1] == "start" else "end"), match[2]


def money(page: Page, node: Node) -> Money | None:
    """Kronor, `48000` or `1200 per week`."""
    found = scalar(page, node)
    if found is None:
        return None
    amount, _, rest = found.text.partition(" ")
    weekly = v.code(" ".join(rest.split()), v.WEEKLY) is not None
    if not amount.isascii() or not amount.isdigit() or (rest and not weekly) or len(amount) > len(str(MOST)):
        page.found(findings.NOT_AN_AMOUNT_OF_MONEY, found.span, found=found.text, suggestion=page.suggest("money", found.text))
        return None
    return Money(kronor=int(amount), weekly=weekly)


def threshold(page: Page, node: Node) -> Threshold | None:
    """A share, `70 %`, or a number."""
    found = scalar(page, node)
    if found is None:
        return None
    match = _DECIMAL.fullmatch(found.text)
    whole, fraction = (str(int(match[1])), (match[2] or "").rstrip("0")) if match else ("", "")
    exact = f"{whole}.{fraction}" if fraction else whole
    hundred = 100
    if match is None or (match[3] and float(exact) > hundred):
        page.found(findings.NOT_A_SHARE_OR_NUMBER, found.span, found=found.text, suggestion=page.suggest("share", found.text))
        return None
    return Threshold(number=exact, share=bool(match[3]))
