from __future__ import annotations

from csv import DictReader
from io import StringIO
from typing import TYPE_CHECKING

import pytest

from tests.commands.workspace import workspace

if TYPE_CHECKING:
    from pathlib import Path

    from tests.commands.workspace import Workspace

CHANGED = """
spår: byte
namn: Byte
typ: jobbspår
ägare: enheten
parter: [kommun]
arbetsgivare:
  - {id: sol, namn: Sol AB, avtal: {undertecknat: 2026-01-01}}
  - {id: mane, namn: Måne AB, avtal: {undertecknat: 2026-01-01}}
steg:
  - {id: plats, typ: praktik, namn: Praktik, längd: 20 veckor}
"""


def test_after_a_change_of_employer_status_says_where_she_is_and_each_employer_has_its_days(tmp_path: Path) -> None:
    space = workspace(tmp_path, CHANGED)
    space.ok("enrol", "byte", "X1", "--at", "2026-08-10", "--advance")
    space.ok("place", "X1", "plats", "sol", "--at", "2026-08-10", "--advance")
    space.ok("place", "X1", "plats", "mane", "--at", "2026-09-14", "--advance")
    assert "Hos Måne AB sedan 2026-09-14" in space.ok("status", "X1").out
    (step,) = space.ok("status", "X1", "--json").json[0]["steps"]
    # The time of the step goes on through the change.
    assert (step["since"], step["employer"], step["placed"]) == ("2026-08-10", "mane", "2026-09-14")
    assert "Hos Sol AB sedan 2026-08-10" in space.ok("status", "X1", "--as-of", "2026-09-01").out
    assert "2026-09-14" in space.ok("employer", "byte", "mane").out


def test_each_employer_has_its_own_days_and_exports_say_where_she_is_and_until_when(tmp_path: Path) -> None:
    space = workspace(tmp_path, CHANGED)
    space.ok("enrol", "byte", "X1", "--at", "2026-08-10", "--advance")
    space.ok("place", "X1", "plats", "sol", "--at", "2026-08-10", "--advance")
    space.ok("place", "X1", "plats", "mane", "--at", "2026-09-14", "--advance")
    assert people(space, "sol") == [("was", "2026-08-10", "2026-09-14")]
    assert people(space, "mane") == [("placed", "2026-09-14", None), ("there", "2026-09-14", "2026-12-28")]
    (row,) = DictReader(StringIO(space.ok("export", "byte").out))
    assert (row["arbetsgivare"], row["hos arbetsgivaren sedan"], row["till enligt plan"]) == ("mane", "2026-09-14", "2026-12-28")
    space.ok("record", "X1", "plats", "avbruten", "--at", "2026-10-01", "--advance")
    spells = DictReader(StringIO(space("export", "byte", "--what", "placements", lang="en").out))
    assert [(one["employer"], one["since"], one["until"]) for one in spells] == [
        ("sol", "2026-08-10", "2026-09-14"), ("mane", "2026-09-14", "2026-10-01"),
    ]  # fmt: skip
    assert people(space, "mane") == [("was", "2026-09-14", "2026-10-01")]


def test_the_queue_says_of_a_place_at_an_employer_the_day_since_which_she_is_there(tmp_path: Path) -> None:
    space = workspace(tmp_path, CHANGED.replace("längd: 20 veckor}", "längd: 20 veckor, platser: {sol: 1, mane: 1}}"))
    space.ok("enrol", "byte", "X1", "--at", "2026-08-10", "--advance")
    space.ok("place", "X1", "plats", "sol", "--at", "2026-08-10", "--advance")
    assert [row["since"] for row in space.ok("queue", "byte", "--json").json if row["resource"] == "step:plats:sol"] == ["2026-08-10"]
    space.ok("place", "X1", "plats", "mane", "--at", "2026-09-14", "--advance")
    assert [row["since"] for row in space.ok("queue", "byte", "--json").json if row["resource"] == "step:plats:mane"] == ["2026-09-14"]


def people(space: Workspace, employer: str) -> list[tuple[str, str, str | None]]:
    return [(one["what"], one["since"], one["until"]) for one in space.ok("employer", "byte", employer, "--json").json]


def test_the_only_employer_of_a_step_is_where_she_is_though_nobody_placed_her(tmp_path: Path) -> None:
    space = workspace(tmp_path, CHANGED.replace("  - {id: mane, namn: Måne AB, avtal: {undertecknat: 2026-01-01}}\n", ""))
    space.ok("enrol", "byte", "X1", "--at", "2026-08-10", "--advance")
    assert "Hos Sol AB sedan 2026-08-10" in space.ok("status", "X1").out


def test_who_waits_for_an_employers_choice_stands_in_the_queue_the_longest_first(tmp_path: Path) -> None:
    space = workspace(tmp_path, CHANGED.replace("längd: 20 veckor}", "längd: 20 veckor, kräver: utvald}"))
    for ref, day in (("X2", "2026-08-10"), ("X1", "2026-08-17")):
        space.ok("enrol", "byte", ref, "--at", day, "--advance")
    queue = space.ok("queue", "byte", "--json").json
    assert [(row["place"], row["ref"], row["resource"], row["since"]) for row in queue] == [
        (1, "X2", "selected", "2026-08-10"), (2, "X1", "selected", "2026-08-17"),
    ]  # fmt: skip
    assert "jobbspar select X2/1 sol" in space.ok("why", "X2").out
    space.ok("select", "X2", "sol", "--advance")
    assert [row["ref"] for row in space.ok("queue", "byte", "--json").json] == ["X1"]


def test_who_waits_for_a_choice_to_come_in_stands_there_too(tmp_path: Path) -> None:
    space = workspace(tmp_path, CHANGED.replace("steg:", "målgrupp: {krav: [utvald]}\nsteg:"))
    space.ok("enrol", "byte", "X1", "--at", "2026-08-10", "--advance")
    assert [(row["ref"], row["resource"]) for row in space.ok("queue", "byte", "--json").json] == [("X1", "selected")]
    assert "jobbspar select X1/1 sol" in space.ok("why", "X1").out


def test_an_employer_that_was_kept_from_the_step_before_keeps_its_days_after_a_change(tmp_path: Path) -> None:
    space = workspace(tmp_path, CHANGED + "  - {id: jobb, typ: förberedande anställning, längd: 20 veckor}\n")
    space.ok("enrol", "byte", "X1", "--at", "2026-08-10", "--advance")
    space.ok("place", "X1", "plats", "sol", "--at", "2026-08-10", "--advance")
    space.ok("record", "X1", "plats", "klar", "--at", "2026-08-24", "--advance")
    space.ok("place", "X1", "jobb", "mane", "--at", "2026-09-14", "--advance")
    assert people(space, "sol") == [("was", "2026-08-10", "2026-08-24"), ("was", "2026-08-24", "2026-09-14")]


def test_an_employers_own_choice_is_the_only_place_to_go_until_she_has_been_there(tmp_path: Path) -> None:
    space = workspace(tmp_path, CHANGED)
    space.ok("enrol", "byte", "X1", "--at", "2026-08-10", "--advance")
    assert waits(space) == (["sol", "mane"], ["jobbspar place X1/1 plats sol", "jobbspar place X1/1 plats mane"])
    space.ok("select", "X1", "mane", "--advance")
    assert waits(space) == (["mane"], ["jobbspar place X1/1 plats mane"])
    (row,) = space.ok("worklist", "--json").json
    assert (row["type"], row["or"]) == ("jobbspar place X1 plats mane", [])
    space.ok("place", "X1", "plats", "mane", "--advance")
    space.ok("record", "X1", "plats", "avbruten", "--at", "2026-08-12", "--advance")
    assert "jobbspar place X1/1 plats sol" in space.ok("why", "X1").out


def waits(space: Workspace) -> tuple[list[str], list[str]]:
    """Where X1 may be placed, and the lines that do it."""
    (values,) = [one["values"] for one in space.ok("why", "X1", "--json").json[0]["reasons"] if one["code"] == "placement"]
    return values["employers"], values["commands"]


def test_an_employer_whose_requirement_is_known_not_to_be_met_is_no_possible_one(tmp_path: Path) -> None:
    asks = CHANGED.replace("steg:", "uppgifter: {kort: ja/nej}\nsteg:").replace("AB, avtal", "AB, kräver: [kort], avtal", 1)
    space = workspace(tmp_path, asks)
    space.ok("enrol", "byte", "X1", "--at", "2026-08-10", "--advance")
    assert waits(space)[0] == ["sol", "mane"]
    space.ok("state", "X1", "--fact", "kort=nej", "--advance")
    assert waits(space)[0] == ["mane"]
    space.ok("state", "X1", "--fact", "kort=ja", "--advance")
    assert waits(space)[0] == ["sol", "mane"]


TRAINING = """
  - id: handledare
    typ: insats
    namn: Handledarutbildning
    gäller: arbetsgivare
    från: antagning
    till: avslut
    längd: 2 dagar
"""
TRAINED = CHANGED.replace("steg:\n", f"steg:{TRAINING}")
COURSES = """\
  - {id: grund, typ: insats, namn: Grund, längd: 2 veckor}
  - {id: kurs, typ: insats, namn: Kurs, längd: 2 veckor, efter: [grund, handledare]}
"""


@pytest.mark.parametrize("asks", ["efter: [handledare]", "kräver: resultat(handledare) = klar"])
def test_who_waits_for_the_training_of_an_employer_nobody_named_waits_for_a_placement(tmp_path: Path, asks: str) -> None:
    space = workspace(tmp_path, TRAINED.replace("längd: 20 veckor", f"längd: 20 veckor, {asks}"))
    space.ok("enrol", "byte", "X1", "--at", "2026-08-10", "--advance")
    for employer in ("sol", "mane"):
        space.ok("employer", "byte", employer, "report", "--result", "klar", "--step", "handledare", "--advance")
    for said in (space.ok("why", "X1").out, space.ok("why", "X1", "plats").out):
        assert "”Praktik” väntar på en placering; möjliga: Sol AB, Måne AB" in said
        assert "jobbspar place X1/1 plats sol" in said
        assert "avslutas" not in said


def test_what_follows_a_training_before_the_step_that_is_placed_waits_for_the_placement_too(tmp_path: Path) -> None:
    space = workspace(tmp_path, TRAINED.replace("  - {id: plats", COURSES + "  - {id: plats"))
    space.ok("enrol", "byte", "X1", "--at", "2026-08-10", "--advance")
    assert "”Kurs” väntar på att detta avslutas: ”Grund”." in space.ok("why", "X1", "kurs").out
    space.ok("record", "X1", "grund", "klar", "--advance")
    assert "”Praktik” väntar på en placering" in space.ok("why", "X1", "kurs").out
    space.ok("place", "X1", "plats", "sol", "--advance")
    assert "”Kurs” väntar på att detta avslutas: ”Handledarutbildning”." in space.ok("why", "X1", "kurs").out


KEPT = """
spår: behåller
namn: Behåller
typ: jobbspår
ägare: enheten
parter: [kommun]
arbetsgivare:
  - {id: sol, namn: Sol AB, avtal: {undertecknat: 2026-01-01}}
  - {id: mane, namn: Måne AB, avtal: {undertecknat: 2026-01-01}}
steg:
  - {id: plats, typ: praktik, namn: Praktik, längd: 8 veckor, vid_resultat: {ej_klar: {gör_om: 1, längd: 4 veckor}}}
  - {id: prov, typ: förberedande anställning, namn: Prov, längd: 8 veckor}
"""


def told_there(space: Workspace, ref: str) -> list[tuple[str | None, str | None]]:
    """Where she is and since when: as status says it, its JSON, the export of stands, that of placements, and the employer."""
    track = space.ok("status", ref, "--json").json[0]["track"]
    line = next((line.split() for line in space.ok("status", ref).out.splitlines() if line.startswith("    Hos ")), None)
    (step,) = space.ok("status", ref, "--json").json[0]["steps"]
    row = next(row for row in DictReader(StringIO(space("export", track, lang="en").out)) if row["ref"] == ref)
    spells = DictReader(StringIO(space("export", track, "--what", "placements", lang="en").out))
    spell = next((one for one in spells if one["ref"] == ref and not one["until"]), None)
    there = [
        ("mane" if "mane" in name else "sol", one["since"])
        for name in ("sol", "mane")
        for one in space.ok("employer", track, name, "--json").json
        if (one["ref"], one["what"]) == (ref, "there")
    ]
    return [
        ({"Sol": "sol", "Måne": "mane"}[line[1]], line[-1]) if line else (None, None),
        (step["employer"], step["placed"]),
        (row["employer"] or None, row["employer_since"] or None),
        (spell["employer"], spell["since"]) if spell else (None, None),
        there[0] if there else (None, None),
    ]


def test_one_kept_from_an_earlier_step_or_run_is_with_her_employer_in_every_answer(tmp_path: Path) -> None:
    space = workspace(tmp_path, KEPT)
    space.ok("enrol", "behåller", "X1", "--at", "2026-08-10", "--advance")
    space.ok("place", "X1", "plats", "sol", "--advance")
    assert told_there(space, "X1") == [("sol", "2026-08-10")] * 5
    space.ok("record", "X1", "plats", "ej_klar", "--at", "2026-09-07", "--advance")
    assert told_there(space, "X1") == [("sol", "2026-09-07")] * 5
    space.ok("record", "X1", "plats", "klar", "--at", "2026-10-05", "--advance")
    assert told_there(space, "X1") == [("sol", "2026-10-05")] * 5
    assert "Hos Sol AB sedan 2026-09-07" in space.ok("status", "X1", "--as-of", "2026-09-10").out
    space.ok("place", "X1", "prov", "sol", "--at", "2026-10-12", "--advance")
    assert told_there(space, "X1") == [("sol", "2026-10-05")] * 5, "nothing changed by saying where she is already"
    space.ok("place", "X1", "prov", "mane", "--at", "2026-10-19", "--advance")
    assert told_there(space, "X1") == [("mane", "2026-10-19")] * 5


def test_one_who_had_to_wait_for_a_place_is_there_from_the_day_the_step_began_in_every_answer(tmp_path: Path) -> None:
    space = workspace(tmp_path, CHANGED.replace("längd: 20 veckor}", "längd: 20 veckor, platser: {sol: 1, mane: 1}}"))
    for ref in ("X1", "X2"):
        space.ok("enrol", "byte", ref, "--at", "2026-08-10", "--advance")
        space.ok("place", ref, "plats", "sol", "--advance")
    space.ok("record", "X1", "plats", "klar", "--at", "2026-09-14", "--advance")
    assert told_there(space, "X2") == [("sol", "2026-09-14")] * 5


def test_one_who_was_with_the_only_employer_was_there_though_it_left_the_track_since(tmp_path: Path) -> None:
    space = workspace(tmp_path, CHANGED.replace("  - {id: mane, namn: Måne AB, avtal: {undertecknat: 2026-01-01}}\n", ""))
    space.ok("enrol", "byte", "X1", "--at", "2026-08-10", "--advance")
    space.ok("record", "X1", "plats", "klar", "--at", "2026-09-14", "--advance")
    space.ok("employer", "byte", "sol", "withdraw", "--at", "2026-09-21", "--advance")
    assert people(space, "sol") == [("was", "2026-08-10", "2026-09-14")]


def test_the_end_of_a_placement_is_headed_as_the_day_it_ended_and_only_a_plan_as_a_plan(tmp_path: Path) -> None:
    space = workspace(tmp_path, CHANGED)
    assert space.ok("export", "byte", "--what", "placements").out.strip().endswith("arbetsgivare,sedan,till")
    assert space.ok("export", "byte").out.strip().endswith("hos arbetsgivaren sedan,till enligt plan")
    assert space("export", "byte", "--what", "placements", lang="en").out.strip().endswith("employer,since,until")


def test_more_people_than_places_are_told_by_the_names_of_the_step_and_the_employer(tmp_path: Path) -> None:
    space = workspace(tmp_path, CHANGED.replace("längd: 20 veckor}", "längd: 20 veckor, platser: {sol: 1, mane: 1}}"))
    for ref in ("X1", "X2"):
        space.ok("enrol", "byte", ref, "--at", "2026-08-10", "--advance")
        space.ok("place", ref, "plats", "sol", "--advance")
    space.ok("place", "X2", "plats", "mane", "--at", "2026-08-11", "--advance")
    space.ok("correct", "X2", "4", "--withdraw", "--advance")
    assert "Fler än platserna räcker till: Praktik hos Sol AB" in space.ok("worklist").out
    assert "More than there are places for: Praktik at Sol AB" in space("worklist", lang="en").out
    assert "sol" not in space.ok("worklist").out.replace("Sol AB", "")


def test_a_correction_of_a_placement_tells_who_moves_where_and_what_becomes_too_full(tmp_path: Path) -> None:
    space = workspace(tmp_path, CHANGED.replace("längd: 20 veckor}", "längd: 20 veckor, platser: {sol: 1, mane: 1}}"))
    for ref in ("X1", "X2"):
        space.ok("enrol", "byte", ref, "--at", "2026-08-10", "--advance")
        space.ok("place", ref, "plats", "sol", "--advance")
    space.ok("place", "X2", "plats", "mane", "--at", "2026-08-11", "--advance")
    dry = space.ok("correct", "X2", "4", "--withdraw", "--dry-run").out
    row = space.ok("correct", "X2", "4", "--withdraw", "--dry-run", "--json").json
    done = space.ok("correct", "X2", "4", "--withdraw").out
    for told in (dry, done):
        assert "Praktik: från Måne AB till Sol AB" in told
        assert "Fler än platserna räcker till vid nästa körning:\n    Praktik hos Sol AB" in told
    assert (row["moved"], row["overfull"]) == ([{"step": "plats", "was": "mane", "now": "sol"}], ["step:plats:sol"])
    assert "Det som följer avgörs vid nästa körning (`jobbspar advance`)" in done
    assert "Det som följer" not in dry
