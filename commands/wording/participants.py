"""How lists and commands name an enrolment: by its reference, and by its own name where the participant has several."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracks.events.streams import ref_of

if TYPE_CHECKING:
    from tracks.queries.reader import DatabaseReader

_SEVERAL = "SELECT stream, ref FROM enrolment WHERE ref IN (SELECT ref FROM enrolment GROUP BY ref HAVING count(*) > 1)"


class ParticipantNames:
    """The references of all who have an enrolment, with those who have several told apart by the names of their enrolments."""

    def __init__(self, reader: DatabaseReader) -> None:
        self._of = dict(reader.rows(_SEVERAL))

    def ref(self, stream: str) -> str:
        """The reference that the participant has now."""
        return str(self._of.get(stream, ref_of(stream)))

    def typed(self, stream: str) -> str:
        """What a person types: the reference where it is enough, else the name of the enrolment."""
        return stream if stream in self._of else ref_of(stream)

    def shown(self, stream: str) -> str:
        """What a person reads: as she types it, after the reference that the participant has now where it was opened under another."""
        typed, now = self.typed(stream), self.ref(stream)
        return typed if ref_of(stream) == now else f"{now} ({typed})"

    def cells(self, stream: str) -> dict[str, str]:
        """The cells of a row that say whose it is."""
        return {"ref": self.ref(stream), "stream": stream, "ref_shown": self.shown(stream)}
