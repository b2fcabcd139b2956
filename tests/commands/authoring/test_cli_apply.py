"""`apply` says beforehand whose values a new version cannot read, and there is always a way out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.commands.workspace import ALONE, Workspace, workspace

if TYPE_CHECKING:
    from pathlib import Path

DATED = ALONE.replace("level: [low, high]", "level: date")


def one_on_track(folder: Path) -> Workspace:
    space = workspace(folder, ALONE)
    space.ok("enrol", "alone", "B1", "--fact", "level=low", "--at", "2026-09-01", "--advance")
    return space


def test_a_choice_that_people_have_is_taken_away_only_when_confirmed(tmp_path: Path) -> None:
    space = one_on_track(tmp_path)
    before, file = space.events, space.file("fewer.yaml", ALONE.replace("[low, high]", "[middle, high]"))
    said = space("apply", file)
    assert (said.code, space.events) == (2, before)
    assert "B1" in said.err
    assert "--confirm-facts" in said.err
    assert "B1" in space.ok("apply", file, "--confirm-facts").out


def test_apply_says_that_who_is_admitted_keeps_the_own_version_and_she_is_asked_for_nothing(tmp_path: Path) -> None:
    space = one_on_track(tmp_path)
    file = space.file("fewer.yaml", ALONE.replace("[low, high]", "[middle, high]"))
    assert "den som redan är antagen behåller sin egen version, som läser dem som förut" in space("apply", file).err
    assert "den som redan är antagen behåller sin egen version: B1" in space.ok("apply", file, "--confirm-facts").out
    space.ok("advance", "--engine", "local")
    assert "level" not in space.ok("worklist").out


def test_another_type_under_a_value_is_put_in_force_only_when_confirmed(tmp_path: Path) -> None:
    space = one_on_track(tmp_path)
    before, file = space.events, space.file("dated.yaml", DATED)
    said = space("apply", file)
    assert said.code == 2
    assert "B1" in said.err
    assert "--confirm-facts" in said.err
    assert space.events == before
    assert "B1" in space.ok("apply", file, "--confirm-facts").out
    assert space.ok("apply", file).out
    space.ok("state", "B1", "--fact", "level=2026-08-01")
    space.ok("apply", space.file("back.yaml", ALONE), "--confirm-facts")
    space.ok("state", "B1", "--fact", "level=high")
    space.ok("advance", "--engine", "local")
    space.ok("verify", "--rebuild")
    space.ok("misregister", "B1", "--reason", "other")


def test_another_type_that_concerns_nobody_needs_no_confirmation(tmp_path: Path) -> None:
    space = workspace(tmp_path, ALONE)
    assert "unknown" not in space.ok("apply", space.file("dated.yaml", DATED), "--json").json[0]


STARTED = ALONE.replace("facts:", "intake: {starts: [2025-10-06, 2026-10-05], places: 10}\nfacts:")


def test_a_start_that_has_passed_is_said_when_the_track_is_put_in_force(tmp_path: Path) -> None:
    space = workspace(tmp_path)
    for text, at, told in (
        (STARTED, "2025-09-01", []),
        (STARTED, "2026-09-01", ["redan har passerat: 2025-10-06"]),
        (STARTED, "2026-10-05", ["redan har passerat: 2025-10-06"]),
        (STARTED, "2026-10-06", ["2025-10-06, 2026-10-05", "ingen kan antas"]),
        (ALONE.replace("facts:", "period: {until: 2026-09-01}\nfacts:"), "2026-10-06", ["2026-09-01", "ingen kan antas"]),
        (ALONE.replace("length: 3 weeks", "length: 3 weeks, starts: [2026-01-12]"), "2026-10-06", ["Theory", "2026-01-12"]),
        (ALONE, "2026-10-06", []),
    ):
        said = space.ok("apply", space.file("t.yaml", text), "--at", at)
        assert [part for part in told if part not in said.err] == []
        assert ("Obs:" in said.err) == bool(told)


def changed(text: str) -> str:
    """The track with steps added, gone, renamed and longer, in another order, and another condition."""
    head, rest = text.split("steps:\n")
    plan, _, match, after = rest.split("\n", 3)
    plan = plan.replace("name: Plan", "name: The plan").replace("2 weeks", "3 weeks")
    new = "  - {id: extra, type: insats, name: Extra, length: 1 week}"
    match = match.replace("known(level)", "level = high")
    return "\n".join([f"{head}steps:", match, plan, new, after])


def test_a_new_version_tells_what_changes_a_line_each_in_the_language_of_the_reader(tmp_path: Path) -> None:
    space = workspace(tmp_path, ALONE)
    before, file = space.events, space.file("next.yaml", changed(ALONE))
    tried = space("apply", file, "--dry-run", lang="en")
    assert (tried.code, space.events) == (0, before)
    lines = [line.strip() for line in tried.out.splitlines()]
    assert lines[0] == "alone: would become version 2."
    assert {
        "steps plan, name: Plan → The plan",
        "steps plan, length: 2 weeks → 3 weeks",
        "steps match, requires: known(level) → level = high",
        "steps extra: new (id: extra, type: insats, name: Extra, length: 1 week)",
        "steps theory: gone (id: theory, type: insats, name: Theory, when: not car, length: 3 weeks)",
        "steps: in another order: match, plan, extra",
    } == set(lines[1:-1])
    said = space.ok("apply", file)
    assert "steg plan, längd: 2 veckor → 3 veckor" in said.out
    assert "steg plan, namn: Plan → The plan" in said.out
    assert len(said.out.splitlines()) == len(lines) - 1
    assert space.ok("apply", file, "--json").json[0].get("changes") is None


def test_a_first_version_and_one_that_only_has_other_keys_tell_no_change(tmp_path: Path) -> None:
    space = workspace(tmp_path)
    assert "→" not in space.ok("apply", space.file("t.yaml", ALONE), "--at", "2026-08-01").out
    swedish = ALONE.replace("name: Alone", "namn: Alone").replace("owner: unit", "ägare: unit")
    assert "oförändrat" in space.ok("apply", space.file("t.yaml", swedish)).out
