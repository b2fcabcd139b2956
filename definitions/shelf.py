"""Where other tracks and indicators are found: in the given paths, in the same folder, or in force."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from definitions.parsing import Parsed, is_definition, parse_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from definitions.diagnostics import Span
    from definitions.model import Indicator, Track


@dataclass(slots=True)
class Shelf:
    """What a file may name. `given` are the files read together; `folders` says whether to look beside them.

    Files are looked up by id, because a folder may hold thousands of them.
    """

    given: Sequence[Parsed]
    in_force: Mapping[str, Track]
    shipped: Mapping[str, Indicator]
    read_track: Callable[[Parsed, Shelf], Track | None]
    read_indicator: Callable[[Parsed], Indicator | None]
    folders: bool = True
    _ids: dict[tuple[bool, str], Parsed] = field(init=False)
    _paths: frozenset[Path] | None = None
    _beside: dict[Path, dict[tuple[bool, str], Parsed]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._ids = _by_id(self.given)

    def find(self, track: str, near: str) -> Parsed | None:
        """The file of a track: one of those given, else one in the same folder."""
        return self._find((False, track), near)

    def knows(self, track: str, near: str) -> bool:
        """Whether there is such a track."""
        return track in self.in_force or self.find(track, near) is not None

    def base(self, parsed: Parsed) -> Track | None:
        """The track of a file that another is based on, if it can be read."""
        return self.read_track(parsed, self)

    def indicators(self, asked: frozenset[str], near: str) -> dict[str, Indicator]:
        """The ready measures of these ids."""
        found = {name: self.shipped[name] for name in asked if name in self.shipped}
        for name in sorted(asked - found.keys()):
            file = self._find((True, name), near)
            ready = self.read_indicator(file) if file else None
            found |= {ready.id: ready} if ready else {}
        return found

    def earlier(self, parsed: Parsed) -> Span | None:
        """The place of the same id in a file given before."""
        kind = "indicator" if parsed.is_indicator else "track"
        name = parsed.word(kind)
        first = self._ids.get((parsed.is_indicator, name)) if name is not None else None
        node = first.top(kind) if first and first is not parsed else None
        return node.span if node else None

    def _find(self, name: tuple[bool, str], near: str) -> Parsed | None:
        if name in self._ids or not self.folders:
            return self._ids.get(name)
        return self._in_folder(Path(near).parent).get(name)

    def _in_folder(self, folder: Path) -> Mapping[tuple[bool, str], Parsed]:
        if folder not in self._beside:
            if self._paths is None:
                self._paths = frozenset(Path(parsed.path).resolve() for parsed in self.given)
            found = sorted(path for path in folder.iterdir() if is_definition(path.name) and path.is_file()) if folder.is_dir() else []
            self._beside[folder] = _by_id(parse_file(path) for path in found if path.resolve() not in self._paths)
        return self._beside[folder]


def _by_id(files: Iterable[Parsed]) -> dict[tuple[bool, str], Parsed]:
    """Files by whether they are an indicator and by the id at their top; of two with the same id the first counts."""
    found: dict[tuple[bool, str], Parsed] = {}
    for parsed in files:
        name = parsed.word("indicator" if parsed.is_indicator else "track")
        if name is not None:
            found.setdefault((parsed.is_indicator, name), parsed)
    return found
