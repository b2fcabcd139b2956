"""Renders findings as SARIF 2.1.0, the form in which code hosts and editors take them."""

from __future__ import annotations

import json
from pathlib import PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from definitions.reference.explain import build_sarif_rule
from definitions.source import findings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from definitions.loading.loader import Loaded
    from definitions.model.vocabulary import Lang
    from definitions.source.diagnostics import Diagnostic, Span

SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
# Where more must be changed than what is marked, a program cannot mend it alone.
NOT_ALONE: Final = frozenset({findings.UNKNOWN_BASE, findings.YES_NO_COMPARED, findings.SWAPPED_SIDES})


def render_sarif(loaded: Sequence[Loaded], lang: Lang) -> str:
    """Render one run with all findings; its rules are the codes that were found."""
    found = [diagnostic for one in loaded for diagnostic in one.diagnostics]
    codes = sorted({diagnostic.code for diagnostic in found})
    run = {
        "tool": {"driver": {"name": "jobbspar", "rules": [build_sarif_rule(code, lang) for code in codes]}},
        "language": lang,
        # Columns count code points here; without this line, readers of SARIF take them for units of UTF-16.
        "columnKind": "unicodeCodePoints",
        "results": [{**_result(d, lang), "ruleIndex": codes.index(d.code)} for d in found],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2) + "\n"


def _result(found: Diagnostic, lang: Lang) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": found.code, "level": found.severity.value, "message": {"text": f"{found.message(lang)} {found.hint(lang)}"},
        "locations": [_place(found.span)],
    }  # fmt: skip
    if found.related:
        said = {"text": f"{found.code}: {found.message(lang)}"}
        result["relatedLocations"] = [{"id": n, "message": said, **_place(other)} for n, other in enumerate(found.related, 1)]
    if found.suggestion and found.code not in NOT_ALONE:
        new = {"deletedRegion": _region(found.span), "insertedContent": {"text": found.suggestion}}
        change = {"artifactLocation": _artifact(found.span), "replacements": [new]}
        result["fixes"] = [{"description": {"text": found.suggestion}, "artifactChanges": [change]}]
    return result


def _place(span: Span) -> dict[str, Any]:
    return {"physicalLocation": {"artifactLocation": _artifact(span), "region": _region(span)}}


def _artifact(span: Span) -> dict[str, str]:
    """Address a file: from the root of the sources, or by a whole address."""
    path = span.path.replace("\\", "/")
    if PurePosixPath(path).is_absolute():
        return {"uri": f"file://{quote(path, errors='replace')}"}
    if PureWindowsPath(path).is_absolute():
        return {"uri": f"file:///{quote(path, '/:', errors='replace')}"}
    return {"uri": quote(path.removeprefix("./"), errors="replace"), "uriBaseId": "%SRCROOT%"}


def _region(span: Span) -> dict[str, int]:
    return {"startLine": span.line, "startColumn": span.col, "endLine": span.line, "endColumn": max(span.end_col, span.col)}
