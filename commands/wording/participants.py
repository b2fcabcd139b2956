"""How lists and commands name an enrolment: by its reference, and by its own name where the participant has several."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from commands.runtime.texts import message
from tracks.events.resources import StepPlace, parse
from tracks.events.streams import ref_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tracks.queries.reader import DatabaseReader

_SEVERAL = "SELECT stream, ref FROM enrolment WHERE ref IN (SELECT ref FROM enrolment GROUP BY ref HAVING count(*) > 1)"


class ParticipantNames:
    """The references of all who have an enrolment, with those who have several told apart by the names of their enrolments.

    Whose identity is protected is marked wherever she is named, so that whoever works with her knows.
    """

    def __init__(self, reader: DatabaseReader, lang: str) -> None:
        self._of = dict(reader.rows(_SEVERAL))
        self._protected = reader.protected
        self._mark = message("protected.mark", lang)

    def ref(self, stream: str) -> str:
        """The reference that the participant has now."""
        return str(self._of.get(stream, ref_of(stream)))

    def typed(self, stream: str) -> str:
        """What a person types: the reference where it is enough, else the name of the enrolment."""
        return stream if stream in self._of else ref_of(stream)

    def shown(self, stream: str) -> str:
        """What a person reads: as she types it, after the reference that the participant has now where it was opened under another.

        Without a stream it is somebody whose identity is protected, where it would tell too much who.
        """
        if not stream:
            return self._mark
        typed, now = self.typed(stream), self.ref(stream)
        named = typed if ref_of(stream) == now else f"{now} ({typed})"
        return f"{named} {self._mark}" if stream in self._protected else named

    def cells(self, stream: str) -> dict[str, Any]:
        """The cells of a row that say whose it is."""
        return {"ref": self.ref(stream), "stream": stream, "protected": stream in self._protected, "ref_shown": self.shown(stream)}

    def without_place(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Where somebody stands in a line, without who is beside her for a place with an employer, if that is protected."""
        place = parse(values.get("resource", ""))
        if not (isinstance(place, StepPlace) and place.employer):
            return dict(values)
        near = {side: values[side] for side in ("after", "before") if values.get(side)}
        secret = {side: one for side, one in near.items() if one["stream"] in self._protected}
        hidden = {"value": None, "hidden": True}
        return {**values, **{side: {**one, "stream": "", "theirs": {**one["theirs"], **hidden}} for side, one in secret.items()}}

    def tells_place(self, stream: str, resource: str) -> bool:
        """Whether a row about a shared thing would tell at which employer somebody is whose identity is protected."""
        place = parse(resource)
        return stream in self._protected and isinstance(place, StepPlace) and bool(place.employer)
