"""What the commands on a track's own matters share: their choices in both languages, recording a fact of the track, whom it reaches.

Whom it reaches is told before it is written and asked of whoever sits at a terminal, and what takes it back is told with it.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from commands.app import prompt
from commands.app.error_text import CHOICES
from commands.runtime import errors
from commands.runtime.output import Column, note, out, plain_row, print_table
from commands.runtime.texts import message
from commands.wording.participants import ParticipantNames
from tracks.queries.reader import reading
from tracks.texts import word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

    from commands.recording.session import WriteSession
    from commands.runtime.context import CommandContext
    from tracks.access.ledgers import Present
    from tracks.events.event import Draft
    from tracks.recording.operations import Recorded

REPORTED: Final = "employer_reported"


def parse_choice(command: str, text: str, choices: Iterable[str]) -> str:
    """Parse what a command is to do, typed in either language.

    Args:
        command: the name of the command, for the refusal.
        text: the word as typed.
        choices: the codes of what the command can do.

    Returns:
        The code.

    Raises:
        Refusal: BAD_CHOICE, which lists the choices.

    """
    plain = text.casefold().replace(" ", "_")
    found = next((code for code in choices if plain in (code, CHOICES.get(code))), None)
    if found is None:
        raise errors.BAD_CHOICE(name=command, choices=", ".join(choices), value=text[:40])
    return found


def draft_track_fact(kind: str, day: date, data: Mapping[str, Any], step: str, result: str) -> Draft:
    """Draft a fact of a track itself.

    Args:
        kind: the kind of the event.
        day: the day that it is about.
        data: the data of the event.
        step: the id of the step that a report is about; other kinds are about none.
        result: the result that is reported, as typed.

    Returns:
        The draft, not yet validated.

    Raises:
        Refusal: WHICH_STEP for a report that names no step.

    """
    from tracks.events.event import Draft
    from tracks.texts import code_of

    # Only a report is about a step, and about its first run: a shared step has no other.
    if kind != REPORTED:
        return Draft(kind, day, "", 0, data)
    if not step:
        raise errors.WHICH_STEP()
    return Draft(kind, day, step, 1, {**data, "result": code_of("result", result)})


def record_shared_fact(session: WriteSession, track: str, draft: Draft) -> Recorded:
    """Record a fact of a track itself.

    Args:
        session: the session to write in.
        track: the id of the track.
        draft: the fact.

    Returns:
        What was written, or that it stood already.

    """
    from tracks.recording.track_facts import record_track_fact

    return record_track_fact(session.ledger, session.clock, session.actor, track, draft)


_CHANGES: Final = (
    Column("before", "col.before", "before_shown"), Column("after", "col.after", "after_shown"), Column("people", "col.people", right=True),
    Column("who", "col.who", "who_shown"),
)  # fmt: skip
# So many are named in a line for people; JSON names all.
_NAMED: Final = 12
_YES: Final = frozenset({"y", "yes", "j", "ja"})


class ReachedEnrolment(NamedTuple):
    """One enrolment that stands otherwise, or counts on what changes.

    `before` and `after` are its status, `proposed` of one who is; `begins_before` and `begins_after` the day of the start that it is on.
    """

    stream: str
    before: str
    after: str
    begins_before: date | None = None
    begins_after: date | None = None


class Reach(NamedTuple):
    """What was said, whom it reaches, in order of stream, and what the engine wrote of it, by kind."""

    said: Recorded
    people: tuple[ReachedEnrolment, ...]
    kinds: Mapping[str, int]


class _Visible(NamedTuple):
    """How an enrolment stands, as far as anybody can see."""

    state: str
    step: str
    todos: Sequence[tuple[str, str]]
    begins: date | None


def reach_of(now: Present, track: str, act: Callable[[], Recorded], meant: Sequence[str] = (), *, advance: bool) -> Reach:
    """Say something of a track, and compare how people stand before and after.

    Args:
        now: the present of the write, or of its trial.
        track: the id of the track.
        act: what is said.
        meant: the streams of those who count on it, who are reached also where nothing changes for them yet.
        advance: whether what follows at the next advance belongs to it.

    """
    before = _stands(now, track)
    said = act()
    kinds = _advanced(now, track) if advance and not said.repeated else {}
    after = _stands(now, track)
    people = [stream for stream in sorted(before) if stream in meant or before[stream] != after.get(stream)]
    pairs = ((one, before[one], after[one]) for one in people if one in after)
    return Reach(said, tuple(ReachedEnrolment(one, old.state, new.state, old.begins, new.begins) for one, old, new in pairs), kinds)


def _advanced(now: Present, track: str) -> Mapping[str, int]:
    from tracks.recording.operations import advance_unit

    return advance_unit(now, now.unit(track), now.clock_of(track)).kinds


def _stands(book: Present, track: str) -> dict[str, _Visible]:
    """Where everybody of a track stands, and when her start begins; who waits with a proposal is `proposed`."""
    from tracks.access.views import track_view
    from tracks.events.resources import IntakePlace, parse
    from tracks.events.status import Status
    from tracks.recording.operations import track_row

    view, claims = track_view(book, track_row(book, track), None), book.claims(track)
    proposed = {stream for stream, claim in claims if claim.state == "proposed"}
    begins = {
        stream: view.start_day(place.start, book.today)
        for stream, claim in claims
        if claim.state != "waiting" and isinstance(place := parse(claim.resource), IntakePlace) and place.start
    }
    people = book.load(sorted(book.members(track, [str(status) for status in Status])))
    return {
        one.stream: _Visible(
            "proposed" if one.status == Status.WAITING and one.stream in proposed else one.status,
            one.step,
            [(todo.kind, todo.step) for todo in one.todos],
            begins.get(one.stream),
        )
        for one in people
    }


def print_reach(work: CommandContext, reach: Reach, *, hides_place: bool = False) -> None:
    """Print as a table who stands how before and after.

    Args:
        work: the context of the command.
        reach: whom it reaches.
        hides_place: whether to be named tells at which employer somebody is, so that nobody protected is.

    """
    if rows := _rows(work, reach, hides_place=hides_place):
        print_table(rows, _CHANGES, work)


def reach_row(work: CommandContext, reach: Reach, *, hides_place: bool = False) -> dict[str, Any]:
    """The same as JSON: `changes` counts those who stand otherwise, `who` names all who are reached.

    Args:
        work: the context of the command.
        reach: whom it reaches.
        hides_place: whether to be named tells at which employer somebody is, so that nobody protected is.

    """
    ways = Counter((one.before, one.after) for one in reach.people if one.before != one.after)
    changes = [{"before": old, "after": new, "people": count} for (old, new), count in sorted(ways.items())]
    with reading(work.database) as reader:
        names = ParticipantNames(reader, work.lang)
        open_to = [one for one in reach.people if not (hides_place and one.stream in reader.protected)]
        who = [{"ref": names.ref(one.stream), **plain_row(one._asdict())} for one in open_to]
    return {"changes": changes, "who": who, "kinds": dict(sorted(reach.kinds.items()))}


def _rows(work: CommandContext, reach: Reach, *, hides_place: bool = False) -> list[dict[str, Any]]:
    """One row for each way from one state to another, with those who go it."""
    ways: dict[tuple[str, str], list[ReachedEnrolment]] = {}
    for one in sorted(reach.people, key=lambda one: (one.before, one.after, one.stream)):
        way = _state_words(one.before, one.begins_before, work.lang), _state_words(one.after, one.begins_after, work.lang)
        ways.setdefault(way, []).append(one)
    with reading(work.database) as reader:
        names = ParticipantNames(reader, work.lang)

        def named(one: ReachedEnrolment) -> str:
            return names.shown("" if hides_place and one.stream in reader.protected else one.stream)

        return [
            {"before_shown": old, "after_shown": new, "people": len(who), "who_shown": _listed([named(one) for one in who], work.lang)}
            for (old, new), who in ways.items()
        ]


def _listed(names: Sequence[str], lang: str) -> str:
    more = message("reach.more", lang, count=len(names) - _NAMED) if len(names) > _NAMED else ""
    return ", ".join([*names[:_NAMED], *([more] if more else [])])


def _state_words(state: str, begins: date | None, lang: str) -> str:
    words = message("state.proposed", lang) if state == "proposed" else word("status", state, lang)
    return message("start.begins", lang, state=words, day=begins) if begins else words


def agree(work: CommandContext, session: WriteSession, trial: Callable[[Present], Reach], *, hides_place: bool = False) -> None:
    """Tell whoever sits at a terminal whom something would concern, and ask whether it is meant; in a pipe nothing is asked.

    Args:
        work: the context of the command.
        session: the session in which it is to be written.
        trial: says it, of a present of which nothing is kept.
        hides_place: whether to be named tells at which employer somebody is, so that nobody protected is.

    Raises:
        Refusal: NOT_MEANT where the answer is not yes; nothing was written.

    """
    if not prompt.at_terminal():
        return
    reach = session.tried(trial)
    # What has been said already writes nothing, and nobody need be asked.
    if reach.said.repeated:
        return
    note(message("reach.concerns", work.lang, count=len(reach.people)))
    for row in _rows(work, reach, hides_place=hides_place):
        note(f"  {message('reach.way', work.lang, before=row['before_shown'], after=row['after_shown'], who=row['who_shown'])}")
    if back := way_back(reach.said, work.lang):
        note(back)
    if (prompt.ask_text(message("ask.go_on", work.lang)) or "").casefold() not in _YES:
        raise errors.NOT_MEANT()


def print_way_back(work: CommandContext, said: Recorded) -> None:
    """Print what takes back what was said of a track, for whoever made a mistake."""
    if said.events:
        out(way_back(said, work.lang))


def way_back(said: Recorded, lang: str) -> str:
    """What takes it back, as a line to type; empty of a correction that says something else, which another one would put right."""
    from tracks.events.kinds.table import CORRECTED
    from tracks.events.streams import StreamId

    event = said.events[0]
    if event.kind == CORRECTED and not event.data.get("withdraw"):
        return ""
    how = "--restore" if event.kind == CORRECTED else "--withdraw"
    return message("reach.back", lang, track=StreamId.parse(said.stream).track, number=event.seq, how=how)
