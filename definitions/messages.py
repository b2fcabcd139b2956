"""The catalogue of findings: for each code what is wrong and what to do, in Swedish and in English."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from definitions.messages_conditions import CONDITIONS
from definitions.messages_file import FILE
from definitions.messages_track import TRACK
from definitions.messages_values import VALUES

if TYPE_CHECKING:
    from collections.abc import Mapping

# code: (Swedish, Swedish remedy, English, English remedy)
_CODES: Final = {**FILE, **VALUES, **CONDITIONS, **TRACK}

TEXTS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType({
    "did_you_mean": {"sv": "Menade du “{name}”?", "en": "Did you mean “{name}”?"},
    "severity.error": {"sv": "fel", "en": "error"},
    "severity.warning": {"sv": "varning", "en": "warning"},
    "hint": {"sv": "Gör så här: {hint}", "en": "Remedy: {hint}"},
    "related": {"sv": "se även {place}", "en": "see also {place}"},
    "nothing": {"sv": "Inget att anmärka på: {files:fil|filer}.", "en": "Nothing found: {files:file|files}."},
    "found": {
        "sv": "{errors} fel, {warnings:varning|varningar} i {files:fil|filer}.",
        "en": "{errors:error|errors}, {warnings:warning|warnings} in {files:file|files}.",
    },
    **{code: {"sv": texts[0], "en": texts[2]} for code, texts in _CODES.items()},
    **{f"{code}.hint": {"sv": texts[1], "en": texts[3]} for code, texts in _CODES.items()},
})  # fmt: skip
