"""A task in words, and the command lines that do it.

Whatever the track tells stands in a line, one line for each where they are few, so that it can be copied and works. What only a
person knows stands in capitals; a command asks for it where it is typed so (`commands.app.placeholders`).
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from commands.app.placeholders import value_placeholder
from commands.runtime.texts import has, message
from tracks.events.fold import choosers
from tracks.events.resources import EmployerStart, IntakePlace, StepPlace, parse
from tracks.events.streams import track_stream
from tracks.events.todos import TodoKind
from tracks.queries.exports import PLACES, open_data
from tracks.queries.reader import step_name
from tracks.queries.worklist import progress_of
from tracks.texts import fact_word, point_words, role_word, todo_words, word

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from commands.wording.participants import ParticipantNames
    from tracks.events.fold import Progress
    from tracks.events.resources import Resource
    from tracks.events.snapshots import Enrolment
    from tracks.queries.explain.why_step import Reason
    from tracks.queries.reader import DatabaseReader
    from tracks.queries.worklist import Task

# Those that are done with an employer: broken off with one, they go on with the next.
_PLACED: Final = ("praktik", "förberedande anställning")


def task_words(reader: DatabaseReader, one: Task, lang: str) -> str:
    """Word what is to be done; of a letter also what it said, of a fact the value that cannot be read.

    Args:
        reader: the open database.
        one: the task.
        lang: the language of the words.

    Returns:
        One line.

    """
    labels = reader.labels(one.track, None)
    about = TodoKind.parse(one.kind).about
    words = _words(one.kind, lang, _about(one.kind, labels, lang))
    if one.stands is not None:
        from commands.wording.events import fact_value

        return message("todo.unread", lang, words=words, value=fact_value(about, one.stands, lang))
    if TodoKind.parse(one.kind).base != "letter" or one.seq is None:
        return words
    from commands.wording.events import EventNames, event_words

    event = next(event for event in reader.events(one.stream) if event.seq == one.seq)
    if one.stream in reader.protected:
        event = event._replace(data=open_data(event.data, PLACES))
    content = event_words(event, lang, EventNames(step_name(labels, event.step), labels["employers"]))
    return message("letter.said", lang, words=words, said=content)


def _about(kind: str, labels: dict[str, Any], lang: str) -> str | None:
    """What a todo is about, by the names of its track; None where it says that itself."""
    base, about = TodoKind.parse(kind)
    if base != "over":
        return str(labels["facts"][about]) if about in labels["facts"] else None
    place = parse(about)
    step = step_name(labels, place.step) if isinstance(place, StepPlace) else ""
    return place_words(place, step, labels["employers"], lang)


def place_words(place: Resource, step: str, employers: Mapping[str, str], lang: str) -> str:
    """Name what has places: a step, perhaps at one employer, a start, or the track.

    Args:
        place: the place.
        step: the name of its step, where it has one.
        employers: the names of the employers of the track.
        lang: the language of the words.

    """
    if isinstance(place, StepPlace):
        at = employers.get(place.employer, place.employer)
        return step + (message("why.at", lang, employer=at) if place.employer else "")
    start = place.start if isinstance(place, IntakePlace) else ""
    return message("resource.start" if start else "resource.intake.whole", lang, start=start)


# A worklist has thousands of tasks and only a few dozen kinds of them, so each text is formatted once.
@lru_cache(maxsize=1024)
def _words(kind: str, lang: str, name: str | None) -> str:
    return todo_words(kind, lang, {TodoKind.parse(kind).about: name} if name else None)


def remedies(reader: DatabaseReader, one: Task, whose: str, lang: str) -> list[str]:
    """List the command lines that do what a task asks for.

    Args:
        reader: the open database.
        one: the task.
        whose: how the enrolment or the track is named in a command.
        lang: the language of the command lines.

    Returns:
        The lines, the most likely first.

    """
    # A line of a list must not tell the employer that chose somebody whose identity is protected.
    asked = one.kind == "placement" and one.stream not in reader.protected
    progress = progress_of(reader, one.stream) if asked else None
    found = _alternatives(reader, one.track, None, one.step, lang, progress).lines(one.kind, one.seq)
    return [line.replace(_WHOSE, whose).replace(_TRACK, one.track) for line in found]


def reason_lines(reader: DatabaseReader, one: Enrolment, reason: Reason, lang: str) -> list[str]:
    """List the command lines that lead on from what `why` tells: those of the worklist, also where nothing stands on it yet.

    Args:
        reader: the open database.
        one: the enrolment.
        reason: what it waits for, or what goes on.
        lang: the language of the command lines.

    Returns:
        The lines, the most likely first; none where only time or somebody else's step can lead on.

    """
    labels = reader.labels(one.track, one.version)
    of_type = str(labels["steps"].get(reason.step, {}).get("type", ""))
    facts = [str(TodoKind("fact", name)) for name in reason.values.get("facts") or reason.values.get("asks", ()) if "(" not in name]
    kinds = [*_ASKED.get(reason.code, ())]
    if reason.code in _ASKS_FACTS:
        kinds = [*kinds, *facts] if reason.code == "placement" else [*facts, *kinds]
    if reason.code == "decision" and reason.values["result"] == "interrupted" and of_type in _PLACED:
        kinds.append("placement")
    found: dict[str, None] = {}
    known = _alternatives(reader, one.track, one.version, reason.step, lang, one.progress)
    for kind in kinds:
        found.update(dict.fromkeys(known.lines(kind)))
    for other in reason.values.get("elsewhere", ())[:_FEW]:
        found.update(dict.fromkeys(_alternatives(reader, one.track, one.version, reason.step, lang, other).lines("placement")))
    said = [line.replace(_WHOSE, one.stream) for line in found]
    for step, mark in reason.values.get("reports", ()):
        of = _alternatives(reader, one.track, one.version, step, lang)
        said += [line.replace(_WHOSE, one.track) for line in of.lines(str(TodoKind("subject_report", mark)))]
    return [line.replace(_TRACK, one.track) for line in said]


# What each reason asks people for, as kinds of todos; a step that goes on may be reported before it is due.
_ASKED: Final[Mapping[str, tuple[str, ...]]] = {
    "running": ("report",), "report": ("report",), "decision": ("decision",), "proposal.end": ("proposal:end",),
    "proposal.transfer": ("proposal:transfer",), "placement": ("placement",), "unplaced": ("placement",), "employer": ("placement",),
    "employer_left": ("employer_left",), "needed": ("start",), "start": ("start",), "dates": ("dates",), "paused": ("return",),
    "contact": ("contact",), "interest": ("interest",), "dropped": ("interest",),
    "offered": ("answer",), "proposed": ("offer",), "ongoing": ("ongoing",),
    "entry.false": ("entry",), "entry.unknown": ("entry",), "longest": ("longest",), "requirement": ("exception",),
    "awaits_outcome": ("outcome",),
}  # fmt: skip
_ASKS_FACTS: Final = frozenset({"fact", "asked", "unread", "requirement", "employer", "placement", "entry.unknown"})
# Stand for who it is, and on which track, in lines that are the same for everybody; no text that people write has them.
_WHOSE: Final = "\0"
_TRACK: Final = "\1"


# Stand for what a track has several of; a line with one of them becomes a line for each.
_MARKS: Final = {"result": "\2", "at": "\3", "transfer": "\4", "placed": "\5"}
# More of them than this would hide the rest of the list.
_FEW: Final = 4


class _Alternatives(NamedTuple):
    """What can stand in the lines of a step: what the track knows, or a word in capitals."""

    labels: Mapping[str, Any]
    step: str
    known: Mapping[str, Sequence[str]]
    lang: str

    def lines(self, kind: str, number: int | None = None) -> list[str]:
        """List the lines that do what a kind of todo asks for, of an event with a number."""
        about = TodoKind.parse(kind).about
        choices, of_type = self.labels["choices"].get(about, ()), self.labels.get("types", {}).get(about, "")
        lines = _lines(kind, self.step, number, value_placeholder(choices, of_type, self.lang), self.lang)
        return [full for line in lines for full in self._filled(line)]

    def _filled(self, line: str) -> list[str]:
        for name, mark in _MARKS.items():
            if mark in line:
                few = self.known[name] if 0 < len(self.known[name]) <= _FEW else [message(f"metavar.{_CAPITALS[name]}", self.lang)]
                return [full for one in few for full in self._filled(line.replace(mark, one))]
        return [line]


_CAPITALS: Final = {"result": "RESULT", "at": "EMPLOYER", "transfer": "TRANSFER", "placed": "STEP"}


def _alternatives(
    reader: DatabaseReader, track: str, version: int | None, step: str, lang: str, chosen: Progress | str | None = None
) -> _Alternatives:
    """What can stand in the lines of a step.

    Args:
        reader: the open database.
        track: the id of the track.
        version: the version that the enrolment follows; None for the one in force.
        step: the id of the step; empty where there is none.
        lang: the language of the command lines.
        chosen: an employer, or how far she has come, where employers' own choices may say where she is to be placed.

    """
    labels = reader.labels(track, version)
    own = labels["steps"].get(step, {})
    # A step that was added for one participant stands in no file, and takes the results that every step has.
    results = own.get("results", () if own else ("done",))
    gone = {json.loads(data)["employer"] for (data,) in reader.rows(_WITHDREW, (track_stream(track),))} if labels["employers"] else set()
    possible = [one for one in own.get("employers", labels["employers"]) if one not in gone]
    there = [name for name, of in labels["steps"].items() if of["type"] in _PLACED]
    at = [chosen] if isinstance(chosen, str) else choosers(chosen, there) if chosen else ()
    known = {
        "result": [word("result", one, lang).replace(" ", "_") for one in (["done"] if "done" in results else results)],
        # Whether somebody is what an employer asks for is not known here, so such a one is named by a person.
        "at": [one for one in possible if one in at] or [one for one in possible if one not in labels.get("conditional", ())],
        "transfer": own.get("transfers") or labels.get("transfers", ()),
        "placed": there,
    }
    return _Alternatives(labels, step, known, lang)


_WITHDREW: Final = "SELECT data FROM event WHERE stream = ? AND kind = 'employer_withdrew'"


@lru_cache(maxsize=1024)
def _lines(kind: str, step: str, number: int | None, value: str, lang: str) -> tuple[str, ...]:
    base, what = TodoKind.parse(kind)
    employer, start = EmployerStart.parse(what)
    about_start = ".start" if base == "subject_report" and not employer else ""
    keys = (f"type.{base}.{what.partition('(')[0]}", f"type.{base}{about_start}", "type.other")
    key = next(key for key in keys if has(key, lang))
    about = point_words(what, lang) if base == "follow_up" else fact_word(what, lang) if base == "fact" else what
    begins = start if about_start else f" --start {start}" if start else ""
    said = {"step": step, "what": about, "number": number, "employer": employer, "start": begins, "value": value}
    return tuple(message(key, lang, ref=_WHOSE, track=_TRACK, **_MARKS, **said).split("\n"))


def task_row(reader: DatabaseReader, one: Task, names: ParticipantNames, lang: str) -> dict[str, Any]:
    """Build one row of the worklist.

    Args:
        reader: the open database.
        one: the task.
        names: how enrolments are named.
        lang: the language of what people read.

    Returns:
        The row; `type` is what to type, `or` what else may be typed.

    """
    first, *others = remedies(reader, one, names.typed(one.stream) if one.ref else one.track, lang)
    whose = names.cells(one.stream) if one.ref else {
        **dict.fromkeys(("ref", "stream", "ref_shown"), track_stream(one.track)), "protected": False,
    }  # fmt: skip
    return {
        **whose, "track": one.track, "track_name": one.track_name,
        "status": one.status, **todo_row(one), "number": one.seq, "type": first, "or": others,
        "role_shown": role_word(one.role, lang), "kind_shown": task_words(reader, one, lang),
    }  # fmt: skip


def todo_row(todo: Task) -> dict[str, Any]:
    """A task as a row of JSON; `late` counts working days."""
    return {
        "kind": todo.kind, "step": todo.step, "step_name": todo.step_name, "attempt": todo.attempt, "role": todo.role,
        "since": todo.since, "due": todo.due, "overdue": todo.overdue, "late": todo.late,
        "stands": todo.stands,
    }  # fmt: skip
