"""One row of what people report, from a file or from the demo, as a fact that can be recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from commands.runtime.settings import LANGUAGES
from commands.runtime.typed_values import parse_codes
from definitions.scenarios.phrases import STATEMENTS
from tracks.events.kinds.table import KINDS
from tracks.recording.bulk import ImportRow
from tracks.recording.enrolment import DEFAULT_CHANNEL, Referral
from tracks.recording.reported_fact import ReportedFact
from tracks.recording.transfers import TransferRequest
from tracks.texts import code_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from tracks.events.kinds.kind import Kind


class ReportedRow(NamedTuple):
    """One row of a file as it is reported: `kind` and `data` are those of the status event, `by` is who reports it."""

    day: date
    track: str
    ref: str
    kind: str
    step: str
    data: Mapping[str, Any]
    by: str


def parse_kind(text: str) -> str:
    """Parse the word of a row for what happened to a kind: by the words for rows, as a track's own tests say it, else by its name."""
    plain = plain_word(text)
    return next((kind.name for kind in KINDS.values() if plain in map(plain_word, words_of_rows(kind))), None) or code_of("kind", text)


def words_of_rows(kind: Kind) -> tuple[str, ...]:
    """The words by which a row may say a kind; none of a kind that no row says."""
    said = (one.words(lang) for one in STATEMENTS if one.kind == kind.name and not one.more for lang in LANGUAGES)
    return (*kind.words, *said) if kind.words else ()


def plain_word(text: str) -> str:
    """A word as it is compared: without capitals, and with one blank where people write blanks, hyphens or underscores."""
    return " ".join(text.casefold().replace("_", " ").replace("-", " ").split())


def to_bulk_row(number: int, report: ReportedRow, key: str | None = None) -> ImportRow:
    """Convert a report to one row of a bulk write.

    Args:
        number: the number of the row in its file, for messages.
        report: the report.
        key: the key by which the same row is known again; None where nothing is ever written twice.

    Returns:
        The row, with words of either language as codes.

    """
    return ImportRow(number, report.by, _fact(report, key), report.ref, report.day.isoformat(), report.track)


def _fact(report: ReportedRow, key: str | None) -> Referral | ReportedFact | TransferRequest:
    data = parse_codes(report.data)
    if report.kind == "referred":
        known = {name: data[name] for name in ("facts", "born", "note") if name in data}
        return Referral(report.ref, report.day, data.get("channel") or DEFAULT_CHANNEL, key=key, **known)
    if report.kind == "transferred":
        more = {name: value for name, value in data.items() if name not in ("to", "reason", "born")}
        return TransferRequest(data["to"], report.day, data.get("reason", "other"), more, key, data.get("born"))
    return ReportedFact(report.kind, report.day, report.step, data=_shaped(report.kind, data), key=key)


def _shaped(kind: str, data: dict[str, Any]) -> dict[str, Any]:
    """The data in the form that its kind has in the log, where a row has another."""
    if kind == "decided" and isinstance(data["action"], dict):
        return {**data, "action": data["action"].get("target") or data["action"]["kind"]}
    if kind == "followed_up" and "answers" not in data:
        answers = {name: data.pop(name) for name in ("outcome", "employer") if name in data}
        return {**data, "answers": answers}
    return data
