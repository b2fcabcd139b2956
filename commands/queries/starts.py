"""How the starts of a track stand, and who is on one: what `start` prints where nothing is recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from commands.runtime.listing import print_listing
from commands.runtime.output import Column, OutputForm, out, print_message
from commands.runtime.texts import message
from commands.wording.participants import ParticipantNames
from tracks.texts import word

if TYPE_CHECKING:
    from collections.abc import Mapping

    from commands.queries.track_view import TrackView
    from commands.runtime.context import CommandContext
    from tracks.queries.explain.starts import StartStand

_STARTS: Final = (
    Column("start", "col.start", "start_shown"), Column("day", "col.day"), Column("state", "col.state", "state_shown"),
    *(Column(key, f"col.{key}", right=True) for key in ("places", "free", "proposed", "offered", "accepted", "active", "ended", "minimum")),
    Column("employers", "col.employers", "employers_shown"),
)  # fmt: skip
_STARTS_CSV: Final = (
    "start",
    "day",
    "state",
    "opens",
    "places",
    "free",
    "minimum",
    "proposed",
    "offered",
    "accepted",
    "active",
    "ended",
    "employers",
)
# How far somebody has come with a start; of others, the status says how they stand now.
_SO_FAR: Final = frozenset({"active", "accepted", "offered", "proposed"})
_MEMBERS: Final = (Column("ref", "col.ref", "ref_shown"), Column("state", "col.state", "state_shown"), Column("since", "col.since"))
_MEMBERS_CSV: Final = ("ref", "stream", "state", "since")


def print_starts(work: CommandContext, found: TrackView, name: str | None, form: OutputForm) -> None:
    """Print how the starts of a track stand, or who is on one of them.

    Args:
        work: the context of the command.
        found: the track as it is shown.
        name: the start, by its day as ISO text; all of them where it is None.
        form: how the rows are wanted.

    Raises:
        Refusal: UNKNOWN_START where the track has no such start.

    """
    from tracks.queries.explain.starts import admitted_by_start, came_in, starts_of

    view, track = found.view, found.row.id
    everybody = list(found.ledger.everybody(track))
    every = list(starts_of(view, found.claims, found.now.day, admitted_by_start(everybody)))
    if name is None:
        employers = {one.id: one.name for one in view.shared.track.employers}
        rows = [_start_row(work, one._asdict(), employers) for one in every]
        print_listing(rows, _STARTS, form, work, "start.none", csv=_STARTS_CSV)
        if not form.machine and any(_is_shut(one) for one in every):
            out()
            print_message("start.shut", work)
        return
    if name not in [one.name for one in every]:
        from tracks.recording.refusals import UNKNOWN_START

        raise UNKNOWN_START(track=track, start=name, starts=", ".join(one.name for one in every if one.name) or "-")
    names = ParticipantNames(found.ledger.reader, work.lang)
    people = [
        {
            **names.cells(one.stream), "state": one.state, "since": one.since,
            "state_shown": _standing(one.state, work.lang),
        }
        for one in came_in(found.claims, everybody, name)
    ]  # fmt: skip
    print_listing(people, _MEMBERS, form, work, "start.nobody", csv=_MEMBERS_CSV)


def _is_shut(one: StartStand) -> bool:
    """Whether places stand empty that nobody can be given any more."""
    return one.free == 0 and one.places is not None and one.places > one.offered + one.accepted + one.active


def _standing(state: str, lang: str) -> str:
    """How somebody of a start stands, in words."""
    return message(f"start.person.{state}", lang) if state in _SO_FAR else word("status", state, lang)


def _start_row(work: CommandContext, one: dict[str, Any], employers: Mapping[str, str]) -> dict[str, Any]:
    name, shown = one["name"], [employers.get(name, name) for name in one["employers"]]
    now = {"joined": one["accepted"] + one["active"], "minimum": one["minimum"]}
    state = message(f"start.state.{one['state']}", work.lang, opens=one["opens"] or "–", **now)
    return {
        "start": name, **{key: value for key, value in one.items() if key != "name"}, "employers": list(one["employers"]),
        "employers_shown": ", ".join(shown), "state_shown": state,
        "start_shown": name or message("start.rolling", work.lang),
    }  # fmt: skip
