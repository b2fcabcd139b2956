"""The options that commands share, once each; and those that always go together, as one value."""

from __future__ import annotations

from functools import wraps
from inspect import Parameter, signature
from itertools import chain
from typing import TYPE_CHECKING, Annotated, Any, Final, NamedTuple

from typer import Argument, Option

from commands.runtime.output import OutputForm

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

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
BirthMonth = Annotated[str | None, Option("--born", metavar="YYYY-MM")]
OutcomeName = Annotated[str | None, Option("--outcome", metavar="OUTCOME")]
Advance = Annotated[bool, Option("--advance")]
DryRun = Annotated[bool, Option("--dry-run")]
AsOf = Annotated[str | None, Option("--as-of", metavar="DATE")]
KnownAt = Annotated[str | None, Option("--known-at", metavar="TIME")]
Json = Annotated[bool, Option("--json")]
Csv = Annotated[bool, Option("--csv")]
Xlsx = Annotated[str | None, Option("--xlsx", metavar="FILE")]
WithExitCode = Annotated[bool, Option("--exit-code")]
Limit = Annotated[str, Option("--limit", metavar="N")]
Engine = Annotated[str | None, Option("--engine", metavar="prefect|local")]


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


class ListingOptions(NamedTuple):
    """What is asked for: on which day, by what was known when, and in which form."""

    as_of: str | None = None
    known_at: str | None = None
    json: bool = False
    csv: bool = False
    xlsx: str | None = None

    @property
    def form(self) -> OutputForm:
        """The form of the answer."""
        return OutputForm(self.json, self.csv, self.xlsx or "")


_FACT: Final = {"on": (On, None), "note": (Note, None), "key": (Key, None), "advance": (Advance, False), "json": (Json, False)}
_LISTING: Final = {
    "as_of": (AsOf, None), "known_at": (KnownAt, None), "json": (Json, False), "csv": (Csv, False), "xlsx": (Xlsx, None),
}  # fmt: skip


def fact_command(command: Callable[..., Any]) -> Callable[..., Any]:
    """Declare a command that records one fact: its command line has the options of `FactOptions`, which it gets as `how`."""
    return _grouped(command, "how", FactOptions, _FACT)


def listing_command(command: Callable[..., Any]) -> Callable[..., Any]:
    """Declare a command that lists something: its command line has the options of `ListingOptions`, which it gets as `wanted`."""
    return _grouped(command, "wanted", ListingOptions, _LISTING)


def _grouped(
    command: Callable[..., Any], name: str, group: Callable[..., Any], options: Mapping[str, tuple[Any, Any]]
) -> Callable[..., Any]:
    """The command with options of its own in the place of the parameter that groups them."""

    @wraps(command)
    def typed(**given: Any) -> Any:
        grouped = group(**{option: given.pop(option) for option in options})
        return command(**given, **{name: grouped})

    # The options of every fact stand here and not at each command, so that none is forgotten at one of them.
    # Typer reads what can be typed from the signature, and evaluates no annotation of one that is set by hand.
    own = signature(command, eval_str=True)
    added = [Parameter(option, Parameter.KEYWORD_ONLY, default=default, annotation=kind) for option, (kind, default) in options.items()]
    parts = [added if parameter.name == name else [parameter] for parameter in own.parameters.values()]
    typed.__signature__ = own.replace(parameters=[*chain.from_iterable(parts)])  # type: ignore[attr-defined]
    return typed
