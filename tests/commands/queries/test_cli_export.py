from __future__ import annotations

import csv
import io
import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from commands.queries.table_files import as_csv
from commands.runtime.listing import as_xlsx
from tests.commands.workspace import ALONE, QUEUED, Said, Workspace, once, workspace

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
@once
def space(tmp_path: Path) -> Workspace:
    space = workspace(tmp_path / "w", QUEUED, ALONE)
    enrol = ("--name", "Kajsa Canary", "--on", "2026-09-01", "--at", "2026-09-01")
    space.ok("enrol", "kö", "A1", "--fact", "redo=ja", "--fact", "poäng=5", "--fact", "hemlig=77", "--note", "canary-note", *enrol)
    space.ok("enrol", "alone", "B1", "--fact", "level=high", "--on", "2026-09-01", "--at", "2026-09-01")
    space.ok("advance", "--engine", "local", "--at", "2026-09-07")
    space.ok("state", "B1", "--fact", "car=ja", "--at", "2026-09-08")
    space.ok("begin", "B1", "plan", "--at", "2026-09-08", "--advance")
    return space


def exported(space: Workspace, *args: str) -> Said:
    said = space("export", *args, lang="en")
    assert said.code == 0, said.err
    return said


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_status_goes_out_one_row_for_each_enrolment_with_its_facts(space: Workspace) -> None:
    rows = rows_of(exported(space).out)
    assert [(row["stream"], row["track"], row["status"]) for row in rows] == [("B1/1", "alone", "active"), ("A1/1", "kö", "waiting")]
    assert (rows[1]["fact.poäng"], rows[0]["steps"], rows[0]["fact.car"]) == ("5", "plan", "yes")
    assert [row["ref"] for row in rows_of(exported(space, "kö").out)] == ["A1"]


def test_events_go_out_in_the_order_of_the_log(space: Workspace) -> None:
    rows = rows_of(exported(space, "kö", "--what", "events").out)
    people = [row for row in rows if row["stream"] == "A1/1"]
    assert [int(row["seq"]) for row in people] == list(range(1, len(people) + 1))
    assert people[0]["kind_code"] == "referred"
    assert len(rows) == space.rows("SELECT count(*) FROM event WHERE stream IN ('A1/1', 'track/kö')")[0][0]


@pytest.mark.parametrize(
    "form", [("--format", "csv"), ("--what", "events", "--format", "csv"), ("--what", "events", "--format", "cloudevents")]
)
def test_restricted_facts_stay_unless_asked_for_and_who_somebody_is_never_leaves(space: Workspace, form: tuple[str, ...]) -> None:
    closed, opened = exported(space, *form).out, exported(space, "--restricted", *form).out
    assert "hemlig" not in closed
    assert "77" in opened
    assert "anary" not in closed + opened
    assert '"note"' not in closed + opened


def test_the_past_goes_out_as_it_was_and_as_it_was_known(space: Workspace) -> None:
    assert "fact.car" not in rows_of(exported(space, "alone", "--known-at", "2026-09-07").out)[0]
    assert "fact.car" in rows_of(exported(space, "alone").out)[0]
    day = rows_of(exported(space, "alone", "--what", "events", "--as-of", "2026-09-07").out)
    assert {row["effective"] for row in day if row["stream"] == "B1/1"} == {"2026-09-01"}
    assert space("export", "--as-of", "2030-01-01").code == 2


def test_a_corrected_event_goes_out_as_one_that_no_longer_stands(space: Workspace) -> None:
    seq = next(row["seq"] for row in space.ok("history", "B1", "--json").json if row["kind"] == "stated")
    space.ok("correct", "B1", str(seq), "--withdraw", "--reason", "other", "--at", "2026-09-09")
    rows = rows_of(exported(space, "alone", "--what", "events").out)
    assert [row["stands"] for row in rows if row["kind_code"] == "stated"] == ["no"]


def test_cloud_events_have_an_id_of_their_own_and_the_instant_recorded(space: Workspace) -> None:
    path = space.folder / "events.jsonl"
    exported(space, "--what", "events", "--format", "cloudevents", "-o", str(path))
    events = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert len({(one["source"], one["id"]) for one in events}) == len(events) == space.events
    first = next(one for one in events if one["id"] == "A1/1/1")
    assert {name: first[name] for name in ("specversion", "source", "type", "subject")} == {
        "specversion": "1.0", "source": "/jobbspar/k%C3%B6", "type": "jobbspar.referred", "subject": "A1/1",
    }  # fmt: skip
    assert first["time"] == space.rows("SELECT recorded FROM event WHERE stream = 'A1/1' AND seq = 1")[0][0]
    assert first["data"]["data"]["facts"] == {"poäng": 5, "redo": True}


def test_a_spreadsheet_goes_out_with_dates_as_dates_and_no_half_file(space: Workspace) -> None:
    path = space.folder / "out.xlsx"
    exported(space, "--format", "xlsx", "-o", str(path))
    sheet = openpyxl.load_workbook(path)["status"]
    rows = [dict(zip([cell.value for cell in sheet[1]], [cell.value for cell in row], strict=True)) for row in sheet.iter_rows(min_row=2)]
    assert [(row["ref"], row["fact.poäng"]) for row in rows] == [("B1", None), ("A1", 5)]
    assert isinstance(rows[0]["since"], datetime)
    assert [file.name for file in space.folder.iterdir() if file.name.startswith(".out")] == []
    refused = space("export", "--format", "xlsx", "-o", str(space.folder / "none" / "out.xlsx"))
    assert (refused.code, refused.out) == (5, "")


@pytest.mark.parametrize("text", ['=HYPERLINK("x")', "+1", "-1", "@SUM(A1)"])
def test_nothing_that_goes_out_is_a_formula(text: str) -> None:
    rows: list[dict[str, Any]] = [{text: text, "n": -1}]
    (found,) = rows_of(as_csv(rows, [text, "n"]))
    assert found == {f"'{text}": f"'{text}", "n": "-1"}
    sheet = openpyxl.load_workbook(io.BytesIO(as_xlsx(rows, [text, "n"], "t"))).active
    assert sheet is not None
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert [(cell.value, cell.data_type) for cell in cells] == [(text, "s"), ("n", "s"), (text, "s"), (-1, "n")]


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("nowhere",), "nowhere"),
        (("--what", "people"), "--what"),
        (("--format", "pdf"), "--format"),
        (("--format", "cloudevents"), "--what events"),
        (("--format", "xlsx"), "-o FIL"),
    ],
)
def test_what_cannot_go_out_is_refused(space: Workspace, args: tuple[str, ...], words: str) -> None:
    said = space("export", *args)
    assert (said.code, words in said.err, said.out) == (4 if args[0] == "nowhere" else 2, True, "")


def test_headings_and_values_are_in_the_language_with_each_code_beside(space: Workspace) -> None:
    status, events = rows_of(space.ok("export").out), rows_of(space.ok("export", "kö", "--what", "events").out)
    assert [(row["inskrivning"], row["status"], row["statuskod"]) for row in status] == [
        ("B1/1", "pågår", "active"), ("A1/1", "väntelista", "waiting"),
    ]  # fmt: skip
    assert (status[0]["uppgift.car"], status[0]["till enligt plan"], status[1]["uppgift.redo"]) == ("ja", "2026-09-22", "ja")
    first = next(row for row in events if row["inskrivning"] == "A1/1")
    assert (first["händelse"], first["händelsekod"], first["gäller"]) == ("anmäld", "referred", "ja")
    assert first["i ord"] == "2026-09-01 anmäld (handläggare, poäng=5, redo=ja)"
    assert {row["av"] for row in events} == {"Lisa", "motorn"}


def test_in_english_a_code_is_its_own_word(space: Workspace) -> None:
    rows = [*rows_of(exported(space).out), *rows_of(exported(space, "--what", "events").out)]
    assert all(row[name] == row[f"{name}_code"] for row in rows for name in ("status", "kind") if name in row)


@pytest.mark.parametrize("args", [("export",), ("graph", "kö"), ("handbook", "kö"), ("report", "kö")])
def test_a_dash_is_the_output_and_no_file(space: Workspace, args: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(space.folder)
    assert len(space.ok(*args, "-o", "-").out.splitlines()) > 2
    assert not (space.folder / "-").exists()
    assert space("export", "--format", "xlsx", "-o", "-").code == 2


def test_a_file_with_restricted_facts_is_its_owners_alone_also_in_place_of_an_open_one(space: Workspace) -> None:
    for form in ("csv", "xlsx"):
        path = space.folder / f"ut.{form}"
        space.ok("export", "--format", form, "-o", str(path))
        path.chmod(0o666)
        space.ok("export", "--format", form, "--restricted", "-o", str(path))
        assert path.stat().st_mode & 0o777 == 0o600
