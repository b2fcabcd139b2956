"""The log takes no text that went round the door for texts: a wrong type for the checker, a fault of the program where it runs."""

from __future__ import annotations

from datetime import date

import pytest

from definitions.model.words import is_name, parse_name
from tracks.events.fold import Progress
from tracks.events.hash_chain import append
from tracks.events.kinds.facts import Assigned, Corrected, Placed, Stated
from tracks.events.kinds.table import KINDS
from tracks.events.snapshots import Enrolment

NUMBER = "19790213-7194"
BAD = {"a number": f"Eva {NUMBER}", "a terminal code": "Eva\x1b[31m", "half a character": "Eva \udce5", "turned letters": "Eva\u202e"}
# What is said; `applied` alone is made by the program.
SAID = [kind for kind in KINDS.values() if kind.is_fact and kind.name != "applied"]
TEXTS = [(kind.name, name) for kind in SAID for name, form in kind.data.forms.items() if form.json is str]
NAMED = [("assigned", "person"), ("disclosed", "to"), *((kind.name, "employer") for kind in KINDS.values() if "employer" in kind.takes)]


def test_a_name_of_another_making_is_an_error_of_types() -> None:
    # The type checker reads the tests too, and an error that it is told to overlook must be one.
    Assigned(role="coach", person="Lisa")  # type: ignore[arg-type]
    Placed(employer="Bygg AB")  # type: ignore[arg-type]
    Placed(employer=parse_name("Bygg AB", "employer"))


@pytest.mark.parametrize("text", BAD.values(), ids=BAD)
@pytest.mark.parametrize(("kind", "field"), TEXTS)
def test_no_text_of_a_fact_goes_round_the_door(kind: str, field: str, text: str) -> None:
    data = KINDS[kind].data
    whole = {name: "Lisa" if form.fits is is_name else form.json() for name, form in data.forms.items() if name in data.needed}
    assert data.misfit({**whole, field: text}) == field


@pytest.mark.parametrize(("kind", "field"), NAMED)
@pytest.mark.parametrize("text", ["", " Lisa", "x" * 65, "Eva\n  Exit: completed"], ids=ascii)
def test_no_name_goes_round_its_bounds(kind: str, field: str, text: str) -> None:
    data = KINDS[kind].data
    whole = {name: "Lisa" if form.fits is is_name else form.json() for name, form in data.forms.items() if name in data.needed}
    assert data.misfit({**whole, field: text}) == field
    assert data.misfit({**whole, field: "Lisa Ek"}) != field


def sealed(draft: object, *, actor: str = "Lisa", key: str | None = None) -> None:
    one = Enrolment("A1/1", "A1", "t", Progress())
    append(one, [draft], actor=actor, recorded="2026-09-01T00:00:00.000000Z", version=1, track_hash=None, key=key)  # type: ignore[list-item]
    assert one.seq == 1


def test_nothing_that_is_deep_in_the_data_is_overlooked() -> None:
    day = date(2026, 9, 1)
    sealed(Stated(facts={"points": 12, "city": "Umeå"}).draft(day))
    sealed(Corrected(of=1, data={"answers": {"employer": "Bygg AB"}, "note": "0123456789" * 6 + "abcd"}).draft(day))
    for deep in ({"points": 197902137194}, {"city": NUMBER}, {NUMBER: True}, {"a": [{"b": NUMBER}]}):
        for draft in (Stated(facts=deep).draft(day), Corrected(of=1, data={"facts": deep}).draft(day)):
            with pytest.raises(TypeError) as fault:
                sealed(draft)
            assert "7194" not in str(fault.value)


@pytest.mark.parametrize(
    "wrong", [{"actor": f"Lisa {NUMBER}"}, {"actor": "Lisa\n"}, {"actor": "x" * 65}, {"key": NUMBER}, {"key": "a\x07"}]
)
def test_neither_an_actor_nor_a_key_goes_round_the_door(wrong: dict[str, str]) -> None:
    draft = Stated(facts={}).draft(date(2026, 9, 1))
    sealed(draft, key="12e0f3a4-5678-4abc-9def-010203040506")
    with pytest.raises(TypeError) as fault:
        sealed(draft, **wrong)
    assert "7194" not in str(fault.value)
