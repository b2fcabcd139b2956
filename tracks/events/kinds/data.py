"""Typed data of events: frozen values that know their JSON form both ways.

No dataclasses: sixty of them cost 70 to 110 ms of every start, sixty named tuples 14 to 18, these classes 1; and `status` waits
for nothing but imports. The type checker sees the same as of a frozen dataclass whose fields are given by name.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Final, NamedTuple, TypeAlias, dataclass_transform

from definitions.model.calendar import written_day
from definitions.model.words import fits_log, is_name
from tracks.events.event import Draft

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Self

# The day of a start as it was declared; None on a rolling track, which the log writes as an empty text.
StartDay: TypeAlias = date | None


def _same(value: Any) -> Any:
    return value


class JsonForm(NamedTuple):
    """How a field is written in JSON: as which type, and how a value is read, written, and made of what people type.

    `typed` answers the JSON value, raises ValueError where it cannot be one, and leaves to the validator of the kind what only that
    can judge; `expected` tells people what it takes. `attribute` is the name of the field in Python, `fits` tells of what
    people say whether the log may hold it.
    """

    json: type
    read: Callable[[Any], Any] = _same
    write: Callable[[Any], Any] = _same
    typed: Callable[[Any], Any] = _same
    expected: str = ""
    attribute: str = ""
    fits: Callable[[Any], bool] = fits_log


def _typed_day(value: Any) -> str:
    return written_day(str(value)).isoformat()


def _typed_number(value: Any) -> Any:
    return int(value) if str(value).lstrip("-").isdecimal() else value


def _start(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _start_text(day: date | None) -> str:
    return day.isoformat() if day else ""


# By the text of a field's annotation, which nothing evaluates.
_FORMS: Final[Mapping[str, JsonForm]] = {
    "str": JsonForm(str, expected="…"),
    "Name": JsonForm(str, expected="…", fits=is_name),
    "int": JsonForm(int, typed=_typed_number, expected="1, 2, 3 …"),
    "bool": JsonForm(bool, expected="true, false"),
    "date": JsonForm(str, date.fromisoformat, date.isoformat, _typed_day, "YYYY-MM-DD"),
    "StartDay": JsonForm(str, _start, _start_text, expected="YYYY-MM-DD"),
    "tuple[str, ...]": JsonForm(list, tuple, list, expected="[…]"),
    "Mapping[str, Any]": JsonForm(dict, expected="{…}"),
}


@dataclass_transform(kw_only_default=True, frozen_default=True, eq_default=True)
class Data:
    """The data of an event, typed; a class for each kind, which adds its fields.

    A field that may be missing has None as its default, and is then missing in JSON as well. A field whose name is a word of
    Python's ends with an underscore.
    """

    kind: ClassVar[str] = ""
    forms: ClassVar[Mapping[str, JsonForm]] = {}
    needed: ClassVar[frozenset[str]] = frozenset()

    def __init_subclass__(cls) -> None:
        own, given = vars(cls).get("__annotations__", {}), vars(cls)
        forms = {name.rstrip("_"): _FORMS[text.removesuffix(" | None")]._replace(attribute=name) for name, text in own.items()}
        cls.forms = {**cls.forms, **forms}
        cls.needed = cls.needed | {name.rstrip("_") for name in own if name not in given}

    def __init__(self, **values: Any) -> None:
        names = {form.attribute for form in self.forms.values()}
        missing = {name for name in self.needed if self.forms[name].attribute not in values}
        if wrong := sorted((values.keys() - names) | missing):
            raise TypeError(f"{type(self).__name__}: {', '.join(wrong)}")
        self.__dict__.update(values)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(name)

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.to_json() == getattr(other, "to_json", dict)()

    __hash__ = None  # type: ignore[assignment] # it may hold JSON objects

    def __repr__(self) -> str:
        """The class alone: what a person said has no place in a traceback or a log of the program."""
        return f"{type(self).__name__}(…)"

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Read the data that an event holds. Raises TypeError where a field is unknown or missing."""
        if unknown := sorted(data.keys() - cls.forms.keys()):
            raise TypeError(f"{cls.__name__}: {', '.join(unknown)}")
        return cls(**{cls.forms[name].attribute: cls.forms[name].read(value) for name, value in data.items()})

    def to_json(self) -> dict[str, Any]:
        """The data as an event holds it: what is missing is left out, and a day is ISO text."""
        # In the order in which it was given: what was written is shown so.
        given = ((attribute.rstrip("_"), value) for attribute, value in vars(self).items())
        return {name: self.forms[name].write(value) for name, value in given if value is not None or name in self.needed}

    @classmethod
    def misfit(cls, data: Mapping[str, Any]) -> str:
        """The name of a field of JSON data that is unknown, missing or of another type; empty where all fits.

        Every event that is written passes here, so nothing is made and only types are compared: whether a text is a day, or a word
        one of the track's, is for the validator of the kind.
        """
        forms = cls.forms
        for name, value in data.items():
            form = forms.get(name)
            if form is None or not isinstance(value, form.json):
                return name
        for name in cls.needed:
            if name not in data:
                return name
        return ""

    def draft(self, day: date, step: str = "", attempt: int = 0) -> Draft:
        """The event that says this, without its place in a log.

        Args:
            day: the date that it is about.
            step: the id of the step that it is about, if any.
            attempt: the number of the run of the step, from 1; 0 where none is meant.

        """
        return Draft(self.kind, day, step, attempt, self.to_json())


class SaidData(Data):
    """Data that a person says: every text in it came through the door for texts, and one that did not is a fault of the program."""

    @classmethod
    def misfit(cls, data: Mapping[str, Any]) -> str:
        """The name of a field that does not fit, as `Data.misfit` has it, or whose text the log may not hold."""
        return super().misfit(data) or next((name for name, value in data.items() if not cls.forms[name].fits(value)), "")
