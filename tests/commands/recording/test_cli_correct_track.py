"""`correct TRACK`: what was said of a track by mistake is taken back, and whoever says it is told before whom it concerns."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TYPE_CHECKING

import pytest

from definitions.model.words import parse_name
from tests.commands.workspace import QUEUED, Workspace, once, workspace
from tracks.access.ledgers import open_ledger
from tracks.clock import Clock
from tracks.recording.track_corrections import correct_on_track

if TYPE_CHECKING:
    from pathlib import Path

CANCEL = ("start", "kö", "2026-10-05", "cancel", "--reason", "annat")


@pytest.fixture
@once
def space(tmp_path: Path) -> Workspace:
    """A1, A2 and A3 have accepted a place on the first start; it is 11 September."""
    space = workspace(tmp_path / "w", QUEUED.replace("platser: 1, starter", "platser: 4, starter"))
    for ref in ("A1", "A2", "A3"):
        space.ok("enrol", "kö", ref, "--fact", "redo=ja", "--fact", "poäng=3", "--at", "2026-09-01", "--advance")
    space.ok("advance", "--engine", "local", "--at", "2026-09-10")
    for ref in ("A1", "A2", "A3"):
        space.ok("accept", ref, "--at", "2026-09-11", "--advance")
    return space


def statuses(space: Workspace) -> list[str]:
    return [space.ok("status", ref, "--json").json[0]["status"] for ref in ("A1", "A2", "A3")]


@pytest.mark.parametrize("named", ["kö 2", "kö#2", "track/kö 2", "track/kö#2"])
def test_a_start_that_was_cancelled_by_mistake_is_taken_back_by_the_number_that_the_history_shows(space: Workspace, named: str) -> None:
    said = space.ok(*CANCEL, "--at", "2026-09-14", "--advance").out
    assert "Om det visar sig vara ett misstag: `jobbspar correct kö 2 --withdraw`." in said
    assert statuses(space) == ["waiting"] * 3
    assert "2026-09-14 omgången inställd" in space.ok("history", "kö").out
    done = space.ok("correct", *named.split(), "--withdraw", "--at", "2026-09-15").out
    assert "2026-09-15 rättelse (nr 2, återtagen)" in done
    assert "Det berör 3 personer." in done
    assert [line.split() for line in done.splitlines() if "A1" in line] == [
        ["väntelista", "antagen,", "börjar", "2026-10-05", "3", "A1,", "A2,", "A3"]
    ]
    assert statuses(space) == ["accepted"] * 3
    assert space.ok("worklist", "--json").json == []
    assert "Antagen till omgången 2026-10-05" in space.ok("why", "A1").out
    assert "(rättad, se nr 3)" in space.ok("history", "kö").out
    assert space.ok("verify").code == 0
    again = space.ok("correct", *named.split(), "--withdraw", "--at", "2026-09-15").out
    assert again == "track/kö: det är redan registrerat; inget skrevs.\n"
    space.ok("advance", "--engine", "local", "--at", "2026-10-05")
    assert statuses(space) == ["active"] * 3
    assert space.ok("verify").code == 0


def test_a_dry_run_names_whom_it_concerns_and_writes_nothing(space: Workspace) -> None:
    space.ok(*CANCEL, "--at", "2026-09-14", "--advance")
    before = space.events
    dry = space.ok("correct", "kö", "2", "--withdraw", "--dry-run", "--json").json
    assert [(one["ref"], one["before"], one["after"]) for one in dry["who"]] == [(f"A{n}", "waiting", "accepted") for n in (1, 2, 3)]
    assert (dry["dry_run"], dry["repeated"], dry["changes"]) == (True, False, [{"before": "waiting", "after": "accepted", "people": 3}])
    assert "Så här skulle det bli; inget är skrivet." in space.ok("correct", "kö", "2", "--withdraw", "--dry-run").out
    assert space.events == before
    said = space.ok("correct", "kö", "2", "--withdraw", "--json").json
    assert said == {**dry, "dry_run": False}
    assert [one["kind"] for one in said["others"]] == ["withdrawn"] * 3


def test_what_was_taken_back_stands_again_when_that_was_the_mistake(space: Workspace) -> None:
    space.ok(*CANCEL, "--at", "2026-09-14", "--advance")
    space.ok("correct", "kö", "2", "--withdraw")
    assert "(nr 3, gäller igen)" in space.ok("correct", "kö", "3", "--restore").out
    assert statuses(space) == ["waiting"] * 3
    assert "det som gäller är händelse 4" in space("correct", "kö", "3", "--withdraw").err


def test_whoever_sits_at_a_terminal_is_asked_and_a_pipe_is_not(space: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    before = space.events
    monkeypatch.setattr("commands.app.prompt.at_terminal", lambda: True)
    for answer, code, events in (("nej\n", 2, 0), ("\n", 2, 0), ("ja\n", 0, 4)):
        monkeypatch.setattr("sys.stdin", io.StringIO(answer))
        said = space(*CANCEL, "--at", "2026-09-14", "--advance")
        assert (said.code, space.events - before) == (code, events)
        assert "Det berör 3 personer.\n  antagen, börjar 2026-10-05 → väntelista: A1, A2, A3\n" in said.err
        assert "`jobbspar correct kö 2 --withdraw`" in said.err
    assert "Inget registrerades." not in said.err
    # What has been said already is answered, and nobody is asked.
    assert "redan registrerat" in space.ok(*CANCEL).out
    monkeypatch.setattr("sys.stdin", io.StringIO("yes\n"))
    taken = space("correct", "kö", "2", "--withdraw", lang="en")
    assert (taken.code, "  waiting → accepted, begins 2026-10-05: A1, A2, A3" in taken.err) == (0, True)
    assert "`jobbspar correct kö 3 --restore`" in taken.err


def test_two_who_take_the_same_back_at_once_write_it_once(space: Workspace) -> None:
    space.ok(*CANCEL, "--at", "2026-09-14", "--advance")
    before, both = space.events, Barrier(2)

    def take_back(name: str) -> bool:
        with open_ledger(space.database) as ledger:
            both.wait()
            return correct_on_track(ledger, Clock.at("2026-09-15"), parse_name(name, "--by"), "kö", 2, withdraw=True).repeated

    with ThreadPoolExecutor(2) as people:
        assert sorted(people.map(take_back, ("Lisa", "Bo"))) == [False, True]
    assert (space.events - before, statuses(space)) == (4, ["accepted"] * 3)
    assert space.ok("verify").code == 0


def test_an_employer_withdraws_once_is_tried_first_and_comes_back_where_it_was_a_mistake(space: Workspace) -> None:
    space.ok("advance", "--engine", "local", "--at", "2026-10-05")
    for ref in ("A1", "A2"):
        space.ok("record", ref, "karta", "klar", "--at", "2026-10-12", "--advance")
    dry = space.ok("employer", "kö", "ab", "withdraw", "--dry-run", "--json").json
    assert [one["ref"] for one in dry["who"]] == ["A1", "A2"]
    assert "Det berör 2 personer." in space.ok("employer", "kö", "AB", "withdraw", "--dry-run").out
    said = space.ok("employer", "kö", "ab", "withdraw", "--at", "2026-10-12", "--advance").out
    assert "`jobbspar correct kö 2 --withdraw`" in said
    assert "redan" in space.ok("employer", "kö", "ab", "withdraw").out
    twice = space("employer", "kö", "ab", "withdraw", "--at", "2026-10-14")
    assert (twice.code, "står redan, som nummer 2, från 2026-10-12" in twice.err) == (2, True)
    assert "drog sig ur 2026-10-12" in space.ok("employer", "kö").out
    assert "employer_left" in {row["kind"] for row in space.ok("worklist", "--json").json}
    space.ok("correct", "kö", "2", "--withdraw", "--at", "2026-10-14", "--advance")
    assert "drog sig ur" not in space.ok("employer", "kö").out
    assert "employer_left" not in {row["kind"] for row in space.ok("worklist", "--json").json}
    assert space.ok("verify").code == 0


def test_a_protected_person_is_not_named_where_it_tells_at_which_employer_she_is(space: Workspace) -> None:
    space.ok("advance", "--engine", "local", "--at", "2026-10-05")
    space.ok("record", "A1", "karta", "klar", "--at", "2026-10-12", "--advance")
    space.ok("protect", "A1", "--at", "2026-10-12")
    assert space.ok("employer", "kö", "ab", "withdraw", "--dry-run", "--json").json["who"] == []
    assert "A1" not in space.ok("employer", "kö", "ab", "withdraw", "--dry-run").out


def test_what_cannot_be_put_right_is_refused_with_what_to_type(space: Workspace) -> None:
    space.ok(*CANCEL, "--at", "2026-09-14", "--advance")
    before = space.events
    for args, code, words in (
        (("correct", "kö", "1", "--withdraw"), 2, "jobbspar apply"),
        (("correct", "kö", "9", "--withdraw"), 4, "jobbspar history kö"),
        (("correct", "kö", "2", "--set", "reason=okänt"), 2, "okänt"),
        (("correct", "kö", "2", "--on", "2026-09-20"), 2, "2026-09-20"),
        (("correct", "kö"), 2, "jobbspar history kö"),
        (("correct", "track/xx", "2", "--withdraw"), 4, "xx"),
        (("start", "kö", "2026-10-05", "confirm"), 2, "jobbspar correct kö 2 --withdraw"),
        (("start", "kö", "2026-10-05", "postpone", "--to", "2026-10-12"), 2, "jobbspar correct kö 2 --withdraw"),
        (("accept", "kö"), 4, "Det är ett spår"),
    ):
        refused = space(*args)
        assert (refused.code, words in refused.err) == (code, True), (args, refused.err)
        assert "Menade du kö?" not in refused.err
    assert space.events == before
