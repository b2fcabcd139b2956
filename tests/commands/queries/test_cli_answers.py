from __future__ import annotations

import csv
import io
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.commands.workspace import QUEUED, Workspace, lived_in, workspace

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).parents[3]


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    return lived_in(tmp_path / "w")


def test_status_says_where_somebody_is_and_what_is_to_be_done(space: Workspace) -> None:
    said = space.ok("status", "B1").out
    assert "B1 på Alone (B1/1): pågår sedan 2026-09-01" in said
    assert "Pågår: Plan sedan 2026-09-03 (coach), till 2026-09-17 enligt plan\n  Avslut 2026-11-05 enligt plan\n" in said
    (row,) = space.ok("status", "B1", "--json").json
    assert set(row) == {
        "ref", "stream", "track", "track_name", "version", "status", "since", "admitted", "closed", "planned_exit", "steps", "todos", "due",
        "outcome", "pending", "behind_since", "recorded", "assigned", "protected",
    }  # fmt: skip
    assert "active since 2026-09-01" in space("status", "B1", lang="en").out


def test_status_of_a_track_counts_people_by_status_and_by_step(space: Workspace) -> None:
    found = space.ok("status", "kö", "--json").json
    assert (found["statuses"], found["people"], found["overdue"]) == ({"offered": 1, "referred": 1, "waiting": 1}, 3, 0)
    assert space.ok("status", "alone", "--json").json["steps"] == [{"id": "plan", "name": "Plan", "people": 1}]
    assert [row["track"] for row in space.ok("status", "--json").json] == ["alone", "kö"]
    assert "Kön (kö), version 1" in space.ok("status", "kö").out


def test_people_count_people_and_enrolments_count_enrolments(space: Workspace) -> None:
    space.ok("advance", "--engine", "local", "--at", "2026-09-08")
    space.ok("interrupt", "B1", "--reason", "annat")
    space.ok("enrol", "alone", "B1")
    for past in ((), ("--as-of", "2026-09-08")):
        found = space.ok("status", "alone", *past, "--json").json
        assert (found["people"], found["enrolments"], found["open"]) == (1, 2, 1)
    assert "1 person med 2 inskrivningar" in space.ok("status", "alone").out
    shown = space.ok("status", "alone", "--people").out
    assert [line.split()[0] for line in shown.splitlines() if line.startswith("B1")] == ["B1/1", "B1/2"]
    assert "A1 " in space.ok("queue", "kö").out
    assert "A1/" not in space.ok("queue", "kö").out
    for past in ((), ("--as-of", "2026-09-08")):
        assert [(row["people"], row["enrolments"]) for row in space.ok("tracks", *past, "--json").json] == [(1, 2), (3, 3)]


def test_status_tells_what_was_true_and_what_was_known(space: Workspace) -> None:
    assert space.ok("status", "A1", "--as-of", "2026-09-01", "--json").json[0]["status"] == "waiting"
    assert space.ok("status", "A1", "--known-at", "2026-09-07", "--json").json[0]["status"] == "waiting"
    assert space("status", "A1", "--known-at", "2026-08-31").code == 4
    assert space.ok("status", "kö", "--as-of", "2026-09-01", "--json").json["statuses"] == {"referred": 1, "waiting": 2}


def test_status_says_when_something_is_reported_and_when_the_engine_is_behind(space: Workspace) -> None:
    space.ok("record", "B1", "plan", "klar", "--fact", "car=no")
    assert "behandlas vid nästa körning" in space.ok("status", "B1").out
    assert space.ok("status", "B1", "--json").json[0]["pending"] is True
    assert "Motorn har inte körts sedan 2026-09-08" in space.ok("status", "B1", "--at", "2026-09-20").out


@pytest.mark.parametrize(
    ("args", "columns"),
    [
        (("status", "--csv"), ["track", "name", "open", "people", "enrolments", "statuses", "overdue"]),
        (("status", "kö", "--csv"), ["of", "id", "count"]),
        (("status", "A1", "--csv"), ["ref", "stream", "track", "version", "status", "since", "admitted", "closed", "due"]),
        (("tracks", "--csv"), ["track", "name", "version", "open", "people", "enrolments"]),
        (
            ("worklist", "--csv"),
            ["due", "overdue", "ref", "stream", "track", "kind", "step", "role", "since", "type", "or", "late", "number"],
        ),
        (("history", "A1", "--csv"), ["stream", "seq", "kind", "step", "attempt", "effective", "recorded", "actor", "stands", "data"]),
        (("queue", "kö", "--csv"), ["resource", "place", "ref", "stream", "state", "since", "compared", "decided"]),
        (
            ("outcomes", "kö", "--csv"),
            ["id", "namn", "definition", "räknas", "av antal", "okänt", "inte än", "bland", "blandkod", "mätdag", "nått"],
        ),
    ],
)
def test_tables_come_as_csv_with_stable_columns(space: Workspace, args: Sequence[str], columns: list[str]) -> None:
    first, *rows = list(csv.reader(io.StringIO(space.ok(*args).out)))
    assert first == columns
    assert rows
    assert {len(row) for row in rows} == {len(columns)}


def test_the_worklist_says_who_should_do_what_and_what_to_type(space: Workspace) -> None:
    found = {(row["ref"], row["kind"]): row for row in space.ok("worklist", "--json").json}
    assert [found["A1", "answer"][name] for name in ("type", "or")] == ["jobbspar accept A1", ["jobbspar decline A1"]]
    assert found["A1", "answer"]["due"] == "2026-09-15"
    assert found["A3", "fact:redo"]["type"] == "jobbspar state A3 --fact redo=ja/nej"
    assert {row["track"] for row in space.ok("worklist", "--track", "kö", "--json").json} == {"kö"}
    assert space.ok("worklist", "--role", "kommun", "--json").json == []
    assert [row["ref"] for row in space.ok("worklist", "--overdue", "--at", "2026-09-16", "--json").json] == ["A1"]
    nothing = space.ok("worklist", "--role", "kommun")
    assert "Inget finns att göra." in nothing.out
    assert "På andras listor: enheten (" in nothing.err


def test_history_tells_each_event_in_plain_words(space: Workspace) -> None:
    said = space.ok("history", "A1").out
    assert "2026-09-08 erbjuden plats (start 2026-10-05, svar senast 2026-09-15)" in said
    assert "satt i kraft" in space.ok("history", "kö").out
    space.ok("begin", "B1", "plan", "--on", "2026-09-02")
    assert "(gäller inte längre)" in space.ok("history", "B1").out or "Plan" in space.ok("history", "B1").out


def test_the_queue_shows_every_value_that_was_compared(space: Workspace) -> None:
    rows = {row["ref"]: row for row in space.ok("queue", "kö", "--json").json}
    assert (rows["A1"]["state"], rows["A1"]["place"]) == ("holding", None)
    assert (rows["A2"]["state"], rows["A2"]["place"]) == ("waiting", 1)
    assert [(one["by"], one["value"]) for one in rows["A2"]["compared"]] == [
        ("precedence", False), ("fact", 3), ("referral", "2026-09-01"),
    ]  # fmt: skip
    assert "företräde: nej; poäng: 3; anmäld 2026-09-01" in space.ok("queue", "kö").out


def test_who_did_not_answer_stands_in_the_queue_without_a_place_in_it(space: Workspace) -> None:
    space.ok("advance", "--at", "2026-09-17", "--engine", "local")
    (row,) = [row for row in space.ok("queue", "kö", "--json").json if row["ref"] == "A1"]
    assert (row["state"], row["place"], row["since"]) == ("unanswered", None, "2026-09-16")
    assert "ska tillfrågas" in space.ok("queue", "kö").out
    assert row in space.ok("queue", "kö", "--as-of", "2026-09-17", "--json").json


def test_a_restricted_fact_is_not_shown_in_the_queue(tmp_path: Path) -> None:
    space = workspace(tmp_path / "w", QUEUED.replace("poäng högst först", "hemlig högst först"))
    space.ok("enrol", "kö", "A1", "--fact", "redo=ja", "--fact", "hemlig=77", "--at", "2026-09-01", "--advance")
    for args in (("queue", "kö"), ("queue", "kö", "--json"), ("queue", "kö", "--csv")):
        assert "77" not in space.ok(*args).out


@pytest.mark.parametrize(
    ("ref", "step", "words"),
    [
        ("A1", None, "Erbjuden omgången 2026-10-05; svar väntas. Sedan 2026-09-08. Senast 2026-09-15."),
        ("A2", None, "Väntar i kön till omgången 2026-10-05: plats 1 av 1, lediga platser: 0. Jämfört: företräde: nej; poäng: 3; anmäld"),
        ("A3", None, "kravet för plats är uppfyllt: ”redo” är ja; det saknas: redo. Sedan 2026-09-01. Kan ändras av enheten."),
        ("B1", None, "”Plan” pågår. Sedan 2026-09-03. Senast 2026-09-17. Kan ändras av coach."),
        ("B1", "theory", "”Theory” väntar på att detta avslutas: ”Plan”."),
    ],
)
def test_why_says_what_is_waited_for_since_when_and_who_can_change_it(space: Workspace, ref: str, step: str | None, words: str) -> None:
    assert words in space.ok("why", ref, *([step] if step else [])).out


def test_why_follows_a_participant_through_what_she_waits_for(space: Workspace) -> None:
    space.ok("record", "B1", "plan", "klar", "--at", "2026-09-17", "--advance")
    said = space.ok("why", "B1").out
    assert "”Theory” väntar på en uppgift: car. Sedan 2026-09-17. Kan ändras av coach." in said
    space.ok("state", "B1", "--fact", "car=ja", "--advance")
    assert "”Match” väntar: kravet är att ”level” är känt, och det är inte uppfyllt." in space.ok("why", "B1").out
    assert "”Theory” hoppades över" in space.ok("why", "B1", "theory").out
    space.ok("pause", "B1", "--reason", "sjukdom", "--back", "2026-10-01")
    assert "I paus; inget startar, och tiderna väntar utom där uppehåll räknas." in space.ok("why", "B1").out
    space.ok("interrupt", "B1", "--reason", "flyttat", "--advance")
    assert "Inskrivningen är avslutad: avbruten, flyttat." in space.ok("why", "B1").out
    assert space.ok("why", "B1", "--json").json[0]["reasons"][0]["code"] == "closed"


def test_graph_handbook_and_report_are_made(space: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(space.folder)
    assert space.ok("graph", "kö").out.startswith("flowchart TD")
    assert "Skrev kö-handboken.html" in space.ok("handbook", "kö", "--html", "kö-handboken.html").out
    for command in ("handbook", "report"):
        assert "Skrev o.html" in space.ok(command, "kö", "-o", "o.html").out
        assert space.ok(command, "kö", "-o", "-").out.startswith("<!DOCTYPE html>")
    assert "Skrev kö-2026-09-08.html" in space.ok("report", "kö").out
    for name in ("kö-handboken.html", "kö-2026-09-08.html"):
        assert (space.folder / name).read_text(encoding="utf-8").lstrip().lower().startswith("<!doctype html>")
    assert space("report", "kö", "--html", str(space.folder / "nope" / "x.html")).code == 5
    assert space.ok("report", "kö", "--json", "--limit", "0").json["statuses"]["offered"] == 1
    assert space.ok("report", "kö", "--json").json["statuses"]["offered"] is None


def test_outcomes_tell_each_share_with_what_it_is_made_of(space: Workspace) -> None:
    (goal,) = space.ok("outcomes", "kö", "--json", "--limit", "0").json["goals"]
    assert (goal["definition"], goal["population"], goal["numerator"], goal["denominator"]) == ("kolada", "exits", 0, 0)
    assert "kolada" in space.ok("outcomes", "kö").out
    assert space("outcomes", "kö", "--limit", "x").code == 2


@pytest.mark.parametrize("columns", [110, 140])
def test_tables_fit_the_terminal(space: Workspace, columns: int) -> None:
    code = "import sys, cli; sys.stdout.isatty = lambda: True; sys.exit(cli.main(['queue', 'kö', '--db', sys.argv[1], '--lang', 'sv']))"
    environment = {"COLUMNS": str(columns), "TERM": "xterm", "PATH": "", "PYTHONUTF8": "1", "NO_COLOR": "1"}
    answer = subprocess.run(
        [sys.executable, "-c", code, str(space.database)], cwd=ROOT, capture_output=True, text=True, env=environment, check=False
    )
    assert answer.returncode == 0, answer.stderr
    lines = re.sub(r"\x1b\[[0-9;]*m", "", answer.stdout).splitlines()
    assert max(len(line.rstrip()) for line in lines) <= columns
    words = [word for line in lines for word in line.replace(":", " ").split()]
    assert {"Referens", "A1", "2026-09-08", "Läge"} <= set(words)


def test_who_was_enrolled_by_mistake_alone_is_counted_nowhere(space: Workspace) -> None:
    space.ok("misregister", "A3", "--reason", "annat")
    for past in ((), ("--as-of", "2026-09-08")):
        found = space.ok("status", "kö", "--json", *past).json
        assert (found["people"], found["enrolments"], found["statuses"]["misregistered"]) == (2, 2, 1)
        assert {row["track"]: (row["people"], row["enrolments"]) for row in space.ok("tracks", *past, "--json").json}["kö"] == (2, 2)
        assert "felregistrerad" not in space.ok("status", "kö", *past).out + space.ok("status", *past).out
