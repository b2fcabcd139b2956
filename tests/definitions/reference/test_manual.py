"""The two references say everything that the language has, and nothing else; they stand in the project as the program prints them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from definitions.loading.loader import load_text
from definitions.model import vocabulary as v
from definitions.model.catalogues import message
from definitions.model.value_types import FORMS
from definitions.reference.example_files import manual_track
from definitions.reference.explain import RULES, explain, rule_text
from definitions.reference.manual import render_manual
from definitions.reference.translate import translate
from definitions.reference.word_tables import WORD_TABLES
from hatch_build import catalogues, read

LANGS: tuple[v.Lang, ...] = get_args(v.Lang)
FOLDER = Path(__file__).parents[3] / "definitions"
FILES: dict[v.Lang, str] = {"sv": "spraket.md", "en": "language.md"}
# Half an hour at an ordinary reader's pace for instructions.
MOST_WORDS = 7_000


@pytest.mark.parametrize("lang", LANGS)
def test_the_reference_in_the_project_is_the_one_that_the_program_prints(lang: v.Lang) -> None:
    stands = (FOLDER / FILES[lang]).read_text(encoding="utf-8")
    assert stands == render_manual(lang), f"jobbspar explain --all --lang {lang} > definitions/{FILES[lang]}"


@pytest.mark.parametrize("lang", LANGS)
def test_every_key_and_every_word_stands_in_it_with_what_it_means(lang: v.Lang) -> None:
    page = render_manual(lang)
    for section, forms in FORMS.items():
        for key in forms:
            row = next(
                line
                for line in page.split("\n")
                if line.startswith(f"| `{v.key(key, lang, section)}` |") and message(f"key.{section}.{key}", lang) in line
            )
            assert row.count("|") == 5
    for table in set(WORD_TABLES) - {"step_type", "track_type", "money"}:
        for code, words in WORD_TABLES[table].items():
            assert f"| `{code if lang == 'en' else words}` | " in page
            assert message(f"word.{table}.{code}", lang) in page


@pytest.mark.parametrize("lang", LANGS)
def test_it_can_be_read_in_half_an_hour(lang: v.Lang) -> None:
    assert len(re.findall(r"\w+", render_manual(lang))) < MOST_WORDS


@pytest.mark.parametrize("lang", LANGS)
def test_the_track_that_it_shows_loads_without_a_finding(lang: v.Lang) -> None:
    loaded = load_text(translate(manual_track(), lang), lang=lang)
    assert (loaded.diagnostics, loaded.track is not None) == ((), True)


def test_every_rule_is_there_in_both_languages_and_can_be_asked_for() -> None:
    for number in RULES:
        assert explain(f"regel {number}", "sv") == f"{rule_text(number, 'sv')}\n"
        assert message(f"rule.{number:02}", "sv") in rule_text(number, "sv")
        assert message(f"rule.{number:02}", "en") in (explain(f"R{number}", "en") or "")
        assert explain(str(number), "en") == explain(f"rule {number}", "en")
    assert (explain("regel 0", "sv"), explain(f"regel {max(RULES) + 1}", "sv")) == (None, None)


def test_no_explanation_names_a_rule_that_is_not_there() -> None:
    texts = [str(one.string) for po in catalogues() if po.stem == "definitions" for one in read(po)]
    named = {
        int(number)
        for text in texts
        for found in re.findall(r"(?:regel |rules? |R)([0-9–, ]+)", text)
        for number in re.findall("[0-9]+", found)
    }
    assert named
    assert named <= set(RULES)
