"""Values in plain words: dates, lengths, points, money, shares and conditions, in Swedish and English."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from definitions.conditions.ast import All, Alone, Compare, FactKnown, InTrack, Lasted, Not, Operand, Some, Tree
from definitions.conditions.parser import parse
from definitions.model import vocabulary as v
from tracks.reports.text.catalogue import has, message

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from definitions.model.track import Action, Fact, Track
    from definitions.model.values import Condition, Length, Money, Point, Threshold
    from definitions.model.vocabulary import Lang
    from tracks.reports.measures.series import TimeSpan

# Keeps a number and its unit on one line.
NBSP: Final = "\u00a0"
# Half is rounded up, as people do by hand; `round` takes it to the even number.
HALF: Final = Fraction(1, 2)
_COMPARED: Final = {"=": "is", "!=": "is_not", "<": "below", "<=": "at_most", ">": "above", ">=": "at_least"}
# A negated comparison reads better as the opposite one than with a negation.
_OPPOSITE: Final[Mapping[str, str]] = {"=": "!=", "!=": "=", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}


def plain(code: str) -> str:
    """A code with its words apart."""
    return code.replace("_", " ")


def day(when: date, lang: Lang) -> str:
    """`1 september 2026`, never broken over lines."""
    return f"{when.day}{NBSP}{message(f'month.{when.month}', lang)}{NBSP}{when.year}"


def span(when: TimeSpan, lang: Lang) -> str:
    """`kvartal 3 2026`, or the year alone."""
    return message("span.quarter", lang, quarter=when.quarter, year=when.year) if when.quarter else str(when.year)


def number(count: int, lang: Lang) -> str:
    """A whole number with its thousands apart: a space in Swedish, a comma in English."""
    return f"{count:,}".replace(",", NBSP) if lang == "sv" else f"{count:,}"


def one_decimal(value: Fraction, lang: Lang) -> str:
    """A number to one decimal, half rounded up."""
    tenths = int(value * 10 + HALF)
    text = f"{number(tenths // 10, lang)}.{tenths % 10}"
    return text.replace(".", ",") if lang == "sv" else text


def percent(share: Fraction, lang: Lang) -> str:
    """A share in whole percent, half rounded up."""
    rounded = int(share * 100 + HALF)
    return f"{rounded}{NBSP}%" if lang == "sv" else f"{rounded}%"


def length(value: Length, lang: Lang) -> str:
    """`2 veckor`."""
    unit = v.UNITS_SHOWN[value.unit][value.count != 1] if lang == "sv" else str(value).split(" ", 1)[1]
    return f"{value.count}{NBSP}{unit}"


def bound(action: Action, then: str, lang: Lang) -> str:
    """How often a way back is taken, the length and hours that it gives, and what takes over (rules R23, R55).

    Args:
        action: A `goto` or a `retry`.
        then: What takes over, in words.
        lang: The language.

    Returns:
        The parts with commas between them.

    """
    times = {0: "bound.unlimited", 1: "bound.one"}.get(action.at_most, "bound.more")
    parts = [message(times, lang, count=action.at_most)]
    parts += [length(action.length, lang)] if action.length else []
    parts += [message("s.hours", lang, hours=action.hours_per_week)] if action.hours_per_week else []
    parts += [message("bound.then", lang, then=then)] if action.at_most else []
    return ", ".join(parts)


def money(value: Money, lang: Lang) -> str:
    """`14 000 kronor`, or so much for each week begun."""
    return message("money.weekly" if value.weekly else "money.whole", lang, kronor=number(value.kronor, lang))


def threshold(value: Threshold, lang: Lang) -> str:
    """`70 %`, or a plain number."""
    text = value.number.replace(".", ",") if lang == "sv" else value.number
    if not value.share:
        return text
    return f"{text}{NBSP}%" if lang == "sv" else f"{text}%"


def listed(parts: Iterable[str], lang: Lang, joint: str = "and") -> str:
    """Join parts as a sentence does: `a, b och c`.

    Args:
        parts: The parts.
        lang: The language of the joint.
        joint: `and` or `or`.

    """
    *first, last = list(parts) or [""]
    return f"{', '.join(first)} {message(f'joint.{joint}', lang)} {last}" if first else last


def sentence(text: str) -> str:
    """With a capital letter first."""
    return text[:1].upper() + text[1:]


def with_receivers(track: Track, names: Mapping[str, str]) -> Track:
    """The track as it is shown: the tracks that it transfers to by their names.

    Args:
        track: The track.
        names: The names of the tracks that are known, by id; the others keep their ids.

    """
    shown = {way.id: replace(way, to=names.get(way.to, way.to)) if way.local else way for way in track.transfers.values()}
    return replace(track, transfers=shown)


class TrackWording:
    """Puts one track's own names, points and conditions into words, in one language."""

    def __init__(self, track: Track, lang: Lang) -> None:
        self.track, self.lang = track, lang
        self._steps: Mapping[str, str] = {step.id: step.name for step in track.steps}

    def step(self, name: str) -> str:
        """A step in quotation marks, by the name it is shown with."""
        return message("quoted", self.lang, text=self._steps.get(name, name))

    def fact(self, name: str) -> str:
        """A fact by its name, built-in or the track's own."""
        if has(f"fact.{name}", self.lang):
            return message(f"fact.{name}", self.lang)
        declared: Fact | None = self.track.facts.get(name)
        return (declared.name if declared else None) or plain(name)

    def employer(self, name: str) -> str:
        """An employer by name."""
        return next((employer.name for employer in self.track.employers if employer.id == name), name)

    def partner(self, name: str | None) -> str:
        """Who is responsible; the first partner, else the owner, where the track does not say."""
        if name == "employer":
            return message("employer.the", self.lang)
        return plain(name) if name else plain(next(iter(self.track.partners), "")) or (self.track.owner or "")

    def point(self, point: Point) -> str:
        """`1 månad efter anställning`."""
        key = f"point.{point.anchor}"
        anchor = message(key, self.lang, step=self.step(point.step or ""))
        if point.after:
            return message("point.after", self.lang, length=length(point.after, self.lang), anchor=anchor)
        if point.before:
            return message("point.before", self.lang, length=length(point.before, self.lang), anchor=anchor)
        return anchor

    def conditions(self, conditions: Sequence[Condition]) -> str:
        """All of them as one clause."""
        return listed((self.condition(c) for c in conditions), self.lang)

    def condition(self, condition: Condition) -> str:
        """One condition as a clause: `svenska är minst B`."""
        return self._clause(parse(condition.rule))

    def _clause(self, tree: Tree, *, true: bool = True) -> str:
        match tree:
            case Not(of):
                return self._clause(of, true=not true)
            case All(parts):
                return self._several(parts, "and" if true else "or", true=true)
            case Some(parts) if true and (left := _same_left(parts)):
                values = listed((self._value(left, part.value) for part in parts if isinstance(part, Compare)), self.lang, "or")
                return message("condition.is", self.lang, what=self._what(left), value=values)
            case Some(parts):
                return self._several(parts, "or" if true else "and", true=true)
            case _:
                return self._leaf(tree, true=true)

    def _several(self, parts: tuple[Tree, ...], joint: str, *, true: bool) -> str:
        clauses = (self._bracketed(part, joint, true=true) for part in parts)
        return f" {message(f'joint.{joint}', self.lang)} ".join(clauses)

    def _bracketed(self, part: Tree, joint: str, *, true: bool) -> str:
        text = self._clause(part, true=true)
        # Only `or` within `and` needs brackets; under a negation the two change places.
        mixed = isinstance(part, Some) and not _same_left(part.parts) if true else isinstance(part, All)
        return f"({text})" if mixed and joint == "and" else text

    def _leaf(self, leaf: Alone | Compare | FactKnown | Lasted | InTrack, *, true: bool) -> str:
        yes = "" if true else ".not"
        match leaf:
            case Compare(left, op, value):
                return self._compared(left, op if true else _OPPOSITE[op], value)
            case Alone(of):
                own = f".{of.name}" if has(f"condition.alone.{of.name}", self.lang) else ""
                return message(f"condition.alone{own}{yes}", self.lang, fact=self.fact(of.name))
            case FactKnown(name):
                return message(f"condition.known{yes}", self.lang, fact=self.fact(name))
            case Lasted(of_length):
                return message(f"condition.lasted{yes}", self.lang, length=length(of_length, self.lang))
            case InTrack():
                return message(f"condition.in_track{yes}", self.lang)

    def _compared(self, left: Operand, op: str, value: str) -> str:
        how = _COMPARED[op]
        if left.kind == "days_since":
            return message(f"condition.days_since.{how}", self.lang, fact=self.fact(left.name), value=value)
        return message(f"condition.{how}", self.lang, what=self._what(left), value=self._value(left, value))

    def _what(self, left: Operand) -> str:
        if left.kind == "result":
            return message("condition.result", self.lang, step=self.step(left.name))
        # A name of the track's own may be several words, and is quoted to hold them together.
        declared = self.track.facts.get(left.name)
        return message("quoted", self.lang, text=self.fact(left.name)) if declared and declared.name else self.fact(left.name)

    def _value(self, left: Operand, value: str) -> str:
        if left.kind == "age":
            return message("years", self.lang, count=value)
        if left.name == "employer":
            return self.employer(value)
        if left.name == "sex" and left.kind != "result":
            # The reports call the two groups `women` and `men`; a condition says what one person is.
            return plain(v.word(value, v.SEX, self.lang))
        table = "result" if left.kind == "result" else left.name
        return code(table, value, self.lang)


def _same_left(parts: Sequence[Tree]) -> Operand | None:
    """What all the parts compare, if each only says what the same thing may be."""
    lefts = {part.left if isinstance(part, Compare) and part.op == "=" and part.left.kind != "days_since" else None for part in parts}
    return lefts.pop() if len(lefts) == 1 else None


def code(table: str, value: str, lang: Lang) -> str:
    """Put a code of the language into words; what is none stays as its author wrote it.

    Args:
        table: The table that the code is of: `result`, `outcome`, the name of a built-in fact.
        value: The code.
        lang: The language of the words.

    """
    return message(f"{table}.{value}", lang) if has(f"{table}.{value}", lang) else plain(value)
