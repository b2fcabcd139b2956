"""Finds the other tracks and indicators that a file names: among the given paths, in the same folder, or in force."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from definitions.loading.document import ParsedFile, is_definition, parse_file

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from definitions.loading.document import Name
    from definitions.model.track import Indicator, Track
    from definitions.source.diagnostics import Span


class _LibraryFile(NamedTuple):
    """A file by its path, and how to read it, perhaps once more."""

    path: str
    read: Callable[[], ParsedFile]


@dataclass(slots=True)
class TrackLibrary:
    """What a file may name: other files by id, the first of each.

    `in_force` are the tracks in the database, `shipped` the ready indicators. `folders` says whether to look into the folder of a file
    too, besides the files that were given.
    """

    in_force: Mapping[str, Track]
    shipped: Mapping[str, Indicator]
    read_track: Callable[[ParsedFile, TrackLibrary], Track | None]
    read_indicator: Callable[[ParsedFile], Indicator | None]
    folders: bool = True
    _given: dict[Name, _LibraryFile] = field(default_factory=dict)
    _paths: list[str] = field(default_factory=list)
    _beside: dict[Path, dict[Name, _LibraryFile]] = field(default_factory=dict)
    _leads: dict[Path | None, Mapping[str, frozenset[str]]] = field(default_factory=dict)

    def put(self, path: str, name: Name | None, read: Callable[[], ParsedFile]) -> bool:
        """Take in a given file under its id.

        Args:
            path: The path of the file.
            name: Its id, with whether it is an indicator; None where it has none.
            read: Reads the file, again at each call.

        Returns:
            Whether it is the first of its id, or has none.

        """
        self._paths.append(path)
        return name is None or self._given.setdefault(name, _LibraryFile(path, read)).path == path

    @property
    def tracks(self) -> list[str]:
        """The ids of all tracks in force and given."""
        return [*self.in_force, *(name for measure, name in self._given if not measure)]

    def find(self, track: str, near: str) -> ParsedFile | None:
        """Find the file of a track: one of those given, else one in the same folder as `near`."""
        return self._find((False, track), near)

    def leads(self, near: str) -> dict[str, frozenset[str]]:
        """List all tracks given or beside a file, each with those that people move to from it; a folder is read once."""
        beside = self._targets_in(Path(near).parent, self._in_folder(Path(near).parent)) if self.folders else {}
        return {**beside, **self._targets_in(None, self._given)}

    def _targets_in(self, folder: Path | None, files: Mapping[Name, _LibraryFile]) -> Mapping[str, frozenset[str]]:
        if folder not in self._leads:
            self._leads[folder] = {
                name: transfer_targets(self.base(filed.read())) for (measure, name), filed in files.items() if not measure
            }
        return self._leads[folder]

    def knows(self, track: str, near: str) -> bool:
        """Whether there is such a track, in a file or in force."""
        return self.find(track, near) is not None or track in self.in_force

    def base(self, parsed: ParsedFile) -> Track | None:
        """Read the track of another file, which this one is based on or tests; None where it has a fault."""
        return self.read_track(parsed, self)

    def indicators(self, asked: frozenset[str], near: str) -> dict[str, Indicator]:
        """Read the ready measures of these ids; those that cannot be found or read are left out."""
        found = {name: self.shipped[name] for name in asked if name in self.shipped}
        for name in sorted(asked - found.keys()):
            file = self._find((True, name), near)
            ready = self.read_indicator(file) if file else None
            found |= {ready.id: ready} if ready else {}
        return found

    def earlier(self, parsed: ParsedFile) -> Span | None:
        """Find the place where a file given before has the same id."""
        first = self._given.get(parsed.name) if parsed.name else None
        node = first.read().top("indicator" if parsed.is_indicator else "track") if first and first.path != parsed.path else None
        return node.span if node else None

    def _find(self, name: Name, near: str) -> ParsedFile | None:
        filed = self._given.get(name) or (self._in_folder(Path(near).parent).get(name) if self.folders else None)
        return filed.read() if filed else None

    def _in_folder(self, folder: Path) -> Mapping[Name, _LibraryFile]:
        if folder not in self._beside:
            given = {os.path.realpath(path) for path in self._paths}
            found = sorted(path for path in folder.iterdir() if is_definition(path.name) and path.is_file()) if folder.is_dir() else []
            self._beside[folder] = {}
            for path in found:
                # A given file counts before one beside it, also where it is reached by another path.
                if os.path.realpath(path) not in given and (name := parse_file(path).name) is not None:
                    self._beside[folder].setdefault(name, _LibraryFile(str(path), partial(parse_file, path)))
        return self._beside[folder]


def transfer_targets(track: Track | None) -> frozenset[str]:
    """List the tracks that people move to from a track."""
    return frozenset(t.to for t in track.transfers.values() if t.local) if track else frozenset()
