"""Findings for people and for programs: text with excerpt and caret, JSON, SARIF, GitHub annotations."""

from __future__ import annotations

import json
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from definitions.diagnostics import Diagnostic, Severity
from definitions.texts import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from definitions.diagnostics import Span
    from definitions.loading import Loaded
    from definitions.vocabulary import Lang

WIDEST: Final = 120
SARIF_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"


def text(loaded: Sequence[Loaded], lang: Lang) -> str:
    """For people: each finding with its place first, the line it stands on, and what to do; then the sum."""
    blocks = [_block(found, one.text, lang) for one in loaded for found in one.diagnostics]
    return "\n\n".join([*blocks, summary(loaded, lang)]) + "\n"


def summary(loaded: Sequence[Loaded], lang: Lang) -> str:
    """How many files were read and how much was found."""
    found = [diagnostic.severity for one in loaded for diagnostic in one.diagnostics]
    counts = {"errors": found.count(Severity.ERROR), "warnings": found.count(Severity.WARNING), "files": len(loaded)}
    return say("found" if found else "nothing", lang, **counts)


def _block(found: Diagnostic, source: str, lang: Lang) -> str:
    severity = say(f"severity.{found.severity}", lang)
    lines = [f"{found.span}: {severity} {found.code}: {found.message(lang)}", *_excerpt(found, source)]
    lines.extend(f"  {say('related', lang, place=place)}" for place in found.related)
    lines.append(f"  {say('hint', lang, hint=found.hint(lang))}")
    return "\n".join(lines)


def _excerpt(found: Diagnostic, source: str) -> list[str]:
    """The line, and a caret under what is meant; nothing where there is no such line."""
    lines = source.split("\n")
    if not source or found.span.line > len(lines):
        return []
    line = lines[found.span.line - 1].replace("\t", " ")
    first = max(0, found.span.col - 1 - WIDEST // 2) if len(line) > WIDEST else 0
    shown = line[first : first + WIDEST]
    at = found.span.col - 1 - first
    width = max(1, min(found.span.end_col - found.span.col, len(shown) - at))
    return [f"  {found.span.line:>4} | {shown.rstrip()}", f"       | {' ' * at}{'^' * width}"]


def as_json(loaded: Sequence[Loaded], lang: Lang) -> str:
    """For programs: an object for each file, with its findings."""
    files = [
        {
            "path": one.path,
            "id": _id(one),
            "ok": one.track is not None or one.indicator is not None,
            "findings": [_plain(d, lang) for d in one.diagnostics],
        }
        for one in loaded
    ]
    return json.dumps({"files": files}, ensure_ascii=False, indent=2) + "\n"


def _id(one: Loaded) -> str | None:
    return one.track.track if one.track else one.indicator.id if one.indicator else None


def _plain(found: Diagnostic, lang: Lang) -> dict[str, Any]:
    span = found.span
    return {
        "code": found.code, "severity": found.severity.value, "message": found.message(lang), "hint": found.hint(lang),
        "path": span.path, "line": span.line, "col": span.col, "end_col": span.end_col,
        "related": [{"path": other.path, "line": other.line, "col": other.col} for other in found.related],
    }  # fmt: skip


def sarif(loaded: Sequence[Loaded], lang: Lang) -> str:
    """SARIF 2.1.0, as code hosts read it."""
    found = [diagnostic for one in loaded for diagnostic in one.diagnostics]
    codes = sorted({diagnostic.code for diagnostic in found})
    # The explanations are many and asked for in this form only.
    rule_of = import_module("definitions.explaining").sarif_rule
    run = {
        "tool": {"driver": {"name": "jobbspar", "rules": [rule_of(code, lang) for code in codes]}},
        "columnKind": "unicodeCodePoints",
        "results": [{**_result(d, lang), "ruleIndex": codes.index(d.code)} for d in found],
    }
    return json.dumps({"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2) + "\n"


def _result(found: Diagnostic, lang: Lang) -> dict[str, Any]:
    related = [_place(other) for other in found.related]
    return {
        "ruleId": found.code, "level": found.severity.value, "locations": [_place(found.span)],
        **({"relatedLocations": related} if related else {}),
        "message": {"text": f"{found.message(lang)} {found.hint(lang)}"},
    }  # fmt: skip


def _place(span: Span) -> dict[str, Any]:
    region = {"startLine": span.line, "startColumn": span.col, "endColumn": max(span.end_col, span.col)}
    return {"physicalLocation": {"artifactLocation": {"uri": quote(span.path.replace("\\", "/"))}, "region": region}}


def github(loaded: Sequence[Loaded], lang: Lang) -> str:
    """Workflow commands that GitHub shows beside the line."""
    return "".join(_command(found, lang) + "\n" for one in loaded for found in one.diagnostics)


def _command(found: Diagnostic, lang: Lang) -> str:
    span = found.span
    place = f"file={_escaped(span.path, ':,')},line={span.line},col={span.col},endColumn={max(span.end_col, span.col)},title={found.code}"
    return f"::{found.severity.value} {place}::{_escaped(found.message(lang) + ' ' + found.hint(lang), '')}"


def _escaped(value: str, more: str) -> str:
    for character in ("%", "\r", "\n", *more):
        value = value.replace(character, f"%{ord(character):02X}")
    return value


FORMATS: Final[Mapping[str, Callable[[Sequence[Loaded], Lang], str]]] = {"text": text, "json": as_json, "sarif": sarif, "github": github}


def refused(loaded: Iterable[Loaded]) -> bool:
    """Whether any file has an error."""
    return any(found.severity is Severity.ERROR for one in loaded for found in one.diagnostics)
