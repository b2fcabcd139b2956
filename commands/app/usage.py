"""A command line that is not understood, in plain words, with what was meant: in either language, in another order, or by half a word."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from commands.app.global_options import GLOBALS, PROGRAM, VERSION
from commands.runtime.errors import NOT_UNDERSTOOD
from commands.runtime.settings import LANGUAGES
from commands.runtime.texts import has, message
from definitions.model.personal_numbers import masked
from definitions.model.spelling import folded, half_or_turned, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from typer import TyperException

    from definitions.model.refusal import Refusal

_LONGEST: Final = 80
# What is typed bare although it goes with an option.
_FORMS: Final = {"--fact": re.compile(r"[^=]+=.+"), "--on": re.compile(r"\d{4}-\d{2}-\d{2}")}
# As many are proposed at most; and so many letters are compared, which all words of all commands have not.
_MOST: Final = 3
_MOST_COMPARED: Final = 20_000


def unknown_command(args: Sequence[str], commands: Iterable[str], lang: str) -> Refusal:
    """The refusal of a line whose first word is no command: with the commands that it may mean, or with the line in another order.

    Args:
        args: the command line without the global options.
        commands: the names of the commands.
        lang: the language of the reader.

    """
    words = [word for word in args if not word.startswith("-")]
    typed, names = words[0], [*commands]
    meant = _meant(typed, {name: called(name) for name in (*names, VERSION[0])})
    if not meant and (later := next((word for word in words[1:] if word in names), "")):
        meant = [masked(" ".join([PROGRAM, later, *(word for word in args if word is not later)]))[:_LONGEST]]
    near = _listed(meant, lang)
    problem = message("usage.command.near" if near else "usage.command", lang, name=masked(typed)[:40], near=near)
    return NOT_UNDERSTOOD(problem=problem, command=PROGRAM)


def usage_problem(fault: TyperException, lang: str) -> str:
    """Put a usage error of Typer's into plain words."""
    kind = type(fault).__name__
    found: Any = fault
    if kind == "NoSuchOption":
        near = _listed(_meant_options(found), lang)
        return message("usage.option.near" if near else "usage.option", lang, name=found.option_name, near=near)
    if kind == "BadOptionUsage":
        return message("usage.value", lang, name=found.option_name)
    if kind == "MissingParameter" and found.param is not None:
        from commands.app.command_group import missing

        return missing(found, lang)
    # Typer says which words are too many in its sentence only.
    said, _, words = found.format_message().partition(" (")
    if "extra" not in said:
        return message("usage.other", lang)
    words = masked(words.removesuffix(")"))[:_LONGEST]
    if meant := _with_its_option(words, found):
        return message("usage.extra.meant", lang, words=words, near=meant)
    options = [str(param.opts[0]) for param in found.ctx.command.params if param.metavar in ("TRACK", "REF", "NAME")]
    near = _listed([one for one in options if one.startswith("-")], lang)
    return message("usage.extra.near" if near else "usage.extra", lang, words=words, near=near)


def _with_its_option(words: str, found: Any) -> str:
    """The words that are too many with the options that they go with, where each has one: a fact, or the day it is about."""
    own = {name for param in found.ctx.command.params for name in param.opts}
    told = [
        next((f"{option} {word}" for option, form in _FORMS.items() if option in own and form.fullmatch(word)), "")
        for word in words.split()
    ]
    return " ".join(told) if all(told) else ""


def _meant_options(found: Any) -> list[str]:
    own = [name for param in found.ctx.command.params for name in param.opts if name.startswith("--")]
    return _meant(found.option_name, {name: called(name) for name in (*own, *GLOBALS)})


def _listed(meant: Sequence[str], lang: str) -> str:
    return f" {message('type.or', lang)} ".join(meant)


def called(name: str) -> list[str]:
    """A command or an option, and what else people call it, in both languages."""
    key = f"words.{name}"
    return [name, *(word.strip() for lang in LANGUAGES if has(key, lang) for word in message(key, lang).split(","))]


def _meant(typed: str, words: Mapping[str, Sequence[str]]) -> list[str]:
    """The names that a word may stand for: those that are called so, else by half or in another order, else the nearest."""
    typed = typed.lstrip("-")
    bare: dict[str, list[str]] = {word.lstrip("-"): [] for said in words.values() for word in said}
    for name, said in words.items():
        for word in said:
            bare[word.lstrip("-")].append(name)
    # A name that differs in case or accents only is meant; half of one comes before one with a slip.
    same = [word for word in bare if folded(word) == folded(typed)]
    near = nearest(typed, bare, most_compared=_MOST_COMPARED)
    found = same or half_or_turned(typed, bare) or ([near] if near else [])
    return [*dict.fromkeys(name for word in found for name in bare[word])][:_MOST]
