"""`status` names what staff need next: ids of steps, what became of her, and what waits to be told of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.commands.workspace import workspace

if TYPE_CHECKING:
    from pathlib import Path

TRACK = """
spår: bygg
namn: Bygg
typ: jobbspår
ägare: enheten
parter: [kommun]
arbetsgivare:
  - {id: norrbygg, namn: Norrbygg AB, avtal: {typ: avsiktsförklaring, undertecknat: 2026-06-01}}
  - {id: betong, namn: Betong AB, avtal: {typ: avsiktsförklaring, undertecknat: 2026-06-01}}
uppföljning: [avslut, 3 månader]
steg:
  - {id: karta, typ: kartläggning, namn: Första mötet, längd: 2 veckor}
  - {id: jobbstöd, typ: stöd, namn: Stöd på jobbet, från: slut på karta, till: 3 månader efter anställning, kontakt_var: 2 veckor}
  - {id: praktik, typ: praktik, namn: Praktik, längd: 4 veckor}
"""


def test_status_names_the_step_by_the_id_that_commands_want(tmp_path: Path) -> None:
    space = workspace(tmp_path / "w", TRACK)
    space.ok("enrol", "bygg", "A1", "--at", "2026-09-01", "--advance")
    assert "Pågår: Första mötet (karta) sedan 2026-09-01" in space.ok("status", "A1", "--at", "2026-09-02").out
    space.ok("advance", "--engine", "local", "--at", "2026-09-20")
    assert "Första mötet (karta)" in next(line for line in space.ok("status", "A1").out.splitlines() if "Att göra" in line)


def test_after_exit_support_waits_for_the_outcome_and_the_hire_is_told(tmp_path: Path) -> None:
    space = workspace(tmp_path / "w", TRACK)
    space.ok("enrol", "bygg", "A1", "--at", "2026-09-01", "--advance")
    space.ok("record", "A1", "karta", "klar", "--at", "2026-09-08", "--advance")
    space.ok("place", "A1", "praktik", "norrbygg", "--advance")
    said = space.ok("status", "A1").out
    assert "Pågår: Stöd på jobbet (jobbstöd)" in said
    assert "Utfall" not in said
    space.ok("record", "A1", "praktik", "klar", "--at", "2026-10-06", "--advance")
    said, (row,) = space.ok("status", "A1").out, space.ok("status", "A1", "--json").json
    assert "Väntar på utfall: Stöd på jobbet (jobbstöd)" in said
    assert "Pågår" not in said
    assert (row["outcome"], [step["waits"] for step in row["steps"]]) == (None, [True])
    why = space.ok("why", "A1").out
    assert "fortsätter bara vid anställning, och inget utfall är känt" in why
    assert "jobbspar outcome A1/1 UTFALL" in why
    space.ok("outcome", "A1", "arbete", "--employer", "Norrbygg AB", "--on", "2026-10-06", "--advance")
    said, (row,) = space.ok("status", "A1").out, space.ok("status", "A1", "--json").json
    assert "Pågår: Stöd på jobbet (jobbstöd)" in said
    assert "Utfall: arbete hos Norrbygg AB, från 2026-10-06" in said
    assert row["outcome"] == {"what": "work", "since": "2026-10-06", "employer": "norrbygg"}


def test_a_second_choice_is_told_beside_the_first(tmp_path: Path) -> None:
    space = workspace(tmp_path / "w", TRACK)
    space.ok("enrol", "bygg", "A1", "--at", "2026-09-01", "--advance")
    assert "har också valt ut" not in space.ok("select", "A1", "norrbygg").err
    assert "Norrbygg AB har också valt ut A1" in space.ok("select", "A1", "betong").err
    space.ok("record", "A1", "karta", "klar", "--advance")
    (reason,) = [one for one in space.ok("why", "A1", "--json").json[0]["reasons"] if one["code"] == "placement"]
    assert reason["values"]["employers"] == ["norrbygg", "betong"]


TWO_VERSIONS = """
spår: byter
namn: Byter
typ: förberedande spår
ägare: ame
parter: [kommun]
steg: [{id: STEG, typ: insats, namn: Grunden, längd: 8 veckor}]
uppföljning: [avslut, 1 månad]
"""


def test_people_in_a_step_that_only_an_earlier_version_has_are_counted_there_under_its_name(tmp_path: Path) -> None:
    space = workspace(tmp_path / "w", TWO_VERSIONS.replace("STEG", "gammal"))
    space.ok("enrol", "byter", "P1", "--at", "2026-09-01", "--advance")
    space.ok("apply", space.file("ny.yaml", TWO_VERSIONS.replace("STEG", "ny").replace("Grunden", "Nya grunden")), "--at", "2026-09-02")
    space.ok("enrol", "byter", "P2", "--advance")
    (told,) = [space.ok("status", "byter", "--json").json["steps"]]
    assert {one["name"]: one["people"] for one in told} == {"Grunden": 1, "Nya grunden": 1}
    rows = space.ok("report", "byter", "--limit", "0", "--json").json["steps"]
    assert [(row["name"], row["now"], row["earlier"]) for row in rows] == [("Nya grunden", 1, False), ("Grunden", 1, True)]
    assert "Grunden (i en tidigare version av spåret)" in space.ok("report", "byter", "--limit", "0", "--html", "-").out


def test_an_outcome_that_a_follow_up_only_confirms_keeps_its_day_and_its_employer(tmp_path: Path) -> None:
    space = workspace(tmp_path / "w", TWO_VERSIONS.replace("STEG", "a"))
    space.ok("enrol", "byter", "P1", "--at", "2026-09-01", "--advance")
    line = ("close", "P1", "--reason", "fått_arbete", "--outcome", "arbete", "--employer", "Coop", "--at", "2026-09-15", "--advance")
    space.ok(*line)
    space.ok("follow-up", "P1", "1 månad", "--outcome", "arbete", "--at", "2026-10-20", "--advance")
    assert "Utfall: arbete hos Coop, från 2026-09-15" in space.ok("status", "P1").out


def test_whom_an_employer_selected_is_said_to_be_so_until_she_is_placed(tmp_path: Path) -> None:
    space = workspace(tmp_path / "w", TRACK)
    space.ok("enrol", "bygg", "A1", "--at", "2026-09-01", "--advance")
    said = "Utvald av Norrbygg AB; nästa placering ska vara där"
    assert said not in space.ok("status", "A1").out + space.ok("why", "A1").out
    space.ok("select", "A1", "norrbygg", "--at", "2026-09-02", "--advance")
    assert (said in space.ok("status", "A1").out, said in space.ok("why", "A1").out) == (True, True)
    space.ok("record", "A1", "karta", "klar", "--at", "2026-09-08", "--advance")
    space.ok("place", "A1", "praktik", "norrbygg", "--advance")
    assert said not in space.ok("status", "A1").out + space.ok("why", "A1").out
