"""Kinds of todos: what a person should do, and after the colon what it is about."""

from __future__ import annotations

from typing import NamedTuple


class TodoKind(NamedTuple):
    """A kind of todo, written `BASE` or `BASE:ABOUT`; `Todo.kind` holds the text.

    What `about` holds follows from the base: the name of a fact (`fact`), the point of a follow-up (`follow_up`, as `3 months` or
    `exit`), a start (`start_held`, `start_left`, `unsigned`), a template (`letter`), an action (`proposal`), a resource (`over`), an
    `EmployerStart` (`subject_report`) or a `LostFact` (`stranded`); nothing for all others.
    """

    base: str
    about: str = ""

    @classmethod
    def parse(cls, text: str) -> TodoKind:
        """Parse the text of `Todo.kind`."""
        base, _, about = text.partition(":")
        return cls(base, about)

    def __str__(self) -> str:
        """Return the text of `Todo.kind`."""
        return f"{self.base}:{self.about}" if self.about else self.base


class LostFact(NamedTuple):
    """What a todo `stranded` is about, `KIND` or `KIND ABOUT`: the kind of the fact, and its phase or point of follow-up."""

    kind: str
    about: str = ""

    @classmethod
    def parse(cls, text: str) -> LostFact:
        """Parse what stands after the colon of the todo."""
        kind, _, about = text.partition(" ")
        return cls(kind, about)

    def __str__(self) -> str:
        """Return what stands after the colon of the todo."""
        return f"{self.kind} {self.about}".rstrip()
