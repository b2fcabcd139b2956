"""One exception with a code: what it says, in both languages, and what the program answers with."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from definitions.model.exit_codes import ExitCode
from definitions.model.refusal import Refusal, RefusalCode
from definitions.model.words import REF_MALFORMED, parse_ref
from tests.raising import raises_code
from tracks.recording.refusals import NOT_STARTED, UNKNOWN_PARTICIPANT

README = Path(__file__).parents[3] / "README.md"


def test_a_refusal_says_what_and_the_remedy_in_both_languages_with_its_values() -> None:
    refusal = UNKNOWN_PARTICIPANT(ref="A1")
    assert refusal.message("sv").startswith("Ingen här har referensen A1")
    assert refusal.message("en").startswith("Nobody here has the reference A1")
    assert str(refusal) == refusal.message("en")


def test_the_values_may_be_put_in_other_words_by_whoever_shows_the_refusal() -> None:
    assert "steget Ett" in NOT_STARTED(step="ett", ref="A1").message("sv", {"step": "steget Ett", "ref": "A1"})


def test_a_refusal_is_caught_by_its_one_type_and_told_from_others_by_its_code() -> None:
    with pytest.raises(Refusal) as caught:
        parse_ref("a b")
    assert caught.value.code is REF_MALFORMED
    assert caught.value.code != NOT_STARTED


def test_raises_code_lets_a_refusal_with_another_code_through() -> None:
    with pytest.raises(AssertionError), raises_code(NOT_STARTED):
        parse_ref("a b")


def test_a_code_leads_to_bad_input_unless_it_says_otherwise() -> None:
    assert RefusalCode("tracks.NotStarted")().exit_code == 2
    assert UNKNOWN_PARTICIPANT(ref="A1").exit_code == 4


def test_the_readme_lists_the_exit_codes_that_the_program_answers_with() -> None:
    table = README.read_text(encoding="utf-8").split("| exit code | meaning |")[1].split("\n\n")[0]
    listed = {int(code) for code in re.findall(r"^\| (\d) \|", table, re.MULTILINE)}
    assert listed == set(ExitCode)
