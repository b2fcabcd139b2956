"""A task in words, and the command lines that do it.

Whatever the track tells stands in a line, one line for each where they are few, so that it can be copied and works. What only a
person knows stands in capitals; a command asks for it where it is typed so (`commands.app.placeholders`).
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from commands.app.placeholders import value_placeholder
from commands.runtime.texts import has, message
from tracks.events.resources import EmployerStart, IntakePlace, StepPlace, parse
from tracks.events.streams import track_stream
from tracks.events.todos import TodoKind
from tracks.queries.exports import PLACES, open_data
from tracks.queries.reader import step_name
from tracks.queries.track_status import withdrawn_employers
from tracks.texts import fact_word, point_words, role_word, todo_words, word

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date

    from commands.wording.participants import ParticipantNames
    from tracks.events.resources import Resource
    from tracks.queries.explain.why_step import Reason
    from tracks.queries.reader import DatabaseReader
    from tracks.queries.worklist import Task
    from tracks.recording.reported_fact import FactContext

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


def remedies(reader: DatabaseReader, one: Task, whose: str, lang: str, today: date) -> list[str]:
    """List the command lines that do what a task asks for.

    Args:
        reader: the open database.
        one: the task.
        whose: how the enrolment or the track is named in a command.
        lang: the language of the command lines.
        today: the day it is.

    Returns:
        The lines, the most likely first.

    """
    # A line of a list must not tell the employer that chose somebody whose identity is protected.
    asked = one.kind in _JUDGED and one.stream not in reader.protected
    case = _case(reader, one.stream, today) if asked else None
    found = _alternatives(reader, one.track, None, one.step, lang, case).lines(one.kind, one.seq)
    # Where nothing would be recorded yet, `why` says what is to be found out first.
    found = found or list(_lines("other", one.step, None, "", lang))
    return [line.replace(_WHOSE, whose).replace(_TRACK, one.track) for line in found]


def _case(reader: DatabaseReader, stream: str, today: date) -> FactContext:
    """What would be recorded of an enrolment is asked of the rules themselves, which only few lines need."""
    from tracks.queries.explain.acceptance import fact_context
    from tracks.queries.explain.as_of_ledger import CurrentLedger

    ledger = CurrentLedger(reader)
    (one,) = ledger.load([stream])
    return fact_context(ledger, one, today)


def reason_lines(reader: DatabaseReader, case: FactContext, reason: Reason, lang: str) -> list[str]:
    """List the command lines that lead on from what `why` tells: those of the worklist, also where nothing stands on it yet.

    Args:
        reader: the open database.
        case: the enrolment, and what is recorded of it is held against.
        reason: what it waits for, or what goes on.
        lang: the language of the command lines.

    Returns:
        The lines, the most likely first; none where only time or somebody else's step can lead on.

    """
    one = case.enrolment
    labels = reader.labels(one.track, one.version)
    of_type = str(labels["steps"].get(reason.step, {}).get("type", ""))
    facts = [str(TodoKind("fact", name)) for name in reason.values.get("facts") or reason.values.get("asks", ()) if "(" not in name]
    kinds = [*_ASKED.get(reason.code, ())]
    if reason.code in _ASKS_FACTS:
        kinds = [*kinds, *facts] if reason.code == "placement" else [*facts, *kinds]
    if reason.code == "follow_up":
        kinds.append(str(TodoKind("follow_up", reason.values["point"])))
    if reason.code == "decision" and reason.values["result"] == "interrupted" and of_type in _PLACED:
        kinds.append("placement")
    found: dict[str, None] = {}
    known = _alternatives(reader, one.track, one.version, reason.step, lang, case)
    in_force = _alternatives(reader, one.track, None, reason.step, lang, case) if reason.code in _BY_EMPLOYERS else known
    for asked in kinds:
        found.update(dict.fromkeys((in_force if asked in facts else known).lines(asked)))
    if elsewhere := reason.values.get("elsewhere"):
        found.update(dict.fromkeys(known.only(elsewhere).lines("placement")))
    said = [line.replace(_WHOSE, one.stream) for line in found]
    of_track = [(step, TodoKind("subject_report", mark)) for step, mark in reason.values.get("reports", ())]
    if reason.code in _OF_TRACK:
        of_track.append(("", TodoKind(_OF_TRACK[reason.code], reason.values["start"])))
    for step, kind in of_track:
        said += [line.replace(_WHOSE, one.track) for line in _alternatives(reader, one.track, one.version, step, lang).lines(str(kind))]
    return [line.replace(_TRACK, one.track) for line in said]


# What each reason asks people for, as kinds of todos; a step that goes on may be reported before it is due.
_ASKED: Final[Mapping[str, tuple[str, ...]]] = {
    "running": ("report",), "report": ("report",), "decision": ("decision",), "proposal.end": ("proposal:end",),
    "proposal.transfer": ("proposal:transfer",), "placement": ("placement",), "unplaced": ("placement",), "employer": ("placement",),
    "employer_left": ("employer_left",), "needed": ("start",), "start": ("start",), "dates": ("dates",), "paused": ("return",),
    "contact": ("contact",), "interest": ("interest",), "dropped": ("interest",),
    "offered": ("answer",), "proposed": ("offer",), "ongoing": ("ongoing",),
    "entry.false": ("entry",), "entry.unknown": ("entry",), "longest": ("longest",), "requirement": ("exception",),
    "awaits_outcome": ("outcome",), "no_start": ("no_start",),
}  # fmt: skip
# What the track is asked for on account of all who wait for a start.
_OF_TRACK: Final[Mapping[str, str]] = {"held": "start_held", "unsigned": "unsigned"}
# What employers require is asked by the version in force, whatever version somebody follows.
_BY_EMPLOYERS: Final = frozenset({"employer", "placement", "place"})
_ASKS_FACTS: Final = frozenset({"fact", "asked", "unread", "requirement", *_BY_EMPLOYERS, "entry.unknown"})
# Stand for who it is, and on which track, in lines that are the same for everybody; no text that people write has them.
_WHOSE: Final = "\0"
_TRACK: Final = "\1"


# Stand for what a track has several of; a line with one of them becomes a line for each.
_MARKS: Final = {"result": "\2", "at": "\3", "transfer": "\4", "placed": "\5"}
# More of them than this would hide the rest of the list.
_FEW: Final = 4


# What is asked of the rules before it is proposed, because it may be refused.
_TRANSFER: Final = "proposal:transfer"
_JUDGED: Final = frozenset({"placement", "fact:selected", "fact:employer", _TRANSFER, "employer_left"})


class _Alternatives(NamedTuple):
    """What can stand in the lines of a step: what the track knows (None: too little to tell), or a word in capitals."""

    labels: Mapping[str, Any]
    step: str
    known: Mapping[str, Sequence[str] | None]
    lang: str
    case: FactContext | None = None
    within: Collection[str] | None = None

    def only(self, employers: Collection[str]) -> _Alternatives:
        """The same, of some employers."""
        return self._replace(within=employers)

    def lines(self, kind: str, number: int | None = None) -> list[str]:
        """List the lines that do what a kind of todo asks for, of an event with a number."""
        about = TodoKind.parse(kind).about
        choices, of_type = self.labels["choices"].get(about, ()), self.labels.get("types", {}).get(about, "")
        lines = _lines(kind, self.step, number, value_placeholder(choices, of_type, self.lang), self.lang)
        known = {**self.known, **(self._judged(kind) if kind in _JUDGED else {})}
        found = [full for line in lines for full in self._filled(line, known)] or self._dead_end(kind)
        return found if kind != _TRANSFER or known["transfer"] else [*found, *self._to_open_transfers()]

    def _to_open_transfers(self) -> list[str]:
        """The lines that say what the proposed transfers require, where none of them is open."""
        from tracks.queries.explain.acceptance import asked_of

        proposed = self.labels["steps"].get(self.step, {}).get("transfers") or self.labels.get("transfers") or ()
        asked = asked_of(self.case, proposed) if self.case else ()
        return [line for name in asked for line in self.lines(str(TodoKind("fact", name)))]

    def _judged(self, kind: str) -> Mapping[str, Sequence[str]]:
        """What would be recorded of somebody today, as her facts and the choices of employers stand."""
        from tracks.queries.explain.acceptance import open_transfers, perhaps, placements

        if self.case is None:
            return {}
        if kind == _TRANSFER:
            own = self.labels["steps"].get(self.step, {}).get("transfers")
            return {"transfer": [one for one in open_transfers(self.case) if not own or one in own]}
        if not self.labels["employers"]:
            return {}
        if kind == "fact:selected":
            return {"at": perhaps(self.case)}
        steps = [self.step] if self.step else self.known["placed"] or ()
        found = {one.employer: one for step in reversed(steps) for one in placements(self.case, step)}
        within = [one for one in found if self.within is None or one in self.within]
        # Against the choice of an employer somebody is placed only where that one is not possible.
        willing = [one for one in within if not found[one].against]
        # At a full employer she would wait for a place, so that is proposed only where no other has room.
        willing = [one for one in willing if not found[one].full] or willing
        reason = f" --reason {message('metavar.REASON', self.lang)}"
        return {"at": willing or [one + reason for one in within]}

    def _dead_end(self, kind: str) -> list[str]:
        """The lines where nothing that is asked for would be recorded: the facts are to be found out first, or the step is left."""
        from tracks.queries.explain.acceptance import perhaps

        if self.case is None or kind != "placement" or self.within is not None or perhaps(self.case, self.step):
            return []
        return list(_lines("unplaceable", self.step, None, "", self.lang))

    def _filled(self, line: str, known: Mapping[str, Sequence[str] | None]) -> list[str]:
        for name, mark in _MARKS.items():
            if mark in line:
                values = known[name]
                few = values if values is not None and len(values) <= _FEW else [message(f"metavar.{_CAPITALS[name]}", self.lang)]
                return [full for one in few for full in self._filled(line.replace(mark, one), known)]
        return [line]


_CAPITALS: Final = {"result": "RESULT", "at": "EMPLOYER", "transfer": "TRANSFER", "placed": "STEP"}


def _alternatives(
    reader: DatabaseReader, track: str, version: int | None, step: str, lang: str, case: FactContext | None = None
) -> _Alternatives:
    """What can stand in the lines of a step.

    Args:
        reader: the open database.
        track: the id of the track.
        version: the version that the enrolment follows; None for the one in force.
        step: the id of the step; empty where there is none.
        lang: the language of the command lines.
        case: the enrolment, where what would be recorded of it is asked of the rules.

    """
    labels = reader.labels(track, version)
    own = labels["steps"].get(step, {})
    # A step that was added for one participant stands in no file, and takes the results that every step has.
    results = own.get("results", () if own else ("done",))
    gone = withdrawn_employers(reader, track) if labels["employers"] else set()
    # Whether somebody is what an employer asks for is not known here, so such a one is named by a person.
    possible = [one for one in own.get("employers", labels["employers"]) if one not in {*gone, *labels.get("conditional", ())}]
    known = {
        "result": [word("result", one, lang).replace(" ", "_") for one in (["done"] if "done" in results else results)] or None,
        "at": possible or None,
        "transfer": own.get("transfers") or labels.get("transfers") or None,
        "placed": [name for name, of in labels["steps"].items() if of["type"] in _PLACED] or None,
    }
    return _Alternatives(labels, step, known, lang, case)


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


def task_row(reader: DatabaseReader, one: Task, names: ParticipantNames, lang: str, today: date) -> dict[str, Any]:
    """Build one row of the worklist.

    Args:
        reader: the open database.
        one: the task.
        names: how enrolments are named.
        lang: the language of what people read.
        today: the day it is.

    Returns:
        The row; `type` is what to type, `or` what else may be typed.

    """
    first, *others = remedies(reader, one, names.typed(one.stream) if one.ref else one.track, lang, today)
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
