"""The month of birth is kept where a track asks for age, also by a transfer, and is refused where it would not be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.commands.workspace import ALONE, QUEUED, Workspace, once, workspace

if TYPE_CHECKING:
    from pathlib import Path

FROM = ALONE + "transfers: {on: {to: kö}, fk: {to: Försäkringskassan}}\n"
AGED = QUEUED.replace("krav: [redo]", "krav: [{regel: ålder >= 18, skäl: lagen kräver det}]")


@pytest.fixture
@once
def space(tmp_path: Path) -> Workspace:
    """B1 has no number and B2 has; both are on a track that does not ask for age, and `kö` does."""
    made = workspace(tmp_path / "w", AGED, FROM)
    made.ok("enrol", "alone", "B1", "--at", "2026-09-01", "--advance")
    made.ok("enrol", "alone", "B2", "--number", "19900101-9802", "--advance")
    return made


def born(space: Workspace, ref: str) -> object:
    return next(row["data"]["born"] for row in space.ok("history", f"{ref}/2", "--json").json if row["kind"] == "referred")


def test_a_transfer_to_a_track_that_asks_for_age_takes_the_month_that_is_said(space: Workspace) -> None:
    assert "--born" in space("transfer", "B1", "kö", "--reason", "annat").err
    space.ok("transfer", "B1", "kö", "--reason", "annat", "--born", "1998-04")
    assert born(space, "B1") == "1998-04"


def test_a_month_that_is_missing_is_asked_for_by_its_option_and_by_its_column(space: Workspace) -> None:
    said = space("import", space.file("p.csv", "ref\nB3\n"), "--track", "kö").err
    assert "--born ÅÅÅÅ-MM, i en fil kolumnen `född`" in said


def test_a_row_of_a_transfer_may_say_the_month(space: Workspace) -> None:
    rows = "on;ref;what;value;reason;born\n2026-09-01;B1;överföring;kö;annat;1998-04\n2026-09-01;B2;överföring;kö;annat;\n"
    space.ok("import", space.file("r.csv", rows), "--track", "alone")
    assert (born(space, "B1"), born(space, "B2")) == ("1998-04", "1990-01")


def test_a_transfer_takes_the_month_of_the_number_and_no_other(space: Workspace) -> None:
    assert "en annan än personnumrets" in space("transfer", "B2", "kö", "--reason", "annat", "--born", "1998-04").err
    space.ok("transfer", "B2", "kö", "--reason", "annat")
    assert born(space, "B2") == "1990-01"


def test_a_month_after_the_referral_is_refused_by_command_and_by_row(space: Workspace) -> None:
    words = "2099-01 är en födelsemånad senare än 2026-09-01"
    assert words in space("enrol", "kö", "B3", "--born", "2099-01").err
    assert words in space("transfer", "B1", "kö", "--reason", "annat", "--born", "2099-01").err
    assert words in space("import", space.file("p.csv", "ref;born\nB3;2099-01\n"), "--track", "kö").err


def test_a_month_that_would_not_be_kept_is_refused_by_command_and_by_row(space: Workspace) -> None:
    before = space.events
    words = "frågar inte efter ålder, så födelsemånaden sparas inte"
    assert words in space("enrol", "alone", "B3", "--born", "1998-04").err
    assert words in space("transfer", "B1", "fk", "--reason", "annat", "--born", "1998-04").err
    files = {"people": "ref;född\nB3;1998-04\n", "reports": "ref;född;on;what;value;reason\nB1;1998-04;2026-09-01;transfer;fk;annat\n"}
    for form, rows in files.items():
        said = space("import", space.file("p.csv", rows), "--as", form, "--track", "alone").err
        assert "p.csv:2:2: " in said
        assert words in said
    assert space.events == before
    # The month of a number is no word of anybody's: it is not kept, and refuses nothing.
    assert "born" not in space.ok("enrol", "alone", "B4", "--number", "20000229-6127", "--json").json[0]["data"]
