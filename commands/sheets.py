"""A table that somebody hands in, CSV or XLSX, with its columns named as ours."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from commands import errors, errors_files
from commands.csv_files import LEFT_OUT, Sheet, read_csv

if TYPE_CHECKING:
    from collections.abc import Mapping

_ZIP: Final = b"PK\x03\x04"
_MOST_MAP: Final = 64_000


def read_sheet(path: str, sheet: str | None = None, columns: str | None = None) -> Sheet:
    """Read a whole file by what it holds, whatever it is called; `columns` is a file that maps its columns to ours."""
    mapped = read_map(columns) if columns else {}
    if _is_zip(path):
        from commands.xlsx_files import read_xlsx

        found = read_xlsx(path, sheet, mapped)
    elif sheet:
        raise errors_files.SheetNotHere(path=path)
    else:
        found = read_csv(path, mapped)
    return found


def _is_zip(path: str) -> bool:
    try:
        with Path(path).open("rb") as file:
            return file.read(len(_ZIP)) == _ZIP
    except OSError as fault:
        raise errors.unreadable(path, fault) from None


def read_map(path: str) -> Mapping[str, str]:
    """Which column of a file is which of ours; one that is not to be read has `-`. Raises MapUnreadable."""
    try:
        with Path(path).open("rb") as file:
            raw = file.read(_MOST_MAP + 1)
    except OSError as fault:
        raise errors.unreadable(path, fault) from None
    try:
        found = _parsed(raw.decode("utf-8-sig"), toml=path.endswith(".toml"))
    except (ValueError, RecursionError):
        found = None
    if len(raw) > _MOST_MAP or not isinstance(found, dict) or not all(isinstance(v, str) for pair in found.items() for v in pair):
        raise errors_files.MapUnreadable(path=path)
    return {name.strip(): LEFT_OUT if ours.strip() in ("", "-") else ours.strip() for name, ours in found.items()}


def _parsed(text: str, *, toml: bool) -> Any:
    if toml:
        import tomllib

        return tomllib.loads(text)
    import yaml

    try:
        # The loader in Python: the one in C dies with the process on what is nested too deep.
        return yaml.load(text, yaml.BaseLoader)  # noqa: S506 - it makes nothing but texts, lists and maps
    except yaml.YAMLError:
        raise ValueError from None
