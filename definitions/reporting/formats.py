"""Renders findings in every form: text with excerpt and caret for people, JSON, SARIF and GitHub annotations for programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from definitions.reporting.text import render_text
from definitions.source.diagnostics import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from definitions.loading.loader import Loaded
    from definitions.model.vocabulary import Lang


def as_json(loaded: Sequence[Loaded], lang: Lang) -> str:
    """Render an object for each file, with its findings."""
    files = [
        {"path": one.path, "id": one.id, "ok": one.id is not None, "findings": [_plain(d, lang) for d in one.diagnostics]} for one in loaded
    ]
    return json.dumps({"files": files}, ensure_ascii=False, indent=2) + "\n"


def _plain(found: Diagnostic, lang: Lang) -> dict[str, Any]:
    span = found.span
    return {
        "code": found.code, "severity": found.severity.value, "message": found.message(lang), "hint": found.hint(lang),
        "suggestion": found.suggestion,
        "path": span.path, "line": span.line, "col": span.col, "end_col": span.end_col,
        "related": [{"path": other.path, "line": other.line, "col": other.col} for other in found.related],
    }  # fmt: skip


def as_sarif(loaded: Sequence[Loaded], lang: Lang) -> str:
    """Render SARIF 2.1.0, for code hosts and editors."""
    # The explanations that SARIF carries cost as much to import as checking a file; no other form needs them.
    from definitions.reporting.sarif import render_sarif  # noqa: PLC0415

    return render_sarif(loaded, lang)


def as_github(loaded: Sequence[Loaded], lang: Lang) -> str:
    """Render workflow commands that GitHub shows beside the line."""
    return "".join(_command(found, lang) + "\n" for one in loaded for found in one.diagnostics)


def _command(found: Diagnostic, lang: Lang) -> str:
    span = found.span
    place = f"file={_escaped(span.path, ':,')},line={span.line},col={span.col},endColumn={max(span.end_col, span.col)},title={found.code}"
    return f"::{found.severity.value} {place}::{_escaped(found.message(lang) + ' ' + found.hint(lang), '')}"


def _escaped(value: str, more: str) -> str:
    # The percent sign comes first, or it would escape the escapes of the others.
    for character in ("%", "\r", "\n", *more):
        value = value.replace(character, f"%{ord(character):02X}")
    return value


FORMATS: Final[Mapping[str, Callable[[Sequence[Loaded], Lang], str]]] = {
    "text": render_text,
    "json": as_json,
    "sarif": as_sarif,
    "github": as_github,
}


def has_errors(loaded: Iterable[Loaded]) -> bool:
    """Whether any file has an error."""
    return any(found.severity is Severity.ERROR for one in loaded for found in one.diagnostics)
