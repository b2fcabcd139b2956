"""Progress: the fold of a stream. A set of dated fields, so that late events need no renumbering."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from tracks.events.event import Draft, Event
from tracks.events.kinds.kind import TELLING_FIELDS, Group, Kind
from tracks.events.kinds.table import CORRECTED, KINDS, WITHDRAWN, field_name
from tracks.events.status import Status

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

Key = tuple[str, int, str]


class Field(NamedTuple):
    """The value of one field, and what decides which of two values wins: the later effective, then position."""

    effective: date
    position: int
    value: Any


@dataclass(frozen=True, slots=True)
class Progress:
    """Everything that a stream's standing events say, by (step, attempt, name).

    Step and attempt are `""` and 0 for what concerns the enrolment, or the track, itself.
    """

    fields: Mapping[Key, Field] = field(default_factory=dict)

    def get(self, name: str, step: str = "", attempt: int = 0) -> Field | None:
        """One field, or None where nothing set it.

        Args:
            name: the name of the field, such as `started` or `phase:NAME`.
            step: the id of the step, empty for a field of the enrolment or the track.
            attempt: the number of the run of the step, or of the pause; 0 where there is none.

        """
        return self.fields.get((step, attempt, name))

    def on(self, name: str, step: str = "", attempt: int = 0) -> date | None:
        """The day of a field, or None where nothing set it.

        Args:
            name: the name of the field.
            step: the id of the step, empty for a field of the enrolment or the track.
            attempt: the number of the run of the step, or of the pause; 0 where there is none.

        """
        found = self.fields.get((step, attempt, name))
        return found.effective if found else None

    def value(self, name: str, step: str = "", attempt: int = 0) -> Any:
        """The value of a field, or None where nothing set it.

        Args:
            name: the name of the field.
            step: the id of the step, empty for a field of the enrolment or the track.
            attempt: the number of the run of the step, or of the pause; 0 where there is none.

        """
        found = self.fields.get((step, attempt, name))
        return found.value if found else None

    def attempts(self, step: str) -> int:
        """The number of the latest run of a step that was started or skipped; 0 when it was not reached."""
        count = 0
        while (step, count + 1, "started") in self.fields or (step, count + 1, "ended") in self.fields:
            count += 1
        return count

    def named(self, prefix: str) -> Iterator[tuple[str, Field]]:
        """The enrolment's own fields whose names begin with `prefix:`, without the prefix."""
        start = f"{prefix}:"
        for (step, _, name), found in self.fields.items():
            if not step and name.startswith(start):
                yield name[len(start) :], found

    def without(self, name: str) -> Progress:
        """The same as if nothing had been said that sets the fields of a name, or of `name:…`."""
        return Progress({key: found for key, found in self.fields.items() if key[2].partition(":")[0] != name})

    @property
    def status(self) -> Status:
        """The status of the enrolment, computed from the fields."""
        return _status(self)

    @property
    def exit(self) -> Field | None:
        """What ended the enrolment; an interruption, or an end, of one who had not come in yet is none."""
        close = self.fields.get(_CLOSE)
        if close is None or not KINDS[close.value["kind"]].admitted_only:
            return close
        admitted = self.fields.get(_ADMITTED)
        return close if admitted and admitted.effective <= close.effective else None

    @property
    def exited(self) -> date | None:
        """The day of the exit."""
        close = self.exit
        return close.effective if close else None


# What a person answered outlasts every offer, whichever day that is of: nobody who has accepted is offered the place again.
_INTAKE: Final = ("", 0, "intake")
_NO_KIND: Final = Kind("", Group.CONSEQUENCE)  # of a log that a newer release wrote: it sets no field


def evolve(progress: Progress, event: Draft | Event, position: int) -> Progress:
    """The progress after one event; the same whatever order the events of different fields come in.

    The loop that decides spends most of its time here, so data stays the mapping that the log holds: nothing typed is made.

    Args:
        progress: the progress before it.
        event: what is added; a draft where it has no place in a log yet.
        position: where it stands among events of its date: its number, or that of what it corrects.

    """
    effective, data = event.effective, event.data
    fields = dict(progress.fields)
    kind = KINDS.get(event.kind, _NO_KIND)
    if kind.plain and "facts" not in data:
        settings: Iterable[tuple[Key, date, Any]] = (((event.step, event.attempt, kind.plain), effective, data),)
    else:
        settings = _settings(kind, event)
    for key, day, value in settings:
        standing = fields.get(key)
        # A fact that a transfer carried along is the first of its own day, wherever the referral that holds it comes to stand.
        place = position if day == effective else 0
        later = standing is None or (standing.effective, standing.position) <= (day, place)
        if standing is not None and key == _INTAKE:
            # A cancelled start begins a new round: what was answered before it is no answer to what comes after.
            was, now = (standing.value.get("round", 0), KINDS[standing.value["kind"]].firm), (data.get("round", 0), kind.firm)
            later = now > was or (now == was and later)
        if later:
            fields[key] = Field(day, place, value)
    return Progress(fields)


def _settings(kind: Kind, event: Draft | Event) -> Iterator[tuple[Key, date, Any]]:
    data = event.data
    name = field_name(event.kind, data)
    if not name:
        return
    if kind.beside and kind.beside_unless not in data:
        yield ("", 0, kind.beside), event.effective, _value(kind, kind.beside, data)
    if kind.marks:
        yield (event.step if kind.marks_step else "", 0, kind.marks), event.effective, {}
    yield (event.step, event.attempt, name), event.effective, _value(kind, name, data)
    # Facts carried along by a transfer keep the days that they are about (rule R46).
    days = data.get("days", {})
    for fact, value in data.get("facts", {}).items():
        yield ("", 0, f"fact:{fact}"), date.fromisoformat(days[fact]) if fact in days else event.effective, value


def _value(kind: Kind, name: str, data: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a field comes to hold: the data, and where several kinds set the field, which of them did."""
    if name in TELLING_FIELDS:
        return {"kind": kind.name, **data}
    return {**dict(kind.implies), **data} if kind.implies else data


def standing(events: Iterable[Event]) -> list[tuple[Event, int]]:
    """The events that stand, each with its position: not withdrawn, and as the latest correction says."""
    rows = list(events)
    first = {event.seq: event for event in rows}
    by_seq = dict(first)
    gone = {event.data["seq"] for event in rows if event.kind == WITHDRAWN}
    position = {event.seq: event.seq for event in rows}
    for event in rows:
        if event.kind == CORRECTED and event.seq not in gone:
            _correct(event, first, by_seq, position, gone)
    kept = (event for event in by_seq.values() if event.seq not in gone and event.kind not in (CORRECTED, WITHDRAWN))
    return sorted(((event, position[event.seq]) for event in kept), key=lambda row: (row[0].effective, row[1]))


def roots(events: Iterable[Event]) -> dict[int, int]:
    """For each event that puts another right, the one that is put right in the end: corrections of corrections lead to the fact."""
    found: dict[int, int] = {}
    for event in events:
        if event.kind == WITHDRAWN:
            found[event.seq] = event.data["seq"]
        elif event.kind == CORRECTED:
            found[event.seq] = found.get(event.data["of"], event.data["of"])
    return found


def _correct(event: Event, first: Mapping[int, Event], by_seq: dict[int, Event], position: dict[int, int], gone: set[int]) -> None:
    """A fact that is moved comes after what was said of its new day before; brought back to its first day, it stands where it stood."""
    of = by_seq[event.data["of"]]
    while of.kind == CORRECTED:
        of = by_seq[of.data["of"]]
    if event.data.get("withdraw"):
        gone.add(of.seq)
        return
    effective = date.fromisoformat(event.data["effective"]) if "effective" in event.data else of.effective
    if effective == first[of.seq].effective:
        position[of.seq] = of.seq
    elif effective != of.effective:
        position[of.seq] = event.seq
    gone.discard(of.seq)
    by_seq[of.seq] = Event(
        of.stream, of.seq, of.kind, of.step, of.attempt, effective, of.recorded, of.actor, of.version,
        event.data.get("data", of.data), of.key, of.hash,
    )  # fmt: skip


def fold(events: Iterable[Event]) -> Progress:
    """The progress of a stream; needs no track and decides nothing."""
    progress = Progress()
    for event, position in standing(events):
        progress = evolve(progress, event, position)
    return progress


def standing_then(events: Iterable[Event], day: date | None, known: str | None) -> list[tuple[Event, int]]:
    """What stood, each event with its position.

    Args:
        events: the whole stream.
        day: only what is effective by this day; None for all.
        known: only what was recorded before this instant; None for all.

    """
    kept = events if known is None else [event for event in events if event.recorded < known]
    return [row for row in standing(kept) if day is None or row[0].effective <= day]


_MISREGISTERED: Final = ("", 0, "misregistered")
_CLOSE: Final = ("", 0, "close")
_ADMITTED: Final = ("", 0, "admitted")
_WAITLISTED: Final = ("", 0, "waitlisted")


def _status(progress: Progress) -> Status:
    fields = progress.fields
    if _MISREGISTERED in fields:
        return Status.MISREGISTERED
    close = progress.exit
    if close is not None:
        dropped = Status.INTERRUPTED if _ADMITTED in fields else Status.NOT_STARTED
        return KINDS[close.value["kind"]].leads_to or dropped
    if _ADMITTED in fields:
        return Status.PAUSED if paused_since(progress) else Status.ACTIVE
    intake = fields.get(_INTAKE)
    if intake is not None and (status := KINDS[intake.value["kind"]].leads_to):
        return status
    return Status.WAITING if _WAITLISTED in fields else Status.REFERRED


def numbered(progress: Progress, name: str, step: str = "") -> dict[int, Field]:
    """What was reported several times of one thing, by number; a correction may have left gaps.

    Args:
        progress: the fold.
        name: the name of the field.
        step: the id of the step, empty for the enrolment.

    """
    found = {n: field for (of, n, said), field in progress.fields.items() if said == name and of == step}
    return dict(sorted(found.items()))


_PAUSES: Final = ("", 0, "pauses")


def pauses(progress: Progress) -> Sequence[tuple[date, date | None]]:
    """The pauses in order: first day, and the first day that is active again (None while paused); days are counted once."""
    found: list[tuple[date, date]] = []
    for first, back in sorted((pause.effective, back or date.max) for pause, back in _grounded(progress).values()):
        if found and first < found[-1][1]:
            found[-1] = (found[-1][0], max(back, found[-1][1]))
        else:
            found.append((first, back))
    return [(first, None if back == date.max else back) for first, back in found]


def _grounded(progress: Progress) -> dict[int, tuple[Field, date | None]]:
    """The pauses by number, each with the day of return; not one of before admission, nor a return from before its pause."""
    admitted = progress.on("admitted")
    if _PAUSES not in progress.fields or admitted is None:
        return {}
    said = {n: (f, progress.on("resumed", "", n)) for n, f in numbered(progress, "paused").items() if f.effective >= admitted}
    return {n: (f, back if back and back >= f.effective else None) for n, (f, back) in said.items()}


def paused_since(progress: Progress) -> date | None:
    """The first day of the pause that is still going on."""
    if _PAUSES not in progress.fields:
        return None
    return next((first for first, back in pauses(progress) if back is None), None)


def pause_on(progress: Progress, day: date) -> tuple[date, date | None] | None:
    """The pause that a day is in: its first day, and the first day that is active again."""
    return next(((first, back) for first, back in pauses(progress) if first <= day and (back is None or day < back)), None)


def open_pause(progress: Progress) -> tuple[int, Field] | None:
    """The number of the pause that goes on, and what was said of it; the latest where several were."""
    found = [(field.effective, n, field) for n, (field, back) in _grounded(progress).items() if back is None]
    return max(found)[1:] if found else None


def planned_return(progress: Progress) -> date | None:
    """The day on which somebody who is away should be back, if a person said one."""
    now = open_pause(progress)
    back = now[1].value.get("back") if now else None
    return date.fromisoformat(back) if back else None


def choosers(progress: Progress, there: Collection[str]) -> list[str]:
    """The employers whose own choice of her stands, in the order of their choosing: until a step there is broken off (rules R21, R33).

    Args:
        progress: The fold of her enrolment.
        there: The ids of the steps that are at an employer.

    Returns:
        Their ids, all of which hold beside each other; an empty one of a choice that named none.

    """
    at, chosen = None, list[str]()
    for (step, _, name), said in sorted(progress.fields.items(), key=lambda one: (one[1].effective, one[1].position)):
        if name.partition(":")[0] == "selected":
            chosen.append(said.value.get("employer", ""))
        elif name == "placed":
            at = said.value["employer"]
        elif name == "reported" and said.value["result"] == "interrupted" and step in there:
            # Who was placed nowhere was with the one that chose her.
            chosen = [one for one in chosen if at not in (None, one)]
    return chosen


def binds_next(progress: Progress) -> bool:
    """Whether an employer has selected her since she was placed last: a choice binds the first placement after it (rule R33)."""
    placed = max((field.position for (_, _, name), field in progress.fields.items() if name == "placed"), default=-1)
    return any(field.position > placed for _, field in progress.named("selected"))


def bound_by(progress: Progress, there: Collection[str]) -> list[str]:
    """The employers that her next placement is to be with, because they chose her; `there` are the steps that are at an employer."""
    return [one for one in choosers(progress, there) if one] if binds_next(progress) else []


def start_of(progress: Progress) -> str:
    """The start that an offer, or its acceptance, is for: as said, or as a person moved it; empty where there is none."""
    intake, moved = progress.get("intake"), progress.get("moved")
    if intake is None:
        return ""
    return str(moved.value["start"] if moved and moved.effective >= intake.effective else intake.value.get("start", ""))


def standing_proposal(progress: Progress) -> Field | None:
    """The proposal that a person may act on: not taken back, and not older than the offer that lapsed (rule R39)."""
    proposal, lapsed = progress.get("proposal"), progress.get("intake")
    if proposal is None or proposal.value["kind"] != "proposed":
        return None
    return None if lapsed and proposal.effective < lapsed.effective else proposal


def round_of_offers(progress: Progress) -> dict[str, Any]:
    """What offers and answers tell of how many starts of hers were cancelled before; nothing where none was."""
    n = (progress.value("intake") or {}).get("round", 0)
    return {"round": n} if n else {}


def asked_for_interest(progress: Progress) -> Field | None:
    """What let go of somebody who waits: an offer that lapsed, or a start that was cancelled; None once she is interested (rule R39)."""
    gone = progress.get("intake")
    if gone is None or gone.value["kind"] not in ("offer_lapsed", "start_dropped"):
        return None
    interested = progress.on("interested")
    return None if interested and interested >= gone.effective else gone


TrackState = Progress


def encode(progress: Progress) -> list[list[Any]]:
    """The fields as plain JSON values, in a reproducible order."""
    rows = sorted(progress.fields.items())
    return [[*key, f.effective.isoformat(), f.position, f.value] for key, f in rows]


def decode(rows: Iterable[list[Any]]) -> Progress:
    """The inverse of `encode`."""
    return Progress({(s, a, n): Field(date.fromisoformat(d), p, v) for s, a, n, d, p, v in rows})
