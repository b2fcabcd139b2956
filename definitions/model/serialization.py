"""Values that come back as JSON: pydantic checks each of them whole. Imported where something is restored, never to read a file."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, cast

from pydantic import TypeAdapter

from definitions.model.track import Track

if TYPE_CHECKING:
    from definitions.model.values import ModelValue

Kind = TypeVar("Kind", bound="ModelValue")


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def restored(kind: type[Kind], said: Any) -> Kind:
    """The value that `values.plain` was made of; raises pydantic's ValidationError for what it could not have made."""
    adapter = _adapter(cast("Any", kind))
    value: Kind = adapter.validate_python(said)
    return value


def track_of(text: str) -> Track:
    """A track from its JSON; raises pydantic's ValidationError."""
    track: Track = _adapter(Track).validate_json(text)
    return track
