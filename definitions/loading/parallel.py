"""Checks many files at once, shared out over the processors; the tracks themselves are not returned."""

from __future__ import annotations

import signal
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from definitions.loading.document import files_of, parse_file
from definitions.loading.loader import Loaded, interpret, load_paths, new_library, report_empty_folders, without_garbage_collection
from definitions.progress import SILENT, Stage, WorkProgress
from definitions.systems import processors

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from definitions.loading.document import Name
    from definitions.model.track import Track

# Fewer files are read sooner than further processes have started.
FEWEST: Final = 100
# Large enough that handing it over costs little, small enough that no processor waits long for the last one.
A_SHARE: Final = 20


class FileReport(NamedTuple):
    """What can be said of a file by itself: its id, and, where it names no other file, all that is wrong with it."""

    name: Name | None
    loaded: Loaded | None


def check_paths(paths: Iterable[Path | str], in_force: Mapping[str, Track], progress: WorkProgress = SILENT) -> list[Loaded]:
    """Check files and folders as `load_paths` does with tests, but return only ids and findings.

    Args:
        paths: Files and folders.
        in_force: The tracks in the database, by id.
        progress: Is told how many files have been read.

    """
    given = [Path(path) for path in paths]
    files = list(files_of(given, tests=True))
    shared = _shared_out(files, progress) if len(files) >= FEWEST and processors() > 1 else None
    if shared is None:
        return [_findings_only(one) for one in load_paths(given, in_force, tests=True, progress=progress)]
    return [*_combine(files, shared, in_force), *report_empty_folders(given, [str(path) for path in files])]


def _shared_out(files: Sequence[Path], progress: WorkProgress) -> list[FileReport] | None:
    """Check the files in several processes; None where no process can be started, or one was killed."""
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 - costs more than to check a file
    from concurrent.futures.process import BrokenProcessPool  # noqa: PLC0415

    shares = [files[first : first + A_SHARE] for first in range(0, len(files), A_SHARE)]
    try:
        with ProcessPoolExecutor(processors(), initializer=_ignore_interrupts) as pool:
            checked = chain.from_iterable(pool.map(check_share, shares))
            return list(progress.each(checked, Stage.CHECKING_FILES, len(files)))
    except (ImportError, OSError, BrokenProcessPool):
        return None


def _ignore_interrupts() -> None:
    # An interruption is for the process that was called.
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def check_share(files: Sequence[Path]) -> list[FileReport]:
    """Check each file as far as it can be understood without the others."""
    shelf, found = new_library({}), []
    with without_garbage_collection():
        for path in files:
            parsed = parse_file(path)
            alone = not parsed.names_others(shelf.shipped)
            found.append(FileReport(parsed.name, _findings_only(interpret(parsed, shelf)) if alone else None))
    return found


def _combine(files: Sequence[Path], shared: Sequence[FileReport], in_force: Mapping[str, Track]) -> list[Loaded]:
    """Combine what the processes found; a file that names others, or repeats an id, is read again beside the others."""
    shelf = new_library(in_force)
    first = [shelf.put(str(path), apart.name, partial(parse_file, path)) for path, apart in zip(files, shared, strict=True)]
    return [
        apart.loaded if apart.loaded and is_first else _findings_only(interpret(parse_file(path), shelf))
        for path, apart, is_first in zip(files, shared, first, strict=True)
    ]


def _findings_only(loaded: Loaded) -> Loaded:
    """Keep the id and the findings of a file, and its text only where there is something to show in it."""
    return replace(loaded, track=None, indicator=None, suite=None, text=loaded.text if loaded.diagnostics else "")
