"""The light read side: questions answered from the snapshots by the standard driver alone, at once.

Nothing heavy is imported here, and no track is built: names come from `track_version.labels`.
"""

from __future__ import annotations

import json
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from tracks.events import CLOSED, OPEN, UNDER_WAY, Event, Status
from tracks.progress import Progress, decode, evolve, standing
from tracks.sqlite_file import open_reading, path_of, storage_error

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

