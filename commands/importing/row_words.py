"""What a row says of its kind of event: what it must say, and that nothing is said which would not be kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from commands.importing.columns import COLUMN_NAMES, FIELDS, columns_of
from commands.importing.row_to_fact import parse_kind
from commands.runtime import errors
from definitions.model.refusal import Refusal
from definitions.model.words import parse_name, parse_note, parse_text, parse_title
from tracks.events.kinds.table import KINDS, sayable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from commands.importing.csv import SheetRow
    from tracks.events.kinds.kind import Kind

# The doors of cells that are no text of one line.
_DOORS: Final[Mapping[str, Callable[[str, str], str]]] = {"note": parse_note, "name": parse_title, "employer": parse_name, "by": parse_name}


def kind_of_row(line: SheetRow) -> Kind:
    """Find the kind of event that a row reports.

    Raises:
        Refusal: CELL_MISSING where it says none; BAD_KIND for what a row cannot say, with what it can.

    """
    kind = KINDS.get(parse_kind(cell(line, "what")))
    if kind is None or kind not in sayable():
        raise errors.BAD_KIND(value=line.cells["what"][:40], kinds=", ".join(one.name for one in sayable()))
    return kind


def cell(line: SheetRow, name: str) -> str:
    """The text of a cell that must not be empty. Raises CELL_MISSING."""
    if not line.cells.get(name):
        raise errors.CELL_MISSING(name=name)
    return line.cells[name]


def asked_cells(line: SheetRow, kind: Kind) -> tuple[str, ...]:
    """The columns that a row of a kind must fill."""
    return (*kind.asks, *(("value",) if kind.value and kind.value_needed and not _said_elsewhere(line, kind) else ()))


def _said_elsewhere(line: SheetRow, kind: Kind) -> bool:
    """Whether a row says in a column of its own, as that of employers, what the column of values would say."""
    return kind.value in FIELDS and kind.value in line.cells and "value" not in line.cells


def said_by_row(line: SheetRow, kind: Kind | None, *, partly: bool = False) -> dict[str, Any]:
    """The words of a row by the fields of its kind.

    Args:
        line: the row.
        kind: the kind that it says; None where that cannot be read.
        partly: whether only what it does say is wanted, whatever is missing.

    Raises:
        Refusal: CELL_MISSING for what its command would ask for.

    """
    for name in asked_cells(line, kind) if kind and not partly else ():
        cell(line, name)
    data: dict[str, Any] = {name: line.cells[name] for name in FIELDS if name in line.cells}
    if kind and kind.value and "value" in line.cells:
        data[kind.value] = line.cells["value"]
    if line.facts or (kind and kind.gives_facts):
        data["facts"] = line.facts
    return data


def unkept_cells(line: SheetRow, kind: Kind | None) -> Iterator[tuple[str, Refusal]]:
    """Find the cells of a row that would be thrown away, so that nothing that somebody wrote is lost without a word.

    Args:
        line: the row.
        kind: the kind of event that it reports; None where it refers a person.

    Yields:
        Our name of each such column, and the refusal.

    """
    must, may = columns_of(kind)
    # A column of its own says what the column of values would say, and not both of them.
    twice = {kind.value} & set(FIELDS) - {*kind.asks, *kind.takes} if kind and "value" in line.cells else set()
    kept = {*must, *may} - twice
    shown = ", ".join(name for name in COLUMN_NAMES if name in kept)
    said = [*line.cells, *(line.facts if kind and "facts" not in kept else ())]
    for name in said:
        if name not in kept:
            yield name, errors.CELL_NOT_KEPT(name=name, kind=kind.name if kind else "referred", columns=shown)


def take_texts(line: SheetRow) -> Iterator[tuple[str, Refusal]]:
    """Put the cells of a row in the form that the door for texts gives them; a personal number has a reader of its own.

    Yields:
        Our name of each column that it refuses, or that of the fact, and the refusal.

    """
    for cells in (line.cells, line.facts):
        for name, written in cells.items():
            try:
                cells[name] = written if name == "number" else _DOORS.get(name, parse_text)(written, name)
            except Refusal as why:
                yield name, why
