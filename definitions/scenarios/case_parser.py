"""Parses a track's own tests: people, what is said day by day, and what is expected."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from definitions.model import vocabulary as v
from definitions.model.calendar import add
from definitions.model.fact_values import MONTH
from definitions.model.spelling import nearest
from definitions.model.values import Length
from definitions.parsing.fields import fields, ident, items, scalar, text, word
from definitions.parsing.quantities import day, number
from definitions.scenarios import phrases
from definitions.scenarios.model import ScenarioCase, ScriptLine, ScriptPerson
from definitions.scenarios.scope import DATE, Cast, SentenceError, SentenceToken
from definitions.scenarios.sentence_arguments import fact_names, find_facts, parse_fact
from definitions.scenarios.sentence_parser import parse_expectation, parse_statement
from definitions.source import findings
from definitions.source.nodes import Map, Scalar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from definitions.model.track import Track
    from definitions.parsing.fields import Fields, Page
    from definitions.scenarios.model import Sentence
    from definitions.source.nodes import Node

# Everybody in a case is decided on every due day; with more, a case would no longer be tried in a second or two.
MOST_PEOPLE: Final = 500
_NAME: Final = re.compile(r"[^\W\d_][\w-]{0,39}")
_NTH: Final = re.compile(r"(\w+)\s+([0-9]{1,4})")
_AFTER: Final = re.compile(r"([0-9]{1,4})\s+(\w+(?:\s+\w+)?)\s+(after\s+referral|efter\s+anmälan)")
# Words that may begin a sentence: nobody can be called by one, or the parser could not tell the person from what happens.
_WORDS: Final = frozenset(
    {words.partition(" ")[0] for one in (*phrases.STATEMENTS, *phrases.EXPECTATIONS) for words in (one.english, one.swedish)}
    | {word for table in (phrases.SUBJECTS, phrases.NOT, phrases.NEVER, v.RESULTS) for pair in table.items() for word in pair}
)


def parse_cases(page: Page, node: Node, tracks: tuple[Track, ...]) -> tuple[ScenarioCase, ...]:
    """Parse the cases of a file.

    Args:
        page: Collects everything wrong.
        node: The list of cases, or one alone.
        tracks: The tracks of the unit, the tested one first.

    Returns:
        The cases without a fault so severe that nothing can be said of them; of two with one name the last.

    """
    found: dict[str, ScenarioCase] = {}
    for item in items(page, node):
        case = _case(page, item, tracks)
        if case is None:
            continue
        if case.name in found:
            page.found(findings.DUPLICATE_ITEM, case.span, found[case.name].span, found=case.name)
        found[case.name] = case
    return tuple(found.values())


def _case(page: Page, node: Node, tracks: tuple[Track, ...]) -> ScenarioCase | None:
    found = fields(page, node, "case", required=("name", "given", "then"))
    if found is None or not {"name", "given", "then"} <= found.values.keys():
        return None
    name = text(page, found.values["name"])
    people, groups = _given(page, found.values["given"], tracks)
    if not people or name is None:
        return None
    reader = _DayReader(page, Cast(tracks, groups, page.lang), people)
    told = list(reader.lines(found.values["when"], parse_statement)) if "when" in found.values else []
    wanted = list(reader.lines(found.values["then"], parse_expectation, never=True))
    reader.check_order(told)
    # A group of one is the person herself, who needs no other name.
    alike = {group: names for group, names in groups.items() if names != (group,)}
    return ScenarioCase(name, people, alike, tuple(line for line, _ in told), tuple(line for line, _ in wanted), found.values["name"].span)


def _given(page: Page, node: Node, tracks: tuple[Track, ...]) -> tuple[tuple[ScriptPerson, ...], dict[str, tuple[str, ...]]]:
    """Parse the people of a case and the names that mean them: one without a name, or several by name; nobody after a finding."""
    if isinstance(node, Map) and node.pairs and all(isinstance(value, Map) and not _is_key(key) for key, value in node):
        people: list[ScriptPerson] = []
        groups: dict[str, tuple[str, ...]] = {}
        named = [_name(page, key, tracks) for key, _ in node]
        for key, value in node if all(named) else ():
            some = list(_persons(page, value, tracks, key.text))
            people += some
            groups |= {one.name: (one.name,) for one in some}
            groups[key.text] = tuple(one.name for one in some)
        return tuple(people), groups
    alone = tuple(_persons(page, node, tracks, ""))
    return alone, {one.name: (one.name,) for one in alone}


def _is_key(key: Scalar) -> bool:
    return v.english_key(key.text) in v.SECTIONS["person"]


def _name(page: Page, key: Scalar, tracks: tuple[Track, ...]) -> bool:
    taken = key.text in _WORDS or any(step.id == key.text for track in tracks for step in track.steps)
    if taken or not _NAME.fullmatch(key.text):
        page.found(findings.INVALID_CASE_NAME, key.span, found=key.text)
        return False
    return True


def _persons(page: Page, node: Node, tracks: tuple[Track, ...], name: str) -> Iterator[ScriptPerson]:
    """Parse one person, or as many alike as `count` says."""
    found = fields(page, node, "person", required=("referred",))
    if found is None:
        return
    referred = found.read("referred", day, None)
    track: str | None = tracks[0].track if "track" not in found else ident(page, found.values["track"])
    count = found.read("count", number(1, MOST_PEOPLE), None)
    cast = Cast(tracks, {}, page.lang)
    known = {"facts": _facts(page, found, cast), **{key: value for key, value in _plain(found, tracks) if value is not None}}
    if track not in {one.track for one in tracks}:
        page.found(
            findings.UNKNOWN_TESTED_TRACK, found.values["track"].span, found=track or "", known=v.listed(one.track for one in tracks)
        )
    elif referred is not None:
        # Zeros before the number make the alphabetical order of a group that of its numbers.
        names = [f"{name}-{n:0{len(str(count))}}" for n in range(1, count + 1)] if count and name else [name]
        yield from (ScriptPerson(one, referred, track or "", span=found.node.span, **known) for one in names)


def _plain(found: Fields, tracks: tuple[Track, ...]) -> Iterator[tuple[str, Any]]:
    employers = {employer.id: employer.id for track in tracks for employer in track.employers}
    yield "channel", found.read("channel", word(v.CHANNELS), None)
    yield "born", found.read("born", _born, None)
    yield "selected", found.read("selected", word(employers) if employers else ident, None)


def _born(page: Page, node: Node) -> str | None:
    written = scalar(page, node)
    if written is not None and not MONTH.fullmatch(written.text):
        page.found(findings.UNKNOWN_VALUE, written.span, found=written.text, known="1998-04")
        return None
    return written.text if written else None


def _facts(page: Page, found: Fields, cast: Cast) -> dict[str, Any]:
    node = found.values.get("facts")
    if node is None:
        return {}
    if not isinstance(node, Map):
        page.found(findings.KEYS_EXPECTED, node.span, known=v.listed(fact_names(cast)))
        return {}
    return dict(pair for key, value in node if (pair := _fact(page, key, value, cast)))


def _fact(page: Page, key: Scalar, node: Node, cast: Cast) -> tuple[str, Any] | None:
    written = scalar(page, node)
    if not find_facts(key.text, cast):
        page.found(findings.UNKNOWN_FACT, key.span, found=key.text, suggestion=nearest(key.text, fact_names(cast)) or "")
        return None
    try:
        return parse_fact(SentenceToken(written.text, 0, key.text, written.text), cast) if written else None
    except SentenceError as wrong:
        page.found(wrong.code, node.span, **wrong.values)
        return None


class _DayReader:
    """Reads the days of one case, and the sentences of each."""

    def __init__(self, page: Page, cast: Cast, people: tuple[ScriptPerson, ...]) -> None:
        self.page, self.cast = page, cast
        self.referred: Mapping[str, date] = {one.name: one.referred for one in people}
        self.first = min(self.referred.values())

    def lines(self, node: Node, read: Callable[[str, Cast], Sentence], *, never: bool = False) -> Iterator[tuple[ScriptLine, Scalar]]:
        """Read the sentences with their days, each with where its day is written."""
        if not isinstance(node, Map):
            self.page.found(findings.KEYS_EXPECTED, node.span, known=v.listed(phrases.DAYS_SHOWN[self.page.lang]))
            return
        for key, value in node:
            is_never = never and v.code(key.text, phrases.NEVER) is not None
            on = None if is_never else self._day(key)
            for item in items(self.page, value):
                sentence = self._sentence(item, read)
                if sentence and (on or is_never):
                    yield ScriptLine(on, sentence), key

    def _day(self, key: Scalar) -> date | None:
        if DATE.fullmatch(key.text):
            return day(self.page, key)
        nth, after = _NTH.fullmatch(key.text), _AFTER.fullmatch(key.text)
        if nth and nth[1] in ("day", "dag"):
            return self.first + timedelta(days=int(nth[2]))
        unit: Any = v.UNITS.get(" ".join(after[2].split())) if after else None
        if after and unit and int(after[1]):
            return add(self.first, Length(int(after[1]), unit))
        self.page.found(findings.NOT_A_DAY, key.span, found=key.text[:40])
        return None

    def _sentence(self, node: Node, read: Callable[[str, Cast], Sentence]) -> Sentence | None:
        written = scalar(self.page, node)
        if written is None:
            return None
        try:
            sentence = read(written.text, self.cast)
        except SentenceError as wrong:
            span = written.part(wrong.token.at, max(1, len(wrong.token.text)))
            self.page.found(wrong.code, span, **wrong.values)
            return None
        # From here on, a step that somebody got can be named.
        self.cast = self.cast.after(sentence)
        return replace(sentence, text=" ".join(written.text.split()), span=written.span)

    def check_order(self, lines: Sequence[tuple[ScriptLine, Scalar]]) -> None:
        """Report days that go backwards, and sentences about somebody before the referral."""
        before: tuple[date, Scalar] | None = None
        for line, key in lines:
            if line.day is None:
                continue
            if before and line.day < before[0]:
                self.page.found(findings.DAYS_OUT_OF_ORDER, key.span, before[1].span, found=key.text, before=before[1].text)
            before = (line.day, key)
            early = [name for name in line.sentence.people if line.day < self.referred[name]]
            if early:
                self.page.found(findings.DAY_BEFORE_REFERRAL, key.span, found=key.text, referred=self.referred[early[0]].isoformat())
