from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from definitions.loading.loader import load_paths
from definitions.model.serialization import NotRestorable, restore
from definitions.model.stored_track import parse_stored_track
from definitions.model.track import Start, Step, Track
from definitions.model.values import Length, plain

EXAMPLES = Path(__file__).parents[3] / "examples"
STEP = {"id": "vux", "type": "yrkesvux", "name": "Vux", "length": {"count": 2, "unit": "weeks"}, "starts": ["2026-09-21"]}


@pytest.mark.parametrize("one", load_paths([EXAMPLES]), ids=lambda one: Path(one.path).stem)
def test_what_the_readers_make_of_a_file_is_what_pydantic_takes(one: Any) -> None:
    track = replace(one.track, key_language="sv")
    assert parse_stored_track(json.dumps(one.track.meaning())) == track
    assert restore(Track, one.track.meaning()) == track


def test_a_value_comes_back_as_it_was_and_says_only_what_is_not_the_default() -> None:
    step = Step("vux", "yrkesvux", "Vux", length=Length(2, "weeks"), starts=(date(2026, 9, 21),))
    assert plain(step) == STEP
    assert restore(Step, STEP) == step
    assert plain(Start(date(2026, 9, 1), employers=("a",))) == {"date": "2026-09-01", "employers": ["a"]}


@pytest.mark.parametrize(
    ("wrong", "place"),
    [
        pytest.param({"lenght": 2}, "lenght", id="an unknown key"),
        pytest.param({"id": "Vux!"}, "id", id="an id of another form"),
        pytest.param({"type": "kurs"}, "type", id="an unknown word"),
        pytest.param({"starts": ["2026-02-30"]}, "starts.0", id="no such day"),
        pytest.param({"length": {"count": "två", "unit": "weeks"}}, "length.count", id="no number"),
        pytest.param({"length": {"unit": "weeks", "count": True}}, "length.count", id="yes where a number must be"),
        pytest.param({"length": {"unit": "weeks"}}, "length.count", id="a part missing"),
        pytest.param({"on_result": {"klar": {"kind": "stop"}}}, "on_result.klar.kind", id="an unknown word deep within"),
        pytest.param({"name": None}, "name", id="nothing where something must be"),
        pytest.param({"name": 1, "phases": "a"}, "name, phases", id="two things"),
    ],
)
def test_what_comes_back_is_checked_whole(wrong: dict[str, Any], place: str) -> None:
    with pytest.raises(NotRestorable) as found:
        restore(Step, {**STEP, **wrong})
    assert str(found.value) == place


@pytest.mark.parametrize("wrong", [{"lenght": 2}, {"id": "Vux!"}, {"type": "kurs"}, {"starts": ["2026-02-30"]}, {"name": None}])
def test_a_stored_track_is_checked_whole_too(wrong: dict[str, Any]) -> None:
    text = json.dumps({"track": "x", "name": "X", "type": "jobbspår", "steps": [{**STEP, **wrong}]})
    with pytest.raises(ValidationError):
        parse_stored_track(text)


@pytest.mark.parametrize("written", [None, [], "vux", 3])
def test_what_is_no_value_at_all_is_refused(written: object) -> None:
    with pytest.raises(NotRestorable):
        restore(Step, written)


def test_a_value_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        Length(2, "weeks").count = 3  # type: ignore[misc]  # what is tried
