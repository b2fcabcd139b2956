"""Finds tests by path: files of tests, folders with them, and for the file of a track the tests beside it."""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from definitions.loading.document import is_test, parse_file
from definitions.loading.loader import Loaded, load_paths
from definitions.progress import SILENT, WorkProgress
from definitions.source import findings
from definitions.source.diagnostics import Span, finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from definitions.model.track import Track

_NOTHING: Final[Mapping[str, Track]] = MappingProxyType({})


def load_suites(paths: Iterable[Path | str], in_force: Mapping[str, Track] = _NOTHING, progress: WorkProgress = SILENT) -> list[Loaded]:
    """Load what lies at the paths, the tests among it; it is a finding when there are none.

    Args:
        paths: Files and folders.
        in_force: The tracks in the database, by id.
        progress: Is told how many files have been read.

    """
    given = [Path(path) for path in paths]
    beside = (test for path in given for test in _tests_beside(path))
    loaded = load_paths([*given, *beside], in_force, tests=True, progress=progress)
    found = any(one.suite or is_test(Path(one.path).name) for one in loaded)
    return loaded if found else [*loaded, *map(_report_no_tests, given[:1])]


def _tests_beside(path: Path) -> Iterator[Path]:
    """Find the tests of a track that lie in its folder."""
    # A folder is searched for tests by the loader itself.
    if path.is_dir() or is_test(path.name):
        return
    track = parse_file(path).word("track")
    for other in sorted(path.parent.iterdir()):
        if is_test(other.name) and track is not None and parse_file(other).word("test") == track:
            yield other


def _report_no_tests(path: Path) -> Loaded:
    return Loaded(str(path), diagnostics=(finding(findings.NO_TESTS, Span(str(path), 1, 1, 1), {}),))
