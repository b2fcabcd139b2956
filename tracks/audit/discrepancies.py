"""What verification may find: values, said in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from tracks.texts import message

if TYPE_CHECKING:
    from collections.abc import Iterable

# What is derived of the log, and is made anew of it where the log itself is whole.
_DERIVED: Final = ("claim", "todo", "due", "snapshot", "illegible", "orphan", "no_snapshot", "frontier", "coupled", "labels")


class Discrepancy(NamedTuple):
    """One thing found wrong. `code` is a key of the texts; `seq` the first event concerned.

    `stands` is what a derived row says and `should` what follows from the log, both as columns; empty where there is no row.
    """

    code: str
    stream: str = ""
    seq: int = 0
    what: str = ""
    stands: str = ""
    should: str = ""

    @property
    def derived(self) -> bool:
        """Whether what is wrong was derived of the log, so that it can be made anew."""
        return self.code in _DERIVED

    def legible(self) -> Discrepancy:
        """Answer the same with what is not UTF-8 written out, so that it can be shown."""
        return self._replace(stream=shown(self.stream), what=shown(self.what), stands=shown(self.stands), should=shown(self.should))

    def message(self, lang: str) -> str:
        """The finding in Swedish (`sv`) or English."""
        nothing = message("no_row", lang)
        stands, should = self.stands or nothing, self.should or nothing
        return message(f"verify.{self.code}", lang, stream=self.stream, seq=self.seq, what=self.what, stands=stands, should=should)


def unopened(places: Iterable[str]) -> list[Discrepancy]:
    """What is locked and not opened by its key, by the places that it is locked to."""
    return [Discrepancy("locked", what=place) for place in places]


def shown(text: str) -> str:
    """Write out the bytes of a text that are not UTF-8."""
    return text.encode(errors="backslashreplace").decode()


def mendable(breaks: Iterable[Discrepancy]) -> list[Discrepancy]:
    """What can be made anew: what is derived, of the streams in which nothing else is wrong."""
    every = list(breaks)
    lost = {one.stream for one in every if not one.derived}
    return [one for one in every if one.derived and one.stream not in lost]
