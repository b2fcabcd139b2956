"""A coordinator who reads only Swedish meets no English: what the program says from `init` to the picture is searched for words of it."""

from __future__ import annotations

import json
import re
import sys
from functools import cache
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import cli
import hatch_build
from definitions.model import vocabulary as v
from tests.commands.workspace import typed

if TYPE_CHECKING:
    from collections.abc import Iterator

# Names of commands and options, of files and formats, are typed and not read; so is what stands between backticks.
_TYPED = re.compile(
    r"`[^`]*`|--[a-z-]+|\bJOBBSPAR_\w+|[\w/.-]+\.(?:yaml|json|toml|db|svg|html|md|mo|po)\b|\bjobbspar [a-z-]+|[a-z]+(?:\|[a-z]+)+"
)
_WORD = re.compile(r"[a-zåäöé]{3,}")
BROKEN = (
    "spår: x\nnam: X\ntyp: förberedande spår\nuppgifter: {kort: ja/nej}\nsteg:\n  - {id: a, typ: praktik, om: kart = ja, längd: 2 vekor}\n"
)


@cache
def english() -> frozenset[str]:
    """The words that only the English catalogues have, Swedish names in them aside."""
    said: dict[str, set[str]] = {"sv": set(), "en": set()}
    for po in hatch_build.catalogues():
        said[hatch_build.language(po)] |= {word for message in hatch_build.read(po) if message.id for word in words(str(message.string))}
    language = {word for pair in v.KEYS.items() for name in pair for word in name.split("_")}
    names = {word for word in said["en"] if set(word) & set("åäö")}
    return frozenset(said["en"] - said["sv"] - language - names - set(cli.COMMANDS))


def words(text: str) -> set[str]:
    return set(_WORD.findall(re.sub(r"\{[^}:]*\}", " ", _TYPED.sub(" ", text)).casefold()))


def shown(text: str) -> str:
    """A page or a picture as a person reads it."""
    return unescape(re.sub(r"<style.*?</style>|<[^>]*>", " ", text, flags=re.DOTALL))


def descriptions(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (
            found
            for name, part in value.items()
            for found in ([part] if name == "description" and isinstance(part, str) else descriptions(part))
        )
    elif isinstance(value, list):
        yield from (found for part in value for found in descriptions(part))


def said(*args: str) -> str:
    """What a command says, without the folder that this machine happens to keep the program in."""
    answer = typed(*args, "--lang", "sv")
    return f"{answer.out}\n{answer.err}".replace(sys.prefix, "/")


def test_the_way_from_init_to_check_to_the_picture_is_swedish_throughout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    walk = {"init": said("init", "mitt")}
    monkeypatch.chdir(tmp_path / "mitt")
    (track,) = Path("tracks").glob("*sparet.yaml")
    Path("fel.yaml").write_text(BROKEN, encoding="utf-8")
    walk["the first track"] = "\n".join(line for line in track.read_text(encoding="utf-8").split("\n") if not line.startswith("# yaml-"))
    walk |= {" ".join(args): said(*args) for args in (("check", "tracks"), ("check", "fel.yaml"), ("graph", str(track)), ("fmt", "tracks"))}
    walk["picture"] = shown(said("graph", str(track), "--format", "svg"))
    said("apply", "tracks", "--by", "Lisa")
    said("handbook", "forsta-sparet", "--html", "h.html")
    walk["handbook"] = shown(Path("h.html").read_text(encoding="utf-8"))
    walk["hover"] = "\n".join(descriptions(json.loads(typed("schema", "--lang", "sv").out)))
    assert {name: words(text) & english() for name, text in walk.items() if words(text) & english()} == {}


def test_what_explain_says_is_swedish_throughout() -> None:
    page = re.sub(r"\| `[^`]*` \| `[^`]*` \|", " ", said("explain", "--all"))
    assert words(page) & english() == set()
    assert words(said("explain")) & english() == set()


@pytest.mark.parametrize("command", sorted(cli.COMMANDS))
def test_the_help_of_every_command_is_swedish_throughout(command: str) -> None:
    assert words(said(command, "--help")) & english() == set()


def test_an_english_word_would_be_found() -> None:
    assert words("The step waits for a place") & english() >= {"step", "waits"}
