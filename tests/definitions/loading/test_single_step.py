"""A step more is read as a step of the track is, and what is wrong with it is found where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from definitions.loading.loader import load_text
from definitions.loading.single_step import load_step, load_step_file

if TYPE_CHECKING:
    from definitions.model.track import Track

TRACK = """
spår: t
namn: T
typ: förberedande spår
ägare: enheten
parter: [kommun]
uppgifter: {bil: ja/nej}
steg:
  - {id: ett, typ: insats, namn: Ett, längd: 1 vecka}
  - {id: två, typ: insats, namn: Två, längd: 1 vecka}
"""
_loaded = load_text(TRACK).track
assert _loaded is not None
track: Track = _loaded


@pytest.mark.parametrize(
    "text",
    [
        "{typ: insats, namn: Ny, längd: 2 veckor, efter: ett, om: bil}",
        "id: ny\ntype: insats\nname: Ny\nlength: 2 weeks\nafter: [ett]\nwhen: bil\n",
        "steg:\n  - id: ny\n    typ: insats\n    namn: Ny\n    längd: 2 veckor\n    efter: ett\n    om: bil\n",
    ],
)
def test_a_step_is_read_in_either_language_with_or_without_its_id_alone_or_as_in_a_track(text: str) -> None:
    found = load_step(text, "ny.yaml", track, "sv", "ny")
    assert found.diagnostics == ()
    assert found.step is not None
    step = found.step
    assert (step.id, step.name, str(step.length), step.after, step.when[0].rule) == ("ny", "Ny", "2 weeks", ("ett",), "bil")


@pytest.mark.parametrize(
    ("text", "findings"),
    [
        ("{typ: insats, namn: Ny, efter: et, om: båt}", [("JS120", 1, 32), ("JS206", 1, 40)]),
        ("typ: insats\nnamn: Ny\nlängt: 2 veckor\n", [("JS043", 3, 1)]),
        ("typ: insats\nnamn: Ny\nlängd: 2 vekor\n", [("JS038", 3, 8)]),
        ("{id: två, typ: insats, namn: Ny}", [("JS051", 1, 1)]),
        ("{typ: insats, namn: Ny, ansvarig: ingen}", [("JS112", 1, 35)]),
        ("{typ: insats, namn: Ny, om: ålder > 30}", [("JS109", 1, 29)]),
        ("{typ: insats, namn: Ny, efter: ny}", [("JS120", 1, 32)]),
        ("steg:\n  - {typ: insats, namn: Ny, ger: [båt]}\n", [("JS111", 2, 35)]),
        ("typ: [", [("JS025", 1, 6)]),
        ("- a", [("JS007", 1, 1)]),
    ],
)
def test_what_is_wrong_is_found_where_it_stands_and_gives_no_step(text: str, findings: list[tuple[str, int, int]]) -> None:
    found = load_step(text, "ny.yaml", track, "sv", "ny")
    assert [(one.code, one.span.line, one.span.col) for one in found.diagnostics] == findings
    assert {one.span.path for one in found.diagnostics} == {"ny.yaml"}
    assert found.step is None


def test_what_was_wrong_with_the_track_before_is_no_finding_of_the_step() -> None:
    warned = load_text(TRACK.replace("{bil: ja/nej}", "{bil: ja/nej, diagnos_satt: ja/nej}"))
    assert warned.track is not None
    assert [one.code for one in warned.diagnostics] == ["JS142"]
    assert load_step("{typ: insats, namn: Ny, längd: 1 vecka}", "ny.yaml", warned.track, "sv", "ny").diagnostics == ()


def test_a_file_that_is_no_text_is_a_finding_too(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("d") / "ny.yaml"
    path.write_bytes("{typ: insats, namn: Överskott}".encode("latin-1"))
    found = load_step_file(path, track, "sv", "ny")
    assert [one.code for one in found.diagnostics] == ["JS004"]
    path.write_text("{typ: insats, namn: Överskott}", encoding="utf-8")
    assert load_step_file(path, track, "sv", "ny").step is not None
