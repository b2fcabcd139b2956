"""Reads the rows of a file to facts; of a row with anything wrong in it all that is wrong is told, and not the first of it alone.

A row is read as if it were right. Only where that is refused each of its cells is asked by itself, and what could be read of it goes on
as a row that is never written, so that the write can say what else it would be refused for.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from commands.importing.csv import SheetRow
from commands.importing.people import RowParticipant, RowParticipants
from commands.importing.row_to_fact import ReportedRow, to_bulk_row
from commands.importing.row_words import asked_cells, cell, kind_of_row, said_by_row, take_texts, unkept_cells
from commands.recording.said import Said, parse_said
from commands.runtime.context import parse_actor, parse_day
from commands.runtime.typed_values import parse_birth_month, parse_channel, parse_codes
from definitions.model.refusal import Refusal
from tracks.access.views import track_view
from tracks.events.canonical_json import canonical
from tracks.privacy.vault import note_print
from tracks.recording.bulk import ImportRow, RowRefused
from tracks.recording.enrolment import DEFAULT_CHANNEL, Referral, check_born_kept
from tracks.recording.fact_values import checked_facts, yes_or_no
from tracks.recording.operations import track_row
from tracks.recording.reported_fact import ReportedFact

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from commands.importing.csv import Sheet
    from commands.recording.session import WriteSession
    from tracks.access.views import View
    from tracks.events.kinds.kind import Kind


class PreparedRow(NamedTuple):
    """A row ready to be written, the free text that goes with it, who a referral is of, and the name in it of who says it, if any."""

    row: ImportRow
    note: str
    who: RowParticipant
    by: str = ""


class RowReader:
    """Reads the rows of one file, which know of each other's participants."""

    def __init__(self, session: WriteSession, sheet: Sheet, track: str, form: str) -> None:
        self._session, self._sheet, self._track = session, sheet, track
        self._people, self._reports = RowParticipants(session), form == "reports"
        # Facts of reports are checked with the enrolment that they are about, which only the write has.
        self._here = None if self._reports else track_view(session.ledger, track_row(session.ledger, track), None)

    def read(self, line: SheetRow) -> tuple[PreparedRow, list[RowRefused]]:
        """Read one row to a fact, and find all that is wrong with it; of one with anything wrong only what could be read is a fact."""
        # A text that is not taken gets no further, so the row goes on without it.
        unfit = [(name, why) for name, why in take_texts(line)]
        bad = [RowRefused(line.number, why, self._sheet.column_of(name)) for name, why in unfit]
        whole = line.without({name for name, _ in unfit})
        if not bad:
            try:
                return self._good(whole), []
            except _CellRefused:
                pass
            except Refusal as why:
                if not why.of_input:
                    raise
        found = list(self._faults(whole))
        return self._left(whole), [*bad, *found]

    def _good(self, line: SheetRow) -> PreparedRow:
        """A row with nothing wrong in it. Raises a refusal, or _CellRefused where a cell would not be kept or is no value of its fact."""
        kind = kind_of_row(line) if self._reports else None
        if any(unkept_cells(line, kind)) or (self._here and any(self._bad_facts(self._here, line))):
            raise _CellRefused
        if kind:
            return self._prepared(line, self._report(line, kind, who := self._people.reported(line)), who)
        self._check_born(line)
        return self._prepared(line, self._referral(line, who := self._people.referred(line)), who)

    def _check_born(self, line: SheetRow) -> None:
        if self._here:
            check_born_kept(self._here.own, line.cells.get("born"))

    def _report(self, line: SheetRow, kind: Kind, who: RowParticipant) -> ReportedRow:
        day, step = parse_day(cell(line, "on")), line.cells.get("step", "")
        return ReportedRow(day, self._track, who.ref, kind.name, step, said_by_row(line, kind), self._actor(line))

    def _referral(self, line: SheetRow, who: RowParticipant) -> ReportedRow:
        data: dict[str, Any] = {"channel": parse_channel(line.cells.get("channel", DEFAULT_CHANNEL)), "facts": line.facts}
        # What the row itself says, by which it is known again; what is known from before is put in when it is written.
        if born := line.cells.get("born") or (who.given.number and who.given.number.born):
            data["born"] = born
        day = parse_day(line.cells["on"]) if "on" in line.cells else self._session.clock.today
        return ReportedRow(day, self._track, who.ref, "referred", "", data, self._actor(line))

    def _actor(self, line: SheetRow) -> str:
        return parse_actor(line.cells["by"], "by") if "by" in line.cells else self._session.actor

    def _prepared(self, line: SheetRow, report: ReportedRow, who: RowParticipant) -> PreparedRow:
        # A referral has read its own cells; everything else is said as its command says it.
        referred, note = report.kind == "referred", line.cells.get("note")
        said = Said(dict(report.data), note) if referred else parse_said(report.kind, report.data, note)
        text, vault = said.note or "", self._session.vault()
        more = {"note": note_print(vault, text)} if text else {}
        # The key is a fingerprint of what the row says, so that the same row is known again in any file. It is made with the key of the
        # vault, because the few things that a row can say could be guessed from a plain hash.
        mapped = [report.day.isoformat(), report.track, who.known_as, report.kind, report.step, dict(report.data)]
        key = vault.fingerprint(f"import/{canonical([*mapped, *more.values()])}").hex()
        row = to_bulk_row(line.number, report._replace(data={**said.data, **more}), key)
        return PreparedRow(row, text, who, report.by if "by" in line.cells else "")

    def _left(self, line: SheetRow) -> PreparedRow:
        """What could be read of a row with something wrong in it, as one that is never written."""
        find = self._people.reported if self._reports else self._people.referred
        who = _read(lambda: find(line)) or RowParticipant("", "")
        day = _read(lambda: parse_day(line.cells["on"])) if "on" in line.cells else None
        on = day or self._session.clock.today
        if self._reports:
            fact: ReportedFact | Referral = self._partly_said(line, on)
        else:
            fact = Referral(who.ref, on, born=who.born or _read(lambda: parse_birth_month(line.cells.get("born"))))
        row = ImportRow(line.number, self._session.actor, fact, who.ref, on.isoformat(), self._track, wrong=True)
        return PreparedRow(row._replace(dated=day is not None), "", who)

    def _partly_said(self, line: SheetRow, on: date) -> ReportedFact:
        """The words of a report that can be parsed, each by itself; of one whose kind cannot be read those that are codes."""
        kind, step = _read(lambda: kind_of_row(line)), line.cells.get("step", "")
        said = said_by_row(line, kind, partly=True)
        if kind is None:
            return ReportedFact("", on, step, data=parse_codes(said))
        right = {name: value for name, value in said.items() if _read(partial(parse_said, kind.name, {name: value}))}
        return ReportedFact(kind.name, on, step, data=parse_codes(parse_said(kind.name, right).data))

    def _faults(self, line: SheetRow) -> Iterator[RowRefused]:
        """Find everything that can be wrong with a row before it is known what stands of its participant."""
        kind = _read(lambda: kind_of_row(line)) if self._reports else None
        if kind or not self._reports:
            for name, why in unkept_cells(line, kind):
                yield RowRefused(line.number, why, self._sheet.column_of(name))
        for read in self._report_readers(line, kind) if self._reports else self._referral_readers(line):
            if refused := _refused(read):
                yield RowRefused(line.number, refused)
        if self._here:
            yield from self._bad_facts(self._here, line)

    def _report_readers(self, line: SheetRow, kind: Kind | None) -> Iterator[Callable[[], object]]:
        yield lambda: cell(line, "on") and parse_day(line.cells["on"])
        yield lambda: self._people.reported(line)
        yield lambda: kind_of_row(line)
        yield lambda: self._actor(line)
        if kind:
            yield from (partial(cell, line, name) for name in asked_cells(line, kind))
            for name, value in said_by_row(line, kind, partly=True).items():
                yield partial(parse_said, kind.name, {name: value})

    def _referral_readers(self, line: SheetRow) -> Iterator[Callable[[], object]]:
        cells = line.cells
        if "on" in cells:
            yield lambda: parse_day(cells["on"])
        yield lambda: self._check_born(line)
        yield lambda: parse_channel(cells.get("channel", DEFAULT_CHANNEL))
        yield lambda: parse_birth_month(cells.get("born"))
        yield lambda: yes_or_no("protected", cells.get("protected") or False)
        yield lambda: self._people.referred(line.without({"protected", "born"}))
        yield lambda: self._people.referred(line)
        yield lambda: self._actor(line)

    def _bad_facts(self, view: View, line: SheetRow) -> Iterator[RowRefused]:
        """Every cell of a row that is no value for its fact; the write itself stops at the first."""
        for name, value in line.facts.items():
            if why := _refused(partial(checked_facts, view, {name: value}, self._track)):
                yield RowRefused(line.number, why)


class _CellRefused(Exception):
    """A row has cells that are refused."""


def _refused(read: Callable[[], object]) -> Refusal | None:
    """What something is refused for; None where it is not. Raises what is no fault of what was given."""
    try:
        read()
    except Refusal as why:
        if not why.of_input:
            raise
        return why
    return None


def _read(read: Callable[[], Any]) -> Any:
    """What is read; None where it is refused."""
    try:
        return read()
    except Refusal as why:
        if not why.of_input:
            raise
        return None
