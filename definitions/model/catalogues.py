"""Looks up everything shown to a person in a gettext catalogue that stands beside the package that shows it."""

from __future__ import annotations

import gettext
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable


class CatalogueUnfit(Exception):
    """A compiled catalogue is missing or older than its source; as no catalogue can tell, the message is here in both languages."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"Fel: texterna i {path} saknas eller är äldre än sin .po-fil; kör `make catalogues`, eller installera om.\n"
            f"Error: the texts in {path} are missing or older than their .po file; run `make catalogues`, or install again."
        )


class Catalogue:
    """The texts of one package by key, in each language; a language is read when it is first asked for."""

    def __init__(self, package: str) -> None:
        self._package = package
        self._read: dict[str, tuple[Callable[[str], str], Formatter]] = {}

    def text(self, key: str, lang: str) -> str:
        """Return the text of a key, its placeholders unfilled.

        Raises:
            KeyError: There is no such text.

        """
        return self._in(lang)[0](key)

    def message(self, key: str, lang: str, /, **values: Any) -> str:
        """Return the text of a key with its values filled in."""
        text, counting = self._in(lang)
        return counting.vformat(text(key), (), values)

    def has(self, key: str, lang: str) -> bool:
        """Whether there is such a text."""
        try:
            return bool(self.text(key, lang))
        except KeyError:
            return False

    def _in(self, lang: str) -> tuple[Callable[[str], str], Formatter]:
        if lang not in self._read:
            found = _opened(self._package, lang)
            self._read[lang] = (found.gettext, _PluralFormatter(found.plural))  # type: ignore[attr-defined]
        return self._read[lang]


@cache
def catalogue(package: str) -> Catalogue:
    """Return the catalogue of a package by its name, `tracks.reports`."""
    return Catalogue(package)


def _opened(package: str, lang: str) -> gettext.GNUTranslations:
    folder = _folder(package) / "locales"
    domain = package.rpartition(".")[2]
    compiled = folder / lang / "LC_MESSAGES" / f"{domain}.mo"
    written = compiled.with_suffix(".po")
    if not compiled.exists() or (written.exists() and written.stat().st_mtime > compiled.stat().st_mtime):
        raise CatalogueUnfit(compiled)
    with compiled.open("rb") as file:
        found = gettext.GNUTranslations(file)
    found.add_fallback(_Absent())
    return found


def _folder(package: str) -> Path:
    # The package is looked up and not imported: this room must not run the code of the rooms above it.
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError(package)
    return Path(spec.submodule_search_locations[0])


class _Absent(gettext.NullTranslations):
    """Where gettext would show the key itself, there is no text."""

    def gettext(self, message: str) -> str:
        raise KeyError(message)


class _PluralFormatter(Formatter):
    """Fills in `{files:fil|filer}` as `1 fil`, `2 filer`: gettext chooses which, but several counts may stand in one sentence."""

    def __init__(self, form_of: Callable[[int], int]) -> None:
        self._form_of = form_of

    def format_field(self, value: Any, format_spec: str) -> str:
        forms = format_spec.split("|")
        if len(forms) == 1:
            return str(super().format_field(value, format_spec))
        return f"{value} {forms[self._form_of(value)] if isinstance(value, int) else forms[-1]}"


_TEXTS: Final = catalogue("definitions")
message: Final = _TEXTS.message
text: Final = _TEXTS.text
