"""The words of the field: the glossary says which one a thing is called by, and no text says it with another."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Final

import pytest

from hatch_build import catalogues, language, read

GLOSSARY: Final = Path(__file__).with_name("glossary.tsv")
# What a command is found by in other words than its own is what people may type, and no text of ours.
TYPED: Final = "words."
FILES: Final = [pytest.param(po, id=f"{po.stem}-{language(po)}") for po in catalogues()]


def glossary() -> list[dict[str, str]]:
    with GLOSSARY.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def forbidden(text: str, lang: str) -> list[str]:
    """The words of a text that the glossary has others for."""
    wrong = [row[f"forbidden {lang}"] for row in glossary()]
    return [found[0] for pattern in wrong if pattern and (found := re.search(pattern, text, re.IGNORECASE))]


def test_every_term_has_its_word_in_both_languages_and_one_row() -> None:
    rows = glossary()
    assert [row["term"] for row in rows if not (row["sv"] and row["en"])] == []
    assert len({row["term"] for row in rows}) == len(rows)


@pytest.mark.parametrize("po", FILES)
def test_no_text_says_a_thing_with_a_forbidden_word(po: Path) -> None:
    texts = {str(one.id): str(one.string) for one in read(po) if one.id and not str(one.id).startswith(TYPED)}
    assert {key: wrong for key, text in texts.items() if (wrong := forbidden(text, language(po)))} == {}


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("sv", "Det som följer avgörs vid nästa advance."),
        ("sv", "Vem säger det här?"),
        ("en", "No longer stands:"),
        ("en", "x is no calendar"),
    ],
)
def test_a_calque_and_an_english_command_name_are_found(lang: str, text: str) -> None:
    assert forbidden(text, lang)
