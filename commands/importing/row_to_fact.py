"""One row of what people report, whatever it came from, as the engine takes it: the one table from a row to a fact."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from tracks.events.kinds.table import KINDS
from tracks.recording.bulk import ImportRow, TransferRequest
from tracks.recording.enrolment import Referral
from tracks.recording.reported_fact import ReportedFact
from tracks.texts import code_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


class ReportedRow(NamedTuple):
    """One row of a file as it is reported: `kind` and `data` are those of the status event, `by` is who reports it."""

    day: date
    track: str
    ref: str
    kind: str
    step: str
    data: Mapping[str, Any]
    by: str


def parse_kind(written: str) -> str:
    """The kind of fact that a word means: by its words for rows, else by its name in either language."""
    plain = written.strip().casefold()
    return next((kind.name for kind in KINDS.values() if plain in kind.words), None) or code_of("kind", plain)


def to_bulk_row(number: int, report: ReportedRow, key: str | None = None) -> ImportRow:
    """A report as one row of a bulk write; `number` is where it stood, for messages."""
    return ImportRow(number, report.by, _fact(report, key), report.ref, report.day.isoformat(), report.track)


def _fact(report: ReportedRow, key: str | None) -> Referral | ReportedFact | TransferRequest:
    data = _coded(report.data)
    if report.kind == "referred":
        return Referral(report.ref, report.day, data.get("channel") or "caseworker", data.get("facts", {}), data.get("born"), key=key)
    if report.kind == "transferred":
        return TransferRequest(data["to"], report.day, data.get("reason", "other"))
    return ReportedFact(report.kind, report.day, report.step, data=_shaped(report.kind, data), key=key)


def _coded(data: Mapping[str, Any]) -> dict[str, Any]:
    """Words of either language as codes."""
    tables = {"reason": "reason", "channel": "channel", "result": "result", "outcome": "outcome"}
    return {name: code_of(tables[name], value) if name in tables and isinstance(value, str) else value for name, value in data.items()}


def _shaped(kind: str, data: dict[str, Any]) -> dict[str, Any]:
    """What the kinds want in another form than a row has it."""
    if kind == "outcome":
        return {**data, "what": code_of("outcome", data["what"])}
    if kind == "decided" and isinstance(data["action"], dict):
        return {**data, "action": data["action"].get("target") or data["action"]["kind"]}
    if kind == "followed_up" and "answers" not in data:
        answers = {name: data.pop(name) for name in ("outcome", "employer") if name in data}
        return {**data, "answers": answers}
    return data
