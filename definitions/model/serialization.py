"""Values out of plain JSON values, checked whole: the way back from `values.plain`, without any library.

The engine restores what a named person added to a track or decided out of the data of events. Whole tracks come out of a store
through `stored_track`, which asks pydantic.
"""

from __future__ import annotations

import re
from dataclasses import MISSING, fields
from datetime import date
from functools import cache
from types import NoneType
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, TypeVar, cast, get_args, get_origin, get_type_hints

from definitions.model.values import ID, ModelValue

if TYPE_CHECKING:
    from collections.abc import Iterator

Kind = TypeVar("Kind", bound=ModelValue)
Place = tuple[str | int, ...]
_IS_ID: Final = re.compile(ID).fullmatch


class NotRestorable(ValueError):
    """Plain values are none that `plain` could have made; `places` are the paths of keys and indexes to what is wrong."""

    def __init__(self, places: tuple[Place, ...]) -> None:
        super().__init__(", ".join(".".join(map(str, place)) for place in places))
        self.places = places


def restore(kind: type[Kind], written: object) -> Kind:
    """Build a value out of the plain values that `values.plain` made of it.

    Raises:
        NotRestorable: Something in `written` is not what its field takes, is missing, or belongs to no field.

    """
    faults: list[Place] = []
    value = _restore(kind, written, (), faults)
    if faults:
        raise NotRestorable(tuple(faults))
    restored: Kind = value
    return restored


@cache
def _fields(kind: Any) -> dict[str, tuple[Any, bool]]:
    """The type of each field, and whether it must be given."""
    hints = get_type_hints(kind, include_extras=True)
    return {f.name: (hints[f.name], f.default is MISSING and f.default_factory is MISSING) for f in fields(kind)}


@cache
def _parts(kind: Any) -> tuple[Any, tuple[Any, ...]]:
    """A generic type and what stands in its brackets; looking that up is most of the time that restoring takes."""
    return get_origin(kind), get_args(kind)


def _restore(kind: Any, written: Any, at: Place, faults: list[Place]) -> Any:
    origin, args = _parts(kind)
    if NoneType in args:
        return None if written is None else _restore(args[0], written, at, faults)
    if origin is tuple and isinstance(written, list | tuple):
        return tuple(_restore(args[0], one, (*at, number), faults) for number, one in enumerate(written))
    if origin is dict and isinstance(written, dict):
        return {name: _restore(args[1], one, (*at, name), faults) for name, one in written.items()}
    if isinstance(kind, type) and issubclass(kind, ModelValue) and isinstance(written, dict):
        known = _fields(cast("Any", kind))
        given = dict(_given(known, written, at, faults))
        faults += ((*at, name) for name in written if name not in known)
        return None if faults else kind(**given)
    if _is_single(kind, origin, args, written):
        return date.fromisoformat(written) if kind is date else written
    faults.append(at)
    return None


def _given(known: dict[str, tuple[Any, bool]], written: dict[str, Any], at: Place, faults: list[Place]) -> Iterator[tuple[str, Any]]:
    for name, (kind, required) in known.items():
        if name in written:
            yield name, _restore(kind, written[name], (*at, name), faults)
        elif required:
            faults.append((*at, name))


def _is_single(kind: Any, origin: Any, args: tuple[Any, ...], written: Any) -> bool:
    """Whether a plain value is one of a type that holds no others."""
    if origin is Literal:
        return written in args
    if origin is Annotated:
        return isinstance(written, str) and _IS_ID(written) is not None
    if kind is date:
        return isinstance(written, str) and _is_day(written)
    # A bool is an int to Python, but no number to the language.
    return isinstance(written, kind) if kind in (str, bool) else kind is int and type(written) is int


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
