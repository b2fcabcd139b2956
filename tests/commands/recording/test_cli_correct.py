"""`correct`: which event, what is right, and what that does: told before and after, in both languages."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any, Final

import pytest

from tests.commands.workspace import ALONE, QUEUED, Workspace, once, workspace

if TYPE_CHECKING:
    from pathlib import Path

SAID: Final = (
    ("2026-09-01", "enrol alone B1"), ("2026-09-01", "enrol kö A1 --fact redo=ja --fact poäng=3"),
    ("2026-09-02", "begin B1 plan"), ("2026-09-02", "enrol kö A2 --fact redo=ja --fact poäng=2"),
    ("2026-09-08", "record B1 plan klar --fact car=no"), ("2026-09-10", "record B1 theory klar"),
)  # fmt: skip


@pytest.fixture
@once
def space(tmp_path: Path) -> Workspace:
    """B1 has done the plan and the theory; A1 is proposed for the one place, and A2 waits."""
    space = workspace(tmp_path / "w", QUEUED, ALONE)
    for day, said in SAID:
        space.ok(*said.split(), "--advance", "--at", day)
    space.ok("advance", "--engine", "local", "--at", "2026-09-14")
    return space


def number(space: Workspace, ref: str, kind: str, step: str = "") -> str:
    return str([row["seq"] for row in space.ok("history", ref, "--json").json if (row["kind"], row["step"]) == (kind, step)][-1])


def outbox(space: Workspace, ref: str, kind: str, step: str, **letters: str) -> None:
    with sqlite3.connect(space.database) as database:
        for template, state in letters.items():
            row = (f"{ref}/1", int(number(space, ref, kind, step)), template, state)
            database.execute("INSERT INTO outbox VALUES (?, ?, ?, ?)", row)


@pytest.mark.parametrize("form", ["{ref} {number}", "{ref}#{number}", "{ref}/1#{number}", "{ref}/1 {number}"])
def test_an_event_is_named_by_the_participant_or_the_enrolment_and_its_number(space: Workspace, form: str) -> None:
    args = form.format(ref="B1", number=number(space, "B1", "reported", "plan")).split()
    said = space.ok("correct", *args, "--on", "2026-09-07", "--json").json
    assert said["correction"]["data"]["effective"] == "2026-09-07"
    assert [event["kind"] for event in said["added"]] == ["step_completed", "step_started"]


def test_what_a_correction_does_is_told_in_full(space: Workspace) -> None:
    outbox(space, "B1", "step_started", "theory", kallelse="done", kopia="pending")
    seq = number(space, "B1", "step_started", "theory")
    said = space.ok("correct", f"B1#{number(space, 'B1', 'reported', 'plan')}", "--fact", "car=yes").out
    assert "car=nej → car=ja" in said
    told = said.split("  Gäller inte längre:\n")[1]
    assert f"2026-09-08 steg startat: Theory (nr {seq})" in told
    assert "  Nytt:\n    2026-09-08 steg överhoppat: Theory" in told
    lost = number(space, "B1", "reported", "theory")
    assert f"2026-09-10 rapporterad: Theory (klar) (nr {lost}): jobbspar correct B1/1 {lost} --withdraw" in told
    assert f"kallelse om nr {seq} är skickat men gäller inte längre: jobbspar contact B1/1 --letter {seq}" in told
    assert f"kopia om nr {seq} är inte skickat" in told
    assert "är inte skickat och skickas inte\n" in told


def test_before_it_is_written_the_same_is_told_and_nothing_is_written(space: Workspace) -> None:
    outbox(space, "B1", "step_started", "theory", kallelse="done", kopia="pending")
    args = ("correct", "B1", number(space, "B1", "reported", "plan"), "--fact", "car=yes", "--json")
    tables = [f"SELECT * FROM {name} ORDER BY 1, 2, 3" for name in ("event", "enrolment", "track", "todo", "claim", "outbox")]
    before = [space.rows(sql) for sql in tables]
    dry = space.ok(*args, "--dry-run").json
    assert [space.rows(sql) for sql in tables] == before
    assert space.ok(*args).json == {**dry, "dry_run": False}
    assert "Så här skulle det bli; inget är skrivet." in space.ok(*args[:2], "1", "--fact", "car=no", "--dry-run").out


def test_who_else_meets_it_is_told_and_met_at_the_next_advance(space: Workspace) -> None:
    args = ("correct", "A1", "1", "--fact", "redo=nej")
    dry = space.ok(*args, "--dry-run", "--json").json
    assert [(event["stream"], event["kind"]) for event in dry["others"]] == [("A2/1", "proposed")]
    said = space.ok(*args).out
    assert "Andra deltagare som påverkas vid nästa körning:\n    A2/1: 2026-09-14 föreslagen till plats" in said
    before = space.events
    space.ok("advance", "--engine", "local")
    assert [row["kind"] for row in space.ok("history", "A2", "--json").json][-1] == "proposed"
    assert space.events == before + len(dry["others"])


def test_it_moves_on_at_once_where_that_is_wanted(space: Workspace) -> None:
    said = space.ok("correct", "A1", "1", "--fact", "redo=nej", "--advance").out
    assert "A2/1: 2026-09-14 föreslagen" in said
    assert "Motorn gick vidare och skrev 1 händelse till." in said


def test_the_same_again_writes_nothing_and_nothing_is_no_correction(space: Workspace) -> None:
    seq = number(space, "B1", "reported", "plan")
    before = space.events
    for args in (["--result", "klar"], ["--on", "2026-09-08"], ["--fact", "car=nej"], ["--restore"]):
        said = space.ok("correct", "B1", seq, *args, "--json").json
        assert (said["repeated"], said["correction"]) == (True, None)
    assert "är redan registrerat" in space.ok("correct", "B1", seq, "--result", "klar").out
    for args, said in (
        ([], "Säg vad som är rätt"),
        (["--withdraw", "--restore"], "Välj en åtgärd"),
        (["--withdraw", "--on", "2026-09-07"], "Välj"),
    ):
        refused = space("correct", "B1", seq, *args)
        assert (refused.code, said in refused.err) == (2, True)
    assert space.events == before


def test_what_was_said_first_is_restored_by_its_own_number_however_often_it_was_corrected(space: Workspace) -> None:
    seq = number(space, "B1", "reported", "plan")
    first = next(row["effective"] for row in space.ok("history", "B1", "--json").json if str(row["seq"]) == seq)
    space.ok("correct", "B1", seq, "--on", "2026-09-06")
    space.ok("correct", "B1", number(space, "B1", "corrected", "plan"), "--on", "2026-09-07", "--advance")
    space.ok("correct", "B1", seq, "--restore", "--advance")
    days = {row["kind"]: row["effective"] for row in space.ok("history", "B1", "--json").json if row["stands"] and row["step"] == "plan"}
    assert days["step_completed"] == first
    before = space.events
    space.ok("correct", "B1", seq, "--restore")
    assert space.events == before


def test_what_was_taken_back_stands_again_as_it_was_said_first(space: Workspace) -> None:
    seq = number(space, "B1", "reported", "plan")
    space.ok("correct", "B1", seq, "--on", "2026-09-07")
    space.ok("correct", "B1", number(space, "B1", "corrected", "plan"), "--withdraw", "--advance")
    assert [row["stands"] for row in space.ok("history", "B1", "--json").json if str(row["seq"]) == seq] == [False]
    latest = number(space, "B1", "corrected", "plan")
    refused = space("correct", "B1", seq, "--on", "2026-09-06")
    assert (refused.code, f"händelse {latest}" in refused.err) == (2, True)
    space.ok("correct", "B1", latest, "--restore", "--advance")
    rows = {row["kind"]: row for row in space.ok("history", "B1", "--json").json if row["stands"] and row["step"] == "theory"}
    assert rows["step_started"]["effective"] == "2026-09-08"
    assert space.ok("worklist", "--json").json != []
    assert space.ok("verify").code == 0


def test_a_deviation_is_put_right_like_any_fact(space: Workspace) -> None:
    space.ok("deviate", "B1", "match", "förläng", "3 veckor", "--reason", "annat")
    space.ok("deviate", "B1", "match", "korta", "1 vecka", "--reason", "annat")
    first, second = (str(row["seq"]) for row in space.ok("history", "B1", "--json").json if row["kind"] == "lengthened")
    data = space.ok("correct", "B1", first, "--length", "2 veckor", "--json").json["correction"]["data"]["data"]
    assert (data["count"], data["unit"]) == (2, "weeks")
    assert space.ok("correct", "B1", second, "--set", "antal=-2", "--json").json["correction"]["data"]["data"]["count"] == -2
    assert space("correct", "B1", number(space, "B1", "corrected", "match"), "--length", "-9 veckor").code == 2


def test_a_reason_in_words_never_comes_into_the_log(space: Workspace) -> None:
    space.ok("deviate", "B1", "match", "skip", "--reason", "Har redan ett arbete")
    refused = space("correct", "B1", number(space, "B1", "waived", "match"), "--set", "skäl=diagnosen canary")
    assert (refused.code, "är inget skäl" in refused.err) == (2, True)
    assert "canary" not in str(space.rows("SELECT data FROM event"))


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_every_word_is_in_the_language_of_the_reader(space: Workspace, lang: str) -> None:
    outbox(space, "B1", "step_started", "theory", kallelse="done", kopia="sending")
    said = space("correct", "B1", number(space, "B1", "reported", "plan"), "--fact", "car=yes", "--dry-run", lang=lang).out
    other: Any = {"sv": ("No longer applies", "step", "letters"), "en": ("Gäller", "steg", "Brev")}[lang]
    assert [word for word in other if word in said.replace("correct", "")] == []


def test_a_correction_without_a_number_says_where_the_numbers_are(space: Workspace) -> None:
    said = space("correct", "B1", "--result", "klar")
    assert (said.code, "Vilken händelse? Skriv dess nummer efter B1; `jobbspar history B1` visar numren." in said.err) == (2, True)
