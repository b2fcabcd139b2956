from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from definitions.loading.loader import load_paths
from definitions.model.serialization import restored
from definitions.model.track import Start, Step, Track
from definitions.model.values import Length, plain

EXAMPLES = Path(__file__).parents[3] / "examples"
STEP = {"id": "vux", "type": "yrkesvux", "name": "Vux", "length": {"count": 2, "unit": "weeks"}, "starts": ["2026-09-21"]}


@pytest.mark.parametrize("one", load_paths([EXAMPLES]), ids=lambda one: Path(one.path).stem)
def test_what_the_readers_make_of_a_file_is_what_pydantic_takes(one: Any) -> None:
    assert restored(Track, one.track.meaning()) == replace(one.track, key_language="sv")


def test_a_value_comes_back_as_it_was_and_says_only_what_is_not_the_default() -> None:
    step = Step("vux", "yrkesvux", "Vux", length=Length(2, "weeks"), starts=(date(2026, 9, 21),))
    assert plain(step) == STEP
    assert restored(Step, STEP) == step
    assert plain(Start(date(2026, 9, 1), employers=("a",))) == {"date": "2026-09-01", "employers": ["a"]}


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({"lenght": 2}, id="an unknown key"),
        pytest.param({"id": "Vux!"}, id="an id of another form"),
        pytest.param({"type": "kurs"}, id="an unknown word"),
        pytest.param({"starts": ["2026-02-30"]}, id="no such day"),
        pytest.param({"length": {"count": "två", "unit": "weeks"}}, id="no number"),
        pytest.param({"name": None}, id="nothing where something must be"),
    ],
)
def test_what_comes_back_is_checked_whole(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        restored(Step, {**STEP, **wrong})


def test_a_value_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        Length(2, "weeks").count = 3  # type: ignore[misc]  # what is tried
