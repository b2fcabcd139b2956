"""The one exception for what the program refuses or cannot do: a code, and the values that its message wants.

A package defines its codes as constants, in `errors.py` or `refusals.py`, and raises one by calling it:

    UNKNOWN_STEP: Final = RefusalCode("tracks.UnknownStep")
    raise UNKNOWN_STEP(track="snickeri", step="sag", steps="svets, bygg")

Who must tell refusals apart compares `code`. A subclass is only for a refusal that carries more than values.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from definitions.model.catalogues import catalogue
from definitions.model.exit_codes import ExitCode
from definitions.model.personal_numbers import looks_personal, masked

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class RefusalCode:
    """One thing that can be refused: `PACKAGE.KEY`, where its message stands in the catalogues, and the exit code that it leads to."""

    name: str
    exit_code: ExitCode = ExitCode.USAGE

    @property
    def key(self) -> str:
        """The key of the message in the catalogue of its package."""
        return self.name.partition(".")[2]

    def __call__(self, **values: Any) -> Refusal:
        """The refusal to raise, with the values that its message wants."""
        return Refusal(self, **values)


class Refusal(Exception):
    """Something was refused or could not be done; its message says what and, where it can, the remedy."""

    def __init__(self, code: RefusalCode, /, **values: Any) -> None:
        self.code = code
        self.values = values
        super().__init__()

    @property
    def exit_code(self) -> int:
        """What the program answers with when nobody deals with the refusal."""
        return self.code.exit_code

    @property
    def of_input(self) -> bool:
        """Whether what was given is refused; anything else is in the way of whatever is given, and no part of it can be at fault."""
        return self.exit_code in (ExitCode.USAGE, ExitCode.NOT_FOUND)

    def __str__(self) -> str:
        return self.message("en")

    def message(self, lang: str, values: Mapping[str, Any] | None = None) -> str:
        """Compose the message in a language, `sv` or `en`; what looks like a personal number in it is made illegible.

        Args:
            lang: the language.
            values: the values of the refusal in the words of the reader, where somebody has put them so.

        """
        package, _, key = self.code.name.partition(".")
        shown = self.values if values is None else values
        # Whatever was typed may be repeated in a message, and messages end up in mails and logs.
        legible = {name: masked(text) if looks_personal(text := str(value)) else value for name, value in shown.items()}
        return catalogue(package).message(key, lang, **legible)
