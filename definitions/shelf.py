"""Where other tracks and indicators are found: in the given paths, in the same folder, or in force."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from definitions.nodes import Scalar
from definitions.parsing import Parsed, is_definition, parse_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from definitions.diagnostics import Span
    from definitions.model import Indicator, Track


@dataclass(slots=True)
class Shelf:
    """What a file may name. `given` are the files read together; `folders` says whether to look beside them."""

    given: Sequence[Parsed]
    in_force: Mapping[str, Track]
    shipped: Mapping[str, Indicator]
    read_track: Callable[[Parsed, Shelf], Track | None]
    read_indicator: Callable[[Parsed], Indicator | None]
    folders: bool = True
    _beside: dict[Path, list[Parsed]] = field(default_factory=dict)

    def find(self, track: str, near: str) -> Parsed | None:
        """The file of a track: one of those given, else one in the same folder."""
        return next((parsed for parsed in self._around(near) if not parsed.is_indicator and parsed.word("track") == track), None)

    def knows(self, track: str, near: str) -> bool:
        """Whether there is such a track."""
        return track in self.in_force or self.find(track, near) is not None

    def base(self, parsed: Parsed) -> Track | None:
        """The track of a file that another is based on, if it can be read."""
        return self.read_track(parsed, self)

    def indicators(self, asked: frozenset[str], near: str) -> dict[str, Indicator]:
        """The ready measures of these ids."""
        found = {name: self.shipped[name] for name in asked if name in self.shipped}
        for parsed in self._around(near) if asked - found.keys() else ():
            if parsed.is_indicator and parsed.word("indicator") in asked - found.keys():
                ready = self.read_indicator(parsed)
                found |= {ready.id: ready} if ready else {}
        return found

    def earlier(self, parsed: Parsed) -> Span | None:
        """The place of the same id in a file given before."""
        kind = "indicator" if parsed.is_indicator else "track"
        for other in self.given:
            if other is parsed:
                return None
            node = other.top(kind)
            if other.is_indicator == parsed.is_indicator and isinstance(node, Scalar) and node.text == parsed.word(kind):
                return node.span
        return None

    def _around(self, near: str) -> Iterator[Parsed]:
        yield from self.given
        if self.folders:
            yield from self._in_folder(Path(near).parent)

    def _in_folder(self, folder: Path) -> list[Parsed]:
        if folder not in self._beside:
            given = {Path(parsed.path).resolve() for parsed in self.given}
            found = sorted(path for path in folder.iterdir() if is_definition(path.name) and path.is_file()) if folder.is_dir() else []
            self._beside[folder] = [parse_file(path) for path in found if path.resolve() not in given]
        return self._beside[folder]
