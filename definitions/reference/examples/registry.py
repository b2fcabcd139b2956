"""The examples that explanations show; what is said around them stands in the catalogue, `JS….why` and `key.…`."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from definitions.reference.examples.cases import CASE_EXAMPLES, CASE_KEYS
from definitions.reference.examples.conditions import CONDITIONS_EXAMPLES
from definitions.reference.examples.files import FILE_EXAMPLES
from definitions.reference.examples.findings import TRACK_EXAMPLES
from definitions.reference.examples.steps import STEP_KEYS
from definitions.reference.examples.track import TRACK_KEYS
from definitions.reference.examples.values import VALUES_EXAMPLES
from definitions.source import findings

if TYPE_CHECKING:
    from collections.abc import Mapping

    Two = tuple[str, str]

# code: a bad example and a good one.
CODES: Final[Mapping[str, Two]] = MappingProxyType(
    {**FILE_EXAMPLES, **VALUES_EXAMPLES, **TRACK_EXAMPLES, **CONDITIONS_EXAMPLES, **CASE_EXAMPLES}
)
# section.key: its default (empty where there is none) and an example.
KEYS: Final[Mapping[str, Two]] = MappingProxyType({**TRACK_KEYS, **STEP_KEYS, **CASE_KEYS})
# What is shown as it is and cannot be read as a track: the mistake lies outside the text.
OUTSIDE: Final = frozenset({
    findings.UNREADABLE_FILE, findings.NOT_A_REGULAR_FILE, findings.FILE_TOO_LARGE, findings.NOT_UTF8, findings.UTF16,
    findings.NO_TRACKS_IN_FOLDER, findings.BINARY_FILE, findings.NO_SUCH_FILE, findings.NO_PERMISSION, findings.NO_TESTS,
})  # fmt: skip
