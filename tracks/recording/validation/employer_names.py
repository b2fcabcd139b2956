"""Which employer is meant by what people type: one of the track's, by its id or its name in any letters, or another firm."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from definitions.model.spelling import nearest
from definitions.model.words import parse_name
from tracks.recording import refusals

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from definitions.model.track import Employer
    from tracks.engine.context.inputs import View


def employer_id(employers: Iterable[Employer], typed: str, track: str) -> str:
    """The id of the employer that is meant; of a firm that is none of these, what was typed.

    Args:
        employers: the employers that may be meant.
        typed: an id or a name.
        track: the id of the track, for messages.

    Raises:
        Refusal: MEANT_EMPLOYER for what is nearly one of them, since its people would be counted as hired by somebody else; for another
            firm as `parse_name`.

    """
    known = {one.id: one for one in employers}
    if typed in known:
        return typed
    wanted = _plain(typed)
    for spelt in ({name: name for name in known}, {one.id: one.name for one in known.values()}):
        found = [name for name, written in spelt.items() if _plain(written) == wanted]
        if len(found) == 1:
            return found[0]
    if near := nearest(typed, [*known, *(one.name for one in known.values())]):
        meant = [f"{one.id} ({one.name})" for one in known.values() if near in (one.id, one.name)]
        raise refusals.MEANT_EMPLOYER(typed=typed[:80], track=track, meant=", ".join(meant))
    return parse_name(typed, "employer")


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def with_employer(view: View, data: Mapping[str, Any]) -> dict[str, Any]:
    """What a fact says, with the id of the employer that it names. Raises MEANT_EMPLOYER."""
    employers = (*view.own.track.employers, *view.shared.track.employers)
    said = dict(data)
    if isinstance(answers := said.get("answers"), dict):
        said["answers"] = with_employer(view, answers)
    if isinstance(name := said.get("employer"), str) and name:
        said["employer"] = employer_id(employers, name, view.shared.track.track)
    return said


def names_employer(data: Mapping[str, Any]) -> bool:
    """Whether a fact names an employer, itself or in its answers."""
    answers = data.get("answers")
    return bool(data.get("employer") or (isinstance(answers, dict) and answers.get("employer")))
