"""What a workbook may hold before the library reads it: a file of some kilobytes can be made to unfold to gigabytes, or never to end.

First its parts are bounded as the file tells of them, then by their tags, which are counted faster than read, then by their form, as
the parser of the library meets it: how deep, how long, and how much the library would keep at once.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Final
from xml.parsers import expat

from commands.importing.csv import MOST_BYTES, MOST_ROWS
from commands.runtime import errors
from definitions.model.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# A true file of the most rows stays far below this.
MOST_UNFOLDED: Final = 200_000_000
_MOST_PARTS: Final = 2_000
_ENTRY: Final = b"PK\1\2"
# What offices write unfolds to some 20 times its size; zeros, or one tag many times over, to 1 000 times.
_MOST_RATIO: Final = 100
_FREE: Final = 1_000_000
_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_CHUNK: Final = 1 << 16
_MOST_TAGS: Final = 10_000_000
_MOST_CELLS: Final = 3_000_000
_CELLS: Final = (b"<c ", b"<c>", b"<c/")
_ROWS: Final = (b"<row ", b"<row>", b"<row/")
_MOST_DEPTH: Final = 32
# One tag with all that is in it, in bytes: the parser looks at the whole of it again with every piece that it gets.
_MOST_TAG: Final = 1 << 18
# Pieces in a row without any tag: a cell holds at most 32 767 characters.
_MOST_BARE: Final = 8
# The longest form of a number, in characters: the library looks through it again from each of its brackets.
_MOST_FORM: Final = 255
# Elements that stay in memory to the end, in a part read whole and beside the rows of a sheet; and those within one row or shared text,
# which are let go with it.
_MOST_KEPT: Final = 400_000
_MOST_BESIDE: Final = 50_000
_MOST_WITHIN: Final = 50_000
_MOST_UNITS: Final = 500_000
_SPACE: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
# What the library reads one by one, in the parts that it reads so, and how deep it stands there.
_UNITS: Final[Mapping[str, int]] = {f"{_SPACE}row": 3, f"{_SPACE}si": 2}
_READ_BY_UNITS: Final = ("sheet", "string")


def read_bounded(path: str) -> bytes:
    """Read a workbook whose parts, as they unfold, are within bounds.

    Raises:
        Refusal: FILE_TOO_LARGE, XLSX_TOO_LARGE or TOO_MANY_ROWS for what is beyond them, XLSX_BROKEN for what is no workbook.

    """
    try:
        with Path(path).open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
    except OSError as fault:
        raise errors.unreadable(path, fault) from None
    if len(raw) > MOST_BYTES:
        raise errors.FILE_TOO_LARGE(path=path, most=MOST_BYTES // 1_000_000)
    # The list of the parts alone can take gigabytes.
    if raw.count(_ENTRY) > _MOST_PARTS:
        raise _too_large(path)
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as parts:
            _check(path, parts, len(raw))
    except Refusal:
        raise
    except Exception:  # noqa: BLE001 - a broken file fails anywhere in the library, with anything
        raise errors.XLSX_BROKEN(path=path) from None
    return raw


def _too_large(path: str) -> Refusal:
    return errors.XLSX_TOO_LARGE(path=path, most=MOST_UNFOLDED // 1_000_000)


def _check(path: str, parts: zipfile.ZipFile, packed: int) -> None:
    every = parts.infolist()
    if not all(part.compress_type in _METHODS for part in every):
        raise errors.XLSX_BROKEN(path=path)
    sizes = [(sum(part.file_size for part in every), packed), *((part.file_size, part.compress_size) for part in every)]
    if sizes[0][0] > MOST_UNFOLDED or any(size > _FREE + _MOST_RATIO * folded for size, folded in sizes):
        raise _too_large(path)
    for part in every:
        _count(path, parts, part)
    for part in every:
        _Form(path, part.filename).read(_pieces(parts, part))


def _count(path: str, parts: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    tags = cells = rows = 0
    for piece in _pieces(parts, part):
        tags += piece.count(b"<")
        cells += sum(map(piece.count, _CELLS))
        rows += sum(map(piece.count, _ROWS))
        if rows > MOST_ROWS + 1:
            raise errors.TOO_MANY_ROWS(path=path, row=MOST_ROWS + 2, most=MOST_ROWS)
        if tags > _MOST_TAGS or cells > _MOST_CELLS:
            raise _too_large(path)


def _pieces(parts: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    with parts.open(part) as file:
        while piece := file.read(_CHUNK):
            yield piece


class _Form:
    """The form of one part; what is no XML, as a picture, is looked at no further than to where the library would stop too."""

    def __init__(self, path: str, name: str) -> None:
        self.path = path
        self.by_units = any(word in name.casefold() for word in _READ_BY_UNITS)
        self.most_kept = _MOST_BESIDE if self.by_units else _MOST_KEPT
        self.depth = self.kept = self.within = self.units = 0
        self.unit = False

    def read(self, pieces: Iterator[bytes]) -> None:
        """Read the part a piece at a time. Raises XLSX_TOO_LARGE or XLSX_BROKEN where its form is beyond what a table needs."""
        parser = expat.ParserCreate(namespace_separator="}")
        parser.StartElementHandler, parser.EndElementHandler = self._begin, self._end
        # A part with declarations of its own could unfold to any size.
        parser.StartDoctypeDeclHandler = self._declared
        fed = bare = 0
        for piece in pieces:
            try:
                parser.Parse(piece, False)
            except expat.ExpatError:
                return
            fed += len(piece)
            bare = 0 if b"<" in piece else bare + 1
            if bare > _MOST_BARE or fed - parser.CurrentByteIndex > _MOST_TAG:
                raise _too_large(self.path)

    def _begin(self, name: str, attributes: Mapping[str, str]) -> None:
        self.depth += 1
        if self.by_units and _UNITS.get(name) == self.depth:
            self.unit, self.within, self.units = True, 0, self.units + 1
        elif self.unit:
            self.within += 1
        else:
            self.kept += 1
        beyond = self.depth > _MOST_DEPTH or self.kept > self.most_kept or self.within > _MOST_WITHIN or self.units > _MOST_UNITS
        if beyond or len(attributes.get("formatCode", "")) > _MOST_FORM:
            raise _too_large(self.path)

    def _end(self, name: str) -> None:
        if self.unit and _UNITS.get(name) == self.depth:
            self.unit = False
        self.depth -= 1

    def _declared(self, *_: object) -> None:
        raise errors.XLSX_BROKEN(path=self.path)
