"""Days and instants that cannot be, in every place that takes one: refused, and nothing is left."""

from __future__ import annotations

import shlex
from datetime import date
from typing import Final

import pytest

from commands.app.near_day import near_day
from tests.commands.app.test_cli_names import left, space  # noqa: F401 - a fixture
from tests.commands.workspace import Workspace

# Lines with a place for a day, which is right but for the day.
RECORDING: Final = """
enrol dit N1 --on {}
correct A2 {reported} --on {}
deviate A1 vux hoppa_över --reason annat --on {}
deviate A1 ny lägg_till "1 vecka" --name Ny --reason annat --on {}
assign A1 handläggare Lisa --on {}
start dit {} bekräfta
start dit 2026-10-05 skjut_upp --to {}
start dit 2026-10-05 bekräfta --on {}
employer dit maltid drar_sig_ur --on {}
employer dit maltid rapportera --step möte --result klar --start {}
pause A1 --reason sjukdom --back {}
move Q1 {}
offer kö --on {}
offer Q1 --on {}
"""
ASKING: Final = """
tracks --as-of {}
status A1 --as-of {}
status dit --as-of {}
worklist --as-of {}
caseload --as-of {}
history A1 --as-of {}
why A1 --as-of {}
queue dit --as-of {}
outcomes dit --as-of {}
report dit --json --as-of {}
export --as-of {}
graph dit --as-of {}
start dit --as-of {}
employer dit --as-of {}
"""
CLOCK: Final = """
advance --engine local --at {}
state A1 --fact poäng=3 --at {}
status A1 --at {}
status A1 --known-at {}
export --known-at {}
"""
NO_DAYS: Final = ("2026-02-30", "2026-13-01", "26-09-01", "0026-09-01", "9999-12-31", "igår", "20260901", "2026-9-1", "2026-W36")
MONTHS: Final = ("2026-13", "26-01", "0026-01", "2099-01", "1899-01", "2026-09-01", "maj 1998")


@pytest.mark.parametrize("line", [*RECORDING.strip().splitlines(), *ASKING.strip().splitlines(), *CLOCK.strip().splitlines()])
def test_a_day_that_cannot_be_is_refused_and_leaves_nothing(space: Workspace, line: str) -> None:  # noqa: F811
    reported = next(str(row["seq"]) for row in space.ok("history", "A2", "--json").json if row["kind"] == "reported")
    before = left(space)
    ahead = () if line in CLOCK else ("2026-11-30",) if line in ASKING else ()
    for day in (*NO_DAYS, *ahead):
        said = space(*shlex.split(line.format(day, reported=reported)))
        assert (said.code, said.out) == (2, ""), day
        assert left(space) == before, day


@pytest.mark.parametrize("month", MONTHS)
def test_a_month_of_birth_that_cannot_be_is_refused(space: Workspace, month: str) -> None:  # noqa: F811
    before = left(space)
    assert space("enrol", "dit", "N1", "--born", month).code == 2
    assert left(space) == before


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("3 oktober", "Menade du 2026-10-03?"),
        ("Oct 3rd", "Menade du 2026-10-03?"),
        ("3/10", "Menade du 2026-10-03?"),
        ("20260901", "Menade du 2026-09-01?"),
        ("26-9-1", "Menade du 2026-09-01?"),
        ("2 jan", "Menade du 2027-01-02?"),
        ("igår", "Menade du 2026-11-01?"),
        ("i morgon", "Menade du 2026-11-03?"),
        ("2026-13-01", "Det finns ingen månad 13."),
        ("2026-09-31", "Det finns ingen 31 september; månaden har 30 dagar."),
        ("3 foo", ""),
    ],
)
def test_a_day_as_people_say_it_is_offered_back_and_never_taken(typed: str, told: str) -> None:
    assert near_day(typed, date(2026, 11, 2), "sv") == told


def test_an_error_of_a_day_ends_with_the_day_that_was_perhaps_meant(space: Workspace) -> None:  # noqa: F811
    today = space.ok("history", "A1", "--json").json[-1]["recorded"][:10]
    said = space("pause", "A1", "--reason", "sjukdom", "--on", "idag", "--at", today)
    assert (said.code, said.err.rstrip().endswith(f"Menade du {today}?")) == (2, True)
