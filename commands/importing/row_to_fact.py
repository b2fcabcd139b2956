"""One row of what people report, whatever it came from, as the engine takes it: the one table from a row to a fact."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from tracks.recording.bulk import Row, Transfer
from tracks.recording.enrolment import Referral
from tracks.recording.reported_fact import ReportedFact
from tracks.texts import code_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

# The kind that a word of a row means, besides the kinds' own names in both languages.
KINDS: Final[Mapping[str, str]] = {
    "record": "reported", "resultat": "reported", "rapport": "reported", "state": "stated", "uppgifter": "stated", "begin": "began",
    "start": "began", "började": "began", "phase": "phase", "place": "placed", "placering": "placed", "decide": "decided",
    "except": "exception", "refuse": "refused", "offer": "offered", "erbjuden": "offered", "accept": "accepted", "decline": "declined",
    "select": "selected", "interest": "interested", "pause": "paused", "resume": "resumed", "interrupt": "interrupted",
    "avbrott": "interrupted", "close": "closed", "transfer": "transferred", "överföring": "transferred", "contact": "contacted",
    "follow-up": "followed_up", "uppföljning": "followed_up", "misregister": "misregistered",
    "move": "moved", "flytta": "moved",
}  # fmt: skip
# What the column `value` says for each kind.
VALUE: Final[Mapping[str, str]] = {
    "reported": "result", "phase": "name", "placed": "employer", "decided": "action", "exception": "rule", "outcome": "what",
    "paused": "back", "transferred": "to", "followed_up": "point", "selected": "employer", "moved": "start",
}  # fmt: skip


class ReportedRow(NamedTuple):
    """One row of a file as it is reported: `kind` and `data` are those of the status event, `by` is who reports it."""

    day: date
    track: str
    ref: str
    kind: str
    step: str
    data: Mapping[str, Any]
    by: str


def kind_of(written: str) -> str:
    """The kind of fact that a word means."""
    plain = written.strip().casefold()
    return KINDS.get(plain) or code_of("kind", plain)


def row_of(number: int, report: ReportedRow, key: str | None = None) -> Row:
    """A report as one row of a bulk write; `number` is where it stood, for messages."""
    return Row(number, report.by, _said(report, key), report.ref, report.day.isoformat(), report.track)


def _said(report: ReportedRow, key: str | None) -> Referral | ReportedFact | Transfer:
    data = _coded(report.data)
    if report.kind == "referred":
        return Referral(report.ref, report.day, data.get("channel") or "caseworker", data.get("facts", {}), data.get("born"), key=key)
    if report.kind == "transferred":
        return Transfer(data["to"], report.day, data.get("reason", "other"))
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
