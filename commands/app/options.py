"""The options that commands share, once each; and those that always go together, as one value."""

from __future__ import annotations

from functools import wraps
from inspect import Parameter, signature
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from typer import Argument, Option

if TYPE_CHECKING:
    from collections.abc import Callable

REF: Final = Argument(..., metavar="REF")
STEP: Final = Argument(..., metavar="STEP")
TRACK: Final = Argument(..., metavar="TRACK")
ON: Final = Option(None, "--on", metavar="DATE")
NOTE: Final = Option(None, "--note", metavar="TEXT")
KEY: Final = Option(None, "--key", metavar="KEY")
FACTS: Final = Option(None, "--fact", metavar="NAME=VALUE")
REASON: Final = Option(..., "--reason", metavar="REASON")
REASON_OR_NONE: Final = Option(None, "--reason", metavar="REASON")
EMPLOYER: Final = Option(None, "--employer", metavar="EMPLOYER")
ADVANCE: Final = Option(False, "--advance")
AS_OF: Final = Option(None, "--as-of", metavar="DATE")
KNOWN_AT: Final = Option(None, "--known-at", metavar="TIME")
JSON: Final = Option(False, "--json")
CSV: Final = Option(False, "--csv")
EXIT_CODE: Final = Option(False, "--exit-code")


class After(NamedTuple):
    """What is wanted after a write: to move on at once, and to be answered in JSON."""

    advance: bool = False
    json: bool = False


class How(NamedTuple):
    """How a fact is said: of which day, with which free text and key, and what is wanted after."""

    on: str | None = None
    note: str | None = None
    key: str | None = None
    advance: bool = False
    json: bool = False

    @property
    def after(self) -> After:
        """What is wanted after."""
        return After(self.advance, self.json)


_OPTIONS: Final = {"on": (str, ON), "note": (str, NOTE), "key": (str, KEY), "advance": (bool, ADVANCE), "json": (bool, JSON)}


def says(command: Callable[..., Any]) -> Callable[..., Any]:
    """A command that says one fact: on its command line stand the options of `How`, and it is given them as `how`."""

    @wraps(command)
    def typed(**given: Any) -> Any:
        how = How(**{option: given.pop(option) for option in _OPTIONS})
        return command(**given, how=how)

    # Typer reads what can be typed from the signature, and its types from the annotations.
    own = signature(command)
    kept = [parameter for parameter in own.parameters.values() if parameter.name != "how"]
    added = [Parameter(name, Parameter.KEYWORD_ONLY, default=default, annotation=kind) for name, (kind, default) in _OPTIONS.items()]
    typed.__signature__ = own.replace(parameters=[*kept, *added])  # type: ignore[attr-defined]
    typed.__annotations__ = {name: hint for name, hint in command.__annotations__.items() if name != "how"}
    typed.__annotations__ |= {name: kind for name, (kind, _) in _OPTIONS.items()}
    return typed
