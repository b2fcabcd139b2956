"""The import of a file: all of its rows are written, or every row that cannot be is listed and nothing is. Two forms.

People: `ref;channel;on;born;note;name;number;protected` and a column for each fact. Reports:
`on;ref;what;step;value;employer;outcome;reason;note;by;born` and a column for each fact; `value` is the result, phase, action, rule …
that `what` asks for. A cell that would not be kept is refused, never dropped. The names may be Swedish or English, the order free;
a fact's column is headed by the id of the fact. A personal number (`number`) may stand in place of a reference.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from commands.app.options import After
from commands.importing.csv import Sheet
from commands.importing.rejected_rows import name_duplicate_rows, print_refused
from commands.importing.row_reader import PreparedRow, RowReader
from commands.importing.sheet import convert_days, name_facts, read_sheet
from commands.recording.identities import keep_identity, known_month, says_more
from commands.recording.session import WriteSession, advance_after, open_session
from commands.runtime import errors
from commands.runtime.output import out_json, print_message
from commands.wording.events import event_row
from definitions.model.exit_codes import ExitCode
from definitions.model.refusal import Refusal
from definitions.progress import Stage
from tracks.clock import Clock
from tracks.events.streams import ref_of
from tracks.privacy.vault import put_note
from tracks.recording.bulk import ImportRefused, RowRefused, replay_rows, write_rows
from tracks.recording.enrolment import DEFAULT_CHANNEL, Referral
from tracks.recording.operations import Recorded
from tracks.recording.refusals import unknown_track
from tracks.recording.transfers import TransferRequest
from tracks.recording.write_buffer import Buffered
from tracks.recording.writes import write
from tracks.texts import word

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from commands.runtime.context import CommandContext
    from tracks.access.ledgers import Present

# A dry run names as many as one line holds.
_NAMED: Final = 12
_BUILT_IN: Final = {"sex": "kön", "schooling": "utbildningsnivå", "born_abroad": "utrikesfödd"}


class ImportOptions(NamedTuple):
    """How a file is to be read, and what is wanted afterwards.

    `form` is `people`, `reports`, or empty where the columns tell; `replay` writes each row on the clock of its own day; `sheet` is the
    sheet of a spreadsheet, `columns` the path of a map of columns.
    """

    form: str
    dry_run: bool
    replay: bool
    after: After
    sheet: str | None = None
    columns: str | None = None


class ImportedRows(NamedTuple):
    """What was written of each row, and how many stood already and said something new of who somebody is."""

    recorded: list[Recorded]
    people: int


def import_rows(work: CommandContext, path: str, track: str, wanted: ImportOptions) -> int:
    """Read, validate and write a file, and print what came of it.

    Args:
        work: the context of the command.
        path: the file, CSV or XLSX by what it holds.
        track: the id of the track that all rows are about.
        wanted: how the file is to be read.

    Returns:
        The exit code: 0, or 2 where a row cannot be written.

    """
    # Who records is asked for before a large file is read.
    actor = work.by
    work.progress.begin(Stage.READING_FILE, what=Path(path).name)
    sheet = read_sheet(path, wanted.sheet, wanted.columns)
    with open_session(work, track=track, actor=actor, readonly=wanted.dry_run) as session:
        sheet = _check_columns(session, sheet, path, track)
        try:
            done = _write_sheet(session, sheet, track, wanted)
        except ImportRefused as refused:
            print_refused(work, refused, sheet, path, json=wanted.after.json)
            return ExitCode.USAGE
        _print_result(work, sheet, done, _advance(session, done.recorded, wanted), wanted)
    return 0


def _write_sheet(session: WriteSession, sheet: Sheet, track: str, wanted: ImportOptions) -> ImportedRows:
    """Write the rows, or refuse them with every row that cannot be written, whatever is wrong with it."""
    reader = RowReader(session, sheet, track, wanted.form or _form_of(sheet))
    read = [reader.read(line) for line in session.progress.each(sheet.lines, Stage.CHECKING_ROWS, len(sheet.lines))]
    prepared = [row for row, _ in read]
    refused = [*(RowRefused(one.row, one.why, one.column) for one in sheet.faults), *(one for _, wrong in read for one in wrong)]
    # Rows that cannot be understood are asked as well what else is wrong with them, and keep no others from being tried.
    try:
        done = _write_fresh(session, track, prepared, wanted._replace(dry_run=wanted.dry_run or bool(refused)))
    except ImportRefused as more:
        referred = [(one.row.number, one.row.fact.ref) for one in prepared if isinstance(one.row.fact, Referral)]
        refused = [*refused, *name_duplicate_rows(more.refused, referred)]
    if refused:
        raise ImportRefused(sorted(refused, key=lambda one: one.number))
    return done


def _form_of(sheet: Sheet) -> str:
    """The form of a file: one with a column for what happened holds reports."""
    return "reports" if {"what", "step"} & {name for line in sheet.lines for name in line.cells} else "people"


def _check_columns(session: WriteSession, sheet: Sheet, path: str, track: str) -> Sheet:
    """The sheet with the days in its date columns as days; refused where a column is neither ours nor a fact of the track."""
    row = session.ledger.track(track)
    if row is None:
        raise unknown_track(track)
    declared = session.ledger.plan(track, row.version).track.facts
    facts = list(dict.fromkeys([*declared, *_BUILT_IN]))
    sheet = name_facts(sheet, [*facts, *_BUILT_IN.values()])
    for name in sheet.fact_columns:
        if name not in facts and name not in _BUILT_IN.values():
            raise errors.COLUMN_UNKNOWN(path=path, row=sheet.top, column=sheet.column_of(name), name=name[:40], facts=", ".join(facts))
    return convert_days(sheet, [name for name, fact in declared.items() if fact.type == "date"])


def _write_fresh(session: WriteSession, track: str, prepared: Sequence[PreparedRow], wanted: ImportOptions) -> ImportedRows:
    """Write the rows that do not stand already; where all do, nothing is touched, not even how far the engine has come."""

    def act(now: Present) -> ImportedRows:
        standing = session.ledger.standing_keys(track, [_key(one) for one in prepared])
        fresh = [one for one in prepared if _key(one) not in standing]
        known = [(one, standing[key]) for one in prepared if (key := _key(one)) in standing]
        told = [one for one, _ in known if says_more(session, one.who.ref, one.who.given)]
        # What a row says beside what stands of it is kept, or refused: nothing that somebody wrote is dropped.
        wrong, recorded = list(_said_by_others(session, known)), list[Recorded]()
        try:
            _keep_people(session, now, told)
            recorded += _write_rows(session, now, track, fresh, wanted) if fresh else []
        except ImportRefused as more:
            wrong += more.refused
        if wrong:
            raise ImportRefused(wrong)
        return ImportedRows([*(Recorded(stream, repeated=True) for _, stream in known), *recorded], len(told))

    if wanted.dry_run:
        return session.tried(act)
    # A replay begins at its first day, so that what is due on later ones is decided with what was said before.
    first = min((one.row.day for one in prepared), default="") if wanted.replay else ""
    return write(Buffered(session.ledger), Clock.at(first) if first else session.clock, act)


def _said_by_others(session: WriteSession, known: Sequence[tuple[PreparedRow, str]]) -> Iterator[RowRefused]:
    """The rows that stand already, and name somebody else than who said them."""
    for one, stream in known:
        event = session.ledger.keyed(stream, _key(one)[1]) if one.by else None
        if event and event.actor != one.by:
            yield RowRefused(one.row.number, errors.BY_DIFFERS(ref=stream, number=event.seq, by=event.actor))


def _key(one: PreparedRow) -> tuple[str, str]:
    return one.row.ref, getattr(one.row.fact, "key", None) or ""


def _write_rows(session: WriteSession, now: Present, track: str, fresh: Sequence[PreparedRow], wanted: ImportOptions) -> list[Recorded]:
    fresh = _keep_people(session, now, fresh)
    if wanted.replay:
        # Time only goes forward in a replay, whatever the order of the file.
        fresh = sorted(fresh, key=lambda one: (one.row.day, one.row.number))
    rows = session.progress.each((one.row for one in fresh), Stage.WRITING_ROWS, len(fresh))
    recorded = (replay_rows if wanted.replay else write_rows)(now, track, rows)
    session.progress.begin(Stage.SAVING)
    now.beside(lambda: _keep_notes(session, fresh, recorded))
    return recorded


def _keep_people(session: WriteSession, now: Present, fresh: Sequence[PreparedRow]) -> list[PreparedRow]:
    """Identities first, in the same transaction: a referral names the row of its identity."""
    kept: list[PreparedRow] = []
    refused: list[RowRefused] = []
    for one in fresh:
        fact = one.row.fact
        if one.row.wrong:
            kept.append(one)
            continue
        try:
            if isinstance(fact, Referral):
                person = keep_identity(session, now, one.who.ref, one.who.given) if one.who.given else None
                fact = fact._replace(person=person, born=one.who.born)
            elif isinstance(fact, TransferRequest):
                fact = fact._replace(known=known_month(session, one.who.ref, fact.born))
        except Refusal as why:  # somebody else has got the number since the row was prepared
            if not why.of_input:
                raise
            refused.append(RowRefused(one.row.number, why))
            continue
        kept.append(one._replace(row=one.row._replace(fact=fact)))
    if refused:
        raise ImportRefused(refused)
    return kept


def _keep_notes(session: WriteSession, prepared: Sequence[PreparedRow], recorded: Sequence[Recorded]) -> None:
    vault = session.vault()
    for one, written in zip(prepared, recorded, strict=True):
        if one.note and written.events:
            put_note(session.ledger, vault, written.stream, written.events[0].seq, {"note": one.note})


def _print_result(work: CommandContext, sheet: Sheet, done: ImportedRows, moved: int | None, wanted: ImportOptions) -> None:
    recorded = done.recorded
    written = sum(1 for one in recorded if one.events)
    repeated = len(recorded) - written
    if wanted.after.json:
        events = [event_row(event) for one in recorded for event in one.events]
        counts = {"written": written, "repeated": repeated, "people": done.people, "left_out": sheet.left_out}
        out_json({**counts, "dry_run": wanted.dry_run, "events": events})
        return
    form = "import.form.xlsx" if sheet.encoding == "XLSX" else "import.form"
    print_message(form, work, count=len(sheet.lines), encoding=sheet.encoding, delimiter=sheet.delimiter)
    people = (wanted.form or _form_of(sheet)) == "people"
    if people and (silent := sum("channel" not in line.cells for line in sheet.lines)):
        print_message("import.channel", work, count=silent, channel=word("channel", DEFAULT_CHANNEL, work.lang))
    if sheet.left_out:
        print_message("import.left.out", work, count=sheet.left_out)
    print_message("import.would" if wanted.dry_run else "import.done", work, written=written, repeated=repeated)
    if done.people:
        print_message("import.people", work, count=done.people)
    if wanted.dry_run:
        # Whoever is wrong in the file is seen before anything is written.
        if whom := list(dict.fromkeys(ref_of(one.stream) for one in recorded if one.events)):
            print_message("import.whom", work, refs=", ".join([*whom[:_NAMED], *(["…"] if len(whom) > _NAMED else [])]))
        print_message("import.dry", work)
    elif moved is not None:
        print_message("moved.on" if moved else "moved.nowhere", work, count=moved)


def _advance(session: WriteSession, recorded: Sequence[Recorded], wanted: ImportOptions) -> int | None:
    """Advance where that is wanted, also where all rows stood already: a run that was killed may have come no further than them."""
    if wanted.dry_run or not wanted.after.advance:
        return None
    # Where rows were replayed the clock is that of the last one, because that is how far time has come.
    last = max((one.recorded for one in session.ledger.load([one.stream for one in recorded])), default=session.clock.recorded)
    return advance_after(replace(session, clock=Clock.recorded_at(last)) if wanted.replay else session, recorded)
