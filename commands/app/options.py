"""The options that commands share, once each; and those that always go together, as one value."""

from __future__ import annotations

from functools import wraps
from inspect import Parameter, signature
from typing import TYPE_CHECKING, Annotated, Any, Final, NamedTuple

from typer import Argument, Option

if TYPE_CHECKING:
    from collections.abc import Callable

Ref = Annotated[str, Argument(metavar="REF")]
StepId = Annotated[str, Argument(metavar="STEP")]
TrackId = Annotated[str, Argument(metavar="TRACK")]
On = Annotated[str | None, Option("--on", metavar="DATE")]
Note = Annotated[str | None, Option("--note", metavar="TEXT")]
Key = Annotated[str | None, Option("--key", metavar="KEY")]
Facts = Annotated[list[str] | None, Option("--fact", metavar="NAME=VALUE")]
Reason = Annotated[str, Option("--reason", metavar="REASON")]
ReasonOrNone = Annotated[str | None, Option("--reason", metavar="REASON")]
EmployerName = Annotated[str | None, Option("--employer", metavar="EMPLOYER")]
OutcomeName = Annotated[str | None, Option("--outcome", metavar="OUTCOME")]
Advance = Annotated[bool, Option("--advance")]
DryRun = Annotated[bool, Option("--dry-run")]
AsOf = Annotated[str | None, Option("--as-of", metavar="DATE")]
KnownAt = Annotated[str | None, Option("--known-at", metavar="TIME")]
Json = Annotated[bool, Option("--json")]
Csv = Annotated[bool, Option("--csv")]
WithExitCode = Annotated[bool, Option("--exit-code")]
Limit = Annotated[str, Option("--limit", metavar="N")]
Engine = Annotated[str, Option("--engine", metavar="prefect|local")]


class After(NamedTuple):
    """What a command does after a write: `advance` moves on at once, `json` answers in JSON."""

    advance: bool = False
    json: bool = False


class FactOptions(NamedTuple):
    """The options of every fact: the day it is about, a free text, an idempotency key, and what is done after."""

    on: str | None = None
    note: str | None = None
    key: str | None = None
    advance: bool = False
    json: bool = False

    @property
    def after(self) -> After:
        """What is done after the write."""
        return After(self.advance, self.json)


_SHARED: Final = {"on": (On, None), "note": (Note, None), "key": (Key, None), "advance": (Advance, False), "json": (Json, False)}


def fact_command(command: Callable[..., Any]) -> Callable[..., Any]:
    """Declare a command that records one fact: its command line has the options of `FactOptions`, which it gets as `how`."""

    @wraps(command)
    def typed(**given: Any) -> Any:
        how = FactOptions(**{option: given.pop(option) for option in _SHARED})
        return command(**given, how=how)

    # The options of every fact stand here and not at each command, so that none is forgotten at one of them.
    # Typer reads what can be typed from the signature, and evaluates no annotation of one that is set by hand.
    own = signature(command, eval_str=True)
    kept = [parameter for parameter in own.parameters.values() if parameter.name != "how"]
    added = [Parameter(name, Parameter.KEYWORD_ONLY, default=default, annotation=kind) for name, (kind, default) in _SHARED.items()]
    typed.__signature__ = own.replace(parameters=[*kept, *added])  # type: ignore[attr-defined]
    return typed
