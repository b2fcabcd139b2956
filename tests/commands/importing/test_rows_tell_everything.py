"""Of a row of a file everything that is wrong is told at once, and of one that is known what it says beside is kept or refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from tests.commands.importing.test_rows_as_commands import COMMANDS, WRONG
from tests.commands.workspace import ALONE, Workspace, lived_in, workspace
from tracks.events.kinds.table import KINDS

if TYPE_CHECKING:
    from pathlib import Path

# Two cells of one row that are wrong in ways that do not hang together.
PAIRS: Final = [
    pytest.param(kind, first, second, id=f"{kind}-{first}-{second}")
    for kind, (_, said) in COMMANDS.items()
    for first, second in [(one, other) for one in ("ref", "on", *said) for other in ("on", *said) if one < other]
    if not ({"reason"} & {first, second} and KINDS[kind].own_words)
    # What a value may be depends on the step, on the participant and on the day, and this track has no employers that it could know.
    if "employer" not in (first, second) and kind != "followed_up"
    if "value" not in (first, second) or {first, second} & {"reason", "outcome"}
]  # fmt: skip


@pytest.fixture(scope="module")
def space(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """B1 is in her first step."""
    return lived_in(tmp_path_factory.mktemp("rows") / "w")


def refused(space: Workspace, rows: str, *options: str, track: str = "alone") -> list[tuple[int, str]]:
    """The rows and the columns of all that an import is refused for."""
    path = space.file("r.csv", rows)
    found = space("import", path, "--track", track, "--json", "--dry-run", *options)
    header = rows.partition("\n")[0].split(";")
    return [(row["row"], header[row["column"] - 1]) for row in found.json["refused"]] if found.code else []


def one_row(space: Workspace, cells: dict[str, str], *options: str, track: str = "alone") -> list[str]:
    text = ";".join(cells) + "\n" + ";".join(cells.values()) + "\n"
    return [column for _, column in refused(space, text, *options, track=track)]


@pytest.mark.parametrize(("kind", "first", "second"), PAIRS)
def test_two_wrong_cells_of_a_row_are_told_both(space: Workspace, kind: str, first: str, second: str) -> None:
    wrong = {"ref": "NOPE", "on": "2026-02-30", **{column: words[0] for column, words in WRONG.items()}}
    cells = {"on": "2026-09-08", "ref": "B1", "what": kind, **COMMANDS[kind][1]}
    cells |= {first: wrong[first], second: wrong[second]}
    assert {first, second} <= set(one_row(space, cells, "--as", "reports"))


def test_a_row_with_everything_wrong_in_it_tells_all_of_it_once_a_cell(space: Workspace) -> None:
    cells = {
        "on": "igår",
        "ref": "NOPE",
        "what": "flyger",
        "step": "nope",
        "reason": "trött",
        "outcome": "rik",
        "by": "engine",
        "car": "kanske",
    }
    assert one_row(space, cells) == ["on", "ref", "what", "step", "reason", "outcome", "by", "car"]
    people = {
        "ref": "19850101-0006",
        "channel": "okänd",
        "on": "igår",
        "born": "98",
        "protected": "kanske",
        "car": "kanske",
        "by": "engine",
    }
    assert one_row(space, people, "--as", "people") == list(people)


def test_empty_cells_are_told_with_what_else_is_wrong(space: Workspace) -> None:
    cells = {"on": "", "ref": "", "what": "paused", "reason": "", "value": "2026-02-30", "by": ""}
    assert one_row(space, cells) == ["on", "ref", "reason", "value"]


def test_a_row_after_one_with_a_fault_is_asked_too(space: Workspace) -> None:
    rows = "on;ref;what;reason;step\n2026-09-08;B1;paused;trött;\n2026-09-08;B1;began;;nope\n2026-09-08;B1;contacted;;nope\n"
    assert refused(space, rows) == [(2, "reason"), (3, "step"), (4, "step")]


def test_what_a_map_does_not_have_is_told_with_what_else_is_wrong(space: Workspace) -> None:
    chart = space.file("m.yaml", "columns: {Orsak: reason}\nvalues: {Orsak: {sjuk: sjukdom}}\n")
    rows = "on;ref;what;Orsak;value\n2026-09-08;NOPE;paused;trött;2026-02-30\n"
    assert {column for _, column in refused(space, rows, "--map", chart)} == {"ref", "Orsak", "value"}


@pytest.fixture
def fresh(tmp_path: Path) -> Workspace:
    return lived_in(tmp_path / "w")


def test_a_note_that_a_known_row_says_otherwise_is_recorded_or_refused_and_never_dropped(fresh: Workspace) -> None:
    head = "on;ref;what;step;value;note\n"
    first = "2026-09-08;B1;contacted;plan;;ringde\n2026-09-08;B1;record;plan;done;bra\n"
    fresh.ok("import", fresh.file("a.csv", head + first), "--track", "alone")
    again = fresh.ok("import", fresh.file("a.csv", head + first), "--track", "alone", "--json").json
    assert (again["written"], again["repeated"]) == (0, 2)
    # What may be said twice is.
    other = fresh.ok("import", fresh.file("b.csv", head + "2026-09-08;B1;contacted;plan;;skrev\n"), "--track", "alone", "--json").json
    assert other["written"] == 1
    assert "skrev" in fresh.ok("history", "B1", "--notes").out
    # What can be said once is refused.
    left = "on;ref;what;reason;note\n2026-09-08;B1;interrupted;annat;{}\n"
    fresh.ok("import", fresh.file("c.csv", left.format("flyttar")), "--track", "alone")
    said = fresh("import", fresh.file("c.csv", left.format("sjuk")), "--track", "alone")
    assert (said.code, "c.csv:2:5: " in said.err, "annan anteckning" in said.err) == (2, True, True)
    assert "annan anteckning" in fresh("interrupt", "B1", "--reason", "annat", "--on", "2026-09-08", "--note", "sjuk").err
    without = fresh.ok("import", fresh.file("d.csv", left.format("")), "--track", "alone", "--json").json
    assert (without["written"], without["repeated"]) == (0, 1)


def test_the_note_of_a_known_referral_is_not_dropped(fresh: Workspace) -> None:
    rows = "ref;on;note\nC1;2026-09-07;{}\n"
    fresh.ok("import", fresh.file("a.csv", rows.format("en")), "--as", "people", "--track", "alone")
    said = fresh("import", fresh.file("a.csv", rows.format("två")), "--as", "people", "--track", "alone")
    assert (said.code, ":2:3: " in said.err, "annan anteckning" in said.err) == (2, True, True)


def test_a_transfer_said_again_with_another_reason_or_note_is_refused(tmp_path: Path) -> None:
    space = workspace(tmp_path / "w", ALONE + "transfers: {fk: {to: Försäkringskassan}}\n")
    space.ok("enrol", "alone", "B1", "--at", "2026-09-01", "--advance")
    rows = "on;ref;what;value;reason;note\n2026-09-01;B1;överföring;fk;{};{}\n"
    space.ok("import", space.file("a.csv", rows.format("annat", "")), "--track", "alone")
    assert space.ok("import", space.file("a.csv", rows.format("annat", "")), "--track", "alone", "--json").json["repeated"] == 1
    assert space("import", space.file("b.csv", rows.format("sjukdom", "")), "--track", "alone").code == 2
    noted = space("import", space.file("c.csv", rows.format("annat", "hej")), "--track", "alone")
    assert (noted.code, ":2:6: " in noted.err, "annan anteckning" in noted.err) == (2, True, True)


def test_who_somebody_is_is_kept_also_of_a_row_that_stands_already(fresh: Workspace) -> None:
    rows = "ref;on;name;protected\nC1;2026-09-07;{};{}\n"
    fresh.ok("import", fresh.file("a.csv", rows.format("Test Testsson", "")), "--as", "people", "--track", "alone")
    before = fresh.events
    tried = fresh.ok(
        "import", fresh.file("b.csv", rows.format("Test Ny", "ja")), "--as", "people", "--track", "alone", "--dry-run", "--json"
    )
    assert tried.json["people"] == 1
    said = fresh.ok("import", fresh.file("b.csv", rows.format("Test Ny", "ja")), "--as", "people", "--track", "alone")
    assert "1 person" in said.out
    assert fresh.events == before
    assert "Test Ny" in fresh.ok("disclose", "C1").out
    assert fresh.ok("status", "C1", "--json").json[0]["protected"] is True
    again = fresh.ok("import", fresh.file("b.csv", rows.format("Test Ny", "ja")), "--as", "people", "--track", "alone", "--json").json
    assert (again["written"], again["repeated"], again["people"]) == (0, 1, 0)


def test_a_known_row_that_names_somebody_else_as_who_said_it_is_refused(fresh: Workspace) -> None:
    rows = "on;ref;what;by\n2026-09-08;B1;contacted;{}\n"
    fresh.ok("import", fresh.file("a.csv", rows.format("Karin")), "--track", "alone")
    assert fresh.ok("import", fresh.file("a.csv", rows.format("Karin")), "--track", "alone", "--json").json["repeated"] == 1
    said = fresh("import", fresh.file("b.csv", rows.format("Olle")), "--track", "alone")
    assert (said.code, ":2:4: " in said.err, "Karin" in said.err) == (2, True, True)
