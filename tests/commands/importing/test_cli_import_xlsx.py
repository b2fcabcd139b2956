from __future__ import annotations

import io
import os
import zipfile
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900

from commands.importing import workbook_bounds, xlsx
from tests.commands.workspace import ALONE, QUEUED, Workspace, once, workspace

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

HEADER = ("ref", "channel", "on", "poäng", "redo")
TWO = (HEADER, ("A1", "uppsökande", date(2026, 9, 1), 5, True), ("A2", "handläggare", "2026-09-02", 3.0, "nej"))
# JOBBSPAR_ROWS asks for more.
MANY = int(os.environ.get("JOBBSPAR_ROWS", "1000"))


@pytest.fixture
@once
def space(tmp_path: Path) -> Workspace:
    space = workspace(tmp_path / "w", QUEUED, ALONE)
    space.ok("advance", "--engine", "local", "--at", "2026-09-07")
    return space


def spreadsheet(rows: Any, change: Callable[[Any], None] = lambda _: None, title: str = "Folk") -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(row)
    change(book)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def quick(rows: Any) -> bytes:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Folk")
    for row in rows:
        sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_people_come_in_from_a_spreadsheet_with_real_dates_and_numbers(space: Workspace) -> None:
    said = space.ok("import", space.file("people.xlsx", spreadsheet(TWO)), "--track", "kö")
    assert "Läste 2 rader: XLSX, bladet Folk." in said.out
    first, second = (space.ok("history", ref, "--json").json[0] for ref in ("A1", "A2"))
    assert (first["effective"], first["data"]["facts"]) == ("2026-09-01", {"poäng": 5, "redo": True})
    assert (second["effective"], second["data"]["facts"]) == ("2026-09-02", {"poäng": 3, "redo": False})


def test_the_same_rows_as_spreadsheet_and_as_csv_are_the_same_rows(space: Workspace) -> None:
    space.ok("import", space.file("people.xlsx", spreadsheet([*TWO[:1], (*TWO[1][:4], "ja"), TWO[2]])), "--track", "kö")
    before = space.events
    text = "ref;channel;on;poäng;redo\nA1;uppsökande;2026-09-01;5;ja\nA2;handläggare;2026-09-02;3;nej\n"
    said = space.ok("import", space.file("people.csv", text), "--track", "kö", "--json").json
    assert (said["written"], said["repeated"], space.events) == (0, 2, before)


@pytest.mark.parametrize(("epoch", "number"), [(CALENDAR_WINDOWS_1900, 46266), (CALENDAR_MAC_1904, 44804)])
def test_a_plain_number_in_a_column_of_days_is_the_day_that_the_spreadsheet_means(tmp_path: Path, epoch: datetime, number: int) -> None:
    space = workspace(
        tmp_path / "w",
        QUEUED.replace("redo: ja/nej", "redo: ja/nej, kom_hit: datum").replace(
            "krav: [redo]", "krav: [redo, {regel: ålder >= 18, skäl: lagen kräver det}]"
        ),
    )
    space.ok("advance", "--engine", "local", "--at", "2026-09-07")
    rows = [("ref", "on", "född", "kom_hit", "poäng", "redo"), ("A1", number, number - 10_000, number - 31, number, "ja")]
    path = space.file("n.xlsx", spreadsheet(rows, lambda book: setattr(book, "epoch", epoch)))
    space.ok("import", path, "--track", "kö")
    first = space.ok("history", "A1", "--json").json[0]
    assert (first["effective"], first["data"]["born"]) == ("2026-09-01", "1999-04")
    assert first["data"]["facts"] == {"kom_hit": "2026-08-01", "poäng": number, "redo": True}


@pytest.mark.parametrize("number", [77, 20_000, 146_266, 20_260_901])
def test_a_number_that_is_no_likely_day_is_refused_as_none(space: Workspace, number: int) -> None:
    said = space("import", space.file("n.xlsx", spreadsheet([("ref", "on"), ("A1", number)])), "--track", "kö")
    assert (said.code, f":2:2: {number} är inget datum; skriv det som 2026-09-01." in said.err) == (2, True)


def test_a_number_is_no_day_in_a_file_that_does_not_count_days(space: Workspace) -> None:
    assert "46266 är inget datum" in space("import", space.file("n.csv", "ref;on\nA1;46266\n"), "--track", "kö").err


def test_a_sheet_may_be_named_and_an_unknown_one_is_refused_with_those_there_are(space: Workspace) -> None:
    def more(book: Any) -> None:
        other = book.create_sheet("Höst")
        for row in (HEADER, ("B1", "själv", date(2026, 9, 3), 1, "ja")):
            other.append(row)

    path = space.file("people.xlsx", spreadsheet(TWO, more))
    assert "1 rad skriven" in space.ok("import", path, "--track", "kö", "--sheet", "Höst").out
    assert "den har: Folk, Höst" in space("import", path, "--track", "kö", "--sheet", "Vår").err
    said = space("import", space.file("p.csv", "ref\nA1\n"), "--track", "kö", "--sheet", "Höst")
    assert (said.code, "--sheet är för XLSX" in said.err) == (2, True)


def test_every_finding_is_told_at_once_with_its_row_and_column(space: Workspace) -> None:
    rows = [
        HEADER,
        ("A1", "caseworker", date(2026, 9, 1), "=1+2", "ja"),
        ("A2", "caseworker", 77, 3, "ja"),
        ("A3", "caseworker", datetime(2026, 9, 1, 12, 30), 3, "ja"),  # noqa: DTZ001 - a spreadsheet knows no zones
        ("A4", "caseworker", date(2026, 9, 1), "tre", "ja"),
        ("A5", "caseworker", date(2026, 9, 1), "#N/A", "ja"),
        ("A6", "caseworker", date(2026, 9, 1), 3, "ja", "mer"),
        ("A7", "caseworker", date(2026, 9, 1), 3, "ja"),
        ("A8", "caseworker", date(2026, 9, 1), 3, "ja"),
        ("A9", "caseworker", 146266, "tre", "kanske"),
    ]

    before = space.events
    content = spreadsheet(rows, lambda book: book["Folk"].merge_cells("B8:B9"))
    said = space("import", space.file("bad.xlsx", content), "--track", "kö", "--json")
    assert (said.code, space.events) == (2, before)
    places = [(2, 4), (3, 3), (4, 3), (5, 4), (6, 4), (7, 6), (8, 2), (10, 3), (10, 4), (10, 5)]
    assert [(one["row"], one["column"]) for one in said.json["refused"]] == places
    assert "bad.xlsx:2:4: cellen innehåller en formel" in said.err
    assert "bad.xlsx:8:2: cellerna B8:B9 är sammanslagna" in said.err


def test_columns_may_be_mapped_to_ours_and_left_out(space: Workspace) -> None:
    rows = [("Klientnr", "Anmäld", "Namn", "P", "Redo?"), ("A1", date(2026, 9, 1), "Någon Annan", 5, "ja")]
    path = space.file("theirs.xlsx", spreadsheet(rows))
    yaml = space.file("map.yaml", "Klientnr: ref\nAnmäld: datum\nNamn: '-'\nP: poäng\nRedo?: redo\n")
    toml = space.file("map.toml", 'Klientnr = "ref"\n"Anmäld" = "on"\nNamn = "-"\nP = "poäng"\n"Redo?" = "redo"\n')
    assert "1 rad skriven" in space.ok("import", path, "--track", "kö", "--map", yaml).out
    assert "0 rader skrivna, 1 fanns redan" in space.ok("import", path, "--track", "kö", "--map", toml).out
    assert "Annan" not in str(space.rows("SELECT data FROM event"))
    csv = space.file("theirs.csv", "Klientnr;Anmäld;Namn;P;Redo?\nA1;2026-09-01;Någon;5;ja\n")
    assert "1 fanns redan" in space.ok("import", csv, "--track", "kö", "--map", yaml).out


@pytest.mark.parametrize(
    "content", ["- ref\n", "a: [b]\n", "a: {b: c}\n", "\t:", "[" * 50_000, "x: y\n" * 20_000, b"\xff\xfe", "", "Finns ej: ref\n"]
)
def test_a_map_that_cannot_be_used_is_refused(space: Workspace, content: str | bytes) -> None:
    before = space.events
    said = space("import", space.file("p.csv", "ref\nA1\n"), "--track", "kö", "--map", space.file("map.yaml", content))
    assert (said.code, "Fel: " in said.err, space.events) == (2, True, before)


def test_a_dry_run_writes_nothing_and_tells_what_would_be(space: Workspace) -> None:
    before = space.events
    said = space.ok("import", space.file("people.xlsx", spreadsheet(TWO)), "--track", "kö", "--dry-run", "--json").json
    assert (said["written"], said["dry_run"], space.events) == (2, True, before)


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return {name: parts.read(name) for name in parts.namelist()}


def zipped(parts: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return file.getvalue()


@pytest.mark.parametrize("broken", ["cut", "other", "without", "entity"])
def test_a_broken_spreadsheet_is_refused_as_such(space: Workspace, broken: str) -> None:
    whole = spreadsheet(TWO)
    parts = parts_of(whole)
    sheet = "xl/worksheets/sheet1.xml"
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]>' + parts[sheet]
    content = {
        "cut": whole[: len(whole) // 2],
        "other": zipped({"a.txt": b"a"}),
        "without": zipped({name: text for name, text in parts.items() if name != sheet}),
        "entity": zipped({**parts, sheet: bomb}),
    }[broken]
    said = space("import", space.file("bad.xlsx", content), "--track", "kö")
    assert (said.code, "går inte att läsa som kalkylark" in said.err) == (2, True)


def test_what_unfolds_to_too_much_is_refused_before_it_is_unfolded(space: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_bounds, "MOST_UNFOLDED", 3_000_000)
    bomb = zipped({**parts_of(spreadsheet(TWO)), "xl/media/a.bin": bytes(4_000_000)})
    assert len(bomb) < 100_000
    path = space.file("bomb.xlsx", bomb)
    opened: list[object] = []
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda _self, part, *_: opened.append(part))
    said = space("import", path, "--track", "kö")
    assert (said.code, "packas upp till mer än 3 MB" in said.err, opened) == (2, True, [])


def test_too_many_rows_and_columns_are_refused(space: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    wide = spreadsheet([HEADER, ("A1",)], lambda book: book["Folk"].cell(2, 16_000, "x"))
    assert ":2:201: här finns fler celler" in space("import", space.file("wide.xlsx", wide), "--track", "kö").err
    monkeypatch.setattr(xlsx, "MOST_ROWS", 1)
    assert "högst 1 rader" in space("import", space.file("long.xlsx", spreadsheet(TWO)), "--track", "kö").err


@pytest.mark.parametrize(("track", "names", "values"), [("kö", ("poäng", "redo"), (5, "ja")), ("alone", ("level", "car"), ("low", "ja"))])
def test_a_long_spreadsheet_with_three_bad_cells_is_refused_whole_then_mended_and_taken_once(
    space: Workspace, track: str, names: tuple[str, str], values: tuple[Any, str]
) -> None:
    good = [("ref", "on", *names), *((f"P{number:05}", date(2026, 9, 1), *values) for number in range(2, MANY + 2))]
    bad = list(good)
    bad[4] = (good[4][0], 77, *good[4][2:])
    bad[700] = (*good[700][:2], "tre", good[700][3])
    bad[-1] = (*good[-1][:3], "kanske")
    before = space.events
    said = space("import", space.file("bad.xlsx", quick(bad)), "--track", track, "--json")
    assert (said.code, space.events) == (2, before)
    assert [(one["row"], one["column"]) for one in said.json["refused"]] == [(5, 2), (701, 3), (MANY + 1, 4)]
    mended = space.file("good.xlsx", quick(good))
    assert space.ok("import", mended, "--track", track, "--advance", "--json").json["written"] == MANY
    after = space.events
    again = space.ok("import", mended, "--track", track, "--json").json
    assert (again["written"], again["repeated"], space.events) == (0, MANY, after)
    assert space.rows("SELECT count(*) FROM enrolment")[0][0] == MANY
    space.ok("verify")
