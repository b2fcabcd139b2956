"""The gettext catalogues: `.po` is what people write, `.mo` what the program reads; made at every build and by `make catalogues`."""

from __future__ import annotations

import os
import sys
from collections import Counter
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po, write_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

if TYPE_CHECKING:
    from collections.abc import Iterator

    from babel.messages.catalog import Catalog

ROOT: Final = Path(__file__).parent
# A date of its own in each build would make each build another; Babel writes one whatever is there.
_UNDATED: Final = datetime(2026, 1, 1, tzinfo=UTC)


class CatalogueRefused(Exception):
    """A catalogue cannot be read for certain."""


class CatalogueHook(BuildHookInterface[Any]):
    """Compiles before anything is packed, for a wheel and for an editable install alike."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - the form that Hatch calls
        """Make every `.mo` anew."""
        for po in catalogues(Path(self.root)):
            compile_one(po)


def catalogues(root: Path = ROOT) -> Iterator[Path]:
    """Every catalogue of the shipped packages."""
    for package in ("definitions", "tracks", "flows", "commands"):
        yield from sorted((root / package).rglob("LC_MESSAGES/*.po"))


def language(po: Path) -> str:
    """The language of a catalogue, by the folder that it stands in."""
    return po.parent.parent.name


def read(po: Path) -> Catalog:
    """The texts of a catalogue. Raises CatalogueRefused where it is not one, or where a key or a text stands twice."""
    try:
        with po.open("rb") as file:
            catalog = read_po(file, locale=language(po), domain=po.stem, abort_invalid=True)
    except PoFileError as wrong:
        raise CatalogueRefused(f"{po}:{wrong.lineno + 1}: {wrong.line.strip()}") from None
    # Babel keeps one of the two and says nothing; a merge in which both sides changed a text leaves it so.
    said = Counter(_said(po))
    if twice := [key for key, count in said.items() if count > 1]:
        raise CatalogueRefused(f"{po}: these stand twice, or have two texts: {', '.join(twice)}; delete one of each")
    return catalog


def _said(po: Path) -> Iterator[str]:
    """The key of every text, as often as it has one."""
    key = ""
    for line in po.read_text(encoding="utf-8").splitlines():
        if line.startswith("msgid "):
            key = line.removeprefix("msgid ")
        elif line.startswith("msgstr "):
            yield key


def normalised(po: Path) -> str:
    """A catalogue as Babel writes it: sorted by key, a text a line; what stands above the first key stays as it is."""
    head, _, _ = po.read_text(encoding="utf-8").partition("\n\n")
    body = BytesIO()
    write_po(body, read(po), width=0, omit_header=True, sort_output=True, ignore_obsolete=True)
    return f"{head}\n\n{body.getvalue().decode().strip()}\n"


def compile_one(po: Path) -> None:
    """Make the `.mo` beside a `.po`, whole or not at all."""
    catalog = read(po)
    catalog.creation_date = catalog.revision_date = _UNDATED
    compiled, mo = BytesIO(), po.with_suffix(".mo")
    write_mo(compiled, catalog)
    # One that holds the same is left, so that another build at the same time finds nothing half made beside it, and packs it.
    if mo.exists() and mo.read_bytes() == compiled.getvalue():
        mo.touch()
        return
    made = po.with_suffix(f".mo.{os.getpid()}")
    try:
        made.write_bytes(compiled.getvalue())
        made.replace(mo)
    finally:
        made.unlink(missing_ok=True)


def stale(po: Path) -> bool:
    """Whether the `.mo` is missing or older than its `.po`."""
    mo = po.with_suffix(".mo")
    return not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime


def main() -> None:
    """Write every catalogue as Babel would, and compile what has changed."""
    for po in catalogues():
        text = normalised(po)
        if text != po.read_text(encoding="utf-8"):
            po.write_text(text, encoding="utf-8")
        if stale(po):
            compile_one(po)
            sys.stdout.write(f"{po.relative_to(ROOT).with_suffix('.mo')}\n")


if __name__ == "__main__":
    try:
        main()
    except CatalogueRefused as refused:
        sys.exit(str(refused))
