from __future__ import annotations

import pytest

from definitions.model.refusal import Refusal
from definitions.model.words import NOT_UNICODE, words


def test_a_letter_in_two_parts_becomes_one() -> None:
    assert words("A\u030asa", "--by") == "\u00c5sa"


def test_half_a_character_is_refused_with_its_place_and_not_repeated() -> None:
    with pytest.raises(Refusal) as refused:
        words("Lisa \udce5", "--by")
    assert refused.value.code is NOT_UNICODE
    assert refused.value.values == {"place": "--by"}
