"""The door for text from outside: what passes, what does not, and that what is refused is told by its place alone."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from definitions.model import words
from definitions.model.words import (
    EMPTY_TEXT,
    HIDDEN_CHARACTER,
    NOT_UNICODE,
    NUMBER_IN_TEXT,
    TEXT_TOO_LONG,
    composed,
    parse_name,
    parse_note,
    parse_text,
    parse_title,
)
from tests.raising import raises_code

if TYPE_CHECKING:
    from collections.abc import Callable

    from definitions.model.refusal import RefusalCode

ROOT = Path(__file__).parents[3]
DOORS = {"text": parse_text, "name": parse_name, "note": parse_note}
HIDDEN = [
    "\n", "\r", "\t", "\x00", "\x07", "\x1b", "\x7f", "\x85", "\u200b", "\u200d", "\u200e", "\u202e", "\u2028", "\u2060", "\u2066",
    "\u061c", "\ufeff", "\u00ad", "\u3164", "\u2800", "\U000e0041",
]  # fmt: skip


def test_a_letter_in_two_parts_becomes_one() -> None:
    assert composed("A\u030asa", "--by") == parse_name("A\u030asa", "--by") == "\u00c5sa"


@pytest.mark.parametrize("door", [composed, *DOORS.values()])
def test_half_a_character_is_refused_with_its_place_and_not_repeated(door: Callable[[str, str], str]) -> None:
    with raises_code(NOT_UNICODE) as refused:
        door("Lisa \udce5", "--by")
    assert refused.value.values == {"place": "--by"}


@pytest.mark.parametrize("door", DOORS.values(), ids=DOORS)
@pytest.mark.parametrize("blank", ["", "  ", "\t\n", "\u00a0\u2003"])
def test_an_empty_or_blank_text_is_none(door: Callable[[str, str], str], blank: str) -> None:
    with raises_code(EMPTY_TEXT):
        door(blank, "--reason")


@pytest.mark.parametrize("sign", HIDDEN, ids=ascii)
def test_a_line_has_no_character_that_steers_turns_or_hides(sign: str) -> None:
    for door in (parse_text, parse_name):
        with raises_code(HIDDEN_CHARACTER) as refused:
            door(f"Eva{sign}Exit: completed", "person")
        assert refused.value.values["character"] == f"U+{ord(sign):04X}"
        assert "Eva" not in str(refused.value)


@pytest.mark.parametrize("sign", ["\x1b", "\x00", "\x85", "\u202e", "\u2066"], ids=ascii)
def test_a_note_has_lines_and_steers_no_terminal_either(sign: str) -> None:
    assert parse_note("First\r\n\tsecond\u200b", "--note") == "First\n\tsecond\u200b"
    with raises_code(HIDDEN_CHARACTER):
        parse_note(f"a{sign}b", "--note")


@pytest.mark.parametrize(("door", "most"), [(parse_name, 64), (parse_title, 200), (parse_text, 1_000), (parse_note, 20_000)])
def test_every_text_is_bounded(door: Callable[[str, str], str], most: int) -> None:
    assert len(door("å" * most, "person")) == most
    for longer in (most + 1, 100 * most):
        with raises_code(TEXT_TOO_LONG) as refused:
            door("å" * longer, "person")
        assert refused.value.values == {"place": "person", "most": most}


@pytest.mark.parametrize(
    "text",
    [
        "Eva Ek 790213-7194",
        "197902137194",
        "Firma \uff11\uff19\uff17\uff19\uff10\uff12\uff11\uff13\uff0d\uff17\uff11\uff19\uff14",
        "org 79 02 13 71 94",
    ],
)
def test_a_personal_number_is_refused_by_its_place_and_never_repeated(text: str) -> None:
    for door in (parse_text, parse_name):
        with raises_code(NUMBER_IN_TEXT) as refused:
            door(text, "employer")
        for lang in ("sv", "en"):
            assert "employer" in refused.value.message(lang)
            assert "7194" not in refused.value.message(lang)
    # What is locked may hold it.
    assert parse_note(text, "--note") == text


def test_blanks_around_a_text_are_no_part_of_it() -> None:
    assert (parse_name(" Åsa Ek \n", "--by"), parse_text("\u00a0klar ", "RESULT")) == ("Åsa Ek", "klar")


@pytest.mark.parametrize("code", [words.REF_MALFORMED, words.NOT_A_PERSONAL_NUMBER, EMPTY_TEXT])
def test_no_message_repeats_what_looks_like_a_personal_number(code: RefusalCode) -> None:
    refused = words.EMPTY_TEXT(place="column 19790213-7194")
    assert str(refused).startswith("column xxxxxxxxxxxxx is empty")
    assert "7194" not in str(code(place="790213 7194", most=7902137194))


def makers(path: Path) -> list[str]:
    """The places in a module that call one of the types of the door as if it were its maker."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    imports = (node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module == "definitions.model.words")
    types = {one.asname or one.name for node in imports for one in node.names if one.name in ("Text", "Name", "Ref", "Note")}
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    return [f"{path.name}:{node.lineno}" for node in calls if ast.unparse(node.func) in types]


def test_only_the_door_makes_its_types(tmp_path: Path) -> None:
    shipped = [path for top in ("definitions", "tracks", "flows", "commands") for path in (ROOT / top).rglob("*.py")]
    assert [place for path in shipped for place in makers(path)] == []
    (round_it := tmp_path / "way_round.py").write_text("from definitions.model.words import Name\nName('Lisa')\n", encoding="utf-8")
    assert makers(round_it) == ["way_round.py:2"]
