"""What a break of YAML costs: the part that it stands in, and nothing that is certain without it."""

from __future__ import annotations

import pytest

from definitions.loading.loader import load_text
from definitions.source.nodes import Map, Scalar
from definitions.source.reader import read_text

HEAD = "spår: x\nnamn: X\ntyp: förberedande spår\n"
STEPS = "steg:\n- {id: a, typ: praktik}\n- {id: b, typ: praktik}\n"


def found(text: str) -> list[tuple[str, int, int]]:
    return [(d.code, d.span.line, d.span.col) for d in load_text(text).diagnostics]


def tops(text: str) -> dict[str, str]:
    root = read_text(text, "x").root
    assert isinstance(root, Map)
    return {key.text: value.text for key, value in root if isinstance(value, Scalar)}


def test_a_break_costs_its_own_section_and_no_other() -> None:
    text = f"{HEAD}ägare: A: B\nprogram: Fel id\n{STEPS}"
    assert tops(text) == {"spår": "x", "namn": "X", "typ": "förberedande spår", "program": "Fel id"}
    assert found(text) == [("JS011", 4, 9), ("JS033", 5, 10)]


def test_a_break_in_an_item_costs_that_item_alone() -> None:
    text = f"{HEAD}steg:\n- {{id: a, typ: prakktik}}\n- {{id: d, typ: praktik}}\n- {{id: b, typ: praktik\n- {{id: c, typ: praktikk}}\n"
    assert found(text) == [("JS042", 5, 16), ("JS025", 7, 3), ("JS042", 8, 16)]


def test_of_a_section_that_breaks_twice_the_first_break_is_told() -> None:
    assert found(f"{HEAD}steg:\n- id: a\n  namn: B: C\n- id: b\n  namn: D: E\n") == [("JS011", 6, 10)]


def test_breaks_of_several_sections_are_all_told() -> None:
    assert found(f'{HEAD}ägare: "A\nparter: [kommun\nbeskrivning: B: C\n{STEPS}') == [("JS013", 4, 8), ("JS025", 5, 9), ("JS011", 6, 15)]


def test_what_a_broken_part_may_say_is_not_missed() -> None:
    text = f"{HEAD}uppgifter:\n  bil: ja: nej\nmålgrupp: {{krav: [bil, körkort]}}\n{STEPS}"
    assert found(text) == [("JS011", 5, 10)]


def test_a_track_that_is_not_whole_is_not_checked_as_a_whole() -> None:
    text = f"{HEAD}period: {{från: 2026-02-01, till: 2026-01-01}}\n{STEPS}"
    assert found(text) == [("JS103", 4, 34)]
    assert found(f"{text}ägare: A: B\n") == [("JS011", 8, 9)]


def test_a_file_in_the_form_of_json_breaks_as_one() -> None:
    text = '{"spår": "x", "namn": "X",\n"typ": "förberedande spår",\n"steg": [{"id": "a" "typ": "praktik"}]}\n'
    assert found(text) == [("JS012", 3, 21)]
    assert read_text(text, "x").root is None


@pytest.mark.parametrize("text", ["[", "{a: [}", '"', "a: 'b", "- -a: b: c", ": :\n\t: -", "%", "a:\n\t- b\n- c\n d"])
def test_what_is_nothing_but_a_break_is_told_and_gives_nothing(text: str) -> None:
    assert found(text)
    assert load_text(text).track is None
